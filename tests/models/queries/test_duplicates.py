"""Who has a number that somebody else has, too; and that to know it nothing is read that is not theirs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, update

from desktop.models.queries.duplicates import people_with
from desktop.models.store.local import Store
from desktop.models.tables import VISIT
from tests.models.queries.families import opened
from tests.ui.pages.families import NIK, register, visit


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


def test_the_visits_of_each_family_are_counted_without_those_that_were_deleted(
    store: Store,
) -> None:
    one = register(store, "Nur Aini", national_id=NIK)
    two = register(store, "Nur Aeni", national_id=NIK)
    other = register(store, "Rahmawati")
    for family in (one, one, other):
        visit(store, family, date(2026, 11, 8))
    visit(store, two, date(2026, 11, 8))
    gone = update(VISIT).where(VISIT.c.household_id == two)
    with store.writing() as connection:
        connection.execute(gone.values(deleted_at=store.clock()))

    with store.reading() as connection:
        people = people_with(connection, {NIK})[NIK]
    assert {person.household_id: person.visits for person in people} == {one: 2, two: 0}


def test_no_visit_of_another_family_is_looked_at(store: Store) -> None:
    """The side bar asks at each change, on laptops that have tens of thousands of visits."""
    with store.reading() as connection:
        steps = _plan(connection)
    assert any("visit" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN")]


def _plan(connection: Connection) -> list[str]:
    """How the database finds the people of a number, step by step."""
    asked: list[tuple[str, Any]] = []

    def hear(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", hear)
    people_with(connection, {NIK})
    event.remove(connection, "before_cursor_execute", hear)
    ((statement, parameters),) = asked
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row.detail for row in rows]
