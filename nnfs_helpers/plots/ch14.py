"""Figures of chapter 14, L1 and L2 regularization."""

import numpy as np

from .core import COLORS, LIGHT, plt


def shrinkage(a, curves):
    """Where the penalised minimum lies against the unpenalised one, a (n,): name -> (n,)."""
    fig, ax = plt.subplots(figsize=(5.6, 4))
    ax.plot(a, a, color="#999999", linestyle=":", label="no penalty")
    for (name, w), color, style in zip(curves.items(), COLORS, ("-", "--")):
        ax.plot(a, w, style, color=color, label=name)
    ax.set(title="L2 shrinks, L1 cuts off", xlabel="lowest place without penalty, a",
           ylabel="lowest place with penalty, w")
    ax.legend()
    return fig


def touching(centre, corners, circle):
    """Contours around `centre`, the L1 diamond at `corners`, the L2 circle at `circle`, (2,)."""
    fig, axes = plt.subplots(1, 2, figsize=(8.6, 4.3), sharey=True)
    side = np.linspace(-1.75, 2.75, 200)
    loss = (side[None, :] - centre[0]) ** 2 + (side[:, None] - centre[1]) ** 2
    turn = np.linspace(0, 2 * np.pi, 200)
    diamond = np.abs(corners).sum() * np.array([[1, 0, -1, 0, 1], [0, 1, 0, -1, 0]])
    ring = np.linalg.norm(circle) * np.stack([np.cos(turn), np.sin(turn)])
    titles = ("L1: the corner gets there first", "L2: both weights stay")
    for ax, shape, point, title, k in zip(axes, (diamond, ring), (corners, circle), titles, (0, 1)):
        touch = ((point - centre) ** 2).sum()
        ax.contour(side, side, loss, levels=touch * np.array([0.1, 0.4, 1, 2, 3.5, 5.5]),
                   colors="#AAAAAA", linewidths=[1, 1, 2.2, 1, 1, 1])
        ax.fill(*shape, facecolor=LIGHT[k], edgecolor=COLORS[k], linewidth=2)
        ax.axhline(0, color="#666666", linewidth=0.8)
        ax.axvline(0, color="#666666", linewidth=0.8)
        ax.plot(*centre, "x", color="black", markersize=8)
        ax.annotate("lowest loss", centre, (8, 6), textcoords="offset points", fontsize=9)
        ax.plot(*point, "o", color=COLORS[k], markersize=8, markeredgecolor="white")
        box = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        ax.annotate(f"({point[0]:.2f}, {point[1]:.2f})", point, (-11, 7), ha="right",
                    textcoords="offset points", fontsize=9, color=COLORS[k], bbox=box)
        ax.set(title=title, xlabel="weight w₁", aspect="equal")
        ax.set(xlim=(-1.6, 1.9), ylim=(-1.35, 2.5), xticks=(-1, 0, 1), yticks=(-1, 0, 1, 2))
        ax.grid(False)
    axes[0].set_ylabel("weight w₂")
    return fig


def weight_sizes(groups, limit=1e-3):
    """Histograms of log |w|, one row for each group: name -> |w| (n,)."""
    fig, axes = plt.subplots(len(groups), 1, figsize=(7, 1.75 * len(groups)), sharex=True)
    bins = np.geomspace(1e-8, 5, 70)
    for ax, (name, sizes), color in zip(axes, groups.items(), ("#666666", *COLORS)):
        ax.hist(np.maximum(sizes, 1.01e-8), bins, weights=np.full(sizes.size, 100 / sizes.size),
                color=color)
        ax.axvline(limit, color="black", linestyle="--", linewidth=1)
        ax.text(0.09, 0.82, f"{(sizes < limit).mean():.0%} below 0.001", fontsize=9,
                transform=ax.transAxes)
        ax.set_title(name, fontsize=10.5)
        ax.set(xscale="log", yscale="log", ylim=(0.015, 90), ylabel="% of weights")
    axes[-1].set_xlabel("size of the weight, |w|")
    return fig


def spread_curves(ax, labels, groups):
    """Median (line) and range (band) over the last axis of each group: name -> (labels, seeds)."""
    places = np.arange(len(labels))
    for (name, values), color, style in zip(groups.items(), COLORS, ("-o", "--s", ":^")):
        values = np.asarray(values)
        ax.plot(places, np.median(values, axis=1), style, color=color, label=name)
        ax.fill_between(places, values.min(axis=1), values.max(axis=1), color=color, alpha=0.15)
    ax.set_xticks(places, labels)
    ax.legend()


def gap_curves(strengths, loss_gaps, accuracy_gaps):
    """Two panels of `spread_curves`: the gap in the loss, and the gap in accuracy."""
    fig, axes = plt.subplots(1, 2, figsize=(9.2, 3.9))
    labels = [f"{s:g}" for s in strengths]
    for ax, gaps, what in zip(axes, (loss_gaps, accuracy_gaps), ("loss", "accuracy")):
        spread_curves(ax, labels, gaps)
        ax.axhline(0, color="#666666", linewidth=0.8)
        ax.set(title=f"The gap in {what} closes", xlabel="strength λ", ylabel=f"gap in {what}")
    axes[0].set_ylabel("gap in loss (nats)")
    return fig


def pruned_accuracy(shares, groups):
    """`spread_curves` of accuracy against the share of weights set to 0."""
    fig, ax = plt.subplots(figsize=(7, 3.9))
    spread_curves(ax, [f"{100 * share:g}" for share in shares], groups)
    ax.set(title="With L1, nearly all weights can go", xlabel="smallest weights set to 0 (%)",
           ylabel="validation accuracy")
    return fig
