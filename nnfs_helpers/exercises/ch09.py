"""Exercises of chapter 9, backpropagation."""

import numpy as np

from . import Exercise


def numbers(seed, *shape):
    """Random numbers of that shape, none of them near 0."""
    a = np.random.default_rng(seed).standard_normal(shape)
    return a + 0.1 * np.sign(a)


# 1 · Leaky ReLU


def leaky_relu_backward(dy, x, alpha):
    return dy * np.where(x > 0, 1.0, alpha)


q1 = Exercise(
    leaky_relu_backward,
    cases=[(numbers(1, 4, 3), numbers(2, 4, 3), 0.1), (numbers(3, 2, 5), numbers(4, 2, 5), 0.3)],
    mistakes=[
        (
            lambda dy, x, alpha: dy * (x > 0),
            "That is plain ReLU: a negative input stops the message. A leaky one lets the share "
            "alpha through.",
        ),
        (
            lambda dy, x, alpha: np.where(x > 0, 1.0, alpha),
            "That is the slope alone. The message dy is to be multiplied by it.",
        ),
        (
            lambda dy, x, alpha: np.where(dy > 0, dy, alpha * dy),
            "The mask is made from the sign of the message. What decides is the sign of the input.",
        ),
        (
            lambda dy, x, alpha: dy * np.where(x > 0, x, alpha * x),
            "The message is multiplied by the output of leaky ReLU. The factor is its slope.",
        ),
        (
            lambda dy, x, alpha: dy * np.where(x > 0, alpha, 1.0),
            "The two sides are swapped: the slope is alpha for negative inputs.",
        ),
    ],
    hints=[
        "The slope is 1 for x > 0 and alpha elsewhere. What does the chain rule do with it?",
        "np.where(x > 0, 1.0, alpha) is the slope of every element.",
    ],
)


# 2 · Tanh


def tanh_backward(dy, y):
    return dy * (1 - y * y)


q2 = Exercise(
    tanh_backward,
    cases=[(numbers(5, 4, 3), np.tanh(numbers(6, 4, 3))), (numbers(7, 5), np.tanh(numbers(8, 5)))],
    mistakes=[
        (
            lambda dy, y: dy * (1 - np.tanh(y) ** 2),
            "y is the output already; tanh was applied to it once more.",
        ),
        (
            lambda dy, y: 1 - y * y,
            "That is the slope alone. The message dy is to be multiplied by it.",
        ),
        (
            lambda dy, y: dy * y * (1 - y),
            "That is the slope of the sigmoid, p (1 − p). Put σ = (y + 1)/2 into the chain rule.",
        ),
        (
            lambda dy, y: dy * (1 - y),
            "At y = −1 the curve is flat, too; your slope is 2 there. A square is missing.",
        ),
        (
            lambda dy, y: dy * (1 - y * y) / 2,
            "A factor 2 is missing: tanh(x) = 2σ(2x) − 1 has one outside and one inside.",
        ),
        (
            lambda dy, y: dy * (1 - y * y) / 4,
            "Two factors 2 are missing: tanh(x) = 2σ(2x) − 1 has one outside and one inside.",
        ),
    ],
    hints=[
        "By the chain rule the slope of 2σ(2x) − 1 is 4σ(1 − σ), with σ taken at 2x.",
        "σ = (1 + y)/2 and 1 − σ = (1 − y)/2. Multiply.",
    ],
)


# 3 · A residual sum


def residual_backward(dy, x, W):
    dz = dy * (x @ W > 0)
    return dy + dz @ W.T, x.T @ dz


def residual_without_mask(dy, x, W):
    return dy + dy @ W.T, x.T @ dy


def residual_without_skip(dy, x, W):
    dz = dy * (x @ W > 0)
    return dz @ W.T, x.T @ dz


def residual_product(dy, x, W):
    dz = dy * (x @ W > 0)
    return dy * (dz @ W.T), x.T @ dz


def residual_untransposed(dy, x, W):
    dz = dy * (x @ W > 0)
    return dy + dz @ W, x.T @ dz


def residual_mask_of_the_sum(dy, x, W):
    dz = dy * (x + np.maximum(x @ W, 0) > 0)
    return dy + dz @ W.T, x.T @ dz


q3 = Exercise(
    residual_backward,
    cases=[
        (numbers(9, 5, 3), numbers(10, 5, 3), numbers(11, 3, 3)),
        (numbers(12, 2, 4), numbers(13, 2, 4), numbers(14, 4, 4)),
    ],
    mistakes=[
        (
            residual_without_skip,
            "One path is missing: x also goes straight to y, and brings dy back with factor 1.",
        ),
        (
            residual_product,
            "The paths are multiplied. Along a path factors are multiplied; over several paths "
            "they are added.",
        ),
        (
            residual_without_mask,
            "The mask is missing: where xW is negative, the message must not pass.",
        ),
        (
            residual_mask_of_the_sum,
            "The mask looks at y. What was cut is xW, so look at its sign.",
        ),
        (
            residual_untransposed,
            "dx wants dz @ W.T. W is square here, so W without the transpose fits as well.",
        ),
    ],
    hints=[
        "Name the middle: z = xW, h = max(z, 0), y = x + h. First dz from dy.",
        "dx is the sum of two messages: dy from the straight path, dz @ W.T from the other.",
    ],
)


# 4 · The wrong transpose


def repaired(x, W, dy):
    return x.T @ dy, dy.sum(axis=0), dy @ W.T


def reach(x, W, dy, dW=None, db=None, dx=None):
    """The right triple with some of its parts replaced."""
    right = repaired(x, W, dy)
    return tuple(r if other is None else other for r, other in zip(right, (dW, db, dx)))


q4 = Exercise(
    repaired,
    cases=[
        (numbers(15, 4, 3), numbers(16, 3, 3), numbers(17, 4, 3)),
        (numbers(18, 3, 3), numbers(19, 3, 3), numbers(20, 3, 3)),
    ],
    mistakes=[
        (
            lambda x, W, dy: reach(x, W, dy, dW=dy.T @ x),
            "That is the layer as it was: dy.T @ x is the transpose of dW. Its entry (j, k) must "
            "belong to input j and neuron k.",
        ),
        (
            lambda x, W, dy: reach(x, W, dy, dx=dy @ W),
            "Now dx is wrong, although dW is right: dy @ W sums over the wrong index of W. The "
            "report had no complaint about x.",
        ),
        (
            lambda x, W, dy: reach(x, W, dy, dW=dy.T @ x, dx=dy @ W),
            "Both transposes are wrong now. The report had no complaint about x.",
        ),
        (
            lambda x, W, dy: (dy @ W.T, dy.sum(axis=0), x.T @ dy),
            "The three are right but in the wrong order: return (dW, db, dx).",
        ),
        (
            lambda x, W, dy: reach(x, W, dy, dW=x.T @ dy / len(x), db=dy.mean(axis=0)),
            "A mean where a sum belongs. The 1/N is in dy already: it enters at the loss.",
        ),
    ],
    hints=[
        "The report names W. Which line makes its gradient?",
        "dW[j, k] is the sum over the rows i of x[i, j] dy[i, k]: x is the one to transpose.",
    ],
)


# 5 · Padding


def masked_gradient(p, t, keep):
    dz = p.copy()
    dz[np.arange(len(t)), t] -= 1
    return dz * keep[:, None] / keep.sum()


def divided(p, t, keep, by):
    dz = p - np.eye(p.shape[1])[t]
    return dz * keep[:, None] / by


def rows_of_probabilities(seed, *shape):
    e = np.exp(numbers(seed, *shape))
    return e / e.sum(axis=1, keepdims=True)


q5 = Exercise(
    masked_gradient,
    cases=[
        (rows_of_probabilities(21, 4, 3), np.array([0, 2, 1, 1]),
         np.array([True, False, True, True])),
        (rows_of_probabilities(22, 5, 2), np.array([0, 1, 1, 0, 1]),
         np.array([False, True, False, True, False])),
    ],
    mistakes=[
        (
            lambda p, t, keep: divided(p, t, keep, len(p)),
            "Divided by all rows. The mean is over the rows that count: 1/keep.sum().",
        ),
        (
            lambda p, t, keep: divided(p, t, keep, 1),
            "The 1/N is missing: the loss is a mean, over the rows that count.",
        ),
        (
            lambda p, t, keep: divided(p, t, np.ones(len(p)), keep.sum()),
            "Padding rows have a gradient. They are not in the loss, so theirs is 0.",
        ),
        (
            lambda p, t, keep: divided(p, t, np.ones(len(p)), len(p)),
            "keep is not used: that is the gradient of the plain loss.",
        ),
        (
            lambda p, t, keep: -divided(p, t, keep, keep.sum()),
            "The sign is wrong: prediction minus truth, p − y.",
        ),
    ],
    hints=[
        "For a row that counts: p − y, divided by the number of rows in the mean.",
        "keep[:, None] has shape (N, 1) and works as a factor: True is 1, False is 0.",
    ],
)


# 6 · Temperature


def tempered_gradient(z, t, T):
    e = np.exp(z / T)
    p = e / e.sum(axis=1, keepdims=True)
    return (p - np.eye(z.shape[1])[t]) / (len(z) * T)


def plain_gradient(z, t):
    return tempered_gradient(z, t, 1.0)


q6 = Exercise(
    tempered_gradient,
    cases=[
        (numbers(23, 4, 3), np.array([0, 2, 1, 1]), 2.0),
        (numbers(24, 3, 2), np.array([1, 0, 1]), 0.5),
    ],
    mistakes=[
        (
            lambda z, t, T: plain_gradient(z / T, t),
            "That is the gradient of z/T. One link is missing: the slope of z/T is 1/T.",
        ),
        (
            lambda z, t, T: plain_gradient(z / T, t) * T,
            "Multiplied by T, where the chain rule wants the slope of z/T, which is 1/T.",
        ),
        (
            lambda z, t, T: plain_gradient(z, t) / T,
            "The 1/T is there, but p must be the softmax of z/T.",
        ),
        (
            lambda z, t, T: tempered_gradient(z, t, T) * len(z),
            "The 1/N is missing: the loss is a mean over the rows.",
        ),
        (
            lambda z, t, T: plain_gradient(z, t),
            "T is not used at all. It matters twice: in p, and as a slope.",
        ),
    ],
    hints=[
        "Let u = z/T. You know the gradient of u: (p − y)/N. How does u depend on z?",
        "(softmax(z / T) − y) / (N T).",
    ],
)
