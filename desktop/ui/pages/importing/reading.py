"""A list being read or written in the background: how far it is, and stopping it."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.imports import applying
from desktop.imports.existing import GrantedRegions, StoreExisting
from desktop.imports.plan import ImportPlan, read_list
from desktop.models.queries.account import granted_villages
from desktop.models.rules.dates import to_wib

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from desktop.imports.candidates import Candidate
    from desktop.ui.desk import Desk


class ListReading(QObject):
    """Reads one list and makes a plan of it; nothing is written.

    Args:
        desk: the collaborators of all pages.
        parent: who asked.
    """

    progressed = Signal(int, int)
    """Rows read, and all rows."""
    planned = Signal(object)
    """The plan is there."""
    failed = Signal(object)
    """What was raised instead."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._stopped = Event()

    def start(self, path: Path, village: str | None) -> None:
        """Begins; `village` is its code, or None if the rows name theirs."""
        today = to_wib(self._desk.store.clock()).date()
        whole = self._desk.reference.regions()

        def query(connection: Connection) -> ImportPlan:
            granted = {code for code, _ in granted_villages(connection)}
            return read_list(
                path,
                today=today,
                village_code=village,
                regions=GrantedRegions(whole, granted),
                existing=StoreExisting(connection),
                progress=self.progressed.emit,
                is_cancelled=self._stopped.is_set,
            )

        self._desk.read(self, query, self.planned.emit, self.failed.emit)

    def stop(self) -> None:
        """Stops soon; `failed` follows with `ImportCancelled`."""
        self._stopped.set()


class ListWriting(QObject):
    """Writes new families batch after batch, so that nothing else has to wait for long.

    Args:
        desk: the collaborators of all pages.
        candidates: the families.
        parent: who asked.
    """

    progressed = Signal(int, int)
    """Families written, and all of them."""
    finished = Signal(int)
    """It ended, all written or stopped: how many were."""
    failed = Signal(object)
    """What was raised; the batches before are safe."""

    def __init__(self, desk: Desk, candidates: Sequence[Candidate], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._candidates = candidates
        self._written = 0
        self._is_stopped = False

    def start(self) -> None:
        """Writes the next batch; the last one ends it."""
        some = self._candidates[self._written : self._written + applying.BATCH]
        if not some or self._is_stopped:
            self.finished.emit(self._written)
            return
        self._desk.write(
            self, lambda writer: applying.apply(writer, some), self._go_on, self.failed.emit
        )

    def stop(self) -> None:
        """Stops after the batch that is being written."""
        self._is_stopped = True

    def _go_on(self, count: int) -> None:
        self._written += count
        self.progressed.emit(self._written, len(self._candidates))
        self.start()
