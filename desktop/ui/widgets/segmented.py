"""Two or three options side by side, one of them in force."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S1, S4
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.painting import focus_ring, rounded


class Segmented(QWidget):
    """A switch between a few options; the arrow keys change it.

    Args:
        theme: The theme.
        options: The options, in order; the first is in force.
        parent: The parent widget.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, options: Sequence[Option], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for option in options:
            part = _Segment(theme, option)
            part.clicked.connect(self.changed)
            row.addWidget(part)
            self._parts[option.code] = part
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value(options[0].code)

    def value(self) -> str:
        """The code of the option in force."""
        return next(code for code, part in self._parts.items() if part.isChecked())

    def set_value(self, value: str) -> None:
        """Put an option in force.

        Raises:
            KeyError: No option has this code.
        """
        self._parts[value].setChecked(True)
        self.setFocusProxy(self._parts[value])

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground below the options."""
        line = self._theme.color("field_line")
        rounded(QPainter(self), self.rect(), fill=self._theme.color("surface"), border=line)


class _Segment(QRadioButton):
    """One option."""

    def __init__(self, theme: Theme, option: Option) -> None:
        super().__init__(option.text)
        self._theme = theme
        self.setAccessibleDescription(option.hint)
        self.setToolTip(option.hint)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("body", 600)).horizontalAdvance(self.text())
        return QSize(words + 2 * S4, self._theme.px(CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint, /) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        theme, inner = self._theme, self.rect().adjusted(3, 3, -3, -3)
        if self.isChecked():
            rounded(painter, inner, fill=theme.color("primary"), radius=S1 + 1)
        elif self.underMouse():
            rounded(painter, inner, fill=theme.color("selection"), radius=S1 + 1)
        painter.setFont(theme.font("body", 600 if self.isChecked() else 400))
        painter.setPen(theme.color("on_primary" if self.isChecked() else "text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme.color("focus"))
