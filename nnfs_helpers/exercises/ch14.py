"""Exercises of chapter 14, L1 and L2 regularization."""

import numpy as np

from . import Exercise

# 1 · Elastic net


def elastic_net(w, l1, l2):
    value = l1 * np.abs(w).sum() + l2 * (w * w).sum()
    return float(value), l1 * np.sign(w) + 2 * l2 * w


def without_two(w, l1, l2):
    return elastic_net(w, l1, l2)[0], l1 * np.sign(w) + l2 * w


def size_for_sign(w, l1, l2):
    return elastic_net(w, l1, l2)[0], l1 * np.abs(w) + 2 * l2 * w


def one_for_sign(w, l1, l2):
    return elastic_net(w, l1, l2)[0], l1 + 2 * l2 * w


def mean_for_sum(w, l1, l2):
    value, gradient = elastic_net(w, l1, l2)
    return value / w.size, gradient / w.size


def swapped(w, l1, l2):
    return elastic_net(w, l2, l1)


q1 = Exercise(
    elastic_net,
    cases=[
        (np.array([2.0, -1.0, 0.0]), 0.3, 0.1),
        (np.array([[0.5, -0.25], [-3.0, 1.5]]), 0.02, 0.4),
    ],
    mistakes=[
        (without_two, "The value is right. The slope of w² is 2w: the factor 2 is missing."),
        (
            size_for_sign,
            "The value is right. The slope of |w| is the sign of w, not its size: each weight is "
            "pulled equally hard.",
        ),
        (
            one_for_sign,
            "The value is right, but the slope of |w| is −1 for negative w. Yours pushes them "
            "farther out.",
        ),
        (mean_for_sum, "The penalties of the chapter are sums over the weights, not means."),
        (swapped, "The strengths are swapped: l1 belongs to |w|, l2 to w²."),
    ],
    hints=[
        "Value and gradient of a sum are sums: do both penalties one by one.",
        "The gradient is l1 · sign(w) + 2 · l2 · w, with np.sign(0) = 0.",
    ],
)


# 2 · The gradient of |w| at 0


def at_zero(slope, strength):
    left, right = slope - strength, slope + strength
    return left, right, bool(left <= 0 <= right)


def swapped_sides(slope, strength):
    return slope + strength, slope - strength, abs(slope) <= strength


def sign_of_zero(slope, strength):
    return slope, slope, slope == 0


def without_absolute(slope, strength):
    return slope - strength, slope + strength, slope <= strength


def never(slope, strength):
    return slope - strength, slope + strength, slope == 0


q2 = Exercise(
    at_zero,
    cases=[(0.2, 0.3), (-0.5, 0.3), (0.75, 0.25), (-0.125, 0.5)],
    mistakes=[
        (
            swapped_sides,
            "Left and right are swapped: left of 0, |w| falls, so its slope there is −1.",
        ),
        (
            sign_of_zero,
            "That is np.sign(0) = 0 at the kink itself. The question is what lies on both sides "
            "of it.",
        ),
        (
            without_absolute,
            "The slopes are right. But a loss that falls steeply to the right (slope below "
            "−strength) also leads away from 0.",
        ),
        (
            never,
            "The slopes are right. At a kink a minimum does not need slope 0: it is enough that "
            "it goes down to the left of 0 and up to the right.",
        ),
    ],
    hints=[
        "Right of 0, |w| = w has slope 1; left of 0, |w| = −w has slope −1.",
        "0 is a minimum if the slope on the left is not above 0 and that on the right not below.",
    ],
)


# 3 · Which strength: the one-standard-error rule


def one_standard_error(strengths, losses):
    mean = losses.mean(axis=1)
    error = losses.std(axis=1, ddof=1) / np.sqrt(losses.shape[1])
    best = mean.argmin()
    return float(np.max(np.asarray(strengths)[mean <= mean[best] + error[best]]))


def plain_best(strengths, losses):
    return float(strengths[losses.mean(axis=1).argmin()])


def one_deviation(strengths, losses):
    mean, deviation = losses.mean(axis=1), losses.std(axis=1, ddof=1)
    best = mean.argmin()
    return float(np.max(np.asarray(strengths)[mean <= mean[best] + deviation[best]]))


def weakest(strengths, losses):
    mean = losses.mean(axis=1)
    error = losses.std(axis=1, ddof=1) / np.sqrt(losses.shape[1])
    best = mean.argmin()
    return float(np.min(np.asarray(strengths)[mean <= mean[best] + error[best]]))


def luckiest(strengths, losses):
    return float(strengths[losses.min(axis=1).argmin()])


STRENGTHS = np.array([0.001, 0.003, 0.01, 0.03, 0.1, 0.3])
TABLE = np.array([
    [1.10, 1.30, 0.90, 1.20, 1.05],
    [0.62, 0.75, 0.60, 0.70, 0.68],
    [0.50, 0.56, 0.44, 0.60, 0.55],
    [0.51, 0.58, 0.47, 0.58, 0.56],
    [0.57, 0.60, 0.54, 0.62, 0.57],
    [0.90, 0.91, 0.38, 0.92, 0.90],
])  # fmt: skip
SECOND = np.array([
    [0.40, 1.20, 1.10, 0.90],
    [0.62, 0.71, 0.63, 0.67],
    [0.60, 0.70, 0.64, 0.66],
    [0.64, 0.70, 0.65, 0.67],
    [0.65, 0.71, 0.65, 0.67],
    [0.68, 0.72, 0.67, 0.69],
])  # fmt: skip

q3 = Exercise(
    one_standard_error,
    cases=[(STRENGTHS, TABLE), (STRENGTHS, SECOND)],
    mistakes=[
        (
            plain_best,
            "That strength has the lowest mean. The rule goes on: a stronger penalty that is "
            "within one standard error of it is preferred.",
        ),
        (
            one_deviation,
            "That is one standard deviation. The standard error of a mean is the deviation "
            "divided by √(number of columns).",
        ),
        (weakest, "Among those within reach, you took the weakest. The rule takes the strongest."),
        (luckiest, "You looked at the best single entry of each row. That is luck: use means."),
    ],
    hints=[
        "Three steps: means of the rows; standard error of the row with the lowest mean; limit.",
        "The standard error is losses.std(axis=1, ddof=1) / √(columns), taken at the best row.",
    ],
)


# 4 · Prune


def prune(w, share):
    pruned = w.copy()
    order = np.argsort(np.abs(w), axis=None)
    pruned.flat[order[: int(share * w.size)]] = 0
    return pruned


def prune_lowest(w, share):
    pruned = w.copy()
    pruned.flat[np.argsort(w, axis=None)[: int(share * w.size)]] = 0
    return pruned


def prune_largest(w, share):
    pruned = w.copy()
    order = np.argsort(-np.abs(w), axis=None)
    pruned.flat[order[: int(share * w.size)]] = 0
    return pruned


def keep_share(w, share):
    return prune(w, 1 - share)


def prune_each_row(w, share):
    return np.array([prune(row, share) for row in w])


q4 = Exercise(
    prune,
    cases=[
        (np.array([[0.5, -2.0, 0.01, 0.3], [-0.02, 1.5, -0.4, 0.03]]), 0.375),
        (np.array([[3.0, -0.1, 0.2], [0.05, -0.7, 0.9], [1.1, -1.2, 2.5]]), 0.7),
        (np.array([[1.0, -1.5], [0.5, 0.25]]), 0.25),
    ],
    mistakes=[
        (
            prune_lowest,
            "You removed the most negative weights first. Small means close to 0: sort by |w|.",
        ),
        (prune_largest, "You removed the largest weights, those that matter most."),
        (keep_share, "You kept that share and removed the rest."),
        (
            prune_each_row,
            "You removed the share from every row. The smallest weights of the whole array go, "
            "wherever they are.",
        ),
    ],
    hints=[
        "np.argsort(np.abs(w), axis=None) gives the flat positions, smallest first.",
        "Copy w, then set copy.flat[first int(share · w.size) positions] to 0.",
    ],
)


# 5 · The soft threshold


def soft(a, strength):
    return np.sign(a) * np.maximum(np.abs(a) - strength, 0)


def hard(a, strength):
    return np.where(np.abs(a) > strength, a, 0.0)


def without_floor(a, strength):
    return a - strength * np.sign(a)


def one_sided(a, strength):
    return np.maximum(a - strength, 0)


q5 = Exercise(
    soft,
    cases=[
        (np.array([0.8, -0.8, 0.2, -0.2, 0.0]), 0.3),
        (np.array([[1.5, -0.6], [-2.0, 0.4]]), 0.5),
    ],
    mistakes=[
        (
            hard,
            "That cuts off, but it leaves the others where they were. L1 pulls those towards 0, "
            "too, by the strength.",
        ),
        (
            without_floor,
            "Entries smaller than the strength jump over 0 to the other side. They should stop at "
            "0.",
        ),
        (one_sided, "Right for positive a. The negative ones should be mirror images."),
    ],
    hints=[
        "Shorten the size |a| by the strength, but not below 0, and put the sign back.",
        "np.sign(a) * np.maximum(np.abs(a) - strength, 0)",
    ],
)


# 6 · The strength that a prior stands for


def prior_spread(strength, n):
    return 1 / np.sqrt(2 * n * strength)


q6 = Exercise(
    prior_spread,
    cases=[(0.01, 60), (0.5, 1), (0.0002, 2500)],
    mistakes=[
        (
            lambda strength, n: 1 / (2 * n * strength),
            "That is the variance s². The spread is its root.",
        ),
        (
            lambda strength, n: 1 / np.sqrt(2 * strength),
            "The loss is a mean over n samples, so everything was divided by n. Your spread "
            "belongs to one sample.",
        ),
        (
            lambda strength, n: np.sqrt(2 * n * strength),
            "Upside down: a strong penalty stands for a narrow prior.",
        ),
        (
            lambda strength, n: 1 / np.sqrt(n * strength),
            "The 2 is missing: the exponent of the Gaussian is −w²/(2s²).",
        ),
    ],
    hints=[
        "Compare λ Σ w² with Σ w² / (2 n s²).",
        "λ = 1/(2 n s²). Solve for s.",
    ],
)
