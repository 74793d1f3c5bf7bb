"""A backup: the whole store in one file that opens with a passphrase, and the way back from it.

The file is `magic | length | header | hash of the header | database`. The header is JSON in plain
sight: when, by which version, how many rows, the hash of the database, and the store's key wrapped
by the passphrase. The database is the store's own encrypted file, as it was at one moment.

Nothing replaces what was there before it has been read again and found whole: a backup is opened
from its file before it takes its name, and a restored store is opened before the folders change
places.
"""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, func, select

from desktop.models.records.base import format_time
from desktop.models.store import engine as engines
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.models.store.keys import (
    DataKey,
    KeyFailure,
    KeyFault,
    create_key_file,
    lock_with_passphrase,
    unlock_with_passphrase,
)
from desktop.models.store.local import DATABASE_NAME, KEY_NAME, KIND, SCHEMA, Store
from desktop.models.store.writer import current_log
from desktop.models.tables import DRAFT, SYNCED

FORMAT = 1
MAGIC = b"BERDAYA BACKUP\r\n"
"""A program that takes the file for text changes the line end, and shows."""

SHORTEST_PASSPHRASE = 8
_LONGEST_HEADER = 1 << 20
_HASH_BYTES = 32
_CHUNK = 1 << 18
_PAGES = 256
_RESTORING = ".restoring"

Progress = Callable[[int, int], object]
"""Takes how much is done, and of how much; called on the thread that works."""


class BackupFault(StrEnum):
    """Why a backup could not be written or restored."""

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    PLACE_GONE = "place_gone"
    NOT_VERIFIED = "not_verified"
    FOREIGN = "foreign"
    NEWER = "newer"
    CUT_OFF = "cut_off"
    DAMAGED = "damaged"
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105 a name, not a secret
    IN_USE = "in_use"


class BackupFailure(Exception):
    """The backup could not be written or restored; what was there before is as it was."""

    def __init__(self, fault: BackupFault, path: Path | None = None) -> None:
        super().__init__(f"{fault}: {path}")
        self.fault = fault
        self.path = path


@dataclass(frozen=True)
class BackupInfo:
    """What a backup says about itself.

    Attributes:
        created: ISO time in UTC.
        app: version of the program that wrote it.
        schema: of the database.
        counts: rows by table.
        newest_op: epoch and number of the device log's head.
        size: bytes of the database.
        sha256: of the database, in hexadecimal.
    """

    created: str
    app: str
    schema: int
    counts: dict[str, int]
    newest_op: tuple[int, int]
    size: int
    sha256: str

    @property
    def created_at(self) -> datetime:
        """When it was written."""
        return datetime.fromisoformat(self.created)


@dataclass(frozen=True)
class _Header:
    info: BackupInfo
    key: dict[str, Any]
    body_at: int


def write_backup(
    store: Store,
    path: Path,
    passphrase: str,
    progress: Progress | None = None,
    app: str = "",
) -> BackupInfo:
    """Writes the store, as it is at this moment, to one file; the store may be written meanwhile.

    Args:
        store: an open store.
        path: the file; an older backup of that name is replaced only by a whole new one.
        passphrase: opens the backup; it is kept nowhere.
        progress: told how far the copy is.
        app: version of the program.

    Raises:
        BackupFailure: the place cannot take it, or what was written does not read back the same.
        StoreFailure: the store itself cannot be read.
    """
    draft = path.with_name(f"{path.name}.part")
    with _faults_of_place(path), TemporaryDirectory(prefix="backup-", dir=store.folder) as spare:
        copy = Path(spare) / DATABASE_NAME
        info = _copy_database(store, copy, progress, app)
        try:
            _write_file(draft, info, lock_with_passphrase(store.data_key(), passphrase), copy)
            copy.unlink()
            _verify(draft, passphrase, Path(spare))
            draft.replace(path)
            _settle(path.parent)
        except BaseException:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
    return info


def read_info(path: Path) -> BackupInfo:
    """What a backup says about itself; its length is checked, its content is not.

    Raises:
        BackupFailure: it is no backup, cut off, damaged, or of a newer version.
    """
    with _faults_of_place(path), path.open("rb") as file:
        return _read_header(file, path).info


def restore_backup(
    path: Path,
    passphrase: str,
    folder: Path,
    release: Callable[[], object] = lambda: None,
    progress: Progress | None = None,
) -> Path | None:
    """Puts the store of a backup in place of the one in `folder`.

    Args:
        path: the backup.
        passphrase: the one it was written with.
        folder: the folder of the store.
        release: called once the backup was found whole, before the folders change places; closes
            what has files open in `folder`.
        progress: told how far the copy is.

    Returns:
        Where the data that was there lies now; None if there was none.

    Raises:
        BackupFailure: it cannot be restored; the folder is as it was.
    """
    fresh = _fresh_of(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with _faults_of_place(path):
            fresh.mkdir(parents=True)
            _unpack(path, passphrase, fresh, progress)
        _open_and_close(fresh, path)
        release()
        return _swap(fresh, folder)
    except BaseException:
        if folder.exists():
            shutil.rmtree(fresh, ignore_errors=True)
        raise


def finish_restore(folder: Path) -> None:
    """Ends a restore that a power cut left between its two renames; before the store is opened."""
    fresh = _fresh_of(folder)
    if fresh.exists() and not folder.exists():
        fresh.rename(folder)


def _copy_database(store: Store, copy: Path, progress: Progress | None, app: str) -> BackupInfo:
    """Copies one moment of the database, encrypted with the same key, and takes stock of it."""
    key = store.data_key().secret.hex()
    with store.reading() as connection, engines.faults(copy):
        counts, newest_op = _stock(connection)  # begins the moment that is copied
        source: Any = connection.connection.driver_connection
        target = sqlcipher3.dbapi2.connect(str(copy), isolation_level=None)
        try:
            target.execute(f"PRAGMA key = \"x'{key}'\"")
            source.backup(
                target,
                pages=_PAGES,
                progress=lambda _status, left, total: progress and progress(total - left, total),
            )
        finally:
            target.close()
    return BackupInfo(
        created=format_time(store.clock()),
        app=app,
        schema=SCHEMA,
        counts=counts,
        newest_op=newest_op,
        size=copy.stat().st_size,
        sha256=_hash_of(copy),
    )


def _stock(connection: Connection) -> tuple[dict[str, int], tuple[int, int]]:
    """Rows by table, and the head of the device log."""
    tables = {**SYNCED, "draft": DRAFT}
    counts = {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
    }
    head = current_log(connection)
    return counts, (head.epoch, head.dseq)


def _write_file(path: Path, info: BackupInfo, key: dict[str, Any], body: Path) -> None:
    header = json.dumps({"format": FORMAT, **asdict(info), "key": key}).encode()
    with path.open("wb") as file, body.open("rb") as source:
        file.write(MAGIC + len(header).to_bytes(4, "big"))
        file.write(header + hashlib.sha256(header).digest())
        shutil.copyfileobj(source, file, _CHUNK)
        file.flush()
        os.fsync(file.fileno())


def _verify(path: Path, passphrase: str, spare: Path) -> None:
    """Opens a backup from its file, as a restore would."""
    try:
        with _faults_of_place(path):
            _unpack(path, passphrase, spare, None)
    except BackupFailure as failure:
        if failure.fault in (BackupFault.DISK_FULL, BackupFault.PLACE_GONE):
            raise
        raise BackupFailure(BackupFault.NOT_VERIFIED, path) from failure


def _unpack(path: Path, passphrase: str, folder: Path, progress: Progress | None) -> None:
    """Writes the store of a backup to an empty folder and compares it with what the header says."""
    database = folder / DATABASE_NAME
    with path.open("rb") as file:
        header = _read_header(file, path)
        key = _unlock(header.key, passphrase, path)
        with database.open("wb") as target:
            digest = _copy_hashed(file, target, header.info.size, progress)
    if digest != header.info.sha256:
        raise BackupFailure(BackupFault.DAMAGED, path)
    create_key_file(folder / KEY_NAME, key)
    try:
        engine = engines.open_engine(database, key, KIND)
    except StoreFailure as failure:
        raise _as_backup_failure(failure, path) from failure
    try:
        with engines.reading(engine) as connection:
            said = (header.info.counts, header.info.newest_op)
            if not engines.check_integrity(connection) or _stock(connection) != said:
                raise BackupFailure(BackupFault.DAMAGED, path)
    except StoreFailure as failure:
        raise _as_backup_failure(failure, path) from failure
    finally:
        engine.dispose()


def _open_and_close(folder: Path, path: Path) -> None:
    """Opens a store as the program does, which also brings an older one to this schema."""
    try:
        Store.open(folder).close()
    except StoreFailure as failure:
        raise _as_backup_failure(failure, path) from failure


def _swap(fresh: Path, folder: Path) -> Path | None:
    """Puts `fresh` in the place of `folder`; as it was if the new one does not open there."""
    aside = _aside_of(folder) if folder.exists() else None
    try:
        if aside is not None:
            folder.rename(aside)
        fresh.rename(folder)
        _open_and_close(folder, folder)
        _settle(folder.parent)
    except (OSError, BackupFailure) as error:
        if aside is not None and aside.exists():
            if folder.exists():
                folder.rename(fresh)
            aside.rename(folder)
        if isinstance(error, BackupFailure):
            raise
        raise BackupFailure(BackupFault.IN_USE, folder) from error
    return aside


def _read_header(file: IO[bytes], path: Path) -> _Header:
    """Reads up to the body.

    Raises:
        BackupFailure: see `read_info`.
    """
    size = path.stat().st_size
    start = file.read(len(MAGIC) + 4)
    if start[: len(MAGIC)] != MAGIC[: len(start)] or not start:
        raise BackupFailure(BackupFault.FOREIGN, path)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    body_at = len(start) + length + _HASH_BYTES
    if len(start) < len(MAGIC) + 4 or size < body_at <= _LONGEST_HEADER:
        raise BackupFailure(BackupFault.CUT_OFF, path)
    header = file.read(length) if length < _LONGEST_HEADER else b""
    if hashlib.sha256(header).digest() != file.read(_HASH_BYTES):
        raise BackupFailure(BackupFault.DAMAGED, path)
    content = json.loads(header)
    if content.pop("format") > FORMAT or content["schema"] > SCHEMA:
        raise BackupFailure(BackupFault.NEWER, path)
    key = content.pop("key")
    info = BackupInfo(**{**content, "newest_op": tuple(content["newest_op"])})
    if size < body_at + info.size:
        raise BackupFailure(BackupFault.CUT_OFF, path)
    return _Header(info, key, body_at)


def _unlock(wrapped: dict[str, Any], passphrase: str, path: Path) -> DataKey:
    try:
        return unlock_with_passphrase(wrapped, passphrase)
    except KeyFailure as failure:
        wrong = failure.fault is KeyFault.WRONG_SECRET
        fault = BackupFault.WRONG_PASSPHRASE if wrong else BackupFault.DAMAGED
        raise BackupFailure(fault, path) from failure


def _copy_hashed(source: IO[bytes], target: IO[bytes], size: int, progress: Progress | None) -> str:
    """Copies what is left of a file to the disk; gives its hash."""
    digest, done = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        target.write(chunk)
        done += len(chunk)
        if progress is not None:
            progress(done, size)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fresh_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _RESTORING)


def _aside_of(folder: Path) -> Path:
    """A name that is free: no data that was put aside is ever overwritten."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}.before-{number}")).exists():
        number += 1
    return aside


def _settle(folder: Path) -> None:
    """Brings a rename to the disk; Windows does so by itself and cannot be asked."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_PLACE_FAULTS = {
    errno.ENOSPC: BackupFault.DISK_FULL,
    errno.EDQUOT: BackupFault.DISK_FULL,
    errno.EFBIG: BackupFault.DISK_FULL,
    errno.EROFS: BackupFault.READ_ONLY,
    errno.EACCES: BackupFault.READ_ONLY,
    errno.EPERM: BackupFault.READ_ONLY,
}
_STORE_FAULTS = {
    StoreFault.DISK_FULL: BackupFault.DISK_FULL,
    StoreFault.READ_ONLY: BackupFault.READ_ONLY,
    StoreFault.NEWER: BackupFault.NEWER,
}


@contextmanager
def _faults_of_place(path: Path) -> Iterator[None]:
    """Turns what a disk or a stick did into a `BackupFailure`; what it did otherwise, it is gone."""
    try:
        yield
    except OSError as error:
        fault = _PLACE_FAULTS.get(error.errno or 0, BackupFault.PLACE_GONE)
        raise BackupFailure(fault, path) from error


def _as_backup_failure(failure: StoreFailure, path: Path) -> BackupFailure:
    return BackupFailure(_STORE_FAULTS.get(failure.fault, BackupFault.DAMAGED), path)
