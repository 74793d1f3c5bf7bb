"""Whether two laptops and the province hold the same, read from the files themselves.

This knows nothing of how rows travel: it opens the encrypted databases with their keys and asks
them in plain SQL. A synced table is one whose rows have an id, a scope and a tombstone.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import sqlcipher3.dbapi2

from desktop.models.store.keys import read_key_file

REF: Final = "ref"
_MARKS: Final = frozenset({"id", "scope", "deleted_at", "extra"})
_MOST: Final = 200
"""Differences that are told in full; more tell nothing new."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A database file, its key file, and what it is called in a report."""

    name: str
    database: Path
    key: Path

    @classmethod
    def laptop(cls, name: str, data: Path) -> "Place":
        """A laptop's data folder."""
        return cls(name, data / "berdaya.db", data / "berdaya.key")

    @classmethod
    def server(cls, data: Path) -> "Place":
        """The server's data folder."""
        return cls("server", data / "server.db", data / "server.key")


@dataclass(frozen=True)
class Difference:
    """Something that is not the same everywhere.

    Attributes:
        laptop: which laptop differs from the province.
        table: of which table.
        row: the row's id.
        field: a column, or empty if the whole row is missing on one side.
        here: what the laptop has.
        there: what the province has.
    """

    laptop: str
    table: str
    row: str
    field: str
    here: Any
    there: Any


@dataclass
class Agreement:
    """What was compared and what differs.

    Attributes:
        rows: table -> rows that the province and every laptop hold alike.
        scopes: the scopes compared, by laptop.
        differences: what differs; the first ones.
        count: how many differences there are.
        unsent: by laptop, ops that the province is not known to have.
        set_aside: ops that the province keeps apart because it may not apply them.
    """

    rows: dict[str, int] = field(default_factory=dict)
    scopes: dict[str, list[str]] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    count: int = 0
    unsent: dict[str, int] = field(default_factory=dict)
    set_aside: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everybody holds the same and nothing is on the way."""
        return not (self.count or any(self.unsent.values()) or self.set_aside)

    def note(self, difference: Difference) -> None:
        """Counts a difference, and keeps it if it is one of the first."""
        self.count += 1
        if len(self.differences) < _MOST:
            self.differences.append(difference)


class Book:
    """One database, open for reading.

    Args:
        place: where it is.
    """

    def __init__(self, place: Place) -> None:
        self.name = place.name
        address = f"{place.database.resolve().as_uri()}?mode=ro"
        self._connection = sqlcipher3.dbapi2.connect(address, uri=True)
        self._connection.execute(f"PRAGMA key = \"x'{read_key_file(place.key).secret.hex()}'\"")
        self._connection.row_factory = sqlcipher3.dbapi2.Row

    def close(self) -> None:
        """Closes it."""
        self._connection.close()

    def ask(self, query: str, *values: Any) -> list[Row]:
        """The rows that a query gives."""
        return [dict(row) for row in self._connection.execute(query, values)]

    def synced_tables(self) -> dict[str, dict[str, str]]:
        """Synced table -> its columns and their types."""
        found = {}
        for row in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'"):
            columns = {
                column["name"]: str(column["type"]).upper()
                for column in self.ask(f'PRAGMA table_info("{row["name"]}")')
            }
            if columns.keys() >= _MARKS:
                found[str(row["name"])] = columns
        return found

    def rows(self, table: str, columns: Mapping[str, str]) -> dict[str, Row]:
        """The rows of a table by id, each column as a value that can be compared."""
        names = ", ".join(f'"{name}"' for name in columns)
        return {
            str(row["id"]): {name: _plain(row[name], columns[name]) for name in columns}
            for row in self.ask(f'SELECT {names} FROM "{table}"')  # noqa: S608 names are the file's
        }

    def row(self, table: str, row_id: UUID) -> Row | None:
        """One row of a synced table."""
        columns = self.synced_tables()[table]
        found = self.ask(f'SELECT * FROM "{table}" WHERE id = ?', row_id.hex)  # noqa: S608 see above
        return {name: _plain(found[0][name], columns[name]) for name in columns} if found else None


def compare(server: Place, *laptops: Place) -> Agreement:
    """Compares each laptop with the province on every synced row of its user's scopes."""
    agreement = Agreement()
    with closing(Book(server)) as theirs:
        asked = "SELECT count(*) AS n FROM aside WHERE outcome = 'quarantined'"
        agreement.set_aside = int(theirs.ask(asked)[0]["n"])
        for place in laptops:
            with closing(Book(place)) as mine:
                _compare_laptop(agreement, mine, theirs)
    return agreement


def _compare_laptop(agreement: Agreement, mine: Book, theirs: Book) -> None:
    scopes = _granted(mine, theirs)
    agreement.scopes[mine.name] = scopes
    waiting = "SELECT count(*) AS n FROM outbox WHERE state <> 'confirmed'"
    agreement.unsent[mine.name] = int(mine.ask(waiting)[0]["n"])
    here, there = mine.synced_tables(), theirs.synced_tables()
    for table in sorted(here.keys() | there.keys()):
        shared = here.get(table, {}).keys() & there.get(table, {}).keys()
        if not shared:
            held = mine.name if table in here else theirs.name
            agreement.note(Difference(mine.name, table, "", "", held, None))
            continue
        columns = {name: there[table][name] for name in sorted(shared)}
        ours = mine.rows(table, columns)
        granted = {
            row_id: row
            for row_id, row in theirs.rows(table, columns).items()
            if _covered(str(row["scope"]), scopes)
        }
        for difference in _differences(mine.name, table, ours, granted):
            agreement.note(difference)
        alike = sum(ours.get(row_id) == row for row_id, row in granted.items())
        agreement.rows[table] = min(agreement.rows.get(table, alike), alike)


def _differences(
    laptop: str, table: str, here: Mapping[str, Row], there: Mapping[str, Row]
) -> Iterator[Difference]:
    for row_id in sorted(here.keys() | there.keys()):
        mine, theirs = here.get(row_id), there.get(row_id)
        if mine is None or theirs is None:
            yield Difference(laptop, table, row_id, "", mine, theirs)
            continue
        for name in theirs:
            if mine[name] != theirs[name]:
                yield Difference(laptop, table, row_id, name, mine[name], theirs[name])


def _granted(mine: Book, theirs: Book) -> list[str]:
    """The scopes that the province grants today to the laptop's user."""
    user = json.loads(mine.ask("SELECT value FROM meta WHERE key = 'user_id'")[0]["value"])
    query = "SELECT DISTINCT scope FROM scope_grant WHERE user_id = ? AND valid_to IS NULL"
    held = theirs.ask(query, UUID(user).hex)
    return sorted({str(row["scope"]) for row in held} | {REF})


def _covered(scope: str, granted: list[str]) -> bool:
    return any(scope == one or scope.startswith(f"{one}.") for one in granted)


def _plain(value: Any, kind: str) -> Any:
    """JSON as what it says, without the order of its keys and without empty entries."""
    if value is None or kind != "JSON":
        return value
    said = json.loads(value)
    if isinstance(said, dict):
        return {key: entry for key, entry in said.items() if entry is not None}
    return said
