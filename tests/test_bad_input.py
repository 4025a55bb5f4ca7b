"""Bad input to every public entry point: a ValueError that says what was expected and what came.

First a table of typical mistakes, each with what its message must name. Then, with hypothesis,
arrays of any shape and type: a call works and its result has the right shape, or it raises
ValueError. No other exception, and no silent broadcast.
"""

import re
import warnings
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnfs_helpers as nn

NAN = float("nan")


def rng():
    return np.random.default_rng(0)


def ones(*shape, dtype=float):
    return np.ones(shape, dtype)


def dense():
    return nn.Dense(3, 2, rng())


def model(**settings):
    net = nn.Sequential(dense(), nn.ReLU(), nn.Dense(2, 2, rng()))
    return nn.Model(net, nn.MeanSquaredError(), nn.SGD(0.1), **settings)


def fit(x=None, t=None, **settings):
    x, t = ones(4, 3) if x is None else x, ones(4, 2) if t is None else t
    return model().fit(x, t, **dict(epochs=1, rng=rng(), progress=False) | settings)


def training(x=None, t=None, steps=1, net=None):
    x, t = ones(4, 3) if x is None else x, ones(4, 2) if t is None else t
    return nn.train(net or dense(), nn.MeanSquaredError(), nn.SGD(0.1), x, t, steps)


def dropping(x):
    layer = nn.Dropout(0.5, rng())
    layer.training = True
    return layer.forward(x)


# Entry point -> (call, what the message must name) ...
SEED = r"rng is 0, not a NumPy generator.*default_rng\(seed\)"
WORDS = "dtype <U1"
EMPTY = r"not empty.*\(0,"
NAN_FOUND = "NaN"
ELEMENTWISE = [([["a"]], WORDS), (ones(0, 3), EMPTY), (ones(2, 2, dtype=complex), "complex128")]
LAYERS = {
    "ReLU": nn.ReLU().forward,
    "Tanh": nn.Tanh().forward,
    "Sigmoid": nn.Sigmoid().forward,
    "Softmax": nn.Softmax().forward,
    "sigmoid": nn.sigmoid,
    "softmax": nn.softmax,
    "Dropout": dropping,
}
CLASS_LABELS = [  # targets for scores (3, 4)
    ([0, 1], r"\(3, 4\) and \(2,\)"),
    (ones(3, 4, dtype=int), r"\(3, 4\) and \(3, 4\).*argmax"),
    (ones(3, 1, dtype=int), r"\(3, 4\) and \(3, 1\)"),
    ([0.0, 1.0, 2.0], "integers, got dtype float64"),
    ([0, NAN, 2], "integers, got dtype float64"),
    ([True, False, True], "integers, got dtype bool"),
    ([0, 1, 4], "from 0 to 4, but 4 score columns mean classes 0 to 3.*start at 1"),
    ([0, -1, 2], "from -1 to 2"),
    (["a", "b", "c"], WORDS),
    (2, r"\(3, 4\) and \(\)"),
]
VALUES = [  # targets for predictions (4, 1)
    (ones(4), r"\(4, 1\) need.*same shape, got \(4,\).*reshape"),
    (ones(1, 4), r"\(4, 1\) need.*got \(1, 4\)"),
    (ones(3, 1), r"\(4, 1\) need.*got \(3, 1\)"),
    (1.0, r"\(4, 1\) need.*got \(\)"),
    ([["a"]] * 4, WORDS),
    ([[NAN], [1], [1], [1]], NAN_FOUND),
    ([[None], [1], [1], [1]], "dtype object"),
]


def picture_cases():
    """Layers of the beyond notebooks b1 and b2: geometry and sizes."""

    def conv(size=3, **settings):
        return nn.Conv2D(2, 4, size, rng(), **settings)

    layers = {"Conv2D": conv(), "MaxPool2D": nn.MaxPool2D(2), "AveragePool2D": nn.AveragePool2D(2),
              "Flatten": nn.Flatten()}  # fmt: skip
    for name, layer in layers.items():
        for x, message in [
            (ones(2, 9), r"pictures of shape \(batch, .*, height, width\), got \(2, 9\)"),
            (ones(8, 8), r"got \(8, 8\).*one channel: x\.reshape"),
            (ones(0, 2, 8, 8), EMPTY),
            (np.full((1, 2, 8, 8), "a"), WORDS),
        ]:
            yield name, lambda layer=layer, x=x: layer.forward(x), message
    for channels in (1, 3, 8):
        x = ones(5, channels, 8, 8)
        yield "Conv2D", lambda x=x: conv().forward(x), rf"\(batch, 2, height.*got \(5, {channels},"
    small, odd = ones(1, 2, 2, 8), ones(1, 2, 8, 7)
    for name, layer, x, message in [
        ("Conv2D", conv(), small, "window of 3 pixels does not fit on 2"),
        ("Conv2D", conv(5, padding=1), small, "window of 5 pixels does not fit on 4"),
        ("Conv2D", conv(stride=2), ones(1, 2, 8, 8), "stride 2 leaves 1 of 8 pixels.*unseen"),
        ("Conv2D", conv(stride=3), ones(1, 2, 3, 8), "stride 3 leaves 2 of 8 pixels.*unseen"),
        ("MaxPool2D", nn.MaxPool2D(3), small, "window of 3 pixels does not fit on 2"),
        ("MaxPool2D", nn.MaxPool2D(2), odd, "stride 2 leaves 1 of 7 pixels.*another stride"),
        ("AveragePool2D", nn.AveragePool2D(3, 2), ones(1, 2, 8, 7), "leaves 1 of 8 pixels"),
    ]:
        yield name, lambda layer=layer, x=x: layer.forward(x), message
    for size in (0, -1, 2.0, "3", None, True, NAN):
        yield "Conv2D", lambda s=size: nn.Conv2D(s, 2, 3, rng()), "n_in must be a whole number"
        yield "Conv2D", lambda s=size: nn.Conv2D(2, s, 3, rng()), "n_out must be a whole number"
        yield "Conv2D", lambda s=size: conv(s), "size must be a whole number"
        yield "Conv2D", lambda s=size: conv(stride=s), "stride must be a whole number"
        for pool in ("Pool2D", "MaxPool2D", "AveragePool2D"):
            yield pool, lambda p=pool, s=size: getattr(nn, p)(s), "size must be a whole number"
            if size is not None:
                yield pool, lambda p=pool, s=size: getattr(nn, p)(2, s), "stride must be a whole"
        for norm in ("BatchNorm", "LayerNorm"):
            yield norm, lambda n=norm, s=size: getattr(nn, n)(s), "n must be a whole number"
    for padding in (-1, 0.5, "1", None, True, NAN):
        yield "Conv2D", lambda p=padding: conv(padding=p), "padding must be a whole number"
    yield "Conv2D", lambda: nn.Conv2D(2, 2, 3, 0), SEED

    yield "BatchNorm", lambda: nn.BatchNorm(3, momentum=1.0), "0 ≤ momentum < 1; got 1.0"
    for norm in ("BatchNorm", "LayerNorm"):
        yield norm, lambda n=norm: getattr(nn, n)(3, eps=0), "eps must be a number above 0"
        for x, message in [
            (ones(4, 2), r"Norm\(3\) expects .*got \(4, 2\)"),
            (1.0, r"expects .*got \(\)"),
            (ones(0, 3), EMPTY),
            ([["a"] * 3], WORDS),
        ]:
            yield norm, lambda n=norm, x=x: getattr(nn, n)(3).forward(x), message
    yield "BatchNorm", lambda: nn.BatchNorm(3).forward(ones(2, 4, 3)), r"got \(2, 4, 3\)"
    yield "BatchNorm", lambda: normalizing(ones(1, 3)), "more than one value.*larger batch"


def augmentation_cases():
    """Yield cases of notebook b3: pictures, sizes of shifts, generators."""
    for name, call in {
        "random_shift": lambda x, g: nn.random_shift(x, 1, g),
        "random_flip": nn.random_flip,
    }.items():
        for x, message in [
            (ones(4, 4), name + r" expects pictures .*got \(4, 4\).*x\.reshape"),
            (ones(3, 4, 4), r"got \(3, 4, 4\)"),
            (ones(0, 1, 4, 4), EMPTY),
            (np.full((1, 1, 4, 4), "a"), WORDS),
        ]:
            yield name, lambda f=call, x=x: f(x, rng()), message
        yield name, lambda f=call: f(ones(2, 1, 4, 4), 0), SEED
    for pixels, message in [
        *((size, "pixels must be a whole number") for size in (0, -1, 2.0, "3", None, True, NAN)),
        (3, r"shift of 3 pixels would push pictures \(4, 3\) out of sight"),
    ]:
        x = ones(2, 1, 4, 3)
        yield "random_shift", lambda p=pixels, x=x: nn.random_shift(x, p, rng()), message


def residual_cases():
    """Yield cases of notebook b6: a branch that changes the shape, and no branch."""
    layer = nn.Dense(3, 3, rng())
    for layers, x, message in [
        ((dense(),), ones(4, 3), r"Residual\(Dense\(3, 2\)\).*x, shape \(4, 3\).*shape \(4, 2\)"),
        ((nn.Flatten(),), ones(4, 1, 2, 2), r"x, shape \(4, 1, 2, 2\).*f\(x\), shape \(4, 4\)"),
        ((nn.MaxPool2D(2),), ones(1, 1, 2, 2), r"shape \(1, 1, 2, 2\).*shape \(1, 1, 1, 1\)"),
        ((layer,), ones(4, 2), r"\(batch, 3\), got \(4, 2\)"),
        ((layer,), ones(0, 3), EMPTY),
        ((layer,), [["a"] * 3], WORDS),
    ]:
        yield "Residual", lambda f=layers, x=x: nn.Residual(*f).forward(x), message
    for layers, message in [
        ((), "at least one layer"),
        ((layer, layer), "each layer only once"),
        (([layer],), r"\[Dense\(3, 3\)\] is no layer"),
        ((nn.ReLU,), "ReLU'> is no layer"),
    ]:
        yield "Residual", lambda f=layers: nn.Residual(*f), message


def sequence_cases():
    """Yield cases of notebook b4: shapes of sequences, masks, what cannot be padded."""

    def rnn():
        return nn.RNN(3, 2, rng())

    for name, forward, message in [
        ("RNN", rnn().forward, r"RNN\(3, 2\) expects sequences of shape \(batch, time, 3\), got "),
        ("LastStep", nn.LastStep().forward, r"expects \(batch, time, features\), got "),
    ]:
        for shape in ((3,), (4, 3), (2, 4, 3, 1)):
            came = re.escape(str(shape))
            yield name, lambda f=forward, s=shape: f(ones(*s)), message + came
        for shape in ((0, 4, 3), (2, 0, 3)):
            came = re.escape(str(shape))
            yield name, lambda f=forward, s=shape: f(ones(*s)), "not empty.*" + came
        yield name, lambda f=forward: f([[["a"] * 3]]), WORDS
    yield "RNN", lambda: rnn().forward(ones(2, 4, 1)), r"got \(2, 4, 1\).*x\[None\].*x\[:, :, None"
    for size in (0, -1, 2.0, "3", None, True, NAN):
        for name in ("RNN", "Recurrent"):
            cls = getattr(nn, name)
            yield name, lambda c=cls, s=size: c(s, 2, rng()), "n_in must be a whole number"
            yield name, lambda c=cls, s=size: c(2, s, rng()), "n_out must be a whole number"
    yield "RNN", lambda: nn.RNN(2, 2, 0), SEED

    def masked(mask):
        layer = nn.LastStep()
        nn.set_mask(layer, mask)
        return layer.forward(ones(2, 3, 1))

    for mask, message in [
        (ones(2, 3), r"booleans, shape \(2, 3\).*got float64, \(2, 3\)"),
        (ones(3, 2, dtype=bool), r"for this batch; got bool, \(3, 2\).*None"),
        (ones(1, 3, dtype=bool), r"got bool, \(1, 3\)"),
        (ones(3, dtype=bool), r"got bool, \(3,\)"),
        (True, r"got bool, \(\)"),
        ("all", r"got <U3, \(\)"),
        ([[True, False, False], [False] * 3], "sequence 1 has no real step"),
    ]:
        yield "set_mask", lambda mask=mask: masked(mask), message
        yield "LastStep", lambda mask=mask: masked(mask), message
    for some, message in [
        ([], "at least one sequence"),
        ([[1.0], []], "at least one step in each"),
        ([1.0, 2.0], "at least one step in each"),
        ([ones(2, 3), ones(4, 2)], r"Steps differ in shape: \[\(2,\), \(3,\)\]"),
        ([ones(2), ones(4, 2)], r"Steps differ in shape: \[\(\), \(2,\)\]"),
    ]:
        yield "pad", lambda some=some: nn.pad(some, 0), message


def token_cases():
    """Yield cases of notebook b5: tokens, words, layers for each step, padded labels."""
    for name, n in (("LSTM", 4), ("GRU", 3)):
        layer = getattr(nn, name)(3, 2, rng())
        assert layer.U.shape == (2, 2 * n)
        for shape in ((3,), (4, 3), (2, 4, 1), (2, 4, 3, 1)):
            message = name + r"\(3, 2\) expects sequences of shape \(batch, time, 3\), got "
            came = re.escape(str(shape))
            yield name, lambda f=layer, s=shape: f.forward(ones(*s)), message + came
        for shape in ((0, 4, 3), (2, 0, 3)):
            yield name, lambda f=layer, s=shape: f.forward(ones(*s)), "not empty"
        yield name, lambda f=layer: f.forward([[["a"] * 3]]), WORDS
        yield name, lambda name=name: getattr(nn, name)(2, 2, 0), SEED
    for size in (0, -1, 2.0, "3", None, True, NAN):
        for name, what in (("LSTM", "n_in"), ("GRU", "n_in"), ("Embedding", "tokens")):
            message = what + " must be a whole number"
            cls = getattr(nn, name)
            yield name, lambda c=cls, s=size: c(s, 2, rng()), message
            yield name, lambda c=cls, s=size: c(2, s, rng()), "n_out must be a whole number"
    yield "Embedding", lambda: nn.Embedding(2, 2, 0), SEED
    table_of_five = nn.Embedding(5, 2, rng())
    for x, message in [
        ([[0, 5]], r"Embedding\(5, 2\) expects tokens .*whole numbers from 0 to 4; got.*0.* to 5"),
        ([[0, -1]], r"got shape \(1, 2\), -1.* to 0"),
        ([[0, 1.5]], r"got shape \(1, 2\), 0.* to 1\.5"),
        ([[0, NAN]], "got .* nan to nan"),
        ([[np.inf, 0]], "to inf"),
        ([0, 1], r"tokens \(batch, time\).*got shape \(2,\)"),
        (ones(1, 2, 5), r"got shape \(1, 2, 5\)"),
        (3, r"got shape \(\)"),
        (ones(0, 3), EMPTY),
        ([["a"]], WORDS),
    ]:
        yield "Embedding", lambda x=x: table_of_five.forward(x), message
    for words, alphabet, message in [
        (["abc", "äb", "a-b"], "abc", r"\['-', 'ä'\] are not in the alphabet 'abc'"),
        (["Abc"], "abc", r"\['A'\] are not"),
        (["ab"], "", r"\['a', 'b'\] are not in the alphabet ''"),
        ([], "abc", "at least one sequence"),
        ("abba", "abc", r"a list of words; for one alone, \['abba'\]"),
    ]:
        yield "next_tokens", lambda w=words, a=alphabet: nn.next_tokens(w, a), message
    each = nn.PerStep(dense())
    for x, message in [
        (ones(4, 3), r"PerStep\(Dense\(3, 2\)\) expects \(batch, time, features\), got \(4, 3\)"),
        (ones(2, 4, 5), r"Dense\(3, 2\) expects an input of shape \(batch, 3\), got \(8, 5\)"),
        (ones(2, 0, 3), "not empty"),
        ([[["a"] * 3]], WORDS),
    ]:
        yield "PerStep", lambda x=x: each.forward(x), message
    yield "PerStep", nn.PerStep, "at least one layer"
    yield "PerStep", lambda: nn.PerStep(nn.ReLU), "ReLU'> is no layer"
    for y, t, message in [
        (ones(2, 3, 4), [[0, 1, -1], [-2, 0, 1]], "Labels run from -2 to 1"),
        (ones(2, 3, 4), [[0, 4, -1], [0, 0, 1]], "Labels run from 0 to 4.*classes 0 to 3"),
        (ones(2, 3, 4), -ones(2, 3, dtype=int), r"not all of them −1; got \(2, 3, 4\) and int64"),
        (ones(2, 3, 4), ones(2, 3), r"integer labels.*float64, \(2, 3\)"),
        (ones(2, 3, 4), ones(3, 2, dtype=int), r"\(2, 3, 4\) and int64, \(3, 2\)"),
        (ones(2, 3, 4), ones(2, dtype=int), r"int64, \(2,\)"),
        (ones(2, 4), ones(2, dtype=int), r"Scores \(batch, time, classes\).*got \(2, 4\)"),
        (ones(0, 3, 4), ones(0, 3, dtype=int), EMPTY),
        ([[["a", "b"]]], [[0]], WORDS),
    ]:
        name = "SequenceCrossEntropy"
        yield name, lambda y=y, t=t: nn.SequenceCrossEntropy().forward(y, t), message


def attention_cases():
    """Yield cases of notebook b7: queries, keys and values, heads, masks, positions."""
    some = ones(2, 3, 4)
    for parts, message in [
        ((some, some, some[:, :2]), r"got \(2, 3, 4\), \(2, 3, 4\), \(2, 2, 4\)"),
        ((some, some[..., :3], some), r"k \(…, keys, d\).*got \(2, 3, 4\), \(2, 3, 3\)"),
        ((some, some[:1], some[:1]), r"got \(2, 3, 4\), \(1, 3, 4\)"),
        ((some[0, 0],) * 3, r"got \(4,\), \(4,\), \(4,\)"),
        ((some, some, "a"), "v: expected .* dtype <U1"),
        ((some[:0],) * 3, "not empty"),
        ((some,) * 3 + (ones(3, 3),), r"broadcast to \(2, 3, 3\), got float64, \(3, 3\)"),
        ((some,) * 3 + (ones(2, 3, dtype=bool),), r"got bool, \(2, 3\)"),
        ((some,) * 3 + (ones(1, 2, 3, 3, dtype=bool),), r"got bool, \(1, 2, 3, 3\)"),
        ((some,) * 3 + (np.tri(3, k=-1, dtype=bool),), "query may look nowhere.*at the end"),
        ((some,) * 3 + (False,), "query may look nowhere"),
    ]:
        yield "attention", lambda parts=parts: nn.attention(*parts), message

    def layer(mask=None, causal=False):
        layer = nn.MultiHeadAttention(4, 2, rng(), causal)
        nn.set_mask(layer, mask)
        return layer

    name = "MultiHeadAttention"
    for x, message in [
        (ones(3, 4), r"MultiHeadAttention\(4, 2\) expects .*\(batch, time, 4\), got \(3, 4\)"),
        (ones(2, 3, 5), r"got \(2, 3, 5\)"),
        (ones(2, 3, 2, 2), r"got \(2, 3, 2, 2\)"),
        (ones(2, 0, 4), "not empty"),
        ([[["a"] * 4]], WORDS),
    ]:
        yield name, lambda x=x: layer().forward(x), message
    begins_with_padding = np.arange(3) > [[0], [-1]]
    for mask, causal, message in [
        (ones(2, 3), False, r"booleans, shape \(2, 3\).*got float64, \(2, 3\)"),
        (ones(3, 2, dtype=bool), False, r"for this batch; got bool, \(3, 2\)"),
        (ones(2, 1, dtype=bool), True, r"got bool, \(2, 1\)"),
        (np.array([[True] * 3, [False] * 3]), False, r"\(4, 2\): sequence 1 has no real step"),
        (begins_with_padding, True, "query may look nowhere"),
    ]:
        yield name, lambda m=mask, c=causal: layer(m, c).forward(some), message
    for size in (0, -1, 2.0, "3", None, True, NAN):
        message = " must be a whole number"
        yield name, lambda s=size: nn.MultiHeadAttention(s, 1, rng()), "^n" + message
        yield name, lambda s=size: nn.MultiHeadAttention(4, s, rng()), "heads" + message
        block = nn.transformer_block
        yield "transformer_block", lambda s=size: block(s, 1, rng()), "^n" + message
        yield "transformer_block", lambda s=size: block(4, s, rng()), "heads" + message
        yield "transformer_block", lambda s=size: block(4, 2, rng(), wider=s), "wider" + message
    yield name, lambda: nn.MultiHeadAttention(6, 4, rng()), "4 heads cannot share 6 features"
    yield name, lambda: nn.MultiHeadAttention(4, 2, 0), SEED
    yield "transformer_block", lambda: nn.transformer_block(4, 2, 0), SEED
    yield "transformer_block", lambda: nn.transformer_block(6, 4, rng()), "cannot share"
    yield "transformer_block", lambda: nn.transformer_block(4, 2, rng(), dropout=1.0), "rate"
    for x, message in [
        (ones(3, 4), r"PositionalEncoding expects \(batch, time, features\), got \(3, 4\)"),
        (ones(0, 3, 4), "not empty"),
        ([[["a"]]], WORDS),
    ]:
        yield "PositionalEncoding", lambda x=x: nn.PositionalEncoding().forward(x), message


def deep_training_cases():
    """Yield cases of notebook b1's starts, schedule and clipping."""
    for name in ("glorot", "orthogonal"):
        start = getattr(nn, name)
        for size in (0, -1, 2.0, "3", None, True, NAN):
            yield name, lambda f=start, s=size: f(s, 2, rng()), "n_in must be a whole number"
            yield name, lambda f=start, s=size: f(2, s, rng()), "n_out must be a whole number"
        yield name, lambda f=start: f(2, 2, 0), SEED
    for step, steps, warmup in ((-1, 10, 2), (10, 10, 2), (0, 10, 10), (0, 10, -1), (NAN, 10, 2)):
        call = partial(nn.warmup_cosine, step, steps, warmup)
        yield "warmup_cosine", call, r"expected 0 ≤ step < steps and 0 ≤ warmup < steps"
    for grad in ([1.0, 2.0], np.arange(3), 1.0, "a"):
        yield "clip_gradient", lambda g=grad: nn.clip_gradient(g, 1.0), "is an array of floats, got"
    for limit in (0, -1, NAN, "1"):
        message = "limit must be a number above 0"
        yield "clip_gradient", lambda n=limit: nn.clip_gradient(ones(2), n), message
        yield "ClippedAdam", lambda n=limit: nn.ClippedAdam(limit=n), message


def normalizing(x):
    layer = nn.BatchNorm(3)
    layer.training = True
    return layer.forward(x)


def table():
    """Yield (entry point, call, message)."""

    def case(name, call, message):
        return name, call, message

    for size in (0, -1, 2.0, "3", None, True, NAN):
        yield case("Dense", lambda s=size: nn.Dense(s, 2, rng()), "n_in must be a whole number")
        yield case("Dense", lambda s=size: nn.Dense(2, s, rng()), "n_out must be a whole number")
        yield case("spiral", lambda s=size: nn.spiral(s, 3, rng()), "samples must be a whole")
        yield case("vertical", lambda s=size: nn.vertical(5, s, rng()), "classes must be a whole")
        yield case("sine", lambda s=size: nn.sine(s), "samples must be a whole number")
        yield case("train", lambda s=size: training(steps=s or 0), "steps must be a whole number")
        yield case("Model", lambda s=size: fit(epochs=s), "epochs must be a whole number")
        yield case("Model", lambda s=size: fit(batch_size=s or 0), "size must be a whole number")
        yield case(
            "Model", lambda s=size: model().predict(ones(2, 3), s), "batch_size must be a whole"
        )
        yield case(
            "batches", lambda s=size: list(nn.batches(10, s, rng())), "size must be a whole number"
        )
        yield case(
            "batches", lambda s=size: list(nn.batches(s, 2, rng())), "n must be a whole number"
        )
        yield case("k_fold", lambda s=size: list(nn.k_fold(10, s, rng())), "k must be a whole")
        yield case("k_fold", lambda s=size: list(nn.k_fold(s, 2, rng())), "n must be|can be cut")

    for name, call in {
        "Dense": lambda: nn.Dense(2, 2, 0),
        "Dropout": lambda: nn.Dropout(0.5, 0),
        "spiral": lambda: nn.spiral(5, 3, 0),
        "vertical": lambda: nn.vertical(5, 3, 0),
        "split": lambda: nn.split([0, 1], (0.5, 0.5), 0),
        "k_fold": lambda: list(nn.k_fold(10, 2, 0)),
        "batches": lambda: list(nn.batches(10, 2, 0)),
        "gradient_check": lambda: nn.gradient_check(dense(), ones(2, 3), 0),
        "bootstrap_interval": lambda: nn.bootstrap_interval(ones(5), 0),
        "Model": lambda: fit(rng=0),
    }.items():
        yield case(name, call, SEED)
    yield case("Dense", lambda: nn.Dense(2, 2, np.random.RandomState(0)), "not a NumPy generator")
    yield case("Model", lambda: fit(rng=None), "rng is None")

    for x, message in [
        (ones(3), r"Dense\(3, 2\) expects.*\(batch, 3\), got \(3,\).*x\[None, :\]"),
        (ones(2, 4), r"\(batch, 3\), got \(2, 4\)"),
        (ones(2, 2, 3), r"\(batch, 3\), got \(2, 2, 3\)"),
        (ones(0, 3), r"empty batch, \(0, 3\)"),
        ([["a"] * 3], WORDS),
        ([[None] * 3], "dtype object"),
        (ones(2, 3, dtype=complex), "complex128"),
        (1.0, r"got \(\)"),
    ]:
        yield case("Dense", lambda x=x: dense().forward(x), message)
        yield case("Sequential", lambda x=x: nn.Sequential(dense()).forward(x), message)
    for name, call in LAYERS.items():
        for x, message in ELEMENTWISE:
            yield case(name, lambda call=call, x=x: call(x), message)
    yield from picture_cases()
    yield from deep_training_cases()
    yield from augmentation_cases()
    yield from residual_cases()
    yield from sequence_cases()
    yield from token_cases()
    yield from attention_cases()
    layer = dense()
    for layers, message in [
        ([[layer]], r"\[Dense\(3, 2\)\] is no layer"),
        ([nn.ReLU], "ReLU'> is no layer"),
        ([layer, layer], "each layer only once"),
        ([], "at least one layer"),
    ]:
        yield case("Sequential", lambda layers=layers: nn.Sequential(*layers), message)
    for share in (1, 1.5, -0.1, NAN, "0.5", None):
        yield case("Dropout", lambda s=share: nn.Dropout(s, rng()), r"0 ≤ rate < 1; got")
        yield case("SGD", lambda s=share: nn.SGD(0.1, momentum=s), r"0 ≤ momentum < 1; got")
        yield case("RMSprop", lambda s=share: nn.RMSprop(rho=s), r"0 ≤ rho < 1; got")
        yield case("Adam", lambda s=share: nn.Adam(beta1=s), r"0 ≤ beta1 < 1; got")
        yield case("Adam", lambda s=share: nn.Adam(beta2=s), r"0 ≤ beta2 < 1; got")
        yield case(
            "bootstrap_interval",
            lambda s=share: nn.bootstrap_interval(ones(5), rng(), level=s),
            "0 ≤ level < 1; got",
        )
    for name in ("SGD", "AdaGrad", "RMSprop", "Adam"):
        make = getattr(nn, name)
        for lr in (0, -1, NAN, "0.1"):
            yield case(name, lambda make=make, lr=lr: make(lr), "lr must be a number above 0, got")
        yield case(name, lambda make=make: make(0.1, decay=-1), "decay must be.*or 0, got -1")
    for name in ("AdaGrad", "RMSprop", "Adam"):
        make = getattr(nn, name)
        yield case(name, lambda make=make: make(0.1, eps=-1), "eps must be.*got -1")
    for amount in (-1, NAN, "1", None):
        yield case("Huber", lambda a=amount: nn.Huber(a), "delta must be a number above 0, got")
        yield case("L1", lambda a=amount: nn.L1(a), "strength must be a number above 0 or 0, got")
        yield case("L2", lambda a=amount: nn.L2(a), "strength must be a number above 0 or 0, got")
    for mask in ([0, 1], ones(3, 1, dtype=bool), "all"):
        yield case("L1", lambda mask=mask: nn.L1(0.1, mask), "mask is True or False for every")
        yield case("L2", lambda mask=mask: nn.L2(0.1, mask), "mask is True or False for every")

    scores = np.full((3, 4), 0.25)
    labelled = {
        "CrossEntropy": nn.CrossEntropy().forward,
        "SoftmaxCrossEntropy": nn.SoftmaxCrossEntropy().forward,
        "accuracy": nn.accuracy,
        "expected_calibration_error": nn.expected_calibration_error,
    }
    for name, call in labelled.items():
        for t, message in CLASS_LABELS:
            yield case(name, lambda call=call, t=t: call(scores, t), message)
        yield case(name, lambda call=call: call(ones(3), [0, 0, 0]), r"got \(3,\) and \(3,\)")
        yield case(name, lambda call=call: call(ones(0, 4), []), EMPTY)
        yield case(name, lambda call=call: call([["a", "b"]], [0]), WORDS)
    for y in (2 * scores + 1, -scores):
        yield case(
            "CrossEntropy", lambda y=y: nn.CrossEntropy().forward(y, [0, 1, 2]), "softmax first"
        )
        yield case(
            "expected_calibration_error",
            lambda y=y: nn.expected_calibration_error(y, [0, 1, 2]),
            "Needs probabilities, got scores from",
        )
    compared = {
        "BinaryCrossEntropy": nn.BinaryCrossEntropy().forward,
        "MeanSquaredError": nn.MeanSquaredError().forward,
        "MeanAbsoluteError": nn.MeanAbsoluteError().forward,
        "Huber": nn.Huber().forward,
        "binary_accuracy": nn.binary_accuracy,
        "root_mean_squared_error": nn.root_mean_squared_error,
        "r2": nn.r2,
    }
    for name, call in compared.items():
        for t, message in VALUES:
            yield case(name, lambda call=call, t=t: call(ones(4, 1), t), message)
        yield case(name, lambda call=call: call(ones(0, 1), ones(0, 1)), EMPTY)
        yield case(name, lambda call=call: call([["a"]], [[1]]), WORDS)
    for t in (2, -1):
        yield case(
            "BinaryCrossEntropy",
            lambda t=t: nn.BinaryCrossEntropy().forward(ones(1, 1), [[t]]),
            f"0 for no and 1 for yes.*got {t}",
        )
    for name, call in {
        "accuracy": lambda: nn.accuracy(scores * [1, 1, 1, NAN], [0, 1, 2]),
        "binary_accuracy": lambda: nn.binary_accuracy([NAN, 1.0], [0, 1]),
        "r2": lambda: nn.r2([NAN, 1.0], [0, 1]),
        "root_mean_squared_error": lambda: nn.root_mean_squared_error([NAN, 1.0], [0, 1]),
        "roc_curve": lambda: nn.roc_curve([NAN, 1.0], [0, 1]),
        "auc": lambda: nn.auc([NAN, 1.0], [0, 1]),
        "bootstrap_interval": lambda: nn.bootstrap_interval([NAN, 1.0], rng()),
        "expected_calibration_error": lambda: nn.expected_calibration_error(
            scores * NAN, [0, 1, 2]
        ),
    }.items():
        yield case(name, call, r"\d+ of \d+ predictions are NaN")

    yield case("r2", lambda: nn.r2(ones(3), ones(3)), "all equal")
    for labels, t, classes, message in [
        ([0, 1], [0, 1, 1], 2, r"\(2,\) and \(3,\)"),
        ([], [], 2, r"\(0,\) and \(0,\)"),
        (ones(2, 2, dtype=int), ones(2, 2, dtype=int), 2, r"\(2, 2\) and \(2, 2\)"),
        ([0, 1], [0, 2], 2, "from 0 to 1, got"),
        ([0, -1], [0, 1], 2, "from 0 to 1, got"),
        ([0.0, 1.0], [0, 1], 2, "whole numbers from 0 to 1, got"),
        ([0, NAN], [0, 1], 2, "whole numbers from 0 to 1, got"),
        (["a", "b"], [0, 1], 2, "whole numbers from 0 to 1, got"),
        ([0, 1], [0, 1], 0, "classes must be a whole number"),
        ([0, 1], [0, 1], 2.0, "classes must be a whole number"),
    ]:
        yield case(
            "confusion_matrix",
            lambda labels=labels, t=t, classes=classes: nn.confusion_matrix(labels, t, classes),
            message,
        )
    for name in ("roc_curve", "auc"):
        for p, t, message in [
            ([0.5, 0.5], [1, 1], "both 0 and 1.*targets"),
            ([0.5, 0.5], [1, 2], "both 0 and 1.*targets"),
            ([0.5, 0.5, 0.5], [0, 1, 2], "both 0 and 1.*targets"),
            ([0.5, 0.5], [0, 1, 1], r"\(2,\) and \(3,\)"),
            (ones(2, 1), [[0], [1]], r"\(2, 1\) and \(2, 1\)"),
            ([], [], EMPTY),
            (["a", "b"], [0, 1], WORDS),
            ([0.5, 0.5], ["a", "b"], WORDS),
        ]:
            call = getattr(nn, name)
            yield case(name, lambda call=call, p=p, t=t: call(p, t), message)
    for counts, message in [
        (ones(2, 3, dtype=int), r"int64 \(2, 3\)"),
        (ones(2, dtype=int), r"int64 \(2,\)"),
        (ones(2, 2), r"counts.*float64"),
        ([["a"]], "<U1"),
    ]:
        yield case(
            "precision_recall_f1", lambda c=counts: nn.precision_recall_f1(c), message
        )
    yield case(
        "expected_calibration_error",
        lambda: nn.expected_calibration_error(scores, [0, 1, 2], bins=0),
        "bins must be a whole number",
    )
    for values, message in [(ones(2, 2), r"one value per sample.*\(2, 2\)"), ([], EMPTY)]:
        yield case(
            "bootstrap_interval", lambda v=values: nn.bootstrap_interval(v, rng()), message
        )
    yield case(
        "bootstrap_interval",
        lambda: nn.bootstrap_interval(ones(3), rng(), repeats=0),
        "repeats must be a whole number",
    )
    for a, b, message in [
        ([True], [True, False], r"\(1,\) and \(2,\)"),
        ([], [], r"\(0,\) and \(0,\)"),
        ([0, 2], [1, 2], "True or False"),
    ]:
        yield case("mcnemar", lambda a=a, b=b: nn.mcnemar(a, b), message)

    yield case("relative_error", lambda: nn.relative_error(ones(3), ones(3, 1)), r"\(3,\) and \(3,")
    yield case("relative_error", lambda: nn.relative_error([], []), EMPTY)
    yield case(
        "numerical_gradient", lambda: nn.numerical_gradient(np.sum, ones(2), h=0), "h is a small"
    )
    yield case("numerical_gradient", lambda: nn.numerical_gradient(np.sum, "abc"), "'abc'")
    yield case("numerical_gradient", lambda: nn.numerical_gradient(np.sin, ones(2)), "sequence")
    yield case(
        "gradient_check", lambda: nn.gradient_check(dense(), ones(2, 4), rng()), r"got \(2, 4\)"
    )
    yield case(
        "gradient_check",
        lambda: nn.gradient_check(nn.ReLU, ones(2, 4), rng()),
        r"an object of class Layer, got.*ReLU.*\(…\) is missing",
    )
    yield case(
        "loss_gradient_check",
        lambda: nn.loss_gradient_check(nn.MeanSquaredError(), ones(2, 1), ones(2)),
        r"\(2, 1\) need.*got \(2,\)",
    )

    for net, message in [
        ([dense()], r"an object of class Layer, got \[Dense\(3, 2\)\]"),
        (nn.Dense, r"an object of class Layer, got.*\(…\) is missing"),
        (nn.Sequential(nn.ReLU()), "no parameters to learn"),
        (nn.Sequential(layer, nn.Sequential(layer)), "stands twice"),
    ]:
        yield case("Parameters", lambda net=net: nn.Parameters(net), message)
        yield case("train", lambda net=net: training(net=net), message)
        yield case("Model", lambda net=net: nn.Model(net, nn.MeanSquaredError()), message)
    yield case("Parameters", lambda: nn.Parameters(dense(), int), "floats.*got dtype.*int")
    yield case("weight_mask", lambda: nn.weight_mask(dense()), r"Parameters\(net\), got Dense")
    for x, t, message in [
        (ones(4, 3) * NAN, None, "x holds NaN"),
        (ones(4, 3) * np.inf, None, "infinite"),
        (ones(4, 2), None, r"\(batch, 3\), got \(4, 2\)"),
        (ones(0, 3), None, EMPTY),
        ([["a"] * 3], None, WORDS),
        (None, ones(4), r"\(4, 2\) need.*got \(4,\)"),
        (None, ones(3, 2), r"\(4, 2\) need.*got \(3, 2\)"),
        (None, ones(4, 2) * NAN, NAN_FOUND),
    ]:
        yield case("train", lambda x=x, t=t: training(x, t), message)
    for x, t, message in [
        (ones(4, 3) * NAN, None, "NaN or infinite"),
        (ones(4, 3) * np.inf, None, "NaN or infinite"),
        (ones(4, 2), None, r"\(batch, 3\), got \(4, 2\)"),
        (ones(0, 3), ones(0, 2), r"\(0, 3\)"),
        (ones(3), None, r"one row per sample.*\(3,\)"),
        (ones(4, 3, dtype=int), None, "takes floats, got dtype int64"),
        (ones(4, 3, dtype=np.uint8), None, "takes floats, got dtype uint8"),
        ([["a"] * 3] * 4, None, WORDS),
        (None, ones(3, 2), r"4 samples need as many targets, got shape \(3, 2\)"),
        (None, ones(4), r"\(4, 2\) need.*got \(4,\)"),
        (None, 1.0, r"4 samples need as many targets"),
        (None, ones(4, 2) * NAN, NAN_FOUND),
        (None, [["a", "b"]] * 4, WORDS),
    ]:
        yield case("Model", lambda x=x, t=t: fit(x, t), message)
        some_x, some_t = ones(4, 3) if x is None else x, ones(4, 2) if t is None else t
        yield case("Model", lambda x=some_x, t=some_t: model().evaluate(x, t), message)
        if t is None:
            yield case("Model", lambda x=x: model().predict(x), message)
    for loss in (nn.MeanSquaredError, "mse", None):
        yield case("Model", lambda loss=loss: nn.Model(dense(), loss), "class Loss, got")
    for optimizer in (nn.SGD, "sgd"):
        yield case(
            "Model",
            lambda o=optimizer: nn.Model(dense(), nn.MeanSquaredError(), o),
            "class Optimizer, got",
        )
    yield case(
        "Model",
        lambda: nn.Model(dense(), nn.MeanSquaredError()).fit(ones(4, 3), ones(4, 2), epochs=1),
        "needs an optimizer",
    )
    yield case("Model", lambda: fit(patience=2), "patience needs validation")
    yield case("Model", lambda: fit(validation=(ones(2, 3), ones(3, 2))), "2 samples need as many")

    for t, shares, message in [
        ([0, 1], (0.5, 0.4), r"sum to 1, got \[0.5 0.4\]"),
        ([0, 1], (1.5, -0.5), "positive and sum to 1"),
        ([0, 1], 0.5, r"sum to 1, got \[0.5\]"),
        ([0, 1], (), "sum to 1, got"),
        ([0, 1], (0.5, NAN), "sum to 1, got"),
        ([], (0.5, 0.5), r"\(n,\), got float64 \(0,\)"),
        (ones(2, 2, dtype=int), (0.5, 0.5), r"\(n,\), got int64 \(2, 2\)"),
        ([0.5, 1.5], (0.5, 0.5), r"got float64 \(2,\).*regression"),
        ([None, 1], (0.5, 0.5), "got object"),
    ]:
        yield case("split", lambda t=t, shares=shares: nn.split(t, shares, rng()), message)
    for n, k in [(10, 1), (10, 11), (1, 2)]:
        yield case(
            "k_fold", lambda n=n, k=k: list(nn.k_fold(n, k, rng())), f"{n} rows.*not {k}"
        )
    for x, message in [
        (ones(3), r"\(n, columns\).*got shape \(3,\)"),
        ([], EMPTY),
        ([["a"]], WORDS),
        ([[NAN, 1.0], [NAN, 2.0]], "beside NaN in every column"),
        ([[np.inf, 1.0]], "no infinite values"),
    ]:
        yield case("Standardizer", lambda x=x: nn.Standardizer(x), message)
    for x, message in [
        (ones(3, 1), r"Standardizer expects.*\(batch, 2\), got \(3, 1\)"),
        (ones(2), r"\(batch, 2\), got \(2,\)"),
        (ones(0, 2), "empty batch"),
        ([["a", "b"]], WORDS),
    ]:
        scale = nn.Standardizer(rng().random((5, 2)))
        yield case("Standardizer", lambda scale=scale, x=x: scale.transform(x), message)
        yield case("Standardizer", lambda scale=scale, x=x: scale.inverse(x), message)
    for pictures, message in [
        (ones(2, 28, 28, dtype=int), r"raw pictures.*int64 \(2, 28, 28\)"),
        (ones(2, 28, 28), r"raw pictures.*0 … 255.*float64 \(2, 28, 28\).*scaled already"),
        (ones(28, 28, dtype=np.uint8), r"uint8 \(28, 28\)"),
        (ones(0, 28, 28, dtype=np.uint8), r"uint8 \(0, 28, 28\)"),
        ([["a"]], "<U1"),
    ]:
        yield case("pixels_to_inputs", lambda p=pictures: nn.pixels_to_inputs(p), message)
    for picture, message in [
        ("no.png", r"No picture.*'no\.png'.*No such file"),
        (None, "No picture can be read from None"),
        (__file__, "cannot identify image file"),
        (ones(5, 5), r"uint8.*got float64 \(5, 5\)"),
        (ones(5, 5, 2, dtype=np.uint8), r"\(h, w, 3\).*got uint8 \(5, 5, 2\)"),
        (ones(0, 5, dtype=np.uint8), r"got uint8 \(0, 5\)"),
        (ones(5, 5, dtype=np.uint8), "No object can be seen"),
    ]:
        yield case("prepare_image", lambda p=picture: nn.prepare_image(p), message)
    yield case("fashion_mnist", lambda: nn.fashion_mnist("valid"), "\"train\" or \"test\", got 'v")


CASES = list(table())


@pytest.mark.parametrize("name, call, message", CASES)
def test_bad_input_is_named(name, call, message):
    with pytest.raises(ValueError, match=f"(?s){message}") as caught:
        call()
    assert type(caught.value) is ValueError
    assert 20 < len(str(caught.value)) < 400


def test_every_public_name_that_takes_arguments_is_in_the_table():
    nothing_to_get_wrong = {
        *("Layer", "Loss", "Optimizer", "Penalty", "History"),  # bases, and Model's own record
        *("penguins", "breast_cancer", "seattle_weather", "first_names"),  # no arguments
        *("slots", "set_training"),  # walks through layers, given by other functions
    }
    public = {name for name, thing in vars(nn).items() if callable(thing)}
    assert public - {name for name, _, _ in CASES} == nothing_to_get_wrong


def test_labels_are_checked_before_anything_is_learned():
    net = nn.Sequential(dense())
    net.children[0].W[:] = 1
    with pytest.raises(ValueError):
        training(t=ones(4), net=net)
    assert (net.children[0].W == 1).all()


# Any array at all

NUMBERS = "float16 float32 float64 int8 uint8 int64 bool".split()
OTHERS = "complex128 U3 O M8[s] S2".split()


def filled(shape, dtype, seed):
    """An array of whole numbers 0 … 3, of their texts, dates, and so on, as `dtype` wants."""
    return np.random.default_rng(seed).integers(0, 4, shape).astype(dtype)


shapes = st.lists(st.integers(0, 3), min_size=0, max_size=3).map(tuple)
dtypes = st.sampled_from(NUMBERS + OTHERS)
seeds = st.integers(0, 3)
arrays = st.builds(filled, shapes, dtypes, seeds)
columns = st.builds(filled, st.sampled_from([(3,), (3, 1), (3, 3), (1, 3)]), dtypes, seeds)
pairs = st.one_of(st.tuples(arrays, arrays), st.tuples(columns, columns))


def attempt(call, *arguments):
    """The result, or None for a ValueError; whatever else is raised fails the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as overflow in float16
        try:
            return call(*arguments)
        except ValueError as error:
            assert str(error)
            return None


def is_numeric(*some):
    return all(array.dtype.kind in "fiub" and array.size for array in some)


ELEMENT_LAYERS = [*LAYERS.values(), nn.Dropout(0.5, rng()).forward]


@settings(max_examples=150, deadline=None)
@given(x=arrays)
def test_layers_take_any_array(x):
    y = attempt(dense().forward, x)
    assert (y is not None) == (is_numeric(x) and x.ndim == 2 and x.shape[1] == 3)
    if y is not None:
        assert y.shape == (len(x), 2) and y.dtype.kind == "f"
    for forward in ELEMENT_LAYERS:
        y = attempt(forward, x)
        if y is None:
            assert not is_numeric(x) or x.ndim == 0
        else:
            assert is_numeric(x) and y.shape == x.shape and y.dtype.kind == "f"


@settings(max_examples=150, deadline=None)
@given(pair=pairs)
@pytest.mark.parametrize("make", [nn.CrossEntropy, nn.SoftmaxCrossEntropy])
def test_classifiers_losses_take_any_arrays(make, pair):
    y, t = pair
    loss = make()
    value = attempt(loss.forward, y, t)
    if value is not None:
        assert type(value) is float
        assert y.ndim == 2 and t.shape == (len(y),) and t.dtype.kind in "iu"
        assert loss.backward().shape == y.shape


@settings(max_examples=150, deadline=None)
@given(pair=pairs)
@pytest.mark.parametrize(
    "make", [nn.BinaryCrossEntropy, nn.MeanSquaredError, nn.MeanAbsoluteError, nn.Huber]
)
def test_losses_of_values_never_broadcast(make, pair):
    y, t = pair
    loss = make()
    value = attempt(loss.forward, y, t)
    if value is None:
        wrong = y.shape != t.shape or not is_numeric(y, t)
        assert wrong or (make is nn.BinaryCrossEntropy and t.max() > 1)
    else:
        assert type(value) is float and y.shape == t.shape and is_numeric(y, t)
        assert loss.backward().shape == y.shape


@settings(max_examples=150, deadline=None)
@given(pair=pairs)
def test_metrics_of_values_never_broadcast(pair):
    p, t = pair
    for metric in (nn.root_mean_squared_error, nn.r2, nn.binary_accuracy):
        value = attempt(metric, p, t)
        if value is not None:
            assert type(value) is float and p.shape == t.shape and is_numeric(p, t)


@settings(max_examples=150, deadline=None)
@given(pair=pairs)
def test_metrics_of_classes_take_any_arrays(pair):
    p, t = pair
    for metric in (nn.accuracy, nn.expected_calibration_error):
        value = attempt(metric, p, t)
        if value is not None:
            assert 0 <= value <= 1 and p.ndim == 2 and t.shape == (len(p),)
    for metric in (nn.auc, nn.mcnemar):
        value = attempt(metric, p, t)
        if value is not None:
            assert value >= 0 and p.shape == t.shape and p.ndim == 1
    counts = attempt(nn.confusion_matrix, p, t, 4)
    if counts is not None:
        assert p.shape == t.shape == (counts.sum(),)


@settings(max_examples=150, deadline=None)
@given(x=arrays)
def test_data_tools_take_any_array(x):
    found = attempt(nn.precision_recall_f1, x)
    assert found is None or all(part.shape == (len(x),) for part in found)
    square = attempt(nn.prepare_image, x)
    assert square is None or (square.shape == (28, 28) and square.dtype == np.uint8)
    rows = attempt(nn.pixels_to_inputs, x)
    assert rows is None or (rows.shape == (len(x), x[0].size) and rows.dtype == np.float32)
    parts = attempt(nn.split, x, (0.5, 0.5), rng())
    assert parts is None or sorted(np.concatenate(parts)) == list(range(len(x)))
    scale = attempt(nn.Standardizer, x)
    if scale is not None:
        assert scale.transform(x).shape == x.shape == scale.inverse(x).shape
    interval = attempt(nn.bootstrap_interval, x, rng(), 10)
    assert interval is None or (x.ndim == 1 and interval[0] <= interval[1])


@settings(max_examples=150, deadline=None)
@given(x=columns, z=columns)
def test_a_standardizer_never_broadcasts(x, z):
    scale = attempt(nn.Standardizer, x)
    if scale is not None:
        for tool in (scale.transform, scale.inverse):
            scaled = attempt(tool, z)
            assert (scaled is not None) == (
                is_numeric(z) and z.ndim == 2 and z.shape[1] == x.shape[1]
            )
            assert scaled is None or scaled.shape == z.shape


@settings(max_examples=100, deadline=None)
@given(pair=pairs)
def test_training_takes_any_arrays(pair):
    x, t = pair
    for call in (training, fit):
        if attempt(call, x, t) is not None:
            assert is_numeric(x, t) and x.shape == (len(t), 3) and t.shape == (len(x), 2)
    y = attempt(model().predict, x)
    assert y is None or (x.dtype.kind == "f" and y.shape == (len(x), 2))


@settings(max_examples=100, deadline=None)
@given(pair=pairs)
def test_relative_error_never_broadcasts(pair):
    a, b = pair
    if is_numeric(a, b):
        assert (attempt(nn.relative_error, a, b) is not None) == (a.shape == b.shape)


@settings(max_examples=150, deadline=None)
@given(x=arrays, mask=st.one_of(st.none(), arrays))
def test_sequence_layers_take_any_array(x, mask):
    last = nn.LastStep()
    nn.set_mask(last, mask)
    layers = *(kind(3, 2, rng()) for kind in (nn.RNN, nn.LSTM, nn.GRU)), nn.PerStep(dense())
    for forward in (*(layer.forward for layer in layers), last.forward):
        y = attempt(forward, x)
        if y is not None:
            assert is_numeric(x) and x.ndim == 3 and y.dtype.kind == "f"
            assert mask is None or forward != last.forward or mask.shape == x.shape[:2]


@settings(max_examples=150, deadline=None)
@given(x=arrays, k=arrays, v=arrays, allowed=arrays)
def test_attention_takes_any_arrays(x, k, v, allowed):
    found = attempt(nn.attention, x, k, v, allowed)
    if found is not None:
        assert found[0].shape == (*x.shape[:-1], v.shape[-1])
        assert found[1].shape == (*x.shape[:-1], k.shape[-2])
    layer = nn.MultiHeadAttention(3, 3, rng(), causal=True)
    nn.set_mask(layer, allowed if allowed.dtype == bool else None)
    for forward in (layer.forward, nn.PositionalEncoding().forward):
        y = attempt(forward, x)
        assert y is None or (x.ndim == 3 and y.shape == x.shape and y.dtype.kind == "f")


@settings(max_examples=150, deadline=None)
@given(x=arrays, t=arrays)
def test_tokens_and_padded_labels_take_any_array(x, t):
    y = attempt(nn.Embedding(3, 2, rng()).forward, x)
    assert (y is not None) == (is_numeric(x) and x.ndim == 2 and x.max() < 3)
    loss = nn.SequenceCrossEntropy()
    value = attempt(loss.forward, x, t)
    if value is not None:
        assert type(value) is float and t.shape == x.shape[:2] and t.dtype.kind in "iu"
        assert loss.backward().shape == x.shape


@settings(max_examples=100, deadline=None)
@given(n=st.integers(-1, 12), k=st.integers(-1, 12))
def test_rows_are_dealt_out_once_or_not_at_all(n, k):
    folds = attempt(lambda: list(nn.k_fold(n, k, rng())))
    assert (folds is not None) == (2 <= k <= n)
    if folds:
        assert sorted(np.concatenate([held for _, held in folds])) == list(range(n))
    found = attempt(lambda: list(nn.batches(n, k, rng())))
    assert (found is not None) == (n >= 1 and k >= 1)
    if found:
        assert sorted(np.concatenate(found)) == list(range(n))
