"""Finishing a visit: all its answers and their ops, durable, in one transaction."""

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from desktop.models.operations import visits
from desktop.models.operations.visits import DraftHead, FinishedVisit, KeptAnswer
from desktop.models.records.base import new_id, utc_now
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.tables import DRAFT, HOUSEHOLD, MEMBER
from tests.benchmarks.families import FACILITATOR, Pattern, patterns
from tests.benchmarks.harness import Result, Target, copy_of, p95, undisturbed
from tests.benchmarks.program import Statements

_TIMES = 200
_WARM = 20
_WRITES = ("INSERT", "UPDATE", "DELETE")


def measure(home: Path) -> Result:
    """The 95th of 100 visits, each in turn by the program and, in another copy, by raw SQL."""
    known = patterns()
    value: list[float] = []
    floor: list[float] = []
    with copy_of(home) as first, copy_of(home) as second:
        stores = Store.open(first / "data"), Store.open(second / "data")
        program, raw = stores
        families = _families(program)
        with undisturbed():
            for number, family in enumerate(families):
                like = known[number % len(known)]
                draft = _begin(stores, family, like)
                finished = _finished(family[2:], like)
                # The program is measured first by itself, then heard, so that hearing costs nothing.
                value.append(_save(program, draft, finished))
                floor.append(_replay(raw, _heard(raw, draft, finished)))
        for store in stores:
            store.close()
    return Result(
        "save_visit", p95(value[_WARM:]), p95(floor[_WARM:]), "ms", Target("ratio", 3)
    )


def _families(store: Store) -> list[tuple[Any, ...]]:
    """Id and scope of some households, and the ids of their members."""
    with store.reading() as connection:
        query = select(HOUSEHOLD.c.id, HOUSEHOLD.c.scope).limit(_TIMES + _WARM)
        found = connection.execute(query).all()
        members: dict[UUID, list[UUID]] = {row.id: [] for row in found}
        who = select(MEMBER.c.household_id, MEMBER.c.id).where(MEMBER.c.household_id.in_(members))
        for row in connection.execute(who):
            members[row.household_id].append(row.id)
    return [(row.id, row.scope, *members[row.id]) for row in found]
