"""How the notebooks are run and compared by nbval."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from nbval.plugin import IPyNbCell

sys.path.append(str(Path(__file__).parent / "tests"))
from course import STEMS, chapter_of
from pruned import make_pruned_course

PROOF = "import nnfs_helpers; assert nnfs_helpers.__file__.startswith({!r}), nnfs_helpers"


def pytest_configure(config):
    """Kernels compute on one thread each, and outputs are compared after a little tidying."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not config.option.nbval_sanitize_with:
        rules = config.rootpath / "tests" / "nbval_sanitize.cfg"
        config.option.nbval_sanitize_with = str(rules)  # absolute: pytest may start anywhere


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """A notebook runs without what it teaches, or a later one does: nobody can peek ahead.

    nbval starts the kernel in the setup of the first cell; it gets a pruned package.
    """
    if not isinstance(item, IPyNbCell) or item.parent.kernel or item.path.stem not in STEMS:
        return (yield)
    folder = TemporaryDirectory()
    item.config.add_cleanup(folder.cleanup)
    make_pruned_course(chapter_of(item.path.stem), Path(folder.name))
    with patch.dict(os.environ, PYTHONPATH=folder.name):
        os.environ.pop("FULL", None)
        result = yield
    reply = item.parent.kernel.kc.execute_interactive(
        PROOF.format(folder.name), silent=True, timeout=60
    )
    assert reply["content"]["status"] == "ok", reply["content"]["evalue"]
    return result
