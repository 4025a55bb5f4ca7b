"""Pictures with controls: every function here builds one widget of the course.

Saved notebooks keep the picture of the widget's first state beside it, so that a page without a
kernel shows that picture in place of the widget.
"""

import base64

import ipywidgets
import numpy as np

from . import plots


class Explorer(ipywidgets.VBox):
    """Controls above a picture, which `draw(**values)` redraws whenever one of them moves."""

    def __init__(self, draw, alt, **controls):
        """`controls`: argument of `draw` -> a widget with a value; `alt` as in `plots.show`."""
        self.draw, self.alt, self.controls = draw, alt, controls
        self.picture = ipywidgets.Image(format="png", layout={"max_width": "100%"})
        for control in controls.values():
            control.style.description_width = "initial"
            control.layout.width = "440px"
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


def untrained_regions(make_net, x, t, names=None):
    """Chapter 3: regions of `make_net(seed, hidden_layers)`, an untrained net, on points (n, 2)."""

    def draw(seed, hidden):
        title = f"Seed {seed}, {hidden} hidden layers: straight borders"
        fig, ax = plots.axes(title, "x₁", "x₂", size=(5.2, 4.4))
        plots.regions(ax, make_net(seed, hidden).forward, x, t, names, resolution=120)
        return fig

    return Explorer(
        draw,
        "Decision regions of an untrained network without activation functions: sectors with "
        "straight borders that meet in one point. Sliders change seed and number of layers.",
        seed=slider("seed of the generator", 0, 50, 3),
        hidden=slider("number of hidden layers", 0, 6, 2),
    )


def browse_predictions(pictures, probabilities, t, names):
    """Chapter 19: step through pictures (n, 28, 28) and see the probabilities (n, classes)."""
    mistakes = np.flatnonzero(probabilities.argmax(axis=1) != t)
    order = {"all pictures": np.arange(len(t)), "only mistakes": mistakes}

    def draw(which, number):
        rows = order[which]
        return prediction_figure(pictures, probabilities, t, names, rows[number % len(rows)])

    return Explorer(
        draw,
        "A Fashion-MNIST picture beside a bar chart of the ten class probabilities. Controls step "
        "through all pictures or only the mistakes.",
        which=ipywidgets.Dropdown(options=list(order), value="only mistakes", description="show"),
        number=slider("picture", 0, 199, 0),
    )


def prediction_figure(pictures, probabilities, t, names, row):
    """One picture and the bars of its class probabilities, the true class in green: fig."""
    margins = {"left": 0.02, "right": 0.97, "bottom": 0.15, "wspace": 0.35}  # no layout engine
    fig, (left, right) = plots.plt.subplots(
        1, 2, figsize=(7, 3.4), width_ratios=(1, 1.4), gridspec_kw=margins
    )
    left.imshow(pictures[row], cmap="gray_r")
    left.axis("off")
    left.set_title(f"picture {row}: {names[t[row]]}")
    guess = probabilities[row].argmax()
    colors = ["#BBBBBB"] * len(names)
    colors[guess], colors[t[row]] = plots.COLORS[1], plots.COLORS[2]
    right.barh(names, probabilities[row], color=colors)
    right.invert_yaxis()
    right.set(xlim=(0, 1), xlabel="probability")
    right.set_title(f"prediction: {names[guess]}" + ("" if guess == t[row] else " (wrong)"))
    right.grid(axis="y", visible=False)
    return fig
