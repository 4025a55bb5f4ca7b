"""Widgets of chapter 6, introducing optimization."""

from .. import plots
from .core import Explorer, slider


def descend_by_luck(trail, a, b, heights):
    """Random local search, try by try, on a landscape `heights` (len(b), len(a)).

    `trail(step, tries, seed)` gives the points tried (tries + 1, 2), the start first, the losses of
    the best points so far, and which points were kept.
    """

    background = plots.relief(a, b, heights)

    def draw(step, tries, seed):
        seen, losses, kept = trail(step, tries, seed)
        title = f"{tries} tries, {kept.sum() - 1} kept: loss {losses[-1]:.3f}"
        return plots.luck_frame(background, seen, kept, title)

    return Explorer(
        draw,
        "A loss landscape with two valleys, seen from above. A random local search starts in the "
        "poorer valley; kept steps are green circles joined by a line, rejected ones are crosses. "
        "Sliders change the step size, the number of tries and the seed.",
        step=slider("step size", 0.05, 2.0, 0.25, step=0.05),
        tries=slider("number of tries", 0, 150, 40),
        seed=slider("seed of the generator", 0, 30, 0),
    )
