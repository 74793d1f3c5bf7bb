"""Filling in a visit by real keys, and what is to be seen of it."""

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from desktop.models.operations import households, visits
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT_ANSWER
from desktop.ui.pages.visit.finish import ToDo
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.rows import Before, QuestionRow
from desktop.ui.pages.visit.sections import FINISH
from tests.ui.conftest import focused
from tests.ui.pages.conftest import NOW, SUMBERJAYA

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


def register(store: Store, people: Iterable[tuple[str, Relation, date]]) -> Family:
    """A family of these people: name, relation, day of birth."""
    household = Household(scope=SUMBERJAYA, hamlet="Krajan")
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


def before(page: VisitPage, path: str) -> Before:
    """What stands beside a question of the visit before."""
    found = row(page, path).before
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


def at_water(page: VisitPage) -> None:
    type_keys("1")
    while page.shown != "water":
        press(Qt.Key.Key_PageDown, CTRL)
    assert asked(page) == "water_drinking"
