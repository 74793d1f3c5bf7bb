"""The search field: what is typed is searched at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme.theme import Theme


class SearchField(QLineEdit):
    """A line with a magnifying glass; Esc empties it, Down goes to what was found.

    Args:
        theme: The theme.
        placeholder: What can be searched for.
        parent: The parent widget.
    """

    went_down = Signal()
    """Down was pressed: the keyboard wants to be in the list of results."""

    def __init__(self, theme: Theme, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._glass = QAction(self)
        self._clear = QAction(self.tr("Clear"), self)
        self._clear.triggered.connect(self._empty)
        self._clear.setVisible(False)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self._tint()
        theme.changed.connect(self._tint)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc empties, Down leaves for the results."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def _empty(self) -> None:
        self.clear()
        self.setFocus()

    def _tint(self) -> None:
        self._glass.setIcon(self._theme.icons.icon("search", "muted", 18))
        self._clear.setIcon(self._theme.icons.icon("x", "muted", 18))
