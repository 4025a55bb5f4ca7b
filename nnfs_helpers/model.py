"""A network, its loss and its optimizer as one object that trains, predicts and is saved."""

from copy import deepcopy

import numpy as np
from tqdm.auto import tqdm

from .checks import check_data, check_features, check_kind, check_size
from .data import batches
from .layers import Sequential, set_training, slots
from .losses import Loss
from .optimizers import Optimizer, Parameters
from .serialization import pack_checkpoint, pack_model, read_model
from .serialization import unpack_checkpoint, unpack_model, write_model


class History(dict):
    """What each epoch measured: name -> list with one number for each epoch. Chapter 18."""

    def add(self, row):
        """Append one epoch's numbers, name -> float; NaN for what this epoch did not measure."""
        epochs = self.epochs
        for name in {**self, **row}:
            values = self.setdefault(name, [])
            values += [np.nan] * (epochs - len(values)) + [row.get(name, np.nan)]

    def latest(self):
        """The last epoch's numbers as short texts, for a progress bar."""
        return {name: f"{values[-1]:.4f}" for name, values in self.items()}

    @property
    def epochs(self):
        """How many epochs are recorded."""
        return len(self.get("loss", []))

    @property
    def best_epoch(self):
        """Index of the epoch with the lowest validation loss (training loss, if there is none)."""
        losses = self.get("val_loss", self["loss"])
        return int(np.argmin(np.nan_to_num(losses, nan=np.inf)))


class Model:
    """`Model(net, loss, optimizer)`: `fit`, `evaluate`, `predict`, `save`, `load`. Chapter 18.

    The net ends in scores; `metrics` are functions (predictions, targets) -> float, and
    `penalties` are `L1` or `L2`. The net's parameters become float32 views of `parameters.theta`.
    """

    def __init__(self, net, loss, optimizer=None, metrics=(), penalties=()):
        self.net, self.loss = net, check_kind(loss, Loss)
        self.optimizer = optimizer and check_kind(optimizer, Optimizer)
        self.metrics, self.penalties = tuple(metrics), tuple(penalties)
        self.parameters = Parameters(net)
        self.history = History()
        self.best = None  # a snapshot of the epoch with the lowest validation loss
        first = net
        while isinstance(first, Sequential):
            first = first.children[0]
        first.needs_dx = False

    def __repr__(self):
        return f"Model of {self.parameters.theta.size:,} parameters: {self.net!r}"

    def arrays(self):
        """Everything that training changes in the net: theta, then the layers' buffers."""
        buffers = [getattr(layer, name) for _, layer, name in slots(self.net, "buffers")]
        return [self.parameters.theta, *buffers]

    def snapshot(self):
        """A copy of all `arrays` in one vector (n,)."""
        return np.concatenate([a.ravel() for a in self.arrays()])

    def restore(self, snapshot):
        """Make the net what it was at a `snapshot`."""
        ends = np.cumsum([a.size for a in self.arrays()])
        for a, values in zip(self.arrays(), np.split(snapshot, ends)):
            a[:] = values.reshape(a.shape)

    def train_step(self, x, t):
        """One update on one batch; returns its loss, without penalties, from before the update.

        FloatingPointError if that loss is not finite; the parameters then stay as they are.
        """
        loss = self.loss.forward(self.net.forward(x), t)
        if not np.isfinite(loss):
            raise FloatingPointError(
                f"The loss became {loss} at step {self.optimizer.steps + 1}. Most often the "
                f"learning rate, {self.optimizer.lr}, is too large, or the inputs are not scaled."
            )
        self.net.backward(self.loss.backward())
        theta, grad = self.parameters.theta, self.parameters.grad
        for penalty in self.penalties:
            penalty.forward(theta)
            grad += penalty.backward()
        self.optimizer.step(theta, grad)
        return loss

    def train_epoch(self, x, t, batch_size, rng):
        """Every sample once; returns the mean training loss. batch_size None: one whole batch."""
        set_training(self.net, True)
        if batch_size is None:
            return self.train_step(x, t)
        total = 0.0
        for rows in batches(len(x), batch_size, rng):
            total += len(rows) * self.train_step(x[rows], t[rows])
        return total / len(x)

    def fit(self, x, t, *, epochs, rng=None, batch_size=32, validation=None, patience=None,
            progress=True):
        """Train for `epochs` more epochs; returns the `History`, which also stays in `history`.

        x (n, features), targets t; validation (x, t) is measured after every epoch; `patience`
        stops that many epochs after the best one and goes back to its parameters. Ctrl-C stops and
        keeps model and history. FloatingPointError, with parameters and optimizer as the
        last full epoch left them, if the loss stops being finite. ValueError for bad data.
        """
        x, t = check_data(x, t)
        check_size(epochs, "epochs")
        if self.optimizer is None or (patience is not None and not validation):
            raise ValueError("fit needs an optimizer, and patience needs validation=(x, t).")
        if validation:
            check_data(*validation)
        if patience is not None:
            check_size(patience, "patience")
        try:
            with tqdm(total=epochs, disable=not progress, unit="epoch") as bar:
                for _ in range(epochs):
                    self.fit_epoch(x, t, batch_size, rng, validation)
                    bar.update()
                    bar.set_postfix(self.history.latest(), refresh=False)
                    if validation and self.out_of_patience(patience):
                        break
        except KeyboardInterrupt:
            print(f"Stopped by hand after {self.history.epochs} full epochs; the model is kept.")
        finally:
            set_training(self.net, False)  # ready for use, however training ended
        return self.history

    def fit_epoch(self, x, t, batch_size, rng, validation):
        """Train, measure and record one epoch."""
        before, memory = self.snapshot(), deepcopy(vars(self.optimizer))
        try:
            row = {"loss": self.train_epoch(x, t, batch_size, rng)}
            if validation:
                row |= {f"val_{name}": v for name, v in self.evaluate(*validation).items()}
        except FloatingPointError:
            self.restore(before)
            vars(self.optimizer).update(memory)
            raise
        self.history.add(row)

    def out_of_patience(self, patience):
        """Remember the best epoch's net; True, with it restored, `patience` epochs later."""
        since_best = self.history.epochs - 1 - self.history.best_epoch
        if since_best == 0 or self.best is None:
            self.best = self.snapshot()
        if patience is None or since_best < patience:
            return False
        self.restore(self.best)
        return True

    def outputs(self, x, batch_size=1024):
        """The net's outputs for x (n, …), computed in batches with training switched off."""
        x = check_features(x)
        set_training(self.net, False)
        starts = range(0, len(x), check_size(batch_size, "batch_size"))
        return np.concatenate([self.net.forward(x[i : i + batch_size]) for i in starts])

    def evaluate(self, x, t, batch_size=1024):
        """The loss and every metric on all of (x, t), as a dictionary name -> float.

        FloatingPointError if the loss is not finite: training has broken the parameters.
        """
        x, t = check_data(x, t)
        y = self.outputs(x, batch_size)
        scores = {"loss": self.loss.forward(y, t)}
        if not np.isfinite(scores["loss"]):
            raise FloatingPointError(
                f"The loss of these {len(x)} samples is {scores['loss']}: training has broken the "
                "parameters. Most often the learning rate is too large."
            )
        predictions = self.loss.activation(y)
        return scores | {metric.__name__: metric(predictions, t) for metric in self.metrics}

    def save(self, path):
        """Write network and loss to one .safetensors file, all or nothing. Chapter 21."""
        write_model(path, *pack_model(self))

    @classmethod
    def load(cls, path, metrics=()):
        """The model in a file of `save` or `save_checkpoint`; ValueError for others. Chapter 21."""
        return unpack_model(cls, *read_model(path), metrics)

    def save_checkpoint(self, path, rng):
        """Write all that training needs to go on, the state of `rng` included. Chapter 21."""
        write_model(path, *pack_checkpoint(self, rng))

    @classmethod
    def load_checkpoint(cls, path, metrics=()):
        """(model, rng) as `save_checkpoint` found them; ValueError for other files. Chapter 21."""
        return unpack_checkpoint(cls, *read_model(path), metrics)

    def predict(self, x, batch_size=1024):
        """Predictions for x (n, …): probabilities for a classifier, else values. Chapter 22."""
        return self.loss.activation(self.outputs(x, batch_size))
