"""Figures of chapter 10, optimizers."""

import numpy as np

from .core import COLORS, MARKERS, plt, regions


def ravine(ax, H, width, height):
    """½ θᵀHθ around its lowest place, which gets a star, in ten bands; white is low."""
    x, y = np.meshgrid(np.linspace(-width, width, 360), np.linspace(-height, height, 270))
    level = np.sqrt(H[0][0] * x * x + 2 * H[0][1] * x * y + H[1][1] * y * y)
    band = np.floor(10 * level / (1.001 * level.max()))
    box = (-width, width, -height, height)
    style = {"cmap": "Blues", "vmin": 0, "vmax": 18, "interpolation": "nearest"}
    ax.imshow(band, origin="lower", extent=box, aspect="auto", **style)  # quicker than contours
    ax.plot(0, 0, "*", color=COLORS[4], markersize=13, markeredgecolor="black", zorder=5)
    ax.set(xlim=(-width, width), ylim=(-height, height), xlabel="θ₁", ylabel="θ₂")
    ax.locator_params(nbins=5)
    ax.grid(False)


def inside(path, limit=1e6):
    """A path with the places that blew up left out, so that it can be drawn."""
    good = np.isfinite(path).all(axis=1) & (np.abs(path) < limit).all(axis=1)
    return path[good]


def ravine_paths(H, paths, width=8.5, height=2.2):
    """Walks on a ravine, a panel each; `paths`: title -> places (steps + 1, 2): fig."""
    fig, axes = plt.subplots(1, len(paths), figsize=(10.5, 3.3), sharey=True)
    for ax, (title, path) in zip(axes, paths.items()):
        ravine(ax, H, width, height)
        ax.plot(*inside(path).T, "-o", color=COLORS[1], linewidth=1, markersize=3.5)
        ax.plot(*path[0], "s", color="black", markersize=7)
        ax.set_title(title, fontsize=11)
        ax.set_ylabel(ax.get_ylabel() if ax is axes[0] else "")
    return fig


def race_frame(panels, n):
    """The first n steps of several walks; `panels`: title -> (H, name -> places): fig."""
    fig, axes = plt.subplots(1, len(panels), figsize=(9.6, 4.3))
    for ax, (title, (H, paths)) in zip(axes, panels.items()):
        turned = H[0][1] != 0
        ravine(ax, H, 7.5, 7.5 if turned else 2.2)
        for i, (name, path) in enumerate(paths.items()):
            ax.plot(*path[: n + 1].T, color=COLORS[i], linewidth=1.3, alpha=0.8)
            head = {"color": COLORS[i], "marker": MARKERS[i], "markeredgecolor": "white"}
            ax.plot(*path[n], linestyle="", markersize=9, zorder=6, label=name, **head)
        ax.set_title(title)
    axes[0].legend(loc="upper right", fontsize=8.5, frameon=True, framealpha=0.9)
    axes[1].text(0.03, 0.04, f"step {n}", transform=axes[1].transAxes, fontsize=13)
    return fig


def walk_and_distance(H, path, title):
    """A walk on a ravine, and its distance from the lowest place in each direction: fig."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.7))
    fig.subplots_adjust(left=0.08, right=0.98, top=0.87, bottom=0.14, wspace=0.27)
    ravine(left, H, 8.5, 2.2)
    left.plot(*inside(path).T, "-o", color=COLORS[1], linewidth=1, markersize=3.5)
    left.plot(*path[0], "s", color="black", markersize=7)
    left.set_title(title)
    heights = np.log10(np.clip(np.abs(np.nan_to_num(path, nan=1e9)), 1e-9, 1e9))
    for i, name in enumerate(("flat direction θ₁", "steep direction θ₂")):
        style = {"color": COLORS[2 * i], "marker": MARKERS[i], "markevery": 6}
        right.plot(heights[:, i], linewidth=1.5, markersize=4.5, **style)
        text = f"{'●■'[i]} {name}"  # quicker than a legend
        right.text(0.03, 0.93 - 0.08 * i, text, color=COLORS[2 * i], transform=right.transAxes)
    right.set(title="distance after each step", xlabel="step", ylim=(-7, 5))
    right.locator_params(axis="x", nbins=4)
    right.set_yticks((-6, -3, 0, 3), ("10⁻⁶", "10⁻³", "1", "10³"))
    return fig


def moments(ax, panels, x, t, resolution=240):
    """Decision regions side by side; `panels`: title -> the function from points to scores."""
    for one, (title, scores) in zip(ax, panels.items()):
        regions(one, scores, x, t, resolution=resolution)
        one.set(title=title, xlabel="x₁")
    ax[0].set_ylabel("x₂")


def rank_lines(ax, scores):
    """The places of several contestants, seed by seed; `scores`: name -> (seeds,), more is better.
    """
    names, values = list(scores), np.array(list(scores.values()))
    ranks = 1 + (values[None, :] > values[:, None]).sum(axis=1)  # ties share the better place
    shift = 0.07 * (np.arange(len(names)) - len(names) // 2)  # so that ties stay visible
    for i, name in enumerate(names):
        style = {"color": COLORS[i], "marker": MARKERS[i]}
        seeds = np.arange(values.shape[1])
        ax.plot(seeds, ranks[i] + shift[i], linewidth=1.6, markersize=8, **style)
        ax.text(seeds[-1] + 0.12, ranks[i][-1] + shift[i], name, color=COLORS[i], va="center",
                fontsize=9)
    ax.set(xticks=seeds, xlim=(-0.2, seeds[-1] + 1.4), yticks=np.arange(1, len(names) + 1))
    ax.invert_yaxis()
