"""From the wish to see a family to its painted page."""

from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desktop.models.tables import BUSINESS, VISIT
from tests.benchmarks.harness import Result, Target, p95, undisturbed
from tests.benchmarks.program import Program, Statements, running

_FAMILIES: Final = 100
_SEED: Final = 36


def measure(home: Path) -> Result:
    """The 95th of 100 families with a visit and a business; the floor is their bare queries."""
    with running(home) as program:
        first, *families = _families(program)
        program.go("households")
        program.go("household", household_id=first)
        heard: list[Statements] = []
        value: list[float] = []
        with undisturbed():
            for family in families:
                program.go("households")
                heard.append(Statements())
                with heard[-1].listening(program.app.desk.store.engine):
                    value.append(program.go("household", household_id=family))
        floor = [_run(program, statements) for statements in heard]
    return Result("family_page", p95(value), p95(floor), "ms", Target("value", 60))


def _families(program: Program) -> list[UUID]:
    """Any of them, the same every time."""
    query = select(VISIT.c.household_id).join(
        BUSINESS, BUSINESS.c.household_id == VISIT.c.household_id
    )
    with program.app.desk.store.reading() as connection:
        ids = sorted(connection.execute(query).scalars())
    return Random(_SEED).sample(ids, _FAMILIES + 1)  # noqa: S311 families, not secrets


def _run(program: Program, statements: Statements) -> float:
    """The same statements once more, by themselves."""
    with program.app.desk.store.reading() as connection:
        driver: Any = connection.connection.driver_connection
        begun = perf_counter()
        for statement, parameters, _ in statements.of("SELECT"):
            driver.execute(statement, parameters).fetchall()
        return (perf_counter() - begun) * 1000
