"""Exercises of chapter 3, adding layers."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(303)


def normal(*shape):
    """Random numbers for the cases, rounded so that they read well."""
    return RNG.standard_normal(shape).round(2)


# 1 · The forward pass of a dense layer


def dense_forward(x, W, b):
    return x @ W + b


q1 = Exercise(
    dense_forward,
    cases=[
        (normal(5, 3), normal(3, 2), normal(2)),
        (normal(4, 4), normal(4, 4), normal(4)),  # square: a transposed W goes unnoticed elsewhere
        (normal(1, 2), normal(2, 3), normal(3)),
    ],
    mistakes=[
        (
            lambda x, W, b: x @ W,
            "The bias is missing. Each output needs its b added.",
        ),
        (
            lambda x, W, b: x @ W.T + b,
            "W is transposed. Its rows belong to inputs and its columns to outputs, so x @ W fits "
            "as it stands.",
        ),
        (
            lambda x, W, b: W.T @ x.T + b[:, None],
            "The result is transposed: (outputs, batch). In this course rows are samples.",
        ),
        (
            lambda x, W, b: x @ (W + b),
            "The bias went into the weights. It is added after the product, once per output.",
        ),
    ],
    hints=[
        "Rows of x are samples and columns of W are neurons.",
        "One matrix product and one sum. Broadcasting adds b (n_out,) to every row.",
    ],
)


# 2 · Counting parameters


def count_parameters(sizes):
    return sum(n_in * n_out + n_out for n_in, n_out in zip(sizes, sizes[1:]))


q2 = Exercise(
    count_parameters,
    cases=[([4, 3],), ([2, 64, 3],), ([5, 8, 8, 2],), ([10, 1],)],
    mistakes=[
        (
            lambda sizes: sum(a * b for a, b in zip(sizes, sizes[1:])),
            "Only the weights are counted. Every neuron has a bias too.",
        ),
        (
            lambda sizes: sum(a * b + a for a, b in zip(sizes, sizes[1:])),
            "One bias per input was counted. A layer has one bias per output.",
        ),
        (
            lambda sizes: sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes),
            "The inputs got biases as well. They are data, not neurons: the first size has none.",
        ),
        (
            lambda sizes: sum(sizes),
            "That is the number of neurons and inputs. Count the numbers that can be adjusted.",
        ),
    ],
    hints=[
        "A layer from n_in to n_out has a matrix W and a row b. How many numbers is that?",
        "zip(sizes, sizes[1:]) gives the pairs (n_in, n_out), layer by layer.",
    ],
)


# 3 · Two layers become one


def collapse(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2 + b2


q3 = Exercise(
    collapse,
    cases=[
        (normal(2, 2), normal(2), normal(2, 2), normal(2)),
        (normal(3, 3), normal(3), normal(3, 3), normal(3)),
        (normal(2, 5), normal(5), normal(5, 4), normal(4)),
    ],
    mistakes=[
        (
            lambda W1, b1, W2, b2: (W1 @ W2, b1 + b2),
            "The biases were added as they are. b1 passes through the second layer first: it is "
            "multiplied by W2.",
        ),
        (
            lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2),
            "The second layer's own bias b2 is missing.",
        ),
        (
            lambda W1, b1, W2, b2: (W1 @ W2, b2),
            "The first layer's bias b1 is missing; it reaches the output through W2.",
        ),
        (
            lambda W1, b1, W2, b2: (W2 @ W1, b1 @ W2 + b2),
            "The product is the wrong way round. x meets W1 first, and x stands on the left.",
        ),
    ],
    hints=[
        "Write out (x W1 + b1) W2 + b2 and remove the brackets.",
        "Return a pair: the matrix that multiplies x, and everything that does not contain x.",
    ],
)


# 4 · Standardising without a leak


def standardize(x_train, x_test):
    mean, deviation = x_train.mean(axis=0), x_train.std(axis=0)
    return (x_train - mean) / deviation, (x_test - mean) / deviation


def standardize_each(x_train, x_test):
    return standardize(x_train, x_train)[0], standardize(x_test, x_test)[0]


def standardize_together(x_train, x_test):
    both = np.concatenate([x_train, x_test])
    return standardize(both, x_train)[1], standardize(both, x_test)[1]


def divide_by_variance(x_train, x_test):
    mean, variance = x_train.mean(axis=0), x_train.var(axis=0)
    return (x_train - mean) / variance, (x_test - mean) / variance


def standardize_globally(x_train, x_test):
    mean, deviation = x_train.mean(), x_train.std()
    return (x_train - mean) / deviation, (x_test - mean) / deviation


q4 = Exercise(
    standardize,
    cases=[
        (10 + 3 * normal(8, 3), 11 + 2 * normal(4, 3)),
        (normal(5, 2) * [1, 1000], normal(3, 2) * [1, 1000]),
    ],
    mistakes=[
        (
            standardize_each,
            "The test set was standardised with its own mean and deviation. The same penguin would "
            "then become different numbers in different company.",
        ),
        (
            standardize_together,
            "Mean and deviation were measured on training and test rows together. That is a leak: "
            "the training numbers now depend on the test set.",
        ),
        (
            divide_by_variance,
            "Divided by the variance. Its unit is g² for a mass in g; divide by the deviation, its "
            "square root.",
        ),
        (
            standardize_globally,
            "One mean and one deviation for the whole table mixes grams with millimetres. Use one "
            "of each per column: axis=0.",
        ),
    ],
    hints=[
        "Which rows may be measured? Which rows must be changed?",
        "mean(axis=0) and std(axis=0) of x_train; use the same two rows for both tables.",
    ],
)


# 5 · The right initial scale


def initial_deviation(n_in):
    return np.sqrt(2 / n_in)


q5 = Exercise(
    initial_deviation,
    cases=[(2,), (8,), (50,), (784,)],
    mistakes=[
        (
            lambda n_in: 2 / n_in,
            "That is the variance. A normal distribution is scaled by its deviation, the square "
            "root.",
        ),
        (
            lambda n_in: np.sqrt(1 / n_in),
            "That keeps the size in layers without a cut. Setting negative numbers to zero halves "
            "the mean square, and the factor 2 makes up for it.",
        ),
        (
            lambda n_in: np.sqrt(n_in / 2),
            "Upside down: more inputs make a larger sum, so each weight must be smaller.",
        ),
    ],
    hints=[
        "After a layer and the cut, the mean square is n_in · σ² / 2 times what it was.",
        "Which σ makes that factor 1?",
    ],
)
