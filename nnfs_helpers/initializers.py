"""Initial weights for layers that no ReLU follows, or that should turn vectors, not stretch them.

`Dense` starts with He's rule; to start otherwise, put one of these into `layer.W[:]`.
"""

import numpy as np

from .checks import check_rng, check_size


def glorot(n_in, n_out, rng):
    """Weights (n_in, n_out), float32, of variance 2 / (n_in + n_out). Chapter b1.

    A compromise between forward, 1 / n_in, and backward, 1 / n_out (Glorot and Bengio, 2010).
    """
    scale = np.sqrt(2 / (check_size(n_in, "n_in") + check_size(n_out, "n_out")))
    return (scale * check_rng(rng).standard_normal((n_in, n_out))).astype(np.float32)


def orthogonal(n_in, n_out, rng):
    """Weights (n_in, n_out), float32: a random rotation, so lengths stay. Chapter b1.

    Rows or columns, whichever are fewer, have length 1 and are perpendicular (Saxe et al., 2014).
    """
    sizes = sorted((check_size(n_in, "n_in"), check_size(n_out, "n_out")))
    q, r = np.linalg.qr(check_rng(rng).standard_normal(sizes[::-1]))
    q = q * np.sign(np.diag(r))  # else its signs would depend on how QR is computed
    return (q if n_in >= n_out else q.T).astype(np.float32)
