"""Widgets of chapter 22, model prediction / inference."""

import io
import textwrap

import ipywidgets
import numpy as np
from PIL import Image, ImageDraw

from .. import plots
from .core import Explorer, slider

SIZE = 200  # pixels of a drawing, drawn twice as large and reduced


def classify_drawing(prepare, predict, names):
    """Shape a piece of clothing with sliders; see what the network gets, and what it says.

    `prepare`: picture -> uint8 (28, 28); `predict`: uint8 (28, 28) -> probabilities (classes,).
    """

    def draw(sleeve, shoulder, length, hem, gap):
        picture = garment(sleeve, shoulder, length, hem, gap)
        small = prepare(picture)
        return answer_figure("drawn by you", picture, small, predict(small), names)

    return Explorer(
        draw,
        "A drawn T-shirt, the 28 × 28 picture made of it, and bars of the ten class probabilities. "
        "Sliders change sleeves, shoulders, length, hem and the gap between the legs.",
        sleeve=slider("sleeve length", 0, 60, 20),
        shoulder=slider("shoulder width", 20, 50, 42),
        length=slider("body length", 30, 85, 60),
        hem=slider("hem width", 14, 60, 36),
        gap=slider("gap between legs", 0, 60, 0),
    )


def garment(sleeve, shoulder, length, hem, gap):
    """A silhouette, its measures in percent of the frame: uint8 (200, 200), dark on white."""
    picture = Image.new("L", (2 * SIZE, 2 * SIZE), "white")
    draw, bottom, scale = ImageDraw.Draw(picture), 8 + length, 2 * SIZE / 100
    side, waist = shoulder / 2, min(shoulder, hem) / 2

    def fill(points, shade):
        for sign in (-1, 1):  # the right half, and its mirror image
            draw.polygon([((50 + sign * x) * scale, y * scale) for x, y in points], fill=shade)

    angle = np.radians(48 - sleeve / 2)  # long sleeves hang down
    x, y = side - 3 + sleeve * np.sin(angle), 12 + sleeve * np.cos(angle)
    across = 5.5 * np.cos(angle), -5.5 * np.sin(angle)
    if sleeve:
        fill([(side - 8, 9), (side - 1, 9), (x + across[0], y + across[1]),
              (x - across[0], y - across[1]), (side - 6, 24)], 60)  # fmt: skip
    fill([(0, 12), (7, 7), (side - 2, 8), (side, 11), (side - 3, 28), (waist - 2, 42),
          (hem / 2, bottom), (0, bottom)], 70)  # fmt: skip
    if gap:
        fill([(0, bottom + 1), (0, bottom - gap), (1, bottom - gap), (hem / 8, bottom + 1)], 255)
    return np.asarray(picture.resize((SIZE, SIZE), Image.Resampling.BOX))


def classify_upload(prepare, predict, names, start):
    """Upload a picture; `start` is the path of the one that is shown until then."""

    def draw(file):
        source, title = start, "a picture of the course"
        if file:
            source, title = io.BytesIO(file[0]["content"]), f"your picture: {file[0]['name'][:30]}"
        try:
            small = prepare(source)
            picture = Image.open(source).convert("RGBA")
            picture.thumbnail((300, 300))
        except ValueError as error:
            return error_figure(title, str(error).replace(repr(source), "the file"))
        return answer_figure(title, picture, small, predict(small), names)

    return Explorer(
        draw,
        "A picture of a sneaker, the 28 × 28 picture made of it, and bars of the ten class "
        "probabilities. A button uploads another picture.",
        file=ipywidgets.FileUpload(accept="image/*", description="Upload a picture"),
    )


def answer_figure(title, picture, small, p, names):
    """A picture, what the network gets, and the probabilities p (classes,): fig."""
    margins = {"left": 0.01, "right": 0.97, "bottom": 0.16, "top": 0.88, "wspace": 0.1}
    fig = plots.plt.figure(figsize=(8.4, 3.2))
    grid = fig.add_gridspec(1, 4, width_ratios=(1, 1, 0.32, 1.1), **margins)
    for place, image, text in ((0, picture, title), (1, small, "what the network gets")):
        ax = fig.add_subplot(grid[place])
        ax.imshow(image, cmap="gray_r" if place else "gray", vmin=0, vmax=255)
        ax.set(xticks=(), yticks=())
        ax.grid(False)
        ax.spines[["top", "right"]].set_visible(True)
        ax.set_title(text, fontsize=10.5, fontweight="normal")
    ax = fig.add_subplot(grid[3])
    ax.barh(names, p, color=[plots.COLORS[0] if q == max(p) else "#BBBBBB" for q in p])
    ax.invert_yaxis()
    ax.set(xlim=(0, 1), xticks=(0, 0.5, 1), xlabel="probability")
    ax.set_title(f"{names[int(np.argmax(p))]}, {max(p):.2f}")
    ax.grid(axis="y", visible=False)
    return fig


def error_figure(title, message):
    """An error in words, in place of an answer: fig."""
    fig = plots.plt.figure(figsize=(8.4, 3.2))
    fig.text(0.03, 0.8, title, fontsize=12, fontweight="bold")
    fig.text(0.03, 0.7, textwrap.fill(message, 80), va="top", color=plots.COLORS[1])
    return fig
