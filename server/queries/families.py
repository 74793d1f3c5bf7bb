"""Which rows belong together: those that one belongs to, and those that belong to it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, select

from desktop.models.ops import Op
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import ALIAS, BY_NAME, SYNCED_TABLES
from desktop.models.rules.states import LIFECYCLES
from server.queries.rows import MergedRow, Rows, as_id, chunks
from server.tables import CONFLICT, STATE_MOVE, SYNCED

_SUBJECT = "subject_id"

_CHILDREN: Mapping[str, list[tuple[str, str]]] = {
    table.name: [
        (child.name, column)
        for child in SYNCED_TABLES
        for column, owner in child.owners.items()
        if owner == table.name
    ]
    for table in SYNCED_TABLES
}
"""Table -> the tables whose rows belong to its rows, with the column that says so."""
for _kind in LIFECYCLES:
    _CHILDREN[_kind].append(("state_move", _SUBJECT))


def load_with_owners(rows: Rows, ops: Iterable[Op]) -> None:
    """Reads the rows of some ops, and the rows that those belong to, a layer at a time."""
    written = [(op.table, op.row_id, op.fields) for op in ops if op.table in BY_NAME]
    rows.load((name, row_id) for name, row_id, _ in written)
    layer = {key for name, _, fields in written for key in _owners(name, fields)}
    layer |= {key for name, row_id, _ in written for key in _owners_of_row(rows, name, row_id)}
    loaded: set[tuple[str, UUID]] = set()
    while layer := layer - loaded:
        rows.load(layer)
        loaded |= layer
        layer = {key for name, row_id in layer for key in _owners_of_row(rows, name, row_id)}


def ancestors(rows: Rows, row: MergedRow) -> list[MergedRow]:
    """The rows of its scope that a row belongs to, and those that they belong to, each once."""
    found: dict[UUID, MergedRow] = {}
    layer = [row]
    while layer:
        owners = [rows.get(*key) for one in layer for key in _owners(one.table, one.fields)]
        here = [one for one in owners if one is not None and one.scope == row.scope]
        layer = [one for one in here if one.row_id not in found]
        found |= {one.row_id: one for one in layer}
    return list(found.values())


def descendants(connection: Connection, rows: Rows, row: MergedRow) -> list[MergedRow]:
    """The rows that belong to a row, as the database has them, each once."""
    return _under(row, lambda one: (child for child, _ in belonging(connection, rows, one)))


def belonging(connection: Connection, rows: Rows, row: MergedRow) -> list[tuple[MergedRow, str]]:
    """The rows of its scope that name a row as their owner, with the column in which they do."""
    found = []
    for name, column in _CHILDREN[row.table]:
        table = SYNCED[name]
        query = select(table.c.id).where(table.c[column] == row.row_id).order_by(table.c.id)
        ids = connection.execute(query).scalars().all()
        rows.load((name, row_id) for row_id in ids)
        children = filter(None, (rows.get(name, row_id) for row_id in ids))
        owner = (row.table, row.row_id)
        found += [
            (child, column)
            for child in children
            if child.scope == row.scope and _named(name, child.fields).get(column) == owner
        ]
    return found


def redirected(rows: Rows, op: Op) -> Fields:
    """What an op should say instead where it names a row of which another has taken the place."""
    fields: Fields = {}
    for column, (name, row_id) in _named(op.table, op.fields).items():
        found = standing_for(rows, name, row_id)
        if found != row_id:
            fields[column] = None if found == op.row_id else str(found)
    return fields


def standing_for(rows: Rows, name: str, row_id: UUID) -> UUID:
    """The row that took a deleted one's place, or the place of that one; itself if none did."""
    passed = {row_id}
    found, row = row_id, rows.get(name, row_id)
    while row is not None and ALIAS in (named := _named(name, row.fields)):
        heir = rows.get(*named[ALIAS])
        if heir is None or heir.scope != row.scope or heir.row_id in passed:
            return row_id
        found, row = heir.row_id, heir
        passed.add(found)
    return found


def scope_of_heir(rows: Rows, row: MergedRow, written: Fields) -> str | None:
    """The other village where the family lives that takes this one's place; None if it is here."""
    heir = as_id(str((row.fields | written).get(ALIAS))) if row.table == "household" else None
    there = rows.get(row.table, heir) if heir else None
    return None if there is None or there.scope == row.scope else there.scope


def family_of(connection: Connection, rows: Rows, household: MergedRow) -> list[MergedRow]:
    """A household and all that lives with it, in an order in which it can be read: owners first.

    What only names one of its rows stays where it is: an answer stays with its visit, if the person
    of whom it tells is somebody of another family by now. State moves come in the order in which
    they count.
    """
    living = _under(household, lambda one: _living_with(connection, rows, one))
    found = {one.row_id: one for one in (household, *living)}
    family = sorted(found.values(), key=lambda one: BY_NAME[one.table].number)
    family += _about(connection, rows, "state_move", STATE_MOVE, STATE_MOVE.c.seq, found)
    asked: Collection[UUID] = found
    while asked:  # a decision can be a question again
        conflicts = _about(connection, rows, "conflict", CONFLICT, CONFLICT.c.id, asked)
        asked = {one.row_id for one in conflicts}
        family += conflicts
    return family


def _living_with(connection: Connection, rows: Rows, row: MergedRow) -> Iterator[MergedRow]:
    """The rows whose first owner a row is: they are always where it is."""
    for child, column in belonging(connection, rows, row):
        if column != _SUBJECT and column == next(iter(_named(child.table, child.fields))):
            yield child


def _under(row: MergedRow, children: Callable[[MergedRow], Iterable[MergedRow]]) -> list[MergedRow]:
    """The rows below a row, a layer after the other, each once."""
    found = {row.row_id: row}
    layer = [row]
    while layer:
        below = {one.row_id: one for parent in layer for one in children(parent)}
        layer = [one for row_id, one in below.items() if row_id not in found]
        found |= {one.row_id: one for one in layer}
    del found[row.row_id]
    return list(found.values())


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
    return list(_named(name, fields).values())


def _named(name: str, fields: Fields) -> dict[str, tuple[str, UUID]]:
    """Column -> table and id of the owners that these fields name; what is no id is left out.

    The first is the one with which a row lives, see `SyncedTable`. A row that stands for another
    one owns it only once that one is deleted. A move belongs to the record that it moves.
    """
    if name == "state_move":
        kind, subject = str(fields.get("subject_table")), as_id(str(fields.get(_SUBJECT)))
        return {_SUBJECT: (kind, subject)} if subject and kind in LIFECYCLES else {}
    table = BY_NAME[name]
    columns = table.owners if fields.get("deleted_at") else table.parents
    ids = {column: as_id(str(fields.get(column))) for column in columns}
    return {column: (columns[column], row_id) for column, row_id in ids.items() if row_id}
