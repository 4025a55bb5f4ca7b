"""Attention: every step looks at the others and takes over what fits. Chapter b7.

A batch of sequences has the shape (batch, time, n); heads are a further axis, (batch, heads, time,
n / heads).
"""

import numpy as np

from .checks import check_numbers, check_rng, check_size
from .layers import Dense, Dropout, Layer, ReLU, Sequential
from .normalization import LayerNorm
from .residual import Residual
from .sequences import PerStep, check_mask, check_sequences


def check_lookup(q, k, v, allowed):
    """What `attention` is given, as arrays of floats, and of booleans or None. Chapter b7.

    ValueError if shapes do not fit, or if a query may look nowhere.
    """
    q, k, v = (check_numbers(x, name) for x, name in ((q, "q"), (k, "k"), (v, "v")))
    same = q.shape[:-2] == k.shape[:-2] == v.shape[:-2] and min(q.ndim, k.ndim, v.ndim) > 1
    if not same or q.shape[-1] != k.shape[-1] or k.shape[-2] != v.shape[-2]:
        raise ValueError("attention expects q (…, queries, d), k (…, keys, d), v (…, keys, n); "
                         f"got {q.shape}, {k.shape}, {v.shape}.")
    if allowed is not None:
        allowed, shape = np.asarray(allowed), (*q.shape[:-1], k.shape[-2])
        fits = all(a in (1, b) for a, b in zip(allowed.shape[::-1], shape[::-1]))
        if allowed.dtype != bool or allowed.ndim > len(shape) or not fits:
            raise ValueError(f"allowed must be booleans that broadcast to {shape}, got "
                             f"{allowed.dtype}, {allowed.shape}.")
        if not np.atleast_1d(allowed).any(axis=-1).all():
            raise ValueError("A query may look nowhere: a row of `allowed` has no True. "
                             "Padding belongs at the end of a sequence.")
    return q, k, v, allowed


def attention(q, k, v, allowed=None):
    """Mixes the values v by how well each query fits each key. Chapter b7.

    q (…, queries, d), k (…, keys, d), v (…, keys, n) -> (…, queries, n), and the weights
    (…, queries, keys), whose rows sum to 1. `allowed` (broadcast to the weights) is False where
    nobody may look. ValueError if shapes do not fit, or a query may look nowhere.
    """
    q, k, v, allowed = check_lookup(q, k, v, allowed)
    z = q @ (k.swapaxes(-1, -2) / np.sqrt(q.shape[-1], dtype=k.dtype))
    if allowed is not None:
        np.copyto(z, -np.inf, where=~allowed)
    z -= z.max(axis=-1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(axis=-1, keepdims=True)
    return z @ v, z


def attention_backward(dy, q, k, v, p):
    """dL/d(mixture), and what `attention` saw and returned -> (dq, dk, dv). Chapter b7."""
    dv = p.swapaxes(-1, -2) @ dy
    dp = dy @ v.swapaxes(-1, -2)
    dp -= (dp * p).sum(axis=-1, keepdims=True)
    dp *= p  # the softmax Jacobian of every row (chapter 9)
    dp /= np.sqrt(q.shape[-1], dtype=q.dtype)
    return dp @ k, dp.swapaxes(-1, -2) @ q, dv


class MultiHeadAttention(Layer):
    """Every step looks at every other, with several heads (Vaswani et al., 2017). Chapter b7.

    `W` (n, 3 · n) and `b` make queries, keys and values, in this order; `W_out` (n, n) and `b_out`
    mix what the heads found. With `causal`, no step sees a later one. `set_mask` hides padding.
    """

    params = ("W", "b", "W_out", "b_out")
    mask = None

    def __init__(self, n, heads, rng, causal=False):
        self.n, self.heads = check_size(n, "n"), check_size(heads, "heads")
        self.causal = bool(causal)
        if n % heads:
            raise ValueError(f"{heads} heads cannot share {n} features evenly: choose a divisor.")
        limit = np.sqrt(3 / n)  # variance 1 / n: as large after the layer as before
        self.W = check_rng(rng).uniform(-limit, limit, (n, 3 * n)).astype(np.float32)
        self.W_out = rng.uniform(-limit, limit, (n, n)).astype(np.float32)
        self.b, self.b_out = np.zeros(3 * n, np.float32), np.zeros(n, np.float32)

    def __repr__(self):
        return f"MultiHeadAttention({self.n}, {self.heads}{', causal' * self.causal})"

    def allowed(self, batch, time):
        """Who may look at whom: booleans that fit (batch, heads, time, time), or None: all."""
        mask = check_mask(self.mask, (batch, time), self)
        seen = None if mask is None else mask[:, None, None, :]
        if not self.causal:
            return seen
        past = np.tri(time, dtype=bool)
        return past if seen is None else past & seen

    def split(self, x):
        """(batch · time, n) -> (batch, heads, time, n / heads), in one block."""
        batch, time, _ = self.shape
        return np.ascontiguousarray(x.reshape(batch, time, self.heads, -1).transpose(0, 2, 1, 3))

    def join(self, x):
        """(batch, heads, time, n / heads) -> (batch · time, n)."""
        return x.transpose(0, 2, 1, 3).reshape(-1, self.n)

    def forward(self, x):
        """(batch, time, n) -> the same shape; keeps the weights `p` (batch, heads, time, time).

        ValueError for other shapes, or a mask of another.
        """
        x = check_sequences(x, self.n, self)
        self.shape, self.x = x.shape, x.reshape(-1, self.n)
        qkv = self.x @ self.W + self.b
        self.q, self.k, self.v = (self.split(part) for part in np.split(qkv, 3, axis=1))
        mixed, self.p = attention(self.q, self.k, self.v, self.allowed(*x.shape[:2]))
        self.mixed = self.join(mixed)
        return (self.mixed @ self.W_out + self.b_out).reshape(x.shape)

    def backward(self, dy):
        """(batch, time, n) -> the same shape; sets dW, db, dW_out, db_out."""
        dy = dy.reshape(-1, self.n)
        self.dW_out, self.db_out = self.mixed.T @ dy, dy.sum(axis=0)
        dmixed = self.split(dy @ self.W_out.T)
        parts = attention_backward(dmixed, self.q, self.k, self.v, self.p)
        dqkv = np.concatenate([self.join(part) for part in parts], axis=1)
        self.dW, self.db = self.x.T @ dqkv, dqkv.sum(axis=0)
        return (dqkv @ self.W.T).reshape(self.shape) if self.needs_dx else None


def sines(time, n):
    """Sines and cosines that tell `time` positions apart, (time, n), float32. Chapter b7.

    Feature pair i has the wavelength 2π · 10000^(2i / n): fast ones first (Vaswani et al., 2017).
    """
    turns = np.arange(time)[:, None] / 10000 ** (np.arange(0, n, 2) / n)
    waves = np.stack([np.sin(turns), np.cos(turns)], axis=2).reshape(time, -1)
    return waves[:, :n].astype(np.float32)


class PositionalEncoding(Layer):
    """Adds to every step what tells its position, `sines`; nothing is learned. Chapter b7."""

    def forward(self, x):
        """(batch, time, n) -> the same shape. ValueError for other shapes."""
        x = check_numbers(x, "PositionalEncoding")
        if x.ndim != 3:
            raise ValueError(f"PositionalEncoding expects (batch, time, features), got {x.shape}.")
        return x + sines(*x.shape[1:])

    def backward(self, dy):
        """dy itself: a constant was added."""
        return dy


def transformer_block(n, heads, rng, causal=False, dropout=0.0, wider=4):
    """Attention, then a small network for every step, each added to its input. Chapter b7.

    Both branches begin with `LayerNorm` and end with `Dropout`. The network has `wider` · n hidden
    units.
    """
    hidden = check_size(wider, "wider") * check_size(n, "n")
    network = PerStep(Dense(n, hidden, rng), ReLU(), Dense(hidden, n, rng))
    return Sequential(
        Residual(LayerNorm(n), MultiHeadAttention(n, heads, rng, causal), Dropout(dropout, rng)),
        Residual(LayerNorm(n), network, Dropout(dropout, rng)),
    )
