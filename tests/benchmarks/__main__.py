"""Speed and memory with 100,000 families: `python -m tests.benchmarks [NAME] [--json]`."""

import argparse
import os
from importlib import import_module

from tests.benchmarks.families import home_of_families
from tests.benchmarks.harness import Result, say

NAMES = ("first_window", "ready", "search", "save_visit", "family_page", "memory")
"""One module each, with `measure(home) -> Result`."""


def main() -> int:
    """Runs all benchmarks, or those named; returns 0 when they ran, whatever they found."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--json", action="store_true", help="one object a line")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    home = home_of_families()
    for name in given.names or NAMES:
        say(f"measuring {name} ...")
        result: Result = import_module(f"tests.benchmarks.{name}").measure(home)
        print(result.as_json() if given.json else result.as_line(), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
