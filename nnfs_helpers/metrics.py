"""Scores of predictions: how good a model is, in numbers a person can use.

Class labels are integers 0 … K − 1; `p` are predictions as the model's `predict` returns them.
"""

import numpy as np

from .checks import check_finite, check_labels, check_numbers, check_rng, check_share
from .checks import check_size, check_targets


def accuracy(p, t):
    """Share of rows whose largest score is at the right class; ties go to the first. Chapter 5.

    Scores or probabilities (batch, classes), labels (batch,) -> float.
    """
    p, t = check_finite(p), check_labels(t, p)
    return float((p.argmax(axis=1) == t).mean())


def binary_accuracy(p, t):
    """Share of yes/no answers that are right at the threshold 0.5. Chapter 16.

    Probabilities and 0/1 targets of one shape -> float.
    """
    p, t = check_finite(p), check_targets(t, p)
    return float(((p >= 0.5) == (t >= 0.5)).mean())


def confusion_matrix(labels, t, classes):
    """Counts (classes, classes): row = true class, column = predicted class. Chapter 16."""
    labels, t, classes = np.asarray(labels), np.asarray(t), check_size(classes, "classes")
    if labels.shape != t.shape or labels.ndim != 1 or len(t) == 0:
        raise ValueError(f"Needs two label arrays of one shape, got {labels.shape} and {t.shape}.")
    for a in (labels, t):
        if a.dtype.kind not in "iub" or a.min() < 0 or a.max() >= classes:
            raise ValueError(f"Labels must be whole numbers from 0 to {classes - 1}, got {a[:9]} …")
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (t.astype(int), labels.astype(int)), 1)
    return counts


def roc_curve(p, t):
    """False and true positive rates at every threshold, from (0, 0) to (1, 1). Chapter 16.

    Scores (n,) and 0/1 targets (n,) -> two arrays of one length; equal scores make one point.
    """
    p, t = check_finite(p), check_numbers(t, "Targets")
    if p.shape != t.shape or p.ndim != 1 or np.unique(t).tolist() != [0, 1]:
        raise ValueError("A ROC curve needs scores (n,) and targets (n,), both 0 and 1 among them; "
                         f"got {p.shape} and {t.shape}, targets {np.unique(t)[:5]}.")
    order = np.argsort(-p, kind="stable")
    last = np.flatnonzero(np.diff(p[order], append=-np.inf))  # last sample of each distinct score
    hits = np.cumsum(t[order] == 1)[last]
    false_alarms = last + 1 - hits
    return np.append(0, false_alarms / false_alarms[-1]), np.append(0, hits / hits[-1])


def auc(p, t):
    """Area under the ROC curve: the chance that a random 1 outscores a random 0. Chapter 16."""
    fpr, tpr = roc_curve(p, t)
    return float(np.trapezoid(tpr, fpr))


def root_mean_squared_error(p, t):
    """√ mean (p − t)², in units of t. Chapter 17."""
    return float(np.sqrt(np.square(check_finite(p) - check_targets(t, p)).mean()))


def r2(p, t):
    """1 − squared error / squared error of the mean of t: 1 is perfect, 0 no better. Chapter 17."""
    p, t = check_finite(p), check_targets(t, p)
    spread = np.square(t - t.mean()).sum()
    if spread == 0:
        raise ValueError("r² is not defined for targets that are all equal.")
    return float(1 - np.square(p - t).sum() / spread)


def precision_recall_f1(counts):
    """Precision, recall and F1 of every class from a confusion matrix, each (classes,). Chapter 20.

    A class that was never predicted (or never occurs) gets 0 where the ratio is 0 / 0.
    """
    counts = np.asarray(counts)
    if counts.ndim != 2 or len(set(counts.shape)) != 1 or counts.dtype.kind not in "iu":
        raise ValueError(f"Needs counts (classes, classes), got {counts.dtype} {counts.shape}.")
    right = np.diag(counts).astype(float)
    precision = right / np.maximum(counts.sum(axis=0), 1)
    recall = right / np.maximum(counts.sum(axis=1), 1)
    f1 = 2 * right / np.maximum(counts.sum(axis=0) + counts.sum(axis=1), 1)
    return precision, recall, f1


def expected_calibration_error(p, t, bins=10):
    """Mean gap between confidence and accuracy over `bins` equal bins of confidence. Chapter 20.

    Probabilities (batch, classes), labels (batch,) -> float between 0 and 1.
    """
    p, t = check_finite(p), check_labels(t, p)
    if p.min() < 0 or p.max() > 1.001:
        raise ValueError(f"Needs probabilities, got scores from {p.min()} to {p.max()}: softmax?")
    confidence, right = p.max(axis=1), p.argmax(axis=1) == t
    which = np.minimum((confidence * check_size(bins, "bins")).astype(int), bins - 1)
    gaps = np.bincount(which, weights=right - confidence, minlength=bins)
    return float(np.abs(gaps).sum() / len(p))


def bootstrap_interval(values, rng, repeats=1000, level=0.95):
    """Interval that holds the mean of `values` (n,) in a share `level` of resamples. Chapter 20."""
    values, level, n = check_finite(values), check_share(level, "level"), np.size(values)
    if values.ndim != 1:
        raise ValueError(f"The bootstrap needs one value per sample, got shape {values.shape}.")
    draws = range(check_size(repeats, "repeats"))
    means = [values[check_rng(rng).integers(n, size=n)].mean() for _ in draws]
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def mcnemar(right_a, right_b):
    """Chi-square statistic (continuity-corrected) of two models' disagreements. Chapter 20.

    `right_a`, `right_b`: which of the same samples each model got right, boolean (n,). Above 3.84
    the difference is significant at 5 %. Returns 0 if the models never disagree.
    """
    right_a, right_b = np.asarray(right_a), np.asarray(right_b)
    if right_a.shape != right_b.shape or right_a.ndim != 1 or len(right_a) == 0:
        raise ValueError(f"Needs the same samples for both: {right_a.shape} and {right_b.shape}.")
    if right_a.dtype != bool or right_b.dtype != bool:
        raise ValueError("Needs right or wrong, True or False, for every sample: predicted == t.")
    only_a, only_b = (right_a & ~right_b).sum(), (right_b & ~right_a).sum()
    if only_a + only_b == 0:
        return 0.0
    return float(max(abs(only_a - only_b) - 1, 0) ** 2 / (only_a + only_b))
