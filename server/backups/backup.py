"""Backups of a province: taken while it serves, verified for what they promise, put back whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from desktop.models.records.base import format_time
from desktop.models.store.engine import StoreFailure
from desktop.models.store.keys import KeyFailure
from server.backups import sealed
from server.backups.faults import BackupFailure, BackupFault
from server.backups.homes import Home, Scratch
from server.backups.sealed import Manifest
from server.database import SCHEMA
from server.queries import durability, incarnations, verification
from server.queries.verification import DeviceLog


@dataclass(frozen=True)
class Taken:
    """A backup that was written."""

    path: Path
    manifest: Manifest


@dataclass(frozen=True)
class Verified:
    """A backup that is whole, and how many of its device logs are in the live database as well."""

    manifest: Manifest
    logs: int
    durable: int


@dataclass(frozen=True)
class Restored:
    """What was put in place, the life that began with it, and the name of what was there before."""

    manifest: Manifest
    incarnation: int
    kept: str


def take(home: Home, to: Path, passphrase: str, now: datetime) -> Taken:
    """Writes one moment of the database to a file, or into a folder under a name of its time.

    Raises:
        BackupFailure: the place cannot take it.
    """
    path = to / f"berdaya-{now:%Y-%m-%dT%H%M%SZ}.backup" if to.is_dir() else to
    sealed.refuse_existing(path)
    database = home.open()
    try:
        with database.reading() as connection:
            incarnation = incarnations.current(connection)
            manifest = Manifest(
                created=format_time(now),
                kind=home.kind,
                schema=SCHEMA,
                incarnation=incarnation.name if incarnation else "",
                heads=verification.heads(connection),
                counts=verification.counts(connection),
            )
            body = home.copy(connection, path.parent)
            sealed.write(path, manifest, home.key(), passphrase, body)
    finally:
        database.close()
    return Taken(path, manifest)


def verify(home: Home, path: Path, passphrase: str) -> Verified:
    """Restores a backup beside the live database, checks all of it, and only then says so.

    What the backup holds of each device's log is durable from then on: laptops may let go of it. Not
    so if the province has been restored since it was made.

    Raises:
        BackupFailure: it cannot be read, or is of another province.
        CopyFailure: it is not whole.
    """
    with _tried(home, path, passphrase, near=path.parent) as (manifest, _, logs):
        database = home.open()
        try:
            with database.reading() as connection:
                if not incarnations.is_known(connection, manifest.incarnation):
                    raise BackupFailure(BackupFault.OTHER_PROVINCE, path)
            noted = durability.note_durable(database, manifest.incarnation, logs)
            return Verified(manifest, len(logs), noted)
        finally:
            database.close()


def restore(
    home: Home,
    path: Path,
    passphrase: str,
    now: datetime,
    *,
    replace: bool = False,
    older: bool = False,
) -> Restored:
    """Puts a backup in the database's place, once it was found whole; a new incarnation begins.

    Args:
        home: where to.
        path: the backup.
        passphrase: the one it was written with.
        now: the time.
        replace: whether a database that is there may be put aside.
        older: whether it may lack what laptops were told to be safe.

    Raises:
        BackupFailure: it cannot be put there; what is there is as it was.
        CopyFailure: it is not whole.
    """
    exists = home.exists()
    if exists and not replace:
        raise BackupFailure(BackupFault.NOT_EMPTY)
    with _tried(home, path, passphrase) as (manifest, scratch, logs):
        if exists and not older:
            _refuse_older(home, path, logs)
        # a copy knows nothing of its own verification; it was told to laptops all the same
        durability.note_durable(scratch.database, manifest.incarnation, logs)
        with scratch.database.writing() as connection:
            begun = incarnations.begin(connection, now)
        kept = scratch.put_in_place()
    return Restored(manifest, begun.number, kept)


@contextmanager
def _tried(
    home: Home, path: Path, passphrase: str, near: Path | None = None
) -> Iterator[tuple[Manifest, Scratch, list[DeviceLog]]]:
    """A backup as a database of its own, brought to this schema and found whole."""
    backup = sealed.open_sealed(path, passphrase)
    manifest = backup.manifest
    if manifest.kind != home.kind:
        raise BackupFailure(BackupFault.OTHER_KIND, path)
    if manifest.schema > SCHEMA:
        raise BackupFailure(BackupFault.NEWER, path)
    with home.scratch(backup.key, backup.body(), near) as scratch:
        scratch.database.migrate()
        with scratch.database.reading() as connection:
            verification.check(connection, manifest.heads, manifest.counts)
            logs = verification.device_logs(connection)
        yield manifest, scratch, logs


def _refuse_older(home: Home, path: Path, logs: list[DeviceLog]) -> None:
    """What is there may say that laptops were told more than this backup can keep."""
    try:
        database = home.open()
    except (StoreFailure, KeyFailure):
        return  # it is why a backup is restored
    try:
        with database.reading() as connection:
            if durability.promised_beyond(connection, logs):
                raise BackupFailure(BackupFault.OLDER_THAN_PROMISED, path)
    except (StoreFailure, DBAPIError):
        return
    finally:
        database.close()
