"""Widgets of chapter 16, binary logistic regression."""

import numpy as np

from .. import plots
from .core import Explorer, slider


def threshold_and_matrix(p, t, curve, names=("no", "yes")):
    """Move the threshold on probabilities p (n,): confusion matrix, point on the ROC, cost.

    `t` are 0/1 targets (n,), `curve` is the pair (false positive rates, true positive rates).
    """

    def draw(threshold, ratio):
        return threshold_figure(p, t, curve, names, threshold / 100, ratio)

    return Explorer(
        draw,
        "Left, the confusion matrix as four tiles with counts, at the chosen threshold. Right, "
        "the ROC curve with the point of that threshold. The title gives precision, recall and "
        "the total cost. Sliders move the threshold and the price of a miss.",
        threshold=slider("threshold on p, in %", 1, 99, 50),
        ratio=slider("a miss costs as much as … false alarms", 1, 50, 10),
    )


def threshold_figure(p, t, curve, names, threshold, ratio):
    """The confusion matrix and the ROC curve at one threshold: fig."""
    yes = p >= threshold
    counts = np.array([[(yes == guess)[t == true].sum() for guess in (0, 1)] for true in (0, 1)])
    (right_no, alarms), (misses, hits) = counts
    fig = plots.plt.figure(figsize=(7.8, 3.8))
    left, right = fig.add_axes((0.13, 0.13, 0.38, 0.66)), fig.add_axes((0.63, 0.13, 0.35, 0.66))
    precision = f"{hits / (hits + alarms):.3f}" if hits + alarms else "–"
    fig.suptitle(
        f"yes from p = {threshold:.2f}: precision {precision}, recall {hits / (hits + misses):.3f}"
        f"\ncost {alarms} · 1 + {misses} · {ratio} = {alarms + misses * ratio} false alarms",
        x=0.03, ha="left", fontsize=12, fontweight="bold",
    )  # fmt: skip
    tiles(left, counts, names)
    right.plot(*curve, color="#555555")
    right.plot((0, 1), (0, 1), ":", color="#BBBBBB")
    place = alarms / (alarms + right_no), hits / (hits + misses)
    right.plot(*place, "o", color=plots.COLORS[1], markersize=10)
    right.set(xticks=(0, 0.5, 1), yticks=(0, 0.5, 1), xlim=(-0.03, 1.03), ylim=(-0.03, 1.03))
    right.set(xlabel="false positive rate", ylabel="recall")
    return fig


def tiles(ax, counts, names):
    """Counts (2, 2) as four tiles: right answers blue, mistakes orange, darker if more."""
    words = (("right no", "false alarm"), ("miss", "right yes"))
    for true in (0, 1):
        for guess in (0, 1):
            share = counts[true, guess] / counts[true].sum()
            color = plots.COLORS[0] if true == guess else plots.COLORS[1]
            square = plots.plt.Rectangle((guess, true), 1, 1, facecolor=color, edgecolor="white")
            square.set_alpha(0.12 + 0.5 * share)
            ax.add_patch(square)
            style = {"ha": "center", "va": "center"}
            ax.text(guess + 0.5, true + 0.43, str(counts[true, guess]), fontsize=22, **style)
            ax.text(guess + 0.5, true + 0.78, words[true][guess], fontsize=10, **style)
    ax.set(xlim=(0, 2), ylim=(2, 0), xticks=(0.5, 1.5), yticks=(0.5, 1.5))
    ax.set_xticklabels([f"says {name}" for name in names])
    ax.set_yticklabels([f"is {name}" for name in names], rotation=90, va="center")
    ax.tick_params(length=0)
    ax.grid(False)
