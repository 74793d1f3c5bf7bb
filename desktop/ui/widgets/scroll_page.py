"""The part of a page that scrolls, and columns that stand below each other when it is narrow."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S3


class ScrollPage(QScrollArea):
    """Scrolls up and down, never sideways; what gets the keyboard is brought into view.

    Args:
        parent: The parent widget.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled = QWidget()
        scrolled.setObjectName("scrolled")
        self.body = QVBoxLayout(scrolled)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(S3)
        self.setWidget(scrolled)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget below what is there."""
        self.body.addWidget(widget, stretch)


class Columns(QWidget):
    """Widgets side by side; below each other when there is less than `narrowest` for all.

    Args:
        theme: The theme.
        narrowest: The least width in pixels at 100% at which they stand side by side.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, narrowest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._narrowest = narrowest
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(S3)
        theme.changed.connect(self._turn)

    def add(self, widget: QWidget, stretch: int = 1) -> None:
        """Put a widget to the right of, or below, what is there."""
        self._row.addWidget(widget, stretch)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Choose the direction for the new width."""
        super().resizeEvent(event)
        self._turn()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest of them, since they can stand below each other."""
        least = [hint.width() for hint in self._least()]
        return QSize(max(least, default=0), super().minimumSizeHint().height())

    def _least(self) -> list[QSize]:
        items = [self._row.itemAt(place) for place in range(self._row.count())]
        return [item.minimumSize() for item in items if item is not None]

    def _turn(self) -> None:
        least = self._least()
        together = sum(hint.width() for hint in least) + S3 * max(len(least) - 1, 0)
        is_wide = self.width() >= max(self._theme.px(self._narrowest), together)
        direction = (
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )
        if self._row.direction() != direction:
            self._row.setDirection(direction)
