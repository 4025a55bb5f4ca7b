"""Figures of notebook b5, LSTM and GRU."""

import numpy as np

from .ch01 import ADJUSTABLE, COMPUTED, DATA, INK, arrow, box, canvas, circle, number, words
from .core import COLORS, MARKERS, plt

# The cell


def wire(ax, *corners, color=INK):
    """A line through corners (x, y), with an arrow's head at the end."""
    x, y = zip(*corners[:-1])
    ax.plot(x, y, color=color, linewidth=1.8, solid_joinstyle="miter", zorder=2)
    arrow(ax, corners[-2], corners[-1], color)


def lstm_cell(values):
    """One step of an LSTM; `values` has the numbers of x, h0, c0, i, f, g, o, c, h: fig."""
    fig, ax = canvas(10.0, 4.4, "A step: the upper line is the memory, and gates decide about it")
    text = {name: number(round(float(value), 2)) for name, value in values.items()}
    top, gates, bus, red = 3.6, 1.55, 0.55, COLORS[1]
    wire(ax, (1.15, top), (2.28, top), color=red)
    wire(ax, (2.72, top), (4.68, top), color=red)
    wire(ax, (5.12, top), (8.85, top), color=red)
    for y, name in ((bus, "h0"), (-0.15, "x")):
        ax.plot((1.15, 1.6, 1.6), (y, y, bus), color=INK, linewidth=1.8, zorder=2)
        box(ax, 0.65, y, 1.0, 0.5, {"h0": "$h_{t-1}$", "x": "$x_t$"}[name], DATA, 12)
        words(ax, 0.65, y + 0.38 if name == "h0" else y - 0.38, text[name], size=9)
    ax.plot((1.6, 6.95), (bus, bus), color=INK, linewidth=1.8, zorder=2)
    for x, symbol, name in ((2.5, "σ", "forget"), (4.1, "σ", "input"), (5.7, "tanh", "new"),
                            (6.95, "σ", "output")):  # fmt: skip
        wire(ax, (x, bus), (x, gates - 0.27))
        box(ax, x, gates, 0.78, 0.54, symbol, ADJUSTABLE, 12)
        words(ax, x + 0.08, bus + 0.22, name, size=9, ha="left")
    wire(ax, (2.5, gates + 0.27), (2.5, top - 0.22))
    wire(ax, (4.1, gates + 0.27), (4.1, 2.6), (4.68, 2.6))
    wire(ax, (5.7, gates + 0.27), (5.7, 2.6), (5.12, 2.6))
    wire(ax, (4.9, 2.82), (4.9, top - 0.22))
    wire(ax, (8.15, top), (8.15, 2.87))
    wire(ax, (8.15, 2.33), (8.15, gates + 0.22))
    wire(ax, (7.34, gates), (7.93, gates))
    wire(ax, (8.15, gates - 0.22), (8.15, bus), (8.85, bus))
    box(ax, 8.15, 2.6, 0.78, 0.54, "tanh", COMPUTED, 12)
    for x, y, sign in ((2.5, top, "×"), (4.9, top, "+"), (4.9, 2.6, "×"), (8.15, gates, "×")):
        circle(ax, x, y, sign, COMPUTED, 0.22, 14)
    for x, y, name, key in ((0.65, top, "$c_{t-1}$", "c0"), (9.35, top, "$c_t$", "c"),
                            (9.35, bus, "$h_t$", "h")):  # fmt: skip
        box(ax, x, y, 1.0, 0.5, name, DATA, 12)
        words(ax, x, y + 0.38, text[key], size=9)
    for x, y, key in ((2.58, 2.75, "f"), (4.02, 2.25, "i"), (5.78, 2.25, "g"), (7.62, 1.14, "o")):
        style = {"ha": {"f": "left", "g": "left", "i": "right", "o": "center"}[key]}
        words(ax, x, y, f"${key}$ = {text[key]}", COLORS[0], 10, **style)
    words(ax, 3.6, top + 0.22, f"{number(round(float(values['f'] * values['c0']), 2))} kept",
          size=9)
    words(ax, 4.98, 3.1, f"{number(round(float(values['i'] * values['g']), 2))} new", size=9,
          ha="left")
    ax.set(ylim=(-0.7, 4.3))
    return fig


# How long it keeps


def message_and_steps(messages, steps, limit):
    """How much of a message arrives how far back, and how soon networks learn to keep: fig.

    `messages`: name -> sizes (seeds, steps back), 1 at the end; `steps`: (name, lag) -> steps of
    every seed, `limit` for those that did not learn.
    """
    names, lags = list(messages), sorted({lag for _, lag in steps})
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.9))
    for i, (name, sizes) in enumerate(messages.items()):
        back = np.arange(sizes.shape[1])
        left.fill_between(back, sizes.min(axis=0), sizes.max(axis=0), color=COLORS[i], alpha=0.18,
                          linewidth=0)
        left.plot(back, np.median(sizes, axis=0), color=COLORS[i], label=name,
                  linestyle=("--", "-", "-", "-")[i])
    left.set(yscale="log", ylim=(1e-12, 10), xlabel="steps back", ylabel="size of the message",
             title="Before training: what comes back")
    left.legend(loc="lower left", fontsize=9)
    for i, name in enumerate(names):
        for place, lag in enumerate(lags):
            y = steps[name, lag]
            x = place + 0.19 * (i - 1.5) + np.linspace(-0.05, 0.05, len(y))
            right.scatter(x, y, color=COLORS[i], marker=MARKERS[i], s=26, zorder=3,
                          edgecolor="white", linewidth=0.4, label=name if place == 0 else None)
    right.axhline(limit, color="#999999", linewidth=1, linestyle=":")
    right.set(xticks=range(len(lags)), xticklabels=lags, xlabel="lag (steps to keep the sign)",
              ylabel="training steps until learned", ylim=(0, 1.12 * limit),
              title=f"Training: learned, or not within {limit}")
    return fig


# Names


def bits_ladder(counted, learned):
    """Bits per letter of counting models (name -> bits) and networks (name -> runs): fig."""
    names, top = [*counted, *learned], max(counted.values())
    fig, ax = plt.subplots(figsize=(8.6, 0.42 * len(names) + 1.2))
    for y, bits in enumerate(counted.values()):
        ax.barh(y, bits, color="#BBBBBB", height=0.62)
        words(ax, bits + 0.04, y, f"{bits:.2f}", size=9.5, ha="left")
    for i, runs in enumerate(learned.values()):
        y, middle = len(counted) + i, np.median(runs)
        ax.barh(y, middle, color=COLORS[i], height=0.62, alpha=0.55)
        ax.scatter(runs, np.full(len(runs), y), color=COLORS[i], marker=MARKERS[i], s=22, zorder=3,
                   edgecolor="white", linewidth=0.4)
        words(ax, max(runs) + 0.07, y, f"{middle:.2f}", size=9.5, ha="left")
    ax.set(yticks=range(len(names)), yticklabels=names, xlim=(0, 1.1 * top),
           xlabel="bits per letter on names held out for validation",
           title="What it costs to guess the next letter of a name")
    ax.invert_yaxis()
    ax.grid(False, axis="y")
    return fig


def bits_curves(histories):
    """Name -> (2, epochs), training and validation bits: fig."""
    fig, ax = plt.subplots(figsize=(7.6, 4))
    for i, (name, (training, validation)) in enumerate(histories.items()):
        epochs = np.arange(1, len(training) + 1)
        style = {"color": COLORS[i], "marker": MARKERS[i], "markersize": 4}
        ax.plot(epochs, training, "-", **style, label=f"{name}: training")
        ax.plot(epochs, validation, "--", **style, label=f"{name}: validation")
    ax.set(xlabel="epoch", ylabel="bits per letter", ylim=(None, 3.5),
           title="Training keeps falling, validation does not follow")
    ax.legend(fontsize=9)
    return fig


def letter_map(places, letters, marked):
    """Letters at their places (n, 2), those in `marked` in orange: fig."""
    fig, ax = plt.subplots(figsize=(6.6, 4.6))
    for (x, y), letter in zip(places, letters):
        hot = letter in marked
        ax.scatter(x, y, s=120, color=COLORS[1] if hot else "#DDDDDD", zorder=2,
                   marker="s" if hot else "o")
        words(ax, x, y - 0.01, letter, "white" if hot else INK, 9)
    ax.set(xlabel="first direction", ylabel="second direction",
           title="What was learned about letters: vowels stand together")
    return fig


def gate_map(word, panels, units):
    """Heat maps over the letters of a word: title -> (values (units, letters), low, high): fig."""
    fig, axes = plt.subplots(1, len(panels), figsize=(10.4, 0.3 * len(units) + 1.8), sharey=True)
    for ax, (title, (values, low, high)) in zip(axes, panels.items()):
        cmap = "PuOr_r" if low < 0 else "Blues"
        image = ax.imshow(values, vmin=low, vmax=high, cmap=cmap, aspect="auto")
        ax.set(xticks=range(len(word)), xticklabels=list(word), yticks=range(len(units)),
               xlabel="letter just read")
        ax.set_title(title, fontsize=11)
        ax.grid(False)
        fig.colorbar(image, ax=ax, orientation="horizontal", fraction=0.07, pad=0.03,
                     ticks=[low, high])
    axes[0].set(yticklabels=units, ylabel="unit")
    return fig


def name_sheet(names, known, p, letters, title):
    """Drawn names in columns, those in `known` marked; beside them the next letter's bars: fig.

    Few objects make a quick picture: each column is one text for new and one for known names.
    """
    fig = plt.figure(figsize=(9.6, 3.6), layout="none")
    ax = fig.add_axes((0, 0, 1, 1))
    ax.axis("off")
    ax.set(xlim=(0, 9.6), ylim=(0, 3.6))
    style = {"ha": "left", "va": "top", "linespacing": 1.75}
    for i in range(0, len(names), 8):
        column = names[i : i + 8]
        new = "\n".join("" if name in known else f"   {name}" for name in column)
        old = "\n".join(f"• {name}" if name in known else "" for name in column)
        words(ax, 0.25 + 0.21 * i, 3.1, new, COLORS[0], 11, **style)
        words(ax, 0.25 + 0.21 * i, 3.1, old, COLORS[1], 11, **style)
    bold = {"ha": "left", "fontweight": "bold"}
    words(ax, 0.25, 3.4, title, size=11, **bold)
    words(ax, 0.25, 0.12, "• stands in the training list", COLORS[1], 8.5, ha="left")
    words(ax, 5.6, 3.4, f"probability of the next letter, at most {max(p):.2f}", size=11, **bold)
    x = 5.7 + 0.14 * np.arange(len(p))
    ax.vlines(x, 0.5, 0.5 + 2.6 * p / max(p), color=COLORS[0], linewidth=7)
    ax.hlines(0.5, x[0] - 0.1, x[-1] + 0.1, color="#666666", linewidth=1)
    mono = {"family": "DejaVu Sans Mono", "ha": "left"}  # 8.37 points: a letter every 0.07 inches
    words(ax, x[0] - 0.035, 0.33, " ".join(letters), size=8.37, **mono)
    return fig
