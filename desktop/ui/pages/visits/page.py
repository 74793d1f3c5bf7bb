"""Kunjungan: drafts to go on with, who is to be visited, and what was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.models.queries.due import DueVisit, due_visits
from desktop.models.queries.visits import OpenDraft, RecentVisit, drafts, recent_visits
from desktop.models.rules.dates import format_date, to_wib
from desktop.ui.asked_visits import purpose_words
from desktop.ui.page import Page
from desktop.ui.receipts import receipt_words
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.page_header import PageHeader
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from desktop.ui.desk import Desk

_AS_NEEDED = 96
"""The least width of the marks, at 100%; a column is always as wide as what it holds."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows."""

    drafts: list[OpenDraft]
    due: list[DueVisit]
    recent: list[RecentVisit]


class VisitsPage(Page):
    """Three tables; Enter begins a visit, goes on with one, or shows the family."""

    tables: ClassVar[frozenset[str]] = frozenset(
        {
            *("visit", "household", "member", "state_move", "attachment", "grant"),
            *("visit_assignment", "cadence"),
        }
    )
    section: ClassVar[str] = "visits"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._header = PageHeader(desk.theme, self.tr("Visits"))
        self._drafts, self._draft_table = self._draft_card()
        self._recent, self._recent_table = self._recent_card()
        self._due: dict[str, tuple[Card, DataTable]] = {}
        self._empty = EmptyState(
            desk.theme,
            "map-pin",
            self.tr("Here you will see whom to visit. First, add a family."),
            self.tr("Add a family"),
        )
        self._empty.pressed.connect(lambda: desk.go("household_form"))
        self._scroll = ScrollPage()
        for card in (self._drafts, self._recent):
            self._scroll.add(card)
        self._scroll.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S3)
        column.addWidget(self._header)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._empty, 1)
        self._empty.hide()

    def refresh(self) -> None:
        """Loads the three lists."""
        today = to_wib(self.desk.store.clock()).date()

        def load(connection: Connection) -> Overview:
            return Overview(
                drafts(connection), due_visits(connection, today), recent_visits(connection)
            )

        self.desk.read(self, load, self._show)

    def _show(self, overview: Overview) -> None:
        is_empty = not (overview.drafts or overview.due or overview.recent)
        self._empty.setVisible(is_empty)
        self._scroll.setHidden(is_empty)
        _fill(self._drafts, self._draft_table, overview.drafts)
        self._show_due(overview.due)
        _fill(self._recent, self._recent_table, overview.recent)
        overdue = sum(visit.is_overdue for visit in overview.due)
        to_visit = self.tr("%n family(ies) to visit.", "", len(overview.due))
        late = self.tr("%n overdue.", "", overdue)
        self._header.set_subtitle(f"{to_visit} {late}" if overdue else to_visit)
        self._take_focus(overview)

    def _show_due(self, due: list[DueVisit]) -> None:
        """A card a village; the cards that are there already stay."""
        by_village: dict[str, list[DueVisit]] = {}
        for visit in due:
            by_village.setdefault(visit.village_code, []).append(visit)
        for code in self._due.keys() - by_village.keys():
            card, _table = self._due.pop(code)
            self._scroll.body.removeWidget(card)
            card.deleteLater()
        for place, (code, visits) in enumerate(by_village.items(), start=1):
            if code not in self._due:
                self._due[code] = self._due_card()
                self._scroll.body.insertWidget(place, self._due[code][0])
            card, table = self._due[code]
            card.set_title(self.tr("To visit in {village}").format(village=visits[0].village))
            _fill(card, table, visits)

    def _take_focus(self, overview: Overview) -> None:
        """The keyboard goes to the first table that has rows, unless it is somewhere already."""
        focused = self.focusWidget()
        if focused is not None and focused.isVisible() and focused.hasFocus():
            return
        tables = [self._draft_table, *(table for _card, table in self._due.values())]
        lists = [overview.drafts, *([True] for _ in self._due)]
        for table, rows in zip(
            [*tables, self._recent_table], [*lists, overview.recent], strict=True
        ):
            if rows:
                table.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._empty.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draft_card(self) -> tuple[Card, DataTable]:
        columns = [
            Column(self.tr("Family"), self._draft_words, key="head_name", stretch=True),
            Column(self.tr("Village"), "village", stretch=True),
            Column(self.tr("Answers"), "answered", kind="number", width=104),
            Column(self.tr("Last worked on"), "touched_at", kind="date", width=160),
        ]
        card, table = self._card(self.tr("Begun and not finished"), columns)
        table.activated_row.connect(
            lambda row: self.desk.go("visit", household_id=row.household_id, draft_id=row.id)
        )
        return card, table

    def _draft_words(self, draft: OpenDraft) -> str:
        """Whose visit was begun, and what is asked if it is not the ordinary visit."""
        title = draft.title.in_language(self.desk.language) if draft.title else ""
        return " · ".join(filter(None, (draft.head_name, title)))

    def _due_card(self) -> tuple[Card, DataTable]:
        columns = [
            Column(self.tr("Family"), "head_name", stretch=True, width=152),
            Column(self.tr("Hamlet"), "hamlet", width=136),
            Column(self.tr("Last visit"), "last_on", kind="date", width=112),
            Column(self.tr("Next visit"), self._due_words, width=208),
            Column(
                self.tr("What for"),
                lambda row: purpose_words(row.purpose, row.asked, row.due_on),
                width=200,
                stretch=True,
            ),
        ]
        card, table = self._card("", columns)
        table.leave_out("hamlet", "last_on")
        table.activated_row.connect(
            lambda row: self.desk.go("visit", household_id=row.household_id)
        )
        return card, table

    def _recent_card(self) -> tuple[Card, DataTable]:
        columns = [
            Column(self.tr("Family"), "head_name", stretch=True),
            Column(self.tr("Date"), "visited_on", kind="date"),
            Column(self.tr("How it ended"), self._outcome_words, width=120),
            Column(self.tr("State"), "state", kind="work", width=_AS_NEEDED),
            Column(
                self.tr("Transport"),
                lambda row: row.receipt.state.value,
                key="transport",
                kind="transport",
                width=_AS_NEEDED,
                words=lambda row: receipt_words(row.receipt, self.desk.language),
            ),
        ]
        card, table = self._card(self.tr("Recent visits"), columns)
        table.activated_row.connect(
            lambda row: self.desk.go("household", household_id=row.household_id)
        )
        return card, table

    def _card(self, title: str, columns: list[Column]) -> tuple[Card, DataTable]:
        card, table = Card(title), DataTable(self.desk.theme, columns)
        card.add(table)
        card.hide()
        return card, table

    def _due_words(self, visit: DueVisit) -> str:
        if visit.last_on is None:
            return self.tr("At once")
        on = format_date(visit.due_on, "id", "short")
        if visit.is_overdue:
            return self.tr("Overdue since {date}").format(date=on)
        return self.tr("Due on {date}").format(date=on)

    def _outcome_words(self, visit: RecentVisit) -> str:
        words = {
            "met": self.tr("Met"),
            "nobody_home": self.tr("Nobody home"),
            "moved": self.tr("Moved"),
            "refused": self.tr("Refused"),
        }
        return words[visit.outcome]


def _fill(
    card: Card, table: DataTable, rows: list[DueVisit] | list[OpenDraft] | list[RecentVisit]
) -> None:
    """Shows rows in a table as high as they are, and the card only if there are any."""
    table.set_rows(rows)
    table.fit_rows()
    card.setVisible(bool(rows))
