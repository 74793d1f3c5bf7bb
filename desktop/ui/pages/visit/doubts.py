"""A soft warning below an answer, and the reason with which the answer stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.tokens import S1, S2, S3
from desktop.ui.widgets.painting import rounded
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.ui.theme.theme import Theme

_ICON = 18


class Doubt(QWidget):
    """The words of a warning and a field for the reason.

    Args:
        theme: the theme.
        words: what is doubtful.
    """

    reasoned = Signal(str)
    """The reason was written."""
    entered = Signal()
    """Enter was pressed in the field."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        self._reason = ""
        self._icon = QLabel()
        self._words = QLabel(words)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.field = TextField(placeholder=self.tr("If it is right all the same: why?"))
        self.field.setAccessibleName(self.tr("Reason for keeping this answer"))
        self.field.setAccessibleDescription(words)
        self.field.entered.connect(self._enter)
        self.field.editingFinished.connect(self._tell)
        column = QVBoxLayout()
        column.setSpacing(S1)
        column.addWidget(self._words)
        column.addWidget(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(S3, S2, S3, S3)
        row.setSpacing(S2)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self._restyle()

    @property
    def is_open(self) -> bool:
        """Whether no reason was given yet."""
        return not self._reason

    def text(self) -> str:
        """The words of the warning."""
        return self._words.text()

    def has_keyboard(self) -> bool:
        """Whether the reason is being written."""
        return self.field.hasFocus()

    def set_reason(self, reason: str | None) -> None:
        """Shows the reason that was given."""
        self._reason = reason or ""
        if not self.field.hasFocus():
            self.field.set_value(reason)
        self._restyle()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground: amber while it is open, plain once a reason stands."""
        ground = self._theme.color("warning_soft" if self.is_open else "background")
        border = self._theme.color("warning" if self.is_open else "line")
        rounded(QPainter(self), self.rect(), fill=ground, border=border)

    def _enter(self) -> None:
        self._tell()
        self.entered.emit()

    def _tell(self) -> None:
        words = self.field.value()
        if words and words != self._reason:
            self.reasoned.emit(words)

    def _restyle(self) -> None:
        side = self._theme.px(_ICON)
        self._icon.setFixedSize(QSize(side, side))
        icons = self._theme.icons
        self._icon.setPixmap(
            icons.pixmap("alert-triangle", "warning", side)
            if self.is_open
            else icons.pixmap("circle-check", "primary", side)
        )
        self.update()
