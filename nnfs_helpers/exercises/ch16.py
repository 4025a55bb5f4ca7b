"""Exercises of chapter 16, binary logistic regression."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(1616)


def chances(*shape):
    """Random probabilities for the cases, rounded, so that some are equal."""
    return RNG.uniform(0.05, 0.95, shape).round(2)


# 1 · Binary cross-entropy by hand: p = 1/2, 1/4, 3/4, 1/8 with t = 1, 0, 1, 1


q1 = Exercise(
    round((np.log(2) + 2 * np.log(4 / 3) + np.log(8)) / 4, 4),
    mistakes=[
        (
            np.log(2) + 2 * np.log(4 / 3) + np.log(8),
            "That is the sum over the four rows. The loss is their mean.",
        ),
        (
            (np.log(2) + np.log(4) + np.log(4 / 3) + np.log(8)) / 4,
            "You took −ln p in every row. In the second the answer is no, and the network gave "
            "that answer the probability 1 − p = 3/4.",
        ),
        (
            (np.log(2) + np.log(4 / 3) + np.log(8)) / 4,
            "The second row is missing: one with t = 0 costs −ln(1 − p), not nothing.",
        ),
        (
            (np.log(2) + np.log(4) + np.log(4) + np.log(8 / 7)) / 4,
            "You swapped the two terms: −ln p belongs to t = 1 and −ln(1 − p) to t = 0.",
        ),
        (
            (np.log(2) + 2 * np.log(4 / 3) + np.log(8)) / 4 / np.log(2),
            "That is in bits. Use the natural logarithm.",
        ),
    ],
    hints=[
        "In each row, write down the probability that the network gave to the answer that came.",
        "They are 1/2, 3/4, 3/4 and 1/8. The loss is the mean of −ln of these.",
    ],
    rounding=2e-3,
)


# 2 · AUC by ranks, ties included


def rank_auc(p, t):
    ones, zeros = p[t == 1], p[t == 0]
    lead = ones[:, None] - zeros[None, :]
    return ((lead > 0) + 0.5 * (lead == 0)).mean()


def by_positions(p, t):
    ranks = np.empty(len(p))
    ranks[np.argsort(p, kind="stable")] = np.arange(1, len(p) + 1)
    ones = (t == 1).sum()
    return (ranks[t == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(p) - ones))


def ranks_from(p, t, start):
    ranks = np.array([(p < one).sum() + 0.5 * ((p == one).sum() - 1) + start for one in p])
    ones = (t == 1).sum()
    return ranks[t == 1].sum(), ones, len(p) - ones


def without_subtraction(p, t):
    total, ones, zeros = ranks_from(p, t, 1)
    return total / (ones * zeros)


q2 = Exercise(
    rank_auc,
    cases=[
        (np.array([0.7, 0.2, 0.7, 0.4, 0.9, 0.4]), np.array([1, 0, 0, 0, 1, 1])),
        (np.array([0.5, 0.5, 0.5, 0.5, 0.1]), np.array([0, 1, 0, 1, 1])),
        (np.array([0.3, 0.8, 0.6]), np.array([0, 1, 0])),
        (chances(12).round(1), np.array([1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0])),
    ],
    mistakes=[
        (
            by_positions,
            "Right without ties. Equal scores must share their ranks, each the mean of their "
            "places: argsort gives them different ones, by the accident of their order.",
        ),
        (
            lambda p, t: (p[t == 1][:, None] > p[t == 0]).mean(),
            "A tie counts nothing in yours. It is worth half a pair: a coin decides it.",
        ),
        (
            lambda p, t: (p[t == 1][:, None] >= p[t == 0]).mean(),
            "A tie counts as won in yours. It is worth half a pair: a coin decides it.",
        ),
        (
            lambda p, t: 1 - rank_auc(p, t),
            "That is the chance that the 0 outscores the 1: one minus the AUC.",
        ),
        (
            without_subtraction,
            "The rank of a 1 also counts the other 1s below it. Take n₁(n₁ + 1)/2 off their sum.",
        ),
        (
            lambda p, t: ((p >= 0.5) == t).mean(),
            "That is an accuracy, at the threshold 0.5. The AUC asks for no threshold, only for "
            "the order of the scores.",
        ),
    ],
    hints=[
        "Look at all pairs of a 1 and a 0. In which of them has the 1 the higher score?",
        "ones[:, None] − zeros[None, :] is a table of all pairs. Positive counts 1, zero ½. "
        "(Or: rank with shared ranks, add the ranks of the 1s, take n₁(n₁ + 1)/2 off, divide by "
        "n₁n₀.)",
    ],
)


# 3 · Decide by cost


def decide(p, cost_fp, cost_fn):
    return p > cost_fp / (cost_fp + cost_fn)


q3 = Exercise(
    decide,
    cases=[
        (np.array([0.02, 0.08, 0.1, 0.3, 0.45, 0.6, 0.95]), 1.0, 10.0),
        (np.array([0.3, 0.5, 0.7, 0.74, 0.76, 0.9, 0.99]), 3.0, 1.0),
        (np.array([0.1, 0.2, 0.3, 0.35, 0.45, 0.55, 0.64]), 2.0, 4.0),
    ],
    mistakes=[
        (
            lambda p, cost_fp, cost_fn: p > cost_fn / (cost_fp + cost_fn),
            "You swapped the costs. If a miss is dear, the threshold must be low, so that even a "
            "small probability raises the alarm.",
        ),
        (
            lambda p, cost_fp, cost_fn: p > 0.5,
            "That is right only if both mistakes cost the same.",
        ),
        (
            lambda p, cost_fp, cost_fn: p > cost_fp / cost_fn,
            "cost_fp / cost_fn is what the odds p/(1 − p) must exceed. You compared it with p.",
        ),
        (
            lambda p, cost_fp, cost_fn: p < cost_fp / (cost_fp + cost_fn),
            "The threshold is right, the answers are inverted: True means yes.",
        ),
        (
            lambda p, cost_fp, cost_fn: np.where(p > cost_fp / (cost_fp + cost_fn), p, 0.0),
            "The answer is True or False in each row, not a probability.",
        ),
    ],
    hints=[
        "What does a yes cost on average if the probability is p? What does a no?",
        "A yes costs (1 − p)·cost_fp, a no costs p·cost_fn. Answer yes where a yes is cheaper.",
    ],
)


# 4 · The cheapest threshold on a table of answers


def lowest_cost(p, t, cost_fp, cost_fn):
    costs = []
    for threshold in [*np.unique(p), np.inf]:
        yes = p >= threshold
        costs.append(cost_fp * (yes & (t == 0)).sum() + cost_fn * (~yes & (t == 1)).sum())
    return float(min(costs))


def cost_at(p, t, cost_fp, cost_fn, threshold):
    yes = p >= threshold
    return float(cost_fp * (yes & (t == 0)).sum() + cost_fn * (~yes & (t == 1)).sum())


q4 = Exercise(
    lowest_cost,
    cases=[
        (np.array([0.1, 0.2, 0.3, 0.4, 0.6, 0.9]), np.array([0, 1, 0, 0, 1, 1]), 1.0, 2.0),
        (np.array([0.2, 0.6, 0.7, 0.8, 0.9]), np.array([0, 1, 0, 0, 0]), 5.0, 1.0),
        (np.array([0.03, 0.3, 0.3, 0.8, 0.4]), np.array([1, 1, 0, 1, 0]), 1.0, 20.0),
        (chances(20), np.arange(20) % 3 % 2, 1.0, 3.0),
    ],
    mistakes=[
        (
            lambda p, t, a, b: cost_at(p, t, a, b, a / (a + b)),
            "That is the cost at the threshold of the formula, which is best on average if the "
            "probabilities are honest. On a given table another threshold may be cheaper: try "
            "them all.",
        ),
        (
            lambda p, t, a, b: cost_at(p, t, a, b, 0.5),
            "That is the cost at 0.5. Try every threshold.",
        ),
        (
            lambda p, t, a, b: min(cost_at(p, t, a, b, threshold) for threshold in np.unique(p)),
            "One answer was forgotten: no to everyone. No threshold among the scores says that.",
        ),
        (
            lambda p, t, a, b: lowest_cost(p, t, b, a),
            "You swapped the costs: a yes where t is 0 costs cost_fp.",
        ),
        (
            lambda p, t, a, b: lowest_cost(p, t, a, b) / len(p),
            "That is the cost per row. The total is asked for.",
        ),
    ],
    hints=[
        "The cost changes only where the threshold passes a score. So few thresholds need a try.",
        "Loop over np.unique(p) and one above all of them, with yes = p >= threshold; count both "
        "kinds of mistakes; keep the smallest cost.",
    ],
)


# 5 · Several yes/no outputs: accuracy of the single answers, and of whole rows


def several(z, t):
    right = (z >= 0) == (t == 1)
    return float(right.mean()), float(right.all(axis=1).mean())


def column_accuracy(z, t):
    return ((z >= 0) == (t == 1)).mean(axis=0)


q5 = Exercise(
    several,
    cases=[
        (
            np.array([[1.5, -2.0], [-0.3, 0.2], [0.4, 0.8], [-1.0, 3.0]]),
            np.array([[1, 0], [1, 1], [1, 0], [0, 1]]),
        ),
        (
            np.array([[0.3, 0.9, -1.0], [2.0, 0.2, 0.4], [-3.0, 0.7, -0.2]]),
            np.array([[0, 1, 0], [1, 1, 1], [0, 0, 0]]),
        ),
    ],
    mistakes=[
        (
            lambda z, t: (float(((z >= 0.5) == (t == 1)).mean()),
                          float(((z >= 0.5) == (t == 1)).all(axis=1).mean())),
            "z are scores, log-odds. The probability is 0.5 where the score is 0.",
        ),
        (
            lambda z, t: (float((z.argmax(axis=1) == t.argmax(axis=1)).mean()),) * 2,
            "argmax picks one column per row. Here each column is a question of its own, and "
            "several answers, or none, may be yes.",
        ),
        (
            lambda z, t: several(z, t)[::-1],
            "The two numbers are in the wrong order: single answers first, whole rows second.",
        ),
        (
            lambda z, t: (several(z, t)[0], float(np.prod(column_accuracy(z, t)))),
            "Multiplying the columns' accuracies gives the share of perfect rows only if the "
            "mistakes are independent. Count the rows.",
        ),
        (
            lambda z, t: (several(z, t)[0], float(((z >= 0) == (t == 1)).all(axis=0).mean())),
            "Your second number is the share of columns without a mistake. Rows are samples: "
            "look along axis 1.",
        ),
    ],
    hints=[
        "A table of True and False, (N, questions), says which answers are right.",
        "right = (z >= 0) == (t == 1). Its mean is the first number; right.all(axis=1).mean() is "
        "the second.",
    ],
)


# 6 · Another share of yes: precision elsewhere


def precision_elsewhere(recall, fpr, share):
    return share * recall / (share * recall + (1 - share) * fpr)


q6 = Exercise(
    precision_elsewhere,
    cases=[(0.95, 0.1, 0.02), (0.8, 0.05, 0.5), (0.99, 0.2, 0.1), (0.6, 0.3, 0.7)],
    mistakes=[
        (
            lambda recall, fpr, share: recall / (recall + fpr),
            "That is the precision if half of all cases are yes. Weigh both rates with the shares.",
        ),
        (
            lambda recall, fpr, share: share * recall + (1 - share) * (1 - fpr),
            "That is the accuracy, the share of right answers. Precision looks at alarms only.",
        ),
        (
            lambda recall, fpr, share: share * recall,
            "That is the share of all cases that are rightly called yes. Divide it by the share "
            "of all alarms.",
        ),
        (
            lambda recall, fpr, share: share * recall / (share * recall + fpr),
            "False alarms come from the 1 − share of cases whose true answer is no.",
        ),
    ],
    hints=[
        "Imagine 1,000 cases. How many true alarms are there, how many false ones?",
        "True alarms: share · recall. False alarms: (1 − share) · fpr.",
    ],
)
