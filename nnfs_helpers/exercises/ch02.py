"""Exercises of chapter 2, coding our first neurons."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(202)


def normal(*shape):
    """Random numbers for the cases, rounded so that they read well."""
    return RNG.standard_normal(shape).round(2)


# 1 · A neuron by hand: x = (3, −1, 2), w = (0.5, 3, −2), b = 1.5

q1 = Exercise(
    3 * 0.5 + (-1) * 3 + 2 * (-2) + 1.5,
    mistakes=[
        (3 * 0.5 + (-1) * 3 + 2 * (-2), "The bias is missing: add 1.5 at the end."),
        (3 * 0.5 + 1 * 3 + 2 * (-2) + 1.5, "One sign is lost: (−1) · 3 is −3."),
        (3 * 0.5 + (-1) * 3 + 2 * 2 + 1.5, "One sign is lost: 2 · (−2) is −4."),
        (3 * 0.5 + (-1) * 3 + 2 * (-2) - 1.5, "The bias is added, not subtracted."),
        (
            (3 * 0.5 + (-1) * 3 + 2 * (-2)) * 1.5,
            "The sum was multiplied by the bias. The bias is added.",
        ),
        (
            (3 - 1 + 2) * (0.5 + 3 - 2) + 1.5,
            "All inputs were added first. Each input meets its own weight: multiply, then add.",
        ),
    ],
    hints=[
        "Three products, one for each input with its own weight.",
        "1.5 − 3 − 4, and then the bias.",
    ],
)


# 2 · A layer without a loop


def layer_without_a_loop(x, neurons, biases):
    return x @ neurons.T + biases


q2 = Exercise(
    layer_without_a_loop,
    cases=[
        (normal(5, 3), normal(2, 3), normal(2)),
        (normal(4, 4), normal(4, 4), normal(4)),  # square: without .T the shapes fit, too
        (normal(1, 2), normal(3, 2), normal(3)),
    ],
    mistakes=[
        (
            lambda x, neurons, biases: x @ neurons + biases,
            "The transpose is missing. Each row of `neurons` is a neuron, and the product needs "
            "neurons in columns. Square matrices hide it: the shapes fit, the numbers are wrong.",
        ),
        (
            lambda x, neurons, biases: x @ neurons.T,
            "The biases are missing. Each neuron adds its own.",
        ),
        (
            lambda x, neurons, biases: neurons @ x.T + biases[:, None],
            "The result is transposed: (neurons, batch). In this course rows are samples.",
        ),
        (
            lambda x, neurons, biases: (x + biases.mean()) @ neurons.T,
            "The biases were added to the inputs. They are added after the product.",
        ),
    ],
    hints=[
        "x is (batch, n_in) and `neurons` is (n_out, n_in). Which axis do the two share?",
        "The shared axis must stand in the middle: transpose `neurons`, then multiply.",
    ],
)


# 3 · Predict the shape
# a: (6, 4) @ (4, 2)   b: (6, 2) + (2,)   c: (5,) + (5, 1)   d: (4,) @ (4, 3)   e: (1, 4) * (6, 1)

q3 = Exercise(
    [(6, 2), (6, 2), (5, 5), (3,), (6, 4)],
    mistakes=[
        (
            [(6, 2), (6, 2), (5, 1), (3,), (6, 4)],
            "c: (5,) counts as (1, 5). Against (5, 1) both axes stretch, and a matrix comes out.",
        ),
        (
            [(6, 2), (6, 2), (5,), (3,), (6, 4)],
            "c: the two look like 5 numbers each, but (5,) counts as (1, 5), not as (5, 1).",
        ),
        (
            [(6, 2), (6, 2), (5, 5), (1, 3), (6, 4)],
            "d: a vector in a product has one axis before and one axis less after: (3,), no row.",
        ),
        (
            [(4, 4), (6, 2), (5, 5), (3,), (6, 4)],
            "a: the lengths in the middle, 4 and 4, are those that disappear.",
        ),
        (
            [(6, 2), (6, 2), (5, 5), (3,), (6, 1)],
            "e: * is no matrix product. Axes of length 1 stretch until they fit.",
        ),
        (
            [(6, 2), (6, 2), (5, 5), (3,), (1, 1)],
            "e: * is no matrix product: nothing is summed, axes of length 1 stretch.",
        ),
    ],
    hints=[
        "For @ look at the middle; for + and * write the shapes under each other, flush right.",
        "Try it: (np.ones(5) + np.ones((5, 1))).shape. Then say why.",
    ],
)


# 4 · Fix the transpose: samples came as columns


def layer_on_columns(table, W, b):
    return table.T @ W + b


q4 = Exercise(
    layer_on_columns,
    cases=[
        (normal(3, 5), normal(3, 2), normal(2)),
        (normal(3, 3), normal(3, 3), normal(3)),  # square: every order fits
        (normal(4, 1), normal(4, 3), normal(3)),
    ],
    mistakes=[
        (
            lambda table, W, b: table @ W + b,
            "The table's columns are the samples. Here its rows were treated as samples, which "
            "a square table does not even notice.",
        ),
        (
            lambda table, W, b: W.T @ table + b[:, None],
            "The numbers are right but lie on their side: (n_out, batch). Samples should be rows.",
        ),
        (
            lambda table, W, b: table.reshape(-1, len(W)) @ W + b,
            "reshape does not transpose: it deals out the numbers anew, row by row, and mixes the "
            "samples. Use .T.",
        ),
        (
            lambda table, W, b: table.T @ W.T + b,
            "Now W is transposed as well. It was right: (n_in, n_out).",
        ),
    ],
    hints=[
        "Which shape has the table, and which one does x @ W + b want?",
        "Only the table has to be turned. W and b are as they should be.",
    ],
)


# 5 · A batch of one


def as_batch(x):
    return x[None, :] if x.ndim == 1 else x


q5 = Exercise(
    as_batch,
    cases=[(normal(3),), (normal(5, 3),), (normal(1, 4),), (normal(1),)],
    mistakes=[
        (
            lambda x: x[None, :],
            "A batch got an axis too many. Add one only if there is a single axis.",
        ),
        (
            lambda x: x[:, None] if x.ndim == 1 else x,
            "That is a column: n samples with one feature. One sample with n features is a row.",
        ),
        (
            lambda x: x,
            "A single sample is still a vector, (n,). It should become a row, (1, n).",
        ),
        (
            lambda x: x.reshape(1, -1),
            "A batch of several samples was strung into one long row. Leave batches as they are.",
        ),
    ],
    hints=[
        "x.ndim is the number of axes: 1 for a vector, 2 for a batch.",
        "x[None, :] puts an axis of length 1 in front.",
    ],
)


# 6 · Move the line


def bias_through(w, point):
    return -(w @ point)


q6 = Exercise(
    bias_through,
    cases=[
        (np.array([2.0, -1.0]), np.array([1.0, 3.0])),
        (normal(2), normal(2)),
        (normal(5), normal(5)),
    ],
    mistakes=[
        (
            lambda w, point: w @ point,
            "The sign is wrong. z = point · w + b must be zero, so b takes back what w adds.",
        ),
        (
            lambda w, point: -(w @ point) / np.linalg.norm(w),
            "That is a distance. The bias is not divided by the length of w.",
        ),
        (
            lambda w, point: -(w * point),
            "The products have not been added up. The bias is one number; use @.",
        ),
        (
            lambda w, point: -w.sum(),
            "That is the bias for the point (1, 1, …). Weigh each weight with its coordinate.",
        ),
    ],
    hints=[
        "On the line z is zero. Write z for that point.",
        "point · w + b = 0. Solve for b.",
    ],
)
