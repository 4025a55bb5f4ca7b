"""Widgets of chapter 13, training dataset."""

import ipywidgets

from .. import plots
from .core import Explorer, slider


def batch_descent(descend, loss, grid, heights, lowest, sizes, epochs):
    """Descent of a weight and a bias with mini-batches.

    `descend(size, rate, seed)` gives the places (steps + 1, 2), and `loss(w, b)` is the loss on
    all rows at arrays of places. `heights` are the losses on `grid`, a pair (w, b).
    """

    def draw(size, rate, seed):
        path = descend(size, rate, seed)
        title = f"batches of {size}, rate {rate:.1f}"
        return plots.path_and_losses(*grid, heights, lowest, path, loss(*path.T), epochs, title)

    return Explorer(
        draw,
        "Left, contours of a loss over weight and bias with the path of a descent in batches, "
        "which wanders about the lowest place. Right, the loss on all rows against epochs. "
        "Controls change the batch size, the learning rate and the seed.",
        size=ipywidgets.SelectionSlider(options=sizes, value=sizes[2], description="batch size"),
        rate=slider("learning rate", 0.1, 12.0, 0.5, step=0.1),
        seed=slider("seed", 0, 20, 0),
    )
