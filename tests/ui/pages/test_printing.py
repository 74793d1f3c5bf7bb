"""Where the sheet for the family is printed: on its page, and at the end of a visit."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.operations import households
from desktop.models.operations.visits import DraftHead, KeptAnswer, save_answers
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member, Relation
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.printing import print_visit
from desktop.ui.pages.visit.sections import FINISH
from desktop.ui.printing.dialog import FamilySheetDialog
from tests.ui.pages.conftest import NOW, SUMBERJAYA, wait_idle
from tests.ui.pages.families import register, visit

CTRL = Qt.KeyboardModifier.ControlModifier
Show = Callable[..., Page]
REFUSED = {
    "visited_on": "2026-11-21",
    "outcome": "refused",
    "outcome_note": "Sedang bekerja di sawah",
    "follow_up_needed": "yes",
    "follow_up_what": "Datang sore hari",
    "follow_up_who": "facilitator",
    "follow_up_due": "2026-12-05",
}


@pytest.fixture
def household_id(store: Store) -> UUID:
    made = register(store, "Sarman", "Rizki", hamlet="Kampung Baru")
    visit(store, made, date(2026, 8, 1), water_drinking="1")
    visit(store, made, date(2026, 11, 8))
    return made


@pytest.fixture
def dialogs(app: QApplication) -> Iterator[Callable[[], list[FamilySheetDialog]]]:
    """The dialogs that are open."""

    def opened() -> list[FamilySheetDialog]:
        widgets = app.topLevelWidgets()
        return [one for one in widgets if isinstance(one, FamilySheetDialog) and one.isVisible()]

    yield opened
    for dialog in opened():
        dialog.close()


Dialogs = Callable[[], list[FamilySheetDialog]]


def test_ctrl_p_shows_the_sheet_of_the_last_visit(
    desk: Desk, show: Show, household_id: UUID, dialogs: Dialogs
) -> None:
    page = show(HouseholdPage, household_id=household_id)

    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    wait_idle(desk)

    (dialog,) = dialogs()
    words = list(dialog.sheet.words())
    assert dialog.sheet.head == "Sarman"
    assert "Dikunjungi Minggu, 8 November 2026" in words
    assert "Yang berubah sejak Sabtu, 1 Agustus 2026" in words
    assert "Menurun: Air bersih." in words
    assert "Rina Contoh (pendamping)" in words
    assert "Kantor Desa Sumberjaya" in words
    assert "Dinas Sosial Kabupaten Pandeglang" in words
    assert "Selasa, 8 Desember 2026" in words


def test_a_visit_that_is_chosen_is_the_one_printed(
    desk: Desk, show: Show, household_id: UUID, dialogs: Dialogs
) -> None:
    page = cast(HouseholdPage, show(HouseholdPage, household_id=household_id, tab="visits"))
    page.visits.table.select(1)

    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    wait_idle(desk)

    (dialog,) = dialogs()
    assert dialog.sheet.visited_on == date(2026, 8, 1)


def test_before_the_first_visit_there_is_nothing_to_print(
    desk: Desk, store: Store, show: Show, dialogs: Dialogs
) -> None:
    page = cast(HouseholdPage, show(HouseholdPage, household_id=register(store, "Dewi")))

    assert not page.print_button.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    wait_idle(desk)
    assert not dialogs()


def at_the_end(store: Store, show: Show, answers: dict[str, str]) -> VisitPage:
    """A visit whose draft has these answers, at its finish."""
    home = Household(scope=SUMBERJAYA)
    head = Member(
        scope=SUMBERJAYA, household_id=home.id, name="Siti Contoh", relation=Relation.HEAD
    )
    with store.recording() as writer:
        households.register(writer, home, [head])
    draft = DraftHead(new_id(), home.id, SUMBERJAYA, "household_visit", 1, NOW)
    kept = {path: KeptAnswer(value) for path, value in answers.items()}
    with store.writing() as connection:
        save_answers(connection, draft, new_id(), kept, None)
    page = show(VisitPage, household_id=home.id)
    assert isinstance(page, VisitPage)
    page._show_section(FINISH)
    return page


def test_a_visit_that_could_be_finished_can_be_printed(
    desk: Desk, store: Store, show: Show, dialogs: Dialogs
) -> None:
    page = at_the_end(store, show, REFUSED)
    assert page.stack.finish is not None
    assert page.stack.finish.print_button.isEnabled()

    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    wait_idle(desk)

    (dialog,) = dialogs()
    words = list(dialog.sheet.words())
    assert dialog.sheet.factors == ()
    assert "Sabtu, 5 Desember 2026, oleh pendamping" in words
    assert "Datang sore hari." in words
    assert "Senin, 21 Desember 2026" in words
    assert page.visit is not None, "it is still to be finished"


def test_the_sheet_of_an_open_visit_tells_its_answers_and_what_changed(
    desk: Desk, store: Store, show: Show, household_id: UUID, dialogs: Dialogs
) -> None:
    given = {"visited_on": "2026-11-21", "outcome": "met", "water_drinking": "1"}
    draft = DraftHead(new_id(), household_id, SUMBERJAYA, "household_visit", 1, NOW)
    with store.writing() as connection:
        kept = {path: KeptAnswer(value) for path, value in given.items()}
        save_answers(connection, draft, new_id(), kept, None)
    page = cast(VisitPage, show(VisitPage, household_id=household_id))
    assert page.visit is not None

    print_visit(desk, page, page.visit)
    wait_idle(desk)

    (dialog,) = dialogs()
    words = list(dialog.sheet.words())
    assert "Dikunjungi Sabtu, 21 November 2026" in words
    assert "Yang berubah sejak Minggu, 8 November 2026" in words
    assert "Membaik: Air bersih." in words
    assert "Senin, 21 Desember 2026" in words, "the visit counts for when the next one is due"


def test_a_visit_that_lacks_answers_is_not_printed(
    desk: Desk, store: Store, show: Show, dialogs: Dialogs
) -> None:
    page = at_the_end(store, show, {"visited_on": "2026-11-21"})

    assert page.stack.finish is not None
    assert not page.stack.finish.print_button.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    wait_idle(desk)
    assert not dialogs()


def test_the_button_of_the_finish_page_shows_the_sheet(
    desk: Desk, store: Store, show: Show, dialogs: Dialogs
) -> None:
    page = at_the_end(store, show, REFUSED)
    assert page.stack.finish is not None

    page.stack.finish.print_button.click()
    wait_idle(desk)

    assert len(dialogs()) == 1


def test_a_finished_visit_is_offered_to_be_printed(
    desk: Desk, store: Store, show: Show, dialogs: Dialogs
) -> None:
    page = at_the_end(store, show, REFUSED)
    page._finish.click()
    wait_idle(desk)

    action = desk.notices.history[-1].action
    assert action is not None
    action.run()
    wait_idle(desk)

    (dialog,) = dialogs()
    assert dialog.sheet.head == "Siti Contoh"
    assert "Datang sore hari." in list(dialog.sheet.words())
