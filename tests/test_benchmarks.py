"""The benchmarks run, and compare networks that learn equally well; their times prove nothing."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
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


@pytest.fixture(scope="module")
def cnn():
    require("torch")
    return run("cnn.py", "--rounds", "1", "--samples", "1024", "--threads", "1")


CONVOLUTIONAL = ("this course", "PyTorch, eager", "PyTorch, channels_last")


def test_cnn_compares_networks_that_learn_equally_well(cnn):
    accuracies = [float(column(cnn, name, 4)) for name in CONVOLUTIONAL]
    assert min(accuracies) > 0.55
    assert max(accuracies) - min(accuracies) < 0.12


def test_cnn_compares_networks_of_one_size(monkeypatch):
    require("torch")
    monkeypatch.syspath_prepend(BENCHMARKS)
    cnn_module = importlib.import_module("cnn")
    x, t = np.zeros((2, 1, 28, 28), np.float32), np.zeros(2, np.int64)
    ours = cnn_module.Ours(x, t, 1).model.parameters.theta.size
    theirs = sum(p.numel() for p in cnn_module.Torch(x, t, 1).net.parameters())
    assert ours == theirs == 16 * 9 + 16 + 32 * 16 * 9 + 32 + 10 * 32 * 49 + 10


def test_cnn_prints_times_and_ratios(cnn):
    for name in CONVOLUTIONAL:
        assert all(float(column(cnn, name, i)) > 0 for i in (1, 2, 3))
    assert column(cnn, "PyTorch, eager", 2) == column(cnn, CONVOLUTIONAL[2], 3) == "1.00"
    assert "1 threads" in cnn and "1,024 pictures" in cnn


def test_lstm_compares_layers_that_compute_the_same():
    require("torch")
    text = run("lstm.py", "--rounds", "1", "--samples", "64", "--threads", "1")
    for kind in ("LSTM", "GRU", "RNN"):
        ours, theirs = f"this course: {kind}", f"PyTorch, eager: {kind}"
        assert all(float(column(text, name, i)) > 0 for name in (ours, theirs) for i in (1, 2))
        assert column(text, theirs, 2) == "1.00" and float(column(text, ours, 3)) < 1e-5
    assert "1 threads" in text and "1 batches of 64" in text


def test_transformer_compares_blocks_that_compute_the_same():
    require("torch")
    text = run("transformer.py", "--rounds", "1", "--samples", "16", "--threads", "1")
    for kind in ("every step", "causal"):
        ours, theirs = f"this course: {kind}", f"PyTorch, eager: {kind}"
        assert all(float(column(text, name, i)) > 0 for name in (ours, theirs) for i in (1, 2))
        assert column(text, theirs, 2) == "1.00" and float(column(text, ours, 3)) < 1e-4
    assert "1 threads" in text and "1 batches of 16" in text


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
