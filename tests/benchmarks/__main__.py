"""Speed, memory and sync, beside their floors: `python -m tests.benchmarks [NAME] [--json]`."""

import argparse
import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Final

from tests.benchmarks.families import home_of_families
from tests.benchmarks.harness import Result, say
from tests.benchmarks.sync.options import FACILITATORS, Options
from tests.benchmarks.sync.province import KINDS, found_kinds

NAMES: Final = (
    "first_window",
    "ready",
    "search",
    "save_visit",
    "family_page",
    "memory",
    "first_download",
    "form",
)
"""The program with 100,000 families: one module each, with `measure(home)`, which gives one or more."""

SYNC: Final = ("same_work", "rate", "monday", "growth")
"""Laptops and a province: one module each in `sync`, with `measure(options) -> Iterator[Result]`."""

_GROUP: Final = "sync"
_WIDTHS: Final = {False: 13, True: 38}
"""Of names, by whether they are of sync."""


def main() -> int:
    """Runs the benchmarks of the program, or those named; returns 0 whatever they found."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    about = f"of {', '.join(NAMES)} (these are run if none is named); or {_GROUP}, which is "
    parser.add_argument("names", metavar="NAME", nargs="*", help=about + ", ".join(SYNC))
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument(
        "--facilitators", type=int, default=FACILITATORS, metavar="N", help="in monday"
    )
    parser.add_argument("--database", choices=KINDS, help="of the province; by default both")
    given = parser.parse_args()
    names = list(_spelt_out(given.names or NAMES))
    if unknown := set(names) - {*NAMES, *SYNC}:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    options = Options(
        found_kinds([given.database] if given.database else KINDS), given.facilitators
    )
    for name in names:
        say(f"measuring {name} ...")
        for result in _measure(name, options):
            line = result.as_json() if given.json else result.as_line(_WIDTHS[name in SYNC])
            print(line, flush=True)
    return 0


def _spelt_out(names: Iterable[str]) -> Iterator[str]:
    """The names, with those of a group in its place."""
    for name in names:
        yield from SYNC if name == _GROUP else (name,)


def _measure(name: str, options: Options) -> Iterator[Result]:
    if name in SYNC:
        yield from import_module(f"tests.benchmarks.{_GROUP}.{name}").measure(options)
    else:
        found = import_module(f"tests.benchmarks.{name}").measure(home_of_families())
        yield from [found] if isinstance(found, Result) else found


if __name__ == "__main__":
    raise SystemExit(main())
