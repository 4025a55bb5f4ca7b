"""Exercises of chapter 1, introducing neural networks."""

from itertools import product

from . import Exercise


def spelled(right, letters, reasons):
    """Every wrong spelling of the letters in `right`, each with the reasons for what is wrong."""
    for answer in map("".join, product(letters, repeat=len(right))):
        wrong = [i for i in range(len(right)) if answer[i] != right[i]]
        if wrong:
            texts = (f"{i + 1} is not {answer[i]}: {reasons[i]}" for i in wrong)
            yield answer, "Look again. " + " ".join(texts)
    yield right.lower(), "Right, but write capital letters."


# 1 · How many numbers a picture is

q1 = Exercise(
    28 * 28,
    mistakes=[
        (28 + 28, "You added. A picture has 28 rows with 28 pixels in each."),
        (28, "That is one row of pixels. How many rows are there?"),
        (28 * 28 * 3, "Three numbers a pixel would be for colours. These pictures are grey: one "
                      "number says how dark a pixel is."),
        (255, "255 is the largest brightness. The question is how many numbers there are."),
        (28 * 28 * 10_000, "That is all 10,000 pictures. How many numbers has one?"),
    ],
    hints=[
        "A picture is a table of 28 rows and 28 columns, with one number in each cell.",
        "28 rows of 28 numbers: multiply. Python may do it: answer_1 = 28 * …",
    ],
)  # fmt: skip


# 2 · One neuron by hand

q2 = Exercise(
    (-1, 0),
    mistakes=[
        ((-1, -1), "z is right. The cut is missing: a negative z becomes y = 0."),
        ((-1, 1), "z is right. The cut does not change the sign: a negative z becomes 0."),
        ((0, -1), "Right, but swapped: first z, then y."),
        ((-2, 0), "z lacks the bias: after adding up the products, add b = 1."),
        ((-5, 0), "Look at the third product again: minus two times minus one is plus two."),
        ((-3, 0), "The bias was subtracted. It is added: b = 1."),
        ((-11.5, 0), "Inputs and weights were summed first. Each input meets its own weight."),
        (-1, "That is z. The answer is a pair: write (z, y)."),
        (0, "That is y. The answer is a pair: write (z, y)."),
    ],
    hints=[
        "Multiply each input by the weight on its line: 4 · 0.5, 3 · (−2), −2 · (−1).",
        "Add the three products and the bias to get z. If z is negative, y is 0; else y is z.",
    ],
)


# 3 · Counting the parameters of a drawn network

q3 = Exercise(
    26,
    mistakes=[
        (20, "That counts the lines, the weights. Every neuron has a bias, too."),
        (9, "That counts the circles. Parameters are the lines and the neurons' biases."),
        (6, "That counts the neurons, so the biases. Each line is a weight, too."),
        (29, "The three inputs got a bias as well. They are data and have none."),
        (32, "A bias is counted on each line into the output layer. It belongs to the neuron."),
        (24, "You multiplied all three sizes. Lines run from each layer to the next only: add "
             "the two bundles, then the biases."),
    ],
    hints=[
        "From 3 inputs to 4 neurons there are 3 · 4 lines. How many from 4 to 2?",
        "Weights are lines, biases sit in the blue circles: 12 + 8 lines, and 6 blue circles.",
    ],
)  # fmt: skip


# 4 · Classification or regression

QUESTIONS = (
    "the digits 0 to 9 are names here. Writing 7 for 8 is not less wrong than writing 7 for 1.",
    "a time can be 4.5 minutes, and 5 instead of 4 is a small mistake. That is a number.",
    "a temperature is a number; half a degree off is nearly right.",
    "there are two answers, yes and no. Two classes are classes.",
    "a mass is a number, in grams. It says how much, not which.",
    "there are three species, and none lies between the other two.",
)

q4 = Exercise(
    "CRRCRC",
    mistakes=list(spelled("CRRCRC", "CR", QUESTIONS)),
    hints=[
        "Ask of each: is the answer one of a list, or a number on a scale?",
        "If the answer is a number, ask: is a nearby number nearly right? If so, R.",
    ],
)


# 5 · What changes when

QUANTITIES = (
    "a weight is a parameter. Training turns it; at inference it keeps its value.",
    "a pixel is data. It comes with the picture, and nobody adjusts it.",
    "the number of neurons is your decision. It is made before the first step.",
    "what a hidden neuron puts out is computed anew for every picture.",
    "a bias is a parameter, like a weight. At inference it keeps its value.",
)

q5 = Exercise(
    "TPFPT",
    mistakes=list(spelled("TPFPT", "TPF", QUANTITIES)),
    hints=[
        "Show the finished network a second picture. Which of the five are different now?",
        "Of the other three, which are numbers that the optimizer turns?",
    ],
)


# 6 · Counting mistakes


def count_mistakes(guesses, answers):
    return sum(guess != answer for guess, answer in zip(guesses, answers))


q6 = Exercise(
    count_mistakes,
    cases=[
        (["shirt", "coat", "bag", "coat"], ["coat", "coat", "bag", "shirt"]),
        (["bag", "dress", "shirt"], ["bag", "dress", "shirt"]),
        (["boot", "boot", "sandal", "bag", "bag"], ["bag", "sandal", "boot", "boot", "bag"]),
    ],
    mistakes=[
        (
            lambda guesses, answers: sum(g == a for g, a in zip(guesses, answers)),
            "That counts the right guesses. Count those that differ from the answer.",
        ),
        (
            lambda guesses, answers: count_mistakes(guesses, answers) / len(answers),
            "That is the share of mistakes. Return how many there are.",
        ),
        (
            lambda guesses, answers: guesses != answers,
            "That compares the two lists as a whole, and says only whether they differ. Compare "
            "them one by one.",
        ),
        (
            lambda guesses, answers: len(set(answers) - set(guesses)),
            "Sets forget which guess belongs to which answer. Go through both lists together.",
        ),
    ],
    hints=[
        "zip(guesses, answers) gives the pairs, one after the other.",
        "Start a counter at 0, and add 1 for each pair whose two names differ.",
    ],
)
