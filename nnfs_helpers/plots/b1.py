"""Figures of notebook b1, batch normalisation."""

import numpy as np

from .core import COLORS, MARKERS, plt


def spread_panels(sizes):
    """Sizes of outputs and of weight gradients by layer; `sizes`: name -> (seeds, 2, layers): fig.

    Neighbouring labels are drawn apart.
    """
    fig, axes = plt.subplots(1, 2, figsize=(10.5, 3.9))
    titles = ("forward: outputs of each layer", "backward: gradients of its weights")
    for k, (ax, title) in enumerate(zip(axes, titles)):
        heights = []
        for i, (name, runs) in enumerate(sizes.items()):
            lines = np.transpose(np.asarray(runs)[:, k])
            layers = np.arange(1, len(lines) + 1)
            style = {"color": COLORS[i], "marker": MARKERS[i], "markevery": 7, "markersize": 4}
            ax.semilogy(layers, lines, linewidth=1.1, alpha=0.7, **style)
            heights.append((np.log10(np.median(lines[-1])), name, COLORS[i]))
        ax.set(title=title, xlabel="layer", ylabel="root mean square", xlim=(1, 1.45 * len(lines)))
        labels_apart(ax, len(lines) + 0.7, heights)
    return fig


def labels_apart(ax, x, heights):
    """Labels at x for (log10 height, text, colour), moved until each has room of its own."""
    low, high = np.log10(ax.get_ylim())
    room, last = 0.075 * (high - low), -np.inf
    for height, name, color in sorted(heights):
        last = max(height, last + room)
        ax.text(x, 10**last, name, color=color, va="center", fontsize=8.5)


def column_lines(x, z, y, title, running=None):
    """A column of a batch, normalised, and scaled and shifted, as points on three lines: fig."""
    fig, ax = plt.subplots(figsize=(8.2, 3.2), layout="none")
    fig.subplots_adjust(left=0.17, right=0.98, top=0.88, bottom=0.16)
    ax.hlines((0, 1, 2), -13, 33, color="#999999", linewidth=1)
    for i in range(len(x)):
        style = {"color": COLORS[i % 7], "marker": MARKERS[i % 7], "markeredgecolor": "white"}
        ax.plot([x[i], z[i], y[i]], [2, 1, 0], linewidth=1, markersize=10, **style)
    ax.plot(np.mean(x), 2.3, "v", color="black", markersize=7)
    ax.text(np.mean(x) + 0.7, 2.3, "batch mean", va="center", fontsize=9)
    if running is not None:
        ax.plot(running, 1.7, "^", color="#B34700", markersize=7)
        ax.text(running + 0.7, 1.7, "running mean", va="center", fontsize=9, color="#B34700")
    ax.set(xlim=(-13, 33), ylim=(-0.4, 2.55), title=title, xlabel="value")
    ax.set_xticks((-10, 0, 10, 20, 30))
    ax.set_yticks((2, 1, 0), ("x", "z, normalised", "y = γz + β"))
    ax.grid(False)
    return fig


def rate_tolerance(panels, rates, unlearned):
    """Loss after training against the rate; `panels`: title -> name -> (rates, seeds): fig.

    Lines are medians, bands ranges over the seeds; runs that blew up are crosses at the top.
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(10.5, 4), sharey=True)
    for ax, (title, lines) in zip(axes, panels.items()):
        for i, (name, losses) in enumerate(lines.items()):
            color = COLORS[i]
            alive = np.isfinite(losses).all(axis=1)
            x, good = np.array(rates)[alive], losses[alive]
            ax.plot(x, np.median(good, axis=1), marker=MARKERS[i], color=color, label=name)
            ax.fill_between(x, good.min(axis=1), good.max(axis=1), color=color, alpha=0.2, lw=0)
            for rate, values in zip(rates, losses):
                lost = int(np.isnan(values).sum())
                if lost:
                    ax.plot(rate, 2.62, "x", color=color, markersize=9, markeredgewidth=2)
                    ax.text(rate, 2.72, f"{lost} of {len(values)}\nblew up", ha="center",
                            fontsize=8, color=color)
        ax.axhline(unlearned, color="#777777", linestyle=":", linewidth=1.4)
        ax.text(rates[0], unlearned + 0.03, "knows nothing: ln 10", fontsize=8, color="#555555")
        ax.set(title=title, xlabel="learning rate", xscale="log", ylim=(0.4, 3))
        ax.legend(loc="upper left", bbox_to_anchor=(0.0, 0.73), fontsize=9)
    axes[0].set_ylabel("validation loss (nats)")
    return fig


def cliff(w, loss, walks):
    """A loss (len(w),) with a wall, and steps on it; `walks`: name -> (places, losses): fig."""
    fig, ax = plt.subplots(figsize=(8.2, 3.6))
    ax.plot(w, loss, color="#33475B", linewidth=2)
    for i, (name, (places, losses)) in enumerate(walks.items()):
        style = {"color": COLORS[1 - i], "marker": MARKERS[1 - i]}
        seen = places >= w[0]
        ax.plot(places[seen], losses[seen], linestyle="", markersize=7, label=name, zorder=4 + i,
                markeredgecolor="white", **style)
        if not seen.all():
            ax.annotate("", xy=(w[0], losses[0]), xytext=(places[0], losses[0]),
                        arrowprops={"arrowstyle": "->", "color": COLORS[1 - i], "lw": 1.6})
            ax.text(w[0] + 0.01, 0.6 * losses[0], f"one plain step, to w = {places[~seen][0]:.0f}",
                    color=COLORS[1 - i], va="top", fontsize=9)
    ax.set(title="A wall throws a walker far; clipped, it climbs down", xlabel="w",
           ylabel="loss ½(w²⁰ − 1)²", yscale="symlog", xlim=(w[0], w[-1]))
    ax.legend(loc="center left", fontsize=9)
    return fig


def schedule_and_losses(shares, losses):
    """Shares of the rate by epoch, and validation losses (seeds, epochs) by name: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.6))
    for i, (name, share) in enumerate(shares.items()):
        epochs = np.arange(1, len(share) + 1)
        style = {"color": COLORS[i], "marker": MARKERS[i]}
        left.plot(epochs, share, label=name, **style)
        values = np.asarray(losses[name])
        right.plot(epochs, np.median(values, axis=0), "--", label=name, **style)
        right.fill_between(epochs, values.min(axis=0), values.max(axis=0), color=COLORS[i],
                           alpha=0.2, lw=0)
    left.set(title="up, then down", xlabel="epoch", ylabel="share of the full rate",
             ylim=(0, 1.08))
    right.set(title="less noise at the end", xlabel="epoch", ylabel="validation loss (nats)")
    left.legend(loc="lower left", fontsize=9)
    right.legend(fontsize=9)
    return fig
