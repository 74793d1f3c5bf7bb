"""The page of one business: what it is, its grant, its ledger, its charts; or the form of a new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout

from desktop.models.operations import businesses as operations
from desktop.models.queries.businesses import (
    BusinessView,
    GrantView,
    LedgerMonth,
    ProgrammeYearView,
    business,
    ledger,
    programme_years,
    scope_of_household,
)
from desktop.models.queries.transport import Receipt, record_receipts
from desktop.models.records.businesses import Business, Grant
from desktop.models.rules.dates import format_month, to_wib
from desktop.ui.page import Page
from desktop.ui.pages.business.chart_card import ChartCard
from desktop.ui.pages.business.facts import FactsCard
from desktop.ui.pages.business.forms import BusinessDialog, BusinessForm, GrantDialog
from desktop.ui.pages.business.ledger_card import LedgerCard
from desktop.ui.pages.business.month_card import MonthCard
from desktop.ui.pages.business.words import kind_names
from desktop.ui.receipts import transport_state
from desktop.ui.theme.tokens import CONTROL, S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.dialog import ask
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Connection

    from desktop.models.store.writer import Writer
    from desktop.ui.desk import Desk

_AROUND = 4
"""So many rows are seen above and below the cell that is written in, and not the edge at once."""


@dataclass(frozen=True)
class _Shown:
    """All that the page shows of a business, as of one moment."""

    business: BusinessView | None
    months: list[LedgerMonth]
    receipts: dict[UUID, Receipt]
    years: list[ProgrammeYearView]


class BusinessPage(Page):
    """One business, or the form of a new one of a family."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"business", "grant", "progress_report", "state_move", "programme_year", "household"}
    )
    section: ClassVar[str] = "businesses"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._business_id: UUID | None = None
        self._household_id: UUID | None = None
        self._business: BusinessView | None = None
        self._years: list[ProgrammeYearView] = []
        self._receipts: dict[UUID, Receipt] = {}
        self._unwritten = 0
        self._is_opened = False
        self._kinds = kind_names(desk.reference, desk.language)
        self._header = PageHeader(desk.theme, self.tr("Business"), back=True)
        self._header.back_pressed.connect(desk.back)
        self._facts = FactsCard(desk.theme, desk.language, self._kinds)
        self._ledger = LedgerCard(desk.theme, desk.language)
        self._month = MonthCard(desk.theme, desk.language)
        self._chart = ChartCard(desk.theme, desk.language)
        self._form = BusinessForm(desk.theme, self._kinds)
        self._gone = EmptyState(
            desk.theme, "building-store", self.tr("This business is no longer on this laptop.")
        )
        self._scroll = ScrollPage()
        self._bodies = QStackedWidget()
        self._build()
        self._connect()

    def open_with(self, **shown: Any) -> None:
        """Takes `business_id`, or `household_id` for a new business of that family."""
        business_id, household_id = shown.get("business_id"), shown.get("household_id")
        if business_id != self._business_id:
            self._ledger.table.set_rows([])
        self._is_opened = True
        self._business_id, self._household_id = business_id, household_id
        if business_id is None:
            self._form.clear()

    def refresh(self) -> None:
        """Loads the business, or the family of a new one."""
        if self._business_id is not None:
            business_id, today = self._business_id, self._today()
            self.desk.read(self, lambda reading: _load(reading, business_id, today), self._show)
        elif self._household_id is not None:
            household_id = self._household_id
            self.desk.read(
                self, lambda reading: scope_of_household(reading, household_id), self._show_form
            )

    def may_leave(self) -> bool:
        """Keeps what was typed; asks before a form that was begun is left."""
        if self._business_id is not None:
            self._month.keep()
            return all(self._may_drop(card) for card in (self._ledger, self._month))
        return self._form.is_empty() or ask(
            self.desk.theme,
            self,
            self.tr("Leave without saving?"),
            self.tr("What you typed about the new business is not saved yet."),
            self.tr("Leave"),
            no=self.tr("Go on writing"),
            danger=True,
        )

    def _may_drop(self, card: LedgerCard | MonthCard) -> bool:
        """Asks before something that could not be taken is left behind."""
        unwritten = card.unwritten()
        if not unwritten:
            return True
        may_drop = ask(
            self.desk.theme,
            self,
            self.tr("Leave without it?"),
            unwritten,
            self.tr("Leave"),
            no=self.tr("Go on writing"),
            danger=True,
        )
        if may_drop:
            card.give_up()
        else:
            card.resume()
        return may_drop

    def _build(self) -> None:
        body = self._scroll
        for widget in (self._facts, self._ledger, self._month, self._chart):
            body.add(widget)
        body.body.addStretch(1)
        self._bodies.addWidget(body)
        self._bodies.addWidget(self._form_page())
        self._bodies.addWidget(self._gone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self._header)
        column.addWidget(self._bodies, 1)
        self._chart.hide()

    def _form_page(self) -> ScrollPage:
        card = Card()
        card.add(self._form)
        save = Button(self.desk.theme, self.tr("Save the business"), kind="primary")
        save.clicked.connect(self._begin)
        QShortcut(QKeySequence.StandardKey.Save, self._form, self._begin)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(save)
        card.body.addLayout(row)
        page = ScrollPage()
        page.add(card)
        page.body.addStretch(1)
        return page

    def _connect(self) -> None:
        self._ledger.written.connect(self._write_month)
        self._ledger.selected.connect(self._show_month)
        self._ledger.refused.connect(self._show_refusal)
        self._month.written.connect(self._write_month)
        self._month.submitted.connect(self._submit)
        self._facts.edit_pressed.connect(self._edit)
        self._facts.grant_pressed.connect(self._edit_grant)
        self._facts.move_pressed.connect(self._move_grant)

    def _today(self) -> date:
        return to_wib(self.desk.store.clock()).date()

    def _show(self, shown: _Shown) -> None:
        """Shows what was loaded, unless something was written since; then it is loaded again."""
        if self._unwritten:
            return
        self._business, self._years = shown.business, shown.years
        if shown.business is None:
            self._bodies.setCurrentIndex(2)
            return
        self._bodies.setCurrentIndex(0)
        self._header.set_title(shown.business.name)
        self._header.set_subtitle(
            self.tr("Family of {head}, {village}").format(
                head=shown.business.family, village=shown.business.village
            )
        )
        self._receipts = shown.receipts
        self._facts.show_business(shown.business, shown.receipts.get(shown.business.id))
        self._ledger.show_months(
            shown.months, {row: transport_state(one) for row, one in shown.receipts.items()}
        )
        self._chart.show_months(shown.months)
        if self._is_opened:
            self._is_opened = False
            self._ledger.table.setFocus()

    def _show_form(self, family: tuple[str, str]) -> None:
        self._bodies.setCurrentIndex(1)
        self._header.set_title(self.tr("New business"))
        self._header.set_subtitle(self.tr("Family of {head}").format(head=family[1]))
        self._form.setFocus()

    def _show_month(self, row: LedgerMonth) -> None:
        self._month.show_month(row, self._receipts.get(row.report_id) if row.exists else None)
        QTimer.singleShot(0, self, self._bring_into_view)

    def _show_refusal(self) -> None:
        """Brings what is said about a cell into view, and then the cell."""
        said = self._ledger.question
        QTimer.singleShot(0, said, lambda: self._scroll.ensureWidgetVisible(said, 0, S3))
        QTimer.singleShot(0, self, self._bring_into_view)

    def _bring_into_view(self) -> None:
        """Scrolls to the cell that the keyboard is on; the table itself is as high as its rows."""
        table, whole = self._ledger.table, self._scroll.widget()
        focused = QApplication.focusWidget()
        if whole is None or focused is None:
            return
        if focused is not table and not table.isAncestorOf(focused):
            return
        place = table.viewport().mapTo(whole, table.visualRect(table.currentIndex()).center())
        around = min(_AROUND * self.desk.theme.px(CONTROL), self._scroll.viewport().height() // 3)
        self._scroll.ensureVisible(0, place.y(), 0, around)

    def _write(
        self, operation: Callable[[Writer], object], done: Callable[[], object] = lambda: None
    ) -> None:
        """Writes, and shows nothing that was loaded before it is on the disk."""
        self._unwritten += 1

        def ended(said: Callable[[], object]) -> None:
            self._unwritten -= 1
            said()
            self.refresh()

        self.desk.write(
            self,
            operation,
            lambda _result: ended(done),
            lambda error: ended(lambda: self.desk.explain(error)),
        )

    def _write_month(self, month: str, fields: dict[str, Any], shown: dict[str, Any]) -> None:
        if self._business is not None:
            place = (self._business.id, self._business.scope)
            self._write(lambda writer: operations.report_month(writer, place, month, fields, shown))

    def _submit(self, row: LedgerMonth) -> None:
        if self._business is None:
            return
        self._month.keep()
        scope, state, language = self._business.scope, row.state, self.desk.language
        name = format_month(row.month, "id" if language == "id" else "en")
        self._write(
            lambda writer: operations.submit_month(writer, row.report_id, scope, state),
            lambda: self.desk.notices.info(self.tr("{month} was handed in.").format(month=name)),
        )
        self._ledger.table.setFocus()

    def _edit(self) -> None:
        if self._business is None:
            return
        business_id = self._business.id
        dialog = BusinessDialog(self.desk.theme, self._business, self._kinds, self.window())
        shown = dialog.fields()
        if dialog.exec():
            fields = dialog.fields()
            self._write(lambda writer: operations.edit(writer, business_id, fields, shown))

    def _edit_grant(self, grant: GrantView | None) -> None:
        if self._business is None:
            return
        dialog = GrantDialog(self.desk.theme, self._years, grant, self.window())
        shown = dialog.fields()
        if dialog.exec():
            self._write_grant(self._business, grant, dialog.fields(), shown)

    def _write_grant(
        self,
        owner: BusinessView,
        grant: GrantView | None,
        fields: dict[str, Any],
        shown: dict[str, Any],
    ) -> None:
        if grant is not None:
            self._write(lambda writer: operations.edit_grant(writer, grant.id, fields, shown))
            return
        origin = {
            "scope": owner.scope,
            "household_id": owner.household_id,
            "business_id": owner.id,
        }
        record = Grant.model_validate(origin | fields)
        self._write(lambda writer: operations.propose_grant(writer, record))

    def _move_grant(self, grant: GrantView, target: str) -> None:
        states = (grant.state, target)
        self._write(lambda writer: operations.move_grant(writer, (grant.id, grant.scope), states))

    def _begin(self) -> None:
        """Writes the new business; the way back from it leads where one came from."""
        household_id = self._household_id
        if household_id is None or not self._form.check():
            return
        fields = self._form.fields()

        def operation(writer: Writer) -> UUID:
            scope, _head = scope_of_household(writer.connection, household_id)
            origin = {"scope": scope, "household_id": household_id}
            record = Business.model_validate(origin | fields)
            operations.begin(writer, record)
            return record.id

        def done(business_id: UUID) -> None:
            self._form.clear()
            self.desk.back()
            self.desk.go("business", business_id=business_id)

        self.desk.write(self, operation, done)


def _load(reading: Connection, business_id: UUID, today: date) -> _Shown:
    months = ledger(reading, business_id, today)
    rows = [business_id, *(month.report_id for month in months if month.exists)]
    return _Shown(
        business=business(reading, business_id),
        months=months,
        receipts=record_receipts(reading, rows),
        years=programme_years(reading),
    )
