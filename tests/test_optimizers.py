"""`Parameters`, the optimizers against their textbook forms in plain Python, and `train`."""

import math

import numpy as np
import pytest

from nnfs_helpers import (
    SGD,
    AdaGrad,
    Adam,
    ClippedAdam,
    Dense,
    MeanSquaredError,
    Parameters,
    ReLU,
    RMSprop,
    Sequential,
    SoftmaxCrossEntropy,
    Tanh,
    accuracy,
    clip_gradient,
    sine,
    slots,
    spiral,
    train,
    warmup_cosine,
)


def network(seed=0, hidden=4):
    rng = np.random.default_rng(seed)
    return Sequential(Dense(2, hidden, rng), Sequential(ReLU(), Dense(hidden, 3, rng)))


def backward(net, seed=0):
    rng = np.random.default_rng(seed)
    net.backward(rng.standard_normal(net.forward(rng.standard_normal((5, 2))).shape))


# Parameters


def test_theta_holds_every_array_in_the_order_of_slots():
    net = network()
    arrays = {path: getattr(layer, name).copy() for path, layer, name in slots(net)}
    assert list(arrays) == ["0.W", "0.b", "1.1.W", "1.1.b"]
    parameters = Parameters(net)
    assert parameters.theta.shape == (2 * 4 + 4 + 4 * 3 + 3,)
    expected = np.concatenate([array.ravel() for array in arrays.values()])
    np.testing.assert_array_equal(parameters.theta, expected)
    for path, layer, name in slots(net):
        np.testing.assert_array_equal(getattr(layer, name), arrays[path])


def test_a_change_of_theta_is_a_change_of_the_network_and_back():
    net = network()
    parameters, first = Parameters(net), net.children[0]
    parameters.theta += 1
    assert (first.b == 1).all()
    first.W[0, 1] = 42
    assert parameters.theta[1] == 42
    parameters.theta[:] = 0
    assert not net.forward(np.ones((2, 2))).any()


def test_grad_is_flat_in_the_order_of_theta_and_follows_each_backward():
    net = network()
    parameters = Parameters(net)
    for seed in range(3):
        backward(net, seed)
        parts = [getattr(layer, "d" + name).ravel() for _, layer, name in slots(net)]
        np.testing.assert_array_equal(parameters.grad, np.concatenate(parts))
    assert parameters.grad is parameters.grad  # one buffer, no new memory


def test_theta_is_float32_unless_said_otherwise():
    net = network()
    assert Parameters(net).theta.dtype == np.float32
    wide = Parameters(net, np.float64)
    assert wide.theta.dtype == net.children[0].W.dtype == np.float64


def test_float64_data_leave_float64_gradients_and_float32_parameters():
    net = network()
    parameters = Parameters(net)
    backward(net)
    assert parameters.grad.dtype == np.float64
    Adam().step(parameters.theta, parameters.grad)
    assert parameters.theta.dtype == net.children[0].W.dtype == np.float32


def test_the_gradient_s_type_follows_the_data():
    net = network()
    parameters = Parameters(net)
    for dtype in (np.float64, np.float32, np.float64):
        net.backward(net.forward(np.ones((4, 2), dtype)))
        assert parameters.grad.dtype == dtype


def test_stale_parameters_say_so():
    net = network()
    old, new = Parameters(net), Parameters(net)
    backward(net)
    with pytest.raises(ValueError, match="no longer views"):
        _ = old.grad
    assert new.grad.size == new.theta.size
    net.children[0].W = net.children[0].W.copy()
    with pytest.raises(ValueError, match="no longer views"):
        _ = new.grad


def test_a_network_with_nothing_to_learn_is_refused():
    with pytest.raises(ValueError, match="no parameters"):
        Parameters(Sequential(ReLU(), Tanh()))


# Textbook forms, one number at a time


def textbook_sgd(theta, gradient, steps, lr, momentum=0.0, decay=0.0):
    v = [0.0] * len(theta)
    for k in range(steps):
        for i, g in enumerate(gradient(theta)):
            v[i] = momentum * v[i] + g
            theta[i] -= lr / (1 + decay * k) * v[i]
    return theta


def textbook_adagrad(theta, gradient, steps, lr, decay=0.0, eps=1e-10):
    total = [0.0] * len(theta)
    for k in range(steps):
        for i, g in enumerate(gradient(theta)):
            total[i] += g**2
            theta[i] -= lr / (1 + decay * k) * g / (math.sqrt(total[i]) + eps)
    return theta


def textbook_rmsprop(theta, gradient, steps, lr, rho=0.99, decay=0.0, eps=1e-8):
    mean = [0.0] * len(theta)
    for k in range(steps):
        for i, g in enumerate(gradient(theta)):
            mean[i] = rho * mean[i] + (1 - rho) * g**2
            theta[i] -= lr / (1 + decay * k) * g / (math.sqrt(mean[i]) + eps)
    return theta


def textbook_adam(theta, gradient, steps, lr, beta1=0.9, beta2=0.999, decay=0.0, eps=1e-8):
    """Algorithm 1 of Kingma and Ba, 2015."""
    m, v = [0.0] * len(theta), [0.0] * len(theta)
    for k in range(1, steps + 1):
        for i, g in enumerate(gradient(theta)):
            m[i] = beta1 * m[i] + (1 - beta1) * g
            v[i] = beta2 * v[i] + (1 - beta2) * g**2
            m_hat, v_hat = m[i] / (1 - beta1**k), v[i] / (1 - beta2**k)
            theta[i] -= lr / (1 + decay * (k - 1)) * m_hat / (math.sqrt(v_hat) + eps)
    return theta


def rosenbrock_slopes(theta):
    """A curved valley: gradients of every size and sign."""
    a, b = theta
    return [-2 * (1 - a) - 40 * a * (b - a * a), 20 * (b - a * a)]


START = [-1.2, 1.0]
FORMS = [
    (SGD, textbook_sgd, dict(lr=0.003)),
    (SGD, textbook_sgd, dict(lr=0.003, decay=0.05)),
    (SGD, textbook_sgd, dict(lr=0.002, momentum=0.9)),
    (SGD, textbook_sgd, dict(lr=0.002, momentum=0.5, decay=0.01)),
    (AdaGrad, textbook_adagrad, dict(lr=0.3)),
    (AdaGrad, textbook_adagrad, dict(lr=0.3, decay=0.1, eps=1e-2)),
    (RMSprop, textbook_rmsprop, dict(lr=0.01)),
    (RMSprop, textbook_rmsprop, dict(lr=0.02, rho=0.9, decay=0.1, eps=1e-3)),
    (Adam, textbook_adam, dict(lr=0.05)),
    (Adam, textbook_adam, dict(lr=0.1, beta1=0.5, beta2=0.9, decay=0.1, eps=1e-2)),
]


@pytest.mark.parametrize("cls, textbook, settings", FORMS)
def test_fifty_steps_equal_the_textbook_s(cls, textbook, settings):
    theta, optimizer = np.array(START), cls(**settings)
    for steps in range(1, 51):
        optimizer.step(theta, np.array(rosenbrock_slopes(theta)))
        expected = textbook(list(START), rosenbrock_slopes, steps, **settings)
        np.testing.assert_allclose(theta, expected, rtol=1e-9, atol=1e-12)
    assert np.abs(theta - START).max() > 0.02  # it went somewhere


@pytest.mark.parametrize("cls", [SGD, AdaGrad, RMSprop, Adam, ClippedAdam])
def test_a_step_works_in_place_leaves_the_gradient_and_counts(cls):
    theta, grad = np.ones(4, np.float32), np.array([1.0, -1.0, 0.0, 2.0])
    view, before, optimizer = theta[:2], grad.copy(), cls(0.1)
    for count in (1, 2):
        optimizer.step(theta, grad)
        assert optimizer.steps == count
    np.testing.assert_array_equal(grad, before)
    assert view[0] < 1 < view[1] and theta[2] == 1  # downhill, and flat stays


@pytest.mark.parametrize("cls", [lambda lr: SGD(lr, 0.9), AdaGrad, RMSprop, Adam, ClippedAdam])
def test_an_optimizer_keeps_no_view_of_the_gradient(cls):
    """`grad` is one buffer that the next backward overwrites."""
    one, two = cls(0.1), cls(0.1)
    a, b, buffer = np.ones(3), np.ones(3), np.empty(3)
    for grad in np.random.default_rng(0).standard_normal((5, 3)):
        buffer[:] = grad
        one.step(a, buffer)
        two.step(b, grad.copy())
        buffer[:] = 99
    np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("cls", [AdaGrad, RMSprop, Adam])
def test_adaptive_optimizers_stay_finite_where_a_gradient_is_always_zero(cls):
    theta, optimizer = np.ones(2), cls(0.1)
    for _ in range(10):
        optimizer.step(theta, np.array([0.0, 1.0]))
    assert theta[0] == 1 and np.isfinite(theta).all()


def test_the_first_step_of_adam_is_the_learning_rate_whatever_the_gradient():
    theta = np.zeros(3)
    Adam(0.01).step(theta, np.array([1e-3, -1.0, 1e6]))
    np.testing.assert_allclose(theta, [-0.01, 0.01, -0.01], rtol=1e-4)


def test_decay_halves_the_rate_after_as_many_steps():
    optimizer = SGD(1.0, decay=0.1)
    rates = [optimizer.next_rate() for _ in range(11)]
    assert rates[0] == 1 and rates[10] == 0.5
    assert rates == sorted(rates, reverse=True)


# Training


def test_train_returns_the_loss_before_each_step():
    x, t = spiral(10, 3, np.random.default_rng(0))
    net, loss = network(), SoftmaxCrossEntropy()
    before = loss.forward(net.forward(x), t)
    losses = train(net, loss, SGD(0.1), x, t, 3)
    assert losses.shape == (3,) and losses[0] == before
    assert loss.forward(net.forward(x), t) < losses[2] < losses[1] < losses[0]


def test_train_is_the_loop_written_out():
    x, t = spiral(10, 3, np.random.default_rng(0))
    net, loss, optimizer = network(), SoftmaxCrossEntropy(), Adam(0.05)
    losses = train(net, loss, optimizer, x, t, 5)
    other, optimizer = network(), Adam(0.05)
    parameters = Parameters(other)
    for step in range(5):
        assert losses[step] == loss.forward(other.forward(x), t)
        other.backward(loss.backward())
        optimizer.step(parameters.theta, parameters.grad)
    np.testing.assert_array_equal(other.children[0].W, net.children[0].W)


def test_train_goes_on_where_it_stopped():
    x, t = spiral(10, 3, np.random.default_rng(0))
    whole = train(network(), SoftmaxCrossEntropy(), Adam(0.05), x, t, 8)
    net, optimizer = network(), Adam(0.05)
    parts = [train(net, SoftmaxCrossEntropy(), optimizer, x, t, n) for n in (3, 5)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_train_leaves_the_data_as_they_were():
    x, t = spiral(10, 3, np.random.default_rng(0))
    x_before, t_before = x.copy(), t.copy()
    train(network(), SoftmaxCrossEntropy(), Adam(0.05), x, t, 5)
    np.testing.assert_array_equal(x, x_before)
    np.testing.assert_array_equal(t, t_before)


@pytest.mark.parametrize("make, wanted", [
    (lambda: SGD(1.0, momentum=0.9), 0.75),
    (lambda: AdaGrad(0.2), 0.7),
    (lambda: RMSprop(0.05), 0.65),
    (lambda: Adam(0.05, decay=1e-3), 0.85),
])  # fmt: skip
def test_train_learns_the_spiral(make, wanted):
    found = []
    for seed in range(3):
        x, t = spiral(100, 3, np.random.default_rng(seed))
        net = network(seed, hidden=64)
        train(net, SoftmaxCrossEntropy(), make(), x, t, 500)
        found.append(accuracy(net.forward(x), t))
    assert np.median(found) >= wanted, found


def test_train_memorises_ten_points():
    x, t = np.random.default_rng(0).standard_normal((10, 2)), np.arange(10) % 3
    net = network(0, hidden=64)
    losses = train(net, SoftmaxCrossEntropy(), Adam(0.05), x, t, 300)
    assert accuracy(net.forward(x), t) == 1 and losses[-1] < 0.01


def test_train_fits_a_sine():
    x, t = sine(100)
    rng = np.random.default_rng(0)
    net = Sequential(Dense(1, 32, rng), Tanh(), Dense(32, 32, rng), Tanh(), Dense(32, 1, rng))
    losses = train(net, MeanSquaredError(), Adam(0.01), x, t, 500)
    assert losses[-1] < 1e-3 < losses[0]


# Beyond the book: clipping and schedules


def test_a_long_gradient_is_shortened_in_place_and_its_length_returned():
    grad = np.array([3.0, -4.0], np.float32)
    view = grad[:1]
    assert clip_gradient(grad, 2.0) == 5.0
    np.testing.assert_allclose(grad, [1.2, -1.6], rtol=1e-6)
    assert grad.dtype == np.float32 and view[0] == grad[0]


@pytest.mark.parametrize("limit", [5.0, 5.1])
def test_a_gradient_within_the_limit_stays_as_it_is(limit):
    grad = np.array([3.0, -4.0])
    assert clip_gradient(grad, limit) == 5.0
    assert grad.tolist() == [3, -4]


def test_clipping_nothing_and_clipping_the_huge():
    zeros, huge = np.zeros(3), np.array([3e30, 4e30], np.float32)
    assert clip_gradient(zeros, 1.0) == 0 and not zeros.any()
    assert clip_gradient(huge, 1.0) == pytest.approx(5e30)  # its square overflows in float32
    np.testing.assert_allclose(huge, [0.6, 0.8], rtol=1e-6)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_gradient_that_is_not_finite_is_not_clipped(bad):
    with pytest.raises(FloatingPointError, match="no limit can mend that"):
        clip_gradient(np.array([1.0, bad]), 1.0)


def test_clipped_adam_is_adam_on_clipped_gradients():
    ours, theirs = np.ones(3), np.ones(3)
    clipped, plain = ClippedAdam(0.05, limit=0.7), Adam(0.05)
    for grad in np.random.default_rng(0).standard_normal((20, 3)):
        clipped.step(ours, grad)
        plain.step(theirs, grad * min(1, 0.7 / np.linalg.norm(grad)))
    np.testing.assert_allclose(ours, theirs, rtol=1e-12)


def test_the_share_climbs_evenly_and_falls_like_a_cosine():
    shares = [warmup_cosine(step, 12, 4) for step in range(12)]
    assert shares[:5] == [0.25, 0.5, 0.75, 1.0, 1.0]
    assert shares[8] == pytest.approx(0.5)  # half-way from 4 to 12
    assert shares[6] == pytest.approx((1 + math.cos(math.pi / 4)) / 2)
    assert 0 < shares[11] < 0.05 and shares[4:] == sorted(shares[4:], reverse=True)


def test_without_warm_up_the_first_step_has_the_full_rate():
    assert [warmup_cosine(0, n, 0) for n in (1, 2, 10)] == [1, 1, 1]
