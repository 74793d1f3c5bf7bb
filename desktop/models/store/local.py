"""The laptop's store: one encrypted database, the files of its records, and the key of both."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, exists, insert, or_, select

from desktop.models.changes import Changes
from desktop.models.ops import LogHead, new_seed
from desktop.models.records.base import new_id, utc_now
from desktop.models.rules.dates import to_wib
from desktop.models.store import engine as engines
from desktop.models.store.blobs import NAME as BLOBS_NAME
from desktop.models.store.blobs import Blobs
from desktop.models.store.engine import StoreFailure, StoreFault, StoreKind
from desktop.models.store.keys import (
    DataKey,
    KeyFailure,
    KeyFault,
    create_key_file,
    read_key_file,
)
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.store.migrate import upgrade_file
from desktop.models.store.only_here import make_sure, only_here
from desktop.models.store.plan import follow_rhythm, is_planned_for
from desktop.models.store.writer import Writer
from desktop.models.tables import DEVICE_LOG

SCHEMA = 7
"""The newest migration; a file with a higher number was written by a newer version."""

KIND = StoreKind(application_id=0x42726479, schema=SCHEMA)
DATABASE_NAME = "berdaya.db"
KEY_NAME = "berdaya.key"
AUTHORITY_NAME = "office.pem"
"""The certificate of an office that signs its own, which somebody put beside the store."""

MIGRATIONS = Path(__file__).parents[1] / "migrations"


class Store:
    """The laptop's data: read from it, write to it; every write of a record goes to the outbox."""

    def __init__(
        self, engine: Engine, folder: Path, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self.engine = engine
        self.folder = folder
        self.clock = clock
        self._blobs: Blobs | None = None
        self._opening = Lock()

    @classmethod
    def open(cls, folder: Path, clock: Callable[[], datetime] = utc_now) -> "Store":
        """Opens the store in a folder, made at first use and brought to this version's schema.

        Raises:
            StoreFailure: it cannot be opened; what is there was left as it is.
        """
        with engines.faults(folder / DATABASE_NAME):
            key = _key(folder)
        engine = engines.open_engine(folder / DATABASE_NAME, key, KIND)
        try:
            upgrade_file(engine, MIGRATIONS, SCHEMA)
            store = cls(engine, folder, clock)
            store._introduce()
        except BaseException:
            engine.dispose()
            raise
        return store

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()
        with self._opening:
            if self._blobs is not None:
                self._blobs.close()
                self._blobs = None

    @property
    def blobs(self) -> Blobs:
        """The files of the records; theirs is opened when one is first put or asked for.

        Raises:
            StoreFailure: it cannot be opened.
        """
        with self._opening:
            if self._blobs is None:
                self._blobs = Blobs.open(self.folder, self.data_key(), self.clock)
            return self._blobs

    @property
    def has_blobs(self) -> bool:
        """Whether a file was ever put."""
        return (self.folder / BLOBS_NAME).exists()

    def is_whole(self) -> bool:
        """Reads everything that is kept: whether it is there, and as it was written."""
        return self.is_sound() and self.has_its_files()

    def is_sound(self) -> bool:
        """Reads the whole database: whether it is as it was written."""
        with self.reading() as connection:
            return engines.check_integrity(connection)

    def has_its_files(self) -> bool:
        """Reads every file: whether each is as it was kept, and none that is nowhere else is gone."""
        with self.reading() as connection:
            needed = only_here(connection)
        if not self.has_blobs:
            return not needed
        return self.blobs.is_whole() and needed.issubset(self.blobs.digests())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store."""
        with engines.reading(self.engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction for what only this laptop keeps (drafts, settings, sync state)."""
        with engines.writing(self.engine) as connection:
            yield connection

    @contextmanager
    def recording(self, user_id: UUID | None = None) -> Iterator[Writer]:
        """One transaction for synced rows, as the enrolled user or as the one given.

        The writer's `changes` are whole once the block has ended.
        """
        with self.writing() as connection:
            author = user_id or UUID(get_meta(connection, Meta.USER_ID))
            writer = Writer(connection, author, self.clock())
            yield writer
            writer.finish()

    def follow_rhythm(self) -> Changes:
        """Plans all visits anew if the day has come from which another rhythm holds."""
        today = to_wib(self.clock()).date()
        with self.reading() as connection:
            if is_planned_for(connection, today):
                return Changes()
        with self.writing() as connection:
            return follow_rhythm(connection, today)

    def data_key(self) -> DataKey:
        """The key of this store's file, for a backup that is to be wrapped again."""
        return read_key_file(self.folder / KEY_NAME)

    def _introduce(self) -> None:
        """Gives a new store its device id and its first log."""
        with self.reading() as connection:
            if get_meta(connection, Meta.DEVICE_ID):
                return
        with self.writing() as connection:
            make_sure(connection, set())
            begin_device(connection)
            follow_rhythm(connection, to_wib(self.clock()).date())


def is_blank(connection: Connection) -> bool:
    """Whether nobody has signed in or recorded anything here yet."""
    is_used = exists().where(or_(DEVICE_LOG.c.dseq > 0, DEVICE_LOG.c.epoch > 1))
    return (
        get_meta(connection, Meta.USER_ID) is None
        and not connection.execute(select(is_used)).scalar_one()
    )


def begin_device(connection: Connection) -> None:
    """Draws who this laptop is, and an empty first log; only for a blank store: ops name both."""
    device_id = new_id()
    set_meta(connection, Meta.DEVICE_ID, str(device_id))
    connection.execute(delete(DEVICE_LOG))
    begin_epoch(connection, device_id, 1)


def begin_epoch(
    connection: Connection, device_id: UUID, epoch: int, left: tuple[int, int] | None = None
) -> LogHead:
    """An empty device log with a ratchet of its own; `left` is the epoch and op it goes on from."""
    parent_epoch, parent_dseq = left or (None, None)
    seed = new_seed()
    head = LogHead.fresh(device_id, epoch, seed)
    connection.execute(
        insert(DEVICE_LOG).values(
            epoch=epoch,
            dseq=0,
            hash=head.hash,
            key=head.key,
            seed=seed,
            parent_epoch=parent_epoch,
            parent_dseq=parent_dseq,
        )
    )
    return head


def _key(folder: Path) -> DataKey:
    path = folder / KEY_NAME
    try:
        return read_key_file(path)
    except KeyFailure as failure:
        if failure.fault is not KeyFault.MISSING:
            newer = failure.fault is KeyFault.NEWER
            fault = StoreFault.NEWER if newer else StoreFault.KEY_UNUSABLE
            raise StoreFailure(fault, path) from failure
    if (folder / DATABASE_NAME).exists():
        raise StoreFailure(StoreFault.KEY_MISSING, path)
    folder.mkdir(parents=True, exist_ok=True)
    return create_key_file(path)
