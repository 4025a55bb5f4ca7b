"""Widgets of notebook b2, convolution."""

import ipywidgets

from .. import plots
from .core import Explorer, slider


def slide_a_kernel(convolve, picture, kernels):
    """Move a kernel of `kernels` (name -> array) over a picture: window, products, output.

    `convolve(picture, kernel)` gives the output.
    """
    outputs = {name: convolve(picture, kernel) for name, kernel in kernels.items()}
    rows, columns = next(iter(outputs.values())).shape

    def draw(name, row, column):
        return plots.sliding_step(picture, kernels[name], outputs[name], row, column)

    return Explorer(
        draw,
        "A picture of a garment with a framed 3 by 3 window, the window's pixels, the kernel, "
        "their products, and the output picture with the framed pixel that is their sum. Controls "
        "choose the kernel and move the window.",
        name=ipywidgets.Dropdown(options=list(kernels), value="vertical edges",
                                 description="kernel"),
        row=slider("row", 0, rows - 1, rows // 2),
        column=slider("column", 0, columns - 1, columns // 4),
    )
