"""The strip above a visit that was begun before, and the foot that says what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.ui.theme.tokens import S2, S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.painting import rounded

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent

    from desktop.ui.theme.theme import Theme
    from desktop.ui.theme.tokens import Role

_ICON = 18


class RecoveredStrip(QWidget):
    """Tells what was found of a visit that was begun, and asks what to do with it."""

    continued = Signal()
    discarded = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = QLabel()
        self._words.setWordWrap(True)
        go_on = Button(theme, self.tr("Continue"))
        go_on.clicked.connect(self.continued)
        discard = Button(theme, self.tr("Discard"), kind="quiet")
        discard.clicked.connect(self.discarded)
        row = QHBoxLayout(self)
        row.setContentsMargins(S3, S2, S2, S2)
        row.setSpacing(S2)
        row.addWidget(self._words, 1)
        row.addWidget(go_on)
        row.addWidget(discard)
        self.setFocusProxy(go_on)
        self.hide()

    def text(self) -> str:
        """What is said; nothing while there is nothing to tell."""
        return "" if self.isHidden() else self._words.text()

    def tell(self, touched_at: datetime, answers: int) -> None:
        """Says when the visit was last worked on and how many answers are kept."""
        words = self.tr(
            "This visit was begun before. %n answer(s) of {date}, {time} are kept.", "", answers
        )
        date = format_date(to_wib(touched_at).date(), "id", "short")
        self._words.setText(words.format(date=date, time=format_time(touched_at)))
        self.setAccessibleName(self._words.text())
        self.show()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground."""
        color = self._theme.color
        rounded(QPainter(self), self.rect(), fill=color("selection"), border=color("primary"))


class SavedLine(QWidget):
    """Whether the answers are on the disk; never said before they are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon, self._words = QLabel(), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S2)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        self.tell(None, has_failed=False)

    def text(self) -> str:
        """What is said."""
        return self._words.text()

    def tell(self, saved_at: datetime | None, *, has_failed: bool) -> None:
        """Says when an answer was last saved, or that the last one could not be."""
        icon, role = self._mark(saved_at, has_failed=has_failed)
        if has_failed:
            words = self.tr("Not saved yet. It will be tried again with the next answer.")
        elif saved_at is None:
            words = self.tr("Every answer is saved on this laptop at once.")
        else:
            words = self.tr("Saved {time}").format(time=format_time(saved_at))
        side = self._theme.px(_ICON)
        self._icon.setFixedSize(QSize(side, side))
        self._icon.setPixmap(self._theme.icons.pixmap(icon, role, side))
        self._words.setProperty("role", "warning" if has_failed else "muted")
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        self._words.setText(words)

    def _mark(self, saved_at: datetime | None, *, has_failed: bool) -> tuple[str, Role]:
        if has_failed:
            return "alert-triangle", "warning"
        return ("device-laptop", "muted") if saved_at is None else ("circle-check", "primary")
