"""Drawings of chapter 17, regression."""

import numpy as np

from .core import COLORS, MARKERS, plt

STYLES = ("-", "--", "-.")


def fit_and_year(x, t, fitted, day, truth, predicted, monthly):
    """The sine with its fit, and a year of temperatures with prediction and month means: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(11, 3.9), width_ratios=(1, 1.5))
    left.plot(x, t, "o", color="#BBBBBB", markersize=7, label="100 points")
    left.plot(x, fitted, color=COLORS[1], linewidth=1.6, label="network")
    left.set(title="One period of a sine", xlabel="x", ylabel="y")
    left.legend()
    right.plot(day, truth, ".", color="#999999", markersize=4, label="measured")
    right.plot(day, monthly, color=COLORS[0], linestyle="--", linewidth=1.4, label="month means")
    right.plot(day, predicted, color=COLORS[1], linewidth=2.2, label="network")
    right.set(title="Seattle's days in 2015, predicted from the years before")
    right.set(xlabel="day of the year", ylabel="highest temperature (°C)", xlim=(0, 365))
    right.legend(loc="upper left", ncols=3, fontsize=8.5, columnspacing=1)
    right.set_ylim(top=42)
    return fig


def losses_and_outlier(guesses, curves, heights, best):
    """Losses over a constant prediction, and the best constant over one reading's height: fig.

    `curves` and `best` are {name: values}, over `guesses` and over `heights`.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.8))
    for (name, values), color, style in zip(curves.items(), COLORS, STYLES):
        low = np.argmin(values)
        share = values / values[low]
        left.plot(guesses, share, style, color=color, label=name)
        left.plot(guesses[low], 1, "v", color=color, markersize=9)
    left.set(title="Each loss has its own lowest point", ylim=(0.8, 4))
    left.set(xlabel="constant prediction c (°C)", ylabel="loss / its lowest value")
    for (name, values), color, style in zip(best.items(), COLORS, STYLES):
        right.plot(heights, values, style, color=color, label=name)
    right.set(title="What one reading does to the best c")
    right.set(xlabel="the fifth reading (°C)", ylabel="best constant (°C)")
    right.legend()
    return fig


def bell_and_slope(errors, losses, slopes):
    """Losses of one error and their slopes, {name: values} each: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10, 3.5))
    for ax, curves in ((left, losses), (right, slopes)):
        for (name, values), color, style in zip(curves.items(), COLORS, STYLES):
            ax.plot(errors, values, style, color=color, label=name)
        ax.set_xlabel("error e = y − t")
    left.set(title="The price of an error", ylabel="loss", ylim=(-0.2, 6))
    right.set(title="How hard it pulls", ylabel="slope", ylim=(-4, 4))
    right.legend()
    return fig


def fit_frame(x, t, y, step, loss):
    """One picture of the fit on its way: the points, the network's output, step and loss: fig."""
    fig, ax = plt.subplots(figsize=(6, 3.6))
    ax.plot(x, t, "o", color="#999999", markersize=3.5)
    ax.plot(x, y, color=COLORS[1], linewidth=2.4)
    ax.set(xlim=(-0.02, 1.02), ylim=(-1.6, 1.6), xlabel="x", ylabel="y")
    ax.set_title(f"after {step:,} steps: loss {loss:.5f}")
    return fig


def starts(x, t, outputs):
    """Networks' outputs {title: (seeds, samples)} after the same training, a panel each: fig."""
    fig, axes = plt.subplots(1, len(outputs), figsize=(11, 3.1), sharey=True)
    for ax, (title, curves) in zip(axes, outputs.items()):
        ax.plot(x, t, "o", color="#BBBBBB", markersize=3)
        for curve in curves:
            ax.plot(x, curve, color=COLORS[1], linewidth=1.2)
        ax.set_title(title, fontsize=10.5)
        ax.set(xlabel="x", xticks=(0, 0.5, 1))
    axes[0].set_ylabel("y")
    return fig


def spread_by_scale(names, results, title, y):
    """A dot for every seed and start scale, {rule: (scales, seeds)}: fig."""
    fig, ax = plt.subplots(figsize=(8.4, 3.9))
    for i, (rule, values) in enumerate(results.items()):
        values = np.asarray(values)
        places = np.arange(len(names)) + 0.14 * (2 * i - len(results) + 1)
        style = {"color": COLORS[i], "marker": MARKERS[i], "linestyle": "none", "alpha": 0.75}
        ax.plot(places, values, **style)
        ax.plot([], [], **style, label=rule)
        ax.plot(places, np.median(values, axis=1), color=COLORS[i], linewidth=1, linestyle="--")
    ax.axhline(0.02, color="#777777", linewidth=1, linestyle=":")
    ax.set_yscale("log")
    ax.set(title=title, xlabel="deviation of the initial weights", ylabel=y)
    ax.set_xticks(range(len(names)), names)
    ax.legend()
    return fig


def residuals(day, error, predicted, unit):
    """Errors t − y over the year, against the prediction, and as a histogram: fig."""
    fig, (left, middle, right) = plt.subplots(
        1, 3, figsize=(11.5, 3.5), sharey=True, width_ratios=(1.6, 1.2, 0.8)
    )
    for ax, places in ((left, day), (middle, predicted)):
        ax.plot(places, error, ".", color=COLORS[0], markersize=5, alpha=0.7)
        ax.axhline(0, color="#555555", linewidth=1)
    window = np.ones(31) / 31
    smooth = np.convolve(error, window, mode="valid")
    left.plot(day[15:-15], smooth, color=COLORS[1], linewidth=2.2, label="mean of 31 days")
    left.legend(loc="lower left")
    left.set(title="Errors come in spells", xlabel="day of the year")
    left.set_ylabel(f"measured − predicted ({unit})")
    middle.set(title="Wider in summer", xlabel=f"predicted ({unit})")
    right.hist(error, 25, orientation="horizontal", color=COLORS[0], alpha=0.7)
    right.axhline(error.mean(), color=COLORS[1], linewidth=2)
    right.axhline(0, color="#555555", linewidth=1)
    right.set(title=f"mean {error.mean():+.1f} {unit}", xlabel="days")
    return fig


def outside(x, curves, inside=(0, 1)):
    """Networks beyond their data: {title: (seeds, samples)}, a panel each: fig."""
    fig, axes = plt.subplots(1, len(curves), figsize=(10, 3.6), sharey=True)
    for ax, (title, many) in zip(axes, curves.items()):
        ax.axvspan(*inside, color="#EEEEEE", zorder=0)
        ax.plot(x, np.sin(2 * np.pi * x), ":", color="#555555", label="the sine goes on")
        for i, curve in enumerate(many):
            ax.plot(x, curve, color=COLORS[1], linewidth=1.2, label="networks" if i == 0 else None)
        ax.set(title=title, xlabel="x", ylim=(-4, 4))
    axes[0].set_ylabel("y")
    axes[0].legend(loc="upper left")
    return fig
