"""Widgets of chapter 14, L1 and L2 regularization."""

from ipywidgets import Dropdown, SelectionSlider

from .. import plots
from .core import Explorer


def penalty_regions(scores, strengths, x, t):
    """Decision regions of trained nets: `scores[kind, strength]` is a function (n, 2) -> (n, 3).

    `strengths` begins with 0.0, whose net is the same for both kinds; x (n, 2), t (n,): points.
    """

    def draw(strength, kind):
        title = f"{kind}, λ = {strength:g}" if strength else "no penalty, λ = 0"
        fig, ax = plots.axes(title, "x₁", "x₂", size=(5.2, 4.4))
        plots.regions(ax, scores[kind, strength], x, t, resolution=90)
        return fig

    return Explorer(
        draw,
        "Decision regions of a network on sixty points of three overlapping clouds. Without a "
        "penalty the borders make islands around single points; as the strength grows, they "
        "straighten. A slider sets the strength, a menu chooses between L1 and L2.",
        strength=SelectionSlider(options=[(f"{s:g}", s) for s in strengths], value=strengths[2],
                                 description="strength λ"),
        kind=Dropdown(options=["L2", "L1"], value="L2", description="penalty"),
    )
