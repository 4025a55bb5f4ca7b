"""Exercises of notebook b4, recurrent networks."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(404)


def some(*shape):
    """Random numbers of moderate size, so that tanh is neither straight nor flat."""
    return 0.8 * RNG.standard_normal(shape)


# 1 · One step


def rnn_step(x, h, W, U, b):
    return np.tanh(x @ W + h @ U + b)


q1 = Exercise(
    rnn_step,
    cases=[
        (some(4, 3), some(4, 2), some(3, 2), some(2, 2), some(2)),
        (some(1, 2), some(1, 2), some(2, 2), some(2, 2), some(2)),
    ],
    mistakes=[
        (
            lambda x, h, W, U, b: x @ W + h @ U + b,
            "The tanh is missing. Without it the state can grow without limit.",
        ),
        (
            lambda x, h, W, U, b: np.tanh(x @ W + h @ U.T + b),
            "U is transposed. Forward it stands as it is; backward needs the transpose.",
        ),
        (
            lambda x, h, W, U, b: np.tanh(x @ W + h @ U),
            "The bias b is missing.",
        ),
        (
            lambda x, h, W, U, b: np.tanh(x @ W + b) + h @ U,
            "The old state was added after the tanh. It belongs inside, in the sum: one tanh for "
            "all.",
        ),
        (
            lambda x, h, W, U, b: np.tanh(x @ W + h * np.diag(U) + b),
            "Each unit sees only its own old state. h @ U lets it see those of all units.",
        ),
        (
            lambda x, h, W, U, b: np.tanh(x @ W + b),
            "The old state does not appear: that is a dense layer, without memory.",
        ),
    ],
    hints=[
        "Two matrix products and a bias make the sum a. What turns a into the state?",
        "np.tanh(x @ W + … @ U + b)",
    ],
)


# 2 · Two steps back


def two_steps_back(h1, h2, U, dy1, dy2):
    return dy1 + (dy2 * (1 - h2 * h2)) @ U.T


q2 = Exercise(
    two_steps_back,
    cases=[
        (np.tanh(some(4, 3)), np.tanh(some(4, 3)), some(3, 3), some(4, 3), some(4, 3)),
        (np.tanh(some(1, 2)), np.tanh(some(1, 2)), some(2, 2), some(1, 2), some(1, 2)),
    ],
    mistakes=[
        (
            lambda h1, h2, U, dy1, dy2: (dy2 * (1 - h2 * h2)) @ U.T,
            "h1 is an output too: its own message dy1 is missing.",
        ),
        (
            lambda h1, h2, U, dy1, dy2: dy1,
            "h1 also reaches the loss through h2. That way back is missing.",
        ),
        (
            lambda h1, h2, U, dy1, dy2: dy1 + (dy2 * (1 - h2 * h2)) @ U,
            "U is not transposed. Forward the state was multiplied by U, so back it is U.T.",
        ),
        (
            lambda h1, h2, U, dy1, dy2: dy1 + (dy2 * (1 - h1 * h1)) @ U.T,
            "The slope was taken at h1. The message passes the tanh of step 2: 1 − h2².",
        ),
        (
            lambda h1, h2, U, dy1, dy2: dy1 + dy2 @ U.T,
            "The slope of the tanh is missing on the way from h2 to the sum before it.",
        ),
        (
            lambda h1, h2, U, dy1, dy2: (dy1 + (dy2 * (1 - h2 * h2)) @ U.T) * (1 - h1 * h1),
            "One step too far: that is dL/da1. Asked for is dL/dh1.",
        ),
    ],
    hints=[
        "h1 reaches the loss in two ways: directly, and through a2 = x2 W + h1 U + b.",
        "da2 = dy2 * (1 − h2²). How much of it arrives at h1?",
    ],
)


# 3 · Count the parameters


def count_parameters(n_in, n_out, time):
    return n_in * n_out + n_out * n_out + n_out


q3 = Exercise(
    count_parameters,
    cases=[(3, 16, 14), (26, 24, 10), (1, 1, 5)],
    mistakes=[
        (
            lambda n_in, n_out, time: time * (n_in * n_out + n_out * n_out + n_out),
            "You counted weights for every step. All steps share the same ones.",
        ),
        (
            lambda n_in, n_out, time: n_in * n_out + n_out,
            "U is missing, the weights from the old state: (n_out, n_out).",
        ),
        (
            lambda n_in, n_out, time: n_in * n_out + n_out * n_out,
            "The bias is missing: one number for each unit.",
        ),
        (
            lambda n_in, n_out, time: n_in * n_out + n_out * n_out + 2 * n_out,
            "Two biases: that is PyTorch's layer, in which one of them is superfluous. Ours has "
            "one.",
        ),
        (
            lambda n_in, n_out, time: n_in * n_out + n_out + n_out,
            "U was counted as one number for each unit. Every unit sees all old states.",
        ),
    ],
    hints=["What are the shapes of W, U and b?", "Does any of them depend on `time`?"],
)


# 4 · Which radius?


def radius_for(share, steps):
    return share ** (1 / steps)


q4 = Exercise(
    radius_for,
    cases=[(0.5, 10), (0.01, 40), (100.0, 20)],
    mistakes=[
        (lambda share, steps: share**steps, "That is the way there: r to the power of `steps` is "
                                            "the share. You know the share and look for r."),
        (lambda share, steps: share / steps, "Each step multiplies; dividing by the number of "
                                             "steps would be right if each step subtracted."),
        (lambda share, steps: 1 - (1 - share) / steps, "You spread the loss evenly over the "
                                                       "steps. But each step takes its part of "
                                                       "what is left: it multiplies."),
        (lambda share, steps: np.log(share) / steps, "That is log r. Undo the logarithm."),
    ],
    hints=[
        "After one step r is left, after two r · r. After `steps` steps?",
        "Solve r ** steps = share for r.",
    ],
)  # fmt: skip


# 5 · The last real step


def last_real(y, mask):
    return y[np.arange(len(y)), mask.sum(axis=1) - 1]


def last_off_by_one(y, mask):
    return y[np.arange(len(y)), np.minimum(mask.sum(axis=1), y.shape[1] - 1)]


MASK = np.array([[True, True, False, False], [True] * 4, [True, False, False, False]])

q5 = Exercise(
    last_real,
    cases=[(some(3, 4, 2), MASK), (some(2, 3, 1), np.array([[True, True, False]] * 2))],
    mistakes=[
        (
            lambda y, mask: y[:, -1],
            "That is the last step of the padded batch. Shorter sequences have ended before.",
        ),
        (
            last_off_by_one,
            "One too far: a sequence of 2 steps has its last one at index 1.",
        ),
        (
            lambda y, mask: y[:, mask.sum(axis=1) - 1],
            "Every sequence got the last steps of all sequences. Index the rows as well: "
            "np.arange(len(y)).",
        ),
        (
            lambda y, mask: y[:, 0],
            "That is the first step.",
        ),
        (
            lambda y, mask: (y * mask[:, :, None]).sum(axis=1),
            "You added up all real steps. Asked for is the last of them.",
        ),
        (
            lambda y, mask: (y * mask[:, :, None])[:, -1],
            "Where padding is, the last entry is now 0. The last real step lies before it.",
        ),
    ],
    hints=[
        "How many real steps has each sequence? mask.sum(axis=1).",
        "y[rows, steps] picks one step for each row, if both are arrays of (batch,).",
    ],
)


# 6 · The baseline


def as_today(series, test):
    error = series[1:] - series[:-1]
    return float(np.sqrt((error[test[1:]] ** 2).mean()))


def as_tomorrow(series, test):
    error = np.append(series[1:], series[-1]) - series
    return float(np.sqrt((error[test] ** 2).mean()))


def within_test(series, test):
    return float(np.sqrt((np.diff(series[test]) ** 2).mean()))


def mean_of_test(series, test):
    return float(series[test].std())


def mean_before(series, test):
    return float(np.sqrt(((series[test] - series[~test].mean()) ** 2).mean()))


SERIES = np.array([12.0, 15, 14, 20, 19, 25, 21, 22, 17, 18, 30, 24])

q6 = Exercise(
    as_today,
    cases=[
        (SERIES, np.arange(12) > 6),
        (SERIES[::-1].copy(), (np.arange(12) > 3) & (np.arange(12) < 9)),
    ],
    mistakes=[
        (
            within_test,
            "The first test day has no prediction. The day before it is not a test day, but it is "
            "known on that evening: use it.",
        ),
        (
            as_tomorrow,
            "You predict each day by the day after. That is the future.",
        ),
        (
            lambda series, test: as_today(series, test) ** 2,
            "That is the mean squared error, in °C². Take the root.",
        ),
        (
            lambda series, test: float(np.abs(np.diff(series)[test[1:]]).mean()),
            "That is the mean absolute error. Square, mean, root.",
        ),
        (
            lambda series, test: float(np.sqrt((np.diff(series) ** 2).mean())),
            "That is the error over all days. Only test days count.",
        ),
        (
            mean_of_test,
            "You predict the mean of the test days, which nobody knows beforehand.",
        ),
        (
            mean_before,
            "You predict the mean of the other days. Asked for is the value of the day before.",
        ),
    ],
    hints=[
        "series[1:] − series[:-1] has one entry for each day from the second on.",
        "Which of these belong to test days? Those where test[1:] is True.",
    ],
)
