"""Widgets of chapter 19, a real dataset."""

import ipywidgets
import numpy as np

from .. import plots
from .core import Explorer, slider


def browse_predictions(pictures, probabilities, t, names):
    """Step through pictures (n, 28, 28) and see the probabilities (n, classes)."""
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != t)
    order = {"all pictures": np.arange(len(t)), "only mistakes": mistakes}

    def draw(which, number):
        rows = order[which]
        return prediction_figure(pictures, probabilities, t, names, rows[number % len(rows)])

    return Explorer(
        draw,
        "A Fashion-MNIST picture beside a bar chart of the ten class probabilities. Controls step "
        "through all pictures or only the mistakes.",
        which=ipywidgets.Dropdown(options=list(order), value="only mistakes", description="show"),
        number=slider("picture", 0, 199, 0),
    )


def prediction_figure(pictures, probabilities, t, names, row):
    """One picture and the bars of its class probabilities, the true class in green: fig."""
    margins = {"left": 0.02, "right": 0.97, "bottom": 0.15, "wspace": 0.35}  # no layout engine
    fig, (left, right) = plots.plt.subplots(
        1, 2, figsize=(7, 3.4), width_ratios=(1, 1.4), gridspec_kw=margins
    )
    left.imshow(pictures[row], cmap="gray_r")
    left.axis("off")
    left.set_title(f"picture {row}: {names[t[row]]}")
    guess = probabilities[row].argmax()
    colors = ["#BBBBBB"] * len(names)
    colors[guess], colors[t[row]] = plots.COLORS[1], plots.COLORS[2]
    right.barh(names, probabilities[row], color=colors)
    right.invert_yaxis()
    right.set(xlim=(0, 1), xlabel="probability")
    right.set_title(f"prediction: {names[guess]}" + ("" if guess == t[row] else " (wrong)"))
    right.grid(axis="y", visible=False)
    return fig
