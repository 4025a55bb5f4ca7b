"""Widgets of chapter 9, backpropagation."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def pocket_gradients(backward_pass):
    """The pocket network with all its gradients; sliders move the input and the target.

    `backward_pass(x, t)` gives (values, gradients, weights) as `plots.sweep` takes them.
    """

    def draw(first, second, target):
        values, gradients, weights = backward_pass(np.array([[first, second]]), [target])
        fig = plots.sweep(values, gradients, weights, 8)
        fig.axes[0].set_title(f"x = ({first:g}, {second:g}), right class {target}: forward in the "
                              "circles, gradients in orange")
        return fig

    return Explorer(
        draw,
        "The pocket network with the value of every node in its circle and the gradients in "
        "orange: below each node, and on each line that of its weight. At first x = (1, 2) with "
        "right class 0, where the third hidden neuron is off and its gradients are zero.",
        first=slider("input x₀", -3.0, 3.0, 1.0, 0.25),
        second=slider("input x₁", -3.0, 3.0, 2.0, 0.25),
        target=slider("right class", 0, 1, 0),
    )


def two_routes(routes):
    """Softmax and cross-entropy fused and apart, for three scores.

    `routes(scores, t)` with scores (1, 3) gives (p, fused, separate), each of shape (3,).
    """

    def draw(first, second, third, target):
        scores = np.array([[first, second, third]])
        return plots.two_routes(scores, *routes(scores, [target]), target)

    return Explorer(
        draw,
        "Three bar charts for three classes: the probabilities, the gradient p − y of the scores, "
        "and the same gradient by way of softmax and a clipped cross-entropy. At first the scores "
        "are 2, 1.5 and −1, class 1 is right, and both gradients agree.",
        first=slider("score of class 0", -40.0, 40.0, 2.0, 0.5),
        second=slider("score of class 1", -40.0, 40.0, 1.5, 0.5),
        third=slider("score of class 2", -40.0, 40.0, -1.0, 0.5),
        target=slider("right class", 0, 2, 1),
    )
