"""Widgets of chapter 12, validation data."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def best_of_many(search, right):
    """The winner of many searches: what validation promised and what fresh points say.

    `search(right, n, rng)` gives the best validation accuracy so far with n points, and the true
    accuracy of that candidate, (candidates,) each; right (candidates, points) says who is right.
    """

    def draw(candidates, points):
        rng = np.random.default_rng(0)
        runs = np.array([search(right, points, rng) for _ in range(80)])
        seen, fresh = runs[:, :, candidates - 1].T
        title = f"best of {candidates}, {points} points: optimism {np.mean(seen - fresh):.3f}"
        fig, ax = plots.axes(title, "", "", size=(5.6, 3.4))
        plots.promise_and_truth(ax, seen, fresh)
        fig.subplots_adjust(bottom=0.16, left=0.12)
        return fig

    return Explorer(
        draw,
        "Two histograms over 80 searches: the winner's accuracy on the validation set, and its "
        "accuracy on fresh points. The first lies to the right of the second, and is much wider. "
        "Sliders change the number of candidates and of validation points.",
        candidates=slider("number of candidates", 1, len(right), 20),
        points=slider("validation points", 10, 400, 30, step=10),
    )
