"""Speed of a transformer block, forward and backward, beside PyTorch.

    python benchmarks/transformer.py [--rounds 10] [--samples 64] [--threads 2]

128 features, 4 heads, 128 steps, batches of 16 sequences, float32, no dropout. As in mlp.py, every
competitor has its turn in every round, in one process. Both start from the same weights.
"""

from importlib.util import find_spec

from common import arguments

if __name__ == "__main__":
    OPTIONS = arguments(__doc__, samples=64)

import numpy as np
from compare import Passes, compare, random_batches

import nnfs_helpers as nn

N, HEADS, STEPS, BATCH = 128, 4, 128, 16
KINDS = {"every step": False, "causal": True}


class Ours(Passes):
    """The course's block."""

    def __init__(self, kind, batches):
        super().__init__(batches)
        self.name = f"this course: {kind}"
        self.layer = nn.transformer_block(N, HEADS, np.random.default_rng(0), KINDS[kind])

    def there_and_back(self, x, dy):
        self.layer.forward(x)
        return self.layer.backward(dy)

    def weights(self):
        """The names PyTorch has for the weight matrices -> ours."""
        attend, network = (branch.children[1] for branch in self.layer.children)
        return {"self_attn.in_proj_weight": attend.W, "self_attn.out_proj.weight": attend.W_out,
                "linear1.weight": network.children[0].W, "linear2.weight": network.children[2].W}


class Torch(Passes):
    """PyTorch's encoder layer, eager, with the same weights."""

    def __init__(self, kind, ours, threads):
        import torch

        torch.set_num_threads(threads)
        super().__init__([[torch.from_numpy(a) for a in batch] for batch in ours.batches])
        self.name, self.causal = f"PyTorch, eager: {kind}", KINDS[kind]
        self.layer = torch.nn.TransformerEncoderLayer(
            N, HEADS, 4 * N, dropout=0.0, batch_first=True, norm_first=True
        )
        mask = torch.nn.Transformer.generate_square_subsequent_mask
        self.mask, theirs = mask(STEPS) if self.causal else None, self.layer.state_dict()
        with torch.no_grad():
            for name, value in theirs.items():
                if name.endswith("bias"):
                    value.zero_()
            for name, W in ours.weights().items():
                theirs[name].copy_(torch.from_numpy(W.T))

    def there_and_back(self, x, dy):
        x = x.detach().requires_grad_()
        self.layer.zero_grad()
        self.layer(x, src_mask=self.mask, is_causal=self.causal).backward(dy)
        return x.grad.numpy()


def pair(kind, batches, threads):
    """Our block of that kind and, if it is installed, PyTorch's."""
    ours = Ours(kind, batches)
    return [ours] + [Torch(kind, ours, threads)] * bool(find_spec("torch"))


def main(options):
    batches = random_batches([(BATCH, STEPS, N)] * 2, options.samples)
    compare([pair(kind, batches, options.threads) for kind in KINDS], batches, options)


if __name__ == "__main__":
    main(OPTIONS)
