"""Pictures with controls.

Saved notebooks keep the picture of the widget's first state beside it, so that a page without a
kernel shows that picture in place of the widget.
"""

import base64

import ipywidgets

from .. import plots

# The picture's own size: a box would stretch it to the width of the page.
PICTURE_LAYOUT = {"max_width": "100%", "align_self": "flex-start"}


class Explorer(ipywidgets.VBox):
    """Controls above a picture, which `draw(**values)` redraws whenever one of them moves."""

    def __init__(self, draw, alt, **controls):
        """`controls`: argument of `draw` -> a widget with a value; `alt` as in `plots.show`."""
        self.draw, self.alt, self.controls = draw, alt, controls
        self.picture = ipywidgets.Image(format="png", layout=PICTURE_LAYOUT)
        label = max(len(control.description) for control in controls.values())
        for control in controls.values():
            control.style.description_width = f"{8 * label}px"  # all sliders begin at one line
            control.layout.width = f"{8 * label + 300}px"
            control.observe(lambda change: self.redraw(), "value")
        self.redraw()
        super().__init__([*controls.values(), self.picture])

    def redraw(self):
        """Draw the picture of the controls' present values."""
        values = {name: control.value for name, control in self.controls.items()}
        with plots.plt.rc_context({"figure.constrained_layout.use": False}):  # twice as fast
            self.picture.value = plots.png(self.draw(**values))

    def _repr_mimebundle_(self, **kwargs):
        """The live widget, and beside it its picture, for pages without a kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["image/png"] = base64.b64encode(self.picture.value).decode()
        bundle["text/plain"] = f"[Widget: {self.alt}]"
        return bundle, {"image/png": {"alt": self.alt}}


def slider(label, low, high, value, step=1):
    """A labelled slider for whole numbers, or for floats if `step` is one."""
    kind = ipywidgets.IntSlider if isinstance(step, int) else ipywidgets.FloatSlider
    return kind(value=value, min=low, max=high, step=step, description=label)
