"""Starts processes of `tests.benchmarks.start` and takes their time and memory."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.harness import environment

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Start:
    """How long a process took from its creation to the painted window, and what it then held."""

    milliseconds: float
    megabytes: float


def start(kind: str, home: Path) -> Start:
    """Starts one of `tests.benchmarks.start.STARTS` and waits for its end.

    Raises:
        RuntimeError: it ended without having painted.
    """
    begun = perf_counter()
    with subprocess.Popen(  # noqa: S603 our own module
        [sys.executable, "-m", "tests.benchmarks.start", kind],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        milliseconds = (perf_counter() - begun) * 1000
        memory = process.stdout.readline()
    if said.strip() != "painted" or process.returncode:
        raise RuntimeError(f"{kind} did not start: {process.returncode}")
    return Start(milliseconds, int(memory) / 1_000_000)
