"""The package as it is at the start of a chapter, so that nobody can peek ahead.

conftest.py gives it to the kernels of nbval.
"""

import ast
import shutil

from course import (
    PACKAGE,
    ROOT,
    assignments,
    chapters,
    course_modules,
    definitions,
    first_line,
    is_before,
)


def pruned(source, gone, is_furniture=False):
    """A module's source without the definitions in `gone` and without imports of them.

    Furniture keeps its definitions: an exercise may well be called as what the chapter teaches.
    """
    tree, lines = ast.parse(source), source.splitlines()
    named = [] if is_furniture else [*definitions(tree), *assignments(tree)]
    edits = {node: [] for name, node in named if name in gone}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & gone:
            if node.level or node.module.split(".")[0] == PACKAGE.name:
                edits[node] = [without_names(node, gone)]
        if isinstance(node, ast.ClassDef) and edits.keys() >= set(node.body):  # nothing is left
            edits[node.body[-1]] = ["pass"]
    result, done = [], 0
    for node in sorted(edits, key=lambda node: (first_line(node), -node.end_lineno)):
        if first_line(node) > done:  # else it was inside a class that has gone as a whole
            indent = " " * node.col_offset
            result += lines[done : first_line(node) - 1] + [indent + text for text in edits[node]]
            done = node.end_lineno
    return "\n".join(result + lines[done:]) + "\n"


def without_names(node, gone):
    """An import statement without the names in `gone`, as source; "pass" if nothing is left."""
    names = [alias for alias in node.names if alias.name not in gone]
    return ast.unparse(ast.ImportFrom(node.module, names, node.level)) if names else "pass"


def not_before(chapter, package=PACKAGE):
    """The names of all that is first taught in this chapter or later."""
    return {name for name, first in chapters(package).items() if not is_before(first, chapter)}


def make_pruned_course(chapter, folder, package=PACKAGE):
    """Package and data in `folder` as they are at the start of a chapter."""
    copy = folder / package.name
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    try:
        (folder / "data").symlink_to(ROOT / "data", target_is_directory=True)
    except OSError:  # Windows lets only some users make links
        shutil.copytree(ROOT / "data", folder / "data")
    gone, course_code = not_before(chapter, package), {p.name for p in course_modules(package)}
    for path in copy.rglob("*.py"):
        is_furniture = path.parent != copy or path.name not in course_code
        path.write_text(pruned(path.read_text("utf-8"), gone, is_furniture), "utf-8")
