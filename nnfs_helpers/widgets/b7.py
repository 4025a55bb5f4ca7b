"""Widgets of notebook b7, attention."""

import ipywidgets

from .. import plots
from .core import Explorer, slider


def look_at_heads(weights, names, blocks, heads):
    """Who looks at whom in a name of choice; `weights(name)` is (blocks, heads, time, time)."""

    def draw(name, block, head):
        letters = "·" + name
        p = weights(name)[block - 1, head - 1]
        return plots.weight_grid(p, letters, letters, f"{name}: block {block}, head {head}")

    return Explorer(
        draw,
        "Heat map of attention weights, letters of a name by letters of the same name; the part "
        "above the diagonal is empty. Controls choose the name, the block and the head.",
        name=ipywidgets.Dropdown(options=names, value=names[0], description="name"),
        block=slider("block", 1, blocks, 1),
        head=slider("head", 1, heads, 1),
    )
