"""Saved models: the same bits back, or one clear error; never half a file, never foreign code."""

import json
import os
import pickle
import signal
import subprocess
import sys
from copy import deepcopy

import numpy as np
import pytest
from conftest import require
from safetensors.numpy import save as to_safetensors

import nnfs_helpers as nn
from nnfs_helpers import serialization
from nnfs_helpers.serialization import checksum, pack_checkpoint, pack_model, write_model


def generator(seed=0):
    return np.random.default_rng(seed)


def small_model(seed=0):
    """2-3-2, untrained, with an optimizer."""
    rng = generator(seed)
    net = nn.Sequential(nn.Dense(2, 3, rng), nn.ReLU(), nn.Dense(3, 2, rng))
    return nn.Model(net, nn.SoftmaxCrossEntropy(), nn.Adam(0.01))


def data(columns=2, dtype=np.float64):
    rng = generator(99)
    x = rng.standard_normal((50, columns)).astype(dtype)
    return x, (x[:, 0] > 0).astype(int)


def same(a, b):
    """Equal in type, and in every bit: arrays, numbers, and dictionaries of them."""
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and a.shape == b.shape and a.tobytes() == b.tobytes()
    return type(a) is type(b) and a == b


def noted(text, tensors, version="1"):
    """The metadata of a file with this description, its checksum right."""
    return {serialization.FORMAT: f"{version} {checksum(text, tensors)} {text}"}


# ---- Models -------------------------------------------------------------------------------------

NETS = {
    "one layer": lambda rng: nn.Dense(4, 2, rng),
    "plain": lambda rng: nn.Sequential(nn.Dense(4, 8, rng), nn.ReLU(), nn.Dense(8, 2, rng)),
    "dropout": lambda rng: nn.Sequential(
        nn.Dense(4, 8, rng), nn.Tanh(), nn.Dropout(0.3, rng), nn.Dense(8, 2, rng), nn.Sigmoid()
    ),
    "nested": lambda rng: nn.Sequential(
        nn.Sequential(nn.Dense(4, 8, rng), nn.Sequential(nn.ReLU(), nn.Dense(8, 8, rng))),
        nn.Dropout(0.5, generator(5)),
        nn.Sequential(nn.Dense(8, 2, rng), nn.Softmax()),
    ),
    "residual": lambda rng: nn.Sequential(
        nn.Residual(nn.Dense(4, 3, rng), nn.ReLU(), nn.Dropout(0.1, rng), nn.Dense(3, 4, rng)),
        nn.Residual(nn.LayerNorm(4), nn.Residual(nn.Dense(4, 4, rng)), nn.BatchNorm(4)),
        nn.Dense(4, 2, rng),
    ),
}
LOSSES = (
    nn.SoftmaxCrossEntropy(), nn.CrossEntropy(), nn.BinaryCrossEntropy(), nn.MeanSquaredError(),
    nn.MeanAbsoluteError(), nn.Huber(0.25), nn.Huber(np.float32(0.1)),
)  # fmt: skip


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: type(loss).__name__)
@pytest.mark.parametrize("net", NETS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_loaded_model_predicts_bit_for_bit(net, loss, dtype, tmp_path):
    x, _ = data(4, dtype)
    model = nn.Model(NETS[net](generator()), loss)
    model.parameters.theta[:] = generator(3).standard_normal(model.parameters.theta.size)
    model.save(tmp_path / "model.safetensors")
    loaded = nn.Model.load(tmp_path / "model.safetensors", metrics=(nn.accuracy,))
    assert same(loaded.predict(x), model.predict(x))
    assert same(loaded.parameters.theta, model.parameters.theta)
    assert repr(loaded) == repr(model)
    assert type(loaded.loss) is type(loss) and same(vars(loaded.loss), vars(loss))
    assert loaded.metrics == (nn.accuracy,) and loaded.optimizer is None


def test_a_recurrent_model_comes_back_whole(tmp_path):
    """Also for batches of other lengths, and without the mask of the last batch."""
    rng = generator()
    net = nn.Sequential(nn.RNN(2, 3, rng), nn.RNN(3, 4, rng), nn.LastStep(), nn.Dense(4, 1, rng))
    model = nn.Model(net, nn.MeanSquaredError(), nn.Adam(0.01))
    x, t = rng.standard_normal((6, 5, 2)), rng.standard_normal((6, 1))
    model.fit(x, t, epochs=2, rng=rng, progress=False)
    nn.set_mask(net, np.arange(5) < [[5], [3], [1], [2], [4], [5]])
    model.save(tmp_path / "m")
    loaded = nn.Model.load(tmp_path / "m")
    nn.set_mask(net, None)
    assert repr(loaded) == repr(model)
    for some in (x, x[:1, :3]):
        assert same(loaded.predict(some), model.predict(some))


def test_a_character_model_comes_back_whole(tmp_path):
    """Embedding, gates, layers for each step, the masked loss; resumed training, too."""
    rng = generator()
    net = nn.Sequential(
        nn.Embedding(5, 3, rng), nn.LSTM(3, 4, rng, forget_bias=2.0), nn.Dropout(0.2, rng),
        nn.GRU(4, 3, rng), nn.PerStep(nn.Dense(3, 4, rng), nn.Tanh(), nn.Dense(4, 5, rng)),
    )  # fmt: skip
    model = nn.Model(net, nn.SequenceCrossEntropy(), nn.ClippedAdam(0.01))
    x, t = nn.next_tokens(["abba", "dad", "cab", "bad"], "abcd")
    model.fit(x, t, epochs=2, rng=rng, batch_size=2, progress=False)
    model.save_checkpoint(tmp_path / "m", rng)
    loaded, its_rng = nn.Model.load_checkpoint(tmp_path / "m")
    assert repr(loaded) == repr(model) and loaded.net.children[1].forget_bias == 2.0
    assert type(loaded.loss) is nn.SequenceCrossEntropy
    assert same(loaded.predict(x), model.predict(x))
    for one, generator_of in ((model, rng), (loaded, its_rng)):
        one.fit(x, t, epochs=2, rng=generator_of, batch_size=2, progress=False)
    assert same(loaded.predict(x[:, :2]), model.predict(x[:, :2]))


def test_a_transformer_comes_back_whole(tmp_path):
    """Heads and causality, too, and dropout's generator: training goes on the same."""
    rng = generator()
    net = nn.Sequential(
        nn.Embedding(5, 4, rng), nn.PositionalEncoding(),
        nn.transformer_block(4, 2, rng, causal=True, dropout=0.2),
        nn.transformer_block(4, 1, rng, wider=2), nn.LayerNorm(4), nn.PerStep(nn.Dense(4, 5, rng)),
    )  # fmt: skip
    model = nn.Model(net, nn.SequenceCrossEntropy(), nn.ClippedAdam(0.01))
    x, t = nn.next_tokens(["abba", "dad", "cab", "bad"], "abcd")
    model.fit(x, t, epochs=2, rng=rng, batch_size=2, progress=False)
    model.save_checkpoint(tmp_path / "m", rng)
    loaded, its_rng = nn.Model.load_checkpoint(tmp_path / "m")
    assert repr(loaded) == repr(model) and "MultiHeadAttention(4, 2, causal)" in repr(loaded.net)
    for one, generator_of in ((model, rng), (loaded, its_rng)):
        one.fit(x, t, epochs=2, rng=generator_of, batch_size=2, progress=False)
    assert same(loaded.predict(x[:, :2]), model.predict(x[:, :2]))


def test_settings_come_back_with_their_types(tmp_path):
    net = nn.Sequential(nn.Dense(2, 2, generator()), nn.Dropout(0.3, generator()))
    for delta in (0.1, 1, np.float64(0.1), np.float32(0.1)):
        loss = nn.Huber(delta)
        nn.Model(net, loss).save(tmp_path / "m")
        loaded = nn.Model.load(tmp_path / "m")
        assert same(loaded.loss.delta, loss.delta)
        assert same(loaded.net.children[1].rate, 0.3)


def test_a_saved_model_is_a_snapshot(tmp_path):
    x, t = data()
    model = small_model()
    model.save(tmp_path / "m")
    content, before = (tmp_path / "m").read_bytes(), model.predict(x)
    loaded = nn.Model.load(tmp_path / "m")
    model.fit(x, t, epochs=2, rng=generator(), progress=False)
    assert not same(model.predict(x), before)
    assert (tmp_path / "m").read_bytes() == content
    assert same(loaded.predict(x), before)
    assert same(nn.Model.load(tmp_path / "m").predict(x), before)


def test_saving_twice_writes_the_same_bytes(tmp_path):
    model, rng = small_model(), generator()
    model.fit(*data(), epochs=1, rng=rng, progress=False)
    for name in "abcd":
        model.save_checkpoint(tmp_path / name, rng)
    assert len({(tmp_path / name).read_bytes() for name in "abcd"}) == 1


def test_a_saved_model_opens_in_torch(tmp_path):
    require("torch")
    from safetensors.torch import load_file

    model = small_model()
    model.save(tmp_path / "m.safetensors")
    tensors = load_file(tmp_path / "m.safetensors")
    assert set(tensors) == {"0.W", "0.b", "2.W", "2.b"}
    assert same(tensors["2.W"].numpy(), np.array(model.net.children[2].W))


# ---- Checkpoints --------------------------------------------------------------------------------


def adam_on_schedule():
    """Its rate is a NumPy number, as a cosine schedule leaves it: that decides how sums round."""
    optimizer = nn.Adam()
    optimizer.lr = 0.1 * np.cos(0.5)
    return optimizer


OPTIMIZERS = {
    "SGD": lambda: nn.SGD(0.1),
    "SGD with momentum and decay": lambda: nn.SGD(0.1, momentum=0.9, decay=1e-2),
    "AdaGrad": lambda: nn.AdaGrad(decay=1e-3),
    "RMSprop": lambda: nn.RMSprop(decay=1e-3),
    "Adam": lambda: nn.Adam(decay=1e-3),
    "clipped Adam": lambda: nn.ClippedAdam(limit=0.1, decay=1e-3),
    "Adam on a schedule": adam_on_schedule,
}


def model_in_training(optimizer, rng, dropout_rng, penalties=True):
    net = nn.Sequential(
        nn.Dense(2, 16, rng), nn.ReLU(), nn.Dropout(0.2, dropout_rng), nn.Dense(16, 2, rng)
    )
    model = nn.Model(net, nn.SoftmaxCrossEntropy(), optimizer, metrics=(nn.accuracy,))
    mask = nn.weight_mask(model.parameters)
    model.penalties = (nn.L2(1e-3, mask), nn.L1(1e-4), nn.L1(np.float64(1e-4), ~mask))
    return model


def assert_same_training(a, rng_a, b, rng_b):
    assert same(a.parameters.theta, b.parameters.theta)
    assert same(a.history, b.history)
    assert same(vars(a.optimizer), vars(b.optimizer))
    assert same(a.best, b.best)
    assert rng_a.bit_generator.state == rng_b.bit_generator.state


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_resumed_is_uninterrupted(optimizer, shared, dtype, tmp_path):
    x, t = data(dtype=dtype)
    rng = generator(1)
    model = model_in_training(OPTIMIZERS[optimizer](), rng, rng if shared else generator(2))
    rows = {"validation": (x[40:], t[40:]), "progress": False, "batch_size": 16}
    model.fit(x[:40], t[:40], epochs=3, rng=rng, **rows)
    model.save_checkpoint(tmp_path / "c", rng)
    resumed, resumed_rng = nn.Model.load_checkpoint(tmp_path / "c", metrics=(nn.accuracy,))
    assert_same_training(model, rng, resumed, resumed_rng)
    assert (resumed.net.children[2].rng is resumed_rng) == shared
    for going, with_rng in ((model, rng), (resumed, resumed_rng)):
        going.fit(x[:40], t[:40], epochs=3, rng=with_rng, **rows)
    assert_same_training(model, rng, resumed, resumed_rng)
    assert same(model.predict(x), resumed.predict(x))


def test_every_optimizer_of_the_package_is_covered():
    classes = {thing for thing in vars(nn).values() if isinstance(thing, type)}
    optimizers = {c for c in classes if issubclass(c, nn.Optimizer)} - {nn.Optimizer}
    assert {type(make()) for make in OPTIMIZERS.values()} == optimizers


@pytest.mark.parametrize("first", range(1, 12))
def test_early_stopping_resumes(first, tmp_path):
    """Patience counts on across a checkpoint, and goes back to the best from before it."""
    x, t = data()
    t = t.copy()
    t[:25:2] = 1 - t[:25:2]  # wrong labels to overfit

    def run(model, rng, epochs):
        model.fit(x[:25], t[:25], epochs=epochs, rng=rng, batch_size=5, patience=4,
                  validation=(x[25:], t[25:]), progress=False)  # fmt: skip

    whole, rng = model_in_training(nn.Adam(0.05), generator(3), generator(4)), generator(5)
    parts, parts_rng = model_in_training(nn.Adam(0.05), generator(3), generator(4)), generator(5)
    run(whole, rng, 30)
    stopped = whole.history.epochs
    assert 4 < stopped < 30, "the example must stop early"
    run(parts, parts_rng, min(first, stopped - 1))
    parts.save_checkpoint(tmp_path / "c", parts_rng)
    parts, parts_rng = nn.Model.load_checkpoint(tmp_path / "c", metrics=(nn.accuracy,))
    run(parts, parts_rng, 30)
    assert_same_training(whole, rng, parts, parts_rng)
    assert same(parts.parameters.theta, parts.best)


def test_a_fresh_model_makes_a_checkpoint(tmp_path):
    model, rng = small_model(), generator(1)
    rng.integers(5, dtype=np.uint32)  # leaves half a draw in the generator, which is state too
    model.save_checkpoint(tmp_path / "c", rng)
    resumed, resumed_rng = nn.Model.load_checkpoint(tmp_path / "c")
    assert_same_training(model, rng, resumed, resumed_rng)
    assert resumed.history == {} and resumed.best is None


def test_a_history_with_gaps_comes_back(tmp_path):
    x, t = data()
    model, rng = small_model(), generator()
    model.fit(x, t, epochs=1, rng=rng, progress=False)
    model.fit(x, t, epochs=1, rng=rng, validation=(x, t), progress=False)
    model.save_checkpoint(tmp_path / "c", rng)
    loaded, _ = nn.Model.load_checkpoint(tmp_path / "c")
    assert np.isnan(loaded.history["val_loss"][0])
    np.testing.assert_equal(dict(loaded.history), dict(model.history))


def test_a_checkpoint_loads_as_a_model_but_not_the_reverse(tmp_path):
    x, _ = data()
    model = small_model()
    model.save_checkpoint(tmp_path / "c", generator())
    assert same(nn.Model.load(tmp_path / "c").predict(x), model.predict(x))
    model.save(tmp_path / "m")
    with pytest.raises(ValueError, match=r"no checkpoint: open it with Model\.load"):
        nn.Model.load_checkpoint(tmp_path / "m")


@pytest.mark.parametrize("rng", [None, 0, np.random.Generator(np.random.MT19937(0))])
def test_a_checkpoint_needs_a_default_generator(rng, tmp_path):
    with pytest.raises(ValueError, match="default_rng"):
        small_model().save_checkpoint(tmp_path / "c", rng)
    assert not list(tmp_path.iterdir())


def test_a_checkpoint_needs_an_optimizer(tmp_path):
    model = small_model()
    model.optimizer = None
    with pytest.raises(ValueError, match="use save"):
        model.save_checkpoint(tmp_path / "c", generator())


# ---- Classes that a file cannot hold ------------------------------------------------------------


class Swish(nn.Layer):
    pass


class Quartic(nn.Loss):
    pass


class Sign(nn.Optimizer):
    pass


class Dense(nn.Dense):
    """As a notebook grows a class: same name, same arguments."""


class Dropout(nn.Dropout):
    """Another constructor: the package's class could not be built from its settings."""

    def __init__(self, rate, rng, scale):
        super().__init__(rate, rng)
        self.scale = scale


def test_a_class_of_the_readers_own_is_refused(tmp_path):
    dense = nn.Dense(2, 2, generator())
    own_net = nn.Model(nn.Sequential(dense, Swish()), nn.MeanSquaredError())
    own_loss = nn.Model(dense, Quartic())
    own_arguments = nn.Model(
        nn.Sequential(dense, Dropout(0.1, generator(), 2)), nn.MeanSquaredError()
    )
    for model, name in ((own_net, "Swish"), (own_loss, "Quartic"), (own_arguments, "Dropout")):
        with pytest.raises(ValueError, match=name):
            model.save(tmp_path / "m")
    own_optimizer = nn.Model(dense, nn.MeanSquaredError(), Sign(0.1))
    with pytest.raises(ValueError, match="Sign"):
        own_optimizer.save_checkpoint(tmp_path / "m", generator())
    assert not list(tmp_path.iterdir())


def test_a_class_grown_in_a_notebook_is_saved(tmp_path):
    model = nn.Model(Dense(2, 2, generator()), nn.MeanSquaredError())
    model.save(tmp_path / "m")
    loaded = nn.Model.load(tmp_path / "m")
    assert type(loaded.net) is nn.Dense
    assert same(loaded.predict(data()[0]), model.predict(data()[0]))


# ---- Files that are refused ---------------------------------------------------------------------


class Bomb:
    """Unpickling it creates a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (self.path, "w")


def assert_refused(path, match=None, load=nn.Model.load):
    """`load(path)` gives a ValueError with a message, and leaves file and random state alone."""
    content = path.read_bytes() if path.is_file() else None
    state = np.random.get_state()[1].tobytes()
    with pytest.raises(ValueError, match=match) as error:
        load(path)
    assert len(str(error.value)) > 20
    assert np.random.get_state()[1].tobytes() == state
    assert content is None or path.read_bytes() == content


@pytest.fixture
def tiny(tmp_path):
    """(path, bytes) of the smallest model and, in `path.parent`, nothing else."""
    path = tmp_path / "tiny.safetensors"
    nn.Model(nn.Dense(1, 1, generator()), nn.Huber(0.5)).save(path)
    return path, path.read_bytes()


def test_truncated_at_every_length(tiny):
    path, content = tiny
    for length in range(len(content)):
        path.write_bytes(content[:length])
        assert_refused(path, "cannot be read")
    path.write_bytes(content + b"\0")
    assert_refused(path, "cannot be read")


def test_every_single_bit_flip_is_refused(tiny):
    path, content = tiny
    for i in range(len(content)):
        for bit in range(8):
            altered = bytearray(content)
            altered[i] ^= 1 << bit
            path.write_bytes(altered)
            assert_refused(path)
    path.write_bytes(content)
    nn.Model.load(path)


def test_damaged_checkpoints_are_refused(tmp_path):
    model, rng = small_model(), generator()
    model.fit(*data(), epochs=1, rng=rng, progress=False)
    path = tmp_path / "c"
    model.save_checkpoint(path, rng)
    content = path.read_bytes()
    for i in range(0, len(content), 7):
        altered = bytearray(content)
        altered[i] ^= 1 << (i % 8)
        path.write_bytes(altered)
        assert_refused(path, load=nn.Model.load_checkpoint)
        path.write_bytes(content[:i])
        assert_refused(path, "cannot be read", load=nn.Model.load_checkpoint)


def test_random_bytes_are_refused(tmp_path):
    rng, path = generator(), tmp_path / "m"
    for size in (1, 7, 8, 9, 100, 5000):
        path.write_bytes(rng.bytes(size))
        assert_refused(path, "cannot be read")


def test_swapped_tensors_are_refused(tiny):
    path, content = tiny
    path.write_bytes(content[:-8] + content[-4:] + content[-8:-4])
    assert_refused(path, "checksum")


@pytest.mark.parametrize("change", [
    lambda t: {"0.b": t["1.b"], "1.b": t["0.b"]},
    lambda t: {"0.W": t["0.W"].view(np.int32)},
    lambda t: {"0.W": t["0.W"].reshape(1, 4)},
    lambda t: {"0.c": t["0.b"]},
], ids=["name", "dtype", "shape", "one more"])  # fmt: skip
def test_the_checksum_covers_names_types_and_shapes(change, tmp_path):
    net = nn.Sequential(nn.Dense(2, 2, generator(1)), nn.Dense(2, 2, generator(2)))
    description, tensors = pack_model(nn.Model(net, nn.Huber()))
    tensors["1.b"] = np.ones(2, np.float32)
    metadata = noted(json.dumps(description), tensors)
    (tmp_path / "m").write_bytes(to_safetensors(tensors | change(tensors), metadata))
    assert_refused(tmp_path / "m", "checksum")


def test_missing_empty_directory(tmp_path):
    assert_refused(tmp_path / "nowhere", "nowhere cannot be read")
    assert_refused(tmp_path, "cannot be read")
    (tmp_path / "empty").touch()
    assert_refused(tmp_path / "empty", "empty cannot be read")


@pytest.mark.parametrize("load", [nn.Model.load, nn.Model.load_checkpoint])
def test_pickles_are_refused_and_not_run(tmp_path, load):
    path, crater = tmp_path / "m.safetensors", tmp_path / "crater"
    path.write_bytes(pickle.dumps(Bomb(str(crater))))
    assert_refused(path, "cannot be read", load)
    assert not crater.exists()
    pickle.loads(path.read_bytes()).close()
    assert crater.exists(), "the bomb must be live"


def test_an_object_array_cannot_enter_a_file(tmp_path):
    bomb = np.array([Bomb("x")], dtype=object)
    with pytest.raises(Exception):  # noqa: B017  safetensors' own refusal
        write_model(tmp_path / "m", {}, {"0.W": bomb})
    assert not list(tmp_path.iterdir())


def test_foreign_files_are_refused(tmp_path):
    path = tmp_path / "m"
    tensors = {"W": np.zeros((2, 2), np.float32)}
    for metadata in (None, {}, {"format": "pt"}, {serialization.FORMAT.upper(): "1"}):
        path.write_bytes(to_safetensors(tensors, metadata))
        assert_refused(path, "not one that this course wrote")


def test_other_versions_are_refused(tmp_path):
    path = tmp_path / "m"
    description, tensors = pack_model(small_model())
    text = json.dumps(description)
    for version in ("2", "0", "1.0", ""):
        path.write_bytes(to_safetensors(tensors, noted(text, tensors, version)))
        assert_refused(path, "update the package")
    for note in ("", "{}"):
        path.write_bytes(to_safetensors(tensors, {serialization.FORMAT: note}))
        assert_refused(path, "update the package")
    for note in ("1", "1 ", "1 0123"):
        path.write_bytes(to_safetensors(tensors, {serialization.FORMAT: note}))
        assert_refused(path, "checksum is wrong")
    path.write_bytes(to_safetensors(tensors, noted(text, tensors)))
    nn.Model.load(path)


# ---- Files with a right checksum and wrong contents ---------------------------------------------


def altered(model, change):
    """The packed checkpoint of `model`, after `change(description, tensors)`."""
    description, tensors = deepcopy(pack_checkpoint(model, generator()))
    return change(description, tensors) or description, tensors


def set_value(*keys, to):
    """A change that replaces the description's entry at `keys`."""

    def change(description, tensors):
        for key in keys[:-1]:
            description = description[key]
        description[keys[-1]] = to

    return change


def drop(*keys):
    def change(description, tensors):
        for key in keys[:-1]:
            description = description[key]
        del description[keys[-1]]

    return change


def set_tensor(name, to):
    return lambda description, tensors: tensors.__setitem__(name, to)


def drop_tensor(name):
    return lambda description, tensors: tensors.pop(name) is None


FIRST = ("net", "children", 0)
WRONG = {
    "unknown layer": (set_value(*FIRST, "class", to="Hyperdense"), "Hyperdense"),
    "a loss as a layer": (set_value(*FIRST, "class", to="Huber"), "no Layer called 'Huber'"),
    "a function as a layer": (set_value(*FIRST, "class", to="softmax"), "softmax"),
    "a module as a layer": (set_value(*FIRST, "class", to="serialization"), "serialization"),
    "a hidden name": (set_value(*FIRST, "class", to="__builtins__"), "builtins"),
    "no class name": (set_value(*FIRST, "class", to=5), "5|str"),
    "class left out": (drop(*FIRST, "class"), "class"),
    "values left out": (drop(*FIRST, "values"), "values"),
    "children left out": (drop("net", "children"), "children"),
    "children of a layer without": (
        set_value(*FIRST, "children", to=[{"class": "ReLU", "values": {}, "children": []}]),
        "argument",
    ),
    "a Sequential without layers": (set_value("net", "children", to=[]), "at least one"),
    "net left out": (drop("net"), "net"),
    "net is a list": (set_value("net", to=[1, 2]), "list"),
    "net is null": (set_value("net", to=None), "None"),
    "loss left out": (drop("loss"), "loss"),
    "a layer as loss": (set_value("loss", "class", to="Dense"), "no Loss"),
    "delta of the wrong type": (set_value("loss", "values", to={"delta": "x"}), "'x'"),
    "description is a list": (lambda d, t: [1], "list"),
    "description is a number": (lambda d, t: 7, "int"),
    "size of the wrong type": (set_value(*FIRST, "values", "n_in", to="2"), "'2'"),
    "size true": (set_value(*FIRST, "values", "n_in", to=True), "n_in"),
    "negative size": (set_value(*FIRST, "values", "n_in", to=-2), "n_in"),
    "other size": (set_value(*FIRST, "values", "n_out", to=4), "0.W"),
    "size left out": (drop(*FIRST, "values", "n_out"), "n_out"),
    "unknown argument": (set_value(*FIRST, "values", "gain", to=1.0), "gain"),
    "a method as argument": (set_value(*FIRST, "values", "forward", to=1.0), "forward"),
    "a list as value": (set_value(*FIRST, "values", "n_in", to=[2]), "not a number"),
    "a tensor that is not there": (
        set_value(*FIRST, "values", "n_in", to={"tensor": "gone"}), "gone"),
    "missing tensor": (drop_tensor("2.b"), "2.b"),
    "tensor of the wrong shape": (set_tensor("0.W", np.zeros((3, 2), np.float32)), "0.W"),
    "tensor flattened": (set_tensor("0.W", np.zeros(6, np.float32)), "0.W"),
    "tensor that would broadcast": (set_tensor("2.b", np.zeros((1, 2), np.float32)), "2.b"),
}  # fmt: skip
WRONG_CHECKPOINT = {
    "unknown optimizer": (set_value("optimizer", "class", to="Lion"), "Lion"),
    "a layer as optimizer": (set_value("optimizer", "class", to="ReLU"), "no Optimizer"),
    "rate of the wrong type": (set_value("optimizer", "values", "lr", to="fast"), "fast"),
    "negative rate": (set_value("optimizer", "values", "lr", to=-1), "lr"),
    "state of the wrong type": (set_value("optimizer", "values", "steps", to="1"), "'1'"),
    "state of another optimizer": (set_value("optimizer", "values", "rho", to=0.5), "rho"),
    "state of the wrong shape": (set_tensor("optimizer.m", np.zeros(3, np.float32)), "shape"),
    "state that would broadcast": (set_tensor("optimizer.m", np.zeros(1, np.float32)), "shape"),
    "state gone": (drop_tensor("optimizer.v"), r"optimizer\.v"),
    "best of the wrong shape": (set_tensor("best", np.zeros(1, np.float32)), "best"),
    "mask of the wrong shape": (set_tensor("penalty.0.mask", np.ones(2, bool)), "mask"),
    "penalties left out": (drop("penalties"), "penalties"),
    "a loss as penalty": (set_value("penalties", 0, "class", to="Huber"), "no Penalty"),
    "negative strength": (set_value("penalties", 0, "values", "strength", to=-1), "strength"),
    "history left out": (drop("history"), "history"),
    "history of the wrong type": (set_value("history", to=3), "int"),
    "generators left out": (drop("generators"), "generators"),
    "generator of another kind": (
        set_value("generators", "states", 0, "bit_generator", to="MT19937"), "PCG64"),
    "generator without state": (drop("generators", "states", 0, "state"), "state"),
    "a generator too few": (set_value("generators", "states", to=[]), "index|states"),
    "a user too many": (set_value("generators", "which", to=[0, 0, 0]), "zip"),
    "a user too few": (set_value("generators", "which", to=[0]), "zip"),
}  # fmt: skip


def trained():
    rng = generator()
    model = model_in_training(nn.Adam(0.01), rng, rng)
    model.net.children[0:1] = [nn.Dense(2, 3, rng)]
    model.net.children[3:] = [nn.Dense(3, 2, rng)]
    model = nn.Model(model.net, model.loss, model.optimizer)
    model.penalties = (nn.L2(0.1, nn.weight_mask(model.parameters)),)
    x, t = data()
    model.fit(x, t, epochs=1, rng=rng, validation=(x, t), progress=False)
    return model


@pytest.mark.parametrize("name", WRONG)
def test_wrong_descriptions_are_refused(name, tmp_path):
    change, match = WRONG[name]
    write_model(tmp_path / "m", *altered(small_model(), change))
    assert_refused(tmp_path / "m", match)
    assert_refused(tmp_path / "m", load=nn.Model.load_checkpoint)


@pytest.mark.parametrize("name", WRONG_CHECKPOINT)
def test_wrong_checkpoints_are_refused(name, tmp_path):
    change, match = WRONG_CHECKPOINT[name]
    write_model(tmp_path / "c", *altered(trained(), change))
    assert_refused(tmp_path / "c", match, nn.Model.load_checkpoint)


def test_the_unaltered_checkpoint_loads(tmp_path):
    write_model(tmp_path / "c", *altered(trained(), lambda d, t: None))
    nn.Model.load_checkpoint(tmp_path / "c")


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 100_000])
def test_descriptions_that_are_no_json_are_refused(text, tmp_path):
    tensors = {}
    (tmp_path / "m").write_bytes(to_safetensors(tensors, noted(text, tensors)))
    assert_refused(tmp_path / "m", "no description of a model")


# ---- Crashes in the middle of a save ------------------------------------------------------------


class FullDisk:
    """A file whose disk is full after a few bytes."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()

    def write(self, content):
        self.file.write(content[:50])
        raise OSError("No space left on device")


def fail_writing(monkeypatch):
    monkeypatch.setattr(
        serialization, "open", lambda *args: FullDisk(open(*args)), raising=False
    )


def fail_syncing(monkeypatch):
    def interrupted(number):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)


def fail_renaming(monkeypatch):
    def refused(old, new):
        raise PermissionError("not now")

    monkeypatch.setattr(os, "replace", refused)


def fail_packing(monkeypatch):
    def refused(*args):
        raise MemoryError

    monkeypatch.setattr(serialization, "to_safetensors", refused)


@pytest.mark.parametrize("fail", [fail_writing, fail_syncing, fail_renaming, fail_packing])
@pytest.mark.parametrize("there", [True, False])
def test_a_failed_save_leaves_the_old_file_and_nothing_else(fail, there, tmp_path, monkeypatch):
    path = tmp_path / "m.safetensors"
    if there:
        small_model(1).save(path)
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    fail(monkeypatch)
    with pytest.raises((OSError, KeyboardInterrupt, MemoryError)):
        small_model(2).save(path)
    with pytest.raises((OSError, KeyboardInterrupt, MemoryError)):
        small_model(2).save_checkpoint(path, generator())
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_save_syncs_before_it_renames(tmp_path, monkeypatch):
    calls, replace, fsync = [], os.replace, os.fsync
    monkeypatch.setattr(os, "fsync", lambda n: (fsync(n), calls.append("sync")))
    monkeypatch.setattr(os, "replace", lambda a, b: (replace(a, b), calls.append("rename")))
    small_model().save(tmp_path / "m")
    assert calls == ["sync", "rename"]
    assert [file.name for file in tmp_path.iterdir()] == ["m"]


SAVER = """
import os, sys, time
import numpy as np
import nnfs_helpers as nn
from nnfs_helpers import serialization

class Slow:
    def __init__(self, file): self.file = file
    def __enter__(self): return self
    def __exit__(self, *error): self.file.close()
    def write(self, content):
        self.file.write(content[: len(content) // 2])
        self.file.flush()
        print("half", flush=True)
        time.sleep(60)

model = nn.Model(nn.Dense(300, 300, np.random.default_rng(2)), nn.MeanSquaredError())
if sys.argv[2] == "half":
    serialization.open = lambda *args: Slow(open(*args))
print("ready", flush=True)
while True:
    model.parameters.theta += 1
    model.save(sys.argv[1])
"""


def save_until_killed(path, wait_for, seconds=0.0):
    """A process saves to `path` until it says `wait_for`, and a little longer; then SIGKILL."""
    command = [sys.executable, "-c", SAVER, path, wait_for]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.stdout.readline().strip() != wait_for:
            assert process.poll() is None
        if seconds:
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(seconds)
        process.kill()
        assert process.wait() == -signal.SIGKILL


def test_killed_half_way_through_a_save(tmp_path):
    path = tmp_path / "m.safetensors"
    small_model(1).save(path)
    content = path.read_bytes()
    save_until_killed(path, "half")
    assert path.read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 2, "the half file must have been there"
    small_model(2).save(path)
    nn.Model.load(path)


@pytest.mark.parametrize("seconds", [0.05, 0.11, 0.17])
def test_killed_at_any_moment_leaves_a_whole_file(seconds, tmp_path):
    path = tmp_path / "m.safetensors"
    nn.Model(nn.Dense(300, 300, generator(1)), nn.MeanSquaredError()).save(path)
    old = nn.Model.load(path).parameters.theta
    save_until_killed(path, "ready", seconds)
    assert not same(nn.Model.load(path).parameters.theta, old), "it must have saved by then"
