"""The layer between a process and its disk (`disk.c`): compiled when needed, loaded before everything.

A process that has it can have its own calls below a folder recorded, with what it says in between, or
the N-th of them refused. Without being told to it does nothing.
"""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

NO_COMPILER = "no C compiler: the layer below the store (tests/crash/disk.c) cannot be built"
_SOURCE = Path(__file__).with_name("disk.c")


class Refused(IntEnum):
    """Which calls are refused; the numbers are those of `disk.c`."""

    WRITE = 1
    SYNC = 2


@dataclass(frozen=True)
class Refusal:
    """The `after`-th call of a kind fails with an errno, and with `forever` all that follow it."""

    what: Refused
    after: int
    error: int
    forever: bool = False

    def __str__(self) -> str:
        name = f"{self.what.name.lower()} {self.after}"
        return f"{name}{' and all after' if self.forever else ''}: {errno.errorcode[self.error]}"


def compiler() -> str | None:
    """The C compiler's path; None if there is none."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def run_with_layer(arguments: Sequence[str]) -> int:
    """Runs Python with the layer loaded; returns its exit code.

    Raises:
        SystemExit: there is no compiler, or it fails.
    """
    command = compiler()
    if command is None:
        raise SystemExit(NO_COMPILER)
    with tempfile.TemporaryDirectory(prefix="berdaya-disk-") as folder:
        library = Path(folder) / "disk.so"
        built = subprocess.run(  # noqa: S603 a compiler from PATH, our own source
            [command, "-shared", "-fPIC", "-O2", "-o", library, _SOURCE, "-ldl"],
            capture_output=True,
            text=True,
            check=False,
        )
        if built.returncode:
            raise SystemExit(f"{NO_COMPILER}: {built.stderr}")
        loaded = os.environ | {"LD_PRELOAD": str(library)}
        return subprocess.run([sys.executable, *arguments], env=loaded, check=False).returncode  # noqa: S603


def is_loaded() -> bool:
    """Whether this process has the layer."""
    return hasattr(ctypes.CDLL(None), "disk_watch")


def watch(folder: Path, record: int = -1) -> None:
    """Watches the calls on files that are opened below a folder from now on.

    Args:
        folder: that folder.
        record: a file, open for writing, to which they are recorded; none if negative.
    """
    _layer().disk_watch(os.fsencode(folder), record)


def say(words: str) -> None:
    """Puts words between the calls of the record."""
    _layer().disk_say(words.encode())


def refuse(side: str, refusal: Refusal) -> None:
    """Refuses calls below the folder `side` in the one that is watched, counted from now."""
    _layer().disk_refuse(
        ord(side[0]),
        int(refusal.what),
        ctypes.c_int64(refusal.after),
        refusal.error,
        int(refusal.forever),
    )


def mend() -> None:
    """Refuses nothing any more."""
    _layer().disk_mend()


def count(side: str, what: Refused) -> int:
    """How many calls of a kind there were below the folder `side` since the last `refuse`."""
    layer = _layer()
    layer.disk_count.restype = ctypes.c_int64
    return int(layer.disk_count(ord(side[0]), int(what)))


def _layer() -> ctypes.CDLL:
    return ctypes.CDLL(None)
