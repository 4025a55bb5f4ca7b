"""Widgets of notebook b1, batch normalisation."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def one_column(normalize):
    """Four numbers of one feature: move one, and see the others move.

    `normalize(x, axis, eps)` gives (z, std, mean, variance).
    """

    def draw(value, gamma, beta, batches):
        x = np.array([1.0, 7.0, 9.0, value])
        z, std, mean, _ = [np.ravel(a) for a in normalize(x, 0, 1e-5)]
        title = f"mean {mean[0]:.2f}, std {std[0]:.2f}: the moved point gets z = {z[3]:.2f}"
        running = mean[0] * (1 - 0.9**batches)
        return plots.column_lines(x, z, gamma * z + beta, title, running)

    return Explorer(
        draw,
        "Four points on a line, the same points normalised on a second line, and scaled and "
        "shifted on a third, joined by thin lines; a triangle marks the running mean. Sliders "
        "move one point, gamma, beta, and the number of batches seen.",
        value=slider("the fourth value", -10.0, 30.0, 15.0, step=0.5),
        gamma=slider("gamma", -3.0, 6.0, 2.0, step=0.25),
        beta=slider("beta", -8.0, 20.0, 3.0, step=0.5),
        batches=slider("batches like this one, seen", 0, 60, 5),
    )
