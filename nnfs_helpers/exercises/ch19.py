"""Exercises of chapter 19, a real dataset."""

import numpy as np

from nnfs_helpers import Adam, Dense, Model, ReLU, Sequential, Softmax, SoftmaxCrossEntropy
from nnfs_helpers import accuracy, fashion_mnist, pixels_to_inputs

from . import Exercise, Verdict

RNG = np.random.default_rng(1919)


def idx_file(*shape):
    """The bytes of a small IDX file."""
    header = bytes([0, 0, 8, len(shape)]) + b"".join(n.to_bytes(4, "big") for n in shape)
    return header + RNG.integers(256, size=int(np.prod(shape)), dtype=np.uint8).tobytes()


# 1 · The shape in an IDX header


def idx_shape(content):
    axes = content[3]
    return tuple(int.from_bytes(content[4 + 4 * i : 8 + 4 * i], "big") for i in range(axes))


def idx_shape_little(content):
    starts = range(4, 4 + 4 * content[3], 4)
    return tuple(int.from_bytes(content[i : i + 4], "little") for i in starts)


def idx_shape_from_zero(content):
    starts = range(0, 4 * content[3], 4)
    return tuple(int.from_bytes(content[i : i + 4], "big") for i in starts)


def idx_shape_three_axes(content):
    return tuple(int.from_bytes(content[i : i + 4], "big") for i in (4, 8, 12))


def idx_shape_single_bytes(content):
    return tuple(content[7 + 4 * i] for i in range(content[3]))


q1 = Exercise(
    idx_shape,
    cases=[(idx_file(5, 4, 3),), (idx_file(300),), (idx_file(2, 600),)],
    mistakes=[
        (
            idx_shape_little,
            "The bytes were read from the wrong end. IDX is big-endian: the most significant byte "
            "comes first.",
        ),
        (
            idx_shape_from_zero,
            "The first four bytes are no length: two zeros, the type, the number of axes. The "
            "lengths begin at byte 4.",
        ),
        (
            idx_shape_three_axes,
            "Three lengths were read from every file. Byte 3 says how many there are; label files "
            "have one.",
        ),
        (
            idx_shape_single_bytes,
            "Only the last byte of each length was read. That works up to 255, not for 60,000.",
        ),
    ],
    hints=[
        "Byte 3 is the number of axes; then come four bytes for each.",
        'int.from_bytes(content[4:8], "big") is the first length.',
    ],
)


# 2 · From pixels to inputs


def to_inputs(pictures):
    return pictures.reshape(len(pictures), -1) / np.float32(127.5) - np.float32(1)


q2 = Exercise(
    to_inputs,
    cases=[
        (RNG.integers(256, size=(3, 4, 4), dtype=np.uint8),),
        (RNG.integers(200, size=(2, 5, 3), dtype=np.uint8),),
    ],
    dtype=np.dtype(np.float32),
    mistakes=[
        (
            lambda pictures: pictures.reshape(len(pictures), -1) / 127.5 - 1,
            "The numbers are right but float64: twice the memory and half the speed. Divide by "
            "np.float32(127.5), or call .astype(np.float32) first.",
        ),
        (
            lambda pictures: pictures.reshape(len(pictures), -1) / np.float32(255),
            "The range is 0 to 1. Divide by 127.5 and subtract 1 to centre it.",
        ),
        (
            lambda pictures: pictures.reshape(len(pictures), -1) / np.float32(128) - np.float32(1),
            "Divided by 128. The largest byte is 255, and it should become exactly 1.",
        ),
        (
            lambda pictures: pictures.reshape(len(pictures), -1) / np.float32(pictures.max() / 2)
            - np.float32(1),
            "Divided by the largest pixel of the batch. The same picture would then become "
            "different numbers in different company; use 127.5, half of 255.",
        ),
        (
            lambda pictures: pictures.reshape(-1, len(pictures)).T / np.float32(127.5)
            - np.float32(1),
            "The pixels of different pictures are mixed up. Rows are samples: keep the first axis "
            "and flatten the rest, reshape(len(pictures), -1).",
        ),
    ],
    hints=[
        "Three steps: flatten, divide, shift. Which constants have which type?",
        "A uint8 array divided by np.float32(127.5) is a float32 array.",
    ],
)


# 3 · The most confused pair


def most_confused(counts):
    errors = counts - np.diag(np.diag(counts))
    true, predicted = np.unravel_index(errors.argmax(), errors.shape)
    return int(true), int(predicted)


def most_confused_with_diagonal(counts):
    return tuple(map(int, np.unravel_index(counts.argmax(), counts.shape)))


def most_confused_both_ways(counts):
    return most_confused(np.triu(counts + counts.T))


q3 = Exercise(
    most_confused,
    cases=[
        (np.array([[9, 1, 3], [2, 8, 0], [0, 2, 7]]),),
        (np.array([[5, 0], [4, 1]]),),
        (np.array([[30, 9, 0], [8, 20, 0], [0, 10, 40]]),),
    ],
    mistakes=[
        (
            most_confused_with_diagonal,
            "The largest entry of all is on the diagonal: those are the right answers. Set the "
            "diagonal to zero first, on a copy.",
        ),
        (
            lambda counts: most_confused(counts)[::-1],
            "True and predicted are swapped. Rows are true classes, columns are predictions.",
        ),
        (
            most_confused_both_ways,
            "Both directions were added up. The question is about one cell: this true class taken "
            "for that one.",
        ),
        (
            lambda counts: int((counts - np.diag(np.diag(counts))).argmax()),
            "argmax of a matrix counts its cells row by row. np.unravel_index turns that number "
            "into (row, column).",
        ),
    ],
    hints=[
        "Which cells of the matrix are mistakes?",
        "np.diag(np.diag(counts)) is a matrix with only the diagonal.",
    ],
)


# 4 · Nearest centroid, without a loop


def nearest_centroid(x, centroids):
    return ((x[:, None, :] - centroids) ** 2).sum(axis=2).argmin(axis=1)


def farthest_centroid(x, centroids):
    return ((x[:, None, :] - centroids) ** 2).sum(axis=2).argmax(axis=1)


q4 = Exercise(
    nearest_centroid,
    cases=[
        (RNG.standard_normal((12, 3)), RNG.standard_normal((4, 3)) * [1, 2, 3]),
        (RNG.standard_normal((6, 2)), np.array([[0.0, 0.0], [3.0, 0.0], [0.5, 0.5]])),
    ],
    mistakes=[
        (
            farthest_centroid,
            "The farthest centroid was chosen. A small distance is a good match: argmin.",
        ),
        (
            lambda x, centroids: (x @ centroids.T).argmax(axis=1),
            "The largest dot product favours long centroids. |x − c|² = |x|² − 2 x·c + |c|², and "
            "|c|² differs from class to class.",
        ),
        (
            lambda x, centroids: ((x[:, None, :] - centroids) ** 2).sum(axis=2).argmin(axis=0),
            "The nearest sample of each centroid was found. The answer needs one class per sample: "
            "axis=1.",
        ),
        (
            lambda x, centroids: (x[:, None, :] - centroids).sum(axis=2).argmin(axis=1),
            "The differences were summed with their signs, so they cancel. Square them first.",
        ),
    ],
    hints=[
        "x[:, None, :] − centroids has shape (batch, classes, features).",
        "Square, sum over the features, and take the class with the smallest sum.",
    ],
)


# 5 · Beat the baseline


def build(rng):
    return Sequential(Dense(784, 256, rng), ReLU(), Dense(256, 10, rng))


def one_layer(rng):
    return Sequential(Dense(784, 10, rng))


def no_activation(rng):
    return Sequential(Dense(784, 256, rng), Dense(256, 10, rng))


def softmax_inside(rng):
    return Sequential(Dense(784, 256, rng), ReLU(), Dense(256, 10, rng), Softmax())


def cut_scores(rng):
    return Sequential(Dense(784, 256, rng), ReLU(), Dense(256, 10, rng), ReLU())


class BeatTheBaseline(Exercise):
    """Trains what the reader built on 12,000 pictures; the one-layer baseline reaches 0.827."""

    needed = 0.835

    def judge(self, answer):
        """The verdict on a function rng -> net: first by its structure, then by training it."""
        if answer is ... or answer is None:
            return super().judge(None)
        try:
            net = answer(np.random.default_rng(0))
            return super().judge(None) if net is None or net is ... else self.judge_net(answer, net)
        except Exception as error:
            return Verdict(f"❌ It stops with {type(error).__name__}: {error}", False)

    def judge_net(self, answer, net):
        """The verdict on an answer that builds `net`."""
        if not isinstance(net, Sequential):
            return Verdict(f"❌ Expected a Sequential, got {net!r}.", False)
        for wrong, diagnosis in self.mistakes:
            if self.kind(net) == self.kind(wrong(np.random.default_rng(0))):
                return Verdict("❌ " + diagnosis, False, diagnosis)
        reached = self.reached(answer)
        if reached < self.needed:
            text = f"It reaches {reached:.3f}; one layer reaches 0.827. Aim for {self.needed}."
            return Verdict("❌ " + text, False)
        return Verdict(f"✅ It reaches {reached:.3f}; the baseline is 0.827.", True)

    @staticmethod
    def kind(net):
        """What matters about a net: depth up to two, what stands between, what comes last."""
        names = [type(layer).__name__ for layer in net.children]
        depth = min(names.count("Dense"), 2)
        bends = any(name not in ("Dense", "Softmax") for name in names[:-1])
        return depth, bends, names[-1]

    @staticmethod
    def reached(build):
        """Mean accuracy on 8,000 other pictures over two seeds, five epochs each."""
        pictures, t = fashion_mnist("train")
        rows = np.random.default_rng(1).permutation(len(t))[:20000]
        x, t, n = pixels_to_inputs(pictures[rows]), t[rows], 12000
        scores = []
        for seed in range(2):
            rng = np.random.default_rng(seed)
            model = Model(build(rng), SoftmaxCrossEntropy(), Adam(0.001), metrics=[accuracy])
            model.fit(x[:n], t[:n], epochs=5, batch_size=64, rng=rng, progress=False)
            scores.append(model.evaluate(x[n:], t[n:])["accuracy"])
        return float(np.mean(scores))


q5 = BeatTheBaseline(
    build,
    mistakes=[
        (
            one_layer,
            "That is the baseline itself: one layer, ten straight-edged regions. Add a hidden "
            "layer.",
        ),
        (
            no_activation,
            "Two dense layers with nothing between them collapse into one (chapter 3). Put a ReLU "
            "between them.",
        ),
        (
            softmax_inside,
            "The net ends in a Softmax, and the loss applies another one. A net ends in scores.",
        ),
        (
            cut_scores,
            "The last layer's scores go through a ReLU: no class can get a negative score, "
            "and a net whose scores are all cut to 0 has no gradient left.",
        ),
    ],
    hints=[
        "784 inputs, 10 scores, and one hidden layer with a ReLU behind it.",
        "Sequential(Dense(784, width, rng), ReLU(), Dense(width, 10, rng)) with a width of 100 or "
        "more.",
    ],
)
