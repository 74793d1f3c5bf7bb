"""A laptop whose program lives a short life: real work without end, told act by act as it is saved."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.imports import applying
from desktop.imports.candidates import Candidate
from desktop.models.operations import visits
from desktop.models.ops import Op
from desktop.models.records.base import new_id, utc_now
from desktop.models.records.people import Role
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.writer import Writer
from desktop.models.tables import DRAFT, DRAFT_ANSWER, MEMBER, OUTBOX, OpState
from desktop.sync.client import Client
from desktop.sync.engine import Engine
from desktop.sync.enrolment import enrol
from desktop.sync.history import Run
from tests.crash.processes import Teller
from tests.servers import PASSWORD, VILLAGE
from tests.simulation.chance import Clock
from tests.simulation.history import History
from tests.simulation.laptop import Laptop
from tests.simulation.people import DOINGS, OF_ROLE, Person

QUESTIONS = ("floor", "rooms", "debt", "roof", "light")
_AFTER_A_FAULT = 0.02
"""Seconds until somebody who was not reached is tried again: a test has less time than a person."""


class RealClock(Clock):
    """The time as it is."""

    def __call__(self) -> datetime:
        return utc_now()


@dataclass(frozen=True)
class Owner:
    """Whose laptop it is, and where: login, id and role, the folder, the province's address."""

    login: str
    user_id: UUID
    role: Role
    folder: Path
    address: str

    def laptop(self, history: History) -> Laptop:
        """The laptop, opened."""
        user = (self.login, self.user_id, self.role)
        return Laptop(self.login, self.folder, user, RealClock(), history)


@dataclass(frozen=True)
class Life:
    """One run of the program: `number` of its lives, until `stop` is there, so long between acts."""

    owner: Owner
    seed: int
    number: int
    stop: Path
    pause: float = 0.0
    acts: int | None = None


def live(life: Life, teller: Teller) -> None:
    """Works on a laptop until told to stop, to the number of acts, or until the end comes otherwise."""
    worker = Worker(life, teller)
    teller.tell(at="work")
    done = 0
    while not life.stop.exists() and (life.acts is None or done < life.acts):
        worker.act()
        done += 1
        time.sleep(life.pause)  # the pace of who works here: nobody waits for it
    worker.close()


def op_name(op: Op) -> str:
    """An op as it is told: what it says, apart from its salt and its place in the log."""
    return hashlib.sha256(op.canonical).hexdigest()[:16]


class _TellingLaptop(Laptop):
    """Says before each commit what is in the transaction, and after it that it is saved."""

    def __init__(self, life: Life, teller: Teller) -> None:
        owner = life.owner
        user = (owner.login, owner.user_id, owner.role)
        super().__init__(owner.login, owner.folder, user, RealClock(), History())
        self._teller = teller
        self._life = life.number
        self._acts = 0

    def number(self) -> str:
        """The next act's."""
        self._acts += 1
        return f"{self._life}-{self._acts}"

    def record(
        self, work: Callable[[Writer], object], finishes: Callable[[], str] | None = None
    ) -> None:
        number = self.number()
        with self.store.recording() as writer:
            work(writer)
            self._teller.tell(
                begun=number,
                ops=[op_name(op) for op in writer._ops],
                finishes=finishes() if finishes else None,
            )
        self._teller.tell(saved=number)


class Worker:
    """The program with somebody in front of it, who does one thing after the other."""

    def __init__(self, life: Life, teller: Teller) -> None:
        self.life = life
        self.laptop = _TellingLaptop(life, teller)
        self._teller = teller
        self._chance = Random(f"{life.seed} {life.owner.login} {life.number}")  # noqa: S311 a story
        self._person = Person(self.laptop, frozenset({VILLAGE}), self._chance)
        with self.laptop.store.reading() as connection:
            self._client = Client(life.owner.address, get_meta(connection, Meta.TOKEN))
        self._told_through = 0
        own = OWN_DOINGS if life.owner.role is Role.FACILITATOR else {"sync": 6}
        self._doings = {**OF_ROLE[life.owner.role], **own}

    def close(self) -> None:
        """The program ends in good order."""
        self._client.close()
        self.laptop.close()

    def act(self) -> None:
        """Whatever comes to mind."""
        names = list(self._doings)
        name = self._chance.choices(names, [self._doings[one] for one in names])[0]
        self.do(name)

    def do(self, name: str) -> None:
        """One thing, by its name in `OWN_DOINGS` or in the simulation's `DOINGS`."""
        if name in DOINGS:
            DOINGS[name](self._person)
        else:
            getattr(self, f"_{name}")()

    def _sync(self) -> None:
        self._teller.tell(at="sync")
        run = Engine(
            self.laptop.store, self._client, "0.1.0", on_progress=lambda _: self._tell_confirmed()
        ).run()
        self._tell_confirmed()
        if run.fault is not None:
            self._teller.tell(fault=run.fault.value)
            time.sleep(_AFTER_A_FAULT)

    def _tell_confirmed(self) -> None:
        """What the sync engine calls sent, as it stands on the disk."""
        sent = select(OUTBOX.c.dseq, OUTBOX.c.digest).where(
            OUTBOX.c.state != OpState.WAITING.value, OUTBOX.c.dseq > self._told_through
        )
        with self.laptop.store.reading() as connection:
            rows = connection.execute(sent.order_by(OUTBOX.c.dseq)).all()
        if rows:
            self._told_through = rows[-1].dseq
            self._teller.tell(confirmed=[bytes(row.digest).hex() for row in rows])

    def _answer(self) -> None:
        """One answer of a draft, begun with it or before."""
        draft = self._draft() or self._begun()
        if draft is None:
            return
        path = self._chance.choice(QUESTIONS)
        number = self.laptop.number()
        answer = visits.KeptAnswer(f"{path} {number}")
        self._teller.tell(begun=number, answer=[str(draft.id), path, answer.value])
        with self.laptop.store.writing() as connection:
            visits.save_answers(connection, draft, self.laptop.user_id, {path: answer}, place=path)
        self._teller.tell(saved=number)

    def _finish(self) -> None:
        """Turns a draft into a visit with an answer about each member."""
        draft = self._draft()
        if draft is None:
            return

        def work(writer: Writer) -> None:
            row = writer.connection.execute(select(DRAFT).where(DRAFT.c.id == draft.id)).one()
            members = select(MEMBER.c.id).where(MEMBER.c.household_id == draft.household_id)
            finished = visits.FinishedVisit(
                visited_on=date(2026, 11, 21),
                outcome=VisitOutcome.MET,
                answers=answers_of(writer.connection, draft.id),
                members={
                    one: {"school": True} for one in writer.connection.execute(members).scalars()
                },
            )
            visits.finish(writer, row, finished)

        self.laptop.record(work, lambda: str(draft.id))

    def _import(self) -> None:
        """A few families of a district's list, in one transaction."""
        rows = [
            Candidate("1", number, VILLAGE, "Sarman", business_type="Warung", amount=1_500_000)
            for number in range(self._chance.randint(2, 12))
        ]
        self.laptop.record(lambda writer: applying.apply(writer, rows))

    def _draft(self) -> visits.DraftHead | None:
        query = select(DRAFT).order_by(DRAFT.c.id)
        drafts = self.laptop._rows(query)
        return _head(self._chance.choice(drafts)) if drafts else None

    def _begun(self) -> visits.DraftHead | None:
        family = self._person.pick("household")
        if family is None:
            return None
        return visits.DraftHead(new_id(), family, VILLAGE, "household_visit", 1, utc_now())


def _head(row: Any) -> visits.DraftHead:
    return visits.DraftHead(
        row.id,
        row.household_id,
        row.scope,
        row.questionnaire,
        row.questionnaire_version,
        row.started_at,
    )


def answers_of(connection: Any, draft_id: UUID) -> dict[str, Any]:
    """Path -> value of a draft's answers."""
    query = select(DRAFT_ANSWER.c.path, DRAFT_ANSWER.c.value).where(
        DRAFT_ANSWER.c.draft_id == draft_id
    )
    return {row.path: row.value for row in connection.execute(query)}


OWN_DOINGS: dict[str, float] = {"answer": 12, "finish": 5, "import": 0.7, "sync": 8}
"""What a facilitator does besides what the simulation's people do, and how often."""

STRETCH = (
    *("register", "register", "open_business", "answer", "answer", "sync", "finish"),
    *("edit_twice", "report_month", "import", "answer", "sync"),
)
"""A piece of work in which everything comes up once."""


def sign_in(owner: Owner) -> None:
    """The laptop's first start: a new store, an account, the first download."""
    store = Store.open(owner.folder)
    client = Client(owner.address)
    enrol(store, client, owner.login, PASSWORD)
    client.close()
    sync(store, owner)
    store.close()


def sync(store: Store, owner: Owner) -> Run:
    """One sync by the production engine."""
    with store.reading() as connection:
        client = Client(owner.address, get_meta(connection, Meta.TOKEN))
    try:
        return Engine(store, client, "0.1.0").run()
    finally:
        client.close()
