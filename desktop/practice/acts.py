"""The acts of the journey. Each is a process of its own on one laptop: real pages, real keys.

An act reads its task from a file and writes what it did beside it. Whoever started it reads that.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.app import App
from desktop.models.queries.home import TaskKind
from desktop.models.store.drafts import visit_of
from desktop.paths import Paths
from desktop.practice import gallery
from desktop.practice.answering import answer, asked, words_for
from desktop.practice.hands import CONTROL, Hands
from desktop.practice.seed import PASSWORD
from desktop.practice.shots import StuckError, wait_until
from desktop.sync.client import Client
from desktop.ui.pages.business.ledger_table import LedgerTable
from desktop.ui.pages.business.month_card import MonthCard
from desktop.ui.pages.business.page import BusinessPage
from desktop.ui.pages.businesses.page import BusinessesPage
from desktop.ui.pages.home.page import HomePage
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.pages.household_form.page import HouseholdFormPage
from desktop.ui.pages.households.page import HouseholdsPage
from desktop.ui.pages.sync.conflict_card import ConflictCard
from desktop.ui.pages.sync.decision_card import DecisionCard
from desktop.ui.pages.sync.duplicate_card import DuplicateCard
from desktop.ui.pages.sync.page import SyncPage
from desktop.ui.pages.visit.finish import FinishSheet
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.strips import RecoveredStrip
from desktop.ui.pages.welcome.page import WelcomePage
from desktop.ui.widgets.button import Button

if TYPE_CHECKING:
    from collections.abc import Callable

C = TypeVar("C", bound=DecisionCard)

KILLED_AFTER: Final = 24
"""Answers of the second visit after which the program may be killed."""
ENDLESS: Final = 3600.0


@dataclass
class Task:
    """What an act is to do.

    Attributes:
        home: the laptop's folder.
        pictures: the folder of pictures.
        address: the server's address.
        login: who signs in.
        household_id: the family.
        head_name: the name of its head.
        business_id: its business.
        month: the month to record.
        figures: what is typed into the month's cells.
        fields: what is typed into the family's form.
        reason: why a conflict is decided as it is.
    """

    home: str
    pictures: str = ""
    address: str = ""
    login: str = ""
    household_id: str = ""
    head_name: str = ""
    business_id: str = ""
    month: str = ""
    figures: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    @classmethod
    def read(cls, path: Path) -> Task:
        """From its file."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def write(self, path: Path) -> None:
        """Into its file."""
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def done_file(task: Path) -> Path:
    """Where an act writes what it did."""
    return task.with_suffix(".done.json")


def ready_file(task: Path) -> Path:
    """What an act writes when it waits for its surroundings: to be killed, or for the server."""
    return task.with_suffix(".ready.json")


def play(name: str, path: Path) -> int:
    """Plays an act from its task file.

    Raises:
        StuckError: the program did not do what it should.
    """
    task = Task.read(path)
    app = App(Paths.inside(Path(task.home)))
    hands = Hands(app)
    try:
        done = ACTS[name](hands, task, path)
    finally:
        app.stop()
    _tell(done_file(path), done)
    return 0


def sign_in(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """A laptop that knows nobody: the welcome page, and the first download."""
    if task.pictures:
        gallery.welcome(hands, Path(task.pictures))
    page = hands.page(WelcomePage)
    for words, at in ((task.address, page.server), (task.login, page.login)):
        hands.fill(at, words)
        hands.key(Qt.Key.Key_Return)
    hands.fill(page.password, PASSWORD)
    hands.key(Qt.Key.Key_Return)
    wait_until(lambda: isinstance(hands.app.window.page, HomePage), "the first download", 120)
    hands.settle()
    _open_section(hands, "households")
    return {"families": len(hands.page(HouseholdsPage).table.rows())}


def work_offline(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """A visit to a family and a month of its business, while nothing can be sent."""
    _open_family(hands, task)
    hands.key(Qt.Key.Key_N, CONTROL)
    hands.settle()
    visit = hands.page(VisitPage).visit
    assert visit is not None  # noqa: S101 the page is open
    answered = answer(hands)
    recorded = visit.session.household_answers()
    _finish(hands)
    return {
        "visit_id": _visit_of(hands, visit.head.id),
        "answered": answered,
        "answers": recorded,
        "members": len(visit.members),
        "figures": _record_month(hands, task),
    }


def begin_visit(hands: Hands, task: Task, path: Path) -> dict[str, Any]:
    """A visit that does not come to its end: the process is killed in the middle of it."""
    _open_family(hands, task)
    hands.key(Qt.Key.Key_N, CONTROL)
    hands.settle()
    visit = hands.page(VisitPage).visit
    assert visit is not None  # noqa: S101 the page is open
    answer(hands, lambda count: count >= KILLED_AFTER)
    hands.settle()
    kept = {at: value for at, value in visit.session.draft().items() if value is not None}
    row = asked()
    assert row is not None  # noqa: S101 there are more questions
    ready = {"draft_id": str(visit.head.id), "answers": kept, "at": row.path}
    _tell(ready_file(path), ready)
    hands.type(words_for(visit.session.item(row.path)))
    wait_until(lambda: False, "the end", ENDLESS)
    return {}


def recover_visit(hands: Hands, task: Task, path: Path) -> dict[str, Any]:
    """The start after the kill: the draft is offered, gone on with, finished; then it is sent."""
    home = hands.page(HomePage)
    drafts = [
        place
        for place, row in enumerate(home.table.rows())
        if row.kind is TaskKind.DRAFT and row.household_id == UUID(task.household_id)
    ]
    if not drafts:
        raise StuckError("the draft does not stand on the first page")
    hands.choose(home.table, drafts[0])
    page = hands.page(VisitPage)
    said = hands.part(RecoveredStrip).text()
    visit = page.visit
    assert visit is not None  # noqa: S101 the page is open
    kept = {at: value for at, value in visit.session.draft().items() if value is not None}
    hands.press(hands.part(RecoveredStrip).findChildren(Button)[0])
    answer(hands)
    answers = visit.session.household_answers()
    _finish(hands)
    _tell(ready_file(path), {})
    sent = send(hands, task, path)
    done = {"draft_id": str(visit.head.id), "visit_id": _visit_of(hands, visit.head.id)}
    return done | {"said": said, "kept": kept, "answers": answers} | sent


def change_family(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """Corrects a family in its form."""
    _open_family(hands, task)
    hands.press("correct")
    form = hands.page(HouseholdFormPage)
    for name, words in task.fields.items():
        line: QLineEdit = getattr(form, name)
        hands.fill(line, words)
    hands.press(form.save_button)
    hands.page(HouseholdPage)
    return {"fields": task.fields}


def register(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """Registers a new family in its form: where, its head, and the head's NIK."""
    _open_section(hands, "households")
    hands.press("new_family")
    form = hands.page(HouseholdFormPage)
    hands.settle()
    form.village.setFocus()
    hands.key(Qt.Key.Key_Down)
    hands.fill(form.hamlet, task.fields["hamlet"])
    hands.fill(form.person.name, task.fields["name"])
    hands.fill(form.person.national_id, task.fields["national_id"])
    hands.press(form.save_button)
    hands.page(HouseholdPage)
    return {"fields": task.fields}


def send(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """Syncs with the button, as soon as the server can be reached."""
    connection = hands.app.connection
    assert connection is not None  # noqa: S101 somebody is signed in
    with closing(Client(task.address)) as client:
        wait_until(client.is_reachable, "the province")
    _open_section(hands, "sync")
    wait_until(lambda: not connection.is_syncing, "a sync that had begun")
    ended: list[Any] = []
    connection.ended.connect(ended.append)
    hands.press("sync_now")
    wait_until(lambda: ended, "the sync to end", 120)
    hands.settle()
    hands.page(SyncPage)
    run = ended[-1]
    return {"fault": None if run is None or run.fault is None else run.fault.value}


def decide(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """Decides a conflict with the keyboard: from home to its card, a number, Enter, the reason."""
    card = _to_decide(hands, ConflictCard)
    others = [one.value for one in card.conflict.writings if one.value != card.conflict.now]
    _answer(hands, card, Qt.Key.Key_2, task.reason)
    return {"value": others[0], "reason": task.reason}


def write_once(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """Of a family that was written twice, lets the first record take the place of the other."""
    card = _to_decide(hands, DuplicateCard)
    kept = card.conflict.people[0].household_id
    _answer(hands, card, Qt.Key.Key_1, task.reason)
    return {"kept": str(kept)}


def _to_decide(hands: Hands, kind: type[C]) -> C:
    """From home, which says that something has to be decided, to a card of a kind."""
    _open_section(hands, "home")
    home = hands.page(HomePage)
    asked = [place for place, row in enumerate(home.table.rows()) if row.kind is TaskKind.CONFLICT]
    if not asked:
        raise StuckError("home does not say that something has to be decided")
    hands.choose(home.table, asked[0])
    hands.page(SyncPage)
    return gallery.to_card(hands, kind)


def _answer(hands: Hands, card: DecisionCard, key: Qt.Key, reason: str) -> None:
    question = card.conflict.key
    hands.key(key)
    hands.key(Qt.Key.Key_Return)
    hands.type(reason)
    hands.key(Qt.Key.Key_Return)
    page = hands.page(SyncPage)
    wait_until(lambda: question not in page.questions.cards, "the decision to be kept")
    hands.settle()


def show_all(hands: Hands, task: Task, _path: Path) -> dict[str, Any]:
    """A picture of every page."""
    _open_family(hands, task)
    return {"pictures": gallery.every_page(hands, Path(task.pictures), UUID(task.business_id))}


def _open_section(hands: Hands, name: str) -> None:
    hands.press(name)


def _open_family(hands: Hands, task: Task) -> None:
    """By typing its name, as one does."""
    hands.key(Qt.Key.Key_F, CONTROL)
    hands.settle()
    page = hands.page(HouseholdsPage)
    hands.fill(page.field, task.head_name)
    hands.settle()
    wanted = UUID(task.household_id)
    places = [place for place, row in enumerate(page.table.rows()) if row.household_id == wanted]
    if not places:
        raise StuckError(f"not found by its name: {task.head_name}")
    hands.choose(page.table, places[0])
    hands.page(HouseholdPage)


def _finish(hands: Hands) -> None:
    """At the end of a visit the keyboard is on the button that finishes it."""
    hands.settle()
    button = hands.focus()
    if not isinstance(button, Button):
        to_do = [f"{one.where}: {one.what}" for one in hands.part(FinishSheet).to_do]
        raise StuckError(f"cannot finish: {to_do}")
    hands.key(Qt.Key.Key_Space)
    hands.settle()
    hands.page(HouseholdPage)


def _visit_of(hands: Hands, draft_id: UUID) -> str:
    with hands.app.desk.store.reading() as connection:
        visit = visit_of(connection, draft_id)
    if visit is None:
        raise StuckError("the visit is not finished")
    return str(visit.id)


def _record_month(hands: Hands, task: Task) -> list[str]:
    """The month's first cells in the ledger, and the month handed in."""
    _open_section(hands, "businesses")
    businesses = hands.page(BusinessesPage)
    wanted = UUID(task.business_id)
    places = [place for place, row in enumerate(businesses.table.rows()) if row.id == wanted]
    hands.choose(businesses.table, places[0])
    hands.page(BusinessPage)
    ledger = hands.part(LedgerTable)
    ledger.setFocus()
    ledger.go_to(task.month)
    for words in task.figures:
        hands.type(words)
        hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    hands.page(BusinessPage)
    hands.press(hands.part(MonthCard).findChildren(Button)[0])
    return task.figures


def _tell(path: Path, content: dict[str, Any]) -> None:
    """Writes a file whole or not at all."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


ACTS: Final[dict[str, Callable[[Hands, Task, Path], dict[str, Any]]]] = {
    "sign-in": sign_in,
    "work-offline": work_offline,
    "begin-visit": begin_visit,
    "recover-visit": recover_visit,
    "change-family": change_family,
    "send": send,
    "register": register,
    "write-once": write_once,
    "decide": decide,
    "show-all": show_all,
}
"""The acts by name."""
