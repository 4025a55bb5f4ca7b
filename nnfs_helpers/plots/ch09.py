"""Figures of chapter 9, backpropagation. Blue goes forward, orange comes back."""

import numpy as np

from .ch01 import arrow, canvas, circle, number, words
from .core import COLORS, LIGHT, MARKERS, plt

FORWARD, BACKWARD = (COLORS[0], LIGHT[0]), (COLORS[1], LIGHT[1])
PARAMETER, DATA = (COLORS[2], LIGHT[2]), ("#777777", "#EEEEEE")
DARK = "#B84F00"  # orange for small letters


# The shapes


def matrix(ax, x, y, rows, columns, name, colors, cell=0.2):
    """A table of empty cells around (x, y), its name above and its shape below."""
    line, face = colors
    left, bottom = x - columns * cell / 2, y - rows * cell / 2
    for i in range(rows):
        for k in range(columns):
            corner = (left + k * cell, bottom + i * cell)
            style = {"facecolor": face, "edgecolor": line, "linewidth": 0.9, "zorder": 3}
            ax.add_patch(plt.Rectangle(corner, cell, cell, **style))
    words(ax, x, bottom + rows * cell + 0.15, name, line if line != COLORS[1] else DARK, 11,
          fontweight="bold")


def shape_diagram(rows=4):
    """Forward and backward pass of a 2-3-2 network as tables of their true shapes: fig."""
    fig, ax = canvas(10.6, 5.9, "Every gradient has the shape of what it belongs to")
    places, top, bottom = (1.0, 4.0, 5.9, 8.6), 4.2, 1.75
    names, columns = ("x", "z", "h", "s"), (2, 3, 3, 2)
    for place, name, n in zip(places, names, columns):
        matrix(ax, place, top, rows, n, name, DATA if name == "x" else FORWARD)
        matrix(ax, place, bottom, rows, n, "d" + name, BACKWARD)
        words(ax, place, top - 0.55, f"(N, {n})", size=9)
        words(ax, place, bottom - 0.55, f"(N, {n})", size=9)
    matrix(ax, 10.2, top, 1, 1, "L", FORWARD)
    for (left, right), name, n_in, n_out in (((1.0, 4.0), "1", 2, 3), ((5.9, 8.6), "2", 3, 2)):
        for y, d, colors in ((5.35, "", PARAMETER), (0.55, "d", BACKWARD)):
            middle = (left + right) / 2
            matrix(ax, middle - 0.35, y, n_in, n_out, f"{d}W{name}", colors)
            matrix(ax, middle + 0.5, y, 1, n_out, f"{d}b{name}", colors)
    gap = {1.0: 0.28, 4.0: 0.38, 5.9: 0.38, 8.6: 0.28, 10.2: 0.16}
    steps = [(1.0, 4.0, "x @ W1 + b1", "dz @ W1.T"), (4.0, 5.9, "cut", "mask"),
             (5.9, 8.6, "h @ W2 + b2", "ds @ W2.T"), (8.6, 10.2, "−ln p", "(p − y) / N")]
    for left, right, there, back in steps:
        arrow(ax, (left + gap[left], top), (right - gap[right], top), FORWARD[0])
        words(ax, (left + right) / 2, top + 0.2, there, FORWARD[0], 9.5)
        if right < 10:
            arrow(ax, (right - gap[right], bottom), (left + gap[left], bottom), BACKWARD[0])
            words(ax, (left + right) / 2, bottom + 0.2, back, DARK, 9.5)
    turn = {"connectionstyle": "angle,angleA=-90,angleB=0,rad=10"}
    arrow(ax, (10.2, top - 0.14), (8.6 + 0.28, bottom), BACKWARD[0], **turn)
    words(ax, 9.55, bottom + 0.2, steps[3][3], DARK, 9.5)
    for place, name in ((1.0, "x.T @ dz"), (5.9, "h.T @ ds")):
        dash = {"linestyle": (0, (3, 2)), "color": "#777777", "linewidth": 1.3, "zorder": 1}
        middle = place + (1.15 if place == 1.0 else 1.0)
        ax.plot((place, place), (top - 0.7, bottom + 0.75), **dash)
        words(ax, place, (top + bottom) / 2 + 0.05, "kept", "#555555", 9,
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
        words(ax, middle - 0.62, 0.55, name + " =", DARK, 9.5, ha="right")
    ax.plot((5.5, 5.05), (top - 0.55, bottom + 0.35), **dash)
    words(ax, 0.05, 5.45, "forward", FORWARD[0], 12, ha="left", fontweight="bold")
    words(ax, 10.55, 0.2, "backward", DARK, 12, ha="right", fontweight="bold")
    return fig


# The wave


STAGES = ("Forward: the input", "Forward: weighted sums", "Forward: cut", "Forward: scores",
          "Forward: the loss", "Back: p − y",
          "Back: through W2, and W2's own gradient", "Back: through the cut",
          "Back: through W1, and W1's own gradient")  # fmt: skip


def short(value):
    """A number with three decimals at most and a real minus sign."""
    return number(round(float(value), 3) + 0.0)


def sweep(values, gradients, weights, stage):
    """The 2-3-2 network after `stage` of 9 steps forward and back: fig.

    `values` and `gradients` are the rows of x, z, h, the scores, and the loss; `weights` are the
    gradients of W1 and W2.
    """
    fig, ax = plt.subplots(figsize=(8.4, 4.1), layout="none")
    fig.subplots_adjust(left=0.01, right=0.99, top=0.9, bottom=0.02)
    places = (0.8, 3.9, 5.7, 8.8, 10.7)
    heights = [np.array(ys) for ys in ((1.3, -1.3), (2.1, 0, -2.1), (2.1, 0, -2.1), (1.3, -1.3),
                                       (0,))]
    for i, reached in ((0, 8), (2, 6)):
        between = weights[i // 2] if stage >= reached else None
        synapses(ax, places[i : i + 2], heights[i : i + 2], between)
    for i in (1, 3):
        for a, y in enumerate(heights[i]):
            end = heights[i + 1][a if i == 1 else 0]
            ax.plot(places[i : i + 2], (y, end), color="#BBBBBB", linewidth=1.2, zorder=1)
    for i, (place, ys) in enumerate(zip(places, heights)):
        for y, value, slope in zip(ys, values[i], gradients[i]):
            known, back = stage >= i, stage >= 9 - i - 1
            text = short(value) if known else ""
            circle(ax, place, y, text, FORWARD if known and i else DATA, 0.42, 10)
            if back and i < 4:
                words(ax, place, y - 0.62, short(slope), DARK, 10, fontweight="bold")
        words(ax, place, 2.95, ("x", "z", "h", "scores", "L")[i], "#333333", 12,
              fontweight="bold")
    ax.set(xlim=(0, 11.4), ylim=(-3.0, 3.2), aspect="equal")
    ax.set_title(STAGES[stage])
    ax.axis("off")
    return fig


def synapses(ax, places, heights, slopes):
    """The lines between two columns, with the gradients of their weights if these are known."""
    for a, start in enumerate(heights[0]):
        for b, end in enumerate(heights[1]):
            slope = 0.0 if slopes is None else float(slopes[a][b])
            color = BACKWARD[0] if slope else "#CCCCCC"
            width = 1.0 + 2.5 * min(abs(slope), 2)
            ax.plot(places, (start, end), color=color, linewidth=width, zorder=1)
            if slopes is not None:
                x, y = (p[0] + 0.34 * (p[1] - p[0]) for p in (places, (start, end)))
                box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
                words(ax, x, y, short(slope), DARK if slope else "#777777", 9, bbox=box)


# The check


def check_scatter(panels):
    """Gradients from backward against measured ones, a panel for each title: fig.

    `panels`: title -> name of the array -> (from backward, measured), any shape.
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(10, 4.5), sharex=True, sharey=True)
    for ax, (title, arrays) in zip(axes, panels.items()):
        every = np.concatenate([np.ravel(a) for pair in arrays.values() for a in pair])
        ends = np.array([every.min(), every.max()])
        ax.plot(ends, ends, color="#999999", linewidth=1, zorder=1)
        for i, (name, (exact, measured)) in enumerate(arrays.items()):
            style = {"color": COLORS[i], "marker": MARKERS[i], "edgecolor": "white"}
            ax.scatter(np.ravel(measured), np.ravel(exact), s=34, linewidth=0.4, label=name,
                       zorder=2, **style)
        ax.set(title=title, xlabel="measured by nudging")
    axes[0].set_ylabel("from backward")
    axes[0].legend(title="gradient of", fontsize=9)
    return fig


# Softmax and its loss


def two_routes(scores, p, fused, separate, t):
    """Probabilities, and the scores' gradient by both routes, as bars: fig."""
    fig, axes = plt.subplots(1, 3, figsize=(9, 3.2), sharey=True, layout="none")
    fig.subplots_adjust(left=0.14, right=0.98, top=0.86, bottom=0.14, wspace=0.12)
    names = [f"class {k}" + (" (right)" if k == t else "") for k in range(len(p))]
    for ax, values, title in zip(axes, (p, fused, separate), (
            "probabilities p", "fused: p − y", "separate, clipped at 1e-12")):
        ax.barh(names, values, color=[COLORS[2] if k == t else COLORS[0] for k in range(len(p))])
        for k, value in enumerate(values):
            place = {"va": "center", "ha": "left" if value >= 0 else "right", "fontsize": 9}
            ax.text(value + (0.04 if value >= 0 else -0.04), k, short(value), **place)
        ax.axvline(0, color="#777777", linewidth=1)
        low = 0 if ax is axes[0] else -1.55
        ax.set(title=title, xlim=(low, 1.55), xticks=(0, 1) if low == 0 else (-1, 0, 1))
        ax.grid(axis="y", visible=False)
    axes[0].invert_yaxis()
    return fig


def lost_gradients(leads, fused, separate):
    """Size of the gradient against the lead of the wrong score, by both routes: fig."""
    fig, ax = plt.subplots(figsize=(8, 4))
    ax.plot(leads, fused, color=COLORS[0], linewidth=2.4, label="fused, p − y")
    ax.plot(leads, separate, "--", color=COLORS[1], label="softmax and cross-entropy apart")
    ax.axvline(-np.log(1e-12), color="#777777", linestyle=":")
    ax.text(27.2, 0.25, "p = 1e-12: the guard begins", color="#555555", fontsize=9, ha="right")
    ax.set(title="The guard takes the gradient from the worst mistakes",
           xlabel="lead of the wrong score", ylabel="pull on the right score")  # fmt: skip
    ax.legend(loc="center left")
    return fig
