"""How files come into a field in tests: dropped on it, or chosen in a dialog; and who hears of it."""

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.ui.widgets.attachments.drop_area import DropArea


class Heard:
    """Counts what a field tells."""

    def __init__(self, field: Any) -> None:
        self.changed = self.entered = 0
        field.changed.connect(self._changed)
        field.entered.connect(self._entered)

    def _changed(self) -> None:
        self.changed += 1

    def _entered(self) -> None:
        self.entered += 1


def files(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def drop(area: DropArea, data: QMimeData) -> bool:
    """Drags something over the area and lets it go; tells whether it was taken."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(area, enter)
    if not enter.isAccepted():
        return False
    release = QDropEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(area, release)
    return release.isAccepted()


def choose(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """The next dialogs for files give these; without names they are left. Gives their titles."""
    titles: list[str] = []

    def run(dialog: QFileDialog) -> int:
        titles.append(dialog.windowTitle())
        return int(bool(names))

    monkeypatch.setattr(QFileDialog, "exec", run)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: list(names))
    return titles
