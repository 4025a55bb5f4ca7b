"""The notebooks in a real JupyterLab: they run, their widgets answer, and pages before any run show
pictures.

Needs Playwright and a Chromium or Chrome; without them skipped, but in CI failed. Machines that
have no browser to test with say so: NNFS_NO_BROWSER=1.
"""

import json
import os
import shutil

import lab
import nbformat
import pytest
from conftest import require

if os.environ.get("NNFS_NO_BROWSER"):
    pytest.skip("NNFS_NO_BROWSER is set", allow_module_level=True)
sync_api = require("playwright.sync_api")

NOTEBOOKS = lab.ROOT / "notebooks"
VIEW = "application/vnd.jupyter.widget-view+json"
EXPLORER = """
import nnfs_helpers
from ipywidgets import Checkbox, Dropdown, ToggleButton
from nnfs_helpers import plots, widgets

def draw(height, style, grid, log):
    fig, ax = plots.axes("A line", "x", "y", size=(3, 2))
    ax.plot([1, {height}], style)
    ax.grid(grid)
    ax.set_yscale("log" if log else "linear")
    return fig

height = widgets.slider("height", 1, 9, 9)
style, grid, log = Dropdown(options="-:"), Checkbox(), ToggleButton()
widgets.Explorer(draw, "A line.", height=height, style=style, grid=grid, log=log)
"""


def widget_outputs(path):
    """The saved widget outputs of a notebook, without progress bars."""
    outputs = [
        output
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", [])
        if VIEW in output.get("data", {})
    ]
    return [o for o in outputs if "%|" not in "".join(o["data"].get("text/plain", ""))]


paths = (p for p in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
WITH_WIDGETS = sorted(p.relative_to(NOTEBOOKS).as_posix() for p in paths if widget_outputs(p))
with_widgets = pytest.mark.parametrize("name", WITH_WIDGETS)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """JupyterLab on a copy of the notebooks, as Lab saves by itself."""
    folder = tmp_path_factory.mktemp("lab")
    ignored = shutil.ignore_patterns(".ipynb_checkpoints")
    shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=ignored)
    (folder / "data").symlink_to(lab.ROOT / "data")
    server = lab.LabServer(folder / "notebooks", folder)
    try:
        server.wait()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def browser():
    path = lab.find_browser()
    if path is None and os.environ.get("CI"):
        pytest.fail("No Chromium or Chrome: install one, or set NNFS_NO_BROWSER=1.")
    if path is None:
        pytest.skip("no Chromium or Chrome")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=lab.CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_notebook(browser, server):
    """A function: name of a notebook -> the notebook, opened in a fresh page."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield lambda name: lab.Notebook(context.new_page(), server, name)
    for page in context.pages:
        page.evaluate(lab.SHUT_DOWN)  # else the kernels of all notebooks would pile up
    context.close()


def write_notebook(server, name, *sources):
    """A new notebook beside the copies; without a kernel's name Lab would ask for one."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), server.folder / name)


@with_widgets
def test_before_any_run_a_picture_stands_for_each_widget(open_notebook, server, name):
    shutil.copy(NOTEBOOKS / name, server.folder / name)  # as another test may have saved it
    notebook = open_notebook(name)
    outputs = [output["data"] for output in widget_outputs(NOTEBOOKS / name)]
    shown = [notebook.shows_png(output.get("image/png", "no picture")) for output in outputs]
    assert shown == [True] * len(outputs)
    assert "displaying widget" not in notebook.text()
    assert "Loading widget" not in notebook.text()


@with_widgets
def test_runs_and_every_control_changes_the_picture(open_notebook, name):
    notebook = open_notebook(name)
    notebook.run_all()
    assert notebook.errors() == []
    count = len(widget_outputs(NOTEBOOKS / name))
    widgets = notebook.widgets(count)
    assert len(widgets) == count
    for widget in widgets:
        assert widget.stuck() == []
    print(f"{name}: the kernel answered in {notebook.answer_times()} ms")


def test_a_widget_of_the_checkout(open_notebook, server):
    write_notebook(server, "good.ipynb", EXPLORER.format(height="height"), "nnfs_helpers.__file__")
    notebook = open_notebook("good.ipynb")
    notebook.run_all()
    assert notebook.errors() == []
    assert str(lab.ROOT / "nnfs_helpers") in notebook.text()
    (widget,) = notebook.widgets(1)
    assert len(widget.controls()) == 4
    assert widget.stuck() == []


def test_a_picture_that_ignores_its_slider_is_found(open_notebook, server):
    write_notebook(server, "stuck.ipynb", EXPLORER.format(height="1"))
    notebook = open_notebook("stuck.ipynb")
    notebook.run_all()
    (widget,) = notebook.widgets(1)
    assert widget.stuck(seconds=1) == 2 * ["ArrowLeft on control 1 of 4"]


def test_an_error_is_found(open_notebook, server):
    write_notebook(server, "error.ipynb", "1 / 0", "2")
    notebook = open_notebook("error.ipynb")
    notebook.run_all()
    assert notebook.errors() == ["ZeroDivisionError: division by zero", "not run: 2"]
