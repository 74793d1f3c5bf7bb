"""kill -9 while somebody types: `python -m tests.crash.form --kills 300`.

A process opens the real form on a real store and answers question after question by real keys, in one
of two questionnaires: the shipped one, or one of lists within lists, to which it adds rows. It says on
a pipe which question it comes to, that the first letter is typed there, and which answer it has given
with Enter. It is killed at a random moment; then both drafts are read as the next start would find them.
Every answer and row is there but, at most, that of the field that was typed in last. The next process
goes on with one of the drafts. The last line is JSON; the exit code is 1 if anything else was lost.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from desktop.models.queries.account import account
from desktop.models.questionnaires import paths
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, DRAFT_ANSWER, HOUSEHOLD
from desktop.settings import Settings
from desktop.ui.desk import Desk
from desktop.ui.notices import Notices
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.sections import FINISH
from desktop.ui.theme.theme import Theme
from desktop.ui.work import Worker
from tests.models.store.families import new_store, record_family
from tests.ui.pages.xlsforms.sheets import FOLDER, read
from tests.ui.pages.xlsforms.test_xlsforms import publish

_RESOURCES: Final = Path(__file__).parents[2] / "resources"
_LIVES: Final = (0.05, 2.5)
"""Seconds from the first key to the kill, at least and at most."""

_WORKERS: Final = ("store", "files", "network")
_LISTS: Final = read(FOLDER / "nested_repeats.md")
_QUESTIONNAIRES: Final = ("household_visit", _LISTS.name)
_MOST_ROWS: Final = 40
_GOES_ON: Final = 0.7
"""How often nothing is added at the end of a list."""
_OPENING_MS: Final = 30_000
_TYPED: Final = {"integer": "7", "rupiah": "50000", "decimal": "36,5", "date": "20/11/2026"}


@dataclass
class Tally:
    """What was found."""

    kills: int = 0
    answers: int = 0
    rows: int = 0
    being_typed: int = 0
    violations: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Kills so often as asked for; returns 0 if nothing was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash.form", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--type-in", metavar="FOLDER", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.type_in:
        type_on(Path(given.type_in), given.first_seed)
        return 0
    begun = time.monotonic()
    tally = kill(given.kills, given.first_seed)
    for violation in tally.violations:
        print(violation)  # noqa: T201 the report
    report = {
        "target": "form",
        "kills": tally.kills,
        "answers": tally.answers,
        "rows": tally.rows,
        "lost_while_typed": tally.being_typed,
        "violations": len(tally.violations),
        "seconds": round(time.monotonic() - begun, 1),
    }
    print(json.dumps(report))  # noqa: T201 (see above)
    return 1 if tally.violations else 0


def kill(kills: int, first_seed: int) -> Tally:
    """Lets somebody type, and kills them, again and again on the same two drafts."""
    tally = Tally()
    chance = random.Random(first_seed)  # noqa: S311 moments, not secrets
    with tempfile.TemporaryDirectory(prefix="berdaya-typing-") as name:
        folder = Path(name)
        store = new_store(folder)
        record_family(store, "Uji Nur Aini", "Uji Budi")
        publish(store, _LISTS, folder)
        store.close()
        kept: dict[str, Any] = {}
        for number in range(kills):
            said = _killed(folder, first_seed + number, chance.uniform(*_LIVES))
            kept = _compare(folder, kept, said, tally)
    return tally


def _killed(folder: Path, seed: int, life: float) -> list[list[Any]]:
    """What a process said before it was killed."""
    command = ["-m", "tests.crash.form", "--type-in", str(folder), "--first-seed", str(seed)]
    with subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, *command], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        ready = process.stdout.readline()
        assert ready == '["ready"]\n', f"it did not begin: {ready}"
        time.sleep(life)  # the moment of the kill is drawn, not waited for
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    whole = rest[: rest.rfind("\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


def _compare(
    folder: Path, before: dict[str, Any], said: list[list[Any]], tally: Tally
) -> dict[str, Any]:
    """Looks for what was given; what is there is where the next one begins."""
    given = {path: value for kind, path, value in said if kind == "given"}
    last = {kind: path for kind, path, _ in said}
    with closing(Store.open(folder)) as store, store.reading() as connection:
        rows = connection.execute(
            select(DRAFT.c.questionnaire, DRAFT_ANSWER.c.path, DRAFT_ANSWER.c.value).join(
                DRAFT_ANSWER, DRAFT_ANSWER.c.draft_id == DRAFT.c.id
            )
        )
        found = {f"{row.questionnaire}:{row.path}": row.value for row in rows}
    tally.kills += 1
    tally.rows += sum(paths.as_row(path.partition(":")[2]) is not None for path in given)
    tally.answers += len(given)
    lost = [path for path, value in {**before, **given}.items() if found.get(path) != value]
    # A letter may have been typed in the field that was come to, and nobody told of it yet.
    typed = {last.get("typing"), last.get("comes")}
    if len(lost) > 1 or not typed.issuperset(lost):
        tally.violations.append(f"kill {tally.kills}: lost {lost}, typed last {last}")
    tally.being_typed += len(lost)
    return found


def type_on(folder: Path, seed: int) -> None:
    """Answers one question after the other, and begins again after the last one, until it is killed."""
    chance = random.Random(seed)  # noqa: S311 answers, not secrets
    app = QApplication([])
    desk = _desk(folder, app)
    with desk.store.reading() as connection:
        household = connection.execute(select(HOUSEHOLD.c.id)).scalars().first()
    page = VisitPage(desk)
    page.resize(1110, 720)
    page.open_with(household_id=household, questionnaire=chance.choice(_QUESTIONNAIRES))
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    page.refresh()
    deadline = QDeadlineTimer(_OPENING_MS)
    while page.visit is None and not deadline.hasExpired():
        QTest.qWait(1)
    if page.recovered.text():
        _press(Qt.Key.Key_Return)
    _write(["ready"])
    for path in _places(page):
        if paths.as_end(path) is not None:
            _add_or_go_on(page, chance)
        else:
            _answer(page, path, chance)


def _places(page: VisitPage) -> Iterator[str]:
    """The question or the end of a list that has the keyboard, for ever."""
    while True:
        place = page.place if page.shown != FINISH else None
        if place is None or (page.stack.row(place) is None and page.stack.end(place) is None):
            assert page.visit is not None
            page._go(page.visit.session.next_path(None))
            continue
        yield place


def _add_or_go_on(page: VisitPage, chance: random.Random) -> None:
    """Adds a row where the keyboard is at the end of a list, or goes on behind it."""
    assert page.visit is not None
    session = page.visit.session
    before = session.row_marks()
    rows = [row for repeat in page.visit.form.repeats for row in session.rows(repeat)]
    is_list = page.visit.form.id == _LISTS.name  # a row of the shipped one is a photo
    if not is_list or len(rows) >= _MOST_ROWS or chance.random() < _GOES_ON:
        _press(Qt.Key.Key_Return)
        return
    _press(Qt.Key.Key_Space)
    for path, mark in session.row_marks().items():
        if path not in before:
            _say(page, "comes", path)
            _say(page, "given", path, mark)


def _answer(page: VisitPage, path: str, chance: random.Random) -> None:
    assert page.visit is not None
    question = page.visit.session.item(path).question
    _say(page, "comes", path)
    if question.type.is_select:
        words = str(chance.randint(1, min(len(page.visit.session.item(path).choices), 9)))
    else:
        words = _TYPED.get(question.type.value, f"kata {chance.randint(1, 9999)}")
    if path == "outcome" or path.endswith("consent"):
        words = "1"
    for letter in words:
        QTest.keyClicks(_focused(), letter)
        _say(page, "typing", path)
        QApplication.processEvents()
    _press(Qt.Key.Key_Return)
    _reason(page, path)
    if page.place == path:
        page._go(page.visit.session.next_path(path))
    _say(page, "given", path, page.visit.session.draft().get(path))
    QTest.qWait(chance.choice((0, 0, 5, 40)))  # as fast as a machine, or nearly as a person


def _reason(page: VisitPage, path: str) -> None:
    """Where an answer is doubted, the keyboard is in the field for the reason."""
    row = page.stack.row(path)
    if row is not None and row.first_doubt() is not None and page.place == path:
        QTest.keyClicks(_focused(), "memang begitu")
        _press(Qt.Key.Key_Return)


def _press(key: Qt.Key) -> None:
    QTest.keyClick(_focused(), key)
    QApplication.processEvents()


def _focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def _say(page: VisitPage, kind: str, path: str, value: Any = None) -> None:
    assert page.visit is not None
    _write([kind, f"{page.visit.form.id}:{path}", value])


def _write(words: list[Any]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def _desk(folder: Path, app: QApplication) -> Desk:
    theme = Theme(_RESOURCES, app)
    theme.apply(app, "light", 1.0)
    settings = Settings(folder / "settings.json")
    desk = Desk(theme, Notices(), settings, _RESOURCES, *map(Worker, _WORKERS))
    desk.store = Store.open(folder)
    with desk.store.reading() as connection:
        desk.account = account(connection)
    return desk


if __name__ == "__main__":
    sys.exit(main())
