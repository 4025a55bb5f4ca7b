"""Widgets of chapter 8: gradients and computational graphs."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def gradient_and_level(f, gradient, levels):
    """A place on the map of f(a, b): its gradient, the contour through it, and its tangent.

    `gradient` is a function of a and b that gives a pair.
    """
    a, b = np.linspace(-2.8, 2.8, 100), np.linspace(-1.9, 1.9, 68)
    heights = f(*np.meshgrid(a, b))

    def draw(first, second):
        fig, ax = plots.plt.subplots(figsize=(7.4, 5.2))
        fig.subplots_adjust(left=0.09, right=0.98, top=0.93, bottom=0.1)
        place = np.array([first, second])
        plots.gradient_at(ax, f, gradient, place, a, b, heights, levels)
        ax.locator_params(nbins=6)
        return fig

    return Explorer(
        draw,
        "A contour map with two valleys. At a point, an arrow shows the gradient; the contour "
        "through the point is thick, and its dashed tangent is perpendicular to the arrow. "
        "Two sliders move the point.",
        first=slider("place a", -2.2, 2.2, 2.0, step=0.1),
        second=slider("place b", -1.2, 1.2, 1.0, step=0.1),
    )


def live_neuron(neuron_graph, sweep):
    """The graph of one neuron with its slopes, whose numbers change under sliders.

    `neuron_graph(x0, w0, b)` gives values and edges, `sweep(edges, "L")` the slopes.
    """

    def draw(x0, w0, b):
        values, edges = neuron_graph(x0, w0, b)
        return plots.neuron_graph(values, edges, sweep(edges, "L"))

    return Explorer(
        draw,
        "The computational graph of one neuron, from inputs and weights to a loss: values in the "
        "nodes, partial derivatives on the edges, slopes of the loss beside the nodes. Sliders "
        "change an input, a weight and the bias.",
        x0=slider("input x₀", -3.0, 3.0, 1.0, step=0.25),
        w0=slider("weight w₀", -3.0, 3.0, -1.0, step=0.25),
        b=slider("bias b", -3.0, 3.0, 1.0, step=0.25),
    )
