"""Two writes to one field without knowing of each other: which stands, and the record of both."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.ops import Op
from desktop.models.records.base import Fields, Json, format_time, natural_id
from desktop.models.records.catalogue import SyncedTable
from server.tables import LOG

RULE = "latest-write"
GUARDED_RULE = "incumbent-stays"
DELETE_RULE = "edit-beats-delete"
STATE_RULE = "first-move-stands"
RULE_VERSION = 1


@dataclass(frozen=True)
class Write:
    """One write as the log has it: what, by whom, when, from where. Times in milliseconds."""

    seq: int
    fields: Fields
    user_id: UUID
    device_id: UUID
    epoch: int | None
    dseq: int | None
    at: int
    corrected_at: int
    received_at: int
    app: str
    transport: str
    digest: bytes | None

    @classmethod
    def of_entry(cls, row: Any) -> "Write":
        """The write in a row of the log."""
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})

    def order(self) -> tuple[int, bytes, int, int]:
        """Which of two writes is the later one, the same on every machine."""
        return (self.corrected_at, self.device_id.bytes, self.epoch or 0, self.dseq or 0)

    def described(self, field: str) -> dict[str, Json]:
        """The write as a conflict record keeps it."""
        return {
            "value": self.fields.get(field),
            "user": str(self.user_id),
            "device": str(self.device_id),
            "at": _time(self.at),
            "received_at": _time(self.received_at),
            "seq": self.seq,
            "app": self.app,
            "transport": self.transport,
        }

    def name(self) -> str:
        """What tells this write from every other."""
        return self.digest.hex() if self.digest else f"{self.device_id}:{self.seq}"


@dataclass(frozen=True)
class Clash:
    """Two writes to a field: the one that stands, the other, and by which rule."""

    field: str
    standing: Write
    other: Write
    rule: str


def clash_of_values(table: SyncedTable, field: str, held: Write, late: Write) -> Clash:
    """The later write stands; in a guarded field the one that was there, until a person decides."""
    if field in table.guarded:
        return Clash(field, held, late, GUARDED_RULE)
    first, last = sorted((held, late), key=Write.order)
    return Clash(field, last, first, RULE)


def conflict_row(
    connection: Connection, op: Op, base: int, clash: Clash, now: int
) -> tuple[UUID, Fields]:
    """A conflict's id and fields. The id is of the two writes, so that a replay makes no second."""
    names = sorted((clash.standing.name(), clash.other.name()))
    moved = op.table == "state_move"
    subject = op.fields["subject_id"] if moved else str(op.row_id)
    return natural_id("conflict", *names, clash.field), {
        "subject_table": op.fields["subject_table"] if moved else op.table,
        "subject_id": subject,
        "field": clash.field,
        "base_value": _value_at(connection, op, clash.field, base),
        "kept": clash.standing.described(_written_as(clash.field)),
        "other": clash.other.described(_written_as(clash.field)),
        "rule": clash.rule,
        "rule_version": RULE_VERSION,
        "opened_at": _time(now),
    }


def _written_as(field: str) -> str:
    """A state is written by the `to_state` of a move."""
    return "to_state" if field == "state" else field


def _value_at(connection: Connection, op: Op, field: str, base: int) -> Json:
    """What both writers had before them."""
    entries = connection.execute(
        select(LOG.c.fields, LOG.c.effective)
        .where(LOG.c.row_id == op.row_id, LOG.c.scope == op.scope, LOG.c.seq <= base)
        .order_by(LOG.c.seq.desc())
    )
    for fields, effective in entries:
        written = fields if effective is None else effective
        if field in written:
            return written[field]  # type: ignore[no-any-return]
    return None


def _time(milliseconds: int) -> str:
    return format_time(datetime.fromtimestamp(milliseconds / 1000, UTC))
