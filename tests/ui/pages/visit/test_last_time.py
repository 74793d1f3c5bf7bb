"""What was said last time, beside what is said now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.pages.visit.sheet import SectionSheet
from desktop.ui.widgets.data_table import DataTable
from tests.ui.pages.conftest import wait_idle
from tests.ui.pages.visit.acting import (
    CTRL,
    SHIFT,
    Family,
    Show,
    answer_until,
    asked,
    at_water,
    before,
    press,
    to_do,
    type_keys,
    visited_before,
)


def test_what_was_said_last_time_stands_beside(
    store: Store, open_visit: Show, family: Family
) -> None:
    visited_before(store, family, outcome="met", respondent="head", water_drinking="8")
    page = open_visit()
    type_keys("1")
    press(Qt.Key.Key_Return)
    assert before(page, "respondent").text().startswith("Last time (12/08/2026): ")
    type_keys("2")
    assert not before(page, "respondent").changed_mark.isVisible(), "it is asked anew each time"
    at_water(page)
    assert not before(page, "water_drinking").changed_mark.isVisible()
    type_keys("12")
    assert before(page, "water_drinking").changed_mark.isVisible()


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


WATER = {"water_drinking": "8", "water_cooking": "7", "water_minutes": 10}


def test_what_is_taken_over_is_confirmed_answer_by_answer(
    store: Store, desk: Desk, open_visit: Show, family: Family
) -> None:
    visited_before(store, family, outcome="met", **WATER)
    page = open_visit()
    at_water(page)
    press(Qt.Key.Key_L, CTRL)
    assert page.visit is not None
    assert page.visit.session.checks.unread("water") == [*WATER]
    assert all(before(page, name).unread_mark.isVisible() for name in WATER)
    press(Qt.Key.Key_Return, CTRL)
    (unread,) = [one for one in to_do(page) if "last time" in one.what]
    assert (unread.what, unread.path) == (
        "3 answer(s) of last time to read and confirm",
        "water_drinking",
    )
    page._go("water_drinking")
    press(Qt.Key.Key_Return)
    assert asked(page) == "water_cooking"
    type_keys("7")
    assert not before(page, "water_cooking").unread_mark.isVisible(), "the same was said again"
    assert page.visit.session.checks.unread("water") == ["water_minutes"]

    wait_idle(desk)
    again = open_visit()
    assert again.visit is not None
    assert again.visit.session.checks.unread("water") == ["water_minutes"], "nor is it forgotten"
    taken_over = again.visit.paradata.as_json()["water"]["taken_over"]
    assert taken_over == 2, "those that were confirmed"


def test_a_section_is_confirmed_with_one_key(
    store: Store, open_visit: Show, family: Family
) -> None:
    visited_before(store, family, outcome="met", **WATER)
    page = open_visit()
    at_water(page)
    sheet = page.stack.currentWidget()
    assert isinstance(sheet, SectionSheet)
    assert sheet.same is not None
    assert sheet.same.confirm.isHidden(), "nothing was taken over yet"
    press(Qt.Key.Key_L, CTRL)
    assert sheet.same.take_over.isHidden(), "there is nothing left to take over"
    assert sheet.same.confirm.text() == "3 answer(s) read and right"
    press(Qt.Key.Key_L, CTRL | SHIFT)
    assert page.visit is not None
    assert page.visit.session.checks.unread("water") == []
    assert sheet.same.line.isHidden()
    assert page.shown == "sanitation", "nothing else is asked there"
