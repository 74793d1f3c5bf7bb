"""`berdaya diagnose`: what a helper needs to know of a laptop that has trouble, without anybody's data."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app import VERSION
from desktop.models.records.base import utc_now
from desktop.paths import Paths
from desktop.sync.diagnostics import as_text, diagnose

if TYPE_CHECKING:
    from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(
        prog="berdaya diagnose",
        description="Tells versions, counts and codes of faults: nobody's name, number or words. "
        "Works also when the program does not open.",
    )
    made.add_argument("file", type=Path, nargs="?", help="where to write it; without it, here")
    return made


def run(arguments: Sequence[str]) -> int:
    """Writes the diagnostics; returns 0, or 1 if the file cannot be written."""
    given = parser().parse_args(arguments)
    words = as_text(diagnose(Paths.of_user().data, VERSION, utc_now))
    if given.file is None:
        sys.stdout.write(words)
        return 0
    try:
        given.file.write_text(words, encoding="utf-8")
    except OSError as error:
        sys.stderr.write(f"not written: {error}\n")
        return 1
    return 0
