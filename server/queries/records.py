"""Records as the office sees them at the server itself, and its edits: ops like any other.

Who edits here has a log of their own, kept by the server, on a device that is no laptop. The base of an
edit is what the page showed, so that whatever was written since is found as it is for a laptop.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.ops import LogHead, Op, new_seed
from desktop.models.records.base import Fields, natural_id
from desktop.models.records.fields import flatten
from desktop.sync.messages import Batch, OpOutcome, Origin
from server.queries import devices, incarnations
from server.queries.merge import merge_batch
from server.queries.quarantine import Arrival
from server.tables import DEVICE, DEVICE_EPOCH, SCOPE_HEAD, SYNCED

APP = "console"
"""How such an edit came, for whoever reads of it in a conflict."""

_EPOCH = 1
_NO_KEY = b""
"""Nobody signs for this device, and nobody signs in with it: laptops have keys of 32 bytes."""


@dataclass(frozen=True)
class Record:
    """A row as it stands, and what was seen with it: `seq` of its scope's log, in a life of the database."""

    table: str
    id: UUID
    scope: str
    incarnation: str
    seq: int
    fields: Fields


def find(connection: Connection, table: str, row_id: UUID) -> Record | None:
    """A record; None if there is none, or no such table."""
    rows = SYNCED.get(table)
    if rows is None:
        return None
    row = connection.execute(select(rows).where(rows.c.id == row_id)).first()
    if row is None:
        return None
    head = select(SCOPE_HEAD.c.head).where(SCOPE_HEAD.c.scope == row.scope)
    today = incarnations.current(connection)
    return Record(
        table,
        row_id,
        row.scope,
        today.name if today else "",
        connection.execute(head).scalar_one(),
        flatten(table, row._asdict()),
    )


def edit(connection: Connection, user_id: UUID, seen: Record, now: datetime) -> OpOutcome:
    """Writes `seen.fields` over a record that was seen like that; tells what became of it.

    The caller's transaction is to be undone if that is not what they want.
    """
    device_id = natural_id("device", APP, user_id)
    devices.enrol(connection, devices.NewDevice(device_id, APP, _NO_KEY), user_id, now)
    connection.execute(select(DEVICE.c.id).where(DEVICE.c.id == device_id).with_for_update())
    at = int(now.timestamp() * 1000)
    op = Op(seen.table, seen.id, seen.scope, seen.seq, seen.incarnation, at, user_id, seen.fields)
    head, origin = _head(connection, device_id)
    batch = Batch(_EPOCH, head.dseq + 1, head.hash, [(op, None)], origin)
    arrival = Arrival(device_id, at, 0, APP, transport=APP)
    (outcome,) = merge_batch(connection, arrival, batch).outcomes
    return outcome


def _head(connection: Connection, device_id: UUID) -> tuple[LogHead, Origin | None]:
    """Where the log stands, and how it begins if it does."""
    query = select(DEVICE_EPOCH).where(
        DEVICE_EPOCH.c.device_id == device_id, DEVICE_EPOCH.c.epoch == _EPOCH
    )
    row: Any = connection.execute(query).first()
    if row is not None:
        return LogHead(row.epoch, row.dseq, row.hash, row.key), None
    origin = Origin(new_seed())
    return LogHead.fresh(device_id, _EPOCH, origin.seed), origin
