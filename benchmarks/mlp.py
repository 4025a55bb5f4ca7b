"""Training and prediction speed of 784-128-128-10 on Fashion-MNIST, beside other libraries.

    python benchmarks/mlp.py [--rounds 10] [--samples 60000] [--threads 2]

Every competitor trains one epoch in every round, in turn and in one process, so that whatever else
the machine does hits all of them alike. README.md says what is compared, and how to read it.
"""

from importlib.util import find_spec

from common import arguments

if __name__ == "__main__":
    OPTIONS = arguments(__doc__, samples=60_000)

import numpy as np
from compare import TorchTraining, rounds_of, seconds, table, versions, versus

import nnfs_helpers as nn

SIZES = (784, 128, 128, 10)
BATCH = 128
RATE = 0.001


class Ours:
    """The course's own: `Model.train_epoch`."""

    name = "this course"

    def __init__(self, x, t, threads):
        self.x, self.t, self.rng = x, t, np.random.default_rng(0)
        a, b, c, d = SIZES
        net = nn.Sequential(
            nn.Dense(a, b, self.rng), nn.ReLU(), nn.Dense(b, c, self.rng), nn.ReLU(),
            nn.Dense(c, d, self.rng),
        )  # fmt: skip
        self.model = nn.Model(net, nn.SoftmaxCrossEntropy(), nn.Adam(RATE))

    def epoch(self):
        self.model.train_epoch(self.x, self.t, BATCH, self.rng)

    def predict(self, x):
        return self.model.predict(x)

    def ways_to_predict(self, x):
        return {"Model.predict": lambda: self.model.predict(x),
                "net.forward": lambda: self.model.net.forward(x)}  # fmt: skip


class Torch(TorchTraining):
    """PyTorch, with prediction."""

    def __init__(self, x, t, threads):
        super().__init__(self.build, x, t, BATCH, RATE, threads)

    @staticmethod
    def build(layers):
        a, b, c, d = SIZES
        return layers.Sequential(
            layers.Linear(a, b), layers.ReLU(), layers.Linear(b, c), layers.ReLU(),
            layers.Linear(c, d),
        )  # fmt: skip

    def predict(self, x):
        return self.outputs(x)

    def ways_to_predict(self, x):
        x = self.torch.from_numpy(x)

        def eager():
            with self.torch.inference_mode():
                self.net(x)

        return {"inference_mode": eager}


class ScikitLearn:
    """`MLPClassifier` with the same sizes, batches and optimizer, and no penalty."""

    name = "scikit-learn"

    def __init__(self, x, t, threads):
        from sklearn.neural_network import MLPClassifier

        self.x, self.t, self.classes = x, t, np.arange(SIZES[-1])
        self.net = MLPClassifier(
            SIZES[1:-1], solver="adam", alpha=0, batch_size=min(BATCH, len(x)),
            learning_rate_init=RATE, early_stopping=False, random_state=0,
        )  # fmt: skip

    def epoch(self):
        self.net.partial_fit(self.x, self.t, classes=self.classes)

    def predict(self, x):
        return self.net.predict_proba(x)

    def ways_to_predict(self, x):
        return {"predict_proba": lambda: self.net.predict_proba(x)}


class Products:
    """The matrix products of an epoch and nothing else: what no NumPy program can go below."""

    name = "matrix products alone"

    def __init__(self, x, t, threads):
        rng = np.random.default_rng(0)
        pairs = zip(SIZES, SIZES[1:])
        self.weights = [rng.standard_normal(pair, dtype=np.float32) for pair in pairs]
        self.inputs = [rng.standard_normal((BATCH, n), dtype=np.float32) for n in SIZES]
        self.batches = -(-len(x) // BATCH)

    def epoch(self):
        for _ in range(self.batches):
            for x, w, y in zip(self.inputs, self.weights, self.inputs[1:]):
                x @ w  # forward
                x.T @ y  # gradient of the weights
                if w is not self.weights[0]:
                    y @ w.T  # gradient of the input


COMPETITORS = {Ours: "numpy", Torch: "torch", ScikitLearn: "sklearn", Products: "numpy"}


def microseconds(ways, rounds, repeats=200):
    """The median time of one call of each way, in turn, in microseconds."""
    times = [
        [seconds(lambda: [way() for _ in range(repeats)]) / repeats for way in ways]
        for _ in range(rounds + 1)
    ]
    return 1e6 * np.median(times[1:], axis=0)


def training_table(competitors, times, x, t):
    names = [c.name for c in competitors]
    accuracies = [
        f"{nn.accuracy(c.predict(x), t):.3f}" if hasattr(c, "predict") else "–"
        for c in competitors
    ]
    head, columns = ["one epoch of training", "seconds"], [names]
    columns.append([f"{s:.3f}" for s in np.median(times, axis=0)])
    for name in (Torch.name, Products.name):
        if name in names:
            head.append(f"time / {name}")
            columns.append(versus(times, names.index(name)))
    head.append(f"test accuracy after {len(times) + 1} epochs")
    return table(head, zip(*columns, accuracies))


def prediction_table(competitors, x, rounds):
    ways = {
        f"{c.name}: {way}": call
        for c in competitors if hasattr(c, "predict")
        for way, call in c.ways_to_predict(x).items()
    }  # fmt: skip
    times = microseconds(ways.values(), rounds)
    return table(["prediction for one picture", "µs"],
                 [[name, f"{t:.0f}"] for name, t in zip(ways, times)])  # fmt: skip


def main(options):
    x, t = nn.fashion_mnist("train")
    x, t = nn.pixels_to_inputs(x[: options.samples]), t[: options.samples]
    x_test, t_test = nn.fashion_mnist("test")
    x_test = nn.pixels_to_inputs(x_test)
    competitors = [
        kind(x, t, options.threads) for kind, module in COMPETITORS.items() if find_spec(module)
    ]
    times = rounds_of(competitors, options.rounds)
    print(f"{len(x):,} pictures, medians of {options.rounds} rounds, {versions(options.threads)}\n")
    print(training_table(competitors, times, x_test, t_test), end="\n\n")
    print(prediction_table(competitors, x_test[:1], options.rounds))


if __name__ == "__main__":
    main(OPTIONS)
