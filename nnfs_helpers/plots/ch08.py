"""Figures of chapter 8: gradients and computational graphs."""

import numpy as np

from .core import COLORS, LIGHT, plt

BLUE, ORANGE, INK = COLORS[0], "#B84E00", "#333333"
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


# Contours and gradients


def contours(ax, f, a, b, levels):
    """Lines of equal f(a, b) over a soft colouring, on the grid of the vectors a and b."""
    heights = f(*np.meshgrid(a, b))
    ax.contourf(a, b, heights, levels, cmap="Blues", alpha=0.45, extend="both")
    ax.contour(a, b, heights, levels, colors="#6C8EA4", linewidths=0.8, linestyles="-")
    ax.set(xlabel="a", ylabel="b", aspect="equal")
    ax.grid(False)


def gradient_field(f, gradient, a, b, levels, paths):
    """Two panels, the gradients of f as arrows over its contours, and paths (steps, 2): fig.

    `gradient` is a function of a and b that gives a pair.
    """
    fig, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.9), sharey=True)
    for ax in (left, right):
        contours(ax, f, a, b, levels)
    places = np.meshgrid(np.linspace(a[0], a[-1], 17)[1:-1], np.linspace(b[0], b[-1], 11)[1:-1])
    arrows = np.array(gradient(*places))
    lengths = np.maximum(np.linalg.norm(arrows, axis=0), 1e-9)
    shown = arrows / lengths**0.5  # else the steep rim hides the rest
    left.quiver(*places, *shown, color=BLUE, angles="xy", width=0.0045, scale=38)
    left.set_title("Gradients cross contours at right angles")
    for path, color, marker in zip(paths, (ORANGE, COLORS[2], COLORS[3]), "os^"):
        right.plot(*path.T, f"-{marker}", color=color, markersize=4, linewidth=1.2)
        right.plot(*path[0], marker, color=color, markersize=9)
    right.set(title="Steps against the gradient", ylabel="")
    return fig


def slopes_by_angle(degrees, measured, length, best):
    """Slopes measured in sampled directions against their angle, and length · cos(angle − best)."""
    fig, ax = plt.subplots(figsize=(7, 3.6))
    grid = np.arange(0, 361, 2)
    ax.plot(grid, length * np.cos(np.radians(grid - best)), color="#888888", label="|g| cos φ")
    ax.plot(degrees, measured, "o", color=BLUE, markersize=4, label="measured by nudging")
    ax.plot(best, length, "*", color=COLORS[4], markersize=17, markeredgecolor="black")
    ax.text(best + 14, length, "direction of the gradient", va="center")
    for side in (best + 90, best + 270):
        ax.plot(side, 0, "D", color=ORANGE, markersize=8)
    ax.text(best + 98, 0.4, "along the contour", color=ORANGE)
    ax.axhline(0, color="#999999", linewidth=1)
    ax.set(xlabel="direction (degrees)", ylabel="slope", xticks=range(0, 361, 45))
    ax.set_title("No direction is steeper than the gradient")
    ax.legend(loc="upper right")
    return fig


def gradient_at(ax, f, gradient, place, a, b, heights, levels):
    """The contours, and at `place` the gradient, the contour through it, and its tangent."""
    ax.contour(a, b, heights, levels, colors="#9DB6C6", linewidths=0.8, linestyles="-")
    value, (da, db) = f(*place), gradient(*place)
    ax.contour(a, b, heights, [value], colors=[BLUE], linewidths=2.2, linestyles="-")
    length = np.hypot(da, db)
    if length > 1e-9:
        along = np.array([-db, da]) / length
        ends = np.array([place - 1.1 * along, place + 1.1 * along])
        ax.plot(*ends.T, "--", color=INK, linewidth=1.4)
        style = {"arrowstyle": "-|>", "color": ORANGE, "linewidth": 2.6, "mutation_scale": 18}
        tip = place + np.array([da, db]) * 0.12
        ax.annotate("", tip, place, arrowprops=style | {"shrinkA": 0, "shrinkB": 0})
    ax.plot(*place, "o", color="black", markersize=7)
    text = f"f = {value:.2f},  gradient ({da:.2f}, {db:.2f}),  length {length:.2f}"
    ax.set_title(text.replace("-", "−"), fontsize=11)
    ax.set(xlabel="a", ylabel="b", xlim=(a[0], a[-1]), ylim=(b[0], b[-1]), aspect="equal")
    ax.grid(False)


# Computational graphs


def short(value):
    """A number with at most three decimals and a real minus sign: −0.378, 2.5, 1."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return ("0" if text in ("-0", "0") else text).replace("-", "−")


def bracketed(value):
    """A number as in a product: −1 becomes (−1)."""
    return f"({short(value)})" if value < 0 else short(value)


def label(name):
    """The text for a node: "z0" becomes z₀, and entries like "W1[0, 1]" stay as in code."""
    return name if "[" in name else name.translate(SUBSCRIPTS)


def graph(ax, places, values, edges, slopes=None, active=(), travelling=False, arcs=None,
          size=8.5):
    """Draw a graph: nodes with their values, edges with their partial derivatives.

    `places`: node -> (x, y, (dx, dy) from there to its slope); `edges` are triples (start, end,
    partial); `slopes`, as far as they are known, are orange; the nodes `active` are highlighted,
    and so are the edges that lead out of them. If `travelling`, these edges show what they
    contribute, partial times slope, instead of the partial.
    """
    for start, end, partial in edges:
        hot = start in active
        bend = (arcs or {}).get((start, end), 0.0)
        gaps = (0.5 if "[" in start else 0.6, 0.64)
        pill = travelling and hot
        text = short(partial * slopes[end] if pill else partial)
        edge(ax, places[start][:2], places[end][:2], gaps, text, hot, bend, size, pill)
    for name, (x, y, (dx, dy)) in places.items():
        small = "[" in name
        face = "#F3F3F3" if small else LIGHT[0] if name in values else "white"
        line = ORANGE if name in active else "#888888" if small else BLUE
        style = {"facecolor": face, "edgecolor": line, "linewidth": 1.6, "zorder": 3}
        if small:
            box = plt.Rectangle((x - 0.62, y - 0.42), 1.24, 0.84, **style | {"linewidth": 1.1})
        else:
            box = plt.Circle((x, y), 0.6, **style)
        ax.add_patch(box)
        text = f"{label(name)}\n{short(values[name])}"
        middle = {"ha": "center", "va": "center", "zorder": 4}
        ax.text(x, y, text, fontsize=size, color=INK, linespacing=1.05, **middle)
        if slopes and name in slopes:
            pill = {"facecolor": LIGHT[1], "edgecolor": "none", "boxstyle": "round,pad=0.18"}
            words = {"fontsize": size, "color": "#8A3A00", "weight": "bold"}
            ax.text(x + dx, y + dy, short(slopes[name]), bbox=pill, **words, **middle)
    ax.set(aspect="equal", xticks=(), yticks=())  # without ticks a widget draws faster
    ax.axis("off")


def edge(ax, start, end, gaps, text, hot, bend, size, pill=False):
    """An arrow between two nodes, ending `gaps` away from their centres, with a number on it."""
    color, width = (ORANGE, 2.2) if hot else ("#8A9BA8", 1.1)
    style = {"arrowstyle": "-|>", "color": color, "linewidth": width, "mutation_scale": 9}
    style |= {"shrinkA": 0, "shrinkB": 0, "connectionstyle": f"arc3,rad={bend}"}
    start, end = np.array(start, float), np.array(end, float)
    straight = (end - start) / np.hypot(*(end - start))
    across = np.array([straight[1], -straight[0]])
    lean = 2 * bend / np.hypot(1, 2 * bend)  # an arc leaves and arrives at an angle
    flat = np.sqrt(1 - lean**2)
    a = start + gaps[0] * (flat * straight + lean * across)
    b = end - gaps[1] * (flat * straight - lean * across)
    ax.annotate("", b, a, zorder=1, arrowprops=style)
    way = np.hypot(*(b - a))
    reach = 0.6 if gaps[0] < 0.6 else 1.25  # the numbers of boxes stay near their box
    share = 0.5 if bend else min(0.46, reach / way)
    place = a + share * (b - a) + across * way * bend * 2 * share * (1 - share)
    box = {"facecolor": LIGHT[1] if pill else "white", "edgecolor": "none", "pad": 0.8}
    ink = "#8A3A00" if pill else INK
    ax.text(*place, text, ha="center", va="center", fontsize=size, color=ink, bbox=box, zorder=2)


def neuron_places():
    """Where the nodes of one neuron and its loss stand."""
    below, above = (0, -0.86), (0, 0.86)
    places = {name: (0, 3 - 1.75 * i, (-1.0, 0)) for i, name in enumerate(("x0", "w0", "x1", "w1"))}
    places |= {"m0": (3.1, 2.1, below), "m1": (3.1, -1.4, below), "b": (3.1, 4.1, above)}
    places |= {"z": (6.2, 0.6, below), "h": (8.7, 0.6, below), "L": (11.2, 0.6, below)}
    return places


def neuron_graph(values, edges, slopes):
    """One neuron: values in blue, partial derivatives on the edges, slopes in orange: fig."""
    fig, ax = plt.subplots(figsize=(8.6, 4.5))
    graph(ax, neuron_places(), values, edges, slopes, size=9.5)
    ax.set(xlim=(-1.7, 12), ylim=(-3.1, 5.3))
    ax.set_title("One neuron and its loss: values, partial derivatives, slopes")
    return fig


def pocket_places():
    """Where the nodes of the pocket network stand."""
    below = (0, -0.86)
    places = {"x0": (0, 2.6, below), "x1": (0, -2.6, below)}
    for j, y in enumerate((4.4, 0, -4.4)):
        places |= {f"z{j}": (4.6, y, below), f"h{j}": (7.8, y, below)}
        names = (f"W1[0, {j}]", f"W1[1, {j}]", f"b1[{j}]")
        places |= {name: (4.5 + 1.5 * i, y + 1.75, (0, 0.68)) for i, name in enumerate(names)}
    for k, side in enumerate((1, -1)):
        places |= {f"s{k}": (11.3, 2.7 * side, below), f"e{k}": (14.1, 1.6 * side, below)}
        names = (f"W2[0, {k}]", f"W2[1, {k}]", f"W2[2, {k}]", f"b2[{k}]")
        for i, name in enumerate(names):
            places[name] = (9.55 + 1.65 * i, 5.7 * side, (0, 0.68 * side))
    places |= {"q": (16.6, 0, below), "l": (19, 0, below), "L": (21.4, 0, below)}
    return places


def pocket_graph(values, edges, slopes=None, active=(), title=None, travelling=False):
    """The pocket network through to its loss, every partial derivative on its edge: fig."""
    fig, ax = plt.subplots(figsize=(11, 7.1))
    graph(ax, pocket_places(), values, edges, slopes, active, travelling, {("s0", "L"): -0.36})
    ax.set(xlim=(-0.8, 22.2), ylim=(-6.9, 7.2))
    ax.set_title(title or "Values in blue, partial derivatives on the edges, slopes of the loss "
                 "in orange")
    columns = ((0, "inputs"), (4.6, "sums z"), (7.8, "ReLU: h"), (11.3, "scores s"))
    for x, text in (*columns, (14.1, "e = exp s"), (16.6, "q = sum"), (19, "l = ln q")):
        ax.text(x, -6.8, text, ha="center", fontsize=9, color="#666666")
    ax.text(21.4, -6.8, "L = l − s₀", ha="center", fontsize=9, color="#666666")
    return fig


def flowing_back(values, edges, slopes):
    """Frames and a function frame -> fig: slopes travel from the last node to the first ones.

    A frame (i, arrived) shows the nodes whose longest way to the end has i steps; before they
    have arrived, each contribution stands on its edge.
    """
    steps = {}
    for start, end, _ in reversed(edges):
        steps[start] = max(steps.get(start, 0), steps.setdefault(end, 0) + 1)

    def draw(frame):
        i, arrived = frame
        shown = {name: slopes[name] for name, step in steps.items() if step < i + arrived}
        active = [name for name, step in steps.items() if step == i]
        return pocket_graph(values, edges, shown, active, told(active, edges, slopes), not arrived)

    last = max(steps.values())
    return [(0, True)] + [(i, a) for i in range(1, last + 1) for a in (False, True)], draw


def told(active, edges, slopes):
    """How the slope of the first of the nodes `active` is added up, in words."""
    ways = {name: [(p, slopes[end]) for start, end, p in edges if start == name] for name in active}
    name = max(sorted(active), key=lambda name: len(ways[name]))
    terms = [f"{bracketed(p)} · {bracketed(slope)}" for p, slope in ways[name]]
    text = " + ".join(terms) + " = " * bool(terms)
    return f"Slope of {label(name)}:  {text}{short(slopes[name])}"


# Costs


def costs(panels):
    """Counted multiplications, one panel each: title -> (x label, x, {name: counts}): fig."""
    fig, axes = plt.subplots(1, len(panels), figsize=(10.5, 3.9))
    for ax, (title, (x_label, x, lines)) in zip(axes, panels.items()):
        for (name, counts), color, marker in zip(lines.items(), (ORANGE, BLUE), "s^"):
            ax.loglog(x, counts, marker=marker, color=color, label=name)
        ax.set(title=title, xlabel=x_label)
        ax.set_xscale("log", base=2)
        ax.set_xticks(x[:: len(x) // 5], map(str, x[:: len(x) // 5]))
        ax.minorticks_off()
    axes[0].set_ylabel("multiplications")
    axes[0].legend()
    return fig
