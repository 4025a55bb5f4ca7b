"""Exercises of chapter 17, regression."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(1717)


def normal(*shape):
    """Random numbers for the cases, rounded so that they read well."""
    return RNG.standard_normal(shape).round(2)


# 1 · Huber's gradient


def huber_gradient(y, t, delta):
    error = y - t
    return np.clip(error, -delta, delta) / error.size


def beyond_is_sign(y, t, delta):
    error = y - t
    return np.where(np.abs(error) <= delta, error, np.sign(error)) / error.size


def cut_to_zero(y, t, delta):
    error = y - t
    return np.where(np.abs(error) <= delta, error, 0) / error.size


q1 = Exercise(
    huber_gradient,
    cases=[
        (np.array([[1.0], [5.0], [-4.0]]), np.array([[0.5], [1.0], [1.0]]), 2.0),
        (3 * normal(6, 1), normal(6, 1), 0.5),
        (2 * normal(3, 2), normal(3, 2), 1.5),
    ],
    mistakes=[
        (
            lambda y, t, delta: (y - t) / y.size,
            "That is the slope of the square (halved) everywhere. Beyond delta Huber is a "
            "straight line, whose slope no longer grows.",
        ),
        (
            beyond_is_sign,
            "Beyond delta the slope is not ±1 but ±delta: there the line continues the parabola "
            "without a kink.",
        ),
        (
            cut_to_zero,
            "Errors beyond delta got the slope 0, so they are ignored. Huber lets them pull, but "
            "no harder than delta.",
        ),
        (
            lambda y, t, delta: huber_gradient(y, t, delta) * y.size,
            "The 1/N is missing: the loss is the mean over all elements.",
        ),
        (
            lambda y, t, delta: huber_gradient(y, t, delta) * y.shape[1] if y.ndim > 1 else None,
            "You divided by the number of rows. The loss is the mean over all elements, and with "
            "two outputs there are twice as many.",
        ),
        (
            lambda y, t, delta: -huber_gradient(y, t, delta),
            "The sign is wrong: a prediction that is too high has a positive slope.",
        ),
    ],
    hints=[
        "Up to delta the loss of one error e is e²/2. Beyond, it is a line that continues it.",
        "The slope is e, cut off at ±delta: np.clip. Then divide by the number of elements.",
    ],
)


# 2 · R² by hand: targets 2, 4, 6, 8 and predictions 3, 4, 5, 9


q2 = Exercise(
    0.85,
    mistakes=[
        (
            0.15,
            "That is the share of the squares that is left. R² is 1 minus that share.",
        ),
        (
            1 - 3 / 120,
            "You compared with the squares of the targets themselves. Compare with their squared "
            "distances from their mean, 5.",
        ),
        (
            1 - 0.75 / 20,
            "One of the two is a mean and the other a sum. Take both the same way.",
        ),
        (
            1 - 3 / 8,
            "You took absolute distances from the mean. Both parts are sums of squares.",
        ),
        (
            0.75,
            "That is the mean squared error. Divide it by that of the constant 5, and subtract "
            "from 1.",
        ),
    ],
    hints=[
        "The errors are 1, 0, −1, 1. What is the sum of their squares?",
        "Whoever always says the mean, 5, has the errors 3, 1, −1, −3.",
    ],
)


# 3 · Quantile loss


def pinball(y, t, q):
    short = t - y
    return np.maximum(q * short, (q - 1) * short).mean()


q3 = Exercise(
    pinball,
    cases=[
        (np.array([1.0, 2.0, 3.0]), np.array([2.0, 2.0, 0.0]), 0.9),
        (normal(7), 2 * normal(7), 0.25),
        (normal(5), normal(5) - 1, 0.5),
    ],
    mistakes=[
        (
            lambda y, t, q: pinball(y, t, 1 - q),
            "The two prices are swapped. For q = 0.9, ending up below the target must be the "
            "dear mistake, so that the prediction moves up.",
        ),
        (
            lambda y, t, q: np.abs(t - y).mean(),
            "That is the absolute error: it has one price for both sides, and q plays no part.",
        ),
        (
            lambda y, t, q: 2 * pinball(y, t, q),
            "Twice too much. The prices are q and 1 − q, so q = 0.5 gives half the absolute error.",
        ),
        (
            lambda y, t, q: pinball(y, t, q) * len(y),
            "That is the sum. The loss is the mean over all elements.",
        ),
        (
            lambda y, t, q: np.maximum(q * (t - y), 0).mean(),
            "Predictions above the target cost nothing here. Their price is 1 − q.",
        ),
    ],
    hints=[
        "Let e = t − y. A positive e costs q for each unit, a negative one 1 − q.",
        "Of the two numbers q·e and (q − 1)·e, the larger one is always the right one.",
    ],
)


# 4 · Undo the scaling of the target


def in_units(z, t):
    return z * t.std() + t.mean()


q4 = Exercise(
    in_units,
    cases=[
        (normal(4), 16 + 7 * normal(20)),
        (normal(6), 250 + 30 * normal(9)),
    ],
    mistakes=[
        (
            lambda z, t: (z + t.mean()) * t.std(),
            "The order is wrong. Scaling subtracted first and divided second; undoing begins "
            "with the last step.",
        ),
        (
            lambda z, t: z * t.std(),
            "The mean is missing: what comes out are distances from it.",
        ),
        (
            lambda z, t: z * t.var() + t.mean(),
            "You multiplied by the variance. The target was divided by the deviation, its root.",
        ),
        (
            lambda z, t: (z - z.mean()) / z.std() * t.std() + t.mean(),
            "The outputs were standardised again. Their own mean and spread are part of the "
            "answer; use only those of the training targets.",
        ),
        (
            lambda z, t: (z - t.mean()) / t.std(),
            "That scales a second time. Undo it.",
        ),
    ],
    hints=[
        "The network was trained on (t − mean)/deviation. Solve for t.",
        "First multiply by t.std(), then add t.mean().",
    ],
)


# 5 · From a loss without units to an error in degrees


def error_in_units(mse, t):
    return np.sqrt(mse) * t.std()


q5 = Exercise(
    error_in_units,
    cases=[(0.25, 16 + 7 * normal(20)), (1.44, 250 + 30 * normal(9)), (0.04, 5 * normal(12))],
    mistakes=[
        (
            lambda mse, t: mse * t.std(),
            "The root is missing: a mean square has squared units.",
        ),
        (
            lambda mse, t: np.sqrt(mse) * t.std() + t.mean(),
            "The mean does not belong here. An error is a difference, and in a difference the "
            "mean cancels.",
        ),
        (
            lambda mse, t: mse * t.var(),
            "That is the mean squared error in squared units. Take the root.",
        ),
        (
            lambda mse, t: np.sqrt(mse),
            "That is in deviations of the target. How large is one deviation, in its units?",
        ),
    ],
    hints=[
        "An error of 1 in standardised targets is an error of one deviation in units.",
        "Root first, then times t.std().",
    ],
)
