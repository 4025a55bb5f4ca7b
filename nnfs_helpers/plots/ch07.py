"""Figures of chapter 7, derivatives."""

import numpy as np

from .core import COLORS, MARKERS, plt


def secant_frame(f, x, h, slope, grid):
    """The curve of f on `grid`, its secant from x to x + h, and the tangent at x: fig."""
    fig, ax = plt.subplots(figsize=(6.2, 4.2))
    quotient = (f(x + h) - f(x)) / h
    ax.plot(grid, f(grid), color=COLORS[0], linewidth=2.2)
    ax.plot(grid, f(x) + slope * (grid - x), color="#999999", linestyle=":")
    ax.plot(grid, f(x) + quotient * (grid - x), color=COLORS[1])
    ax.plot([x, x + h], [f(x), f(x + h)], "o", color=COLORS[1], markersize=7)
    ax.plot([x, x + h, x + h], [f(x), f(x), f(x + h)], color="#666666", linestyle="--", linewidth=1)
    ax.text(grid[0], f(grid[-1]) * 0.93, f"h = {h:.2f}", fontsize=13)
    ax.text(grid[0], f(grid[-1]) * 0.83, f"slope of the secant {quotient:.2f}", color=COLORS[1])
    ax.text(grid[0], f(grid[-1]) * 0.74, f"slope of the tangent {slope:.2f}", color="#666666")
    ax.set(title="The secant turns into the tangent", xlabel="x", ylabel="f(x)")
    ax.set(ylim=(f(grid[0]) - 0.6, f(grid[-1]) * 1.02))
    return fig


def functions_and_slopes(panels):
    """For each name: grid, values, slopes; the function above, its slope below: fig."""
    fig, axes = plt.subplots(2, len(panels), figsize=(2.5 * len(panels), 4.4), sharex="col")
    for (name, (grid, values, slopes)), (top, bottom) in zip(panels.items(), axes.T):
        top.plot(grid, values, color=COLORS[0], linewidth=2.2)
        jumps = np.abs(np.diff(slopes, append=slopes[-1])) > 0.9
        bottom.plot(grid, np.where(jumps, np.nan, slopes), color=COLORS[1], linewidth=2.2)
        bottom.axhline(0, color="#999999", linewidth=1)
        top.set_title(name)
        bottom.set_xlabel("x")
    axes[0, 0].set_ylabel("f(x)")
    axes[1, 0].set_ylabel("slope f ′(x)")
    return fig


def error_valleys(panels):
    """Errors against step size, doubly logarithmic, in one panel for each kind of number: fig.

    `panels`: title -> (steps h, name of the method -> (measured errors, truncation, rounding)).
    """
    fig, axes = plt.subplots(1, len(panels), figsize=(10, 4.6), sharey=True)
    for ax, (title, (h, methods)) in zip(axes, panels.items()):
        for i, (name, (errors, truncation, rounding)) in enumerate(methods.items()):
            style = {"color": COLORS[i], "marker": MARKERS[i]}
            ax.loglog(h, truncation, color=COLORS[i], linestyle="--", linewidth=1)
            ax.loglog(h, rounding, color=COLORS[i], linestyle=":", linewidth=1.2)
            ax.loglog(h, errors, markersize=4, linewidth=1, label=name, **style)
            best = np.argmin(errors)
            star = {"markersize": 15, "color": COLORS[4], "markeredgecolor": "black"}
            ax.plot(h[best], errors[best], "*", **star)
        lowest = min(min(errors) for errors, *_ in methods.values())
        ax.set(title=f"{title}: no better than {lowest:.0e}", xlabel="step size h")
        ax.set(ylim=(1e-12, 10))
    axes[0].set_ylabel("largest error of the slope")
    axes[0].plot([], [], "--", color="#666666", linewidth=1, label="truncation, on paper")
    axes[0].plot([], [], ":", color="#666666", linewidth=1.2, label="rounding, on paper")
    axes[0].legend(fontsize=9, loc="upper center")
    return fig


def staircase(ax, f, path, grid):
    """A descent on the curve of f: places (steps,), drawn as dots on the curve, joined."""
    ax.plot(grid, f(grid), color="#777777", linewidth=1.4)
    seen = path[(path >= grid[0]) & (path <= grid[-1])]
    ax.plot(seen, f(seen), "-o", color=COLORS[1], linewidth=1, markersize=5)
    ax.plot(path[0], f(path[0]), "s", color=COLORS[0], markersize=8)
    ax.set(xlim=(grid[0], grid[-1]))


def descents(f, paths, grid):
    """Several descents on one curve; `paths`: title -> places (steps,): fig."""
    fig, axes = plt.subplots(1, len(paths), figsize=(10.5, 3.2), sharey=True)
    for ax, (title, path) in zip(axes, paths.items()):
        staircase(ax, f, path, grid)
        ax.set(title=title, xlabel="x", ylim=(-0.08 * f(grid[0]), 1.05 * f(grid[0])))
    axes[0].set_ylabel("f(x)")
    return fig


def tangent_and_slope(f, slope, x, h, grid):
    """Above f with secant and tangent at x, below its slope as a curve of its own: fig."""
    fig, (top, bottom) = plt.subplots(2, 1, figsize=(6, 5.4), sharex=True)
    fig.subplots_adjust(left=0.11, right=0.98, top=0.93, bottom=0.1, hspace=0.12)
    quotient, exact = (f(x + h) - f(x)) / h, slope(x)
    top.plot(grid, f(grid), color=COLORS[0], linewidth=2.2)
    top.plot(grid, f(x) + quotient * (grid - x), color=COLORS[1])
    top.plot(grid, f(x) + exact * (grid - x), "--", color="#333333")
    top.plot([x, x + h], [f(x), f(x + h)], "o", color=COLORS[1], markersize=7)
    top.set(ylabel="f(x)", ylim=(f(grid).min() - 0.6, f(grid).max() + 0.6))
    top.set_title(f"Slope of the tangent {exact:.3f}, of the secant {quotient:.3f}")
    bottom.plot(grid, slope(grid), color=COLORS[2], linewidth=2.2)
    bottom.axhline(0, color="#999999", linewidth=1)
    bottom.plot(x, exact, "o", color="black", markersize=8)
    bottom.set(xlabel="x", ylabel="slope f ′(x)", xlim=(grid[0], grid[-1]))
    bottom.locator_params(axis="x", nbins=5)
    for ax in (top, bottom):
        ax.locator_params(axis="y", nbins=4)
    return fig


def descent_and_heights(f, path, grid, title):
    """A descent on its curve, and the height after each step on a logarithmic axis: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3.8))
    fig.subplots_adjust(left=0.08, right=0.98, top=0.88, bottom=0.14, wspace=0.25)
    staircase(left, f, path, grid)
    left.set(title=title, xlabel="x", ylabel="f(x)", ylim=(-0.08 * f(grid).max(), f(grid).max()))
    right.plot(np.log10(np.maximum(f(path), 1e-12)), "-o", color=COLORS[1], markersize=4)
    right.set(title="height after each step", xlabel="step", ylim=(-12, 6), xticks=(0, 10, 20, 30))
    right.set_yticks((-12, -6, 0, 6), ("10⁻¹²", "10⁻⁶", "1", "10⁶"))  # quicker than a log axis
    left.locator_params(nbins=4)
    return fig
