"""A field for an amount of rupiah that takes what people write."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop.models.rules.money import MoneyError, MoneyProblem, format_rupiah, parse_rupiah
from desktop.ui.widgets.text_field import LineField


class MoneyField(LineField):
    """Whole rupiah: reads `2,5 juta`, `Rp. 2.500.000,-` or `2500000`, shows `Rp 2.500.000`.

    Args:
        allow_negative: Whether an amount below zero makes sense, as a loss does.
        placeholder: An example, shown while it is empty.
        parent: The parent widget.
    """

    def __init__(
        self,
        *,
        allow_negative: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder or self.tr("Rp 0"), parent=parent)
        self._allow_negative = allow_negative
        self.use_figures()
        self.editingFinished.connect(self._write_out)

    def value(self) -> int | None:
        """Whole rupiah, or None if there is none or it cannot be read."""
        amount, problem = self._read()
        return None if problem else amount

    def set_value(self, value: int | None) -> None:
        """Show an amount; None empties."""
        self.setText("" if value is None else format_rupiah(value))
        self.setCursorPosition(0)

    def problem(self) -> str:
        """Why the amount cannot be read."""
        return self._read()[1]

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Select everything, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            QTimer.singleShot(0, self, self.selectAll)

    def _write_out(self) -> None:
        amount, problem = self._read()
        if amount is not None and not problem:
            self.set_value(amount)

    def _read(self) -> tuple[int | None, str]:
        """What was typed, as an amount and as a problem."""
        try:
            amount = parse_rupiah(self.text())
        except MoneyError as error:
            return None, self._sentence(error.code)
        if amount < 0 and not self._allow_negative:
            return None, self.tr("The amount cannot be below zero")
        return amount, ""

    def _sentence(self, code: MoneyProblem) -> str:
        sentences = {
            MoneyProblem.EMPTY: "",
            MoneyProblem.NOT_AN_AMOUNT: self.tr("Write an amount, for example 2,5 juta"),
            MoneyProblem.AMBIGUOUS: self.tr("Write it in full, for example 2.500.000 or 2,5 juta"),
            MoneyProblem.FRACTION: self.tr("Write whole rupiah, without cents"),
            MoneyProblem.TOO_LARGE: self.tr("This amount is too large"),
        }
        return sentences[code]
