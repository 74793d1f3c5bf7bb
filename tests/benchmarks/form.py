"""A large questionnaire in the form of a visit: opened, answered key by key, gone on with; and compiled.

The floors: the same page with the shortest questionnaire; one expression evaluated by itself; pyxform
alone; the draft's rows read by themselves.
"""

import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from desktop.models.operations import households
from desktop.models.questionnaires.form import Questionnaire, QuestionType, Value
from desktop.models.questionnaires.session import AnswerSession
from desktop.models.questionnaires.states import Instance
from desktop.models.records.base import utc_now
from desktop.models.records.households import Household, Member, Relation
from desktop.models.records.questionnaires import PublishedQuestionnaire, questionnaire_id
from desktop.models.tables import DRAFT_ANSWER, HOUSEHOLD
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from server.questionnaires.compiler import Compiled, compile_workbook
from tests.benchmarks.harness import Result, Target, copy_of, median, p95, undisturbed
from tests.benchmarks.large_form import write_workbook
from tests.benchmarks.painted import milliseconds_until_painted
from tests.benchmarks.program import Program, running

QUESTIONS: Final = 500
COMPILED: Final = 1_000
MEMBERS: Final = 20
_OPENED: Final = 9
_SMALL: Final = 80
"""Questions of the form that the floors are measured with; a member's and the sums are most of it."""

_TYPED: Final = {
    QuestionType.INTEGER: "7",
    QuestionType.RUPIAH: "50000",
    QuestionType.TEXT: "a",
    QuestionType.DATE: "1/2/2026",
    QuestionType.SELECT_ONE: "1",
}


def measure(home: Path) -> Iterator[Result]:
    """What an office and a facilitator wait for."""
    with tempfile.TemporaryDirectory() as folder:
        yield _compiling(Path(folder))
        large = _compiled(Path(folder), "large", QUESTIONS)
        small = _compiled(Path(folder), "small", _SMALL)
    yield _evaluating(large.form)
    with copy_of(home) as own, running(own) as program:
        families = [_prepare(program, form) for form in (small, large)]
        opened = [
            _open(program, family, name)
            for family, name in zip(families, ("small", "large"), strict=True)
        ]
        yield Result("form_open", median(opened[1]), median(opened[0]), "ms", Target(most=300))
        typed = [
            _type(program, family, name)
            for family, name in zip(families, ("small", "large"), strict=True)
        ]
        keys = {"answers": len(typed[1])}
        yield Result("form_key", p95(typed[1]), p95(typed[0]), "ms", Target(most=33), keys)
        yield _recovering(program, families[1])


def _compiling(folder: Path) -> Result:
    from pyxform.xls2xform import convert  # noqa: PLC0415 as late as the compiler does

    path = folder / "compiled.xlsx"
    write_workbook(path, "compiled", COMPILED)
    compile_workbook(path)  # what is imported once
    begun = perf_counter()
    convert(str(path), validate=False, pretty_print=False, file_type=".xlsx")
    floor = perf_counter() - begun
    begun = perf_counter()
    compile_workbook(path)
    seconds = perf_counter() - begun
    return Result("form_compile", seconds, floor, "s", Target(most=2))


def _compiled(folder: Path, name: str, questions: int) -> Compiled:
    path = folder / f"{name}.xlsx"
    write_workbook(path, name, questions)
    return compile_workbook(path)


def _evaluating(form: Questionnaire) -> Result:
    """Each question answered once, in order; what follows from an answer is evaluated."""
    rows = [Instance(UUID(int=number + 1)) for number in range(MEMBERS)]
    session = AnswerSession(
        form, facts={}, instances={"members": rows}, today=date(2026, 11, 28), now=datetime.now(UTC)
    )
    value: list[float] = []
    floor: list[float] = []
    path = session.next_path(None)
    with undisturbed():
        while path is not None:
            answer = _answer(session, path)
            begun = perf_counter()
            session.set(path, answer)
            value.append((perf_counter() - begun) * 1000)
            begun = perf_counter()
            session.parse(form.questions["q0"], "7")
            floor.append((perf_counter() - begun) * 1000)
            path = session.next_path(path)
    return Result(
        "form_answer", p95(value), p95(floor), "ms", Target(most=5), {"answers": len(value)}
    )


def _answer(session: AnswerSession, path: str) -> Value:
    question = session.item(path).question
    return session.parse(question, "yes" if question.type.is_select else _TYPED[question.type])


def _prepare(program: Program, form: Compiled) -> UUID:
    """Publishes a form on the laptop, and registers a family of twenty to be asked."""
    store = program.app.desk.store
    with store.reading() as connection:
        scope = connection.execute(select(HOUSEHOLD.c.scope).limit(1)).scalar_one()
    household = Household(scope=scope)
    members = [
        Member(
            scope=scope,
            household_id=household.id,
            name=f"Anggota Uji {number}",
            relation=Relation.HEAD if number == 0 else Relation.CHILD,
        )
        for number in range(MEMBERS)
    ]
    published = PublishedQuestionnaire(
        id=questionnaire_id(form.form.id, 1),
        scope="ref",
        name=form.form.id,
        number=1,
        form=form.text,
        published_at=utc_now(),
    )
    with store.recording() as writer:
        households.register(writer, household, members)
        writer.insert(published)
    return household.id


def _open(program: Program, family: UUID, name: str) -> list[float]:
    found = []
    for _ in range(_OPENED):
        program.go("home")
        found.append(program.go("visit", household_id=family, questionnaire=name))
    return found


def _type(program: Program, family: UUID, name: str) -> list[float]:
    """Answers all questions, those of the repeat too; milliseconds from each Enter to the next, painted."""
    program.go("home")
    program.go("visit", household_id=family, questionnaire=name)
    page = program.app.window.findChild(VisitPage)
    assert page is not None
    found = []
    with undisturbed():
        while page.shown != FINISH:
            row, before = page.stack.row(page.place or ""), page.place
            assert row is not None
            QTest.keyClicks(_focused(), _TYPED[row.question.type])
            found.append(milliseconds_until_painted(_press_enter, lambda: _has_left(page, before)))  # noqa: B023 called in this round
    program.do(lambda: None)
    return found


def _has_left(page: VisitPage, place: str | None) -> bool:
    return page.place != place or page.shown == FINISH


def _press_enter() -> None:
    QTest.keyClick(_focused(), Qt.Key.Key_Return)


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _recovering(program: Program, family: UUID) -> Result:
    """A begun visit is opened again, with all that was answered."""
    found = []
    for _ in range(_OPENED):
        program.go("home")
        found.append(program.go("visit", household_id=family, questionnaire="large"))
    floor = []
    for _ in range(_OPENED):
        begun = perf_counter()
        with program.app.desk.store.reading() as connection:
            connection.execute(select(DRAFT_ANSWER)).all()
        floor.append((perf_counter() - begun) * 1000)
    return Result("form_recover", median(found), median(floor), "ms", Target(most=300))
