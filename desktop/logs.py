"""The program's own log: what it did and what failed, without a word about any family.

An exception's message may quote what a family said (a database error does), so it is never written;
the server's log is as terse.
"""

import logging
import traceback
from copy import copy
from enum import StrEnum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

_BYTES = 1 << 20
_FILES = 3
_Raised: TypeAlias = (
    "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"
)


class Terse(logging.Formatter):
    """Writes where an error happened, its type and its fault's code, but not what it says."""

    def format(self, record: logging.LogRecord) -> str:
        """The record; a traceback that another handler has left in it says too much."""
        own = copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 the name is logging's
        """The traceback from the root cause on."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            parts.append("".join([*traceback.format_tb(error.__traceback__), _kind_of(error)]))
            error = error.__cause__ or error.__context__
        return "\nled to:\n".join(reversed(parts))


def start_log(folder: Path) -> None:
    """Writes warnings and errors to `berdaya.log` in a folder, in a few files of bounded size."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "berdaya.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(Terse("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def _kind_of(error: BaseException) -> str:
    """The type, and the fault where it has one: a code of ours, which quotes nothing."""
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    fault = getattr(error, "fault", None)
    return f"{name} ({fault.value})" if isinstance(fault, StrEnum) else name
