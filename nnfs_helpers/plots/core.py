"""Figures of the course: one style, colours safe for colour blindness, alternative texts.

Importing this module sets the style. A notebook draws on a figure and shows it with `show`.
"""

import base64
import html
import io
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.colors import ListedColormap
from PIL import Image

plt.style.use(Path(__file__).with_name("course.mplstyle"))

COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
LIGHT = ("#BFDCEC", "#F5D6BF", "#BFE6DC", "#F2DDE9", "#F9E7BF", "#D5EDFA", "#D9D9D9")
MARKERS = "os^Dv*P"


def png(fig):
    """The figure as PNG bytes; the figure is closed."""
    fig.canvas.draw()  # once; savefig would lay the figure out a second time
    pixels = np.asarray(fig.canvas.buffer_rgba())[..., :3]
    plt.close(fig)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return buffer.getvalue()


def show(fig, alt):
    """Show a figure (or PNG bytes) with `alt`, its description for those who cannot see it."""
    content = fig if isinstance(fig, bytes) else png(fig)
    picture = base64.b64encode(content).decode()
    bundle = {"image/png": picture, "text/plain": f"[Figure: {alt}]"}
    display(bundle, metadata={"image/png": {"alt": alt}}, raw=True)


def show_animation(draw, frames, alt, milliseconds=200, colors=64):
    """Show an endless GIF of the figures `draw(frame)` for every frame of `frames`.

    Figures with many shades need more `colors`, up to 256, and make larger files.
    """
    pictures = [Image.open(io.BytesIO(png(draw(frame)))).convert("RGB") for frame in frames]
    palette = pictures[-1].quantize(colors, method=Image.Quantize.MAXCOVERAGE)
    pictures = [p.quantize(palette=palette, dither=Image.Dither.NONE) for p in pictures]
    buffer = io.BytesIO()
    times = [milliseconds] * (len(pictures) - 1) + [max(2000, milliseconds)]  # rest on the last
    pictures[0].save(
        buffer, "GIF", save_all=True, append_images=pictures[1:], duration=times, loop=0
    )
    source = base64.b64encode(buffer.getvalue()).decode()
    tag = f'<img alt="{html.escape(alt)}" src="data:image/gif;base64,{source}">'
    display({"text/html": tag, "text/plain": f"[Animation: {alt}]"}, raw=True)


def axes(title, x, y, size=None, columns=1, **settings):
    """A new figure with one axes (or a row of `columns`), titled and labelled: (fig, ax)."""
    fig, ax = plt.subplots(1, columns, figsize=size, **settings)
    for one in np.atleast_1d(ax):
        one.set(xlabel=x, ylabel=y)
    np.atleast_1d(ax)[0].set_title(title)
    return fig, ax


def points(ax, x, t, names=None, size=14):
    """Scatter the first two columns of x (n, 2), each class with its own colour and marker."""
    for label in np.unique(t):
        rows = x[t == label]
        name = names[label] if names is not None else f"class {label}"
        style = {"color": COLORS[label % 7], "marker": MARKERS[label % 7], "edgecolor": "white"}
        ax.scatter(rows[:, 0], rows[:, 1], s=size, linewidth=0.3, label=name, **style)


def regions(ax, scores, x, t, names=None, resolution=240):
    """Colour the plane by the class of the largest score, and scatter x (n, 2) on top.

    `scores` is a function (batch, 2) -> (batch, classes).
    """
    low, high = x.min(axis=0), x.max(axis=0)
    margin = 0.08 * (high - low)
    sides = [np.linspace(a, b, resolution) for a, b in zip(low - margin, high + margin)]
    grid = np.stack([g.ravel() for g in np.meshgrid(*sides)], axis=1)
    winner = scores(grid).argmax(axis=1).reshape(resolution, resolution)
    extent = (sides[0][0], sides[0][-1], sides[1][0], sides[1][-1])
    style = {"cmap": ListedColormap(LIGHT), "vmin": -0.5, "vmax": len(LIGHT) - 0.5}
    ax.imshow(winner, origin="lower", extent=extent, aspect="auto", **style)
    points(ax, x, t, names)
    ax.locator_params(nbins=4)
    ax.grid(False)


def pictures(images, titles=None, columns=10, size=0.95, colors=None, **style):
    """A wall of pictures (n, height, width), grey by default, with a short title over each: fig."""
    rows = -(-len(images) // columns)
    style = {"cmap": "gray_r", "interpolation": "nearest"} | style
    title_height = 0.0 if titles is None else 0.22
    fig, grid = plt.subplots(rows, columns, figsize=(size * columns, (size + title_height) * rows))
    for i, ax in enumerate(np.ravel(grid)):
        ax.axis("off")
        if i < len(images):
            ax.imshow(images[i], **style)
        if titles is not None and i < len(images):
            text = {"fontsize": 8, "fontweight": "normal", "loc": "center", "pad": 2}
            ax.set_title(titles[i], color=colors[i] if colors is not None else "#333333", **text)
    return fig


def curves(history, names, title, y, ax=None):
    """Training (solid) and validation (dashed) curves of a History-like dictionary: fig.

    `names` are the keys without "val_"; each key that is present gets its line.
    """
    if ax is None:
        _, ax = plt.subplots()
    for i, name in enumerate(names):
        for key, style, who in ((name, "-o", "training"), ("val_" + name, "--s", "validation")):
            if key in history:
                epochs = np.arange(1, len(history[key]) + 1)
                ax.plot(epochs, history[key], style, color=COLORS[i], label=f"{who} {name}")
    ax.set(title=title, xlabel="epoch", ylabel=y)
    ax.legend()
    return ax.figure
