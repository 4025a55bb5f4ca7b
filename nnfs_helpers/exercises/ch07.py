"""Exercises of chapter 7, derivatives."""

import numpy as np

from . import Exercise

# 1 · The derivative of the sigmoid


def sigmoid_slope(x):
    p = 1 / (1 + np.exp(-x))
    return p * (1 - p)


def without_inner_slope(x):
    return -1 / (1 + np.exp(-x)) ** 2


def sign_of_the_exponent(x):
    return -np.exp(-x) / (1 + np.exp(-x)) ** 2


q1 = Exercise(
    sigmoid_slope,
    cases=[(0.0,), (np.array([-3.0, -1.0, 0.5, 2.0]),), (np.array([[0.25, -0.75]]),)],
    mistakes=[
        (
            without_inner_slope,
            "That is the slope of 1/u alone. The chain rule wants the slope of u = 1 + e⁻ˣ as "
            "a factor.",
        ),
        (
            sign_of_the_exponent,
            "The sign is wrong: 1/u brings a minus, and so does the exponent −x. Two of them "
            "cancel.",
        ),
        (
            lambda x: 1 / (1 + np.exp(-x)),
            "That is the function itself, not its slope.",
        ),
        (
            lambda x: np.exp(-x) / (1 + np.exp(-x)),
            "The denominator lacks its square: the slope of 1/u is −1/u².",
        ),
    ],
    hints=[
        "Write it as 1/u with u = 1 + v, v = eʷ, w = −x, and multiply the four slopes.",
        "You get e⁻ˣ / (1 + e⁻ˣ)². It is also p (1 − p), where p is the sigmoid of x.",
    ],
)


# 2 · Pick h


def best_step(A, B, p):
    return (B / (p * A)) ** (1 / (p + 1))


q2 = Exercise(
    best_step,
    cases=[(2.0, 1e-16, 1), (0.5, 3e-16, 2), (1.5, 1e-7, 2), (4.0, 2e-16, 4)],
    mistakes=[
        (
            lambda A, B, p: (B / A) ** (1 / (p + 1)),
            "There both parts are equal. The sum is smallest where its slope is zero, and the "
            "slope of A hᵖ is p A hᵖ⁻¹.",
        ),
        (
            lambda A, B, p: (p * A / B) ** (1 / (p + 1)),
            "Upside down. More rounding, B, calls for a larger step.",
        ),
        (
            lambda A, B, p: (B / (p * A)) ** (1 / p),
            "The root is not the right one: hᵖ⁻¹ times h² is hᵖ⁺¹.",
        ),
        (
            lambda A, B, p: A * (B / (p * A)) ** (p / (p + 1)) + B / (B / (p * A)) ** (1 / (p + 1)),
            "That is the smallest error. The question is at which h it is reached.",
        ),
    ],
    hints=[
        "Set the derivative of A hᵖ + B/h with respect to h to zero.",
        "p A hᵖ⁻¹ = B/h². Multiply by h² and solve for h.",
    ],
)


# 3 · Minimise by hand: x + 4/x² for x > 0

q3 = Exercise(
    2.0,
    mistakes=[
        (3.0, "That is the smallest height, f(2). The question is at which place it is reached."),
        (4 ** (1 / 3), "The slope of 4x⁻² is −8x⁻³: the exponent comes down as a factor, −2 · 4."),
        (8.0, "x³ = 8 is right. The place is its cube root."),
        (8**0.5, "The slope of x⁻² is −2x⁻³: the exponent falls by one, from −2 to −3."),
        (-2.0, "The sign is wrong. There f′(x) = 1 − 8/x³ is 2, and x is below 0."),
    ],
    hints=[
        "At the lowest place the slope is zero. Write 4/x² as 4x⁻² and use the power rule.",
        "f′(x) = 1 − 8x⁻³. For which x is that zero?",
    ],
    rounding=1e-3,
)


# 4 · The kink at 0


def kink(a, b):
    left, right = min(a, b), max(a, b)
    return left, right, (left + right) / 2


q4 = Exercise(
    kink,
    cases=[(0.0, 1.0), (2.0, -1.0), (-3.0, -0.5)],
    mistakes=[
        (
            lambda a, b: (max(a, b), min(a, b), (a + b) / 2),
            "Left and right are swapped. Left of 0 the line with the smaller slope is the upper "
            "one: there x is negative.",
        ),
        (
            lambda a, b: (a, b, (a + b) / 2),
            "The order of a and b does not matter to max. Which line is the upper one on each "
            "side of 0?",
        ),
        (
            lambda a, b: (min(a, b), max(a, b), 0.0),
            "The central difference does not know that there is no slope. It returns the mean "
            "of both sides.",
        ),
        (
            lambda a, b: (min(a, b), max(a, b), max(a, b)),
            "The third number is the forward difference. The central one looks at both sides.",
        ),
    ],
    hints=[
        "For x > 0, max(ax, bx) is x times the larger of a and b. And for x < 0?",
        "Central: f(h) = h max(a, b) and f(−h) = −h min(a, b). Divide the difference by 2h.",
    ],
)


# 5 · The largest learning rate


def rate_limit(a, b, c):
    return 1 / a


q5 = Exercise(
    rate_limit,
    cases=[(2.0, -4.0, 2.0), (0.5, 1.0, 7.0), (5.0, 0.0, -1.0)],
    mistakes=[
        (
            lambda a, b, c: 2 / a,
            "In the text the curve was k/2 · (x − m)², with slope k (x − m). Here the slope is "
            "2ax + b, so k is not a.",
        ),
        (
            lambda a, b, c: 1 / (2 * a),
            "With that rate, one step leads to the lowest place. It may be larger: the distance "
            "shrinks as long as |1 − 2aη| < 1.",
        ),
        (
            lambda a, b, c: a,
            "Upside down: the narrower the parabola, the smaller the steps must be.",
        ),
        (
            lambda a, b, c: 2 / abs(2 * a + b),
            "b moves the lowest place and leaves the width of the parabola as it is.",
        ),
    ],
    hints=[
        "One step takes x to x − η (2ax + b). What happens to the distance from −b/(2a)?",
        "The distance is multiplied by 1 − 2aη. Between −1 and 1 it shrinks.",
    ],
)


# 6 · The slope of the slope


def curvature(f, x, h):
    return (f(x + h) - 2 * f(x) + f(x - h)) / h**2


q6 = Exercise(
    curvature,
    cases=[
        (lambda x: 3 * x**2, 1.5, 0.01),
        (lambda x: x**4, 2.0, 0.1),
        (lambda x: 1 / (1 + x), 1.0, 0.05),
    ],
    mistakes=[
        (
            lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h,
            "Divided by h once. A slope of a slope is divided by h twice.",
        ),
        (
            lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / (4 * h**2),
            "The steps do not fit: 4h² belongs to f(x + 2h) and f(x − 2h).",
        ),
        (
            lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
            "That is the slope. The question is how fast the slope itself changes.",
        ),
        (
            lambda f, x, h: (f(x + h) - f(x) + f(x - h)) / h**2,
            "The middle counts twice, once for each of the two slopes.",
        ),
        (
            lambda f, x, h: (f(x + h) + f(x - h)) / h**2,
            "The middle, f(x), is missing.",
        ),
        (
            lambda f, x, h: (f(x + 2 * h) - 2 * f(x + h) + f(x)) / h**2,
            "That is the curvature at x + h. Use nudges to both sides.",
        ),
    ],
    hints=[
        "Right of x the slope is about (f(x + h) − f(x))/h, left of it (f(x) − f(x − h))/h.",
        "Subtract the left slope from the right one, and divide by h once more.",
    ],
    rounding=1e-5,
)
