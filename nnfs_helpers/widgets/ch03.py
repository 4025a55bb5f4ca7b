"""Widgets of chapter 3, adding layers."""

from .. import plots
from .core import Explorer, slider


def untrained_regions(make_net, x, t, names=None):
    """Regions of `make_net(seed, hidden_layers)`, an untrained net, on points (n, 2)."""

    def draw(seed, hidden):
        title = f"Seed {seed}, {hidden} hidden layers: straight borders"
        fig, ax = plots.axes(title, "x₁", "x₂", size=(5.2, 4.4))
        plots.regions(ax, make_net(seed, hidden).forward, x, t, names, resolution=120)
        return fig

    return Explorer(
        draw,
        "Decision regions of an untrained network without activation functions: sectors with "
        "straight borders that meet in one point. Sliders change seed and number of layers.",
        seed=slider("seed of the generator", 0, 50, 3),
        hidden=slider("number of hidden layers", 0, 6, 2),
    )
