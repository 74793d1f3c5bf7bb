"""What was said last time, beside what is said now."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.models.store.local import Store
from desktop.ui.widgets.data_table import DataTable
from tests.ui.pages.visit.acting import (
    Family,
    Show,
    answer_until,
    at_water,
    before,
    press,
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
    type_keys("1")
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
