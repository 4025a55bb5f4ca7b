"""`Model`: the same numbers as loops by hand, and a clean end whatever happens in training."""

import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import nnfs_helpers as nn


def generator(seed=0):
    return np.random.default_rng(seed)


def data(n=60, dtype=np.float64):
    x, t = nn.spiral(n // 3, 3, generator(7))
    return x.astype(dtype), t


def network(rng):
    return nn.Sequential(nn.Dense(2, 16, rng), nn.ReLU(), nn.Dense(16, 3, rng))


def classifier(optimizer=None, net=None, **settings):
    optimizer = optimizer or nn.Adam(0.01)
    net = net or network(generator())
    return nn.Model(net, nn.SoftmaxCrossEntropy(), optimizer, metrics=(nn.accuracy,), **settings)


def fit(model, *rows, **settings):
    """`model.fit` without a progress bar, with a generator unless one is given."""
    rows = rows or data()
    return model.fit(*rows, **{"epochs": 1, "rng": generator(), "progress": False} | settings)


class Raises(nn.Layer):
    """Passes everything on, but raises `error` in its `call`-th forward pass in training."""

    def __init__(self, error, call):
        self.error, self.left = error, call

    def forward(self, x):
        self.left -= self.training
        if self.left == 0:
            raise self.error
        return x

    def backward(self, dy):
        return dy


# ---- The same numbers as a loop by hand ---------------------------------------------------------


def loop_by_hand(x, t, epochs, batch_size, rng):
    """Losses of each epoch, and theta, of the classifier above: nothing of `Model` in it."""
    net, loss, optimizer = network(generator()), nn.SoftmaxCrossEntropy(), nn.Adam(0.01)
    parameters = nn.Parameters(net)
    losses = []
    for _ in range(epochs):
        order = np.arange(len(x)) if batch_size is None else rng.permutation(len(x))
        total = 0.0
        for start in range(0, len(x), batch_size or len(x)):
            rows = order[start : start + (batch_size or len(x))]
            total += loss.forward(net.forward(x[rows]), t[rows]) * len(rows)
            net.backward(loss.backward())
            optimizer.step(parameters.theta, parameters.grad)
        losses.append(total / len(x))
    return losses, parameters.theta


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("batch_size", [1, 16, 60, 100])
def test_fit_equals_a_loop_by_hand(batch_size, dtype):
    x, t = data(dtype=dtype)
    model = classifier()
    history = fit(model, x, t, epochs=4, batch_size=batch_size, rng=generator(3))
    losses, theta = loop_by_hand(x, t, 4, batch_size, generator(3))
    assert history["loss"] == losses
    assert np.array_equal(model.parameters.theta, theta)


def test_full_batch_equals_train():
    x, t = data()
    model = classifier()
    history = model.fit(x, t, epochs=20, batch_size=None, progress=False)
    losses = nn.train(network(generator()), nn.SoftmaxCrossEntropy(), nn.Adam(0.01), x, t, 20)
    assert history["loss"] == losses.tolist()


def test_penalties_are_added_to_the_gradient_and_not_to_the_loss():
    x, t = data()
    model = classifier(nn.SGD(0.5))
    plain = classifier(nn.SGD(0.5))
    mask = nn.weight_mask(model.parameters)
    model.penalties = (nn.L2(0.1, mask), nn.L1(0.01))
    start = model.parameters.theta.copy()
    losses = [fit(m, x, t, batch_size=None)["loss"] for m in (model, plain)]
    assert losses[0] == losses[1]
    pull = 0.5 * (0.2 * start * mask + 0.01 * np.sign(start))
    assert np.allclose(model.parameters.theta, plain.parameters.theta - pull, atol=1e-7)


def test_fit_twice_is_one_longer_fit():
    x, t = data()
    twice, once = classifier(), classifier()
    rng = generator(1)
    fit(twice, x, t, epochs=2, rng=rng, validation=(x, t))
    fit(twice, x, t, epochs=3, rng=rng, validation=(x, t))
    fit(once, x, t, epochs=5, rng=generator(1), validation=(x, t))
    assert twice.history == once.history and twice.history.epochs == 5
    assert np.array_equal(twice.parameters.theta, once.parameters.theta)


def test_fit_learns():
    x, t = data(300)
    model = classifier(nn.Adam(0.05))
    fit(model, x, t, epochs=150)
    assert model.evaluate(x, t)["accuracy"] > 0.65


# ---- History, validation, early stopping --------------------------------------------------------


def test_history_has_one_number_for_each_epoch():
    x, t = data()
    model = classifier()
    history = fit(model, x[:40], t[:40], epochs=3, validation=(x[40:], t[40:]))
    assert history is model.history and history.epochs == 3
    assert list(history) == ["loss", "val_loss", "val_accuracy"]
    assert all(len(values) == 3 for values in history.values())
    scores = model.evaluate(x[40:], t[40:])
    assert history["val_loss"][-1] == scores["loss"]
    assert history["val_accuracy"][-1] == scores["accuracy"]
    assert history.latest()["val_loss"] == f"{scores['loss']:.4f}"


def test_history_marks_what_an_epoch_did_not_measure():
    model = classifier()
    fit(model, epochs=2)
    fit(model, epochs=2, validation=data())
    fit(model, epochs=1)
    missing = np.isnan(model.history["val_loss"])
    assert missing.tolist() == [True, True, False, False, True]
    assert {len(values) for values in model.history.values()} == {5}
    assert not np.isnan(model.history["loss"]).any()


@pytest.mark.parametrize(
    ("row", "best"),
    [
        ({"loss": [3, 1, 2]}, 1),
        ({"loss": [3, 1, 2], "val_loss": [5, 6, 4]}, 2),
        ({"loss": [3, 1, 2], "val_loss": [np.nan, 6, 7]}, 1),
        ({"loss": [3, 1, 2], "val_loss": [np.nan, np.nan, np.inf]}, 2),
        ({"loss": [3, 1, 1], "val_loss": [2, 2, 2]}, 0),
    ],
)
def test_best_epoch(row, best):
    assert nn.History(row).best_epoch == best


def overfitting():
    """A classifier, its rows and validation rows, whose validation loss falls and then rises."""
    x, t = data(90)
    order = generator(2).permutation(90)
    x, t = x[order], t[order]
    return classifier(nn.Adam(0.1)), (x[:20], t[:20]), (x[20:], t[20:])


@pytest.mark.parametrize("patience", [1, 3, 8])
def test_early_stopping_goes_back_to_the_best_epoch(patience):
    model, rows, validation = overfitting()
    history = fit(model, *rows, epochs=200, validation=validation, patience=patience)
    losses = history["val_loss"]
    assert 1 < history.epochs < 200
    assert history.epochs - 1 - history.best_epoch == patience
    assert model.evaluate(*validation)["loss"] == min(losses) < losses[-1]
    same, rows, validation = overfitting()
    fit(same, *rows, epochs=history.best_epoch + 1, validation=validation)
    assert np.array_equal(same.parameters.theta, model.parameters.theta)


def test_without_patience_the_last_parameters_stay():
    model, rows, validation = overfitting()
    history = fit(model, *rows, epochs=60, validation=validation)
    assert history.epochs == 60 and history.best_epoch < 59
    assert model.evaluate(*validation)["loss"] == history["val_loss"][-1]


def test_patience_after_epochs_without_it():
    """The best epoch may lie before the first one with patience: its parameters are known."""
    model, rows, validation = overfitting()
    fit(model, *rows, epochs=60, validation=validation)
    best = model.history.best_epoch
    fit(model, *rows, epochs=10, validation=validation, patience=1)
    assert model.history.epochs == 61 and model.history.best_epoch == best
    assert model.evaluate(*validation)["loss"] == min(model.history["val_loss"])


def test_patience_after_epochs_without_validation():
    model, rows, validation = overfitting()
    fit(model, *rows, epochs=5)
    fit(model, *rows, epochs=50, validation=validation, patience=2)
    assert model.history.best_epoch >= 5
    assert np.isfinite(model.parameters.theta).all()
    assert model.evaluate(*validation)["loss"] == np.nanmin(model.history["val_loss"])


def test_progress_bar(capsys):
    fit(classifier(), epochs=2, validation=data(), progress=True)
    text = capsys.readouterr().err
    assert "2/2" in text and "val_loss=" in text and "val_accuracy=" in text
    fit(classifier(), epochs=2)
    assert capsys.readouterr().err == ""


# ---- Training mode, the first layer, two models -------------------------------------------------


class Watch(nn.Layer):
    """Notes the training mode of every forward pass."""

    def __init__(self):
        self.seen = []

    def forward(self, x):
        self.seen.append(self.training)
        return x

    def backward(self, dy):
        return dy


def test_training_mode_is_on_in_training_only():
    x, t = data()
    watch = Watch()
    inner = nn.Sequential(nn.Dense(2, 3, generator()), watch)
    model = classifier(net=nn.Sequential(inner))

    def seen(action):
        watch.seen.clear()
        action()
        return watch.seen

    assert seen(lambda: model.predict(x)) == [False]
    assert seen(lambda: fit(model, x, t, batch_size=30, epochs=2)) == [True] * 4
    assert not watch.training and not inner.training
    assert seen(lambda: fit(model, x, t, batch_size=None, epochs=2)) == [True] * 2
    assert seen(lambda: model.evaluate(x, t, batch_size=20)) == [False] * 3
    assert not watch.training and not inner.training
    assert seen(lambda: fit(model, x, t, batch_size=30, validation=(x, t), epochs=2)) == [
        True, True, False, True, True, False]  # fmt: skip


def test_dropout_does_not_touch_predictions():
    x, _ = data()
    rng = generator()
    net = nn.Sequential(nn.Dense(2, 8, rng), nn.Dropout(0.5, rng), nn.Dense(8, 3, rng))
    model = classifier(net=net)
    fit(model)
    assert np.array_equal(model.predict(x), model.predict(x))


def test_the_first_layer_computes_no_input_gradient():
    x, t = data()
    first, second = nn.Dense(2, 4, generator()), nn.Dense(4, 3, generator())
    model = classifier(net=nn.Sequential(nn.Sequential(first, nn.ReLU()), second))
    fit(model, x, t)
    assert not first.needs_dx and second.needs_dx
    assert model.net.backward(model.loss.backward()) is None
    alone = nn.Dense(2, 3, generator())
    fit(classifier(net=alone), x, t)
    assert not alone.needs_dx


def test_training_a_stale_model_is_a_clear_error():
    x, t = data()
    stale = classifier()
    fresh = classifier(net=stale.net)
    before = fresh.parameters.theta.copy()
    with pytest.raises(ValueError, match="no longer views of this theta"):
        fit(stale, x, t)
    assert np.array_equal(fresh.parameters.theta, before)
    fit(fresh, x, t)
    assert not np.array_equal(fresh.parameters.theta, before)


# ---- evaluate and predict -----------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [1, 7, 59, 60, 1024])
def test_evaluate_in_batches_is_evaluate_at_once(batch_size):
    """60 rows in sevens leave a last batch of 4, which must not weigh as much as the others."""
    x, t = data()
    model = classifier()
    fit(model, x, t)
    whole = model.loss.forward(model.net.forward(x), t)
    scores = model.evaluate(x, t, batch_size=batch_size)
    assert scores["loss"] == pytest.approx(whole, rel=1e-12)
    assert scores["accuracy"] == nn.accuracy(model.net.forward(x), t)
    p = model.predict(x, batch_size=batch_size)
    assert p.shape == (60, 3) and np.allclose(p, nn.softmax(model.net.forward(x)), rtol=1e-12)


def test_metrics_see_predictions_of_all_rows():
    def rows_and_sum(p, t):
        return len(p) + p.sum() / len(p)

    model = classifier()
    model.metrics = (rows_and_sum,)
    scores = model.evaluate(*data(), batch_size=7)
    assert list(scores) == ["loss", "rows_and_sum"]
    assert scores["rows_and_sum"] == pytest.approx(61)


def test_predict_applies_the_activation_of_the_loss():
    x, _ = data()
    net = nn.Dense(2, 1, generator())
    score = net.forward(x)
    for loss, expected in (
        (nn.MeanSquaredError(), score),
        (nn.Huber(), score),
        (nn.BinaryCrossEntropy(), nn.sigmoid(score)),
    ):
        assert np.allclose(nn.Model(net, loss).predict(x), expected)
    scores = classifier().net.forward(x)
    assert np.allclose(classifier().predict(x), nn.softmax(scores))
    assert np.allclose(classifier().predict(x).sum(axis=1), 1)


@pytest.mark.parametrize("n", [1, 2, 1023, 1024, 1025, 2500])
def test_predict_has_one_row_for_each_sample(n):
    x = generator().standard_normal((n, 2)).astype(np.float32)
    p = classifier().predict(x)
    assert p.shape == (n, 3) and p.dtype == np.float32


def test_predict_leaves_its_input_alone():
    x, _ = data()
    before = x.copy()
    classifier().predict(x)
    assert np.array_equal(x, before)


# ---- Ctrl-C -------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch_size", [20, None])
def test_an_interrupt_keeps_model_and_history(batch_size, capsys):
    x, t = data()
    per_epoch = 3 if batch_size else 1
    net = nn.Sequential(network(generator()), Raises(KeyboardInterrupt(), 2 * per_epoch + 1))
    model = classifier(net=net)
    history = fit(model, x, t, epochs=10, batch_size=batch_size, validation=(x, t))
    assert history is model.history and history.epochs == 2
    assert len(history["val_loss"]) == 2
    assert "after 2 full epochs" in capsys.readouterr().out
    reference = classifier()
    fit(reference, x, t, epochs=2, batch_size=batch_size, validation=(x, t))
    assert history == reference.history
    assert np.array_equal(model.parameters.theta, reference.parameters.theta)
    fit(model, x, t, epochs=3, batch_size=batch_size, validation=(x, t))
    assert model.history.epochs == 5


def lines_of_training(stop_at=None):
    """Run a small fit; raise KeyboardInterrupt before its `stop_at`-th line inside the epochs.

    Returns the model and the number of lines that ran.
    """
    x, t = data(12)
    model, count = classifier(), 0
    inside = {"fit_epoch", "train_epoch", "train_step", "evaluate", "outputs", "add", "latest",
              "out_of_patience", "best_epoch", "step", "forward", "backward", "grad"}  # fmt: skip

    def trace(frame, event, argument):
        nonlocal count
        if event == "line" and frame.f_code.co_name in inside:
            count += 1
            if count == stop_at:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        fit(model, x, t, epochs=3, batch_size=6, validation=(x, t), patience=2)
    finally:
        sys.settrace(None)
    return model, count


@pytest.mark.skipif(bool(sys.gettrace()), reason="a debugger or coverage is tracing")
def test_an_interrupt_at_any_line_of_training_is_clean(capsys):
    _, lines = lines_of_training()
    assert lines > 300
    for stop_at in range(1, lines + 1, 3):
        model, _ = lines_of_training(stop_at)
        assert "Stopped by hand" in capsys.readouterr().out
        fit(model, *data(12), epochs=2, validation=data(12))
        lengths = {len(values) for values in model.history.values()}
        assert len(lengths) == 1 and model.history.epochs >= 2
        assert np.isfinite(model.parameters.theta).all()


TRAINING = """
import signal
import numpy as np
import nnfs_helpers as nn

signal.signal(signal.SIGINT, signal.default_int_handler)  # even if the parent ignores it
rng = np.random.default_rng(0)
x, t = nn.spiral(20, 3, rng)
net = nn.Sequential(nn.Dense(2, 16, rng), nn.ReLU(), nn.Dense(16, 3, rng))
model = nn.Model(net, nn.SoftmaxCrossEntropy(), nn.Adam(0.01), metrics=(nn.accuracy,))
print("training", flush=True)
history = model.fit(x, t, epochs=10**6, rng=rng, validation=(x, t), progress=False)
print(history.epochs, {len(values) for values in history.values()})
before = history.epochs
model.fit(x, t, epochs=2, rng=rng, validation=(x, t), progress=False)
print("went on", history.epochs - before, np.isfinite(model.predict(x)).all())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
@pytest.mark.parametrize("seconds", [0.01, 0.1, 0.23])
def test_a_real_ctrl_c_stops_a_real_training(seconds):
    command = [sys.executable, "-c", TRAINING]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout.readline() == "training\n"
        time.sleep(seconds + 0.02)
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    stopped, lengths, went_on = out.splitlines()
    epochs = int(lengths.split()[0])
    assert stopped == f"Stopped by hand after {epochs} full epochs; the model is kept."
    assert lengths == f"{epochs} {{{epochs}}}" or epochs == 0
    assert went_on == "went on 2 True"


# ---- A loss that is not finite ------------------------------------------------------------------


class Explodes(nn.SoftmaxCrossEntropy):
    """The loss becomes `value` in its `call`-th step."""

    def __init__(self, value, call):
        self.value, self.left = value, call

    def forward(self, y, t):
        loss = super().forward(y, t)
        self.left -= 1
        return self.value if self.left == 0 else loss


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("optimizer", [
    lambda: nn.SGD(0.1, momentum=0.9), nn.AdaGrad, nn.RMSprop, nn.Adam])  # fmt: skip
@pytest.mark.parametrize("call", [1, 3, 8])
def test_a_loss_that_is_not_finite_stops_training(value, optimizer, call):
    """Three steps an epoch: call 8 is in the middle of the third."""
    x, t = data()
    model = nn.Model(network(generator()), Explodes(value, call), optimizer())
    with pytest.raises(FloatingPointError) as error:
        fit(model, x, t, epochs=5, batch_size=20)
    assert f"became {value} at step {call}." in str(error.value)
    assert f"learning rate, {model.optimizer.lr}, is too large" in str(error.value)
    full = (call - 1) // 3
    assert model.history.epochs == full and not model.net.training
    reference = nn.Model(network(generator()), nn.SoftmaxCrossEntropy(), optimizer())
    if full:
        fit(reference, x, t, epochs=full, batch_size=20)
    assert np.array_equal(model.parameters.theta, reference.parameters.theta)
    assert model.history == reference.history
    state, expected = vars(model.optimizer), vars(reference.optimizer)
    assert all(np.array_equal(state[name], expected[name]) for name in expected)
    fit(model, x, t, epochs=2, batch_size=20)
    assert model.history.epochs == full + 2


def test_training_goes_on_with_a_smaller_rate():
    x, t = nn.sine(200)
    rng = generator()
    net = nn.Sequential(nn.Dense(1, 32, rng), nn.ReLU(), nn.Dense(32, 1, rng))
    model = nn.Model(net, nn.MeanSquaredError(), nn.SGD(0.05))
    fit(model, x, t, epochs=3, batch_size=2)
    losses = list(model.history["loss"])
    model.optimizer.lr = 100.0
    with np.errstate(all="ignore"), pytest.raises(FloatingPointError, match=r"rate, 100\.0"):
        fit(model, x, t, epochs=3, batch_size=2)
    assert model.history["loss"] == losses
    model.optimizer.lr = 0.01
    fit(model, x, t, epochs=3, batch_size=2)
    assert model.history["loss"][-1] < losses[-1]


def test_a_nan_parameter_does_not_reach_the_optimizer():
    """The step with the bad loss changes neither parameters nor the optimizer's state."""
    x, t = data()
    model = classifier()
    model.parameters.theta[0] = np.nan
    with pytest.raises(FloatingPointError, match="step 1"):
        model.train_step(x, t)
    assert np.isnan(model.parameters.theta).sum() == 1
    assert model.optimizer.steps == 0 and model.optimizer.m is None


# ---- Bad input ----------------------------------------------------------------------------------


X, T = data()
WITH_NAN = np.where(np.arange(120).reshape(60, 2) == 7, np.nan, X)
BAD_ROWS = {
    "pictures that are not scaled": (np.zeros((60, 2), np.uint8), T, "uint8.*Scale"),
    "whole numbers": (np.zeros((60, 2), int), T, "int64"),
    "words": (np.full((60, 2), "a"), T, "<U1"),
    "NaN": (WITH_NAN, T, "NaN or infinite"),
    "infinite": (np.where(np.isnan(WITH_NAN), np.inf, X), T, "NaN or infinite"),
    "one sample without its axis": (X[0], T[:1], r"one row per sample.*\(2,\)"),
    "no rows": (X[:0], T[:0], r"\(0, 2\)"),
    "too few targets": (X, T[:-1], "60 samples.*59"),
    "one target": (X, 1, "60 samples"),
    "targets of words": (X, T.astype(str), "finite numbers"),
    "targets with NaN": (X, np.where(T == 1, np.nan, T), "finite numbers"),
    "one-hot targets": (X, np.eye(3, dtype=int)[T], "argmax"),
    "targets that start at 1": (X, T + 1, "start at 1"),
    "targets as floats": (X, T.astype(float), "integers"),
    "other columns": (np.zeros((60, 3)), T, r"\(batch, 2\)"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_bad_rows_are_refused_and_change_nothing(name):
    x, t, match = BAD_ROWS[name]
    model = classifier()
    theta = model.parameters.theta.copy()
    with pytest.raises(ValueError, match=match):
        fit(model, x, t)
    with pytest.raises(ValueError, match=match):
        model.evaluate(x, t)
    assert np.array_equal(model.parameters.theta, theta)
    assert model.history == {} and model.optimizer.steps == 0


BEFORE_TRAINING = set(BAD_ROWS) - {
    "one-hot targets", "targets that start at 1", "targets as floats", "other columns"
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BEFORE_TRAINING))
def test_bad_validation_rows_are_refused_before_training(name):
    x, t, match = BAD_ROWS[name]
    model = classifier()
    with pytest.raises(ValueError, match=match):
        fit(model, validation=(x, t))
    assert model.optimizer.steps == 0


@pytest.mark.parametrize("name", [n for n in BAD_ROWS if "target" not in n])
def test_bad_rows_are_refused_by_predict(name):
    x, _, match = BAD_ROWS[name]
    with pytest.raises(ValueError, match=match):
        classifier().predict(x)


def test_nan_targets_of_a_regression_are_refused():
    x, t = nn.sine(10)
    model = nn.Model(nn.Dense(1, 1, generator()), nn.MeanSquaredError(), nn.SGD(0.1))
    for wrong, match in ((np.full_like(t, np.nan), "finite"), (t[:, 0], "same shape")):
        with pytest.raises(ValueError, match=match):
            fit(model, x, wrong)
    assert model.optimizer.steps == 0


NOT_SIZES = (0, -1, 1.5, 2.0, "3", True)


@pytest.mark.parametrize("wrong", [*NOT_SIZES, None])
def test_epochs_is_a_positive_whole_number(wrong):
    with pytest.raises(ValueError, match="epochs must be a whole number"):
        fit(classifier(), epochs=wrong)


@pytest.mark.parametrize("wrong", NOT_SIZES)
def test_sizes_are_positive_whole_numbers(wrong):
    model = classifier()
    for action in (
        lambda: fit(model, batch_size=wrong),
        lambda: model.evaluate(X, T, batch_size=wrong),
        lambda: model.predict(X, batch_size=wrong),
        lambda: fit(model, validation=(X, T), patience=wrong),
    ):
        with pytest.raises(ValueError, match="must be a whole number of at least 1"):
            action()
    assert model.optimizer.steps == 0


@pytest.mark.parametrize("rng", [None, 0, np.random, np.random.RandomState(0)])
def test_batches_need_a_generator(rng):
    with pytest.raises(ValueError, match="default_rng"):
        fit(classifier(), rng=rng)
    fit(classifier(), rng=rng, batch_size=None)  # a whole batch is not shuffled


def test_patience_needs_validation():
    for patience in (1, 0):
        with pytest.raises(ValueError, match="patience needs validation"):
            fit(classifier(), patience=patience)


def test_fit_needs_an_optimizer():
    model = nn.Model(network(generator()), nn.SoftmaxCrossEntropy())
    with pytest.raises(ValueError, match="needs an optimizer"):
        fit(model)
    assert model.evaluate(X, T)["loss"] > 0


def test_a_network_without_parameters_is_refused():
    with pytest.raises(ValueError, match="no parameters"):
        nn.Model(nn.Sequential(nn.ReLU()), nn.MeanSquaredError())


def test_a_model_says_what_it_is():
    assert repr(classifier()) == (
        "Model of 99 parameters: Sequential(Dense(2, 16), ReLU(), Dense(16, 3))"
    )


# Beyond the book: layers with buffers


def picture_model(seed=0):
    rng = generator(seed)
    net = nn.Sequential(
        nn.Conv2D(1, 4, 3, rng, padding=1), nn.BatchNorm(4), nn.ReLU(), nn.MaxPool2D(2),
        nn.Flatten(), nn.Dense(36, 8, rng), nn.LayerNorm(8), nn.Dense(8, 2, rng),
    )  # fmt: skip
    return nn.Model(net, nn.SoftmaxCrossEntropy(), nn.Adam(0.01))


def pictures(n=40):
    rng = generator(7)
    x = rng.standard_normal((n, 1, 6, 6))
    return x, (x[:, 0, :3].mean(axis=(1, 2)) > x[:, 0, 3:].mean(axis=(1, 2))).astype(int)


def buffers(model):
    norm = model.net.children[1]
    return np.concatenate([norm.mean, norm.variance])


def test_a_network_of_pictures_learns():
    x, t = pictures()
    model = picture_model()
    fit(model, x, t, epochs=20, batch_size=10)
    assert model.evaluate(x, t)["loss"] < 0.2
    assert not np.allclose(buffers(model), [0] * 4 + [1] * 4)
    assert model.parameters.theta.size == 4 * 9 + 4 + 2 * 4 + 36 * 8 + 8 + 2 * 8 + 8 * 2 + 2


def test_an_explosion_leaves_the_buffers_of_the_last_full_epoch():
    """Four steps an epoch: call 11 is in the middle of the third."""
    x, t = pictures()
    model, reference = picture_model(), picture_model()
    model.loss = Explodes(np.nan, 11)
    with pytest.raises(FloatingPointError):
        fit(model, x, t, epochs=5, batch_size=10)
    fit(reference, x, t, epochs=2, batch_size=10)
    assert np.array_equal(model.snapshot(), reference.snapshot())
    assert np.array_equal(buffers(model), buffers(reference))


def test_early_stopping_goes_back_to_the_buffers_of_the_best_epoch():
    x, t = pictures()
    model, seen = picture_model(), []
    x_val, t_val = x[:20], 1 - t[:20]  # wrong answers: learning only makes it worse
    for _ in range(5):
        fit(model, x[20:], t[20:], epochs=1, batch_size=5, validation=(x_val, t_val), patience=4)
        seen.append(buffers(model))
    assert model.history.best_epoch == 0
    assert np.array_equal(buffers(model), seen[0]) and not np.array_equal(seen[0], seen[1])


def test_buffers_survive_saving_and_resuming(tmp_path):
    x, t = pictures()
    model, rng = picture_model(), generator(1)
    keep = {"batch_size": 10, "validation": (x, t), "patience": 9, "progress": False}
    model.fit(x, t, epochs=2, rng=rng, **keep)
    model.save(tmp_path / "m")
    assert np.array_equal(nn.Model.load(tmp_path / "m").predict(x), model.predict(x))
    model.save_checkpoint(tmp_path / "c", rng)
    resumed, resumed_rng = nn.Model.load_checkpoint(tmp_path / "c")
    for going, with_rng in ((model, rng), (resumed, resumed_rng)):
        going.fit(x, t, epochs=2, rng=with_rng, **keep)
    assert np.array_equal(model.snapshot(), resumed.snapshot())
    assert np.array_equal(model.best, resumed.best) and model.history == resumed.history
