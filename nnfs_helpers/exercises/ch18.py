"""Exercises of chapter 18, the model object."""

import numpy as np

from .. import Dense, ReLU, Sequential
from . import Exercise

RNG = np.random.default_rng(1818)


def net(*sizes):
    """A ReLU network with these layer sizes, the input's first."""
    layers = []
    for n_in, n_out in zip(sizes, sizes[1:]):
        layers += [Dense(n_in, n_out, RNG), ReLU()]
    return Sequential(*layers[:-1])


# 1 · A metric: is the right class among the two most probable?


def top_two(p, t):
    best = np.argsort(p, axis=1)[:, -2:]
    return float((best == t[:, None]).any(axis=1).mean())


def share_within(p, t, columns):
    best = np.argsort(p, axis=1)[:, columns]
    return float((best == t[:, None]).any(axis=1).mean())


CHANCES = RNG.dirichlet(np.ones(5), 12)


q1 = Exercise(
    top_two,
    cases=[
        (np.array([[0.5, 0.3, 0.2], [0.1, 0.6, 0.3], [0.2, 0.3, 0.5], [0.7, 0.1, 0.2]]),
         np.array([1, 0, 0, 2])),
        (CHANCES, np.arange(12) % 5),
        (CHANCES[::-1][:7], np.array([4, 4, 0, 1, 2, 3, 3])),
    ],
    mistakes=[
        (
            lambda p, t: share_within(p, t, slice(-1, None)),
            "That is the accuracy: only the most probable class counts in yours.",
        ),
        (
            lambda p, t: share_within(p, t, slice(0, 2)),
            "argsort goes from small to large: the first two columns are the least probable.",
        ),
        (
            lambda p, t: share_within(p, t, slice(-2, -1)),
            "You ask only for the second place. The first place counts as well.",
        ),
        (
            lambda p, t: top_two(p, t) * len(t),
            "That is a count. A metric is a share, so that sets of any size can be compared.",
        ),
        (
            lambda p, t: float((np.argsort(p, axis=1)[:, -2:] == t[:, None]).mean()),
            "You divide by twice the number of rows: first ask of each row whether any of its two "
            "places is right, then take the mean over the rows.",
        ),
    ],
    hints=[
        "np.argsort(p, axis=1) gives the classes of each row, the most probable last.",
        "best = np.argsort(p, axis=1)[:, -2:] is (batch, 2). Compare it with t[:, None], then "
        "any(axis=1), then the mean, as a float.",
    ],
)


# 2 · Stop without a callback


class Script:
    """Stands for one epoch of training: each call returns the next of some validation losses."""

    def __init__(self, *losses):
        self.losses = list(losses)

    def __call__(self):
        if not self.losses:
            raise RuntimeError("trained longer than the limit allows")
        return self.losses.pop(0)


def fit_until(one_epoch, goal, most):
    losses = []
    while len(losses) < most:
        losses.append(one_epoch())
        if losses[-1] <= goal:
            break
    return losses


def one_too_many(one_epoch, goal, most):
    losses = [one_epoch()]
    while len(losses) < most:
        done = losses[-1] <= goal
        losses.append(one_epoch())
        if done:
            break
    return losses


def trains_twice(one_epoch, goal, most):
    losses = []
    while len(losses) < most:
        if one_epoch() <= goal:
            break
        losses.append(one_epoch())
    return losses


def forgets_the_last(one_epoch, goal, most):
    losses = []
    for _ in range(most):
        loss = one_epoch()
        if loss <= goal:
            break
        losses.append(loss)
    return losses


def without_limit(one_epoch, goal, most):
    losses = [one_epoch()]
    while losses[-1] > goal:
        losses.append(one_epoch())
    return losses


q2 = Exercise(
    fit_until,
    cases=[
        (Script(0.9, 0.7, 0.45, 0.3, 0.2, 0.1), 0.5, 6),
        (Script(0.8, 0.9, 0.7, 0.6, 0.65, 0.64, 0.63, 0.62), 0.5, 4),
        (Script(0.5, 0.4, 0.3), 0.5, 3),
        (Script(1.2, 1.0, 0.8, 0.3, 0.2, 0.1, 0.05, 0.04), 0.35, 7),
    ],
    mistakes=[
        (
            one_too_many,
            "It trains one epoch too many: look at the loss right after the epoch that gave it.",
        ),
        (
            trains_twice,
            "It calls one_epoch() twice in each round, so half of the epochs are trained and not "
            "recorded. Call it once and keep what it returns.",
        ),
        (
            forgets_the_last,
            "The epoch that reached the goal is missing from the list. Record first, then decide.",
        ),
        (
            without_limit,
            "It never gives up. If the goal is out of reach, stop after `most` epochs.",
        ),
        (
            lambda one_epoch, goal, most: [one_epoch() for _ in range(most)],
            "It always trains all `most` epochs, whatever the loss.",
        ),
        (
            lambda one_epoch, goal, most: len(fit_until(one_epoch, goal, most)),
            "That is the number of epochs. Return the list of their losses.",
        ),
    ],
    hints=[
        "A for loop over range(most), and a break.",
        "In the loop: losses.append(one_epoch()), then if losses[-1] <= goal: break.",
    ],
)


# 3 · A table of the layers


def summary(net, x):
    rows = []
    for layer in net.children:
        x = layer.forward(x)
        count = sum(getattr(layer, name).size for name in layer.params)
        rows.append((repr(layer), x.shape[1:], count))
    return rows


def changed(rows, place, change):
    """The rows with one column changed."""
    return [(*row[:place], change(row), *row[place + 1 :]) for row in rows]


def without_biases(net, x):
    counts = [layer.W.size if layer.params else 0 for layer in net.children]
    return [(*row[:2], count) for row, count in zip(summary(net, x), counts)]


def shapes_before(net, x):
    shapes = [x.shape[1:], *[shape for _, shape, _ in summary(net, x)]]
    return [(name, shape, n) for (name, _, n), shape in zip(summary(net, x), shapes)]


def not_passed_on(net, x):
    return [(repr(layer), layer.forward(x).shape[1:], 0) for layer in net.children]


q3 = Exercise(
    summary,
    cases=[
        (net(2, 64, 3), np.ones((1, 2))),
        (net(30, 1), np.ones((4, 30))),
        (net(4, 8, 8, 5), np.ones((3, 4))),
    ],
    mistakes=[
        (without_biases, "The biases are missing: add up all arrays named in layer.params."),
        (
            lambda net, x: changed(summary(net, x), 1, lambda row: (len(x), *row[1])),
            "Leave the batch out of the shapes: they should not depend on how many rows x has.",
        ),
        (
            shapes_before,
            "Those are the shapes that go into each layer. Asked for is what comes out.",
        ),
        (
            not_passed_on,
            "Every layer of yours gets the network's input. Pass each layer's output on to the "
            "next: x = layer.forward(x).",
        ),
        (
            lambda net, x: changed(summary(net, x), 2, lambda row: 2 * (row[2] > 0)),
            "You counted arrays. Count the numbers in them: a.size.",
        ),
        (
            lambda net, x: [row for row in summary(net, x) if row[2]],
            "Layers without parameters belong in the table too, with 0.",
        ),
    ],
    hints=[
        "Go through net.children with x = layer.forward(x), and note x.shape[1:] each time.",
        "The number of parameters is sum(getattr(layer, name).size for name in layer.params), "
        "which is 0 for a ReLU. The name is repr(layer).",
    ],
)


# 4 · The loss of an epoch from the losses of its batches


def epoch_loss(losses, sizes):
    return float((losses * sizes).sum() / sizes.sum())


q4 = Exercise(
    epoch_loss,
    cases=[
        (np.array([0.6, 0.3, 0.9]), np.array([3, 3, 1])),
        (np.array([1.2, 0.8, 1.0, 0.4]), np.array([32, 32, 32, 4])),
        (np.array([0.7]), np.array([10])),
        (np.array([0.2, 2.5]), np.array([64, 6])),
    ],
    mistakes=[
        (
            lambda losses, sizes: losses.mean(),
            "A batch of one counts as much as a full one in yours. Weigh each loss with its size.",
        ),
        (
            lambda losses, sizes: (losses * sizes).sum(),
            "That is the sum over all samples. Divide by their number.",
        ),
        (
            lambda losses, sizes: (losses * sizes).sum() / (len(losses) * sizes[0]),
            "You divide as if every batch were full. The number of samples is sizes.sum().",
        ),
        (
            lambda losses, sizes: (losses * sizes).sum() / len(losses),
            "You divide by the number of batches. Divide by the number of samples.",
        ),
        (
            lambda losses, sizes: losses.sum(),
            "That is the sum of the batches' losses, which are means themselves.",
        ),
    ],
    hints=[
        "Each batch loss is a mean. Which sum did it come from?",
        "(losses * sizes).sum() is the sum over all samples. Divide by sizes.sum().",
    ],
)


# 5 · Epochs from steps


def epochs_for(steps, n, size):
    per_epoch = -(-n // size)
    return -(-steps // per_epoch)


q5 = Exercise(
    epochs_for,
    cases=[(1000, 300, 32), (10, 7, 3), (2000, 300, 300), (45, 100, 64), (500, 1000, 10)],
    mistakes=[
        (
            lambda steps, n, size: -(-steps // (n // size)),
            "The last, shorter batch of an epoch is a step as well: round n / size up.",
        ),
        (
            lambda steps, n, size: steps // -(-n // size),
            "Rounded down it is too few epochs: at least `steps` steps are asked for.",
        ),
        (
            lambda steps, n, size: -(-steps * size // n),
            "You let batches run on from one epoch into the next. Each epoch begins anew, and its "
            "last batch may be short.",
        ),
        (
            lambda steps, n, size: steps * -(-n // size),
            "That is the number of steps in so many epochs. Divide.",
        ),
        (
            lambda steps, n, size: steps / -(-n // size),
            "Epochs are whole: round up.",
        ),
    ],
    hints=[
        "How many batches are there in one epoch, the short one included?",
        "np.ceil(n / size) batches in an epoch, and np.ceil(steps / that) epochs, as an int.",
    ],
)
