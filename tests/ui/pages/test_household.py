"""A family's page: what is seen of it, and where its buttons lead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.models.operations import businesses
from desktop.models.operations.visits import DraftHead, KeptAnswer, save_answers
from desktop.models.queries.household import AskedMember
from desktop.models.queries.visits import RepeatRow
from desktop.models.questionnaires import paths
from desktop.models.records.base import new_id
from desktop.models.records.businesses import Business
from desktop.models.rules.deprivations import Factor
from desktop.models.rules.money import format_rupiah
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.members.dialogs import MemberDialog
from desktop.ui.page import Page
from desktop.ui.pages.household.answers import AnswersDialog
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.widgets.button import Button
from tests.models.conflicts import conflict, person, write
from tests.ui.pages.conftest import NOW, SUMBERJAYA, Went, wait_idle
from tests.ui.pages.families import KK, NIK, register, visit

Show = Callable[..., Page]


@pytest.fixture
def household_id(store: Store) -> UUID:
    made = register(store, "Sarman", "Rizki", hamlet="Kampung Baru", national_id=NIK, card=KK)
    visit(store, made, date(2026, 8, 1), outcome="nobody_home")
    visit(store, made, date(2026, 11, 8))
    return made


@pytest.fixture
def page(show: Show, household_id: UUID) -> HouseholdPage:
    return cast(HouseholdPage, show(HouseholdPage, household_id=household_id))


def texts(page: Page) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_head_line_hides_the_numbers_until_asked(page: HouseholdPage) -> None:
    assert "Sarman" in texts(page)
    assert "NIK 3601 •••• •••• 0001" in texts(page)

    page.eye.click()

    assert "NIK 3601 0121 0860 0001" in texts(page)
    assert "KK 3601 0101 0201 0001" in texts(page)


def test_visits_tell_what_is_lacking(page: HouseholdPage) -> None:
    newest, first = page.visits.table.rows()

    assert set(newest.lacking) >= {Factor.FOOD, Factor.WATER}
    assert newest.state == "submitted"
    assert first.outcome == "nobody_home"


def test_a_new_visit_is_begun_by_ctrl_n(
    page: HouseholdPage, went: Went, household_id: UUID
) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert went.last == ("visit", {"household_id": household_id})


def test_an_open_draft_is_continued(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, went: Went
) -> None:
    with store.writing() as connection:
        draft = DraftHead(new_id(), household_id, SUMBERJAYA, "household_visit", 1, NOW)
        save_answers(connection, draft, new_id(), {"outcome": KeptAnswer("met")}, "outcome")
    page.refresh()
    wait_idle(desk)

    buttons = [each for each in page.findChildren(Button) if each.isVisible()]
    assert [each.text() for each in buttons].count("Continue the visit") == 1
    assert not page.visit_button.isVisible()
    page.go_on_button.click()
    assert went.last == ("visit", {"household_id": household_id})
    assert "A visit waits to be finished" in texts(page)


def test_each_of_several_drafts_is_continued(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID, went: Went
) -> None:
    heads = [
        DraftHead(new_id(), household_id, SUMBERJAYA, name, 1, NOW)
        for name in ("household_visit", "survei_air")
    ]
    with store.writing() as connection:
        for head in heads:
            save_answers(connection, head, new_id(), {"outcome": KeptAnswer("met")}, "outcome")
    page.refresh()
    wait_idle(desk)

    seen = page.summary.findChildren(Button)
    buttons = [each for each in seen if each.text() == "Continue the visit"]
    for button in buttons:
        button.click()
    chosen = [shown["draft_id"] for name, shown in went.places if name == "visit"]
    assert set(chosen) == {head.id for head in heads}


def test_a_conflict_shows_both_values(
    desk: Desk, store: Store, page: HouseholdPage, household_id: UUID
) -> None:
    budi = person(store, "Budi")
    writes = (write("Kp. Baru 1", budi, NOW), write("Kp. Baru 7", new_id(), NOW))
    conflict(store, ("household", household_id, SUMBERJAYA), "address", writes)
    page.refresh()
    wait_idle(desk)

    assert {"Address", "Kp. Baru 1 (Budi), Kp. Baru 7 (somebody)"} <= set(texts(page))


def test_answers_are_read_with_the_words_of_the_questions(desk: Desk, page: HouseholdPage) -> None:
    desk.settings.set("language", "en")
    visit = page.visits.table.rows()[0]
    with desk.store.reading() as connection:
        form = desk.forms.version(connection, *visit.questionnaire)
    assert form is not None
    dialog = AnswersDialog(desk, visit, form, page)

    shown = [label.text() for label in dialog.findChildren(QLabel)]

    assert format_rupiah(1_200_000) in shown
    assert "08/11/2026" in shown
    assert "Met the family" in shown
    dialog.deleteLater()


def test_how_a_visit_was_filled_in_is_told(desk: Desk, page: HouseholdPage) -> None:
    desk.settings.set("language", "en")
    reason, of_whom = "Baru pulang dari rantau", page.members.table.rows()[0].id
    row = RepeatRow(new_id(), "debts", None, {})
    visit = replace(
        page.visits.table.rows()[0],
        members=[AskedMember(of_whom, "Sarman", {})],
        rows=[RepeatRow(new_id(), "debts", None, {}), row],
        paradata={"spending": {"seconds": 95, "corrections": 2, "taken_over": 3}},
        accepted={
            "spending_food:no_food_spending": reason,
            f"{paths.join('school', 'members', of_whom)}:gone": "of another version",
            f"{paths.join('spending_food', 'debts', row.id)}:gone": "in a list",
        },
    )
    with desk.store.reading() as connection:
        form = desk.forms.version(connection, *visit.questionnaire)
    assert form is not None
    dialog = AnswersDialog(desk, visit, form, page)

    shown = [label.text() for label in dialog.findChildren(QLabel)]

    assert "1 min 35 s, 2 correction(s), 3 answer(s) taken over and confirmed" in shown
    assert f"Nothing spent on food at all? Please ask once more. Reason: {reason}" in shown
    assert "gone Reason: of another version" in shown, "what it said is not known here"
    questions = form.questions
    assert f"Sarman: {questions['school'].label.in_language('en')}" in shown
    title = form.section("spending").title.in_language("en")
    assert f"{title} 2: {questions['spending_food'].label.in_language('en')}" in shown
    dialog.deleteLater()


def test_a_business_opens(desk: Desk, store: Store, page: HouseholdPage, went: Went) -> None:
    assert page.family is not None
    business = Business(scope=SUMBERJAYA, household_id=page.family.id, name="Warung")
    with store.recording() as writer:
        businesses.begin(writer, business)
    page.refresh()
    wait_idle(desk)
    page.tabs.setCurrentWidget(page.businesses)
    page.businesses.table.select(0)
    QTest.keyClick(page.businesses.table, Qt.Key.Key_Return)

    assert went.last == ("business", {"business_id": business.id})


def test_the_first_member_is_ready_to_be_corrected(
    store: Store, show: Show, page: HouseholdPage, desk: Desk
) -> None:
    assert page.members.table.current_row().name == "Sarman"
    page.members.table.select(1)
    page.refresh()
    wait_idle(desk)
    assert page.members.table.current_row().name == "Rizki"

    page.open_with(household_id=register(store, "Udin", "Contoh"))
    page.refresh()
    wait_idle(desk)
    assert page.members.table.current_row().name == "Udin"


def test_a_dialog_for_a_member_is_as_high_as_its_rows(desk: Desk, page: HouseholdPage) -> None:
    dialog = MemberDialog(desk, None, page)
    dialog.show()
    QApplication.processEvents()

    assert 0 <= dialog.page.viewport().height() - dialog.form.height() < 8
    assert dialog.page.verticalScrollBar().maximum() == 0
    dialog.deleteLater()


@pytest.mark.parametrize("wrong", ["name", "national_id", "relation"])
def test_a_dialog_for_a_member_goes_to_the_first_problem(
    desk: Desk, page: HouseholdPage, wrong: str
) -> None:
    dialog = MemberDialog(desk, None, page)
    dialog.show()
    dialog.person.name.setText("??? 123" if wrong == "name" else "Aisyah")
    dialog.person.national_id.setText("12" if wrong != "relation" else "")
    dialog.accept()

    field = dialog.relation if wrong == "relation" else getattr(dialog.person, wrong)
    assert dialog.focusWidget() is field
    assert dialog.isVisible()
    dialog.deleteLater()


def test_a_phone_is_written_as_it_is_read_out(store: Store, show: Show) -> None:
    household_id = register(store, "Sarman", phone="+6280090000075")
    page = show(HouseholdPage, household_id=household_id)

    assert "0800 9000 0075" in texts(page)


def test_a_family_that_is_gone_leads_back_to_the_list(desk: Desk, show: Show, went: Went) -> None:
    show(HouseholdPage, household_id=new_id())

    assert went.last == ("households", {})
    assert desk.notices.history
