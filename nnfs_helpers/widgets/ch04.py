"""Widgets of chapter 4, activation functions."""

import ipywidgets
import numpy as np

from .. import plots
from .core import Explorer, slider

MARGINS = {"left": 0.1, "right": 0.97, "bottom": 0.15, "top": 0.88}  # no layout engine
FIRST_HALF = (0.9, -0.55, -0.75, -0.5, 0.0, 0.0, 0.0, 0.0)


def shape_with_relus(sum_of_relus):
    """Eight sliders for the changes of slope at eight hinges, and a curve to match.

    `sum_of_relus` is a function (x, weights, hinges, start) -> y.
    """
    x, hinges = np.linspace(0, 2 * np.pi, 400), np.arange(8) * np.pi / 4
    targets = {
        "sine": np.sin(x),
        "hat": np.interp(x, [0, np.pi / 2, np.pi, 3 * np.pi / 2, 2 * np.pi], [0, 0, 1, 0, 0]),
        "arch": np.sqrt(np.maximum(1 - (x / np.pi - 1) ** 2, 0)),
    }

    def draw(target, **weights):
        weights = np.array(list(weights.values()))
        y = sum_of_relus(x, weights, hinges, 0.0)
        worst = np.abs(y - targets[target]).max()
        fig, ax = plots.plt.subplots(figsize=(6.4, 3.6), gridspec_kw=MARGINS)
        ax.plot(x, targets[target], color="#AAAAAA", linewidth=5)
        ax.plot(x, y, color=plots.COLORS[0])
        at_hinges = sum_of_relus(hinges, weights, hinges, 0.0)
        ax.plot(hinges, at_hinges, "o", color=plots.COLORS[1])
        ax.set(xlim=(-0.1, 6.4), ylim=(-1.8, 1.8), yticks=(-1, 0, 1), xlabel="x", ylabel="y")
        ax.set_title(f"Eight ReLUs; worst distance from the {target}: {worst:.2f}")
        return fig

    sliders = {
        f"w{k}": slider(f"change of slope at hinge {k}, x = {hinge:.2f}", -2.0, 2.0, w, 0.05)
        for k, (hinge, w) in enumerate(zip(hinges, FIRST_HALF), 1)
    }
    return Explorer(
        draw,
        "A sine as a wide grey curve, and a blue polygon with a dot at each of eight hinges. It "
        "follows the first half of the sine and then runs off in a straight line. Sliders change "
        "the slope at each hinge.",
        target=ipywidgets.Dropdown(options=list(targets), value="sine", description="target"),
        **sliders,
    )


def softmax_bars(softmax):
    """Bars of three scores and of their probabilities; sliders for scores and temperature.

    `softmax` is a function (…, classes) -> (…, classes).
    """

    def draw(first, second, third, temperature):
        scores = np.array([first, second, third])
        p = softmax(scores / temperature)
        fig, axes = plots.plt.subplots(
            1, 2, figsize=(6.4, 3), gridspec_kw=MARGINS | {"wspace": 0.28}
        )
        plots.score_bars(axes, scores, p, ("class 0", "class 1", "class 2"))
        axes[0].set_title("Scores")
        axes[1].set_title(f"Probabilities at T = {temperature:.1f}")
        return fig

    return Explorer(
        draw,
        "Two bar charts: the scores 2, 1.5 and −1 of three classes, and their probabilities at "
        "temperature 1, about 0.60, 0.37 and 0.03. Sliders change the scores and the temperature.",
        first=slider("score of class 0", -5.0, 5.0, 2.0, 0.1),
        second=slider("score of class 1", -5.0, 5.0, 1.5, 0.1),
        third=slider("score of class 2", -5.0, 5.0, -1.0, 0.1),
        temperature=slider("temperature T", 0.1, 10.0, 1.0, 0.1),
    )
