"""The card of the ledger: the table, the soft question below it, and the switch where it is narrow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop.models.queries.businesses import LedgerMonth
from desktop.models.rules.dates import Language, format_month, previous_month
from desktop.models.rules.ledger import ledger_findings
from desktop.models.rules.money import format_rupiah
from desktop.ui.pages.business.ledger_table import BALANCE, SALES, LedgerTable
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.badge import TransportState
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.segmented import Segmented


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was typed into a cell and could not be taken, and what is said about it."""

    typed: str
    sentence: str


class LedgerCard(Card):
    """The months of a business.

    Args:
        theme: The theme.
        language: Of the names of months.
        parent: The parent widget.
    """

    written = Signal(str, dict, dict)
    """A cell was confirmed: the month, field -> value of its report, and what they were before."""
    selected = Signal(object)
    """The keyboard or the mouse is on another month, or it was changed: its row."""
    refused = Signal()
    """What was typed cannot be taken, and `question` says why."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Monthly ledger, in rupiah"))
        self._language = cast("Language", language)
        self._refusal: Refusal | None = None
        self._group = Segmented(
            theme,
            [
                Option("sales", self.tr("Revenue and profit")),
                Option("balance", self.tr("Savings and debt")),
            ],
        )
        self._group.hide()
        self._group.changed.connect(self._choose_group)
        self.add_action(self._group)
        self.table = LedgerTable(theme, language)
        self.add(self.table)
        self.question = QLabel()
        self.question.setWordWrap(True)
        self.question.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setProperty("role", "warning")
        self.add(self.question)
        self._hint = QLabel(
            self.tr(
                "Write a number, for example 2,5 juta. Enter confirms and goes on, Esc leaves "
                "a cell as it was. Workers: 2+1 means two of the family and one hired."
            )
        )
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "small")
        self.add(self._hint)
        self.table.written.connect(self.written)
        self.table.edited.connect(lambda _row, _name: self.forget())
        self.table.undone.connect(self.forget)
        self.table.selected_row.connect(lambda _row: self._tell())
        self.table.narrowed.connect(self._group.setVisible)
        self.table.refused.connect(self._refused)
        self.table.closed_touched.connect(lambda _row: self._closed())

    def show_months(
        self, rows: list[LedgerMonth], transports: Mapping[UUID, TransportState]
    ) -> None:
        """Shows months, the newest selected at first."""
        is_first = not self.table.rows()
        self.table.show_months(rows, transports)
        if is_first and rows:
            self.table.go_to(rows[-1].month)
        self._tell()

    def unwritten(self) -> str:
        """What was typed and could not be taken, as a sentence; empty if there is nothing.

        What is being typed at the moment is taken first, if it can be read.
        """
        self.table.take_over()
        return self._refusal.sentence if self._refusal else ""

    def resume(self) -> None:
        """Goes back to what could not be taken."""
        if self._refusal:
            self.table.reopen(self._refusal.typed)

    def forget(self) -> None:
        """Gives up what could not be taken: it was typed anew, or is not wanted any more."""
        self._refusal = None
        self._tell()

    def give_up(self) -> None:
        """Leaves the cell that is being written in as it was."""
        self.table.undo()
        self.forget()

    def _tell(self) -> None:
        row = self.table.current_row()
        if row is not None:
            refused = [self._refusal.sentence] if self._refusal else []
            self._ask("\n".join([*refused, *self._questions(row)]))
            self.selected.emit(row)

    def _questions(self, row: LedgerMonth) -> list[str]:
        names = {
            "revenue": self.tr("Revenue"),
            "expenses": self.tr("Expenses"),
            "assets": self.tr("Stock and tools"),
            "savings": self.tr("Savings"),
            "debt": self.tr("Debt"),
            "instalment": self.tr("Instalment"),
        }
        question = self.tr(
            "{what}: {now} in {month}, but {before} in {month_before}. Is that right?"
        )
        return [
            question.format(
                what=names[str(finding.details["field"])],
                now=format_rupiah(int(finding.details["current"])),
                month=format_month(row.month, self._language),
                before=format_rupiah(int(finding.details["previous"])),
                month_before=format_month(previous_month(row.month), self._language),
            )
            for finding in ledger_findings(row.figures, row.previous)
            if "previous" in finding.details
        ]

    def _refused(self, typed: str, why: str) -> None:
        opened = self.table.opened()
        if opened is None:
            return
        row, column = opened
        sentence = self.tr("“{typed}” was not taken ({column}, {month}). {why}.").format(
            typed=typed, column=column, month=format_month(row.month, self._language), why=why
        )
        self._refusal = Refusal(typed, sentence)
        self._ask(sentence)
        self.refused.emit()

    def _closed(self) -> None:
        self._ask(
            self.tr("This month was handed in. If it has to change, the district can return it.")
        )

    def _ask(self, words: str) -> None:
        self.question.setText(words)
        self.question.setVisible(bool(words))

    def _choose_group(self) -> None:
        self.table.show_group(SALES if self._group.value() == "sales" else BALANCE)
