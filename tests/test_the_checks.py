"""The tests of the tests: small courses that break one rule each, and the check that must see it.

First a notebook that follows all rules, and ways to spoil it; then a package of two chapters with
its notebooks, and ways to break the promises; then an exercise, and ways to make it useless.
"""

import base64
import copy
import functools
import os
import re
import subprocess
import sys
from types import SimpleNamespace

import course
import nbformat
import numpy as np
import pytest
import test_exercises as exercises
import test_notebooks as notebooks
import test_promises as promises
from pruned import make_pruned_course, not_before, pruned

from nnfs_helpers.exercises import Exercise

# A notebook that follows all rules

PROSE = "Plain words carry the reader from one small number to the next, and then on. " * 12
PNG = base64.b64encode(b"a picture").decode()
ALT = "A line that falls from left to right and flattens."

OPENING = f"""# 04 · Activation Functions

**How does a network bend?** By the end you will have drawn this:

![{ALT}](figures/04_activation_functions.png)

**You will learn** one thing. **You need** [chapter 3](03_adding_layers.ipynb).

{PROSE}"""

ENDING = f"""## 8 · Summary

{PROSE}

**In practice.** It costs $x$ dollars, or \\$5.

**Further reading**
- [A page](https://example.org/home/page).

**What next.** [Chapter 5](05_loss.ipynb), and back to [the start](#4-·-The-finished-code)."""


def markdown(text):
    return nbformat.v4.new_markdown_cell(text)


def code(source, outputs=(), *tags):
    cell = nbformat.v4.new_code_cell(source, outputs=list(outputs))
    cell.metadata["tags"] = list(tags)
    return cell


def printed(text, name="stdout"):
    return nbformat.v4.new_output("stream", text=text, name=name)


def shown(data, alt=ALT):
    metadata = {kind: {"alt": alt} for kind in data if kind.startswith("image/")}
    return nbformat.v4.new_output("display_data", data, metadata=metadata)


def picture():
    return shown({"image/png": PNG, "text/plain": f"[Figure: {ALT}]"})


def widget():
    view = {"model_id": "1", "version_major": 2, "version_minor": 0}
    return shown({"image/png": PNG, notebooks.WIDGET: view, "text/plain": "[Widget]"})


def bar():
    view = {"model_id": "2", "version_major": 2, "version_minor": 0}
    text = "  0%|          | 0/10 [00:00<?, ?it/s]"
    return shown({notebooks.WIDGET: view, "text/plain": text})


def gif(size=1000):
    source = base64.b64encode(bytes(size)).decode()
    tag = f'<img alt="{ALT}" src="data:image/gif;base64,{source}">'
    return shown({"text/html": tag, "text/plain": "[Animation]"})


def good_notebook():
    """A notebook for chapter 4 that every check accepts."""
    return copy.deepcopy(template())


@functools.cache
def template():
    """The one that is copied: building it takes a while."""
    cells = [
        markdown(OPENING),
        code("import numpy as np\nfrom nnfs_helpers.exercises import ch04"),
        *(part for i in (1, 2, 3) for part in section(f"## {i} · A question")),
        markdown("## 4 · The finished code\n\n" + PROSE),
        code("def relu(x):\n    return np.maximum(x, 0)"),
        markdown("## 5 · Check\n\n" + PROSE),
        code("assert relu(-1) == 0"),
        markdown("## 6 · Lab\n\n" + PROSE),
        code("explore()", [widget()]),
        markdown("The picture from the beginning:"),
        code("draw()", [picture()], "opening-figure"),
        markdown("### 🐞 Find the bug\n\n" + PROSE),
        code("1 / 0", [nbformat.v4.new_output("error", ename="E")], "bug", "raises-exception"),
        markdown("## 7 · Exercises\n\n" + PROSE),
        code("def f(x): ...\n\n\nch04.q1.check(f)", [printed("⏳ Not attempted yet")], "exercise"),
        markdown(ENDING),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    return renumbered(notebook)


def section(title):
    """A section of three code cells: a number, a figure, an animation."""
    yield markdown(f"{title}\n\n{PROSE}")
    yield code("x = 1\nx", [nbformat.v4.new_output("execute_result", {"text/plain": "1"})])
    yield markdown("A figure:")
    yield code("fig, ax = plots.axes()\nplots.show(fig, alt)", [picture()])
    yield markdown("It moves, and it is slow:")
    yield code("plots.show_animation(draw, 10)", [gif(), bar()], "nbval-ignore-output")


def renumbered(notebook):
    """The notebook as if it had been run from top to bottom."""
    for count, cell in enumerate(course.code_cells(notebook), 1):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    return notebook


def save(notebook, folder):
    path = course.path_of("04_activation_functions", folder)
    path.parent.mkdir(exist_ok=True)
    path.write_text(nbformat.v4.writes(notebook), "utf-8")  # nbformat.write would repair it
    return path


@pytest.fixture
def folder(tmp_path):
    """A folder for notebooks, with the figure that the good one shows."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "04_activation_functions.png").write_bytes(b"a picture")
    return tmp_path


def problems(check, notebook, folder):
    path = save(notebook, folder)
    return [*check(course.read(path), path)]


@pytest.mark.parametrize("check", notebooks.CHECKS, ids=lambda check: check.__name__)
def test_the_good_notebook_passes(check, folder):
    assert problems(check, good_notebook(), folder) == []


# Ways to spoil it: the check that must see it, and what is done to the notebook


def cell_with(text, nb):
    """The first cell that holds that text."""
    return next(cell for cell in nb.cells if text in cell.source)


def replace(old, new):
    """A change of the first cell that holds `old`."""

    def spoil(nb):
        cell = cell_with(old, nb)
        cell.source = cell.source.replace(old, new)

    return spoil


def add(*cells):
    """These cells after the import cell, and the notebook run again."""

    def spoil(nb):
        nb.cells[2:2] = copy.deepcopy(cells)
        renumbered(nb)

    return spoil


def lengthen(lines, count):
    """The first code cells get that many lines."""

    def spoil(nb):
        for cell in course.code_cells(nb)[1 : 1 + count]:
            cell.source = "\n".join(["x = 1"] * lines)

    return spoil


def edit(action):
    """Any other change: `action(notebook)`."""
    return action


def figure_cell(nb):
    return cell_with("plots.show(", nb)


def strip_prose(nb):
    for cell in nb.cells:
        cell.source = cell.source.replace(PROSE, "")


def duplicate_id(nb):
    nb.cells[2]["id"] = nb.cells[0]["id"]


def unlead(nb):
    """Several code cells follow another one."""
    led = ("A figure:", "## 4 ·", "## 5 ·", "### 🐞")
    nb.cells[:] = [cell for cell in nb.cells if not cell.source.startswith(led)]


OTHER = {"image/png": base64.b64encode(b"another picture").decode()}
LARGE_STATE = {notebooks.WIDGET_STATE: "x" * 100_001}

SPOILED = [
    ("title", replace("# 04 · Activation", "# Activation")),
    ("title", replace("# 04 ·", "# 05 ·")),
    ("title", replace("## 1 ·", "# 1 ·")),
    ("opening", replace("bend?**", "bend.**")),
    ("opening", replace("![", "[")),
    ("opening", replace("you will have", "we shall have")),
    ("opening", replace("You will learn", "Here is")),
    ("opening", replace("You need", "Read")),
    ("opening_figure", edit(lambda nb: cell_with("draw()", nb).outputs.clear())),
    ("opening_figure", edit(lambda nb: cell_with("draw()", nb).outputs[0].data.update(OTHER))),
    ("imports", add(markdown("More:"), code("import csv"))),
    ("imports", edit(lambda nb: nb.cells.insert(1, code("print(1)")))),
    ("imports", replace("import numpy as np\nfrom nnfs_helpers.exercises import ch04", "x = 1")),
    *(("sections", replace(name, "Something else")) for name in notebooks.SECTIONS),
    ("sections", replace("5 · Check", "5 · Checkers")),
    ("sections", edit(lambda nb: nb.cells.insert(1, nb.cells.pop()))),
    ("number_of_sections", replace("## 2 ·", "### 2 ·")),
    ("number_of_sections", add(*[markdown(f"## {i} · More") for i in range(4)])),
    ("cell_lengths", lengthen(6, 20)),
    ("cell_lengths", lengthen(13, 3)),
    ("cell_lengths", lengthen(26, 1)),
    ("prose_between_code", add(code("1"), code("2"))),
    ("prose_between_code", edit(unlead)),
    ("words", edit(strip_prose)),
    ("words", add(markdown(PROSE * 12))),
    ("execution", add(code(""))),
    ("execution", edit(lambda nb: figure_cell(nb).update(execution_count=99))),
    ("execution", edit(lambda nb: figure_cell(nb).update(execution_count=None))),
    ("execution", add(code("1 / 0", [nbformat.v4.new_output("error", ename="E")]))),
    ("execution", edit(lambda nb: figure_cell(nb).metadata.tags.append("raises-exception"))),
    ("warnings", add(code("1 / x", [printed("RuntimeWarning: divide by zero", "stderr")]))),
    ("size", add(code("1", [printed("x" * 2_000_001)]))),
    ("format", edit(duplicate_id)),
    ("format", edit(lambda nb: nb.cells[2].pop("id"))),
    ("format", edit(lambda nb: nb.cells[0].update(colour="red"))),
    ("format", edit(lambda nb: nb.metadata.kernelspec.update(name="venv"))),
    ("format", edit(lambda nb: nb.metadata.update(widgets=LARGE_STATE))),
    ("pictures", add(code("show()", [shown({"image/png": PNG}, alt="A plot")]))),
    ("pictures", add(code("show()", [shown({"image/svg+xml": "<svg/>"}, alt="")]))),
    ("pictures", add(code("fig", [shown({"text/plain": "<Figure size 640x480 with 1 Axes>"})]))),
    ("pictures", add(code("show()", [shown({"text/html": '<img src="x.gif">'})]))),
    ("animations", add(code("show()", [gif(500_001)], "nbval-ignore-output"))),
    ("animations", add(code("show()", [gif()]))),
    ("widgets", edit(lambda nb: cell_with("explore()", nb).outputs[0].data.pop("image/png"))),
    ("tags", edit(lambda nb: figure_cell(nb).metadata.tags.append("nbval-skip"))),
    ("tags", edit(lambda nb: figure_cell(nb).metadata.tags.append("nbval-ignore-output"))),
    ("tags", add(code("fit()", [], "nbval-ignore-output", "float32"))),
    ("links", replace("https://example.org", "http://example.org")),
    ("links", replace("https://example.org", "ftp://example.org")),
    ("links", replace("05_loss.ipynb", "05_losses.ipynb")),
    ("links", replace("#4-·-The-finished-code", "#4-·-The-finished-cod")),
    ("links", add(markdown("[page]: notes.md"))),
    ("links", add(markdown('<a href="notes.md">notes</a>'))),
    ("markdown_pictures", replace(f"![{ALT}]", "![ ]")),
    ("markdown_pictures", add(markdown('<img src="figures/04_activation_functions.png">'))),
    ("phrases", add(markdown("It can be shown that it holds."))),
    ("phrases", add(markdown("Clearly, it holds."))),
    ("phrases", add(markdown("You simply add."))),
    ("phrases", add(markdown("This is obviously right."))),
    ("phrases", add(code("layer = Layer_Dense(2, 3)"))),
    ("phrases", add(code("dvalues = 1"))),
    ("phrases", add(code("x = 1  # TODO"))),
    ("phrases", add(code("open(name)", [printed("/home/me/data.csv")]))),
    ("dollars", add(markdown("A price of $5."))),
    ("dollars", add(markdown("It opens $x = 1\n\nand closes$ too late."))),
    ("dollars", add(markdown("$$x = 1"))),
    ("exercises_are_used", replace("import ch04", "import ch03")),
    ("exercises_are_used", edit(lambda nb: nb.cells[-2].metadata.update(tags=[]))),
]


@pytest.mark.parametrize(("name", "spoil"), SPOILED)
def test_a_spoiled_notebook_is_seen(name, spoil, folder):
    notebook = good_notebook()
    spoil(notebook)
    assert problems(getattr(notebooks, f"check_{name}"), notebook, folder) != []


def test_every_check_of_notebooks_is_tried():
    assert {f"check_{name}" for name, _ in SPOILED} == {c.__name__ for c in notebooks.CHECKS}


def test_training_in_float32_need_not_be_compared(folder):
    notebook = good_notebook()
    add(code('x, t = fashion_mnist("train")', [], "nbval-ignore-output", "float32"))(notebook)
    assert problems(notebooks.check_tags, notebook, folder) == []


@pytest.mark.parametrize(
    "text", ["Costs \\$5.", "From $a$ to $b$.", "$$\na\n$$", "`$HOME`", "```\n$x\n```"]
)
def test_dollars_that_are_right(text, folder):
    notebook = good_notebook()
    add(markdown(text))(notebook)
    assert problems(notebooks.check_dollars, notebook, folder) == []


@pytest.mark.parametrize(
    "text",
    [
        "  0%|          | 0/10 [00:00<?, ?it/s]",
        "\r 40%|████      | 8/20 [00:00<00:00, 32.82it/s]",
        "100%|██████████| 1.20k/1.20k [00:00<00:00, 32.5epoch/s, loss=0.5]",
    ],
)
def test_progress_bars_are_recognised(text):
    assert notebooks.is_progress(text)
    assert not notebooks.is_progress("accuracy 40% on 8/20 samples")


# A package of two chapters, and notebooks that teach it

INIT = '''"""The map."""

# Chapter 3: adding layers
from .layers import Layer, Dense  # `backward`: chapter 9
from .data import PLACE

# Chapter 9: backpropagation
from .layers import slots
'''

LAYERS = '''"""Layers."""

from .data import load, PLACE


class Layer:
    """What all layers share. Chapter 3."""

    params = ()  # their names


class Dense(Layer):
    """A weighted sum. Chapter 3."""

    params = ("W",)

    def __init__(self, w):
        self.W = w  # kept

    def forward(self, x):
        """Inputs -> outputs."""
        self.x = x

        return load(x) * self.W

    def backward(self, dy):
        """Gradients. Chapter 9."""
        self.dW = sum(1 for _ in slots(self)) * self.x * dy
        return dy * self.W


def slots(layer):
    """Yield names. Chapter 9."""
    yield from layer.params
'''

DATA = '''"""Data."""

from functools import cache

PLACE = "data"


@cache
def load(x):
    """x as it is. Chapter 3."""
    return x if PLACE else None
'''

CHAPTER_3 = [
    "import nnfs_helpers\nfrom functools import cache",
    '%matplotlib inline\nPLACE = "data"',
    "@cache\ndef load(x):\n    return x if PLACE else None",
    "class Layer:\n    params = ()  # their names",
    'class Dense(Layer):\n    params = ("W",)\n\n'
    "    def __init__(self, w):\n        self.W = w  # kept",
    "class Dense(Dense):\n    def forward(self, x):\n"
    "        self.x = x\n        return load(x) * self.W",
    "assert Dense(2).forward(3) == 6",
]

CHAPTER_9 = [
    "import nnfs_helpers",
    'def slots(layer):\n    """Yield names."""\n    yield from layer.params',
    "class Dense(nnfs_helpers.Dense):\n    def backward(self, dy):\n"
    "        self.dW = sum(1 for _ in slots(self)) * self.x * dy\n        return dy * self.W",
    "layer = Dense(2)\nassert layer.forward(3) == 6\nassert layer.backward(1) == 2",
]


@pytest.fixture
def package(tmp_path):
    """The small package, in a folder of its own."""
    place = tmp_path / "nnfs_helpers"
    (place / "exercises").mkdir(parents=True)
    (place / "exercises" / "__init__.py").write_text("from nnfs_helpers import slots\n")
    (place / "plots.py").write_text("from .layers import slots\n")
    write(place, "__init__", INIT)
    write(place, "layers", LAYERS)
    write(place, "data", DATA)
    return place


def write(place, module, text):
    (place / f"{module}.py").write_text(text, "utf-8")


def rewrite(place, module, old, new):
    text = (place / f"{module}.py").read_text("utf-8")
    assert old in text
    write(place, module, text.replace(old, new))


def notebook_of(sources, *tags):
    cells = [code(source, (), *tags) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


def taught_in(package, chapter):
    return [d for d in course.everything(package) if d.chapter == chapter]


def test_chapters_are_read_from_docstrings(package):
    assert course.chapters(package) == {
        "Layer": "3", "Dense": "3", "Dense.__init__": "3", "Dense.forward": "3",
        "Dense.backward": "9", "slots": "9", "load": "3", "PLACE": "3",
    }  # fmt: skip


def test_the_good_package_breaks_no_promise(package):
    assert [*promises.chapter_problems(package)] == []
    assert [*promises.map_problems(package)] == []
    assert [*promises.leaning_problems(package)] == []
    assert [*promises.size_problems(package)] == []
    for chapter, sources in [("3", CHAPTER_3), ("9", CHAPTER_9)]:
        notebook = notebook_of(sources)
        assert [*promises.untaught(taught_in(package, chapter), notebook)] == []
        assert [*promises.growth_problems(notebook, chapter, course.chapters(package))] == []


BROKEN_PACKAGES = [
    ("chapter", "layers", "Yield names. Chapter 9.", "Yield names."),
    ("chapter", "layers", "Yield names. Chapter 9.", "Yield names. Chapter 23."),
    ("chapter", "layers", "Yield names. Chapter 9.", "Chapter 9. Chapter 10."),
    ("chapter", "layers", "Gradients. Chapter 9.", "Gradients. Chapter 2."),
    ("chapter", "data", "PLACE if", "load = 1\nPLACE if"),
    ("map", "__init__", "Chapter 3: adding layers", "Chapter 4: activation functions"),
    ("map", "__init__", "Chapter 3: adding layers", "Chapter 3: more layers"),
    ("map", "__init__", "# Chapter 9: backpropagation", ""),
    ("map", "__init__", "# Chapter 9: backpropagation", "# Beyond the book, b1"),
    ("map", "__init__", "Layer, Dense", "Layer"),
    ("map", "layers", "Yield names. Chapter 9.", "Yield names. Chapter 10."),
    ("leaning", "layers", "load(x) * self.W", "slots(x) * self.W"),
    ("leaning", "layers", 'params = ("W",)', "params = slots(Layer)"),
    ("leaning", "layers", "Inputs -> outputs.", "Chapter 2."),
    ("size", "data", 'PLACE = "data"', 'PLACE = "data"\n' * 1200),
    ("size", "layers", "self.x = x\n", "self.x = x\n        " * 26),
    ("size", "layers", '"""Inputs -> outputs."""', ""),
]


@pytest.mark.parametrize(("name", "module", "old", "new"), BROKEN_PACKAGES)
def test_a_broken_package_is_seen(name, module, old, new, package):
    if name == "chapter" and module == "data":  # the same name in two modules
        write(package, "more", 'def load(x):\n    """x. Chapter 3."""\n')
    else:
        rewrite(package, module, old, new)
    assert [*getattr(promises, f"{name}_problems")(package)] != []


def test_headings_out_of_order_are_seen(package):
    third, ninth = INIT.split("# Chapter 9: backpropagation\n")
    write(package, "__init__", "# Chapter 9: backpropagation\n" + ninth + third)
    assert [*promises.map_problems(package)] != []


def test_the_size_leaves_out_docstrings_and_blank_lines(package):
    assert promises.size_of(package / "data.py") == 5


def test_a_long_median_function_is_seen(package):
    assert [*promises.size_problems(package, median=1)] != []


NOT_TAUGHT = [
    ("params = ()  # their names", "params = ()"),  # a comment is missing
    ("params = ()  # their names", "params = []  # their names"),
    ("class Layer:", "class Layers:"),
    ("class Dense(Layer)", "class Dense"),  # the base is missing
    ("@cache\n", ""),
    ('PLACE = "data"', 'PLACE = "dat"'),
    ("self.W = w  # kept", "self.W = 1 * w  # kept"),
    ("self.W = w  # kept", "self.W = w  # kept\n        self.b = 0"),
    ("def forward(self, x)", "def forward(self, y)"),
    ("def forward(self, x)", "def backward(self, x)"),
    ("        self.x = x\n", ""),
]


@pytest.mark.parametrize(("old", "new"), NOT_TAUGHT)
def test_code_that_differs_from_the_package_is_seen(old, new, package):
    assert any(old in source for source in CHAPTER_3)
    notebook = notebook_of([source.replace(old, new) for source in CHAPTER_3])
    assert [*promises.untaught(taught_in(package, "3"), notebook)] != []


@pytest.mark.parametrize("tag", ["bug", "exercise"])
def test_bugs_and_stubs_teach_nothing(tag, package):
    notebook = notebook_of(CHAPTER_3, tag)
    assert len([*promises.untaught(taught_in(package, "3"), notebook)]) == 6


def test_pending_chapters(tmp_path):
    assert [*promises.pending_problems(set(course.STEMS), tmp_path)] == []
    (tmp_path / "beyond").mkdir()
    save(good_notebook(), tmp_path)
    (tmp_path / "beyond" / "b2_convolution.ipynb").write_text("")
    assert course.written(tmp_path) == ["04_activation_functions", "b2_convolution"]
    pending = set(course.STEMS) - set(course.written(tmp_path))
    assert [*promises.pending_problems(pending, tmp_path)] == []
    assert [*promises.pending_problems({*pending, "b2_convolution"}, tmp_path)] != []
    assert [*promises.pending_problems(pending - {"b3_cnn"}, tmp_path)] != []
    (tmp_path / "b3_convolutions.ipynb").write_text("")
    assert [*promises.pending_problems(pending, tmp_path)] != []


# No peeking


def test_pruning_deletes_what_comes_later_and_nothing_else(package):
    gone = not_before("9", package)
    assert gone == {"Dense.backward", "slots"}
    layers = pruned(LAYERS, gone)
    assert "backward" not in layers and "slots" not in layers and "def forward" in layers
    assert pruned(DATA, gone) == DATA
    assert "import Layer, Dense" in pruned(INIT, gone)
    assert "slots" not in pruned("def f():\n    from .layers import slots\n", gone)
    furniture = "from ..layers import Dense, slots\ndef slots(): ...\n"
    kept = "from ..layers import Dense\ndef slots(): ...\n"
    assert pruned(furniture, gone, is_furniture=True) == kept
    assert pruned("from os import slots\n", gone) == "from os import slots\n"
    empty = pruned("class Dense:\n    def backward(self):\n        return 1\n", gone)
    assert empty == "class Dense:\n    pass\n"


def test_pruning_from_the_first_chapter_deletes_all(package):
    gone = not_before("1", package)
    assert "@cache" in DATA and "PLACE" in DATA
    for text in (LAYERS, DATA, INIT):
        # The decorator goes with its function, and a class goes whole.
        left = pruned(text, gone)
        assert not any(word in left for word in ("@cache", "PLACE", "Dense", "slots"))
        compile(left, "left", "exec")


def run_at_chapter(chapter, sources, tmp_path, package):
    """Run these cells in a fresh process with the package as it is before that chapter."""
    tmp_path.mkdir()
    make_pruned_course(chapter, tmp_path, package)
    where = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [sys.executable, "-c", "\n".join(sources)]
    return subprocess.run(command, cwd=tmp_path / "data", env=where)


def test_honest_code_runs_without_its_chapter(package, tmp_path):
    here = "import pathlib\nassert pathlib.Path('../data/SHA256SUMS').exists()"
    furniture = "import nnfs_helpers.plots, nnfs_helpers.exercises"
    assert_gone = "assert not hasattr(nnfs_helpers.Dense, 'backward')"
    sources = [CHAPTER_9[0], assert_gone, here, furniture, *CHAPTER_9[1:]]
    assert run_at_chapter("9", sources, tmp_path / "course", package).returncode == 0


@pytest.mark.parametrize(
    "peek", ["nnfs_helpers.Dense(2).backward", "from nnfs_helpers.layers import slots"]
)
def test_code_that_peeks_is_seen(peek, package, tmp_path):
    assert run_at_chapter("9", [CHAPTER_9[0], peek], tmp_path / "course", package).returncode != 0


def nbval(cells, path):
    """(passed, failed) cell numbers, as texts, of the course's nbval on a notebook at `path`."""
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(renumbered(nbformat.v4.new_notebook(cells=cells, metadata=metadata)), path)
    settings = ["-c", str(course.ROOT / "pyproject.toml"), f"--rootdir={course.ROOT}"]
    command = [sys.executable, "-m", "pytest", "-p", "conftest", *settings, "-rA", path.name]
    where = os.environ | {"PYTHONPATH": str(course.ROOT), "FULL": "1"}
    done = subprocess.run(command, cwd=path.parent, env=where, capture_output=True, text=True)
    print(done.stdout)
    return [
        re.findall(rf"^{word} .*::Cell (\d+)", done.stdout, flags=re.MULTILINE)
        for word in ("PASSED", "FAILED")
    ]


def test_nbval_shows_a_notebook_only_what_comes_before_it(tmp_path):
    honest = "import os, nnfs_helpers\nassert not hasattr(nnfs_helpers.Dense, 'backward')"
    short = "assert 'FULL' not in os.environ"
    peeks = "nnfs_helpers.Dense.backward = nnfs_helpers.Dense.backward"
    cells = [code(source) for source in (honest, short, peeks)]
    assert nbval(cells, tmp_path / "09_backpropagation.ipynb") == [["0", "1"], ["2"]]


# Growth

SHRUNK = [
    "def load(x):\n    return 2 * x",
    "load = lambda x: 2 * x",
    "class Dense:\n    def backward(self, dy):\n        return dy",
    "class Dense(nnfs_helpers.Dense):\n    def forward(self, x):\n        return x",
    "class Dense(nnfs_helpers.Dense):\n    def sideways(self, x):\n        return x",
    "class Dense(Dense):\n    def __init__(self, w):\n        self.W = w",
    'class Dense(nnfs_helpers.Dense):\n    params = ("W", "b")',
    "Dense.backward = backward",
    "nnfs_helpers.Dense.training = True",
    "nnfs_helpers.layers.slots = slots",
    "Dense.params[0] = 'b'",
    "load.cache = {}",
    "del Dense.forward",
    "setattr(Dense, 'backward', backward)",
    "delattr(nnfs_helpers.Dense, 'forward')",
]


@pytest.mark.parametrize("source", SHRUNK)
def test_what_is_not_growth_is_seen(source, package):
    notebook = notebook_of([*CHAPTER_9, source])
    assert [*promises.growth_problems(notebook, "9", course.chapters(package))] != []


def test_a_chapter_does_not_define_a_later_method(package):
    early = "class Dense:\n    def backward(self, dy):\n        return dy"
    right = course.chapters(package)
    assert [*promises.growth_problems(notebook_of([early]), "3", right)] != []
    draft = "class Dense:\n    def sketch(self):\n        return 1"
    assert [*promises.growth_problems(notebook_of([draft]), "3", right)] == []


@pytest.mark.parametrize("tag", ["bug", "exercise"])
def test_bugs_and_stubs_may_define_but_not_patch(tag, package):
    right = course.chapters(package)
    assert [*promises.growth_problems(notebook_of(SHRUNK[:7], tag), "9", right)] == []
    assert [*promises.growth_problems(notebook_of(SHRUNK[7:8], tag), "9", right)] != []


def test_local_names_are_not_taken_from_the_package(package):
    rewrite(package, "layers", "self.x = x\n", "self.x = x\n        slots = 1; slots + 1\n")
    assert [*promises.leaning_problems(package)] == []


def test_objects_may_be_changed(package):
    notebook = notebook_of(["layer = Dense(2)\nlayer.W = 3\nsetattr(layer, 'W', 4)"])
    assert [*promises.growth_problems(notebook, "9", course.chapters(package))] == []


CHANGED = [
    ("def forward(self, x)", "def forward(self, x, training=False)"),
    ("self.W = w  # kept", "self.W = +w  # kept"),
    ("self.W = w  # kept", "self.W = w"),
    ('params = ("W",)', 'params = ("W", "b")'),
    ("class Dense(Layer)", "class Dense(Layer, dict)"),
    ("def slots(layer)", "def slots(layer, kind=None)"),
    ("def forward(self, x)", "def predict(self, x)"),
]


@pytest.mark.parametrize(("old", "new"), CHANGED)
def test_a_change_of_what_was_finished_is_seen(old, new, package):
    stems = ["03_adding_layers", "09_backpropagation"]
    before = course.fingerprints(package, stems)
    changed = package.parent / "changed"
    changed.mkdir()
    write(changed, "layers", LAYERS.replace(old, new))
    write(changed, "data", DATA)
    write(changed, "__init__", INIT)
    assert [*course.changes(before, course.fingerprints(changed, stems))] != []


def test_docstrings_and_unwritten_chapters_may_change(package):
    before = course.fingerprints(package, ["03_adding_layers"])
    changed = package.parent / "changed"
    changed.mkdir()
    write(changed, "layers", LAYERS.replace("Inputs ->", "From inputs to").replace("(layer)", "()"))
    write(changed, "data", DATA)
    write(changed, "__init__", INIT)
    assert [*course.changes(before, course.fingerprints(changed, ["03_adding_layers"]))] == []


# Exercises


def double(x):
    return 2 * x


def good_exercise(**changes):
    settings = {
        "reference": double,
        "mistakes": [(lambda x: x, "Not doubled."), (lambda x: x * x, "Squared.")],
        "hints": ["Twice.", "2 * x"],
        "cases": [(3.0,), (np.array([1.0, 2.0]),)],
    }
    return Exercise(**settings | changes)


def all_problems(exercise):
    checks = (exercises.stub_problems, exercises.mistake_problems, exercises.leniency_problems)
    return [problem for check in checks for problem in check(exercise)]


def test_good_exercises_pass():
    assert all_problems(good_exercise()) == []
    value = good_exercise(reference=17, mistakes=[(12, "No bias."), (6, "Only one layer.")])
    assert all_problems(value) == []


def one_sided(x):
    return 2 * x if np.ndim(x) else None


USELESS = [
    {"mistakes": [(lambda x: x, "Not doubled.")]},
    {"mistakes": [(lambda x: x, "Wrong."), (lambda x: x * x, "Wrong.")]},
    {"mistakes": [(lambda x: x, "Not doubled."), (lambda x: 1 * x, "Unchanged.")]},
    {"mistakes": [(lambda x: x, "Not doubled."), (lambda x: x + x, "Added.")]},
    {"mistakes": [(lambda x: x, "Not doubled."), (lambda x: None, "Nothing.")]},
    {"cases": [(3.0,)]},
    {"rounding": 0.1},
    {"reference": 1, "mistakes": [(2, "Two."), (3, "Three.")], "rounding": 10},
]


@pytest.mark.parametrize("changes", USELESS)
def test_useless_exercises_are_seen(changes):
    assert all_problems(good_exercise(**changes)) != []


def test_an_exercise_that_judges_stubs_is_seen():
    class Strict(Exercise):
        def judge(self, answer):
            return SimpleNamespace(passed=False, diagnosis=None)

    assert [*exercises.stub_problems(Strict(double, [], []))] != []


def test_a_hidden_solution_is_seen():
    shown = "def double(x):\n    return 2 * x\n"
    assert [*exercises.solution_problems(good_exercise(), shown)] == []
    assert [*exercises.solution_problems(good_exercise(), "def double(x):\n")] != []


def test_a_notebook_that_forgets_an_exercise_is_seen():
    notebook = good_notebook()
    assert [*exercises.use_problems("ch04", ["q1"], notebook)] == []
    assert [*exercises.use_problems("ch04", ["q1", "q2"], notebook)] != []
    notebook.cells[-2].outputs = [printed("❌ Wrong.")]
    assert [*exercises.use_problems("ch04", ["q1"], notebook)] != []


# nbval with the course's settings

SAME = [  # source, saved output: equal but for chance
    ("from tqdm.auto import tqdm\nfor i in tqdm(range(10)): pass", bar()),
    (
        "from tqdm import tqdm as plain\nfor i in plain(range(3)): pass",
        printed("\r 33%|███    | 1/3 [00:07<00:09]\r100%|███████| 3/3 [00:09<00:00]\n", "stderr"),
    ),
    ("object()", nbformat.v4.new_output("execute_result", {"text/plain": "<object at 0x7f00>"})),
    ("print(2)", printed("2\n")),
]
DIFFERENT = [
    ("print(2)", printed("3\n")),
    ("2.0", nbformat.v4.new_output("execute_result", {"text/plain": "2.0000001"})),
    ("import warnings\nwarnings.warn('x')", printed("warning", "stderr")),
    ("print('100%')", printed("99%\n")),
]


def test_nbval_compares_strictly_but_for_chance(tmp_path):
    cells = [code(source, [output]) for source, output in SAME + DIFFERENT]
    assert nbval(cells, tmp_path / "a.ipynb") == [["0", "1", "2", "3"], ["4", "5", "6", "7"]]
