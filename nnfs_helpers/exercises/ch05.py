"""Exercises of chapter 5, loss."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(505)


def normal(*shape):
    """Random scores for the cases, rounded so that they read well."""
    return RNG.standard_normal(shape).round(2)


def to_probabilities(scores):
    """Scores (…, classes) to probabilities, row by row."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# 1 · Cross-entropy by hand: right-class probabilities 1/2, 1/4 and 1/8

q1 = Exercise(
    round(2 * np.log(2), 4),
    mistakes=[
        (
            2.0,
            "That is the mean surprise in bits. The loss of this course is in nats: one bit is "
            "ln 2 ≈ 0.693 nats.",
        ),
        (
            6 * np.log(2),
            "That is the sum over the three samples. The loss is their mean.",
        ),
        (
            -2 * np.log(2),
            "The sign is missing: ln p is negative, and a loss is −ln p.",
        ),
        (
            -np.log(7 / 24),
            "You averaged the probabilities first and took the logarithm of the mean. Each sample "
            "has its own logarithm, and the mean comes last.",
        ),
        (
            2 * np.log10(2),
            "That is with the logarithm of base 10. Use the natural one, ln.",
        ),
        (
            1 / 64,
            "That is the likelihood, the product of the three probabilities. Take −ln and divide "
            "by the number of samples.",
        ),
    ],
    hints=[
        "In each row, find the probability at the right class. The others do not count.",
        "The three are 1/2, 1/4 and 1/8: surprises of 1, 2 and 3 bits. One bit is ln 2 nats.",
    ],
    rounding=2e-3,
)


# 2 · Sparse labels from one-hot rows


def to_sparse(one_hot):
    return one_hot.argmax(axis=1)


q2 = Exercise(
    to_sparse,
    cases=[
        (np.eye(3)[[2, 0, 1]],),
        (np.eye(4)[[3, 3, 0, 1, 2, 0]],),
        (np.eye(5)[[4]],),
        (np.eye(2)[[1, 0, 0]],),
    ],
    mistakes=[
        (
            lambda one_hot: one_hot.argmax(axis=0),
            "That looks down the columns: for each class, its first sample. Rows are samples, so "
            "look along axis 1.",
        ),
        (
            lambda one_hot: one_hot.argmax(),
            "Without an axis, argmax counts through the whole table and gives one number. One "
            "label per row is wanted.",
        ),
        (
            lambda one_hot: one_hot.max(axis=1),
            "That is the largest entry of each row, always 1. The label is where it stands.",
        ),
        (
            lambda one_hot: np.nonzero(one_hot)[0],
            "np.nonzero gives the row numbers first and the column numbers second. The label is "
            "the column.",
        ),
        (
            lambda one_hot: (one_hot * np.arange(1, one_hot.shape[1] + 1)).sum(axis=1),
            "Classes are counted from 0: the first column is class 0.",
        ),
    ],
    hints=[
        "In each row, at which position is the 1?",
        "argmax gives the position of the largest entry; say along which axis.",
    ],
)


# 3 · The loss at the start, compared with a guess


def start_ratio(scores, t):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(t)), t]).mean()
    return loss / np.log(scores.shape[1])


def mean_loss(p, t):
    return -np.log(p[np.arange(len(t)), t]).mean()


q3 = Exercise(
    start_ratio,
    cases=[
        (normal(6, 3), np.array([0, 1, 1, 0, 1, 0])),
        (0.05 * normal(4, 10), np.array([7, 1, 0, 3])),
        (np.zeros((5, 4)), np.array([0, 1, 2, 2, 1])),
    ],
    mistakes=[
        (
            lambda scores, t: mean_loss(to_probabilities(scores), t),
            "That is the loss itself. Divide it by the loss of a guess, ln K.",
        ),
        (
            lambda scores, t: mean_loss(to_probabilities(scores), t) / np.log(len(scores)),
            "You divided by the logarithm of the number of samples. A guess is among the classes: "
            "the columns.",
        ),
        (
            lambda scores, t: mean_loss(to_probabilities(scores), t) / np.log(len(np.unique(t))),
            "You counted the classes that occur in t. A small batch may lack some; the network "
            "guesses among all its columns.",
        ),
        (
            lambda scores, t: mean_loss(to_probabilities(scores), t) / np.log2(scores.shape[1]),
            "The loss is in nats and the guess in bits. Use np.log in both places.",
        ),
        (
            lambda scores, t: mean_loss(to_probabilities(scores), t) - np.log(scores.shape[1]),
            "That is the difference. The ratio is wanted: 1 for a network that knows nothing.",
        ),
    ],
    hints=[
        "Three steps: scores to probabilities, their loss, and the loss of a guess.",
        "K is scores.shape[1]. The loss is the mean of −ln p[np.arange(len(t)), t].",
    ],
)


# 4 · Accuracy that is fair to ties


def fair_accuracy(p, t):
    best = p == p.max(axis=1, keepdims=True)
    return (best[np.arange(len(t)), t] / best.sum(axis=1)).mean()


def rows_at_best(p, t):
    best = p == p.max(axis=1, keepdims=True)
    return best, best[np.arange(len(t)), t]


q4 = Exercise(
    fair_accuracy,
    cases=[
        (np.array([[0.5, 0.5, 0.0], [0.2, 0.4, 0.4], [0.1, 0.2, 0.7]]), np.array([1, 1, 2])),
        (np.full((4, 4), 0.25), np.array([0, 1, 1, 3])),
        (np.array([[3.0, 3.0, 1.0], [0.0, 2.0, 2.0], [1.0, 1.0, 1.0]]), np.array([2, 2, 1])),
    ],
    mistakes=[
        (
            lambda p, t: (p.argmax(axis=1) == t).mean(),
            "Ties go to the first class: argmax returns the first of several equal maxima. Here "
            "each of the tied classes should get its share.",
        ),
        (
            lambda p, t: rows_at_best(p, t)[1].mean(),
            "Every tie that includes the right class counts as fully right. A network that gives "
            "all classes the same score would then be perfect.",
        ),
        (
            lambda p, t: (rows_at_best(p, t)[1] & (rows_at_best(p, t)[0].sum(axis=1) == 1)).mean(),
            "Every tie counts as wrong. A draw among the tied classes hits the right one in one "
            "of m cases.",
        ),
        (
            lambda p, t: (1 / rows_at_best(p, t)[0].sum(axis=1)).mean(),
            "Every row gets 1/m, whether the right class is among the m best or not.",
        ),
    ],
    hints=[
        "In a row with m equal largest scores, a random draw finds the right class with "
        "probability 1/m if it is among them, else never.",
        "p == p.max(axis=1, keepdims=True) marks all the best. Its row sums are m.",
    ],
)


# 5 · Cross-entropy against smoothed labels


def smoothed_loss(p, t, eps):
    classes = p.shape[1]
    q = np.full(p.shape, eps / classes)
    q[np.arange(len(t)), t] += 1 - eps
    return -(q * np.log(p)).sum(axis=1).mean()


def loss_against(p, t, right, other):
    q = np.full(p.shape, other)
    q[np.arange(len(t)), t] = right
    return -(q * np.log(p)).sum(axis=1).mean()


q5 = Exercise(
    smoothed_loss,
    cases=[
        (to_probabilities(normal(4, 3)), np.array([0, 2, 1, 1]), 0.1),
        (to_probabilities(3 * normal(3, 5)), np.array([4, 0, 2]), 0.3),
        (to_probabilities(2 * normal(2, 4)), np.array([1, 3]), 0.6),
    ],
    mistakes=[
        (
            lambda p, t, eps: loss_against(p, t, 1.0, 0.0),
            "That is the plain loss: eps has no effect.",
        ),
        (
            lambda p, t, eps: loss_against(p, t, 1 - eps, eps / p.shape[1]),
            "The targets of a row do not add up to 1. The right class gets its share eps/K of the "
            "smoothing as well.",
        ),
        (
            lambda p, t, eps: loss_against(p, t, 1 - eps, eps / (p.shape[1] - 1)),
            "You spread eps over the wrong classes only. That is a smoothing too, but here eps is "
            "spread over all K classes, the right one included.",
        ),
        (
            lambda p, t, eps: loss_against(p, t, 1 - eps, eps),
            "Each wrong class got the whole of eps. All classes share it: eps/K each.",
        ),
        (
            lambda p, t, eps: loss_against(p, t, 1 - eps + eps / p.shape[1], eps / p.shape[1])
            / p.shape[1],
            "You averaged over classes and samples. The sum goes over the classes, the mean over "
            "the samples.",
        ),
    ],
    hints=[
        "Write down the targets of one row first. They add up to 1.",
        "q is eps/K everywhere, plus 1 − eps at the right class. The loss of a row is −Σ q ln p.",
    ],
)


# 6 · The best loss without looking at the inputs


def blind_loss(counts):
    q = counts / counts.sum()
    return -(q * np.log(q)).sum()


q6 = Exercise(
    blind_loss,
    cases=[
        (np.array([151, 68, 123]),),
        (np.array([90, 10]),),
        (np.array([5, 5, 5, 5]),),
    ],
    mistakes=[
        (
            lambda counts: np.log(len(counts)),
            "ln K is the loss of equal probabilities. Where classes differ in frequency, a blind "
            "network can do better: it reports the frequencies.",
        ),
        (
            lambda counts: -np.log(counts / counts.sum()).mean(),
            "All classes have the same weight in your mean. A class that occurs more often adds "
            "its surprise more often.",
        ),
        (
            lambda counts: -np.log(counts.max() / counts.sum()),
            "That is the surprise of the largest class alone. The other classes occur as well.",
        ),
        (
            lambda counts: blind_loss(counts) / np.log(2),
            "That is in bits. Use the natural logarithm.",
        ),
    ],
    hints=[
        "Which probabilities p minimise −Σ q ln p, if q are the frequencies? (Section 3.)",
        "They are p = q. Put them in.",
    ],
)
