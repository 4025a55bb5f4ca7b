"""Figures of chapter 18, the model object. Blue is what you bring, green what the model makes."""

import numpy as np

from .ch01 import arrow, box, canvas, circle, words
from .core import COLORS, LIGHT, plt

BROUGHT, MADE = (COLORS[0], LIGHT[0]), (COLORS[2], LIGHT[2])
DATA, WAY = ("#777777", "#EEEEEE"), COLORS[1]
DARK = "#B84F00"  # orange for small letters


# The house


def house():
    """The parts that a model holds, and who calls whom in one step: fig."""
    fig, ax = canvas(11.2, 6.0, "A model holds its parts and says who is next")
    roof = ((1.45, 4.75), (2.35, 5.95), (10.05, 5.95), (10.95, 4.75))
    ax.add_patch(plt.Polygon(roof, facecolor="#EEEEEE", edgecolor="#777777", linewidth=1.6))
    walls = {"facecolor": "#FAFAFA", "edgecolor": "#777777", "linewidth": 1.6}
    ax.add_patch(plt.Rectangle((1.7, 0.1), 9.0, 4.65, **walls))
    words(ax, 6.2, 5.55, "Model", size=15, fontweight="bold")
    words(ax, 6.2, 5.08, "fit  →  for each epoch  train_epoch, evaluate  →  "
          "for each batch  train_step", size=10)
    rooms()
    for y, name in ((3.55, "x"), (4.45, "t")):
        circle(ax, 0.55, y, name, DATA, 0.27)
    words(ax, 0.55, 2.95, "a batch", "#555555", 10)
    steps(ax)
    words(ax, 0.1, 1.6, "blue:\nyou bring it", BROUGHT[0], 9.5, ha="left")
    words(ax, 0.1, 0.8, "green: the\nmodel makes it", MADE[0], 9.5, ha="left")
    return fig


def rooms():
    """The boxes inside the house, on the present axes."""
    ax = plt.gca()
    for x, y, width, height, name, what, colors in (
        (3.35, 3.5, 2.5, 1.1, "net", "Dense, ReLU, Dense", BROUGHT),
        (6.85, 3.5, 1.9, 1.1, "loss", "scores, t → L", BROUGHT),
        (9.5, 3.5, 1.8, 1.1, "metrics", "p, t → a number", BROUGHT),
        (3.35, 1.1, 2.5, 1.1, "parameters", "theta, grad", MADE),
        (6.85, 1.75, 1.9, 0.8, "penalties", "add to grad", BROUGHT),
        (6.85, 0.65, 1.9, 0.8, "optimizer", "changes theta", BROUGHT),
        (9.5, 1.1, 1.8, 1.1, "history", "a row per epoch", MADE),
    ):
        box(ax, x, y, width, height, "", colors)
        words(ax, x, y + 0.17, name, colors[0], 12, fontweight="bold")
        words(ax, x, y - 0.18, what, size=9.5)


def steps(ax):
    """The numbered arrows of one step, and those at the end of an epoch."""
    arrow(ax, (0.82, 3.55), (2.1, 3.55), WAY)
    ax.plot((0.82, 6.5), (4.45, 4.45), color=WAY, linewidth=1.8, zorder=2)
    arrow(ax, (6.5, 4.45), (6.5, 4.05), WAY)
    arrow(ax, (4.6, 3.7), (5.9, 3.7), WAY)
    arrow(ax, (5.9, 3.25), (4.6, 3.25), WAY)
    arrow(ax, (2.9, 2.95), (2.9, 1.65), WAY)
    arrow(ax, (5.9, 1.75), (4.6, 1.3), WAY)
    arrow(ax, (5.9, 0.65), (4.6, 0.85), WAY)
    ax.plot((3.9, 3.9), (2.95, 1.65), color=MADE[0], linestyle=(0, (3, 2)), linewidth=1.6)
    words(ax, 4.0, 2.3, "W, b are\nviews of theta", MADE[0], 9.5, ha="left")
    for x, y, number, text in ((1.3, 3.55, 1, ""), (5.25, 3.98, 2, "scores"),
                               (5.25, 2.97, 3, "dy"), (2.9, 2.3, 4, ""),
                               (5.27, 1.82, 5, ""), (5.27, 0.47, 6, "")):
        circle(ax, x - 0.3 * bool(text), y, str(number), (DARK, "white"), 0.17, 9)
        words(ax, x, y, text, DARK, 9.5, ha="left")
    words(ax, 2.62, 2.3, "dW, db", DARK, 9.5, ha="right")
    dots = {"linestyle": (0, (1, 1.5)), "width": 1.6}
    arrow(ax, (7.55, 2.95), (8.75, 1.65), "#777777", **dots)
    arrow(ax, (9.5, 2.95), (9.5, 1.65), "#777777", **dots)
    words(ax, 9.58, 2.3, "after each\nepoch", "#555555", 9.5, ha="left")


# The history


def history_panels(history, kept):
    """Loss and validation accuracy of each epoch, with the kept epoch as a star: fig."""
    fig, axes = plt.subplots(1, 2, figsize=(10, 3.7))
    epochs = np.arange(1, len(history["loss"]) + 1)
    names = {"loss": ("training, while learning", "-", 1), "val_loss": ("validation", "--", 0),
             "val_accuracy": ("validation", "--", 0)}
    for key, (label, line, color) in names.items():
        ax = axes[int(key == "val_accuracy")]
        ax.plot(epochs, history[key], line, color=COLORS[color], linewidth=1.6, label=label)
        if key != "loss":
            ax.plot(kept + 1, history[key][kept], "*", color="black", markersize=14, zorder=4,
                    label=f"kept: epoch {kept + 1}")
    for ax in axes:
        ax.axvspan(kept + 1, epochs[-1], color="#EEEEEE", zorder=0)
        ax.set(xlabel="epoch", xlim=(0, epochs[-1] + 1))
        ax.legend(fontsize=9)
    axes[0].set(title="Stopped when nothing improved", ylabel="cross-entropy (nats)", ylim=0)
    axes[1].set(title="The metric, for people", ylabel="accuracy")
    return fig


def patience_result(ax, loss, val_loss, last, kept):
    """One recorded run: its losses, where training would have stopped, what it would keep."""
    epochs = np.arange(1, len(loss) + 1)
    ax.plot(epochs, loss, color=COLORS[1], linewidth=1.2, label="training")
    ax.plot(epochs, val_loss, "--", color=COLORS[0], linewidth=1.6, label="validation")
    ax.axvspan(last + 1, epochs[-1] + 1, color="#DDDDDD", alpha=0.7, linewidth=0,
               label="never run")
    ax.plot(kept + 1, val_loss[kept], "*", color="black", markersize=14, zorder=4, label="kept")
    best = int(np.argmin(val_loss))
    ax.plot(best + 1, val_loss[best], "o", color=COLORS[0], markerfacecolor="none", markersize=11,
            label="best of the whole run")
    ax.set(xlim=(0, epochs[-1] + 1), ylim=(0, 1.35), xlabel="epoch", ylabel="loss (nats)",
           xticks=np.linspace(0, len(loss), 5), yticks=(0, 0.5, 1))  # few ticks: it is redrawn
    ax.legend(fontsize=8.5, loc="upper right", ncols=2)
