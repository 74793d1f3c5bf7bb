"""The files of records (photos, signatures, sound), each by its digest, encrypted beside the store.

They lie in an encrypted file of their own with the store's key. A file is put here before the
transaction that names it, so what a crash leaves behind is at most one that nobody names; such a
one goes once it was seen unnamed for a day. Thumbnails are derived and may be lost.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from desktop.models.records.base import UtcText, utc_now
from desktop.models.store import engine as engines
from desktop.models.store.engine import UNREADABLE, StoreFailure, StoreKind, schema_of
from desktop.models.store.keys import DataKey
from desktop.models.store.rows import chunks

NAME = "attachments.db"
SCHEMA = 1
KIND = StoreKind(application_id=0x42726470, schema=SCHEMA)

GRACE = timedelta(days=1)
"""So long a file stays that nobody names: it is about to be named, or its removal to be undone."""

_BATCH = 8 << 20
"""Bytes that are copied in one transaction."""

_OURS = MetaData()
# the body comes last, so that what is asked of all files is read without it
_BLOB = Table(
    "blob",
    _OURS,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("unnamed_since", UtcText),
    Column("body", LargeBinary, nullable=False),
)
_THUMBNAIL = Table(
    "thumbnail",
    _OURS,
    Column("digest", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
_BODY = select(_BLOB.c.body).where(_BLOB.c.digest == bindparam("sought"))
_ALL = select(_BLOB.c.digest).order_by(_BLOB.c.digest)
_NEW = insert(_BLOB)
_PUT = _NEW.on_conflict_do_update(index_elements=["digest"], set_={"unnamed_since": None})
_NEW_THUMBNAIL = insert(_THUMBNAIL)
_PUT_THUMBNAIL = _NEW_THUMBNAIL.on_conflict_do_update(
    index_elements=["digest"], set_={"body": _NEW_THUMBNAIL.excluded.body}
)


class BlobFault(StrEnum):
    """Why a file could not be had."""

    MISSING = "blob_missing"
    DAMAGED = "blob_damaged"


class BlobFailure(Exception):
    """A file cannot be had; `fault` says why, `digest` which."""

    def __init__(self, fault: BlobFault, digest: str) -> None:
        super().__init__(f"{fault}: {digest}")
        self.fault = fault
        self.digest = digest


@dataclass(frozen=True)
class Copied:
    """What a copy holds: how many files, and whether those are all that there were."""

    count: int
    is_whole: bool


class Blobs:
    """The files, kept by the SHA-256 of their content in hexadecimal."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    @classmethod
    def open(cls, folder: Path, key: DataKey, clock: Callable[[], datetime] = utc_now) -> "Blobs":
        """Opens the file of files in a folder, made at first use.

        Raises:
            StoreFailure: it cannot be opened; what is there was left as it is.
        """
        engine = engines.open_engine(folder / NAME, key, KIND)
        try:
            with engines.reading(engine) as connection:
                is_new = schema_of(connection) == 0
            if is_new:
                with engines.writing(engine) as connection:
                    _OURS.create_all(connection)
                    connection.execute(text(f"PRAGMA user_version = {SCHEMA}"))
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, clock)

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()

    def put(self, body: bytes, thumbnail: bytes | None = None) -> str:
        """Keeps a file; it is on the disk when this returns. Again is the same as once.

        Returns:
            Its digest.
        """
        return self.put_all([(body, thumbnail)])[0]

    def put_all(
        self,
        files: Collection[tuple[bytes, bytes | None]],
        unnamed_since: datetime | None = None,
    ) -> list[str]:
        """Keeps files with their thumbnails, all or none; gives their digests.

        Args:
            files: each with its thumbnail, if it has one.
            unnamed_since: from when on nobody is known to name those that are new.
        """
        digests = [hashlib.sha256(body).hexdigest() for body, _ in files]
        with engines.writing(self._engine) as connection:
            for digest, (body, thumbnail) in zip(digests, files, strict=True):
                row = {"digest": digest, "size": len(body), "body": body}
                connection.execute(_PUT, {**row, "unnamed_since": unnamed_since})
                if thumbnail is not None:
                    connection.execute(_PUT_THUMBNAIL, {"digest": digest, "body": thumbnail})
        return digests

    def get(self, digest: str) -> bytes:
        """A file, whose content was found to be what its digest says.

        Raises:
            BlobFailure: it is not here, or damaged.
        """
        with self._reading(digest) as connection:
            body = connection.execute(_BODY, {"sought": digest}).scalar()
        if body is None:
            raise BlobFailure(BlobFault.MISSING, digest)
        if hashlib.sha256(body).hexdigest() != digest:
            raise BlobFailure(BlobFault.DAMAGED, digest)
        return bytes(body)

    def has(self, digest: str) -> bool:
        """Whether a file is here."""
        query = select(_BLOB.c.size).where(_BLOB.c.digest == digest)
        with self._reading(digest) as connection:
            return connection.execute(query).first() is not None

    def thumbnail(self, digest: str) -> bytes | None:
        """The small picture of a photo, if there is one."""
        query = select(_THUMBNAIL.c.body).where(_THUMBNAIL.c.digest == digest)
        with self._reading(digest) as connection:
            body = connection.execute(query).scalar()
        return None if body is None else bytes(body)

    def keep_thumbnail(self, digest: str, body: bytes) -> None:
        """Keeps the small picture of a photo that is here."""
        with engines.writing(self._engine) as connection:
            connection.execute(_PUT_THUMBNAIL, {"digest": digest, "body": body})

    def digests(self) -> list[str]:
        """The digests of all files that are here, in their order."""
        with engines.reading(self._engine) as connection:
            return list(connection.execute(_ALL).scalars())

    def stock(self) -> tuple[int, int]:
        """How many files there are, and how many bytes they have."""
        query = select(func.count(), func.coalesce(func.sum(_BLOB.c.size), 0))
        with engines.reading(self._engine) as connection:
            count, size = connection.execute(query.select_from(_BLOB)).one()
        return int(count), int(size)

    def remove_unnamed(self, named: Collection[str]) -> int:
        """Notes which files nobody names, and removes those that nobody has named for a day.

        Args:
            named: the digests that a draft or a record names.

        Returns:
            How many were removed.
        """
        now = self._clock()
        with engines.writing(self._engine) as connection:
            unnamed = [each for each in connection.execute(_ALL).scalars() if each not in named]
            gone = _gone(connection, unnamed, now - GRACE)
            _note_unnamed(connection, set(unnamed) - gone, now)
            for some in chunks(gone):
                for table in (_BLOB, _THUMBNAIL):
                    connection.execute(delete(table).where(table.c.digest.in_(some)))
        return len(gone)

    def is_whole(self) -> bool:
        """Reads everything: whether each page has its seal and each file is what its digest says."""
        try:
            with engines.reading(self._engine) as connection:
                if not engines.check_integrity(connection):
                    return False
            for digest in self.digests():
                self.get(digest)
        except StoreFailure as failure:
            if failure.fault not in UNREADABLE:
                raise
            return False
        except BlobFailure:
            return False
        return True

    def copy_to(
        self,
        other: "Blobs",
        progress: Callable[[int], object] = lambda _done: None,
        unnamed_since: datetime | None = None,
    ) -> Copied:
        """Copies the files that are whole and not there yet, and their thumbnails.

        Args:
            other: the file of files that they are added to.
            progress: told how many bytes are copied.
            unnamed_since: from when on nobody is known to name them there.
        """
        waiting: list[tuple[bytes, bytes | None]] = []
        count, done, is_whole = 0, 0, True
        there = set(other.digests())
        for digest in self.digests():
            if digest in there:
                continue
            try:
                body = self.get(digest)
            except BlobFailure:
                is_whole = False
                continue
            waiting.append((body, self._thumbnail_if_whole(digest)))
            count, done = count + 1, done + len(body)
            if sum(len(each) for each, _ in waiting) >= _BATCH:
                other.put_all(waiting, unnamed_since)
                waiting.clear()
                progress(done)
        other.put_all(waiting, unnamed_since)
        progress(done)
        return Copied(count, is_whole)

    def _thumbnail_if_whole(self, digest: str) -> bytes | None:
        try:
            return self.thumbnail(digest)
        except BlobFailure:
            return None  # it is made anew from its photo

    @contextmanager
    def _reading(self, digest: str) -> Iterator[Connection]:
        """A connection to read one file; a page of it that is damaged is no fault of the others."""
        try:
            with engines.reading(self._engine) as connection:
                yield connection
        except StoreFailure as failure:
            if failure.fault not in UNREADABLE:
                raise
            raise BlobFailure(BlobFault.DAMAGED, digest) from failure


def _gone(connection: Connection, unnamed: Collection[str], before: datetime) -> set[str]:
    gone: set[str] = set()
    for some in chunks(unnamed):
        query = select(_BLOB.c.digest).where(
            _BLOB.c.digest.in_(some), _BLOB.c.unnamed_since < before
        )
        gone.update(connection.execute(query).scalars())
    return gone


def _note_unnamed(connection: Connection, unnamed: Collection[str], now: datetime) -> None:
    """The clock of a file that is named again stands still; that of another begins to run."""
    running = select(_BLOB.c.digest).where(_BLOB.c.unnamed_since.is_not(None))
    named = set(connection.execute(running).scalars()) - set(unnamed)
    for some in chunks(named):
        connection.execute(update(_BLOB).where(_BLOB.c.digest.in_(some)).values(unnamed_since=None))
    for some in chunks(unnamed):
        forgotten = _BLOB.c.digest.in_(some) & _BLOB.c.unnamed_since.is_(None)
        connection.execute(update(_BLOB).where(forgotten).values(unnamed_since=now))
