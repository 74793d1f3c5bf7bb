"""From the wish to see a family to its painted page."""

from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.models.tables import BUSINESS, VISIT
from tests.benchmarks.harness import Result, Target, p95, undisturbed
from tests.benchmarks.program import Program, Statements, running

_FAMILIES = 100
_SEED = 36


def measure(home: Path) -> Result:
    """The 95th of 100 families with visits and mostly a business; the floor is their queries."""
    with running(home) as program:
        families = _families(program)
        program.go("households")
        program.go("household", household_id=families[0])
        statements, value = Statements(), []
        with undisturbed():
            for family in families[1:]:
                program.go("households")
                value.append(program.go("household", household_id=family))
        for family in families[1:]:
            program.go("households")
            heard = Statements()
            with heard.listening(program.app.desk.store.engine):
                program.go("household", household_id=family)
            statements.heard.append((str(family), heard.heard, False))
        floor = [_run(program, heard) for _, heard, _ in statements.heard]
    return Result("family_page", p95(value), p95(floor), "ms", Target("value", 60))


def _families(program: Program) -> list[UUID]:
    with program.app.desk.store.reading() as connection:
        visited = select(VISIT.c.household_id)
        both = visited.join(BUSINESS, BUSINESS.c.household_id == VISIT.c.household_id)
        ids = sorted(connection.execute(both).scalars())
        more = sorted(connection.execute(visited.limit(_FAMILIES)).scalars())
    chance = Random(_SEED)  # noqa: S311 families, not secrets
    return [*chance.sample(ids, _FAMILIES * 7 // 10), *chance.sample(more, _FAMILIES * 3 // 10 + 1)]


def _run(program: Program, heard: list[tuple[str, Any, bool]]) -> float:
    """The same statements, once more and by themselves."""
    with program.app.desk.store.reading() as connection:
        driver: Any = connection.connection.driver_connection
        begun = perf_counter()
        for statement, parameters, _ in heard:
            driver.execute(statement, parameters).fetchall()
        return (perf_counter() - begun) * 1000
