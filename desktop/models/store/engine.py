"""An encrypted SQLite file as an SQLAlchemy engine: key, pragmas, transactions, and its faults.

The laptop's store and the server's embedded database are both made here.
"""

import errno
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from desktop.models.store.keys import DataKey

_BUSY_MS = 10_000
_LEAST_FREE = 1 << 20
"""Bytes; SQLite's journal and shared memory grow by less."""

_PLAIN_HEADER = b"SQLite format 3\x00"


class StoreFault(StrEnum):
    """Why a database cannot be used: the environment's fault, never a bug of ours."""

    NEWER = "newer"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    KEY_MISSING = "key_missing"
    KEY_UNUSABLE = "key_unusable"


class StoreFailure(Exception):
    """The database cannot be used; `fault` says why, `path` which."""

    def __init__(self, fault: StoreFault, path: Path | None = None) -> None:
        super().__init__(f"{fault}: {path}")
        self.fault = fault
        self.path = path


UNREADABLE = frozenset({StoreFault.DAMAGED, StoreFault.FOREIGN})
"""What is said of a file whose pages are not as they were written."""


@dataclass(frozen=True)
class StoreKind:
    """What a file must be to be ours: SQLite's application id, and the newest known schema."""

    application_id: int
    schema: int


def open_engine(path: Path, key: DataKey, kind: StoreKind) -> Engine:
    """An engine on an encrypted file, created if it is not there; refused if it is not ours.

    A refused file is left as it was: nothing is written before the checks have passed.

    Raises:
        StoreFailure: the file is newer, damaged, foreign, locked or cannot be written.
    """
    with faults(path):
        _find_or_create(path, key, kind)
    engine = create_engine(
        f"sqlite:///{path}",
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        connect_args={"check_same_thread": False, "timeout": _BUSY_MS / 1000},
        json_serializer=_dump_json,
        hide_parameters=True,  # what failed is told on; what was to be written stays here
    )
    event.listen(engine, "connect", _on_connect(key, kind, path))
    event.listen(engine, "begin", _on_begin)
    try:
        with faults(path), engine.connect():
            pass
    except StoreFailure:
        engine.dispose()
        raise
    return engine


def schema_of(connection: Connection) -> int:
    """The schema number written in the file; 0 in a new one."""
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())


def path_of(engine: Engine) -> Path | None:
    """The file of an engine."""
    return Path(engine.url.database) if engine.url.database else None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the database and writes nothing."""
    with (
        faults(path_of(engine)),
        engine.connect() as connection,
        _kept_if_sound(connection),
        connection.begin(),
    ):
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection with the write lock: committed at the end, or as if it had never been."""
    with faults(path_of(engine)), engine.connect() as plain:
        connection = plain.execution_options(berdaya_write=True)
        with _kept_if_sound(connection), connection.begin():
            yield connection


@contextmanager
def faults(path: Path | None = None) -> Iterator[None]:
    """Turns what the environment did to a database into a `StoreFailure`; bugs pass through."""
    try:
        yield
    except DBAPIError as error:
        fault = _fault_of(error.orig, path)
        if fault is None:
            raise
        raise StoreFailure(fault, path) from error
    except sqlcipher3.dbapi2.Error as error:
        fault = _fault_of(error, path)
        if fault is None:
            raise
        raise StoreFailure(fault, path) from error
    except OSError as error:
        fault = _OS_FAULTS.get(error.errno or 0)
        if fault is None:
            raise
        raise StoreFailure(fault, path) from error


def check_integrity(connection: Connection) -> bool:
    """Reads the whole file: every page's seal, every index, every foreign key."""
    seals = _broken_seals(connection)
    if seals:  # a power cut may have left a page that only the WAL has whole
        _bring_wal_into_file(connection.engine)
        seals = _broken_seals(connection)
    if seals:  # whoever reads on meets the bad page, and can read nothing else any more
        return False
    _look_anew_at_indexes(connection)
    pages = connection.execute(text("PRAGMA integrity_check")).scalars().all()
    if pages != ["ok"]:
        return False
    return not connection.execute(text("PRAGMA foreign_key_check")).all()


def _broken_seals(connection: Connection) -> Sequence[Any]:
    """What SQLCipher finds wrong with the file, which it reads as if there were no WAL."""
    return connection.execute(text("PRAGMA cipher_integrity_check")).all()


def _bring_wal_into_file(engine: Engine) -> None:
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 for the type checker: it was just connected
        driver.execute("PRAGMA wal_checkpoint")  # by itself: it is refused inside a transaction


def _look_anew_at_indexes(connection: Connection) -> None:
    """A full-text index is checked as this connection last saw it, and called broken if it has grown.

    A search, even one for nothing, looks whether somebody wrote to it meanwhile.
    """
    tables = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%USING fts5(%'"
    for name in connection.execute(text(tables)).scalars().all():
        connection.execute(text(f"""SELECT rowid FROM "{name}" WHERE "{name}" MATCH '""'"""))  # noqa: S608


@contextmanager
def _kept_if_sound(connection: Connection) -> Iterator[None]:
    """Throws a connection away that met a bad page: it would read nothing else any more."""
    try:
        yield
    except DBAPIError as error:
        if _fault_of(error.orig, path_of(connection.engine)) in UNREADABLE:
            connection.invalidate()
        raise


_OS_FAULTS = {
    errno.ENOSPC: StoreFault.DISK_FULL,
    errno.EIO: StoreFault.DAMAGED,
    errno.EROFS: StoreFault.READ_ONLY,
    errno.EACCES: StoreFault.READ_ONLY,
    errno.EPERM: StoreFault.READ_ONLY,
}

_SQLITE_FAULTS = (
    ("file is not a database", StoreFault.FOREIGN),
    ("file is encrypted", StoreFault.FOREIGN),
    ("malformed", StoreFault.DAMAGED),
    ("vtable constructor failed", StoreFault.DAMAGED),
    ("disk I/O error", StoreFault.DAMAGED),
    ("database is locked", StoreFault.LOCKED),
    ("database table is locked", StoreFault.LOCKED),
    ("readonly database", StoreFault.READ_ONLY),
    ("unable to open database file", StoreFault.READ_ONLY),
    ("database or disk is full", StoreFault.DISK_FULL),
)


def _fault_of(error: BaseException | None, path: Path | None) -> StoreFault | None:
    message = str(error)
    if "disk I/O error" in message and path is not None and _is_full(path):
        return StoreFault.DISK_FULL  # SQLite could not lay out its shared memory
    return next((fault for words, fault in _SQLITE_FAULTS if words in message), None)


def _is_full(path: Path) -> bool:
    return shutil.disk_usage(path.parent).free < _LEAST_FREE


def _dump_json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _find_or_create(path: Path, key: DataKey, kind: StoreKind) -> None:
    """Makes the file if there is none, and refuses one that cannot be ours at first sight."""
    try:
        with path.open("rb") as file:
            start = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError:
        _create(path, key, kind)
        return
    if not start:  # SQLite would take it for a new database, and throw its journal away
        raise StoreFailure(StoreFault.DAMAGED, path)
    if start == _PLAIN_HEADER:  # with our key it would only look damaged
        raise StoreFailure(StoreFault.FOREIGN, path)


def _create(path: Path, key: DataKey, kind: StoreKind) -> None:
    """Makes a file that is ours before it has its name, so that an empty one is never a new one."""
    if path.with_name(f"{path.name}-wal").exists():  # it belongs to a file that was lost
        raise StoreFailure(StoreFault.DAMAGED, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with closing(sqlcipher3.dbapi2.connect(str(draft), isolation_level=None)) as connection:
        _unlock(connection, key)
        connection.execute(f"PRAGMA application_id = {kind.application_id}")
    draft.replace(path)


def _unlock(connection: Any, key: DataKey) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to the terminal
    connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")


def _on_connect(key: DataKey, kind: StoreKind, path: Path) -> Any:
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun by us, see _on_begin
        run = connection.execute
        _unlock(connection, key)
        run("SELECT count(*) FROM sqlite_master")  # fails if the key is another one
        (owner,) = run("PRAGMA application_id").fetchone()
        (schema,) = run("PRAGMA user_version").fetchone()
        if owner != kind.application_id:
            raise StoreFailure(StoreFault.FOREIGN, path)
        if schema > kind.schema:
            raise StoreFailure(StoreFault.NEWER, path)
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA fullfsync = ON")
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA cache_size = -16000")
        run("PRAGMA temp_store = MEMORY")  # a temporary file would lie on the disk unencrypted

    return prepare


def _on_begin(connection: Connection) -> None:
    """Writers queue for the lock at BEGIN; a deferred one would fail when it upgrades."""
    write = connection.get_execution_options().get("berdaya_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
