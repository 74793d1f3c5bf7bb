"""A visit by real keys: asked, kept, gone on with, finished."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from sqlalchemy import select

from desktop.models.operations import households, visits
from desktop.models.questionnaires.states import Progress
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.questionnaires import PublishedQuestionnaire, questionnaire_id
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, DRAFT_ANSWER, STATE_MOVE, VISIT, VISIT_MEMBER
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.visit import page as visit_page
from desktop.ui.pages.visit.finish import ToDo
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.rows import PAUSE_MS, QuestionRow
from desktop.ui.pages.visit.sections import FINISH
from desktop.ui.pages.visit.typed_fields import LongChoiceField
from desktop.ui.widgets.data_table import DataTable
from tests.ui.conftest import RESOURCES, focused
from tests.ui.pages.conftest import NOW, SUMBERJAYA, Went, wait_idle

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
Show = Callable[..., VisitPage]

FAMILY_ANSWERS: dict[str, str] = {
    "visited_on": "",
    "outcome": "1",
    "respondent": "1",
    "consent": "1",
    "consent_name": "Siti Contoh",
    "consent_proof": "3",
    "consent_witness": "Ketua RT Contoh",
    "insurance": "1",
    "ill_last_month": "2",
    "school": "2",
    "schooling": "3",
    "works": "1",
    "fies_worried": "2",
    "fies_unhealthy": "2",
    "fies_few_kinds": "2",
    "fies_skipped_meal": "2",
    "fies_ate_less": "2",
    "fies_ran_out": "2",
    "fies_hungry": "2",
    "fies_whole_day": "2",
    "household_size": "",
    "spending_food": "900 ribu",
    "spending_other": "700000",
    "new_clothing": "1",
    "income_wages": "1,2 juta",
    "income_business": "500rb",
    "income_farming": "0",
    "income_remittances": "0",
    "income_aid": "200000",
    "water_drinking": "1",
    "water_cooking": "7",
    "water_minutes": "0",
    "toilet": "1",
    "bowl": "1",
    "pit": "1",
    **dict.fromkeys(
        (
            "owns_phone",
            "owns_tv",
            "owns_radio",
            "knows_where_to_ask",
            "got_service_information",
            "knows_aid_status",
        ),
        "1",
    ),
    "has_dwelling": "1",
    "floor_area": "36,5",
    "roof": "2",
    "wall": "1",
    "floor": "5",
    "electricity": "4",
    "photo_consent": "2",
    "needs": "18",
    "findings_text": "Warung mulai ramai.",
    "follow_up_needed": "1",
    "follow_up_what": "Antar ke kantor desa",
    "follow_up_who": "1",
    "follow_up_due": "5/12/2026",
    "notes": "",
}
"""What is typed for each question, by its name; nothing for what stands there already."""


@dataclass
class Family:
    """An invented family: its id, and its members' by name."""

    id: UUID
    scope: str
    members: dict[str, UUID]


@pytest.fixture
def family(store: Store) -> Family:
    household = Household(scope=SUMBERJAYA, hamlet="Krajan")
    people = [
        ("Siti Contoh", Relation.HEAD, date(1985, 3, 4)),
        ("Rizki Contoh", Relation.CHILD, date(2015, 8, 17)),
    ]
    members = [
        Member(
            household_id=household.id,
            scope=SUMBERJAYA,
            name=name,
            relation=relation,
            birth_date=born,
        )
        for name, relation, born in people
    ]
    with store.recording() as writer:
        households.register(writer, household, members)
    return Family(household.id, SUMBERJAYA, {member.name: member.id for member in members})


@pytest.fixture
def open_visit(show: Callable[..., Page], family: Family) -> Show:
    def make(**shown: object) -> VisitPage:
        page = show(VisitPage, household_id=family.id, **shown)
        assert isinstance(page, VisitPage)
        return page

    return make


def visited_before(store: Store, family: Family, **answers: Any) -> None:
    """A visit of August with these answers."""
    head = visits.DraftHead(new_id(), family.id, family.scope, "household_visit", 1, NOW)
    with store.recording() as writer:
        visits.finish(
            writer,
            head,
            visits.FinishedVisit(date(2026, 8, 12), VisitOutcome.MET, answers),
        )


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    QTest.keyClick(focused(app), key, modifiers)
    app.processEvents()


def type_keys(words: str) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for letter in words:
        QTest.keyClicks(focused(app), letter)
    app.processEvents()


def asked(page: VisitPage) -> str:
    """The path of the question that has the keyboard."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    widget: QWidget | None = focused(app)
    while widget is not None and not isinstance(widget, QuestionRow):
        widget = widget.parentWidget()
    assert widget is not None, f"no question has the keyboard, but {focused(app)}"
    return widget.path


def row(page: VisitPage, path: str) -> QuestionRow:
    found = page.stack.row(path)
    assert found is not None, path
    return found


def to_do(page: VisitPage) -> list[ToDo]:
    """What the finish page lists."""
    assert page.stack.finish is not None
    return page.stack.finish.to_do


def is_in_view(row: QuestionRow) -> bool:
    """Whether a row is seen whole."""
    return row.visibleRegion().boundingRect() == row.rect()


def on_disk(store: Store) -> dict[str, Any]:
    """The answers of the draft, as somebody else finds them who opens the same file."""
    with closing(Store.open(store.folder)) as other, other.reading() as connection:
        rows = connection.execute(select(DRAFT_ANSWER.c.path, DRAFT_ANSWER.c.value))
        return {row.path: row.value for row in rows}


def answer_until(page: VisitPage, last: str = "") -> None:
    """Types the answers, Enter by Enter, up to the finish or until `last` is answered."""
    for _ in range(80):
        if page.shown == FINISH:
            return
        path = asked(page)
        type_keys(FAMILY_ANSWERS[path.rpartition("/")[2]])
        press(Qt.Key.Key_Return)
        if path == last:
            return
    raise AssertionError("the visit has no end")


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


def test_each_answer_is_on_the_disk_once_it_is_given(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    page = open_visit()
    assert on_disk(store) == {}, "a visit that was only opened leaves nothing"
    assert page.saved.text() == "Every answer is saved on this laptop at once."
    busy = Event()
    desk.database.run(page, busy.wait, lambda _done: None, desk.explain)
    type_keys("1")
    assert page.saved.text() != "Saved 10.00", "not said before it is so"
    busy.set()
    wait_idle(desk)
    assert page.saved.text() == "Saved 10.00"
    assert on_disk(store) == {"visited_on": "2026-11-21", "outcome": "met", "household_size": 2}
    press(Qt.Key.Key_Return)
    type_keys("2")
    wait_idle(desk)
    assert on_disk(store)["respondent"] == "spouse"


@pytest.mark.parametrize(
    ("first", "next_letter"),
    [("2", "K"), ("1", "2")],
    ids=["words are typed", "a choice is made"],
)
def test_an_answer_is_on_the_disk_before_the_next_is_typed(
    store: Store, desk: Desk, open_visit: Show, first: str, next_letter: str
) -> None:
    page = open_visit()
    busy = Event()
    desk.database.run(page, busy.wait, lambda _done: None, desk.explain)
    type_keys(first)
    press(Qt.Key.Key_Return)
    assert on_disk(store) == {}, "no key waits for the disk while nothing else is typed"
    type_keys(next_letter)
    outcome = {"1": "met", "2": "nobody_home"}[first]
    assert on_disk(store)["outcome"] == outcome
    assert page.saved.text() == "Saved 10.00"
    busy.set()
    wait_idle(desk)


def test_typed_words_are_kept_after_a_pause(store: Store, desk: Desk, open_visit: Show) -> None:
    open_visit()
    type_keys("2")
    press(Qt.Key.Key_Return)
    type_keys("Kata tetangga")
    wait_idle(desk)
    assert "outcome_note" not in on_disk(store)
    QTest.qWait(PAUSE_MS + 50)
    wait_idle(desk)
    assert on_disk(store)["outcome_note"] == "Kata tetangga"


def test_leaving_keeps_what_was_typed_a_moment_ago(store: Store, open_visit: Show) -> None:
    page = open_visit()
    type_keys("2")
    press(Qt.Key.Key_Return)
    type_keys("Sudah pergi")
    assert page.may_leave()
    assert on_disk(store)["outcome_note"] == "Sudah pergi"


def test_a_visit_goes_on_after_the_power_was_cut(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    first = open_visit()
    answer_until(first, last="consent")
    wait_idle(desk)
    kept = on_disk(store)
    again = open_visit()  # the first one was never closed
    assert again.recovered.text().startswith("This visit was begun before. 5 answer(s) of ")
    press(Qt.Key.Key_Return)  # continue
    assert asked(again) == "consent_name"
    assert row(again, "outcome").value() == "met"
    assert on_disk(store) == kept


def test_a_draft_that_was_chosen_goes_on_without_asking(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    answer_until(open_visit(), last="respondent")
    wait_idle(desk)
    with store.reading() as connection:
        draft_id = connection.execute(select(DRAFT.c.id)).scalar_one()
    page = open_visit(draft_id=draft_id)
    assert page.recovered.text() == ""
    assert asked(page) == "consent"


def test_a_recovered_visit_can_be_discarded(
    store: Store, desk: Desk, open_visit: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_until(open_visit(), last="respondent")
    wait_idle(desk)
    page = open_visit()
    monkeypatch.setattr(visit_page, "ask", lambda *_words, **_more: True)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    wait_idle(desk)
    assert on_disk(store) == {}
    assert page.recovered.text() == ""
    assert row(page, "outcome").value() is None


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


def test_what_was_said_last_time_stands_beside(
    store: Store, open_visit: Show, family: Family
) -> None:
    visited_before(store, family, outcome="met", respondent="head", water_drinking="8")
    page = open_visit()
    type_keys("1")
    press(Qt.Key.Key_Return)
    assert row(page, "respondent").before.text().startswith("Last time (12/08/2026): ")
    type_keys("2")
    assert not row(page, "respondent").changed_mark.isVisible(), "it is asked anew each time"
    at_water(page)
    assert not row(page, "water_drinking").changed_mark.isVisible()
    type_keys("1")
    assert row(page, "water_drinking").changed_mark.isVisible()


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
    assert row(page, "respondent").error.text() != "", "now a missing answer is an error"


def test_what_cannot_be_read_is_neither_passed_nor_forgotten(open_visit: Show) -> None:
    page = open_visit()
    type_keys("1")
    for _ in range(3):
        press(Qt.Key.Key_PageDown, CTRL)
    assert asked(page) == "spending_food"
    type_keys("banyak")
    press(Qt.Key.Key_Return)
    assert asked(page) == "spending_food"
    assert "2,5 juta" in row(page, "spending_food").error.text()
    press(Qt.Key.Key_Return, CTRL)
    assert to_do(page)[0].path == "spending_food"


def test_a_failed_write_says_so_and_is_made_up_for(
    store: Store, desk: Desk, open_visit: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_visit()
    with monkeypatch.context() as broken:

        def full(*_arguments: object) -> Iterator[None]:
            raise StoreFailure(StoreFault.DISK_FULL, store.folder)

        broken.setattr(Store, "writing", full)
        type_keys("1")
        wait_idle(desk)
        assert page.saved.text().startswith("Not saved yet.")
    press(Qt.Key.Key_Return)
    type_keys("1")
    wait_idle(desk)
    assert page.saved.text() == "Saved 10.00"
    assert {"outcome", "respondent"} <= on_disk(store).keys()


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
    assert row(page, "visited_on").error.text() == "Not earlier than 01/01/2000"
    press(Qt.Key.Key_Return, CTRL)
    assert to_do(page)[0].path == "visited_on"


def at_water(page: VisitPage) -> None:
    type_keys("1")
    while page.shown != "water":
        press(Qt.Key.Key_PageDown, CTRL)
    assert asked(page) == "water_drinking"


def test_two_digits_choose_from_the_tenth_on(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    assert page.visit is not None
    session = page.visit.session
    names = [choice.name for choice in session.item("water_drinking").choices]
    assert len(names) == 15
    for typed, chosen in (("1", 1), ("10", 10), ("15", 15), ("2", 2), ("11", 11), ("19", 9)):
        field = row(page, "water_drinking").field
        assert isinstance(field, LongChoiceField)
        field.pause.timeout.emit()  # what was typed before is long ago
        type_keys(typed)
        assert session.item("water_drinking").value == names[chosen - 1], typed
    press(Qt.Key.Key_Return)
    assert asked(page) == "water_cooking"


def test_a_digit_after_a_pause_begins_anew(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    assert page.visit is not None
    session = page.visit.session
    names = [choice.name for choice in session.item("water_drinking").choices]
    field = row(page, "water_drinking").field
    assert isinstance(field, LongChoiceField)
    type_keys("1")
    assert field.pause.isActive()
    field.pause.timeout.emit()
    type_keys("2")
    assert session.item("water_drinking").value == names[1]


def test_the_two_digits_stand_on_the_choice(open_visit: Show) -> None:
    page = open_visit()
    at_water(page)
    words = [row.text() for row in row(page, "water_drinking").field.findChildren(QAbstractButton)]
    assert [text[:2] for text in words[9:]] == ["10", "11", "12", "13", "14", "15"]
    assert not words[8][0].isdigit(), "it has a key of its own"


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


def test_changed_questions_can_be_told_apart(
    store: Store, open_visit: Show, family: Family
) -> None:
    said = {"fies_worried": "yes", "fies_hungry": "yes", "fies_whole_day": "yes"}
    visited_before(store, family, outcome="met", **said)
    page = open_visit()
    answer_until(page)
    finish = page.stack.finish
    assert finish is not None
    words = [label.text() for label in finish.findChildren(QLabel)]
    assert not any("deprivations" in text for text in words), "no code among the words"
    assert any("the rules of the eight factors" in text for text in words)
    table = finish.findChildren(DataTable)[-1]
    assert len(table.rows()) == 3
    metrics = table.fontMetrics()
    for place, change in enumerate(table.rows()):
        assert metrics.horizontalAdvance(change.question) > table.columnWidth(0), "more than a line"
        assert table.rowHeight(place) > 2 * metrics.lineSpacing(), "which is wrapped"
    heights = sum(table.rowHeight(place) for place in range(3))
    assert table.viewport().height() >= heights, "and all rows are seen"


def test_another_questionnaire_can_be_chosen_before_it_is_begun(
    store: Store, desk: Desk, open_visit: Show
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
    assert again.questionnaire.isHidden()


def test_it_is_noted_how_long_a_section_took_and_what_was_corrected(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    page = open_visit()
    type_keys("1")
    type_keys("2")
    wait_idle(desk)
    with store.reading() as connection:
        noted = connection.execute(select(DRAFT.c.paradata)).scalar_one()
    assert noted["visit"]["corrections"] == 1
    assert page.visit is not None
    assert page.visit.finished().paradata == page.visit.paradata.as_json()
