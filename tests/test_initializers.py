"""Initial weights: their variance, their lengths and angles, and where their chance comes from."""

import numpy as np
import pytest

from nnfs_helpers import glorot, orthogonal


@pytest.mark.parametrize("start", [glorot, orthogonal])
@pytest.mark.parametrize("n_in, n_out", [(5, 5), (7, 3), (3, 7), (1, 4), (1, 1)])
def test_shape_type_and_seed(start, n_in, n_out):
    one, two, other = [start(n_in, n_out, np.random.default_rng(seed)) for seed in (0, 0, 1)]
    assert one.shape == (n_in, n_out) and one.dtype == np.float32
    assert (one == two).all()
    assert (start is orthogonal and one.size == 1) or (one != other).any()


@pytest.mark.parametrize("n_in, n_out", [(300, 100), (100, 300), (200, 200)])
def test_glorot_has_the_variance_it_promises(n_in, n_out):
    W = glorot(n_in, n_out, np.random.default_rng(0))
    assert W.var() == pytest.approx(2 / (n_in + n_out), rel=0.03)
    assert abs(W.mean()) < 5 * W.std() / np.sqrt(W.size)


@pytest.mark.parametrize("n_in, n_out", [(6, 6), (8, 3), (3, 8)])
def test_orthogonal_has_perpendicular_rows_or_columns_of_length_1(n_in, n_out):
    W = orthogonal(n_in, n_out, np.random.default_rng(0)).astype(float)
    products = W.T @ W if n_in >= n_out else W @ W.T
    np.testing.assert_allclose(products, np.eye(min(n_in, n_out)), atol=1e-6)


def test_all_rotations_are_equally_likely():
    """Each entry has mean 0; QR alone would favour one sign on the diagonal."""
    rng = np.random.default_rng(0)
    draws = np.array([orthogonal(3, 3, rng) for _ in range(2000)])
    assert np.abs(draws.mean(axis=0)).max() < 5 * np.sqrt(1 / 3 / 2000)
    np.testing.assert_allclose((draws**2).mean(axis=0), 1 / 3, atol=0.04)
