"""Figures of notebook b6, residual networks."""

from itertools import product

import numpy as np

from .ch01 import INK, arrow, box, canvas, circle, words
from .core import COLORS, LIGHT, MARKERS, plt

FACE = (COLORS[0], LIGHT[0])
WAY = COLORS[1]  # the way around


# Drawings of a block


def residual_block(layers):
    """A block whose branch has `layers` (a text), forward and, beside it, backward: fig."""
    fig, ax = canvas(9.8, 2.6, "Forward the value goes two ways; backward two messages are added")
    for left, way in ((0.3, 1), (5.2, -1)):
        start, fork, face, back, plus, end = [  # backward is the mirror image: + is where dx leaves
            left + (x if way > 0 else 4.25 - x) for x in (0, 0.38, 0.75, 2.95, 3.55, 4.25)]
        box(ax, (face + back) / 2, 1.1, 2.2, 0.55, layers, FACE, 9.5)
        circle(ax, plus, 1.1, "+", (WAY, LIGHT[1]), 0.18, 13)
        arrow(ax, (start, 1.1), (face, 1.1), COLORS[0])
        arrow(ax, (back, 1.1), (plus - 0.18 * way, 1.1), COLORS[0])
        arrow(ax, (plus + 0.18 * way, 1.1), (end, 1.1), INK)
        ax.plot((fork, fork, plus), (1.1, 2.0, 2.0), color=WAY, linewidth=1.8, zorder=2)
        arrow(ax, (plus, 2.0), (plus, 1.28), WAY)
        texts = ("x", "y", "x as it is", "f(x)", "forward: y = x + f(x)")
        if way < 0:
            texts = ("dy", "dx", "dy as it is", "f′ᵀ dy", "backward: dx = dy + f′ᵀ dy")
        words(ax, start + 0.1 * way, 0.78, texts[0], INK, 11)
        words(ax, end - 0.1 * way, 0.78, texts[1], INK, 11)
        words(ax, (face + back) / 2, 2.17, texts[2], "#B84F00", 10)
        words(ax, (face + back) / 2, 0.62, texts[3], COLORS[0], 10)
        words(ax, left + 2.125, 0.2, texts[4], INK, 11, fontweight="bold")
    return fig


def unrolled(factors):
    """The paths through blocks of one number each: a grid of ways, and each path's product: fig."""
    n = len(factors)
    fig, ax = canvas(9.6, 0.34 * 2**n + 1.1, f"{n} blocks, {2**n} paths: each is "
                     "the product of the factors on its way")
    for row, taken in enumerate(sorted(product((0, 1), repeat=n), key=lambda t: (sum(t), t[::-1]))):
        y, value = 0.34 * (2**n - row) + 0.15, 1.0
        arrow(ax, (6.95, y), (0.45, y), "#999999", 1.1)
        words(ax, 0.25, y, "dx", INK, 9.5)
        words(ax, 7.25, y, "dy = 1", INK, 9.5, ha="center")
        for i, (inside, factor) in enumerate(zip(taken, factors)):
            x = 1.5 + 4.5 * i / max(1, n - 1)
            value *= factor if inside else 1
            text = f"× {factor:g}".replace("-", "−") if inside else "around: × 1"
            box(ax, x, y, 1.15, 0.25, text, FACE if inside else (WAY, LIGHT[1]), 8.5)
        words(ax, 8.6, y, f"{value:g}".replace("-", "−"), INK, 10, ha="right")
    total = np.prod(1 + np.asarray(factors, dtype=float))
    words(ax, 8.6, 0.1, f"sum {total:g}".replace("-", "−"), INK, 10, ha="right", fontweight="bold")
    ax.set(xlim=(0, 9.0), ylim=(-0.1, 0.34 * 2**n + 0.45))
    return fig


# Depth


def depth_bands(ax, depths, values, i, name):
    """The median over seeds of values (depths, seeds), and the range around it."""
    values = np.asarray(values, dtype=float)
    ax.plot(depths, np.median(values, axis=1), color=COLORS[i], marker=MARKERS[i], label=name)
    ax.fill_between(depths, values.min(axis=1), values.max(axis=1), color=COLORS[i], alpha=0.2,
                    linewidth=0)


def depth_axis(ax, depths):
    """Depths as powers of two."""
    ax.set_xscale("log", base=2)
    ax.set_xticks(depths, [str(depth) for depth in depths])
    ax.set_xlabel("hidden layers")


def depth_contest(losses, curves, depths, guess):
    """Losses (depths, seeds) by name against depth, and (seeds, epochs) by name by epoch: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10.5, 4.1), sharey=True)
    for i, (name, values) in enumerate(losses.items()):
        depth_bands(left, depths, values, i, name)
    for name, values in curves.items():
        i, epochs = list(losses).index(name), np.arange(1, np.shape(values)[1] + 1)
        depth_bands(right, epochs, np.transpose(values), i, name)
    for ax in (left, right):
        ax.axhline(guess, color="#777777", linestyle=":", linewidth=1.4)
    left.text(depths[0], guess + 0.03, "a guess: ln 10", fontsize=8.5, color="#555555")
    depth_axis(left, depths)
    left.set(title="after training", ylabel="training loss (nats)", ylim=(0, 2.75))
    right.set(title=f"epoch by epoch, {depths[-1]} layers", xlabel="epoch", xticks=epochs)
    left.legend(loc="upper left", bbox_to_anchor=(0.0, 0.83), fontsize=9)
    return fig


def start_panels(measured, depths, titles):
    """Measures of untrained nets; `measured`: name -> (depths, seeds, measures): fig.

    `titles` are pairs (title, what is on the y axis), one for each measure.
    """
    fig, axes = plt.subplots(1, len(titles), figsize=(11.2, 3.7))
    for k, (ax, (title, y)) in enumerate(zip(axes, titles)):
        for i, (name, values) in enumerate(measured.items()):
            depth_bands(ax, depths, np.asarray(values)[..., k], i, name)
        depth_axis(ax, depths)
        ax.set_title(title, fontsize=11)
        ax.set_ylabel(y)
    axes[1].set_yscale("log")
    axes[1].legend(fontsize=9)
    return fig


def growth(sizes, predicted):
    """Mean squares after each block by name (seeds, blocks + 1), and dashed predictions: fig."""
    fig, ax = plt.subplots(figsize=(8.2, 4.0))
    for i, (name, values) in enumerate(sizes.items()):
        values = np.asarray(values)
        blocks = np.arange(values.shape[1])
        ax.semilogy(blocks, np.mean(values, axis=0), color=COLORS[i], label=name,
                    marker=MARKERS[i], markevery=8)
        ax.fill_between(blocks, values.min(axis=0), values.max(axis=0), color=COLORS[i], alpha=0.2,
                        linewidth=0)
        if name in predicted:
            ax.plot(blocks, predicted[name], color="black", linestyle="--", linewidth=1)
    ax.plot([], [], color="black", linestyle="--", linewidth=1, label="predicted")
    ax.set(title="A sum of two doubles the mean square, block after block", xlabel="blocks",
           ylabel="mean square of the stream")
    ax.legend(fontsize=9)
    return fig


# Inside a trained net


def knock_out(left_over, guess):
    """Accuracies (seeds, 1 + blocks) by name: whole, and without one block each: fig."""
    fig, axes = plt.subplots(1, len(left_over), figsize=(10.5, 3.6), sharey=True)
    for i, (ax, (name, values)) in enumerate(zip(axes, left_over.items())):
        values = np.asarray(values)
        blocks = np.arange(1, values.shape[1])
        depth_bands(ax, blocks, values[:, 1:].T, i, "without this block")
        whole = np.median(values[:, 0])
        ax.axhline(whole, color="black", linewidth=1.4)
        ax.text(blocks[-1], whole + 0.015, "whole", fontsize=9, ha="right")
        ax.axhline(guess, color="#777777", linestyle=":", linewidth=1.4)
        ax.set(title=name, xlabel="block taken out", xticks=blocks, ylim=(0, 1))
    axes[0].text(1, guess - 0.065, "a guess", fontsize=9, color="#555555")
    axes[0].set_ylabel("training accuracy")
    return fig


def path_lengths(counts, sizes):
    """How many paths have each length, and the size of their sum (seeds, lengths): fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.5))
    lengths = np.arange(len(counts))
    left.bar(lengths, counts, color=COLORS[0])
    left.set(title=f"{sum(counts):,} paths: most are long",
             xlabel="branches on the path", ylabel="number of paths")
    right.plot(lengths, np.median(sizes, axis=0), color=COLORS[1], marker=MARKERS[1])
    right.fill_between(lengths, np.min(sizes, axis=0), np.max(sizes, axis=0), color=COLORS[1],
                       alpha=0.25, linewidth=0)
    right.set(title="the gradient comes by the short ones", xlabel="branches on the path",
              ylabel="length of their sum\n(the whole gradient is 1)")
    return fig


# Autoencoders


def rows_of_pictures(rows, title=None):
    """Rows of pictures, `rows`: label -> (n, height, width), −1 to 1: fig."""
    n = len(next(iter(rows.values())))
    fig, grid = plt.subplots(len(rows), n, figsize=(0.95 * n + 1.2, 0.98 * len(rows) + 0.3),
                             squeeze=False)
    for axes, (label, pictures) in zip(grid, rows.items()):
        for ax, picture in zip(axes, pictures):
            ax.imshow(picture, cmap="gray_r", vmin=-1, vmax=1, interpolation="nearest")
            ax.set(xticks=[], yticks=[])
            ax.grid(False)
            ax.spines[:].set_visible(False)
        axes[0].set_ylabel(label, rotation=0, ha="right", va="center", fontsize=9.5)
    if title:
        fig.suptitle(title, fontsize=12, fontweight="bold")
    return fig


def class_style(label):
    """Colour and marker of one of ten classes: seven colours, and no pair twice."""
    marker = MARKERS[(label + 3 * (label // 7)) % 7]
    return {"color": COLORS[label % 7], "marker": marker, "linestyle": "", "alpha": 0.75}


def latent_map(panels, t, names):
    """Points (n, 2) in one panel for each title, by class: fig."""
    fig, axes = plt.subplots(1, len(panels), figsize=(10.8, 4.9))
    for ax, (title, (z, x_label, y_label)) in zip(axes, panels.items()):
        for label, name in enumerate(names):
            ax.plot(*z[t == label].T, label=name, markersize=3.6, **class_style(label))
        ax.set(title=title, xlabel=x_label, ylabel=y_label)
        low, high = np.percentile(z, (0.5, 99.5), axis=0)
        ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    handles, labels = axes[0].get_legend_handles_labels()
    fig.legend(handles, labels, loc="outside lower center", ncols=5, fontsize=9, markerscale=1.6)
    return fig


def latent_and_picture(z, t, place, picture, limits):
    """The latent points by class with a cross at `place`, and the picture decoded there: fig."""
    fig = plt.figure(figsize=(7.6, 3.5), layout="none")
    ax = fig.add_axes((0.09, 0.14, 0.46, 0.74))
    ax.set(xlabel="latent number 1", ylabel="latent number 2", title="where you are")
    for label in np.unique(t):
        ax.plot(*z[t == label].T, markersize=3.4, **class_style(label))
    ax.axvline(place[0], color="black", linewidth=0.8)
    ax.axhline(place[1], color="black", linewidth=0.8)
    ax.plot(*place, "o", color="black", markersize=9, markerfacecolor="none", markeredgewidth=2)
    ax.set_xticks(np.linspace(*limits[0], 5)[1:4].round(1))  # few ticks: they take the time
    ax.set_yticks(np.linspace(*limits[1], 5)[1:4].round(1))
    ax.set(xlim=limits[0], ylim=limits[1])
    ax.grid(False)
    side = fig.add_axes((0.62, 0.14, 0.36, 0.74))
    side.imshow(picture, cmap="gray_r", vmin=-1, vmax=1, interpolation="nearest")
    side.set_title("what the decoder makes of it")
    side.axis("off")
    return fig
