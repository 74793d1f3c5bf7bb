"""Reading and writing whole rows of synced tables as flat fields, one or many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Insert,
    Select,
    String,
    bindparam,
    delete,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from desktop.models.records.base import Fields
from desktop.models.records.fields import flatten, record_columns, unflatten
from desktop.models.tables import SHADOW, STATE_MOVE, SYNCED

_CHUNK = 500

IS_GHOST = type_coerce(SHADOW.c.fields, String) == "{}"
"""Of a shadow: the province does not have the row."""


def chunks(items: Iterable[Any]) -> Iterable[Sequence[Any]]:
    """Items in lists short enough for one SQL statement."""
    whole = list(items)
    return (whole[start : start + _CHUNK] for start in range(0, len(whole), _CHUNK))


def read_row(connection: Connection, name: str, row_id: UUID) -> tuple[str, Fields] | None:
    """A row's scope and flat fields, or None."""
    return read_rows(connection, name, [row_id]).get(row_id)


def read_rows(
    connection: Connection, name: str, ids: Iterable[UUID]
) -> dict[UUID, tuple[str, Fields]]:
    """Id -> (scope, flat fields) of the rows that are there."""
    found: dict[UUID, tuple[str, Fields]] = {}
    for some in chunks(ids):
        for row in connection.execute(_rows(name), {"some": some}):
            found[row.id] = (row.scope, flatten(name, row._asdict()))
    return found


def write_rows(connection: Connection, name: str, rows: Mapping[UUID, tuple[str, Fields]]) -> None:
    """Writes whole rows, new or not; columns that are computed here keep their values."""
    if rows:
        connection.execute(
            _upsert(name),
            [
                {"id": row_id, "scope": scope, **unflatten(name, flat)}
                for row_id, (scope, flat) in rows.items()
            ],
        )


def remove_rows(connection: Connection, name: str, ids: Iterable[UUID]) -> None:
    """Forgets rows on this laptop; not a delete, of which nobody else would hear."""
    table = SYNCED[name]
    for some in chunks(ids):
        connection.execute(delete(table).where(table.c.id.in_(some)))


def note_places(connection: Connection, places: Mapping[UUID, int]) -> None:
    """Notes the places that state moves have in their scope's log: they count in that order."""
    if places:
        connection.execute(
            update(STATE_MOVE)
            .where(STATE_MOVE.c.id == bindparam("row"))
            .values(seq=bindparam("place")),
            [{"row": row_id, "place": place} for row_id, place in places.items()],
        )


@cache
def _rows(name: str) -> Select[Any]:
    table = SYNCED[name]
    return select(table).where(table.c.id.in_(bindparam("some", expanding=True)))


@cache
def _upsert(name: str) -> Insert:
    columns = (*record_columns(name), "extra")
    statement = insert(SYNCED[name]).values(
        {column: bindparam(column) for column in ("id", "scope", *columns)}
    )
    return statement.on_conflict_do_update(
        index_elements=["id"],
        set_={column: statement.excluded[column] for column in ("scope", *columns)},
    )
