"""Draws readme.png, the picture in the README, with the course's own networks (half a minute)."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import nnfs_helpers as nn
from nnfs_helpers import plots

STEPS = (0, 300, 5000)


def spiral_row(axes):
    """The spiral's decision regions before, early in and after training."""
    x, t = nn.spiral(100, 3, np.random.default_rng(0))
    rng = np.random.default_rng(1)
    net = nn.Sequential(nn.Dense(2, 64, rng), nn.ReLU(), nn.Dense(64, 3, rng))
    loss, optimizer = nn.SoftmaxCrossEntropy(), nn.Adam(0.02, decay=1e-4)
    for ax, start, stop in zip(axes, (0, *STEPS), STEPS):
        if stop > start:
            nn.train(net, loss, optimizer, x, t, stop - start)
        plots.regions(ax, net.forward, x, t, resolution=240)
        share = nn.accuracy(net.forward(x), t)
        ax.set_title(f"{stop:,} steps: {share:.0%} right", loc="center")
        ax.set(xticks=[], yticks=[])


def trained_model(x, t):
    """The network of chapter 19 after a few epochs."""
    rng = np.random.default_rng(0)
    sizes = (784, 128, 128, 10)
    layers = [layer for n, m in zip(sizes, sizes[1:]) for layer in (nn.Dense(n, m, rng), nn.ReLU())]
    model = nn.Model(nn.Sequential(*layers[:-1]), nn.SoftmaxCrossEntropy(), nn.Adam())
    model.fit(x, t, epochs=5, batch_size=128, rng=rng, progress=False)
    return model


def clothes_row(axes):
    """Test pictures, each with its prediction; blue where it is right."""
    pictures, labels = nn.fashion_mnist("train")
    model = trained_model(nn.pixels_to_inputs(pictures), labels)
    pictures, labels = nn.fashion_mnist("test")
    probabilities = model.predict(nn.pixels_to_inputs(pictures[: len(axes)]))
    for ax, picture, row, label in zip(axes, pictures, probabilities, labels):
        ax.imshow(picture, cmap="gray_r")
        ax.axis("off")
        color = plots.COLORS[0 if row.argmax() == label else 1]
        title = f"{nn.FASHION_CLASSES[row.argmax()]}\n{row.max():.0%}"
        ax.set_title(title, loc="center", fontsize=9, fontweight="normal", color=color)


def main():
    fig = plt.figure(figsize=(9, 5))
    above, below = fig.subfigures(2, 1, height_ratios=(2.4, 1))
    spiral_row(above.subplots(1, len(STEPS)))
    clothes_row(below.subplots(1, 10))
    Path(__file__).with_name("readme.png").write_bytes(plots.png(fig))


if __name__ == "__main__":
    main()
