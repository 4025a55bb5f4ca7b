"""Seconds from `import` to the end of the first training step, and what the import spends them on.

    python benchmarks/startup.py [--runs 7] [--top 12]

Each run is a fresh Python process. The first run of all reads the files from the disk and is not
counted.
"""

import argparse
import statistics
import subprocess
import sys
from importlib.util import find_spec

OURS = """
import numpy as np
import nnfs_helpers as nn
imported = time.perf_counter()
rng = np.random.default_rng(0)
net = nn.Sequential(nn.Dense(784, 128, rng), nn.ReLU(), nn.Dense(128, 10, rng))
model = nn.Model(net, nn.SoftmaxCrossEntropy(), nn.Adam(0.001))
model.train_step(rng.standard_normal((128, 784), dtype=np.float32), rng.integers(10, size=128))
"""
TORCH = """
import torch
imported = time.perf_counter()
net = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
optimizer = torch.optim.Adam(net.parameters(), 0.001)
x, t = torch.randn(128, 784), torch.randint(10, (128,))
torch.nn.CrossEntropyLoss()(net(x), t).backward()
optimizer.step()
"""
NUMPY = """
import numpy
imported = time.perf_counter()
"""
PROGRAMS = {"this course": OURS, "PyTorch": TORCH, "NumPy, the import alone": NUMPY}
TIMED = "import time; start = time.perf_counter()\n{}\nend = time.perf_counter()\n" + (
    "print(imported - start, end - start)"
)


def run(program):
    """Seconds until everything is imported, and until the first step is done, in a new process."""
    command = [sys.executable, "-c", TIMED.format(program)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [float(number) for number in output.split()]


def medians(programs, runs):
    """name -> the two medians; the programs take turns."""
    times = {name: [] for name in programs}
    for _ in range(runs + 1):
        for name, program in programs.items():
            times[name].append(run(program))
    return {name: [statistics.median(t) for t in zip(*rows[1:])] for name, rows in times.items()}


def import_times(module):
    """(seconds of its own, module) of every module that `import module` loads, slowest first.

    Modules are summed up by package: numpy.linalg counts as numpy.
    """
    command = [sys.executable, "-X", "importtime", "-c", f"import {module}"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    totals = {}
    for line in lines[1:]:
        own, _, name = line.removeprefix("import time:").split("|")
        package = name.strip().split(".")[0]
        totals[package] = totals.get(package, 0) + int(own) / 1e6
    return sorted(((own, package) for package, own in totals.items()), reverse=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--top", type=int, default=12, help="packages to list")
    options = parser.parse_args()
    programs = {n: p for n, p in PROGRAMS.items() if "torch" not in p or find_spec("torch")}
    print(f"medians of {options.runs} fresh processes: seconds to import, to the first step's end")
    for name, (imported, trained) in medians(programs, options.runs).items():
        print(f"{imported:8.3f} {trained:8.3f}  {name}")
    print("\nwhere `import nnfs_helpers` spends its time: milliseconds by package")
    for own, package in import_times("nnfs_helpers")[: options.top]:
        print(f"{1000 * own:8.1f}  {package}")


if __name__ == "__main__":
    main()
