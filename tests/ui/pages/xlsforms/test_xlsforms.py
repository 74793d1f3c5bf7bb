"""Every construct of XLSForm that is supported, compiled by the office's compiler and played by real keys."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from desktop.models.records.questionnaires import PublishedQuestionnaire, questionnaire_id
from desktop.models.store.local import Store
from desktop.models.tables import MEMBER, VISIT, VISIT_MEMBER, VISIT_REPEAT
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from server.questionnaires.compiler import compile_workbook
from tests.ui.conftest import focused
from tests.ui.pages.conftest import NOW, SUMBERJAYA, Went, wait_idle
from tests.ui.pages.visit.acting import Family
from tests.ui.pages.visit.conftest import family  # noqa: F401 a fixture
from tests.ui.pages.xlsforms.sheets import Story, read, stories

_KEYS = {
    "<Enter>": Qt.Key.Key_Return,
    "<Space>": Qt.Key.Key_Space,
    "<Tab>": Qt.Key.Key_Tab,
    "<Up>": Qt.Key.Key_Up,
    "<Down>": Qt.Key.Key_Down,
    "<Del>": Qt.Key.Key_Delete,
}


def publish(store: Store, story: Story, folder: Path) -> None:
    compiled = compile_workbook(story.write(folder))
    row = PublishedQuestionnaire(
        id=questionnaire_id(story.name, compiled.form.version),
        scope="ref",
        name=story.name,
        number=compiled.form.version,
        form=compiled.text,
        published_at=NOW,
    )
    with store.recording() as writer:
        writer.insert(row)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def press(word: str) -> None:
    """Presses a key, or types a word; `_` is a blank."""
    goal = focused(_app())
    assert goal is not None, f"nothing has the keyboard for {word}"
    if word in _KEYS:
        QTest.keyClick(goal, _KEYS[word])
    elif word == "<Back>":
        QTest.keyClick(goal, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    elif word.startswith("<Alt+"):
        QTest.keyClick(goal, _KEYS[f"<{word[5:]}"], Qt.KeyboardModifier.AltModifier)
    else:
        QTest.keyClicks(goal, word.replace("_", " "))
    QApplication.processEvents()


def recorded(store: Store, household: Any) -> dict[str, Any]:
    """The answers of the one visit; rows of repeats and members as lists, in order."""
    with store.reading() as connection:
        visit = connection.execute(select(VISIT).where(VISIT.c.household_id == household)).one()
        repeats = connection.execute(
            select(VISIT_REPEAT)
            .where(VISIT_REPEAT.c.visit_id == visit.id)
            .order_by(VISIT_REPEAT.c.place)
        ).all()
        people = connection.execute(
            select(MEMBER.c.name, VISIT_MEMBER.c.answers)
            .join(MEMBER, MEMBER.c.id == VISIT_MEMBER.c.member_id)
            .where(VISIT_MEMBER.c.visit_id == visit.id)
        ).all()
    found: dict[str, Any] = dict(visit.answers)
    for row in repeats:
        found.setdefault(row.repeat, []).append(row.answers)
    if people:
        found["members"] = {row.name: row.answers for row in people}
    if visit.accepted:
        found["accepted"] = visit.accepted
    return found


@pytest.mark.parametrize("path", stories(), ids=lambda path: path.stem)
def test_a_form_is_asked_and_recorded(
    path: Path,
    store: Store,
    desk: Desk,
    show: Callable[..., Page],
    family: Family,  # noqa: F811 the fixture
    went: Went,
    tmp_path: Path,
) -> None:
    story = read(path)
    publish(store, story, tmp_path)
    page = show(VisitPage, household_id=family.id, questionnaire=story.name)
    assert isinstance(page, VisitPage)
    for word in story.keys:
        if word.startswith("!"):
            at = page.stack.row(page.place or "")
            assert at is not None
            assert at.error() == word[1:].replace("_", " ")
        else:
            press(word)
    wait_idle(desk)
    assert page.shown == FINISH, (
        f"the last Enter shows the finish; {focused(_app())} has the keyboard"
    )
    assert page.stack.finish is not None
    assert page.stack.finish.to_do == []
    press("<Space>")
    wait_idle(desk)
    assert went.last[0] == "household"
    assert recorded(store, family.id) == story.record
    assert family.scope == SUMBERJAYA
