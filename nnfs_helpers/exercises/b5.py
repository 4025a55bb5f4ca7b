"""Exercises of notebook b5, LSTM and GRU."""

import numpy as np

from . import Exercise

RNG = np.random.default_rng(205)


def gate(z):
    return 1 / (1 + np.exp(-z))


# 1 · One step of an LSTM


def lstm_step(a, c):
    i, f, g, o = a
    c = gate(f) * c + gate(i) * np.tanh(g)
    return c, gate(o) * np.tanh(c)


def step_without_tanh(a, c):
    i, f, g, o = a
    c = gate(f) * c + gate(i) * np.tanh(g)
    return c, gate(o) * c


def step_all_sigmoids(a, c):
    i, f, g, o = a
    c = gate(f) * c + gate(i) * gate(g)
    return c, gate(o) * np.tanh(c)


def step_without_gates(a, c):
    i, f, g, o = a
    c = f * c + i * np.tanh(g)
    return c, o * np.tanh(c)


def step_coupled(a, c):
    _, f, g, o = a
    c = gate(f) * c + (1 - gate(f)) * np.tanh(g)
    return c, gate(o) * np.tanh(c)


q1 = Exercise(
    lstm_step,
    cases=[
        (np.array([0.0, 1.1, 1.1, -1.1]), 2.0),
        (np.array([2.0, -1.0, 0.5, 0.3]), -1.5),
        (np.array([-0.4, 3.0, -2.0, 1.2]), 0.7),
    ],
    mistakes=[
        (
            lambda a, c: lstm_step([a[1], a[0], a[2], a[3]], c),
            "Input and forget gate are swapped: the first of the four sums is the input gate's.",
        ),
        (
            lambda a, c: lstm_step([a[0], a[1], a[3], a[2]], c),
            "New content and output gate are swapped: the order is input, forget, new, output.",
        ),
        (
            step_without_tanh,
            "The memory is shown as it is. It goes through tanh before the output gate.",
        ),
        (step_all_sigmoids, "The new content goes through tanh, so that it may be negative."),
        (
            step_without_gates,
            "The sums of the gates were used as they are. A gate is σ of its sum, from 0 to 1.",
        ),
        (
            step_coupled,
            "You took 1 − f as the input gate, which is a GRU's idea. An LSTM has a sum of its own "
            "for it.",
        ),
        (
            lambda a, c: lstm_step(a, c)[::-1],
            "The order of the two results: first the memory c, then the state h.",
        ),
    ],
    hints=[
        "Gates: σ of sums 0, 1 and 3. New content: tanh of sum 2.",
        "c = f · c + i · g with the new c on the left, then h = o · tanh(c).",
    ],
)


# 2 · What is left of a memory


def kept(bias, steps):
    return gate(bias) ** steps


q2 = Exercise(
    kept,
    cases=[(0.0, 3), (1.0, 10), (2.0, 40), (-1.0, 2)],
    mistakes=[
        (
            lambda bias, steps: gate(bias * steps),
            "The bias was multiplied by the steps inside of σ. Each step has its own gate, and the "
            "gates multiply.",
        ),
        (
            lambda bias, steps: 1 - (1 - gate(bias)) ** steps,
            "That is the chance that at least one of the steps keeps it. It must get through all.",
        ),
        (
            lambda bias, steps: (1 - gate(bias)) ** steps,
            "1 − f is what a step loses. What stays is f.",
        ),
        (
            lambda bias, steps: gate(bias) * steps,
            "Multiplied by the number of steps. Each step multiplies what is left by f again.",
        ),
        (
            lambda bias, steps: np.tanh(bias) ** steps,
            "A gate is σ of its sum, not tanh: a sum of 0 gives ½.",
        ),
    ],
    hints=["After one step f · c is left. After two?", "f = σ(bias), and f to the power of steps."],
)


# 3 · Count the parameters


def count_parameters(n_in, n_out):
    return 4 * (n_in * n_out + n_out * n_out + n_out)


q3 = Exercise(
    count_parameters,
    cases=[(32, 128), (2, 8), (5, 3), (1, 1)],
    mistakes=[
        (
            lambda n_in, n_out: n_in * n_out + n_out * n_out + n_out,
            "That is one gate, or an RNN. An LSTM has four such parts.",
        ),
        (
            lambda n_in, n_out: 4 * (n_in * n_out + n_out),
            "U is missing: every part also sees the state before, n_out numbers.",
        ),
        (
            lambda n_in, n_out: 4 * (n_in * n_out + n_out * n_out),
            "The biases are missing, one for each column.",
        ),
        (
            lambda n_in, n_out: 4 * (n_in * n_out + n_out * n_out + 2 * n_out),
            "That is PyTorch's count: it has two biases, which are only ever added up. Ours has "
            "one.",
        ),
        (
            lambda n_in, n_out: 3 * (n_in * n_out + n_out * n_out + n_out),
            "That is a GRU, with three parts. An LSTM has four.",
        ),
    ],
    hints=[
        "What are the shapes of W, U and b?",
        "W is (n_in, 4 · n_out), U is (n_out, 4 · n_out), b is (4 · n_out,).",
    ],
)


# 4 · Bits from probabilities


def bits(p):
    return -np.log2(p).mean()


q4 = Exercise(
    bits,
    cases=[
        (np.array([0.5, 0.25, 0.125]),),
        (np.array([0.9, 0.02]),),
        (RNG.uniform(0.05, 1, 7),),
    ],
    mistakes=[
        (
            lambda p: -np.log(p).mean(),
            "That is in nats. One bit is the logarithm to base 2: divide by ln 2, or take log2.",
        ),
        (lambda p: -np.log2(p).sum(), "That is the sum. Asked for are bits per letter: the mean."),
        (
            lambda p: -np.log2(np.mean(p)),
            "You took the logarithm of the mean. Every letter has its own cost, −log2 p; take the "
            "mean of those.",
        ),
        (
            lambda p: -(p * np.log2(p)).sum(),
            "That is the formula of the entropy, weighted by p. Here p are the chances that the "
            "model gave to letters that did come: each counts once.",
        ),
        (lambda p: 2 ** -np.log2(p).mean(), "That is the perplexity, 2 to the power of the bits."),
    ],
    hints=["A letter with p = ¼ costs 2 bits.", "−log2 of each, then the mean."],
)


# 5 · Temperature


def with_temperature(p, temperature):
    weights = p ** (1 / temperature)
    return weights / weights.sum()


def softmax_of(z):
    e = np.exp(z)
    return e / e.sum()


q5 = Exercise(
    with_temperature,
    cases=[
        (np.array([0.64, 0.36]), 0.5),
        (np.array([0.64, 0.32, 0.04]), 2.0),
        (np.array([0.1, 0.2, 0.7]), 1.3),
    ],
    mistakes=[
        (
            lambda p, temperature: p ** (1 / temperature),
            "It does not sum to 1. Divide by the sum in the end.",
        ),
        (
            lambda p, temperature: p**temperature / (p**temperature).sum(),
            "The wrong way round: a temperature above 1 should make the chances more alike. The "
            "power is 1 / temperature.",
        ),
        (
            lambda p, temperature: softmax_of(p / temperature),
            "You treated p as scores. The scores are ln p: softmax(ln p / T) is p to the power of "
            "1 / T, divided by its sum.",
        ),
        (
            lambda p, temperature: p / temperature / (p / temperature).sum(),
            "Dividing all of p by the temperature changes nothing, for the sum divides it out "
            "again. It is the scores, ln p, that are divided.",
        ),
    ],
    hints=[
        "Scores with softmax(z) = p are z = ln p. What is exp(ln p / T)?",
        "p ** (1 / temperature), divided by its sum.",
    ],
)


# 6 · A loss that leaves the padding out


def masked_loss(p, t):
    return -np.log(p[t != -1]).mean()


def loss_by_row(p, t):
    return np.mean([-np.log(row[labels != -1]).mean() for row, labels in zip(p, t)])


def loss_over_all(p, t):
    return -np.where(t != -1, np.log(p), 0).mean()


PADDED = np.array([[1, 2, 0], [3, 0, -1], [0, -1, -1]])

q6 = Exercise(
    masked_loss,
    cases=[
        (RNG.uniform(0.1, 0.9, (3, 3)), PADDED),
        (RNG.uniform(0.1, 0.9, (2, 4)), np.array([[5, 0, -1, -1], [1, 1, 2, 0]])),
        (np.array([[0.5, 0.9]]), np.array([[0, -1]])),
    ],
    mistakes=[
        (
            lambda p, t: -np.log(p).mean(),
            "The padding is counted. Where t is −1 there is nothing to predict.",
        ),
        (
            loss_over_all,
            "The padding costs nothing, but it is still counted when you divide. Divide by the "
            "number of real steps.",
        ),
        (
            loss_by_row,
            "You took the mean of each word and then the mean of those, so a letter of a short "
            "word weighs more. All real steps count alike.",
        ),
        (
            lambda p, t: -np.log(p[t != -1]).sum() / len(p),
            "Divided by the number of words. Divide by the number of real steps.",
        ),
        (
            lambda p, t: -np.log(p[t > 0]).sum() / max(1, (t > 0).sum()),
            "Label 0 was left out too. It is the end of a word, and the model has to predict it.",
        ),
    ],
    hints=[
        "A mask: t != −1 is True for real steps.",
        "p[t != −1] are the real ones, in one row: −log, then the mean.",
    ],
)
