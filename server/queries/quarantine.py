"""Ops that were set aside: kept verbatim, and taken up again when what they waited for is there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, or_, select, update

from desktop.models.ops import Op, StampedOp
from desktop.sync.messages import Outcome, QuarantineReason
from server.queries.pull import RELEASED
from server.queries.rows import chunks
from server.tables import ASIDE

_WAITING = (QuarantineReason.INCOMPLETE.value, QuarantineReason.DEPENDS.value)


@dataclass(frozen=True)
class Arrival:
    """How a batch came: from which device, when (milliseconds), with which clock and version."""

    device_id: UUID
    received_at: int
    clock_offset: int
    app: str
    transport: str = "network"


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
        waits_for = or_(ASIDE.c.row_id.in_(some), ASIDE.c.detail.in_([str(row) for row in some]))
        query = select(ASIDE).where(
            ASIDE.c.outcome == Outcome.QUARANTINED.value, ASIDE.c.reason.in_(_WAITING), waits_for
        )
        order = (ASIDE.c.received_at, ASIDE.c.device_id, ASIDE.c.epoch, ASIDE.c.dseq)
        for row in connection.execute(query.order_by(*order)).all():
            found.append(_waiting(row))
            connection.execute(
                delete(ASIDE).where(
                    ASIDE.c.device_id == row.device_id,
                    ASIDE.c.epoch == row.epoch,
                    ASIDE.c.dseq == row.dseq,
                )
            )
    return found


def let_in(connection: Connection, applied: Mapping[bytes, int]) -> None:
    """Notes that ops set aside are in the log after all: a clone sent the same, and it was good."""
    for some in chunks(applied):
        held = (ASIDE.c.digest.in_(some), ASIDE.c.outcome == Outcome.QUARANTINED.value)
        for digest in connection.execute(select(ASIDE.c.digest).where(*held)).scalars().all():
            connection.execute(
                update(ASIDE)
                .where(ASIDE.c.digest == digest, ASIDE.c.outcome == Outcome.QUARANTINED.value)
                .values(
                    outcome=Outcome.DUPLICATE.value,
                    reason="duplicate",
                    detail=str(applied[bytes(digest)]),
                )
            )


def _waiting(row: Any) -> Waiting:
    op = Op(
        table=row.table_name,
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
