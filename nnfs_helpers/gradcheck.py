"""Numerical gradients, to check the exact ones. All of it in float64."""

from copy import deepcopy

import numpy as np

from .checks import check_kind, check_numbers, check_rng
from .layers import Layer, slots


def numerical_gradient(f, x, h=1e-5):
    """Central differences of the scalar function `f` at the array `x`, same shape. Chapter 7.

    `f` is called twice for every element, each time with a new float64 array; x stays as it is.
    """
    if not h > 0:
        raise ValueError(f"h is a small step, above 0; got {h!r}.")
    x = np.asarray(x, dtype=np.float64)
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        nudge = np.zeros_like(x)
        nudge[i] = h
        gradient[i] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return gradient


def relative_error(a, b):
    """Largest difference of two arrays of one shape, over their largest entry. Chapter 9."""
    a, b = check_numbers(a, "a"), check_numbers(b, "b")
    if a.shape != b.shape:
        raise ValueError(f"Compares two arrays of one shape, got {a.shape} and {b.shape}.")
    scale = max(np.abs(a).max(), np.abs(b).max(), 1e-12)
    return float(np.abs(a - b).max() / scale)


def replaced(layer, path, value):
    """A copy of `layer` with the learnable array at `path` replaced by `value`. Chapter 9."""
    layer = deepcopy(layer)
    for other, part, name in slots(layer):
        if other == path:
            setattr(part, name, value)
    return layer


def float64_copy(layer):
    """A copy of `layer` with float64 parameters, which also computes dx everywhere. Chapter 9."""
    layer = deepcopy(layer)
    for _, part, name in slots(layer):
        setattr(part, name, getattr(part, name).astype(np.float64))
        part.needs_dx = True
    return layer


def gradient_check(layer, x, rng):
    """Relative errors of `layer.backward` against central differences, by path. Chapter 9.

    "x" is the gradient of the input, "0.W" that of W of the first layer inside. The loss is a
    random weighted sum of the outputs. `layer` stays as it was; random layers repeat their draws.
    """
    layer, swept = float64_copy(check_kind(layer, Layer)), float64_copy(layer)
    y = swept.forward(x)
    dy = check_rng(rng).standard_normal(y.shape)
    exact = {"x": swept.backward(dy)}
    exact |= {path: getattr(part, "d" + name) for path, part, name in slots(swept)}
    start = {"x": x} | {path: getattr(part, name) for path, part, name in slots(layer)}

    def loss(path, value):
        changed = replaced(layer, path, value)
        return (changed.forward(value if path == "x" else x) * dy).sum()

    return {
        path: relative_error(dw, numerical_gradient(lambda value: loss(path, value), start[path]))
        for path, dw in exact.items()
        if dw is not None
    }


def loss_gradient_check(loss, y, t):
    """Relative error of `loss.backward` at outputs `y` and targets `t`. Chapter 9."""
    y = np.asarray(y, dtype=np.float64)
    loss.forward(y, t)
    return relative_error(loss.backward(), numerical_gradient(lambda y: loss.forward(y, t), y))
