"""Figures of chapter 15, dropout."""

import numpy as np

from .core import COLORS, LIGHT, plt

GREY, INK = "#BBBBBB", "#333333"
NAMES = ("input", "hidden", "hidden", "scores")


def thinned_network(masks, title, sizes=(2, 6, 6, 3)):
    """A drawn network without the hidden neurons that `masks` (two boolean rows) leave out: fig."""
    fig, ax = plt.subplots(figsize=(7, 3.9))
    present = [np.ones(sizes[0], bool), *masks, np.ones(sizes[-1], bool)]
    heights = [np.arange(n)[::-1] - (n - 1) / 2 for n in sizes]
    for i in range(len(sizes) - 1):
        for a, here in zip(heights[i], present[i]):
            for b, there in zip(heights[i + 1], present[i + 1]):
                if here and there:
                    ax.plot((2 * i, 2 * i + 2), (a, b), color=COLORS[0], linewidth=0.9, zorder=1)
    for i, (column, row) in enumerate(zip(heights, present)):
        for y, here in zip(column, row):
            neuron(ax, 2 * i, y, here, hidden=0 < i < len(sizes) - 1)
        ax.text(2 * i, 3.1, NAMES[i], ha="center", fontsize=10, color=INK)
    ax.set(xlim=(-0.7, 6.7), ylim=(-3, 3.5), aspect="equal", title=title)
    ax.axis("off")
    return fig


def neuron(ax, x, y, here, hidden):
    """A circle; a neuron that is out is pale and crossed."""
    line, face = (COLORS[0], LIGHT[0]) if hidden and here else (GREY, "white")
    line, face = ("#777777", "#EEEEEE") if not hidden else (line, face)
    ax.add_patch(plt.Circle((x, y), 0.3, facecolor=face, edgecolor=line, linewidth=1.8, zorder=3))
    if not here:
        ax.plot(x, y, "x", color="#555555", markersize=11, markeredgewidth=2.2, zorder=4)


def mean_and_spread(rates, panels):
    """Bands mean ± one deviation against the rate: name -> (mean, deviation), each (rates,): fig.

    The true value, at rate 0, is a dotted line.
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(9.6, 3.7), sharey=True)
    for ax, (name, (mean, deviation)), k in zip(axes, panels.items(), (1, 0)):
        ax.fill_between(rates, mean - deviation, mean + deviation, color=LIGHT[k],
                        label="± 1 deviation")
        ax.plot(rates, mean, color=COLORS[k], linewidth=2.2, label="mean")
        ax.axhline(mean[0], color="#555555", linestyle=":", label="without dropout")
        ax.set(title=name, xlabel="dropout rate q", xlim=(0, rates[-1]))
        ax.legend(loc="lower left")
    axes[0].set_ylabel("output z of the neuron")
    return fig


def scatter_ensembles(p, columns):
    """Probabilities of the scaled network against two ensemble means: name -> (n,), p (n,): fig."""
    fig, axes = plt.subplots(1, len(columns), figsize=(8.6, 4), sharey=True)
    for ax, (name, values), k in zip(axes, columns.items(), (0, 1)):
        ax.plot((0, 1), (0, 1), color="#777777", linewidth=1)
        ax.plot(values, p, ".", color=COLORS[k], markersize=3.5, alpha=0.6)
        ax.set(title=f"{name}: off by {np.abs(values - p).mean():.3f}", aspect="equal",
               xlabel="mean over passes")
    axes[0].set_ylabel("one pass with the whole network")
    return fig


def doubt_map(ax, doubt, reach, x=None):
    """Colour a square of half-width `reach` by `doubt` (m, m), from 0 to ln 3; dots at x (n, 2)."""
    style = {"origin": "lower", "cmap": "cividis", "vmin": 0, "vmax": np.log(3), "aspect": "auto"}
    image = ax.imshow(doubt, extent=(-reach, reach, -reach, reach), **style)
    if x is not None:
        ax.plot(*x.T, ".", color="white", markersize=2.5)
    ax.locator_params(nbins=4)
    ax.grid(False)
    return image


def spread_lines(ax, labels, groups):
    """Median (line) and range (bar) over the last axis of each group: name -> (labels, seeds)."""
    styles = zip(groups.items(), COLORS, ("-o", "--s", ":^", "-.D"))
    for k, ((name, values), color, style) in enumerate(styles):
        values = np.asarray(values)
        middle, places = np.median(values, axis=1), np.arange(len(labels)) + 0.07 * (k - 1)
        bars = middle - values.min(axis=1), values.max(axis=1) - middle
        ax.errorbar(places, middle, bars, fmt=style, color=color, capsize=3, label=name)
    ax.set_xticks(np.arange(len(labels)), labels)
    ax.legend()


def rate_and_width(rates, losses, accuracies, ceiling):
    """Test loss and test accuracy against the rate, a line for each width: fig."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.9))
    fig.get_layout_engine().set(wspace=0.06)
    for ax, groups, name in zip(axes, (losses, accuracies), ("loss (nats)", "accuracy")):
        spread_lines(ax, [f"{rate:g}" for rate in rates], groups)
        ax.set(xlabel="dropout rate q", ylabel="test " + name)
    axes[0].axhline(np.log(3), color="#777777", linestyle=":")
    axes[0].set_yscale("log")
    axes[0].set_yticks((0.5, 1, 2, 4), ("0.5", "1", "2", "4"))
    axes[0].minorticks_off()
    axes[0].set_title("The wider, the more there is to gain")
    axes[1].axhline(ceiling, color="#777777", linestyle=":")
    axes[1].set_title("Accuracy gains a few points")
    return fig
