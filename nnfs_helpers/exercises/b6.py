"""Exercises of notebook b6, residual networks."""

from math import comb

import numpy as np

from . import Exercise

RNG = np.random.default_rng(606)


def whole(*shape):
    """Random whole numbers from −3 to 4 as floats, so that wrong sums can be read off."""
    return RNG.integers(-3, 5, shape).astype(float)


# 1 · Paths of one length


def paths_of_length(blocks, branches):
    return comb(blocks, branches)


q1 = Exercise(
    paths_of_length,
    cases=[(3, 1), (4, 2), (5, 3), (6, 0), (32, 16)],
    mistakes=[
        (
            lambda blocks, branches: 2**blocks,
            "That counts all paths. Only those that go through exactly `branches` branches count.",
        ),
        (
            lambda blocks, branches: 2**branches,
            "The choice is not between two ways in `branches` blocks: it is which of all `blocks` "
            "the path goes through.",
        ),
        (
            lambda blocks, branches: comb(blocks, branches) * int(np.prod(range(1, branches + 1))),
            "Orders are counted: through blocks 1 and 3 is the same path as through 3 and 1.",
        ),
        (
            lambda blocks, branches: sum(comb(blocks, k) for k in range(branches + 1)),
            "Shorter paths are counted, too. Exactly `branches` is asked for, not at most.",
        ),
    ],
    hints=[
        "A path is chosen by saying which of the blocks it goes through. Around all others.",
        "In how many ways can `branches` things be chosen from `blocks`? See math.comb.",
    ],
)


# 2 · Parameters of a bottleneck


def bottleneck_parameters(n, m):
    return n * m + m + m * n + n


q2 = Exercise(
    bottleneck_parameters,
    cases=[(64, 16), (8, 2), (256, 64), (10, 1)],
    mistakes=[
        (
            lambda n, m: 2 * n * m,
            "The biases are missing: one for each output of each layer.",
        ),
        (
            lambda n, m: 2 * n * m + 2 * n,
            "Both layers got n biases. The first has m outputs, so it has m.",
        ),
        (
            lambda n, m: n * m + m,
            "That is the way down only. The second layer leads back up to n.",
        ),
        (
            lambda n, m: n * m + m + m * n + n + n * n,
            "The way around was given weights. It adds x as it is: it has none.",
        ),
        (
            lambda n, m: n * m + m + m * m + m + m * n + n,
            "A third layer, from m to m, was counted. Here are two: down and up.",
        ),
    ],
    hints=[
        "Two dense layers: n → m and m → n. Each has weights (n_in, n_out) and n_out biases.",
        "n · m + m for the first; the second has m · n weights. How many biases?",
    ],
)


# 3 · The gradient of two blocks


def two_blocks(dy, A, B):
    dh = dy + dy @ B.T
    return dh + dh @ A.T


q3 = Exercise(
    two_blocks,
    cases=[(whole(2, 3), whole(3, 3), whole(3, 3)), (whole(1, 2), whole(2, 2), whole(2, 2))],
    mistakes=[
        (
            lambda dy, A, B: dy @ B.T @ A.T,
            "Only the path through both branches is there. Each block also hands on dy as it is.",
        ),
        (
            lambda dy, A, B: dy + dy @ B.T @ A.T,
            "Two paths of four: around both, and through both. Those through one are missing.",
        ),
        (
            lambda dy, A, B: dy + dy @ A.T + dy @ B.T,
            "The path through both branches is missing.",
        ),
        (
            lambda dy, A, B: two_blocks(dy, B, A),
            "The blocks are in the wrong order. The message meets B first, the last block.",
        ),
        (
            lambda dy, A, B: two_blocks(dy, A.T, B.T),
            "The matrices are not transposed: y = x W goes back as dx = dy W.T.",
        ),
        (
            lambda dy, A, B: (dy @ B.T) + (dy @ B.T) @ A.T,
            "The last block forgot its dy: what comes out of it is dy + dy @ B.T.",
        ),
    ],
    hints=[
        "One block at a time, the last first: what arrives between the blocks?",
        "dh = dy + dy @ B.T. The first block does the same with dh and A.",
    ],
)


# 4 · A block with a ReLU inside, and the zero start


def block_gradients(x, W1, W2, dy):
    hidden = np.maximum(x @ W1, 0)
    dz = (dy @ W2.T) * (hidden > 0)
    return x.T @ dz, hidden.T @ dy, dy + dz @ W1.T


def without_mask(x, W1, W2, dy):
    dz = dy @ W2.T
    return x.T @ dz, np.maximum(x @ W1, 0).T @ dy, dy + dz @ W1.T


def without_way_around(x, W1, W2, dy):
    dW1, dW2, dx = block_gradients(x, W1, W2, dy)
    return dW1, dW2, dx - dy


def uncut_hidden(x, W1, W2, dy):
    dW1, _, dx = block_gradients(x, W1, W2, dy)
    return dW1, (x @ W1).T @ dy, dx


def x_in_the_weights(x, W1, W2, dy):
    dW1, _, dx = block_gradients(x, W1, W2, dy)
    return dW1, (x + np.maximum(x @ W1, 0) @ W2).T @ dy, dx


q4 = Exercise(
    block_gradients,
    cases=[
        (whole(4, 3) + 0.5, whole(3, 3) + 0.25, whole(3, 3), whole(4, 3)),
        (whole(5, 2) + 0.5, whole(2, 2) + 0.25, whole(2, 2), whole(5, 2)),
        (whole(4, 3) + 0.5, whole(3, 3) + 0.25, np.zeros((3, 3)), whole(4, 3)),
    ],
    mistakes=[
        (
            without_mask,
            "The cut is missing on the way back: a message passes only where x @ W1 was positive.",
        ),
        (
            without_way_around,
            "dx has only what came through the branch. The way around adds dy.",
        ),
        (
            uncut_hidden,
            "dW2 was computed from x @ W1 before the cut. Its layer's input is what the cut left.",
        ),
        (
            x_in_the_weights,
            "dW2 was computed from the block's output. It is its layer's *input*, transposed, "
            "times dy.",
        ),
    ],
    hints=[
        "Forward: hidden = np.maximum(x @ W1, 0), y = x + hidden @ W2. Every line goes back.",
        "dW2 = hidden.T @ dy; dz = (dy @ W2.T) * (hidden > 0); then dW1 and dx from dz, and the "
        "way around.",
    ],
)


# 5 · Growth with a factor


def growth(blocks, factor):
    return (1 + factor**2) ** blocks


q5 = Exercise(
    growth,
    cases=[(1, 0.5), (2, 1.0), (8, 0.5), (16, 0.25), (3, 2.0)],
    mistakes=[
        (
            lambda blocks, factor: (1 + factor) ** blocks,
            "The factor multiplies the branch's numbers; their squares are multiplied by its "
            "square.",
        ),
        (
            lambda blocks, factor: 1 + blocks * factor**2,
            "That is what LayerNorm in the branch gives. Here the branch's output grows with its "
            "input: multiply block by block.",
        ),
        (
            lambda blocks, factor: 2.0**blocks * factor**2,
            "The factor was applied once, at the end. It stands in each branch.",
        ),
        (
            lambda blocks, factor: (1 + factor**2) * blocks,
            "Growth was added up. Each block multiplies the mean square it is given.",
        ),
    ],
    hints=[
        "One block: the mean square of x, plus that of factor · f(x). How large is the second?",
        "x and f(x) are uncorrelated and of the same mean square m: m + factor² · m. Then again.",
    ],
)
