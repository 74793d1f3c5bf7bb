"""A field to choose one of many answers from a list that opens."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S3
from desktop.ui.widgets.option import Option


class ComboField(QComboBox):
    """One answer of many; typing its first letters finds it.

    Args:
        theme: The theme.
        options: The answers, in order.
        placeholder: Shown while nothing is chosen.
        parent: The parent widget.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        options: Sequence[Option] = (),
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(placeholder)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_options(options)
        self.activated.connect(lambda _index: self.changed.emit())

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other answers; what was chosen stays if it is among them."""
        chosen = self.value()
        self.clear()
        for option in options:
            self.addItem(option.text, option.code)
        self.setCurrentIndex(self.findData(chosen) if chosen is not None else -1)

    def value(self) -> str | None:
        """The code of the chosen option, or None."""
        data = self.currentData()
        return data if isinstance(data, str) else None

    def set_value(self, value: str | None) -> None:
        """Choose an option by its code; None chooses nothing.

        Raises:
            KeyError: No option has this code.
        """
        index = -1 if value is None else self.findData(value)
        if value is not None and index < 0:
            raise KeyError(value)
        self.setCurrentIndex(index)

    def problem(self) -> str:
        """A choice can always be read."""
        return ""

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter goes on; Space or Alt+Down opens the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.changed.emit()

    def wheelEvent(self, event: QWheelEvent, /) -> None:
        """Scrolling the page must not change an answer."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the box, the words on the base line of a label beside it, and a chevron."""
        theme, painter = self._theme, QStylePainter(self)
        box = QStyleOptionComboBox()
        self.initStyleOption(box)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box)
        side = theme.px(16)
        right = self.width() - side - S3
        place = QRect(right, (self.height() - side) // 2, side, side)
        theme.icons.paint(painter, place, "chevron-down", "muted")
        chosen = self.currentIndex() >= 0
        painter.setPen(theme.color("text" if chosen and self.isEnabled() else "muted"))
        metrics = self.fontMetrics()
        words = metrics.elidedText(
            self.currentText() if chosen else self.placeholderText(),
            Qt.TextElideMode.ElideRight,
            right - S3 - S1,
        )
        base = (self.height() - metrics.height()) // 2 + metrics.ascent()
        painter.drawText(S3, base, words)
