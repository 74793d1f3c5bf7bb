"""Resident memory at rest: the home page is painted, and the first sync was tried."""

from pathlib import Path

from tests.benchmarks.harness import Result, Target, alternately, median
from tests.benchmarks.starts import start

_TIMES = 5


def measure(home: Path) -> Result:
    """The median of fresh processes, next to that of a bare Qt window; MB of a million bytes."""
    value, floor = alternately(
        _TIMES,
        lambda: start("home_page", home, rest=True).megabytes,
        lambda: start("bare_window", home, rest=True).megabytes,
    )
    return Result("memory", median(value), median(floor), "MB", Target("value", 170))
