"""From the start of the process to the home page, painted with what there is to do."""

from pathlib import Path

from tests.benchmarks.harness import Result, Target, alternately, median
from tests.benchmarks.starts import start

_TIMES = 9


def measure(home: Path) -> Result:
    """The median of fresh processes, next to a bare Qt window and `import sqlmodel`."""
    for kind in ("home_page", "bare_window_and_sqlmodel"):
        start(kind, home)
    value, floor = alternately(
        _TIMES,
        lambda: start("home_page", home).milliseconds,
        lambda: start("bare_window_and_sqlmodel", home).milliseconds,
    )
    return Result("ready", median(value), median(floor), "ms", Target("ratio", 1.8))
