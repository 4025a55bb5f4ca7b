"""Figures of chapter 12, validation data."""

import numpy as np

from .core import COLORS, LIGHT, MARKERS, plt

STAR = {"marker": "*", "s": 190, "edgecolor": "black", "linewidth": 0.7, "zorder": 5}


def fold_picture(plans, t):
    """One panel for each plan, name -> list of validation row arrays; labels t (n,): fig.

    Every line is one fold: rows that validate are drawn full, rows that train pale.
    """
    fig, panels = plt.subplots(1, len(plans), figsize=(10.5, 2.5), sharey=True)
    for ax, (name, folds) in zip(panels, plans.items()):
        for line, rows in enumerate(folds):
            for label in np.unique(t):
                mine = np.flatnonzero(t == label)
                style = {"marker": MARKERS[label], "s": 42, "linewidth": 0}
                ax.scatter(mine, np.full(len(mine), line), color=LIGHT[label], **style)
                mine = np.intersect1d(mine, rows)
                style |= {"edgecolor": "black", "linewidth": 0.8}
                ax.scatter(mine, np.full(len(mine), line), color=COLORS[label], **style)
            counts = " · ".join(map(str, np.bincount(t[rows], minlength=t.max() + 1)))
            ax.text(len(t) + 0.2, line, counts, va="center", fontsize=9)
        ax.set(title=name, xlabel="row of the table", xlim=(-0.8, len(t) + 3.4))
        ax.set_xticks([0, 5, 10, 14][: 1 + len(t) // 4])
        ax.grid(False)
    panels[0].set(ylabel="fold", yticks=range(len(folds)), yticklabels=range(1, len(folds) + 1))
    panels[0].set_ylim(len(folds) - 0.5, -0.5)
    return fig


def one_search_and_winners(runs):
    """Left all candidates of the first search, right the winners of all: fig.

    `runs` (searches, candidates, 2): validation accuracy and accuracy on fresh points.
    """
    best = runs[:, :, 0].argmax(axis=1)
    winners = runs[np.arange(len(runs)), best]
    low, high = runs.min() - 0.02, runs[..., 0].max() + 0.03
    fig, panels = plt.subplots(1, 2, figsize=(10, 4.6), sharex=True, sharey=True)
    for ax in panels:
        ax.plot([low, high], [low, high], color="#777777", linestyle=":", linewidth=1.4)
        ax.text(high - 0.02, high - 0.015, "as promised", ha="right", va="bottom", rotation=45,
                rotation_mode="anchor", fontsize=9, color="#555555")
        ax.set(xlabel="validation accuracy", xlim=(low, high), ylim=(low, high), aspect="equal")
    panels[0].set(title="One search, 20 candidates", ylabel="accuracy on 3,000 fresh points")
    panels[1].set_title(f"The winners of {len(runs)} searches")
    panels[0].scatter(*runs[0].T, s=34, color=COLORS[0], edgecolor="white", linewidth=0.5)
    panels[0].scatter(*winners[0], color=COLORS[1], **STAR)
    panels[1].scatter(*winners.T, s=34, color=COLORS[1], edgecolor="white", linewidth=0.5)
    for ax, (seen, fresh) in zip(panels, (winners[0], winners.mean(axis=0))):
        ax.plot([seen, seen], [fresh, seen], color="black", linewidth=2.2)
    seen, fresh = winners.mean(axis=0)
    panels[1].scatter(seen, fresh, marker="D", s=60, color="black", zorder=6)
    panels[1].annotate(f"mean: {seen - fresh:.3f} below\nwhat was promised", (seen, fresh),
                       (high - 0.01, low + 0.02), ha="right", fontsize=9,
                       arrowprops={"arrowstyle": "-", "color": "#555555"})
    return fig


def best_so_far(ax, seen, fresh):
    """Best validation accuracy after 1, 2, … candidates, and that candidate's on fresh points.

    Both (searches, candidates); lines are means, bands the middle half of the searches.
    """
    tried = np.arange(1, seen.shape[1] + 1)
    lines = (("best so far, on validation", seen, "--", 1),
             ("the same network, fresh", fresh, "-", 0))
    for name, values, style, i in lines:
        low, high = np.percentile(values, [25, 75], axis=0)
        ax.fill_between(tried, low, high, color=COLORS[i], alpha=0.15, linewidth=0)
        ax.plot(tried, values.mean(axis=0), style, color=COLORS[i], label=name)
    ax.set_xscale("log")
    ax.set_xticks([1, 2, 5, 10, 20, 50, 100], ["1", "2", "5", "10", "20", "50", "100"])
    ax.minorticks_off()
    ax.legend(loc="upper left")


def stopped_curve(history, best, patience, every):
    """Training and validation loss, and validation accuracy, with the best round marked: fig.

    `history` (rounds, 3) holds these numbers after every `every` steps.
    """
    steps, end = every * np.arange(1, len(history) + 1), every * (best + 1 + patience)
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
    left.plot(steps, history[:, 0], color=COLORS[0], label="training")
    left.set(title="Validation loss turns …", ylabel="loss (nats)")
    right.set(title="… before accuracy does", ylabel="accuracy on validation points")
    for ax, column in ((left, 1), (right, 2)):
        ax.plot(steps, history[:, column], "--", color=COLORS[1], label="validation")
        ax.axvspan(steps[best], end, color="#EEEEEE", zorder=0)
        ax.text((steps[best] + end) / 2, 0.04, "patience", ha="center", color="#555555",
                fontsize=9, transform=ax.get_xaxis_transform())
        ax.scatter(steps[best], history[best, column], color=COLORS[1], label="kept", **STAR)
        ax.set(xlabel="steps", xlim=(0, steps[-1]))
    left.set_ylim(0, None)
    left.legend(loc="center right")
    return fig


def coverage(plans, strip):
    """Where plans, name -> points (n, 2) in the unit square, look; `strip` = (left, right): fig."""
    fig, panels = plt.subplots(1, len(plans), figsize=(9, 4), sharey=True)
    for ax, (name, points) in zip(panels, plans.items()):
        ax.axvspan(*strip, color=LIGHT[4], zorder=0)
        hit = (strip[0] < points[:, 0]) & (points[:, 0] < strip[1])
        ax.scatter(*points[~hit].T, s=38, color=COLORS[0], label="tried")
        ax.scatter(*points[hit].T, color=COLORS[1], label="found", **STAR)
        ax.vlines(points[:, 0], -0.13, -0.06, color=COLORS[0], linewidth=1.6)
        ax.axhline(-0.03, color="#999999", linewidth=0.8)
        different = len(np.unique(points[:, 0].round(9)))
        ax.set(title=f"{name}: {different} learning rates", xlim=(-0.02, 1.02), ylim=(-0.15, 1.02))
        ax.set(xlabel="learning rate (log scale)", xticks=[0, 0.5, 1])
        ax.set_xticklabels(["0.001", "0.03", "1"])
        ax.grid(False)
    panels[0].set_ylabel("width (log scale)")
    panels[0].set_yticks([0, 0.5, 1], ["4", "16", "64"])
    return fig


def search_result(candidates, scores):
    """K-fold scores (candidates, folds) against learning rate and width: fig."""
    fig, panels = plt.subplots(1, 2, figsize=(10, 3.8), sharey=True)
    mean, best = scores.mean(axis=1), scores.mean(axis=1).argmax()
    for ax, values, name in zip(panels, np.transpose(candidates), ("learning rate", "width")):
        ax.vlines(values, scores.min(axis=1), scores.max(axis=1), color=LIGHT[0], linewidth=2)
        ax.scatter(values, mean, s=34, color=COLORS[0], label="mean, and range of the folds")
        ax.scatter(values[best], mean[best], color=COLORS[1], label="best mean", **STAR)
        ax.set(xscale="log", xlabel=name)
    panels[1].set_xticks([4, 8, 16, 32, 64], ["4", "8", "16", "32", "64"])
    panels[1].minorticks_off()
    panels[0].set(title="The learning rate decides", ylabel="validation accuracy")
    panels[1].set_title("Width decides less")
    panels[1].legend(loc="lower right", fontsize=9)
    return fig


def promise_and_truth(ax, seen, fresh):
    """Histograms of a winner's validation accuracy and its accuracy on fresh points, (n,) each."""
    bins = np.linspace(0.2, 1, 41)
    for values, i, name in ((fresh, 0, "fresh"), (seen, 1, "validation")):
        style = {"color": COLORS[i], "linestyle": ("-", "--")[i]}
        ax.hist(values, bins, histtype="stepfilled", color=LIGHT[i], alpha=0.6)
        ax.hist(values, bins, histtype="step", linewidth=1.4, **style)
        ax.axvline(values.mean(), label=f"{name}, mean {values.mean():.3f}", **style)
    ax.set(xlim=(0.2, 1), xlabel="accuracy of the winner", ylabel="searches")
    ax.locator_params(axis="y", nbins=5, integer=True)
    ax.legend(loc="upper right", fontsize=9)
