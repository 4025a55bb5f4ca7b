"""Metrics, splits and scaling against scikit-learn."""

import numpy as np
import pytest
from conftest import require

from nnfs_helpers import (
    Standardizer,
    accuracy,
    auc,
    batches,
    binary_accuracy,
    breast_cancer,
    confusion_matrix,
    k_fold,
    penguins,
    precision_recall_f1,
    r2,
    roc_curve,
    root_mean_squared_error,
    split,
)

metrics = require("sklearn.metrics")
model_selection = require("sklearn.model_selection")
preprocessing = require("sklearn.preprocessing")

SAME = dict(rtol=0, atol=1e-9)
SEEDS = range(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_accuracy(seed):
    rng = np.random.default_rng(seed)
    p, t = rng.random((50, 4)), rng.integers(0, 4, 50)
    assert abs(accuracy(p, t) - metrics.accuracy_score(t, p.argmax(axis=1))) < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_binary_accuracy(seed):
    rng = np.random.default_rng(seed)
    p, t = rng.random((50, 1)), rng.integers(0, 2, (50, 1))
    assert abs(binary_accuracy(p, t) - metrics.accuracy_score(t, p >= 0.5)) < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("seen", [5, 3])  # with 3, two of the five classes never occur
def test_confusion_matrix_precision_recall_f1(seed, seen):
    rng = np.random.default_rng(seed)
    labels, t = rng.integers(0, seen, 60), rng.integers(0, seen, 60)
    counts = confusion_matrix(labels, t, 5)
    np.testing.assert_array_equal(counts, metrics.confusion_matrix(t, labels, labels=range(5)))
    expected = metrics.precision_recall_fscore_support(
        t, labels, labels=range(5), zero_division=0
    )
    for ours, theirs in zip(precision_recall_f1(counts), expected):
        np.testing.assert_allclose(ours, theirs, **SAME)


SCORES = {
    "distinct": lambda rng: rng.random(80),
    "ties": lambda rng: rng.integers(0, 5, 80) / 4,
    "all equal": lambda rng: np.full(80, 0.5),
    "whole numbers": lambda rng: rng.integers(0, 4, 80).astype(np.uint8),
    "float32 logits": lambda rng: rng.standard_normal(80).astype(np.float32),
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("scores", SCORES)
def test_roc_curve_and_auc(scores, seed):
    rng = np.random.default_rng(seed)
    p, t = SCORES[scores](rng), rng.integers(0, 2, 80)
    fpr, tpr, _ = metrics.roc_curve(t, p, drop_intermediate=False)
    ours = roc_curve(p, t)
    np.testing.assert_allclose(ours[0], fpr, **SAME)
    np.testing.assert_allclose(ours[1], tpr, **SAME)
    assert abs(auc(p, t) - metrics.roc_auc_score(t, p)) < 1e-9


def test_auc_of_a_real_column():
    x, t, *_ = breast_cancer()
    for column in x.T:
        assert abs(auc(column, t) - metrics.roc_auc_score(t, column)) < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", [(40,), (40, 1), (40, 3)])
def test_rmse_and_r2(shape, seed):
    rng = np.random.default_rng(seed)
    t = 5 + rng.standard_normal(shape)
    p = t + rng.standard_normal(shape) / 3
    their_rmse = metrics.root_mean_squared_error(t.ravel(), p.ravel())
    assert abs(root_mean_squared_error(p, t) - their_rmse) < 1e-9
    assert abs(r2(p, t) - metrics.r2_score(t.ravel(), p.ravel())) < 1e-9


@pytest.mark.parametrize("with_gaps", [False, True])
def test_standardizer(with_gaps):
    x = penguins().x if with_gaps else breast_cancer().x
    x = np.column_stack([x, np.full(len(x), 7.0)])  # and a constant column
    assert np.isnan(x).any() == with_gaps
    ours, theirs = Standardizer(x), preprocessing.StandardScaler().fit(x)
    np.testing.assert_allclose(ours.transform(x), theirs.transform(x), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(ours.inverse(ours.transform(x)), x, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(ours.deviation, theirs.scale_, rtol=1e-9)


@pytest.mark.parametrize("n, k", [(10, 2), (10, 10), (23, 5), (2, 2)])
def test_k_fold_validates_every_row_once_and_in_scikit_learn_s_sizes(n, k):
    folds = list(k_fold(n, k, np.random.default_rng(0)))
    assert len(folds) == k
    assert sorted(np.concatenate([held for _, held in folds])) == list(range(n))
    for train, held in folds:
        assert sorted([*train, *held]) == list(range(n))
    theirs = model_selection.KFold(k).split(np.zeros(n))
    assert [len(held) for _, held in folds] == [len(held) for _, held in theirs]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shares", [(0.6, 0.2, 0.2), (0.5, 0.5), (0.9, 0.1), (1,)])
def test_split_deals_every_row_once_and_every_class_alike(shares, seed):
    rng = np.random.default_rng(seed)
    t = rng.choice(3, size=200, p=[0.6, 0.3, 0.1])
    parts = split(t, shares, rng)
    assert sorted(np.concatenate(parts)) == list(range(200))
    for part, share in zip(parts, shares):
        counts, wanted = np.bincount(t[part], minlength=3), share * np.bincount(t)
        assert np.abs(counts - wanted).max() <= 1


def test_split_is_as_stratified_as_scikit_learn_s():
    t = penguins().t
    ours = split(t, (0.75, 0.25), np.random.default_rng(0))[1]
    _, theirs = model_selection.train_test_split(t, test_size=0.25, stratify=t, random_state=0)
    assert np.abs(np.bincount(t[ours]) - np.bincount(theirs)).max() <= 1


def test_splits_follow_the_generator():
    t = penguins().t
    one, same, other = (split(t, (0.5, 0.5), np.random.default_rng(s))[0] for s in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert set(one) != set(other)  # other rows, not only another order
    assert not np.array_equal(t[one], np.sort(t[one]))  # the classes are mixed


def test_split_of_names_of_lists_and_of_no_classes():
    rng = np.random.default_rng(0)
    for t in (["gentoo", "adelie"] * 10, [0, 1] * 10, np.zeros(20, dtype=int)):
        assert [len(part) for part in split(t, (0.8, 0.2), rng)] == [16, 4]


@pytest.mark.parametrize("n, size", [(10, 3), (9, 3), (5, 8), (1, 1)])
def test_batches_miss_no_row(n, size):
    found = list(batches(n, size, np.random.default_rng(0)))
    assert sorted(np.concatenate(found)) == list(range(n))
    assert all(len(rows) == size for rows in found[:-1]) and 0 < len(found[-1]) <= size


def test_batches_come_in_a_new_order_every_time():
    rng = np.random.default_rng(0)
    first, second = (np.concatenate(list(batches(50, 7, rng))) for _ in range(2))
    assert not np.array_equal(first, second)
