"""Widgets of chapter 7, derivatives."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def tangent_line(f, slope, low, high):
    """Secant and tangent of f at a place x between `low` and `high`; `slope` is f's derivative."""
    grid = np.linspace(low, high, 120)

    def draw(x, h):
        return plots.tangent_and_slope(f, slope, x, h, grid)

    return Explorer(
        draw,
        "Above, a curve with a hill and a valley, and at one place its tangent and a secant. "
        "Below, the slope of the curve against the place, zero under the hilltop and the valley. "
        "Sliders move the place and change the width of the secant.",
        x=slider("place x", low, high, -0.7, step=0.05),
        h=slider("nudge h", 0.02, 1.5, 0.8, step=0.02),
    )


def descent(descend, curves):
    """Gradient descent in one dimension, 30 steps.

    `descend(slope, x, rate, steps)` gives the places; `curves` are triples (f, slope, grid).
    """

    def draw(rate, start, curve):
        f, slope, grid = curves[curve - 1]
        with np.errstate(over="ignore", invalid="ignore"):
            path = descend(slope, np.float64(start), rate, 30)  # np.float64 may overflow
            path = np.clip(np.nan_to_num(path, nan=1e9), -1e9, 1e9)
            return plots.descent_and_heights(f, path, grid, f"learning rate {rate:.2f}")

    return Explorer(
        draw,
        "Left, a curve and thirty steps of gradient descent as dots on it. Right, the height "
        "after each step on a logarithmic axis, a falling line as long as the descent converges. "
        "Sliders change the learning rate, the start and the curve.",
        rate=slider("learning rate", 0.01, 0.6, 0.45, step=0.01),
        start=slider("start", -2.5, 2.5, 2.0, step=0.1),
        curve=slider("curve (1 parabola, 2 two valleys)", 1, len(curves), 1),
    )
