"""Losses and penalties: `forward` gives one number, `backward()` its gradient.

A loss compares the network's outputs `y` with the targets `t` and averages over the batch (over
all elements, for the element-wise ones). `activation` turns a network's outputs into predictions.
"""

import numpy as np

from .checks import check_amount, check_labels, check_numbers, check_targets
from .layers import sigmoid, softmax


class Loss:
    """What all losses have in common. Chapter 5."""

    def activation(self, y):
        """The network's outputs y as predictions, same shape: y itself, unless overridden."""
        return y


class CrossEntropy(Loss):
    """Mean of −log p(right class), from probabilities; labels are class numbers. Chapter 5.

    Probabilities are clipped at 1e-12, so the loss of one sample is at most 27.6.
    """

    def forward(self, y, t):
        """Probabilities (batch, classes), labels (batch,) -> float. ValueError for scores."""
        self.y, self.t = check_numbers(y, "Probabilities"), check_labels(t, y)
        if self.y.min() < 0 or self.y.max() > 1.001:
            raise ValueError("CrossEntropy expects probabilities between 0 and 1: softmax first?")
        self.p = np.maximum(self.y[np.arange(len(y)), self.t], 1e-12)
        return float(-np.log(self.p).mean())

    def backward(self):
        """dL/dy (batch, classes): −1 / (batch · p) at the right class, 0 elsewhere. Chapter 9."""
        n = len(self.t)
        dy = np.zeros_like(self.y)
        dy[np.arange(n), self.t] = -1 / (n * self.p)
        return dy


class SoftmaxCrossEntropy(Loss):
    """Softmax and cross-entropy in one, from scores: safe, and its gradient is p − y. Chapter 9."""

    def activation(self, y):
        """Scores -> probabilities, same shape."""
        return softmax(y)

    def forward(self, y, t):
        """Scores (batch, classes), labels (batch,) -> float, finite for every finite score."""
        y = check_numbers(y, "Scores")
        self.t, rows = check_labels(t, y), np.arange(len(y))
        z = y - y.max(axis=1, keepdims=True)
        e = np.exp(z)
        total = e.sum(axis=1, keepdims=True)
        self.p = e / total
        return float((np.log(total[:, 0]) - z[rows, self.t]).mean())

    def backward(self):
        """dL/d(scores) (batch, classes): (p − one-hot) / batch."""
        dy = self.p.copy()
        dy[np.arange(len(dy)), self.t] -= 1
        dy /= len(dy)
        return dy


class BinaryCrossEntropy(Loss):
    """Cross-entropy of independent yes/no outputs, from scores (log-odds). Chapter 16."""

    def activation(self, y):
        """Scores -> probabilities of "yes", same shape."""
        return sigmoid(y)

    def forward(self, y, t):
        """Scores, and targets 0 … 1 of the same shape -> float, finite for finite scores."""
        self.y, self.t = check_numbers(y, "Scores"), check_targets(t, y)
        if self.t.min() < 0 or self.t.max() > 1:
            raise ValueError("Targets are 0 for no and 1 for yes, or between; "
                             f"got {self.t.min()} to {self.t.max()}.")
        return float((np.logaddexp(0, self.y) - self.t * self.y).mean())

    def backward(self):
        """dL/dy, same shape: (σ(y) − t) / number of elements."""
        return (sigmoid(self.y) - self.t) / self.y.size


class MeanSquaredError(Loss):
    """Mean of (y − t)² over all elements; its best constant is the mean. Chapter 17."""

    def forward(self, y, t):
        """Predictions and targets of one shape -> float, in squared units of t."""
        self.error = y - check_targets(t, y)
        return float((self.error * self.error).mean())

    def backward(self):
        """dL/dy, same shape: 2 (y − t) / number of elements."""
        return 2 * self.error / self.error.size


class MeanAbsoluteError(Loss):
    """Mean of |y − t| over all elements; its best constant is the median. Chapter 17."""

    def forward(self, y, t):
        """Predictions and targets of one shape -> float, in units of t."""
        self.error = y - check_targets(t, y)
        return float(np.abs(self.error).mean())

    def backward(self):
        """dL/dy, same shape: the sign of y − t, over the number of elements."""
        return np.sign(self.error) / self.error.size


class Huber(Loss):
    """Squared (halved) for errors up to `delta`, linear beyond: outliers pull less. Chapter 17."""

    def __init__(self, delta=1.0):
        self.delta = check_amount(delta, "delta")

    def forward(self, y, t):
        """Predictions and targets of one shape -> float: mean of q (|e| − q/2), q = min(|e|, δ)."""
        self.error = y - check_targets(t, y)
        size = np.abs(self.error)
        q = np.minimum(size, self.delta)
        return float((q * (size - q / 2)).mean())

    def backward(self):
        """dL/dy, same shape: y − t cut off at ±delta, over the number of elements."""
        return np.clip(self.error, -self.delta, self.delta) / self.error.size


def weight_mask(parameters):
    """1 for entries of `theta` that belong to matrices (weights), 0 for biases. Chapter 14.

    `parameters` is a `Parameters`; the result has the shape of its theta and is boolean.
    """
    if not hasattr(parameters, "slots"):
        raise ValueError(f"weight_mask takes Parameters(net), got {parameters!r}.")
    arrays = [getattr(layer, name) for layer, name in parameters.slots]
    return np.concatenate([np.full(a.size, a.ndim > 1) for a in arrays])


class Penalty:
    """What both penalties share: a strength, and a mask of the parameters concerned. Chapter 14."""

    def __init__(self, strength, mask=True):
        if np.ndim(mask) > 1 or np.asarray(mask).dtype != bool:
            raise ValueError("A mask is True or False for every entry of theta: weight_mask(…).")
        self.strength, self.mask = check_amount(strength, "strength", zero=True), mask


class L2(Penalty):
    """strength · Σ θ² over the entries that `mask` selects (all by default). Chapter 14."""

    def forward(self, theta):
        """Flat parameters (n,) -> float."""
        self.w = theta * self.mask
        return self.strength * float((self.w * self.w).sum(dtype=np.float64))

    def backward(self):
        """Gradient (n,): 2 · strength · θ on the selected entries."""
        return 2 * self.strength * self.w


class L1(Penalty):
    """strength · Σ |θ| over the entries that `mask` selects (all by default). Chapter 14."""

    def forward(self, theta):
        """Flat parameters (n,) -> float."""
        self.w = theta * self.mask
        return self.strength * float(np.abs(self.w).sum(dtype=np.float64))

    def backward(self):
        """Gradient (n,): strength · sign(θ) on the selected entries, 0 at θ = 0."""
        return self.strength * np.sign(self.w)
