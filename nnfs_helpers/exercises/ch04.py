"""Exercises of chapter 4, activation functions."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(404)


def normal(*shape):
    """Random numbers for the cases, rounded so that they read well."""
    return RNG.standard_normal(shape).round(2)


def quiet(function):
    """`function` without NumPy's warnings: some mistakes overflow, and are meant to."""

    def silenced(*args):
        with np.errstate(all="ignore"):
            return function(*args)

    return silenced


# 1 · Softmax that does not overflow


def stable_softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def along(axis):
    def softmax(z):
        e = np.exp(z - z.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)

    return softmax


def naive_softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def without_keepdims(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1)


def common_maximum(z):
    e = np.exp(z - z.max())
    return e / e.sum(axis=1, keepdims=True)


def divided_by_maximum(z):
    e = np.exp(z / z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


q1 = Exercise(
    stable_softmax,
    cases=[
        (normal(4, 3),),
        (normal(3, 3),),  # square: a sum of the wrong shape goes unnoticed
        (np.array([[2000.0, 2003.0, 1999.0], [-2000.0, -2001.0, -2000.5]]),),
    ],
    mistakes=[
        (
            quiet(naive_softmax),
            "The probabilities of large scores are NaN: exp overflows to ∞, and ∞/∞ is not a "
            "number. Subtract each row's maximum first.",
        ),
        (
            along(0),
            "Every column sums to 1. Samples are rows, so maximum and sum belong to axis=1.",
        ),
        (
            along(None),
            "All numbers together sum to 1. Each row is a sample of its own: axis=1.",
        ),
        (
            without_keepdims,
            "The sums have shape (batch,), and broadcasting lays them along the columns. "
            "keepdims=True keeps them a column (batch, 1).",
        ),
        (
            quiet(common_maximum),
            "One maximum was subtracted from all rows. A row far below it becomes 0/0. Each row "
            "needs its own.",
        ),
        (
            divided_by_maximum,
            "Divided by the maximum. Only a shift leaves softmax as it is; a factor is a "
            "temperature.",
        ),
    ],
    hints=[
        "The result does not change if the same number is subtracted from a whole row.",
        "z.max(axis=1, keepdims=True) has shape (batch, 1). Subtract it, exponentiate, divide by "
        "the sums of the rows.",
    ],
)


# 2 · Leaky ReLU


def leaky_relu(z, leak):
    return np.where(z > 0, z, leak * z)


q2 = Exercise(
    leaky_relu,
    cases=[
        (np.array([-3.0, -0.5, 0.0, 0.25, 4.0]), 0.1),
        (normal(3, 4), 0.01),
        (normal(2, 5), 0.3),
    ],
    mistakes=[
        (
            lambda z, leak: np.maximum(z, 0),
            "That is ReLU. Negative numbers should be multiplied by the leak, not cut off.",
        ),
        (
            lambda z, leak: np.maximum(z, leak),
            "Everything below the leak became the leak itself: a flat floor, with slope 0. The "
            "leak is a factor.",
        ),
        (
            lambda z, leak: np.where(z > 0, leak * z, z),
            "The wrong side leaks. Positive numbers stay as they are.",
        ),
        (
            lambda z, leak: np.where(z > 0, z, -leak * z),
            "Negative numbers became positive. The line keeps its direction at 0; only its slope "
            "gets smaller.",
        ),
    ],
    hints=[
        "Two lines meet at 0: slope 1 on the right, slope leak on the left.",
        "np.where(condition, a, b) takes a where the condition holds and b elsewhere.",
    ],
)


# 3 · The weights of a bump


def bump_weights(left, peak, right, height):
    up, down = height / (peak - left), -height / (right - peak)
    return np.array([up, down - up, -down])


def slopes_only(left, peak, right, height):
    return np.array([height / (peak - left), -height / (right - peak), 0.0])


def ignores_width(left, peak, right, height):
    return np.array([height, -2 * height, height])


def never_stops(left, peak, right, height):
    return bump_weights(left, peak, right, height) * [1, 1, 0]


def symmetric(left, peak, right, height):
    return height / (peak - left) * np.array([1, -2, 1])


q3 = Exercise(
    bump_weights,
    cases=[
        (0.0, 1.0, 2.0, 1.0),
        (0.0, 2.0, 3.0, 4.0),
        (-1.5, -1.0, 1.0, 0.5),
        (2.0, 2.25, 3.0, -3.0),
    ],
    mistakes=[
        (
            slopes_only,
            "Those are the slopes of the two sides. A weight is the change of slope at its hinge: "
            "slope after it minus slope before it.",
        ),
        (
            ignores_width,
            "The width is ignored. A side that rises by `height` over a run of peak − left has the "
            "slope height / (peak − left).",
        ),
        (
            never_stops,
            "The last weight is missing. The downward slope then goes on for ever; the third ReLU "
            "brings it back to 0.",
        ),
        (
            symmetric,
            "Right only for bumps with equal sides. The downward slope has its own run, "
            "right − peak.",
        ),
    ],
    hints=[
        "Write down the four slopes: left of the bump, going up, going down, right of the bump.",
        "The weights are the three differences of neighbouring slopes. Their sum must be 0.",
    ],
)


# 4 · Temperature, with both limits


def softmax_at(z, T):
    if T == 0:
        winners = z == z.max()
        return winners / winners.sum()
    e = np.exp((z - z.max()) / T)
    return e / e.sum()


def without_limit(z, T):
    e = np.exp((z - z.max()) / T)
    return e / e.sum()


def one_winner(z, T):
    return np.eye(len(z))[z.argmax()] if T == 0 else softmax_at(z, T)


def no_sharing(z, T):
    return (z == z.max()).astype(float) if T == 0 else softmax_at(z, T)


def multiplied(z, T):
    e = np.exp((z - z.max()) * T)
    return e / e.sum()


def too_late(z, T):
    return softmax_at(z, 1) / T


q4 = Exercise(
    softmax_at,
    cases=[
        (np.array([2.0, 1.5, -1.0]), 1.0),
        (np.array([2.0, 1.5, -1.0]), 2.5),
        (np.array([0.3, -0.2, 0.1, 0.0]), 0.1),
        (np.array([4.0, -1.0, 3.0]), 0.0),
        (np.array([5.0, 2.0, 5.0]), 0.0),
        (np.array([3.0, 1.0, -7.0, 0.0]), np.inf),
    ],
    mistakes=[
        (
            quiet(without_limit),
            "Right for every T above 0. At T = 0 it divides by zero; there, return the limit.",
        ),
        (
            one_winner,
            "At T = 0 a tie has two winners. Their probabilities are equal at every temperature, "
            "so they stay equal in the limit: each gets a share.",
        ),
        (
            no_sharing,
            "At T = 0 with a tie, the probabilities sum to more than 1. Divide by the number of "
            "winners.",
        ),
        (
            quiet(multiplied),
            "The scores were multiplied by T. A high temperature flattens, so divide.",
        ),
        (
            quiet(too_late),
            "The probabilities were divided by T, so they no longer sum to 1. Divide the scores, "
            "then apply softmax.",
        ),
    ],
    hints=[
        "z / T with T = np.inf is all zeros, so that limit needs nothing special. T = 0 needs an "
        "if.",
        "At T = 0 only the largest score counts: z == z.max() marks it, or several of them.",
    ],
)


# 5 · The gap between two scores


def score_gap(p):
    return np.log(p / (1 - p))


q5 = Exercise(
    score_gap,
    cases=[(0.5,), (0.9,), (0.99,), (0.2,), (0.75,)],
    mistakes=[
        (
            lambda p: np.log(p),
            "That is the logarithm of the probability. The gap belongs to the ratio of both "
            "probabilities, p / (1 − p).",
        ),
        (
            lambda p: np.log((1 - p) / p),
            "The sign is wrong: for p above a half, class 0 must have the larger score.",
        ),
        (
            lambda p: p / (1 - p),
            "That is the ratio of the two probabilities. It equals exp(gap); undo the exp.",
        ),
        (
            lambda p: np.log10(p / (1 - p)),
            "The logarithm is to base 10. It has to undo exp, so it is the natural one.",
        ),
        (
            lambda p: 1 / (1 + np.exp(-p)),
            "That goes from a gap to a probability. The question is the way back.",
        ),
    ],
    hints=[
        "Divide the two softmax probabilities by each other. What cancels?",
        "p / (1 − p) = exp(gap).",
    ],
)


# 6 · How many neurons for a given error


def neurons_for(n, error, wanted):
    return int(np.ceil(n * np.sqrt(error / wanted)))


q6 = Exercise(
    neurons_for,
    cases=[(12, 0.033, 0.01), (10, 0.05, 0.02), (100, 0.003, 0.0001), (7, 0.2, 0.03)],
    mistakes=[
        (
            lambda n, error, wanted: int(np.ceil(n * error / wanted)),
            "That would be right if the error fell like 1/n. It falls like 1/n², which is cheaper.",
        ),
        (
            lambda n, error, wanted: n * np.sqrt(error / wanted),
            "Neurons are whole, and rounding down would miss the wanted error: np.ceil.",
        ),
        (
            lambda n, error, wanted: int(n * np.sqrt(error / wanted)),
            "Rounded down, so the error is still a little above the wanted one. Round up.",
        ),
        (
            lambda n, error, wanted: int(np.ceil(n * (error / wanted) ** 2)),
            "The square is on the wrong side: a quarter of the error needs twice, not sixteen "
            "times, the neurons.",
        ),
    ],
    hints=[
        "error · n² stays the same. Call it C; then wanted = C / m².",
        "m = n · √(error / wanted), rounded up to a whole number.",
    ],
)
