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
from compare import Passes, compare, random_batches

import nnfs_helpers as nn

N_IN, N_OUT, STEPS, BATCH = 128, 128, 64, 64
KINDS = ("LSTM", "GRU", "RNN")  # so called here and there


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


def pair(kind, batches, threads):
    """Our layer of that kind and, if it is installed, PyTorch's."""
    layer = getattr(nn, kind)(N_IN, N_OUT, np.random.default_rng(0))
    return [Ours(layer, batches)] + [Torch(layer, batches, threads)] * bool(find_spec("torch"))


def main(options):
    batches = random_batches([(BATCH, STEPS, N_IN), (BATCH, STEPS, N_OUT)], options.samples)
    compare([pair(kind, batches, options.threads) for kind in KINDS], batches, options)


if __name__ == "__main__":
    main(OPTIONS)
