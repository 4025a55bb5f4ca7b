"""Layers for pictures: convolution, pooling, flattening.

A batch of pictures has the shape (batch, channels, height, width). In memory the batch comes last:
what these layers return is a transposed view of a (channels, height, width, batch) array. The inner
loops then run over the batch without a gap, and a convolution is one matrix product.
"""

from functools import reduce

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from .checks import check_numbers, check_rng, check_size
from .layers import Layer


def batch_last(x):
    """(batch, channels, height, width) -> (channels, height, width, batch), a view. Chapter b2."""
    return x.transpose(1, 2, 3, 0)


def batch_first(x):
    """(channels, height, width, batch) -> (batch, channels, height, width), a view. Chapter b2."""
    return x.transpose(3, 0, 1, 2)


def check_pictures(x, layer, channels=None):
    """`x` as floats (batch, channels, height, width), not empty; else ValueError. Chapter b2."""
    x = check_numbers(x, repr(layer))
    if x.ndim != 4 or channels not in (None, x.shape[1]):
        raise ValueError(
            f"{layer} expects pictures of shape (batch, {channels or 'channels'}, height, width), "
            f"got {x.shape}. Grey pictures have one channel: x.reshape(len(x), 1, 28, 28)."
        )
    return x


def places(n, size, stride):
    """How many places a window of `size` pixels has on an axis of n, stepping by `stride`.

    ValueError if the window is larger than the axis, or leaves pixels over at the end. Chapter b2.
    """
    steps, rest = divmod(n - size, stride)
    if steps < 0:
        raise ValueError(f"A window of {size} pixels does not fit on {n} (padding included).")
    if rest:
        raise ValueError(
            f"A window of {size} pixels with stride {stride} leaves {rest} of {n} pixels (padding "
            "included) unseen at the end: choose another stride or padding, or crop the pictures."
        )
    return steps + 1


def windows(x, size, stride):
    """What a sliding window sees, as a view without copies. Chapter b2.

    x (channels, height, width, batch) -> (channels, size, size, rows, columns, batch): first the
    pixel within the window, then the window's place.
    """
    for n in x.shape[1:3]:
        places(n, size, stride)  # its error, if they don't fit
    view = sliding_window_view(x, (size, size), axis=(1, 2), writeable=True)
    return view[:, ::stride, ::stride].transpose(0, 4, 5, 1, 2, 3)


class Conv2D(Layer):
    """Every output pixel is a weighted sum of the pixels in a window of the input. Chapter b2.

    `W` (n_out, n_in, size, size), one kernel for each pair of channels, with He's variance
    2 / (n_in · size²); `b` (n_out,). `padding` zeros are put around the picture.
    """

    params = ("W", "b")

    def __init__(self, n_in, n_out, size, rng, stride=1, padding=0):
        self.n_in, self.n_out = check_size(n_in, "n_in"), check_size(n_out, "n_out")
        self.size, self.stride = check_size(size, "size"), check_size(stride, "stride")
        self.padding = 0 if padding == 0 else check_size(padding, "padding")
        scale = np.sqrt(2 / (n_in * size * size))
        kernels = check_rng(rng).standard_normal((n_out, n_in, size, size))
        self.W, self.b = (scale * kernels).astype(np.float32), np.zeros(n_out, dtype=np.float32)

    def __repr__(self):
        return f"Conv2D({self.n_in}, {self.n_out}, {self.size})"

    def forward(self, x):
        """(batch, n_in, height, width) -> (batch, n_out, rows, columns); ValueError for others."""
        x, p = batch_last(check_pictures(x, self, self.n_in)), self.padding
        x = np.pad(x, ((0, 0), (p, p), (p, p), (0, 0)))
        patches = windows(x, self.size, self.stride)
        self.shape, self.places = x.shape, patches.shape[3:]
        self.patches = patches.reshape(self.W[0].size, -1)  # a copy: one column for each place
        y = self.W.reshape(self.n_out, -1) @ self.patches
        y += self.b[:, None]
        return batch_first(y.reshape(self.n_out, *self.places))

    def backward(self, dy):
        """dL/dy -> dL/dx, or None if not `needs_dx`; sets dW and db."""
        dy = batch_last(dy).reshape(self.n_out, -1)
        self.dW = (dy @ self.patches.T).reshape(self.W.shape)
        self.db = dy.sum(axis=1)
        if not self.needs_dx:
            return None
        d = (self.W.reshape(self.n_out, -1).T @ dy).reshape(*self.W.shape[1:], *self.places)
        dx, p = np.zeros(self.shape, d.dtype), self.padding
        seen = windows(dx, self.size, self.stride)
        for i, j in np.ndindex(self.size, self.size):
            seen[:, i, j] += d[:, i, j]  # windows overlap: their shares add up
        return batch_first(dx[:, p : dx.shape[1] - p, p : dx.shape[2] - p])


class Pool2D(Layer):
    """What pooling layers share: windows that by default lie side by side. Chapter b2."""

    def __init__(self, size, stride=None):
        self.size = check_size(size, "size")
        self.stride = self.size if stride is None else check_size(stride, "stride")

    def __repr__(self):
        return f"{type(self).__name__}({self.size})"


class MaxPool2D(Pool2D):
    """The largest value in each window. Chapter b2."""

    def forward(self, x):
        """(batch, channels, height, width) -> (batch, channels, rows, columns)."""
        self.x = batch_last(check_pictures(x, self))
        seen = windows(self.x, self.size, self.stride)
        self.y = reduce(np.maximum, (seen[:, i, j] for i, j in np.ndindex(seen.shape[1:3])))
        return batch_first(self.y)

    def backward(self, dy):
        """dL/dy -> dL/dx: each dy goes to the first pixel of its window that holds the maximum."""
        rest = batch_last(dy).copy()  # what has not been given to a pixel yet
        dx = np.zeros(self.x.shape, rest.dtype)
        seen, d = (windows(a, self.size, self.stride) for a in (self.x, dx))
        overlap = self.stride < self.size  # else a pixel is in one window only: nothing to add up
        for i, j in np.ndindex(seen.shape[1:3]):
            share = np.multiply(rest, seen[:, i, j] == self.y, out=None if overlap else d[:, i, j])
            rest -= share
            if overlap:
                d[:, i, j] += share
        return batch_first(dx)


class AveragePool2D(Pool2D):
    """The mean of each window. Chapter b2."""

    def forward(self, x):
        """(batch, channels, height, width) -> (batch, channels, rows, columns)."""
        x = batch_last(check_pictures(x, self))
        self.shape = x.shape
        seen = windows(x, self.size, self.stride)
        total = reduce(np.add, (seen[:, i, j] for i, j in np.ndindex(seen.shape[1:3])))
        return batch_first(total / self.size**2)

    def backward(self, dy):
        """dL/dy -> dL/dx: every pixel of a window has the same share of its dy."""
        share = batch_last(dy) / self.size**2
        dx = np.zeros(self.shape, share.dtype)
        d = windows(dx, self.size, self.stride)
        for i, j in np.ndindex(d.shape[1:3]):
            d[:, i, j] += share
        return batch_first(dx)


class Flatten(Layer):
    """Each picture as one row, channel after channel. Chapter b2."""

    def forward(self, x):
        """(batch, channels, height, width) -> (batch, channels · height · width)."""
        x = batch_last(check_pictures(x, self))
        self.shape = x.shape
        return x.reshape(-1, x.shape[-1]).T

    def backward(self, dy):
        """dL/dy -> dL/dx, in the pictures' shape."""
        return batch_first(dy.T.reshape(self.shape))
