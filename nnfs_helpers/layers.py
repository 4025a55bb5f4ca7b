"""Layers: `forward(x)` turns x into y, `backward(dy)` turns dL/dy into dL/dx.

A layer leaves the gradients of its own parameters beside them: `dW` beside `W`, `db` beside `b`.
Shapes are (batch, features). Parameters are float32; the arithmetic has the precision of the data.
"""

import numpy as np

from .checks import check_batch, check_numbers, check_rng, check_share, check_size


class Layer:
    """What all layers have in common. Chapter 3."""

    params = ()  # names of the learnable arrays, such as ("W", "b")
    buffers = ()  # names of arrays that are saved but not learned
    children = ()  # layers inside this one
    training = False  # True while learning; only layers that behave differently then read it
    needs_dx = True  # False for a network's first layer: nobody asks for the data's gradient

    def __repr__(self):
        return f"{type(self).__name__}()"


class Dense(Layer):
    """y = x W + b: every output is a weighted sum of all inputs. Chapter 3.

    `W` (n_in, n_out) is drawn from a normal distribution with variance 2 / n_in (He et al., 2015),
    which keeps the spread of the activations through ReLU layers; `b` (n_out,) is zero.
    """

    params = ("W", "b")

    def __init__(self, n_in, n_out, rng):
        self.n_in, self.n_out = check_size(n_in, "n_in"), check_size(n_out, "n_out")
        scale = np.sqrt(2 / n_in)
        self.W = (scale * check_rng(rng).standard_normal((n_in, n_out))).astype(np.float32)
        self.b = np.zeros(n_out, dtype=np.float32)

    def __repr__(self):
        return f"Dense({self.n_in}, {self.n_out})"

    def forward(self, x):
        """(batch, n_in) -> (batch, n_out); keeps x for `backward`. ValueError for other shapes."""
        self.x = check_batch(x, self.n_in, self)
        return self.x @ self.W + self.b

    def backward(self, dy):
        """(batch, n_out) -> (batch, n_in), or None if not `needs_dx`; sets dW and db. Chapter 9."""
        self.dW = self.x.T @ dy
        self.db = dy.sum(axis=0)
        return dy @ self.W.T if self.needs_dx else None


class Sequential(Layer):
    """Layers one after the other; itself a layer. Chapter 3."""

    def __init__(self, *layers):
        for layer in layers:
            if not isinstance(layer, Layer):
                raise ValueError(f"{layer!r} is no layer. Write Sequential(Dense(…), ReLU(), …).")
        if len({id(layer) for layer in layers}) != len(layers) or not layers:
            raise ValueError("Sequential needs at least one layer, and each layer only once.")
        self.children = list(layers)

    def __repr__(self):
        return f"Sequential({', '.join(map(repr, self.children))})"

    def forward(self, x):
        """The input of the first layer -> the output of the last."""
        for layer in self.children:
            x = layer.forward(x)
        return x

    def backward(self, dy):
        """dL/d(output of the last layer) -> dL/d(input of the first). Chapter 9."""
        for layer in reversed(self.children):
            dy = layer.backward(dy)
        return dy


class ReLU(Layer):
    """max(x, 0) for every element, any shape. Chapter 4."""

    def forward(self, x):
        """x -> max(x, 0), same shape; keeps the result for `backward`."""
        self.y = np.maximum(check_numbers(x, "ReLU"), 0)
        return self.y

    def backward(self, dy):
        """dy where the input was positive, 0 elsewhere (also at 0). Chapter 9."""
        return dy * (self.y > 0)


def softmax(z):
    """Scores (…, classes) -> probabilities of the same shape; each row sums to 1. Chapter 4.

    Subtracting the row's maximum changes nothing in the result and keeps exp from overflowing.
    """
    z = check_numbers(z, "softmax")
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Softmax(Layer):
    """Scores to probabilities, row by row. Chapter 4."""

    def forward(self, x):
        """(batch, classes) -> (batch, classes); keeps the result for `backward`."""
        self.y = softmax(x)
        return self.y

    def backward(self, dy):
        """dy times the softmax Jacobian of each row, without building it. Chapter 9."""
        return self.y * (dy - (dy * self.y).sum(axis=-1, keepdims=True))


def sigmoid(z):
    """1 / (1 + e⁻ᶻ) for every element, without overflow: log σ(z) = −log(1 + e⁻ᶻ). Chapter 16."""
    return np.exp(-np.logaddexp(0, -check_numbers(z, "sigmoid")))


class Sigmoid(Layer):
    """The logistic function for every element, any shape. Chapter 16."""

    def forward(self, x):
        """x -> σ(x) between 0 and 1, same shape; keeps the result for `backward`."""
        self.y = sigmoid(x)
        return self.y

    def backward(self, dy):
        """dy · σ(x) (1 − σ(x)), same shape."""
        return dy * self.y * (1 - self.y)


class Tanh(Layer):
    """The hyperbolic tangent for every element, any shape. Chapter 17."""

    def forward(self, x):
        """x -> tanh(x) between −1 and 1, same shape; keeps the result for `backward`."""
        self.y = np.tanh(check_numbers(x, "Tanh"))
        return self.y

    def backward(self, dy):
        """dy · (1 − tanh²(x)), same shape."""
        return dy * (1 - self.y * self.y)


class Dropout(Layer):
    """While training, sets each element to 0 with probability `rate`. Chapter 15.

    What stays is divided by 1 − rate, so that the mean is unchanged; outside training, y = x.
    """

    def __init__(self, rate, rng):
        self.rate, self.rng = check_share(rate, "rate"), check_rng(rng)

    def __repr__(self):
        return f"Dropout({self.rate})"

    def forward(self, x):
        """x -> x with a new random mask if `training`, else x itself; same shape."""
        x = check_numbers(x, "Dropout")
        self.keep = self.rng.random(x.shape) >= self.rate if self.training else None
        return x * self.keep / (1 - self.rate) if self.training else x

    def backward(self, dy):
        """dy through the mask of the last `forward`, same shape."""
        return dy if self.keep is None else dy * self.keep / (1 - self.rate)


def slots(layer, kind="params", path=""):
    """Yield (path, layer, name) for every learnable array of `layer` and the layers inside it.

    "0.W" is the path of the W of the first layer inside; order of the forward pass. With kind
    "buffers", the arrays that are saved but not learned. Chapter 9.
    """
    for name in getattr(layer, kind):
        yield path + name, layer, name
    for i, child in enumerate(layer.children):
        yield from slots(child, kind, f"{path}{i}.")


def set_training(layer, on):
    """Switch `layer` and every layer inside it to training (True) or use (False). Chapter 15."""
    layer.training = on
    for child in layer.children:
        set_training(child, on)
