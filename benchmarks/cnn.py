"""Training speed of a small convolutional network on Fashion-MNIST, beside PyTorch.

    python benchmarks/cnn.py [--rounds 10] [--samples 2048] [--threads 2]

conv 3×3×16 – ReLU – pool – conv 3×3×32 – ReLU – pool – dense, batch 64, float32, Adam. As in
mlp.py, every competitor trains one epoch in every round, in turn and in one process.
"""

from importlib.util import find_spec

from common import arguments

if __name__ == "__main__":
    OPTIONS = arguments(__doc__, samples=2048)

import numpy as np
from compare import TorchTraining, rounds_of, table, versions, versus

import nnfs_helpers as nn

CHANNELS = (1, 16, 32)
SIZE = 3
FEATURES = CHANNELS[-1] * 7 * 7
BATCH = 64
RATE = 0.001


class Ours:
    """The course's own layers and `Model.train_epoch`."""

    name = "this course"

    def __init__(self, x, t, threads):
        self.x, self.t, self.rng = x, t, np.random.default_rng(0)
        a, b, c = CHANNELS
        net = nn.Sequential(
            nn.Conv2D(a, b, SIZE, self.rng, padding=1), nn.ReLU(), nn.MaxPool2D(2),
            nn.Conv2D(b, c, SIZE, self.rng, padding=1), nn.ReLU(), nn.MaxPool2D(2),
            nn.Flatten(), nn.Dense(FEATURES, 10, self.rng),
        )  # fmt: skip
        self.model = nn.Model(net, nn.SoftmaxCrossEntropy(), nn.Adam(RATE))

    def epoch(self):
        self.model.train_epoch(self.x, self.t, BATCH, self.rng)

    def outputs(self, x):
        return self.model.outputs(x)


class Torch(TorchTraining):
    """PyTorch, pictures in its usual order in memory."""

    memory_format = "contiguous_format"

    def __init__(self, x, t, threads):
        super().__init__(self.build, x, t, BATCH, RATE, threads, self.memory_format)

    @staticmethod
    def build(layers):
        a, b, c = CHANNELS
        return layers.Sequential(
            layers.Conv2d(a, b, SIZE, padding=1), layers.ReLU(), layers.MaxPool2d(2),
            layers.Conv2d(b, c, SIZE, padding=1), layers.ReLU(), layers.MaxPool2d(2),
            layers.Flatten(), layers.Linear(FEATURES, 10),
        )  # fmt: skip


class TorchChannelsLast(Torch):
    """PyTorch with each pixel's channels side by side in memory."""

    name = "PyTorch, channels_last"
    memory_format = "channels_last"


def pictures(part, n):
    """The first n pictures of a part as (n, 1, 28, 28), float32, and their labels."""
    x, t = nn.fashion_mnist(part)
    return nn.pixels_to_inputs(x[:n]).reshape(-1, 1, 28, 28), t[:n]


def main(options):
    x, t = pictures("train", options.samples)
    x_test, t_test = pictures("test", 2000)
    kinds = [Ours] + [Torch, TorchChannelsLast] * bool(find_spec("torch"))
    competitors = [kind(x, t, options.threads) for kind in kinds]
    times = rounds_of(competitors, options.rounds)
    names = [c.name for c in competitors]
    head, columns = ["one epoch of training", "seconds"], [names]
    columns.append([f"{s:.3f}" for s in np.median(times, axis=0)])
    for reference, name in enumerate(names[1:], 1):
        head.append(f"time / {name}")
        columns.append(versus(times, reference))
    head.append(f"test accuracy after {options.rounds + 1} epochs")
    columns.append([f"{nn.accuracy(c.outputs(x_test), t_test):.3f}" for c in competitors])
    print(f"{len(x):,} pictures, medians of {options.rounds} rounds, {versions(options.threads)}\n")
    print(table(head, zip(*columns)))


if __name__ == "__main__":
    main(OPTIONS)
