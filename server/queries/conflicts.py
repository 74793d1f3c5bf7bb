"""Two writes to one field without knowing of each other: which stands, and the record of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

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
    """One write as the log has it: what, by whom, when, from where. Times in milliseconds.

    `origin` says where its values were written first, if that was elsewhere.
    """

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
    origin: Mapping[str, Any] | None = None

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> "Write":
        """The write in a row of the log."""
        return cls(**{name: entry[name] for name in cls.__dataclass_fields__})

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
            "corrected_at": _time(self.corrected_at),
            "received_at": _time(self.received_at),
            "seq": self.seq,
            "app": self.app,
            "transport": self.transport,
        }

    def name(self) -> str:
        """What tells this write from every other."""
        return self.digest.hex() if self.digest else f"{self.device_id}:{self.seq}"


@dataclass(frozen=True)
class Seen:
    """What an op's author had seen beside their own ops: a scope's log, up to its base."""

    scope: str
    base: int


Subject = tuple[str, UUID]
"""Table and id of the row that a clash is about."""


@dataclass(frozen=True)
class Clash:
    """Two writes to a field of a row: the one that stands, the other, and by which rule."""

    subject: Subject
    field: str
    standing: Write
    other: Write
    rule: str


def clash_of_values(
    table: SyncedTable, subject: Subject, field: str, held: Write, late: Write
) -> Clash:
    """The later write stands; in a guarded field the one that was there, until a person decides."""
    if table.is_guarded(field):
        return Clash(subject, field, held, late, GUARDED_RULE)
    first, last = sorted((held, late), key=Write.order)
    return Clash(subject, field, last, first, RULE)


def conflict_row(connection: Connection, seen: Seen, clash: Clash, now: int) -> tuple[UUID, Fields]:
    """A conflict's id and fields. The id is of the two writes, so that a replay makes no second."""
    names = sorted((clash.standing.name(), clash.other.name()))
    table, row_id = clash.subject
    return natural_id("conflict", *names, clash.field), {
        "subject_table": table,
        "subject_id": str(row_id),
        "field": clash.field,
        "base_value": _value_at(connection, seen, row_id, clash.field),
        "kept": clash.standing.described(_written_as(clash.field)),
        "other": clash.other.described(_written_as(clash.field)),
        "rule": clash.rule,
        "rule_version": RULE_VERSION,
        "opened_at": _time(now),
    }


def _written_as(field: str) -> str:
    """A state is written by the `to_state` of a move."""
    return "to_state" if field == "state" else field


def _value_at(connection: Connection, seen: Seen, row_id: UUID, field: str) -> Json:
    """What both writers had before them."""
    entries = connection.execute(
        select(LOG.c.fields, LOG.c.effective)
        .where(LOG.c.row_id == row_id, LOG.c.scope == seen.scope, LOG.c.seq <= seen.base)
        .order_by(LOG.c.seq.desc())
    )
    for fields, effective in entries:
        written = fields if effective is None else effective
        if field in written:
            return written[field]  # type: ignore[no-any-return]
    return None


def _time(milliseconds: int) -> str:
    return format_time(datetime.fromtimestamp(milliseconds / 1000, UTC))
