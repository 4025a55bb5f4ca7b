"""The exercises' machinery: `check`, `hint`, `solution`.

An exercise knows its reference solution, the inputs it is tried on, and the usual mistakes, each a
wrong solution with a diagnosis. `check` compares behaviour: an answer that behaves like one of the
mistakes is told which, and why it is wrong; any other wrong answer is described in general terms.
"""

import inspect
import textwrap
from copy import deepcopy

import numpy as np


class Verdict(str):
    """What `check` says; `passed` is True, False, or None if the exercise was not attempted."""

    def __new__(cls, text, passed, diagnosis=None):
        verdict = super().__new__(cls, text)
        verdict.passed, verdict.diagnosis = passed, diagnosis
        return verdict


class Exercise:
    """A question with a reference answer, a function or a value.

    `cases` are tuples of arguments for a function. `mistakes` are pairs (wrong answer, diagnosis),
    the answer of the same kind as the reference; `hints` go from a nudge to nearly the answer.
    `rounding` is the largest accepted difference, relative to the largest expected entry; results
    must have the type `dtype`, if one is given.
    """

    def __init__(self, reference, mistakes, hints, cases=((),), rounding=1e-6, dtype=None):
        self.reference, self.mistakes, self.hints = reference, mistakes, hints
        self.cases, self.rounding, self.dtype = cases, rounding, dtype
        self.hints_given = 0

    def check(self, answer):
        """Print whether `answer` is right and, if not, what is wrong with it."""
        verdict = self.judge(answer)
        print(verdict)
        return None

    def judge(self, answer):
        """The `Verdict` on `answer`."""
        if answer is ... or answer is None:
            return Verdict("⏳ Not attempted yet: replace the ... and run the cell again.", None)
        if callable(self.reference):
            return self.judge_function(answer)
        if self.equal(answer, self.reference):
            return Verdict("✅ Right.", True)
        return self.diagnose(lambda wrong: self.equal(answer, wrong), "That is not it.")

    def judge_function(self, answer):
        """The verdict on a function, tried on all cases."""
        if not callable(answer):
            return Verdict("❌ Expected a function; hand it over without calling it.", False)
        results = []
        for case in self.cases:
            arguments = deepcopy(case)
            try:
                results.append(answer(*arguments))
            except Exception as error:
                text = f"❌ It stops with {type(error).__name__}: {error}"
                return self.diagnose_results(answer, text)
            if not same(arguments, case):
                return Verdict("❌ It changes its argument in place; work on a copy.", False)
        if all(result is None or result is ... for result in results):
            return Verdict("⏳ Not attempted yet: replace the ... and run the cell again.", None)
        expected = [self.reference(*deepcopy(case)) for case in self.cases]
        wrong = [i for i in range(len(results)) if not self.equal(results[i], expected[i])]
        if not wrong and self.dtype and results[0].dtype != self.dtype:
            text = f"The numbers are right, but of type {results[0].dtype}, not {self.dtype}."
            return self.diagnose_results(answer, text)
        if not wrong:
            return Verdict(f"✅ Right, on all {len(self.cases)} inputs tried.", True)
        return self.diagnose_results(answer, difference(results[wrong[0]], expected[wrong[0]]))

    def diagnose_results(self, answer, otherwise):
        """The verdict on a wrong function, by comparing it with the known mistakes."""
        return self.diagnose(lambda wrong: self.behave_alike(answer, wrong), otherwise)

    def diagnose(self, matches, otherwise):
        """The verdict of the first known mistake that `matches`, else `otherwise`."""
        for wrong, diagnosis in self.mistakes:
            if matches(wrong):
                return Verdict("❌ " + diagnosis, False, diagnosis)
        return Verdict("❌ " + otherwise.removeprefix("❌ "), False)

    def behave_alike(self, answer, wrong):
        """True if two functions give the same results, or the same kind of error, on all cases."""
        for case in self.cases:
            a, b = outcome(answer, case), outcome(wrong, case)
            if isinstance(a, type) or isinstance(b, type):
                if a is not b:
                    return False
            elif not self.equal(a, b) or getattr(a, "dtype", None) != getattr(b, "dtype", None):
                return False
        return True

    def equal(self, a, b):
        """True if two values have the same structure and nearly the same numbers."""
        if isinstance(a, np.generic):
            a = a.item()  # np.True_ counts as True
        if isinstance(b, (tuple, list)):
            same_length = isinstance(a, (tuple, list)) and len(a) == len(b)
            return same_length and all(map(self.equal, a, b))
        if isinstance(b, (str, bool)) or not is_numeric(a) or not is_numeric(b):
            return type(a) is type(b) and a == b
        a, b = np.asarray(a), np.asarray(b)
        if a.shape != b.shape:
            return False
        scale = max(1e-12, np.abs(np.nan_to_num(b)).max(initial=0.0))
        return bool(np.allclose(a, b, rtol=0, atol=self.rounding * scale, equal_nan=True))

    def hint(self):
        """Print the next hint."""
        i = min(self.hints_given, len(self.hints) - 1)
        self.hints_given += 1
        print(f"💡 Hint {i + 1} of {len(self.hints)}: {self.hints[i]}")

    def solution(self):
        """Print the reference solution."""
        if callable(self.reference):
            print(textwrap.dedent(inspect.getsource(self.reference)))
        else:
            print(self.reference)


def is_numeric(value):
    """True for numbers and arrays of numbers."""
    try:
        return np.asarray(value).dtype.kind in "fiub"
    except ValueError:
        return False


def same(a, b):
    """True if two tuples of arguments are still equal, arrays compared bit for bit."""
    def equal(x, y):
        if isinstance(x, np.ndarray):
            return np.array_equal(x, y, equal_nan=x.dtype.kind == "f")
        return x == y if isinstance(x, (int, float, str, tuple, list)) else True

    return all(map(equal, a, b))


def outcome(function, case):
    """The result of a function on a copy of `case`, or the class of the error that it raises."""
    try:
        return function(*deepcopy(case))
    except Exception as error:
        return type(error)


def difference(result, expected):
    """What distinguishes a wrong result from the right one, in words."""
    if not is_numeric(expected) or not is_numeric(result):
        return f"Expected {type(expected).__name__} like {expected!r}, got {result!r}."
    result, expected = np.asarray(result), np.asarray(expected)
    if bool in (result.dtype, expected.dtype):
        return f"Expected {expected}, got {result}."
    if result.shape != expected.shape:
        extra = " It is the transpose." if result.T.shape == expected.shape else ""
        return f"The shape should be {expected.shape}, yours is {result.shape}.{extra}"
    if np.isnan(result).any():
        return "The result holds NaN: look for 0/0, ∞ − ∞ or the logarithm of a negative number."
    if np.allclose(result, -expected):
        return "Every number has the wrong sign."
    ratio = result[expected != 0] / expected[expected != 0]
    if ratio.size and np.ptp(ratio) < 1e-9 * abs(ratio).max():
        return f"Right but for a factor: yours is {ratio[0]:.6g} times the right result."
    worst = np.unravel_index(np.abs(result - expected).argmax(), result.shape)
    where = f" at index {tuple(map(int, worst))}" if result.shape else ""
    return f"The shape is right, the numbers are not{where}: expected {expected[worst]:.6g}, " \
           f"got {result[worst]:.6g}."
