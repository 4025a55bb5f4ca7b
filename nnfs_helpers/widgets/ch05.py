"""Widgets of chapter 5, loss."""

import ipywidgets
import numpy as np

from .. import plots
from .core import Explorer, slider

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])


def move_a_probability():
    """Three probabilities by two sliders: a point in a triangle, its loss and surprise."""

    def draw(first, rest, right):
        p = np.array([first, (100 - first) * rest / 100, (100 - first) * (100 - rest) / 100]) / 100
        return loss_figure(p, right)

    return Explorer(
        draw,
        "Left, a triangle whose corners are the three classes; a point shows the predicted "
        "probabilities, lines of equal loss run parallel to the side that faces the right class. "
        "Right, the same prediction on the curve −ln p. Controls move the probabilities and "
        "choose the right class.",
        first=slider("p₀ in %", 1, 98, 60),
        rest=slider("share of the rest that class 1 gets, in %", 1, 99, 60),
        right=ipywidgets.Dropdown(
            options=[("class 0", 0), ("class 1", 1), ("class 2", 2)],
            value=0,
            description="right class",
        ),
    )


def loss_figure(p, right):
    """Probabilities p (3,) in the triangle and on −ln p, for the class `right`: fig."""
    fig = plots.plt.figure(figsize=(8.4, 4.0))
    left, curve = fig.add_axes((0.0, 0.0, 0.52, 0.9)), fig.add_axes((0.6, 0.15, 0.38, 0.65))
    loss = -np.log(p[right])
    fig.suptitle(
        f"p = ({p[0]:.2f}, {p[1]:.2f}, {p[2]:.2f}), right class {right}: "
        f"loss {loss:.2f} nats = {loss / np.log(2):.2f} bits",
        x=0.03, ha="left", fontsize=12, fontweight="bold",
    )  # fmt: skip
    triangle(left, right)
    left.plot(*(p @ CORNERS), "o", color="black", markersize=9, zorder=3)
    grid = np.geomspace(0.002, 1, 100)
    curve.plot(grid, -np.log(grid), color="#999999")
    curve.vlines(p[right], 0, loss, color=plots.COLORS[right], linestyle=":")
    curve.plot(p[right], loss, "o", color="black", markersize=9)
    curve.set(xticks=(0, 0.5, 1), yticks=(0, 2, 4, 6), xlim=(0, 1.02), ylim=(0, 6))
    curve.set(xlabel=f"p of the right class, p{'₀₁₂'[right]}")
    curve.set_title("−ln p (nats)", fontweight="normal", fontsize=10.5)
    return fig


def triangle(ax, right):
    """The triangle of all probabilities of three classes, with lines of equal loss."""
    others = [k for k in range(3) if k != right]
    a, b, top = CORNERS[others[0]], CORNERS[others[1]], CORNERS[right]
    ax.fill(*CORNERS.T, facecolor=plots.LIGHT[right], edgecolor="#444444", alpha=0.6)
    for loss in (0.2, 0.5, 1, 2, 3):
        ends = [corner + np.exp(-loss) * (top - corner) for corner in (a, b)]
        ax.plot(*np.transpose(ends), color="#666666", linewidth=0.8)
        middle = np.mean(ends, axis=0)
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        ax.text(*middle, f"{loss:g}", fontsize=8, ha="center", va="center", bbox=box)
    for k, (corner, where) in enumerate(zip(CORNERS, ("right", "left", "center"))):
        shift = ((-0.03, 0), (0.03, 0), (0, 0.03))[k]
        style = {"fontweight": "bold" if k == right else "normal", "color": plots.COLORS[k]}
        bottom = "bottom" if k == 2 else "center"
        ax.text(*(corner + shift), f"class {k}", ha=where, va=bottom, **style)
    ax.set(xlim=(-0.24, 1.24), ylim=(-0.1, 0.98), aspect="equal")
    ax.axis("off")
