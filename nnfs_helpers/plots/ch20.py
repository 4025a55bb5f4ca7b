"""Drawings of chapter 20, model evaluation."""

import numpy as np

from .core import COLORS, LIGHT, MARKERS, plt


def confusion(counts, names):
    """Counts (classes, classes) as a grid: right answers blue, mistakes orange: fig."""
    fig, ax = plt.subplots(figsize=(7.2, 6))
    shares = counts / counts.sum(axis=1, keepdims=True)
    for true, row in enumerate(counts):
        for said, count in enumerate(row):
            color, strength = (0, 0.55) if true == said else (1, 3.2)
            style = {"facecolor": COLORS[color], "edgecolor": "white"}
            style["alpha"] = min(0.8, strength * shares[true, said])
            ax.add_patch(plt.Rectangle((said - 0.5, true - 0.5), 1, 1, **style))
            if count:
                ax.text(said, true, str(count), ha="center", va="center", fontsize=9)
    n = len(names)
    ax.set(xlim=(-0.5, n - 0.5), ylim=(n - 0.5, -0.5), aspect="equal")
    ax.set_xticks(range(n), names, rotation=45, ha="right")
    ax.set_yticks(range(n), names)
    ax.set(xlabel="what the network said", ylabel="true class")
    ax.set_title("Most mistakes are among five classes of clothes")
    ax.tick_params(length=0)
    ax.grid(False)
    return fig


def class_scores(names, scores, low, high, overall):
    """One score of each class with its interval, and the `overall` one as a line: fig."""
    fig, ax = plt.subplots(figsize=(7, 3.6))
    order = np.argsort(scores)
    places = np.arange(len(names))
    errors = np.stack([scores - low, high - scores])[:, order]
    ax.errorbar(scores[order], places, xerr=errors, fmt="o", color=COLORS[0], capsize=3)
    ax.axvline(overall, color=COLORS[1], linestyle="--", label=f"macro average, {overall:.3f}")
    ax.set_yticks(places, [names[k] for k in order])
    ax.set(title="Shirts are hard, and it is no accident", xlabel="F1 with its 95 % interval")
    ax.legend(loc="upper left")
    return fig


def binned(confidence, right, bins=10):
    """Mean confidence, share right and count of each bin of confidence that is not empty."""
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = [which == k for k in np.unique(which)]
    return np.array([(confidence[some].mean(), right[some].mean(), some.sum()) for some in rows]).T


def reliability_panels(answers):
    """Share right against confidence in ten bins, a panel for each {title: (confidence, right)}."""
    fig, axes = plt.subplots(
        2, len(answers), figsize=(9.5, 5), sharex=True, sharey="row", height_ratios=(3, 1)
    )
    for (title, pair), (top, low), color, marker in zip(
        answers.items(), axes.T, (COLORS[1], COLORS[0]), MARKERS
    ):
        claimed, share, count = binned(*pair)
        error = 1.96 * np.sqrt(np.maximum(share * (1 - share), 0.25 / count) / count)
        top.plot((0.2, 1), (0.2, 1), ":", color="#777777")
        style = {"color": color, "marker": marker, "capsize": 3, "linewidth": 1.2}
        top.errorbar(claimed, share, error, **style)
        top.set(title=title, xlim=(0.2, 1.01), ylim=(0, 1.02))
        low.bar(claimed, count, width=0.05, color=color, alpha=0.6)
        low.set(xlabel="confidence")
    axes[0, 0].set_ylabel("share right, 95 % interval")
    axes[0, 0].text(0.31, 0.37, "as claimed", color="#666666", rotation=36)
    axes[1, 0].set_ylabel("pictures")
    return fig


def robustness(changed, curves, unit):
    """Accuracy and mean confidence of changed pictures; above each panel what they look like.

    `changed`: {title: (pictures, levels)}; `curves`: {title: (levels, accuracy, confidence)};
    `unit`: {title: label of the level}.
    """
    fig = plt.figure(figsize=(11, 5.2))
    grid = fig.add_gridspec(2, 1, height_ratios=(1, 2.7))
    few = max(len(pictures) for pictures, _ in changed.values())
    walls = grid[0].subgridspec(1, len(changed) * few)
    panels = grid[1].subgridspec(1, len(curves)).subplots(sharey=True)
    for i, (title, (pictures, levels)) in enumerate(changed.items()):
        for k, (picture, level) in enumerate(zip(pictures, levels)):
            ax = fig.add_subplot(walls[i * few + k])
            ax.imshow(picture, cmap="gray_r", vmin=0, vmax=255)
            ax.set_title(str(level), fontsize=9, fontweight="normal", loc="center", pad=2)
            ax.axis("off")
        levels, accuracy, confidence = curves[title]
        panels[i].fill_between(levels, accuracy, confidence, color=LIGHT[1], alpha=0.5)
        panels[i].plot(levels, confidence, "--s", color=COLORS[1], label="mean confidence")
        panels[i].plot(levels, accuracy, "-o", color=COLORS[0], label="accuracy")
        panels[i].set(title=title, xlabel=unit[title], ylim=(0, 1))
    panels[0].set_ylabel("share of pictures, confidence")
    panels[0].legend(loc="lower left")
    return fig


def noise_lines(levels, accuracies):
    """Accuracy against noise for {name: (seeds, levels)}: medians, and the range as a band: fig."""
    fig, ax = plt.subplots(figsize=(7, 3.8))
    for (name, values), color, marker in zip(accuracies.items(), COLORS, MARKERS):
        ax.fill_between(levels, values.min(axis=0), values.max(axis=0), color=color, alpha=0.2)
        ax.plot(levels, np.median(values, axis=0), marker=marker, color=color, label=name)
    ax.axhline(0.5, linestyle=":", color="#777777")
    ax.set(title="How much noise until every second answer is wrong?", ylim=(0, 1))
    ax.set(xlabel="standard deviation σ of the noise (grey levels)", ylabel="accuracy")
    ax.legend()
    return fig
