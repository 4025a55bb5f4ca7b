"""Exercises of chapter 12, validation data."""

import math

import numpy as np

from . import Exercise

# 1 · k-fold by hand


q1 = Exercise(
    np.array([0, 1, 2, 3, 4, 5, 9, 10]),
    mistakes=[
        (
            np.array([6, 7, 8]),
            "These are the rows that validate. The question is who trains: all others.",
        ),
        (
            np.array([0, 1, 2, 3, 6, 7, 8, 9, 10]),
            "You cut folds of 2, 2, 2 and 5 rows. The rows left over go to the first folds, one "
            "each, so that sizes differ by 1 at most.",
        ),
        (
            np.array([0, 1, 2, 3, 4, 8, 9, 10]),
            "You cut folds of 2, 3, 3 and 3 rows. The longer folds come first.",
        ),
        (
            np.array([0, 1, 2, 3, 4, 5, 6, 7, 8]),
            "That leaves out the fourth fold. The third one is folds[2].",
        ),
    ],
    hints=[
        "11 = 4 · 2 + 3: three of the four folds get one row more than 2.",
        "The folds are 0–2, 3–5, 6–8 and 9–10. Leave out the third.",
    ],
)


# 2 · Folds with the classes dealt evenly


def deal_folds(t, k):
    folds = np.empty(len(t), dtype=int)
    folds[np.argsort(t, kind="stable")] = np.arange(len(t)) % k
    return folds


def deal_each_class_anew(t, k):
    folds = np.empty(len(t), dtype=int)
    for label in np.unique(t):
        folds[t == label] = np.arange((t == label).sum()) % k
    return folds


def deal_blocks(t, k):
    folds = np.empty(len(t), dtype=int)
    parts = np.array_split(np.argsort(t, kind="stable"), k)
    for i, part in enumerate(parts):
        folds[part] = i
    return folds


q2 = Exercise(
    deal_folds,
    cases=[
        (np.array([1, 0, 0, 1, 0, 2, 0, 1, 0, 2, 0]), 3),
        (np.array([2, 2, 1, 0, 1, 1, 0, 2, 2, 1, 1, 1, 0]), 4),
        (np.array([0, 0, 0, 0, 0, 1, 1, 1]), 2),
        (np.array([1, 0, 1, 0, 1]), 5),
    ],
    mistakes=[
        (
            lambda t, k: np.arange(len(t)) % k,
            "The rows were dealt as they lie in the table; the labels had no say. Sort them by "
            "class first.",
        ),
        (
            deal_each_class_anew,
            "Every class starts again at fold 0, so the rows left over pile up in the first "
            "folds. Go on where the class before stopped.",
        ),
        (
            lambda t, k: (np.arange(len(t)) % k)[np.argsort(t, kind="stable")],
            "The sorting was undone in the wrong direction: entry i of the order says which row "
            "is dealt i-th, so the fold numbers must be written to folds[order].",
        ),
        (
            deal_blocks,
            "The sorted rows were cut into blocks, so a fold holds one or two classes. Deal them "
            "in turn: 0, 1, …, k − 1, 0, 1, …",
        ),
    ],
    hints=[
        "order = np.argsort(t, kind='stable') lists the rows class by class, in their old order.",
        "folds = np.empty(len(t), dtype=int), then folds[order] = 0, 1, …, k − 1, 0, 1, …",
    ],
)


# 3 · Early stopping


def best_and_last(losses, patience):
    best = 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        if epoch - best >= patience:
            break
    return best, epoch


def sees_the_future(losses, patience):
    return int(np.argmin(losses)), best_and_last(losses, patience)[1]


def keeps_the_last(losses, patience):
    last = best_and_last(losses, patience)[1]
    return last, last


def counts_rises(losses, patience):
    best, rises = 0, 0
    for epoch in range(len(losses)):
        if losses[epoch] < losses[best]:
            best = epoch
        rises = rises + 1 if epoch and losses[epoch] >= losses[epoch - 1] else 0
        if rises >= patience:
            break
    return best, epoch


def one_too_many(losses, patience):
    return best_and_last(losses, patience + 1)


q3 = Exercise(
    best_and_last,
    cases=[
        ([0.9, 0.7, 0.8, 0.75, 0.72, 0.5], 3),
        ([0.9, 0.7, 0.8, 0.75, 0.69, 0.71, 0.7, 0.8, 0.6], 3),
        ([1.0, 0.8, 0.6, 0.5], 2),
        ([1.0, 1.1, 1.2, 1.3], 1),
        ([0.9, 0.8, 0.85, 0.83, 0.86, 0.84, 0.9, 0.7], 4),
    ],
    mistakes=[
        (
            sees_the_future,
            "The best epoch is taken from the whole list. After the stop there was no training: "
            "only epochs up to there exist.",
        ),
        (
            keeps_the_last,
            "You keep the last epoch's weights. They are already past the best; early stopping "
            "goes back.",
        ),
        (
            counts_rises,
            "You count how often in a row the loss rises. One lucky dip on the way up then resets "
            "the count. Count the epochs since the best one.",
        ),
        (
            one_too_many,
            "You wait one epoch too long: stop as soon as `patience` epochs have passed since "
            "the best.",
        ),
    ],
    hints=[
        "Remember the number of the best epoch so far. Two things are then to be asked in every "
        "epoch.",
        "if losses[epoch] < losses[best]: best = epoch; then if epoch − best >= patience: break.",
    ],
)


# 4 · How lucky is the best of K


def below(n, a):
    """P(at most j of n are right), j = 0 … n."""
    return np.cumsum([math.comb(n, j) * a**j * (1 - a) ** (n - j) for j in range(n + 1)])


def expected_best(K, n, a):
    chances = [math.comb(n, j) * a**j * (1 - a) ** (n - j) for j in range(n + 1)]
    at_most = np.cumsum(chances) ** K
    return float((1 - at_most[:-1]).sum() / n)


q4 = Exercise(
    expected_best,
    cases=[(2, 1, 0.5), (1, 10, 0.6), (20, 30, 0.6), (100, 30, 1 / 3), (20, 300, 0.6)],
    mistakes=[
        (
            lambda K, n, a: a,
            "That is what one candidate scores on average. The best of several scores more.",
        ),
        (
            lambda K, n, a: float(((1 - below(n, a)[:-1]) ** K).sum() / n),
            "That is the expected worst of the K: (1 − F)ᴷ is the chance that all are above j. The "
            "best is above j unless all are at most j: 1 − Fᴷ.",
        ),
        (
            lambda K, n, a: float((1 - below(n, a)[:-1] ** K).sum()),
            "That is the expected number of right answers. Divide by n.",
        ),
        (
            lambda K, n, a: float((below(n, a)[:-1] ** K).sum() / n),
            "The sum is over the chances that the best is more than j, which are 1 − F(j)ᴷ.",
        ),
        (
            lambda K, n, a: a + 1.867 * math.sqrt(a * (1 - a) / n),
            "1.87 standard errors belong to 20 candidates and to the normal curve. Count exactly, "
            "with the binomial probabilities.",
        ),
    ],
    hints=[
        "F(j) = P(one candidate has at most j of n right) is a sum of terms math.comb(n, i) "
        "aⁱ(1 − a)ⁿ⁻ⁱ. All K have at most j with probability F(j)ᴷ.",
        "The mean of a count is the sum of P(count > j) over j = 0 … n − 1; here P = 1 − F(j)ᴷ.",
    ],
)


# 5 · A random number between two powers


def log_uniform(u, low, high):
    return low * (high / low) ** u


q5 = Exercise(
    log_uniform,
    cases=[(0.5, 0.001, 1.0), (0.25, 0.01, 100.0), (0.0, 2.0, 64.0), (0.9, 4.0, 64.0)],
    mistakes=[
        (
            lambda u, low, high: low + u * (high - low),
            "That is even on the linear scale: nine in ten of the draws from 0.001 … 1 would be "
            "above 0.1.",
        ),
        (
            lambda u, low, high: 10 ** (low + u * (high - low)),
            "The limits are not exponents. Take their logarithms first.",
        ),
        (
            lambda u, low, high: math.log(low) + u * (math.log(high) - math.log(low)),
            "That is the logarithm of the number. Undo it with exp.",
        ),
        (
            lambda u, low, high: (high / low) ** u,
            "That runs from 1 to high/low. It must start at low.",
        ),
    ],
    hints=[
        "u = 0 gives low and u = 1 gives high. Equal steps of u multiply by equal factors.",
        "From low to high the factor is high/low; take the share u of it, as a power.",
    ],
)
