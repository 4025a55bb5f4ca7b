"""Exercises of chapter 20, model evaluation."""

import math

import numpy as np

from . import Exercise

RNG = np.random.default_rng(2020)


# 1 · The macro F1 by hand, of the confusion matrix in the text

COUNTS = np.array([[6, 2, 0], [3, 4, 1], [0, 0, 4]])


def macro_scores(counts):
    """Macro precision, macro recall and macro F1."""
    right, said, true = np.diag(counts), counts.sum(axis=0), counts.sum(axis=1)
    return (right / said).mean(), (right / true).mean(), (2 * right / (said + true)).mean()


PRECISION, RECALL, F1 = macro_scores(COUNTS)

q1 = Exercise(
    round(float(F1), 4),
    mistakes=[
        (
            2 * PRECISION * RECALL / (PRECISION + RECALL),
            "You averaged precision and recall over the classes and made one F1 of the two means. "
            "The macro F1 is the mean of the three classes' own F1.",
        ),
        (PRECISION, "That is the macro precision."),
        (RECALL, "That is the macro recall."),
        (
            np.trace(COUNTS) / COUNTS.sum(),
            "That is the accuracy: large classes count more in it. Give each class one vote.",
        ),
        (
            F1 / 2,
            "Each of your three F1 lacks its factor 2: two times right, over row plus column.",
        ),
        (
            (2 * np.diag(COUNTS) / (COUNTS.sum(0) + COUNTS.sum(1))) @ COUNTS.sum(1) / COUNTS.sum(),
            "You weighted the classes by their size. In the macro average they count the same.",
        ),
    ],
    hints=[
        "For each class: twice the number on the diagonal, over its row sum plus its column sum.",
        "The three F1 are 12/17, 8/14 and 8/9. Take their mean.",
    ],
    rounding=2e-3,
)


# 2 · The bootstrap for the difference of two models


def difference_interval(right_a, right_b, rows):
    gains = (right_a.astype(float) - right_b)[rows].mean(axis=1)
    low, high = np.quantile(gains, [0.025, 0.975])
    return float(low), float(high)


def unpaired(right_a, right_b, rows):
    gains = right_a[rows].mean(axis=1) - right_b[rows[::-1]].mean(axis=1)
    return tuple(np.quantile(gains, [0.025, 0.975]))


def at(low, high):
    """The interval between two other quantiles."""
    def answer(right_a, right_b, rows):
        gains = right_a[rows].mean(axis=1) - right_b[rows].mean(axis=1)
        return tuple(np.quantile(gains, [low, high]))

    return answer


def of_the_mean(right_a, right_b, rows):
    gains = right_a[rows].mean(axis=1) - right_b[rows].mean(axis=1)
    half = 1.96 * gains.std() / np.sqrt(len(gains))
    return gains.mean() - half, gains.mean() + half


def answers_of_two(n):
    """Which of n samples two models get right, the second a little worse, and 200 resamples."""
    right_a = RNG.random(n) < 0.8
    right_b = np.where(RNG.random(n) < 0.15, ~right_a, right_a)
    return right_a, right_b, RNG.integers(n, size=(200, n))


q2 = Exercise(
    difference_interval,
    cases=[answers_of_two(40), answers_of_two(25), answers_of_two(100)],
    mistakes=[
        (
            unpaired,
            "The two models were asked different resamples. Take the same rows for both: the "
            "luck with hard samples then cancels.",
        ),
        (
            at(0.05, 0.95),
            "That holds 90 % of the resamples: 5 % are cut off on each side. Cut 2.5 % off.",
        ),
        (
            at(0.025, 0.5),
            "The upper end is the median. It should be the quantile 0.975.",
        ),
        (
            of_the_mean,
            "You divided by the root of the number of resamples, so the interval shrinks as you "
            "draw more of them. The spread of the resamples is itself the answer.",
        ),
        (
            lambda right_a, right_b, rows: difference_interval(right_b, right_a, rows),
            "The difference is turned round: accuracy of a minus accuracy of b.",
        ),
        (
            lambda right_a, right_b, rows: tuple(
                np.quantile(right_a[rows].mean(axis=1), [0.025, 0.975])
            ),
            "That is the interval of the first model's accuracy alone.",
        ),
    ],
    hints=[
        "right_a[rows] has the shape of rows: one resample in each row. What is its mean over "
        "axis 1?",
        "gains = right_a[rows].mean(axis=1) - right_b[rows].mean(axis=1), then "
        "np.quantile(gains, [0.025, 0.975]).",
    ],
)


# 3 · The expected calibration error


def calibration_error(confidence, right, bins):
    total = 0.0
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    for k in range(bins):
        total += abs((right[which == k] - confidence[which == k]).sum())
    return total / len(confidence)


def gaps_and_sizes(confidence, right, bins):
    """Gap and number of samples of each bin that is not empty."""
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    rows = [which == k for k in np.unique(which)]
    gaps = [abs(right[some].mean() - confidence[some].mean()) for some in rows]
    return np.array(gaps), np.array([some.sum() for some in rows])


def without_the_sure(confidence, right, bins):
    which, total = (confidence * bins).astype(int), 0.0
    for k in range(bins):
        total += abs((right[which == k] - confidence[which == k]).sum())
    return total / len(confidence)


def from_the_middle(confidence, right, bins):
    which, total = np.minimum((confidence * bins).astype(int), bins - 1), 0.0
    for k in np.unique(which):
        some = which == k
        total += some.sum() * abs(right[some].mean() - (k + 0.5) / bins)
    return total / len(confidence)


q3 = Exercise(
    calibration_error,
    cases=[
        (np.array([0.95, 0.85, 0.88, 0.56, 0.33]), np.array([True, False, True, True, False]), 10),
        (np.array([1.0, 0.97, 0.62, 0.71, 0.43, 1.0, 0.66]),
         np.array([True, True, False, True, True, False, True]), 4),
        (np.linspace(0.26, 0.99, 30), np.arange(30) % 3 > 0, 5),
    ],
    mistakes=[
        (
            lambda c, right, bins: gaps_and_sizes(c, right, bins)[0].mean(),
            "Every bin has the same weight in yours. Weigh a bin's gap by its share of the "
            "samples; else two odd answers count as much as a thousand.",
        ),
        (
            lambda c, right, bins: np.abs(right - c).mean(),
            "You took the gap of each single answer. One answer is right or wrong, never 80 %: "
            "only a group can be as right as it claimed. Sum inside a bin before taking abs.",
        ),
        (
            lambda c, right, bins: abs(right.mean() - c.mean()),
            "You put all samples into one bin, where too much and too little trust cancel.",
        ),
        (
            without_the_sure,
            "A confidence of exactly 1 is lost: int(1 · bins) is one past the last bin.",
        ),
        (
            from_the_middle,
            "You compared with the middle of the bin. Compare with the mean confidence in it.",
        ),
        (
            lambda c, right, bins: gaps_and_sizes(c, right, bins)[0].max(),
            "That is the largest gap. Asked is the mean gap, weighted by the bins' sizes.",
        ),
    ],
    hints=[
        "Which bin does a confidence fall into? int(confidence · bins), and 1 goes into the last.",
        "For each bin: abs((right − confidence) summed over the bin). Add these up, divide by n.",
    ],
)


# 4 · McNemar's test, exactly


def exact_p(right_a, right_b):
    only_a, only_b = int((right_a & ~right_b).sum()), int((right_b & ~right_a).sum())
    n = only_a + only_b
    tail = sum(math.comb(n, k) for k in range(max(only_a, only_b), n + 1)) / 2**n
    return min(1.0, 2 * tail)


def tail_probability(most, n):
    return sum(math.comb(n, k) for k in range(most, n + 1)) / 2**n


def counted(right_a, right_b):
    return int((right_a & ~right_b).sum()), int((right_b & ~right_a).sum())


def one_sided(right_a, right_b):
    return tail_probability(max(counted(right_a, right_b)), sum(counted(right_a, right_b)))


def without_the_count_itself(right_a, right_b):
    a, b = counted(right_a, right_b)
    return min(1.0, 2 * tail_probability(max(a, b) + 1, a + b))


def bell_curve(right_a, right_b):
    a, b = counted(right_a, right_b)
    return math.erfc((abs(a - b) - 1) / math.sqrt(2 * (a + b)))


def all_right_answers(right_a, right_b):
    a, b = int(right_a.sum()), int(right_b.sum())
    return min(1.0, 2 * tail_probability(max(a, b), a + b))


def pair(both, only_a, only_b, neither):
    """Two arrays of True and False with these numbers of samples."""
    right_a = np.repeat([True, True, False, False], [both, only_a, only_b, neither])
    right_b = np.repeat([True, False, True, False], [both, only_a, only_b, neither])
    return right_a, right_b


q4 = Exercise(
    exact_p,
    cases=[pair(20, 8, 2, 4), pair(50, 3, 9, 10), pair(10, 12, 4, 6), pair(30, 4, 4, 2)],
    mistakes=[
        (
            one_sided,
            "That is the chance that this one model wins so often. You would have been as "
            "surprised by the other one: take both sides, and never more than 1.",
        ),
        (
            lambda a, b: 2 * one_sided(a, b),
            "With equal counts the two tails overlap in the middle, and your probability exceeds "
            "1. Cap it.",
        ),
        (
            without_the_count_itself,
            "You summed what lies beyond the count that was seen. The count itself belongs to "
            "“at least so many”.",
        ),
        (
            bell_curve,
            "That is the bell curve with the correction: near, but not the exact coin.",
        ),
        (
            all_right_answers,
            "You compared all right answers. Samples on which the models agree say nothing: count "
            "those that only one of them got right.",
        ),
    ],
    hints=[
        "Only disagreements count, n of them. A fair coin gives k heads in n throws with "
        "probability math.comb(n, k) / 2**n.",
        "Sum from max(only_a, only_b) to n, double it, and take min(1, …).",
    ],
)


# 5 · The slope of the loss along the inverse temperature


def softmax_of(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def slope(beta, z, t):
    e = np.exp(beta * (z - z.max(axis=1, keepdims=True)))
    p = e / e.sum(axis=1, keepdims=True)
    return ((p * z).sum(axis=1) - z[np.arange(len(t)), t]).mean()


Z = RNG.normal(0, 2, (6, 4)).round(1)

q5 = Exercise(
    slope,
    cases=[
        (0.5, Z, np.array([0, 3, 2, 1, 1, 0])),
        (2.0, Z[:4] + 1, np.array([3, 3, 0, 2])),
        (1.3, Z[:, :3], np.array([0, 1, 2, 2, 1, 0])),
    ],
    mistakes=[
        (lambda beta, z, t: -slope(beta, z, t), "The sign is turned round: expected minus true."),
        (
            lambda beta, z, t: slope(1.0, z, t),
            "The probabilities are those of beta = 1. They change with beta: softmax(beta · z).",
        ),
        (
            lambda beta, z, t: slope(beta, z, t) * len(t),
            "You summed over the rows. The loss is a mean.",
        ),
        (
            lambda beta, z, t: -(beta**2) * slope(beta, z, t),
            "That is the slope along T = 1/beta. Asked is the one along beta.",
        ),
        (
            lambda beta, z, t: (softmax_of(beta * z).max(axis=1)
                                - (softmax_of(beta * z).argmax(axis=1) == t)).mean(),
            "That is mean confidence minus accuracy. It has the right idea, but the loss weighs "
            "all classes, each with its score.",
        ),
    ],
    hints=[
        "Each row's loss is ln Σ exp(beta · z) − beta · z of the right class. What is its slope?",
        "With p = softmax(beta · z): the mean over rows of Σ p z minus z at the right class.",
    ],
)
