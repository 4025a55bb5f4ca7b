"""Exercises of chapter 22, model prediction / inference."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(2222)


def probabilities(rows, classes):
    """Random rows that sum to 1, no two entries of a row alike."""
    e = np.exp(2 * RNG.standard_normal((rows, classes)))
    return e / e.sum(axis=1, keepdims=True)


# 1 · The three most probable classes


def top3(p):
    return np.argsort(-p, axis=1)[:, :3]


q1 = Exercise(
    top3,
    cases=[(probabilities(6, 10),), (probabilities(4, 5),), (np.array([[0.2, 0.1, 0.4, 0.3]]),)],
    mistakes=[
        (
            lambda p: np.argsort(p, axis=1)[:, :3],
            "These are the three least probable classes: argsort puts the smallest first. Sort −p, "
            "or read from the end.",
        ),
        (
            lambda p: np.argsort(p, axis=1)[:, -3:],
            "The right three classes, but the most probable one comes last. Reverse their order.",
        ),
        (
            lambda p: -np.sort(-p, axis=1)[:, :3],
            "These are the probabilities. The question asks which classes they belong to: argsort.",
        ),
        (
            lambda p: np.argsort(-p, axis=0)[:, :3],
            "Sorted down the columns, that is, the pictures were ranked. Each row has its own "
            "ranking: axis=1.",
        ),
    ],
    hints=[
        "np.argsort(row) lists the positions from the smallest entry to the largest.",
        "np.argsort(-p, axis=1) has the most probable class in column 0.",
    ],
)


# 2 · Abstain


def abstain(p, threshold):
    return np.where(p.max(axis=1) >= threshold, p.argmax(axis=1), -1)


def abstain_in_reverse(p, threshold):
    return np.where(p.max(axis=1) < threshold, p.argmax(axis=1), -1)


def abstain_by_dropping(p, threshold):
    return p.argmax(axis=1)[p.max(axis=1) >= threshold]


def abstain_as_class_0(p, threshold):
    return np.where(p.max(axis=1) >= threshold, p.argmax(axis=1), 0)


def abstain_by_lead(p, threshold):
    first, second = np.sort(p, axis=1)[:, [-1, -2]].T
    return np.where(first - second >= threshold, p.argmax(axis=1), -1)


SURE = np.array([[0.9, 0.1, 0.0], [0.2, 0.5, 0.3], [0.1, 0.2, 0.7], [0.4, 0.3, 0.3]])

q2 = Exercise(
    abstain,
    cases=[(SURE, 0.5), (SURE, 0.8), (probabilities(30, 4), 0.7)],
    mistakes=[
        (
            abstain_in_reverse,
            "Turned round: it answers where it is unsure and is silent where it is sure.",
        ),
        (
            abstain_by_dropping,
            "The unsure rows are missing, so nobody knows which answer belongs to which picture. "
            "Return one number for each row, −1 where there is no answer.",
        ),
        (
            abstain_as_class_0,
            "Where it should be silent, it answers class 0, which is a class like any other. "
            "Use −1.",
        ),
        (
            abstain_by_lead,
            "That is the lead over the second class. A sensible rule, but the threshold here is on "
            "the largest probability itself.",
        ),
    ],
    hints=[
        "p.max(axis=1) is the confidence of each row, p.argmax(axis=1) its class.",
        "np.where(condition, a, b) takes from a where the condition holds, else from b.",
    ],
)


# 3 · Coverage and accuracy


def coverage_accuracy(answers, t):
    given = answers >= 0
    return float(given.mean()), float((answers == t)[given].mean())


def accuracy_over_all(answers, t):
    return float((answers >= 0).mean()), float((answers == t).mean())


def silence_as_coverage(answers, t):
    share, right = coverage_accuracy(answers, t)
    return 1 - share, right


q3 = Exercise(
    coverage_accuracy,
    cases=[
        (np.array([2, -1, 0, 1, -1]), np.array([2, 1, 1, 1, 0])),
        (np.array([0, 3, -1, 1, 2, 2, -1, 0]), np.array([0, 3, 3, 2, 2, 2, 1, 1])),
    ],
    mistakes=[
        (
            accuracy_over_all,
            "The accuracy was taken over all pictures, so that silence counts as a mistake. "
            "Count only the answers that were given.",
        ),
        (
            silence_as_coverage,
            "That is the share of silence. Coverage is the share of pictures with an answer.",
        ),
        (
            lambda answers, t: coverage_accuracy(answers, t)[::-1],
            "The two numbers have changed places: coverage first, then accuracy.",
        ),
    ],
    hints=[
        "answers >= 0 is True where an answer was given.",
        "Index the array answers == t with it, and take the mean.",
    ],
)


# 4 · The best batch size within a time limit


def best_batch(sizes, seconds, limit):
    sizes, seconds = np.asarray(sizes), np.asarray(seconds)
    speed = np.where(seconds <= limit, sizes / seconds, 0)
    return int(sizes[speed.argmax()])


def without_limit(sizes, seconds, limit):
    return best_batch(sizes, seconds, np.inf)


def largest_allowed(sizes, seconds, limit):
    return int(max(np.asarray(sizes)[np.asarray(seconds) <= limit]))


def quickest_call(sizes, seconds, limit):
    return int(np.asarray(sizes)[np.argmin(seconds)])


def index_only(sizes, seconds, limit):
    return int(np.flatnonzero(np.asarray(sizes) == best_batch(sizes, seconds, limit))[0])


q4 = Exercise(
    best_batch,
    cases=[
        ([1, 8, 64, 512], [0.001, 0.002, 0.009, 0.040], 0.02),
        ([1, 8, 64, 512], [0.001, 0.002, 0.020, 0.250], 0.30),
        ([2, 4, 16], [0.002, 0.0019, 0.03], 0.01),
    ],
    mistakes=[
        (
            without_limit,
            "The time limit was ignored: that batch takes too long for whoever waits for it.",
        ),
        (
            largest_allowed,
            "That is the largest batch within the limit. A larger batch is not always faster per "
            "picture: compare sizes / seconds.",
        ),
        (
            quickest_call,
            "That is the call with the lowest latency. Asked is the highest throughput, pictures "
            "per second, among the calls within the limit.",
        ),
        (
            index_only,
            "That is the position in the list. Return the batch size that stands there.",
        ),
    ],
    hints=[
        "Throughput is sizes / seconds. Which of the entries are allowed?",
        "Set the throughput of the forbidden ones to 0, then take argmax.",
    ],
)


# 5 · Batch by batch


def in_batches(predict, x, size):
    return np.concatenate([predict(x[i : i + size]) for i in range(0, len(x), size)])


def whole_batches_only(predict, x, size):
    return in_batches(predict, x[: len(x) // size * size], size)


def starts_one_apart(predict, x, size):
    return np.concatenate([predict(x[i : i + size]) for i in range(len(x))])


def list_of_batches(predict, x, size):
    return [predict(x[i : i + size]) for i in range(0, len(x), size)]


def twice(x):
    """A stand-in for a network: a number for each row, whatever else is in the batch."""
    return np.stack([x.sum(axis=1), 2 * x[:, 0]], axis=1)


q5 = Exercise(
    in_batches,
    cases=[(twice, RNG.standard_normal((n, 3)), size) for n, size in ((7, 3), (6, 2), (5, 4))],
    mistakes=[
        (
            whole_batches_only,
            "The last pictures get no answer: the rest that does not fill a batch was left out.",
        ),
        (
            starts_one_apart,
            "The batches overlap, so most pictures are answered several times. Start a new batch "
            "every `size` rows: range(0, len(x), size).",
        ),
        (
            list_of_batches,
            "That is a list with one array for each batch. Join them with np.concatenate.",
        ),
    ],
    hints=[
        "range(0, len(x), size) yields the number of the first row of every batch.",
        "x[i : i + size] is shorter at the end of x, by itself.",
    ],
)
