"""Layers that keep the spread of the activations: batch and layer normalisation.

Both make z = (x − mean) / √(variance + eps) and return y = gamma · z + beta. They differ in what
the mean is taken over: BatchNorm over the batch, for every feature; LayerNorm over the features,
for every sample.
"""

import numpy as np

from .checks import check_amount, check_numbers, check_share, check_size
from .layers import Layer


def normalize(x, axis, eps):
    """z = (x − mean) / std along `axis`, and std = √(variance + eps), mean, variance. Chapter b1.

    The last three have the shape of x with 1 in place of each axis of `axis`.
    """
    mean = x.mean(axis=axis, keepdims=True)
    centred = x - mean
    variance = (centred * centred).mean(axis=axis, keepdims=True)
    std = np.sqrt(variance + eps)
    return centred / std, std, mean, variance


def normalize_backward(dz, z, std, axis):
    """dL/dz -> dL/dx of `normalize`: dz without its mean and its part along z. Chapter b1."""
    along = (dz * z).mean(axis=axis, keepdims=True)
    return (dz - dz.mean(axis=axis, keepdims=True) - z * along) / std


class BatchNorm(Layer):
    """Every feature (channel) to mean 0 and variance 1 over the batch, then scaled. Chapter b1.

    `gamma`, `beta` (n,) are learned. Outside training the running averages `mean`, `variance` (n,)
    stand in for the batch's (Ioffe and Szegedy, 2015).
    """

    params, buffers = ("gamma", "beta"), ("mean", "variance")

    def __init__(self, n, momentum=0.1, eps=1e-5):
        self.n, self.eps = check_size(n, "n"), check_amount(eps, "eps")
        self.momentum = check_share(momentum, "momentum")
        self.gamma, self.beta = np.ones(n, dtype=np.float32), np.zeros(n, dtype=np.float32)
        self.mean, self.variance = np.zeros(n, dtype=np.float32), np.ones(n, dtype=np.float32)

    def __repr__(self):
        return f"BatchNorm({self.n})"

    def forward(self, x):
        """(batch, n) or (batch, n, height, width) -> the same shape. ValueError for others."""
        x = check_numbers(x, "BatchNorm")
        if x.ndim not in (2, 4) or x.shape[1] != self.n:
            raise ValueError(f"{self} expects (batch, {self.n}) or (batch, {self.n}, height, "
                             f"width), got {x.shape}.")
        self.axis = (0, *range(2, x.ndim))  # all but the features
        self.count = x.size // self.n if self.training else 0
        if self.training:
            self.z, self.std, mean, variance = normalize(x, self.axis, self.eps)
            self.remember(mean.ravel(), variance.ravel())
        else:
            self.std = np.sqrt(self.column(self.variance) + self.eps)
            self.z = (x - self.column(self.mean)) / self.std
        return self.column(self.gamma) * self.z + self.column(self.beta)

    def column(self, a):
        """(n,) -> a shape that is multiplied feature by feature."""
        return a.reshape(1, -1, *(1,) * (len(self.axis) - 1))

    def remember(self, mean, variance):
        """Move the running averages towards this batch's; both (n,)."""
        if self.count < 2:
            raise ValueError(f"{self} needs more than one value for each feature in training: "
                             "one has no variance. Use a larger batch.")
        unbiased = variance * (self.count / (self.count - 1))
        self.mean += self.momentum * (mean - self.mean)
        self.variance += self.momentum * (unbiased - self.variance)

    def backward(self, dy):
        """dL/dy -> dL/dx, same shape; sets dgamma and dbeta (n,)."""
        self.dgamma = (dy * self.z).sum(axis=self.axis)
        self.dbeta = dy.sum(axis=self.axis)
        dz = dy * self.column(self.gamma)
        return normalize_backward(dz, self.z, self.std, self.axis) if self.count else dz / self.std


class LayerNorm(Layer):
    """Every sample to mean 0 and variance 1 over its features, then scaled. Chapter b1.

    `gamma`, `beta` (n,) are learned; training and use are the same (Ba et al., 2016).
    """

    params = ("gamma", "beta")

    def __init__(self, n, eps=1e-5):
        self.n, self.eps = check_size(n, "n"), check_amount(eps, "eps")
        self.gamma, self.beta = np.ones(n, dtype=np.float32), np.zeros(n, dtype=np.float32)

    def __repr__(self):
        return f"LayerNorm({self.n})"

    def forward(self, x):
        """(…, n) -> the same shape. ValueError for another number of features."""
        x = check_numbers(x, "LayerNorm")
        if x.shape[-1:] != (self.n,):
            raise ValueError(f"{self} expects (…, {self.n}), got {x.shape}.")
        self.z, self.std, _, _ = normalize(x, -1, self.eps)
        return self.gamma * self.z + self.beta

    def backward(self, dy):
        """dL/dy -> dL/dx, same shape; sets dgamma and dbeta (n,)."""
        rows = tuple(range(dy.ndim - 1))
        self.dgamma, self.dbeta = (dy * self.z).sum(axis=rows), dy.sum(axis=rows)
        return normalize_backward(dy * self.gamma, self.z, self.std, -1)
