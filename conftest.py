"""How the notebooks are run and compared by nbval."""

import os


def pytest_configure(config):
    """Kernels compute on one thread each, and outputs are compared after a little tidying."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not config.option.nbval_sanitize_with:
        rules = config.rootpath / "tests" / "nbval_sanitize.cfg"
        config.option.nbval_sanitize_with = str(rules)  # absolute: pytest may start anywhere
