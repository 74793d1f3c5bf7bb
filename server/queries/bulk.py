"""Many rows into one table at once.

PostgreSQL is given them as one JSON document, which it takes apart itself: a statement a row costs this
process more than all that was thought about the row before. A file takes them one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic_core import to_json
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    LargeBinary,
    Table,
    bindparam,
    insert,
    text,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import TypeEngine

from desktop.models.records.base import UtcText, format_time


def write_many(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    replace: bool = False,
) -> None:
    """Inserts rows, all with the same columns; those whose `id` is there are replaced, if told to."""
    if not rows:
        return
    columns = tuple(rows[0])
    if connection.dialect.name == "sqlite":
        connection.execute(_one_by_one(table, columns, replace), rows)
        return
    converters = _converters(table)
    document = [
        {**row, **{name: one(row[name]) for name, one in converters if row.get(name) is not None}}
        for row in rows
    ]
    connection.execute(_all_at_once(table, columns, replace), {"rows": to_json(document).decode()})


@cache
def _one_by_one(table: Table, columns: tuple[str, ...], replace: bool) -> Any:
    statement = sqlite.insert(table).values({name: bindparam(name) for name in columns})
    if not replace:
        return insert(table)
    return statement.on_conflict_do_update(
        index_elements=["id"],
        set_={name: statement.excluded[name] for name in columns if name != "id"},
    )


@cache
def _all_at_once(table: Table, columns: tuple[str, ...], replace: bool) -> Any:
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(_value(table.columns[name]) for name in columns)
    statement = (
        f'INSERT INTO "{table.name}" ({names}) SELECT {values}'  # noqa: S608 our own names
        f' FROM json_populate_recordset(NULL::"{table.name}", :rows)'
    )
    if replace:
        new = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != "id")
        statement += f" ON CONFLICT (id) DO UPDATE SET {new}"
    return text(statement)


def _value(column: Column[Any]) -> str:
    """A column of the document, in which nothing is null, whatever kind of nothing it was."""
    needs_json = isinstance(column.type, JSON) and not column.nullable
    return f"COALESCE(\"{column.name}\", 'null'::json)" if needs_json else f'"{column.name}"'


@cache
def _converters(table: Table) -> tuple[tuple[str, Callable[[Any], str]], ...]:
    """The columns whose values JSON does not know, and how it is told them."""
    made = ((column.name, column.type) for column in table.columns)
    return tuple(
        (name, convert)
        for name, type_ in made
        for kind, convert in _CONVERTERS.items()
        if isinstance(type_, kind)
    )


_CONVERTERS: Mapping[type[TypeEngine[Any]], Callable[[Any], str]] = {
    LargeBinary: lambda value: f"\\x{value.hex()}",
    UtcText: format_time,
}
