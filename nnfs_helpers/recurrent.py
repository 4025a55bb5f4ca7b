"""Recurrent layers: one step after the other, with a state that remembers.

A batch of sequences has the shape (batch, time, features). In memory the time comes first: what
these layers return is a transposed view of a (time, batch, features) array, so that each step reads
and writes one block. Weights for the input are `W`, for the state `U`; the first state is zero.
"""

import numpy as np

from .checks import check_rng, check_size
from .layers import Layer
from .sequences import check_sequences


def swap(x):
    """(batch, time, …) <-> (time, batch, …), a view. Chapter b4."""
    return x.swapaxes(0, 1)


class Recurrent(Layer):
    """What recurrent layers share: `W` for the input, `U` for the state. Chapter b4.

    `W` (n_in, parts · n_out) and `U` (n_out, parts · n_out) are drawn evenly from ±1/√n_out, as in
    PyTorch; `b` (parts · n_out,) is zero. `h` keeps the states, (time + 1, batch, n_out).
    """

    params, parts = ("W", "U", "b"), 1

    def __init__(self, n_in, n_out, rng):
        self.n_in, self.n_out = check_size(n_in, "n_in"), check_size(n_out, "n_out")
        limit, columns = 1 / np.sqrt(n_out), self.parts * n_out
        self.W = check_rng(rng).uniform(-limit, limit, (n_in, columns)).astype(np.float32)
        self.U = rng.uniform(-limit, limit, (n_out, columns)).astype(np.float32)
        self.b = np.zeros(columns, dtype=np.float32)

    def __repr__(self):
        return f"{type(self).__name__}({self.n_in}, {self.n_out})"

    def read(self, x):
        """x (batch, time, n_in) -> x W + b of all steps, (time, batch, parts · n_out)."""
        x = swap(check_sequences(x, self.n_in, self))
        self.shape, self.rows = x.shape, x.reshape(-1, self.n_in)
        return (self.rows @ self.W + self.b).reshape(*x.shape[:2], -1)

    def room(self, like):
        """Zeros for a state before each step and one after the last, in the type of `like`."""
        times, batch, _ = like.shape
        return np.zeros((times + 1, batch, self.n_out), like.dtype)

    def collect(self, da, du=None):
        """Sets dW, dU, db from the gradients of all sums x W + b, and of h U if they differ.

        (time, batch, parts · n_out) -> dL/dx (batch, time, n_in), or None if not `needs_dx`.
        """
        du = da if du is None else du
        da, du = (d.reshape(-1, d.shape[2]) for d in (da, du))
        self.dW, self.db = self.rows.T @ da, da.sum(axis=0)
        self.dU = self.h[:-1].reshape(-1, self.n_out).T @ du
        return swap((da @ self.W.T).reshape(self.shape)) if self.needs_dx else None


class RNN(Recurrent):
    """h_t = tanh(x_t W + h_{t−1} U + b): the simplest memory. Chapter b4."""

    def forward(self, x):
        """(batch, time, n_in) -> the states (batch, time, n_out). ValueError for others."""
        a = self.read(x)
        self.h = self.room(a)
        for t in range(len(a)):
            self.h[t + 1] = np.tanh(a[t] + self.h[t] @ self.U)
        return swap(self.h[1:])

    def backward(self, dy):
        """Back-propagation through time: (batch, time, n_out) -> (batch, time, n_in)."""
        dy, da, dh = swap(dy), np.empty_like(self.h[1:]), 0.0
        for t in reversed(range(len(da))):
            da[t] = (dy[t] + dh) * (1 - self.h[t + 1] * self.h[t + 1])
            dh = da[t] @ self.U.T
        return self.collect(da)


def squash(z):
    """σ(z) = 1 / (1 + e⁻ᶻ) in place; where e⁻ᶻ overflows to ∞, 1 / ∞ = 0 is right. Chapter b5."""
    with np.errstate(over="ignore"):
        np.exp(np.negative(z, out=z), out=z)
    np.reciprocal(np.add(z, 1, out=z), out=z)


class LSTM(Recurrent):
    """A memory c that gates keep, add to and show (Hochreiter and Schmidhuber). Chapter b5.

    Columns of W, U and b, in PyTorch's order: input gate, forget gate, new content, output gate,
    n_out each. `forget_bias` is the forget gate's bias at the start.
    """

    parts = 4

    def __init__(self, n_in, n_out, rng, forget_bias=1.0):
        super().__init__(n_in, n_out, rng)
        self.forget_bias = float(forget_bias)
        self.b[n_out : 2 * n_out] = forget_bias

    def columns(self, a):
        """Views of the four parts of a (batch, 4 · n_out)."""
        n = self.n_out
        return a[:, :n], a[:, n : 2 * n], a[:, 2 * n : 3 * n], a[:, 3 * n :]

    def forward(self, x):
        """(batch, time, n_in) -> the states (batch, time, n_out). ValueError for others."""
        self.a = self.read(x)  # sums, which become gates in place
        self.h, self.c = self.room(self.a), self.room(self.a)
        self.tanh_c = np.empty_like(self.h[1:])
        for t, a in enumerate(self.a):
            a += self.h[t] @ self.U
            i, f, g, o = self.columns(a)
            squash(a[:, : 2 * self.n_out])  # i and f
            squash(o)
            np.tanh(g, out=g)
            self.c[t + 1] = f * self.c[t] + i * g
            np.tanh(self.c[t + 1], out=self.tanh_c[t])
            self.h[t + 1] = o * self.tanh_c[t]
        return swap(self.h[1:])

    def backward(self, dy):
        """Back-propagation through time: (batch, time, n_out) -> (batch, time, n_in)."""
        dy, da, dh, dc = swap(dy), np.empty_like(self.a), 0.0, 0.0
        for t in reversed(range(len(da))):
            i, f, g, o = self.columns(self.a[t])
            tanh_c = self.tanh_c[t]
            di, df, dg, do = self.columns(da[t])
            dh = dy[t] + dh
            dc = dc + dh * o * (1 - tanh_c * tanh_c)
            di[:] = dc * g * i * (1 - i)
            df[:] = dc * self.c[t] * f * (1 - f)
            dg[:] = dc * i * (1 - g * g)
            do[:] = dh * tanh_c * o * (1 - o)
            dh, dc = da[t] @ self.U.T, dc * f
        return self.collect(da)


class GRU(Recurrent):
    """A state that one gate resets and another keeps (Cho et al., 2014). Chapter b5.

    Columns of W, U and b, in PyTorch's order: reset gate, keep gate, new content, n_out each. The
    reset gate multiplies h U, after the product, as in PyTorch (whose second bias is zero here).
    """

    parts = 3

    def forward(self, x):
        """(batch, time, n_in) -> the states (batch, time, n_out). ValueError for others."""
        self.a = self.read(x)  # sums, which become gates in place
        self.h = self.room(self.a)
        self.u = np.empty_like(self.h[1:])
        for t, a in enumerate(self.a):
            r, z, g = np.split(a, 3, axis=1)  # views
            to_r, to_z, self.u[t] = np.split(self.h[t] @ self.U, 3, axis=1)
            squash(np.add(r, to_r, out=r))
            squash(np.add(z, to_z, out=z))
            np.tanh(g + r * self.u[t], out=g)
            self.h[t + 1] = z * self.h[t] + (1 - z) * g
        return swap(self.h[1:])

    def backward(self, dy):
        """Back-propagation through time: (batch, time, n_out) -> (batch, time, n_in)."""
        dy, da, du, dh = swap(dy), np.empty_like(self.a), np.empty_like(self.a), 0.0
        for t in reversed(range(len(da))):
            r, z, g = np.split(self.a[t], 3, axis=1)
            dh = dy[t] + dh
            dg = dh * (1 - z) * (1 - g * g)
            dr = dg * self.u[t] * r * (1 - r)
            dz = dh * (self.h[t] - g) * z * (1 - z)
            np.concatenate([dr, dz, dg], axis=1, out=da[t])
            np.concatenate([dr, dz, dg * r], axis=1, out=du[t])
            dh = dh * z + du[t] @ self.U.T
        return self.collect(da, du)
