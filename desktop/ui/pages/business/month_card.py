"""What belongs to one month beside its figures: stock, what holds it back, and what is done."""

from datetime import date
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.models.queries.businesses import LedgerMonth
from desktop.models.queries.transport import Receipt
from desktop.models.rules.dates import Language, format_month
from desktop.ui.receipts import show_receipt
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.badge import Badge, TransportMark, TransportState
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.form_grid import FormGrid
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.scroll_page import Columns
from desktop.ui.widgets.text_field import LongTextField, TextField

_NARROWEST = 760


def _at_top(widget: QWidget) -> QWidget:
    """A widget that keeps its height where a neighbour is higher."""
    around = QWidget()
    column = QVBoxLayout(around)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    return around


class MonthCard(Card):
    """The selected month. What is typed is told when its field is left.

    Args:
        theme: The theme.
        language: Of the month's name.
        parent: The parent widget.
    """

    written = Signal(str, dict, dict)
    """A field was left with another answer: the month, field -> value, and what it was before."""
    submitted = Signal(object)
    """The month is to be handed in: its row."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._language = cast("Language", language)
        self._row: LedgerMonth | None = None
        self._shown: dict[str, Any] = {}
        self._transport = TransportMark(theme, TransportState.WAITING)
        self._state = Badge(theme, "draft")
        self._submit = Button(theme, self.tr("Hand in the month"), kind="primary", icon="send")
        self._submit.clicked.connect(lambda: self.submitted.emit(self._row))
        for widget in (self._transport, self._state, self._submit):
            self.add_action(widget)
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.add(self._words)
        self._fields: dict[str, Any] = {
            "constraint": LongTextField(lines=2),
            "stock": MoneyField(),
            "follow_up": LongTextField(lines=2),
            "follow_up_by": TextField(max_length=120),
            "follow_up_due_on": DateField(),
        }
        self._lay_out(theme)
        self._listen()

    def show_month(self, row: LedgerMonth, receipt: Receipt | None) -> None:
        """Shows a month; a field that is being typed in is left alone."""
        is_other = self._row is None or self._row.month != row.month
        self._row = row
        self.set_title(format_month(row.month, self._language))
        self._state.setVisible(row.exists)
        self._state.set_state(row.state)
        self._transport.setVisible(receipt is not None)
        if receipt is not None:
            show_receipt(self._transport, receipt, self._language)
        for name, field in self._fields.items():
            field.setReadOnly(not row.is_open)
            if is_other or not field.hasFocus():
                self._fill(name, row)
        self._submit.setVisible(row.is_open)
        self._submit.setEnabled(row.profit is not None)
        self._say(row)

    def keep(self) -> None:
        """Tells what was typed and not left yet."""
        for name in self._fields:
            self._tell(name)

    def unwritten(self) -> str:
        """What was typed and cannot be read, as a sentence; empty if there is nothing."""
        wrong = self._wrong()
        if wrong is None:
            return ""
        return self.tr("“{typed}” was not taken. {why}.").format(
            typed=wrong.text(), why=wrong.problem()
        )

    def resume(self) -> None:
        """Goes back to what cannot be read."""
        wrong = self._wrong()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            wrong.selectAll()

    def give_up(self) -> None:
        """Shows again what is written, instead of what cannot be read."""
        for name, field in self._fields.items():
            if self._row is not None and field.problem():
                self._fill(name, self._row)
                field.changed.emit()  # what is said about it goes too

    def _wrong(self) -> Any:
        """The first field whose text cannot be read, or None."""
        return next((field for field in self._fields.values() if field.problem()), None)

    def _lay_out(self, theme: Theme) -> None:
        left, right = FormGrid(theme), FormGrid(theme)
        left.add_row(self.tr("Constraint"), self._fields["constraint"])
        left.add_row(self.tr("Stock and tools"), self._fields["stock"])
        right.add_row(self.tr("Follow-up"), self._fields["follow_up"])
        right.add_row(self.tr("By whom"), self._fields["follow_up_by"])
        right.add_row(self.tr("Due on"), self._fields["follow_up_due_on"])
        columns = Columns(theme, _NARROWEST)
        columns.add(_at_top(left))
        columns.add(right)
        self.add(columns)

    def _listen(self) -> None:
        for name, field in self._fields.items():
            ended = field.left if isinstance(field, LongTextField) else field.editingFinished
            ended.connect(lambda name=name: self._tell(name))

    def _tell(self, name: str) -> None:
        row, field = self._row, self._fields[name]
        if row is None or not row.is_open or field.problem():
            return
        value, shown = field.value(), self._shown[name]
        if value != shown:
            self._shown[name] = value
            self.written.emit(row.month, {name: _told(value)}, {name: _told(shown)})

    def _fill(self, name: str, row: LedgerMonth) -> None:
        """Shows what a month says. While a field is typed in, the month may come to say something else."""
        self._shown[name] = getattr(row, name)
        self._fields[name].set_value(self._shown[name])

    def _say(self, row: LedgerMonth) -> None:
        """Says what the verifier said, or what is still needed to hand the month in."""
        words, role = "", "muted"
        if row.state == "returned":
            role = "warning"
            words = self.tr("Returned by the district. Please correct it and hand it in again.")
            if row.returned_because:
                words = self.tr("Returned by the district: {words}").format(
                    words=row.returned_because
                )
        elif not row.is_open:
            words = self.tr("This month was handed in; only the district can return it to you.")
        elif row.profit is None:
            words = self.tr("Once revenue and expenses are written, the month can be handed in.")
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._words.setProperty("role", role)
        self._words.style().polish(self._words)


def _told(value: Any) -> Any:
    """A value as an op carries it."""
    return value.isoformat() if isinstance(value, date) else value
