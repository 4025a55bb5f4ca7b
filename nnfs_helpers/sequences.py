"""Sequences of unequal length: padding, masks, tokens, and a loss for every step.

A batch of sequences has the shape (batch, time, features), or (batch, time) for tokens. Shorter
ones are padded at the end; a mask (batch, time) is True where a step is real.
"""

import numpy as np

from .checks import check_numbers, check_rng, check_size
from .layers import Layer, Sequential
from .losses import SoftmaxCrossEntropy


def check_sequences(x, n, layer):
    """`x` as floats (batch, time, n), not empty; else ValueError, naming `layer`. Chapter b4."""
    x = check_numbers(x, repr(layer))
    if x.ndim != 3 or x.shape[2] != n:
        raise ValueError(
            f"{layer} expects sequences of shape (batch, time, {n}), got {x.shape}. "
            "One sequence x is the batch x[None]; plain numbers are one feature: x[:, :, None]."
        )
    return x


def pad(sequences, filler):
    """Arrays (time, …) of unequal length as one array (batch, longest, …), and its mask.

    `filler` stands where a sequence has ended; the mask (batch, longest) is False there. ValueError
    for none, empty ones, or steps of different shapes. Chapter b4.
    """
    sequences = [np.asarray(s) for s in sequences]
    if not sequences or any(s.ndim == 0 or len(s) == 0 for s in sequences):
        raise ValueError("pad needs at least one sequence, and at least one step in each.")
    if len({s.shape[1:] for s in sequences}) > 1:
        raise ValueError(f"Steps differ in shape: {sorted({s.shape[1:] for s in sequences})}.")
    lengths = np.array([len(s) for s in sequences])
    mask = np.arange(lengths.max()) < lengths[:, None]
    padded = np.full((*mask.shape, *sequences[0].shape[1:]), filler, np.result_type(*sequences))
    padded[mask] = np.concatenate(sequences)
    return padded, mask


def check_mask(mask, shape, layer):
    """`mask` as booleans of `shape` (batch, time), each row with a real step. Chapter b4.

    None stays None: then every step is real. ValueError for anything else.
    """
    if mask is None:
        return None
    mask = np.asarray(mask)
    if mask.dtype != bool or mask.shape != shape:
        raise ValueError(f"{layer} needs a mask of booleans, shape {shape}, for this batch; got "
                         f"{mask.dtype}, {mask.shape}. set_mask(net, None) takes the mask away.")
    if not mask.any(axis=1).all():
        raise ValueError(f"{layer}: sequence {int(mask.any(axis=1).argmin())} has no real step.")
    return mask


def set_mask(layer, mask):
    """Tell `layer`, and every layer inside it, which steps are real; None: all. Chapter b4."""
    layer.mask = mask
    for child in layer.children:
        set_mask(child, mask)


class LastStep(Layer):
    """Each sequence's output at its last real step. Chapter b4."""

    mask = None  # set by `set_mask`

    def forward(self, x):
        """(batch, time, n) -> (batch, n). ValueError for other shapes, or a mask of another."""
        x = check_numbers(x, "LastStep")
        if x.ndim != 3:
            raise ValueError(f"LastStep() expects (batch, time, features), got {x.shape}.")
        mask = check_mask(self.mask, x.shape[:2], self)
        real = np.ones(x.shape[:2], bool) if mask is None else mask
        self.shape = x.shape
        self.place = np.arange(len(x)), x.shape[1] - 1 - real[:, ::-1].argmax(axis=1)
        return x[self.place]

    def backward(self, dy):
        """(batch, n) -> (batch, time, n): dy at the last real step, 0 elsewhere."""
        dx = np.zeros(self.shape, dy.dtype)
        dx[self.place] = dy
        return dx


class PerStep(Layer):
    """Layers for rows, such as `Dense`, used for every step of every sequence. Chapter b5."""

    def __init__(self, *layers):
        self.network = Sequential(*layers)
        self.children = self.network.children

    def __repr__(self):
        return f"PerStep({', '.join(map(repr, self.children))})"

    def forward(self, x):
        """(batch, time, n_in) -> (batch, time, n_out): each step is a row for the layers."""
        x = check_numbers(x, repr(self))
        if x.ndim != 3:
            raise ValueError(f"{self} expects (batch, time, features), got {x.shape}.")
        return self.rows(self.network.forward, x)

    def backward(self, dy):
        """(batch, time, n_out) -> (batch, time, n_in), or None if that is what comes back."""
        return self.rows(self.network.backward, dy)

    def rows(self, f, x):
        """f of x (batch, time, …), which f sees as rows (batch · time, …)."""
        y = f(x.reshape(-1, x.shape[2]))
        return y if y is None else y.reshape(*x.shape[:2], -1)


def next_tokens(words, alphabet):
    """Words -> what is read and what comes next: tokens x, labels t, both (words, time).

    Token 0 stands before and after each word, i for letter i of `alphabet` (from 1); in t, −1 is
    padding. Floats in x, as `Model` wants them. ValueError for other letters. Chapter b5.
    """
    if isinstance(words, str):
        raise ValueError(f"next_tokens wants a list of words; for one alone, [{words!r}].")
    number = {letter: i for i, letter in enumerate(alphabet, 1)}
    strange = set("".join(words)) - set(number)
    if strange:
        raise ValueError(f"{sorted(strange)} are not in the alphabet {alphabet!r}.")
    tokens = [[0, *(number[letter] for letter in word), 0] for word in words]
    x, _ = pad([word[:-1] for word in tokens], 0)
    t, _ = pad([word[1:] for word in tokens], -1)
    return x.astype(float), t


class Embedding(Layer):
    """A learned vector for every token: row number `token` of `W`. Chapter b5.

    `W` (tokens, n_out) is drawn from the normal distribution. Tokens may be floats without a
    fraction, as `Model` hands them over.
    """

    params = ("W",)

    def __init__(self, tokens, n_out, rng):
        self.tokens, self.n_out = check_size(tokens, "tokens"), check_size(n_out, "n_out")
        self.W = check_rng(rng).standard_normal((tokens, n_out)).astype(np.float32)

    def __repr__(self):
        return f"Embedding({self.tokens}, {self.n_out})"

    def forward(self, x):
        """Tokens 0 … tokens − 1, (batch, time) -> (batch, time, n_out). ValueError for others."""
        x = check_numbers(x, "Embedding")
        if x.ndim != 2 or not ((x >= 0) & (x < self.tokens) & (x == np.floor(x))).all():
            raise ValueError(f"{self} expects tokens (batch, time), whole numbers from 0 to "
                             f"{self.tokens - 1}; got shape {x.shape}, {x.min()} to {x.max()}.")
        self.x = x.astype(np.int64)
        return self.W[self.x]

    def backward(self, dy):
        """dL/dy (batch, time, n_out) -> None, tokens have no gradient; sets dW."""
        one_hot = np.eye(self.tokens, dtype=dy.dtype)[self.x.ravel()]
        self.dW = one_hot.T @ dy.reshape(-1, self.n_out)


class SequenceCrossEntropy(SoftmaxCrossEntropy):
    """`SoftmaxCrossEntropy` over the real steps of all sequences. Chapter b5."""

    def forward(self, y, t):
        """Scores (batch, time, classes), labels (batch, time) -> float, nats per real step.

        The label −1 marks padding. ValueError for other shapes and labels.
        """
        y, t = check_numbers(y, "Scores"), np.asarray(t)
        if y.ndim != 3 or t.shape != y.shape[:2] or t.dtype.kind not in "iu" or t.max() < 0:
            raise ValueError(f"Scores (batch, time, classes) need integer labels (batch, time), "
                             f"not all of them −1; got {y.shape} and {t.dtype}, {t.shape}.")
        self.real = t != -1
        return super().forward(y[self.real], t[self.real])

    def backward(self):
        """dL/d(scores) (batch, time, classes): (p − one-hot) / real steps; 0 at padding."""
        dy = np.zeros((*self.real.shape, self.p.shape[1]), self.p.dtype)
        dy[self.real] = super().backward()
        return dy
