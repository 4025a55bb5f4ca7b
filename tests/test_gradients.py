"""Every `backward` against central differences, in float64; and the check itself is checked.

The last test of the first part looks through the package: a class with a `backward` of its own
that stands in none of the lists below makes it fail.
"""

import importlib
import pkgutil

import numpy as np
import pytest

import nnfs_helpers
from nnfs_helpers import (
    GRU,
    L1,
    L2,
    LSTM,
    RNN,
    AveragePool2D,
    BatchNorm,
    BinaryCrossEntropy,
    Conv2D,
    CrossEntropy,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    Huber,
    LastStep,
    Layer,
    LayerNorm,
    MaxPool2D,
    MeanAbsoluteError,
    MeanSquaredError,
    Model,
    MultiHeadAttention,
    Parameters,
    PerStep,
    PositionalEncoding,
    ReLU,
    Residual,
    SequenceCrossEntropy,
    Sequential,
    Sigmoid,
    Softmax,
    SoftmaxCrossEntropy,
    Tanh,
    gradient_check,
    loss_gradient_check,
    next_tokens,
    numerical_gradient,
    pad,
    relative_error,
    set_mask,
    set_training,
    slots,
    softmax,
    transformer_block,
    weight_mask,
)
from nnfs_helpers.gradcheck import float64_copy

LIMIT = 1e-7
FURNITURE = {"plots", "widgets", "exercises"}


def training(layer):
    set_training(layer, True)
    return layer


def away_from_kinks(x, *kinks):
    """x, with every entry that is within 0.001 of a kink moved 0.002 up."""
    for kink in kinks:
        x = np.where(np.abs(x - kink) < 1e-3, x + 2e-3, x)
    return x


def columns(rng, rows, n):
    return away_from_kinks(rng.standard_normal((rows, n)), 0)


def pictures(rng, *shape):
    """No two values are nearer than 0.01: a nudge never changes which one is the largest."""
    return away_from_kinks(rng.permutation(np.prod(shape)).reshape(shape) * 0.01 - 1, 0)


def sequences(rng, *shape):
    return rng.standard_normal(shape)


def ending_at(layer, *lengths):
    """The layer, told that the sequences of its batch have these lengths."""
    set_mask(layer, pad([np.ones(n) for n in lengths], 0)[1])
    return layer


def tokens(rng, *shape):
    """Tokens 0 … 4 as integers: no gradient goes to them."""
    return rng.integers(0, 5, shape)


def character_model(r):
    return Sequential(Embedding(5, 3, r), LSTM(3, 4, r), GRU(4, 3, r), PerStep(Dense(3, 5, r)))


def many_to_one(r):
    return Sequential(RNN(2, 3, r), RNN(3, 4, r), LastStep(), Dense(4, 2, r))


def transformer(r, causal=(True, False)):
    """Two blocks, causal or not. With fewer features LayerNorm bends too much for the check."""
    return Sequential(
        Embedding(5, 6, r), PositionalEncoding(), transformer_block(6, 2, r, causal[0]),
        transformer_block(6, 3, r, causal[1], wider=2), LayerNorm(6), PerStep(Dense(6, 5, r)),
    )  # fmt: skip


def causal_transformer(r):
    """No step of a word sees the padding behind it, so it needs no mask."""
    return transformer(r, (True, True))


def masked_transformer(r):
    return transformer(r, (False, False))


def convolutional(r):
    return Sequential(
        Conv2D(1, 3, 3, r, padding=1), ReLU(), BatchNorm(3), MaxPool2D(2), Conv2D(3, 4, 2, r),
        Tanh(), AveragePool2D(2), Flatten(), LayerNorm(4), Dense(4, 3, r),
    )  # fmt: skip


def deep(r):
    """Nested, with every kind of layer that is older than chapter 18."""
    inner = Sequential(Dense(6, 5, r), Sigmoid(), Sequential(Dense(5, 5, r), Tanh()))
    return Sequential(Dense(4, 6, r), ReLU(), inner, Dropout(0.2, r), Dense(5, 3, r), Softmax())


# Class -> a list of cases: (layer, input), each made from a generator.
# A class added to the package adds its line here.
LAYER_CASES = {
    Dense: [
        lambda r: (Dense(4, 3, r), columns(r, 5, 4)),
        lambda r: (Dense(3, 3, r), columns(r, 1, 3)),
        lambda r: (Dense(1, 7, r), columns(r, 2, 1)),
        lambda r: (Dense(6, 1, r), columns(r, 3, 6)),
    ],
    ReLU: [lambda r: (ReLU(), columns(r, 5, 4)), lambda r: (ReLU(), columns(r, 1, 1))],
    Softmax: [lambda r: (Softmax(), columns(r, 5, 4)), lambda r: (Softmax(), columns(r, 1, 2))],
    Sigmoid: [lambda r: (Sigmoid(), columns(r, 5, 4)), lambda r: (Sigmoid(), columns(r, 2, 1))],
    Tanh: [lambda r: (Tanh(), columns(r, 5, 4)), lambda r: (Tanh(), columns(r, 2, 1))],
    Dropout: [
        lambda r: (training(Dropout(0.2, r)), columns(r, 5, 8)),
        lambda r: (training(Dropout(0.5, r)), columns(r, 1, 40)),
        lambda r: (Dropout(0.5, r), columns(r, 3, 4)),
    ],
    BatchNorm: [
        lambda r: (training(BatchNorm(3)), 2 * columns(r, 6, 3) + 1),
        lambda r: (training(BatchNorm(2)), columns(r, 4, 2)),
        lambda r: (training(BatchNorm(3)), 2 * pictures(r, 2, 3, 4, 2) + 1),
        lambda r: (BatchNorm(3), columns(r, 6, 3)),
        lambda r: (BatchNorm(2), pictures(r, 1, 2, 3, 3)),
    ],
    LayerNorm: [
        lambda r: (LayerNorm(5), 2 * columns(r, 4, 5) + 1),
        lambda r: (LayerNorm(4), r.standard_normal((2, 3, 4))),
        lambda r: (LayerNorm(6), r.standard_normal(6)),
    ],
    Conv2D: [
        lambda r: (Conv2D(1, 1, 1, r), pictures(r, 1, 1, 2, 3)),
        lambda r: (Conv2D(2, 3, 3, r), pictures(r, 3, 2, 5, 4)),
        lambda r: (Conv2D(3, 2, 3, r, padding=1), pictures(r, 2, 3, 4, 5)),
        lambda r: (Conv2D(2, 2, 3, r, stride=2, padding=2), pictures(r, 2, 2, 5, 7)),
        lambda r: (Conv2D(2, 2, 2, r, stride=3), pictures(r, 2, 2, 5, 8)),
    ],
    MaxPool2D: [
        lambda r: (MaxPool2D(2), pictures(r, 3, 2, 4, 6)),
        lambda r: (MaxPool2D(3, stride=1), pictures(r, 2, 2, 5, 4)),
        lambda r: (MaxPool2D(1, stride=2), pictures(r, 2, 1, 3, 5)),
    ],
    AveragePool2D: [
        lambda r: (AveragePool2D(2), pictures(r, 3, 2, 4, 6)),
        lambda r: (AveragePool2D(3, stride=2), pictures(r, 2, 2, 5, 7)),
    ],
    Flatten: [lambda r: (Flatten(), pictures(r, 2, 3, 4, 5))],
    RNN: [
        lambda r: (RNN(2, 3, r), sequences(r, 4, 5, 2)),
        lambda r: (RNN(3, 2, r), sequences(r, 2, 1, 3)),
        lambda r: (RNN(1, 4, r), sequences(r, 1, 7, 1)),
        lambda r: (RNN(3, 1, r), sequences(r, 1, 1, 3)),
        lambda r: (RNN(2, 3, r), sequences(r, 6, 4, 2).transpose(1, 0, 2)),
    ],
    LSTM: [
        lambda r: (LSTM(2, 3, r), sequences(r, 4, 5, 2)),
        lambda r: (LSTM(3, 2, r, forget_bias=-2.0), sequences(r, 2, 1, 3)),
        lambda r: (LSTM(1, 4, r), sequences(r, 1, 7, 1)),
        lambda r: (LSTM(3, 1, r), sequences(r, 1, 1, 3)),
        lambda r: (LSTM(2, 3, r), sequences(r, 6, 4, 2).transpose(1, 0, 2)),
    ],
    GRU: [
        lambda r: (GRU(2, 3, r), sequences(r, 4, 5, 2)),
        lambda r: (GRU(3, 2, r), sequences(r, 2, 1, 3)),
        lambda r: (GRU(1, 4, r), sequences(r, 1, 7, 1)),
        lambda r: (GRU(3, 1, r), sequences(r, 1, 1, 3)),
        lambda r: (GRU(2, 3, r), sequences(r, 6, 4, 2).transpose(1, 0, 2)),
    ],
    Embedding: [
        lambda r: (Embedding(5, 3, r), tokens(r, 4, 6)),
        lambda r: (Embedding(5, 1, r), tokens(r, 1, 1)),
        lambda r: (Embedding(7, 4, r), tokens(r, 3, 5).T),
    ],
    PerStep: [
        lambda r: (PerStep(Dense(3, 4, r)), sequences(r, 2, 5, 3)),
        lambda r: (PerStep(Dense(3, 4, r), Tanh(), Dense(4, 1, r)), sequences(r, 3, 4, 3)),
        lambda r: (PerStep(LayerNorm(3), Dense(3, 2, r)), sequences(r, 4, 1, 3).transpose(1, 0, 2)),
    ],
    MultiHeadAttention: [
        lambda r: (MultiHeadAttention(4, 1, r), sequences(r, 2, 5, 4)),
        lambda r: (MultiHeadAttention(4, 2, r), sequences(r, 3, 4, 4)),
        lambda r: (MultiHeadAttention(6, 3, r, causal=True), sequences(r, 2, 5, 6)),
        lambda r: (MultiHeadAttention(2, 2, r), sequences(r, 3, 1, 2)),
        lambda r: (MultiHeadAttention(3, 1, r, causal=True), sequences(r, 1, 1, 3)),
        lambda r: (ending_at(MultiHeadAttention(4, 2, r), 2, 5, 1), sequences(r, 3, 5, 4)),
        lambda r: (
            ending_at(MultiHeadAttention(4, 2, r, causal=True), 2, 5, 1), sequences(r, 3, 5, 4)
        ),
        lambda r: (MultiHeadAttention(4, 2, r), sequences(r, 5, 2, 4).transpose(1, 0, 2)),
    ],
    PositionalEncoding: [
        lambda r: (PositionalEncoding(), sequences(r, 2, 5, 4)),
        lambda r: (PositionalEncoding(), sequences(r, 1, 1, 3)),
    ],
    LastStep: [
        lambda r: (LastStep(), sequences(r, 3, 4, 2)),
        lambda r: (LastStep(), sequences(r, 1, 1, 3)),
        lambda r: (ending_at(LastStep(), 2, 4, 1), sequences(r, 3, 4, 2)),
    ],
    Residual: [
        lambda r: (Residual(Dense(4, 6, r), Tanh(), Dense(6, 4, r)), columns(r, 5, 4)),
        lambda r: (Residual(LayerNorm(5), Dense(5, 5, r)), r.standard_normal((3, 5))),
        lambda r: (Residual(Residual(Dense(3, 3, r)), Sequential(Sigmoid())), columns(r, 2, 3)),
        lambda r: (
            training(Residual(BatchNorm(2), Tanh(), Conv2D(2, 2, 3, r, padding=1))),
            pictures(r, 3, 2, 4, 3),
        ),
        lambda r: (Residual(Conv2D(1, 3, 3, r, padding=1), ReLU(), Conv2D(3, 1, 1, r)),
                   pictures(r, 2, 1, 3, 4)),
    ],
    Sequential: [
        lambda r: (many_to_one(r), sequences(r, 3, 4, 2)),
        lambda r: (ending_at(many_to_one(r), 2, 4, 1), sequences(r, 3, 4, 2)),
        lambda r: (character_model(r), tokens(r, 3, 4)),
        lambda r: (transformer(r), tokens(r, 3, 4)),
        lambda r: (ending_at(transformer(r), 2, 4, 1), tokens(r, 3, 4)),
        lambda r: (training(convolutional(r)), pictures(r, 4, 1, 6, 6)),
        lambda r: (convolutional(r), pictures(r, 2, 1, 6, 6)),
        lambda r: (deep(r), columns(r, 3, 4)),
        lambda r: (training(deep(r)), columns(r, 3, 4)),
        lambda r: (Sequential(Sequential(Dense(2, 2, r))), columns(r, 4, 2)),
    ],
}


def labels(rng, rows, classes):
    return rng.integers(0, classes, rows)


def some_missing(rng, *shape):
    """Labels 0 … 3, of which about a third are −1, but not the first."""
    t = np.where(rng.random(shape) < 0.3, -1, rng.integers(0, 4, shape))
    t[0, 0] = 2
    return t


def errors(rng, shape, *kinks):
    """Predictions and targets whose differences keep away from the kinks."""
    t = rng.standard_normal(shape)
    return t + away_from_kinks(2 * rng.standard_normal(shape), *kinks), t


# Class -> cases: (loss, outputs, targets).
LOSS_CASES = {
    CrossEntropy: [
        lambda r: (CrossEntropy(), softmax(columns(r, 5, 3)), labels(r, 5, 3)),
        lambda r: (CrossEntropy(), softmax(columns(r, 1, 2)), labels(r, 1, 2)),
    ],
    SoftmaxCrossEntropy: [
        lambda r: (SoftmaxCrossEntropy(), 3 * columns(r, 5, 3), labels(r, 5, 3)),
        lambda r: (SoftmaxCrossEntropy(), columns(r, 1, 10), labels(r, 1, 10)),
    ],
    SequenceCrossEntropy: [
        lambda r: (SequenceCrossEntropy(), sequences(r, 3, 5, 4), some_missing(r, 3, 5)),
        lambda r: (SequenceCrossEntropy(), 3 * sequences(r, 1, 1, 4), some_missing(r, 1, 1)),
    ],
    BinaryCrossEntropy: [
        lambda r: (BinaryCrossEntropy(), 3 * columns(r, 5, 1), r.integers(0, 2, (5, 1))),
        lambda r: (BinaryCrossEntropy(), columns(r, 4, 3), r.random((4, 3))),
    ],
    MeanSquaredError: [
        lambda r: (MeanSquaredError(), *errors(r, (5, 1))),
        lambda r: (MeanSquaredError(), *errors(r, (4, 3))),
    ],
    MeanAbsoluteError: [
        lambda r: (MeanAbsoluteError(), *errors(r, (5, 1), 0)),
        lambda r: (MeanAbsoluteError(), *errors(r, (4, 3), 0)),
    ],
    Huber: [
        lambda r: (Huber(), *errors(r, (5, 2), -1, 1)),
        lambda r: (Huber(0.3), *errors(r, (4, 3), -0.3, 0.3)),
    ],
}

# Class -> a function (strength, mask) -> penalty.
PENALTY_CASES = {L1: L1, L2: L2}

COVERED = {*LAYER_CASES, *LOSS_CASES, *PENALTY_CASES}


def flat(cases):
    return [
        pytest.param(case, id=f"{cls.__name__}-{i}")
        for cls, some in cases.items()
        for i, case in enumerate(some)
    ]


def error_of_loss(make, seed):
    return loss_gradient_check(*make(np.random.default_rng(seed)))


def worst_error(layer, x, rng):
    return max(gradient_check(layer, x, rng).values())


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", flat(LAYER_CASES))
def test_layer(make, seed):
    rng = np.random.default_rng(seed)
    layer, x = make(rng)
    found = gradient_check(layer, x, rng)
    expected = {path for path, _, _ in slots(layer)} | ({"x"} if x.dtype.kind == "f" else set())
    assert set(found) == expected  # tokens, which are whole numbers, have no gradient
    assert max(found.values()) < LIMIT, found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", flat(LOSS_CASES))
def test_loss(make, seed):
    assert error_of_loss(make, seed) < LIMIT


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("make", PENALTY_CASES.values(), ids=lambda cls: cls.__name__)
def test_penalty(make, seed):
    rng = np.random.default_rng(seed)
    theta = away_from_kinks(rng.standard_normal(12), 0)
    for mask in (True, rng.random(12) < 0.5):
        penalty = make(0.3, mask)
        penalty.forward(theta)
        exact = penalty.backward()
        assert relative_error(exact, numerical_gradient(penalty.forward, theta)) < LIMIT


def course_classes():
    """Every class of the course's modules, those of later chapters included."""
    for info in pkgutil.iter_modules(nnfs_helpers.__path__):
        if info.name not in FURNITURE:
            module = importlib.import_module(f"nnfs_helpers.{info.name}")
            for thing in vars(module).values():
                if isinstance(thing, type) and thing.__module__ == module.__name__:
                    yield thing


def uncovered(classes):
    """Those that bring a `backward` of their own and stand in no list of cases."""
    return [cls for cls in classes if "backward" in vars(cls) and cls not in COVERED]


def test_every_backward_of_the_package_is_checked():
    classes = set(course_classes())
    assert uncovered(classes) == []
    assert COVERED <= classes


def test_a_new_backward_would_be_noticed():
    class New(Layer):
        def backward(self, dy):
            return dy

    class Inherits(Dense):
        pass

    assert uncovered([New, Inherits, Dense]) == [New]


@pytest.mark.parametrize("make", flat(LAYER_CASES))
def test_every_covered_class_takes_part_in_its_own_case(make, request):
    name = request.node.callspec.id.split("-")[0]
    assert type(make(np.random.default_rng(0))[0]).__name__ == name


# The gradient of a whole network, loss and penalty included


def test_the_gradient_of_all_parameters_at_once():
    rng = np.random.default_rng(5)
    net = Sequential(Dense(3, 4, rng), Tanh(), Sequential(Dense(4, 3, rng)))
    parameters = Parameters(net, np.float64)
    x, t, loss = rng.standard_normal((6, 3)), labels(rng, 6, 3), SoftmaxCrossEntropy()
    penalty = L2(0.1, weight_mask(parameters))

    def f(theta):
        parameters.theta[:] = theta
        return loss.forward(net.forward(x), t) + penalty.forward(theta)

    start = parameters.theta.copy()
    numerical = numerical_gradient(f, start)
    f(start)
    net.backward(loss.backward())
    assert relative_error(parameters.grad + penalty.backward(), numerical) < LIMIT


def test_without_needs_dx_only_the_input_s_gradient_is_left_out():
    rng = np.random.default_rng(0)
    net, x = Sequential(Dense(3, 4, rng), Dense(4, 2, rng)), columns(rng, 5, 3)
    dy = rng.standard_normal((5, 2))
    net.forward(x)
    assert net.backward(dy).shape == x.shape
    first = net.children[0]
    kept = first.dW, first.db
    first.needs_dx = False
    assert net.backward(dy) is None
    np.testing.assert_array_equal(first.dW, kept[0])
    np.testing.assert_array_equal(first.db, kept[1])
    assert worst_error(net, x, rng) < LIMIT  # the check computes it all the same


def test_padding_changes_no_gradient():
    """Sequences of lengths 3, 5 and 1 in one padded batch, and each alone: the same sums."""
    rng = np.random.default_rng(0)
    net, loss = many_to_one(rng), MeanSquaredError()
    parameters = Parameters(net, np.float64)
    some, t = [rng.standard_normal((n, 2)) for n in (3, 5, 1)], rng.standard_normal((3, 2))
    alone, outputs = 0.0, []
    for x, one in zip(some, t):
        outputs.append(net.forward(x[None])[0])
        loss.forward(outputs[-1][None], one[None])
        net.backward(loss.backward())
        alone = alone + parameters.grad / 3
    x, mask = pad(some, 7.0)
    set_mask(net, mask)
    y = net.forward(x)
    np.testing.assert_allclose(y, outputs, rtol=1e-12)
    loss.forward(y, t)
    dx = net.backward(loss.backward())
    assert (dx[~mask] == 0).all() and (dx[mask] != 0).all()
    np.testing.assert_allclose(parameters.grad, alone, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("make", [character_model, causal_transformer, masked_transformer])
def test_padding_changes_no_gradient_of_a_model_of_words(make):
    """Three words in one batch, and each alone: the same sums over all real steps."""
    net, loss = make(np.random.default_rng(0)), SequenceCrossEntropy()
    parameters = Parameters(net, np.float64)
    words, total, steps, gradient = ["da", "abcd", "b"], 0.0, 0, 0.0
    for word in words:
        x, t = next_tokens([word], "abcd")
        total += loss.forward(net.forward(x), t) * t.size
        net.backward(loss.backward())
        gradient, steps = gradient + parameters.grad * t.size, steps + t.size
    x, t = next_tokens(words, "abcd")
    assert x.shape == (3, 5) and (t == -1).sum() == 5
    if make == masked_transformer:
        set_mask(net, t != -1)
    assert loss.forward(net.forward(x), t) == pytest.approx(total / steps, rel=1e-12)
    net.backward(loss.backward())
    np.testing.assert_allclose(parameters.grad, gradient / steps, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("heads", [1, 2])
def test_causal_attention_does_not_see_the_future(heads):
    """A change of step k changes no earlier output; a message to step k reaches no later input."""
    rng = np.random.default_rng(0)
    net = Sequential(*(transformer_block(4, heads, rng, causal=True) for _ in range(2)))
    x = rng.standard_normal((2, 6, 4))
    y = net.forward(x)
    for k in range(6):
        changed, dy = x.copy(), np.zeros_like(x)
        changed[:, k, 0] += 1  # on all features alike, LayerNorm would take it away
        moved = np.abs(net.forward(changed) - y).max(axis=(0, 2))
        assert (moved[:k] == 0).all() and (moved[k:] > 1e-6).all()
        net.forward(x)
        dy[:, k] = rng.standard_normal(4)
        slopes = np.abs(net.backward(dy)).max(axis=(0, 2))
        assert (slopes[k + 1 :] == 0).all() and (slopes[: k + 1] > 1e-9).all()


def test_without_positions_attention_does_not_know_the_order():
    rng = np.random.default_rng(0)
    block, x = transformer_block(6, 3, rng), rng.standard_normal((2, 7, 6))
    order = rng.permutation(7)
    np.testing.assert_allclose(block.forward(x[:, order]), block.forward(x)[:, order], rtol=1e-9)
    placed = Sequential(PositionalEncoding(), block)
    assert np.abs(placed.forward(x[:, order]) - placed.forward(x)[:, order]).max() > 0.01


def test_positions_are_sines_and_cosines_of_slower_and_slower_turns():
    """Features 0 and 1 turn by 1 a step, features 2 and 3 by 10000^(−2/4) = 0.01, rounded once."""
    t = np.arange(3.0)
    expected = np.stack([np.sin(t), np.cos(t), np.sin(t / 100), np.cos(t / 100)], axis=1)
    added = PositionalEncoding().forward(np.zeros((2, 3, 4)))
    np.testing.assert_allclose(added, [expected] * 2, rtol=0, atol=1e-7)


def test_the_forget_bias_says_what_is_kept_of_a_memory():
    """Written once, at the first step, a memory of 1 shrinks to σ(bias) of it at every other."""
    layer = LSTM(1, 2, np.random.default_rng(0), forget_bias=np.log(3))  # σ(ln 3) = 3/4
    layer.W[:], layer.U[:] = 0, 0
    layer.W[0, :2], layer.b[:2], layer.W[0, 4:6] = 100, -50, 100  # the input opens its own gate
    layer.forward(np.array([1.0, 0, 0, 0]).reshape(1, 4, 1))
    np.testing.assert_allclose(layer.c[1:, 0, 0], 0.75 ** np.arange(4), rtol=1e-6)


def test_an_embedding_is_a_one_hot_product():
    rng = np.random.default_rng(0)
    layer, dense, x = Embedding(5, 3, rng), Dense(5, 3, rng), tokens(rng, 4, 6)
    dense.W, dy, one_hot = layer.W, rng.standard_normal((4, 6, 3)), np.eye(5)[x].reshape(-1, 5)
    np.testing.assert_array_equal(layer.forward(x).reshape(-1, 3), dense.forward(one_hot))
    assert layer.backward(dy) is None
    dense.backward(dy.reshape(-1, 3))
    np.testing.assert_allclose(layer.dW, dense.dW, rtol=1e-12)


def test_words_become_tokens():
    x, t = next_tokens(["cab", "a", ""], "abc")
    assert x.dtype == np.float64 and t.dtype.kind == "i"
    assert x.tolist() == [[0, 3, 1, 2], [0, 1, 0, 0], [0, 0, 0, 0]]
    assert t.tolist() == [[3, 1, 2, 0], [1, 0, -1, -1], [0, -1, -1, -1]]


def test_a_model_that_begins_with_a_residual_block_gets_all_gradients():
    rng = np.random.default_rng(0)
    x, t = rng.standard_normal((5, 3)), rng.standard_normal((5, 3))
    net, loss = Sequential(Residual(Dense(3, 3, rng), Tanh(), Dense(3, 3, rng))), MeanSquaredError()
    parameters = Model(net, loss).parameters
    loss.forward(net.forward(x), t)
    net.backward(loss.backward())
    exact = [layer.dW.copy() for layer in net.children[0].children[::2]]
    wholly = float64_copy(net)
    wholly.forward(x)
    wholly.backward(loss.backward())
    for dW, layer in zip(exact, wholly.children[0].children[::2]):
        assert relative_error(dW, layer.dW) < 1e-5
    assert parameters.grad.all() and worst_error(net, x, rng) < LIMIT


# The check itself: does it find the usual mistakes, and leave all as it was?


class NotTransposed(Dense):  # the shapes fit as long as W is square
    def backward(self, dy):
        super().backward(dy)
        return dy @ self.W


class MeanBias(Dense):
    def backward(self, dy):
        dx = super().backward(dy)
        self.db = dy.mean(axis=0)
        return dx


class FirstRowBias(Dense):
    def backward(self, dy):
        dx = super().backward(dy)
        self.db = dy[0]
        return dx


class UnsummedBias(Dense):
    def backward(self, dy):
        dx = super().backward(dy)
        self.db = dy
        return dx


class TransposedWeights(Dense):
    def backward(self, dy):
        dx = super().backward(dy)
        self.dW = self.dW.T
        return dx


class AveragedWeights(Dense):
    def backward(self, dy):
        dx = super().backward(dy)
        self.dW = self.dW / len(dy)
        return dx


class NoMask(ReLU):
    def backward(self, dy):
        return dy


class InvertedMask(ReLU):
    def backward(self, dy):
        return dy * (self.y <= 0)


class DiagonalSoftmax(Softmax):
    def backward(self, dy):
        return dy * self.y * (1 - self.y)


class SigmoidOfSigmoid(Sigmoid):
    def backward(self, dy):
        return dy * self.y


class TanhNotSquared(Tanh):
    def backward(self, dy):
        return dy * (1 - self.y)


class DropoutUnscaled(Dropout):
    def backward(self, dy):
        return dy * self.keep


class DropoutForgetsMask(Dropout):
    def backward(self, dy):
        return dy / (1 - self.rate)


class WrongSign(Dense):
    def backward(self, dy):
        return -super().backward(dy)


class ForgottenShortcut(Residual):
    def backward(self, dy):
        return self.branch.backward(dy)


class Forwards(Sequential):
    def backward(self, dy):
        for layer in self.children:
            dy = layer.backward(dy)
        return dy


WRONG_LAYERS = [
    (lambda r: NotTransposed(4, 4, r), {"x"}),
    (lambda r: MeanBias(4, 4, r), {"b"}),
    (lambda r: FirstRowBias(4, 4, r), {"b"}),
    (lambda r: TransposedWeights(4, 4, r), {"W"}),
    (lambda r: AveragedWeights(4, 4, r), {"W"}),
    (lambda r: WrongSign(4, 4, r), {"x"}),
    (lambda r: NoMask(), {"x"}),
    (lambda r: InvertedMask(), {"x"}),
    (lambda r: DiagonalSoftmax(), {"x"}),
    (lambda r: SigmoidOfSigmoid(), {"x"}),
    (lambda r: TanhNotSquared(), {"x"}),
    (lambda r: training(DropoutUnscaled(0.5, r)), {"x"}),
    (lambda r: training(DropoutForgetsMask(0.5, r)), {"x"}),
    (lambda r: Sequential(Dense(4, 4, r), MeanBias(4, 4, r)), {"1.b"}),
    (lambda r: Sequential(Sequential(Dense(4, 4, r)), NoMask()), {"x", "0.0.W", "0.0.b"}),
    (lambda r: ForgottenShortcut(Dense(4, 4, r)), {"x"}),
    (lambda r: Sequential(Dense(4, 4, r), ForgottenShortcut(Dense(4, 4, r))), {"x", "0.W", "0.b"}),
    (lambda r: Forwards(Dense(4, 4, r), Dense(4, 4, r)), {"x", "0.W", "0.b", "1.W", "1.b"}),
]


@pytest.mark.parametrize("make, wrong", WRONG_LAYERS)
def test_a_wrong_layer_is_found_and_its_path_named(make, wrong):
    rng = np.random.default_rng(1)
    found = gradient_check(make(rng), columns(rng, 6, 4), rng)
    assert {path for path, error in found.items() if not error < 1e-3} == wrong
    assert all(error < LIMIT for path, error in found.items() if path not in wrong)


@pytest.mark.parametrize("wrong", [UnsummedBias, TransposedWeights])
def test_a_gradient_of_the_wrong_shape_is_named(wrong):
    rng = np.random.default_rng(1)
    with pytest.raises(ValueError, match="one shape"):
        gradient_check(wrong(4, 3, rng), columns(rng, 6, 4), rng)


class Undivided(SoftmaxCrossEntropy):  # the 1/N is missing
    def backward(self):
        return super().backward() * len(self.p)


class DividedByElements(SoftmaxCrossEntropy):
    def backward(self):
        return super().backward() / self.p.shape[1]


class NotMinusOne(SoftmaxCrossEntropy):
    def backward(self):
        return self.p / len(self.p)


class NoTwo(MeanSquaredError):
    def backward(self):
        return super().backward() / 2


class Reversed(MeanSquaredError):
    def backward(self):
        return -super().backward()


class Uncut(Huber):
    def backward(self):
        return self.error / self.error.size


class ByRows(BinaryCrossEntropy):
    def backward(self):
        return super().backward() * self.y.shape[1]


WRONG_LOSSES = {
    SoftmaxCrossEntropy: [Undivided, DividedByElements, NotMinusOne],
    MeanSquaredError: [NoTwo, Reversed],
    Huber: [Uncut],
    BinaryCrossEntropy: [ByRows],
}


@pytest.mark.parametrize(
    "right, wrong", [(right, wrong) for right, some in WRONG_LOSSES.items() for wrong in some]
)
def test_a_wrong_loss_is_found(right, wrong):
    _, y, t = LOSS_CASES[right][-1](np.random.default_rng(0))
    y, t = np.concatenate([y, y]), np.concatenate([t, t])  # two rows at least
    assert loss_gradient_check(right(), y, t) < LIMIT
    assert loss_gradient_check(wrong(), y, t) > 1e-2


def test_the_check_leaves_layer_and_input_as_they_were():
    rng = np.random.default_rng(0)
    net, x = training(deep(rng)), columns(rng, 3, 4)
    before, x_before = [getattr(layer, name).copy() for _, layer, name in slots(net)], x.copy()
    net.children[0].needs_dx = False
    state = net.children[3].rng.bit_generator.state
    gradient_check(net, x, np.random.default_rng(1))
    for (_, layer, name), values in zip(slots(net), before):
        assert getattr(layer, name).dtype == np.float32
        np.testing.assert_array_equal(getattr(layer, name), values)
        assert not hasattr(layer, "d" + name)
    assert net.children[0].needs_dx is False and net.children[3].training
    assert net.children[3].rng.bit_generator.state == state
    np.testing.assert_array_equal(x, x_before)


def test_the_loss_check_leaves_outputs_and_targets_as_they_were():
    loss, y, t = LOSS_CASES[SoftmaxCrossEntropy][0](np.random.default_rng(0))
    y_before, t_before = y.copy(), t.copy()
    loss_gradient_check(loss, y, t)
    np.testing.assert_array_equal(y, y_before)
    np.testing.assert_array_equal(t, t_before)


def test_the_check_differs_little_on_float32_data():
    rng = np.random.default_rng(0)
    x = columns(rng, 4, 4).astype(np.float32)
    for layer in (Tanh(), Softmax(), Sequential(Dense(4, 3, rng), Sigmoid())):
        assert worst_error(layer, x, rng) < 1e-6
    assert loss_gradient_check(MeanSquaredError(), x, np.zeros_like(x)) < LIMIT


# Numerical gradients


def test_numerical_gradient_of_known_functions():
    x = np.random.default_rng(0).standard_normal((2, 3, 2))
    for f, exact in [
        (lambda x: (x * x).sum(), 2 * x),
        (lambda x: np.sin(x).sum(), np.cos(x)),
        (lambda x: np.prod(x), np.prod(x) / x),
    ]:
        assert relative_error(numerical_gradient(f, x), exact) < 1e-9
    assert numerical_gradient(lambda x: x**3, 2.0) == pytest.approx(12)


def test_the_error_of_central_differences_falls_with_the_square_of_h():
    steps = np.logspace(-3, -1, 9)
    x = np.array([0.3, 1.1])
    errors = [
        np.abs(numerical_gradient(lambda x: np.exp(x).sum(), x, h) - np.exp(x)).max()
        for h in steps
    ]
    slope = np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert abs(slope - 2) < 0.1


def test_numerical_gradient_of_whole_numbers_and_float32_is_taken_in_float64():
    for x in (np.array([1, 2]), np.array([1, 2], dtype=np.float32)):
        gradient = numerical_gradient(lambda x: (x**3).sum(), x)
        assert gradient.dtype == np.float64
        np.testing.assert_allclose(gradient, [3, 12], rtol=1e-9)


def test_numerical_gradient_hands_over_a_new_array_each_time():
    seen = []
    x = np.zeros(3)

    def f(x):
        seen.append(x)
        x += 1  # a function that spoils its argument spoils no more than that
        return x.sum()

    np.testing.assert_allclose(numerical_gradient(f, x), 1)
    assert len({id(array) for array in seen}) == 6 and not x.any()


def test_relative_error():
    assert relative_error(np.array([1.0, 2.0]), np.array([1.0, 2.5])) == 0.2
    assert relative_error(np.zeros(3), np.zeros(3)) == 0
    assert np.isnan(relative_error(np.array([np.nan, 1.0]), np.ones(2)))
