"""The head of a page: its title, where it leads back to, and what can be done here."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S2, S3
from desktop.ui.widgets.button import IconButton

_FEWEST_LETTERS = 8


class PageHeader(QWidget):
    """Title and subtitle at the left, actions at the right; at most one of them is primary.

    Args:
        theme: The theme.
        title: What the page is about.
        subtitle: A muted line below the title.
        back: Whether a button leads back.
        parent: The parent widget.
    """

    back_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str,
        subtitle: str = "",
        *,
        back: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(S3)
        if back:
            button = IconButton(theme, "arrow-left", self.tr("Back"), role="text")
            button.clicked.connect(self.back_pressed)
            self._row.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = _Line()
        self._title.setProperty("role", "title")
        self._subtitle = _Line()
        self._subtitle.setProperty("role", "muted")
        for label in (self._title, self._subtitle):
            label.setTextFormat(Qt.TextFormat.PlainText)
            words.addWidget(label)
        self._row.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(S2)
        self._row.addLayout(self._actions)
        self.set_title(title)
        self.set_subtitle(subtitle)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_subtitle(self, subtitle: str) -> None:
        """Show another subtitle, or none."""
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_action(self, widget: QWidget) -> None:
        """Put a widget to the right of the actions that are there."""
        self._actions.addWidget(widget)


class _Line(QLabel):
    """One line of words; what does not fit is cut off with dots, and then stands in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters: the actions beside it are needed whole."""
        metrics = self.fontMetrics()
        return QSize(metrics.averageCharWidth() * _FEWEST_LETTERS, metrics.height())

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint as many words as fit."""
        line = self.contentsRect()
        fitted = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, line.width()
        )
        self.style().drawItemText(
            QPainter(self),
            line,
            self.alignment(),
            self.palette(),
            self.isEnabled(),
            fitted,
            self.foregroundRole(),
        )

    def event(self, event: QEvent, /) -> bool:
        """The tooltip says it all, where something was cut off."""
        if event.type() == QEvent.Type.ToolTip:
            needed = self.fontMetrics().horizontalAdvance(self.text())
            self.setToolTip(self.text() if needed > self.contentsRect().width() else "")
        return super().event(event)
