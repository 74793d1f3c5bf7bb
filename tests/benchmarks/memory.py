"""Resident memory with the home page painted."""

from pathlib import Path

from tests.benchmarks.harness import Result, Target, alternately, median
from tests.benchmarks.starts import start

_TIMES = 5


def measure(home: Path) -> Result:
    """The median of fresh processes, next to that of a bare Qt window; MB of a million bytes."""
    value, floor = alternately(
        _TIMES,
        lambda: start("home_page", home).megabytes,
        lambda: start("bare_window", home).megabytes,
    )
    return Result("memory", median(value), median(floor), "MB", Target("value", 170))
