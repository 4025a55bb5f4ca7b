"""Widgets of chapter 11, testing data."""

import ipywidgets

from .. import plots
from .core import Explorer


def capacity(nets, training, test, accuracy):
    """Regions of trained networks, width -> network, with the points they were (not) trained on.

    `training` and `test` are pairs of points (n, 2) and labels (n,).
    """
    sets = {"training points": training, "test points": test}
    shares = {width: [accuracy(net.forward(x), t) for x, t in sets.values()]
              for width, net in nets.items()}

    def draw(width, shown):
        title = "{} neurons: training {:.2f}, test {:.2f}".format(width, *shares[width])
        fig, ax = plots.axes(title, "x₁", "x₂", size=(5.2, 4.4))
        plots.regions(ax, nets[width].forward, *sets[shown], resolution=90)
        return fig

    return Explorer(
        draw,
        "The spiral with the regions of a trained network; the title gives training and test "
        "accuracy. A slider changes the width, a list the points shown.",
        width=ipywidgets.SelectionSlider(options=list(nets), value=64, description="width"),
        shown=ipywidgets.Dropdown(options=list(sets), description="show"),
    )
