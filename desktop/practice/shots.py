"""Pictures of what is on the screen, once it has come to rest."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSize
from PySide6.QtWidgets import QWidget

SIZE: Final = QSize(1366, 768)
"""The screen of the reference laptop."""
PATIENCE: Final = 60.0
"""Seconds after which something that does not come is a failure."""
_SLICE_MS: Final = 20
_QUIET_ROUNDS: Final = 3


class StuckError(Exception):
    """What was waited for did not come."""


def wait_until(is_so: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Lets the window work until something is so.

    Raises:
        StuckError: it did not come in time; says what.
    """
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise StuckError(f"waited in vain: {what}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, _SLICE_MS)


def settle(is_idle: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Lets the window work until nothing is under way, and what came of it was shown.

    Args:
        is_idle: whether all workers have answered what they were asked.
        seconds: how long at most.

    Raises:
        StuckError: the work does not end.
    """
    quiet = 0
    while quiet < _QUIET_ROUNDS:
        wait_until(is_idle, "the workers to be idle", seconds)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        quiet = quiet + 1 if is_idle() else 0


def grab(window: QWidget, path: Path) -> None:
    """Saves a picture of a window as it is.

    Raises:
        OSError: the file could not be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = window.grab()
    picture.setDevicePixelRatio(1)
    if not picture.save(str(path)):
        raise OSError(f"not written: {path}")
