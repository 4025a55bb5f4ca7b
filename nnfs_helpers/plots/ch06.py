"""Figures of chapter 6, introducing optimization."""

import numpy as np

from .core import COLORS, MARKERS, plt

KEPT = {"color": COLORS[2], "marker": "o", "s": 34, "edgecolor": "white", "linewidth": 0.5}
REJECTED = {"color": "#B34700", "marker": "x", "s": 27, "linewidth": 1.2}
BEST = {"color": COLORS[4], "marker": "*", "s": 140, "edgecolor": "black", "linewidth": 0.7}


def luck_curves(ax, accuracies, every, chance):
    """Accuracy over tries: name -> (seeds, points), one point for every `every` tries."""
    for i, (name, curves) in enumerate(accuracies.items()):
        tries = every * np.arange(len(curves[0]))
        for k, curve in enumerate(curves):
            label = f"{name}, five seeds" if k == 0 else None
            style = {"color": COLORS[i], "marker": MARKERS[i], "markevery": (2 * k, 10)}
            ax.plot(tries, curve, alpha=0.8, linewidth=1.3, markersize=4, label=label, **style)
    ax.axhline(chance, color="#777777", linestyle=":", linewidth=1.4)
    ax.text(tries[-1], chance - 0.015, "guessing", ha="right", va="top", color="#555555")
    ax.set(ylim=(0, 1.02), xlim=(0, tries[-1]))
    ax.legend(loc="center right", bbox_to_anchor=(1, 0.76))


def landscape(ax, a, b, heights, levels=15):
    """A loss `heights` (len(b), len(a)) over two coordinates: shaded contours, white is low.

    Neighbouring contours differ by the same factor.
    """
    low, high = heights.min(), heights.max() * 1.001
    rings = np.geomspace(low, high, levels)
    shades = plt.get_cmap("Blues")(np.linspace(0, 0.6, levels - 1))
    ax.contourf(a, b, heights, rings, colors=shades)
    lines = ax.contour(a, b, heights, rings[1:-1], colors="#33475B", linewidths=0.6)
    ax.clabel(lines, lines.levels[2::3], fmt="%.2g", fontsize=8)
    ax.set(aspect="equal", xlabel="steps along u", ylabel="steps along v")
    ax.grid(False)


FRAME = (0.6 / 5.6, 0.1, 4.8 / 5.6, 0.8)  # where the map lies in a picture of a search


def relief(a, b, heights):
    """All of a picture but its marks and title, drawn once for many: (pixels, extent)."""
    with plt.rc_context({"figure.constrained_layout.use": False}):
        fig = plt.figure(figsize=(5.6, 5))
        ax = fig.add_axes(FRAME)
    landscape(ax, a, b, heights)
    for name, style in (("rejected", REJECTED), ("kept", KEPT), ("best so far", BEST)):
        ax.scatter([], [], label=name, **style)
    ax.legend(loc="lower left", fontsize=8, frameon=True, framealpha=0.9)
    fig.canvas.draw()
    pixels = np.array(fig.canvas.buffer_rgba())[..., :3]
    plt.close(fig)
    return pixels, (a[0], a[-1], b[0], b[-1])


def luck_frame(background, seen, kept, title):
    """Tried points (n, 2) on a `relief`: kept ones joined by a line, rejected crosses: fig."""
    pixels, extent = background
    with plt.rc_context({"figure.constrained_layout.use": False}):
        fig = plt.figure(figsize=(5.6, 5))
        ax = fig.add_axes(FRAME)
    fig.figimage(pixels, zorder=-1)
    ax.plot(*seen[kept].T, color=COLORS[2], linewidth=1.5)
    ax.scatter(*seen[~kept].T, alpha=0.75, **REJECTED)
    ax.scatter(*seen[kept].T, zorder=3, **KEPT)
    ax.scatter(*seen[kept][-1], zorder=4, **BEST)
    ax.set(xlim=extent[:2], ylim=extent[2:], title=title)
    ax.set_axis_off()
    return fig


def dots_and_curves(ax, x, measured, curves):
    """For each name, measured values (seeds, len(x)) as dots and a formula's curve (xs, ys)."""
    for i, (name, runs) in enumerate(measured.items()):
        style = {"color": COLORS[i], "marker": MARKERS[i]}
        ax.plot(*curves[name], color=COLORS[i], linewidth=1.4)
        ax.plot(x, np.transpose(runs), linestyle="", alpha=0.6, **style)
        ax.plot([], [], label=name, **style)
    ax.set_xscale("log")
    ax.legend(fontsize=9)


def seed_bands(ax, x, runs):
    """For each name, the median over seeds of runs (seeds, len(x)) and the range around it."""
    for i, (name, values) in enumerate(runs.items()):
        style = {"color": COLORS[i], "marker": MARKERS[i], "markevery": max(1, len(x) // 8)}
        ax.plot(x, np.median(values, axis=0), label=name, **style)
        ax.fill_between(x, np.min(values, axis=0), np.max(values, axis=0), color=COLORS[i],
                        alpha=0.2, linewidth=0)
    ax.legend(fontsize=9)
