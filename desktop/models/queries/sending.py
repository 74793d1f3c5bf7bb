"""What is on its way to the province, and what it set aside, record by record."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, func, select

from desktop.models.queries.subjects import About, about, subject_of
from desktop.models.tables import OUTBOX, OpState


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record with ops that wait or were set aside.

    Attributes:
        table: what it is.
        row_id: which.
        record: the table of the record itself, where it is a move or a decision about one.
        about: whose it is.
        since: when the oldest of the ops was written.
        ops: how many they are.
        reason: why the province set it aside; None while it waits.
        answer: what the office wrote, where it looked at it and did not take it.
    """

    table: str
    row_id: UUID
    record: str
    about: About
    since: datetime
    ops: int
    reason: str | None = None
    answer: str | None = None


def outgoing(connection: Connection, limit: int = 200) -> list[Outgoing]:
    """Records that the province does not have as ours; those set aside first, then the oldest."""
    query = (
        select(
            OUTBOX.c.table_name,
            OUTBOX.c.row_id,
            OUTBOX.c.reason,
            OUTBOX.c.state,
            func.min(OUTBOX.c.at).label("at"),
            func.count().label("ops"),
        )
        .where(OUTBOX.c.state != OpState.CONFIRMED.value)
        .group_by(OUTBOX.c.table_name, OUTBOX.c.row_id, OUTBOX.c.state, OUTBOX.c.reason)
        .order_by(OUTBOX.c.reason.is_(None), func.min(OUTBOX.c.epoch), func.min(OUTBOX.c.dseq))
        .limit(limit)
    )
    rows = connection.execute(query).all()
    subjects = [subject_of(connection, row.table_name, row.row_id) for row in rows]
    found = about(connection, subjects)
    return [
        Outgoing(
            table=row.table_name,
            row_id=row.row_id,
            record=record,
            about=found.get(record_id, About()),
            since=datetime.fromtimestamp(row.at / 1000, UTC),
            ops=row.ops,
            reason=row.reason,
            answer=row.reason if row.state == OpState.ANSWERED.value else None,
        )
        for row, (record, record_id) in zip(rows, subjects, strict=True)
    ]
