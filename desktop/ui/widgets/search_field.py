"""The search field: what is typed is searched at once."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S2, S3
from desktop.ui.widgets.button import IconButton

_GLASS = 18


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
        self._cross = IconButton(theme, "x", self.tr("Clear"), parent=self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self.clear)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))
        self._restyle()
        theme.changed.connect(self._restyle)

    def event(self, event: QEvent, /) -> bool:
        """Keep Esc from being the window's shortcut while there is something to empty."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Esc empties, Down leaves for the results."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Keep the cross at the right end."""
        super().resizeEvent(event)
        side = self.height()
        self._cross.setGeometry(self.width() - side, 0, side, side)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the line and the glass."""
        super().paintEvent(event)
        side = self._theme.px(_GLASS)
        place = QRect(S3, (self.height() - side) // 2, side, side)
        self._theme.icons.paint(QPainter(self), place, "search", "muted")

    def _restyle(self) -> None:
        glass = self._theme.px(_GLASS)
        self.setTextMargins(glass + S2, 0, glass + S2, 0)
