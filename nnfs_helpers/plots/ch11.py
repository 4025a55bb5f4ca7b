"""Figures of chapter 11, testing data."""

import numpy as np
from matplotlib.colors import ListedColormap

from .core import COLORS, LIGHT, points

STYLES = {"training": "-", "test": "--"}


def train_and_test(ax, steps, training, test, color=COLORS[0], name=""):
    """Training (solid) and test (dashed) curves (seeds, len(steps)): each seed, and the median."""
    for (who, style), runs in zip(STYLES.items(), (training, test)):
        ax.plot(steps, np.transpose(runs), style, color=color, alpha=0.35, linewidth=0.9)
        middle = np.median(runs, axis=0)
        ax.plot(steps, middle, style, color=color, linewidth=2.4, label=f"{who}{name}")


def error_by_width(ax, widths, training, test):
    """Errors (len(widths), seeds) on a logarithmic axis: a dot for each seed, lines for medians."""
    for (who, style), runs, color in zip(STYLES.items(), (training, test), COLORS):
        marker = "o" if who == "training" else "s"
        ax.plot(widths, np.median(runs, axis=1), style, color=color, label=who)
        ax.plot(widths, runs, marker, color=color, alpha=0.5, markersize=4)
    ax.set_xscale("log", base=2)
    ax.set_xticks(widths, widths)
    ax.minorticks_off()


def funnel(ax, measured, true, half_width):
    """Measured accuracies, size of the test set -> values, inside true ± half_width(size)."""
    for n, values in measured.items():
        inside = np.abs(values - true) <= half_width(n)
        spread = n * np.geomspace(0.88, 1.14, len(values))
        ax.plot(spread[inside], values[inside], "o", color=COLORS[0], alpha=0.5, markersize=3)
        ax.plot(spread[~inside], values[~inside], "D", color=COLORS[1], markersize=4)
    n = np.geomspace(min(measured) * 0.8, max(measured) * 1.25, 100)
    for sign in (-1, 1):
        ax.plot(n, true + sign * half_width(n), color="#555555")
    ax.axhline(true, color="#555555", linestyle=":")
    ax.set_xscale("log")
    ax.set_xticks(list(measured), list(measured))
    ax.minorticks_off()


def touches(ax, looks, tested, fresh):
    """Accuracy (seeds, len(looks)) on the test set that is asked, and on fresh rows."""
    rows = (("on the test set", tested, "o", COLORS[1]), ("on fresh rows", fresh, "s", COLORS[0]))
    for name, runs, marker, color in rows:
        ax.plot(looks, np.transpose(runs), color=color, alpha=0.4, linewidth=0.9)
        ax.plot(looks, np.median(runs, axis=0), marker=marker, color=color, label=name)
    ax.set_xscale("log")
    ax.legend()


def shifted_frame(ax, scores, x, t, resolution=120):
    """The regions of `scores` on a fixed square, with points x (n, 2) that move over it."""
    side = np.linspace(-1.12, 1.12, resolution)
    grid = np.stack([g.ravel() for g in np.meshgrid(side, side)], axis=1)
    winner = scores(grid).argmax(axis=1).reshape(resolution, resolution)
    style = {"cmap": ListedColormap(LIGHT), "vmin": -0.5, "vmax": len(LIGHT) - 0.5}
    ax.imshow(winner, origin="lower", extent=(-1.12, 1.12) * 2, **style)
    points(ax, x, t)
    ax.set(xticks=(-1, 0, 1), yticks=(-1, 0, 1))
    ax.grid(False)
