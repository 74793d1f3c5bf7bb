"""The first download of a scope: a snapshot is fetched, checked, laid out beside the store, moved in.

It can stop at any moment, and goes on from the bytes that are here. A scope is shown at once, whole;
what came into its log after the snapshot follows as pages.

A snapshot tells nothing of our own ops, so it is taken only where we have none: begun before the
first one was recorded in that scope, it cannot contain any, because those get later places.
"""

import hashlib
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.changes import Changes
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import BY_NAME
from desktop.models.store import arriving
from desktop.models.store.arriving import Arrival, Arriving
from desktop.models.store.engine import StoreFailure
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.tables import CURSOR, OUTBOX, STAGED_PAGE
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.messages import Offer
from desktop.sync.pull import note_passed_over, set_cursor
from desktop.sync.snapshot import Snapshot, read_blocks
from desktop.sync.wire import WireError

_ATTEMPTS = 3
"""Files that were not what they should be, or went away, before the scope is wanted as pages."""

_KEPT_AT_ONCE = 256 << 10
"""Bytes that are written to the disk together."""

_TOLD_EVERY = 0.25
"""Seconds."""


class SnapshotGone(Exception):
    """The province does not have it, or not for us, or not that many bytes of it."""


class Source(Protocol):
    """Where snapshots come from."""

    def snapshot_of(self, scope: str) -> Snapshot:
        """What there is of a scope."""
        ...

    def fetch(self, name: str, begins: int) -> Generator[bytes, None, None]:
        """Its bytes from `begins` on, as they come."""
        ...


class _CancelledError(Exception):
    """Somebody said that it is enough for now."""


@dataclass(frozen=True)
class Download:
    """How far the first downloads are.

    Attributes:
        number: which scope it is, from 1.
        of: how many scopes there are.
        done: bytes that are here, of all of them.
        total: bytes of all of them, as far as is known.
        rate: bytes a second; 0 before that is known.
        is_complete: all bytes of this scope are here, it is being put in its place.
    """

    number: int
    of: int
    done: int
    total: int
    rate: float = 0.0
    is_complete: bool = False

    @property
    def seconds_left(self) -> float | None:
        """How long it takes until all bytes are here; None before the rate is known."""
        return (self.total - self.done) / self.rate if self.rate else None


def note_offers(connection: Connection, offers: Sequence[Offer]) -> None:
    """Notes what the province offers and we take; in the transaction of the answer."""
    not_first = scopes_with_something(connection)
    taken = [[one.scope, one.head, one.size] for one in offers if one.scope not in not_first]
    set_meta(connection, Meta.OFFERED, taken)


def offered(connection: Connection) -> list[Offer]:
    """What was offered and is not here yet."""
    return [Offer(*one) for one in get_meta(connection, Meta.OFFERED, [])]


def scopes_with_something(connection: Connection) -> frozenset[str]:
    """Scopes of which a snapshot would not be the first thing we have; one under way is."""
    under_way = {offer.scope for offer in offered(connection)}
    own = frozenset(connection.execute(select(OUTBOX.c.scope).distinct()).scalars()) - under_way
    here = select(CURSOR.c.scope).where(CURSOR.c.reset | (CURSOR.c.seq > 0))
    return own | frozenset(connection.execute(here).scalars())


class Downloads:
    """Fetches what was offered, one scope after the other.

    Args:
        store: where it goes.
        source: where it comes from.
        is_cancelled: asked often.
        tell: told of progress, a few times a second.
    """

    def __init__(
        self,
        store: Store,
        source: Source,
        is_cancelled: Callable[[], bool],
        tell: Callable[[Download], object],
    ) -> None:
        self.paged: set[str] = set()
        """Scopes that did not come as snapshots: wanted as pages."""

        self._store = store
        self._source = source
        self._is_cancelled = is_cancelled
        self._tell = tell

    def run(self) -> Iterator[Changes]:
        """Fetches, and gives what each scope brought once it is shown.

        Raises:
            SyncFailure: the connection failed; what came is kept.
        """
        progress = _Progress(self._begun_first(), self._tell)
        for offer in progress.offers:
            progress.begin(offer)
            try:
                changes = self._take(offer.scope, progress)
            except _CancelledError:
                return
            if changes is None:
                self._forget(offer.scope)
            else:
                yield changes
            progress.end()

    def _begun_first(self) -> list[Offer]:
        """What was offered, first what is here in part; a part of anything else is of no use."""
        with self._store.reading() as connection:
            offers = offered(connection)
        if not arriving.is_begun(self._store):
            return offers
        begun = None
        with suppress(SnapshotGone), self._file() as file:
            begun = file.arrival
        scope = None if begun is None else begun.scope
        if scope not in {offer.scope for offer in offers}:
            arriving.remove(self._store)
        return sorted(offers, key=lambda offer: offer.scope != scope)

    def _take(self, scope: str, progress: "_Progress") -> Changes | None:
        """Fetches a scope and shows it; None if it is not for us, or better comes as pages."""
        for _ in range(_ATTEMPTS):
            self._stop_if_cancelled()
            with suppress(SnapshotGone, WireError), self._file() as file:
                arrival = file.arrival or self._begin(file, scope)
                if arrival is None:
                    break
                progress.size_is(arrival.size)
                self._fetch(file, arrival, progress)
                progress.is_complete()
                self._lay_out(file, arrival)
                changes = file.changes()
                if not self._move(file, arrival):
                    break  # something of it is here: another file would have no place either
                arriving.remove(self._store)
                return changes
            arriving.remove(self._store)
        arriving.remove(self._store)
        self.paged.add(scope)
        return None

    @contextmanager
    def _file(self) -> Iterator[Arriving]:
        """The file of what is being fetched.

        Raises:
            SnapshotGone: it turned out to be damaged when it was read.
        """
        try:
            with closing(Arriving.open(self._store)) as file:
                yield file
        except StoreFailure as failure:
            is_its_own = failure.path == self._store.folder / arriving.NAME
            if is_its_own and failure.fault in arriving.USELESS:
                raise SnapshotGone from failure
            raise

    def _begin(self, file: Arriving, scope: str) -> Arrival | None:
        """Asks for the snapshot of a scope and begins it, as long as we have nothing of our own in it."""
        try:
            found = self._source.snapshot_of(scope)
        except SnapshotGone:
            return None
        own = select(OUTBOX.c.dseq).where(OUTBOX.c.scope == scope).limit(1)
        with self._store.reading() as connection:
            is_first = connection.execute(own).first() is None
            is_ours = found.incarnation == get_meta(connection, Meta.INCARNATION)
        if not (is_first and is_ours and found.scope == scope):
            return None
        arrival = Arrival(**vars(found))
        file.begin(arrival)
        return arrival

    def _fetch(self, file: Arriving, arrival: Arrival, progress: "_Progress") -> None:
        """Fetches the bytes that are not here, and keeps those that came, whatever happens.

        Raises:
            SnapshotGone: there are none, or they are not what they were announced to be, or too many.
        """
        begins, buffer = file.received, bytearray()
        progress.has(begins)

        def keep() -> None:
            nonlocal begins
            if buffer:
                file.append(begins, bytes(buffer))
                begins += len(buffer)
                buffer.clear()

        if begins < arrival.size:
            try:
                with closing(self._source.fetch(arrival.name, begins)) as pieces:
                    for piece in pieces:
                        buffer += piece
                        if begins + len(buffer) > arrival.size:
                            raise SnapshotGone
                        progress.has(begins + len(buffer))
                        if len(buffer) >= _KEPT_AT_ONCE:
                            keep()
                        self._stop_if_cancelled()
            finally:
                keep()
        if begins < arrival.size:
            raise SyncFailure(SyncFault.CUT_OFF)
        digest = hashlib.sha256()
        for piece in file.pieces():
            digest.update(piece)
        if digest.hexdigest() != arrival.name:
            raise SnapshotGone

    def _lay_out(self, file: Arriving, arrival: Arrival) -> None:
        if arrival.is_laid_out:
            return
        snapshot = Snapshot(
            arrival.name, arrival.incarnation, arrival.scope, arrival.seq, arrival.size
        )

        def blocks() -> Iterator[Iterator[tuple[str, UUID, int, Fields]]]:
            tables: set[str] = set()
            for block in read_blocks(snapshot, file.pieces()):
                self._stop_if_cancelled()
                tables.update(entry.table for entry in block)
                yield (
                    (entry.table, entry.row_id, entry.seq, entry.fields)
                    for entry in block
                    if entry.table in BY_NAME
                )
            with self._store.writing() as connection:
                note_passed_over(connection, arrival.scope, tables - BY_NAME.keys())

        file.lay_out(self._store, blocks())

    def _move(self, file: Arriving, arrival: Arrival) -> bool:
        """Shows the scope, if nothing else of it has come meanwhile."""

        def may_move(connection: Connection) -> bool:
            cursor = select(CURSOR.c.scope).where(
                CURSOR.c.scope == arrival.scope, CURSOR.c.reset | (CURSOR.c.seq > 0)
            )
            staged = select(STAGED_PAGE.c.scope).where(STAGED_PAGE.c.scope == arrival.scope)
            is_ours = get_meta(connection, Meta.INCARNATION) == arrival.incarnation
            return is_ours and not connection.execute(cursor.union(staged)).first()

        def then(connection: Connection) -> None:
            set_cursor(connection, arrival.scope, arrival.seq)
            _forget_offer(connection, arrival.scope)

        return file.move_into(self._store, may_move, then)

    def _forget(self, scope: str) -> None:
        with self._store.writing() as connection:
            _forget_offer(connection, scope)

    def _stop_if_cancelled(self) -> None:
        if self._is_cancelled():
            raise _CancelledError


def _forget_offer(connection: Connection, scope: str) -> None:
    left = [one for one in get_meta(connection, Meta.OFFERED, []) if one[0] != scope]
    set_meta(connection, Meta.OFFERED, left)


class _Progress:
    """Counts the bytes of all scopes that are to come, and tells of them now and then."""

    def __init__(self, offers: list[Offer], tell: Callable[[Download], object]) -> None:
        self.offers = offers
        self._tell = tell
        self._sizes = {offer.scope: offer.size for offer in offers}
        self._scope = ""
        self._number = 0
        self._here = 0
        self._done_before = 0
        self._first: int | None = None
        self._begun = time.monotonic()
        self._told = 0.0

    def begin(self, offer: Offer) -> None:
        """A scope is to come next."""
        self._scope, self._here = offer.scope, 0
        self._number += 1

    def end(self) -> None:
        """It is here, or will not come like this."""
        self._done_before += self._sizes[self._scope]

    def size_is(self, size: int) -> None:
        """It has that many bytes."""
        self._sizes[self._scope] = size

    def has(self, here: int) -> None:
        """So many of them are here."""
        self._here = here
        if time.monotonic() - self._told > _TOLD_EVERY:
            self._say(is_complete=False)

    def is_complete(self) -> None:
        """All of them are."""
        self._say(is_complete=True)

    def _say(self, *, is_complete: bool) -> None:
        now = time.monotonic()
        self._told = now
        done = self._done_before + self._here
        if self._first is None:
            self._first = done  # what was here from an earlier day says nothing of the rate
        elapsed = now - self._begun
        rate = (done - self._first) / elapsed if elapsed > 1 else 0.0
        total = sum(self._sizes.values())
        self._tell(Download(self._number, len(self.offers), done, total, rate, is_complete))
