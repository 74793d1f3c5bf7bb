"""The program's own log: what it did and what failed, without a word about any family."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

_BYTES = 1 << 20
_FILES = 3


def start_log(folder: Path) -> None:
    """Writes warnings and errors to `berdaya.log` in a folder, in a few files of bounded size."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "berdaya.log", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
