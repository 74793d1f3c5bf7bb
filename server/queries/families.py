"""Which rows belong together: those that one belongs to, and those that belong to it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, select

from desktop.models.ops import Op
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import BY_NAME, SYNCED_TABLES
from server.queries.rows import MergedRow, Rows, chunks
from server.tables import CONFLICT, STATE_MOVE, SYNCED

_CHILDREN: Mapping[str, list[tuple[str, str]]] = {
    table.name: [
        (child.name, column)
        for child in SYNCED_TABLES
        for column, parent in child.parents.items()
        if parent == table.name
    ]
    for table in SYNCED_TABLES
}
"""Table -> the tables whose rows belong to its rows, with the column that says so."""


def load_with_owners(rows: Rows, ops: Iterable[Op]) -> None:
    """Reads the rows of some ops, and the rows that those belong to, a layer at a time."""
    written = [(op.table, op.row_id, op.fields) for op in ops if op.table in BY_NAME]
    rows.load((name, row_id) for name, row_id, _ in written)
    layer = {key for name, _, fields in written for key in _owners(name, fields)}
    layer |= {key for name, row_id, _ in written for key in _owners_of_row(rows, name, row_id)}
    while layer:
        rows.load(layer)
        layer = {key for name, row_id in layer for key in _owners_of_row(rows, name, row_id)}


def ancestors(rows: Rows, row: MergedRow) -> list[MergedRow]:
    """The rows that a row belongs to, and those that they belong to, each once."""
    found: dict[UUID, MergedRow] = {}
    layer = [row]
    while layer:
        owners = [rows.get(*key) for one in layer for key in _owners(one.table, one.fields)]
        layer = [one for one in owners if one is not None and one.row_id not in found]
        found |= {one.row_id: one for one in layer}
    return list(found.values())


def descendants(connection: Connection, rows: Rows, row: MergedRow) -> Iterator[MergedRow]:
    """The rows that belong to a row, as the database has them; one may come twice."""
    for name, column in _CHILDREN[row.table]:
        table = SYNCED[name]
        query = select(table.c.id).where(table.c[column] == row.row_id).order_by(table.c.id)
        ids = connection.execute(query).scalars().all()
        rows.load((name, row_id) for row_id in ids)
        for row_id in ids:
            child = rows.get(name, row_id)
            if child is not None:
                yield child
                yield from descendants(connection, rows, child)


def family_of(connection: Connection, rows: Rows, household: MergedRow) -> list[MergedRow]:
    """A household and all that is about it, in an order in which it can be read: owners first.

    State moves come in the order in which they count.
    """
    found = {one.row_id: one for one in (household, *descendants(connection, rows, household))}
    family = sorted(found.values(), key=lambda one: BY_NAME[one.table].number)
    family += _about(connection, rows, "state_move", STATE_MOVE, STATE_MOVE.c.seq, found)
    asked: Collection[UUID] = found
    while asked:  # a decision can be a question again
        conflicts = _about(connection, rows, "conflict", CONFLICT, CONFLICT.c.id, asked)
        asked = {one.row_id for one in conflicts}
        family += conflicts
    return family


def _about(
    connection: Connection,
    rows: Rows,
    name: str,
    table: Table,
    order: ColumnElement[Any],
    subjects: Collection[UUID],
) -> list[MergedRow]:
    """The moves or conflicts that are about some rows."""
    found: list[MergedRow] = []
    for some in chunks(subjects):
        query = select(table.c.id).where(table.c.subject_id.in_(some)).order_by(order)
        about = (rows.get(name, row_id) for row_id in connection.execute(query).scalars().all())
        found += [row for row in about if row is not None]
    return found


def _owners_of_row(rows: Rows, name: str, row_id: UUID) -> list[tuple[str, UUID]]:
    row = rows.get(name, row_id)
    return [] if row is None else _owners(name, row.fields)


def _owners(name: str, fields: Fields) -> list[tuple[str, UUID]]:
    """Table and id of the rows that these fields say a row belongs to; what is no id is left out."""
    owners = []
    for column, owner in BY_NAME[name].parents.items():
        with suppress(ValueError):
            owners.append((owner, UUID(str(fields.get(column)))))
    return owners
