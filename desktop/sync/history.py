"""Syncs that were: when, how much, what was in the way; and when each op was answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from desktop.models.tables import OUTBOX, SYNC_RUN
from desktop.sync.faults import SyncFault
from desktop.sync.messages import OpOutcome


@dataclass
class Traffic:
    """What the session sent and received so far: bodies in bytes, as they travelled."""

    requests: int = 0
    bytes_up: int = 0
    bytes_down: int = 0


@dataclass
class Run:
    """One sync: ops that got an outcome, entries received, traffic, and what was in the way.

    In the history also several that failed alike, from the first one's beginning to the last one's end.
    """

    started_at: datetime
    ended_at: datetime | None = None
    sent: int = 0
    received: int = 0
    traffic: Traffic = field(default_factory=Traffic)
    fault: SyncFault | None = None
    detail: str = ""


def note_run(connection: Connection, run: Run) -> None:
    """Writes a sync into the history; one that only met what the one before met, into its row.

    A laptop without a connection tries again for weeks, and what was before that is not to be
    pushed out of sight.
    """
    before = recent_runs(connection, 1)
    ended_at, traffic = run.ended_at or run.started_at, run.traffic
    if not before or not _is_again(before[0], run):
        connection.execute(
            insert(SYNC_RUN).values(
                started_at=run.started_at,
                ended_at=ended_at,
                sent=run.sent,
                received=run.received,
                bytes_up=traffic.bytes_up,
                bytes_down=traffic.bytes_down,
                requests=traffic.requests,
                fault=run.fault,
            )
        )
        return
    newest = select(func.max(SYNC_RUN.c.id)).scalar_subquery()
    connection.execute(
        update(SYNC_RUN)
        .where(SYNC_RUN.c.id == newest)
        .values(
            ended_at=ended_at,
            bytes_up=SYNC_RUN.c.bytes_up + traffic.bytes_up,
            bytes_down=SYNC_RUN.c.bytes_down + traffic.bytes_down,
            requests=SYNC_RUN.c.requests + traffic.requests,
        )
    )


def note_receipts(
    connection: Connection, epoch: int, outcomes: Sequence[OpOutcome], now: datetime
) -> None:
    """Writes down when the province said what became of ops of one epoch."""
    if outcomes:
        connection.execute(
            update(OUTBOX)
            .where(OUTBOX.c.epoch == epoch, OUTBOX.c.dseq == bindparam("op"))
            .values(answered_at=now),
            [{"op": one.dseq} for one in outcomes],
        )


def recent_runs(connection: Connection, limit: int = 50) -> list[Run]:
    """The newest syncs, newest first."""
    rows = connection.execute(select(SYNC_RUN).order_by(SYNC_RUN.c.id.desc()).limit(limit))
    return [
        Run(
            row.started_at,
            row.ended_at,
            row.sent,
            row.received,
            Traffic(row.requests, row.bytes_up, row.bytes_down),
            SyncFault(row.fault) if row.fault else None,
        )
        for row in rows
    ]


def _is_again(before: Run, run: Run) -> bool:
    """Whether two syncs of one day failed alike and did nothing: traffic is told by the month."""
    did = before.sent or before.received or run.sent or run.received
    is_alike = run.fault is not None and run.fault is before.fault
    is_one_day = run.started_at.date() == before.started_at.date()
    return is_alike and not did and is_one_day and run.started_at >= before.started_at
