"""Widgets of chapter 15, dropout."""

from .. import plots
from .core import Explorer, slider


def thinned_regions(scores, x, t, accuracy):
    """Decision regions of a network with a random part switched off.

    `scores(rate, seed)` is a function (n, 2) -> (n, 3); x (n, 2), t (n,) are the points shown.
    """

    def draw(rate, seed):
        thinned = scores(rate, seed)
        title = f"{rate:.0%} out, mask {seed}: accuracy {accuracy(thinned(x), t):.2f}"
        fig, ax = plots.axes(title, "x₁", "x₂", size=(5.2, 4.4))
        plots.regions(ax, thinned, x, t, resolution=80)
        return fig

    return Explorer(
        draw,
        "The spiral with the regions of a trained network, of which a random part of the hidden "
        "neurons is switched off. One slider sets the share, the other draws another mask. The "
        "title gives the accuracy.",
        rate=slider("rate", 0.0, 0.9, 0.2, 0.1),
        seed=slider("mask", 0, 20, 3),
    )
