"""The families: searched while typing, filtered, and one Enter away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout

from desktop.models.queries.account import granted_villages
from desktop.models.queries.conflicts import conflict_counts
from desktop.models.queries.households import (
    COUNTED,
    FamilyRow,
    Filters,
    HouseholdSearch,
    Order,
    SearchResult,
    is_short_number,
)
from desktop.models.rules.dates import to_wib
from desktop.models.rules.money import format_number
from desktop.ui.page import Page
from desktop.ui.pages.households.assigning import ask_for_visits, may_assign
from desktop.ui.pages.households.marks import NameDelegate
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.search_field import SearchField
from desktop.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

    from desktop.models.changes import Changes
    from desktop.ui.desk import Desk

_ALL, _OVERDUE, _DRAFT = "all", "overdue", "draft"
_COMBO_WIDTH = 280
_ROWS = 100
"""More than anybody reads; finding fewer takes less time than scrolling."""
_ROWS_OF_A_VILLAGE = 500
"""Whoever assigns visits may choose all families of a village at once."""
_FOUND = 60
"""With something typed fewer are shown: the likeliest stand first, and every letter is in a hurry."""


class HouseholdsPage(Page):
    """Finds a family among all of them."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {"household", "member", "visit", "family_card", "attachment", "conflict"}
    )
    section = "households"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._search = HouseholdSearch()
        self._conflicts: dict[UUID, int] = {}
        self._asked = self._answered = 0
        self._enter_waits = False
        self._result: SearchResult | None = None
        self._takes_focus = False
        self._opened_row = False
        self._order = (Order.NAME, False)
        self._may_assign = may_assign(desk)
        self._build()
        desk.changed.connect(self._learn)

    def open_with(
        self, *, find: bool = False, village: str = "", state: str = "", **shown: Any
    ) -> None:
        """Shows the families.

        Args:
            find: whether the keyboard goes to the search, ready to type another.
            village: code of the village to show; "" as it was.
            state: `all`, `overdue` or `draft`; "" as it was.
            shown: nothing else.
        """
        super().open_with(**shown)
        self._takes_focus = True
        if find:
            self._opened_row = False
            self.field.selectAll()
        if village:
            self.villages.set_options([*self._village_options(), Option(village, village)])
            self.villages.set_value(village)
        if state:
            self.states.set_value(state)

    def refresh(self) -> None:
        """Searches anew; villages may have been granted meanwhile."""
        if self._takes_focus:
            self._takes_focus = False
            (self.table if self._opened_row else self.field).setFocus()
            self._opened_row = False
        self.desk.read(self, granted_villages, self._show_villages)
        self.desk.read(self, conflict_counts, self._show_conflicts)
        self.search()

    def search(self) -> None:
        """Looks for what is typed now; what was asked before it no longer matters."""
        self._asked += 1
        asked, typed, filters = self._asked, self.field.text(), self._filters()

        def query(connection: Connection) -> SearchResult | None:
            if asked != self._asked:
                return None
            most = _FOUND if typed.strip() else self._most
            return self._search.search(connection, typed, filters, most)

        def show(result: SearchResult | None) -> None:
            if result is not None and asked == self._asked:
                self._answered = asked
                self._show(result)

        self.desk.read(self, query, show)

    def _build(self) -> None:
        theme = self.desk.theme
        self.header = PageHeader(theme, self.tr("Families"))
        bring = Button(theme, self.tr("Import a list"), icon="file-spreadsheet")
        bring.clicked.connect(lambda: self.desk.go("import"))
        self.assign = Button(theme, self.tr("Assign a visit"), icon="map-pin")
        self.assign.setObjectName("assign")
        self.assign.setToolTip(self.tr("Ctrl+T"))
        self.assign.setVisible(self._may_assign)
        self.assign.clicked.connect(self._assign)
        new = Button(theme, self.tr("New family"), kind="primary", icon="plus")
        new.setObjectName("new_family")
        new.setToolTip(self.tr("Ctrl+N"))
        new.clicked.connect(self._begin)
        for button in (bring, self.assign, new):
            self.header.add_action(button)
        self.field = SearchField(theme, self.tr("Name, NIK, KK, phone, hamlet or village"))
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._enter)
        self.table = DataTable(theme, self._columns())
        names = NameDelegate(theme, self.table.rows_model(), self.table)
        names.says = self._to_decide
        self.table.setItemDelegate(names)
        self.table.setAccessibleName(self.tr("Families"))
        # Columns are measured at every letter typed: by what is seen, not by all rows.
        self.table.horizontalHeader().setResizeContentsPrecision(0)
        self.table.set_sorted("head_name")
        self.table.activated_row.connect(lambda row: self._open(row.household_id))
        self.table.sort_requested.connect(self._sort)
        self.field.went_down.connect(self.table.setFocus)
        if self._may_assign:
            self.table.allow_many()
            QShortcut(QKeySequence("Ctrl+T"), self, self._assign)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self.status = QLabel()
        self.status.setProperty("role", "small")
        self._lay_out()
        QShortcut(QKeySequence.StandardKey.New, self, self._begin)

    def _lay_out(self) -> None:
        theme = self.desk.theme
        filters = FlowRow()
        self.villages = ComboField(theme, [Option("", self.tr("All villages"))])
        self.villages.set_value("")
        self.villages.setAccessibleName(self.tr("Village"))
        self.villages.setMinimumWidth(theme.px(_COMBO_WIDTH))
        self.villages.changed.connect(self.search)
        states = (
            Option(_ALL, self.tr("All")),
            Option(_OVERDUE, self.tr("Overdue"), self.tr("The next visit was due before today")),
            Option(_DRAFT, self.tr("Visit begun"), self.tr("A visit waits to be finished")),
        )
        self.states = Segmented(theme, states)
        self.states.changed.connect(self.search)
        filters.add(self.villages)
        filters.add(self.states)
        self.nothing = EmptyState(
            theme, "users", self.tr("The families you accompany will be here."),
            self.tr("Register the first family"),
        )  # fmt: skip
        self.nothing.pressed.connect(self._begin)
        self.not_found = EmptyState(theme, "search", "")
        self.stack = QStackedWidget()
        for widget in (self.table, self.nothing, self.not_found):
            self.stack.addWidget(widget)
        card = Card()
        card.add(self.stack, 1)
        card.add(self.status)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self.header)
        column.addWidget(self.field)
        column.addWidget(filters)
        column.addWidget(card, 1)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                self.tr("Head of family"),
                self._name,
                key="head_name",
                stretch=True,
                width=136,
                sortable=True,
                words=self._name_and_mark,
            ),
            Column(self.tr("Place"), _place, stretch=True, width=136),
            Column(self.tr("Members"), "member_count", kind="number", width=64),
            Column(self.tr("Last visit"), "last_visit_on", kind="date", sortable=True),
            Column(self.tr("Transport"), "transport", kind="transport", width=144),
        )

    def _filters(self) -> Filters:
        state = self.states.value()
        today = to_wib(self.desk.store.clock()).date()
        order, descending = self._order
        return Filters(
            scope=self.villages.value() or "",
            overdue_on=today if state == _OVERDUE else None,
            with_draft=state == _DRAFT,
            order=order,
            descending=descending,
        )

    def _name(self, row: FamilyRow) -> str:
        if not row.head_name:
            return self.tr("A family without members")
        if not row.matched:
            return row.head_name
        return self.tr("{head} – found: {member}").format(head=row.head_name, member=row.matched)

    def _to_decide(self, row: FamilyRow) -> str:
        count = self._conflicts.get(row.household_id, 0)
        return self.tr("%n to decide", "", count) if count else ""

    def _name_and_mark(self, row: FamilyRow) -> str:
        return ", ".join(filter(None, (self._name(row), self._to_decide(row))))

    def _show_conflicts(self, counts: dict[UUID, int]) -> None:
        if counts != self._conflicts:
            self._conflicts = counts
            self.table.viewport().update()

    def _show(self, result: SearchResult) -> None:
        is_first, self._result = self._result is None, result
        self.table.set_rows(result.rows)
        self._chosen()
        self.status.setVisible(bool(result.rows))
        is_filtered = bool(self.field.text().strip()) or self._filters() != Filters(
            order=self._order[0], descending=self._order[1]
        )
        if not result.rows and is_filtered:
            self.not_found.set_sentence(self._not_found())
            self.stack.setCurrentWidget(self.not_found)
        else:
            self.stack.setCurrentWidget(self.table if result.rows else self.nothing)
        if is_first:
            self.desk.read(self, self._search.load, lambda _nothing: None)
        if self._enter_waits:
            self._enter()

    @property
    def _most(self) -> int:
        return _ROWS_OF_A_VILLAGE if self._may_assign else _ROWS

    def _chosen(self, *_ranges: object) -> None:
        """Says how many families are chosen, where something can be done with several."""
        result, chosen = self._result, len(self.table.selected_rows())
        self.assign.setEnabled(chosen > 0)
        if result is None:
            return
        sentence = self._sentence(result)
        if chosen > 1:
            count = self.tr("Chosen: {count}.").format(count=chosen)
            sentence = f"{sentence} {count}"
        self.status.setText(sentence)

    def _assign(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            ask_for_visits(self.desk, self, [(row.household_id, row.head_name) for row in rows])

    def _sentence(self, result: SearchResult) -> str:
        shown = len(result.rows)
        if not result.exact:
            return self.tr("Nobody is written exactly like that. These are similar.")
        if result.is_capped:
            return self.tr(
                "The first {shown} of more than {total} families. Type more to find fewer."
            ).format(shown=shown, total=format_number(COUNTED))
        if result.total > shown:
            return self.tr("The first {shown} of {total} families.").format(
                shown=shown, total=format_number(result.total)
            )
        count = self.tr("Families: {count}.").format(count=format_number(result.total))
        if is_short_number(self.field.text()):
            return f"{count} {self._how_numbers_are_found()}"
        return count

    def _not_found(self) -> str:
        if is_short_number(self.field.text()):
            return self._how_numbers_are_found()
        if self.field.text().strip():
            return self.tr("No family was found. Try fewer letters, or another village.")
        if self.states.value() == _OVERDUE:
            return self.tr("No visit is overdue here.")
        if self.states.value() == _DRAFT:
            return self.tr("No visit waits to be finished.")
        return self.tr("No family of this village is on this laptop.")

    def _how_numbers_are_found(self) -> str:
        return self.tr(
            "Type the last 4 digits of a NIK or KK, or at least the first 6 digits of a number."
        )

    def _village_options(self) -> list[Option]:
        options = [
            Option(str(self.villages.itemData(place)), self.villages.itemText(place))
            for place in range(self.villages.count())
        ]
        return options or [Option("", self.tr("All villages"))]

    def _show_villages(self, villages: list[tuple[str, str]]) -> None:
        options = [Option("", self.tr("All villages"))]
        options += [Option(code, name) for code, name in villages]
        self.villages.set_options(options)
        if self.villages.value() is None:
            self.villages.set_value("")
            self.search()

    def _learn(self, changes: Changes) -> None:
        if self.desk.has_store and changes.touches(("household", "member")):
            self.desk.read(
                self,
                lambda connection: self._search.learn(connection, changes),
                lambda _nothing: None,
            )

    def _sort(self, name: str, descending: bool) -> None:
        self._order = (Order.LAST_VISIT if name == "last_visit_on" else Order.NAME, descending)
        self.search()

    def _typed(self) -> None:
        self._enter_waits = False  # it was about what stood there before
        self.search()

    def _enter(self) -> None:
        """Opens the family that is meant; where that is in doubt, goes to those that were found.

        While the answer is still to come, Enter waits for it.
        """
        self._enter_waits = self._answered != self._asked
        result = self._result
        if self._enter_waits or result is None or not self.field.hasFocus():
            return
        if result.meant is not None:
            self._open(result.meant)
        elif result.rows:
            self.table.select(0)
            self.table.setFocus()

    def _open(self, household_id: UUID) -> None:
        self._opened_row = True
        self.desk.go("household", household_id=household_id)

    def _begin(self) -> None:
        self.desk.go("household_form")


def _place(row: FamilyRow) -> str:
    return ", ".join(filter(None, (row.hamlet, row.village)))
