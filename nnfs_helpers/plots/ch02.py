"""Figures of chapter 2, coding our first neurons."""

import numpy as np

from .core import COLORS, LIGHT, plt

GREY, INK = "#EEEEEE", "#333333"


def number(value):
    """A number as text, with a real minus sign: −2.5, 3."""
    return f"{value:g}".replace("-", "−")


# A network of circles and edges


def network(ax, layers, columns):
    """Draw a network: `layers` are pairs (W, b), `columns` the texts inside the circles.

    Edges have the colour of the neuron that they lead to.
    """
    heights = [np.linspace(1, -1, len(texts)) * (1.4 if len(texts) < 3 else 2) for texts in columns]
    fills = [[(GREY, "#888888")] * len(columns[0])]
    first = 0
    for texts in columns[1:]:
        fills.append([(LIGHT[first + k], COLORS[first + k]) for k in range(len(texts))])
        first += len(texts)
    for left, (W, b) in enumerate(layers):
        for k, end in enumerate(heights[left + 1]):
            color = fills[left + 1][k][1]
            for i, start in enumerate(heights[left]):
                edge(ax, (4 * left, start), (4 * left + 4, end), number(W[i][k]), color)
            words = {"ha": "center", "va": "top", "fontsize": 9, "color": INK}
            ax.text(4 * left + 4, end - 0.62, f"bias {number(b[k])}", **words)
    for column, texts in enumerate(columns):
        for text, y, (face, line) in zip(texts, heights[column], fills[column]):
            circle(ax, 4 * column, y, text, face, line)
    ax.set(xlim=(-0.8, 4 * len(layers) + 0.8), ylim=(-3.1, 2.8), aspect="equal")
    ax.axis("off")


def edge(ax, start, end, text, color):
    """A line from circle to circle with its weight on it, near its start."""
    ax.plot(*zip(start, end), color=color, linewidth=1.5, zorder=1)
    x, y = (a + 0.3 * (b - a) for a, b in zip(start, end))
    box = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    ax.text(x, y, text, ha="center", va="center", fontsize=10.5, color=INK, bbox=box, zorder=2)


def circle(ax, x, y, text, face, line):
    """A circle with a text inside."""
    ax.add_patch(plt.Circle((x, y), 0.52, facecolor=face, edgecolor=line, linewidth=1.8, zorder=3))
    ax.text(x, y, text, ha="center", va="center", fontsize=11, color=INK, zorder=4)


def pocket_network():
    """The pocket network with every weight and bias: fig."""
    layers = [([[2, -1, 1], [-1, 1, -2]], [1, 1, 0.5])]
    layers.append(([[1, -1], [0.5, 1], [-1, 2]], [0, 0.5]))
    fig, ax = plt.subplots(figsize=(7.4, 4.6))
    network(ax, layers, [["x₁", "x₂"], ["z₁", "z₂", "z₃"], ["y₁", "y₂"]])
    for x, text in zip((0, 4, 8), ("2 inputs", "3 neurons", "2 neurons")):
        ax.text(x, 2.8, text, ha="center", fontsize=10.5, color=INK)
    ax.set_ylim(-3.1, 3.2)
    ax.set_title("The pocket network: 12 weights, 5 biases")
    return fig


# Tables of numbers


def table(ax, left, top, numbers, faces, ink=INK, line="-"):
    """Draw a matrix as a table of unit cells; `faces[i][k]` is a cell's colour."""
    for i, row in enumerate(numbers):
        for k, value in enumerate(row):
            corner = (left + k, top - i - 1)
            style = {"edgecolor": "#999999", "linewidth": 0.9, "linestyle": line}
            ax.add_patch(plt.Rectangle(corner, 1, 1, facecolor=faces[i][k], **style))
            if value is not None:
                place = {"ha": "center", "va": "center", "fontsize": 9.5, "color": ink}
                ax.text(left + k + 0.5, top - i - 0.5, number(value), **place)


def by_column(rows, columns):
    """Faces for a table whose columns belong to neurons."""
    return [[LIGHT[k] for k in range(columns)] for _ in range(rows)]


def layer_line(x, W, b, z):
    """A layer drawn twice, as circles (first row of x) and as x @ W + b = z for all rows: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.7), width_ratios=(1, 2.1))
    columns = [[number(v) for v in x[0]], [number(v) for v in z[0]]]
    network(left, [(W, b)], columns)
    left.set_title("A layer, one sample")
    n, (n_in, n_out) = len(x), W.shape
    grey = [[GREY] * n_in] * n
    edges = np.cumsum([0, n_in + 1, n_out + 1, n_out + 1])
    table(right, edges[0], n, x, grey)
    table(right, edges[1], n, W, by_column(n_in, n_out))
    white = [["white"] * n_out] * (n - 1)
    table(right, edges[2], n - 1, [b] * (n - 1), white, "#888888", (0, (2, 2)))
    table(right, edges[2], n, [b], by_column(1, n_out))
    table(right, edges[3], n, z, by_column(n, n_out))
    style = {"ha": "center", "va": "center", "fontsize": 13, "color": INK}
    for place, sign in zip(edges[1:], "@+="):
        right.text(place - 0.5, n - 0.5, sign, **style)
    shapes = [x.shape, W.shape, b.shape, z.shape]
    for place, width, name, shape in zip(edges, (n_in, n_out, n_out, n_out), "xWbz", shapes):
        right.text(place + width / 2, n + 0.35, name, fontweight="bold", **style)
        label = {"ha": "center", "va": "top", "fontsize": 9.5, "color": INK}
        right.text(place + width / 2, -0.15, str(shape), **label)
    right.set(xlim=(-0.2, edges[3] + n_out + 0.2), ylim=(-0.8, n + 0.8), aspect="equal")
    right.set_title("The same layer, four samples, one line: z = x @ W + b")
    right.axis("off")
    return fig


def product_cell(x, W, done):
    """x @ W with its first `done` cells filled in; the last of them shown at work: fig."""
    (n, n_in), n_out = x.shape, W.shape[1]
    i, k = divmod(done - 1, n_out) if done else (-1, -1)
    fig, ax = plt.subplots(figsize=(6.6, 4.3))
    faces = [[LIGHT[4] if row == i else GREY] * n_in for row in range(n)]
    table(ax, 0, n, x, faces)
    faces = [[LIGHT[4] if column == k else LIGHT[5] for column in range(n_out)]] * n_in
    table(ax, n_in + 0.6, n + n_in + 0.6, W, faces)
    result = [[None] * n_out for _ in range(n)]
    faces = [["white"] * n_out for _ in range(n)]
    for cell in range(done):
        result[cell // n_out][cell % n_out] = sum(x[cell // n_out] * W[:, cell % n_out])
        faces[cell // n_out][cell % n_out] = GREY
    if done:
        faces[i][k] = LIGHT[4]
    table(ax, n_in + 0.6, n, result, faces)
    style = {"ha": "center", "va": "center", "fontsize": 11, "color": INK}
    ax.text(n_in / 2, n + 0.35, f"x  {x.shape}", **style)
    ax.text(n_in + n_out + 0.8, n + n_in / 2 + 0.6, f"W  {W.shape}", **style | {"ha": "left"})
    ax.text(n_in + n_out + 0.8, n / 2, f"x @ W  {(n, n_out)}", **style | {"ha": "left"})
    ax.text(0, -0.5, sum_of_products(x, W, i, k) if done else "", **style | {"ha": "left"})
    ax.set(xlim=(-0.2, 8.6), ylim=(-0.9, n + n_in + 0.8), aspect="equal")
    ax.set_title("Row times column, cell by cell")
    ax.axis("off")
    return fig


def sum_of_products(x, W, i, k):
    """Cell (i, k) of x @ W written out: "row 1, column 3:  1 · 1 + 2 · (−2) = −3"."""
    def bracketed(value):
        return f"({number(value)})" if value < 0 else number(value)

    terms = [f"{bracketed(a)} · {bracketed(w)}" for a, w in zip(x[i], W[:, k])]
    return f"row {i + 1}, column {k + 1}:   {' + '.join(terms)} = {number(sum(x[i] * W[:, k]))}"


# The dot product


def projections(x, W):
    """The shadow of the vector x (2,) on each column of W (2, n): fig."""
    fig, axes = plt.subplots(1, W.shape[1], figsize=(10, 3.9), sharey=True)
    for k, (ax, w) in enumerate(zip(axes, W.T)):
        length = np.linalg.norm(w)
        shadow = float(x @ w) / length
        foot = shadow * w / length
        ends = np.outer((-3.4, 3.4), w / length)
        ax.plot(*ends.T, ":", color="#AAAAAA", linewidth=1.3, zorder=1)
        ax.plot(*zip(x, foot), "--", color="#777777", linewidth=1.3, zorder=2)
        ax.plot(*zip((0, 0), foot), color=COLORS[3], linewidth=7, solid_capstyle="butt", zorder=2)
        arrow(ax, x, "x", INK)
        arrow(ax, w, "w" + "₁₂₃₄"[k], COLORS[k])
        angle = np.degrees(np.arccos(shadow / np.linalg.norm(x)))
        ax.set(xlim=(-2.9, 2.9), ylim=(-2.9, 2.9), aspect="equal", xlabel="first component")
        ax.set_title(f"x · w{'₁₂₃₄'[k]} = {number(x @ w)}, angle {angle:.1f}°", fontsize=11)
        text = f"shadow {shadow:.2f}".replace("-", "−")
        box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
        ax.text(-2.8, -2.6, text, fontsize=9.5, color="#8C3D69", bbox=box)
    axes[0].set_ylabel("second component")
    return fig


def arrow(ax, tip, name, color):
    """An arrow from the origin to `tip`, with its name."""
    style = {"arrowstyle": "-|>", "color": color, "linewidth": 2, "mutation_scale": 15}
    ax.annotate("", tip, (0, 0), arrowprops=style | {"shrinkA": 0, "shrinkB": 0}, zorder=3)
    place = np.asarray(tip) * (1 + 0.32 / np.linalg.norm(tip))
    ax.text(*place, name, ha="center", va="center", fontsize=11, color=color, zorder=4)
