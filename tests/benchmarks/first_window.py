"""From the start of the process to the painted window with its side bar."""

from pathlib import Path

from tests.benchmarks.harness import Result, Target, alternately, median
from tests.benchmarks.starts import start

_TIMES = 11


def measure(home: Path) -> Result:
    """The median of fresh processes, next to that of a bare Qt window."""
    for kind in ("first_window", "bare_window"):
        start(kind, home)
    value, floor = alternately(
        _TIMES,
        lambda: start("first_window", home).milliseconds,
        lambda: start("bare_window", home).milliseconds,
    )
    return Result("first_window", median(value), median(floor), "ms", Target("ratio", 1.8))
