"""The card of the charts; what draws them is imported when there is something to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.card import Card
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.models.queries.businesses import LedgerMonth
    from desktop.ui.pages.business.chart import LedgerChart, Series
    from desktop.ui.theme.theme import Theme


class ChartCard(Card):
    """Revenue and profit by month, or savings and debt; hidden while there are no figures.

    Args:
        theme: The theme.
        language: Of the names of months.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("By month"))
        self._theme = theme
        self._language = language
        self._rows: Sequence[LedgerMonth] = ()
        self._chart: LedgerChart | None = None
        self._group = Segmented(
            theme,
            [
                Option("sales", self.tr("Revenue and profit")),
                Option("balance", self.tr("Savings and debt")),
            ],
        )
        self._group.changed.connect(self._draw)
        self.add_action(self._group)

    def show_months(self, rows: Sequence[LedgerMonth]) -> None:
        """Draws months, oldest first."""
        self._rows = rows
        has_figures = any(
            amount is not None
            for row in rows
            for amount in (row.revenue, row.expenses, row.savings, row.debt)
        )
        self.setVisible(has_figures)
        if has_figures and self._chart is None:
            QTimer.singleShot(0, self, self._draw)  # the ledger is painted first
        elif has_figures:
            self._draw()

    def _draw(self) -> None:
        if self._chart is None:
            from desktop.ui.pages.business.chart import LedgerChart  # noqa: PLC0415 0.3 s

            self._chart = LedgerChart(self._theme, self._language)
            self.add(self._chart)
        self._chart.show_months(self._rows, self._series())

    def _series(self) -> list[Series]:
        from desktop.ui.pages.business.chart import Series  # noqa: PLC0415 see above

        if self._group.value() == "balance":
            return [
                Series(self.tr("Savings"), lambda row: row.savings, "primary", "line"),
                Series(self.tr("Debt"), lambda row: row.debt, "accent", "dashes"),
            ]
        return [
            Series(self.tr("Revenue"), lambda row: row.revenue, "primary", "bars"),
            Series(self.tr("Profit"), lambda row: row.profit, "accent", "line"),
        ]
