"""The page of all businesses: who does what, how it went lately, and which months are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.models.queries.businesses import ListedBusiness, businesses
from desktop.models.records.businesses import BusinessStatus
from desktop.models.rules.dates import to_wib
from desktop.models.rules.money import format_number
from desktop.ui.page import Page
from desktop.ui.pages.business.words import kind_names, status_text
from desktop.ui.pages.businesses.trend import TREND, TrendDelegate
from desktop.ui.theme.tokens import S2, S3
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.rows_model import Column
from desktop.ui.words import short_month

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

ALL = "all"
_DROPPED = ("kind", "village", "status", TREND, "last_month", "last_profit")
"""Columns that are left out, in this order, where there is not enough room."""


class BusinessesPage(Page):
    """All businesses of the families on this laptop."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"business", "progress_report", "household", "member"}
    )
    section: ClassVar[str] = "businesses"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: list[ListedBusiness] = []
        self._kinds = kind_names(desk.reference, desk.language)
        self._header = PageHeader(desk.theme, self.tr("Businesses"))
        self._village = ComboField(desk.theme)
        self._status = ComboField(desk.theme)
        self.table = DataTable(desk.theme, self._columns())
        self._empty = EmptyState(
            desk.theme,
            "building-store",
            self.tr(
                "The businesses of the families you accompany will be here. "
                "Open a family to begin its business."
            ),
            self.tr("Open the families"),
        )
        self._none = EmptyState(
            desk.theme, "search", self.tr("No business is like that."), self.tr("Show all")
        )
        self._bodies = QStackedWidget()
        self._build()

    def refresh(self) -> None:
        """Loads the list."""
        today = to_wib(self.desk.store.clock()).date()
        self.desk.read(self, lambda reading: businesses(reading, today), self._show)

    def _columns(self) -> list[Column]:
        language = self.desk.language
        return [
            Column(self.tr("Business"), "name", width=144, stretch=True),
            Column(self.tr("Family"), "family", width=136, stretch=True),
            Column(self.tr("Village"), "village", width=156, stretch=True),
            Column(self.tr("Kind"), self._kind, key="kind", width=104, stretch=True),
            Column(self.tr("Status"), lambda row: status_text(row.status), key="status", width=84),
            Column(
                self.tr("Last month"),
                lambda row: short_month(row.last_month, language) if row.last_month else "",
                key="last_month",
                width=88,
            ),
            Column(self.tr("Profit"), "last_profit", kind="money"),
            Column(self.tr("Six months"), lambda _row: "", key=TREND, width=88),
            Column(self.tr("Missing months"), "missing", kind="number", width=56),
        ]

    def _kind(self, row: ListedBusiness) -> str:
        return self._kinds.get(row.kbli_code or "", row.kbli_code or "")

    def _build(self) -> None:
        self.table.setItemDelegate(
            TrendDelegate(self.desk.theme, self.table.rows_model(), self.table)
        )
        self.table.leave_out(*_DROPPED)
        self.table.setAccessibleName(self.tr("Businesses"))
        self.table.activated_row.connect(lambda row: self.desk.go("business", business_id=row.id))
        self._empty.pressed.connect(lambda: self.desk.go("households"))
        self._none.pressed.connect(self._show_all)
        self._village.setAccessibleName(self.tr("Village"))
        self._status.setAccessibleName(self.tr("Status"))
        statuses = [Option(status.value, status_text(status)) for status in BusinessStatus]
        self._status.set_options([Option(ALL, self.tr("All statuses")), *statuses])
        self._village.set_options([Option(ALL, self.tr("All villages"))])
        filters = QHBoxLayout()
        filters.setSpacing(S2)
        for field in (self._village, self._status):
            field.set_value(ALL)
            field.setMinimumWidth(self.desk.theme.px(200))
            field.changed.connect(self._filter)
            filters.addWidget(field)
        filters.addStretch(1)
        card = Card()
        card.body.addLayout(filters)
        self._rows = QStackedWidget()
        self._rows.addWidget(self.table)
        self._rows.addWidget(self._none)
        card.add(self._rows, 1)
        self._bodies.addWidget(card)
        self._bodies.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self._header)
        column.addWidget(self._bodies, 1)

    def _show(self, found: list[ListedBusiness]) -> None:
        is_first = not self._found
        self._found = found
        villages = sorted({(row.village, row.scope) for row in found})
        chosen = self._village.value()
        self._village.set_options(
            [
                Option(ALL, self.tr("All villages")),
                *(Option(scope, name or scope) for name, scope in villages),
            ]
        )
        if chosen is None or self._village.value() is None:
            self._village.set_value(ALL)
        self._bodies.setCurrentIndex(0 if found else 1)
        self._filter()
        if is_first:
            (self.table if found else self._empty).setFocus(Qt.FocusReason.OtherFocusReason)
            if found:
                self.table.select(0)

    def _filter(self) -> None:
        village, status = self._village.value(), self._status.value()
        shown = [
            row
            for row in self._found
            if village in (ALL, row.scope) and status in (ALL, row.status)
        ]
        self.table.set_rows(shown)
        self._rows.setCurrentIndex(0 if shown or not self._found else 1)
        missing = sum(row.missing > 0 for row in shown)
        self._header.set_subtitle(self._sentence(len(shown), missing) if self._found else "")

    def _sentence(self, count: int, missing: int) -> str:
        if missing:
            words = self.tr("{count} businesses, {missing} incomplete", "", count)
        else:
            words = self.tr("{count} businesses, no month is missing", "", count)
        return words.format(count=format_number(count), missing=format_number(missing))

    def _show_all(self) -> None:
        self._village.set_value(ALL)
        self._status.set_value(ALL)
        self._filter()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
