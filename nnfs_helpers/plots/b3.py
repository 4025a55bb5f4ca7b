"""Figures of notebook b3, convolutional networks."""

import numpy as np

from .b2 import sheet
from .ch01 import words
from .core import COLORS, MARKERS, plt

SIGNED = {"cmap": "PuOr_r", "interpolation": "nearest"}
GREY = {"cmap": "gray_r", "interpolation": "nearest"}
WARM = {"cmap": "viridis", "interpolation": "nearest", "vmin": 0}


def tiles(maps, columns, gap=1):
    """Maps (n, h, w) side by side as one picture, NaN between them; the last row may be short."""
    n, h, w = maps.shape
    rows = -(-n // columns)
    whole = np.full((rows * (h + gap) - gap, columns * (w + gap) - gap), np.nan)
    for i, one in enumerate(maps):
        r, c = divmod(i, columns)
        whole[r * (h + gap) : r * (h + gap) + h, c * (w + gap) : c * (w + gap) + w] = one
    return whole


def feature_rows(picture, layers):
    """A picture (h, w) and below it, layer by layer, the channels {title: (n, h, w)}: fig."""
    heights = [1.3] + [0.62 * -(-len(maps) // 16) + 0.35 for maps in layers.values()]
    fig, axes = plt.subplots(len(heights), 1, figsize=(9, sum(heights)), height_ratios=heights)
    axes[0].imshow(picture, **GREY)
    axes[0].set_title("the picture", loc="center", fontsize=10)
    for ax, (title, maps) in zip(axes[1:], layers.items()):
        ax.imshow(tiles(maps, 16 if len(maps) > 8 else 8), **WARM)
        ax.set_title(title, loc="center", fontsize=10)
    for ax in axes:
        ax.axis("off")
    return fig


def progress_by_time(runs):
    """Validation accuracy after each epoch against seconds of training, {name: History}: fig."""
    fig, ax = plt.subplots(figsize=(7, 3.6))
    for (name, history), color, marker in zip(runs.items(), COLORS, MARKERS):
        ax.plot(np.cumsum(history["seconds"]), history["val_accuracy"], "--" + marker, color=color,
                label=name)
    ax.set(title="Windows learn more from the same pictures, and need longer",
           xlabel="processor time of training (s)", ylabel="validation accuracy")
    ax.legend(loc="lower right")
    return fig


def shift_curves(curves):
    """Accuracy against pixels of shift, {name: values}; a name with "recorded" is dotted: fig."""
    fig, ax = plt.subplots(figsize=(7, 3.8))
    for (name, values), color, marker in zip(curves.items(), COLORS, MARKERS):
        style = ":" if "recorded" in name else "-"
        ax.plot(range(len(values)), values, style + marker, color=color, label=name)
    ax.axhline(0.1, color="#999999", linewidth=1)
    ax.annotate("a guess", (0, 0.1), (0, 4), textcoords="offset points", color="#666666",
                fontsize=9)
    ax.set(title="Windows stand a shift better; practice helps far more", ylim=(0, 1),
           xlabel="shift (pixels), mean of four directions", ylabel="test accuracy")
    ax.legend()
    return fig


def evidence(pictures, names, saliency, occlusion):
    """A column for each picture: itself, where the score has a slope, where hiding hurts: fig."""
    n = len(pictures)
    fig, grid = plt.subplots(3, n, figsize=(1.55 * n + 0.4, 5.1))
    for column, picture in enumerate(pictures):
        grid[0, column].imshow(picture, **GREY)
        grid[0, column].set_title(names[column], loc="center", fontsize=10)
        grid[1, column].imshow(saliency[column], **{**WARM, "cmap": "Oranges"})
        limit = np.abs(occlusion[column]).max()
        grid[2, column].imshow(occlusion[column], vmin=-limit, vmax=limit, **SIGNED)
    for ax, label in zip(grid[:, 0], ("picture", "|slope|", "fall of score")):
        ax.set_ylabel(label)
    for ax in grid.flat:
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
    return fig


def channel_view(picture, title, maps, channel, saliency):
    """The picture, a layer's channels with one framed, that one large, and the slopes: fig.

    All on one axes, which is quick to draw.
    """
    fig, ax = sheet(9.4, 2.5)
    columns = 8 if len(maps) > 8 else 4
    many, one = tiles(maps, columns), maps[channel]
    high = 3.1 * many.shape[0] / many.shape[1]
    right, top = 2.3 + 3.1, 1.15 + high / 2
    panels = ((picture, GREY, (0.1, 2.1), 2.0, title),
              (many, WARM, (2.3, right), high, f"{len(maps)} channels"),
              (one, WARM, (5.6, 7.4), 1.8, f"channel {channel}, up to {one.max():.1f}"),
              (saliency, {**WARM, "cmap": "Oranges"}, (7.5, 9.3), 1.8, "|slope| of the score"))
    for image, style, (left, end), height, name in panels:
        ax.imshow(image, extent=(left, end, 1.15 - height / 2, 1.15 + height / 2), **style)
        words(ax, (left + end) / 2, 2.34, name, size=10)
    h, w = (3.1 / many.shape[1] * (n + 1) for n in one.shape)
    r, c = divmod(channel, columns)
    place = 2.3 + c * w - w / (one.shape[1] + 1) / 2, top - (r + 1) * h
    ax.add_patch(plt.Rectangle(place, w, h, fill=False, linewidth=2, edgecolor=COLORS[1]))
    ax.set(xlim=(0, 9.4), ylim=(0, 2.5))
    return fig
