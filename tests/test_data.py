"""The data sets are what they say, damaged files are noticed, and no row is lost or seen twice."""

import gzip
import hashlib
import shutil

import numpy as np
import pytest
from conftest import require
from hypothesis import given, settings
from hypothesis import strategies as st

import nnfs_helpers as nn
from nnfs_helpers import data


def generator(seed=0):
    return np.random.default_rng(seed)


def sums():
    """What SHA256SUMS lists: file name -> checksum."""
    lines = (data.DATA / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


# ---- The files ----------------------------------------------------------------------------------


def test_every_data_set_is_listed_with_its_checksum():
    files = {
        str(path.relative_to(data.DATA)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in data.DATA.rglob("*")
        if path.suffix in (".csv", ".gz", ".safetensors", ".png", ".jpg")
    }
    assert files == sums()


@pytest.mark.parametrize("name", sums())
def test_the_readme_lists_every_file(name):
    text = (data.DATA / "README.md").read_text(encoding="utf-8")
    assert name in text or name.split("/")[-1] in text
    assert sums()[name] in text


LOADERS = {
    "penguins.csv": nn.penguins,
    "breast_cancer.csv": nn.breast_cancer,
    "seattle_weather.csv": nn.seattle_weather,
    "first_names.csv": nn.first_names,
    "fashion_mnist/t10k-images-idx3-ubyte.gz": lambda: nn.fashion_mnist("test"),
    "fashion_mnist/t10k-labels-idx1-ubyte.gz": lambda: nn.fashion_mnist("test"),
}


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the data without the large training set, and the loaders reading it."""
    folder = shutil.copytree(data.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("train-*"))
    monkeypatch.setattr(data, "DATA", folder)
    return folder


@pytest.mark.parametrize("name", LOADERS)
def test_damaged_and_missing_files_are_noticed(name, copy):
    LOADERS[name]()
    content = (copy / name).read_bytes()
    altered = bytearray(content)
    altered[len(content) // 2] ^= 1
    for damage in (altered, content[:-1], content + b"\n", b""):
        (copy / name).write_bytes(damage)
        with pytest.raises(ValueError, match=r"altered or cut short.*restore it"):
            LOADERS[name]()
    (copy / name).unlink()
    with pytest.raises(ValueError, match=rf"{name} is not there"):
        LOADERS[name]()


def test_line_endings_count(copy):
    """A checkout that turns \\n into \\r\\n would change the file; .gitattributes prevents that."""
    path = copy / "penguins.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(ValueError, match="altered"):
        nn.penguins()


@pytest.mark.parametrize("name", ["iris.csv", "", "../pyproject.toml", "SHA256SUMS"])
def test_only_the_courses_files_are_read(name):
    with pytest.raises(ValueError, match=r"is not there.*penguins\.csv"):
        data.verified(name)


# ---- Each data set ------------------------------------------------------------------------------


def test_penguins():
    x, t, columns, classes = nn.penguins()
    assert x.shape == (344, 4) and x.dtype == np.float64
    assert t.shape == (344,) and t.dtype.kind == "i"
    assert columns == ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    assert classes == ("Adelie", "Chinstrap", "Gentoo")
    assert {type(name) for name in classes} == {str}
    assert np.bincount(t).tolist() == [152, 68, 124]
    assert x[0].tolist() == [39.1, 18.7, 181, 3750] and t[0] == 0
    assert x[-1].tolist() == [50.2, 18.7, 198, 3775] and t[-1] == 1
    missing = np.isnan(x)
    assert np.flatnonzero(missing.any(axis=1)).tolist() == [3, 271] and missing.sum() == 8
    assert (np.nanmin(x, axis=0) == [32.1, 13.1, 172, 2700]).all()
    assert (np.nanmax(x, axis=0) == [59.6, 21.5, 231, 6300]).all()


def test_breast_cancer():
    x, t, columns, classes = nn.breast_cancer()
    assert x.shape == (569, 30) and x.dtype == np.float64
    assert t.shape == (569,) and t.dtype.kind == "i"
    assert classes == ("benign", "malignant") and np.bincount(t).tolist() == [357, 212]
    assert len(columns) == 30 and columns[0] == "mean_radius"
    assert columns[-1] == "worst_fractal_dimension"
    assert x[0, :4].tolist() == [17.99, 10.38, 122.8, 1001] and t[0] == 1
    assert np.isfinite(x).all() and x.min() == 0 and x.max() == 4254
    assert x[t == 1, 0].mean() > x[t == 0, 0].mean() + 4, "malignant cells are larger"


def test_breast_cancer_is_scikit_learns():
    reference = require("sklearn.datasets").load_breast_cancer()
    x, t, columns, _ = nn.breast_cancer()
    assert np.array_equal(x, reference.data) and np.array_equal(t, 1 - reference.target)
    assert [c.split("_")[-1] for c in columns] == [
        c.replace(" error", "").split()[-1] if "error" not in c else "error"
        for c in reference.feature_names
    ]


def test_seattle_weather():
    table = nn.seattle_weather()
    assert list(table) == ["date", "precipitation", "temp_max", "temp_min", "wind", "weather"]
    assert {values.shape for values in table.values()} == {(1461,)}
    first = {name: values[0] for name, values in table.items()}
    assert first == {"date": np.datetime64("2012-01-01"), "precipitation": 0, "temp_max": 12.8,
                     "temp_min": 5, "wind": 4.7, "weather": "drizzle"}  # fmt: skip
    days = np.diff(table["date"])
    assert (days == np.timedelta64(1, "D")).all(), "every day once, in order"
    assert table["date"][-1] == np.datetime64("2015-12-31")
    numbers = [values for values in table.values() if values.dtype.kind == "f"]
    assert len(numbers) == 4 and all(np.isfinite(values).all() for values in numbers)
    assert (table["temp_min"] <= table["temp_max"]).all()
    assert -10 < table["temp_min"].min() and table["temp_max"].max() == 35.6, "degrees Celsius"
    assert table["precipitation"].min() == 0 and table["precipitation"].max() == 55.9, "millimetres"
    assert 0 < table["wind"].min() and table["wind"].max() == 9.5, "metres a second"
    kinds, counts = np.unique(table["weather"], return_counts=True)
    assert dict(zip(kinds.tolist(), counts.tolist())) == {
        "drizzle": 54, "fog": 411, "rain": 259, "snow": 23, "sun": 714}  # fmt: skip


def test_first_names():
    names, percent = nn.first_names()
    assert isinstance(names, list) and len(names) == len(set(names)) == 5163
    assert percent.shape == (5163,) and percent.dtype == np.float64
    assert names[:2] == ["aaron", "abbey"] and percent[:2].tolist() == [0.242, 0.004]
    assert names == sorted(names)
    assert set("".join(names)) == set("abcdefghijklmnopqrstuvwxyz")
    assert names[percent.argmax()] == "james" and percent.max() == 3.328
    assert percent.min() == 0.001
    assert 175 < percent.sum() < 200, "about nine in ten women and nine in ten men"


def test_sine():
    x, t = nn.sine(1000)
    assert x.shape == t.shape == (1000, 1) and x.dtype == t.dtype == np.float64
    assert x[0] == 0 and x[-1] == 0.999
    assert np.allclose(t, np.sin(2 * np.pi * x), atol=1e-12)


@pytest.mark.parametrize("part", ["train", "test"])
def test_fashion_mnist(part):
    pictures, t = nn.fashion_mnist(part)
    n = {"train": 60_000, "test": 10_000}[part]
    assert pictures.shape == (n, 28, 28) and pictures.dtype == np.uint8
    assert t.shape == (n,) and t.dtype == np.int64
    assert np.bincount(t).tolist() == [n // 10] * 10
    first = {"train": [9, 0, 0, 3, 0, 2, 7, 2, 5, 5], "test": [9, 2, 1, 1, 6, 1, 4, 6, 5, 7]}[part]
    assert t[:10].tolist() == first and len(nn.FASHION_CLASSES) == 10
    assert pictures[0].sum() == {"train": 76_247, "test": 33_456}[part]
    assert pictures.min() == 0 and pictures.max() == 255
    corners = pictures[:, [0, 0, -1, -1], [0, -1, 0, -1]]
    assert np.median(corners) == 0, "0 is the background"
    x = nn.pixels_to_inputs(pictures)
    assert x.shape == (n, 784) and x.dtype == np.float32
    assert x.min() == -1 and x.max() == 1
    assert x[0, 28 * 14 + 12] == pytest.approx(pictures[0, 14, 12] / 127.5 - 1)


@pytest.mark.parametrize("part", ["validation", "Test", None, 0])
def test_fashion_mnist_has_two_parts(part):
    with pytest.raises(ValueError, match='"train" or "test"'):
        nn.fashion_mnist(part)


# ---- The trained network ------------------------------------------------------------------------


def test_fashion_network():
    """Chapter 1's network: what the package saves, and as good as chapter 19 promises."""
    path = "fashion_network.safetensors"
    data.verified(path)
    model = nn.Model.load(data.DATA / path, metrics=[nn.accuracy])
    layers = "Dense(784, 128), ReLU(), Dense(128, 128), ReLU(), Dense(128, 10)"
    assert repr(model.net) == f"Sequential({layers})"
    assert isinstance(model.loss, nn.SoftmaxCrossEntropy)
    assert model.parameters.theta.size == 118_282 and model.parameters.theta.dtype == np.float32
    pictures, t = nn.fashion_mnist("test")
    assert model.evaluate(nn.pixels_to_inputs(pictures), t)["accuracy"] >= 0.88


def test_fashion_network_began_at_the_scripts_seed():
    """Training adds to the first weights, and what seed 1 drew can still be seen in the sum."""
    weights = nn.Model.load(data.DATA / "fashion_network.safetensors").net.children[0].W
    for seed, low, high in ((1, 0.5, 1), (2, -0.05, 0.05)):
        first = nn.Dense(784, 128, generator(seed)).W
        assert low < np.corrcoef(first.ravel(), weights.ravel())[0, 1] < high


# ---- IDX files ----------------------------------------------------------------------------------

IDX = bytes([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3]) + bytes(range(6))


def test_read_idx():
    array = data.read_idx(IDX)
    assert array.dtype == np.uint8 and array.tolist() == [[0, 1, 2], [3, 4, 5]]
    large = bytes([0, 0, 8, 1, 0, 0, 1, 4]) + bytes(260)
    assert data.read_idx(large).shape == (260,), "lengths are big-endian"


@pytest.mark.parametrize("length", range(len(IDX)))
def test_an_idx_file_cut_short_is_refused(length):
    with pytest.raises(ValueError, match=r"first bytes are wrong|header promises 6 values"):
        data.read_idx(IDX[:length])


@pytest.mark.parametrize("content", [
    IDX + b"\0", b"\x1f\x8b" + IDX, gzip.compress(IDX, mtime=0), b"\0\0\x0d" + IDX[3:],
    b"\0\1\x08" + IDX[3:], b"label,pixel1\n"])  # fmt: skip
def test_other_files_are_no_idx_files(content):
    with pytest.raises(ValueError, match=r"first bytes are wrong|header promises"):
        data.read_idx(content)


# ---- Data sets drawn at random ------------------------------------------------------------------


@pytest.mark.parametrize("draw", [nn.spiral, nn.vertical])
def test_random_data_sets_come_from_rng_alone(draw):
    np.random.seed(5)
    before = np.random.get_state()
    x, t = draw(50, 3, generator(1))
    after = np.random.get_state()
    assert (before[1] == after[1]).all() and before[2:] == after[2:]
    assert x.shape == (150, 2) and x.dtype == np.float64
    assert t.shape == (150,) and t.dtype == np.int64
    assert np.bincount(t).tolist() == [50] * 3
    np.random.seed(6)
    assert np.array_equal(draw(50, 3, generator(1))[0], x)
    rng = generator(1)
    draw(50, 3, rng)
    assert not np.array_equal(draw(50, 3, rng)[0], x), "a second draw is another one"
    assert not np.array_equal(draw(50, 3, generator(2))[0], x)


def test_the_global_state_survives_an_error():
    def broken():
        np.random.rand()
        raise ZeroDivisionError

    before = np.random.get_state()
    with pytest.raises(ZeroDivisionError):
        data.from_nnfs(broken, generator())
    assert (before[1] == np.random.get_state()[1]).all()
    assert before[2:] == np.random.get_state()[2:]


def test_spiral_and_vertical_look_like_their_names():
    x, _ = nn.spiral(100, 3, generator())
    radius = np.hypot(*x.reshape(3, 100, 2).T).T
    assert np.allclose(radius, np.linspace(0, 1, 100)), "every arm runs from the centre to 1"
    x, t = nn.vertical(500, 3, generator())
    centres = [x[t == k, 0].mean() for k in range(3)]
    assert np.allclose(centres, [0, 1 / 3, 2 / 3], atol=0.02), "side by side"


@pytest.mark.parametrize("draw", [nn.spiral, nn.vertical])
@pytest.mark.parametrize(
    ("samples", "classes", "rng", "match"),
    [
        (0, 3, generator(), "samples"), (10.0, 3, generator(), "samples"),
        (10, -1, generator(), "classes"), (10, True, generator(), "classes"),
        (10, 3, 0, "default_rng"), (10, 3, np.random, "default_rng"),
    ],
)  # fmt: skip
def test_bad_arguments_of_random_data_sets(draw, samples, classes, rng, match):
    with pytest.raises(ValueError, match=match):
        draw(samples, classes, rng)


@pytest.mark.parametrize("samples", [0, -1, 2.5, "10", None])
def test_bad_arguments_of_sine(samples):
    with pytest.raises(ValueError, match="samples"):
        nn.sine(samples)


# ---- Every row exactly once ---------------------------------------------------------------------


def is_each_once(rows, n):
    return np.array_equal(np.sort(rows), np.arange(n))


@given(n=st.integers(1, 300), size=st.integers(1, 320), seed=st.integers(0, 2**32))
def test_batches_cover_each_row_once(n, size, seed):
    pieces = list(nn.batches(n, size, generator(seed)))
    assert is_each_once(np.concatenate(pieces), n)
    assert all(len(rows) == size for rows in pieces[:-1]) and 1 <= len(pieces[-1]) <= size
    again = list(nn.batches(n, size, generator(seed)))
    assert all(np.array_equal(a, b) for a, b in zip(pieces, again))


def test_batches_are_shuffled_anew():
    rng = generator()
    first, second = (np.concatenate(list(nn.batches(100, 10, rng))) for _ in range(2))
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, np.arange(100))


@given(data=st.data(), n=st.integers(2, 120), seed=st.integers(0, 2**32))
def test_k_fold_validates_each_row_once(data, n, seed):
    k = data.draw(st.integers(2, n))
    folds = list(nn.k_fold(n, k, generator(seed)))
    assert len(folds) == k
    assert all(is_each_once(np.concatenate(pair), n) for pair in folds)
    assert is_each_once(np.concatenate([validation for _, validation in folds]), n)
    sizes = [len(validation) for _, validation in folds]
    assert max(sizes) - min(sizes) <= 1


@settings(deadline=None)
@given(
    t=st.lists(st.integers(0, 4), min_size=1, max_size=200),
    weights=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    seed=st.integers(0, 2**32),
)
def test_split_deals_each_row_once_in_proportion(t, weights, seed):
    t = np.array(t)
    shares = [weight / sum(weights) for weight in weights]
    parts = nn.split(t, shares, generator(seed))
    assert len(parts) == len(shares)
    assert is_each_once(np.concatenate(parts), len(t))
    for label in np.unique(t):
        for rows, share in zip(parts, shares):
            assert abs((t[rows] == label).sum() - share * (t == label).sum()) <= 1


def test_split_is_random_and_reproducible():
    t = np.repeat([0, 1, 2], 50)
    one, two, other = (nn.split(t, (0.6, 0.4), generator(seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(a, b) for a, b in zip(one, two))
    assert not np.array_equal(one[0], other[0])
    assert (np.diff(t[one[0]]) < 0).any(), "classes are mixed"


def test_split_works_with_names_as_labels():
    labels = np.array(["cat"] * 6 + ["dog"] * 4)
    train, rest = nn.split(labels, (0.5, 0.5), generator())
    assert sorted(labels[train]) == ["cat"] * 3 + ["dog"] * 2 and len(rest) == 5


@pytest.mark.parametrize("shares", [(), (0.5, 0.4), (0.7, 0.7), (1.2, -0.2), (1, 0), (60, 40)])
def test_shares_sum_to_one(shares):
    with pytest.raises(ValueError, match="positive and sum to 1"):
        nn.split(np.zeros(10, int), shares, generator())


def test_bad_arguments_of_splitters():
    for action, match in (
        (lambda: nn.split(np.zeros(4, int), (0.5, 0.5), 1), "default_rng"),
        (lambda: nn.split(np.zeros((4, 2), int), (0.5, 0.5), generator()), "one class label"),
        (lambda: nn.split(np.zeros(4), (0.5, 0.5), generator()), "one class label"),
        (lambda: nn.split([], (0.5, 0.5), generator()), "one class label"),
        (lambda: list(nn.k_fold(5, 1, generator())), "2 to 5 folds"),
        (lambda: list(nn.k_fold(5, 6, generator())), "2 to 5 folds"),
        (lambda: list(nn.k_fold(5, 2.0, generator())), "whole number"),
        (lambda: list(nn.k_fold(5, 2, None)), "default_rng"),
        (lambda: list(nn.batches(5, 0, generator())), "size"),
        (lambda: list(nn.batches(0, 2, generator())), "n must be"),
        (lambda: list(nn.batches(5, 2, None)), "default_rng"),
    ):
        with pytest.raises(ValueError, match=match):
            action()


# ---- Standardizer -------------------------------------------------------------------------------


def test_standardizer():
    x = np.array([[1.0, 10, 5], [3, 20, 5], [5, 60, 5]])
    scaler = nn.Standardizer(x)
    z = scaler.transform(x)
    assert np.allclose(z.mean(axis=0), 0) and np.allclose(z.std(axis=0), [1, 1, 0])
    assert (z[:, 2] == 0).all(), "a constant column is only shifted"
    assert np.allclose(scaler.inverse(z), x)
    assert np.allclose(scaler.transform([[3, 30, 6]]), [[0, 0, 1]]), "measured on x alone"


def test_standardizer_passes_over_missing_values():
    x = nn.penguins().x
    z = nn.Standardizer(x).transform(x)
    assert np.isnan(z).sum() == 8
    assert np.allclose(np.nanmean(z, axis=0), 0) and np.allclose(np.nanstd(z, axis=0), 1)


@given(seed=st.integers(0, 2**32), scale=st.floats(1e-3, 1e6), shift=st.floats(-1e6, 1e6))
def test_standardizer_inverse(seed, scale, shift):
    x = shift + scale * generator(seed).standard_normal((20, 3))
    scaler = nn.Standardizer(x)
    assert np.allclose(scaler.inverse(scaler.transform(x)), x, rtol=1e-9, atol=1e-9 * scale)


@pytest.mark.parametrize("x", [
    np.zeros(3), np.zeros((0, 2)), np.array([["a"]]), np.full((3, 1), np.nan),
    np.array([[1.0], [np.inf]])])  # fmt: skip
def test_standardizer_needs_a_table(x):
    with pytest.raises(ValueError, match=r"table|\(n, columns\)"):
        nn.Standardizer(x)


def test_standardizer_needs_the_same_columns():
    scaler = nn.Standardizer(np.eye(3))
    for action in (scaler.transform, scaler.inverse):
        with pytest.raises(ValueError, match=r"\(batch, 3\)"):
            action(np.zeros((5, 1)))


# ---- pixels_to_inputs ---------------------------------------------------------------------------


def test_pixels_to_inputs_leaves_the_pictures_alone():
    pictures = np.arange(8, dtype=np.uint8).reshape(2, 2, 2)
    x = nn.pixels_to_inputs(pictures)
    assert np.allclose(x, np.arange(8).reshape(2, 4) / 127.5 - 1)
    assert pictures.ravel().tolist() == list(range(8))


@pytest.mark.parametrize("pictures", [
    np.zeros((2, 2, 2)), np.zeros((2, 4), np.uint8), np.zeros((0, 2, 2), np.uint8)])  # fmt: skip
def test_pixels_to_inputs_takes_raw_pictures(pictures):
    with pytest.raises(ValueError, match="raw pictures"):
        nn.pixels_to_inputs(pictures)


# ---- random_shift, random_flip ------------------------------------------------------------------


def shifted(picture, down, right, fill):
    """One picture (channels, height, width) moved by hand, pixel by pixel."""
    y = np.full_like(picture, fill)
    for c, i, j in np.ndindex(picture.shape):
        if 0 <= i + down < picture.shape[1] and 0 <= j + right < picture.shape[2]:
            y[c, i + down, j + right] = picture[c, i, j]
    return y


def test_random_shift_moves_each_picture_whole():
    """All channels together, by each of the 25 shifts about equally often; background follows."""
    x = generator(0).random((2000, 2, 5, 6), dtype=np.float32) - 1
    y = nn.random_shift(x, 2, generator(1))
    assert y.shape == x.shape and y.dtype == np.float32
    counts = np.zeros((5, 5), int)
    for before, after in zip(x, y):
        fits = [(i, j) for i, j in np.ndindex(5, 5)
                if np.array_equal(after, shifted(before, i - 2, j - 2, x.min()))]  # fmt: skip
        assert len(fits) == 1
        counts[fits[0]] += 1
    assert counts.min() > 40 and counts.max() < 130


def test_random_flip_mirrors_half_of_the_pictures():
    x = generator(0).random((2000, 2, 3, 4), dtype=np.float32)
    y = nn.random_flip(x, generator(1))
    assert y.shape == x.shape and y.dtype == np.float32
    same = (y == x).all(axis=(1, 2, 3))
    mirrored = (y == x[:, :, :, ::-1]).all(axis=(1, 2, 3))
    assert (same ^ mirrored).all() and 900 < same.sum() < 1100


@pytest.mark.parametrize("change", [lambda x, g: nn.random_shift(x, 1, g), nn.random_flip])
def test_augmentation_makes_new_arrays_from_any_layout(change):
    """The same numbers for the batch first or last in memory; neither is written to."""
    x = generator(0).random((7, 2, 4, 4))
    last = np.ascontiguousarray(x.transpose(1, 2, 3, 0)).transpose(3, 0, 1, 2)
    before = x.copy()
    y = change(x, generator(1))
    assert np.array_equal(y, change(last, generator(1)))
    assert np.array_equal(y, change(x, generator(1))), "the same generator, the same pictures"
    y[:] = 0
    assert np.array_equal(x, before) and np.array_equal(last, before)
