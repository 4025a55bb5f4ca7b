"""Widgets of notebook b6, residual networks."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def walk_the_latent_space(decode, z, t):
    """Move a point through a latent space of two numbers and see the picture it stands for.

    `decode` turns (1, 2) into a picture (height, width); z (n, 2) with labels t are shown.
    """
    limits = np.percentile(z, (1, 99), axis=0).T

    def draw(first, second):
        place = [low + share * (high - low) / 100
                 for (low, high), share in zip(limits, (first, second))]
        return plots.latent_and_picture(z, t, place, decode(np.array([place])), limits)

    return Explorer(
        draw,
        "Left, a map of latent points in the colours and markers of ten classes, with a ring at "
        "the chosen place. Right, the picture that the decoder makes of it. Two sliders move the "
        "ring.",
        first=slider("latent number 1, % of the way", 0, 100, 82),
        second=slider("latent number 2, % of the way", 0, 100, 75),
    )
