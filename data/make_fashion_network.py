"""Trains and saves fashion_network.safetensors, chapter 19's network, in under a minute.

Run it where the package is installed, python data/make_fashion_network.py, and put the new checksum
into SHA256SUMS and README.md. On one machine the file comes out the same, byte for byte; on
another, float32 arithmetic may round differently.
"""

import os
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # more threads would sum in another order

import numpy as np

import nnfs_helpers as nn


def trained_model():
    """784-128-128-10 as in section 6 of chapter 19: the same seeds, settings and pictures."""
    pictures, labels = nn.fashion_mnist("train")
    x = nn.pixels_to_inputs(pictures)
    train, _ = nn.split(labels, (11 / 12, 1 / 12), np.random.default_rng(19))
    rng = np.random.default_rng(1)
    net = nn.Sequential(
        nn.Dense(784, 128, rng), nn.ReLU(), nn.Dense(128, 128, rng), nn.ReLU(),
        nn.Dense(128, 10, rng),
    )  # fmt: skip
    model = nn.Model(net, nn.SoftmaxCrossEntropy(), nn.Adam(0.002, decay=0.001), [nn.accuracy])
    model.fit(x[train], labels[train], epochs=10, batch_size=128, rng=rng)
    return model


def main():
    path = Path(__file__).with_name("fashion_network.safetensors")
    model = trained_model()
    model.save(path)
    pictures, labels = nn.fashion_mnist("test")
    accuracy = model.evaluate(nn.pixels_to_inputs(pictures), labels)["accuracy"]
    print(f"{path.name}: {model!r}, test accuracy {accuracy:.4f}")


if __name__ == "__main__":
    main()
