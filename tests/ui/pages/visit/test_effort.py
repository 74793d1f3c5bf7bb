"""How much work a whole visit is: a family of five, by keyboard alone, key by key."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.models.records.households import Relation
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from desktop.ui.window import Window
from tests.ui.pages.conftest import wait_idle
from tests.ui.pages.visit.acting import (
    CTRL,
    FAMILY_ANSWERS,
    NONE,
    asked,
    press,
    register,
    to_do,
    type_keys,
)

A_KEY = 0.28
"""Seconds an average skilled typist takes for a key, by the keystroke-level model of Card, Moran and Newell."""

A_QUESTION = 1.35
"""Seconds of thought before each answer, by the same."""

AT_MOST = 6 * 60

PEOPLE = (
    ("Siti Contoh", Relation.HEAD, date(1985, 3, 4)),
    ("Budi Contoh", Relation.SPOUSE, date(1983, 1, 9)),
    ("Rizki Contoh", Relation.CHILD, date(2015, 8, 17)),
    ("Ani Contoh", Relation.CHILD, date(2018, 2, 1)),
    ("Mbah Contoh", Relation.PARENT, date(1952, 7, 7)),
)


@pytest.fixture
def window(desk: Desk) -> Iterator[Window]:
    """The window as it is in the morning."""
    made = Window(desk)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    made.show_page("home")
    wait_idle(desk)
    yield made
    wait_idle(desk)
    made.close()
    made.forget()
    made.deleteLater()


def test_a_baseline_visit_of_five_takes_less_than_six_minutes(
    store: Store,
    desk: Desk,
    window: Window,
    record_property: Callable[[str, object], None],
) -> None:
    """From Ctrl+N at home, over the family's name, to the Enter that finishes the visit."""
    register(store, PEOPLE)
    steps: list[tuple[str, Qt.Key, Qt.KeyboardModifier]] = [
        ("", Qt.Key.Key_N, CTRL),
        ("siti", Qt.Key.Key_Return, NONE),
        ("", Qt.Key.Key_N, CTRL),
    ]
    keys, thoughts, screens = 0, 0, {"home"}
    for words, key, modifiers in steps:
        type_keys(words)
        wait_idle(desk)
        press(key, modifiers)
        wait_idle(desk)
        keys += len(words) + (2 if modifiers else 1)
        thoughts += 1
        assert window.page is not None
        screens.add(type(window.page).__name__)
    page = window.page
    assert isinstance(page, VisitPage)
    questions = 0
    while page.shown != FINISH:
        words = FAMILY_ANSWERS[asked(page).rpartition("/")[2]]
        type_keys(words)
        press(Qt.Key.Key_Return)
        keys += len(words) + 1
        questions += 1
        screens.add(page.shown)
        assert questions < 200
    assert to_do(page) == []
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert page.visit is None, "it is finished"
    seconds = (keys + 1) * A_KEY + (thoughts + questions + 1) * A_QUESTION
    found = {"questions": questions, "keys": keys + 1, "screens": len(screens), "seconds": seconds}
    for name, value in found.items():
        record_property(name, value)
    print(found)  # noqa: T201 shown with -s, for whoever reports it
    assert seconds < AT_MOST, found
