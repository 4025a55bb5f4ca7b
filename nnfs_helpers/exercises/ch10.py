"""Exercises of chapter 10, optimizers."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(1010)


def normal(n):
    """Random numbers for the cases, rounded so that they read well."""
    return RNG.standard_normal(n).round(2)


def ravine(theta):
    """The gradient of a ravine: each direction has its own bend."""
    return np.linspace(1, 20, theta.size) * theta


def bent(theta):
    """A gradient that is not proportional to the place."""
    return theta**3 - theta


# 1 · Nesterov


def nesterov(theta, velocity, grad_at, rate, mu):
    ahead = theta - rate * mu * velocity
    velocity = mu * velocity + grad_at(ahead)
    return theta - rate * velocity, velocity


def plain_momentum(theta, velocity, grad_at, rate, mu):
    velocity = mu * velocity + grad_at(theta)
    return theta - rate * velocity, velocity


def looks_back(theta, velocity, grad_at, rate, mu):
    velocity = mu * velocity + grad_at(theta + rate * mu * velocity)
    return theta - rate * velocity, velocity


def looks_too_far(theta, velocity, grad_at, rate, mu):
    velocity = mu * velocity + grad_at(theta - rate * velocity)
    return theta - rate * velocity, velocity


def starts_from_ahead(theta, velocity, grad_at, rate, mu):
    ahead = theta - rate * mu * velocity
    velocity = mu * velocity + grad_at(ahead)
    return ahead - rate * velocity, velocity


q1 = Exercise(
    nesterov,
    cases=[
        (np.array([2.0, -1.0]), np.array([1.0, 4.0]), ravine, 0.05, 0.9),
        (normal(4), normal(4), bent, 0.2, 0.5),
        (normal(3), normal(3), ravine, 0.02, 0.8),
    ],
    mistakes=[
        (
            plain_momentum,
            "That is plain momentum: the gradient was taken at theta. Nesterov takes it where the "
            "velocity alone would lead.",
        ),
        (
            looks_back,
            "You looked backwards: the step is minus rate times the velocity, so the place ahead "
            "has a minus, too.",
        ),
        (
            looks_too_far,
            "You looked too far ahead: before the new gradient comes in, the velocity is "
            "multiplied by mu.",
        ),
        (
            starts_from_ahead,
            "The step starts from theta, not from the place ahead: mu · velocity is in the new "
            "velocity already, and was applied twice.",
        ),
    ],
    hints=[
        "First find the place ahead: theta − rate · mu · velocity. Ask for the gradient there.",
        "Then go on as with momentum: velocity = mu · velocity + that gradient, and a step from "
        "theta. Return (theta, velocity).",
    ],
)


# 2 · AdamW


def adamw(theta, m_hat, v_hat, rate, decay, eps):
    return theta - rate * (m_hat / (np.sqrt(v_hat) + eps) + decay * theta)


def decay_in_the_gradient(theta, m_hat, v_hat, rate, decay, eps):
    return theta - rate * (m_hat + decay * theta) / (np.sqrt(v_hat) + eps)


def decay_without_rate(theta, m_hat, v_hat, rate, decay, eps):
    return theta - rate * m_hat / (np.sqrt(v_hat) + eps) - decay * theta


def growth(theta, m_hat, v_hat, rate, decay, eps):
    return theta - rate * (m_hat / (np.sqrt(v_hat) + eps) - decay * theta)


def plain_adam(theta, m_hat, v_hat, rate, decay, eps):
    return theta - rate * m_hat / (np.sqrt(v_hat) + eps)


def without_root(theta, m_hat, v_hat, rate, decay, eps):
    return theta - rate * (m_hat / (v_hat + eps) + decay * theta)


q2 = Exercise(
    adamw,
    cases=[
        (np.array([2.0, -3.0, 1.0]), np.array([0.5, 0.1, 0.0]), np.array([4.0, 0.04, 0.5]), 0.1,
         0.2, 1e-8),
        (normal(5), normal(5), normal(5) ** 2 + 0.01, 0.5, 0.1, 1e-3),
        (normal(4), np.zeros(4), np.ones(4), 0.3, 0.5, 1e-8),
    ],
    mistakes=[
        (
            decay_in_the_gradient,
            "The decay is divided by √v̂ like the gradient: weights with large gradients hardly "
            "decay. Keeping it out of there is the point of AdamW.",
        ),
        (
            decay_without_rate,
            "The decay is not multiplied by the learning rate, so it would not shrink with it.",
        ),
        (
            growth,
            "The weights grow: the sign of the decay is wrong.",
        ),
        (
            plain_adam,
            "That is Adam. The decay is missing: in each step, theta also loses the share "
            "rate · decay of itself.",
        ),
        (
            without_root,
            "The root of v̂ is missing.",
        ),
    ],
    hints=[
        "Write Adam's step first: theta − rate · m̂ / (√v̂ + eps).",
        "Then subtract rate · decay · theta as well, outside of the fraction.",
    ],
)


# 3 · What bias correction does at step 1


def first_step_ratio(beta1, beta2):
    return (1 - beta1) / np.sqrt(1 - beta2)


q3 = Exercise(
    first_step_ratio,
    cases=[(0.9, 0.999), (0.9, 0.99), (0.5, 0.9), (0.0, 0.99)],
    mistakes=[
        (
            lambda beta1, beta2: np.sqrt(1 - beta2) / (1 - beta1),
            "Upside down: you divided the right step by the uncorrected one.",
        ),
        (
            lambda beta1, beta2: (1 - beta1) / (1 - beta2),
            "Adam divides by the root of the average, so its bias counts with its root.",
        ),
        (
            lambda beta1, beta2: 1 / np.sqrt(1 - beta2),
            "That is RMSprop's first step. Here the numerator is an average that starts at zero, "
            "too.",
        ),
        (
            lambda beta1, beta2: 1 - beta1,
            "Only the numerator's bias. The denominator is too small as well.",
        ),
    ],
    hints=[
        "After the first step the averages are (1 − β₁) g and (1 − β₂) g². The corrected ones are "
        "g and g².",
        "Divide (1 − β₁) g / √((1 − β₂) g²) by g / √(g²).",
    ],
)


# 4 · Clip the gradient by its norm


def clip(grad, limit):
    return grad * min(1.0, limit / np.linalg.norm(grad))


q4 = Exercise(
    clip,
    cases=[
        (np.array([3.0, 4.0]), 1.0),
        (np.array([0.3, -0.4]), 1.0),  # short enough
        (np.array([6.0, -8.0, 0.0, 1.5]), 2.5),
        (normal(20), 3.0),
    ],
    mistakes=[
        (
            lambda grad, limit: np.clip(grad, -limit, limit),
            "Each number was clipped on its own, which changes the direction. Shorten the whole "
            "vector.",
        ),
        (
            lambda grad, limit: grad * limit / np.linalg.norm(grad),
            "Short gradients were made longer. One that is within the limit stays as it is.",
        ),
        (
            lambda grad, limit: grad * min(1.0, 1 / np.linalg.norm(grad)),
            "The length after clipping should be the limit, not 1.",
        ),
        (
            lambda grad, limit: grad * min(1.0, limit / (grad @ grad)),
            "grad @ grad is the squared length: take its root.",
        ),
        (
            lambda grad, limit: grad * min(1.0, limit / np.abs(grad).sum()),
            "You measured the length as the sum of absolute values. It is the root of the sum of "
            "squares.",
        ),
    ],
    hints=[
        "np.linalg.norm(grad) is the length. What factor brings it to the limit?",
        "That factor is limit / length, but never more than 1: min(1.0, …).",
    ],
)


# 5 · Warm-up and cosine


def rate_at(step, steps, warm, lr):
    if step < warm:
        return lr * (step + 1) / warm
    return lr * (1 + np.cos(np.pi * (step - warm) / (steps - warm))) / 2


def starts_at_zero(step, steps, warm, lr):
    return lr * step / warm if step < warm else rate_at(step, steps, warm, lr)


def cosine_from_step_zero(step, steps, warm, lr):
    if step < warm:
        return rate_at(step, steps, warm, lr)
    return lr * (1 + np.cos(np.pi * step / steps)) / 2


def whole_wave(step, steps, warm, lr):
    if step < warm:
        return rate_at(step, steps, warm, lr)
    return lr * (1 + np.cos(2 * np.pi * (step - warm) / (steps - warm))) / 2


def not_lifted(step, steps, warm, lr):
    if step < warm:
        return rate_at(step, steps, warm, lr)
    return lr * np.cos(np.pi * (step - warm) / (steps - warm))


q5 = Exercise(
    rate_at,
    cases=[(step, 100, 10, 0.5) for step in (0, 4, 9, 10, 30, 55, 99)] + [(700, 1000, 50, 0.02)],
    mistakes=[
        (
            starts_at_zero,
            "The first step has the rate 0 and is wasted: take step + 1.",
        ),
        (
            cosine_from_step_zero,
            "The cosine begins at step 0, so the rate jumps when the warm-up ends. Count from "
            "there: (step − warm) of (steps − warm).",
        ),
        (
            whole_wave,
            "That is a whole wave: the rate comes back up. Half a wave, up to π, leads from lr "
            "to 0.",
        ),
        (
            not_lifted,
            "The cosine goes down to −1, and a negative rate climbs. Lift it by 1 and halve it.",
        ),
        (
            lambda step, steps, warm, lr: lr * min(1.0, (step + 1) / warm),
            "The warm-up is right, but the rate does not fall afterwards.",
        ),
    ],
    hints=[
        "Two cases: step < warm gives lr · (step + 1) / warm.",
        "Afterwards let s run from 0 to 1, s = (step − warm) / (steps − warm), and return "
        "lr · (1 + cos(π s)) / 2.",
    ],
)


# 6 · How much momentum amplifies


def amplification(mu, n):
    return (1 - mu**n) / (1 - mu)


q6 = Exercise(
    amplification,
    cases=[(0.9, 1), (0.9, 5), (0.5, 3), (0.99, 100), (0.0, 7)],
    mistakes=[
        (
            lambda mu, n: 1 / (1 - mu),
            "That is the limit after very many steps. After n of them the sum has n terms.",
        ),
        (
            lambda mu, n: mu ** (n - 1),
            "That is the share of the oldest gradient alone. Add up all n.",
        ),
        (
            lambda mu, n: (1 - mu ** (n + 1)) / (1 - mu),
            "One term too many: the newest gradient has the weight μ⁰, the oldest μⁿ⁻¹.",
        ),
        (
            lambda mu, n: 1 - mu**n,
            "Divide by 1 − μ: here the velocity is a sum, not an average.",
        ),
    ],
    hints=[
        "After n steps the velocity is g · (1 + μ + μ² + … + μⁿ⁻¹).",
        "Call the bracket s. Then s − μ s = 1 − μⁿ.",
    ],
)
