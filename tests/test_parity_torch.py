"""The same network in PyTorch: same outputs, same gradients, same training."""

import numpy as np
import pytest
from conftest import require

from nnfs_helpers import (
    GRU,
    L2,
    LSTM,
    RNN,
    SGD,
    AdaGrad,
    Adam,
    AveragePool2D,
    BatchNorm,
    BinaryCrossEntropy,
    ClippedAdam,
    Conv2D,
    CrossEntropy,
    Dense,
    Embedding,
    Flatten,
    Huber,
    LayerNorm,
    MaxPool2D,
    MeanAbsoluteError,
    MeanSquaredError,
    MultiHeadAttention,
    Parameters,
    ReLU,
    Residual,
    RMSprop,
    SequenceCrossEntropy,
    Sequential,
    Sigmoid,
    Softmax,
    SoftmaxCrossEntropy,
    Tanh,
    clip_gradient,
    glorot,
    orthogonal,
    set_mask,
    set_training,
    slots,
    spiral,
    transformer_block,
    weight_mask,
)

torch = require("torch")
nn, F = torch.nn, torch.nn.functional
SAME = dict(rtol=1e-10, atol=1e-12)


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tensor(array, grad=False):
    return torch.tensor(np.asarray(array), requires_grad=grad)


def numpy(tensor):
    return tensor.detach().numpy()


def twins(n_in, hidden, n_out, activation=ReLU, theirs=nn.ReLU, seed=0):
    """(net, parameters, the same net in PyTorch), in float64, with biases that are not zero."""
    rng = np.random.default_rng(seed)
    net = Sequential(Dense(n_in, hidden, rng), activation(), Dense(hidden, n_out, rng))
    parameters = Parameters(net, np.float64)
    parameters.theta += 0.1 * rng.standard_normal(parameters.theta.size)
    other = nn.Sequential(nn.Linear(n_in, hidden), theirs(), nn.Linear(hidden, n_out)).double()
    with torch.no_grad():
        for layer, linear in zip(net.children[::2], list(other)[::2]):
            linear.weight.copy_(tensor(layer.W.T))
            linear.bias.copy_(tensor(layer.b))
    return net, parameters, other


def flat_grad(other):
    """PyTorch's gradients in the order and layout of theta."""
    return np.concatenate([numpy(p.grad).T.ravel() for p in other.parameters()])


ACTIVATIONS = {
    ReLU: nn.ReLU,
    Sigmoid: nn.Sigmoid,
    Tanh: nn.Tanh,
    Softmax: lambda: nn.Softmax(dim=-1),
}


@pytest.mark.parametrize("ours, theirs", ACTIVATIONS.items())
def test_activations_alone(ours, theirs):
    rng = np.random.default_rng(0)
    x, dy = 4 * rng.standard_normal((6, 5)), rng.standard_normal((6, 5))
    x[0, 0] = 0  # at its kink, ReLU's slope is 0 in both
    layer, x_torch = ours(), tensor(x, grad=True)
    y = theirs()(x_torch)
    y.backward(tensor(dy))
    np.testing.assert_allclose(layer.forward(x), numpy(y), **SAME)
    np.testing.assert_allclose(layer.backward(dy), numpy(x_torch.grad), **SAME)


def class_labels(rng):
    return rng.integers(0, 3, 7)


def values(rng):
    return 2 * rng.standard_normal((7, 3))


def yes_no(rng):
    return rng.integers(0, 2, (7, 3))


def on_logits(y, t):
    return F.binary_cross_entropy_with_logits(y, t.double())


LOSSES = [
    (SoftmaxCrossEntropy(), F.cross_entropy, class_labels),
    (BinaryCrossEntropy(), on_logits, yes_no),
    (MeanSquaredError(), F.mse_loss, values),
    (MeanAbsoluteError(), F.l1_loss, values),
    (Huber(), F.huber_loss, values),
    (Huber(0.5), lambda y, t: F.huber_loss(y, t, delta=0.5), values),
]


@pytest.mark.parametrize("ours, theirs", ACTIVATIONS.items())
@pytest.mark.parametrize("loss, their_loss, targets", LOSSES)
def test_two_layers_with_every_loss(loss, their_loss, targets, ours, theirs):
    rng = np.random.default_rng(1)
    net, parameters, other = twins(4, 6, 3, ours, theirs)
    x, t = rng.standard_normal((7, 4)), targets(rng)
    x_torch = tensor(x, grad=True)
    y, y_torch = net.forward(x), other(x_torch)
    value, value_torch = loss.forward(y, t), their_loss(y_torch, tensor(t))
    dx = net.backward(loss.backward())
    value_torch.backward()
    np.testing.assert_allclose(y, numpy(y_torch), **SAME)
    np.testing.assert_allclose(value, value_torch.item(), **SAME)
    np.testing.assert_allclose(dx, numpy(x_torch.grad), **SAME)
    np.testing.assert_allclose(parameters.grad, flat_grad(other), **SAME)


def test_cross_entropy_of_probabilities():
    rng = np.random.default_rng(2)
    scores, t = rng.standard_normal((7, 3)), class_labels(rng)
    layer, loss, z = Softmax(), CrossEntropy(), tensor(scores, grad=True)
    value_torch = F.nll_loss(torch.log(torch.softmax(z, dim=1)), tensor(t))
    value_torch.backward()
    np.testing.assert_allclose(loss.forward(layer.forward(scores), t), value_torch.item(), **SAME)
    np.testing.assert_allclose(layer.backward(loss.backward()), numpy(z.grad), **SAME)


@pytest.mark.parametrize("size", [1, 30, 500, 5000])
def test_fused_losses_far_out(size):
    scores = np.array([[0.0, size, -size], [size, 0.0, 1.0]])
    for loss, their_loss, t in [
        (SoftmaxCrossEntropy(), F.cross_entropy, np.array([2, 0])),
        (BinaryCrossEntropy(), on_logits, np.array([[1, 0, 1], [0, 1, 1]])),
    ]:
        z = tensor(scores, grad=True)
        value = their_loss(z, tensor(t))
        value.backward()
        np.testing.assert_allclose(loss.forward(scores, t), value.item(), **SAME)
        np.testing.assert_allclose(loss.backward(), numpy(z.grad), **SAME)


# Training

STEPS = 20


def course_losses(net, parameters, optimizer, x, t, penalty=None):
    loss, losses = SoftmaxCrossEntropy(), []
    for _ in range(STEPS):
        losses.append(loss.forward(net.forward(x), t))
        net.backward(loss.backward())
        grad = parameters.grad
        if penalty:
            penalty.forward(parameters.theta)
            grad += penalty.backward()
        optimizer.step(parameters.theta, grad)
    return losses


def torch_losses(other, optimizer, x, t, decay=0.0):
    losses = []
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 / (1 + decay * step))
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = F.cross_entropy(other(tensor(x)), tensor(t))
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
        schedule.step()
    return losses


optim = torch.optim
OPTIMIZERS = {
    "plain": (SGD(0.5), lambda p: optim.SGD(p, 0.5), 0),
    "momentum": (SGD(0.1, momentum=0.9), lambda p: optim.SGD(p, 0.1, momentum=0.9), 0),
    "decay": (SGD(0.5, decay=0.1), lambda p: optim.SGD(p, 0.5), 0.1),
    "both": (SGD(0.2, 0.8, 0.05), lambda p: optim.SGD(p, 0.2, momentum=0.8), 0.05),
    "AdaGrad": (AdaGrad(0.05), lambda p: optim.Adagrad(p, 0.05), 0),
    "AdaGrad, decay": (AdaGrad(0.05, decay=0.1), lambda p: optim.Adagrad(p, 0.05), 0.1),
    "RMSprop": (RMSprop(0.01), lambda p: optim.RMSprop(p, 0.01), 0),
    "RMSprop, rho": (RMSprop(0.01, rho=0.9), lambda p: optim.RMSprop(p, 0.01, alpha=0.9), 0),
    "Adam": (Adam(0.02), lambda p: optim.Adam(p, 0.02), 0),
    "Adam, betas": (
        Adam(0.05, beta1=0.8, beta2=0.95, eps=1e-4, decay=0.01),
        lambda p: optim.Adam(p, 0.05, betas=(0.8, 0.95), eps=1e-4),
        0.01,
    ),
}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_optimizers_train_alike(name):
    optimizer, make, decay = OPTIMIZERS[name]
    x, t = spiral(30, 3, np.random.default_rng(0))
    net, parameters, other = twins(2, 16, 3)
    ours = course_losses(net, parameters, optimizer, x, t)
    theirs = torch_losses(other, make(other.parameters()), x, t, decay)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6)
    assert ours[-1] < ours[0] - 0.01  # they trained, not merely stood still together
    theta = np.concatenate([numpy(p).T.ravel() for p in other.parameters()])
    np.testing.assert_allclose(parameters.theta, theta, rtol=0, atol=1e-6)


@pytest.mark.parametrize("spare_biases", [False, True])
@pytest.mark.parametrize("optimizer, make", [
    (SGD, optim.SGD),
    (Adam, optim.Adam),
])  # fmt: skip
def test_l2_is_weight_decay_of_twice_its_strength(optimizer, make, spare_biases):
    x, t = spiral(30, 3, np.random.default_rng(0))
    net, parameters, other = twins(2, 16, 3)
    penalty = L2(0.05, weight_mask(parameters) if spare_biases else True)
    groups = [
        {"params": [p], "weight_decay": 0.0 if spare_biases and p.ndim == 1 else 0.1}
        for p in other.parameters()
    ]
    ours = course_losses(net, parameters, optimizer(0.1), x, t, penalty)
    theirs = torch_losses(other, make(groups, lr=0.1), x, t)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6)
    free, parameters, _ = twins(2, 16, 3)
    without = course_losses(free, parameters, optimizer(0.1), x, t)
    assert np.abs(np.subtract(ours, without)).max() > 1e-3  # the penalty made a difference


# Beyond the book


def in_float64(layer, rng):
    """The layer with float64 parameters and buffers, moved away from where they start."""
    for kind in ("params", "buffers"):
        for _, part, name in slots(layer, kind):
            a = getattr(part, name).astype(np.float64)
            setattr(part, name, a + 0.1 * rng.random(a.shape))
    return layer


def copied(layer, other, names):
    """PyTorch's `other` with our layer's arrays; names: ours -> theirs."""
    with torch.no_grad():
        for ours, theirs in names.items():
            getattr(other, theirs).copy_(tensor(getattr(layer, ours)))
    return other


def same_pass(layer, other, x, names=None):
    """Same outputs, input gradients, and gradients of the parameters in `names`."""
    ours, theirs = layer.forward(x), tensor(x, grad=True)
    y = other(theirs)
    np.testing.assert_allclose(ours, numpy(y), **SAME)
    dy = np.random.default_rng(1).standard_normal(ours.shape)
    y.backward(tensor(dy))
    np.testing.assert_allclose(layer.backward(dy), numpy(theirs.grad), **SAME)
    for name, their_name in (names or {}).items():
        grad = numpy(getattr(other, their_name).grad)
        np.testing.assert_allclose(getattr(layer, "d" + name), grad, **SAME)


@pytest.mark.parametrize("size, stride, padding, height, width", [
    (1, 1, 0, 3, 4), (3, 1, 0, 6, 5), (3, 1, 1, 5, 6), (3, 2, 1, 7, 5), (5, 1, 2, 5, 5),
    (2, 3, 0, 8, 5), (4, 2, 3, 6, 8)])  # fmt: skip
def test_convolution(size, stride, padding, height, width):
    rng = np.random.default_rng(0)
    layer = in_float64(Conv2D(3, 4, size, rng, stride, padding), rng)
    other = nn.Conv2d(3, 4, size, stride, padding).double()
    names = {"W": "weight", "b": "bias"}
    x = rng.standard_normal((2, 3, height, width))
    same_pass(layer, copied(layer, other, names), x, names)


@pytest.mark.parametrize("ours, theirs", [
    (MaxPool2D, nn.MaxPool2d), (AveragePool2D, nn.AvgPool2d)])  # fmt: skip
@pytest.mark.parametrize("size, stride", [(2, 2), (3, 3), (3, 1), (2, 4), (1, 1)])
def test_pooling(ours, theirs, size, stride):
    """With many ties, as behind a ReLU: the first maximum gets the gradient."""
    x = np.random.default_rng(0).integers(-1, 3, (3, 2, 6, 6)).astype(float)
    size_fits = (6 - size) % stride == 0
    x = x if size_fits else x[:, :, : 6 - (6 - size) % stride, : 6 - (6 - size) % stride]
    same_pass(ours(size, stride), theirs(size, stride), x)


def test_flattening():
    same_pass(Flatten(), nn.Flatten(), np.random.default_rng(0).standard_normal((2, 3, 4, 5)))


@pytest.mark.parametrize("shape", [(6, 3), (2, 3), (4, 3, 5, 2), (1, 3, 2, 2)])
def test_batch_normalisation_in_training_and_in_use(shape):
    """Running statistics too, over several batches."""
    rng = np.random.default_rng(0)
    layer = in_float64(BatchNorm(3), rng)
    kind = nn.BatchNorm1d if len(shape) == 2 else nn.BatchNorm2d
    names = {"gamma": "weight", "beta": "bias"}
    running = {"mean": "running_mean", "variance": "running_var"}
    other = copied(layer, kind(3).double(), names | running)
    for on in (True, True, True, False):
        set_training(layer, on)
        other.train(on)
        other.zero_grad()
        same_pass(layer, other, 2 * rng.standard_normal(shape) + 1, names)
        for ours, theirs in running.items():
            np.testing.assert_allclose(getattr(layer, ours), numpy(getattr(other, theirs)), **SAME)


@pytest.mark.parametrize("shape", [(4, 5), (2, 3, 5), (5,)])
def test_layer_normalisation(shape):
    rng = np.random.default_rng(0)
    layer, names = in_float64(LayerNorm(5), rng), {"gamma": "weight", "beta": "bias"}
    other = copied(layer, nn.LayerNorm(5).double(), names)
    same_pass(layer, other, 2 * rng.standard_normal(shape) + 1, names)


class PlusX(nn.Module):
    """y = x + f(x) in PyTorch."""

    def __init__(self, *parts):
        super().__init__()
        self.f = nn.Sequential(*parts)

    def forward(self, x):
        return x + self.f(x)


@pytest.mark.parametrize("shape", [(4, 5), (1, 5)])
def test_residual_blocks_of_dense_layers(shape):
    """Two, one after the other, with a norm in front of the branch."""
    rng = np.random.default_rng(0)
    parts = [[LayerNorm(5), Dense(5, 3, rng), ReLU(), Dense(3, 5, rng)] for _ in range(2)]
    ours = in_float64(Sequential(*(Residual(*some) for some in parts)), rng)
    theirs = [[nn.LayerNorm(5), nn.Linear(5, 3), nn.ReLU(), nn.Linear(3, 5)] for _ in parts]
    other = nn.Sequential(*(PlusX(*some) for some in theirs)).double()
    same_blocks(ours, other, parts, theirs, rng.standard_normal(shape))


def test_a_residual_block_of_convolutions():
    rng = np.random.default_rng(0)
    parts = [Conv2D(2, 3, 3, rng, padding=1), ReLU(), BatchNorm(3), Conv2D(3, 2, 1, rng)]
    theirs = [nn.Conv2d(2, 3, 3, padding=1), nn.ReLU(), nn.BatchNorm2d(3), nn.Conv2d(3, 2, 1)]
    ours, other = in_float64(Residual(*parts), rng), PlusX(*theirs).double()
    set_training(ours, True)
    same_blocks(ours, other, [parts], [theirs], rng.standard_normal((3, 2, 4, 5)))


def same_blocks(ours, other, parts, theirs, x):
    """Same pass, and same gradients of all parameters, for lists of lists of layers."""
    names = {"W": "weight", "b": "bias", "gamma": "weight", "beta": "bias"}
    pairs = [pair for some in zip(parts, theirs) for pair in zip(*some)]
    with torch.no_grad():
        for layer, theirs in pairs:
            for name in layer.params:
                value = getattr(layer, name)
                getattr(theirs, names[name]).copy_(
                    tensor(value.T if isinstance(layer, Dense) else value))
    same_pass(ours, other, x)
    for layer, theirs in pairs:
        for name in layer.params:
            grad = numpy(getattr(theirs, names[name]).grad)
            grad = grad.T if isinstance(layer, Dense) else grad
            np.testing.assert_allclose(getattr(layer, "d" + name), grad, **SAME)


class States(nn.Module):
    """PyTorch's recurrent layers give (all states, the last one); here only the states."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x)[0]


def same_recurrence(layer, other, shape):
    """Same pass and gradients as `other`, which has its second bias at zero."""
    rng = np.random.default_rng(0)
    layer, other = in_float64(layer, rng), other.double()
    names = {"weight_ih_l0": "W", "weight_hh_l0": "U", "bias_ih_l0": "b"}
    with torch.no_grad():
        other.bias_hh_l0.zero_()
        for theirs, ours in names.items():
            getattr(other, theirs).copy_(tensor(getattr(layer, ours).T))
    same_pass(layer, States(other), rng.standard_normal(shape))
    for theirs, ours in names.items():
        grad = numpy(getattr(other, theirs).grad)
        np.testing.assert_allclose(getattr(layer, "d" + ours), grad.T, **SAME)


@pytest.mark.parametrize("batch, time", [(4, 6), (1, 5), (3, 1), (1, 1)])
@pytest.mark.parametrize("kind, theirs", [(RNN, nn.RNN), (LSTM, nn.LSTM), (GRU, nn.GRU)])
def test_recurrent_layers(kind, theirs, batch, time):
    """The gates in PyTorch's order: weights are copied as they are."""
    layer, other = kind(3, 5, np.random.default_rng(0)), theirs(3, 5, batch_first=True)
    same_recurrence(layer, other, (batch, time, 3))


def attention_names(layer, path=""):
    """PyTorch's names of an attention's parameters -> (our layer, name)."""
    ours = {"in_proj_weight": "W", "in_proj_bias": "b",
            "out_proj.weight": "W_out", "out_proj.bias": "b_out"}  # fmt: skip
    return {path + theirs: (layer, name) for theirs, name in ours.items()}


def block_names(block):
    """The same for a block, whose two branches begin with LayerNorm."""
    (norm_1, attention, _), (norm_2, network, _) = (branch.children for branch in block.children)
    names = attention_names(attention, "self_attn.")
    for path, layer in (("norm1", norm_1), ("norm2", norm_2)):
        names |= {f"{path}.weight": (layer, "gamma"), f"{path}.bias": (layer, "beta")}
    for path, layer in (("linear1", network.children[0]), ("linear2", network.children[2])):
        names |= {f"{path}.weight": (layer, "W"), f"{path}.bias": (layer, "b")}
    return names


def same_attention(ours, other, call, names, shape, causal, lengths):
    """Outputs, dx and all gradients; `call(x, hidden future, padding)` runs PyTorch's."""
    rng = np.random.default_rng(0)
    ours, other = in_float64(ours, rng), other.double()
    names, weights = names(ours), dict(other.named_parameters())
    assert set(names) == set(weights)
    with torch.no_grad():
        for path, (layer, name) in names.items():
            weights[path].copy_(tensor(getattr(layer, name).T))
    mask = None if lengths is None else np.arange(shape[1]) < np.reshape(lengths, (-1, 1))
    set_mask(ours, mask)
    x, dy = rng.standard_normal(shape), rng.standard_normal(shape)
    x_torch = tensor(x, grad=True)
    future = torch.triu(torch.ones(shape[1], shape[1], dtype=bool), 1) if causal else None
    theirs = call(x_torch, future, None if mask is None else tensor(~mask))
    theirs.backward(tensor(dy))
    np.testing.assert_allclose(ours.forward(x), numpy(theirs), **SAME)
    np.testing.assert_allclose(ours.backward(dy), numpy(x_torch.grad), **SAME)
    for path, (layer, name) in names.items():
        grad = numpy(weights[path].grad).T
        np.testing.assert_allclose(getattr(layer, "d" + name), grad, **SAME, err_msg=path)


@pytest.mark.parametrize("lengths", [None, (5, 2, 4), (1, 5, 1)])
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("heads", [1, 2, 4])
def test_attention(heads, causal, lengths):
    ours = MultiHeadAttention(8, heads, np.random.default_rng(0), causal)
    other = nn.MultiheadAttention(8, heads, batch_first=True)

    def call(x, future, padding):
        return other(x, x, x, key_padding_mask=padding, attn_mask=future, need_weights=False)[0]

    same_attention(ours, other, call, attention_names, (3, 5, 8), causal, lengths)


@pytest.mark.parametrize("lengths", [None, (5, 2, 4)])
@pytest.mark.parametrize("causal", [False, True])
@pytest.mark.parametrize("heads", [1, 2])
def test_transformer_block(heads, causal, lengths):
    ours = transformer_block(8, heads, np.random.default_rng(0), causal, wider=3)
    other = nn.TransformerEncoderLayer(8, heads, 24, 0.0, batch_first=True, norm_first=True)

    def call(x, future, padding):
        return other(x, src_mask=future, src_key_padding_mask=padding)

    same_attention(ours, other, call, block_names, (3, 5, 8), causal, lengths)


@pytest.mark.parametrize("shape", [(4, 6), (1, 1), (2, 9)])
def test_embedding(shape):
    rng = np.random.default_rng(0)
    layer, other = in_float64(Embedding(7, 3, rng), rng), nn.Embedding(7, 3).double()
    other, x = copied(layer, other, {"W": "weight"}), rng.integers(0, 7, shape)
    ours, theirs = layer.forward(x), other(tensor(x))
    np.testing.assert_allclose(ours, numpy(theirs), **SAME)
    dy = rng.standard_normal(ours.shape)
    theirs.backward(tensor(dy))
    assert layer.backward(dy) is None
    np.testing.assert_allclose(layer.dW, numpy(other.weight.grad), **SAME)


@pytest.mark.parametrize("missing", [0.0, 0.4, 0.9])
def test_cross_entropy_over_real_steps(missing):
    """`ignore_index=-1` of PyTorch, whose classes are the second axis."""
    rng, loss = np.random.default_rng(0), SequenceCrossEntropy()
    y, t = 3 * rng.standard_normal((4, 6, 5)), rng.integers(0, 5, (4, 6))
    t[rng.random(t.shape) < missing] = -1
    scores = tensor(y, grad=True)
    value = F.cross_entropy(scores.transpose(1, 2), tensor(t), ignore_index=-1)
    value.backward()
    assert loss.forward(y, t) == pytest.approx(float(value.detach()), rel=1e-12)
    np.testing.assert_allclose(loss.backward(), numpy(scores.grad), **SAME)


@pytest.mark.parametrize("limit", [0.1, 1.0, 100.0])
def test_clipping_by_norm(limit):
    net, parameters, other = twins(2, 16, 3)
    x, t = spiral(30, 3, np.random.default_rng(0))
    loss = SoftmaxCrossEntropy()
    loss.forward(net.forward(x), t)
    net.backward(loss.backward())
    F.cross_entropy(other(tensor(x)), tensor(t)).backward()
    grad, length = parameters.grad.copy(), nn.utils.clip_grad_norm_(other.parameters(), limit)
    assert clip_gradient(grad, limit) == pytest.approx(float(length), rel=1e-12)
    np.testing.assert_allclose(grad, flat_grad(other), rtol=2e-6 / limit if limit < 1 else 1e-5)


def test_clipped_adam_trains_alike():
    """Our factor is limit / length, theirs limit / (length + 1e-6)."""
    x, t = spiral(30, 3, np.random.default_rng(0))
    net, parameters, other = twins(2, 16, 3)
    ours = course_losses(net, parameters, ClippedAdam(0.02, limit=0.05), x, t)
    plain, theirs = optim.Adam(other.parameters(), 0.02), []
    for _ in ours:
        value = F.cross_entropy(other(tensor(x)), tensor(t))
        theirs.append(float(value.detach()))
        plain.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(other.parameters(), 0.05)
        plain.step()
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-4)


@pytest.mark.parametrize("n_in, n_out", [(300, 200), (200, 300)])
def test_initial_weights_have_the_same_spread(n_in, n_out):
    torch.manual_seed(0)
    theirs = torch.empty(n_out, n_in)  # PyTorch stores the transpose
    nn.init.xavier_normal_(theirs)
    ours = glorot(n_in, n_out, np.random.default_rng(0))
    assert ours.std() == pytest.approx(float(theirs.std()), rel=0.02)
    nn.init.orthogonal_(theirs)
    ours = orthogonal(n_in, n_out, np.random.default_rng(0))
    for W in (ours, numpy(theirs).T):
        np.testing.assert_allclose(np.linalg.svd(W)[1], 1, atol=1e-5)
    assert ours.std() == pytest.approx(float(theirs.std()), rel=0.02)
