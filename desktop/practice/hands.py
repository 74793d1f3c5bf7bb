"""Hands on a running program: they press its buttons and its keys, and wait for what comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.practice.shots import SIZE, StuckError, grab, settle, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.app import App
    from desktop.ui.page import Page
    from desktop.ui.widgets.data_table import DataTable

P = TypeVar("P", bound="Page")
W = TypeVar("W", bound=QWidget)

CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Hands:
    """One user of one program.

    Args:
        app: the program; its window is opened here.
    """

    def __init__(self, app: App) -> None:
        self.app = app
        app.window.resize(SIZE)
        app.start()
        app.window.activateWindow()
        wait_until(lambda: app.desk.has_store and app.window.page, "the store to open")
        self.settle()

    def settle(self) -> None:
        """Waits until the program has done what it was asked."""
        desk = self.app.desk
        workers = (desk.database, desk.files, desk.network)
        settle(lambda: all(worker.is_idle for worker in workers))

    def page(self, kind: type[P]) -> P:
        """The page that is shown, which has to be of this kind.

        Raises:
            StuckError: it is another one.
        """
        page = self.app.window.page
        if not isinstance(page, kind):
            raise StuckError(f"not on {kind.__name__} but on {type(page).__name__}")
        return page

    def part(self, kind: type[W], name: str = "") -> W:
        """A widget of the page by its type, and by its name if it has one.

        Raises:
            StuckError: there is none.
        """
        found = self.app.window.findChildren(kind, name) if name else None
        page = self.app.window.page
        if found is None and page is not None:
            found = page.findChildren(kind)
        seen = [widget for widget in found or [] if widget.isVisible()]
        if not seen:
            raise StuckError(f"no {kind.__name__} {name}".strip())
        return seen[0]

    def press(self, button: QAbstractButton | str) -> None:
        """Presses a button, or the one of that name.

        Raises:
            StuckError: it cannot be pressed.
        """
        found = self.part(QAbstractButton, button) if isinstance(button, str) else button
        if not found.isEnabled():
            raise StuckError(f"cannot be pressed: {found.text()}")
        QTest.mouseClick(found, Qt.MouseButton.LeftButton, _NONE, QPoint(8, found.height() // 2))
        self.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        """Presses a key where the keyboard is."""
        QTest.keyClick(self.focus(), key, modifier)

    def type(self, words: str) -> None:
        """Types words where the keyboard is; a first letter may move it, as in a table's cell."""
        for letter in words:
            QTest.keyClicks(self.focus(), letter)

    def fill(self, field: QWidget, words: str) -> None:
        """Replaces what stands in a field."""
        field.setFocus()
        self.key(Qt.Key.Key_A, CONTROL)
        self.type(words)

    def focus(self) -> QWidget:
        """Whatever has the keyboard; the window if nothing has."""
        return QApplication.focusWidget() or self.app.window

    def choose(self, table: DataTable, place: int) -> None:
        """Goes to a row of a table and presses Enter."""
        table.setFocus()
        table.select(place)
        self.key(Qt.Key.Key_Return)
        self.settle()

    def wear(self, **looks: object) -> None:
        """Changes the appearance, the text size or the language, as the settings do."""
        for name, value in looks.items():
            self.app.settings.set(name, value)
        self.app.desk.restyled.emit()
        self.settle()

    def picture(self, path: Path) -> None:
        """Saves what is seen."""
        self.app.window.resize(SIZE)
        self.settle()
        grab(self.app.window, path)
