"""Clear errors for bad input: what was expected, what came, and what usually causes it.

Every check returns its argument, so that it can stand inside an assignment.
"""

import numpy as np


def check_rng(rng):
    """The generator `rng` itself; ValueError for anything else, such as a bare seed. Chapter 3."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"rng is {rng!r}, not a NumPy generator. "
            "Make one with rng = np.random.default_rng(seed) and pass it on."
        )
    return rng


def check_size(size, name):
    """`size` as an int of at least 1; ValueError for anything else. Chapter 3."""
    if not isinstance(size, (int, np.integer)) or isinstance(size, bool) or size < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, got {size!r}.")
    return int(size)


def check_batch(x, columns, layer):
    """`x` as an array of numbers, shape (batch, columns), with one row or more. Chapter 3.

    ValueError, naming `layer`, for another shape, an empty batch, or entries that are no numbers.
    """
    x = np.asarray(x)
    if x.dtype.kind not in "fiub":
        raise ValueError(f"{layer} works on numbers, got an array of dtype {x.dtype}.")
    if x.ndim != 2 or x.shape[1] != columns:
        raise ValueError(
            f"{layer} expects an input of shape (batch, {columns}), got {x.shape}. "
            "Rows are samples and columns are features; one sample x is the batch x[None, :]."
        )
    if len(x) == 0:
        raise ValueError(f"{layer} got an empty batch, {x.shape}: was every row filtered out?")
    return x


def check_numbers(x, name):
    """`x` as an array of floats with one entry or more; whole numbers become float64. Chapter 4.

    ValueError for anything else. Small unsigned numbers would wrap around at 0: 1 − 2 = 255.
    """
    x = np.asarray(x)
    if x.dtype.kind not in "fiub" or x.size == 0:
        raise ValueError(
            f"{name}: expected an array of numbers that is not empty, got dtype {x.dtype}, "
            f"shape {x.shape}."
        )
    return x if x.dtype.kind == "f" else x.astype(np.float64)


def check_labels(t, y):
    """`t` as one integer label per row of the scores `y`, shape (batch, classes). Chapter 5.

    ValueError for another shape (one-hot rows, say), for labels that are no integers, and for
    labels outside 0 … classes − 1.
    """
    t, y = np.asarray(t), check_numbers(y, "Scores")
    if y.ndim != 2 or t.shape != y.shape[:1] or len(t) == 0:
        raise ValueError(
            f"Scores of shape (batch, classes) need labels of shape (batch,), got {y.shape} "
            f"and {t.shape}. One-hot rows become labels with t.argmax(axis=1)."
        )
    if t.dtype.kind not in "iu":
        raise ValueError(f"Labels are class numbers and must be integers, got dtype {t.dtype}.")
    if t.min() < 0 or t.max() >= y.shape[1]:
        raise ValueError(
            f"Labels run from {t.min()} to {t.max()}, but {y.shape[1]} score columns mean "
            f"classes 0 to {y.shape[1] - 1}. Do your labels start at 1?"
        )
    return t


def check_kind(thing, kind):
    """`thing` itself, an object of the class `kind`; ValueError for anything else. Chapter 9."""
    if not isinstance(thing, kind):
        hint = ". Call the class to make one: the (…) is missing" if isinstance(thing, type) else ""
        raise ValueError(f"Expected an object of class {kind.__name__}, got {thing!r}{hint}.")
    return thing


def check_share(value, name):
    """`value` as a float, 0 ≤ value < 1; ValueError for anything else. Chapter 10."""
    if not isinstance(value, (int, float, np.number)) or not 0 <= value < 1:
        raise ValueError(f"{name} is a share, 0 ≤ {name} < 1; got {value!r}.")
    return float(value)


def check_amount(value, name, zero=False):
    """`value` as a float above 0, or at 0 where `zero` allows; else ValueError. Chapter 10."""
    if not isinstance(value, (int, float, np.number)) or not (value > 0 or (zero and value == 0)):
        raise ValueError(f"{name} must be a number above 0{' or 0' * zero}, got {value!r}.")
    return float(value)


def check_finite(p):
    """Predictions `p` as an array of floats; ValueError for NaN: it has no rank. Chapter 5."""
    p = check_numbers(p, "Predictions")
    if np.isnan(p).any():
        raise ValueError(f"{np.isnan(p).sum()} of {p.size} predictions are NaN: did training fail?")
    return p


def check_targets(t, y):
    """`t` in the type of the predictions `y`, and exactly of their shape. Chapter 16.

    ValueError otherwise: (n,) against (n, 1) would broadcast silently into an n × n matrix.
    """
    t, y = np.asarray(t), check_numbers(y, "Predictions")
    if t.dtype.kind not in "fiub" or not np.isfinite(t).all():
        raise ValueError(f"Targets must be finite numbers, got dtype {t.dtype} or some NaN.")
    if t.shape != y.shape or t.size == 0:
        raise ValueError(
            f"Predictions of shape {y.shape} need targets of the same shape, got {t.shape}. "
            "A column of targets is t.reshape(-1, 1)."
        )
    return t.astype(y.dtype, copy=False)


def check_features(x):
    """`x` as an array of finite floats with one row per sample, ready for a model. Chapter 18."""
    x = np.asarray(x)
    if x.dtype.kind != "f":
        raise ValueError(
            f"A model takes floats, got dtype {x.dtype}. Scale raw integers (pixels, say) the way "
            "the training data were scaled; that also makes them floats."
        )
    if x.ndim < 2 or len(x) == 0:
        raise ValueError(f"A model takes one row per sample, at least one; got shape {x.shape}.")
    if not np.isfinite(x).all():
        raise ValueError(
            "The input holds NaN or infinite values. Drop or fill missing values first, and look "
            "for a division by a standard deviation of zero."
        )
    return x


def check_data(x, t):
    """`x` and `t` as arrays of equal length, x finite floats, t finite numbers. Chapter 18."""
    x, t = check_features(x), np.asarray(t)
    if t.shape[:1] != (len(x),):
        raise ValueError(f"{len(x)} samples need as many targets, got shape {t.shape}.")
    if t.dtype.kind not in "fiub" or not np.isfinite(t).all():
        raise ValueError(f"Targets must be finite numbers, got dtype {t.dtype} or some NaN.")
    return x, t
