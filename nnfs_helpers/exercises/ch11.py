"""Exercises of chapter 11, testing data."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(1111)


def scores(n):
    """Random scores (n, 3) for the cases, rounded so that they read well."""
    return RNG.standard_normal((n, 3)).round(2)


# 1 · The gap


def share(y, t):
    return (y.argmax(axis=1) == t).mean()


def gap(y_train, t_train, y_test, t_test):
    return share(y_train, t_train) - share(y_test, t_test)


def gap_of_counts(y_train, t_train, y_test, t_test):
    return share(y_train, t_train) * len(t_train) - share(y_test, t_test) * len(t_test)


def gap_of_errors(y_train, t_train, y_test, t_test):
    return 2 - share(y_train, t_train) - share(y_test, t_test)


FITTED = scores(8)

q1 = Exercise(
    gap,
    cases=[
        (FITTED, FITTED.argmax(axis=1), scores(5), np.array([0, 1, 2, 1, 1])),
        (scores(6), np.array([0, 2, 2, 1, 0, 1]), FITTED[:4], FITTED[:4].argmax(axis=1)),
        (FITTED, np.where(np.arange(8) == 3, 1, FITTED.argmax(axis=1)), scores(10),
         np.array([2, 1, 0, 2, 1, 1, 0, 0, 2, 1])),
    ],
    mistakes=[
        (
            lambda *a: -gap(*a),
            "The sign is turned round. The gap is training accuracy minus test accuracy: positive "
            "for a network that does worse on what it has not seen.",
        ),
        (
            lambda *a: abs(gap(*a)),
            "The sign is lost. A small test set can, by luck, give a negative gap; report it.",
        ),
        (
            gap_of_counts,
            "You subtracted numbers of right answers. The two sets differ in size: take shares.",
        ),
        (
            gap_of_errors,
            "You added two errors. The gap is a difference.",
        ),
        (
            lambda *a: share(*a[2:]),
            "That is the test accuracy alone.",
        ),
    ],
    hints=[
        "Two accuracies, each the share of rows whose largest score is at the label.",
        "(y.argmax(axis=1) == t).mean() for the training set, minus the same for the test set.",
    ],
)


# 2 · The interval of an accuracy


def interval(right, n):
    a = right / n
    half = 1.96 * np.sqrt(a * (1 - a) / n)
    return a - half, a + half


def with_half_width(half):
    """A wrong solution that takes `half(a, n)` on both sides."""
    return lambda right, n: (right / n - half(right / n, n), right / n + half(right / n, n))


q2 = Exercise(
    interval,
    cases=[(90, 100), (255, 300), (1200, 3000), (8850, 10000)],
    mistakes=[
        (
            with_half_width(lambda a, n: np.sqrt(a * (1 - a) / n)),
            "That is one standard error on each side, which holds the truth in 68 of 100 cases. "
            "For 95 take 1.96 of them.",
        ),
        (
            with_half_width(lambda a, n: 1.96 * a * (1 - a) / n),
            "The root is missing: a (1 − a) / n is the variance of the accuracy.",
        ),
        (
            with_half_width(lambda a, n: 1.96 * np.sqrt(a * (1 - a))),
            "That is the spread of a single answer. The mean of n answers varies less, by the "
            "root of n.",
        ),
        (
            with_half_width(lambda a, n: 1.96 * np.sqrt(a * (1 - a)) / n),
            "You divided by n outside the root. The variance is divided by n, so the standard "
            "error by its root.",
        ),
        (
            with_half_width(lambda a, n: 0.98 * np.sqrt(a * (1 - a) / n)),
            "The whole interval is 1.96 standard errors wide. It should be so on each side.",
        ),
    ],
    hints=[
        "The accuracy is right / n. How much does it vary from one test set to another?",
        "The standard error is √(a (1 − a) / n); go 1.96 of them down and up.",
    ],
)


# 3 · Which test rows have been seen in training?


def seen(x_train, x_test):
    return (x_test[:, None, :] == x_train[None, :, :]).all(axis=2).any(axis=1)


def seen_any_column(x_train, x_test):
    return (x_test[:, None, :] == x_train[None, :, :]).any(axis=(1, 2))


def seen_column_by_column(x_train, x_test):
    return np.stack([np.isin(b, a) for a, b in zip(x_train.T, x_test.T)]).all(axis=0)


def seen_the_other_way(x_train, x_test):
    return seen(x_test, x_train)


A = np.array([[1.0, 5.0], [2.0, 6.0], [3.0, 7.0], [4.0, 8.0]])

q3 = Exercise(
    seen,
    cases=[
        (A, np.array([[2.0, 6.0], [2.0, 7.0], [9.0, 8.0], [9.0, 9.0], [4.0, 8.0]])),
        (A[::-1], A[[0, 0, 3]] + [[0.0, 0.5], [0, 0], [0, 0]]),
        (A + 0.25, A),
        (A[[0, 0, 1]], A[[1, 2]]),
    ],
    mistakes=[
        (
            lambda x_train, x_test: ~seen(x_train, x_test),
            "Turned round: True should mark the rows that leak, those that training has seen.",
        ),
        (
            seen_any_column,
            "One equal number is not a copy: two birds may share a bill length. All columns of a "
            "row must agree.",
        ),
        (
            seen_column_by_column,
            "You looked for each number somewhere in its column. They must be in one and the same "
            "training row.",
        ),
        (
            seen_the_other_way,
            "You marked training rows. Asked is one answer for each test row.",
        ),
    ],
    hints=[
        "Compare each test row with each training row: x_test[:, None] == x_train gives an array "
        "(test rows, training rows, columns).",
        "All columns must agree, all(axis=2), with any of the training rows, any(axis=1).",
    ],
)


# 4 · Split by animal


def split_by_animal(animal, test_animals):
    test = np.isin(animal, test_animals)
    return np.flatnonzero(~test), np.flatnonzero(test)


def first_rows_only(animal, test_animals):
    test = np.array([list(animal).index(a) for a in test_animals])
    return np.setdiff1d(np.arange(len(animal)), test), np.sort(test)


def number_as_row(animal, test_animals):
    test = np.sort(test_animals)
    return np.setdiff1d(np.arange(len(animal)), test), test


def train_on_all(animal, test_animals):
    return np.arange(len(animal)), np.flatnonzero(np.isin(animal, test_animals))


q4 = Exercise(
    split_by_animal,
    cases=[
        (np.array([0, 0, 1, 1, 2, 2]), np.array([1])),
        (np.array([3, 1, 0, 3, 2, 0, 3, 1]), np.array([0, 3])),
        (np.array([2, 0, 1, 4, 3, 2, 1, 1, 0]), np.array([4, 1])),
    ],
    mistakes=[
        (
            lambda animal, test_animals: split_by_animal(animal, test_animals)[::-1],
            "The pair is turned round: training rows first, then test rows.",
        ),
        (
            first_rows_only,
            "Only the first row of each test animal went into the test. Its other rows are left in "
            "training, and that is the leak.",
        ),
        (
            number_as_row,
            "test_animals are numbers of animals, not of rows. An animal may have several rows.",
        ),
        (
            train_on_all,
            "The test rows are among the training rows as well.",
        ),
        (
            lambda animal, test_animals: (np.flatnonzero(~np.isin(animal, test_animals)),
                                          np.asarray(test_animals)),
            "The test part holds animals. Asked are row numbers, for both parts.",
        ),
    ],
    hints=[
        "For each row: is its animal one of the test animals? np.isin answers for all rows.",
        "np.flatnonzero turns True and False into row numbers; ~ turns the answer round.",
    ],
)


# 5 · What random labels let you expect


def chance(t, guesses, classes):
    q = np.bincount(t, minlength=classes) / len(t)
    r = np.bincount(guesses, minlength=classes) / len(guesses)
    return q @ r


q5 = Exercise(
    chance,
    cases=[
        (np.array([0, 0, 0, 0, 1, 1, 2, 2, 2, 2]), np.array([0, 0, 1, 0, 2]), 3),
        (np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0, 0]), 2),
        (np.array([2, 2, 2, 0, 0]), np.array([2, 1, 1, 1, 0, 0]), 4),
    ],
    mistakes=[
        (
            lambda t, guesses, classes: 1 / classes,
            "1/K is right only if labels or guesses are equally frequent in all classes.",
        ),
        (
            lambda t, guesses, classes: np.bincount(t).max() / len(t),
            "That is what always naming the most frequent class would reach. This network spreads "
            "its guesses.",
        ),
        (
            lambda t, guesses, classes: ((np.bincount(t) / len(t)) ** 2).sum(),
            "That holds if the guesses have the same frequencies as the labels. Here they are "
            "given, and differ.",
        ),
        (
            lambda t, guesses, classes: np.sum(
                np.bincount(t, minlength=classes) * np.bincount(guesses, minlength=classes)
            ),
            "Counts were multiplied. Divide each by its number of rows first.",
        ),
    ],
    hints=[
        "Guess and label are independent. With which probability are both class 0?",
        "The sum over the classes of: share among the labels times share among the guesses.",
    ],
)


# 6 · Spot the leak

q6 = Exercise(
    "bde",
    mistakes=[
        (
            "be",
            "One is missing. In (d), which rows decided what was kept, and when was the split?",
        ),
        (
            "bd",
            "One is missing. In (e) the same patient can be on both sides of the split.",
        ),
        (
            "de",
            "One is missing. In (b) the filled-in numbers know the test rows.",
        ),
        (
            "abde",
            "(a) does not leak: what is measured on training rows may be applied to all rows.",
        ),
        (
            "bcde",
            "(c) does not leak: training rows may be copied as often as you like after the split. "
            "No copy lies in the test set.",
        ),
        (
            "abcde",
            "Not everything is a leak. Ask each time: do training numbers depend on test rows, or "
            "does the test hold relatives of training rows?",
        ),
        (
            "ac",
            "Those are the two that are clean. Asked are the leaks.",
        ),
    ],
    hints=[
        "A leak: something that training uses depends on test rows, or test rows are no strangers.",
        "Two of the five are clean. In both, everything is done with training rows alone.",
    ],
)
