"""Syncs that were: when, how much, what was in the way; and when each op was answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

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
    """One sync: ops that got an outcome, entries received, traffic, and what was in the way."""

    started_at: datetime
    ended_at: datetime | None = None
    sent: int = 0
    received: int = 0
    traffic: Traffic = field(default_factory=Traffic)
    fault: SyncFault | None = None
    detail: str = ""


def note_run(connection: Connection, run: Run) -> None:
    """Writes a sync into the history."""
    connection.execute(
        insert(SYNC_RUN).values(
            started_at=run.started_at,
            ended_at=run.ended_at or run.started_at,
            sent=run.sent,
            received=run.received,
            bytes_up=run.traffic.bytes_up,
            bytes_down=run.traffic.bytes_down,
            requests=run.traffic.requests,
            fault=run.fault,
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
