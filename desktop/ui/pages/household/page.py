"""One family: its head line, and tabs for summary, members, visits, businesses and photos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.models.queries.household import FamilyView, family
from desktop.models.rules.identity import group_digits, mask_number
from desktop.ui.page import Page
from desktop.ui.pages.household.lists import BusinessesTab, VisitsTab
from desktop.ui.pages.household.members import MembersTab
from desktop.ui.pages.household.photos import PhotosTab
from desktop.ui.pages.household.summary import SummaryTab
from desktop.ui.pages.households.assigning import ask_for_visits, may_assign
from desktop.ui.printing.opening import print_stored
from desktop.ui.receipts import show_receipt
from desktop.ui.theme.tokens import CONTROL, S2, S4
from desktop.ui.widgets.badge import TransportMark, TransportState
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.page_header import PageHeader

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

    from desktop.ui.desk import Desk

_TABS = ("summary", "members", "visits", "businesses", "photos")
"""The parts of the page, left to right."""


class HouseholdPage(Page):
    """Shows a family."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {
            *("household", "member", "family_card", "visit", "visit_member", "business"),
            *("conflict", "grant", "visit_assignment", "cadence", "attachment"),
        }
    )
    section = "households"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._household_id: UUID | None = None
        self.family: FamilyView | None = None
        self._is_new_here = False
        self._are_numbers_shown = False
        self._build()

    def open_with(self, *, household_id: UUID | None = None, tab: str = "", **shown: Any) -> None:
        """Takes the family to show; without one it stays the one that was shown.

        Args:
            household_id: the family.
            tab: the part of its page; "" for the one that was shown, or the first.
            shown: nothing else.
        """
        super().open_with(**shown)
        if household_id is not None and household_id != self._household_id:
            self._household_id, self.family = household_id, None
            self._are_numbers_shown = False
            self.tabs.setCurrentIndex(0)
        if tab:
            self.tabs.setCurrentIndex(_TABS.index(tab))
        self._is_new_here = True

    def refresh(self) -> None:
        """Loads the family anew."""
        household_id, reference = self._household_id, self.desk.reference
        if household_id is None:
            return
        forms = self.desk.forms

        def look(connection: Connection) -> FamilyView | None:
            found = family(connection, household_id, reference)
            if found is not None and found.conflicts:
                from desktop.ui.pages.sync.values import read_forms  # noqa: PLC0415 rarely

                read_forms(connection, found.conflicts, forms)
            return found

        self.desk.read(self, look, self._show)
        if self._is_new_here:
            self._is_new_here = False
            self.tabs.tabBar().setFocus()

    def _build(self) -> None:
        theme = self.desk.theme
        self.header = PageHeader(theme, "", back=True)
        self.header.back_pressed.connect(self.desk.back)
        self.print_button = Button(
            theme, self.tr("Print for the family"), kind="quiet", icon="printer"
        )
        self.print_button.setToolTip(self.tr("Ctrl+P. On the tab of the visits: the one chosen."))
        self.print_button.clicked.connect(self._print)
        edit = Button(theme, self.tr("Correct"), icon="pencil")
        edit.setObjectName("correct")
        edit.clicked.connect(self._edit)
        self.assign = Button(theme, self.tr("Assign a visit"), icon="map-pin")
        self.assign.setObjectName("assign")
        self.assign.setVisible(may_assign(self.desk))
        self.assign.clicked.connect(self._assign)
        self.visit_button = Button(theme, self.tr("New visit"), kind="primary", icon="plus")
        self.go_on_button = Button(
            theme, self.tr("Continue the visit"), kind="primary", icon="clipboard-check"
        )
        for action in (edit, self.assign):
            self.header.add_action(action)
        for button in (self.visit_button, self.go_on_button):
            button.setToolTip(self.tr("Ctrl+N"))
            button.clicked.connect(self._visit)
            self.header.add_action(button)
        self.go_on_button.hide()
        self._nik, self._kk = QLabel(), QLabel()
        for label in (self._nik, self._kk):
            label.setFont(theme.font(figures=True))
        self.eye = IconButton(theme, "eye", self.tr("Show the numbers"))
        self.eye.clicked.connect(self._toggle_numbers)
        self.transport = TransportMark(theme, TransportState.CONFIRMED)
        self.to_decide = Button(theme, self.tr("%n to decide", "", 0), icon="alert-triangle")
        self.to_decide.setObjectName("to_decide")
        self.to_decide.clicked.connect(self._decide)
        self.to_decide.hide()
        facts = FlowRow(S4)
        for widget in (self.transport, self._nik, self._kk, self.eye):
            facts.add(_as_high(widget, theme.px(CONTROL)))
        for button in (self.print_button, self.to_decide):
            facts.add(button)
        self._tabs()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S2)
        column.addWidget(self.header)
        column.addWidget(facts)
        column.addWidget(self.tabs, 1)
        QShortcut(QKeySequence.StandardKey.New, self, self._visit)
        QShortcut(QKeySequence.StandardKey.Print, self, self.print_button.click)

    def _tabs(self) -> None:
        self.summary = SummaryTab(self.desk)
        self.members = MembersTab(self.desk)
        self.visits = VisitsTab(self.desk)
        self.businesses = BusinessesTab(self.desk)
        self.photos = PhotosTab(self.desk)
        self.summary.visit_asked.connect(self._visit)
        self.summary.draft_asked.connect(self._go_on)
        self.visits.visit_asked.connect(self._visit)
        self.tabs = QTabWidget()
        for tab, title in (
            (self.summary, self.tr("Summary")),
            (self.members, self.tr("Members")),
            (self.visits, self.tr("Visits")),
            (self.businesses, self.tr("Businesses")),
            (self.photos, self.tr("Photos")),
        ):
            self.tabs.addTab(tab, title)
        self.tabs.tabBar().setAccessibleName(self.tr("Parts of the family's page"))

    def _show(self, found: FamilyView | None) -> None:
        if found is None:
            self.desk.notices.warning(self.tr("This family is no longer on this laptop."))
            self.desk.go("households")
            return
        self.family = found
        head = found.head
        self.header.set_title(head.name if head else self.tr("A family without a name"))
        self.header.set_subtitle(", ".join(filter(None, (found.hamlet, found.village))))
        self.print_button.setEnabled(bool(found.visits))
        self.visit_button.setVisible(not found.drafts)
        self.go_on_button.setVisible(bool(found.drafts))
        show_receipt(self.transport, found.receipt, self.desk.language)
        self.to_decide.setVisible(bool(found.conflicts))
        self.to_decide.setText(self.tr("%n to decide", "", len(found.conflicts)))
        self._show_numbers()
        for tab in (self.summary, self.members, self.visits, self.businesses, self.photos):
            tab.show_family(found)

    def _decide(self) -> None:
        if self.family is not None and self.family.conflicts:
            self.desk.go("sync", conflict_id=self.family.conflicts[0].ids[0])

    def _toggle_numbers(self) -> None:
        self._are_numbers_shown = not self._are_numbers_shown
        self._show_numbers()

    def _show_numbers(self) -> None:
        found = self.family
        if found is None:
            return
        write = group_digits if self._are_numbers_shown else mask_number
        number = found.head.national_id if found.head else None
        card = found.family_card
        self._nik.setText(
            self.tr("NIK {number}").format(number=write(number))
            if number
            else self.tr("NIK not known yet")
        )
        self._kk.setText(
            self.tr("KK {number}").format(number=write(card))
            if card
            else self.tr("KK not known yet")
        )
        self.eye.setVisible(bool(number or card))
        name = (
            self.tr("Hide the numbers") if self._are_numbers_shown else self.tr("Show the numbers")
        )
        self.eye.setAccessibleName(name)
        self.eye.setToolTip(name)

    def _print(self) -> None:
        """The sheet of the last visit; on the tab of the visits, of the one that is chosen."""
        if self.family is None:
            return
        is_chosen = self.tabs.currentWidget() is self.visits
        visit_id = self.visits.chosen() if is_chosen else None
        print_stored(self.desk, self, self.family.id, visit_id)

    def _edit(self) -> None:
        self.desk.go("household_form", household_id=self._household_id)

    def _assign(self) -> None:
        if self.family is not None:
            head = self.family.head
            ask_for_visits(self.desk, self, [(self.family.id, head.name if head else "")])

    def _visit(self) -> None:
        self.desk.go("visit", household_id=self._household_id)

    def _go_on(self, draft_id: UUID) -> None:
        self.desk.go("visit", household_id=self._household_id, draft_id=draft_id)


def _as_high(widget: QWidget, height: int) -> QWidget:
    """The widget in the middle of a line of this height."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    holder.setFixedHeight(height)
    return holder
