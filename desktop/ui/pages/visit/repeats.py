"""What stands at the end of a repeat: the button that adds another row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button

if TYPE_CHECKING:
    from desktop.models.questionnaires.form import Path
    from desktop.ui.theme.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RepeatEnd(QWidget):
    """A place in the order of questions: Enter goes on, the space bar or + adds a row.

    Args:
        theme: the theme.
        path: the end of the repeat.
        title: what a row is about.
    """

    wanted = Signal(str)
    """A row is to be added: the path."""
    entered = Signal(str)
    """Enter was pressed: the path."""

    def __init__(self, theme: Theme, path: Path, title: str) -> None:
        super().__init__()
        self.path = path
        self.button = _AddButton(theme, self.tr("Add: {title}").format(title=title), icon="plus")
        self.button.clicked.connect(lambda: self.wanted.emit(path))
        self.button.entered.connect(lambda: self.entered.emit(path))
        hint = QLabel(self.tr("Space: one more. Enter: go on."))
        hint.setProperty("role", "small")
        self.button.setAccessibleDescription(hint.text())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S3)
        row.addWidget(self.button)
        row.addWidget(hint, 1)

    def take_focus(self) -> None:
        """Puts the keyboard on the button."""
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)


class _AddButton(Button):
    """A button on which Enter goes on, as it does in every field."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _ENTER:
            self.entered.emit()
        elif event.text() == "+":
            self.click()
        else:
            super().keyPressEvent(event)
