"""A way around layers: y = x + f(x)."""

from .checks import check_numbers
from .layers import Layer, Sequential


class Residual(Layer):
    """y = x + f(x), f being layers one after the other that keep the shape. Chapter b6."""

    def __init__(self, *layers):
        self.branch = Sequential(*layers)
        self.children = self.branch.children

    def __repr__(self):
        return f"Residual({', '.join(map(repr, self.children))})"

    def forward(self, x):
        """x -> x + f(x), same shape. ValueError if f changes the shape."""
        x = check_numbers(x, repr(self))
        y = self.branch.forward(x)
        if y.shape != x.shape:
            raise ValueError(f"{self} cannot add x, shape {x.shape}, and f(x), shape {y.shape}: "
                             "its layers must return the shape they are given.")
        return x + y  # a new array: layers keep their x for `backward`

    def backward(self, dy):
        """dL/dy -> dL/dx = dy + what comes back through f, same shape."""
        return dy + self.branch.backward(dy)
