"""Finishing a visit: all its answers and their ops, durable, in one transaction."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desktop.models.operations import visits
from desktop.models.operations.visits import DraftHead, FinishedVisit, KeptAnswer
from desktop.models.records.base import new_id, utc_now
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.tables import HOUSEHOLD, MEMBER
from tests.benchmarks.families import FACILITATOR, Pattern, patterns
from tests.benchmarks.harness import Result, Target, copy_of, p95, undisturbed
from tests.benchmarks.program import Statements

_TIMES: Final = 200
_WARM: Final = 20
_WRITES: Final = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Visited:
    """A household, and the ids of its members."""

    id: UUID
    scope: str
    members: list[UUID]


def measure(home: Path) -> Result:
    """The 95th of 200 visits; each is written in turn by the program and, elsewhere, by raw SQL."""
    known = patterns()
    value: list[float] = []
    floor: list[float] = []
    with copy_of(home) as first, copy_of(home) as second:
        program, raw = Store.open(first / "data"), Store.open(second / "data")
        with undisturbed():
            for number, family in enumerate(_families(program)):
                like = known[number % len(known)]
                draft = _draft_of(family)
                for store in (program, raw):
                    _begin(store, draft, like)
                statements = Statements()
                with statements.listening(program.engine):
                    value.append(_save(program, draft, _finished(family, like)))
                floor.append(_replay(raw, statements))
        program.close()
        raw.close()
    return Result("save_visit", p95(value[_WARM:]), p95(floor[_WARM:]), "ms", Target("ratio", 3))


def _families(store: Store) -> list[Visited]:
    """The households that are visited."""
    with store.reading() as connection:
        query = select(HOUSEHOLD.c.id, HOUSEHOLD.c.scope).limit(_TIMES + _WARM)
        found = connection.execute(query).all()
        members: dict[UUID, list[UUID]] = {row.id: [] for row in found}
        who = select(MEMBER.c.household_id, MEMBER.c.id).where(MEMBER.c.household_id.in_(members))
        for row in connection.execute(who):
            members[row.household_id].append(row.id)
    return [Visited(row.id, row.scope, members[row.id]) for row in found]


def _draft_of(family: Visited) -> DraftHead:
    return DraftHead(new_id(), family.id, family.scope, "household_visit", 1, utc_now())


def _begin(store: Store, draft: DraftHead, like: Pattern) -> None:
    """The draft, with all answers kept as they were given."""
    kept = {name: KeptAnswer(value) for name, value in like.household.items()}
    with store.writing() as connection:
        visits.save_answers(connection, draft, FACILITATOR, kept, None)


def _finished(family: Visited, like: Pattern) -> FinishedVisit:
    return FinishedVisit(
        visited_on=utc_now().date(),
        outcome=VisitOutcome.MET,
        answers=like.household,
        members=dict(zip(family.members, like.members, strict=False)),
    )


def _save(store: Store, draft: DraftHead, finished: FinishedVisit) -> float:
    begun = perf_counter()
    with store.recording() as writer:
        visits.finish(writer, draft, finished)
    return (perf_counter() - begun) * 1000


def _replay(store: Store, statements: Statements) -> float:
    """What the program wrote, on a connection of the same pragmas."""
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        begun = perf_counter()
        driver.execute("BEGIN IMMEDIATE")
        for statement, parameters, many in statements.of(*_WRITES):
            (driver.executemany if many else driver.execute)(statement, parameters)
        driver.execute("COMMIT")
        return (perf_counter() - begun) * 1000
