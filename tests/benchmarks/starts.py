"""Starts processes of `tests.benchmarks.start` and takes their time and memory."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.harness import environment

ROOT = Path(__file__).parents[2]
_PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Start:
    """How long a process took from its creation to the painted window, and what it then held."""

    milliseconds: float
    megabytes: float


def start(kind: str, home: Path, *, rest: bool = False) -> Start:
    """Starts one of `tests.benchmarks.start.STARTS` and waits for its end.

    Args:
        kind: its name.
        home: the data, as `BERDAYA_HOME`.
        rest: whether memory is taken at rest rather than at once.

    Raises:
        RuntimeError: it ended without having painted.
    """
    begun = perf_counter()
    ended = subprocess.run(  # noqa: S603 our own module
        [sys.executable, "-m", "tests.benchmarks.start", kind, *(["rest"] if rest else [])],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    said = ended.stdout.split()
    if ended.returncode or len(said) != 2:
        raise RuntimeError(f"{kind} did not start: {ended.stderr.strip()}")
    return Start((float(said[0]) - begun) * 1000, int(said[1]) / 1_000_000)
