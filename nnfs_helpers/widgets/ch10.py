"""Widgets of chapter 10, optimizers."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def rate_and_momentum(walk, factor, H):
    """Gradient descent with momentum on the ravine ½ θᵀHθ, 60 steps.

    `walk(rate, momentum)` gives the places (61, 2); `factor(rate, momentum)` is the share of the
    distance that is left after a step, in the long run and in the slowest direction.
    """

    def draw(rate, momentum):
        with np.errstate(over="ignore", invalid="ignore"):
            path = walk(rate, momentum)
        left = factor(rate, momentum)
        verdict = "blows up" if left > 1.0005 else "bounces" if left > 0.9995 else "converges"
        return plots.walk_and_distance(H, path, f"{verdict}: factor {left:.3f} a step")

    return Explorer(
        draw,
        "Left, sixty steps of gradient descent with momentum on a long ravine, seen from above. "
        "Right, the distance from the lowest place along the ravine and across it, step by step "
        "on a logarithmic axis. Sliders change the learning rate and the momentum.",
        rate=slider("learning rate", 0.0025, 0.12, 0.035, step=0.0025),
        momentum=slider("momentum", 0.0, 0.98, 0.0, step=0.02),
    )
