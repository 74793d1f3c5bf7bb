"""The one channel on which the application speaks to the user.

Whoever has something to say posts a notice; a bar above the page shows it. Everything that was
said stays in `history`, so a test can read it and the user can see it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Signal

HISTORY_LENGTH = 200


class NoticeLevel(IntEnum):
    """How much a notice matters."""

    INFO = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Action:
    """What the user can do about a notice: the words of a button, and what it runs."""

    label: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something said to the user.

    Attributes:
        level: How much it matters.
        text: What happened, what was kept, what to do; translated.
        detail: More words, for whoever wants to know.
        action: A button, if something can be done.
        is_of_page: Whether it goes when the page that was shown when it was said is left.
        stays: Whether it stays until it is closed, although it is good news.
    """

    level: NoticeLevel
    text: str
    detail: str = ""
    action: Action | None = None
    is_of_page: bool = False
    stays: bool = False


class Notices(QObject):
    """Takes notices from anywhere on the main thread and hands them to whoever shows them."""

    posted = Signal(object)
    """A `Notice` was posted."""
    cleared = Signal()
    """What is shown should go, for example because the same is tried again."""
    left = Signal()
    """The page was left: what is shown of it should go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.history: list[Notice] = []

    def info(
        self, text: str, detail: str = "", action: Action | None = None, *, stays: bool = False
    ) -> None:
        """Say that something went well; it goes away by itself, unless it `stays`."""
        self._post(Notice(NoticeLevel.INFO, text, detail, action, stays=stays))

    def warning(
        self, text: str, detail: str = "", action: Action | None = None, *, is_of_page: bool = False
    ) -> None:
        """Say that something wants a look; it stays until closed, or its page is left."""
        self._post(Notice(NoticeLevel.WARNING, text, detail, action, is_of_page=is_of_page))

    def error(self, text: str, detail: str = "", action: Action | None = None) -> None:
        """Say that something went wrong; it stays until closed, or the page is left."""
        self._post(Notice(NoticeLevel.ERROR, text, detail, action, is_of_page=True))

    def clear(self) -> None:
        """Take away what is shown; the history stays."""
        self.cleared.emit()

    def leave_page(self) -> None:
        """Take away what was said of the page that is left; the history stays."""
        self.left.emit()

    def _post(self, notice: Notice) -> None:
        self.history.append(notice)
        del self.history[:-HISTORY_LENGTH]
        self.posted.emit(notice)
