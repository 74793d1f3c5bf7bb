"""A backup: the whole store in one file that opens with a passphrase, and the way back from it.

Its parts are the store's own encrypted files, as they were at one moment; `backup_file` knows how
they lie in it. Files of records that are damaged stay behind: the rest is worth saving without them.

Nothing replaces what was there before it has been read again and found whole: a backup is opened
from its file before it takes its name, and a restored store is opened before the folders change
places.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, func, inspect, select, text

from desktop.models.records.base import format_time
from desktop.models.store import engine as engines
from desktop.models.store.backup_file import (
    BackupFailure,
    BackupFault,
    BackupInfo,
    FilesInfo,
    Progress,
    copy_part,
    faults_of_place,
    hash_of,
    read_header,
    settle,
    write_file,
)
from desktop.models.store.blobs import NAME as BLOBS_NAME
from desktop.models.store.blobs import Blobs, Copied
from desktop.models.store.engine import UNREADABLE, StoreFailure, StoreFault
from desktop.models.store.keys import (
    DataKey,
    KeyFailure,
    KeyFault,
    create_key_file,
    lock_with_passphrase,
    unlock_with_passphrase,
)
from desktop.models.store.local import DATABASE_NAME, KEY_NAME, KIND, SCHEMA, Store
from desktop.models.store.only_here import only_here
from desktop.models.store.spare import spare_folder
from desktop.models.store.taking_along import take_along
from desktop.models.store.writer import current_log
from desktop.models.tables import DRAFT, SYNCED

SHORTEST_PASSPHRASE = 8
_PAGES = 256
_RESTORING = ".restoring"


@dataclass(frozen=True)
class Restored:
    """What became of the data that a backup has replaced.

    Attributes:
        aside: where it lies now; None if there was none.
        has_all: whether its photos and files are here, too; not if some could not be read.
    """

    aside: Path | None
    has_all: bool


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
        StoreFailure: the store itself cannot be read, or is not whole.
    """
    draft = path.with_name(f"{path.name}.part")
    with faults_of_place(path), spare_folder(store.folder, "backup") as spare:
        info = _copy(store, spare, progress, app)
        parts = [spare / name for name in _parts(info)]
        try:
            write_file(draft, info, lock_with_passphrase(store.data_key(), passphrase), parts)
            for part in parts:
                part.unlink()
            _verify(store, draft, passphrase, spare)
            draft.replace(path)
            settle(path.parent)
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
    with faults_of_place(path), path.open("rb") as file:
        return read_header(file, path).info


def restore_backup(
    path: Path,
    passphrase: str,
    folder: Path,
    release: Callable[[], object] = lambda: None,
    progress: Progress | None = None,
) -> Restored:
    """Puts the store of a backup in place of the one in `folder`, whose photos are taken along.

    Args:
        path: the backup.
        passphrase: the one it was written with.
        folder: the folder of the store.
        release: called once the backup was found whole, before the folders change places; closes
            what has files open in `folder`.
        progress: told how far the copy is.

    Raises:
        BackupFailure: it cannot be restored; the folder is as it was.
    """
    fresh = _fresh_of(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with faults_of_place(path):
            fresh.mkdir(parents=True)
            _unpack(path, passphrase, fresh, progress)
        _open_and_close(fresh, path)
        release()
        has_all = _take_along(folder, fresh)
        return Restored(_swap(fresh, folder), has_all)
    except BaseException:
        if folder.exists():
            shutil.rmtree(fresh, ignore_errors=True)
        raise


def finish_restore(folder: Path) -> None:
    """Ends a restore that a power cut left between its two renames; before the store is opened."""
    fresh = _fresh_of(folder)
    if fresh.exists() and not folder.exists():
        fresh.rename(folder)


def _parts(info: BackupInfo) -> list[str]:
    """The names that the parts of a backup have in the folder of a store, in their order."""
    return [DATABASE_NAME, BLOBS_NAME] if info.files else [DATABASE_NAME]


def _copy(store: Store, folder: Path, progress: Progress | None, app: str) -> BackupInfo:
    """Copies one moment of the database, and the files that are named in it; takes stock of both.

    A file is there before anything names it, so whoever copies them last has all of them.
    """
    total = _size_of_database(store) + _size_of_files(store)

    def tell(done: int) -> None:
        if progress is not None:
            progress(min(done, total), total)

    database = folder / DATABASE_NAME
    counts, newest_op, needed = _copy_database(store, database, tell)
    size = database.stat().st_size
    files = _copy_files(store, folder, needed, lambda done: tell(size + done))
    tell(total)
    return BackupInfo(
        created=format_time(store.clock()),
        app=app,
        schema=SCHEMA,
        counts=counts,
        newest_op=newest_op,
        size=size,
        sha256=hash_of(database),
        files=files,
    )


def _size_of_database(store: Store) -> int:
    with store.reading() as connection:
        pages, size = (
            int(connection.execute(text(f"PRAGMA {name}")).scalar_one())
            for name in ("page_count", "page_size")
        )
    return pages * size


def _size_of_files(store: Store) -> int:
    path = store.folder / BLOBS_NAME
    return path.stat().st_size if path.exists() else 0


def _copy_database(
    store: Store, copy: Path, tell: Callable[[int], object]
) -> tuple[dict[str, int], tuple[int, int], set[str]]:
    """Copies one moment of the database, encrypted with the same key.

    Gives its stock, and the digests of the files that have to be there with it.
    """
    key = store.data_key().secret.hex()
    with store.reading() as connection, engines.faults(copy):
        counts, newest_op = _stock(connection)  # begins the moment that is copied
        needed = only_here(connection)
        source: Any = connection.connection.driver_connection
        size = int(connection.execute(text("PRAGMA page_size")).scalar_one())
        target = sqlcipher3.dbapi2.connect(str(copy), isolation_level=None)
        try:
            target.execute(f"PRAGMA key = \"x'{key}'\"")
            source.backup(
                target,
                pages=_PAGES,
                progress=lambda _status, left, pages: tell((pages - left) * size),
            )
        finally:
            target.close()
    return counts, newest_op, needed


def _copy_files(
    store: Store, folder: Path, needed: set[str], tell: Callable[[int], object]
) -> FilesInfo | None:
    if not store.has_blobs and not needed:
        return None
    copy = Blobs.open(folder, store.data_key(), store.clock)
    try:
        copied = _copied(store, copy, tell)
        is_whole = copied.is_whole and needed.issubset(copy.digests())
    finally:
        copy.close()
    path = folder / BLOBS_NAME
    return FilesInfo(copied.count, is_whole, path.stat().st_size, hash_of(path))


def _copied(store: Store, copy: Blobs, tell: Callable[[int], object]) -> Copied:
    """Copies what can be read; of a file of files that is lost or cannot be opened that is nothing."""
    if not store.has_blobs:
        return Copied(0, is_whole=False)
    try:
        return store.blobs.copy_to(copy, tell)
    except StoreFailure as failure:
        if failure.fault not in UNREADABLE or failure.path != store.folder / BLOBS_NAME:
            raise
        return Copied(0, is_whole=False)


def _stock(connection: Connection) -> tuple[dict[str, int], tuple[int, int]]:
    """Rows by table, and the head of the device log; the file of an older schema has fewer tables."""
    tables = {**SYNCED, "draft": DRAFT}
    there = inspect(connection).get_table_names()
    counts = {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
        if name in there
    }
    head = current_log(connection)
    return counts, (head.epoch, head.dseq)


def _verify(store: Store, path: Path, passphrase: str, spare: Path) -> None:
    """Opens a backup from its file, as a restore would; a place is not blamed for the store."""
    try:
        with faults_of_place(path):
            _unpack(path, passphrase, spare, None)
    except BackupFailure as failure:
        if failure.fault in (BackupFault.DISK_FULL, BackupFault.PLACE_GONE):
            raise
        if not store.is_sound():
            raise StoreFailure(StoreFault.DAMAGED, store.folder / DATABASE_NAME) from failure
        raise BackupFailure(BackupFault.NOT_VERIFIED, path) from failure


def _unpack(path: Path, passphrase: str, folder: Path, progress: Progress | None) -> None:
    """Writes the store of a backup to an empty folder and compares it with what the header says."""
    with path.open("rb") as file:
        header = read_header(file, path)
        info = header.info
        key = _unlock(header.key, passphrase, path)
        done = 0
        for name, part in zip(_parts(info), (info, info.files), strict=False):
            assert part is not None  # noqa: S101 `_parts` names those that are there
            digest = copy_part(file, folder / name, part.size, _from(progress, done, info))
            if digest != part.sha256:
                raise BackupFailure(BackupFault.DAMAGED, path)
            done += part.size
        if file.read(1):
            raise BackupFailure(BackupFault.DAMAGED, path)
    create_key_file(folder / KEY_NAME, key)
    try:
        is_as_said = _database_is(folder, key, info) and _files_are(folder, key, info)
    except StoreFailure as failure:
        raise _as_backup_failure(failure, path) from failure
    if not is_as_said:
        raise BackupFailure(BackupFault.DAMAGED, path)


def _from(progress: Progress | None, done: int, info: BackupInfo) -> Callable[[int], object]:
    """Tells how much of all parts is done, for one that comes after others."""
    return lambda more: progress and progress(done + more, info.body_size)


def _database_is(folder: Path, key: DataKey, info: BackupInfo) -> bool:
    engine = engines.open_engine(folder / DATABASE_NAME, key, KIND)
    try:
        with engines.reading(engine) as connection:
            said = (info.counts, info.newest_op)
            return engines.check_integrity(connection) and _stock(connection) == said
    finally:
        engine.dispose()


def _files_are(folder: Path, key: DataKey, info: BackupInfo) -> bool:
    if info.files is None:
        return True
    blobs = Blobs.open(folder, key)
    try:
        return blobs.is_whole() and blobs.stock()[0] == info.files.count
    finally:
        blobs.close()


def _open_and_close(folder: Path, path: Path) -> None:
    """Opens a store as the program does, which also brings an older one to this schema."""
    try:
        Store.open(folder).close()
    except StoreFailure as failure:
        raise _as_backup_failure(failure, path) from failure


def _take_along(folder: Path, fresh: Path) -> bool:
    try:
        with faults_of_place(folder):
            return take_along(folder, fresh)
    except StoreFailure as failure:
        raise _as_backup_failure(failure, folder) from failure


def _swap(fresh: Path, folder: Path) -> Path | None:
    """Puts `fresh` in the place of `folder`; as it was if the new one does not open there."""
    aside = _aside_of(folder) if folder.exists() else None
    try:
        if aside is not None:
            folder.rename(aside)
        fresh.rename(folder)
        _open_and_close(folder, folder)
        settle(folder.parent)
    except (OSError, BackupFailure) as error:
        if aside is not None and aside.exists():
            if folder.exists():
                folder.rename(fresh)
            aside.rename(folder)
        if isinstance(error, BackupFailure):
            raise
        raise BackupFailure(BackupFault.IN_USE, folder) from error
    return aside


def _unlock(wrapped: dict[str, Any], passphrase: str, path: Path) -> DataKey:
    try:
        return unlock_with_passphrase(wrapped, passphrase)
    except KeyFailure as failure:
        wrong = failure.fault is KeyFault.WRONG_SECRET
        fault = BackupFault.WRONG_PASSPHRASE if wrong else BackupFault.DAMAGED
        raise BackupFailure(fault, path) from failure


def _fresh_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _RESTORING)


def _aside_of(folder: Path) -> Path:
    """A name that is free: no data that was put aside is ever overwritten."""
    number = 1
    while (aside := folder.with_name(f"{folder.name}.before-{number}")).exists():
        number += 1
    return aside


_STORE_FAULTS = {
    StoreFault.DISK_FULL: BackupFault.DISK_FULL,
    StoreFault.READ_ONLY: BackupFault.READ_ONLY,
    StoreFault.LOCKED: BackupFault.IN_USE,
    StoreFault.NEWER: BackupFault.NEWER,
}


def _as_backup_failure(failure: StoreFailure, path: Path) -> BackupFailure:
    return BackupFailure(_STORE_FAULTS.get(failure.fault, BackupFault.DAMAGED), path)
