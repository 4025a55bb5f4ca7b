"""The course as data, for tests: its chapters, its notebooks, the package's definitions.

`python tests/course.py` records the signatures and bodies of the chapters that are written in
tests/signatures.json and prints what is new or different there.
"""

import ast
import functools
import hashlib
import json
import re
from pathlib import Path
from typing import NamedTuple

import nbformat

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
PACKAGE = ROOT / "nnfs_helpers"
SIGNATURES = ROOT / "tests" / "signatures.json"

FURNITURE = ("__init__", "plots", "widgets")  # modules; folders are furniture anyway

BOOK = (
    "01_introducing_neural_networks",
    "02_coding_our_first_neurons",
    "03_adding_layers",
    "04_activation_functions",
    "05_loss",
    "06_introducing_optimization",
    "07_derivatives",
    "08_gradients_partial_derivatives_chain_rule",
    "09_backpropagation",
    "10_optimizers",
    "11_testing_data",
    "12_validation_data",
    "13_training_dataset",
    "14_l1_and_l2_regularization",
    "15_dropout",
    "16_binary_logistic_regression",
    "17_regression",
    "18_model_object",
    "19_a_real_dataset",
    "20_model_evaluation",
    "21_saving_and_loading",
    "22_model_predicting_inference",
)
BEYOND = (
    "b1_batch_normalization",
    "b2_convolution",
    "b3_cnn",
    "b4_rnn",
    "b5_lstm",
    "b6_residual_networks",
    "b7_attention",
    "b8_autograd",
    "b9_other_frameworks",
    "b10_scaling_out",
)
STEMS = BOOK + BEYOND


def expect_none(problems):
    """Fail with all the problems, if there are any."""
    problems = list(problems)
    assert not problems, "\n".join(["", *problems])


# Chapters


def chapter_of(stem):
    """"03_adding_layers" -> "3", "b5_lstm" -> "b5": the chapter as docstrings name it."""
    return stem.split("_")[0].lstrip("0")


CHAPTERS = tuple(map(chapter_of, STEMS))  # in the order of reading


def is_before(a, b):
    """True if chapter `a` is read before chapter `b`."""
    return CHAPTERS.index(a) < CHAPTERS.index(b)


def path_of(stem, folder=NOTEBOOKS):
    """Where the notebook of that stem is, or will be."""
    return folder / ("beyond" if stem in BEYOND else "") / f"{stem}.ipynb"


def written(folder=NOTEBOOKS):
    """The stems whose notebooks exist, in the order of reading."""
    return [stem for stem in STEMS if path_of(stem, folder).exists()]


# Notebooks


def read(path):
    """A notebook as it is in the file; `nbformat.read` would repair it silently."""
    return nbformat.v4.reads(Path(path).read_text("utf-8"))


def code_cells(notebook, without_tags=()):
    """The code cells, except those that have one of these tags."""
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return [cell for cell in cells if not tags(cell) & set(without_tags)]


def tags(cell):
    """The set of a cell's tags."""
    return set(cell.metadata.get("tags", ()))


def code_lines(cell):
    """The lines of a code cell that are not blank."""
    return [line for line in cell.source.splitlines() if line.strip()]


def parsed(cell):
    """A code cell's syntax tree, its line magics left out: (tree, source lines)."""
    source = re.sub(r"^[%!].*$", "", cell.source, flags=re.MULTILINE)
    return ast.parse(source), source.splitlines()


def prose(notebook):
    """All text of the Markdown cells without code, mathematics, HTML tags and link targets."""
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.sub(r"\]\([^)]*\)|<[^>]+>", " ", without_maths(without_code(text)))


def without_code(text):
    """Markdown without its fenced blocks and inline code."""
    return re.sub(r"^```.*?^```|`[^`\n]+`", " ", text, flags=re.MULTILINE | re.DOTALL)


def without_maths(text):
    """Markdown without what stands between dollar signs."""
    return re.sub(r"\$\$.+?\$\$|(?<!\\)\$.+?(?<!\\)\$", " ", text, flags=re.DOTALL)


def headings(notebook):
    """(level, text) of every Markdown heading, in order."""
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    text = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^(#{1,6})\s+(.+?)\s*$", text, flags=re.MULTILINE)
    return [(len(marks), title) for marks, title in found]


# The package's definitions


class Definition(NamedTuple):
    """A function, method, class or constant of the course code, as it stands in the source."""

    name: str  # "softmax", "Dense", "Dense.forward", "FASHION_CLASSES"
    chapter: str | None  # "9", "b5"; None if no docstring names one
    node: ast.AST
    lines: tuple  # what its notebook must show
    module: str


def definitions(tree):
    """Yield (qualified name, node) of the functions, classes and their methods in a module."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield node.name, node
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    yield f"{node.name}.{method.name}", method


def assignments(tree):
    """Yield (name, node) of the plain assignments at the top of a module."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node


def first_line(node):
    """The number of a statement's first line, decorators included."""
    decorators = getattr(node, "decorator_list", ())
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def taught_lines(node, lines):
    """A definition's source lines, dedented, without docstring, blank lines and inner methods."""
    hidden = set()
    if ast.get_docstring(node) is not None:
        hidden |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    if isinstance(node, ast.ClassDef):
        for method in node.body:
            if isinstance(method, ast.FunctionDef):
                hidden |= set(range(first_line(method), method.end_lineno + 1))
    shown = [n for n in range(first_line(node), node.end_lineno + 1) if n not in hidden]
    return tuple(lines[n - 1][node.col_offset :].rstrip() for n in shown if lines[n - 1].strip())


def named_chapter(node):
    """The chapter that a docstring names ("Chapter 9." or "Chapter b5."), or None."""
    found = re.findall(r"\bChapter (b?\d+)\.", ast.get_docstring(node) or "")
    return found[0] if len(found) == 1 and found[0] in CHAPTERS else None


def course_modules(package=PACKAGE):
    """The modules of the course code: all but the furniture."""
    return [path for path in sorted(package.glob("*.py")) if path.stem not in FURNITURE]


def module_definitions(path):
    """The functions, methods and classes of one module, as `Definition`s."""
    source = path.read_text("utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    chapters = {}
    for name, node in definitions(tree):
        chapters[name] = named_chapter(node) or chapters.get(name.rpartition(".")[0])
        yield Definition(name, chapters[name], node, taught_lines(node, lines), path.stem)


@functools.cache
def constants(package=PACKAGE):
    """The modules' constants: they belong to the first chapter that uses them.

    One that no function uses belongs where `__init__.py` lists it.
    """
    functions = [(d.chapter, names_used(d.node)) for d in course_definitions(package) if d.chapter]
    listed, found = dict(map_of(package)), []
    for path in course_modules(package):
        source = path.read_text("utf-8")
        for name, node in assignments(ast.parse(source)):
            users = [chapter for chapter, names in functions if name in names]
            chapter = min(users, key=CHAPTERS.index, default=listed.get(name))
            found.append(Definition(name, chapter, node, (ast.unparse(node),), path.stem))
    return found


@functools.cache
def course_definitions(package=PACKAGE):
    """The functions, methods and classes of all course modules."""
    return [d for path in course_modules(package) for d in module_definitions(path)]


def everything(package=PACKAGE):
    """All that the package teaches: functions, methods, classes and constants."""
    return [*course_definitions(package), *constants(package)]


def chapters(package=PACKAGE):
    """Qualified name -> chapter, for every function, method, class and constant."""
    return {definition.name: definition.chapter for definition in everything(package)}


def names_used(node):
    """The names that a piece of code takes from outside, those of imports inside it included."""
    names = [n for n in ast.walk(node) if isinstance(n, ast.Name)]
    own = {n.id for n in names if not isinstance(n.ctx, ast.Load)}
    own |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    imports = [n for n in ast.walk(node) if isinstance(n, ast.ImportFrom)]
    return {n.id for n in names} - own | {alias.name for n in imports for alias in n.names}


def map_of(package=PACKAGE):
    """(name, chapter) for every import of `__init__.py`, by the heading comment above it.

    Headings are "# Chapter 3: adding layers" and "# Beyond the book, b5"; the chapter is None
    above the first heading and under one that names no chapter, or another title.
    """
    source = (package / "__init__.py").read_text("utf-8")
    titles = dict(heading_chapters(source.splitlines()))
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom):
            above = [n for n in titles if n < node.lineno]
            for alias in node.names:
                yield alias.asname or alias.name, titles[max(above)] if above else None


def heading_chapters(lines):
    """(line number, chapter or None) of the heading comments among the lines of `__init__.py`."""
    known = {f"# Chapter {chapter_of(s)}: {s[3:].replace('_', ' ')}": chapter_of(s) for s in BOOK}
    known |= {f"# Beyond the book, {chapter_of(s)}": chapter_of(s) for s in BEYOND}
    lower = {title.lower(): chapter for title, chapter in known.items()}
    for number, line in enumerate(lines, 1):
        if line.startswith("# "):
            yield number, lower.get(line.strip().lower())


# What was promised not to change


def fingerprints(package=PACKAGE, stems=None):
    """Qualified name -> signature and a hash of the body, for all that those chapters taught."""
    done = {chapter_of(stem) for stem in (written() if stems is None else stems)}
    return {d.name: fingerprint(d) for d in course_definitions(package) if d.chapter in done}


def fingerprint(definition):
    """"(x, t) 3f2a9c01": arguments (bases of a class) and the first digits of the body's hash."""
    node = definition.node
    is_class = isinstance(node, ast.ClassDef)
    inside = ", ".join(map(ast.unparse, node.bases)) if is_class else ast.unparse(node.args)
    digest = hashlib.sha256("\n".join(definition.lines).encode()).hexdigest()
    return f"({inside}) {digest[:8]}"


def changes(old, new):
    """What differs between two such dictionaries, a line for each name."""
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"{name}: {old.get(name, 'not there')} -> {new.get(name, 'gone')}"


def recorded(path=SIGNATURES):
    """What tests/signatures.json holds."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


if __name__ == "__main__":
    now = fingerprints()
    print("\n".join(changes(recorded(), now)) or "Nothing has changed.")
    SIGNATURES.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", "utf-8")
