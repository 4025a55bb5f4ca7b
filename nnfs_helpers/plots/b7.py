"""Figures of notebook b7, attention."""

import numpy as np

from .ch01 import INK, words
from .core import COLORS, MARKERS, plt


def weight_grid(p, rows, columns, title):
    """Weights p (queries, keys) as shades, with their numbers if there are few: fig."""
    size = 0.44 * len(columns) + 1.9
    fig, ax = plt.subplots(figsize=(size + 0.9, max(0.36 * len(rows) + 1.4, 2.6)))
    shade_weights(ax, p, rows, columns)
    if len(columns) <= 6:
        for i, j in np.ndindex(p.shape):
            words(ax, j, i, f"{p[i, j]:.2f}", "white" if p[i, j] > 0.55 else INK, 9.5)
    ax.set(xlabel="is looked at (key)", ylabel="looks (query)")
    ax.set_title(title, fontsize=11)
    fig.colorbar(ax.images[0], ax=ax, label="weight", ticks=[0, 0.5, 1])
    return fig


def shade_weights(ax, p, rows, columns):
    """Weights as shades of blue from 0 to 1 on `ax`, labelled."""
    ax.imshow(p, vmin=0, vmax=1, cmap="Blues")
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.grid(False)


def head_maps(p, letters):
    """Weights p (blocks, heads, time, time) of all heads over the letters of a name: fig."""
    blocks, heads = p.shape[:2]
    size = (2.5 * heads + 0.5, 2.6 * blocks + 0.4)
    fig, axes = plt.subplots(blocks, heads, figsize=size, squeeze=False)
    for (block, head), ax in np.ndenumerate(axes):
        shade_weights(ax, p[block, head], letters, letters)
        ax.tick_params(labelsize=8.5, length=0)
        ax.set_title(f"block {block + 1}, head {head + 1}", fontsize=10)
    fig.supxlabel("letter looked at", fontsize=10)
    fig.supylabel("letter that looks", fontsize=10)
    return fig


def saturation(widths, panels):
    """Panels: title -> {name: values (widths, seeds)}, medians and ranges over d: fig."""
    fig, axes = plt.subplots(1, len(panels), figsize=(10, 3.6))
    for ax, (title, curves) in zip(axes, panels.items()):
        for i, (name, values) in enumerate(curves.items()):
            ax.fill_between(widths, values.min(axis=1), values.max(axis=1), color=COLORS[i],
                            alpha=0.2, linewidth=0)
            ax.plot(widths, np.median(values, axis=1), color=COLORS[i], marker=MARKERS[i],
                    markersize=5, label=name)
        ax.set_xscale("log", base=2)
        ax.set_xticks(widths, widths)
        ax.set(xlabel="width d of queries and keys", ylim=(0, None))
        ax.set_title(title, fontsize=11)
    axes[0].legend(fontsize=9)
    return fig


def position_panels(waves, queries):
    """Encodings (time, n) as a heat map, and their dot products with some positions: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.9))
    image = left.imshow(waves, cmap="PuOr_r", vmin=-1, vmax=1, aspect="auto")
    left.set(xlabel="feature", ylabel="position")
    left.set_title("Fast waves left, slow ones right", fontsize=11)
    left.grid(False)
    fig.colorbar(image, ax=left, ticks=[-1, 0, 1])
    for i, place in enumerate(queries):
        right.plot(waves @ waves[place], color=COLORS[i], label=f"with {place}",
                   marker=MARKERS[i], markevery=[place])
    right.set(xlabel="position", ylabel="dot product of two rows")
    right.set_title("Only the distance counts", fontsize=11)
    right.set_ylim(8, None)
    right.legend(fontsize=9, loc="lower center", ncols=3, columnspacing=1)
    return fig
