"""Exercises of notebook b1, batch normalisation."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(2101)


def normal(*shape):
    """Random numbers for the cases, rounded so that they read well."""
    return RNG.standard_normal(shape).round(2)


# 1 · Normalise columns


def normalized(x, gamma, beta, eps):
    z = (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps)
    return gamma * z + beta


def along_rows(x, gamma, beta, eps):
    z = (x - x.mean(axis=1, keepdims=True)) / np.sqrt(x.var(axis=1, keepdims=True) + eps)
    return gamma * z + beta


def without_root(x, gamma, beta, eps):
    return gamma * (x - x.mean(axis=0)) / (x.var(axis=0) + eps) + beta


def unbiased(x, gamma, beta, eps):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0, ddof=1) + eps) + beta


def beta_inside(x, gamma, beta, eps):
    return gamma * ((x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + eps) + beta)


def eps_outside(x, gamma, beta, eps):
    return gamma * (x - x.mean(axis=0)) / (x.std(axis=0) + eps) + beta


def one_mean(x, gamma, beta, eps):
    return gamma * (x - x.mean()) / np.sqrt(x.var() + eps) + beta


q1 = Exercise(
    normalized,
    cases=[
        (np.array([[1.0, 0.0], [7.0, 2.0], [9.0, 2.0], [15.0, 0.0]]), np.array([2.0, 1.0]),
         np.array([3.0, -1.0]), 1e-5),
        (3 * normal(5, 3) + 1, normal(3), normal(3), 0.1),
        (normal(3, 4), normal(4), normal(4), 0.5),
    ],
    mistakes=[
        (
            along_rows,
            "You normalised each row, over its features. That is LayerNorm; BatchNorm goes down "
            "each column, axis=0.",
        ),
        (
            without_root,
            "You divided by the variance. Its root has the unit of x: without it, z still has one.",
        ),
        (
            unbiased,
            "You divided the squares by N − 1. In the forward pass the batch is all there is: "
            "divide by N. N − 1 is for the running variance.",
        ),
        (
            beta_inside,
            "beta was multiplied by gamma as well. Scale first, then shift: gamma * z + beta.",
        ),
        (
            eps_outside,
            "eps was added to the standard deviation. It belongs under the root, beside the "
            "variance.",
        ),
        (
            one_mean,
            "One mean for the entire table: each column needs its own, axis=0.",
        ),
    ],
    hints=[
        "x.mean(axis=0) and x.var(axis=0) have shape (n,), one number for each column.",
        "z = (x − mean) / √(variance + eps); return gamma * z + beta. Broadcasting does the rest.",
    ],
)


# 2 · The gradients of gamma and beta


def scale_gradients(dy, z):
    return (dy * z).sum(axis=0), dy.sum(axis=0)


q2 = Exercise(
    scale_gradients,
    cases=[
        (np.array([[2.0, 1.0], [-1.0, 0.0], [0.0, 4.0], [3.0, 1.0]]),
         np.array([[-1.4, 1.0], [-0.2, -1.0], [0.2, 1.0], [1.4, -1.0]])),
        (normal(5, 3), normal(5, 3)),
        (normal(3, 4), normal(3, 4)),
    ],
    mistakes=[
        (
            lambda dy, z: ((dy * z).mean(axis=0), dy.mean(axis=0)),
            "You took means. gamma reaches every row, and slopes over several paths are added; the "
            "1/N is in dy already (chapter 9).",
        ),
        (
            lambda dy, z: (dy.sum(axis=0), (dy * z).sum(axis=0)),
            "The right arrays in the wrong order: gamma is multiplied by z, beta by 1.",
        ),
        (
            lambda dy, z: ((dy * z).sum(axis=1), dy.sum(axis=1)),
            "You summed over the features. There is one gamma for each feature: sum over the "
            "samples.",
        ),
        (
            lambda dy, z: (dy * z, dy),
            "These have the shape of z. A gradient has the shape of its thing, here (n,): sum "
            "over the samples.",
        ),
        (
            lambda dy, z: (dy.sum(axis=0) * z.sum(axis=0), dy.sum(axis=0)),
            "A sum of products is not the product of the sums: multiply first.",
        ),
    ],
    hints=[
        "y = gamma · z + beta. Which outputs does gamma of one column reach, and with what factor?",
        "gamma reaches all rows of its column with the factors z, beta with the factor 1: multiply "
        "dy by the factor, then .sum(axis=0).",
    ],
)


# 3 · The running mean


def running_mean(batch_mean, batches, momentum):
    return batch_mean * (1 - (1 - momentum) ** batches)


q3 = Exercise(
    running_mean,
    cases=[(8.0, 1, 0.1), (8.0, 2, 0.1), (-3.0, 10, 0.2), (5.0, 30, 0.05), (2.0, 3, 0.6)],
    mistakes=[
        (
            lambda batch_mean, batches, momentum: batch_mean * (1 - momentum**batches),
            "momentum is the share of the new batch here; what is left of the old average is "
            "1 − momentum.",
        ),
        (
            lambda batch_mean, batches, momentum: batch_mean * (1 - momentum) ** batches,
            "That is how far the running mean still has to go. It starts at 0 and moves towards "
            "the batch mean.",
        ),
        (
            lambda batch_mean, batches, momentum: batch_mean * min(1.0, momentum * batches),
            "The steps do not have equal length: each covers a share of the distance that is left.",
        ),
        (
            lambda mean, batches, momentum: mean * (1 - (1 - momentum) ** (batches + 1)),
            "One batch too many: after one batch the running mean is momentum · batch_mean.",
        ),
    ],
    hints=[
        "Look at the distance between running mean and batch mean. What does one batch do to it?",
        "It is multiplied by 1 − momentum. It starts at batch_mean, so after k batches "
        "batch_mean · (1 − momentum)**k is left.",
    ],
)


# 4 · One limit for several arrays


def clip_both(dW, db, limit):
    length = np.sqrt((dW * dW).sum() + (db * db).sum())
    factor = min(1.0, limit / length)
    return dW * factor, db * factor


def each_alone(dW, db, limit):
    return tuple(g * min(1.0, limit / np.sqrt((g * g).sum())) for g in (dW, db))


def lengths_added(dW, db, limit):
    factor = min(1.0, limit / (np.sqrt((dW * dW).sum()) + np.sqrt((db * db).sum())))
    return dW * factor, db * factor


def always_scaled(dW, db, limit):
    factor = limit / np.sqrt((dW * dW).sum() + (db * db).sum())
    return dW * factor, db * factor


q4 = Exercise(
    clip_both,
    cases=[
        (np.array([[3.0, 0.0], [0.0, 4.0]]), np.array([12.0, 0.0]), 6.5),
        (np.array([[0.3, -0.1]]), np.array([0.2, 0.4]), 1.0),  # short enough
        (normal(3, 4), 5 * normal(4), 2.0),
    ],
    mistakes=[
        (
            each_alone,
            "Each array was clipped on its own, which changes the direction of the step: both "
            "arrays together are one vector, with one length.",
        ),
        (
            lengths_added,
            "You added lengths. Add the squares of all entries, of both arrays, then take one "
            "root.",
        ),
        (
            always_scaled,
            "Short gradients were made longer. The factor is at most 1.",
        ),
        (
            lambda dW, db, limit: (np.clip(dW, -limit, limit), np.clip(db, -limit, limit)),
            "Each number was clipped on its own. Shorten the whole vector instead.",
        ),
    ],
    hints=[
        "The squared length of both arrays together is the sum of the squares of all entries.",
        "factor = min(1, limit / length), the same for both; return the pair of new arrays.",
    ],
)


# 5 · Warm up, then fall like a root


def root_share(step, warmup):
    return min((step + 1) / warmup, np.sqrt(warmup / (step + 1)))


q5 = Exercise(
    root_share,
    cases=[(0, 10), (4, 10), (9, 10), (10, 10), (39, 10), (999, 10), (0, 1), (99, 400)],
    mistakes=[
        (
            lambda step, warmup: min(step / warmup, np.sqrt(warmup / max(step, 1))),
            "Steps are counted from 0, so the first step would have the share 0: use step + 1.",
        ),
        (
            lambda step, warmup: min((step + 1) / warmup, warmup / (step + 1)),
            "It falls too fast: like 1/step instead of 1/√step. The root is missing.",
        ),
        (
            lambda step, warmup: max((step + 1) / warmup, np.sqrt(warmup / (step + 1))),
            "You took the larger of the two: the share starts high and ends by growing.",
        ),
        (
            lambda step, warmup: min(1.0, (step + 1) / warmup),
            "The climb is right. After it the share must fall.",
        ),
        (
            lambda step, warmup: min((step + 1) / warmup, 1 / np.sqrt(step + 1)),
            "The two parts do not meet: at step + 1 = warmup the falling part must be 1.",
        ),
    ],
    hints=[
        "Let n = step + 1. The climb is n / warmup, the fall is √(warmup / n); both are 1 at "
        "n = warmup.",
        "Before that place the first is smaller, behind it the second: take the minimum.",
    ],
)


# 6 · Two halves of a batch


def joined(mean_a, variance_a, n_a, mean_b, variance_b, n_b):
    n = n_a + n_b
    mean = (n_a * mean_a + n_b * mean_b) / n
    within = (n_a * variance_a + n_b * variance_b) / n
    between = (n_a * (mean_a - mean) ** 2 + n_b * (mean_b - mean) ** 2) / n
    return mean, within + between


def only_within(mean_a, variance_a, n_a, mean_b, variance_b, n_b):
    n = n_a + n_b
    return (n_a * mean_a + n_b * mean_b) / n, (n_a * variance_a + n_b * variance_b) / n


def unweighted(mean_a, variance_a, n_a, mean_b, variance_b, n_b):
    return joined(mean_a, variance_a, 1, mean_b, variance_b, 1)


def wrong_centre(mean_a, variance_a, n_a, mean_b, variance_b, n_b):
    mean, variance = only_within(mean_a, variance_a, n_a, mean_b, variance_b, n_b)
    return mean, variance + (mean_a - mean_b) ** 2


def squares_kept(mean_a, variance_a, n_a, mean_b, variance_b, n_b):
    mean, variance = joined(mean_a, variance_a, n_a, mean_b, variance_b, n_b)
    return mean, variance + mean**2


q6 = Exercise(
    joined,
    cases=[
        (4.0, 9.0, 2, 12.0, 9.0, 2),
        (1.0, 2.0, 30, -2.0, 0.5, 10),
        (0.3, 1.2, 5, 0.3, 0.4, 20),
        (-5.0, 0.0, 1, 7.0, 3.0, 3),
    ],
    mistakes=[
        (
            only_within,
            "That is the mean of the two variances. The two means differ, too, and their distance "
            "from the joint mean is part of the spread.",
        ),
        (
            unweighted,
            "Both halves counted the same. Weight them with their numbers of samples.",
        ),
        (
            wrong_centre,
            "The spread of the means is measured from the joint mean, not from one half to the "
            "other.",
        ),
        (
            squares_kept,
            "That is the mean square. Subtract the square of the joint mean.",
        ),
    ],
    hints=[
        "The mean square of a half is its variance plus the square of its mean. Mean squares of "
        "halves may be averaged, weighted by n_a and n_b.",
        "Joint mean m; joint variance = weighted mean of variance + (mean − m)² over the halves.",
    ],
)
