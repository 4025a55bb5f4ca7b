"""Widgets of chapter 20, model evaluation."""

import ipywidgets
import numpy as np

from .. import plots
from .core import Explorer, slider

ROWS, COLUMNS = 3, 8


def threshold_and_class(pictures, p, t, names):
    """Accept answers from a confidence on: pictures (n, 28, 28), probabilities p, labels t (n,)."""
    guess, confidence = p.argmax(axis=1), p.max(axis=1)
    chosen = {"all classes": np.ones(len(t), dtype=bool)}
    chosen |= {f"called {name}": guess == k for k, name in enumerate(names)}

    def draw(said, threshold):
        rows = np.flatnonzero(chosen[said])
        return explorer_figure(
            pictures, confidence[rows], (guess == t)[rows], rows, said, threshold / 100
        )

    return Explorer(
        draw,
        "Left, precision and coverage against the threshold on the confidence, with dots at the "
        "chosen threshold. Right, the 24 accepted pictures with the lowest confidence; mistakes "
        "have an orange frame. Controls choose the class and the threshold.",
        said=ipywidgets.Dropdown(options=list(chosen), value="called shirt", description="answers"),
        threshold=slider("accept from confidence, in %", 0, 99, 80),
    )


def explorer_figure(pictures, confidence, right, rows, said, threshold):
    """Precision and coverage of some answers, and the least sure of those accepted: fig."""
    levels = np.arange(0, 1, 0.01)
    order = np.argsort(-confidence)
    accepted = np.searchsorted(-confidence[order], -levels, side="right")
    hits = np.append(0, np.cumsum(right[order]))
    with np.errstate(invalid="ignore"):
        precision, coverage = hits[accepted] / accepted, accepted / len(rows)
    i = round(threshold * 100)
    fig = plots.plt.figure(figsize=(8, 3.3))
    left, wall = fig.add_axes((0.07, 0.14, 0.34, 0.66)), fig.add_axes((0.45, 0.08, 0.54, 0.72))
    for values, style, name, color in ((precision, "-", "precision", 0), (coverage, "--",
                                       "coverage", 2)):
        left.plot(levels, values, style, color=plots.COLORS[color], label=name)
        left.plot(levels[i], values[i], "o", color=plots.COLORS[color], markersize=9)
        left.text(0.03, 0.05 + 0.05 * color, name, color=plots.COLORS[color])
    left.set(xlim=(0, 1), ylim=(0, 1.03), xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    left.set(xlabel="threshold on the confidence", ylabel="share")
    words = f"{precision[i]:.3f}" if accepted[i] else "–"
    fig.suptitle(
        f"{said}, confidence ≥ {threshold:.2f}: {accepted[i]} of {len(rows)} answers accepted\n"
        f"precision {words}, coverage {coverage[i]:.3f}",
        x=0.03, ha="left", fontsize=11, fontweight="bold",
    )  # fmt: skip
    last = order[: accepted[i]][::-1][: ROWS * COLUMNS]
    wall.imshow(mosaic(pictures[rows[last]], right[last]), interpolation="nearest")
    wall.set_title("accepted, least sure first", fontsize=9, fontweight="normal")
    wall.axis("off")
    return fig


def mosaic(pictures, right):
    """Pictures (n, 28, 28) as one coloured image of 3 × 8; an orange frame marks mistakes."""
    orange = np.array([213, 94, 0], dtype=np.uint8)
    image = np.full((ROWS * 34, COLUMNS * 34, 3), 255, dtype=np.uint8)
    for k, (picture, is_right) in enumerate(zip(pictures, right)):
        y, x = k // COLUMNS * 34, k % COLUMNS * 34
        image[y : y + 34, x : x + 34] = 255 if is_right else orange
        image[y + 3 : y + 31, x + 3 : x + 31] = 255 - picture[..., None]
    return image
