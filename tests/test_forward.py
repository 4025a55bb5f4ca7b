"""Every `forward` and every metric against numbers worked out by hand or by SciPy."""

import math
import warnings

import numpy as np
import pytest
from conftest import require

from nnfs_helpers import (
    L1,
    L2,
    BinaryCrossEntropy,
    CrossEntropy,
    Dense,
    Dropout,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
    Parameters,
    ReLU,
    Sequential,
    Sigmoid,
    Softmax,
    SoftmaxCrossEntropy,
    Standardizer,
    Tanh,
    accuracy,
    auc,
    binary_accuracy,
    bootstrap_interval,
    confusion_matrix,
    expected_calibration_error,
    mcnemar,
    pixels_to_inputs,
    precision_recall_f1,
    r2,
    roc_curve,
    root_mean_squared_error,
    set_training,
    sigmoid,
    softmax,
    weight_mask,
)


def rng(seed=0):
    return np.random.default_rng(seed)


@pytest.fixture
def strict():
    """Turns every warning, such as an overflow, into an error."""
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        yield


def pocket():
    """Two inputs, three ReLU neurons, two outputs, all numbers small."""
    net = Sequential(Dense(2, 3, rng()), ReLU(), Dense(3, 2, rng()))
    first, _, last = net.children
    first.W = np.array([[1.0, -1.0, 2.0], [0.5, 1.0, -1.0]])
    first.b = np.array([0.0, 1.0, -0.5])
    last.W = np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 3.0]])
    last.b = np.array([0.5, -0.5])
    return net


# Layers


def test_dense_is_a_weighted_sum_plus_bias():
    dense = pocket().children[0]
    # 1·1 + 2·0.5 + 0 = 2;  −1 + 2 + 1 = 2;  2 − 2 − 0.5 = −0.5
    assert dense.forward(np.array([[1.0, 2.0]])).tolist() == [[2.0, 2.0, -0.5]]


def test_the_pocket_network_by_hand():
    # hidden (2, 2, 0): 2·1 + 2·2 + 0.5 = 6.5;  −2 + 0 − 0.5 = −2.5
    # hidden (0.5, 2, 0) for the input (0, 1): 0.5 + 4 + 0.5 = 5;  −2 − 0.5 = −2.5
    y = pocket().forward([[1.0, 2.0], [0.0, 1.0]])
    assert y.tolist() == [[6.5, -2.5], [5.0, -2.5]]


def test_dense_starts_with_he_s_spread_and_zero_bias():
    dense = Dense(500, 400, rng())
    assert abs(dense.W.std() / math.sqrt(2 / 500) - 1) < 0.01
    assert abs(dense.W.mean()) < 4 * math.sqrt(2 / 500) / math.sqrt(dense.W.size)
    assert not dense.b.any()
    assert dense.W.shape == (500, 400) and dense.b.shape == (400,)
    assert dense.W.dtype == dense.b.dtype == np.float32


def test_he_s_spread_keeps_the_signal_through_ten_layers():
    r = rng()
    x = r.standard_normal((500, 200))
    deep = Sequential(*[layer for _ in range(10) for layer in (Dense(200, 200, r), ReLU())])
    mean_square = (deep.forward(x) ** 2).mean()  # 1 for x; halved by ReLU, doubled by 2 / n_in
    assert 0.5 < mean_square < 2


def test_relu_sigmoid_tanh_at_hand_computed_points():
    x = np.array([[-2.0, 0.0, 3.0]])
    assert ReLU().forward(x).tolist() == [[0.0, 0.0, 3.0]]
    expected = [[1 / (1 + math.exp(2)), 0.5, 1 / (1 + math.exp(-3))]]
    np.testing.assert_allclose(Sigmoid().forward(x), expected, rtol=1e-14)
    np.testing.assert_allclose(Tanh().forward(x), [[math.tanh(-2), 0, math.tanh(3)]], rtol=1e-14)


def test_softmax_by_hand():
    # e^0 : e^ln2 : e^ln5 = 1 : 2 : 5
    p = softmax(np.log([[1.0, 2.0, 5.0], [3.0, 3.0, 2.0]]))
    np.testing.assert_allclose(p, [[0.125, 0.25, 0.625], [0.375, 0.375, 0.25]], rtol=1e-14)
    np.testing.assert_array_equal(Softmax().forward(np.log([[1.0, 2.0, 5.0]])), p[:1])


def test_softmax_of_huge_scores(strict):
    p = softmax(np.array([1000.0, 1001.0, 1002.0]))
    np.testing.assert_allclose(p, softmax(np.array([0.0, 1.0, 2.0])), rtol=1e-14)
    np.testing.assert_allclose(p, [0.09003057, 0.24472847, 0.66524096], atol=1e-8)
    assert softmax(np.array([[-1e300, 0.0, 1e300]])).tolist() == [[0.0, 0.0, 1.0]]


def test_softmax_and_sigmoid_of_whole_numbers_do_not_wrap_around():
    small = np.array([[1, 2, 3]], dtype=np.uint8)
    np.testing.assert_array_equal(softmax(small), softmax(small.astype(float)))
    np.testing.assert_array_equal(sigmoid(small), sigmoid(small.astype(float)))
    assert ReLU().forward([[-1, 2]]).tolist() == [[0, 2]]


def test_sigmoid_far_out(strict):
    s = sigmoid(np.array([-1000.0, -745.0, -40.0, 0.0, 40.0, 1000.0]))
    assert s[0] == 0 and s[3] == 0.5 and s[5] == 1
    np.testing.assert_allclose(s[2], math.exp(-40), rtol=1e-12)


def test_library_values_of_the_activations():
    special = require("scipy.special")
    x = rng().normal(scale=5, size=(20, 7))
    np.testing.assert_allclose(softmax(x), special.softmax(x, axis=1), rtol=1e-12)
    np.testing.assert_allclose(sigmoid(x), special.expit(x), rtol=1e-12)


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.8])  # at 0.5, dividing by either share is the same
def test_dropout_keeps_the_mean_and_drops_its_share(rate):
    dropout = Dropout(rate, rng())
    dropout.training = True
    y = dropout.forward(np.ones((1000, 1000)))
    assert abs(y.mean() - 1) < 0.01
    assert abs((y == 0).mean() - rate) < 0.005
    np.testing.assert_allclose(np.unique(y), [0, 1 / (1 - rate)], rtol=1e-12)


def test_dropout_sends_the_gradient_through_the_same_mask():
    dropout = Dropout(0.2, rng())
    dropout.training = True
    y = dropout.forward(np.ones((50, 50)))
    np.testing.assert_array_equal(dropout.backward(np.ones((50, 50))), y)


def test_dropout_is_the_identity_outside_training():
    x, net = rng().standard_normal((5, 4)), Sequential(Sequential(Dropout(0.9, rng())))
    set_training(net, True)
    assert not np.array_equal(net.forward(x), x)
    set_training(net, False)
    for _ in range(3):
        np.testing.assert_array_equal(net.forward(x), x)
    np.testing.assert_array_equal(net.backward(x), x)


def test_dropout_draws_a_new_mask_every_time_and_the_same_from_the_same_seed():
    a, b = Dropout(0.5, rng(7)), Dropout(0.5, rng(7))
    a.training = b.training = True
    x = np.ones((10, 10))
    first = a.forward(x)
    np.testing.assert_array_equal(first, b.forward(x))
    assert not np.array_equal(first, a.forward(x))


def test_sequential_refuses_what_is_no_stack_of_layers():
    layer = ReLU()
    for wrong in ([[Dense(2, 2, rng())]], [], [layer, layer], [ReLU], [Dense(2, 2, rng()), "ReLU"]):
        with pytest.raises(ValueError, match="Sequential"):
            Sequential(*wrong)


# Losses and penalties

P = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])


def test_cross_entropy_by_hand():
    expected = -(math.log(0.25) + math.log(0.8)) / 2
    assert CrossEntropy().forward(P, [2, 1]) == pytest.approx(expected, rel=1e-14)


def test_cross_entropy_clips_a_probability_of_zero(strict):
    loss = CrossEntropy()
    assert loss.forward(np.array([[1.0, 0.0]]), [1]) == pytest.approx(-math.log(1e-12))
    assert np.isfinite(loss.backward()).all()


def test_cross_entropy_of_whole_number_probabilities_has_its_gradient():
    loss = CrossEntropy()
    assert loss.forward(np.array([[0, 1], [1, 0]]), [1, 0]) == 0
    assert loss.backward().tolist() == [[0, -0.5], [-0.5, 0]]


def test_softmax_cross_entropy_by_hand_and_as_its_two_halves():
    scores = np.log(P) + np.array([[3.0], [-2.0]])  # a shift of a row changes nothing
    fused = SoftmaxCrossEntropy()
    assert fused.forward(scores, [2, 1]) == pytest.approx(-math.log(0.25 * 0.8) / 2, rel=1e-14)
    np.testing.assert_allclose(fused.activation(scores), P, rtol=1e-14)
    np.testing.assert_allclose(fused.backward(), [[0.25, 0.125, -0.375], [0.05, -0.1, 0.05]])
    softmax_layer, plain = Softmax(), CrossEntropy()
    plain.forward(softmax_layer.forward(scores), [2, 1])
    np.testing.assert_allclose(softmax_layer.backward(plain.backward()), fused.backward())


def test_softmax_cross_entropy_with_huge_gaps(strict):
    loss = SoftmaxCrossEntropy()
    scores = np.array([[1e6, 0.0], [0.0, 1e6]])
    assert loss.forward(scores, [0, 1]) == 0
    assert loss.forward(scores, [1, 0]) == 1e6
    np.testing.assert_array_equal(loss.backward(), [[0.5, -0.5], [-0.5, 0.5]])


def test_softmax_cross_entropy_of_a_guess_is_the_log_of_the_classes():
    assert SoftmaxCrossEntropy().forward(np.zeros((4, 10)), np.arange(4)) == pytest.approx(
        math.log(10), rel=1e-14
    )


def test_binary_cross_entropy_by_hand():
    loss, scores = BinaryCrossEntropy(), np.array([[math.log(3)], [0.0]])  # p = 0.75 and 0.5
    expected = -(math.log(0.75) + math.log(0.5)) / 2
    assert loss.forward(scores, [[1], [0]]) == pytest.approx(expected, rel=1e-14)
    np.testing.assert_allclose(loss.backward(), [[-0.125], [0.25]], rtol=1e-14)
    np.testing.assert_allclose(loss.activation(scores), [[0.75], [0.5]], rtol=1e-14)


def test_binary_cross_entropy_far_out(strict):
    loss, scores = BinaryCrossEntropy(), np.array([[1000.0], [-1000.0]])
    assert loss.forward(scores, [[1], [0]]) == 0
    assert loss.forward(scores, [[0], [1]]) == 1000
    np.testing.assert_array_equal(loss.backward(), [[0.5], [-0.5]])


def test_the_regression_losses_by_hand():
    y, t = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.5, 2.0], [0.0, 0.0]])
    # errors −0.5, 0, 3, −1
    assert MeanSquaredError().forward(y, t) == (0.25 + 9 + 1) / 4
    assert MeanAbsoluteError().forward(y, t) == 4.5 / 4
    # 0.5² / 2,  0,  1 · (3 − 0.5),  1² / 2
    assert Huber().forward(y, t) == (0.125 + 2.5 + 0.5) / 4
    # 0.5² / 2,  0,  2 · (3 − 1),  1² / 2
    assert Huber(2.0).forward(y, t) == (0.125 + 4 + 0.5) / 4


def test_the_regression_gradients_by_hand():
    y, t = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.5, 2.0], [0.0, 0.0]])
    for loss, expected in [
        (MeanSquaredError(), [[-0.25, 0], [1.5, -0.5]]),
        (MeanAbsoluteError(), [[-0.25, 0], [0.25, -0.25]]),
        (Huber(2.0), [[-0.125, 0], [0.5, -0.25]]),
    ]:
        loss.forward(y, t)
        assert loss.backward().tolist() == expected


def test_losses_take_small_whole_numbers_as_what_they_are():
    y, t = np.array([[1]], dtype=np.uint8), np.array([[3]], dtype=np.uint8)
    assert MeanSquaredError().forward(y, t) == 4
    assert MeanAbsoluteError().forward(y, t) == 2
    assert root_mean_squared_error(y, t) == 2


def test_penalties_by_hand():
    theta, mask = np.array([1.0, -2.0, 0.0, 3.0]), np.array([True, True, True, False])
    assert L2(0.5).forward(theta) == 0.5 * 14
    assert L1(0.5).forward(theta) == 0.5 * 6
    l1, l2 = L1(0.5, mask), L2(0.5, mask)
    assert (l1.forward(theta), l2.forward(theta)) == (1.5, 2.5)
    assert l1.backward().tolist() == [0.5, -0.5, 0, 0]
    assert l2.backward().tolist() == [1, -2, 0, 0]


def test_weight_mask_spares_the_biases():
    parameters = Parameters(Sequential(Dense(2, 3, rng()), ReLU(), Dense(3, 1, rng())))
    assert weight_mask(parameters).tolist() == [True] * 6 + [False] * 3 + [True] * 3 + [False]


# Metrics


def test_accuracy_and_its_ties():
    assert accuracy(np.array([[0.1, 0.9], [0.8, 0.2], [0.5, 0.5]]), [1, 1, 0]) == 2 / 3
    assert accuracy([[1, 1], [1, 1]], [0, 1]) == 0.5  # a tie goes to the first class


def test_binary_accuracy():
    assert binary_accuracy(np.array([[0.4], [0.5], [0.9]]), [[0], [1], [0]]) == 2 / 3


def test_confusion_matrix_has_true_rows_and_predicted_columns():
    assert confusion_matrix([0, 1, 1, 2], [0, 0, 1, 2], 3).tolist() == [
        [1, 1, 0], [0, 1, 0], [0, 0, 1]
    ]  # fmt: skip
    assert confusion_matrix(np.array([True, False]), [1, 1], 2).tolist() == [[0, 0], [1, 1]]


def test_roc_curve_and_auc_by_hand():
    fpr, tpr = roc_curve([0.9, 0.8, 0.8, 0.1], [1, 0, 1, 0])
    assert (fpr.tolist(), tpr.tolist()) == ([0, 0, 0.5, 1], [0, 0.5, 1, 1])
    # pairs (1 before 0): wins 1, 1, tie ½, win 1 out of 4
    assert auc([0.9, 0.8, 0.8, 0.1], [1, 0, 1, 0]) == 3.5 / 4
    assert auc([1.0, 1.0, 1.0], [1, 0, 1]) == 0.5


def test_auc_is_the_chance_to_win_a_pair():
    r = rng(3)
    p, t = r.integers(0, 6, 60), r.integers(0, 2, 60)
    ones, zeros = p[t == 1][:, None], p[t == 0]
    assert auc(p, t) == pytest.approx(((ones > zeros) + (ones == zeros) / 2).mean(), abs=1e-12)


def test_rmse_and_r2_by_hand():
    p, t = np.array([1.0, 2.0, 4.0]), np.array([1.0, 4.0, 4.0])
    assert root_mean_squared_error(p, t) == pytest.approx(math.sqrt(4 / 3), rel=1e-14)
    assert r2(p, t) == pytest.approx(1 - 4 / 6, rel=1e-14)
    assert r2(t, t) == 1 and r2(np.full(3, 3.0), t) == 0


def test_precision_recall_f1_by_hand():
    counts = np.array([[3, 1, 0], [2, 4, 0], [0, 0, 0]])
    precision, recall, f1 = precision_recall_f1(counts)
    np.testing.assert_allclose(precision, [3 / 5, 4 / 5, 0])
    np.testing.assert_allclose(recall, [3 / 4, 4 / 6, 0])
    np.testing.assert_allclose(f1, [2 / 3, 8 / 11, 0])


def test_expected_calibration_error_by_hand():
    p = np.array([[0.85, 0.15], [0.85, 0.15], [0.4, 0.6], [0.0, 1.0]])
    # bin 0.8–0.9: |0.85 − 0.5| · 2;  bin 0.6–0.7: |0.6 − 1|;  last bin, with 1.0: |1 − 1|
    expected = (0.35 * 2 + 0.4 + 0) / 4
    assert expected_calibration_error(p, [0, 1, 1, 1]) == pytest.approx(expected, rel=1e-12)


def test_bootstrap_interval_is_about_two_standard_errors():
    values = rng(1).standard_normal(400)
    low, high = bootstrap_interval(values, rng())
    error = values.std() / 20
    assert low < values.mean() < high
    assert (high - low) / (2 * 1.96 * error) == pytest.approx(1, abs=0.1)
    assert bootstrap_interval(np.ones(5), rng()) == (1.0, 1.0)


def test_mcnemar_by_hand():
    a = np.array([True] * 10 + [False] * 2 + [True] * 5)
    b = np.array([False] * 10 + [True] * 2 + [True] * 5)
    assert mcnemar(a, b) == (abs(10 - 2) - 1) ** 2 / 12
    assert mcnemar(a, a) == 0
    assert mcnemar(a[9:11], b[9:11]) == 0  # one each: nothing to say


# Data


def test_standardizer_by_hand_there_and_back():
    x = np.array([[1.0, 5.0], [3.0, 5.0], [np.nan, 5.0]])
    scale = Standardizer(x)
    np.testing.assert_array_equal(scale.transform(x), [[-1, 0], [1, 0], [np.nan, 0]])
    np.testing.assert_array_equal(scale.inverse(scale.transform(x)), x)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("value", [0.1, 0.3, 1.7, 123.456, 0])
def test_standardizer_only_shifts_a_constant_column(value, dtype):
    x = np.full((49, 1), value, dtype)  # the mean of 49 × 0.1 is not exactly 0.1
    scale = Standardizer(x)
    assert scale.deviation == 1 and scale.deviation.dtype == dtype
    np.testing.assert_allclose(scale.transform(x), 0, atol=1e-4)
    np.testing.assert_allclose(scale.transform(x + 1), 1, atol=1e-4)


def test_pixels_to_inputs():
    pictures = np.array([[[0, 255], [51, 204]]], dtype=np.uint8)
    x = pixels_to_inputs(pictures)
    np.testing.assert_allclose(x, [[-1, 1, -0.6, 0.6]], atol=1e-6)
    assert x.dtype == np.float32


# Precision: the arithmetic has the precision of the data

LAYERS = [
    lambda: Dense(4, 4, rng()),
    ReLU,
    Softmax,
    Sigmoid,
    Tanh,
    lambda: Dropout(np.float64(0.2), rng()),
    lambda: Sequential(Dense(4, 4, rng()), Tanh(), Dense(4, 4, rng())),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("make", LAYERS)
def test_layers_keep_the_precision_of_the_data(make, dtype):
    layer = make()
    set_training(layer, True)
    x = rng().standard_normal((5, 4)).astype(dtype)
    y = layer.forward(x)
    assert y.dtype == dtype and y.shape == (5, 4)
    assert layer.backward(y).dtype == dtype
    for inner in (layer, *layer.children):
        for name in inner.params:
            assert getattr(inner, "d" + name).dtype == dtype
            assert getattr(inner, name).dtype == np.float32


LABELS, COLUMNS = np.array([0, 2, 1]), np.array([[0, 1, 0], [1, 1, 0], [0, 0, 1]])
LOSSES = [
    (CrossEntropy(), LABELS),
    (SoftmaxCrossEntropy(), LABELS),
    (BinaryCrossEntropy(), COLUMNS),
    (MeanSquaredError(), COLUMNS),
    (MeanAbsoluteError(), COLUMNS),
    (Huber(), COLUMNS),
]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("loss, t", LOSSES, ids=lambda value: type(value).__name__)
def test_losses_keep_the_precision_of_the_outputs(loss, t, dtype):
    y = softmax(rng().standard_normal((3, 3)).astype(dtype))
    assert type(loss.forward(y, t)) is float
    assert loss.backward().dtype == dtype and loss.backward().shape == y.shape
    assert loss.activation(y).dtype == dtype
    if t.ndim == 2:  # whatever the targets' own type
        loss.forward(y, t.astype(np.float64))
        assert loss.backward().dtype == dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("penalty", [L1(0.1), L2(0.1)], ids=["L1", "L2"])
def test_penalties_keep_the_precision_of_the_parameters(penalty, dtype):
    assert type(penalty.forward(np.ones(5, dtype))) is float
    assert penalty.backward().dtype == dtype


@pytest.mark.parametrize("make", LAYERS)
def test_no_layer_changes_its_arguments(make):
    layer = make()
    set_training(layer, True)
    x, dy = rng(1).standard_normal((5, 4)), rng(2).standard_normal((5, 4))
    before = x.copy(), dy.copy()
    layer.forward(x)
    layer.backward(dy)
    np.testing.assert_array_equal(x, before[0])
    np.testing.assert_array_equal(dy, before[1])


@pytest.mark.parametrize("loss, t", LOSSES, ids=lambda value: type(value).__name__)
def test_no_loss_changes_its_arguments_and_backward_may_be_asked_twice(loss, t):
    y = softmax(rng().standard_normal((3, 3)))
    before, targets = y.copy(), t.copy()
    loss.forward(y, t)
    first = loss.backward()
    np.testing.assert_array_equal(loss.backward(), first)
    np.testing.assert_array_equal(y, before)
    np.testing.assert_array_equal(t, targets)
