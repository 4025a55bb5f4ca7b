"""Widgets of chapter 2, coding our first neurons."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def one_neuron(weighted_sum, x):
    """A neuron's z = `weighted_sum`(x, w, b) over the plane, and its values on points x (n, 2)."""
    side = np.linspace(-4, 4, 61)
    grid = np.stack([g.ravel() for g in np.meshgrid(side, side)], axis=1)

    def draw(w1, w2, b):
        w = np.array([w1, w2])
        z = weighted_sum(grid, w, b).reshape(61, 61)
        rest = f"{w2:+g} x₂ {b:+g}".replace("+", "+ ").replace("-", "− ")
        title = f"z = {w1:g} x₁ {rest}; the line is z = 0".replace("-", "−")
        fig, ax = plots.axes(title, "x₁", "x₂", size=(5.2, 4.8))
        style = {"origin": "lower", "extent": (-4, 4, -4, 4), "cmap": "PuOr_r",
                 "interpolation": "bilinear"}
        ax.imshow(z, vmin=-10, vmax=10, **style)
        if w.any():
            foot = -b * w / (w @ w)  # the point of the line that is nearest to the origin
            ax.axline(foot, foot + np.array([-w2, w1]), color="black")
            ax.annotate("", w, (0, 0), arrowprops={"arrowstyle": "-|>", "linewidth": 2})
        ax.scatter(*x.T, color="black", edgecolor="white", s=36, zorder=3)
        for place, value in zip(x, weighted_sum(x, w, b)):
            box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5}
            text = f"{value:g}".replace("-", "−")
            ax.annotate(text, place, (7, 5), textcoords="offset points", fontsize=9.5, bbox=box)
        ax.set(xticks=(-4, 0, 4), yticks=(-4, 0, 4), xlim=(-4, 4), ylim=(-4, 4))
        ax.grid(False)
        return fig

    return Explorer(
        draw,
        "A neuron over its two inputs: colour shows z, purple below zero and orange above, a black "
        "straight line marks z = 0, an arrow from the origin shows the weights at a right angle to "
        "it. Sliders set both weights and the bias.",
        w1=slider("weight w₁", -3.0, 3.0, 2.0, step=0.5),
        w2=slider("weight w₂", -3.0, 3.0, -1.0, step=0.5),
        b=slider("bias b", -5.0, 5.0, 1.0, step=0.5),
    )
