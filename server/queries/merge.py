"""Merging a device's ops into the scope logs and rows: field by field, in one transaction.

No op is refused because of its data. Each is applied, found to be a duplicate, applied with a
conflict record beside it, or quarantined verbatim; the log gets each of them exactly once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from desktop.models.ops import Op, StampedOp
from desktop.models.records.base import Fields, natural_id
from desktop.models.records.catalogue import BY_NAME
from desktop.sync.messages import Batch, Fork, OpOutcome, Outcome
from server.queries import chain, incarnations
from server.queries.authority import Authority
from server.queries.conflicts import (
    DELETE_RULE,
    STATE_RULE,
    Clash,
    Write,
    clash_of_values,
    conflict_row,
)
from server.queries.heads import Heads
from server.queries.judgement import Judge, Verdict
from server.queries.quarantine import Arrival, let_in, take_waiting
from server.queries.rows import MergedRow, Rows
from server.tables import ASIDE, LOG, STATE_MOVE

VOID = ""
"""The state that a move which does not count goes out from: no record is ever in it."""

SERVER_ID = natural_id("device", "server")
"""The device id under which the server writes entries of its own."""


@dataclass(frozen=True)
class MergeResult:
    """What became of a batch."""

    outcomes: list[OpOutcome] = field(default_factory=list)
    expected: int | None = None
    fork: Fork | None = None


def merge_batch(connection: Connection, arrival: Arrival, batch: Batch) -> MergeResult:
    """Merges a batch. The caller holds the write transaction and has locked the device."""
    received = chain.receive(connection, arrival.device_id, batch)
    if received.head is None:
        return MergeResult(received.replayed, received.expected, received.fork)
    merge = _Merge(connection, arrival, received.head.epoch)
    outcomes = merge.run(received.fresh)
    chain.advance(connection, arrival.device_id, received.head)
    return MergeResult(received.replayed + outcomes)


def release_waiting(connection: Connection, rows: set[UUID]) -> None:
    """Judges again the ops that were set aside because a row was missing that now is there.

    They may be of other laptops, which learn of it with the next page of the scope.
    """
    for waiting in take_waiting(connection, rows):
        through = waiting.stamped.dseq
        _Merge(connection, waiting.arrival, waiting.epoch, through).run([waiting.stamped])


def write_server_row(
    connection: Connection, now: datetime, table: str, row_id: UUID, scope: str, fields: Fields
) -> None:
    """Writes a row of the server's own making: its log entry and the row, like any op."""
    heads = Heads(connection, [scope])
    rows = Rows(connection)
    at = int(now.timestamp() * 1000)
    seq = heads.next(scope)
    rows.touch(table, row_id, scope).put(fields, seq)
    connection.execute(
        insert(LOG), [_server_entry(table, row_id, scope, seq, fields, SERVER_ID, at)]
    )
    rows.flush()
    heads.flush()


class _Merge:
    """One batch on its way into the database."""

    def __init__(
        self, connection: Connection, arrival: Arrival, epoch: int, through: int | None = None
    ) -> None:
        self._connection = connection
        self._arrival = arrival
        self._epoch = epoch
        self._ancestry = chain.Ancestry(connection, arrival.device_id, epoch, through)
        self._rows = Rows(connection)
        self._authority = Authority(connection, arrival.device_id)
        self._judge = Judge(connection, self._rows, self._authority)
        today = incarnations.current(connection)
        self._incarnation = today.name if today else ""
        self._log: list[dict[str, Any]] = []
        self._aside: list[dict[str, Any]] = []
        self._written: dict[tuple[str, int], Write] = {}
        self._moved: dict[UUID, Write] = {}
        self._new_rows: set[UUID] = set()

    def run(self, fresh: Sequence[StampedOp]) -> list[OpOutcome]:
        """Merges the ops in their order and writes everything back."""
        if not fresh:
            return []
        scopes = {stamped.op.scope for stamped in fresh}
        self._heads = Heads(self._connection, filter(self._authority.ever_granted, scopes))
        self._rows.load((stamped.op.table, stamped.op.row_id) for stamped in fresh)
        self._known = chain.digests_in_log(self._connection, fresh)
        outcomes = [self._take(stamped) for stamped in fresh]
        self._rows.flush()
        if self._log:
            self._connection.execute(insert(LOG), self._log)
        if self._aside:
            self._connection.execute(insert(ASIDE), self._aside)
        self._heads.flush()
        let_in(self._connection, {row["digest"]: row["seq"] for row in self._log if row["digest"]})
        release_waiting(self._connection, self._new_rows)
        return outcomes

    def _take(self, stamped: StampedOp) -> OpOutcome:
        op = stamped.op
        known = self._known.get(stamped.digest)
        if known is not None:
            self._set_aside(stamped, Outcome.DUPLICATE, "duplicate", str(known))
            return OpOutcome(stamped.dseq, Outcome.DUPLICATE, known)
        verdict = self._judge.judge(op, self._corrected(op))
        if verdict is not None:
            return self._quarantine(stamped, verdict)
        row = self._rows.touch(op.table, op.row_id, op.scope)
        seq = self._heads.next(op.scope)
        write = self._write(stamped, seq)
        self._written[op.scope, seq] = write
        base = self._base(op)
        clashes = self._clashes(row, op, write, base)
        effective = _effective(op, clashes, write)
        self._log.append(self._entry(stamped, seq, effective))
        is_new = not row.versions
        row.put(effective, seq, standing=self._agreed(row, op, base))
        self._judge.note(op.table, effective)
        if op.table == "state_move" and effective["from_state"] != VOID:
            self._moved[UUID(str(op.fields["subject_id"]))] = write
        for clash in clashes:
            self._open_conflict(op, clash, base)
        if is_new:
            self._new_rows.add(op.row_id)
        return OpOutcome(stamped.dseq, Outcome.CONFLICT if clashes else Outcome.APPLIED, seq)

    def _clashes(self, row: MergedRow, op: Op, write: Write, base: int) -> list[Clash]:
        """Where the op meets a write that its author did not know of, with another value."""
        clashes = []
        table = BY_NAME[op.table]
        for name, value in op.fields.items():
            if not table.may_clash(name):
                continue
            held = self._foreign_write(row, name, base)
            if held is not None and row.fields.get(name) != value:
                clashes.append(clash_of_values(table, name, held, write))
        clashes += self._delete_clashes(row, op, write, base)
        clashes += self._stale_move(op, write, base)
        return clashes

    def _delete_clashes(self, row: MergedRow, op: Op, write: Write, base: int) -> list[Clash]:
        """Between a delete and an edit that did not know of each other, the edit stands."""
        deletes = op.fields.get("deleted_at") is not None
        was_deleted = row.fields.get("deleted_at") is not None
        if deletes and not was_deleted:
            edits = [self._foreign_write(row, name, base) for name in row.versions]
            newest = max(filter(None, edits), key=lambda edit: edit.seq, default=None)
            return [Clash("deleted_at", newest, write, DELETE_RULE)] if newest else []
        if was_deleted and not deletes:
            held = self._foreign_write(row, "deleted_at", base)
            return [Clash("deleted_at", write, held, DELETE_RULE)] if held else []
        return []

    def _stale_move(self, op: Op, write: Write, base: int) -> list[Clash]:
        """A move by somebody who had not seen the last one does not count, but is shown."""
        if op.table != "state_move":
            return []
        kind, subject = str(op.fields["subject_table"]), UUID(str(op.fields["subject_id"]))
        held = self._last_move(subject)
        if held is None:
            return []
        own = self._ancestry.has(held.device_id, held.epoch, held.dseq)
        unseen = held.seq > base and not own
        if not unseen and self._judge.state(kind, subject) == op.fields["from_state"]:
            return []
        if unseen and held.fields.get("to_state") == op.fields["to_state"]:
            return []
        return [Clash("state", held, write, STATE_RULE)]

    def _agreed(self, row: MergedRow, op: Op, base: int) -> frozenset[str]:
        """Fields in which the op says what somebody else's write says already: that one stands."""
        return frozenset(
            name
            for name, value in op.fields.items()
            if row.fields.get(name) == value and self._foreign_write(row, name, base) is not None
        )

    def _foreign_write(self, row: MergedRow, name: str, base: int) -> Write | None:
        """The write that stands in a field, if it came after `base` from outside the op's log."""
        seq = row.versions.get(name, 0)
        if seq <= base:
            return None
        held = self._written.get((row.scope, seq)) or self._read_write(row.scope, seq)
        own = self._ancestry.has(held.device_id, held.epoch, held.dseq)
        return None if own else held

    def _read_write(self, scope: str, seq: int) -> Write:
        query = select(LOG).where(LOG.c.scope == scope, LOG.c.seq == seq)
        write = Write.of_entry(self._connection.execute(query).one())
        self._written[scope, seq] = write
        return write

    def _last_move(self, subject: UUID) -> Write | None:
        """The last move of a record that was let stand, this batch counted in."""
        if subject in self._moved:
            return self._moved[subject]
        query = (
            select(STATE_MOVE.c.scope, STATE_MOVE.c.seq)
            .where(STATE_MOVE.c.subject_id == subject, STATE_MOVE.c.from_state != VOID)
            .order_by(STATE_MOVE.c.seq.desc())
            .limit(1)
        )
        row = self._connection.execute(query).first()
        return None if row is None else self._read_write(row.scope, row.seq)

    def _open_conflict(self, op: Op, clash: Clash, base: int) -> None:
        now = self._arrival.received_at
        row_id, fields = conflict_row(self._connection, op, base, clash, now)
        if self._rows.get("conflict", row_id) is not None:
            return
        seq = self._heads.next(op.scope)
        self._rows.touch("conflict", row_id, op.scope).put(fields, seq)
        self._new_rows.add(row_id)  # its decision may have come first, after a restored backup
        self._log.append(_server_entry("conflict", row_id, op.scope, seq, fields, SERVER_ID, now))

    def _base(self, op: Op) -> int:
        if op.incarnation == self._incarnation:
            return min(op.base, self._heads.at_first(op.scope))
        return incarnations.map_down(self._connection, op.incarnation, op.scope, op.base)

    def _corrected(self, op: Op) -> int:
        """The client's time by our clock, and never later than it came."""
        return min(op.at + self._arrival.clock_offset, self._arrival.received_at)

    def _quarantine(self, stamped: StampedOp, verdict: Verdict) -> OpOutcome:
        self._set_aside(stamped, Outcome.QUARANTINED, verdict.reason, verdict.detail)
        self._judge.hold(stamped.op.row_id)
        return OpOutcome(stamped.dseq, Outcome.QUARANTINED, None, verdict.reason)

    def _set_aside(self, stamped: StampedOp, outcome: Outcome, reason: str, detail: str) -> None:
        self._aside.append(
            {
                **self._common(stamped),
                "outcome": outcome.value,
                "reason": reason,
                "detail": detail,
            }
        )

    def _entry(self, stamped: StampedOp, seq: int, effective: Fields) -> dict[str, Any]:
        return {
            **self._common(stamped),
            "seq": seq,
            "kind": "put",
            "effective": None if effective == stamped.op.fields else effective,
            "transport": self._arrival.transport,
        }

    def _common(self, stamped: StampedOp) -> dict[str, Any]:
        op = stamped.op
        return {
            "scope": op.scope,
            "table_name": op.table,
            "row_id": op.row_id,
            "fields": op.fields,
            "device_id": self._arrival.device_id,
            "epoch": self._epoch,
            "dseq": stamped.dseq,
            "user_id": op.user_id,
            "base": op.base,
            "incarnation": op.incarnation,
            "at": op.at,
            "corrected_at": self._corrected(op),
            "received_at": self._arrival.received_at,
            "salt": stamped.salt,
            "digest": stamped.digest,
            "hash": stamped.hash,
            "app": self._arrival.app,
        }

    def _write(self, stamped: StampedOp, seq: int) -> Write:
        op = stamped.op
        return Write(
            seq=seq,
            fields=op.fields,
            user_id=op.user_id,
            device_id=self._arrival.device_id,
            epoch=self._epoch,
            dseq=stamped.dseq,
            at=op.at,
            corrected_at=self._corrected(op),
            received_at=self._arrival.received_at,
            app=self._arrival.app,
            transport=self._arrival.transport,
            digest=stamped.digest,
        )


def _effective(op: Op, clashes: Sequence[Clash], write: Write) -> Fields:
    """What the op does to the row once its clashes are settled."""
    effective = dict(op.fields)
    for clash in clashes:
        if clash.standing is not write:
            effective.pop(clash.field, None)
        elif clash.field == "deleted_at":
            effective["deleted_at"] = None
        if clash.field == "state":
            effective["from_state"] = VOID
    return effective


def _server_entry(
    table: str, row_id: UUID, scope: str, seq: int, fields: Fields, user_id: UUID, at: int
) -> dict[str, Any]:
    return {
        "scope": scope,
        "seq": seq,
        "kind": "put",
        "table_name": table,
        "row_id": row_id,
        "fields": fields,
        "effective": None,
        "device_id": SERVER_ID,
        "epoch": None,
        "dseq": None,
        "user_id": user_id,
        "base": 0,
        "incarnation": "",
        "at": at,
        "corrected_at": at,
        "received_at": at,
        "salt": None,
        "digest": None,
        "hash": None,
        "app": "server",
        "transport": "server",
    }
