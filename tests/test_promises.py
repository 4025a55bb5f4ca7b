"""The three promises of the course: taught, no peeking, growth by addition; and its size.

- Taught: whatever is in the package stands, line for line, in the notebook of its chapter.
- No peeking: a notebook runs without everything that is first taught in it or later: nbval gives
  its kernel such a package (conftest.py).
- Growth: what a chapter has finished never changes; classes grow by new methods only.

Every check is a function that returns the problems it finds, a text for each, so that
test_the_checks.py can try it on small courses that break the promise.
"""

import ast
import difflib
import statistics
import subprocess
import sys

import pytest
from course import (
    CHAPTERS,
    NOTEBOOKS,
    PACKAGE,
    STEMS,
    assignments,
    changes,
    chapter_of,
    chapters,
    code_cells,
    constants,
    course_definitions,
    course_modules,
    definitions,
    everything,
    expect_none,
    fingerprints,
    is_before,
    map_of,
    module_definitions,
    names_used,
    parsed,
    path_of,
    read,
    recorded,
    taught_lines,
    written,
)
from pruned import make_pruned_course

# Chapters whose notebooks are still to be written. Each leaves this list when it arrives.
PENDING = {
    "b8_autograd",
    "b9_other_frameworks",
    "b10_scaling_out",
}

NOT_TAUGHT_THERE = ("bug", "exercise")  # tags of cells whose code is wrong or unfinished on purpose

each_notebook = pytest.mark.parametrize("stem", written())


# Every chapter has its notebook, every notebook its chapter


def pending_problems(pending, folder):
    """Notebooks that contradict the list of those still to be written."""
    there = {path.stem for path in [*folder.glob("*.ipynb"), *folder.glob("beyond/*.ipynb")]}
    yield from (f"{stem} is no chapter of the course" for stem in sorted(there - set(STEMS)))
    for stem in STEMS:
        exists = path_of(stem, folder).exists()
        if exists and stem in pending:
            yield f"{stem} is written: take it off the list PENDING"
        if not exists and stem not in pending:
            yield f"{stem} is missing"


def test_the_list_of_pending_notebooks_is_right():
    expect_none(pending_problems(PENDING, NOTEBOOKS))


def chapter_problems(package):
    """Definitions whose docstring names no chapter, and names that two modules define."""
    seen, right = {}, chapters(package)
    for d in everything(package):
        if d.chapter is None:
            yield f"{d.module}.{d.name} names no chapter; a docstring says it so: Chapter 9."
        if seen.setdefault(d.name, d.module) != d.module:
            yield f"{d.name} is defined in both {seen[d.name]} and {d.module}"
        owner = right.get(d.name.rpartition(".")[0])
        if owner and is_before(d.chapter, owner):
            yield f"{d.name} belongs to a chapter before its class"


def test_every_definition_names_its_chapter():
    expect_none(chapter_problems(PACKAGE))


def map_problems(package):
    """Names that `__init__.py` lists in the wrong place, or not at all."""
    right, listed = chapters(package), list(map_of(package))
    for name, chapter in listed:
        if right.get(name) is None or right[name] != chapter:
            yield f"{name} stands under chapter {chapter}, its docstring says {right.get(name)}"
    order = [CHAPTERS.index(chapter) for _, chapter in listed if chapter]
    if order != sorted(order):
        yield "the headings are not in the order of the chapters"
    bases = {"Layer", "Loss", "Optimizer", "Penalty"}  # a saved model is rebuilt by these names
    for d in course_definitions(package):
        if isinstance(d.node, ast.ClassDef) and bases & {d.name, *map(ast.unparse, d.node.bases)}:
            if d.name not in dict(listed):
                yield f"{d.name} is missing"


def test_the_package_lists_each_name_under_its_chapter():
    expect_none(map_problems(PACKAGE))


# Taught


def untaught(taught, notebook):
    """Which of these definitions do not stand in a notebook's cells, with the difference."""
    shown = {}
    for cell in code_cells(notebook, without_tags=NOT_TAUGHT_THERE):
        tree, lines = parsed(cell)
        for name, node in definitions(tree):
            shown.setdefault(name, []).append(taught_lines(node, lines))
        for name, node in assignments(tree):
            shown.setdefault(name, []).append((ast.unparse(node),))
    for definition in taught:
        found = shown.get(definition.name, [])
        if not found:
            yield f"{definition.name} is not in the notebook"
        elif not stands_in(definition, found):
            diff = difflib.unified_diff(definition.lines, found[-1], "package", "notebook", "", "")
            yield f"{definition.name} differs from the package:\n" + "\n".join(diff)


def stands_in(definition, found):
    """True if one of the versions in `found` is the definition.

    A class may be built in several cells, which together show its lines outside of methods. A
    notebook has no `__file__`: there a constant that rests on it may have another value.
    """
    if isinstance(definition.node, ast.ClassDef):
        return set(definition.lines) <= {line for version in found for line in version}
    return definition.lines in found or "__file__" in names_used(definition.node)


@each_notebook
def test_everything_of_the_chapter_is_taught_line_for_line(stem):
    chapter = chapter_of(stem)
    taught = [d for d in everything() if d.chapter == chapter]
    expect_none(untaught(taught, read(path_of(stem))))


# No peeking


IMPORT_ALL = """
import importlib, sys
for folder in sys.argv[2:]:
    sys.path.insert(0, folder)
    for name in sys.argv[1].split():
        module = importlib.import_module(name)
        assert module.__file__.startswith(folder), module.__file__
    for name in [name for name in sys.modules if name.startswith("nnfs_helpers")]:
        del sys.modules[name]
    sys.path.remove(folder)
"""


def test_the_package_can_be_imported_at_the_start_of_every_chapter(tmp_path):
    for chapter in CHAPTERS:
        (tmp_path / chapter).mkdir()
        make_pruned_course(chapter, tmp_path / chapter)
    modules = ["nnfs_helpers", *(f"nnfs_helpers.{path.stem}" for path in course_modules())]
    folders = [str(tmp_path / chapter) for chapter in CHAPTERS]
    command = [sys.executable, "-c", IMPORT_ALL, " ".join(modules), *folders]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def leaning_problems(package):
    """Definitions that use what a later chapter teaches."""
    right = chapters(package)
    for d in everything(package):
        for name in sorted(outside_of_methods(d.node) & right.keys()):
            if is_before(d.chapter, right[name]):
                yield f"{d.name}, chapter {d.chapter}, uses {name} of chapter {right[name]}"


def outside_of_methods(node):
    """The names that a definition reads; for a class, only its bases and class-level lines."""
    if not isinstance(node, ast.ClassDef):
        return names_used(node)
    parts = [*node.bases, *(n for n in node.body if not isinstance(n, ast.FunctionDef))]
    return {name for part in parts for name in names_used(part)}


def test_nothing_in_the_package_leans_on_a_later_chapter():
    expect_none(leaning_problems(PACKAGE))


# Growth by addition


def growth_problems(notebook, chapter, right):
    """Where a notebook changes what it may only add to; `right`: qualified name -> chapter."""
    for cell in code_cells(notebook):
        yield from patches(parsed(cell)[0], right)
    for cell in code_cells(notebook, without_tags=NOT_TAUGHT_THERE):
        tree, _ = parsed(cell)
        yield from redefinitions(tree, chapter, right)
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and node.name in right:
                yield from class_problems(node, chapter, right)


def redefinitions(tree, chapter, right):
    """Functions and methods that an earlier chapter has finished, defined again."""
    lambdas = [(n, a) for n, a in assignments(tree) if isinstance(a.value, ast.Lambda)]
    for name, node in [*definitions(tree), *lambdas]:
        is_class = isinstance(node, ast.ClassDef)
        if name in right and is_before(right[name], chapter) and not is_class:
            yield f"{name} is defined again: chapter {right[name]} has finished it"


def class_problems(node, chapter, right):
    """What is wrong with a definition of a class of the package."""
    grows = node.name in [ast.unparse(base).split(".")[-1] for base in node.bases]
    if is_before(right[node.name], chapter) and not grows:
        yield f"{node.name} is written anew instead of class {node.name}(nnfs_helpers.{node.name})"
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            its = right.get(f"{node.name}.{part.name}")
            if its != chapter and (grows or its):
                yield f"{node.name}.{part.name} belongs to chapter {its}, not to {chapter}"
        elif grows and not isinstance(part, (ast.Expr, ast.Pass)):
            yield f"{node.name} gets a new class-level line: {ast.unparse(part)}"


def patches(tree, right):
    """Attributes of the package's classes, functions and modules that are set from outside."""
    owners = {"nnfs_helpers", *(name for name in right if "." not in name)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Subscript)):
            if not isinstance(node.ctx, ast.Load) and root_name(node) in owners:
                yield f"{ast.unparse(node)} is set from outside"
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("setattr", "delattr"):
            if root_name(node.args[0]) in owners:
                yield f"{ast.unparse(node)} changes the package"


def root_name(node):
    """The name at the left of `a.b[0].c`: "a"; None if there is no name."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


@each_notebook
def test_classes_only_grow(stem):
    expect_none(growth_problems(read(path_of(stem)), chapter_of(stem), chapters()))


def test_no_signature_or_body_of_a_written_chapter_has_changed():
    """If a change is meant, record it: python tests/course.py. New chapters are recorded so too."""
    expect_none(changes(recorded(), fingerprints()))


# Size


def size_problems(package, lines=1200, beyond=900, median=6, longest=25):
    """Whether the course code is larger than promised, and public code without a docstring.

    Lines are those that are not blank and do not belong to a docstring: `lines` at most for the
    modules that the book's chapters need, `beyond` for those of the notebooks beyond it.
    """
    sizes = {True: 0, False: 0}
    for path in course_modules(package):
        sizes[is_beyond(path)] += size_of(path)
    for total, most in ((sizes[False], lines), (sizes[True], beyond)):
        if total > most:
            yield f"the course code has {total} lines, at most {most} were promised"
    parts = list(course_definitions(package))
    lengths = {d.name: len(d.lines) for d in parts if isinstance(d.node, ast.FunctionDef)}
    if statistics.median(lengths.values()) > median:
        yield f"the median function has more than {median} lines"
    for name, length in lengths.items():
        if length > longest:
            yield f"{name} has {length} lines, at most {longest} are allowed"
    for d in parts:
        if not d.name.split(".")[-1].startswith("_") and not ast.get_docstring(d.node):
            yield f"{d.name} has no docstring"


def is_beyond(path):
    """True for a module that no chapter of the book has a part in."""
    chapters = {d.chapter for d in module_definitions(path)}
    return bool(chapters) and all(str(chapter).startswith("b") for chapter in chapters)


def size_of(path):
    """How many lines a module has, without docstrings and blank lines."""
    source = path.read_text("utf-8")
    hidden = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            if ast.get_docstring(node) is not None:
                hidden |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    lines = enumerate(source.splitlines(), 1)
    return sum(bool(line.strip()) and number not in hidden for number, line in lines)


def test_the_package_is_small_and_documented():
    expect_none(size_problems(PACKAGE))


def test_constants_are_few_and_have_a_chapter():
    assert {c.name: c.chapter for c in constants()} == {
        "DATA": "3", "FASHION_CLASSES": "19", "FORMAT": "21", "VERSION": "21"
    }  # fmt: skip
