"""The command line of the benchmarks. Nothing here imports NumPy."""

import argparse
import os


def arguments(text, samples):
    """The command line. Threads are set before NumPy is imported: it reads them only then."""
    parser = argparse.ArgumentParser(description=text.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=10, help="timed epochs of each")
    parser.add_argument("--samples", type=int, default=samples, help="training pictures to use")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    for library in ("OPENBLAS", "OMP", "MKL"):
        os.environ[f"{library}_NUM_THREADS"] = str(options.threads)
    return options
