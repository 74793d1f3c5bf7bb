"""Ops that were set aside: kept verbatim, until what they waited for is there or the office decides.

What the office decides reaches the laptop as a letter in its own mailbox, whatever scopes it holds.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, delete, or_, select, update

from desktop.models.ops import Op, StampedOp
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import BY_NAME, name_of, number_of
from desktop.models.records.fields import missing_fields
from desktop.sync.messages import SETTLEMENT, Outcome, QuarantineReason, Settled, mailbox
from server.queries.journal import Journal, Own
from server.queries.pull import RELEASED
from server.queries.rows import among, chunks
from server.tables import ACCOUNT, ASIDE, SYNCED

_WAITING = (QuarantineReason.INCOMPLETE.value, QuarantineReason.DEPENDS.value)


_IS_HELD = ASIDE.c.outcome == Outcome.QUARANTINED.value
_ORDER = (ASIDE.c.received_at, ASIDE.c.device_id, ASIDE.c.epoch, ASIDE.c.dseq)


@dataclass(frozen=True)
class Arrival:
    """How a batch came: from which device, when (milliseconds), with which clock and version."""

    device_id: UUID
    received_at: int
    clock_offset: int
    app: str
    transport: str = "network"


@dataclass(frozen=True)
class LogPlace:
    """An op's place in the log of its device."""

    device_id: UUID
    epoch: int
    dseq: int


@dataclass(frozen=True)
class Waiting:
    """An op that was set aside, as it was stamped and came."""

    arrival: Arrival
    epoch: int
    stamped: StampedOp


def take_waiting(connection: Connection, rows: Collection[UUID]) -> list[Waiting]:
    """Takes out of quarantine the ops that waited for one of these rows, in their order."""
    found: list[Waiting] = []
    for some in chunks(rows):
        held = connection.execute(_held_by(connection, some).order_by(*_ORDER)).all()
        found += filter(None, (take(connection, row) for row in held))
    return found


def take_known(connection: Connection) -> Waiting | None:
    """Takes out of quarantine an op of a table that an older version did not know, and this one does."""
    unknown = ASIDE.c.reason == QuarantineReason.UNKNOWN_TABLE.value
    held = connection.execute(select(ASIDE).where(_IS_HELD, unknown).order_by(*_ORDER)).all()
    known = (row for row in held if name_of(number_of(row.table_name)) in BY_NAME)
    return next(filter(None, (take(connection, row) for row in known)), None)


def listing(connection: Connection) -> Sequence[Any]:
    """What waits for the office, in the order in which it came: rows of `AsideRow` with `login`."""
    query = (
        select(ASIDE, ACCOUNT.c.login)
        .outerjoin(ACCOUNT, ACCOUNT.c.user_id == ASIDE.c.user_id)
        .where(_IS_HELD)
    )
    return connection.execute(query.order_by(*_ORDER)).all()


def take(connection: Connection, row: Any) -> Waiting | None:
    """Takes an op out of quarantine; None if it is not there any more."""
    taken = connection.execute(delete(ASIDE).where(*_key_of(row), _IS_HELD)).rowcount
    return _waiting(row) if taken else None


def answer(connection: Connection, row: Any, note: str, at: int) -> int:
    """Does not take an op, nor those that depend on it, and tells their laptops why.

    Copies of a disk may each have brought it.

    Returns:
        How many ops were answered.
    """
    left, count = [row], 0
    for one in left:  # it grows
        copies = select(ASIDE).where(ASIDE.c.digest == one.digest, _IS_HELD).order_by(*_ORDER)
        answered = [
            _answer_one(connection, copy, note, at) for copy in connection.execute(copies).all()
        ]
        count += any(answered)
        if _makes_row(one) and not _is_made(connection, one):
            left += connection.execute(_held_by(connection, [one.row_id]).order_by(*_ORDER)).all()
    return count


def _makes_row(row: Any) -> bool:
    """Whether an op says enough to make the row that it is about."""
    return row.table_name in SYNCED and not missing_fields(row.table_name, row.fields)


def _is_made(connection: Connection, row: Any) -> bool:
    """Whether the row of an op is here, or another op that waits will make it."""
    table = SYNCED[row.table_name]
    is_here = select(table.c.id).where(table.c.id == row.row_id)
    if connection.execute(is_here).first() is not None:
        return True
    others = connection.execute(select(ASIDE).where(ASIDE.c.row_id == row.row_id, _IS_HELD))
    return any(_makes_row(one) for one in others)


def _answer_one(connection: Connection, row: Any, note: str, at: int) -> bool:
    """Whether it was still held."""
    answered = connection.execute(
        update(ASIDE)
        .where(*_key_of(row), _IS_HELD)
        .values(outcome=Outcome.ANSWERED.value, note=note)
    ).rowcount
    if answered:
        journal = Journal.of_scopes(connection, [mailbox(row.device_id)])
        op = LogPlace(row.device_id, row.epoch, row.dseq)
        send_letter(journal, op, row.row_id, Settled.ANSWERED, at=at, note=note)
        journal.flush()
    return bool(answered)


def send_letter(
    journal: Journal,
    op: LogPlace,
    row_id: UUID,
    settled: Settled,
    *,
    at: int,
    seq: int | None = None,
    note: str | None = None,
) -> None:
    """Tells a laptop what became of an op of its own."""
    letter: Fields = {"epoch": op.epoch, "dseq": op.dseq, "settled": settled.value}
    letter |= {"seq": seq, "note": note}
    box = mailbox(op.device_id)
    journal.heads.lock([box])
    journal.add_own(Own(SETTLEMENT, row_id, box, letter), at)


def let_in(connection: Connection, applied: Mapping[bytes, int]) -> None:
    """Notes that ops set aside are in the log after all: a clone sent the same, and it was good."""
    for some in chunks(applied):
        held = (among(connection, ASIDE.c.digest, some), _IS_HELD)
        for digest in connection.execute(select(ASIDE.c.digest).where(*held)).scalars().all():
            connection.execute(
                update(ASIDE)
                .where(ASIDE.c.digest == digest, _IS_HELD)
                .values(
                    outcome=Outcome.DUPLICATE.value,
                    reason="duplicate",
                    detail=str(applied[bytes(digest)]),
                )
            )


def _held_by(connection: Connection, rows: Sequence[UUID]) -> Select[Any]:
    """The ops that wait for one of these rows."""
    waits_for = or_(
        among(connection, ASIDE.c.row_id, rows),
        among(connection, ASIDE.c.detail, [str(row) for row in rows]),
    )
    return select(ASIDE).where(_IS_HELD, ASIDE.c.reason.in_(_WAITING), waits_for)


def _key_of(row: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        ASIDE.c.device_id == row.device_id,
        ASIDE.c.epoch == row.epoch,
        ASIDE.c.dseq == row.dseq,
    )


def _waiting(row: Any) -> Waiting:
    op = Op(
        table=name_of(number_of(row.table_name)),  # this version may know what an older one did not
        row_id=row.row_id,
        scope=row.scope,
        base=row.base,
        incarnation=row.incarnation,
        at=row.at,
        user_id=row.user_id,
        fields=row.fields,
    )
    stamped = StampedOp(row.dseq, op, bytes(row.salt), bytes(row.digest), bytes(row.hash))
    offset = row.corrected_at - row.at
    arrival = Arrival(row.device_id, row.received_at, offset, row.app, RELEASED)
    return Waiting(arrival, row.epoch, stamped)
