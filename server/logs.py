"""What the server writes down about itself: to standard error, tersely, and nobody's data.

An exception's message may quote what a family said (a database error does), so a traceback is
written with the places and the type of the error only.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import TextIO, TypeAlias

_Raised: TypeAlias = (
    "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"
)


class Terse(logging.Formatter):
    """Time, level, who, message; and where an error happened, without what it says."""

    def __init__(self, who: str = "") -> None:
        super().__init__(f"%(asctime)s %(levelname)s {who}%(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 the name is logging's
        """The traceback from the root cause on."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            name = f"{type(error).__module__}.{type(error).__qualname__}"
            parts.append("".join([*traceback.format_tb(error.__traceback__), name]))
            error = error.__cause__ or error.__context__
        return "\nled to:\n".join(reversed(parts))


class Access(logging.Filter):
    """Turns uvicorn's access record into method, path and status: no address, no query."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; lets all through."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            _address, method, path, _version, status = record.args
            record.msg = "%s %s %s"
            record.args = (method, str(path).partition("?")[0], status)
        return True


def configure(stream: TextIO = sys.stderr, who: str = "") -> None:
    """Sets up the log of this process, which calls itself `who` if there are several."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Terse(who))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").addFilter(Access())
