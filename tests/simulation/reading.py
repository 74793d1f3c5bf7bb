"""Reading whole rows fast: what was read holds until something is written, and equal rows are one.

A run looks at its laptops after every step, far more often than they change; and fifty laptops of
one village have the same rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, wraps
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite

from desktop.models.records.base import Fields
from desktop.models.records.fields import flatten
from desktop.models.tables import SYNCED
from tests.simulation.faults import Disk

Rows = dict[UUID, tuple[str, str, Fields]]
"""Id -> table, scope, fields."""

_DIALECT = sqlite.dialect()
_MOST_ROWS = 100_000


class OnDisk(Protocol):
    """Somebody whose word lies on a disk."""

    disk: Disk


Owner = TypeVar("Owner", bound=OnDisk)
Found = TypeVar("Found")


def until_written(read: Callable[[Owner], Found]) -> Callable[[Owner], Found]:
    """Reads again only after something was written on the disk; what it gave is not changed."""

    @wraps(read)
    def kept(owner: Owner) -> Found:
        known = owner.disk.known
        if read not in known:
            known[read] = read(owner)
        found: Found = known[read]
        return found

    return kept


def every_row(connection: Connection) -> Rows:
    """All synced rows of a laptop."""
    return {
        row_id: row
        for name in SYNCED
        for row_id, row in _read(connection, name, _statement(name), ())
    }


def some_rows(connection: Connection, wanted: Mapping[str, Iterable[UUID]]) -> dict[UUID, Fields]:
    """The fields of some rows of a laptop, by table and id."""
    found: dict[UUID, Fields] = {}
    for name, ids in wanted.items():
        places = [row_id.hex for row_id in ids]
        marks = ", ".join("?" * len(places))
        statement = f'{_statement(name)} WHERE "{name}".id IN ({marks})'
        found.update({one: row[2] for one, row in _read(connection, name, statement, places)})
    return found


def _read(
    connection: Connection, name: str, statement: str, values: Iterable[str]
) -> Iterator[tuple[UUID, tuple[str, str, Fields]]]:
    driver = connection.connection.driver_connection
    assert driver is not None
    for raw in driver.execute(statement, tuple(values)).fetchall():
        yield _fields(name, raw)


@lru_cache(_MOST_ROWS)
def _fields(name: str, raw: tuple[Any, ...]) -> tuple[UUID, tuple[str, str, Fields]]:
    """A row as it lies in the file, as fields."""
    row = {
        column: value if process is None else process(value)
        for (column, process), value in zip(_columns(name), raw, strict=True)
    }
    return row["id"], (name, row["scope"], flatten(name, row))


@cache
def _statement(name: str) -> str:
    return str(select(SYNCED[name]).compile(dialect=_DIALECT))


@cache
def _columns(name: str) -> list[tuple[str, Callable[[Any], Any] | None]]:
    return [
        (column.name, column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None))
        for column in SYNCED[name].columns
    ]
