"""Scores of predictions: how good a model is, in numbers a person can use.

Class labels are integers 0 … K − 1; `p` are predictions as the model's `predict` returns them.
"""

import numpy as np

from .checks import check_labels, check_targets


def accuracy(p, t):
    """Share of rows whose largest score is at the right class; ties go to the first. Chapter 5.

    Scores or probabilities (batch, classes), labels (batch,) -> float.
    """
    t = check_labels(t, p)
    return float((p.argmax(axis=1) == t).mean())


def binary_accuracy(p, t):
    """Share of yes/no answers that are right at the threshold 0.5. Chapter 16.

    Probabilities and 0/1 targets of one shape -> float.
    """
    t = check_targets(t, p)
    return float(((p >= 0.5) == (t >= 0.5)).mean())


def confusion_matrix(labels, t, classes):
    """Counts (classes, classes): row = true class, column = predicted class. Chapter 16."""
    labels, t = np.asarray(labels), np.asarray(t)
    if labels.shape != t.shape or labels.ndim != 1:
        raise ValueError(f"Needs two label arrays of one shape, got {labels.shape} and {t.shape}.")
    if min(labels.min(), t.min()) < 0 or max(labels.max(), t.max()) >= classes:
        raise ValueError(f"Labels must lie between 0 and {classes - 1}.")
    counts = np.zeros((classes, classes), dtype=int)
    np.add.at(counts, (t, labels), 1)
    return counts


def roc_curve(p, t):
    """False and true positive rates at every threshold, from (0, 0) to (1, 1). Chapter 16.

    Scores (n,) and 0/1 targets (n,) -> two arrays of one length; equal scores make one point.
    """
    p, t = np.asarray(p), np.asarray(t)
    if p.shape != t.shape or p.ndim != 1 or len(np.unique(t)) != 2:
        raise ValueError("A ROC curve needs scores (n,) and targets (n,) that hold both 0 and 1.")
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
    return float(np.sqrt(np.square(p - check_targets(t, p)).mean()))


def r2(p, t):
    """1 − squared error / squared error of the mean of t: 1 is perfect, 0 no better. Chapter 17."""
    t = check_targets(t, p)
    spread = np.square(t - t.mean()).sum()
    if spread == 0:
        raise ValueError("r² is not defined for targets that are all equal.")
    return float(1 - np.square(p - t).sum() / spread)


def precision_recall_f1(counts):
    """Precision, recall and F1 of every class from a confusion matrix, each (classes,). Chapter 20.

    A class that was never predicted (or never occurs) gets 0 where the ratio is 0 / 0.
    """
    right = np.diag(counts).astype(float)
    precision = right / np.maximum(counts.sum(axis=0), 1)
    recall = right / np.maximum(counts.sum(axis=1), 1)
    f1 = 2 * right / np.maximum(counts.sum(axis=0) + counts.sum(axis=1), 1)
    return precision, recall, f1


def expected_calibration_error(p, t, bins=10):
    """Mean gap between confidence and accuracy over `bins` equal bins of confidence. Chapter 20.

    Probabilities (batch, classes), labels (batch,) -> float between 0 and 1.
    """
    confidence, right = p.max(axis=1), p.argmax(axis=1) == check_labels(t, p)
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(which, weights=right - confidence, minlength=bins)
    return float(np.abs(gaps).sum() / len(p))


def bootstrap_interval(values, rng, repeats=1000, level=0.95):
    """Interval that holds the mean of `values` (n,) in a share `level` of resamples. Chapter 20."""
    values = np.asarray(values, dtype=float)
    if values.ndim != 1 or len(values) == 0:
        raise ValueError(f"The bootstrap needs one value per sample, got shape {values.shape}.")
    means = [values[rng.integers(len(values), size=len(values))].mean() for _ in range(repeats)]
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def mcnemar(right_a, right_b):
    """Chi-square statistic (continuity-corrected) of two models' disagreements. Chapter 20.

    `right_a`, `right_b`: which of the same samples each model got right, boolean (n,). Above 3.84
    the difference is significant at 5 %. Returns 0 if the models never disagree.
    """
    right_a, right_b = np.asarray(right_a, dtype=bool), np.asarray(right_b, dtype=bool)
    if right_a.shape != right_b.shape:
        raise ValueError(f"Needs the same samples for both: {right_a.shape} and {right_b.shape}.")
    only_a, only_b = (right_a & ~right_b).sum(), (right_b & ~right_a).sum()
    if only_a + only_b == 0:
        return 0.0
    return float(max(abs(only_a - only_b) - 1, 0) ** 2 / (only_a + only_b))
