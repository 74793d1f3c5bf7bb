"""A field for a date that is typed."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.models.rules.dates import WIB, DateError, DateProblem, format_date, parse_date
from desktop.ui.widgets.text_field import LineField


class DateField(LineField):
    """A date: reads `24/05/2022`, `24-5-22`, `24 Mei 2022`, shows `24/05/2022`.

    Up and Down go a day on or back; `h` (hari ini) writes today.

    Args:
        today: Gives the current day, which also places two-digit years.
        latest: Gives the last day that makes sense; later ones are refused.
        earliest: Gives the first day that makes sense.
        parent: The parent widget.
    """

    def __init__(
        self,
        today: Callable[[], date] = lambda: datetime.now(WIB).date(),
        *,
        latest: Callable[[], date] | None = None,
        earliest: Callable[[], date] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=self.tr("day/month/year"), parent=parent)
        self._today = today
        self._latest = latest
        self._earliest = earliest
        self.use_figures()
        self.editingFinished.connect(self._write_out)

    def value(self) -> date | None:
        """The day, or None if there is none or it cannot be read."""
        day, problem = self._read()
        return None if problem else day

    def set_value(self, value: date | None) -> None:
        """Show a day; None empties."""
        self.setText("" if value is None else format_date(value, "id", "short"))

    def problem(self) -> str:
        """Why the date cannot be read."""
        return self._read()[1]

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Step by days, or write today."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        day = self.value()
        if event.text().casefold() == "h" and not self.text():
            self._choose(self._today())
        elif event.key() in steps and day is not None:
            ordinal = day.toordinal() + steps[Qt.Key(event.key())]
            self._choose(date.fromordinal(ordinal))
        else:
            super().keyPressEvent(event)

    def _choose(self, day: date) -> None:
        self.set_value(day)
        self.changed.emit()

    def _write_out(self) -> None:
        day, problem = self._read()
        if day is not None and not problem:
            self.set_value(day)

    def _read(self) -> tuple[date | None, str]:
        """What was typed, as a day and as a problem."""
        latest = self._latest() if self._latest else None
        earliest = self._earliest() if self._earliest else None
        try:
            day = parse_date(self.text(), today=self._today(), latest=latest)
        except DateError as error:
            return None, self._sentence(error.code)
        if latest and day > latest:
            return None, self.tr("Not later than {day}").format(
                day=format_date(latest, "id", "short")
            )
        if earliest and day < earliest:
            return None, self.tr("Not earlier than {day}").format(
                day=format_date(earliest, "id", "short")
            )
        return day, ""

    def _sentence(self, code: DateProblem) -> str:
        sentences = {
            DateProblem.EMPTY: "",
            DateProblem.NOT_A_DATE: self.tr("Write day, month and year, for example 24/05/2022"),
            DateProblem.IMPOSSIBLE: self.tr("There is no such day"),
            DateProblem.WEEKDAY_DIFFERS: self.tr("That day is another day of the week"),
        }
        return sentences[code]
