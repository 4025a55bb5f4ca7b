"""Exercises of notebook b7, attention."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(707)


def shares(z):
    """Softmax of a vector, or of every row."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def some(*shape):
    """Random numbers with one decimal."""
    return RNG.integers(-20, 21, shape) / 10


# 1 · Weights of one query


def weights(q, k):
    return shares(k @ q / np.sqrt(len(q)))


q1 = Exercise(
    weights,
    cases=[(some(4), some(3, 4)), (some(2), some(5, 2)), (some(9), some(2, 9))],
    mistakes=[
        (lambda q, k: shares(k @ q), "The scores are not divided by √d, d being the width of q."),
        (lambda q, k: shares(k @ q / len(q)), "Divided by d; it is the square root of d."),
        (
            lambda q, k: shares(k @ q / np.sqrt(len(k))),
            "√ of the number of keys. The width d of query and key counts: len(q).",
        ),
        (lambda q, k: k @ q / np.sqrt(len(q)), "These are the scores. Weights are their softmax."),
        (
            lambda q, k: np.exp(k @ q / np.sqrt(len(q))),
            "The exponentials are not divided by their sum: weights add up to 1.",
        ),
    ],
    hints=["One dot product per key: k @ q.", "Divide by np.sqrt(len(q)), then softmax."],
)


# 2 · A causal mask


def causal_mask(time):
    return np.tri(time, dtype=bool)


q2 = Exercise(
    causal_mask,
    cases=[(4,), (1,), (6,)],
    mistakes=[
        (
            lambda time: np.tri(time, dtype=bool).T,
            "Transposed: here each step sees only itself and what comes later.",
        ),
        (
            lambda time: np.tri(time, k=1, dtype=bool),
            "Off by one: each step sees the next one, the very thing that it should predict.",
        ),
        (
            lambda time: np.tri(time, k=-1, dtype=bool),
            "A step may look at itself. And the first one has nobody else: its row needs a True.",
        ),
        (
            lambda time: ~np.tri(time, dtype=bool),
            "True means allowed here, not hidden.",
        ),
    ],
    hints=[
        "Row i is the query, column j the key. Which j may step i see?",
        "j ≤ i: compare np.arange(time) as a row and as a column, or use np.tri.",
    ],
)


# 3 · The spread of a dot product


def spread(d, sigma):
    return sigma**2 * np.sqrt(d)


q3 = Exercise(
    spread,
    cases=[(16, 2.0), (100, 0.5), (64, 3.0), (9, 0.1)],
    mistakes=[
        (
            lambda d, sigma: sigma**4 * d,
            "That is the variance. The standard deviation is its square root.",
        ),
        (
            lambda d, sigma: sigma**2 * d,
            "Variances add up, standard deviations do not: √d, not d.",
        ),
        (
            lambda d, sigma: sigma * np.sqrt(d),
            "Each product has two factors, and each of them has the standard deviation sigma.",
        ),
        (lambda d, sigma: np.sqrt(d), "That is for sigma = 1."),
    ],
    hints=[
        "What is the variance of one product a · b of independent entries with mean 0?",
        "sigma⁴; d of them add up to d · sigma⁴. Take the root.",
    ],
)


# 4 · Parameters


def count_parameters(n, heads):
    return 4 * n * n + 4 * n


q4 = Exercise(
    count_parameters,
    cases=[(8, 2), (64, 4), (6, 1), (12, 3)],
    mistakes=[
        (
            lambda n, heads: heads * (4 * n * n + 4 * n),
            "Heads share the n features: each has n / heads. More heads cost no more parameters.",
        ),
        (
            lambda n, heads: 3 * n * n + 3 * n,
            "Queries, keys and values are there. The last product, which mixes the heads, is not.",
        ),
        (lambda n, heads: 4 * n * n, "The biases are missing: 3 · n and n."),
        (
            lambda n, heads: 4 * (n // heads) ** 2 + 4 * (n // heads),
            "That is one head, looking at its own share of x. Every head reads all n features.",
        ),
    ],
    hints=[
        "The shapes: W (n, 3 · n), b, W_out (n, n), b_out.",
        "3 · n² + 3 · n, and n² + n. Where do the heads come in?",
    ],
)


# 5 · Another order


def other_order(y, order):
    return y[order]


q5 = Exercise(
    other_order,
    cases=[
        (some(4, 2), np.array([1, 2, 3, 0])),
        (some(5, 1), np.array([2, 0, 3, 4, 1])),
        (some(3, 3), np.array([1, 2, 0])),
    ],
    mistakes=[
        (
            lambda y, order: y,
            "The outputs change places, too: step i now holds what was step order[i].",
        ),
        (
            lambda y, order: y[np.argsort(order)],
            "That is the way back. Outputs move as the inputs do: x[order] gives y[order].",
        ),
        (
            lambda y, order: np.tile(y.mean(axis=0), (len(y), 1)),
            "The mean of all outputs. Each step still has a query of its own.",
        ),
    ],
    hints=[
        "Query order[i] now stands at place i, and its sum over all keys has not changed.",
        "One index does it.",
    ],
)


# 6 · Through the softmax


def score_gradient(p, dp):
    return p * (dp - (dp * p).sum(axis=-1, keepdims=True))


q6 = Exercise(
    score_gradient,
    cases=[(shares(some(2, 4)), some(2, 4)), (shares(some(3, 3)), some(3, 3))],
    mistakes=[
        (
            lambda p, dp: p * dp,
            "A higher weight takes from all others: subtract the weighted mean of dp first.",
        ),
        (
            lambda p, dp: p * (dp - dp.mean(axis=-1, keepdims=True)),
            "The plain mean. Weights count: Σ p · dp.",
        ),
        (
            lambda p, dp: p * (1 - p) * dp,
            "That is only the Jacobian's diagonal. Every score moves every weight of its row.",
        ),
        (
            lambda p, dp: p * (dp - (dp * p).sum()),
            "One sum over everything. Each query, so each row, has a softmax of its own.",
        ),
    ],
    hints=[
        "Chapter 9's softmax Jacobian, for every row: p_i (1 if i = j else 0) − p_i p_j.",
        "dz_i = p_i · (dp_i − Σ_j p_j dp_j), with keepdims to keep the rows apart.",
    ],
)
