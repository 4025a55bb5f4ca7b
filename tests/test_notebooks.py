"""Structure, rhythm and cleanliness of every notebook that is written.

Every check takes a notebook and where it lies and yields the problems it finds, a text for each.
test_the_checks.py shows each check a notebook that it must refuse.
"""

import base64
import json
import re
import statistics

import nbformat
import pytest
from course import (
    BEYOND,
    NOTEBOOKS,
    ROOT,
    STEMS,
    chapter_of,
    code_cells,
    code_lines,
    expect_none,
    headings,
    parsed,
    path_of,
    prose,
    read,
    tags,
    without_code,
    without_maths,
    written,
)

# Long chapters that may have up to 4,500 words of prose, with the reason.
LONG = {}

WIDGET = "application/vnd.jupyter.widget-view+json"
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"

SECTIONS = (
    "The finished code",
    "Check",
    "Lab",
    "🐞",
    "Exercises",
    "Summary",
    "In practice",
    "Further reading",
    "What next",
)

FORBIDDEN = (
    r"\bit can be shown\b",
    r"\bclearly,",
    r"\bsimply\s",
    r"\bobviously\b",
    r"Layer_Dense",
    r"\bdvalues\b",
    r"(?-i:\bTODO\b)",
    r"/(work|tmp|root|home)/",
)


# Structure


def opening(notebook):
    """The Markdown before the first code cell."""
    texts = []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            break
        texts.append(cell.source)
    return "\n\n".join(texts)


def check_title(notebook, path):
    """One H1, in the first line: "# 03 · Adding Layers"."""
    titles = [text for level, text in headings(notebook) if level == 1]
    number = path.stem.split("_")[0]
    if len(titles) != 1:
        yield f"one heading of level 1 is the title, there are {len(titles)}"
    if not re.match(rf"# {number} · \S", notebook.cells[0].source, flags=re.IGNORECASE):
        yield f"the first line is not of the form # {number} · Title"


def check_opening(notebook, path):
    """The question, the final figure, what you will have built, will learn and need."""
    text = opening(notebook)
    wanted = {
        "a question": r"\?",
        "a picture of what comes out": r"!\[[^\]]",
        "what you will have built": r"you will have \w+",
        "what you will learn": r"you will learn",
        "what you need": r"\bneed\b",
    }
    for name, pattern in wanted.items():
        if not re.search(pattern, text, flags=re.IGNORECASE):
            yield f"the opening does not say {name} ({pattern})"


def check_opening_figure(notebook, path):
    """The opening's figure is the output of the cell tagged "opening-figure"."""
    for cell in code_cells(notebook):
        if "opening-figure" in tags(cell):
            file = path.parent / "figures" / f"{path.stem}.png"
            pictures = [bundle.get("image/png", "") for bundle in bundles(cell)]
            if not file.exists() or file.read_bytes() not in map(base64.b64decode, pictures):
                yield f"figures/{file.name} is not the picture that its cell draws"


def check_imports(notebook, path):
    """One import cell, the first code cell; exercise and bug cells may have their own."""
    import_nodes = ("Import", "ImportFrom")
    cells = code_cells(notebook, without_tags=("exercise", "bug"))
    importing = [any(type(n).__name__ in import_nodes for n in parsed(c)[0].body) for c in cells]
    if not importing or not importing[0] or any(importing[1:]):
        yield f"imports belong into the first code cell alone; found in cells {places(importing)}"


def places(flags):
    """The numbers, from 1, of the true entries."""
    return [i for i, flag in enumerate(flags, 1) if flag]


def sections(notebook):
    """What headings and bold beginnings of paragraphs say, in order, without their numbers."""
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    found = re.findall(r"^(?:#{2,6}\s+|\*\*)(?:\d+\s*[·.]\s*)?(.+)$", text, flags=re.MULTILINE)
    return [title.strip() for title in found]


def check_sections(notebook, path):
    """The sections that every chapter ends with, in their order."""
    found, start = sections(notebook), 0
    for name in SECTIONS:
        pattern = re.compile(re.escape(name) + r"(?!\w)", flags=re.IGNORECASE)
        hits = [i for i in range(start, len(found)) if pattern.match(found[i])]
        if not hits:
            yield f"section {name!r} is missing or out of order"
        else:
            start = hits[0]


def check_number_of_sections(notebook, path):
    """Three to six sections between the opening and the finished code."""
    titles = [text.lower() for level, text in headings(notebook) if level == 2]
    ends = [i for i, title in enumerate(titles) if "the finished code" in title]
    if ends and not 3 <= ends[0] <= 6:
        yield f"{ends[0]} sections lead to the finished code, not three to six"


# Rhythm


def check_cell_lengths(notebook, path):
    """Code cells: median at most 5 lines, nine in ten at most 12, none over 25."""
    lengths = [len(code_lines(cell)) for cell in code_cells(notebook)]
    if statistics.median(lengths) > 5:
        yield f"the median code cell has {statistics.median(lengths)} lines, at most 5 are allowed"
    if sum(n > 12 for n in lengths) > len(lengths) / 10:
        yield f"{sum(n > 12 for n in lengths)} of {len(lengths)} code cells have more than 12 lines"
    for cell in code_cells(notebook):
        if len(code_lines(cell)) > 25:
            yield f"a code cell has {len(code_lines(cell))} lines: {cell.source[:60]!r}"


def check_prose_between_code(notebook, path):
    """Never three code cells in a row; four in five are led by prose."""
    kinds = "".join("c" if cell.cell_type == "code" else "." for cell in notebook.cells)
    for match in re.finditer("ccc+", kinds):
        yield f"cells {match.start() + 1} to {match.end()} are code, with no prose between"
    led = len(re.findall(r"\.c", kinds))
    if led < 0.8 * kinds.count("c"):
        yield f"only {led} of {kinds.count('c')} code cells are led by prose"


def check_words(notebook, path):
    """1,500 to 3,500 words of prose (4,500 for the chapters in LONG)."""
    words, most = len(re.findall(r"\w[\w'’-]*", prose(notebook))), 3500
    if path.stem in LONG:
        most = 4500
    if not 1500 <= words <= most:
        yield f"{words} words of prose, not 1500 to {most}"


# One clean run


def check_execution(notebook, path):
    """No empty code cell; the counts are 1, 2, 3, …; errors only where the tag expects one."""
    cells = code_cells(notebook)
    if any(not cell.source.strip() for cell in cells):
        yield "a code cell is empty"
    counts = [cell.execution_count for cell in cells]
    if counts != list(range(1, len(cells) + 1)):
        yield f"not saved from one clean run: the execution counts are {counts}"
    for cell in cells:
        kinds = [output.output_type for output in cell.outputs]
        if ("error" in kinds) != ("raises-exception" in tags(cell)):
            yield f"an error and the tag raises-exception go together: {cell.source[:60]!r}"


def check_warnings(notebook, path):
    """Nothing on stderr but progress bars."""
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.get("name") == "stderr" and not is_progress(output.text):
                yield f"a warning: {output.text[:200]!r}"


def check_size(notebook, path):
    """At most 2 MB."""
    if path.stat().st_size > 2e6:
        yield f"the file has {path.stat().st_size:,} bytes, at most 2 MB are allowed"


def check_format(notebook, path):
    """A valid notebook with cell ids, for the kernel python3, without large widget states."""
    ids = [cell.get("id") for cell in notebook.cells]
    if None in ids or len(set(ids)) < len(ids):
        yield "every cell needs an id of its own (format 4.5)"
    else:  # for it would repair them
        try:
            nbformat.validate(notebook)
        except nbformat.ValidationError as error:
            yield f"not a valid notebook: {error.message}"
    kernel = notebook.metadata.get("kernelspec", {})
    if kernel.get("name") != "python3" or not kernel.get("display_name"):
        yield f"the kernel is python3, not {kernel.get('name')}"
    state = json.dumps(notebook.metadata.get("widgets", {}).get(WIDGET_STATE, ""))
    if len(state) > 100_000:
        yield f"widget states fill {len(state):,} characters: the pictures beside them are enough"


# Pictures, animations, widgets


def bundles(cell):
    """The MIME bundles of a cell's outputs."""
    return [output.data for output in cell.outputs if "data" in output]


def is_progress(text):
    """True for the text form of a tqdm bar: "40%|████    | 4/10 [00:01<00:02, …]"."""
    return re.search(r"\d+%\|.*\| *[\d.]+\w?/[\d.]+\w? \[|\d+\w* \[\d+:\d+", text) is not None


def has_progress(cell):
    """True if one of a cell's outputs is a progress bar."""
    shown = [bundle.get("text/plain", "") for bundle in bundles(cell)]
    printed = [output.text for output in cell.outputs if output.output_type == "stream"]
    return any(map(is_progress, shown + printed))


def gifs(cell):
    """The GIFs among a cell's outputs, base64, also those inside HTML."""
    for bundle in bundles(cell):
        if "image/gif" in bundle:
            yield bundle["image/gif"]
        yield from re.findall(r"data:image/gif;base64,([\w+/=]+)", bundle.get("text/html", ""))


def check_pictures(notebook, path):
    """Every picture among the outputs has an alternative text, and none is a bare figure."""
    for cell in code_cells(notebook):
        for output in (output for output in cell.outputs if "data" in output):
            for kind in (kind for kind in output.data if kind.startswith("image/")):
                alt = output.metadata.get(kind, {}).get("alt", "")
                if len(alt) < 20:
                    yield f"{kind} without alternative text: {cell.source[-60:]!r}"
            if re.search(r"<Figure size|<Axes", output.data.get("text/plain", "")):
                yield f"an object's name instead of a figure: {output.data['text/plain'][:60]}"
            for tag in re.findall(r"<img\b[^>]*>", output.data.get("text/html", "")):
                if not re.search(r'\balt="[^"]{20,}"', tag):
                    yield f"an image without alternative text: {tag[:60]}"


def check_animations(notebook, path):
    """A GIF has at most 500 kB, and its cell is not compared."""
    for cell in code_cells(notebook):
        for gif in gifs(cell):
            if len(base64.b64decode(gif)) > 500_000:
                yield f"a GIF has {len(base64.b64decode(gif)):,} bytes, at most 500 kB are allowed"
            if "nbval-ignore-output" not in tags(cell):
                yield f"a GIF's cell lacks the tag nbval-ignore-output: {cell.source[-60:]!r}"


def check_widgets(notebook, path):
    """Beside every widget, in the same output, stands a picture of it."""
    for cell in code_cells(notebook):
        for bundle in bundles(cell):
            bar = is_progress(bundle.get("text/plain", ""))
            if WIDGET in bundle and "image/png" not in bundle and not bar:
                yield f"a widget without a static picture: {cell.source[-60:]!r}"


def check_tags(notebook, path):
    """Every cell is compared, but for animations, timings and progress bars.

    Training on Fashion-MNIST or on names, in float32, differs from machine to machine after a few
    digits: such cells are tagged float32, and the notebook asserts a band for what they print.
    """
    large = any(re.search(r"(fashion_mnist|first_names)\(", c.source) for c in code_cells(notebook))
    bands = any("assert " in cell.source for cell in code_cells(notebook))
    for cell in code_cells(notebook):
        if "nbval-skip" in tags(cell):
            yield f"the tag nbval-skip hides a cell: {cell.source[:60]!r}"
        excused = any(gifs(cell)) or "timing" in tags(cell) or has_progress(cell)
        excused |= "float32" in tags(cell) and large and bands
        if "nbval-ignore-output" in tags(cell) and not excused:
            yield f"nbval-ignore-output without one of the reasons: {cell.source[:60]!r}"


# Text


def markdown(notebook):
    """The Markdown cells' texts, without code."""
    return [without_code(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]


LINK = re.compile(
    r"""\]\(\s*<?([^)\s>]+)        # [text](target), ![text](target)
      | ^\[[^\]]+\]:\s*(\S+)      # [name]: target
      | \b(?:href|src)="([^"]+)"  # HTML
    """,
    flags=re.MULTILINE | re.VERBOSE,
)


def links(text):
    """The targets of a Markdown text's links and pictures."""
    return ["".join(target) for target in LINK.findall(text)]


def anchors(notebook):
    """What the headings' anchors are called in JupyterLab."""
    return {text.replace(" ", "-") for _, text in headings(notebook)}


def check_links(notebook, path):
    """Links lead to notebooks of the course, to files that exist, or to https pages."""
    folder = path.parent.parent if path.stem in BEYOND else path.parent
    chapters = {path_of(stem, folder).resolve() for stem in STEMS}
    for target in (target for text in markdown(notebook) for target in links(text)):
        file, _, anchor = target.partition("#")
        goal = (path.parent / file).resolve()
        if re.match(r"[a-z]+:", target):
            if not target.startswith(("https://", "attachment:")):
                yield f"{target} is no https page"
        elif file and not goal.exists() and goal not in chapters:
            yield f"{target} leads nowhere"
        elif anchor and (not file or goal.exists()):
            if anchor not in anchors(read(goal) if file else notebook):
                yield f"{target}: there is no such heading"
    if any("http://" in text for text in markdown(notebook)):
        yield "http:// instead of https://"


def check_markdown_pictures(notebook, path):
    """Pictures in the text have alternative texts."""
    for text in markdown(notebook):
        for picture in re.findall(r"!\[\s*\]\([^)]*\)", text):
            yield f"{picture} has no alternative text"
        for tag in re.findall(r"<img\b[^>]*>", text):
            if not re.search(r'\balt="[^"]+"', tag):
                yield f"{tag[:60]} has no alternative text"


def check_phrases(notebook, path):
    """No phrase that hides a reason, no foreign names, no path of somebody's machine."""
    texts = [cell.source for cell in notebook.cells]
    for cell in code_cells(notebook):
        texts += [output.text for output in cell.outputs if output.output_type == "stream"]
        texts += ["".join(bundle.get("text/plain", "")) for bundle in bundles(cell)]
    for text in texts:
        text = re.sub(r"https://\S+", "", text)  # a path in a web address is nobody's machine
        for pattern in FORBIDDEN:
            for match in re.finditer(pattern, text, flags=re.IGNORECASE):
                yield f"{match.group()!r} in …{text[max(0, match.start() - 30) :][:80]!r}…"


def check_dollars(notebook, path):
    """Every $…$ and $$…$$ that opens also closes, within its paragraph."""
    for text in markdown(notebook):
        without_blocks = re.sub(r"\$\$.+?\$\$", "", text, flags=re.DOTALL)
        for paragraph in re.split(r"\n\s*\n", without_blocks):
            if "$" in without_maths(paragraph).replace(r"\$", ""):
                yield f"a dollar sign is alone in {paragraph[:80]!r}"


def check_exercises_are_used(notebook, path):
    """The exercises' module is imported, and each stub stands in a cell tagged "exercise"."""
    module = exercises_of(path.stem)
    if not any(f"import {module}" in cell.source for cell in code_cells(notebook)):
        yield f"from nnfs_helpers.exercises import {module} is missing"
    for cell in code_cells(notebook):
        if re.search(rf"\b{module}\.\w+\.check\(", cell.source) and "exercise" not in tags(cell):
            yield f"the tag exercise is missing: {cell.source[-60:]!r}"


def exercises_of(stem):
    """The module of a chapter's exercises: "ch03" or "b5"."""
    chapter = chapter_of(stem)
    return chapter if chapter.startswith("b") else f"ch{int(chapter):02}"


CHECKS = [function for name, function in list(globals().items()) if name.startswith("check_")]


@pytest.mark.parametrize("stem", written())
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("check_"))
def test_notebook(check, stem):
    path = path_of(stem)
    expect_none(check(read(path), path))


def test_long_chapters_are_chapters():
    assert LONG.keys() <= set(STEMS)


def test_every_picture_in_the_folder_is_shown():
    """By a notebook, or by the README."""
    pictures = [p for p in NOTEBOOKS.rglob("*") if p.suffix in (".png", ".gif", ".svg", ".jpg")]
    texts = [path_of(stem).read_text("utf-8") for stem in written()]
    texts.append((ROOT / "README.md").read_text("utf-8"))
    expect_none(p.name for p in pictures if not any(p.name in text for text in texts))
