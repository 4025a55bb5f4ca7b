"""Figures of chapter 13, training dataset."""

import numpy as np

from .core import COLORS, plt

STAR = {"markersize": 15, "color": COLORS[4], "markeredgecolor": "black", "linestyle": ""}
SQUARE = {"markersize": 7, "color": COLORS[0], "linestyle": ""}


def valley(ax, w, b, heights, lowest, levels=14):
    """A loss (len(b), len(w)) over weight and bias as shaded contours; white is low, * lowest."""
    above = heights - heights.min()
    rings = heights.min() + np.geomspace(above.max() / 1000, above.max() * 1.001, levels)
    rings = np.append(heights.min() * 0.999, rings)
    shades = plt.get_cmap("Blues")(np.linspace(0, 0.62, levels))
    ax.contourf(w, b, heights, rings, colors=shades)
    ax.contour(w, b, heights, rings[1:-1], colors="#33475B", linewidths=0.5)
    ax.plot(*lowest, "*", **STAR)
    ax.grid(False)


def landscapes(panels):
    """One valley and one descent in it for each unit: fig.

    `panels`: title -> (w, b, heights, lowest place, path (steps + 1, 2), unit of w).
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(10.5, 3.7))
    for ax, (title, (w, b, heights, lowest, path, unit)) in zip(axes, panels.items()):
        valley(ax, w, b, heights, lowest)
        ax.plot(*path.T, "-", color=COLORS[1], linewidth=1.8)
        ax.plot(*path[-1], "o", color=COLORS[1], markersize=7)
        ax.plot(*path[0], "s", **SQUARE)
        ax.set(title=title, xlabel=f"weight w ({unit})", xlim=w[[0, -1]], ylim=b[[0, -1]])
        ax.locator_params(nbins=4)
    axes[0].set_ylabel("bias b")
    return fig


def path_and_losses(w, b, heights, lowest, path, losses, epochs, title):
    """A descent in its valley, and the loss after every step against epochs: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.9))
    fig.subplots_adjust(left=0.07, right=0.98, top=0.89, bottom=0.14, wspace=0.24)
    valley(left, w, b, heights, lowest)
    left.plot(*path.T, "-", color=COLORS[1], linewidth=0.9, zorder=1.9)  # below the star
    left.plot(*path[0], "s", **SQUARE)
    left.plot(*path[-1], "o", color=COLORS[1], markersize=7)
    left.set(title=title, xlabel="weight w", ylabel="bias b", xlim=w[[0, -1]], ylim=b[[0, -1]])
    right.plot(np.linspace(0, epochs, len(losses)), losses, color=COLORS[1], linewidth=1.2)
    right.axhline(heights.min(), color="#666666", linestyle=":", linewidth=1.4)
    top = np.clip(losses.max(), 0.72, 10)
    bottom = 1.12 * heights.min() - 0.12 * top
    style = {"ha": "right", "va": "top", "color": "#555555"}
    right.text(epochs, heights.min() - 0.015 * (top - bottom), "lowest", **style)
    right.set(title=f"loss after each of {len(losses) - 1} steps", xlabel="epochs")
    right.set(ylabel="loss on all rows", ylim=(bottom, top), xlim=(0, epochs))
    for ax in (left, right):
        ax.locator_params(nbins=4)
    return fig
