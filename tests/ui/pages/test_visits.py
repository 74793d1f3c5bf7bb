"""The list of visits: drafts, who is due by village, what was recorded; Enter opens each."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from desktop.models.operations import households, visits
from desktop.models.queries.due import due_visits
from desktop.models.queries.visits import drafts, recent_visits
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, HouseholdStatus, Member, Relation
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.tables import OUTBOX, OpState
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.visits.page import VisitsPage
from desktop.ui.widgets.data_table import DataTable
from tests.ui.conftest import focused
from tests.ui.pages.conftest import NOW, SUMBERJAYA, Went

CIMANGGU = "36.01.01.2002"
TODAY = date(2026, 11, 21)


def add_family(
    store: Store,
    name: str,
    *visited: date,
    scope: str = SUMBERJAYA,
    status: HouseholdStatus = HouseholdStatus.ACTIVE,
    outcome: VisitOutcome = VisitOutcome.MET,
) -> UUID:
    household = Household(scope=scope, hamlet="Krajan", status=status)
    head = Member(household_id=household.id, scope=scope, name=name, relation=Relation.HEAD)
    with store.recording() as writer:
        households.register(writer, household, [head])
    for day in visited:
        with store.recording() as writer:
            visits.finish(
                writer,
                begun(household.id, scope),
                visits.FinishedVisit(day, outcome, {"outcome": outcome.value}),
            )
    return household.id


def begun(household_id: UUID, scope: str = SUMBERJAYA) -> visits.DraftHead:
    return visits.DraftHead(new_id(), household_id, scope, "household_visit", 1, NOW)


def keep_draft(store: Store, household_id: UUID, started_at: datetime = NOW) -> UUID:
    head = visits.DraftHead(new_id(), household_id, SUMBERJAYA, "household_visit", 1, started_at)
    answers = {"outcome": visits.KeptAnswer("met"), "respondent": visits.KeptAnswer(None)}
    with store.writing() as connection:
        visits.save_answers(connection, head, new_id(), answers, "outcome")
    return head.id


def test_who_is_due(store: Store) -> None:
    add_family(store, "Baru Contoh")
    add_family(store, "Lewat Contoh", date(2026, 9, 1))
    add_family(store, "Pekan Contoh", date(2026, 10, 28), scope=CIMANGGU)
    add_family(store, "Nanti Contoh", date(2026, 11, 10))
    add_family(store, "Kosong Contoh", date(2026, 11, 10), outcome=VisitOutcome.NOBODY_HOME)
    add_family(store, "Selesai Contoh", status=HouseholdStatus.ENDED)
    keep_draft(store, add_family(store, "Draf Contoh"))
    with store.reading() as connection:
        due = due_visits(connection, TODAY)
    assert {(visit.head_name, visit.due_on, visit.is_overdue) for visit in due} == {
        ("Lewat Contoh", date(2026, 10, 1), True),
        ("Pekan Contoh", date(2026, 11, 28), False),
        ("Baru Contoh", TODAY, False),
        ("Kosong Contoh", TODAY, False),
    }
    assert [visit.village_code for visit in due].count(CIMANGGU) == 1
    villages = [visit.village for visit in due]
    assert villages == sorted(villages), "village by village"


def test_drafts_count_what_is_answered(store: Store) -> None:
    draft_id = keep_draft(store, add_family(store, "Draf Contoh"))
    with store.reading() as connection:
        (draft,) = drafts(connection)
    assert (draft.id, draft.head_name, draft.answered) == (draft_id, "Draf Contoh", 1)


def test_recent_visits_bear_both_marks(store: Store) -> None:
    add_family(store, "Satu Contoh", date(2026, 11, 2))
    with store.writing() as connection:
        connection.execute(update(OUTBOX).values(state=OpState.CONFIRMED.value, overlay=False))
    add_family(store, "Dua Contoh", date(2026, 11, 3))
    with store.reading() as connection:
        recent = recent_visits(connection)
    assert [(visit.head_name, visit.state, visit.receipt.state) for visit in recent] == [
        ("Dua Contoh", "submitted", "waiting"),
        ("Satu Contoh", "submitted", "confirmed"),
    ]


def open_row(app: QApplication) -> None:
    table = focused(app)
    assert isinstance(table, DataTable)
    QTest.keyClick(table, Qt.Key.Key_Return)


def test_enter_goes_on_with_a_draft(
    app: QApplication, store: Store, show: Callable[..., Page], went: Went
) -> None:
    household_id = add_family(store, "Draf Contoh")
    draft_id = keep_draft(store, household_id)
    show(VisitsPage)
    open_row(app)
    assert went.last == ("visit", {"household_id": household_id, "draft_id": draft_id})


def test_enter_begins_a_visit_that_is_due(
    app: QApplication, store: Store, show: Callable[..., Page], went: Went
) -> None:
    household_id = add_family(store, "Baru Contoh")
    show(VisitsPage)
    open_row(app)
    assert went.last == ("visit", {"household_id": household_id})


def test_enter_shows_the_family_of_a_visit(
    app: QApplication, store: Store, show: Callable[..., Page], went: Went
) -> None:
    household_id = add_family(store, "Baru Contoh", date(2026, 11, 20))
    show(VisitsPage)
    open_row(app)
    assert went.last == ("household", {"household_id": household_id})


def test_an_empty_page_offers_the_first_step(
    app: QApplication, desk: Desk, show: Callable[..., Page], went: Went
) -> None:
    show(VisitsPage)
    QTest.keyClick(focused(app), Qt.Key.Key_Return)
    assert went.last == ("household_form", {})


def test_the_row_with_the_keyboard_is_filled_too(
    app: QApplication, store: Store, show: Callable[..., Page]
) -> None:
    add_family(store, "Baru Contoh")
    add_family(store, "Lain Contoh")
    show(VisitsPage)
    table = focused(app)
    assert isinstance(table, DataTable)
    assert [row.head_name for row in table.selected_rows()] == ["Baru Contoh"]
