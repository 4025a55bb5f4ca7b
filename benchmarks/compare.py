"""What the benchmarks share: rounds, ratios, tables, and how PyTorch trains."""

import time
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np


def seconds(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def rounds_of(competitors, rounds):
    """Seconds of every epoch, (rounds, competitors), after one round that is not counted."""
    return np.array([[seconds(c.epoch) for c in competitors] for _ in range(rounds + 1)])[1:]


def versus(times, reference):
    """The median over the rounds of time / time of the column `reference`, as text."""
    return [f"{ratio:.2f}" for ratio in np.median(times / times[:, [reference]], axis=0)]


def table(head, rows):
    """A Markdown table with columns of equal width."""
    rows = [head, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    rows.insert(1, ["-" * width for width in widths])
    lines = (" | ".join(cell.ljust(w) for cell, w in zip(row, widths)) for row in rows)
    return "\n".join(f"| {line} |" for line in lines)


def versions(threads):
    """Which libraries ran, in one line."""
    packages = {"numpy": "numpy", "torch": "torch", "sklearn": "scikit-learn"}
    present = [f"{name} {version(name)}" for module, name in packages.items() if find_spec(module)]
    return f"{threads} threads, " + ", ".join(present)


class TorchTraining:
    """PyTorch as its tutorials write it: eager, modules, one gather for each batch."""

    name = "PyTorch, eager"

    def __init__(self, build, x, t, batch, rate, threads, memory_format="contiguous_format"):
        import torch

        self.torch, self.batch = torch, batch
        torch.set_num_threads(threads)
        torch.manual_seed(0)
        self.form = {"memory_format": getattr(torch, memory_format)}
        self.net = build(torch.nn).to(**self.form)
        self.loss = torch.nn.CrossEntropyLoss()
        self.optimizer = torch.optim.Adam(self.net.parameters(), rate)
        self.x, self.t = torch.from_numpy(x).to(**self.form), torch.from_numpy(t)

    def epoch(self):
        total = 0.0
        order = self.torch.randperm(len(self.x))
        for start in range(0, len(order), self.batch):
            rows = order[start : start + self.batch]
            self.optimizer.zero_grad()
            loss = self.loss(self.net(self.x[rows]), self.t[rows])
            loss.backward()
            self.optimizer.step()
            total += loss.item() * len(rows)

    def outputs(self, x):
        with self.torch.inference_mode():
            return self.net(self.torch.from_numpy(x).to(**self.form)).numpy()


class Passes:
    """A layer, and batches to send through it: an epoch sends each there and back."""

    def __init__(self, batches):
        self.batches = batches

    def epoch(self):
        for x, dy in self.batches:
            self.there_and_back(x, dy)


def random_batches(shapes, samples):
    """Batches (x, dy) of random numbers with these shapes, as many as hold `samples` sequences."""
    rng = np.random.default_rng(1)
    count = max(1, samples // shapes[0][0])
    return [[rng.standard_normal(s, dtype=np.float32) for s in shapes] for _ in range(count)]


def difference(ours, theirs):
    """The largest difference of the two dx, as a text."""
    dx = [c.there_and_back(*c.batches[0]) for c in (ours, theirs)]
    return f"{np.abs(dx[0] - dx[1]).max():.0e}"


def compare(pairs, batches, options):
    """Prints the times of ours, and of PyTorch's where it is installed, pair by pair."""
    head, rows = ["one batch, there and back", "ms"], []
    if find_spec("torch"):
        head += ["time / PyTorch, eager", "difference of dx"]
    for competitors in pairs:
        times = rounds_of(competitors, options.rounds) / len(batches)
        columns = [[c.name for c in competitors], [f"{1e3 * s:.1f}" for s in np.median(times, 0)]]
        if len(competitors) == 2:
            columns += [versus(times, 1), [difference(*competitors), "–"]]
        rows += zip(*columns)
    print(f"{len(batches)} batches of {len(batches[0][0])}, medians of {options.rounds} rounds, "
          f"{versions(options.threads)}\n")  # fmt: skip
    print(table(head, rows))
