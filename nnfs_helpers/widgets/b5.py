"""Widgets of notebook b5, LSTM and GRU."""

import ipywidgets
import numpy as np

from .. import plots
from .core import Explorer, slider

STARTS = ("any", "a", "ma", "jo", "chr", "th", "zy", "q")


def draw_names(sample, next_letter, known, letters):
    """24 names from a model at a temperature, with a beginning and a seed of choice.

    `sample(count, temperature, rng, start)` gives names, `next_letter(start, temperature)` the
    probabilities of `letters` after `start`; names in the set `known` are marked.
    """

    def draw(temperature, start, seed):
        start = "" if start == "any" else start
        names = sample(24, temperature, np.random.default_rng(seed), start)
        new = sum(name not in known for name in names)
        title = f"temperature {temperature:.1f}: {new} of 24 are new"
        return plots.name_sheet(names, known, next_letter(start, temperature), letters, title)

    return Explorer(
        draw,
        "24 names drawn from the model, those of the training list marked, and a bar for the "
        "probability of each next letter. Controls choose the temperature, the first letters and "
        "the seed.",
        temperature=slider("temperature", 0.1, 2.0, 1.0, 0.1),
        start=ipywidgets.Dropdown(options=STARTS, value="any", description="begins with"),
        seed=slider("seed", 0, 20, 0),
    )
