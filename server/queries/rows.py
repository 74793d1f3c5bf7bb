"""The rows that a batch touches: read once, changed in memory, written back together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    any_,
    literal,
    select,
)

from desktop.models.records.base import Fields
from desktop.models.records.fields import flatten, unflatten
from server.queries.bulk import write_many
from server.tables import SYNCED

_CHUNK = 500


@dataclass
class MergedRow:
    """A synced row as flat fields, and for each field the seq of the write that stands."""

    table: str
    row_id: UUID
    scope: str
    fields: Fields = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    is_new: bool = False

    def put(self, fields: Fields, seq: int, standing: frozenset[str] = frozenset()) -> None:
        """Lets these values stand, written at `seq`; but for those that stood already."""
        self.fields.update(fields)
        self.versions.update(dict.fromkeys(fields.keys() - standing, seq))

    def enter(self, scope: str, seq: int) -> None:
        """Lets the row live in another scope from the entry `seq` of its log on."""
        self.scope = scope
        self.versions = dict.fromkeys(self.versions, seq)


class Rows:
    """Rows by table and id, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[tuple[str, UUID], MergedRow | None] = {}
        self._touched: set[tuple[str, UUID]] = set()

    def load(self, keys: Iterable[tuple[str, UUID]]) -> None:
        """Reads rows that will be asked for, in as few statements as there are tables."""
        wanted: dict[str, set[UUID]] = defaultdict(set)
        for name, row_id in keys:
            if name in SYNCED and (name, row_id) not in self._rows:
                wanted[name].add(row_id)
                self._rows[name, row_id] = None
        for name, ids in wanted.items():
            table = SYNCED[name]
            for some in chunks(ids):
                query = select(table).where(among(self._connection, table.c.id, some))
                for row in self._connection.execute(query):
                    columns = row._asdict()
                    self._rows[name, row.id] = MergedRow(
                        name, row.id, row.scope, flatten(name, columns), dict(row.versions)
                    )

    def get(self, name: str, row_id: UUID) -> MergedRow | None:
        """A row, or None if there is none, or no such table."""
        key = (name, row_id)
        if key not in self._rows:
            self.load([key])
        return self._rows.get(key)

    def touch(self, name: str, row_id: UUID, scope: str) -> MergedRow:
        """A row that will be written, made if there is none."""
        row = self.get(name, row_id)
        if row is None:
            row = self._rows[name, row_id] = MergedRow(name, row_id, scope, is_new=True)
        self._touched.add((name, row_id))
        return row

    def forget(self) -> None:
        """Writes what was touched; all is read anew when it is asked for."""
        self.flush()
        self._rows.clear()

    def flush(self) -> None:
        """Writes what was touched; what is changed after that has to be touched again.

        Raises:
            IntegrityError: somebody else made one of the rows meanwhile, in a scope that was not
                locked for us: what was judged by its absence has to be judged anew.
        """
        written: dict[tuple[str, bool], list[dict[str, Any]]] = defaultdict(list)
        for name, row_id in sorted(self._touched):
            row = self._rows[name, row_id]
            if row is None:
                continue
            columns = unflatten(name, row.fields)
            if name == "state_move":
                columns["seq"] = min(row.versions.values())
            written[name, row.is_new].append(
                {"id": row.row_id, "scope": row.scope, "versions": row.versions, **columns}
            )
            row.is_new = False
        for (name, is_new), rows in written.items():
            write_many(self._connection, SYNCED[name], rows, replace=not is_new)
        self._touched.clear()


@lru_cache(maxsize=10_000)
def as_id(text: str) -> UUID | None:
    """The id that a text is; None if it is none. A batch names the same few again and again."""
    try:
        return UUID(text)
    except ValueError:
        return None


def chunks(items: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """Items in lists short enough for one SQL statement."""
    whole = list(items)
    return (whole[start : start + _CHUNK] for start in range(0, len(whole), _CHUNK))


def among(
    connection: Connection, column: Column[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """Whether a column has one of some values.

    PostgreSQL is given them as one array: its driver would read a statement of so many parameters
    anew each time, which takes longer than the search.
    """
    if connection.dialect.name == "sqlite":
        return column.in_(values)
    return column == any_(literal(list(values), ARRAY(column.type)))
