"""A visit by real keys: asked, gone about in, finished."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from desktop.models.queries.household import family as family_view
from desktop.models.queries.visits import drafts
from desktop.models.questionnaires.states import Progress
from desktop.models.records.questionnaires import PublishedQuestionnaire, questionnaire_id
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, DRAFT_ANSWER, STATE_MOVE, VISIT, VISIT_MEMBER
from desktop.ui.desk import Desk
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from tests.ui.conftest import RESOURCES
from tests.ui.pages.conftest import NOW, Went, wait_idle
from tests.ui.pages.visit.acting import (
    ALT,
    CTRL,
    FAMILY_ANSWERS,
    SHIFT,
    Family,
    Show,
    answer_until,
    asked,
    is_in_view,
    press,
    row,
    to_do,
    type_keys,
    visited_before,
)


def test_a_whole_visit_by_keyboard(
    store: Store, desk: Desk, open_visit: Show, family: Family, went: Went
) -> None:
    page = open_visit()
    answer_until(page)
    assert [todo.what for todo in to_do(page)] == []
    press(Qt.Key.Key_Return)  # the button has the keyboard
    wait_idle(desk)
    assert went.last == ("household", {"household_id": family.id})
    assert "Saved on this laptop" in desk.notices.history[-1].text
    with store.reading() as connection:
        visit = connection.execute(select(VISIT)).one()
        members = connection.execute(select(VISIT_MEMBER)).all()
        assert connection.execute(select(DRAFT)).all() == []
        assert connection.execute(select(STATE_MOVE.c.to_state)).scalars().all() == ["submitted"]
    assert (visit.outcome, visit.visited_on, visit.state) == (
        "met",
        date(2026, 11, 21),
        "submitted",
    )
    assert visit.answers["spending_food"] == 900_000
    assert visit.answers["spending_total"] == 1_600_000
    assert visit.answers["floor_area"] == "36.5"
    assert visit.answers["needs"] == ["food", "business"]
    assert visit.answers["follow_up_due"] == "2026-12-05"
    by_member = {member.member_id: member.answers for member in members}
    assert by_member[family.members["Rizki Contoh"]]["school"] == "attending"
    assert by_member[family.members["Siti Contoh"]]["schooling"] == "primary"


def test_nobody_home_asks_only_what_makes_sense(desk: Desk, open_visit: Show) -> None:
    page = open_visit()
    type_keys("1")
    assert len(page.sections.names()) == 13
    press(Qt.Key.Key_Return)
    field_before = row(page, "outcome").field
    press(Qt.Key.Key_Up, ALT)
    type_keys("2")
    assert page.sections.names() == ["visit", "follow_up", FINISH]
    assert row(page, "respondent").isHidden()
    assert not row(page, "outcome_note").isHidden()
    assert row(page, "outcome").field is field_before, "shown and hidden, not built anew"
    assert asked(page) == "outcome", "the keyboard stays where it was"


def test_a_doubtful_answer_stands_with_a_reason(
    store: Store, desk: Desk, open_visit: Show, family: Family
) -> None:
    visited_before(store, family, outcome="met", spending_food=100_000)
    page = open_visit()
    answer_until(page, last="household_size")
    assert asked(page) == "spending_food"
    type_keys("5 juta")
    press(Qt.Key.Key_Return)
    assert asked(page) == "spending_food", "Enter goes to the reason first"
    type_keys("Ada hajatan")
    press(Qt.Key.Key_Return)
    assert asked(page) == "spending_other"
    wait_idle(desk)
    with store.reading() as connection:
        kept = connection.execute(
            select(DRAFT_ANSWER.c.accepted).where(DRAFT_ANSWER.c.path == "spending_food")
        ).scalar_one()
    assert list(kept.values()) == ["Ada hajatan"]
    assert page.visit is not None
    assert list(page.visit.finished().accepted.values()) == ["Ada hajatan"]


def test_going_back_and_between_sections(open_visit: Show) -> None:
    page = open_visit()
    type_keys("1")
    press(Qt.Key.Key_Return)
    assert asked(page) == "respondent"
    press(Qt.Key.Key_Return, SHIFT)
    assert asked(page) == "outcome"
    press(Qt.Key.Key_PageDown, CTRL)
    assert page.shown == "members"
    assert asked(page).endswith("/insurance")
    press(Qt.Key.Key_PageUp, CTRL)
    assert page.shown == "visit"
    press(Qt.Key.Key_Return, CTRL)
    assert page.shown == FINISH


def test_every_fault_on_the_finish_page_is_one_enter_away(open_visit: Show) -> None:
    page = open_visit()
    type_keys("1")
    press(Qt.Key.Key_Return, CTRL)
    assert [todo.path.rpartition("/")[2] for todo in to_do(page)[:2]] == ["respondent", "insurance"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert asked(page).endswith("/insurance")
    assert row(page, "respondent").error() != "", "now a missing answer is an error"


def test_what_cannot_be_read_is_neither_passed_nor_forgotten(open_visit: Show) -> None:
    page = open_visit()
    type_keys("1")
    for _ in range(3):
        press(Qt.Key.Key_PageDown, CTRL)
    assert asked(page) == "spending_food"
    type_keys("banyak")
    press(Qt.Key.Key_Return)
    assert asked(page) == "spending_food"
    assert "2,5 juta" in row(page, "spending_food").error()
    press(Qt.Key.Key_Return, CTRL)
    assert to_do(page)[0].path == "spending_food"


def test_the_next_question_is_always_in_view(open_visit: Show) -> None:
    page = open_visit()
    for _ in range(12):
        QTest.qWait(1)
        path = asked(page)
        assert is_in_view(row(page, path)), path
        type_keys(FAMILY_ANSWERS[path.rpartition("/")[2]])
        press(Qt.Key.Key_Return)


def test_help_tells_the_keys(desk: Desk, open_visit: Show) -> None:
    open_visit()
    press(Qt.Key.Key_F1)
    assert "Enter goes to the next question" in desk.notices.history[-1].text


@pytest.mark.parametrize("typed", ["1/1/1900", "31/12/1999"])
def test_a_visit_before_the_programme_is_refused(open_visit: Show, typed: str) -> None:
    page = open_visit()
    press(Qt.Key.Key_Up, ALT)
    assert asked(page) == "visited_on"
    type_keys(typed)
    press(Qt.Key.Key_Return)
    assert asked(page) == "visited_on"
    assert row(page, "visited_on").error() == "Not earlier than 01/01/2000"
    press(Qt.Key.Key_Return, CTRL)
    assert to_do(page)[0].path == "visited_on"


def test_a_section_counts_what_has_to_be_answered(open_visit: Show) -> None:
    page = open_visit()
    type_keys("1")
    while page.shown != "follow_up":
        press(Qt.Key.Key_PageDown, CTRL)
    assert asked(page) == "follow_up_needed"
    assert page.visit is not None
    optional = [item for item in page.visit.session.items("follow_up") if not item.required]
    assert [item.path for item in optional] == ["notes"]
    entry = page.sections.entry("follow_up")
    assert (entry.answered, entry.total, entry.progress) == (0, 1, Progress.UNTOUCHED)
    type_keys("2")
    entry = page.sections.entry("follow_up")
    assert (entry.answered, entry.total, entry.progress) == (1, 1, Progress.COMPLETE)


def test_a_tick_stands_only_where_all_is_counted(open_visit: Show) -> None:
    page = open_visit()
    answer_until(page)
    entries = [page.sections.entry(name) for name in page.sections.names() if name != FINISH]
    assert all(entry.progress is Progress.COMPLETE for entry in entries)
    assert all(entry.answered == entry.total for entry in entries)


def test_several_questionnaires_can_be_under_way_side_by_side(
    store: Store, desk: Desk, open_visit: Show, family: Family
) -> None:
    form = (RESOURCES / "questionnaires" / "household_visit.json").read_text(encoding="utf-8")
    with store.recording() as writer:
        for name in ("survei_air", "survei_pasar"):
            writer.insert(
                PublishedQuestionnaire(
                    id=questionnaire_id(name, 1),
                    scope="ref",
                    name=name,
                    number=1,
                    form=form.replace('"id":"household_visit"', f'"id":"{name}"', 1),
                    published_at=NOW,
                )
            )
    page = open_visit()
    assert page.visit is not None
    assert page.visit.form.id == "household_visit"
    assert not page.questionnaire.isHidden()
    page.questionnaire.set_value("survei_pasar")
    page.questionnaire.changed.emit()
    wait_idle(desk)
    assert page.visit.form.id == "survei_pasar"
    type_keys("1")
    wait_idle(desk)
    again = open_visit()
    assert again.visit is not None
    assert again.visit.form.id == "survei_pasar", "what was begun goes on"
    assert not again.recovered.isHidden()
    again.questionnaire.set_value("household_visit")
    again.questionnaire.changed.emit()
    wait_idle(desk)
    assert again.visit.form.id == "household_visit"
    assert again.visit.session.item("outcome").value is None
    assert again.recovered.isHidden()
    type_keys("2")
    wait_idle(desk)
    again.questionnaire.set_value("survei_pasar")
    again.questionnaire.changed.emit()
    wait_idle(desk)
    assert again.visit.session.item("outcome").value == "met"
    with store.reading() as connection:
        listed = drafts(connection)
        view = family_view(connection, family.id, desk.reference)
    titles = [draft.title.id if draft.title else None for draft in listed]
    assert titles == [None, "Kunjungan rumah tangga"]
    assert view is not None
    assert [(draft.id, draft.title) for draft in view.drafts] == [
        (draft.id, draft.title) for draft in listed
    ]


def test_what_is_changed_after_another_answer_was_given_is_noted_as_corrected(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    page = open_visit()
    assert page.visit is not None

    def corrections() -> int:
        assert page.visit is not None
        return page.visit.paradata.as_json()["visit"].get("corrections", 0)

    type_keys("2")
    type_keys("1")
    assert (asked(page), corrections()) == ("outcome", 0)
    press(Qt.Key.Key_Return)
    type_keys("1")
    assert (asked(page), corrections()) == ("respondent", 0)
    press(Qt.Key.Key_Return, SHIFT)
    type_keys("1")
    assert (asked(page), corrections()) == ("outcome", 0)
    type_keys("3")
    assert corrections() == 1
    wait_idle(desk)
    with store.reading() as connection:
        noted = connection.execute(select(DRAFT.c.paradata)).scalar_one()
    assert noted["visit"]["corrections"] == 1
    assert page.visit.finished().paradata == page.visit.paradata.as_json()


def test_marks_typing_and_what_was_taken_over_correct_nothing(
    store: Store, open_visit: Show, family: Family
) -> None:
    visited_before(store, family, needs=["business"])
    page = open_visit()
    assert page.visit is not None
    type_keys("1")
    page._go("needs")
    press(Qt.Key.Key_L, CTRL)
    assert page.visit.session.item("needs").is_unread
    page._go("needs")
    for number in ("1", "2", "3"):
        type_keys(number)
        row(page, "needs").hand_over()
    press(Qt.Key.Key_Return)
    for words in ("Warung ", "mulai ", "ramai"):
        type_keys(words)
        row(page, "findings_text").hand_over()
    section = page.visit.form.section_of("needs")
    assert page.visit.paradata.as_json()[section].get("corrections") is None


def _ready_with_a_busy_store(desk: Desk, open_visit: Show) -> tuple[VisitPage, Event]:
    """A visit that can be finished, and a store that is busy, as while a village arrives, until it is set."""
    page = open_visit()
    answer_until(page)
    wait_idle(desk)
    busy = Event()
    desk.database.run(page, busy.wait, lambda _done: None, desk.explain)
    return page, busy


def test_nothing_is_answered_while_the_visit_is_being_finished(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    """What was typed then would be of no visit."""
    page, busy = _ready_with_a_busy_store(desk, open_visit)
    press(Qt.Key.Key_Return)
    page._go("notes")
    assert page.shown == FINISH
    assert not page.stack.isEnabled()
    busy.set()
    wait_idle(desk)
    with store.reading() as connection:
        assert len(connection.execute(select(VISIT.c.id)).all()) == 1
        assert connection.execute(select(DRAFT.c.id)).all() == []


def test_a_visit_that_could_not_be_finished_can_be_gone_on_with(
    desk: Desk, open_visit: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreFailure(StoreFault.DISK_FULL)

    page = open_visit()
    answer_until(page)
    monkeypatch.setattr("desktop.models.operations.visits.finish", fail)
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert page.stack.isEnabled()
    assert page.shown == FINISH
    monkeypatch.undo()
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert page.visit is None, "it was finished"


def test_whoever_leaves_while_the_visit_is_being_finished_may(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    """An answer still waits for a busy store: it is in the visit."""
    page, busy = _ready_with_a_busy_store(desk, open_visit)
    assert page.answering._autosave is not None
    page.answering._autosave.save("notes", ["notes"])
    press(Qt.Key.Key_Return)
    busy.set()

    def finished() -> bool:
        with store.reading() as connection:
            return connection.execute(select(VISIT.c.id)).first() is not None

    while not finished():  # the window has not heard of it
        pass
    assert page.may_leave()
    wait_idle(desk)
