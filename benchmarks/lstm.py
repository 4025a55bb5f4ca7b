"""Speed of the recurrent layers, forward and backward, beside PyTorch.

    python benchmarks/lstm.py [--rounds 10] [--samples 256] [--threads 2]

128 features in, 128 units, 64 steps, batches of 64 sequences, float32. As in mlp.py, every
competitor has its turn in every round, in one process. Both start from the same weights.
"""

from importlib.util import find_spec

from common import arguments

if __name__ == "__main__":
    OPTIONS = arguments(__doc__, samples=256)

import numpy as np
from mlp import rounds_of, table, versions, versus

import nnfs_helpers as nn

N_IN, N_OUT, STEPS, BATCH = 128, 128, 64, 64
KINDS = ("LSTM", "GRU", "RNN")  # so called here and there


class Passes:
    """A layer, and batches to send through it: an epoch sends each there and back."""

    def __init__(self, batches):
        self.batches = batches

    def epoch(self):
        for x, dy in self.batches:
            self.there_and_back(x, dy)


class Ours(Passes):
    """A layer of the course."""

    def __init__(self, layer, batches):
        super().__init__(batches)
        self.layer, self.name = layer, f"this course: {type(layer).__name__}"

    def there_and_back(self, x, dy):
        self.layer.forward(x)
        return self.layer.backward(dy)


class Torch(Passes):
    """PyTorch's layer of the same name, eager, with the same weights."""

    def __init__(self, layer, batches, threads):
        import torch

        torch.set_num_threads(threads)
        super().__init__([[torch.from_numpy(a) for a in batch] for batch in batches])
        kind = type(layer).__name__
        self.name = f"PyTorch, eager: {kind}"
        self.layer = getattr(torch.nn, kind)(N_IN, N_OUT, batch_first=True)
        weights = self.layer.weight_ih_l0, self.layer.weight_hh_l0, self.layer.bias_ih_l0
        with torch.no_grad():
            self.layer.bias_hh_l0.zero_()
            for theirs, ours in zip(weights, (layer.W, layer.U, layer.b)):
                theirs.copy_(torch.from_numpy(ours.T))

    def there_and_back(self, x, dy):
        x = x.detach().requires_grad_()
        self.layer.zero_grad()
        self.layer(x)[0].backward(dy)
        return x.grad.numpy()


def random_batches(rng, count):
    """As many pairs (x, dy) of sequences and messages."""
    shapes = (BATCH, STEPS, N_IN), (BATCH, STEPS, N_OUT)
    return [[rng.standard_normal(s, dtype=np.float32) for s in shapes] for _ in range(count)]


def pair(kind, batches, threads):
    """Our layer of that kind and, if it is installed, PyTorch's."""
    layer = getattr(nn, kind)(N_IN, N_OUT, np.random.default_rng(0))
    return [Ours(layer, batches)] + [Torch(layer, batches, threads)] * bool(find_spec("torch"))


def difference(ours, theirs):
    """The largest difference of the two dx, as a text."""
    dx = [c.there_and_back(*c.batches[0]) for c in (ours, theirs)]
    return f"{np.abs(dx[0] - dx[1]).max():.0e}"


def main(options):
    batches = random_batches(np.random.default_rng(1), max(1, options.samples // BATCH))
    head, rows = ["one batch, there and back", "ms"], []
    if find_spec("torch"):
        head += ["time / PyTorch, eager", "difference of dx"]
    for kind in KINDS:
        competitors = pair(kind, batches, options.threads)
        times = rounds_of(competitors, options.rounds) / len(batches)
        columns = [[c.name for c in competitors], [f"{1e3 * s:.1f}" for s in np.median(times, 0)]]
        if len(competitors) == 2:
            columns += [versus(times, 1), [difference(*competitors), "–"]]
        rows += zip(*columns)
    print(f"{len(batches)} batches of {BATCH}, medians of {options.rounds} rounds, "
          f"{versions(options.threads)}\n")  # fmt: skip
    print(table(head, rows))


if __name__ == "__main__":
    main(OPTIONS)
