"""Staying in touch with the province: when to sync, and the lines that say how things stand.

The system's word about the network is a hint; a small request to the province decides. What fails
is tried again, later each time and never at the same moment as all other laptops.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.sync.faults import SyncFault
from desktop.sync.session import Session
from desktop.sync.status import Status, status
from desktop.ui.sentences import short_sentence
from desktop.ui.widgets.side_bar import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from desktop.models.changes import Changes
    from desktop.sync.history import Run
    from desktop.ui.desk import Desk
    from desktop.ui.window import Window

_SOON_MS = 3_000
REGULAR_MS = 5 * 60_000
FIRST_RETRY_MS = 15_000
LAST_RETRY_MS = 15 * 60_000


class Connection(QObject):
    """Syncs now and then, at once when asked, and tells the window how things stand.

    Args:
        desk: the collaborators of all pages.
        window: where the lines are shown.
        version: this program's version.
    """

    told = Signal(object)
    """A `Status`: how things stand now."""

    began = Signal()
    """A sync has begun, asked for or by itself."""

    progressed = Signal(object)
    """A `Progress` of the sync under way."""

    ended = Signal(object)
    """A `Run`: the sync that has ended; None where there was none, or it broke off."""

    _changed = Signal(object)

    def __init__(self, desk: Desk, window: Window, version: str) -> None:
        super().__init__()
        self._desk = desk
        self._window = window
        self.session = Session(desk.store, version)
        self.fault: SyncFault | None = None
        self.is_syncing = False
        self._is_resting = False
        self._retry_ms = FIRST_RETRY_MS
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.sync)
        self._changed.connect(desk.changed)
        desk.changed.connect(self._noticed)
        window.side_bar.status_pressed.connect(self.sync)
        self._listen()

    @property
    def next_try_ms(self) -> int:
        """How long from the last time to the next, in milliseconds."""
        return self._timer.interval()

    def begin(self) -> None:
        """Syncs for the first time soon, and from then on now and then."""
        self._is_resting = False
        self.tell()
        self._timer.start(_SOON_MS)

    def sync(self) -> None:
        """Syncs now, unless it does already."""
        if self.is_syncing or self._is_resting or self._desk.account is None:
            return
        self.is_syncing = True
        self.session.allow()
        self._timer.stop()
        self.tell()
        self.began.emit()
        self._desk.network.run(self, self._task, self._done, self._broke)

    def cancel(self) -> None:
        """Ends the sync under way after its next round trip; the next one begins at its usual time."""
        self.session.cancel()

    def stop(self) -> None:
        """Ends the sync under way and begins no other."""
        self._is_resting = True
        self._timer.stop()
        self.session.cancel()

    def rest(self, then: Callable[[], object]) -> None:
        """The same, and calls `then` once nothing of it uses the store any more."""
        self.stop()
        self._desk.network.run(self, lambda: None, lambda _: then(), self._desk.explain)

    def tell(self) -> None:
        """Looks up how things stand, and says it."""
        self._desk.read(self, status, self._show)

    def _task(self) -> Run | None:
        failed_before = self.fault is not None
        return self.session.sync(self._changed.emit, self.progressed.emit, ask_first=failed_before)

    def _done(self, run: Run | None) -> None:
        self.is_syncing = False
        fault = None if run is None else run.fault
        self.fault = None if fault is SyncFault.STOPPED else fault
        self._plan()
        self.tell()
        self.ended.emit(run)

    def _broke(self, error: Exception) -> None:
        self.is_syncing = False
        self._plan(failed=True)
        self._desk.explain(error)
        self.tell()
        self.ended.emit(None)

    def _plan(self, *, failed: bool = False) -> None:
        if self._is_resting:
            return
        if self.fault is None and not failed:
            self._retry_ms = FIRST_RETRY_MS
            self._timer.start(REGULAR_MS)
            return
        jitter = random.uniform(0.8, 1.2)  # noqa: S311 against the crowd, not against spies
        self._timer.start(round(self._retry_ms * jitter))
        self._retry_ms = min(self._retry_ms * 2, LAST_RETRY_MS)

    def _noticed(self, _changes: Changes) -> None:
        """Something was written: say so, and send it soon unless the province was just away."""
        self.tell()
        if not self.is_syncing and self.fault is None and self._desk.account is not None:
            self._timer.start(_SOON_MS)

    def _listen(self) -> None:
        """A network that comes back is a good moment to ask the province."""
        from PySide6.QtNetwork import QNetworkInformation  # noqa: PLC0415 after the window

        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._hinted)

    def _hinted(self, reachability: object) -> None:
        if getattr(reachability, "name", "") == "Online" and self._desk.account is not None:
            self._timer.start(_SOON_MS)

    def _show(self, now: Status) -> None:
        lines = [StatusLine(self.tr("Saved on this laptop"), "device-laptop")]
        if now.waiting_records:
            lines.append(
                StatusLine(
                    self.tr("%n waiting to be sent", "", now.waiting_records), "clock", "warning"
                )
            )
        elif now.confirmed_at is not None:
            lines.append(self._sent(now.confirmed_at, now.files_here))
        if now.is_clock_wrong:
            lines.append(StatusLine(self.tr("The date or time here is wrong"), "clock", "warning"))
        elif self.is_syncing:
            lines.append(StatusLine(self.tr("Syncing…"), "refresh"))
        elif self.fault is not None:
            lines.append(StatusLine(short_sentence(self.fault), "cloud-off", "warning"))
        elif now.quarantined:
            lines.append(
                StatusLine(
                    self.tr("%n with the office", "", now.quarantined), "alert-triangle", "warning"
                )
            )
        button = "" if self.is_syncing or self._desk.account is None else self.tr("Sync now")
        self._window.show_status(lines, button)
        self._window.side_bar.set_count("sync", now.conflicts + now.quarantined)
        self.told.emit(now)

    def _sent(self, confirmed_at: datetime, files_here: int) -> StatusLine:
        """What was sent and when that was confirmed; of files that are only here it is not said."""
        local = to_wib(confirmed_at)
        is_today = local.date() == to_wib(self._desk.store.clock()).date()
        day = format_date(local.date(), self._desk.language, "short")
        time = format_time(confirmed_at, self._desk.language)
        if files_here:
            words = (
                self.tr("Sent but for %n file(s), today at {time}", "", files_here)
                if is_today
                else self.tr("Sent but for %n file(s), on {day}", "", files_here)
            )
            return StatusLine(words.format(day=day, time=time), "paperclip")
        words = (
            self.tr("Sent, confirmed today at {time}")
            if is_today
            else self.tr("Sent, confirmed on {day} at {time}")
        )
        return StatusLine(words.format(day=day, time=time), "cloud-check", "good")
