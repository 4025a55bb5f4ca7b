"""Figures of notebook b4, recurrent networks."""

import numpy as np

from .ch08 import graph
from .core import COLORS, MARKERS, plt


def unrolled_graph(x, a, h, w, u, da, dh):
    """A recurrent unit at each of its steps, values forward and slopes back: fig.

    x, a, h are the numbers of every step; da and dh the slopes of the loss by a and h.
    """
    places, values, slopes, edges = {}, {}, {}, []
    for t in range(len(x)):
        i, left = t + 1, 5.2 * t
        places[f"a{i}"], places[f"h{i}"] = (left, 0, (0, 1.0)), (left + 2.6, 0, (0, 1.0))
        places[f"x{i}"] = (left, -2.5, (0, 1))
        values |= {f"x{i}": x[t], f"a{i}": a[t], f"h{i}": h[t]}
        slopes |= {f"a{i}": da[t], f"h{i}": dh[t]}
        edges += [(f"x{i}", f"a{i}", w), (f"a{i}", f"h{i}", 1 - h[t] ** 2)]
        edges += [(f"h{i}", f"a{i + 1}", u)] if i < len(x) else []
    fig, ax = plt.subplots(figsize=(10.5, 3.3), layout="none")
    fig.subplots_adjust(0.01, 0.01, 0.99, 0.9)
    graph(ax, places, values, edges, slopes, size=9)
    ax.set(xlim=(-1, 5.2 * len(x) - 1.4), ylim=(-3.3, 1.5))
    ax.set_title("Values run to the right, slopes (orange) come back to the left")
    return fig


def draw_messages(ax, lines, title):
    """Sizes (seeds, steps back) by name on a logarithmic axis: medians, ranges, and names."""
    for i, (name, sizes) in enumerate(lines.items()):
        back, middle = np.arange(sizes.shape[1]), np.median(sizes, axis=0)
        ax.fill_between(back, sizes.min(axis=0), sizes.max(axis=0), color=COLORS[i], alpha=0.25,
                        linewidth=0)
        ax.semilogy(back, middle, color=COLORS[i], marker=MARKERS[i], markevery=10, label=name)
    ax.set(title=title, xlabel="steps back from the loss", ylabel="size of the message dL/dh")


def message_panels(panels):
    """Panels of `draw_messages` side by side on one scale; `panels`: title -> lines: fig."""
    fig, grid = plt.subplots(1, len(panels), figsize=(10.5, 3.9), sharey=True)
    for ax, (title, lines) in zip(grid, panels.items()):
        draw_messages(ax, lines, title)
    grid[0].legend(title="radius of U", fontsize=9, title_fontsize=9, loc="lower left")
    grid[-1].set_ylabel("")
    return fig


def learned_by_lag(results, chance):
    """Accuracies of every seed against the lag; `results`: start -> lag -> accuracies: fig."""
    fig, ax = plt.subplots(figsize=(7.6, 3.6))
    lags = list(next(iter(results.values())))
    for i, (name, by_lag) in enumerate(results.items()):
        for k, lag in enumerate(lags):
            runs = len(by_lag[lag])
            places = k + 0.3 * (i - 0.5) + np.linspace(-0.09, 0.09, runs)
            ax.plot(places, sorted(by_lag[lag]), linestyle="", marker=MARKERS[i], color=COLORS[i],
                    markersize=7, markeredgecolor="white", label=None if k else name)
    ax.axhline(chance, color="#777777", linestyle=":", linewidth=1.4)
    ax.text(len(lags) - 0.45, chance + 0.015, "guessing", fontsize=9, color="#555555", ha="right")
    ax.set_xticks(range(len(lags)), lags)
    ax.set(title="How long can it remember? Five seeds each", xlabel="steps to remember (lag)",
           ylabel="accuracy", ylim=(0.4, 1.05), xlim=(-0.5, len(lags) - 0.4))
    ax.legend(loc="center left", fontsize=9)
    return fig


def clipped_runs(lengths, losses, limit, seed):
    """Gradient lengths of one seed, and the losses of all; both: name -> (seeds, steps): fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.6))
    for i, (name, values) in enumerate(losses.items()):
        color = COLORS[1 - i]
        left.semilogy(np.maximum(lengths[name][seed], 1e-3), color=color, linewidth=1, label=name)
        smooth = np.array([np.convolve(row, np.ones(20) / 20, "valid") for row in values])
        for k, row in enumerate(smooth):
            right.plot(np.arange(20, 20 + len(row)), row, color=color, linewidth=1.3,
                       linestyle="-" if i else "--", label=None if k else name)
    left.axhline(limit, color="#777777", linestyle=":", linewidth=1.4)
    left.set(title=f"Length of the gradient, seed {seed}", xlabel="step",
             ylabel="length before clipping")
    right.set(title="Loss of all five seeds", xlabel="step", ylabel="loss (nats), mean of 20 steps")
    left.legend(fontsize=9)
    right.legend(fontsize=9)
    return fig


def scores_by_window(lengths, scores, baselines):
    """Errors on the year of decisions by length of window: name -> (lengths, seeds): fig."""
    fig, ax = plt.subplots(figsize=(7.6, 3.8))
    for i, (name, errors) in enumerate(scores.items()):
        errors = np.asarray(errors)
        ax.fill_between(lengths, errors.min(axis=1), errors.max(axis=1), color=COLORS[i],
                        alpha=0.2, linewidth=0)
        ax.plot(lengths, np.median(errors, axis=1), marker=MARKERS[i], color=COLORS[i], label=name)
    for name, error in baselines.items():
        ax.axhline(error, color="#777777", linestyle=":", linewidth=1.4)
        ax.text(lengths[0], error + 0.008, name, fontsize=9, color="#555555")
    ax.set(title="More days hurt a dense network, and hardly matter to the others",
           xlabel="days in the window", ylabel="RMSE on 2014 (°C)", xticks=lengths)
    ax.legend(fontsize=9)
    return fig


def fading_and_forecast(lines, scores):
    """Left the messages, right the errors of the test year, name -> errors of its seeds: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.8), width_ratios=(1, 1.15))
    draw_messages(left, lines, "A message fades, or grows, on its way back")
    left.legend(title="radius of U", fontsize=8, title_fontsize=8, loc="lower left")
    for i, (name, errors) in enumerate(scores.items()):
        color = COLORS[0] if name == "RNN" else COLORS[1] if len(errors) > 1 else "#555555"
        right.plot(np.sort(errors), i + np.linspace(-0.12, 0.12, len(errors)), MARKERS[i % 6],
                   color=color, markersize=7, markeredgecolor="white")
        right.text(max(errors) + 0.03, i, f"{np.median(errors):.2f}", va="center", fontsize=9,
                   color=color)
    right.set_yticks(range(len(scores)), scores)
    right.invert_yaxis()
    right.set(title="Tomorrow's temperature, 2015", xlabel="RMSE (°C)")
    right.set_xlim(right.get_xlim()[0], right.get_xlim()[1] + 0.15)
    return fig


def states_and_message(states, sizes, title):
    """States (steps, units) over time, and sizes of the message by steps back: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8.8, 2.9))
    fig.subplots_adjust(0.08, 0.16, 0.985, 0.88, 0.24)
    left.plot(states, linewidth=1.3)
    left.set(title="state of three units", xlabel="step", ylim=(-1.05, 1.05), yticks=(-1, 0, 1))
    powers = (-12, -6, 0, 6)  # a logarithmic axis by hand, which is quicker to draw
    right.plot(np.log10(sizes), color=COLORS[1])
    right.axhline(0, color="#777777", linestyle=":", linewidth=1.4)
    right.set(title=title, xlabel="steps back from the loss", ylim=(-12.5, 8.5))
    right.set_yticks(powers, [f"1e{power}" if power else "1" for power in powers])
    for ax in (left, right):
        ax.locator_params("x", nbins=3)
    return fig
