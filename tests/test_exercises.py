"""Every exercise: right answers pass, stubs are left in peace, each mistake is recognised."""

import importlib
import inspect
from copy import deepcopy

import numpy as np
import pytest
from course import PACKAGE, STEMS, code_cells, expect_none, path_of, read, tags, written
from test_notebooks import exercises_of

from nnfs_helpers.exercises import Exercise, is_numeric

STEM_OF = {exercises_of(stem): stem for stem in STEMS}


def modules():
    """The names of the exercise modules that exist: "ch03", …"""
    return [path.stem for path in sorted((PACKAGE / "exercises").glob("[!_]*.py"))]


def exercises_in(module):
    """Name -> exercise, for all exercises of a module."""
    found = vars(importlib.import_module(f"nnfs_helpers.exercises.{module}"))
    return {name: value for name, value in found.items() if isinstance(value, Exercise)}


ALL = {f"{m}.{name}": exercise for m in modules() for name, exercise in exercises_in(m).items()}
each_exercise = pytest.mark.parametrize("exercise", ALL.values(), ids=ALL.keys())


def answer_like(exercise, result):
    """An answer of the kind that is asked for: a function of the arguments, or a value.

    `result` turns the arguments of a case into what the answer gives.
    """
    return result if callable(exercise.reference) else result()


def right_result(exercise, *case):
    """What the reference gives."""
    reference = exercise.reference
    return reference(*deepcopy(case)) if callable(reference) else reference


# What can be wrong with an exercise, a text for each problem


def stub_problems(exercise):
    """Answers of somebody who has not begun; all count as not attempted."""
    stubs = [..., None, *([lambda *args: None, lambda *args: ...] * callable(exercise.reference))]
    for stub in stubs:
        if exercise.judge(stub).passed is not None:
            yield f"{stub!r} does not count as not attempted: {exercise.judge(stub)}"


def mistake_problems(exercise):
    """At least two mistakes, each of which gets its own diagnosis and no other."""
    if len(exercise.mistakes) < 2:
        yield "fewer than two typical mistakes"
    if len({diagnosis for _, diagnosis in exercise.mistakes}) < len(exercise.mistakes):
        yield "two mistakes share a diagnosis"
    for wrong, diagnosis in exercise.mistakes:
        verdict = exercise.judge(deepcopy(wrong))
        if verdict.passed is not False or verdict.diagnosis != diagnosis:
            yield f"the mistake {diagnosis!r} is answered with: {verdict}"


def leniency_problems(exercise):
    """Wrong answers that pass: constants, the result of one case for all, nearly right numbers."""
    for constant in (0, 1, -1.5, "", "x", True, False, [], (), np.zeros(3), np.ones((2, 2))):
        is_right = not callable(exercise.reference) and exercise.equal(constant, exercise.reference)
        if not is_right and exercise.judge(answer_like(exercise, lambda *args: constant)).passed:
            yield f"the constant {constant!r} passes"
    if type(exercise).judge is not Exercise.judge:
        return  # it looks at something else than the results of its cases
    if callable(exercise.reference):
        first = right_result(exercise, *exercise.cases[0])
        if exercise.judge(lambda *args: deepcopy(first)).passed:
            yield "the result of the first case passes for all cases"
    if exercise.judge(answer_like(exercise, lambda *a: nearly(right_result(exercise, *a)))).passed:
        yield "a result that is 2 % off passes"


def nearly(result):
    """A result with one number changed by 2 % of the largest; anything else becomes None."""
    if isinstance(result, (tuple, list)) and result:
        return type(result)([nearly(result[0]), *result[1:]])
    if not is_numeric(result) or np.asarray(result).size == 0:
        return None
    changed = np.array(result, dtype=float)
    changed.flat[0] += 0.02 * max(1e-3, np.abs(changed).max())
    return changed if changed.shape else float(changed)


def solution_problems(exercise, printed):
    """What is missing in the printed solution: the reference's source, or its value."""
    if not callable(exercise.reference):
        wanted = [str(exercise.reference)]
    else:
        wanted = [line.strip() for line in inspect.getsource(exercise.reference).splitlines()]
    yield from (f"not shown: {line}" for line in wanted if line not in printed)


def use_problems(module, exercises, notebook):
    """Exercises that a notebook forgets, and stubs that are not saved as not attempted."""
    cells = [cell for cell in code_cells(notebook) if "exercise" in tags(cell)]
    for name in exercises:
        using = [cell for cell in cells if f"{module}.{name}.check(" in cell.source]
        if len(using) != 1:
            yield f"{module}.{name}.check is called in {len(using)} cells tagged exercise"
        for cell in using:
            if not any("Not attempted yet" in output.get("text", "") for output in cell.outputs):
                yield f"the stub of {module}.{name} is not saved as not attempted"


# The course's exercises


@each_exercise
def test_the_reference_passes(exercise):
    verdict = exercise.judge(exercise.reference)
    assert verdict.passed is True, verdict


@each_exercise
def test_a_stub_counts_as_not_attempted(exercise):
    expect_none(stub_problems(exercise))


@each_exercise
def test_every_mistake_gets_its_own_diagnosis(exercise):
    expect_none(mistake_problems(exercise))


@each_exercise
def test_wrong_answers_do_not_pass(exercise):
    expect_none(leniency_problems(exercise))


@each_exercise
def test_a_broken_answer_fails_without_an_exception(exercise, capsys):
    def broken(*args):
        raise IndexError("index 3 is out of bounds")

    assert exercise.judge(broken).passed is False
    assert exercise.check(exercise.reference) is None
    assert "✅" in capsys.readouterr().out


@each_exercise
def test_there_are_hints_and_each_comes_in_its_turn(exercise, capsys, monkeypatch):
    monkeypatch.setattr(exercise, "hints_given", 0)
    assert len(exercise.hints) >= 2
    for text in [*exercise.hints, exercise.hints[-1]]:
        exercise.hint()
        assert text in capsys.readouterr().out


@each_exercise
def test_the_solution_is_shown(exercise, capsys):
    exercise.solution()
    expect_none(solution_problems(exercise, capsys.readouterr().out))


# The chapters


@pytest.mark.parametrize("module", modules())
def test_a_module_belongs_to_a_chapter_and_numbers_its_exercises(module):
    assert module in STEM_OF
    names = list(exercises_in(module))
    assert names == [f"q{i}" for i in range(1, len(names) + 1)]


@pytest.mark.parametrize("stem", written())
def test_the_notebook_offers_at_least_four_exercises_and_all_there_are(stem):
    module = exercises_of(stem)
    assert module in modules()
    exercises = exercises_in(module)
    assert len(exercises) >= 4
    expect_none(use_problems(module, exercises, read(path_of(stem))))


def test_a_question_with_yes_or_no_takes_numpys_booleans():
    exercise = Exercise(lambda x: x > 0, [], [], cases=[(1,), (-1,)])
    assert exercise.judge(lambda x: np.bool_(x > 0)).passed
    verdict = exercise.judge(lambda x: np.bool_(x < 0))
    assert verdict.passed is False and "Expected True, got False" in verdict
