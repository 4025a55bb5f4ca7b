"""Widgets of chapter 1, introducing neural networks."""

import numpy as np

from .. import plots
from .core import Explorer, slider

MARGINS = {"left": 0.11, "right": 0.97, "bottom": 0.13, "top": 0.9}


def decision_line(neuron, mistakes, x, t, names):
    """Turn and lift a line between two species by hand, and count the mistakes.

    `neuron` is a function (x, slope, height) -> z and `mistakes` one of (z, t); x (n, 2) are the
    lengths and depths of the bills, t (n,) says 0 or 1.
    """
    ends = np.array([31.0, 60.0])

    def draw(slope, height):
        z = neuron(x, slope, height)
        fig, ax = plots.plt.subplots(figsize=(6.2, 4.3), gridspec_kw=MARGINS)
        depth = height + slope * (ends - 43)
        ax.fill_between(ends, depth, 23, color=plots.LIGHT[0], linewidth=0)
        ax.fill_between(ends, 14, depth, color=plots.LIGHT[1], linewidth=0)
        ax.plot(ends, depth, color="black")
        plots.points(ax, x, t, names, size=24)
        ring(ax, *x[(z > 0) != t].T)
        ax.text(32, 21.5, f"● {names[0]}", color=plots.COLORS[0])  # quicker than a legend
        ax.text(59, 15.2, f"■ {names[1]}", color=plots.COLORS[1], ha="right")
        ax.set(xlim=ends, ylim=(14.8, 22), xlabel="bill length (mm)", ylabel="bill depth (mm)")
        ax.set(xticks=(35, 43, 51, 59), yticks=(16, 18, 20, 22))
        ax.set_title(f"{mistakes(z, t)} mistakes (ringed) among {len(t)} birds")
        ax.grid(False)
        return fig

    return Explorer(
        draw,
        "Scatter plot of Adelie and Chinstrap penguins by bill length and bill depth, with a "
        "nearly flat line through both clouds. Above it counts as Adelie, below as Chinstrap. 70 "
        "of 219 birds are on the wrong side and ringed. Sliders set slope and height of the line.",
        slope=slider("slope of the line (mm per mm)", 0.0, 1.0, 0.1, 0.02),
        height=slider("its height at a length of 43 mm (mm)", 15.0, 22.0, 18.0, 0.1),
    )


def ring(ax, x, y):
    """Rings around the mistakes."""
    ax.scatter(x, y, s=95, facecolor="none", edgecolor="black", linewidth=1.1, zorder=4)


def five_sliders(neuron, mistakes, x, t, names, columns):
    """One neuron with four weights and a bias by hand: every bird on the scale of its z.

    `neuron` is a function (x, w, b) -> z and `mistakes` one of (z, t); x (n, 4) is standardised.
    """
    rows = t + np.random.default_rng(0).uniform(-0.32, 0.32, len(t))  # apart, to see them all

    def draw(b, **weights):
        z = neuron(x, np.array(list(weights.values())), b)
        fig, ax = plots.plt.subplots(figsize=(6.2, 3.2), gridspec_kw=MARGINS | {"bottom": 0.17})
        reach = max(1.0, 1.05 * np.abs(z).max())
        ax.axvspan(-reach, 0, color=plots.LIGHT[0])
        ax.axvspan(0, reach, color=plots.LIGHT[1])
        ax.axvline(0, color="black")
        plots.points(ax, np.stack([z, rows], axis=1), t, names, size=24)
        ring(ax, z[(z > 0) != t], rows[(z > 0) != t])
        ax.set(xlim=(-reach, reach), ylim=(-0.6, 1.6), xlabel="z: below 0 says Adelie, above 0 "
               "Chinstrap")
        ax.set_yticks((0, 1), names, rotation=90, va="center")
        ax.locator_params(axis="x", nbins=4)
        ax.set_title(f"{mistakes(z, t)} mistakes (ringed) among {len(t)} birds")
        ax.grid(False)
        return fig

    weights = {
        f"w{i}": slider(f"weight of {name}", -3.0, 3.0, float(i == 1), 0.1)
        for i, name in enumerate(columns, 1)
    }
    return Explorer(
        draw,
        "Every bird as a point on the axis of its weighted sum z, Adelie in the lower band, "
        "Chinstrap in the upper one, a vertical line at zero between the two guesses; mistakes are "
        "ringed. Five sliders set four weights and the bias.",
        **weights,
        b=slider("bias", -3.0, 3.0, 0.0, 0.1),
    )
