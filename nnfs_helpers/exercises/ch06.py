"""Exercises of chapter 6, introducing optimization."""

import math
from statistics import NormalDist

import numpy as np

from . import Exercise

RNG = np.random.default_rng(606)


def normal(*shape):
    """Random numbers for the cases, rounded so that they read well."""
    return RNG.standard_normal(shape).round(2)


def bowl(theta):
    """A loss with its minimum, 0, at the origin."""
    return float((theta * theta).sum())


def ravine(theta):
    """A loss that is steep in one direction and flat in the other; minimum at (1, 0, 0, …)."""
    return float((theta[0] - 1) ** 2 + 10 * (theta[1:] ** 2).sum())


# 1 · Random local search


def local_search(L, theta, nudges):
    best = L(theta)
    for nudge in nudges:
        candidate = theta + nudge
        if L(candidate) < best:
            theta, best = candidate, L(candidate)
    return theta


def keep_all(L, theta, nudges):
    return theta + nudges.sum(axis=0)


def keep_worse(L, theta, nudges):
    return local_search(lambda candidate: -L(candidate), theta, nudges)


def compare_with_start(L, theta, nudges):
    start = L(theta)
    for nudge in nudges:
        if L(theta + nudge) < start:
            theta = theta + nudge
    return theta


def nudge_the_start(L, theta, nudges):
    return min([theta, *(theta + nudge for nudge in nudges)], key=L)


q1 = Exercise(
    local_search,
    cases=[
        (bowl, np.array([2.0, -1.0]), 0.8 * normal(12, 2)),
        (ravine, np.array([-1.0, 1.5, 0.5]), 0.7 * normal(15, 3)),
        (bowl, normal(8), 0.3 * normal(30, 8)),
    ],
    mistakes=[
        (
            keep_all,
            "Every nudge was kept. That is a random walk: compare the losses first.",
        ),
        (
            keep_worse,
            "The nudges that make it worse were kept. A smaller loss is better.",
        ),
        (
            compare_with_start,
            "Each loss was compared with that of the start. What counts is the best loss so far: "
            "update it whenever a nudge is kept.",
        ),
        (
            nudge_the_start,
            "Every nudge started from the first theta. The next one starts from the last that was "
            "kept.",
        ),
        (
            lambda L, theta, nudges: L(local_search(L, theta, nudges)),
            "That is the best loss. Return the parameters that have it.",
        ),
    ],
    hints=[
        "Keep two things between the tries: theta, and the loss that belongs to it.",
        "candidate = theta + nudge makes a new array. If its loss is smaller than the best so far, "
        "replace both things.",
    ],
)


# 2 · The step for a wanted success rate


def step_length(p, R, d):
    return -2 * R * NormalDist().inv_cdf(p) / math.sqrt(d)


q2 = Exercise(
    step_length,
    cases=[(0.3, 1.0, 100), (0.27, 2.5, 387), (0.1, 0.4, 10_000), (0.45, 3.0, 50)],
    mistakes=[
        (
            lambda p, R, d: -R * NormalDist().inv_cdf(p) / math.sqrt(d),
            "The factor 2 is missing: a step of length r pays if its cosine is below −r/(2R).",
        ),
        (
            lambda p, R, d: 2 * R * NormalDist().inv_cdf(p) / math.sqrt(d),
            "A length cannot be negative. For p below one half inv_cdf(p) is negative; the formula "
            "has a minus sign.",
        ),
        (
            lambda p, R, d: -2 * R * NormalDist().inv_cdf(p) / d,
            "Divided by the dimension d. The cosine has the spread 1/√d, so divide by its root.",
        ),
        (
            lambda p, R, d: -2 * R * NormalDist().inv_cdf(p) * math.sqrt(d),
            "The root of d is on the wrong side: with more dimensions the step must be shorter.",
        ),
        (
            lambda p, R, d: NormalDist().cdf(-p * math.sqrt(d) / (2 * R)),
            "That is a success rate, with p in place of the step. Here p is known, and r is asked.",
        ),
    ],
    hints=[
        "Start from p = Φ(−r √d / (2 R)) and solve for r.",
        "NormalDist().inv_cdf undoes Φ: inv_cdf(p) = −r √d / (2 R).",
    ],
)


# 3 · How many tries?


def tries_needed(p, chance):
    return math.ceil(math.log(1 - chance) / math.log(1 - p))


q3 = Exercise(
    tries_needed,
    cases=[(0.1, 0.9), (0.03, 0.9), (0.5, 0.99), (0.002, 0.6)],
    mistakes=[
        (
            lambda p, chance: math.ceil(chance / p),
            "Chances do not add up like that: ten tries at 10 % do not make 100 %. Ask for the "
            "chance that all tries fail.",
        ),
        (
            lambda p, chance: math.ceil(1 / p),
            "1/p is how long one waits on average. By then the chance of a success is only about "
            "63 %.",
        ),
        (
            lambda p, chance: math.ceil(math.log(chance) / math.log(1 - p)),
            "That makes the chance of failing as large as the wanted chance. All n tries may fail "
            "with probability 1 − chance.",
        ),
        (
            lambda p, chance: math.floor(math.log(1 - chance) / math.log(1 - p)),
            "Rounded down: one try too few, and the chance is just missed. Round up.",
        ),
        (
            lambda p, chance: math.log(1 - chance) / math.log(1 - p),
            "The formula is right, but there are no fractions of a try: round up.",
        ),
    ],
    hints=[
        "All n tries fail with probability (1 − p)ⁿ.",
        "Solve (1 − p)ⁿ = 1 − chance for n with logarithms, and round up with math.ceil.",
    ],
)


# 4 · The best point of a walk


def best_on_walk(L, theta, nudges):
    theta = theta.copy()
    best = theta.copy()
    for nudge in nudges:
        theta += nudge
        if L(theta) < L(best):
            best = theta.copy()
    return best


def last_improvement(L, theta, nudges):
    points = theta + np.cumsum([0 * theta, *nudges], axis=0)
    better = [b for a, b in zip(points, points[1:]) if L(b) < L(a)]
    return better[-1] if better else points[0]


def best_without_start(L, theta, nudges):
    return min(theta + np.cumsum(nudges, axis=0), key=L)


q4 = Exercise(
    best_on_walk,
    cases=[
        (bowl, np.array([1.5, -1.0]), 0.6 * normal(10, 2)),
        (ravine, np.array([2.0, 0.5, -0.5]), 0.4 * normal(12, 3)),
        (bowl, np.array([0.1, 0.0, -0.1, 0.05]), normal(6, 4)),  # the start is the best
    ],
    mistakes=[
        (
            keep_all,
            "That is where the walk ends. If you wrote best = theta, you kept a second name for "
            "the same array, and theta += nudge changes what both names show. Keep a copy.",
        ),
        (
            local_search,
            "You went back after each bad nudge. This walk never goes back; it only remembers its "
            "best point.",
        ),
        (
            last_improvement,
            "Each point was compared with the one before it. Compare with the best so far.",
        ),
        (
            best_without_start,
            "The start belongs to the walk: if no later point is better, it is the answer.",
        ),
    ],
    hints=[
        "The walk moves on in any case; remembering is a separate matter.",
        "theta.copy() makes an array of its own, which later changes of theta leave alone. You "
        "need it three times: for the argument, for the start, and for every new best.",
    ],
)


# 5 · Expected records


def expected_records(n):
    return sum(1 / k for k in range(1, n + 1))


q5 = Exercise(
    expected_records,
    cases=[(1,), (4,), (50,), (1000,)],
    mistakes=[
        (
            lambda n: 1 / n,
            "That is the chance that guess n is a record. Add the chances of all guesses up to n.",
        ),
        (
            lambda n: sum(1 / k for k in range(1, n)),
            "The last guess is missing: range(1, n) stops before n.",
        ),
        (
            lambda n: sum(1 / k for k in range(2, n + 1)),
            "The first guess counts too: with nothing before it, it is a record for certain.",
        ),
        (
            lambda n: math.log(n),
            "ln n grows in the same way, but it is too small by about 0.58. Add up the chances.",
        ),
    ],
    hints=[
        "With what chance is guess k the best of the first k?",
        "An expected count is the sum of the chances: 1 + 1/2 + 1/3 + … + 1/n.",
    ],
)
