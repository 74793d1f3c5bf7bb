"""The visits and the businesses of a family, each a table whose rows open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.models.operations import businesses
from desktop.models.records.businesses import Business
from desktop.models.records.visits import VisitOutcome
from desktop.ui.pages.household.answers import AnswersDialog
from desktop.ui.receipts import receipt_words
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.dialog import ask_text
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.heat_strip import eight_factors
from desktop.ui.widgets.rows_model import Column
from desktop.ui.words import BUSINESS_STATES, OUTCOMES, word

if TYPE_CHECKING:
    from uuid import UUID

    from desktop.models.queries.household import BusinessLine, FamilyView, VisitView
    from desktop.ui.desk import Desk


class _ListTab(QWidget):
    """A card with a table, or with what will be there."""

    def __init__(self, title: str, table: DataTable, empty: EmptyState) -> None:
        super().__init__()
        self.table = table
        table.setAccessibleName(title)
        self._empty = empty
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        self._stack.addWidget(empty)
        self.card = Card(title)
        self.card.add(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S3, 0, 0)
        column.addWidget(self.card)

    def show_rows(self, rows: list[object]) -> None:
        self.table.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self._empty)


class VisitsTab(_ListTab):
    """The visits, newest first; Enter shows the answers.

    Args:
        desk: the collaborators of all pages.
    """

    visit_asked = Signal()
    """A visit is to be begun."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        super().__init__(
            self.tr("Visits"),
            DataTable(desk.theme, self._columns()),
            EmptyState(
                desk.theme,
                "map-pin",
                self.tr("The visits to this family will be here."),
                self.tr("Begin the first visit"),
            ),
        )
        self._empty.pressed.connect(self.visit_asked)
        self.table.activated_row.connect(self._open)

    def show_family(self, family: FamilyView) -> None:
        """Shows the visits of a family."""
        self.show_rows(list(family.visits))

    def chosen(self) -> UUID | None:
        """The visit that is chosen in the table."""
        row = self.table.current_row()
        return row.id if row is not None else None

    def _columns(self) -> tuple[Column, ...]:
        names = {factor.key: factor.text for factor in eight_factors()}

        def lacking(visit: VisitView) -> str:
            if visit.outcome != VisitOutcome.MET:
                return ""
            return ", ".join(names[factor.value] for factor in visit.lacking)

        return (
            Column(self.tr("Date"), "visited_on", kind="date"),
            Column(self.tr("Outcome"), lambda row: word(OUTCOMES, row.outcome), width=120),
            Column(self.tr("What is lacking"), lacking, stretch=True, width=112),
            Column(self.tr("State"), "state", kind="work", width=104),
            Column(
                self.tr("Transport"),
                lambda row: row.receipt.state.value,
                key="transport",
                kind="transport",
                width=144,
                words=lambda row: receipt_words(row.receipt, self._desk.language),
            ),
        )

    def _open(self, visit: VisitView) -> None:
        desk = self._desk
        desk.read(
            self,
            lambda connection: desk.forms.version(connection, *visit.questionnaire),
            lambda form: AnswersDialog(desk, visit, form, self).exec(),
        )


class BusinessesTab(_ListTab):
    """The businesses; Enter opens one.

    Args:
        desk: the collaborators of all pages.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._family: FamilyView | None = None
        super().__init__(
            self.tr("Businesses"),
            DataTable(desk.theme, self._columns()),
            EmptyState(
                desk.theme,
                "building-store",
                self.tr("The businesses of this family will be here."),
                self.tr("Add the first business"),
            ),
        )
        add = Button(desk.theme, self.tr("Add a business"), icon="plus")
        add.clicked.connect(self._add)
        self.card.add_action(add)
        self._empty.pressed.connect(self._add)
        self.table.activated_row.connect(self._open)

    def show_family(self, family: FamilyView) -> None:
        """Shows the businesses of a family."""
        self._family = family
        self.show_rows(list(family.businesses))

    def _columns(self) -> tuple[Column, ...]:
        is_english = self._desk.language == "en"
        kinds = {
            kind.kbli_code: kind.name_en if is_english else kind.name_id
            for kind in self._desk.reference.business_types()
        }
        return (
            Column(self.tr("Name"), "name", stretch=True, width=200),
            Column(
                self.tr("Kind"), lambda row: kinds.get(row.kbli_code, ""), stretch=True, width=160
            ),
            Column(self.tr("Since"), "started_on", kind="date"),
            Column(self.tr("Status"), lambda row: word(BUSINESS_STATES, row.status), width=120),
        )

    def _add(self) -> None:
        family = self._family
        name = ask_text(
            self._desk.theme,
            self,
            self.tr("New business"),
            self.tr("Name"),
            ok=self.tr("Add"),
        )
        if family is None or not name:
            return
        business = Business(scope=family.scope, household_id=family.id, name=name)
        self._desk.write(
            self,
            lambda writer: businesses.begin(writer, business),
            lambda _nothing: self._desk.go("business", business_id=business.id),
        )

    def _open(self, line: BusinessLine) -> None:
        self._desk.go("business", business_id=line.id)
