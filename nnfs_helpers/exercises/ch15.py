"""Exercises of chapter 15, dropout."""

import numpy as np

from . import Exercise


def uniform(seed, *shape):
    """Numbers from [0, 1) for a case."""
    return np.random.default_rng(seed).random(shape)


# 1 · The mask


def drop(x, u, rate):
    return x * (u >= rate) / (1 - rate)


q1 = Exercise(
    drop,
    cases=[
        (np.array([[1.0, -2.0, 4.0, 3.0]]), np.array([[0.1, 0.5, 0.25, 0.9]]), 0.2),
        (1 + uniform(1, 4, 3), uniform(2, 4, 3), 0.75),
        (1 - 3 * uniform(3, 5, 4), uniform(4, 5, 4), 0.4),
    ],
    mistakes=[
        (
            lambda x, u, rate: x * (u >= rate),
            "The mask is right, but what stays is not scaled: the mean shrinks to (1 − rate)·x.",
        ),
        (
            lambda x, u, rate: x * (u >= rate) / rate,
            "You divide by the share that goes. What stays, 1 − rate of the entries, has to make "
            "up for it. (At rate 0.5 you would never notice.)",
        ),
        (
            lambda x, u, rate: x * (u >= rate) * (1 - rate),
            "You multiply by 1 − rate. That shrinks the mean a second time.",
        ),
        (
            lambda x, u, rate: x * (u < rate) / (1 - rate),
            "You keep what should go: u < rate happens with probability rate.",
        ),
        (
            lambda x, u, rate: x * (u < rate) / rate,
            "The mean is kept, but your rate is the share that stays. Here it is the share that "
            "goes.",
        ),
        (
            lambda x, u, rate: x * (u[:1] >= rate) / (1 - rate),
            "All rows share the first row's mask. Each sample has its own.",
        ),
    ],
    hints=[
        "u < rate happens with probability rate: those entries go.",
        "x * (u >= rate), divided by the probability of staying.",
    ],
)


# 2 · The expected value, and the variance


def moments(h, w, rate):
    return float(h @ w), float(rate / (1 - rate) * ((h * w) ** 2).sum())


def unscaled(h, w, rate):
    return (1 - rate) * float(h @ w), rate * (1 - rate) * float(((h * w) ** 2).sum())


def spread_for_variance(h, w, rate):
    mean, variance = moments(h, w, rate)
    return mean, variance**0.5


def square_of_sum(h, w, rate):
    return float(h @ w), rate / (1 - rate) * float(h @ w) ** 2


def without_weights(h, w, rate):
    return float(h @ w), rate / (1 - rate) * float((h * h).sum())


def variance_of_mask(h, w, rate):
    return float(h @ w), rate * (1 - rate) * float(((h * w) ** 2).sum())


q2 = Exercise(
    moments,
    cases=[
        (np.array([3.0, 1.0, 2.0]), np.array([1.0, -1.0, 2.0]), 0.2),
        (np.array([0.5, 4.0, 1.0, 2.5]), np.array([2.0, 0.25, -3.0, 1.0]), 0.6),
    ],
    mistakes=[
        (
            unscaled,
            "That is dropout without scaling: the mean has shrunk by 1 − rate. Divide each kept "
            "entry by 1 − rate.",
        ),
        (spread_for_variance, "The second number is the deviation. Asked for is its square."),
        (
            square_of_sum,
            "You squared the sum. The masks are independent, so the variances of the single "
            "terms (h·w)² add up.",
        ),
        (without_weights, "The weights are missing in the variance: each term is (h·w)²."),
        (
            variance_of_mask,
            "The mean is right. rate·(1 − rate) is the variance of the bare mask; the division "
            "by 1 − rate enters squared.",
        ),
    ],
    hints=[
        "The mean is what it was. For one term, the variance is (h·w)² · rate / (1 − rate).",
        "Variances of independent terms add up.",
    ],
)


# 3 · Backward through dropout and ReLU


def backward(dy, z, keep, rate):
    return dy * keep / (1 - rate) * (z > 0)


def case3(seed, rate):
    rng = np.random.default_rng(seed)
    dy, z = rng.standard_normal((2, 4, 5))
    return dy, z, rng.random((4, 5)) >= rate, rate


q3 = Exercise(
    backward,
    cases=[case3(5, 0.2), case3(6, 0.7), case3(7, 0.4)],
    mistakes=[
        (
            lambda dy, z, keep, rate: dy * keep / (1 - rate),
            "That is the message behind the ReLU. Where z was negative, the ReLU stops it.",
        ),
        (
            lambda dy, z, keep, rate: dy * keep * (z > 0),
            "The factor is missing: forward divided by 1 − rate, so each slope has it, too.",
        ),
        (
            lambda dy, z, keep, rate: dy / (1 - rate) * (z > 0),
            "The mask is not applied. An entry that was dropped did not reach the loss, so its "
            "gradient is 0.",
        ),
        (
            lambda dy, z, keep, rate: dy * keep * (1 - rate) * (z > 0),
            "You multiply by 1 − rate. The slope of x / (1 − rate) is 1 / (1 − rate): the way "
            "back has the same factor as the way forward.",
        ),
        (
            lambda dy, z, keep, rate: dy * keep / (1 - rate) * z,
            "The slope of ReLU is 1 or 0, not z.",
        ),
    ],
    hints=[
        "Two masks: the one that dropout drew, and the one of the ReLU, z > 0.",
        "dy · keep / (1 − rate), then times (z > 0).",
    ],
)


# 4 · Monte-Carlo dropout


def mc_summary(p):
    mean = p.mean(axis=0)
    guess = mean.argmax(axis=1)
    return guess, p[:, np.arange(len(guess)), guess].std(axis=0)


def winner_of_each_pass(p):
    return p.mean(axis=0).argmax(axis=1), p.max(axis=2).std(axis=0)


def first_pass_decides(p):
    guess = p[0].argmax(axis=1)
    return guess, p[:, np.arange(len(guess)), guess].std(axis=0)


def mean_of_all_spreads(p):
    return p.mean(axis=0).argmax(axis=1), p.std(axis=0).mean(axis=1)


def over_samples(p):
    mean = p.mean(axis=1)
    guess = mean.argmax(axis=1)
    return guess, p[np.arange(len(guess)), :, guess].std(axis=1)


def over_classes(p):
    return p.mean(axis=0).argmax(axis=1), p.mean(axis=0).std(axis=1)


def case4(seed, *shape):
    e = np.exp(1.5 * np.random.default_rng(seed).standard_normal(shape))
    return (e / e.sum(axis=2, keepdims=True),)


q4 = Exercise(
    mc_summary,
    cases=[case4(8, 6, 5, 3), case4(9, 9, 4, 3), case4(10, 3, 8, 4)],
    mistakes=[
        (
            winner_of_each_pass,
            "You took the largest probability of each pass. If passes disagree, those belong to "
            "different classes: a pass that is sure of another class should count as spread.",
        ),
        (first_pass_decides, "You let the first pass decide. The mean over all passes does."),
        (
            mean_of_all_spreads,
            "You averaged the spread of all classes. Asked for is that of the class guessed.",
        ),
        (over_samples, "You averaged over the samples. The passes are the first axis."),
        (
            over_classes,
            "That is the spread between classes. It does not ask whether the passes agree.",
        ),
    ],
    hints=[
        "First the mean over passes, (N, K), and its argmax, (N,).",
        "p[:, np.arange(N), guess] has shape (passes, N): its deviation along axis 0.",
    ],
)


# 5 · The geometric mean of an ensemble


def geometric(p, weights):
    g = np.exp(weights @ np.log(p))
    return g / g.sum()


q5 = Exercise(
    geometric,
    cases=[
        (np.array([[0.5, 0.5], [0.9, 0.1]]), np.array([0.8, 0.2])),
        (
            np.array([[0.2, 0.5, 0.3], [0.7, 0.2, 0.1], [0.05, 0.15, 0.8], [0.4, 0.4, 0.2]]),
            np.array([0.36, 0.24, 0.24, 0.16]),
        ),
    ],
    mistakes=[
        (
            lambda p, weights: weights @ p,
            "That is the arithmetic mean. The geometric one multiplies: it averages logarithms.",
        ),
        (
            lambda p, weights: np.exp(weights @ np.log(p)),
            "Not normalised: your probabilities sum to less than 1.",
        ),
        (
            lambda p, weights: geometric(p, np.full(len(p), 1 / len(p))),
            "All masks count alike in yours. Each has the probability given in `weights`.",
        ),
        (
            lambda p, weights: np.exp(weights @ np.log(p / p.sum(axis=0))),
            "You normalised over the masks. Probabilities sum to 1 over the classes, and at the "
            "end.",
        ),
    ],
    hints=[
        "The logarithm of a weighted geometric mean is the weighted mean of the logarithms.",
        "g = np.exp(weights @ np.log(p)), then divide by its sum.",
    ],
)
