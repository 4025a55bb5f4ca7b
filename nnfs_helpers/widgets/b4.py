"""Widgets of notebook b4, recurrent networks."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def steer_the_memory(simulate):
    """Radius of U, size of the inputs and number of steps: the states, and the message back.

    `simulate(radius, size, steps)` gives states (steps, units) and message sizes (steps,).
    """

    def draw(radius, size, steps):
        states, sizes = simulate(radius, size, steps)
        per_step = np.exp(np.polyfit(np.arange(len(sizes)), np.log(sizes), 1)[0])
        title = f"size of dL/dh: times {per_step:.2f} per step"
        return plots.states_and_message(states[:, :3], sizes, title)

    return Explorer(
        draw,
        "Left, the states of three units over time; right, the size of the message against steps "
        "back, on a logarithmic axis. Sliders set the radius of U, the size of the inputs and "
        "the number of steps.",
        radius=slider("radius of U", 0.1, 3.0, 1.5, step=0.05),
        size=slider("size of the inputs", 0.0, 2.0, 0.2, step=0.05),
        steps=slider("steps", 10, 100, 60),
    )
