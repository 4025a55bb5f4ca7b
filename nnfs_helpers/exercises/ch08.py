"""Exercises of chapter 8, gradients, partial derivatives and the chain rule."""

import numpy as np

from . import Exercise

# 1 · Partial derivatives by hand: f(a, b) = a² b + exp(a b)


def partials(a, b):
    return 2 * a * b + b * np.exp(a * b), a**2 + a * np.exp(a * b)


q1 = Exercise(
    partials,
    cases=[(1.0, 0.5), (-0.5, 2.0), (1.5, -1.0)],
    mistakes=[
        (
            lambda a, b: (2 * a * b + np.exp(a * b), a**2 + np.exp(a * b)),
            "The exponential needs the chain rule: the slope of the inside, a b, is b for a and "
            "a for b.",
        ),
        (
            lambda a, b: (a**2 + a * np.exp(a * b), 2 * a * b + b * np.exp(a * b)),
            "The two are swapped: the first is the slope for a, while b stands still.",
        ),
        (
            lambda a, b: (2 * a + b * np.exp(a * b), a**2 + a * np.exp(a * b)),
            "While a moves, b is a number like any other: the slope of a² b is 2 a b.",
        ),
        (
            lambda a, b: (
                2 * a * b + a**2 + (a + b) * np.exp(a * b),
                2 * a * b + a**2 + (a + b) * np.exp(a * b),
            ),
            "There both knobs move at once. A partial derivative moves one.",
        ),
    ],
    hints=[
        "For the first, read b as a constant, say 7: what is the slope of 7a² + e⁷ᵃ?",
        "Slope for a: 2ab + b exp(ab). Treat b in the same way, with a as the constant.",
    ],
)


# 2 · A graph with shared inputs: u = x w, v = x + w², y = u v


def shared(x, w):
    u, v = x * w, x + w**2
    return v * w + u, v * x + u * 2 * w


q2 = Exercise(
    shared,
    cases=[(1.0, 2.0), (-0.5, 1.5), (3.0, -1.0)],
    mistakes=[
        (
            lambda x, w: ((x + w**2) * w, (x + w**2) * x),
            "Only the path through u is there. Each input reaches y on a second path, through v: "
            "add it.",
        ),
        (
            lambda x, w: (x * w, x * w * 2 * w),
            "Only the path through v is there. Each input reaches y on a second path, through u: "
            "add it.",
        ),
        (
            lambda x, w: ((x + w**2) * w * x * w, (x + w**2) * x * x * w * 2 * w),
            "The two paths are multiplied. Multiply along a path, add over paths.",
        ),
        (
            lambda x, w: (w + 1, x + 2 * w),
            "That adds the slopes of u and v. Each must first be multiplied by the slope of y "
            "for it: v for u, and u for v.",
        ),
        (
            lambda x, w: (x * w * w + x + w**2, x * w * x + (x + w**2) * 2 * w),
            "The slope of y = u v for u is v, and for v it is u: they are swapped.",
        ),
    ],
    hints=[
        "There are two paths from x to y: x → u → y and x → v → y. The same holds for w.",
        "dy/dx = v · w + u · 1. For dy/dw you need the slopes of u and v for w.",
    ],
)


# 3 · The Jacobian of softmax at z = (ln 1, ln 2, ln 5), where p = (1, 2, 5) / 8

P = np.array([1.0, 2.0, 5.0]) / 8

q3 = Exercise(
    np.array([[7, -2, -5], [-2, 12, -10], [-5, -10, 15]]) / 64,
    mistakes=[
        (
            np.diag(P),
            "The denominator q depends on the scores, too: a second path from every score to "
            "every probability.",
        ),
        (
            np.diag(P - P**2),
            "The diagonal is right. But every score also changes the other probabilities, "
            "through q.",
        ),
        (
            (np.diag(P) + np.outer(P, P)),
            "The path through q has a minus: a larger sum makes every probability smaller.",
        ),
        (
            (64 * (np.diag(P) - np.outer(P, P))),
            "Right but for the factor 1/64.",
        ),
        (
            (-np.outer(P, P)),
            "Off the diagonal it is right. On it there is a second path: score k also raises "
            "its own numerator.",
        ),
    ],
    hints=[
        "p₀ = e₀/q with q = e₀ + e₁ + e₂ = 8. The slope of p₀ for z₁ has one path, through q: "
        "−e₀/q² · e₁ = −2/64.",
        "On the diagonal there are two paths: eₖ/q − eₖ²/q². For k = 0 that is 8/64 − 1/64.",
    ],
)


# 4 · The shape of every derivative


def shapes(n_in, n_hidden, n_out):
    return (
        (n_in, n_hidden),  # dL/dW1
        (n_hidden, n_in),  # dz/dx
        (n_hidden, n_hidden),  # dh/dz
        (n_out, n_hidden),  # ds/dh
        (n_out,),  # dL/ds
        (n_out, n_hidden, n_out),  # ds/dW2
    )


q4 = Exercise(
    shapes,
    cases=[(2, 3, 4), (5, 2, 3)],
    mistakes=[
        (
            lambda i, h, o: ((i, h), (i, h), (h, h), (h, o), (o,), (o, h, o)),
            "The Jacobians are transposed: outputs are rows, inputs are columns. (In this course "
            "W is the other way round.)",
        ),
        (
            lambda i, h, o: ((h, i), (h, i), (h, h), (o, h), (o,), (o, h, o)),
            "The slope of a number for W1 has the shape of W1 itself, (n_in, n_hidden).",
        ),
        (
            lambda i, h, o: ((i, h), (h, i), (h,), (o, h), (o,), (o, h, o)),
            "ReLU has as many outputs as inputs, so its Jacobian is square. Only its diagonal has "
            "the shape (n_hidden,).",
        ),
        (
            lambda i, h, o: ((i, h), (h, i), (h, h), (o, h), (o,), (h, o)),
            "ds/dW2 has a slope for every pair of an output and a weight: the shape of s, then "
            "that of W2.",
        ),
        (
            lambda i, h, o: ((i, h), (h, i), (h, h), (o, h), (), (o, h, o)),
            "L is one number, but there is a slope for each of the scores: the shape of s.",
        ),
    ],
    hints=[
        "The shape of a derivative is the shape of the output followed by that of the input. "
        "A number has the shape ().",
        "dL/dW1: () followed by (n_in, n_hidden). dz/dx: (n_hidden,) followed by (n_in,).",
    ],
)


# 5 · The slope towards a goal


def slope_towards(g, start, goal):
    way = goal - start
    return g @ way / np.linalg.norm(way)


q5 = Exercise(
    slope_towards,
    cases=[
        (np.array([3.0, 4.0]), np.array([2.0, 1.0]), np.array([-1.0, 3.0])),
        (np.array([1.0, -2.0, 0.5]), np.array([0.0, 1.0, 1.0]), np.array([2.0, 2.0, 3.0])),
    ],
    mistakes=[
        (
            lambda g, start, goal: g @ (goal - start),
            "Divide by the length of the way: the slope is per unit of length.",
        ),
        (
            lambda g, start, goal: g @ (start - goal) / np.linalg.norm(goal - start),
            "The sign is wrong. The way leads from the start to the goal: goal − start.",
        ),
        (
            lambda g, start, goal: g @ goal / np.linalg.norm(goal),
            "That is the slope in the direction of the goal as seen from the origin. You begin at "
            "the start.",
        ),
        (
            lambda g, start, goal: (
                g @ (goal - start) / np.linalg.norm(goal - start) / np.linalg.norm(g)
            ),
            "That is the cosine of the angle. The length of the gradient must stay in.",
        ),
        (
            lambda g, start, goal: np.linalg.norm(g),
            "That is the steepest slope of all. Towards the goal it is that times the cosine.",
        ),
    ],
    hints=[
        "The slope in the direction of a unit vector u is g · u.",
        "u is goal − start, divided by its length.",
    ],
)


# 6 · A vector–Jacobian product without the Jacobian: running sums


def back_through_sums(dy):
    return np.cumsum(dy[::-1])[::-1]


q6 = Exercise(
    back_through_sums,
    cases=[(np.array([1.0, 2.0, -3.0, 0.5]),), (np.array([0.5, -1.0, 4.0]),)],
    mistakes=[
        (
            np.cumsum,
            "That is J @ dy. dy stands on the left, dy @ J: entry i collects from all outputs "
            "that x_i reaches.",
        ),
        (
            lambda dy: np.array(dy),
            "Each x_i reaches more than one output: y_i and all after it. Add up its paths.",
        ),
        (
            lambda dy: np.full(len(dy), dy.sum()),
            "That is true for x_0 only. x_i does not reach the outputs before it.",
        ),
        (
            lambda dy: np.cumsum(dy[::-1]),
            "The numbers are right, their order is reversed.",
        ),
        (
            lambda dy: dy.sum() - np.cumsum(dy),
            "x_i also reaches y_i itself. That path is missing.",
        ),
    ],
    hints=[
        "Which of the outputs y_k contain x_i? Every such path has the partial derivative 1.",
        "dx_i = dy_i + dy_(i+1) + …: a running sum from the other end.",
    ],
)
