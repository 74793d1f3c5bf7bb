"""What was answered is on the disk, and goes on after whatever comes."""

from collections.abc import Iterator
from threading import Event, Timer

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select, text, update

from desktop.models.operations.visits import FinishedVisit, finish
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, HOUSEHOLD, MEMBER
from desktop.ui.desk import Desk
from desktop.ui.pages.visit import page as visit_page
from desktop.ui.pages.visit.rows import PAUSE_MS
from tests.ui.pages.conftest import NOW, wait_idle
from tests.ui.pages.visit.acting import (
    Family,
    Show,
    answer_until,
    asked,
    on_disk,
    press,
    row,
    type_keys,
)


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
    assert on_disk(store) == {
        "visited_on": "2026-11-21",
        "outcome": "met",
        "household_size": 2,
        "asks": "all",
        "asks_receipts": "no",
        "consent_at": None,
    }
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
    Timer(0.05, busy.set).start()
    type_keys(next_letter)
    outcome = {"1": "met", "2": "nobody_home"}[first]
    assert on_disk(store)["outcome"] == outcome
    wait_idle(desk)
    assert page.saved.text() == "Saved 10.00"


def test_an_answer_given_again_as_it_was_waits_for_the_one_before_it(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    page = open_visit()
    answer_until(page, last="consent")
    page._go("respondent")
    wait_idle(desk)
    before = on_disk(store)
    busy = Event()
    desk.database.run(page, busy.wait, lambda _done: None, desk.explain)
    type_keys("2")
    press(Qt.Key.Key_Return)
    assert asked(page) == "consent"
    assert on_disk(store) == before
    Timer(0.05, busy.set).start()
    type_keys("1")
    after = on_disk(store)
    assert (after["consent"], before["consent"]) == ("yes", "yes")
    assert after["respondent"] != before["respondent"]
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


def test_a_visit_is_never_gone_on_with_in_another_version(
    store: Store, desk: Desk, open_visit: Show
) -> None:
    answer_until(open_visit(), last="consent")
    wait_idle(desk)
    kept = on_disk(store)
    with store.writing() as connection:
        connection.execute(update(DRAFT).values(questionnaire_version=77))

    page = open_visit()
    assert page.visit is None
    assert page.sections.names() == []
    assert not page._back.isVisible(), "there is nowhere to go"
    assert "Its answers are safe" in desk.notices.history[-1].text
    assert on_disk(store) == kept

    with store.writing() as connection:
        connection.execute(update(DRAFT).values(questionnaire_version=1))
    again = open_visit()
    assert again.recovered.isVisible(), "once it is here, it goes on"
    page.refresh()
    wait_idle(desk)
    assert page._back.isVisible(), "on the page that said why, too"


def _finish_elsewhere(store: Store) -> None:
    with store.recording() as writer:
        draft = writer.connection.execute(select(DRAFT)).one()
        finish(writer, draft, FinishedVisit(NOW.date(), VisitOutcome.MET, {}))


def test_what_is_answered_of_a_visit_that_was_finished_elsewhere_is_said_not_to_be_kept(
    store: Store, desk: Desk, open_visit: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_visit()
    answer_until(page, last="consent")
    wait_idle(desk)
    _finish_elsewhere(store)
    type_keys("Siti")
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert "was finished meanwhile" in desk.notices.history[-1].text
    assert page.saved.text().startswith("Not saved yet.")
    asked_to_leave: list[object] = []
    monkeypatch.setattr(visit_page, "ask", lambda *words, **_more: asked_to_leave.append(words))
    assert not page.may_leave(), "what waits is not let go without a word"
    assert asked_to_leave
    monkeypatch.setattr(visit_page, "ask", lambda *_words, **_more: True)


def test_an_answer_of_a_family_that_has_left_is_said_not_to_be_kept(
    store: Store, desk: Desk, open_visit: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_visit()
    with store.writing() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in (MEMBER, HOUSEHOLD):
            connection.execute(table.delete())
    type_keys("1")
    wait_idle(desk)
    assert "has left this laptop" in desk.notices.history[-1].text
    assert page.saved.text().startswith("Not saved yet.")
    monkeypatch.setattr(visit_page, "ask", lambda *_words, **_more: True)


def test_a_draft_of_a_family_that_was_deleted_can_be_seen_and_discarded(
    store: Store, desk: Desk, open_visit: Show, family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_until(open_visit(), last="respondent")
    wait_idle(desk)
    with store.recording() as writer:
        writer.delete("household", family.id)
        draft_id = writer.connection.execute(select(DRAFT.c.id)).scalar_one()
    page = open_visit(draft_id=draft_id)
    assert "was deleted" in desk.notices.history[-1].text
    assert page.recovered.text().startswith("This visit was begun before.")
    monkeypatch.setattr(visit_page, "ask", lambda *_words, **_more: True)
    page.recovered.discarded.emit()
    wait_idle(desk)
    assert on_disk(store) == {}
