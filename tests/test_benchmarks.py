"""The benchmarks run, and compare networks that learn equally well; their times prove nothing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import require

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def run(script, *options):
    """What a benchmark prints."""
    command = [sys.executable, BENCHMARKS / script, *options]
    environment = os.environ | {"PYTHONWARNINGS": "error"}
    result = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    assert result.returncode == 0, result.stderr
    return result.stdout


def column(text, name, number):
    """The `number`-th cell of the table row that starts with `name`."""
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {name} "))
    return line.split("|")[1 + number].strip()


@pytest.fixture(scope="module")
def mlp():
    require("torch")
    require("sklearn")
    return run("mlp.py", "--rounds", "1", "--samples", "4000", "--threads", "1")


NETWORKS = ("this course", "PyTorch, eager", "scikit-learn")


def test_mlp_compares_networks_that_learn_equally_well(mlp):
    accuracies = [float(column(mlp, name, 4)) for name in NETWORKS]
    assert min(accuracies) > 0.6
    assert max(accuracies) - min(accuracies) < 0.1


def test_mlp_prints_times_and_ratios(mlp):
    for name in (*NETWORKS, "matrix products alone"):
        assert all(float(column(mlp, name, i)) > 0 for i in (1, 2, 3))
    assert column(mlp, "PyTorch, eager", 2) == column(mlp, "matrix products alone", 3) == "1.00"
    for way in ("this course: Model.predict", "this course: net.forward",
                "PyTorch, eager: inference_mode", "scikit-learn: predict_proba"):  # fmt: skip
        assert float(column(mlp, way, 1)) > 0
    assert "1 threads" in mlp and "4,000 pictures" in mlp


def test_startup():
    text = run("startup.py", "--runs", "1", "--top", "5")
    times = re.findall(r"^ +(\d+\.\d+) +(\d+\.\d+)  (.+)$", text, flags=re.M)
    assert [name for *_, name in times if name != "PyTorch"] == [
        "this course", "NumPy, the import alone"]  # fmt: skip
    assert all(0 < float(imported) <= float(trained) for imported, trained, _ in times)
    assert re.search(r"^ +\d+\.\d  numpy$", text, flags=re.M)


def test_the_readme_names_every_benchmark():
    text = (BENCHMARKS / "README.md").read_text(encoding="utf-8")
    assert all(f"{script.name}" in text for script in BENCHMARKS.glob("*.py"))
