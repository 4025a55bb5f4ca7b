"""Exercises of chapter 21, saving and loading."""

import json
import struct

import numpy as np

from . import Exercise

RNG = np.random.default_rng(2121)


def file_of(**shapes):
    """The bytes of a safetensors file with random float32 tensors of these shapes."""
    header, data = {}, b""
    for name, shape in shapes.items():
        values = RNG.standard_normal(shape).astype("<f4").tobytes()
        offsets = [len(data), len(data) + len(values)]
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": offsets}
        data += values
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


SMALL = file_of(W=(2, 3), b=(3,))
LARGE = file_of(**{name: (5, 4) for name in ("first", "second", "third")}, last=(4,))
SQUARE = file_of(W=(3, 3))


# 1 · The header


def read_header(content):
    (length,) = struct.unpack("<Q", content[:8])
    return json.loads(content[8 : 8 + length])


def header_big_endian(content):
    (length,) = struct.unpack(">Q", content[:8])
    return json.loads(content[8 : 8 + length])


def header_text(content):
    (length,) = struct.unpack("<Q", content[:8])
    return content[8 : 8 + length].decode()


def header_bytes(content):
    return header_text(content).encode()


def header_short(content):
    return json.loads(content[8 : struct.unpack("<Q", content[:8])[0]])


def header_table(content):
    return list(read_header(content))


q1 = Exercise(
    read_header,
    cases=[(SMALL,), (LARGE,), (SQUARE,)],
    mistakes=[
        (
            header_big_endian,
            "The length comes out far too large, so that the numbers are read as text too: its "
            "bytes were read in big-endian order. The format is little-endian, '<Q'.",
        ),
        (
            header_short,
            "The end of the slice is wrong, and the text is cut off: the header begins at byte 8 "
            "and has `length` bytes, so it ends at 8 + length.",
        ),
        (
            header_text,
            "That is the header's text. json.loads makes a dictionary of it.",
        ),
        (
            header_bytes,
            "Those are the header's bytes. json.loads makes a dictionary of them.",
        ),
        (
            header_table,
            "Those are only the names. Return the whole dictionary.",
        ),
    ],
    hints=[
        "The first eight bytes are the length of the JSON text, least significant byte first.",
        "struct.unpack gives a tuple: (length,) = struct.unpack('<Q', content[:8]).",
    ],
)


# 2 · A tensor


def read_tensor(content, name):
    entry = read_header(content)[name]
    data = content[8 + struct.unpack("<Q", content[:8])[0] :]
    start, end = entry["data_offsets"]
    return np.frombuffer(data[start:end], "<f4").reshape(entry["shape"])


def tensor_from(content, name, skip=0, dtype="<f4", order="C"):
    entry = read_header(content)[name]
    data = content[skip:]
    start, end = entry["data_offsets"]
    return np.frombuffer(data[start:end], dtype).reshape(entry["shape"], order=order)


def data_start(content):
    return 8 + struct.unpack("<Q", content[:8])[0]


q2 = Exercise(
    read_tensor,
    cases=[(SMALL, "W"), (SMALL, "b"), (LARGE, "third"), (LARGE, "last"), (SQUARE, "W")],
    dtype=np.float32,
    mistakes=[
        (
            lambda content, name: read_tensor(content, name).ravel(),
            "The numbers are right, the shape is not: the header says which shape they have.",
        ),
        (
            lambda content, name: tensor_from(content, name, data_start(content) - 8),
            "The data begin eight bytes later: the length itself stands before the header.",
        ),
        (
            lambda content, name: tensor_from(content, name),
            "The offsets are counted from the end of the header, not from the beginning of the "
            "file.",
        ),
        (
            lambda content, name: tensor_from(content, name, data_start(content), ">f4"),
            "Right bytes, wrong order: these floats are little-endian, '<f4'.",
        ),
        (
            lambda content, name: tensor_from(content, name, data_start(content), order="F"),
            "The numbers were filled in column by column. NumPy and the format go row by row.",
        ),
        (
            lambda content, name: tensor_from(content, name, data_start(content), "<f8"),
            "float64 takes eight bytes a number. These tensors are float32, F32 in the header.",
        ),
    ],
    hints=[
        "The entry of the header has data_offsets and shape. Where do the offsets count from?",
        "np.frombuffer(data[start:end], '<f4'), with data = content[8 + length:], then reshape.",
    ],
)


# 3 · The size of a checkpoint


def checkpoint_bytes(sizes):
    parameters = sum(a * b + b for a, b in zip(sizes, sizes[1:]))
    return parameters * 4 + 2 * parameters * 8


def counted(sizes):
    return sum(a * b + b for a, b in zip(sizes, sizes[1:]))


q3 = Exercise(
    checkpoint_bytes,
    cases=[([2, 32, 3],), ([4, 3],), ([784, 128, 128, 10],)],
    mistakes=[
        (
            lambda sizes: 4 * counted(sizes),
            "That is a model file. A checkpoint has Adam's m and v too, one number each for every "
            "parameter.",
        ),
        (
            lambda sizes: 12 * counted(sizes),
            "m and v are float64 here: eight bytes a number, not four.",
        ),
        (
            lambda sizes: 20 * sum(a * b for a, b in zip(sizes, sizes[1:])),
            "The biases are missing: they are parameters, and m and v follow them too.",
        ),
        (
            lambda sizes: 24 * counted(sizes),
            "The parameters themselves are float32: four bytes a number, not eight.",
        ),
    ],
    hints=[
        "Count the parameters first, chapter 3's way: n_in · n_out + n_out for each layer.",
        "Each parameter has three numbers in the file: itself, its m and its v.",
    ],
)


# 4 · Unknown layers


def unknown_layers(description, known):
    name = description["class"]
    found = [] if name in known else [name]
    for child in description["children"]:
        found += unknown_layers(child, known)
    return found


def described(name, *children):
    return {"class": name, "values": {}, "children": list(children)}


def top_only(description, known):
    return [c["class"] for c in [description, *description["children"]] if c["class"] not in known]


def leaves_only(description, known):
    own = [description["class"]] if not description["children"] else []
    found = [name for name in own if name not in known]
    for child in description["children"]:
        found += leaves_only(child, known)
    return found


def children_first(description, known):
    found = []
    for child in description["children"]:
        found += children_first(child, known)
    return found + [name for name in [description["class"]] if name not in known]


def known_layers(description, known):
    everything = unknown_layers(description, ())
    return [name for name in everything if name in known]


KNOWN = ("Sequential", "Dense", "ReLU", "Dropout")
q4 = Exercise(
    unknown_layers,
    cases=[
        (described("Sequential", described("Dense"), described("Swish")), KNOWN),
        (
            described("Twice", described("Sequential", described("Gelu")), described("Swish")),
            KNOWN,
        ),
        (described("Sequential", described("Loop", described("ReLU"), described("Swish"))), KNOWN),
        (described("os.system"), KNOWN),
        (described("Dense"), KNOWN),
    ],
    mistakes=[
        (
            top_only,
            "Layers inside layers inside the net are not looked at: a Sequential may contain "
            "another. Let the function call itself for every child.",
        ),
        (
            leaves_only,
            "Only layers without children are looked at. A layer that has some can be unknown too.",
        ),
        (
            children_first,
            "All are found, but in another order: a layer comes before its children.",
        ),
        (
            known_layers,
            "Those are the layers that are known. Asked for are the others.",
        ),
        (
            lambda description, known: list(dict.fromkeys(unknown_layers(description, known)))[:1],
            "Only the first one is reported. Return them all.",
        ),
    ],
    hints=[
        "A description is a dictionary with the keys 'class', 'values' and 'children'.",
        "Look at the description's own class, then add what the same function finds in each child.",
    ],
)


# 5 · A generator goes on


def go_on(state, n):
    rng = np.random.default_rng()
    rng.bit_generator.state = state
    return rng.random(n)


def state_after(seed, draws):
    rng = np.random.default_rng(seed)
    rng.random(draws)
    return rng.bit_generator.state


def seeded_with_state(state, n):
    return np.random.default_rng(state["state"]["state"]).random(n)


def one_too_far(state, n):
    return go_on(state, n + 1)[1:]


q5 = Exercise(
    go_on,
    cases=[(state_after(0, 100), 5), (state_after(7, 0), 3), (state_after(21, 1), 8)],
    mistakes=[
        (
            lambda state, n: np.random.default_rng(0).random(n),
            "That is a fresh generator with seed 0: the sequence begins again, or another one "
            "does. The saved state says how far it had come.",
        ),
        (
            seeded_with_state,
            "The state was used as a seed. A seed is scrambled into a state first; set the state "
            "itself: rng.bit_generator.state = state.",
        ),
        (
            one_too_far,
            "One number was drawn and lost. After setting the state, draw n numbers, no more.",
        ),
    ],
    hints=[
        "Make any generator, then replace its state.",
        "The state is the attribute rng.bit_generator.state; it can be assigned to.",
    ],
)


# 6 · Half the bytes


def half_error(W):
    back = W.astype(np.float16).astype(np.float64)
    return float((np.abs(back - W) / np.abs(W)).max())


def half_distance(W):
    return np.abs(W.astype(np.float16).astype(np.float64) - W)


q6 = Exercise(
    half_error,
    rounding=1e-3,
    cases=[
        (RNG.standard_normal((6, 4)),),
        (10 * RNG.standard_normal(50) + 30,),
        (np.array([[0.1, 1000.1], [-0.3, 0.9996]]),),
        (np.array([1.0, 2.0, 1.0004, 3.001]),),
    ],
    mistakes=[
        (
            lambda W: float(half_distance(W).max()),
            "That is the largest absolute error. Divide each by the size of its own weight.",
        ),
        (
            lambda W: float((half_distance(W) / np.abs(W)).mean()),
            "That is the mean. Asked for is the largest.",
        ),
        (
            lambda W: float(half_distance(W).max() / np.abs(W).max()),
            "The largest error was divided by the largest weight. Divide each error by its own "
            "weight, then take the largest.",
        ),
        (
            lambda W: float(((W.astype(np.float16).astype(np.float64) - W) / W).max()),
            "Errors have a sign. Without absolute values, the largest negative one is overlooked.",
        ),
        (
            lambda W: 0.0,
            "No error at all? Nothing was rounded: astype returns a new array, it does not change "
            "the old one.",
        ),
    ],
    hints=[
        "W.astype(np.float16) rounds; a second astype brings the rounded numbers back.",
        "The maximum of |back − W| / |W|, entry by entry.",
    ],
)
