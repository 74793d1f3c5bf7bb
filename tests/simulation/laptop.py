"""A laptop of a run: a real store and the real engine, on a disk and a line that can fail."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from desktop.models.records.base import Fields
from desktop.models.records.people import Role
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.store.writer import Writer
from desktop.models.tables import (
    CONFLICT,
    CURSOR,
    DEVICE_LOG,
    DRAFT,
    META,
    OUTBOX,
    SHADOW,
    SYNCED,
)
from desktop.sync.engine import Engine, Pace
from desktop.sync.history import Run
from tests.simulation.chance import Clock
from tests.simulation.faults import Disk
from tests.simulation.history import Captured, History, Past
from tests.simulation.line import Line
from tests.simulation.reading import Rows, every_row, some_rows, until_written

TODAY, OLD_APP = "0.1.0", "0.0.1"
"""Versions of the program."""


class Laptop:
    """One disk with one user's work on it.

    Args:
        name: how the trace calls it.
        folder: the disk; a store that nobody has used yet, or a copy of another laptop's.
        user: login, id and role of who works on it.
        clock: the true time; the laptop's own may be wrong by `skew`.
    """

    def __init__(
        self,
        name: str,
        folder: Path,
        user: tuple[str, UUID, Role],
        clock: Clock,
        history: History,
        past: Past | None = None,
    ) -> None:
        self.name = name
        self.folder = folder
        self.login, self.user_id, self.role = user
        self.skew = timedelta()
        self.pace = Pace()
        self.app = TODAY
        self.away_until: datetime | None = None
        self.past = past or Past()
        self.saved: tuple[Path, Past] | None = None
        self._true_clock = clock
        self._history = history
        self.open()

    def open(self) -> None:
        """The program starts."""
        self.store = Store.open(self.folder, self.now)
        self.disk = Disk(self.store.engine)

    def close(self) -> None:
        """The program ends."""
        self.store.close()

    def restart(self) -> None:
        """It starts again after it died."""
        self.close()
        self.open()

    def now(self) -> datetime:
        """The time as this laptop tells it."""
        return self._true_clock() + self.skew

    def is_away(self) -> bool:
        """Whether it is where no network is."""
        return self.away_until is not None and self._true_clock() < self.away_until

    def become_known(self) -> UUID:
        """Notes the account as signing in does; returns the device's id."""
        with self.store.writing() as connection:
            set_meta(connection, Meta.USER_ID, str(self.user_id))
            return UUID(get_meta(connection, Meta.DEVICE_ID))

    @property
    @until_written
    def device_id(self) -> UUID:
        """The device, as the store knows it; a clone has the same."""
        with self.store.reading() as connection:
            return UUID(get_meta(connection, Meta.DEVICE_ID))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """What is made here meanwhile gets its id by this laptop's clock."""
        self._true_clock.skew = self.skew
        try:
            yield
        finally:
            self._true_clock.skew = timedelta()

    def record(self, work: Callable[[Writer], object]) -> None:
        """One transaction of the user's; its ops go into the history if it was committed."""
        with self.store.recording() as writer:
            work(writer)
        self.note_captured()

    def note_captured(self, shown: Fields | None = None) -> None:
        """Writes into the history what is captured on this disk and was not noted yet.

        Args:
            shown: what the form said in which it was written, if one was left open.
        """
        for row in self.outbox():
            digest = bytes(row.digest)
            if digest in self.past:
                continue
            place = self.past.add(digest)
            at = int(self._true_clock().timestamp() * 1000)
            skew = int(self.skew.total_seconds() * 1000)
            self._history.captured[digest] = Captured(
                digest,
                row.user_id,
                row.table_name,
                row.row_id,
                row.scope,
                row.fields,
                at,
                skew,
                self.past,
                place,
                shown,
            )

    def sync(self, line: Line) -> Run:
        """One sync by the real engine."""
        return Engine(self.store, line, self.app, self.pace).run()  # type: ignore[arg-type]

    def save_disk(self, folder: Path) -> None:
        """Keeps a copy of the disk as it is."""
        shutil.rmtree(folder, ignore_errors=True)
        self.close()
        shutil.copytree(self.folder, folder)
        self.open()
        self.saved = (folder, Past(self.past))

    def put_disk_back(self) -> bool:
        """Puts the copy in the disk's place; tells whether there was one."""
        if self.saved is None:
            return False
        folder, past = self.saved
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(folder, self.folder)
        self._history.lost |= {
            digest
            for digest in self._history.captured
            if digest in self.past and digest not in past
        }
        self.past = Past(past)
        self.open()
        return True

    def clone(self, name: str, folder: Path) -> "Laptop":
        """A copy of the disk in another machine: the same device twice."""
        self.close()
        shutil.copytree(self.folder, folder)
        self.open()
        user = (self.login, self.user_id, self.role)
        return Laptop(name, folder, user, self._true_clock, self._history, Past(self.past))

    def ids(self, table: str, scopes: frozenset[str]) -> list[UUID]:
        """The living rows of a table in some scopes, in order."""
        rows = SYNCED[table]
        living = select(rows.c.id).where(
            rows.c.deleted_at.is_(None), rows.c.scope.in_(sorted(scopes))
        )
        return [row.id for row in self._rows(living.order_by(rows.c.id))]

    def one(self, table: str, row_id: UUID) -> Any:
        """A whole row."""
        rows = SYNCED[table]
        return self._rows(select(rows).where(rows.c.id == row_id))[0]

    @until_written
    def outbox(self) -> list[Any]:
        """All ops that are kept here, in their order."""
        return self._rows(select(OUTBOX).order_by(OUTBOX.c.epoch, OUTBOX.c.dseq))

    def overlay(self) -> list[Any]:
        """The ops that lie over what the province says, in their order."""
        return [op for op in self.outbox() if op.overlay]

    def open_conflicts(self) -> list[Any]:
        """Conflicts that wait for somebody."""
        waiting = select(CONFLICT).where(CONFLICT.c.resolved_at.is_(None)).order_by(CONFLICT.c.id)
        return self._rows(waiting)

    @until_written
    def cursors(self) -> list[Any]:
        """How far each scope was applied."""
        return self._rows(select(CURSOR).order_by(CURSOR.c.scope))

    @until_written
    def shadows(self) -> dict[UUID, Fields]:
        """What the province said of rows with ops of ours over them."""
        return {row.row_id: row.fields for row in self._rows(select(SHADOW))}

    @until_written
    def begun(self) -> set[UUID]:
        """The families of which a visit was begun and not finished: they stay until it is."""
        return {row.household_id for row in self._rows(select(DRAFT))}

    @until_written
    def incarnation(self) -> str:
        """Under which name the province is known here."""
        with self.store.reading() as connection:
            return str(get_meta(connection, Meta.INCARNATION, ""))

    @until_written
    def everything(self) -> Rows:
        """Every row here."""
        with self.store.reading() as connection:
            return every_row(connection)

    def rows(self, wanted: Mapping[str, Iterable[UUID]]) -> dict[UUID, Fields]:
        """Some rows, by table and id: their fields."""
        with self.store.reading() as connection:
            return some_rows(connection, wanted)

    def states(self) -> dict[UUID, str]:
        """Where the visits, months and grants stand, as this laptop shows it."""
        return {
            row.id: row.state
            for name in ("visit", "progress_report", "grant")
            for row in self._rows(select(SYNCED[name].c.id, SYNCED[name].c.state))
        }

    def _rows(self, query: Any) -> list[Any]:
        with self.store.reading() as connection:
            return list(connection.execute(query).all())


def blank_disk(folder: Path) -> Path:
    """A store that nobody has used yet: its copies become different laptops."""
    store = Store.open(folder)
    with store.writing() as connection:
        connection.execute(delete(META).where(META.c.key == Meta.DEVICE_ID.value))
        connection.execute(delete(DEVICE_LOG))
    store.close()
    return folder
