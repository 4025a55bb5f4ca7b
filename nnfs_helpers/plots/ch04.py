"""Figures of chapter 4, activation functions."""

import numpy as np

from .core import COLORS, LIGHT, plt

JUMPS = ("step", "ReLU", "leaky ReLU")


def gallery(functions, slope, z):
    """Each function of `functions` (name -> function) and its slope over z, in small panels: fig.

    `slope` is a function (function, z) -> slopes.
    """
    fig, grid = plt.subplots(2, 4, figsize=(10.5, 5), sharex=True, sharey=True)
    for ax, (name, function) in zip(grid.flat, functions.items()):
        ax.axhline(0, color="#999999", linewidth=0.8)
        ax.axvline(0, color="#999999", linewidth=0.8)
        value = ax.plot(z, with_gap(z, function(z), name), color=COLORS[0])
        rise = ax.plot(z, with_gap(z, slope(function, z), name), "--", color=COLORS[1])
        ax.set(title=name, xlim=(z[0], z[-1]), ylim=(-1.6, 2.6), yticks=range(-1, 3))
        ax.set_xlabel("z")
        ax.tick_params(labelbottom=True)
    for ax in grid[:, 0]:
        ax.set_ylabel("value, slope")
    for ax in grid.flat[len(functions) :]:
        ax.axis("off")
        ax.legend(value + rise, ["value f(z)", "slope of f at z"], loc="center", fontsize=11)
    return fig


def with_gap(z, values, name):
    """`values` without the false vertical line that joins the two sides of a jump at z = 0."""
    return np.where(np.diff(z > 0, append=True), np.nan, values) if name in JUMPS else values


def pieces(ax, x, parts):
    """Draw the rows of `parts` (n, len(x)) faintly, each in its colour, and their sum on top."""
    for i, part in enumerate(parts):
        ax.plot(x, part, "--", color=COLORS[(i + 1) % 6], linewidth=1.3)
    ax.plot(x, parts.sum(axis=0), color=COLORS[0], linewidth=3)


def tents(ax, x, target, parts):
    """Shade the rows of `parts` (n, len(x)), and draw their sum over the curve `target`."""
    for i, part in enumerate(parts):
        ax.fill_between(x, part, color=LIGHT[(i + 1) % 6], edgecolor=COLORS[(i + 1) % 6], alpha=0.7)
    ax.plot(x, target, color="#777777", linewidth=4, alpha=0.5, label="target")
    ax.plot(x, parts.sum(axis=0), color=COLORS[0], label="sum of the bumps")
    ax.legend()


def growing_sum(x, target, parts):
    """A function frame -> fig: the sum of the first `frame` rows, 1 … n, of `parts` (n, len(x))."""

    def draw(frame):
        fig, (top, bottom) = plt.subplots(2, 1, figsize=(6.4, 5.6), sharex=True)
        top.plot(x, target, color="#AAAAAA", linewidth=5, label="target")
        top.plot(x, parts[:frame].sum(axis=0), color=COLORS[0], label="sum of the pieces")
        top.legend(loc="upper right")
        top.set(ylim=(-1.6, 1.6), ylabel="y", title=f"The sum of {frame} of {len(parts)} ReLUs")
        bottom.plot(x, parts[: frame - 1].T, color=COLORS[5], linewidth=1.2)
        bottom.plot(x, parts[frame - 1], color=COLORS[1], linewidth=2.5)
        bottom.set(ylim=(-3.2, 3.2), xlim=(x[0], x[-1]), xlabel="x", ylabel="y")
        bottom.set_title("The pieces; the newest is thick and orange")
        fig.align_ylabels()
        return fig

    return draw


def score_bars(axes, scores, p, names):
    """Two bar charts side by side: scores and the probabilities made of them."""
    left, right = axes
    left.bar(names, scores, color=COLORS[: len(names)])
    left.axhline(0, color="#666666", linewidth=0.8)
    left.set(ylim=(-5.5, 5.5), yticks=(-5, 0, 5), ylabel="score")
    right.bar(names, p, color=COLORS[: len(names)])
    right.set(ylim=(0, 1.12), yticks=(0, 0.5, 1), ylabel="probability")
    for i, share in enumerate(p):
        right.text(i, share + 0.02, f"{share:.3f}", ha="center")
    for ax in axes:
        ax.grid(axis="x", visible=False)
