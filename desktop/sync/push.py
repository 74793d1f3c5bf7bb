"""What goes out: the next stretch of the device log, and what the province made of it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    type_coerce,
    update,
)

from desktop.models.ops import Op, genesis
from desktop.models.records.base import Fields
from desktop.models.store.local import begin_epoch
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.store.writer import write_outbox
from desktop.models.tables import CURSOR, DEVICE_LOG, OUTBOX, STAGED_PAGE, OpState
from desktop.sync.messages import Batch, Fork, OpOutcome, Origin, Outcome, Settled
from desktop.sync.wire import ENTRY_BYTES

_STATE_OF = {
    Outcome.APPLIED: OpState.CONFIRMED,
    Outcome.DUPLICATE: OpState.CONFIRMED,
    Outcome.CONFLICT: OpState.CONFIRMED,
    Outcome.QUARANTINED: OpState.QUARANTINED,
    Outcome.ANSWERED: OpState.ANSWERED,
}

# Built once: building a statement costs more than running it, and every round trip asks these.
_NEWEST_LOG = (
    select(DEVICE_LOG.c.epoch, DEVICE_LOG.c.dseq).order_by(DEVICE_LOG.c.epoch.desc()).limit(1)
)
_FIRST_KEPT = select(func.min(OUTBOX.c.dseq)).where(OUTBOX.c.epoch == bindparam("log"))
_FIRST_WAITING = _FIRST_KEPT.where(OUTBOX.c.state == OpState.WAITING.value)
_FIRSTS_WAITING = (
    select(OUTBOX.c.epoch, func.min(OUTBOX.c.dseq))
    .where(OUTBOX.c.state == OpState.WAITING.value)
    .group_by(OUTBOX.c.epoch)
)
_WAITING_COUNT = select(func.count()).where(OUTBOX.c.state == OpState.WAITING.value)


@dataclass(frozen=True)
class LogPlace:
    """Where the device log stands: its newest epoch, that epoch's last op, the first one kept.

    `sent` is the last op before the first one that waits.
    """

    epoch: int
    captured: int
    kept_from: int
    sent: int


_FIELDS_SIZE = func.length(type_coerce(OUTBOX.c.fields, String)).label("size")


def log_place(connection: Connection) -> LogPlace:
    """Where this device's log stands."""
    row = connection.execute(_NEWEST_LOG).one()
    after = row.dseq + 1
    kept = connection.execute(_FIRST_KEPT, {"log": row.epoch}).scalar() or after
    waits = connection.execute(_FIRST_WAITING, {"log": row.epoch}).scalar()
    return LogPlace(row.epoch, row.dseq, kept, (waits or after) - 1)


def next_batch(connection: Connection, limit: int, room: int) -> Batch | None:
    """The first ops from the oldest one that waits, see `batch_from`; None if nothing waits."""
    firsts: dict[int, int] = {row[0]: row[1] for row in connection.execute(_FIRSTS_WAITING)}
    if not firsts:
        return None
    epoch = min(firsts, key=lambda one: (len(_parents(connection, one)), one))  # what came before
    return batch_from(connection, epoch, firsts[epoch], limit, room)


def batch_from(connection: Connection, epoch: int, first: int, limit: int, room: int) -> Batch:
    """Ops of an epoch from `first` on, sent before or not; from the first that is kept.

    They are `limit` at most, and of about `room` bytes before compression, but one at least.
    """
    first = max(first, kept_from(connection, epoch))
    rows = connection.execute(
        select(OUTBOX, _FIELDS_SIZE)
        .where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq >= first)
        .order_by(OUTBOX.c.dseq)
        .limit(limit)
    )
    ops: list[tuple[Op, bytes | None]] = []
    for row in rows:
        if room <= 0:
            break
        ops.append((_op(row), row.salt if row.salt_kept else None))
        room -= ENTRY_BYTES + row.size
    origin = _origin(connection, epoch) if first == 1 else None
    return Batch(epoch, first, _hash_before(connection, epoch, first), ops, origin)


def waiting_count(connection: Connection) -> int:
    """How many ops the province is not known to have."""
    return int(connection.execute(_WAITING_COUNT).scalar_one())


def note_outcomes(connection: Connection, epoch: int, outcomes: Sequence[OpOutcome]) -> None:
    """Writes down what became of ops of one epoch."""
    if outcomes:
        connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq == bindparam("op"))
            .values(state=bindparam("now"), seq=bindparam("place"), reason=bindparam("why")),
            [
                {
                    "op": one.dseq,
                    "now": _STATE_OF[one.outcome].value,
                    "place": one.seq,
                    "why": one.reason,
                }
                for one in outcomes
            ],
        )


def note_settled(connection: Connection, letter: Fields) -> None:
    """Writes down what the office made of an op that had been set aside.

    Not of one that waits: a copy of this disk may have brought another in its place.
    """
    released = letter["settled"] == Settled.RELEASED
    is_it = (OUTBOX.c.epoch == letter["epoch"], OUTBOX.c.dseq == letter["dseq"])
    connection.execute(
        update(OUTBOX)
        .where(*is_it, OUTBOX.c.state != OpState.WAITING.value)
        .values(
            state=(OpState.CONFIRMED if released else OpState.ANSWERED).value,
            seq=letter.get("seq"),
            reason=letter.get("note"),
        )
    )


def forget_durable(connection: Connection, epoch: int, durable: int) -> None:
    """Lets go of the oldest ops of an epoch, those through `durable` that nothing here needs.

    They are in a verified backup of the province. One is needed until it is confirmed, no value is
    shown over the province's, and its place in the log is applied: pages leave out what we have.
    All before it are forgotten with it, so what is kept has no hole; of the last, the hash stays.
    """
    here = (OUTBOX.c.epoch == epoch, OUTBOX.c.dseq <= durable)
    needed = select(func.min(OUTBOX.c.dseq)).where(*here, _is_needed())
    first_needed = connection.execute(needed).scalar() or durable + 1
    forgotten = (*here, OUTBOX.c.dseq < first_needed)
    last = select(OUTBOX.c.dseq, OUTBOX.c.hash).where(*forgotten).order_by(OUTBOX.c.dseq.desc())
    row = connection.execute(last.limit(1)).first()
    if row is not None:
        connection.execute(delete(OUTBOX).where(*forgotten))
        known = get_meta(connection, Meta.FORGOTTEN, {})
        place = [row.dseq, bytes(row.hash).hex()]
        set_meta(connection, Meta.FORGOTTEN, {**known, str(epoch): place})


def kept_from(connection: Connection, epoch: int) -> int:
    """The first op of an epoch that was not forgotten."""
    return _forgotten(connection, epoch)[0] + 1


def follow_fork(connection: Connection, epoch: int, fork: Fork) -> None:
    """Goes on in a log of its own: stamps again what came after the last common op.

    An op keeps its salt, and so its digest: if the province has it after all, it will know it. One that
    lay no more over the province's value, and waits only because a restore lost it, does not again:
    there is no shadow under it.
    """
    device_id = UUID(get_meta(connection, Meta.DEVICE_ID))
    after = (OUTBOX.c.epoch == epoch, OUTBOX.c.dseq > fork.common)
    rows = connection.execute(select(OUTBOX).where(*after).order_by(OUTBOX.c.dseq)).all()
    connection.execute(delete(OUTBOX).where(*after))
    connection.execute(  # a log that left this one after its last common op goes on from the new one
        update(DEVICE_LOG)
        .where(DEVICE_LOG.c.parent_epoch == epoch, DEVICE_LOG.c.parent_dseq > fork.common)
        .values(parent_epoch=fork.epoch, parent_dseq=DEVICE_LOG.c.parent_dseq - fork.common)
    )
    head = begin_epoch(connection, device_id, fork.epoch, (epoch, fork.common))
    if rows:
        write_outbox(connection, head, [(_op(row), row.salt) for row in rows])
    left = [{"op": row.dseq - fork.common} for row in rows if not row.overlay]
    if left:
        again = (OUTBOX.c.epoch == fork.epoch, OUTBOX.c.dseq == bindparam("op"))
        connection.execute(update(OUTBOX).where(*again).values(overlay=False), left)


def own_fork(connection: Connection, epoch: int) -> Fork:
    """A log of our own making, for what is kept of an epoch whose past nobody has any more.

    Its number is drawn, so that it is none that a copy of this disk takes.
    """
    newest: int = connection.execute(select(func.max(DEVICE_LOG.c.epoch))).scalar_one()
    drawn = newest + 1 + int.from_bytes(secrets.token_bytes(2))
    return Fork(kept_from(connection, epoch) - 1, drawn)


def _op(row: Any) -> Op:
    return Op(
        table=row.table_name,
        row_id=row.row_id,
        scope=row.scope,
        base=row.base,
        incarnation=row.incarnation,
        at=row.at,
        user_id=row.user_id,
        fields=row.fields,
    )


def _origin(connection: Connection, epoch: int) -> Origin:
    query = select(DEVICE_LOG.c.seed).where(DEVICE_LOG.c.epoch == epoch)
    return Origin(connection.execute(query).scalar_one(), _parents(connection, epoch))


def _parents(connection: Connection, epoch: int) -> tuple[tuple[int, int], ...]:
    """Where an epoch left its parent, and that one its own, the nearest first."""
    logs = {row.epoch: row for row in connection.execute(select(DEVICE_LOG))}
    parents: list[tuple[int, int]] = []
    log = logs[epoch]
    while log.parent_epoch is not None:
        parents.append((log.parent_epoch, log.parent_dseq))
        log = logs[log.parent_epoch]
    return tuple(parents)


def _hash_before(connection: Connection, epoch: int, first: int) -> bytes:
    if first == 1:
        return genesis(UUID(get_meta(connection, Meta.DEVICE_ID)), epoch)
    query = select(OUTBOX.c.hash).where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq == first - 1)
    kept = connection.execute(query).scalar()
    if kept is not None:
        return bytes(kept)
    forgotten, last_hash = _forgotten(connection, epoch)
    if forgotten == first - 1:
        return last_hash
    last = select(DEVICE_LOG.c.hash).where(DEVICE_LOG.c.epoch == epoch)
    return bytes(connection.execute(last).scalar_one())


def _forgotten(connection: Connection, epoch: int) -> tuple[int, bytes]:
    """The last op of an epoch that was forgotten, and its hash; 0 if none was."""
    dseq, last_hash = get_meta(connection, Meta.FORGOTTEN, {}).get(str(epoch), (0, ""))
    return dseq, bytes.fromhex(last_hash)


def _is_needed() -> ColumnElement[bool]:
    """Whether an op in the outbox is needed on this laptop, whatever the province keeps."""
    scope = CURSOR.c.scope == OUTBOX.c.scope
    unapplied = exists().where(scope, or_(CURSOR.c.reset, CURSOR.c.seq < OUTBOX.c.seq))
    staged = exists().where(STAGED_PAGE.c.scope == OUTBOX.c.scope)
    unsettled = OUTBOX.c.state != OpState.CONFIRMED.value
    return or_(unsettled, OUTBOX.c.overlay, OUTBOX.c.seq.is_(None), unapplied, staged)
