"""Drawings of chapter 5, loss."""

import numpy as np

from .core import COLORS, MARKERS, plt


def accuracy_and_loss(weights, accuracies, losses, now, name):
    """Accuracy above loss, both against one weight called `name`, marked at `now`: fig."""
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(7, 5), sharex=True)
    jumps = np.abs(np.diff(accuracies, append=accuracies[-1])) > 1e-9
    top.plot(weights, np.where(jumps, np.nan, accuracies), color=COLORS[1], linewidth=2.5)
    bottom.plot(weights, losses, color=COLORS[0], linewidth=2.5)
    for ax, values in ((top, accuracies), (bottom, losses)):
        here = np.interp(now, weights, values)
        ax.plot(now, here, "o", color="black", markersize=8, zorder=3)
        ax.axvline(now, color="#999999", linewidth=1, linestyle=":")
    lowest = np.argmin(losses)
    bottom.plot(weights[lowest], losses[lowest], "v", color=COLORS[0], markersize=9)
    note = {"textcoords": "offset points", "ha": "center", "color": COLORS[0]}
    bottom.annotate("lowest", (weights[lowest], losses[lowest]), (0, 10), **note)
    top.set(title="Accuracy: flat, then a jump", ylabel="accuracy", yticks=np.unique(accuracies))
    bottom.set(title="Loss: smooth, and its slope points the way", ylabel="loss (nats)")
    bottom.set(xlabel=name, ylim=(0, None))
    return fig


def samples_on_curve(p):
    """Samples with right-class probabilities p (n,) fall on the curve −ln p; their mean: fig."""
    fig, ax = plt.subplots(figsize=(7, 4.2))
    grid = np.geomspace(0.8 * p.min(), 1, 400)
    ax.plot(grid, -np.log(grid), color="#999999")
    ax.vlines(p, 0, -np.log(p), color=COLORS[0], linewidth=0.9, linestyle=":")
    ax.plot(p, -np.log(p), "o", color=COLORS[0])
    text = {"textcoords": "offset points", "fontsize": 9}
    for row in np.flatnonzero(p < 0.95):
        ax.annotate(f"row {row}", (p[row], -np.log(p[row])), (6, 3), **text)
    sure = ", ".join(map(str, np.flatnonzero(p >= 0.95)))
    ax.annotate(f"rows {sure}", (1, 0), (6, 4), **text)
    mean = -np.log(p).mean()
    ax.axhline(mean, color=COLORS[1], linestyle="--", linewidth=1.4)
    style = {"color": COLORS[1], "ha": "right", "va": "bottom"}
    ax.text(1.15, mean, f"mean: the loss, {mean:.3f} nats", **style)
    ax.set(title="Two unlikely labels make most of the loss", ylabel="−ln p (nats)")
    ax.set(xlabel="probability of the right class, p", xticks=np.linspace(0, 1, 6))
    ax.set(xlim=(-0.02, 1.17), ylim=(0, None))
    bits = ax.secondary_yaxis("right", functions=(lambda y: y / np.log(2), lambda y: y * np.log(2)))
    bits.set_ylabel("−log₂ p (bits)")
    return fig


def loss_maps(x, t, right, titles):
    """Points x (n, 2) coloured by loss, for two arrays of right-class probabilities (n,): fig.

    The third panel shows where both sets of samples fall on the curve −ln p.
    """
    fig, axes = plt.subplots(1, 3, figsize=(10.5, 3.9), width_ratios=(1, 1, 0.9))
    style = {"cmap": "viridis", "vmin": 0, "vmax": -np.log(np.min(right))}
    for ax, p, title in zip(axes, right, titles):
        for label in np.unique(t):
            rows = t == label
            dots = ax.scatter(*x[rows].T, c=-np.log(p[rows]), s=16, marker=MARKERS[label], **style)
        ax.set(title=title, xlabel="x₁")
        ax.locator_params(nbins=4)
    axes[0].set_ylabel("x₂")
    bar = fig.colorbar(dots, ax=axes[:2], location="bottom", shrink=0.6, pad=0.02, aspect=40)
    bar.set_label("loss of the sample (nats)")
    several_on_curve(axes[2], right, titles)
    return fig


def several_on_curve(ax, right, titles):
    """The samples of several lists of right-class probabilities as dots on −ln p."""
    grid = np.linspace(0.05, 1, 200)
    ax.plot(grid, -np.log(grid), color="#999999", linewidth=1)
    for p, title, color, marker in zip(right, titles, COLORS, MARKERS):
        ax.plot(p, -np.log(p), marker, color=color, markersize=5, alpha=0.6, label=title)
    ax.axhline(np.log(3), color="#555555", linestyle=":", linewidth=1.2)
    ax.text(1, np.log(3) + 0.04, "ln 3", ha="right")
    ax.set(title="The same samples on −ln p", xlabel="p of the right class", ylabel="loss (nats)")
    ax.set(xlim=(0, 1.02), ylim=(0, 3))
    ax.legend(fontsize=8)
