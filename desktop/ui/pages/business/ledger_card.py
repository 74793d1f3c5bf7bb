"""The card of the ledger: the table, the soft question below it, and the switch where it is narrow."""

from collections.abc import Mapping
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


class LedgerCard(Card):
    """The months of a business.

    Args:
        theme: The theme.
        language: Of the names of months.
        parent: The parent widget.
    """

    written = Signal(str, dict)
    """A cell was confirmed: the month, and field -> value of its report."""
    selected = Signal(object)
    """The keyboard or the mouse is on another month, or it was changed: its row."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Monthly ledger, in rupiah"))
        self._language = cast("Language", language)
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
        self._question = QLabel()
        self._question.setWordWrap(True)
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        self._question.setProperty("role", "warning")
        self.add(self._question)
        self._hint = QLabel(
            self.tr(
                "Write as you speak, for example 2,5 juta. Enter confirms and goes on, Esc leaves "
                "a cell as it was. Workers: 2+1 means two of the family and one hired."
            )
        )
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "small")
        self.add(self._hint)
        self.table.written.connect(self.written)
        self.table.edited.connect(lambda _row, _name: self._tell())
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

    def _tell(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self._ask("\n".join(self._questions(row)))
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

    def _refused(self, text: str, why: str) -> None:
        self._ask(self.tr("{typed} was not taken. {why}.").format(typed=text, why=why))

    def _closed(self) -> None:
        self._ask(
            self.tr("This month was handed in. If it has to change, the district can return it.")
        )

    def _ask(self, words: str) -> None:
        self._question.setText(words)
        self._question.setVisible(bool(words))

    def _choose_group(self) -> None:
        self.table.show_group(SALES if self._group.value() == "sales" else BALANCE)
