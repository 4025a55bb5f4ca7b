"""Figures of notebook b2, convolution."""

import numpy as np

from .ch01 import number, words
from .core import COLORS, LIGHT, plt

DARK = "#B84F00"  # orange for small letters
SIGNED = {"cmap": "PuOr_r", "interpolation": "nearest"}


# Grids of numbers, all on one axes, which is quick to draw


def sheet(width, height):
    """A figure of that size in inches, all of it one empty axes, one unit for an inch."""
    fig = plt.figure(figsize=(width, height), layout="none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.axis("off")
    return fig, ax


def table(ax, left, middle, cell, values, title, light=None, texts=True):
    """An array as square cells of that size, its middle at that height; NaN cells stay empty.

    Grey from 0 to `light`, or, without it, violet for negative and orange for positive numbers.
    """
    values = np.asarray(values, dtype=float)
    rows, columns = values.shape
    width, top = columns * cell, middle + rows * cell / 2
    limit = light or 1.5 * max(1e-9, np.abs(values[np.isfinite(values)]).max(initial=0.0))
    style = {"cmap": "Greys", "vmin": 0} if light else {"cmap": SIGNED["cmap"], "vmin": -limit}
    extent = (left, left + width, top - rows * cell, top)
    ax.imshow(values, vmax=limit, extent=extent, interpolation="nearest", **style)
    edge = {"fill": False, "edgecolor": "#888888", "linewidth": 0.8}
    ax.add_patch(plt.Rectangle((left, top - rows * cell), width, rows * cell, **edge))
    words(ax, left + width / 2, top + 0.13, title, size=9.5)
    for (i, j), value in np.ndenumerate(values):
        if texts and np.isfinite(value):
            color = "white" if abs(value) > 0.55 * limit else "#222222"
            place = left + (j + 0.5) * cell, top - (i + 0.5) * cell
            words(ax, *place, number(round(value, 2) + 0.0), color, size=8.5)
    return left, top, cell


def frame(ax, corner, row, column, height, width):
    """A thick frame around cells of the table whose `corner` is (left, top, cell size)."""
    left, top, cell = corner
    place = left + column * cell, top - (row + height) * cell
    style = {"fill": False, "edgecolor": COLORS[1], "linewidth": 2.2, "zorder": 4}
    ax.add_patch(plt.Rectangle(place, width * cell, height * cell, **style))


def sliding_step(picture, kernel, output, row, column, so_far=False):
    """One place of the window: picture, window × kernel = products, and the output: fig.

    With `so_far`, only the output's pixels up to this one are filled in.
    """
    k, texts = len(kernel), picture.size < 100
    light = max(picture.max(), 1e-9) * (1.4 if texts else 1)
    window = picture[row : row + k, column : column + k]
    later = np.arange(output.size).reshape(output.shape) > row * output.shape[1] + column
    shown = np.where(later & so_far, np.nan, output)
    large, cell, y = 2.1 / len(picture), 1.25 / k, 1.2
    fig, ax = sheet(9.6, 2.6)
    place = f"picture, window at ({row}, {column})"
    seen = table(ax, 0.1, y, large, picture, place, light, texts)
    total = number(round(float(output[row, column]), 2) + 0.0)
    made = table(ax, 7.5, y, large, shown, f"output, here {total}", None, texts)
    table(ax, 2.55, y, cell, window, "window", light)
    table(ax, 4.15, y, cell, kernel, "kernel")
    table(ax, 5.75, y, cell, window * kernel, "products")
    frame(ax, seen, row, column, k, k)
    frame(ax, made, row, column, 1, 1)
    for x, sign in zip((2.38, 3.98, 5.58, 7.24), "→×=Σ"):
        words(ax, x, y, sign, size=15)
    ax.set(xlim=(0, 9.6), ylim=(0, 2.6))
    return fig


def patches_diagram(picture, kernel, patches, place):
    """Kernel as a row times patches as columns gives the output as a row, one place marked: fig."""
    k, n = len(kernel), patches.shape[1]
    columns, light = len(picture) - k + 1, 1.4 * picture.max()
    row = kernel.reshape(1, -1)
    fig, ax = sheet(9.6, 3.1)
    seen = table(ax, 0.1, 1.85, 0.42, picture, "picture", light)
    table(ax, 2.3, 1.85, 0.42, row, "kernel, as a row")
    title = f"patches ({k * k}, {n}): one column for each place"
    side = table(ax, 4.6, 1.85, 0.42, patches, title, light)
    made = table(ax, 4.6, 0.35, 0.42, row @ patches, "kernel @ patches: one number for each place")
    words(ax, 4.28, 1.85, "@", size=15)
    words(ax, 4.28, 0.35, "=", size=15)
    frame(ax, seen, place // columns, place % columns, k, k)
    frame(ax, side, 0, place, k * k, 1)
    frame(ax, made, 0, place, 1, 1)
    ax.set(xlim=(0, 9.6), ylim=(0, 3.1))
    return fig


# Pictures and filters


def filter_wall(pictures, outputs, names):
    """Pictures (n, h, w) in the first column, then `outputs` (filters, n, …), signed: fig."""
    rows, columns = len(pictures), len(outputs) + 1
    fig, grid = plt.subplots(rows, columns, figsize=(1.62 * columns, 1.62 * rows + 0.3))
    for ax in grid.flat:
        ax.axis("off")
    for ax, picture in zip(grid[:, 0], pictures):
        ax.imshow(picture, cmap="gray_r", interpolation="nearest")
    for column, output in zip(grid[:, 1:].T, outputs):
        limit = np.abs(output).max()
        for ax, y in zip(column, output):
            ax.imshow(y, vmin=-limit, vmax=limit, **SIGNED)
    for ax, name in zip(grid[0], ("picture", *names)):
        ax.set_title(name, fontsize=11, loc="center")
    return fig


def class_responses(x, y, names, x_label, y_label):
    """One labelled point for each class: mean responses to two filters: fig."""
    fig, ax = plt.subplots(figsize=(6.6, 4.2))
    ax.scatter(x, y, color=COLORS[0], zorder=3)
    for a, b, name in zip(x, y, names):
        ax.annotate(name, (a, b), (5, 4), textcoords="offset points", fontsize=9)
    ax.axline((0, 0), slope=1, color="#999999", linewidth=1, linestyle="--")
    ax.set(xlabel=x_label, ylabel=y_label, xlim=(0.9 * min(x), 1.13 * max(x)),
           ylim=(0.85 * min(y), 1.1 * max(y)),
           title="Two fixed kernels tell shoes and bags from clothes")
    return fig


# The receptive field


def receptive_cone(layers, names):
    """Which pixels of a row reach one output pixel through layers (size, stride): fig.

    Rows are drawn from the output, at the top, down to the input.
    """
    first, last, rows = [0], [0], len(layers)
    for size, stride in reversed(layers):
        first.append(first[-1] * stride)
        last.append(last[-1] * stride + size - 1)
    first, last = first[::-1], last[::-1]  # the input's row comes first
    fig, ax = plt.subplots(figsize=(8.6, 0.62 * rows + 1.6))
    wide, jump, place = last[0], 1, [np.arange(last[0] + 1.0)]
    for (size, stride), end in zip(layers, last[1:]):
        starts = np.arange(end + 1) * stride
        place.append(place[-1][starts] + (size - 1) * jump / 2)  # centred over what it sees
        jump *= stride
    for level, xs in enumerate(place):
        color, face = (COLORS[1], LIGHT[1]) if level in (0, rows) else (COLORS[0], LIGHT[0])
        style = {"facecolor": face, "edgecolor": color, "linewidth": 1.3, "zorder": 3}
        for x in xs:
            ax.add_patch(plt.Rectangle((x - 0.36, level - 0.16), 0.72, 0.32, **style))
        name = "input" if level == 0 else names[level - 1]
        words(ax, -1.0, level, name, "#333333", 10, ha="right")
        count = f"{len(xs)} pixel" + "s" * (len(xs) > 1)
        words(ax, wide + 1.0, level, count, DARK if level == 0 else "#333333", 10, ha="left")
    for level, (size, stride) in enumerate(layers):
        for i, x in enumerate(place[level + 1]):
            for below in place[level][i * stride : i * stride + size]:
                ax.plot((below, x), (level + 0.16, level + 0.84), color="#AAAAAA", linewidth=0.9,
                        zorder=1)
    ax.set(xlim=(-4.2, wide + 3.2), ylim=(-0.5, rows + 0.5))
    ax.set_title(f"One output pixel sees {wide + 1} pixels of the input in a row")
    ax.axis("off")
    return fig
