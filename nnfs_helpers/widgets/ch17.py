"""Widgets of chapter 17, regression."""

import ipywidgets
import numpy as np

from .. import plots
from .core import Explorer, slider


def outlier_drag(best_line, losses, x, t, index):
    """Lift one target of (n,) and watch the best line under the chosen loss.

    `best_line(loss, x, t)` -> (slope, height); `losses` are {name: loss}; `index` is the row.
    """
    clean = {name: best_line(loss, x, t) for name, loss in losses.items()}

    def draw(height, name):
        moved = t.copy()
        moved[index] = height
        return outlier_figure(x, moved, index, best_line(losses[name], x, moved), clean[name], name)

    return Explorer(
        draw,
        "Eight points near a rising line, one of which, an orange square, can be lifted or "
        "lowered. A solid line is the best fit under the chosen loss, a dashed one the fit "
        "before the point was moved. Controls set the point's height and the loss.",
        height=slider("height of the square (°C)", -10, 40, 34),
        name=ipywidgets.Dropdown(options=list(losses), description="loss"),
    )


def outlier_figure(x, t, index, line, before, name):
    """Points (n,), the moved one marked, and the best line now and before: fig."""
    fig = plots.plt.figure(figsize=(6.8, 3.8))
    ax = fig.add_axes((0.1, 0.15, 0.87, 0.72))
    others = np.arange(len(x)) != index
    ends = np.array([0.0, len(x) + 1.0])
    ax.plot(ends, before[0] * ends + before[1], "--", color="#777777", label="before")
    ax.plot(ends, line[0] * ends + line[1], color=plots.COLORS[0], label="now")
    ax.plot(x[others], t[others], "o", color="black", markersize=7)
    ax.plot(x[index], t[index], "s", color=plots.COLORS[1], markersize=10)
    ax.set(xlim=ends, ylim=(-12, 42), xlabel="hour", ylabel="temperature (°C)")
    ax.set(xticks=range(0, 10, 3), yticks=(-10, 0, 10, 20, 30, 40))
    ax.legend(loc="upper left", fontsize=9)
    ax.set_title(f"{name}: slope {line[0]:.2f} °C an hour (before: {before[0]:.2f})", fontsize=11.5)
    return fig
