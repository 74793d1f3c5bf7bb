"""What arrives of a scope before it is shown: an encrypted file of its own beside the store.

A snapshot's bytes are kept in it as they come, then its rows are laid out in tables like the
store's, with all that is computed from them. The store itself is written only at the end, when the
finished rows are copied over inside SQLite: nobody who saves meanwhile waits for anything else.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from desktop.models.changes import Changes
from desktop.models.records.base import Fields
from desktop.models.rules.dates import to_wib
from desktop.models.rules.states import LIFECYCLES
from desktop.models.store import engine as engines
from desktop.models.store.derived import refresh_derived
from desktop.models.store.engine import StoreFailure, StoreFault, schema_of
from desktop.models.store.keys import DataKey
from desktop.models.store.local import KIND, SCHEMA, Store
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.store.plan import follow_rhythm
from desktop.models.store.rows import note_places, write_rows
from desktop.models.tables import META, OUTBOX, REGION, SEARCH, SYNCED

NAME = "arriving.db"

_OURS = MetaData()
_ARRIVAL = Table(
    "arrival",
    _OURS,
    Column("name", String, primary_key=True),
    Column("incarnation", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("is_laid_out", Boolean, nullable=False),
)
_PIECE = Table(
    "piece",
    _OURS,
    Column("begins", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
_INDEX_COLUMNS = "words, joined, numbers, place"
USELESS = frozenset({StoreFault.DAMAGED, StoreFault.FOREIGN, StoreFault.NEWER})
"""Faults of a file that is as good as none."""


@dataclass(frozen=True)
class Arrival:
    """What is being fetched: a snapshot's name, what it is of, and its bytes."""

    name: str
    incarnation: str
    scope: str
    seq: int
    size: int
    is_laid_out: bool = False


class Arriving:
    """The file of one snapshot on its way."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path

    @classmethod
    def open(cls, store: Store) -> "Arriving":
        """The file beside a store, made if there is none that can be used."""
        path, key = store.folder / NAME, store.data_key()
        try:
            engine = engines.open_engine(path, key, KIND)
        except StoreFailure as failure:
            if failure.fault not in USELESS:
                raise
            remove(store)
            engine = engines.open_engine(path, key, KIND)
        with engines.reading(engine) as connection:
            is_ready = schema_of(connection) == SCHEMA
        if not is_ready:
            engine.dispose()
            remove(store)
            engine = engines.open_engine(path, key, KIND)
            with engines.writing(engine) as connection:
                _make(connection)
        return cls(engine, path)

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    @property
    def arrival(self) -> Arrival | None:
        """What is being fetched, once that was begun."""
        with engines.reading(self._engine) as connection:
            row = connection.execute(select(_ARRIVAL)).first()
        return None if row is None else Arrival(*row)

    @property
    def received(self) -> int:
        """How many bytes are here."""
        length = func.length(_PIECE.c.body)
        last = select(_PIECE.c.begins + length).order_by(_PIECE.c.begins.desc()).limit(1)
        with engines.reading(self._engine) as connection:
            return int(connection.execute(last).scalar() or 0)

    def begin(self, arrival: Arrival) -> None:
        """Notes what will be fetched, in an empty file."""
        with engines.writing(self._engine) as connection:
            connection.execute(insert(_ARRIVAL).values(**vars(arrival)))

    def append(self, begins: int, body: bytes) -> None:
        """Keeps the bytes that come next."""
        with engines.writing(self._engine) as connection:
            connection.execute(insert(_PIECE).values(begins=begins, body=body))

    def pieces(self) -> Iterator[bytes]:
        """The bytes that are here, in order, a piece at a time."""
        begins = 0
        while True:
            one = select(_PIECE.c.body).where(_PIECE.c.begins == begins)
            with engines.reading(self._engine) as connection:
                body = connection.execute(one).scalar()
            if body is None:
                return
            yield bytes(body)
            begins += len(body)

    def lay_out(
        self, store: Store, blocks: Iterable[Iterable[tuple[str, UUID, int, Fields]]]
    ) -> None:
        """Writes rows (table, id, place in the log, fields), and what is computed from them.

        All of them or none: a stop, or an error while the blocks are read, leaves the bytes alone.
        """
        arrival = self.arrival
        assert arrival is not None  # noqa: S101 it was begun
        with store.reading() as connection:
            query = select(REGION).where(REGION.c.code == arrival.scope)
            region = connection.execute(query).first()
            rhythm = get_meta(connection, Meta.RHYTHM)
        changes = Changes()
        with engines.writing(self._engine) as connection:
            if region is not None:
                connection.execute(insert(REGION).values(region._asdict()))
            set_meta(connection, Meta.RHYTHM, rhythm)
            OUTBOX.create(connection, checkfirst=True)  # states ask it; there is nothing of ours
            for block in blocks:
                _write_block(connection, arrival.scope, block, changes)
            refresh_derived(connection, changes)
            connection.execute(update(_ARRIVAL).values(is_laid_out=True))

    def changes(self) -> Changes:
        """The rows that were laid out."""
        with engines.reading(self._engine) as connection:
            return Changes(
                {
                    name: set(connection.execute(select(table.c.id)).scalars())
                    for name, table in SYNCED.items()
                }
            )

    def move_into(
        self,
        store: Store,
        may_move: Callable[[Connection], bool],
        then: Callable[[Connection], None],
    ) -> bool:
        """Copies the laid-out rows into the store in one transaction, and closes this file.

        Args:
            store: where they go.
            may_move: asked first, in that transaction.
            then: does in it what belongs to it.

        Returns:
            Whether they were copied: not if `may_move` says no, or one of them is there already.
        """
        self.close()
        with _beside(store, self._path) as connection:
            if not may_move(connection) or _is_there(connection):
                return False
            _copy(connection)
            _plan_by_todays_rhythm(connection, store)
            then(connection)
        return True


def remove(store: Store) -> None:
    """Removes the file beside a store, if there is one; it must be closed."""
    for ending in ("-wal", "-shm", ".new", ""):  # last what the others belong to
        (store.folder / f"{NAME}{ending}").unlink(missing_ok=True)


def is_begun(store: Store) -> bool:
    """Whether there is such a file beside a store."""
    return (store.folder / NAME).exists()


def _make(connection: Connection) -> None:
    for statement in _schema():
        connection.exec_driver_sql(statement)
    # a plain table in the index's place: what goes into an index without content cannot be read back
    connection.execute(text(f"CREATE TABLE search_index ({_INDEX_COLUMNS})"))
    connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))


@cache
def _schema() -> tuple[str, ...]:
    """What makes the tables and their indexes."""
    tables = [*_OURS.sorted_tables, *SYNCED.values(), SEARCH, REGION, META]
    parts: list[CreateTable | CreateIndex] = []
    for one in tables:
        parts += [CreateTable(one), *map(CreateIndex, one.indexes)]
    return tuple(str(part.compile(dialect=sqlite.dialect())) for part in parts)


def _write_block(
    connection: Connection,
    scope: str,
    block: Iterable[tuple[str, UUID, int, Fields]],
    changes: Changes,
) -> None:
    rows: dict[str, dict[UUID, tuple[str, Fields]]] = {}
    places: dict[UUID, int] = {}
    for name, row_id, seq, fields in block:
        rows.setdefault(name, {})[row_id] = (scope, fields)
        if name == "state_move":
            places[row_id] = seq
        if name == "household" or name in LIFECYCLES:
            changes.add(name, row_id)
    for name, some in rows.items():
        write_rows(connection, name, some)
    note_places(connection, places)


@contextmanager
def _beside(store: Store, path: Path) -> Iterator[Connection]:
    """A transaction of the store in which the file can be read, as the schema `arriving`."""
    with engines.faults(path), store.engine.connect() as plain:
        driver: Any = plain.connection.driver_connection
        _attach(driver, path, store.data_key())
        try:
            connection = plain.execution_options(berdaya_write=True)
            with connection.begin():
                yield connection
        finally:
            driver.rollback()  # a commit that failed may have left it open
            driver.execute("DETACH DATABASE arriving")


def _attach(driver: Any, path: Path, key: DataKey) -> None:
    """Outside any transaction: SQLite attaches nothing in one."""
    driver.execute(f"ATTACH DATABASE ? AS arriving KEY \"x'{key.secret.hex()}'\"", (str(path),))


def _is_there(connection: Connection) -> bool:
    """Whether a row of the store, or one with an op of ours over it, is among those that arrive.

    A family may have moved here meanwhile, or before we had heard of it.
    """
    here = {name: f'SELECT id FROM main."{name}"' for name in SYNCED}  # noqa: S608 our own names
    over = "SELECT row_id FROM main.outbox WHERE overlay"
    return any(
        connection.execute(
            text(
                f'SELECT 1 FROM arriving."{name}"'  # noqa: S608 our own names
                f" WHERE id IN ({rows}) OR id IN ({over}) LIMIT 1"
            )
        ).first()
        for name, rows in here.items()
    )


def _plan_by_todays_rhythm(connection: Connection, store: Store) -> None:
    """The rhythm may have changed since the rows were laid out, or be among what arrives."""
    laid_out = text("SELECT value FROM arriving.meta WHERE key = :key")
    by = connection.execute(laid_out, {"key": Meta.RHYTHM.value}).scalar_one()
    if json.loads(by) != get_meta(connection, Meta.RHYTHM):
        set_meta(connection, Meta.RHYTHM, None)
    follow_rhythm(connection, to_wib(store.clock()).date())


def _copy(connection: Connection) -> None:
    for name, table in SYNCED.items():
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        connection.execute(
            text(
                f'INSERT INTO main."{name}" ({columns})'  # noqa: S608 our own names
                f' SELECT {columns} FROM arriving."{name}"'
            )
        )
    last = connection.execute(select(func.coalesce(func.max(SEARCH.c.id), 0))).scalar_one()
    columns = ", ".join(column.name for column in SEARCH.columns if column.name != "id")
    for statement in (
        f"INSERT INTO main.search (id, {columns}) SELECT id + :last, {columns} FROM arriving.search",  # noqa: S608
        f"INSERT INTO main.search_index (rowid, {_INDEX_COLUMNS})"  # noqa: S608
        f" SELECT rowid + :last, {_INDEX_COLUMNS} FROM arriving.search_index",
    ):
        connection.execute(text(statement), {"last": last})
