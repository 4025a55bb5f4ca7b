"""Drawings of chapter 16, binary logistic regression."""

import numpy as np
from matplotlib.patches import Polygon, Rectangle

from .core import COLORS, LIGHT, MARKERS, plt, points


def tumours_and_log_odds(x, t, names, classes, centres, log_odds, name):
    """Two columns x (n, 2) by class; beside it, log-odds of groups of rows with a line: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.9))
    points(left, x, t, classes, size=18)
    left.set(title="Malignant nuclei are larger on average", xlabel=names[0], ylabel=names[1])
    left.legend()
    right.plot(centres, log_odds, "o", color=COLORS[6], markersize=8)
    slope, height = np.polyfit(centres, log_odds, 1)
    ends = np.array([min(centres), max(centres)])
    right.plot(ends, slope * ends + height, color=COLORS[1])
    right.set(title="The log-odds are nearly on a line", xlabel=name)
    right.set_ylabel("log-odds of malignant")
    return fig


def sigmoid_and_losses(z, p, losses):
    """σ(z) on the left; on the right the losses of z for both answers, {name: values}: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    left.plot(z, p, color=COLORS[6])
    left.plot(z, 0.5 + z / 4, ":", color="#777777")
    left.text(1.3, 0.9, "slope ¼", color="#555555", ha="right")
    left.plot(0.5, 1 / (1 + np.exp(-0.5)), "o", color=COLORS[1], markersize=8)
    left.annotate("the pocket network: 0.622", (0.5, 0.62), (0.9, 0.5), color=COLORS[1])
    left.set(title="From log-odds to a probability", ylim=(-0.04, 1.04))
    left.set(xlabel="score z = log-odds", ylabel="p = σ(z)")
    for (name, values), color, style in zip(losses.items(), (COLORS[1], COLORS[0]), ("-", "--")):
        right.plot(z, values, style, color=color, label=name)
    right.legend(loc="upper center")
    right.set(title="Each answer has its loss", xlabel="score z", ylabel="loss (nats)")
    return fig


def pairs_board(p, t, fpr, tpr):
    """All pairs of a 1 and a 0 as a board, won ones filled; the border is the ROC curve: fig."""
    ones, zeros = (np.sort(p[t == k])[::-1] for k in (1, 0))
    fig, ax = plt.subplots(figsize=(5.2, 4.6))
    width, height = 1 / len(zeros), 1 / len(ones)
    for i, one in enumerate(ones):
        for j, zero in enumerate(zeros):
            corner, style = (j * width, i * height), {"edgecolor": "white", "linewidth": 1.5}
            color = LIGHT[0] if one > zero else "#EEEEEE"
            ax.add_patch(Rectangle(corner, width, height, facecolor=color, **style))
            if one == zero:
                x, y = corner
                half = [(x, y), (x + width, y), (x + width, y + height)]
                ax.add_patch(Polygon(half, facecolor=LIGHT[0]))
            middle = (corner[0] + width / 2, corner[1] + height / 2)
            sign = ">" if one > zero else "=" if one == zero else "<"
            box = {"facecolor": "white", "edgecolor": "none", "pad": 1} if sign == "=" else None
            style = {"ha": "center", "va": "center", "fontsize": 9, "bbox": box, "zorder": 4}
            ax.text(*middle, f"{one} {sign} {zero}", **style)
    ax.plot(fpr, tpr, "-o", color=COLORS[1], linewidth=2.5, clip_on=False, zorder=3)
    ax.set(title="The area is the share of won pairs", xlim=(0, 1), ylim=(0, 1))
    ax.set(xlabel="false positive rate", ylabel="true positive rate (recall)")
    ax.set(xticks=np.linspace(0, 1, 5), yticks=np.linspace(0, 1, 5))
    ax.grid(False)
    return fig


def scores_roc_reliability(z, t, curve, marks, groups):
    """Scores by class, the ROC curve with marked thresholds, and reliability: fig.

    `curve` is (fpr, tpr); `marks` are {name: (score, fpr, tpr)}; `groups` are
    {name: (claimed, share, count)} for each model.
    """
    fig, (left, middle, right) = plt.subplots(1, 3, figsize=(11.5, 3.9))
    bins = np.linspace(z.min(), z.max(), 43)
    for label, name in enumerate(("benign", "malignant")):
        style = {"alpha": 0.65, "hatch": ("", "///")[label], "edgecolor": "white"}
        left.hist(z[t == label], bins, color=COLORS[label], label=name, **style)
    middle.plot(*curve, color=COLORS[6])
    middle.plot((0, 1), (0, 1), ":", color="#999999")
    middle.text(0.52, 0.46, "a guess", color="#777777")
    for (name, (score, x, y)), style, color in zip(marks.items(), ("-", "--"), COLORS[2:]):
        left.axvline(score, linestyle=style, color=color, label=name)
        middle.plot(x, y, "oD"[style == "--"], color=color, markersize=9, label=name)
    left.set(title="Each score is a yes or a no", xlabel="score z (log-odds)", ylabel="tumours")
    left.legend(fontsize=8)
    middle.set(title="All thresholds at once", xlabel="false positive rate")
    middle.set(ylabel="true positive rate (recall)")
    middle.legend(loc="lower right", fontsize=9)
    reliability(right, groups)
    return fig


def reliability(ax, groups):
    """Shares of yes against claims, both as log-odds, for {name: (claimed, share, count)}.

    A share of k in n is drawn at (k + ½)/(n + 1), with its standard error.
    """
    ends = np.array([0.0003, 0.9997])
    ax.plot(log_odds(ends), log_odds(ends), ":", color="#777777")
    for (name, (claimed, share, count)), color, marker in zip(groups.items(), COLORS, MARKERS):
        yes, no = share * count + 0.5, (1 - share) * count + 0.5
        style = {"color": color, "marker": marker, "label": name, "linewidth": 1, "alpha": 0.9}
        error = np.sqrt(1 / yes + 1 / no)
        ax.errorbar(log_odds(claimed), np.log(yes / no), error, markersize=6, **style)
    ticks = np.array([0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999])
    ax.set_xticks(log_odds(ticks), ticks, rotation=45)
    ax.set_yticks(log_odds(ticks), ticks)
    ax.set(title="Do the probabilities hold?", xlabel="claimed probability")
    ax.set(ylabel="share that was malignant")
    ax.legend(fontsize=9, loc="upper left")


def log_odds(p):
    """ln(p / (1 − p)) for every element."""
    return np.log(p / (1 - p))


def cost_curves(thresholds, costs, best):
    """Cost per tumour against the threshold, {name: values}; `best`: {name: threshold}: fig."""
    fig, ax = plt.subplots(figsize=(7, 3.9))
    for (name, values), color, style in zip(costs.items(), COLORS, ("-", "--", "-.")):
        ax.semilogx(thresholds, values, style, color=color, label=name)
        place = best[name]
        ax.plot(place, np.interp(place, thresholds, values), "o", color=color, markersize=9)
    ax.set(title="Dear misses ask for a low threshold", xlabel="threshold on p")
    ax.set(ylabel="cost per tumour (in false alarms)", ylim=(0, 0.62))
    ax.set_xticks([0.01, 0.02, 0.05, 0.1, 0.2, 0.5], ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5"])
    ax.minorticks_off()
    ax.legend()
    return fig


def compared_models(results, names, titles):
    """Dots for every model and split: results {model: rows of numbers}, one panel a column: fig."""
    fig, axes = plt.subplots(1, len(titles), figsize=(10, 3.4), sharey=True)
    for k, (ax, title) in enumerate(zip(axes, titles)):
        for row, (name, color, marker) in enumerate(zip(names, COLORS, MARKERS)):
            values = np.array(results[name])[:, k]
            ax.plot(values, np.full(len(values), row), marker, color=color, alpha=0.75)
            ax.plot([np.median(values)] * 2, [row - 0.3, row + 0.3], color=color)
        ax.set(title=title)
    axes[0].set_yticks(range(len(names)), names)
    axes[0].invert_yaxis()
    axes[0].set_xlabel("share of right answers")
    axes[1].set_xlabel("loss (nats), logarithmic")
    axes[1].set_xscale("log")
    axes[1].set_xticks([0.1, 0.3, 1, 3, 10], ["0.1", "0.3", "1", "3", "10"])
    axes[1].minorticks_off()
    return fig
