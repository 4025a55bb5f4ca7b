"""Figures of chapter 21, saving and loading: a model file's bytes, its bits, an interruption."""

import json
import re
import struct

import numpy as np

from .core import COLORS, LIGHT, plt

LENGTH, KEY, CHECK, TEXT, TABLE, NUMBERS = 6, 4, 1, 0, 2, 3  # colours of the parts
PARTS = {
    LENGTH: "length of the header",
    KEY: "JSON around it, the course's key",
    CHECK: "version and checksum",
    TEXT: "description",
    TABLE: "table of tensors",
    NUMBERS: "numbers, float32",
}
COLUMNS = 48
EDGE = {"edgecolor": "white", "linewidth": 0.6}
LETTER = {"ha": "center", "va": "center", "fontsize": 8, "family": "monospace"}


def part_of_each_byte(content):
    """Which part each byte of a model file belongs to: an array of colour numbers."""
    size = 8 + struct.unpack("<Q", content[:8])[0]
    text = content[8:size].decode()
    _, end = json.JSONDecoder().raw_decode(text, len('{"__metadata__":'))
    version, checksum, start = re.search(r':"(\d+) ([0-9a-f]{64}) ()', text[:end]).regs[1:]
    parts = np.full(len(content), KEY)
    parts[:8], parts[size:] = LENGTH, NUMBERS
    parts[8 + version[0] : 8 + checksum[1]] = CHECK
    parts[8 + start[0] : 8 + end - 2] = TEXT
    parts[8 + end : size] = TABLE
    return parts


def file_bytes(content):
    """Every byte of a small model file, its header as text, coloured by meaning: fig."""
    parts, rows = part_of_each_byte(content), -(-len(content) // COLUMNS)
    first = int(np.argmax(parts == NUMBERS))
    fig, ax = plt.subplots(figsize=(10.4, 0.235 * rows + 1.5))
    for i, (byte, part) in enumerate(zip(content, parts)):
        row, column = divmod(i, COLUMNS)
        if part == NUMBERS:
            row += 0.5 + 0.85 * (row - first // COLUMNS)  # room for the values
        ax.add_patch(plt.Rectangle((column, row), 1, 1, facecolor=LIGHT[part], **EDGE))
        as_hex = part in (LENGTH, NUMBERS)
        ax.text(column + 0.5, row + 0.52, f"{byte:02x}" if as_hex else chr(byte), **LETTER)
        if part == NUMBERS and i % 4 == 0:
            value_below(ax, column, row, struct.unpack("<f", content[i : i + 4])[0])
    for name, entry in tensors_of(content).items():
        row, column = divmod(first + entry["data_offsets"][0], COLUMNS)
        row += 1.9 + 0.85 * (row - first // COLUMNS)
        ax.text(column + 0.15, row, name, va="center", fontsize=8, fontweight="bold")
    for part, name in PARTS.items():
        ax.scatter([], [], marker="s", s=70, color=LIGHT[part], edgecolor=COLORS[part], label=name)
    ax.set(xlim=(-0.1, COLUMNS + 0.1), ylim=(rows + 3.0, 0))
    ax.set_title(f"A model in {len(content)} bytes")
    ax.axis("off")
    fig.legend(loc="outside lower center", ncols=3, fontsize=9)
    return fig


def tensors_of(content):
    """The table of tensors in a file's header: name -> its entry."""
    header = json.loads(content[8 : 8 + struct.unpack("<Q", content[:8])[0]])
    return {name: entry for name, entry in header.items() if name != "__metadata__"}


def value_below(ax, column, row, value):
    """A float32 under its four bytes, and a line before them."""
    style = {"ha": "center", "va": "center", "fontsize": 9, "color": COLORS[NUMBERS]}
    ax.text(column + 2.2, row + 1.4, f"{value:g}".replace("-", "−"), **style)
    ax.plot([column, column], [row, row + 1], color=COLORS[NUMBERS], linewidth=1.2)


def crash_table():
    """What a name means at each moment of a save, direct and by way of a second file: fig."""
    moments = ("before", "opened", "half written", "written, synced", "renamed")
    rows = (
        ("written directly\nm.safetensors", ("old", "empty", "half", "new", "")),
        ("written beside\nm.safetensors", ("old", "old", "old", "old", "new")),
        ("m.safetensors.123.part", ("", "empty", "half", "new", "")),
    )
    shades = {"old": LIGHT[0], "new": LIGHT[2], "empty": LIGHT[1], "half": LIGHT[1]}
    fig, ax = plt.subplots(figsize=(8.4, 2.9))
    for y, (name, states) in zip((0, 1.5, 2.5), rows):
        ax.text(-0.1, y + 0.45, name, ha="right", va="center", fontsize=9)
        for x, state in enumerate(states):
            if state:
                box = plt.Rectangle((x, y), 0.94, 0.88, facecolor=shades[state])
                ax.add_patch(box)
                ax.text(x + 0.47, y + 0.45, state, ha="center", va="center")
    for x, moment in enumerate(moments):
        ax.text(x + 0.47, -0.25, moment, ha="center", va="center", fontsize=9, color="#555555")
    ax.set(xlim=(-1.55, 5), ylim=(3.5, -0.5), title="A crash at any moment: what is left?")
    ax.axis("off")
    return fig


def resumed_curves(whole, resumed, bare):
    """Losses of a whole training, of its resumed second half, and of one without memory: fig."""
    fig, ax = plt.subplots(figsize=(8, 3.8))
    epochs = np.arange(1, len(whole) + 1)
    second = epochs[-len(resumed) :]
    ax.plot(epochs, whole, color=COLORS[0], label="uninterrupted")
    style = {"markerfacecolor": "none", "markersize": 8, "linestyle": "none"}
    ax.plot(second, resumed, "o", color=COLORS[2], label="resumed from the checkpoint", **style)
    ax.plot(second, bare, "--s", color=COLORS[1], label="only the parameters kept", markersize=4)
    ax.axvline(second[0] - 0.5, color="#999999", linewidth=1, linestyle=":")
    words = {"va": "top", "ha": "right", "textcoords": "offset points", "color": "#555555"}
    ax.annotate("interrupted", (second[0] - 0.5, max(whole)), (-6, -4), **words)
    ax.set(title="Resumed exactly, and resumed nearly", xlabel="epoch", yscale="log")
    ax.set(ylabel="training loss (nats)")
    ax.legend()
    return fig


def flipped_bit(title, bits, flipped, chances):
    """The 32 `bits` of a float32, one of them `flipped`, and the chances before and after: fig."""
    fig = plt.figure(figsize=(8.2, 4.0))
    top, bottom = fig.add_axes((0.1, 0.53, 0.88, 0.35)), fig.add_axes((0.1, 0.15, 0.88, 0.3))
    parts = (("sign", 0, 1, 1), ("exponent", 1, 9, 2), ("mantissa", 9, 32, 0))
    for i in range(32):
        top.text(i + 0.47, 0.47, bits[i], ha="center", va="center")
    for name, start, end, color in parts:
        top.broken_barh([(i, 0.94) for i in range(start, end)], (0, 1), facecolor=LIGHT[color])
        words = {"ha": "center", "color": COLORS[color], "fontsize": 9}
        top.text((start + end) / 2, -0.55, name, **words)
    edge = {"facecolor": "none", "edgecolor": "black", "linewidth": 2.2}
    top.add_patch(plt.Rectangle((flipped, 0), 0.94, 1, **edge))
    top.set(xlim=(-0.4, 32.2), ylim=(-0.9, 1.2), title=title)
    top.axis("off")
    for row, p in enumerate(chances):
        good = np.isfinite(p).all()
        text = f"{p[0]:.3f} : {p[1]:.3f}" if good else "nan: no prediction"
        bottom.barh(row, p[0] if good else 0, color=COLORS[0])
        bottom.barh(row, p[1] if good else 0, left=p[0] if good else 0, color=COLORS[1])
        bottom.text(1.02, row, text, va="center")
    bottom.set(xlim=(0, 1.33), ylim=(1.6, -0.6), yticks=[0, 1], yticklabels=["before", "after"])
    bottom.set_xticks((0, 0.5, 1))
    bottom.set_xlabel("probability of class 0 (blue), class 1 (orange)")
    bottom.grid(False)
    return fig
