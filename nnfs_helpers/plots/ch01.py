"""Figures of chapter 1, introducing neural networks.

In the diagrams grey is data, orange is adjustable, blue is computed.
"""

import numpy as np

from .core import COLORS, LIGHT, plt

INK, GREY = "#333333", "#EEEEEE"
DATA, ADJUSTABLE, COMPUTED = ("#777777", GREY), (COLORS[1], LIGHT[1]), (COLORS[0], LIGHT[0])


def number(value):
    """A number as text, with a real minus sign: −2.5, 3."""
    return f"{value:g}".replace("-", "−")


# What all diagrams are made of


def canvas(width, height, title):
    """A figure of that size in inches with one empty axes, one unit for an inch: (fig, ax)."""
    fig, ax = plt.subplots(figsize=(width, height + 0.35))
    ax.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    ax.set_title(title)
    ax.axis("off")
    return fig, ax


def words(ax, x, y, text, color=INK, size=10, **style):
    """A text, centred on (x, y) unless `style` says otherwise."""
    style = {"ha": "center", "va": "center", "zorder": 5} | style
    ax.text(x, y, text, color=color, fontsize=size, **style)


def circle(ax, x, y, text, colors, radius=0.3, size=11):
    """A circle with a text inside; `colors` are those of line and face."""
    line, face = colors
    ax.add_patch(plt.Circle((x, y), radius, facecolor=face, edgecolor=line, linewidth=1.8,
                            zorder=3))
    words(ax, x, y, text, size=size)


def box(ax, x, y, width, height, text, colors, size=10, **style):
    """A box with round corners and a text, centred on (x, y)."""
    line, face = colors
    shape = plt.matplotlib.patches.FancyBboxPatch(
        (x - width / 2, y - height / 2), width, height, boxstyle="round,pad=0,rounding_size=0.1",
        facecolor=face, edgecolor=line, zorder=3, **{"linewidth": 1.6} | style,
    )  # fmt: skip
    ax.add_patch(shape)
    words(ax, x, y, text, size=size)


def arrow(ax, start, end, color=INK, width=1.8, **style):
    """An arrow from start to end."""
    props = {"arrowstyle": "-|>", "color": color, "linewidth": width, "mutation_scale": 14}
    props |= {"shrinkA": 0, "shrinkB": 0} | style
    ax.annotate("", end, start, arrowprops=props, zorder=2)


# A network at work


def classified(pictures, p, names):
    """Pictures in a row, and under each the bars of its class probabilities p (n, classes): fig."""
    fig, grid = plt.subplots(2, len(pictures), figsize=(10, 4.6), height_ratios=(1, 1.25),
                             sharey="row")
    for (above, below), picture, row in zip(grid.T, pictures, p):
        best = row.argmax()
        above.imshow(picture, cmap="gray_r")
        above.axis("off")
        share = f"{row[best]:.1%}" if row[best] < 0.9995 else "> 99.9%"
        above.set_title(f"{names[best]}, {share}", loc="center", fontsize=10.5)
        colors = [COLORS[0] if k == best else "#999999" for k in range(len(names))]
        below.barh(range(len(names)), row, color=colors)
        below.set(xlim=(0, 1.04), xlabel="probability")
        below.set_xticks((0, 0.5, 1), ("0", "0.5", "1"))
        below.set_yticks(range(len(names)), names, fontsize=9)
        below.grid(axis="y", visible=False)
    grid[1, 0].invert_yaxis()
    return fig


# Neurons and layers


def named_neuron(x, w, b, inputs, solved=True):
    """One neuron, every quantity named, z and y only if `solved`; `inputs` are x's names: fig."""
    z = float(np.dot(x, w)) + b
    z_text, y_text = (number(z), number(max(z, 0.0))) if solved else "??"
    fig, ax = canvas(10, 3.7, "One neuron: multiply, add up, add the bias, cut")
    heights = np.linspace(2.75, 1.15, len(x))
    for i, (y, name) in enumerate(zip(heights, inputs), 1):
        circle(ax, 2.3, y, number(x[i - 1]), DATA, 0.34)
        words(ax, 1.85, y, f"$x_{i}$  {name}", DATA[0], ha="right")
        arrow(ax, (2.64, y), (5.0, 1.95 + 0.25 * (y - 1.95)), ADJUSTABLE[0])
        middle = 1.95 + 0.63 * (y - 1.95)
        box(ax, 3.78, middle, 0.95, 0.3, f"$w_{i}$ = {number(w[i - 1])}", (ADJUSTABLE[0], "white"),
            linewidth=0)
    circle(ax, 5.5, 1.95, "sum", COMPUTED, 0.5, 12)
    box(ax, 5.5, 0.75, 1.1, 0.4, f"$b$ = {number(b)}", ADJUSTABLE)
    arrow(ax, (5.5, 0.95), (5.5, 1.45), ADJUSTABLE[0])
    arrow(ax, (6.0, 1.95), (7.2, 1.95), COMPUTED[0])
    words(ax, 6.55, 2.2, f"$z$ = {z_text}", COMPUTED[0])
    box(ax, 7.65, 1.95, 0.9, 0.7, "cut", COMPUTED, 12, linestyle="--")
    words(ax, 7.65, 1.33, "if negative: 0\n(chapter 4)", COMPUTED[0], 9, va="top")
    arrow(ax, (8.1, 1.95), (9.0, 1.95), COMPUTED[0])
    words(ax, 9.08, 1.95, f"$y$ = {y_text}", COMPUTED[0], 11, ha="left")
    heads = ((2.3, "inputs", DATA), (3.78, "weights", ADJUSTABLE), (5.5, "neuron", COMPUTED))
    for place, text, colors in (*heads, (9.4, "output", COMPUTED)):
        words(ax, place, 3.45, text, colors[0], 11, fontweight="bold")
    words(ax, 5.5, 0.35, "bias", ADJUSTABLE[0], 11, fontweight="bold")
    return fig


def column(n, gap=0.85, middle=2.1):
    """The heights of n circles, from above."""
    return middle + gap * (np.arange(n)[::-1] - (n - 1) / 2)


def edges(ax, left, right, width=1.3):
    """A line from each circle of one column (x, heights) to each of the next."""
    for y in right[1]:
        for start in left[1]:
            ax.plot((left[0], right[0]), (start, y), color=ADJUSTABLE[0], linewidth=width, zorder=1)


def named_network():
    """The pocket network, 2 → 3 → 2, its layers named and their parameters counted: fig."""
    fig, ax = canvas(10, 4.1, "A network: layer after layer, from left to right")
    columns = [(1.7, column(2)), (5.0, column(3)), (8.3, column(2))]
    letters = (("x", DATA), ("h", COMPUTED), ("y", COMPUTED))
    for left, right in zip(columns, columns[1:]):
        edges(ax, left, right)
    for start in columns[0][1]:  # one neuron stands out with its weights
        ax.plot((1.7, 5.0), (start, columns[1][1][0]), color=ADJUSTABLE[0], linewidth=3.2, zorder=1)
    for (x, heights), (letter, colors) in zip(columns, letters):
        for i, y in enumerate(heights, 1):
            circle(ax, x, y, f"${letter}_{i}$", colors, 0.29, 12)
    texts = ("no parameters", "6 weights, one on each line\n3 biases, one in each neuron",
             "6 weights, one on each line\n2 biases, one in each neuron")
    heads = ("2 inputs", "hidden layer: 3 neurons", "output layer: 2 neurons")
    for (x, _), head, text, (_, colors) in zip(columns, heads, texts, letters):
        words(ax, x, 3.85, head, colors[0], 11, fontweight="bold")
        color = DATA[0] if head == "2 inputs" else ADJUSTABLE[0]
        words(ax, x, 0.75, text, color, 9.5, va="top")
    words(ax, 2.55, 3.3, "one neuron:\n2 weights and a bias", ADJUSTABLE[0], 9.5)
    arrow(ax, (2.9, 3.05), (3.5, 2.62), ADJUSTABLE[0], 1)
    return fig


def bare_network(*sizes):
    """A network of circles and lines without any text, for counting: fig."""
    fig, ax = canvas(6.4, 3.2, "How many parameters?")
    columns = [(0.9 + 2.3 * i, column(n, 0.75, 1.6)) for i, n in enumerate(sizes)]
    for left, right in zip(columns, columns[1:]):
        edges(ax, left, right)
    for i, (x, heights) in enumerate(columns):
        for y in heights:
            circle(ax, x, y, "", COMPUTED if i else DATA, 0.24)
    return fig


# Training and inference


def training_loop():
    """What happens at inference, and what training adds to it: fig."""
    fig, ax = canvas(10, 3.65, "Inference runs the upper row; training goes round in a circle")
    zone = {"facecolor": "#FDF6F0", "edgecolor": ADJUSTABLE[0], "linestyle": "--", "zorder": 0}
    ax.add_patch(plt.Rectangle((0.4, 0.05), 9.2, 1.95, **zone))
    words(ax, 0.6, 0.3, "only in training", ADJUSTABLE[0], 10.5, ha="left", fontweight="bold")
    box(ax, 1.35, 2.95, 1.9, 1.0, "inputs $x$\na picture", DATA)
    box(ax, 4.4, 2.95, 2.5, 1.25, "network\nweights and biases", COMPUTED, 11)
    box(ax, 8.2, 2.95, 2.3, 1.0, "outputs $p$\n10 probabilities", COMPUTED)
    box(ax, 8.2, 1.25, 2.3, 0.9, "loss $L$\nhow wrong is $p$?", ADJUSTABLE)
    box(ax, 4.4, 1.25, 2.7, 0.9, "optimizer\nturns each number a little", ADJUSTABLE)
    box(ax, 8.2, 0.35, 2.3, 0.36, "target $t$: the right answer", DATA, 9)
    arrow(ax, (2.3, 2.95), (3.15, 2.95))
    arrow(ax, (5.65, 2.95), (7.05, 2.95))
    arrow(ax, (8.2, 2.45), (8.2, 1.7), ADJUSTABLE[0])
    arrow(ax, (8.2, 0.53), (8.2, 0.8), ADJUSTABLE[0])
    arrow(ax, (7.05, 1.25), (5.75, 1.25), ADJUSTABLE[0])
    arrow(ax, (4.4, 1.7), (4.4, 2.32), ADJUSTABLE[0])
    words(ax, 4.55, 2.14, "new weights and biases", ADJUSTABLE[0], 9.5, ha="left")
    words(ax, 6.4, 1.5, "which way?", ADJUSTABLE[0], 9.5)
    words(ax, 6.35, 3.2, "forward", INK, 9.5)
    return fig


# History


EVENTS = (
    (1943, "McCulloch, Pitts", "a neuron as\nyes/no logic"),
    (1958, "Rosenblatt", "a neuron that\nlearns its weights"),
    (1969, "Minsky, Papert", "what one layer\ncannot do"),
    (1986, "Rumelhart, Hinton,\nWilliams", "hidden layers learn\nby backpropagation"),
    (1989, "LeCun and others", "a network reads\npostcodes"),
    (1998, "LeCun and others", "MNIST; networks\nread cheques"),
    (2012, "Krizhevsky and others", "a deep network\nwins ImageNet"),
    (2017, "Vaswani and others", "the transformer"),
)


def timeline():
    """Eight steps in the history of neural networks: fig."""
    fig, ax = plt.subplots(figsize=(10, 3.5))
    ax.axhline(0, color=INK, linewidth=2, zorder=1)
    for i, (year, who, what) in enumerate(EVENTS):
        side = 1 if i % 2 == 0 else -1
        color = COLORS[0] if side > 0 else COLORS[1]
        ax.plot((year, year), (0, 0.55 * side), color=color, linewidth=1.5, zorder=1)
        ax.plot(year, 0, "o", color=color, markersize=10, markeredgecolor="white", zorder=2)
        style = {"va": "bottom" if side > 0 else "top", "linespacing": 1.25}
        words(ax, year, 0.62 * side, str(year), color, 12, fontweight="bold", **style)
        words(ax, year, 0.92 * side, f"{who}\n{what}", INK, 9, **style)
    ax.set(xlim=(1936, 2024), ylim=(-2.1, 1.8), yticks=[])
    ax.set_title("From a neuron on paper to the transformer")
    ax.axis("off")
    return fig


# The course


PARTS = (
    ("Part I · The forward pass", "a network that computes,\nand a number for how wrong it is", (
        "Introducing\nNeural Networks", "Coding Our First\nNeurons", "Adding Layers",
        "Activation Functions", "Loss", "Introducing\nOptimization")),
    ("Part II · Learning", "a network that learns", (
        "Derivatives", "Gradients, Partial\nDerivatives, Chain Rule", "Backpropagation",
        "Optimizers")),
    ("Part III · Generalising", "a network you can trust\non data it has never seen", (
        "Testing Data", "Validation Data", "Training Dataset", "L1 and L2\nRegularization",
        "Dropout", "Binary Logistic\nRegression", "Regression")),
    ("Part IV · A working tool", "a model that is saved,\nevaluated and used", (
        "Model Object", "A Real Dataset", "Model Evaluation", "Saving and Loading\nModels",
        "Model Prediction /\nInference")),
)  # fmt: skip
DARK = ("#0072B2", "#B84F00", "#007A59", "#A04D7C")  # of the parts' colours, for small letters
BEYOND = ("Batch\nNormalization", "Convolution", "Convolutional\nNetworks", "Recurrent\nNetworks",
          "LSTM", "Residual\nNetworks", "Attention", "Autograd", "Other\nFrameworks",
          "Scaling\nOut")  # fmt: skip


def course_map():
    """The 22 chapters in their four parts, and the ten notebooks beyond: fig."""
    fig, ax = canvas(10, 7.0, "The course: four parts, and what lies beyond")
    chapter = 0
    for i, (part, result, titles) in enumerate(PARTS):
        x, dark = 1.27 + 2.487 * i, DARK[i]
        box(ax, x, 6.72, 2.3, 0.44, "", (dark, dark))
        words(ax, x, 6.72, part, "white", 10.5, fontweight="bold")
        for row, title in enumerate(titles):
            chapter += 1
            y = 6.18 - 0.545 * row
            face, ink = (LIGHT[i], INK) if chapter > 1 else (dark, "white")  # here you are
            box(ax, x + 0.2, y, 1.9, 0.44, "", (dark, face), linewidth=1.1)
            words(ax, x + 0.2, y, title, ink, 8.5)
            words(ax, x - 0.94, y, str(chapter), dark, 11, fontweight="bold")
        words(ax, x, 2.36, "then you have", dark, 9, fontweight="bold")
        words(ax, x, 2.24, result, INK, 9, va="top", linespacing=1.3)
        if i:
            arrow(ax, (x - 1.34, 6.72), (x - 1.15, 6.72), INK)
    beyond = (COLORS[4], LIGHT[4])
    box(ax, 5, 1.6, 9.76, 0.4, "", (COLORS[4], COLORS[4]))
    words(ax, 5, 1.6, "Beyond the book · what today's networks add", INK, 10.5, fontweight="bold")
    for i, title in enumerate(BEYOND):
        x, y = 1.09 + 1.956 * (i % 5), 1.1 - 0.58 * (i // 5)
        box(ax, x + 0.17, y, 1.5, 0.46, title, beyond, 8.5, linewidth=1.1)
        words(ax, x - 0.78, y, f"b{i + 1}", "#8A5E00", 10, fontweight="bold")
    return fig
