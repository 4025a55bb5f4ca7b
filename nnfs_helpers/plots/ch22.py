"""Figures of chapter 22, model prediction / inference."""

import numpy as np

from .core import COLORS, plt

RIGHT, WRONG = COLORS[0], COLORS[1]


def pipeline(stages, t, probabilities, names):
    """A picture after each step, and under it what the network then gets and says: fig.

    `stages`: title -> (picture, the 28 × 28 made of it, predicted label, its probability); `t` is
    the right label; `probabilities` (classes,) are those after the last step.
    """
    n = len(stages)
    fig = plt.figure(figsize=(10.2, 4.5))
    grid = fig.add_gridspec(2, n + 1, width_ratios=[1] * n + [1.25], height_ratios=(1, 1))
    for i, (title, (picture, small, label, p)) in enumerate(stages.items()):
        ax = fig.add_subplot(grid[0, i])
        ax.imshow(picture, cmap="gray_r", vmin=0, vmax=255)  # colours are shown as they are
        h, w = picture.shape[:2]
        side = max(h, w) / 2  # square frames, so that all titles are at one height
        ax.set(xlim=(w / 2 - side, w / 2 + side), ylim=(h / 2 + side, h / 2 - side))
        ax.set_title(f"{i + 1} · {title}", fontsize=10.5)
        frame(ax, "#BBBBBB")
        ax = fig.add_subplot(grid[1, i])
        ax.imshow(small, cmap="gray_r", vmin=0, vmax=255)
        color = RIGHT if label == t else WRONG
        frame(ax, color)
        ax.set_xlabel(f"“{names[label]}” {p:.2f}", color=color, fontsize=11, fontweight="bold")
        if i == 0:
            ax.set_ylabel("28 × 28, and the answer", fontsize=9.5)
    bars(fig.add_subplot(grid[:, n]), probabilities, names, t)
    return fig


def frame(ax, color):
    """No ticks, and a frame of one colour around a picture."""
    ax.set(xticks=(), yticks=())
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set(visible=True, color=color, linewidth=2)


def bars(ax, p, names, t=None):
    """Probabilities p (classes,) as horizontal bars, the largest dark; `t` is marked by blue."""
    colors = ["#BBBBBB"] * len(names)
    colors[int(np.argmax(p))] = WRONG if t is not None and np.argmax(p) != t else RIGHT
    ax.barh(names, p, color=colors)
    ax.invert_yaxis()
    ax.set(xlim=(0, 1), xticks=(0, 0.5, 1), xlabel="probability")
    ax.grid(axis="y", visible=False)


def latency(sizes, milliseconds):
    """Time of a call (three quantiles, rows) and pictures a second against the batch size: fig."""
    fast, middle, slow = milliseconds
    fig, (left, right) = plt.subplots(1, 2, figsize=(9.6, 3.7))
    left.loglog(sizes, middle, "-o", color=COLORS[0], label="median")
    left.fill_between(sizes, fast, slow, color=COLORS[0], alpha=0.2, label="5 % to 95 %")
    left.set(title="A batch costs little more, at first", xlabel="pictures in a call",
             ylabel="time of a call (ms)")  # fmt: skip
    left.legend()
    right.loglog(sizes, 1000 * np.array(sizes) / middle, "-s", color=COLORS[1])
    right.set(title="… so it gets through more", xlabel="pictures in a call",
              ylabel="pictures per second")  # fmt: skip
    return fig


def coverage_curves(curves, marks):
    """Accuracy of the answers given against the share answered: fig.

    `curves`: name -> (coverage (n,), accuracy (n,)); `marks`: text -> (coverage, accuracy).
    """
    fig, ax = plt.subplots(figsize=(7, 3.9))
    for (name, (coverage, right)), style in zip(curves.items(), ("--", "-")):
        ax.plot(coverage, right, style, color=COLORS[0], label=name)
    for text, place in marks.items():
        ax.plot(*place, "o", color=COLORS[1], markersize=8)
        ax.annotate(text, place, (-10, -4), textcoords="offset points", ha="right", va="top",
                    color=COLORS[1])  # fmt: skip
    ax.set(title="Who answers less is right more often", xlim=(0.45, 1.01), ylim=(0.865, 1.0),
           xlabel="coverage: share of the pictures that get an answer",
           ylabel="accuracy of those answers")  # fmt: skip
    ax.legend(loc="lower left")
    return fig


def unsure(pictures, names, p, columns):
    """Pictures (n, 28, 28), each with its name above and the network's answer below: fig."""
    rows = -(-len(pictures) // columns)
    fig, grid = plt.subplots(rows, columns, figsize=(1.55 * columns, 2.0 * rows))
    for ax in np.ravel(grid):
        ax.axis("off")
    for ax, picture, name, row in zip(np.ravel(grid), pictures, names, p):
        ax.axis("on")
        ax.imshow(picture, cmap="gray_r", vmin=0, vmax=255)
        ax.set_title(name, fontsize=10, loc="center", fontweight="normal")
        frame(ax, "#BBBBBB")
        ax.set_xlabel(row, fontsize=10, color=WRONG, fontweight="bold")
    return fig
