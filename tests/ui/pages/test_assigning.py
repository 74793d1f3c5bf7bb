"""Visits that the office asks for: an officer assigns them by keyboard, a facilitator sees them and goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import insert, select

from desktop.models.operations import assignments
from desktop.models.operations.assignments import Assignment
from desktop.models.records.base import new_id
from desktop.models.records.people import Role
from desktop.models.store.local import Store
from desktop.models.tables import OUTBOX, USER, VISIT_ASSIGNMENT
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.home.page import HomePage
from desktop.ui.pages.household import asked as asked_
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.pages.households.assigning import AssignDialog
from desktop.ui.pages.households.page import HouseholdsPage
from desktop.ui.pages.visits.page import VisitsPage
from desktop.ui.widgets.button import Button
from tests.ui.pages.conftest import NOW, Went, wait_idle
from tests.ui.pages.families import register, visit

Show = Callable[..., Page]
REASON = "Periksa nota UEP"


@pytest.fixture
def officer(desk: Desk) -> None:
    """Who records on this laptop is a district officer."""
    assert desk.account is not None
    desk.account = replace(desk.account, role=Role.VERIFIER.value)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Fills in every dialog that is opened, by keys; what families it named is kept."""
    named: list[str] = []

    def fill(dialog: AssignDialog) -> int:
        dialog.show()
        QApplication.processEvents()
        named.append(next(x.text() for x in dialog.findChildren(QLabel) if "Contoh" in x.text()))
        QTest.keyClicks(dialog.due_on, "01/12/2026")
        QTest.keyClick(dialog.purpose, Qt.Key.Key_Down)
        QTest.keyClick(dialog.purpose, Qt.Key.Key_Down)
        QTest.keyClicks(dialog.reason, REASON)
        QTest.keyClick(dialog.due_on, Qt.Key.Key_Return)
        return dialog.result()

    monkeypatch.setattr(AssignDialog, "exec", fill)
    return named


def assigned(store: Store) -> list[Any]:
    query = select(VISIT_ASSIGNMENT).order_by(VISIT_ASSIGNMENT.c.id)
    with store.reading() as connection:
        return list(connection.execute(query))


def ask(store: Store, household_id: UUID, due_on: date, **said: Any) -> UUID:
    """Asks for a visit, as somebody else of the district."""
    dewi = new_id()
    user = {"id": dewi, "scope": "ref", "name": "Dewi Contoh", "role": "verifier", "extra": {}}
    with store.writing() as connection:
        connection.execute(insert(USER).values(user))
    with store.recording(dewi) as writer:
        assignments.assign(writer, Role.VERIFIER, [household_id], Assignment(due_on, **said))
    return UUID(str(assigned(store)[-1].id))


def texts(page: Page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def row(page: HomePage, place: int = 0) -> list[str]:
    model = page.table.rows_model()
    return [model.index(place, column).data() for column in range(model.columnCount())]


def test_an_officer_assigns_several_families(
    officer: None, typed: list[str], desk: Desk, store: Store, show: Show
) -> None:
    del officer
    families = [
        register(store, f"{name} Contoh") for name in ("Asih", "Budi", "Cici", "Didi", "Eli")
    ]
    page = cast(HouseholdsPage, show(HouseholdsPage))
    assert not page.assign.isEnabled()

    QTest.keyClick(page.field, Qt.Key.Key_Down)
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.status.text().endswith("Chosen: 4.")
    QTest.keyClick(page.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    wait_idle(desk)

    assert typed == ["Asih Contoh, Budi Contoh, Cici Contoh and 1 more"]
    rows = assigned(store)
    assert [one.household_id for one in rows] == families[:4]
    assert {(one.due_on, one.purpose, one.reason) for one in rows} == {
        (date(2026, 12, 1), "receipts", REASON)
    }
    with store.reading() as connection:
        told = connection.execute(select(OUTBOX.c.table_name)).scalars().all()
    assert told.count("visit_assignment") == 4
    assert desk.notices.history[-1].text.startswith("Visits assigned: 4.")


def test_what_is_asked_already_is_told(
    officer: None, typed: list[str], desk: Desk, store: Store, show: Show
) -> None:
    del officer, typed
    register(store, "Asih Contoh")
    page = cast(HouseholdsPage, show(HouseholdsPage))
    for _ in range(2):
        page.table.select(0)
        page.assign.click()
        wait_idle(desk)

    assert len(assigned(store)) == 1
    assert desk.notices.history[-1].detail.startswith("Left out: 1.")


def test_a_facilitator_is_not_offered_to_assign(desk: Desk, store: Store, show: Show) -> None:
    household_id = register(store, "Asih Contoh")
    page = cast(HouseholdsPage, show(HouseholdsPage))
    page.table.select(0)
    QTest.keyClick(page.table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    family = cast(HouseholdPage, show(HouseholdPage, household_id=household_id))
    wait_idle(desk)

    assert not page.assign.isVisible()
    assert not family.assign.isVisible()
    assert assigned(store) == []


@pytest.mark.parametrize("day", ["", "20/11/2026", "31/02/2027"])
def test_a_day_that_is_none_is_not_taken(
    officer: None, desk: Desk, store: Store, show: Show, day: str
) -> None:
    del officer
    register(store, "Asih Contoh")
    dialog = AssignDialog(desk, ["Asih Contoh"], show(HouseholdsPage))
    dialog.show()
    dialog.due_on.setText(day)
    dialog.accept()

    assert dialog.isVisible()
    assert dialog.focusWidget() is dialog.due_on
    dialog.deleteLater()


def test_a_facilitator_sees_who_asks_and_why(
    desk: Desk, store: Store, show: Show, went: Went
) -> None:
    household_id = register(store, "Asih Contoh")
    visit(store, household_id, date(2026, 11, 19))
    ask(store, household_id, date(2026, 12, 15), purpose="receipts", reason=REASON)
    page = cast(HomePage, show(HomePage))

    said = f"Dewi Contoh asks: {REASON} · Check of receipts"
    assert row(page) == ["Assigned visit", "Asih Contoh", "Sumberjaya", "15/12/2026", said]
    assert said in texts(page), "in whole below the table"
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went.last == ("visit", {"household_id": household_id})


def test_what_is_overdue_and_asked_for_later_says_both(store: Store, show: Show) -> None:
    household_id = register(store, "Asih Contoh")
    visit(store, household_id, date(2026, 10, 1))
    ask(store, household_id, date(2026, 12, 15))
    page = cast(HomePage, show(HomePage))

    assert row(page)[0] == "Assigned visit, overdue"
    assert row(page)[3:] == ["01/11/2026", "Dewi Contoh asks for it · by 15/12/2026"]
    assert "Sumberjaya: 1 due, 1 of them overdue" in texts(page)


def test_visits_are_listed_with_what_they_are_for(store: Store, show: Show) -> None:
    asked = register(store, "Asih Contoh")
    visit(store, asked, date(2026, 11, 19))
    ask(store, asked, date(2026, 12, 1), reason=REASON)
    register(store, "Budi Contoh")
    page = cast(VisitsPage, show(VisitsPage))
    ((_, table),) = page._due.values()
    model = table.rows_model()

    assert [[model.index(place, x).data() for x in (0, 3, 4)] for place in range(2)] == [
        ["Budi Contoh", "At once", "First visit"],
        ["Asih Contoh", "Due on 01/12/2026", f"Dewi Contoh asks: {REASON}"],
    ]


def test_a_family_shows_what_is_asked_and_the_officer_takes_it_back(
    officer: None, desk: Desk, store: Store, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    del officer
    household_id = register(store, "Asih Contoh")
    visit(store, household_id, date(2026, 11, 19))
    ask(store, household_id, date(2026, 12, 1), purpose="receipts", reason=REASON)
    page = cast(HouseholdPage, show(HouseholdPage, household_id=household_id))
    assert {
        "A visit is asked for",
        "By 1 Desember 2026: Check of receipts",
        f"Dewi Contoh asks: {REASON}",
    } <= set(texts(page))

    monkeypatch.setattr(asked_, "ask", lambda *_words: True)
    button = page.findChild(Button, "take_back")
    assert button is not None
    QTest.keyClick(button, Qt.Key.Key_Return)
    wait_idle(desk)
    page.refresh()
    wait_idle(desk)

    assert assigned(store)[0].withdrawn_at is not None
    assert "A visit is asked for" not in texts(page)
    assert "19 Desember 2026 (Monthly visit)" in texts(page)


def test_a_facilitator_begins_it_from_the_family(store: Store, show: Show, went: Went) -> None:
    household_id = register(store, "Asih Contoh")
    visit(store, household_id, date(2026, 11, 1))
    now = store.clock
    store.clock = lambda: NOW - timedelta(days=10)
    ask(store, household_id, date(2026, 11, 20))
    store.clock = now
    page = cast(HouseholdPage, show(HouseholdPage, household_id=household_id))

    assert "A visit is asked for, and overdue" in texts(page)
    begin = next(
        b for b in page.findChildren(Button) if b.isVisible() and b.text() == "Begin the visit"
    )
    QTest.keyClick(begin, Qt.Key.Key_Return)
    assert went.last == ("visit", {"household_id": household_id})


def test_an_officer_assigns_from_the_family(
    officer: None, typed: list[str], desk: Desk, store: Store, show: Show
) -> None:
    del officer
    household_id = register(store, "Asih Contoh")
    page = cast(HouseholdPage, show(HouseholdPage, household_id=household_id))
    QTest.keyClick(page.assign, Qt.Key.Key_Space)
    wait_idle(desk)

    assert typed == ["Asih Contoh"]
    assert [one.household_id for one in assigned(store)] == [household_id]
