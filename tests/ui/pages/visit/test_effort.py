"""How much work a whole visit is: a family of five, by keyboard alone, key by key."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt

from desktop.models.records.households import Relation
from desktop.models.store.local import Store
from desktop.ui.page import Page
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from tests.ui.pages.visit.acting import FAMILY_ANSWERS, asked, press, register, type_keys

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


def test_a_baseline_visit_of_five_takes_less_than_six_minutes(
    store: Store,
    show: Callable[..., Page],
    record_property: Callable[[str, object], None],
) -> None:
    page = show(VisitPage, household_id=register(store, PEOPLE).id)
    assert isinstance(page, VisitPage)
    keys = questions = 0
    screens = {page.shown}
    while page.shown != FINISH:
        words = FAMILY_ANSWERS[asked(page).rpartition("/")[2]]
        type_keys(words)
        press(Qt.Key.Key_Return)
        keys += len(words) + 1
        questions += 1
        screens.add(page.shown)
        assert questions < 200
    assert page.stack.finish is not None
    assert page.stack.finish.to_do == []
    seconds = keys * A_KEY + questions * A_QUESTION
    found = {"questions": questions, "keys": keys, "screens": len(screens), "seconds": seconds}
    for name, value in found.items():
        record_property(name, value)
    print(found)  # noqa: T201 shown with -s, for whoever reports it
    assert seconds < AT_MOST, found
