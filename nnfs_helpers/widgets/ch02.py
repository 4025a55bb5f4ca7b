"""Widgets of chapter 2, coding our first neurons."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def one_neuron(weighted_sum, x):
    """A neuron's z = `weighted_sum`(x, w, b) over the plane, and its values on points x (n, 2)."""
    side = np.linspace(-4, 4, 81)
    grid = np.stack([g.ravel() for g in np.meshgrid(side, side)], axis=1)

    def draw(w1, w2, b):
        w = np.array([w1, w2])
        z = weighted_sum(grid, w, b).reshape(81, 81)
        fig, ax = plots.axes(f"z = {w1:g} x₁ + {w2:g} x₂ + {b:g}".replace("-", "−"), "x₁", "x₂",
                             size=(5.6, 4.6))
        style = {"origin": "lower", "extent": (-4, 4, -4, 4), "cmap": "PuOr_r"}
        image = ax.imshow(z, vmin=-10, vmax=10, **style)
        fig.colorbar(image, label="z", ticks=(-10, -5, 0, 5, 10))
        if z.min() < 0 < z.max():
            ax.contour(side, side, z, levels=[0], colors="black", linewidths=2)
        if w.any():
            ax.annotate("", w, (0, 0), arrowprops={"arrowstyle": "-|>", "linewidth": 2})
        ax.scatter(*x.T, color="black", edgecolor="white", s=36, zorder=3)
        for place, value in zip(x, weighted_sum(x, w, b)):
            box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1.5}
            text = f"{value:g}".replace("-", "−")
            ax.annotate(text, place, (7, 5), textcoords="offset points", fontsize=9.5, bbox=box)
        ax.set(xticks=range(-4, 5, 2), yticks=range(-4, 5, 2))
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
