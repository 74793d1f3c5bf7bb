"""What the server writes down about itself: to standard error, tersely, and nobody's data."""

import logging
import sys
from typing import TextIO

from desktop.logs import Terse


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
    handler.setFormatter(
        Terse(f"%(asctime)s %(levelname)s {who}%(message)s", "%Y-%m-%dT%H:%M:%S%z")
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").addFilter(Access())
