"""Exercises of notebook b3, convolutional networks."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(303)


# 1 · Count a block's parameters


def block_parameters(n_in, n_out):
    return 9 * n_in * n_out + n_out + 2 * n_out


q1 = Exercise(
    block_parameters,
    cases=[(1, 8), (8, 16), (16, 16), (5, 3)],
    mistakes=[
        (
            lambda n_in, n_out: 9 * n_in * n_out + n_out,
            "BatchNorm is missing. It learns a gamma and a beta for each channel.",
        ),
        (
            lambda n_in, n_out: 9 * n_in * n_out + 5 * n_out,
            "Mean and variance were counted. They are buffers: kept, but not learned.",
        ),
        (
            lambda n_in, n_out: 9 * n_in * n_out + 2 * n_out,
            "The convolution's bias is missing. BatchNorm makes it useless, but it is there.",
        ),
        (
            lambda n_in, n_out: 9 * n_out + 3 * n_out,
            "An output channel has a kernel for every input channel: a factor n_in is missing.",
        ),
        (
            lambda n_in, n_out: 9 * n_in * n_out + n_in * n_out + 2 * n_out,
            "One bias for each kernel was counted. An output channel has a single bias.",
        ),
    ],
    hints=[
        "W is (n_out, n_in, 3, 3). Which other arrays are learned?",
        "b, gamma and beta have n_out entries each. Pooling and ReLU learn nothing.",
    ],
)


# 2 · Sizes and receptive field of a stack


def size_and_field(layers, n):
    field = jump = 1
    for size, stride, padding in layers:
        n = (n + 2 * padding - size) // stride + 1
        field += (size - 1) * jump
        jump *= stride
    return n, field


def field_without_jump(layers, n):
    return size_and_field(layers, n)[0], 1 + sum(size - 1 for size, _, _ in layers)


def field_jump_first(layers, n):
    field = jump = 1
    for size, stride, _ in layers:
        jump *= stride
        field += (size - 1) * jump
    return size_and_field(layers, n)[0], field


def size_without_padding(layers, n):
    field = size_and_field(layers, n)[1]
    return size_and_field([(size, stride, 0) for size, stride, _ in layers], n)[0], field


def field_with_padding(layers, n):
    n, field = size_and_field(layers, n)
    return n, field - 2 * sum(padding for _, _, padding in layers)


q2 = Exercise(
    size_and_field,
    cases=[
        ([(3, 1, 1), (2, 2, 0), (3, 1, 1), (3, 1, 1), (2, 2, 0)], 28),
        ([(5, 1, 2), (2, 2, 0), (5, 1, 0), (2, 2, 0)], 28),
        ([(4, 2, 1), (3, 1, 1)], 32),
    ],
    mistakes=[
        (
            field_without_jump,
            "The field grows by (size − 1) steps, and a step is as many pixels as the strides "
            "before it, multiplied.",
        ),
        (
            field_jump_first,
            "A layer's own stride counts only for the layers behind it: add to the field first, "
            "then multiply the jump.",
        ),
        (size_without_padding, "The padding is missing from the size: it counts at both ends."),
        (
            field_with_padding,
            "Padding was taken off the field. A window sees as many places whether they are "
            "pixels or padding.",
        ),
    ],
    hints=[
        "Both rules are in notebook b2, section 3: places for the size, f and j for the field.",
        "Start with field = jump = 1. For each layer: the new n, then field, then jump.",
    ],
)


# 3 · Move every picture by its own shift


def move(x, down, right, background):
    y = np.full_like(x, background)
    height, width = x.shape[2:]
    for n, (r, c) in enumerate(zip(down, right)):
        into = slice(max(r, 0), height + min(r, 0)), slice(max(c, 0), width + min(c, 0))
        out = slice(max(-r, 0), height + min(-r, 0)), slice(max(-c, 0), width + min(-c, 0))
        y[n, :, into[0], into[1]] = x[n, :, out[0], out[1]]
    return y


def move_rolled(x, down, right, background):
    pairs = zip(x, down, right)
    return np.stack([np.roll(one, (r, c), axis=(1, 2)) for one, r, c in pairs])


q3 = Exercise(
    move,
    cases=[
        (RNG.random((3, 1, 4, 5)), np.array([1, -1, 0]), np.array([0, 2, -1]), -1.0),
        (RNG.random((2, 2, 5, 5)), np.array([2, 0]), np.array([-1, 1]), 0.5),
    ],
    mistakes=[
        (
            move_rolled,
            "What leaves at one edge comes back at the other, as with np.roll. A toe must not "
            "appear behind the heel: fill with the background.",
        ),
        (
            lambda x, down, right, background: move(x, -down, -right, background),
            "The pictures move the wrong way. Positive means down, to larger row numbers, and "
            "right.",
        ),
        (
            lambda x, down, right, background: move(x, right, down, background),
            "Rows and columns are swapped: `down` belongs to axis 2, `right` to axis 3.",
        ),
        (
            lambda x, down, right, background: move(x, down, right, 0.0),
            "The emptied pixels are 0. In pictures from −1 to 1 that is a grey stripe: use the "
            "background.",
        ),
        (
            lambda x, down, right, background: move(
                x, np.full(len(x), down[0]), np.full(len(x), right[0]), background
            ),
            "All pictures got the first one's shift. Each has its own.",
        ),
    ],
    hints=[
        "Pad x with the background, by the largest shift p. Picture n is then a piece of its "
        "padded version: which rows?",
        "Rows p − down[n] to p − down[n] + height, and the same with right[n] for the columns.",
    ],
)


# 4 · Accuracy under a shift


def shifted_accuracy(predict, x, t, pixels):
    total = 0.0
    for r, c in ((pixels, 0), (-pixels, 0), (0, pixels), (0, -pixels)):
        moved = move(x, np.full(len(x), r), np.full(len(x), c), x.min())
        total += (predict(moved).argmax(axis=1) == t).mean()
    return total / 4


def accuracy_one_way(predict, x, t, pixels):
    moved = move(x, np.zeros(len(x), int), np.full(len(x), pixels), x.min())
    return (predict(moved).argmax(axis=1) == t).mean()


def accuracy_rolled(predict, x, t, pixels):
    rolled = [np.roll(x, s * pixels, axis) for axis in (2, 3) for s in (1, -1)]
    return np.mean([(predict(y).argmax(axis=1) == t).mean() for y in rolled])


def accuracy_of_mean_scores(predict, x, t, pixels):
    total = 0.0
    for r, c in ((pixels, 0), (-pixels, 0), (0, pixels), (0, -pixels)):
        total = total + predict(move(x, np.full(len(x), r), np.full(len(x), c), x.min()))
    return (total.argmax(axis=1) == t).mean()


def toy(x):
    """Scores (n, 4): how bright the corners of 3 × 3 pixels are."""
    corners = (x[..., :3, :3], x[..., :3, -3:], x[..., -3:, :3], x[..., -3:, -3:])
    return np.stack([corner.sum(axis=(1, 2, 3)) for corner in corners], axis=1)


TOYS = RNG.random((60, 1, 6, 6)) - 1
TOY_LABELS = toy(TOYS).argmax(axis=1)

q4 = Exercise(
    shifted_accuracy,
    cases=[(toy, TOYS, TOY_LABELS, 1), (toy, TOYS, TOY_LABELS, 2), (toy, TOYS[:9], [0] * 9, 1)],
    mistakes=[
        (
            accuracy_one_way,
            "Only one direction was tried. Take the mean of down, up, right and left.",
        ),
        (
            accuracy_rolled,
            "The pictures were rolled: what left at one edge came back at the other.",
        ),
        (
            accuracy_of_mean_scores,
            "The scores of the four pictures were added before choosing. That is another, kinder "
            "question: judge each shifted picture by itself, then take the mean.",
        ),
        (
            lambda predict, x, t, pixels: (predict(x).argmax(axis=1) == t).mean(),
            "Nothing was shifted.",
        ),
    ],
    hints=[
        "Four shifted copies of x, four accuracies, their mean. Exercise 3 does the shifting.",
        "For each (down, right) of (p, 0), (−p, 0), (0, p), (0, −p): fill with x.min(), "
        "predict, argmax over the classes, compare with t.",
    ],
)


# 5 · Global average pooling, backward


def global_average_backward(x, dy):
    height, width = x.shape[2:]
    return np.broadcast_to(dy[:, :, None, None] / (height * width), x.shape).copy()


q5 = Exercise(
    global_average_backward,
    cases=[
        (RNG.standard_normal((2, 3, 4, 4)), RNG.standard_normal((2, 3))),
        (RNG.standard_normal((1, 2, 3, 5)), RNG.standard_normal((1, 2))),
    ],
    mistakes=[
        (
            lambda x, dy: np.broadcast_to(dy[:, :, None, None], x.shape).copy(),
            "Each pixel counts 1/(height · width) in the mean, so that is its share of dy.",
        ),
        (
            lambda x, dy: np.broadcast_to(
                dy[:, :, None, None] / x[0].size, x.shape
            ).copy(),
            "The channels were counted in. The mean is taken over the pixels of one channel.",
        ),
        (
            lambda x, dy: x * dy[:, :, None, None] / (x.shape[2] * x.shape[3]),
            "dy was multiplied by x. A mean has the same slope everywhere, whatever x is.",
        ),
        (
            lambda x, dy: (x == x.max(axis=(2, 3), keepdims=True)) * dy[:, :, None, None],
            "That is the way back of a maximum. In a mean every pixel takes part.",
        ),
    ],
    hints=[
        "y[n, c] is the mean of x[n, c]. How much does it change if one pixel grows by 1?",
        "dy[:, :, None, None] has the axes of x; divide, and broadcast to its shape.",
    ],
)
