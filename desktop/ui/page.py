"""What every page is: built from the desk, opened with what it is to show, refreshed on changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


class Page(QWidget):
    """One page of the window. It is built when it is first shown, and anew after a language switch.

    Subclasses build their widgets in `__init__`, and load what they show in `refresh`.
    """

    tables: ClassVar[frozenset[str]] = frozenset()
    """The page shows rows of these tables: when one changes, it is refreshed."""

    section: ClassVar[str] = ""
    """The entry of the side bar that is marked while the page is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def open_with(self, **shown: Any) -> None:
        """Takes what it is to show (ids, a filter); `refresh` follows."""
        if shown:
            raise TypeError(f"{type(self).__name__} shows nothing in particular")

    def refresh(self) -> None:
        """Loads what is shown, anew."""

    def may_leave(self) -> bool:
        """Whether the page may be left now; it keeps what was typed before it answers."""
        return True
