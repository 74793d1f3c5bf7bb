"""Syncing: round trips with the province until nothing waits and nothing is left to fetch.

Between two round trips everything is in the store; a stop at any moment loses nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection

from desktop.models.changes import Changes
from desktop.models.records.base import REF_SCOPE, format_time
from desktop.models.rules.dates import to_wib
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.store.plan import follow_rhythm
from desktop.sync import pull, push
from desktop.sync.apply import (
    apply_whole_scopes,
    drop_ghosts,
    empty_lost_scopes,
    leave_passed,
    purge_scopes,
)
from desktop.sync.client import Client
from desktop.sync.download import (
    Download,
    Downloads,
    note_offers,
    offered,
    scopes_with_something,
)
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.history import Run, note_receipts, note_run
from desktop.sync.messages import Answer, Batch, Request, Standing
from desktop.sync.progress import Meter, Progress
from desktop.sync.status import is_clock_wrong
from desktop.sync.wire import DEFAULT_ROOM, MAX_OPS, MAX_ROOM

_ROUND_TRIPS = 10_000
"""More than any sync takes; reaching it is a bug, and better said than run for ever."""

_LEAST_ROOM = 4 << 10
"""Less is not worth a request."""

_PERHAPS_TOO_MUCH = frozenset(
    {SyncFault.TIMEOUT, SyncFault.CUT_OFF, SyncFault.OFFLINE, SyncFault.SERVER_FAILED}
)
"""What a line that breaks after so many bytes looks like, or a proxy with little patience."""


class SyncStuckError(RuntimeError):
    """The province and we do not come to an end: a bug of ours."""


@dataclass
class Pace:
    """How much goes in one request: more while it is fast, half when it was too much.

    At most so many `ops`, and each way about `room` bytes before compression, which makes some 20 KB.
    """

    ops: int = 1_000
    room: int = DEFAULT_ROOM
    fast_seconds: float = 3.0

    def went(self, seconds: float) -> None:
        """Learns from a request that was answered, and had no room for all that there was."""
        if seconds < self.fast_seconds:
            self.ops = min(self.ops * 2, MAX_OPS)
            self.room = min(self.room * 2, MAX_ROOM)

    def too_much(self) -> bool:
        """Asks for less; tells whether there was anything to take away."""
        smaller = (max(self.ops // 2, 1), min(self.room, max(self.room // 2, _LEAST_ROOM)))
        changed = smaller != (self.ops, self.room)
        self.ops, self.room = smaller
        return changed


@dataclass
class Engine:
    """Syncs one store with one province.

    Attributes:
        store: what is here.
        client: the session with the province.
        app: this program's version, for the log.
        pace: how much goes in one request.
        on_changes: told after each applied stretch, from the thread that syncs.
        on_progress: told at the beginning, and after each round trip.
        is_cancelled: asked before each round trip.
        meter: what is learned on the way about how far it is.
    """

    store: Store
    client: Client
    app: str
    pace: Pace = field(default_factory=Pace)
    on_changes: Callable[[Changes], None] | None = None
    on_progress: Callable[[Progress], None] | None = None
    is_cancelled: Callable[[], bool] = lambda: False
    meter: Meter = field(default_factory=Meter)
    _paged: frozenset[str] = field(init=False, default=frozenset())

    def run(self) -> Run:
        """Syncs until both sides have everything, or something is in the way; never raises for that.

        What happened is also written to the history.
        """
        run = Run(self.store.clock())
        planned = self.store.follow_rhythm()
        if planned and self.on_changes:
            self.on_changes(planned)
        try:
            self._run(run)
        except SyncFailure as failure:
            run.fault, run.detail = failure.fault, failure.detail
        run.ended_at = self.store.clock()
        run.traffic = replace(self.client.traffic)
        with self.store.writing() as connection:
            note_run(connection, run)
        return run

    def _run(self, run: Run) -> None:
        in_full = False
        wanted: tuple[int, int] | None = None
        refused = (0, 0)
        self._tell_progress(run)
        with self.store.writing() as connection:
            pull.fetch_passed_over(connection)
        for _ in range(_ROUND_TRIPS):
            if self.is_cancelled():
                raise SyncFailure(SyncFault.STOPPED)
            request = self._request(in_full=in_full, wanted=wanted)
            exchanged = self._exchange(request)
            if exchanged is None:
                continue
            answer, seconds = exchanged
            _refuse_evasion(request, answer)
            answer = self._without_the_forgotten(request, answer)
            if not answer.incarnation:
                if self._confirm():
                    return
                in_full = True
                continue
            changes = self._take(request, answer, run)
            if changes and self.on_changes:
                self.on_changes(changes)
            self._tell_progress(run)
            in_full = answer.standing_wanted or answer.fallen is not None
            if answer.expected is not None and request.batch is not None:
                refused = max(refused, (request.batch.epoch, request.batch.first))
            wanted = _wanted(request, answer, refused)
            more = self._had_no_room(answer, seconds)
            if not (more or in_full or wanted or answer.fork):
                self._download(run)
                if not answer.offers:
                    return
                in_full = True
        raise SyncStuckError

    def _exchange(self, request: Request) -> tuple[Answer, float] | None:
        """The answer, and its seconds; None if it was too much at once and less is worth trying."""
        try:
            answer, seconds = self.client.exchange(request)
        except SyncFailure as failure:
            if failure.fault in _PERHAPS_TOO_MUCH:
                self.pace.too_much()  # the next sync asks for less; this one has waited enough
            if failure.fault is SyncFault.TOO_LARGE and self.pace.too_much():
                return None
            raise
        self.meter.went(len(request.batch.ops) if request.batch else 0, answer.pages, seconds)
        return answer, seconds

    def _without_the_forgotten(self, request: Request, answer: Answer) -> Answer:
        """Goes on in a log of our own if the province asks for ops that we have let go of.

        It was put back to a day before the backup that it once called safe.
        """
        batch = request.batch
        if batch is None or answer.expected is None or answer.expected >= batch.first:
            return answer
        with self.store.reading() as connection:
            if batch.first > push.kept_from(connection, batch.epoch):
                return answer
            return replace(answer, expected=None, fork=push.own_fork(connection, batch.epoch))

    def _request(self, *, in_full: bool, wanted: tuple[int, int] | None) -> Request:
        with self.store.reading() as connection:
            place = push.log_place(connection)
            standing = self._standing(connection, place)
            if wanted is None:
                batch = push.next_batch(connection, self.pace.ops, self.pace.room)
            else:
                batch = push.batch_from(connection, *wanted, self.pace.ops, self.pace.room)
            looks_at_clock = is_clock_wrong(get_meta(connection, Meta.CLOCK_OFFSET, 0))
            in_full = in_full or not standing.incarnation or looks_at_clock
            takes_offers = in_full or offered(connection)
            paged = scopes_with_something(connection) | self._paged if takes_offers else None
        return Request(
            app=self.app,
            now=_milliseconds(self.store.clock()),
            room=self.pace.room,
            kept_from=place.kept_from,
            told=_told(place, batch),
            digest=None if in_full else replace(standing, captured=_through(place, batch)).digest(),
            standing=standing if in_full else None,
            batch=batch,
            paged=paged,
        )

    def _download(self, run: Run) -> None:
        """Fetches what was offered as snapshots."""
        downloads = Downloads(
            self.store, self.client, self.is_cancelled, lambda one: self._tell_progress(run, one)
        )
        for changes in downloads.run():
            run.received += sum(len(ids) for _, ids in changes)
            if self.on_changes:
                self.on_changes(changes)
        self._paged |= downloads.paged

    def _standing(self, connection: Connection, place: push.LogPlace) -> Standing:
        user_id = UUID(get_meta(connection, Meta.USER_ID))
        return Standing(
            incarnation=get_meta(connection, Meta.INCARNATION, ""),
            epoch=place.epoch,
            captured=place.captured,
            cursors=pull.pulled_through(connection),
            grants=pull.known_grants_digest(connection, user_id),
        )

    def _take(self, request: Request, answer: Answer, run: Run) -> Changes:
        """Writes an answer into the store, in one transaction."""
        changes = Changes()
        with self.store.writing() as connection:
            user_id = UUID(get_meta(connection, Meta.USER_ID))
            if answer.fallen is not None:
                pull.follow_restored_server(connection, answer.fallen)
            if request.batch is not None:
                changes.merge(self._take_outcomes(connection, request.batch, answer, run))
            if not answer.standing_wanted:
                set_meta(connection, Meta.INCARNATION, answer.incarnation)
            if answer.fork is not None:
                push.follow_fork(connection, _epoch(request, connection), answer.fork)
            if answer.grants is not None:
                pull.note_grants(connection, user_id, answer.grants)
            granted = _granted(connection, user_id, answer.now)
            withdrawn: Sequence[str] = ()
            if not answer.standing_wanted:  # else the grants that are known here may be old
                withdrawn = pull.mark_withdrawn(connection, granted)
            pull.stage(connection, answer.pages, answer.incarnation)
            set_meta(connection, Meta.CLOCK_OFFSET, answer.now - request.now)
            run.received += sum(len(page.entries) for page in answer.pages)
            changes.merge(apply_whole_scopes(connection))
            changes.merge(purge_scopes(connection, withdrawn))  # a letter may have let one go
            if request.paged is not None and (_logs_agree(answer) or answer.fallen is not None):
                note_offers(connection, answer.offers)
            if _told_all(answer) and granted != {REF_SCOPE}:  # without a grant nothing is told
                changes.merge(empty_lost_scopes(connection))
            changes.merge(drop_ghosts(connection))
            changes.merge(follow_rhythm(connection, to_wib(self.store.clock()).date()))
            if _logs_agree(answer):
                push.forget_durable(connection, _epoch(request, connection), answer.durable)
                self._note_confirmed(connection)
        return changes

    def _take_outcomes(
        self, connection: Connection, batch: Batch, answer: Answer, run: Run
    ) -> Changes:
        known = get_meta(connection, Meta.INCARNATION, "")
        outcomes = answer.outcomes
        if known not in ("", answer.incarnation):  # the places are of another log than our cursors
            outcomes = [replace(one, seq=None) for one in outcomes]
        push.note_outcomes(connection, batch.epoch, outcomes)
        note_receipts(connection, batch.epoch, answer.outcomes, self.store.clock())
        run.sent += len(answer.outcomes)
        return leave_passed(connection) if answer.incarnation == known else Changes()

    def _confirm(self) -> bool:
        """Nothing is new; what kept withdrawn rows here may be done with.

        Returns:
            Whether that is all: not if a scope has yet to come anew, nor if a grant ran out by the
            clock here, put right or not. Only the province knows of these.
        """
        with self.store.writing() as connection:
            user_id = UUID(get_meta(connection, Meta.USER_ID))
            now = _milliseconds(self.store.clock())
            put_right = now + get_meta(connection, Meta.CLOCK_OFFSET, 0)
            granted = _granted(connection, user_id, put_right)
            changes = purge_scopes(connection, pull.withdrawn_scopes(connection, granted))
            changes.merge(drop_ghosts(connection))
            self._note_confirmed(connection)
            is_all = not pull.comes_anew(connection) and not any(
                pull.has_ended(connection, held)
                for held in (granted, _granted(connection, user_id, now))
            )
        if changes and self.on_changes:
            self.on_changes(changes)
        return is_all

    def _note_confirmed(self, connection: Connection) -> None:
        if not push.waiting_count(connection):
            set_meta(connection, Meta.LAST_CONFIRMED, format_time(self.store.clock()))

    def _had_no_room(self, answer: Answer, seconds: float) -> bool:
        """Whether more is left, either way; the pace learns from how fast it went only then."""
        with self.store.reading() as connection:
            is_left = answer.more or push.waiting_count(connection) > 0
        if is_left:
            self.pace.went(seconds)
        return is_left

    def _tell_progress(self, run: Run, download: Download | None = None) -> None:
        if self.on_progress is None:
            return
        with self.store.reading() as connection:
            waiting = push.waiting_count(connection)
        told = self.meter.told(waiting, run.received, self.client.traffic)
        self.on_progress(replace(told, download=download))


def _granted(connection: Connection, user_id: UUID, now: int) -> frozenset[str]:
    """Scopes granted at a time, and the reference scope."""
    moment = format_time(datetime.fromtimestamp(now / 1000, UTC))
    grants = pull.known_grants(connection, user_id)
    return frozenset({grant.scope for grant in grants if grant.is_open(moment)} | {REF_SCOPE})


def _told(place: push.LogPlace, batch: Batch | None) -> int | None:
    """The last op whose outcome is known here, where it is not the one before the batch."""
    is_before = batch is None or batch.epoch != place.epoch or place.sent >= batch.first - 1
    return None if is_before else place.sent


def _through(place: push.LogPlace, batch: Batch | None) -> int:
    """The last op of the newest epoch that the province has once it has read a request."""
    if batch is None or batch.epoch != place.epoch:
        return place.sent
    return batch.first + len(batch.ops) - 1


def _wanted(request: Request, answer: Answer, refused: tuple[int, int]) -> tuple[int, int] | None:
    """Epoch and dseq that the province wants next, if it found a gap or another past.

    Ops that it had already are sent again up to the one it refused, or to where the logs part.
    """
    batch = request.batch
    if batch is None or answer.fork is not None:
        return None
    if answer.expected is not None:
        return batch.epoch, answer.expected
    epoch, first = refused
    after = batch.first + len(batch.ops)
    return (epoch, after) if batch.epoch == epoch and batch.ops and after < first else None


def _told_all(answer: Answer) -> bool:
    """Whether every scope of which the province has anything that we lack is in its pages."""
    return _logs_agree(answer) and not answer.more  # it sends no news until they do


def _logs_agree(answer: Answer) -> bool:
    """Whether the province spoke of our log as it is here, in its life of today."""
    if answer.standing_wanted or answer.fallen is not None:
        return False
    return answer.fork is None and answer.expected is None


def _refuse_evasion(request: Request, answer: Answer) -> None:
    """The province answers what it is told and asked; who says nothing to that is somebody else.

    Raises:
        SyncFailure: it is not the province.
    """
    silent = not answer.incarnation and request.standing is not None
    word = answer.outcomes or answer.fork or answer.standing_wanted
    unheard = not word and answer.expected is None and answer.fallen is None
    if silent or (request.batch is not None and unheard):
        raise SyncFailure(SyncFault.NOT_THE_PROVINCE)


def _epoch(request: Request, connection: Connection) -> int:
    batch: Batch | None = request.batch
    return batch.epoch if batch is not None else push.log_place(connection).epoch


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
