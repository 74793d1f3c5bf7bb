"""Where a province's database lies, and how one is copied, tried out beside it, and put in its place.

A copy in a file of ours stays encrypted by its data key all the time; one of PostgreSQL goes from
program to program, and never lies on a disk in the open.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
import sqlcipher3.dbapi2
from psycopg import conninfo, sql
from sqlalchemy import Connection, text

from desktop.models.store.engine import StoreFailure, StoreFault, faults
from desktop.models.store.keys import DataKey, KeyFailure, create_key_file, read_key_file
from desktop.models.store.spare import spare_folder
from server.backups import programs
from server.backups.faults import BackupFailure, BackupFault, of_files
from server.backups.sealed import settle
from server.database import DATABASE_NAME, KEY_NAME, Database
from server.settings import DatabasePlace

_CHUNK = 1 << 20


class Scratch(Protocol):
    """A database beside the one that is served; it is gone afterwards unless it was put in place."""

    database: Database

    def put_in_place(self) -> str:
        """Closes it and gives it the place of what was there.

        Returns:
            The name under which that is kept; "" if there was nothing.

        Raises:
            BackupFailure, StoreFailure: somebody uses it; nothing was changed.
        """
        ...


class Home(Protocol):
    """One kind of place."""

    kind: str

    def exists(self) -> bool:
        """Whether there is a database with something in it."""
        ...

    def open(self) -> Database:
        """The database that is there."""
        ...

    def key(self) -> DataKey:
        """The key under which a copy is sealed."""
        ...

    def copy(self, connection: Connection, near: Path) -> Iterator[bytes]:
        """The moment of the database that a reading connection sees; `near` has room for it."""
        ...

    def scratch(
        self, key: DataKey, body: Iterable[bytes], near: Path | None = None
    ) -> AbstractContextManager[Scratch]:
        """A database made from a copy: near a path, else where it can be put in place."""
        ...


def home_of(place: DatabasePlace) -> Home:
    """The home that a place names."""
    if place.folder is not None:
        return FileHome(place.folder)
    assert place.url is not None  # noqa: S101 one of both is there
    return PostgresHome(place.url)


@dataclass
class FileHome:
    """A folder with the server's own file and its key."""

    folder: Path
    kind: str = "sqlite"

    def exists(self) -> bool:
        """See `Home`."""
        return (self.folder / DATABASE_NAME).exists()

    def open(self) -> Database:
        """See `Home`."""
        return Database.in_folder(self.folder)

    def key(self) -> DataKey:
        """The file's own key: whoever restores the backup gets the key file back from it."""
        return read_key_file(self.folder / KEY_NAME)

    def copy(self, connection: Connection, near: Path) -> Iterator[bytes]:
        """See `Home`; first into a file near the backup, encrypted like the database."""
        with of_files(near), spare_folder(near, "backup") as spare:
            whole = spare / DATABASE_NAME
            source: Any = connection.connection.driver_connection
            target = sqlcipher3.dbapi2.connect(str(whole), isolation_level=None)
            try:
                with faults(whole):
                    target.execute(f"PRAGMA key = \"x'{self.key().secret.hex()}'\"")
                    source.backup(target)
            finally:
                target.close()
            with whole.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk

    @contextmanager
    def scratch(
        self, key: DataKey, body: Iterable[bytes], near: Path | None = None
    ) -> Iterator["FileScratch"]:
        """See `Home`."""
        near = near or self.folder
        with of_files(near):
            near.mkdir(parents=True, exist_ok=True)
            with spare_folder(near, "scratch") as fresh:
                with (fresh / DATABASE_NAME).open("wb") as file:
                    for chunk in body:
                        file.write(chunk)
                    file.flush()
                    os.fsync(file.fileno())
                scratch = FileScratch(Database.of_key(fresh, key), key, fresh, self.folder)
                try:
                    yield scratch
                finally:
                    scratch.database.close()


@dataclass
class FileScratch:
    """A folder of its own, on the same disk as the one whose place it may take.

    Its key comes there only with the moment in which it does: a folder that is left behind tells nothing.
    """

    database: Database
    key: DataKey
    fresh: Path
    folder: Path

    def put_in_place(self) -> str:
        """Both files take their places; there is no moment without a database of that name."""
        self.database.close()
        kept = ""
        if (self.folder / DATABASE_NAME).exists():
            _refuse_used(self.folder)
            kept = self._keep_old()
        create_key_file(self.fresh / KEY_NAME, self.key)
        for name in (KEY_NAME, DATABASE_NAME):
            (self.fresh / name).replace(self.folder / name)
        settle(self.folder)
        return kept

    def _keep_old(self) -> str:
        number = 1
        while (self.folder / f"{DATABASE_NAME}.before-{number}").exists():
            number += 1
        journal = f"{DATABASE_NAME}-wal"  # of a file that could not be opened any more
        for name in (KEY_NAME, DATABASE_NAME, journal):
            if (self.folder / name).exists():
                os.link(self.folder / name, self.folder / f"{name}.before-{number}")
        for name in (journal, f"{DATABASE_NAME}-shm"):
            (self.folder / name).unlink(missing_ok=True)
        return f"{DATABASE_NAME}.before-{number}"


def _refuse_used(folder: Path) -> None:
    """Folds the journal into the file, which succeeds only while nobody else has it open."""
    with suppress(
        StoreFailure, KeyFailure
    ):  # damaged, or without its key: it is put aside as it is
        database = Database.in_folder(folder)
        try:
            with faults(), database.engine.connect() as connection:
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA busy_timeout = 1000")
                driver.execute("PRAGMA journal_mode = DELETE")
        except StoreFailure as failure:
            if failure.fault is StoreFault.LOCKED:
                raise BackupFailure(BackupFault.IN_USE, folder) from failure
            raise
        finally:
            database.close()


@dataclass
class PostgresHome:
    """A database of a PostgreSQL server."""

    url: str
    kind: str = "postgresql"

    @property
    def name(self) -> str:
        """The name of the database."""
        return programs.name_of(self.url)

    def exists(self) -> bool:
        """See `Home`."""
        with _administering(self.url) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [self.name]).fetchone() is None:
                return False
        with psycopg.connect(self.url) as connection:
            tables = connection.execute("SELECT 1 FROM pg_tables WHERE tablename = 'log'")
            return tables.fetchone() is not None

    def open(self) -> Database:
        """See `Home`."""
        return Database.at(self.url)

    def key(self) -> DataKey:
        """A fresh key for each backup: the database itself has none."""
        return DataKey.random()

    def copy(self, connection: Connection, near: Path) -> Iterator[bytes]:
        """See `Home`."""
        del near
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        return programs.dump(self.url, snapshot)

    @contextmanager
    def scratch(
        self, key: DataKey, body: Iterable[bytes], near: Path | None = None
    ) -> Iterator["PostgresScratch"]:
        """See `Home`: another database of the same server."""
        del key, near
        name = f"{self.name}_scratch_{secrets.token_hex(4)}"
        url = _as_url(self.url, name)
        with _administering(self.url) as connection:
            made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'")
            _allowed(connection, made.format(sql.Identifier(name)))
        scratch = PostgresScratch(Database.at(url), self.url, self.name, name)
        try:
            programs.load(url, body)
            yield scratch
        finally:
            scratch.database.close()
            with _administering(self.url) as connection:
                dropped = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
                connection.execute(dropped.format(sql.Identifier(name)))


@dataclass
class PostgresScratch:
    """A database that may take the name of another."""

    database: Database
    url: str
    name: str
    fresh: str

    def put_in_place(self) -> str:
        """Both names change in one transaction."""
        self.database.close()
        with _administering(self.url) as connection, connection.transaction():
            names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
            kept = ""
            if self.name in names:
                number = 1
                while f"{self.name}_before_{number}" in names:
                    number += 1
                kept = f"{self.name}_before_{number}"
                _rename(connection, self.name, kept)
            _rename(connection, self.fresh, self.name)
        return kept


def _rename(connection: "psycopg.Connection[Any]", name: str, to: str) -> None:
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        _allowed(connection, statement.format(sql.Identifier(name), sql.Identifier(to)))
    except psycopg.errors.ObjectInUse as error:
        raise BackupFailure(BackupFault.IN_USE, name) from error


def _allowed(connection: "psycopg.Connection[Any]", statement: sql.Composed) -> None:
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupFailure(BackupFault.NOT_PERMITTED) from error


@contextmanager
def _administering(url: str) -> Iterator["psycopg.Connection[Any]"]:
    """A connection to the server, beside the database."""
    beside = conninfo.make_conninfo(url, dbname="postgres")
    with psycopg.connect(beside, autocommit=True) as connection:
        yield connection


def _as_url(url: str, name: str) -> str:
    """The same address with another database."""
    scheme, _, rest = url.partition("://")
    authority, _, path = rest.partition("/")
    _, question, options = path.partition("?")
    return f"{scheme}://{authority}/{name}{question}{options}"
