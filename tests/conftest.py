"""What all tests share."""

import importlib
import os

import pytest


def require(name):
    """The module `name`; without it the test is skipped, but in CI it fails."""
    try:
        return importlib.import_module(name)
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{name} is not installed", allow_module_level=True)
