"""`prepare_image` makes of any picture what Fashion-MNIST's pictures are, or says why it cannot."""

import importlib.util
import io

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image

import nnfs_helpers as nn
from nnfs_helpers import data

FOLDER = data.DATA / "pictures"
CLOTHES = {"t-shirt.png": 0, "trousers.png": 1, "dress.png": 3, "pullover.png": 2,
           "sneaker.png": 7, "bag.jpg": 8, "ankle-boot.png": 9}  # fmt: skip
STRANGERS = {"outline.png", "penguin.png", "seven.png"}


def an_object(h, w, seed):
    """Dark shades (h, w), 0 to 150, whose edges all have some."""
    pixels = np.random.default_rng(seed).integers(0, 151, size=(h, w), dtype=np.uint8)
    pixels[0, 0] = pixels[-1, -1] = 0
    return pixels


def in_frame(pixels, shape, top, left, background=255):
    frame = np.full((*shape, *pixels.shape[2:]), background, np.uint8)
    frame[top : top + len(pixels), left : left + pixels.shape[1]] = pixels
    return frame


def saved(picture, kind, **options):
    """A Pillow picture as an open file of that format."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    file.seek(0)
    return file


# ---- The pictures of the course -----------------------------------------------------------------


@pytest.fixture(scope="module")
def model():
    return nn.Model.load(data.DATA / "fashion_network.safetensors")


@pytest.mark.parametrize("name", CLOTHES)
def test_our_clothes_are_classified_rightly(name, model):
    p = model.predict(nn.pixels_to_inputs(nn.prepare_image(FOLDER / name)[None]))[0]
    assert p.argmax() == CLOTHES[name] and p.max() > 0.75


def test_the_pictures_are_those_that_the_script_draws():
    spec = importlib.util.spec_from_file_location("make_pictures", data.DATA / "make_pictures.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert {path.name for path in FOLDER.iterdir()} == CLOTHES.keys() | STRANGERS
    assert script.PICTURES.keys() == CLOTHES.keys() | STRANGERS
    for name in ("bag.jpg", "dress.png", "penguin.png"):
        drawn, there = script.PICTURES[name](), Image.open(FOLDER / name)
        assert drawn.mode == there.mode and drawn.size == there.size
        difference = np.subtract(drawn, there, dtype=float)
        assert np.abs(difference).mean() < 1.5, name  # a JPEG's pixels are not exact


# ---- What it does to a picture ------------------------------------------------------------------


def test_by_hand():
    """Four rows, one of them half as dark; 4 × 2 becomes 28 × 14, seven columns on each side."""
    pixels = np.array([[100, 100], [100, 100], [100, 100], [177, 177]], np.uint8)
    square = nn.prepare_image(in_frame(pixels, (10, 12), 3, 5, background=254))
    expected = np.zeros((28, 28))
    expected[:21, 7:21], expected[21:, 7:21] = 255, 128
    assert square.dtype == np.uint8 and np.abs(square - expected).max() <= 0.5 + 1e-9


def test_each_pixel_is_the_mean_of_those_it_covers():
    stripes = np.tile([55, 155], (56, 28)).astype(np.uint8)  # ink 200, 100, 200, …
    stripes[:28] = 55  # ink 200
    square = nn.prepare_image(in_frame(stripes, (100, 100), 9, 9))
    assert (square[:14] == 255).all() and (square[14:] == 191).all()  # 255 · 150 / 200


def test_an_odd_margin_leaves_the_extra_line_above_and_on_the_left():
    tall = nn.prepare_image(in_frame(np.zeros((28, 13), np.uint8), (60, 60), 9, 9))
    wide = nn.prepare_image(in_frame(np.zeros((13, 28), np.uint8), (60, 60), 9, 9))
    for square in (tall, wide.T):
        assert np.flatnonzero(square.any(axis=0)).tolist() == list(range(8, 21))
        assert square.any(axis=1).all()


@settings(deadline=None, max_examples=60)
@given(h=st.integers(1, 40), w=st.integers(1, 40), seed=st.integers(0, 99), data=st.data())
def test_the_place_in_the_frame_and_its_size_change_nothing(h, w, seed, data):
    pixels = an_object(h, w, seed)
    squares = []
    for _ in range(2):
        height, width = (data.draw(st.integers(2 * n + 2, 120)) for n in (h, w))
        top, left = data.draw(st.integers(0, height - h)), data.draw(st.integers(0, width - w))
        squares.append(nn.prepare_image(in_frame(pixels, (height, width), top, left)))
    assert (squares[0] == squares[1]).all()
    assert squares[0].max() == 255 and squares[0].shape == (28, 28)
    longer = squares[0].any(axis=1 if h >= w else 0)
    assert longer[0] and longer[-1]


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 99), factor=st.integers(1, 5))
def test_inversion_and_enlargement_change_nothing(seed, factor):
    framed = in_frame(an_object(28, 20, seed), (60, 50), 7, 11)
    square = nn.prepare_image(framed)
    assert (nn.prepare_image(255 - framed) == square).all()
    large = framed.repeat(factor, axis=0).repeat(factor, axis=1)
    assert (nn.prepare_image(large) == square).all()


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 99), shift=st.integers(0, 55))
def test_a_darker_photograph_is_the_same_picture(seed, shift):
    framed = in_frame(an_object(20, 28, seed) // 2 + 100, (50, 60), 7, 11)
    assert (nn.prepare_image(framed - np.uint8(shift)) == nn.prepare_image(framed)).all()


def test_fashion_mnist_comes_out_as_it_went_in():
    pictures = nn.fashion_mnist("test")[0][:500]
    there = np.array([nn.prepare_image(picture) for picture in pictures])
    same = (there == pictures).all(axis=(1, 2))
    ready = [p.any(axis=1)[[0, -1]].all() or p.any(axis=0)[[0, -1]].all() for p in pictures]
    assert same.mean() > 0.75 and not (same & ~np.array(ready)).any()
    again = np.array([nn.prepare_image(square) for square in there])
    assert (again == there).all(axis=(1, 2)).mean() > 0.97


# ---- Kinds of sources ---------------------------------------------------------------------------


def test_a_path_a_file_a_picture_and_an_array_are_the_same(tmp_path):
    path = FOLDER / "t-shirt.png"
    square = nn.prepare_image(path)
    picture = Image.open(path)
    before = picture.copy()
    with path.open("rb") as file:
        sources = [str(path), file, picture, np.asarray(picture), saved(picture, "BMP")]
        for source in sources:
            assert (nn.prepare_image(source) == square).all()
    assert picture.mode == before.mode and (np.asarray(picture) == np.asarray(before)).all()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_the_usual_formats(kind):
    framed = Image.fromarray(in_frame(np.full((200, 280), 40, np.uint8), (600, 600), 90, 90))
    square = nn.prepare_image(saved(framed, kind, quality=95))
    assert np.abs(square - nn.prepare_image(framed).astype(float)).mean() < 6


@pytest.mark.parametrize("hidden", [0, 128, 255])
def test_what_is_transparent_is_white_whatever_hides_there(hidden):
    shades = np.tile(np.repeat([30, 120], 14), (20, 1)).astype(np.uint8)
    pixels = in_frame(np.dstack([shades] * 4), (60, 60), 9, 9, background=hidden)
    pixels[..., 3] = in_frame(np.full((20, 28), 255, np.uint8), (60, 60), 9, 9, background=0)
    opaque = in_frame(shades, (60, 60), 9, 9)
    assert (nn.prepare_image(pixels) == nn.prepare_image(opaque)).all()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_pillows_modes(mode):
    framed = Image.fromarray(in_frame(np.zeros((20, 28), np.uint8), (60, 60), 9, 9))
    square = nn.prepare_image(framed.convert(mode))
    assert (square == nn.prepare_image(framed)).mean() > 0.99


def test_a_photograph_is_turned_upright():
    framed = Image.fromarray(in_frame(an_object(28, 14, 1), (60, 60), 9, 20))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it rotated by 270°
    lying = saved(framed.rotate(90, expand=True), "PNG", exif=exif)
    assert (nn.prepare_image(lying) == nn.prepare_image(framed)).all()


# ---- What is no picture -------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 8, 100, 4000])
@pytest.mark.parametrize("name", ["bag.jpg", "trousers.png"])
def test_a_file_cut_short(name, length):
    content = (FOLDER / name).read_bytes()[:length]
    with pytest.raises(ValueError, match="No picture can be read"):
        nn.prepare_image(io.BytesIO(content))


@settings(deadline=None, max_examples=30)
@given(content=st.binary(max_size=200))
def test_any_bytes_are_refused(content):
    with pytest.raises(ValueError, match="No picture can be read"):
        nn.prepare_image(io.BytesIO(content))


@pytest.mark.parametrize("source", [
    FOLDER / "none.png", FOLDER, data.DATA / "README.md", None, 3, [[1, 2]], b"bytes"])  # fmt: skip
def test_other_things_are_refused(source):
    with pytest.raises(ValueError, match="No picture can be read"):
        nn.prepare_image(source)


def test_formats_that_nobody_asked_for_are_refused():
    with pytest.raises(ValueError, match="cannot identify"):
        nn.prepare_image(saved(Image.new("L", (9, 9)), "PPM"))


@pytest.mark.parametrize("dtype", [np.uint16, np.int32, np.float32])
def test_more_than_8_bits_are_refused(dtype):
    deep = Image.fromarray(np.eye(9).astype(dtype) * dtype(60_000))
    with pytest.raises(ValueError, match="more than 8 bits"):
        nn.prepare_image(deep)


@pytest.mark.parametrize("picture", [
    np.zeros((9, 9)), np.zeros(9, np.uint8), np.zeros((0, 9), np.uint8),
    np.zeros((9, 0, 3), np.uint8), np.zeros((9, 9, 2), np.uint8), np.zeros((1, 9, 9), np.uint8),
    np.zeros((2, 9, 9, 3), np.uint8),
    np.zeros((9, 9), bool)])  # fmt: skip
def test_arrays_that_are_no_pictures(picture):
    with pytest.raises(ValueError, match=r"uint8.*\(h, w\).*got"):
        nn.prepare_image(picture)


@given(shade=st.integers(0, 255), speck=st.integers(-12, 12))
def test_a_uniform_picture_has_no_object(shade, speck):
    assume(0 <= shade + speck <= 255)
    picture = np.full((20, 30), shade, np.uint8)
    picture[9:12, 9:12] += np.array(speck).astype(np.uint8)
    with pytest.raises(ValueError, match="No object can be seen"):
        nn.prepare_image(picture)
