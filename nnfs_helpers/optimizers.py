"""Optimizers: arithmetic on one flat parameter vector `theta` and its gradient `grad`.

`step(theta, grad)` changes theta in place; what an optimizer remembers, it keeps itself.
"""

import math

import numpy as np

from .checks import check_amount, check_kind, check_numbers, check_share, check_size
from .layers import Layer, slots


class Parameters:
    """All learnable arrays of a network as one flat vector `theta`. Chapter 10.

    Each W and b becomes a view of `theta`, so a change of theta is a change of the network.
    ValueError if the network has nothing to learn.
    """

    def __init__(self, net, dtype=np.float32):
        if np.dtype(dtype).kind != "f":
            raise ValueError(f"Parameters are floats, such as np.float32; got dtype {dtype!r}.")
        self.slots = [(layer, name) for _, layer, name in slots(check_kind(net, Layer))]
        if not self.slots:
            raise ValueError(f"{net!r} has no parameters to learn.")
        if len({(id(layer), name) for layer, name in self.slots}) < len(self.slots):
            raise ValueError(f"The same layer stands twice in {net!r}: make a second one.")
        arrays = [getattr(layer, name) for layer, name in self.slots]
        self.theta = np.concatenate([a.ravel() for a in arrays]).astype(dtype)
        self.buffer = None
        ends = np.cumsum([a.size for a in arrays])
        for (layer, name), a, end in zip(self.slots, arrays, ends):
            setattr(layer, name, self.theta[end - a.size : end].reshape(a.shape))

    @property
    def grad(self):
        """The gradients that `backward` left, flat, in the order of theta: (n,), reused every time.

        ValueError if a later `Parameters` has taken the network's arrays over.
        """
        if any(getattr(layer, name).base is not self.theta for layer, name in self.slots):
            raise ValueError("The network's arrays are no longer views of this theta: lay them out "
                             "once, and pass that Parameters on.")
        parts = [getattr(layer, "d" + name).ravel() for layer, name in self.slots]
        if self.buffer is None or self.buffer.dtype != parts[0].dtype:
            self.buffer = np.concatenate(parts)
        return np.concatenate(parts, out=self.buffer)


class Optimizer:
    """What all optimizers share: a learning rate that may decay. Chapter 10."""

    def __init__(self, lr, decay=0.0):
        self.lr, self.decay = check_amount(lr, "lr"), check_amount(decay, "decay", zero=True)
        self.steps = 0

    def next_rate(self):
        """Count a step and return its learning rate, lr / (1 + decay · steps before it)."""
        rate = self.lr / (1 + self.decay * self.steps)
        self.steps += 1
        return rate


class SGD(Optimizer):
    """Gradient descent; `momentum` > 0 keeps a running sum of past gradients. Chapter 10."""

    def __init__(self, lr, momentum=0.0, decay=0.0):
        super().__init__(lr, decay)
        self.momentum, self.velocity = check_share(momentum, "momentum"), 0.0

    def step(self, theta, grad):
        """theta −= rate · velocity, with velocity = momentum · velocity + grad; shapes (n,)."""
        self.velocity = self.momentum * self.velocity + grad
        theta -= self.next_rate() * self.velocity


class AdaGrad(Optimizer):
    """Steps shrink where gradients have been large (Duchi et al., 2011). Chapter 10."""

    def __init__(self, lr=0.01, decay=0.0, eps=1e-10):
        super().__init__(lr, decay)
        self.eps, self.total = check_amount(eps, "eps", zero=True), 0.0

    def step(self, theta, grad):
        """theta −= rate · grad / √(sum of squared gradients); shapes (n,)."""
        self.total = self.total + grad * grad
        theta -= self.next_rate() * grad / (np.sqrt(self.total) + self.eps)


class RMSprop(Optimizer):
    """AdaGrad with a moving average instead of a sum (Tieleman and Hinton, 2012). Chapter 10."""

    def __init__(self, lr=0.01, rho=0.99, decay=0.0, eps=1e-8):
        super().__init__(lr, decay)
        self.rho, self.eps = check_share(rho, "rho"), check_amount(eps, "eps", zero=True)
        self.average = 0.0

    def step(self, theta, grad):
        """theta −= rate · grad / √(moving average of squared gradients); shapes (n,)."""
        self.average = self.rho * self.average + (1 - self.rho) * grad * grad
        theta -= self.next_rate() * grad / (np.sqrt(self.average) + self.eps)


class Adam(Optimizer):
    """Weighted means of gradient and squared gradient (Kingma and Ba, 2015). Chapter 10.

    `m` and `v` are the weighted sums; the sums of the weights, which divide them, go into the step
    size, so that each step passes over the arrays only a few times, in place.
    """

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999, decay=0.0, eps=1e-8):
        super().__init__(lr, decay)
        self.beta1, self.beta2 = check_share(beta1, "beta1"), check_share(beta2, "beta2")
        self.eps = check_amount(eps, "eps", zero=True)
        self.m, self.v = None, None

    def step(self, theta, grad):
        """theta −= rate · m̂ / (√v̂ + eps); shapes (n,)."""
        if self.m is None:
            self.m, self.v = np.zeros_like(grad), np.zeros_like(grad)
        rate = self.next_rate()
        self.m *= self.beta1
        self.m += grad
        self.v *= self.beta2
        self.v += grad * grad
        weight_m = (1 - self.beta1**self.steps) / (1 - self.beta1)
        root_weight_v = math.sqrt((1 - self.beta2**self.steps) / (1 - self.beta2))
        change = np.sqrt(self.v)
        change += self.eps * root_weight_v
        np.divide(self.m, change, out=change)
        change *= rate * root_weight_v / weight_m
        theta -= change


def clip_gradient(grad, limit):
    """Shorten `grad` (n,) in place to the length `limit`; returns its length before. Chapter b1.

    A shorter one stays as it is. FloatingPointError if the length is infinite or NaN.
    """
    if not isinstance(grad, np.ndarray) or grad.dtype.kind != "f":
        raise ValueError(f"A gradient to change in place is an array of floats, got {grad!r:.60}.")
    length = math.sqrt(np.square(grad, dtype=np.float64).sum())
    if not math.isfinite(length):
        raise FloatingPointError(f"The gradient has the length {length}: no limit can mend that.")
    if length > check_amount(limit, "limit"):
        grad *= limit / length
    return length


class ClippedAdam(Adam):
    """Adam on gradients that are no longer than `limit`. Chapter b1."""

    def __init__(self, lr=0.001, limit=1.0, beta1=0.9, beta2=0.999, decay=0.0, eps=1e-8):
        super().__init__(lr, beta1, beta2, decay, eps)
        self.limit = check_amount(limit, "limit")

    def step(self, theta, grad):
        """A step of Adam with `grad`, or with a shorter copy of it; shapes (n,)."""
        shorter = grad.copy()
        clip_gradient(shorter, self.limit)
        super().step(theta, shorter)


def warmup_cosine(step, steps, warmup):
    """The share of the full rate in one of `steps` steps, 0, 1, …, above 0 to 1. Chapter b1.

    It climbs evenly over the first `warmup` steps, then falls like half a cosine wave.
    """
    if not 0 <= step < steps or not 0 <= warmup < steps:
        raise ValueError(f"Step {step} of {steps}, {warmup} of them to warm up: expected "
                         "0 ≤ step < steps and 0 ≤ warmup < steps.")
    if step < warmup:
        return (step + 1) / warmup
    return (1 + math.cos(math.pi * (step - warmup) / (steps - warmup))) / 2


def train(net, loss, optimizer, x, t, steps):
    """`steps` steps on the whole batch; returns the loss before each, (steps,). Chapter 10."""
    parameters = Parameters(net)
    losses = np.empty(check_size(steps, "steps"))
    if not np.isfinite(check_numbers(x, "x")).all():
        raise ValueError("The input x holds NaN or infinite values: drop or fill missing ones.")
    for step in range(steps):
        losses[step] = loss.forward(net.forward(x), t)
        net.backward(loss.backward())
        optimizer.step(parameters.theta, parameters.grad)
    return losses
