"""Exercises of chapter 13, training dataset."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(1313)


def table(rows, columns):
    """A random table whose columns have unlike means and deviations, for the cases."""
    z = RNG.standard_normal((rows, columns))
    return (z * np.geomspace(1, 50, columns) + np.linspace(20, 300, columns)).round(1)


def with_gaps(x, *places):
    """The table with NaN at the given places (row, column)."""
    for place in places:
        x[place] = np.nan
    return x


# 1 · Min–max scaling


def min_max(x_train, x):
    low, high = x_train.min(axis=0), x_train.max(axis=0)
    return (x - low) / (high - low)


def min_max_together(x_train, x):
    return min_max(np.concatenate([x_train, x]), x)


def min_max_clipped(x_train, x):
    return np.clip(min_max(x_train, x), 0, 1)


q1 = Exercise(
    min_max,
    cases=[(table(8, 3), table(4, 3) * 1.3), (table(5, 2), table(6, 2) * 0.8)],
    mistakes=[
        (
            lambda x_train, x: min_max(x, x),
            "The new rows were scaled by their own smallest and largest values. Then the same bird "
            "becomes another number in other company; measure on x_train.",
        ),
        (
            min_max_together,
            "Smallest and largest values were taken from both tables together. That is a leak: "
            "only x_train may be measured.",
        ),
        (
            lambda x_train, x: x / x_train.max(axis=0),
            "Divided by the largest value only. The smallest has to become 0, so subtract it "
            "first, above and below.",
        ),
        (
            lambda x_train, x: (x - x_train.min()) / (x_train.max() - x_train.min()),
            "One smallest and one largest value for the whole table mixes the units. Take them "
            "for each column: axis=0.",
        ),
        (
            min_max_clipped,
            "Rows outside the training range were cut off. A new row may well be below 0 or above "
            "1; cut off, two different rows become one.",
        ),
    ],
    hints=[
        "The smallest training value becomes 0, the largest becomes 1; what is between?",
        "(x − low) / (high − low), with low and high measured on x_train, axis=0.",
    ],
)


# 2 · Back to units


def restore(z, x_train):
    return z * x_train.std(axis=0) + x_train.mean(axis=0)


q2 = Exercise(
    restore,
    cases=[
        (RNG.standard_normal((4, 3)).round(2), table(9, 3)),
        (RNG.standard_normal((6, 2)).round(2), table(5, 2)),
    ],
    mistakes=[
        (
            lambda z, x_train: (z + x_train.mean(axis=0)) * x_train.std(axis=0),
            "The steps are undone in the wrong order. Subtracting came first, so adding comes "
            "last.",
        ),
        (
            lambda z, x_train: z * x_train.std(axis=0),
            "The deviation is back, the mean is not: a bird of average length would be 0 mm long.",
        ),
        (
            lambda z, x_train: z * x_train.var(axis=0) + x_train.mean(axis=0),
            "Multiplied by the variance. What was divided out was its square root, the deviation.",
        ),
        (
            lambda z, x_train: z * z.std(axis=0) + z.mean(axis=0),
            "Mean and deviation of z were used, which are near 0 and 1. The units are in x_train.",
        ),
        (
            lambda z, x_train: (z - x_train.mean(axis=0)) / x_train.std(axis=0),
            "That standardises once more. Here the way back is asked for.",
        ),
    ],
    hints=[
        "Solve z = (x − mean) / deviation for x.",
        "Multiply first, then add; both come from x_train, column by column.",
    ],
)


# 3 · Batches that miss no row


def cut(order, size):
    return [order[start : start + size] for start in range(0, len(order), size)]


def cut_whole_only(order, size):
    return [order[k * size : (k + 1) * size] for k in range(len(order) // size)]


def cut_one_too_many(order, size):
    count = len(order) // size + 1
    return [order[k * size : (k + 1) * size] for k in range(count)]


def cut_in_sequence(order, size):
    return cut(np.arange(len(order)), size)


def cut_with_overlap(order, size):
    return [order[start : start + size + 1] for start in range(0, len(order), size)]


q3 = Exercise(
    cut,
    cases=[(RNG.permutation(10), 4), (RNG.permutation(12), 3), (RNG.permutation(5), 8)],
    mistakes=[
        (
            cut_whole_only,
            "The rows that do not fill a whole batch are left out. In each epoch other rows are "
            "hit, but some always are; the last batch may be shorter.",
        ),
        (
            cut_one_too_many,
            "When the size divides the number of rows, an empty batch comes last. Its mean would "
            "be 0/0.",
        ),
        (
            cut_in_sequence,
            "The batches are cut from 0, 1, 2, …, so the shuffled order is not used.",
        ),
        (
            cut_with_overlap,
            "Neighbouring batches share a row. Python's slices leave out their end already.",
        ),
    ],
    hints=[
        "At which positions of `order` do the batches start?",
        "range(0, len(order), size) has the starts; a slice that runs over the end is cut short.",
    ],
)


# 4 · Class weights


def class_weights(t, classes):
    return len(t) / (classes * np.bincount(t, minlength=classes))


q4 = Exercise(
    class_weights,
    cases=[
        (np.array([0, 0, 0, 1]), 2),
        (RNG.permutation(np.repeat([0, 1, 2], [60, 30, 10])), 3),
        (np.repeat([1, 0], [99, 1]), 2),
    ],
    mistakes=[
        (
            lambda t, classes: np.bincount(t, minlength=classes) / len(t),
            "Those are the frequencies. The rare class needs the large weight, so divide by the "
            "counts.",
        ),
        (
            lambda t, classes: 1 / np.bincount(t, minlength=classes),
            "The proportions are right, the size is not: the mean weight of a row should be 1, "
            "or the loss and with it the learning rate change their size.",
        ),
        (
            lambda t, classes: len(t) / np.bincount(t, minlength=classes),
            "The mean weight of a row comes out as the number of classes. It should be 1.",
        ),
        (
            lambda t, classes: (len(t) / (classes * np.bincount(t, minlength=classes)))[t],
            "That is one weight for each row. Asked for is one for each class, shape (classes,).",
        ),
    ],
    hints=[
        "All classes shall have the same sum of weights: weight · count = the same for each.",
        "The sums of K classes add up to N, so each is N / K. np.bincount counts.",
    ],
)


# 5 · Fill gaps without a leak


def fill(x_train, x):
    return np.where(np.isnan(x), np.nanmean(x_train, axis=0), x)


def fill_own(x_train, x):
    return fill(x, x)


def fill_together(x_train, x):
    return fill(np.concatenate([x_train, x]), x)


def fill_zero(x_train, x):
    return np.nan_to_num(x)


def fill_one_mean(x_train, x):
    return np.where(np.isnan(x), np.nanmean(x_train), x)


def fill_contagious(x_train, x):
    return np.where(np.isnan(x), x_train.mean(axis=0), x)


def fill_drop(x_train, x):
    return x[~np.isnan(x).any(axis=1)]


q5 = Exercise(
    fill,
    cases=[
        (with_gaps(table(6, 3), (0, 0), (3, 2)), with_gaps(table(4, 3), (1, 0), (2, 2), (2, 1))),
        (with_gaps(table(5, 2), (4, 1)), with_gaps(table(3, 2), (0, 1))),
    ],
    mistakes=[
        (
            fill_own,
            "The gaps were filled with the means of the new rows themselves. Measure on x_train; "
            "a single new row would have no mean at all.",
        ),
        (
            fill_together,
            "The means were taken over both tables. That is a leak: only x_train may be measured.",
        ),
        (
            fill_zero,
            "The gaps became 0. Only after standardising is 0 the training mean; here the columns "
            "still have their units, and no penguin weighs 0 g.",
        ),
        (
            fill_one_mean,
            "One mean for the whole table mixes the columns. Each gap gets its column's: axis=0.",
        ),
        (
            fill_contagious,
            "x_train has gaps too, and nan is contagious: its plain mean is nan. np.nanmean leaves "
            "gaps out.",
        ),
        (
            fill_drop,
            "The rows with gaps were dropped. Each row of x should get an answer.",
        ),
    ],
    hints=[
        "np.nanmean(…, axis=0) gives one mean for each column and ignores gaps.",
        "np.where(np.isnan(x), means, x): the row of means is broadcast over all rows.",
    ],
)


# 6 · How many rows?


def rows_needed(n1, error1, n2, error2, goal):
    slope = np.log(error1 / error2) / np.log(n2 / n1)
    return n2 * (error2 / goal) ** (1 / slope)


def rows_straight_line(n1, error1, n2, error2, goal):
    return n2 + (error2 - goal) * (n2 - n1) / (error1 - error2)


def rows_without_root(n1, error1, n2, error2, goal):
    slope = np.log(error1 / error2) / np.log(n2 / n1)
    return n2 * (error2 / goal) ** slope


def rows_square_root(n1, error1, n2, error2, goal):
    return n2 * (error2 / goal) ** 2


q6 = Exercise(
    rows_needed,
    cases=[(100, 0.40, 400, 0.28, 0.10), (30, 0.5, 90, 0.25, 0.05), (1000, 0.12, 3000, 0.1, 0.08)],
    mistakes=[
        (
            rows_straight_line,
            "That draws a straight line through both points on plain axes. It would reach an error "
            "of 0 and go below; take logarithms first.",
        ),
        (
            rows_without_root,
            "The slope is used as the exponent of the wrong thing: the error falls as n to the "
            "power −slope, so n grows as the error to the power −1/slope.",
        ),
        (
            rows_square_root,
            "That assumes a slope of ½. The two measured points say what the slope is.",
        ),
        (
            lambda n1, error1, n2, error2, goal: rows_needed(n1, error1, n2, error2, goal) / n2,
            "That is how many times the present number of rows. Asked for is the number itself.",
        ),
    ],
    hints=[
        "With error = a · n^(−s): first find s from the two points, by dividing them.",
        "s = ln(error1 / error2) / ln(n2 / n1), and n = n2 · (error2 / goal)^(1/s).",
    ],
)
