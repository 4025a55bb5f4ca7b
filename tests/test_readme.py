"""The READMEs say what is: links, chapters, commands, checksums."""

import re
from pathlib import Path

import pytest
from course import BOOK, STEMS, chapter_of, path_of

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DATA_README = (ROOT / "data" / "README.md").read_text("utf-8")
SETUP = "pip install -r requirements.txt"
TESTS = "pytest -n 2 --dist loadfile"


def links(text):
    """The targets of all Markdown links and images."""
    return re.findall(r"\]\(([^)\s]+)\)", text)


def anchors(text):
    """The names by which links find the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(path):
    """Links of a Markdown file to files or headings that are not there."""
    text = path.read_text("utf-8")
    for target in links(text):
        file, _, anchor = target.partition("#")
        if target.startswith("https://"):
            continue
        there = path.parent / file if file else path
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            yield target


@pytest.mark.parametrize("path", ["README.md", "data/README.md"])
def test_links_resolve(path):
    assert links((ROOT / path).read_text("utf-8"))
    assert list(broken_links(ROOT / path)) == []


def test_a_broken_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A title\n[a](page.md) [b](#a-title) [c](#other) [d](none.md)", "utf-8")
    assert list(broken_links(page)) == ["#other", "none.md"]


def test_pictures_have_alternative_texts():
    texts = re.findall(r"!\[([^\]]*)\]", README)
    assert texts and all(len(text) > 50 for text in texts)


# The chapters


def chapter_rows():
    """(number, title, question, status) of every row in the chapter tables."""
    return re.findall(r"^\| (b?\d+) \| (.+?) \| (.+?) \| (.+?) \|$", README, flags=re.MULTILINE)


def test_every_chapter_has_its_row_in_order():
    assert [row[0] for row in chapter_rows()] == [chapter_of(stem) for stem in STEMS]


def test_titles_are_those_of_the_file_names():
    """The file name leaves out small words, and says "predicting" for "prediction"."""
    for (_, title, _, _), stem in zip(chapter_rows(), BOOK):
        words = [word[:7] for word in re.findall(r"\w+", title.split("](")[0].lower())]
        names = [word[:7] for word in stem.split("_")[1:]]
        assert [word for word in words if word in names] == names


@pytest.mark.parametrize("row, stem", [*zip(chapter_rows(), STEMS)])
def test_ready_means_written(row, stem):
    _, title, question, status = row
    assert question.endswith(("?", "."))
    if path_of(stem).exists():
        assert status == "ready"
        assert links(title) == [path_of(stem).relative_to(ROOT).as_posix()]
    else:
        assert status == "in preparation"
        assert not links(title)


# The commands


def blocks(language):
    """The code blocks of a language in the README."""
    return re.findall(rf"^```{language}\n(.*?)\n```$", README, flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["bash", "powershell"])
def test_exactly_two_commands(language):
    assert len(blocks(language)) == 2
    assert not any("\n" in block for block in blocks(language))


def test_windows_runs_the_same_commands():
    assert README.count("```") == 2 * 4  # no other code blocks
    for unix, windows in zip(blocks("bash"), blocks("powershell"), strict=True):
        unix = unix.replace("python3", "py").replace("/bin/", "\\Scripts\\").replace(" &&", ";")
        assert unix == windows


@pytest.mark.parametrize("path", [".ci/run", ".github/workflows/test.yml"])
def test_continuous_integration_runs_the_same_commands(path):
    setup, tests = blocks("bash")
    assert f".venv/bin/{SETUP} " in setup
    assert tests == f".venv/bin/{TESTS}"
    commands = (ROOT / path).read_text("utf-8")
    assert re.search(rf"{SETUP}$", commands, flags=re.MULTILINE)
    assert re.search(rf"{TESTS}\b", commands.replace('"', ""))


def test_jupyter_opens_the_notebooks():
    setup, _ = blocks("bash")
    assert setup.endswith(".venv/bin/jupyter lab notebooks")
    assert (ROOT / "notebooks").is_dir()


# The data


def test_data_readme_has_the_checksums():
    sums = (ROOT / "data" / "SHA256SUMS").read_text("utf-8")
    assert f"```\n{sums}```" in DATA_README


def test_data_readme_names_every_file():
    here = ROOT / "data"
    files = (path for path in here.rglob("*") if path.is_file())
    files = {path.relative_to(here).as_posix() for path in files}
    names = {name.split("/")[-1] for name in files - {"README.md"}}
    assert [name for name in sorted(names) if name not in DATA_README] == []


def data_columns(section):
    """The names in backquotes that start the rows of the tables in a section of the data README."""
    text = DATA_README.split(f"\n## {section}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \|", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "section, file",
    [
        ("Palmer penguins", "penguins.csv"),
        ("Seattle weather", "seattle_weather.csv"),
        ("First names", "first_names.csv"),
        ("Breast Cancer Wisconsin (Diagnostic)", "breast_cancer.csv"),
    ],
)
def test_data_readme_has_the_columns_and_rows(section, file):
    header, *rows = (ROOT / "data" / file).read_text("utf-8").splitlines()
    names = data_columns(section)
    if file == "breast_cancer.csv":
        *names, last = names
        forms = ("mean_{}", "{}_error", "worst_{}")
        names = [form.format(name) for form in forms for name in names] + [last]
    assert names == header.split(",")
    assert f"`{file}`: {len(rows):,} rows" in DATA_README
    assert re.search(rf"`{file}`: [^.]*\b{len(names)}\s+columns", DATA_README)
