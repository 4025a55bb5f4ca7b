"""The same numbers on every machine: float32 parameters, float64 arithmetic, bit for bit.

BLAS kernels and SIMD paths round differently, so results differ in the last bit, and training
makes the difference grow. Each setting runs in a process of its own, because NumPy and OpenBLAS
read it once, when they are loaded. Control runs, all float64 or all float32, show that the
settings take effect: their parameters must differ.
"""

import functools
import itertools
import json
import os
import platform
import subprocess
import sys

import numpy as np
import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

X86 = platform.machine().lower() in ("x86_64", "amd64")
OPENBLAS = "openblas" in np.show_config(mode="dicts")["Build Dependencies"]["blas"]["name"]
KERNELS = ("Haswell", "Nehalem") if X86 and OPENBLAS else ("",)
OPTIONAL = [name for name in __cpu_dispatch__ if __cpu_features__[name]]  # X86_V3: AVX2 and FMA
SIMD = ("", " ".join(OPTIONAL)) if OPTIONAL else ("",)  # switched off: nothing, or all of these
SETTINGS = list(itertools.product(KERNELS, ("1", "2"), SIMD))
needs_kernels = pytest.mark.skipif(len(KERNELS) < 2, reason="one BLAS kernel only")
needs_avx2 = pytest.mark.skipif("X86_V3" not in OPTIONAL, reason="no AVX2 to switch off")

TRAINING = """
import hashlib, json, sys
import numpy as np
from nnfs_helpers import SGD, Adam, Dense, Parameters, ReLU, Sequential, SoftmaxCrossEntropy, spiral

def run(optimizer, data, *dtype):
    rng = np.random.default_rng(0)
    x, t = spiral(100, 3, rng)
    x, printed = x.astype(data), []
    net, loss = Sequential(Dense(2, 64, rng), ReLU(), Dense(64, 3, rng)), SoftmaxCrossEntropy()
    parameters = Parameters(net, *dtype)
    for step in range(601):
        value = loss.forward(net.forward(x), t)
        if step % 100 == 0:
            printed.append(f"{value:.6f}")
        net.backward(loss.backward())
        optimizer.step(parameters.theta, parameters.grad)
    return hashlib.sha256(parameters.theta.tobytes()).hexdigest(), printed

found = {
    "adam": run(Adam(0.02, decay=1e-5), *sys.argv[1:]),
    "momentum": run(SGD(1.0, momentum=0.9, decay=1e-3), *sys.argv[1:]),
}
print(json.dumps(found))
"""


@functools.cache
def trained(setting, *dtypes):
    """What the training script prints under (kernel, threads, features switched off).

    `dtypes`: of the data, float64 if left out, and of the parameters.
    """
    names = "OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "NPY_DISABLE_CPU_FEATURES"
    environment = {key: value for key, value in os.environ.items() if key not in names}
    environment |= {name: value for name, value in zip(names, setting) if value}
    done = subprocess.run(
        [sys.executable, "-c", TRAINING, *(dtypes or ["float64"])],
        env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: "-".join(filter(None, setting)))
@pytest.mark.parametrize("optimizer", ["adam", "momentum"])
def test_training_is_the_same_bit_for_bit(optimizer, setting):
    assert trained(setting)[optimizer] == trained(SETTINGS[0])[optimizer]


@pytest.mark.parametrize("optimizer", ["adam", "momentum"])
def test_the_script_trains(optimizer):
    _, printed = trained(SETTINGS[0])[optimizer]
    assert len(set(printed)) == 7 and float(printed[-1]) < 0.4 < 1 < float(printed[0])


@needs_kernels
@pytest.mark.parametrize("optimizer", ["adam", "momentum"])
def test_control_float64_parameters_differ_between_kernels(optimizer):
    haswell, nehalem = ((kernel, "1", "") for kernel in KERNELS)
    one, other = (trained(s, "float64", "float64")[optimizer] for s in (haswell, nehalem))
    assert one[0] != other[0]


@needs_kernels
def test_control_float32_arithmetic_differs_between_kernels():
    haswell, nehalem = ((kernel, "1", "") for kernel in KERNELS)
    one, other = (trained(s, "float32")["adam"] for s in (haswell, nehalem))
    assert one[1] != other[1]  # even as printed


@needs_avx2
def test_control_float32_arithmetic_differs_without_simd():
    one, other = (trained((KERNELS[0], "1", off), "float32")["adam"] for off in SIMD)
    assert one[0] != other[0]
