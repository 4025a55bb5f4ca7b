"""Exercises of notebook b2, convolution."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(202)


def whole(*shape):
    """Random whole numbers from −4 to 5 as floats, so that wrong sums can be read off."""
    return RNG.integers(-4, 6, shape).astype(float)


# 1 · The size of the output


def output_size(n, size, stride, padding):
    return (n + 2 * padding - size) // stride + 1


q1 = Exercise(
    output_size,
    cases=[(28, 3, 1, 0), (28, 3, 1, 1), (28, 2, 2, 0), (13, 5, 2, 2), (9, 3, 3, 0), (15, 7, 4, 0)],
    mistakes=[
        (
            lambda n, size, stride, padding: (n + 2 * padding - size) // stride,
            "One place is missing. A window as large as the picture has one place, not none.",
        ),
        (
            lambda n, size, stride, padding: (n + padding - size) // stride + 1,
            "The padding was counted once. It is put on both ends of the axis.",
        ),
        (
            lambda n, size, stride, padding: n + 2 * padding - size + 1,
            "The stride is missing: the window moves on by `stride` pixels, not by one.",
        ),
        (
            lambda n, size, stride, padding: (n + 2 * padding - size + 1) // stride,
            "The 1 was added before dividing. The first place is there whatever the stride: divide "
            "the way that is left, then add it.",
        ),
        (
            lambda n, size, stride, padding: (n + 2 * padding) // stride,
            "The window's own size is missing: its first pixel cannot stand on the last pixels.",
        ),
    ],
    hints=[
        "Where can the window's first pixel stand? From 0 to n + 2 · padding − size.",
        "It stands on every stride-th of these. Count the steps between, then add one.",
    ],
)


# 2 · Convolve without a loop over pixels


def convolve(picture, kernel):
    k = len(kernel)
    rows, columns = picture.shape[0] - k + 1, picture.shape[1] - k + 1
    y = np.zeros((rows, columns))
    for i, j in np.ndindex(k, k):
        y += kernel[i, j] * picture[i : i + rows, j : j + columns]
    return y


def convolve_padded(picture, kernel):
    before = (len(kernel) - 1) // 2
    return convolve(np.pad(picture, (before, len(kernel) - 1 - before)), kernel)


def convolve_one_short(picture, kernel):
    return convolve(picture, kernel)[:-1, :-1]


def convolve_keeping_the_last(picture, kernel):
    k = len(kernel)
    return kernel[-1, -1] * picture[k - 1 :, k - 1 :]


q2 = Exercise(
    convolve,
    cases=[(whole(4, 4), whole(2, 2)), (whole(6, 5), whole(3, 3)), (whole(5, 7), whole(2, 2))],
    mistakes=[
        (
            lambda picture, kernel: convolve(picture, kernel[::-1, ::-1]),
            "The kernel is flipped. That is the mathematician's convolution; layers lay the kernel "
            "on the picture as it is.",
        ),
        (
            lambda picture, kernel: convolve(picture, kernel.T),
            "Rows and columns of the kernel are swapped: i goes with the picture's rows.",
        ),
        (
            convolve_padded,
            "Zeros were added at the edge. Without padding the output is smaller than the picture.",
        ),
        (
            convolve_one_short,
            "The last row and column are missing: an axis of n pixels has n − k + 1 places.",
        ),
        (
            convolve_keeping_the_last,
            "Only the last of the kernel's numbers counts: each pass overwrites y. Use +=.",
        ),
    ],
    hints=[
        "kernel[i, j] meets the same part of the picture for all places at once. Which part?",
        "Loop over i and j only: y += kernel[i, j] * picture[i : i + rows, j : j + columns].",
    ],
)


# 3 · What an output pixel sees


def seen(layers, place):
    first = last = place
    for size, stride, padding in reversed(layers):
        first = first * stride - padding
        last = last * stride - padding + size - 1
    return first, last


def seen_forwards(layers, place):
    return seen(layers[::-1], place)


def seen_without_padding(layers, place):
    return seen([(size, stride, 0) for size, stride, _ in layers], place)


def seen_without_stride(layers, place):
    return seen([(size, 1, padding) for size, _, padding in layers], place)


def seen_one_too_many(layers, place):
    first = last = place
    for size, stride, padding in reversed(layers):
        first, last = first * stride - padding, last * stride - padding + size
    return first, last


def seen_as_a_width(layers, place):
    first, last = seen(layers, place)
    return first, last - first + 1


q3 = Exercise(
    seen,
    cases=[
        ([(3, 1, 0), (2, 2, 0), (3, 1, 0), (2, 2, 0)], 2),
        ([(5, 2, 2), (3, 1, 1)], 4),
        ([(3, 1, 1), (2, 2, 0), (3, 1, 1), (2, 2, 0)], 0),
    ],
    mistakes=[
        (
            seen_forwards,
            "The layers were taken from the first to the last. The place belongs to the last "
            "layer's output: begin there and go back to the picture.",
        ),
        (
            seen_without_padding,
            "The padding is missing. It moves the window's first pixel to the left by `padding`.",
        ),
        (
            seen_without_stride,
            "The stride is missing: place r has its window's first pixel at r · stride.",
        ),
        (
            seen_one_too_many,
            "The last pixel is one too far. A window of 3 that begins at 5 ends at 7.",
        ),
        (
            seen_as_a_width,
            "The second number is the width. Asked for is the number of the last pixel.",
        ),
    ],
    hints=[
        "One layer: the window of place r begins at r · stride − padding. Where does it end?",
        "for size, stride, padding in reversed(layers): move first and last back by one layer.",
    ],
)


# 4 · Max-pooling with ties, backward


def max_pool_backward(x, dy):
    dx = np.zeros_like(x)
    for r, c in np.ndindex(dy.shape):
        window = x[2 * r : 2 * r + 2, 2 * c : 2 * c + 2]
        i, j = divmod(int(window.argmax()), 2)
        dx[2 * r + i, 2 * c + j] = dy[r, c]
    return dx


def spread_out(a):
    """Each entry of `a` as a block of 2 × 2."""
    return a.repeat(2, axis=0).repeat(2, axis=1)


def largest(x):
    """The maximum of each 2 × 2 window."""
    return x.reshape(len(x) // 2, 2, -1, 2).max(axis=(1, 3))


def pool_all_winners(x, dy):
    return spread_out(dy) * (x == spread_out(largest(x)))


def pool_shared(x, dy):
    ties = (x == spread_out(largest(x))).astype(float)
    count = ties.reshape(len(x) // 2, 2, -1, 2).sum(axis=(1, 3))
    return spread_out(dy / count) * ties


def pool_last_winner(x, dy):
    return max_pool_backward(x[::-1, ::-1], dy[::-1, ::-1])[::-1, ::-1]


def pool_times_value(x, dy):
    return max_pool_backward(x, dy * largest(x))


TIED = np.array([[1, 3, 0, 0], [3, 2, 0, 0], [5, 1, 2, 4], [5, 5, 4, 4]], dtype=float)

q4 = Exercise(
    max_pool_backward,
    cases=[
        (TIED, np.array([[2.0, -3.0], [4.0, 7.0]])),
        (np.array([[1.0, 2.0], [4.0, 3.0]]), np.array([[6.0]])),
        (whole(4, 6) + 0.0, whole(2, 3)),
    ],
    mistakes=[
        (
            pool_all_winners,
            "Every pixel that holds the maximum got the whole dy. With ties the window then hands "
            "out more than it received; give it to the first one only.",
        ),
        (
            pool_shared,
            "The tied pixels share dy equally. That is a choice too, but not this course's: the "
            "first maximum gets it all.",
        ),
        (
            pool_last_winner,
            "The last of the tied pixels got dy. Take the first, row by row, as argmax does.",
        ),
        (
            lambda x, dy: spread_out(dy) / 4,
            "That is average pooling. In max-pooling only the winner reached the output.",
        ),
        (
            pool_times_value,
            "dy was multiplied by the maximum. The output is a copy of it: the slope is 1.",
        ),
    ],
    hints=[
        "Each dy[r, c] goes to one pixel of x[2r : 2r + 2, 2c : 2c + 2], all others get 0.",
        "window.argmax() counts the four pixels row by row and names the first maximum; "
        "divmod(…, 2) turns its number into row and column.",
    ],
)


# 5 · Count the parameters


def count_parameters(n_in, n_out, size):
    return n_out * n_in * size * size + n_out


q5 = Exercise(
    count_parameters,
    cases=[(1, 16, 3), (16, 32, 3), (3, 8, 5), (4, 2, 1)],
    mistakes=[
        (
            lambda n_in, n_out, size: n_out * n_in * size * size,
            "Only the kernels are counted. Every output channel has a bias too.",
        ),
        (
            lambda n_in, n_out, size: n_out * size * size + n_out,
            "Each output channel has one kernel for every input channel: a factor n_in is missing.",
        ),
        (
            lambda n_in, n_out, size: n_out * n_in * (size * size + 1),
            "One bias for each kernel was counted. An output channel adds up its kernels' results "
            "and has a single bias.",
        ),
        (
            lambda n_in, n_out, size: n_out * n_in * size + n_out,
            "A kernel has size · size numbers.",
        ),
    ],
    hints=[
        "What are the shapes of W and b?",
        "W is (n_out, n_in, size, size) and b is (n_out,).",
    ],
)


# 6 · The gradient of the picture


def picture_gradient(dy, kernel):
    (rows, columns), k = dy.shape, len(kernel)
    dx = np.zeros((rows + k - 1, columns + k - 1))
    for i, j in np.ndindex(k, k):
        dx[i : i + rows, j : j + columns] += kernel[i, j] * dy
    return dx


def picture_gradient_overwritten(dy, kernel):
    (rows, columns), k = dy.shape, len(kernel)
    dx = np.zeros((rows + k - 1, columns + k - 1))
    for i, j in np.ndindex(k, k):
        dx[i : i + rows, j : j + columns] = kernel[i, j] * dy
    return dx


def picture_gradient_places(dy, kernel):
    (rows, columns), k = dy.shape, len(kernel)
    dx = np.zeros((rows + k - 1, columns + k - 1))
    for r, c in np.ndindex(rows, columns):
        dx[r : r + k, c : c + k] = kernel * dy[r, c]
    return dx


q6 = Exercise(
    picture_gradient,
    cases=[(whole(3, 3), whole(2, 2)), (whole(2, 4), whole(3, 3)), (whole(1, 1), whole(2, 2))],
    mistakes=[
        (
            picture_gradient_overwritten,
            "The shares of overlapping windows overwrite one another. A pixel adds up what it gets "
            "from all windows it was in: += instead of =.",
        ),
        (
            picture_gradient_places,
            "Each window overwrites the shares of the windows before it. A pixel adds up what it "
            "gets from all windows it was in: += instead of =.",
        ),
        (
            lambda dy, kernel: picture_gradient(dy, kernel[::-1, ::-1]),
            "The kernel is flipped once too often. Spreading dy out with kernel[i, j] to place "
            "(r + i, c + j) needs it as it is; only gathering for a pixel needs it flipped.",
        ),
        (
            lambda dy, kernel: picture_gradient(dy, kernel.T),
            "Rows and columns of the kernel are swapped.",
        ),
        (
            lambda dy, kernel: convolve(dy, kernel[::-1, ::-1]),
            "The result is smaller than dy. The picture is larger: pad dy by k − 1 zeros first.",
        ),
    ],
    hints=[
        "y[r, c] used picture[r + i, c + j] with the factor kernel[i, j]. Send dy[r, c] back "
        "there, times that factor.",
        "Make dx of zeros, k − 1 larger than dy on each axis. For each i and j: "
        "dx[i : i + rows, j : j + columns] += kernel[i, j] * dy.",
    ],
)
