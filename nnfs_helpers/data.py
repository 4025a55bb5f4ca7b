"""Data sets, and what is done to data before a network sees it.

The files lie in `data/` beside the package (sources and licences: data/README.md); every loader
checks the SHA-256 sum of what it reads, and none needs a network.
"""

import csv
import gzip
import hashlib
from pathlib import Path
from typing import NamedTuple

import nnfs.datasets
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image, ImageOps

from .checks import check_batch, check_numbers, check_rng, check_size
from .convolution import check_pictures
from .serialization import refusing

DATA = Path(__file__).resolve().parent.parent / "data"


def verified(name):
    """The bytes of the file `name` in `data/`; ValueError if missing or altered. Chapter 3."""
    sums = dict(reversed(line.split()) for line in (DATA / "SHA256SUMS").read_text().splitlines())
    if name not in sums or not (DATA / name).exists():
        raise ValueError(f"{DATA / name} is not there. The course has {', '.join(sorted(sums))}.")
    content = (DATA / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != sums[name]:
        raise ValueError(f"{DATA / name} is altered or cut short: restore it from the repository.")
    return content


def read_table(name):
    """A CSV file of `data/` as a dictionary: column name -> list of strings. Chapter 3."""
    rows = csv.DictReader(verified(name).decode().splitlines())
    columns = {key: [] for key in rows.fieldnames}
    for row in rows:
        for key, value in row.items():
            columns[key].append(value)
    return columns


def to_floats(strings):
    """Strings -> float64 (n,); an empty string, a missing value, becomes NaN. Chapter 3."""
    return np.array([float(s) if s else np.nan for s in strings])


class Table(NamedTuple):
    """A table for learning: `x` (rows, columns), labels `t` (rows,), and their names. Chapter 3."""

    x: np.ndarray
    t: np.ndarray
    columns: tuple
    classes: tuple


def penguins():
    """344 penguins of three species; NaN where a measurement is missing (2 rows). Chapter 3.

    Columns: bill length, bill depth, flipper length (mm), body mass (g). Horst et al., 2020.
    """
    table = read_table("penguins.csv")
    columns = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
    classes, t = np.unique(table["species"], return_inverse=True)
    x = np.stack([to_floats(table[column]) for column in columns], axis=1)
    return Table(x, t, columns, tuple(classes.tolist()))


def from_nnfs(create_data, rng, *args):
    """A data set function of `nnfs`, which draws from NumPy's global state, with `rng`. Chapter 3.

    Returns x float64 and labels int64; the global state is left as it was.
    """
    state = np.random.get_state()
    np.random.seed(check_rng(rng).integers(2**32))
    try:
        x, t = create_data(*args)
    finally:
        np.random.set_state(state)
    return x, t.astype(np.int64)


def spiral(samples, classes, rng):
    """Interleaved spiral arms: x (samples · classes, 2), labels (samples · classes,). Chapter 3."""
    sizes = check_size(samples, "samples"), check_size(classes, "classes")
    return from_nnfs(nnfs.datasets.spiral_data, rng, *sizes)


def vertical(samples, classes, rng):
    """Clouds side by side: x (samples · classes, 2), labels (samples · classes,). Chapter 3."""
    sizes = check_size(samples, "samples"), check_size(classes, "classes")
    return from_nnfs(nnfs.datasets.vertical_data, rng, *sizes)


def sine(samples):
    """One period of a sine: x (samples, 1) from 0 to 1, targets (samples, 1). Chapter 17."""
    return nnfs.datasets.sine_data(check_size(samples, "samples"))


def split(t, shares, rng):
    """Deal the rows out at random, every class in the same proportions. Chapter 12.

    Labels (n,) and shares such as (0.6, 0.2, 0.2) that sum to 1 -> a list of row-number arrays,
    one for each share, which together hold every row once.
    """
    shares = np.ravel(shares)
    good = shares.dtype.kind in "fi" and (shares > 0).all() and np.isclose(shares.sum(), 1)
    if not good:
        raise ValueError(f"Shares must be positive and sum to 1, got {shares}.")
    t, rng = np.asarray(t), check_rng(rng)
    if t.ndim != 1 or len(t) == 0 or t.dtype.kind not in "iubUS":
        raise ValueError(f"Expected one class label per row, (n,), got {t.dtype} {t.shape}. "
                         "Without classes, for regression, pass np.zeros(n, dtype=int).")
    parts = [[] for _ in shares]
    for label in np.unique(t):
        rows = rng.permutation(np.flatnonzero(t == label))
        cuts = np.rint(np.cumsum(shares)[:-1] * len(rows)).astype(int)
        for part, piece in zip(parts, np.split(rows, cuts)):
            part.append(piece)
    return [rng.permutation(np.concatenate(part)) for part in parts]


def k_fold(n, k, rng):
    """Yield (training rows, validation rows) k times; each row is validated once. Chapter 12."""
    if not 2 <= check_size(k, "k") <= check_size(n, "n"):
        raise ValueError(f"{n} rows can be cut into 2 to {n} folds, not {k!r}.")
    folds = np.array_split(check_rng(rng).permutation(n), k)
    for i in range(k):
        yield np.concatenate(folds[:i] + folds[i + 1 :]), folds[i]


def batches(n, size, rng):
    """Yield row-number arrays of `size` (the last may be shorter) in random order. Chapter 13.

    Index inputs and targets with the same rows, and they cannot be shuffled apart.
    """
    order = check_rng(rng).permutation(check_size(n, "n"))
    for start in range(0, n, check_size(size, "size")):
        yield order[start : start + size]


class Standardizer:
    """Shift and scale columns to mean 0 and deviation 1 of the training data. Chapter 13."""

    def __init__(self, x):
        """Measure the columns of x (n, columns), without NaN; constant ones are only shifted."""
        x = check_numbers(x, "A table")
        if x.ndim != 2 or np.isinf(x).any() or np.isnan(x).all(axis=0).any():
            raise ValueError("Expected (n, columns), no infinite values, and something beside NaN "
                             f"in every column; got shape {x.shape}.")
        self.mean = np.nanmean(x, axis=0)
        constant = np.nanmin(x, axis=0) == np.nanmax(x, axis=0)  # where nanstd finds only rounding
        self.deviation = np.where(constant, 1.0, np.nanstd(x, axis=0))

    def transform(self, x):
        """(n, columns) in the data's units -> (n, columns) without units."""
        return (check_batch(x, len(self.mean), "Standardizer") - self.mean) / self.deviation

    def inverse(self, z):
        """(n, columns) without units -> (n, columns) in the data's units."""
        return check_batch(z, len(self.mean), "Standardizer") * self.deviation + self.mean


def breast_cancer():
    """569 tumours, 30 measurements of cell nuclei each; 1 = malignant. Chapter 16.

    Wolberg, Mangasarian, Street and Street, 1993: Breast Cancer Wisconsin (Diagnostic).
    """
    table = read_table("breast_cancer.csv")
    diagnosis = np.array(table.pop("diagnosis"))
    x = np.stack([to_floats(values) for values in table.values()], axis=1)
    return Table(x, (diagnosis == "malignant").astype(int), tuple(table), ("benign", "malignant"))


def seattle_weather():
    """Four years of daily weather, 2012–2015 (NOAA): a dictionary of columns (1461,). Chapter 17.

    date (datetime64), temp_max and temp_min (°C), precipitation (mm), wind (m/s), weather (str).
    """
    table = read_table("seattle_weather.csv")
    numbers = ("precipitation", "temp_max", "temp_min", "wind")
    columns = {key: to_floats(table[key]) for key in numbers}
    date = np.array(table["date"], dtype="datetime64[D]")
    return {"date": date, **columns, "weather": np.array(table["weather"])}


FASHION_CLASSES = (
    "T-shirt", "trousers", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip


def read_idx(content):
    """An unzipped IDX file's bytes -> uint8 array of the shape its header names. Chapter 19.

    Two zero bytes, a type code (8 = unsigned byte), the number of axes; each axis' length as a
    big-endian 4-byte integer; then the data. ValueError if any of this does not hold.
    """
    axes = int.from_bytes(content[3:4])
    if content[:3] != b"\0\0\x08" or len(content) < 4 + 4 * axes:
        raise ValueError("Not an IDX file of unsigned bytes: the first bytes are wrong.")
    shape = np.frombuffer(content, dtype=">u4", count=axes, offset=4).astype(int)
    values = np.frombuffer(content, dtype=np.uint8, offset=4 + 4 * axes)
    if values.size != shape.prod():
        raise ValueError(f"The header promises {shape.prod()} values, there are {values.size}.")
    return values.reshape(shape)


def fashion_mnist(part):
    """Fashion-MNIST (Xiao et al., 2017), `part` "train" (60,000) or "test" (10,000). Chapter 19.

    Returns pictures uint8 (n, 28, 28), 0 = background to 255, and labels int64 (n,) 0 … 9.
    """
    if part not in ("train", "test"):
        raise ValueError(f'part is "train" or "test", got {part!r}.')
    prefix = "fashion_mnist/" + {"train": "train", "test": "t10k"}[part]
    pictures = read_idx(gzip.decompress(verified(f"{prefix}-images-idx3-ubyte.gz")))
    labels = read_idx(gzip.decompress(verified(f"{prefix}-labels-idx1-ubyte.gz")))
    return pictures, labels.astype(np.int64)


def pixels_to_inputs(pictures):
    """Pictures (n, 28, 28), 0 … 255 -> rows (n, 784), float32, −1 … 1. Chapter 19."""
    pictures = np.asarray(pictures)
    if pictures.ndim != 3 or pictures.size == 0 or pictures.dtype != np.uint8:
        raise ValueError("Expected raw pictures, uint8 0 … 255, (n, rows, columns), got "
                         f"{pictures.dtype} {pictures.shape}: are they scaled already?")
    return pictures.reshape(len(pictures), -1) / np.float32(127.5) - np.float32(1)


def check_pixels(pixels):
    """The array itself, uint8 (h, w), (h, w, 3) or (h, w, 4); ValueError for others. Chapter 22."""
    shape = pixels.shape
    good = (len(shape), *shape[2:]) in ((2,), (3, 3), (3, 4)) and 0 not in shape
    if pixels.dtype != np.uint8 or not good:
        raise ValueError("A picture as an array is uint8, 0 … 255, of shape (h, w), (h, w, 3) with "
                         f"colours or (h, w, 4) with transparency; got {pixels.dtype} {shape}.")
    return pixels


def grey_picture(source):
    """A picture file, a Pillow picture or uint8 pixels -> grey uint8 (h, w). Chapter 22.

    Turned as the camera was held; transparent parts become white. ValueError if it is no picture.
    """
    if isinstance(source, np.ndarray):
        source = Image.fromarray(check_pixels(source))
    with refusing(f"No picture can be read from {source!r:.60}"):
        if not isinstance(source, Image.Image):
            source = Image.open(source, formats=("PNG", "JPEG", "GIF", "BMP", "WEBP"))
        if source.mode.startswith(("I", "F")):
            raise ValueError(f"its pixels, mode {source.mode}, have more than 8 bits")
        upright = ImageOps.exif_transpose(source).convert("RGBA")
    white = Image.new("RGBA", upright.size, "white")
    return np.asarray(Image.alpha_composite(white, upright).convert("L"))


def to_ink(grey):
    """Grey (h, w) -> float64: 0 like the border, and more the more a pixel differs. Chapter 22.

    On a bright border darker pixels are ink, on a dark border brighter ones.
    """
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    background = np.median(border)
    ink = background - grey if background > 127 else grey - background
    return np.clip(ink, 0, None)


def crop_to_object(ink):
    """The smallest rectangle that holds every pixel with more than 5 % of 255. Chapter 22."""
    rows, columns = np.nonzero(ink > 0.05 * 255)
    if len(rows) == 0:
        raise ValueError("No object can be seen: the picture has one shade all over, or what is on "
                         "it is as bright as its border.")
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def fit_to_square(ink, size=28):
    """Ink (h, w) -> uint8 (size, size): longer side full, centred, at most 255. Chapter 22."""
    h, w = [max(1, round(n * size / max(ink.shape))) for n in ink.shape]
    small = Image.fromarray(ink.astype(np.float32)).resize((w, h), Image.Resampling.BOX)
    top, left = (size + 1 - h) // 2, (size + 1 - w) // 2
    square = np.zeros((size, size), np.uint8)
    square[top : top + h, left : left + w] = np.rint(small * (255 / np.max(small)))
    return square


def prepare_image(source):
    """A picture of one piece of clothing -> uint8 (28, 28) like Fashion-MNIST's. Chapter 22.

    `source` is a path, an open file, a Pillow picture, or a uint8 array (h, w), (h, w, 3) or
    (h, w, 4). ValueError if it is no picture, or one without an object.
    """
    return fit_to_square(crop_to_object(to_ink(grey_picture(source))))


def random_shift(x, pixels, rng):
    """Every picture moved by up to `pixels` whole pixels on each axis, at random. Chapter b3.

    x (batch, channels, height, width) -> a new array of that shape. What is pushed over the edge
    is lost; the other edge is filled with the smallest value in x, the background.
    """
    x, p = check_pictures(x, "random_shift"), check_size(pixels, "pixels")
    if p >= min(x.shape[2:]):
        raise ValueError(f"A shift of {p} pixels would push pictures {x.shape[2:]} out of sight.")
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=x.min())
    cuts = sliding_window_view(padded, x.shape[2:], axis=(2, 3))  # (batch, channels, r, c, h, w)
    rows, columns = check_rng(rng).integers(2 * p + 1, size=(2, len(x)))
    return cuts[np.arange(len(x)), :, rows, columns]


def random_flip(x, rng):
    """Every picture mirrored left to right with probability 1/2. Chapter b3.

    x (batch, channels, height, width) -> a new array of that shape.
    """
    x = check_pictures(x, "random_flip")
    flipped = check_rng(rng).random((len(x), 1, 1, 1)) < 0.5
    return np.where(flipped, x[..., ::-1], x)


def first_names():
    """US Census 1990 first names, lower case: names (list), bearers in percent (n,). Chapter b5.

    A name that both sexes bear stands once, with the sum of its shares of women and of men.
    """
    table = read_table("first_names.csv")
    return table["name"], to_floats(table["percent"])
