"""One sync request, whole: what came is merged and durable before anything is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select, update

from desktop.models.records.base import format_time
from desktop.sync.messages import (
    Answer,
    Batch,
    Fork,
    Grant,
    Request,
    Standing,
    covers,
    grants_digest,
    mailbox,
)
from desktop.sync.wire import MAX_ROOM
from server.database import Database
from server.queries import chain, duplicates, incarnations
from server.queries.authority import grants_of, open_scopes
from server.queries.merge import MergeResult, merge_batch, release_waiting
from server.queries.pull import OwnLog, heads_of, pages_after
from server.queries.quarantine import Arrival
from server.queries.snapshots import offers
from server.tables import DEVICE

_CENTURY = 100 * 365 * 86_400_000
"""Milliseconds; no clock is further off, whatever a laptop says."""

_DEVICE = select(DEVICE).where(DEVICE.c.id == bindparam("device"))
_LOCKED_DEVICE = _DEVICE.with_for_update()


@dataclass(frozen=True)
class Asking:
    """Who asks, and when.

    Attributes:
        device_id: the laptop.
        user_id: whose it is.
        began: when the request began to come, as the laptop's clock is measured.
        now: when all of it was here: what is told is what is granted then.
    """

    device_id: UUID
    user_id: UUID
    began: datetime
    now: datetime

    @property
    def milliseconds(self) -> int:
        """The time of asking, since 1970."""
        return int(self.began.timestamp() * 1000)


def exchange(database: Database, asking: Asking, request: Request) -> Answer:
    """Takes what a laptop sends, and answers what it has not seen."""
    result = MergeResult()
    if request.batch is not None:
        arrival = Arrival(
            asking.device_id,
            asking.milliseconds,
            max(-_CENTURY, min(asking.milliseconds - request.now, _CENTURY)),
            request.app,
        )
        result = database.write(partial(_take, arrival, request, request.batch))
    return database.write(partial(_answer, asking, request, result))


def _answer(
    asking: Asking, request: Request, result: MergeResult, connection: Connection
) -> Answer:
    """What a laptop has not seen, by what became of its batch."""
    device = _lock_device(connection, asking.device_id)
    if request.batch is not None:
        duplicates.settle(connection, asking.milliseconds, release_waiting)
    answer, cursors = _news(connection, asking, request, device, result)
    if cursors is not None and cursors != device.cursors:
        connection.execute(
            update(DEVICE).where(DEVICE.c.id == asking.device_id).values(cursors=cursors)
        )
    return answer


def _take(arrival: Arrival, request: Request, batch: Batch, connection: Connection) -> MergeResult:
    """Merges a batch, unless its log may have left one that a restore made us forget.

    At its place there may be another one's by now. So such a laptop hears first what we lost: it
    sends that again, and learns whether we can have it there.
    """
    _lock_device(connection, arrival.device_id)
    if request.standing is not None:
        today = incarnations.current(connection)
        if request.standing.incarnation not in ("", today.name if today else ""):
            return MergeResult()
    elif (
        batch.origin is not None
        and batch.origin.parents
        and not chain.is_known(connection, arrival.device_id, batch.epoch)
    ):
        return MergeResult(expected=1)
    return merge_batch(connection, arrival, batch)


def unchanged(database: Database, asking: Asking, request: Request) -> bool:
    """Whether there is nothing to say to a laptop that only gave its digest. Writes nothing."""
    if request.digest is None or request.batch is not None:
        return False
    with database.reading() as connection:
        device = connection.execute(_DEVICE, {"device": asking.device_id}).one()
        remembered, grants = _remembered(connection, asking, device)
        if remembered.digest() != request.digest:
            return False
        heads = _heads(connection, grants, asking)
        return all(device.cursors.get(scope, 0) == head for scope, head in heads.items())


def _news(
    connection: Connection, asking: Asking, request: Request, device: Any, result: MergeResult
) -> tuple[Answer, Mapping[str, int] | None]:
    """The answer, and the cursors that the laptop will have once it has read it."""
    remembered, grants = _remembered(connection, asking, device)
    standing = request.standing or remembered
    epoch = request.batch.epoch if request.batch else standing.epoch
    received, durable = chain.received_through(connection, asking.device_id, epoch)
    answer = Answer(
        incarnation=remembered.incarnation,
        now=asking.milliseconds,
        received=received,
        durable=durable,
        expected=result.expected,
        fork=result.fork or _put_back(connection, asking, request),
        outcomes=result.outcomes,
    )
    disagree = result.expected is not None or request.digest != remembered.digest()
    if request.standing is None and disagree:
        return replace(answer, standing_wanted=True), None
    if standing.incarnation not in ("", remembered.incarnation):
        return replace(answer, fallen=_fallen(connection, standing)), None
    if standing.grants != remembered.grants:
        answer = replace(answer, grants=grants)
    if answer.fork is not None or answer.expected is not None:
        return answer, None  # what it calls its own may be another's: no news until that is clear
    return _with_pages(connection, asking, request, answer, standing, grants)


def _with_pages(
    connection: Connection,
    asking: Asking,
    request: Request,
    answer: Answer,
    standing: Standing,
    grants: list[Grant],
) -> tuple[Answer, Mapping[str, int] | None]:
    own = _own_log(asking.device_id, request, standing)
    heads = _heads(connection, grants, asking)
    cursors = {
        scope: seq
        for scope, seq in standing.cursors.items()
        if any(covers(held, scope) for held in _open(grants, asking))
    }
    if (
        request.paged is None
        and request.standing is None
        and offers(connection, cursors, heads, ())
    ):
        return replace(answer, standing_wanted=True), None  # it says then whether it takes them
    offered = offers(connection, cursors, heads, request.paged)
    whole = {one.scope for one in offered}
    by_pages = {scope: head for scope, head in heads.items() if scope not in whole}
    room = min(request.room, MAX_ROOM)
    pages, more = pages_after(connection, cursors, by_pages, own, room)
    cursors.update({page.scope: page.to_seq for page in pages})
    return replace(answer, pages=pages, offers=offered, more=more), cursors


def _own_log(device_id: UUID, request: Request, standing: Standing) -> OwnLog:
    """The ops whose outcomes the laptop knows: all that it made, or those up to this batch."""
    batch = request.batch
    if batch is None:
        return OwnLog(device_id, standing.epoch, request.kept_from, standing.captured)
    sent = (batch.first, batch.first + len(batch.ops) - 1)
    if batch.epoch != standing.epoch:
        return OwnLog(device_id, batch.epoch, batch.first, batch.first - 1, sent)
    told = batch.first - 1 if request.told is None else min(request.told, batch.first - 1)
    return OwnLog(device_id, batch.epoch, request.kept_from, told, sent)


def _remembered(
    connection: Connection, asking: Asking, device: Any
) -> tuple[Standing, list[Grant]]:
    """Where the laptop stands if it has read our last answer, and its user's grants."""
    grants = grants_of(connection, asking.user_id)
    incarnation = incarnations.current(connection)
    epoch = max(device.epoch, 1)
    received, _ = chain.received_through(connection, asking.device_id, epoch)
    name = incarnation.name if incarnation else ""
    return Standing(name, epoch, received, device.cursors, grants_digest(grants)), grants


def _open(grants: list[Grant], asking: Asking) -> frozenset[str]:
    """The scopes that the laptop is told of: those granted today, and its own letters."""
    return open_scopes(grants, format_time(asking.now)) | {mailbox(asking.device_id)}


def _heads(connection: Connection, grants: list[Grant], asking: Asking) -> dict[str, int]:
    return heads_of(connection, _open(grants, asking))


def _put_back(connection: Connection, asking: Asking, request: Request) -> Fork | None:
    """A laptop that has made fewer ops than we received was put back to an earlier day.

    It goes on from the log that it sends of: while that is an older one than it writes in, it is not
    told.
    """
    standing = request.standing
    if standing is None or (request.batch and request.batch.epoch != standing.epoch):
        return None
    received, _ = chain.received_through(connection, asking.device_id, standing.epoch)
    if standing.captured >= received:
        return None
    return chain.begin_fork(connection, asking.device_id, standing.epoch, standing.captured)


def _fallen(connection: Connection, standing: Standing) -> dict[str, int]:
    return {
        scope: incarnations.map_down(connection, standing.incarnation, scope, seq)
        for scope, seq in standing.cursors.items()
    }


def _lock_device(connection: Connection, device_id: UUID) -> Any:
    """One request of a device at a time."""
    return connection.execute(_LOCKED_DEVICE, {"device": device_id}).one()
