"""Merging a device's ops into the scope logs and rows: field by field, in one transaction.

No op is refused because of its data. Each is applied, found to be a duplicate, applied with a
conflict record beside it, or quarantined verbatim; the log gets each of them exactly once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from desktop.models.ops import Op, StampedOp
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import ALIAS
from desktop.models.rules.authority import RESOLUTION
from desktop.sync.messages import (
    Batch,
    Fork,
    OpOutcome,
    Outcome,
    Settled,
)
from server.queries import chain, incarnations
from server.queries.authority import Authority
from server.queries.clashes import VOID, Clashes
from server.queries.conflicts import Clash, Seen, Write
from server.queries.duplicates import Doubts
from server.queries.effects import Effects
from server.queries.families import load_with_owners, redirected, scope_of_heir
from server.queries.journal import Journal, Own
from server.queries.judgement import Judge, Verdict, is_village
from server.queries.pull import RELEASED
from server.queries.quarantine import (
    Arrival,
    LogPlace,
    Waiting,
    let_in,
    send_letter,
    take,
    take_known,
    take_waiting,
)
from server.queries.rows import MergedRow, Rows
from server.tables import ASIDE

_LONGEST_DETAIL = 200
"""Characters of what an op was set aside for: it is looked for, and may be of any length."""


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


def release_waiting(
    connection: Connection, rows: set[UUID], vouched_for: UUID | None = None
) -> None:
    """Judges again the ops that were set aside because a row was missing that now is there.

    They may be of other laptops. The office's word for an author holds for what comes along.
    """
    for waiting in take_waiting(connection, rows):
        _merge_again(connection, waiting, vouched_for)


def release_known(connection: Connection) -> bool:
    """Judges again an op that an older version of the province did not know what to do with.

    Returns:
        Whether there was one: each is let in by itself, so that it locks what it needs in order.
    """
    waiting = take_known(connection)
    if waiting is not None:
        _merge_again(connection, waiting, None)
    return waiting is not None


def release(connection: Connection, row: Any, *, vouches: bool = True) -> OpOutcome | None:
    """Takes an op out of quarantine on the office's word that its author might write it.

    Where the office does not vouch, its author was given what they lacked. It goes back there if
    something else is wrong with it. Those that waited for it come with it. None if it is not there any
    more: somebody else was faster.
    """
    waiting = take(connection, row)
    vouched_for = row.user_id if vouches else None
    return None if waiting is None else _merge_again(connection, waiting, vouched_for)


def _merge_again(connection: Connection, waiting: Waiting, vouched_for: UUID | None) -> OpOutcome:
    through = waiting.stamped.dseq
    merge = _Merge(connection, waiting.arrival, waiting.epoch, through, vouched_for)
    (outcome,) = merge.run([waiting.stamped])
    return outcome


def write_server_row(
    connection: Connection, now: datetime, table: str, row_id: UUID, scope: str, fields: Fields
) -> None:
    """Writes a row of the server's own making: its log entry and the row, like any op."""
    write_server_rows(connection, now, table, scope, {row_id: fields})


def write_server_rows(
    connection: Connection, now: datetime, table: str, scope: str, made: Mapping[UUID, Fields]
) -> None:
    """The same for some rows of a scope: id -> fields."""
    journal = Journal.of_scopes(connection, [scope])
    rows = Rows(connection)
    rows.load((table, row_id) for row_id in made)
    for row_id, fields in made.items():
        entry = journal.add_own(Own(table, row_id, scope, fields), int(now.timestamp() * 1000))
        rows.touch(table, row_id, scope).put(fields, entry["seq"])
    rows.flush()
    journal.flush()


class _Merge:
    """One batch on its way into the database."""

    def __init__(
        self,
        connection: Connection,
        arrival: Arrival,
        epoch: int,
        through: int | None = None,
        vouched_for: UUID | None = None,
    ) -> None:
        self._connection = connection
        self._arrival = arrival
        self._epoch = epoch
        self._rows = Rows(connection)
        self._authority = Authority(connection, arrival.device_id)
        today = incarnations.current(connection)
        self._incarnation = today.name if today else ""
        self._judge = Judge(
            connection,
            self._rows,
            self._authority,
            self._incarnation,
            self._is_unseen,
            vouched_for,
        )
        self._vouched_for = vouched_for
        self._ancestry = chain.Ancestry(connection, arrival.device_id, epoch, through)
        self._clashes = Clashes(connection, self._rows, self._judge, self._ancestry)
        self._doubts = Doubts()
        self._aside: list[dict[str, Any]] = []
        self._new_rows: set[UUID] = set()

    def run(self, fresh: Sequence[StampedOp]) -> list[OpOutcome]:
        """Merges the ops in their order and writes everything back."""
        if not fresh:
            return []
        scopes = {scope for stamped in fresh for scope in _scopes_of(stamped.op)}
        if self._vouched_for is None:
            scopes = set(filter(self._authority.ever_granted, scopes))
        self._journal = Journal.of_scopes(self._connection, scopes)
        self._effects = Effects(self._rows, self._clashes, self._journal, self._arrival.received_at)
        load_with_owners(self._rows, [stamped.op for stamped in fresh])
        again = self._ancestry.has_others
        self._known = chain.digests_in_log(self._connection, fresh) if again else {}
        outcomes = [self._take(stamped) for stamped in fresh]
        self._rows.flush()
        self._journal.flush()
        self._doubts.write(self._connection)
        if self._aside:
            self._connection.execute(insert(ASIDE), self._aside)
        if again:
            let_in(self._connection, self._journal.applied)
        release_waiting(self._connection, self._new_rows, self._vouched_for)
        return outcomes

    def _take(self, stamped: StampedOp) -> OpOutcome:
        op = stamped.op
        known = self._known.get(stamped.digest)
        if known is not None:
            self._set_aside(stamped, Outcome.DUPLICATE, "duplicate", str(known))
            self._ancestry.note_again(stamped.digest)
            return OpOutcome(stamped.dseq, Outcome.DUPLICATE, known)
        verdict = self._judge.judge(op, self._corrected(op))
        if verdict is not None:
            return self._quarantine(stamped, verdict)
        return self._apply(stamped)

    def _apply(self, stamped: StampedOp) -> OpOutcome:
        """Writes an op into the log of its scope, and what it does to where its row lives."""
        home = self._lock_home(stamped.op)
        instead = redirected(self._rows, stamped.op)
        op = replace(stamped.op, fields=stamped.op.fields | instead) if instead else stamped.op
        if op.fields.get("deleted_at"):
            self._rows.flush()  # what lies below is read: the batch may have put something there
        row = self._rows.touch(op.table, op.row_id, home)
        write = self._write(stamped, self._journal.heads.next(op.scope))
        seen = Seen(op.scope, self._base(op))
        clashes = self._clashes.of(row, op, write, seen)
        standing = self._clashes.agreed(row, op, seen)
        effective = _effective(op, clashes, write, home)
        heirs = scope_of_heir(self._rows, row, effective) if effective.get("deleted_at") else None
        effective |= {"scope": heirs} if heirs else {}
        target = str(effective.get("scope", home))
        stays = target == home == op.scope
        self._journal.add(self._entry(stamped, write.seq, effective, "put" if stays else "remove"))
        self._clashes.note(op.scope, write)
        written = {name: value for name, value in effective.items() if name != "scope"}
        if not row.versions:
            self._new_rows.add(op.row_id)
        if op.table == "state_move":
            self._new_rows.add(UUID(str(op.fields["subject_id"])))
        is_here = home == op.scope
        place = write.seq if is_here else self._effects.carry(row, written, write, op.scope)
        self._doubts.note(row, written)
        row.put(written, place, standing)
        self._note(op, written, home, place)
        if written.keys() & {ALIAS, "deleted_at"}:
            self._relocate(row, target, op, write)
            for one in self._effects.adopt(row, write, op.scope):
                self._doubts.note(one, one.fields)
        revived = self._effects.revive(row, op, write, seen)
        self._doubts.note_living(clash.subject for clash in revived)
        clashes += revived
        self._new_rows |= self._effects.open_conflicts(row.scope, clashes, seen)
        self._relocate(row, target, op, write)
        if self._arrival.transport == RELEASED:
            self._tell_released(op, write)
        outcome = Outcome.CONFLICT if clashes else Outcome.APPLIED
        return OpOutcome(stamped.dseq, outcome, write.seq)

    def _relocate(self, row: MergedRow, target: str, op: Op, write: Write) -> None:
        """Takes a family to where it lives from now on, if it is not there."""
        if row.scope != target:
            self._new_rows |= self._effects.relocate(row, target, op, write.seq)

    def _tell_released(self, op: Op, write: Write) -> None:
        place = LogPlace(write.device_id, self._epoch, write.dseq or 0)
        at = write.received_at
        send_letter(self._journal, place, op.row_id, Settled.RELEASED, at=at, seq=write.seq)

    def _lock_home(self, op: Op) -> str:
        """The scope where the op's row lives, locked: all of it may have changed until it was.

        So is the scope of the row that takes its place.
        """
        while self._journal.heads.lock(self._homes(op)):
            self._rows.forget()
        return self._judge.home(op)

    def _homes(self, op: Op) -> set[str]:
        row = self._rows.get(op.table, op.row_id)
        deletes = row is not None and op.fields.get("deleted_at")
        heirs = scope_of_heir(self._rows, row, op.fields) if row and deletes else None
        return {self._judge.home(op)} | ({heirs} if heirs else set())

    def _note(self, op: Op, effective: Fields, home: str, place: int) -> None:
        """Tells those who judge the next ops what this one did."""
        if op.table == "state_move":
            kind, subject = str(op.fields["subject_table"]), UUID(str(op.fields["subject_id"]))
            if self._judge.state(kind, subject) == effective["from_state"]:
                self._clashes.note_move(subject, home, place)
        self._judge.note(op.table, effective)
        if home != op.scope:
            self._judge.note_left(op.row_id, op.scope)

    def _base(self, op: Op) -> int:
        if op.incarnation == self._incarnation:
            return min(op.base, self._journal.heads.at_first(op.scope))
        return incarnations.map_down(self._connection, op.incarnation, op.scope, op.base)

    def _is_unseen(self, row: MergedRow, name: str, op: Op) -> bool:
        return self._clashes.is_unseen(row, name, Seen(op.scope, self._base(op)))

    def _corrected(self, op: Op) -> int:
        """The client's time by our clock, never later than it came, and some time that there is."""
        return max(min(op.at + self._arrival.clock_offset, self._arrival.received_at), 0)

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
                "detail": detail.replace("\0", "")[:_LONGEST_DETAIL],
            }
        )

    def _entry(self, stamped: StampedOp, seq: int, effective: Fields, kind: str) -> dict[str, Any]:
        return {
            **self._common(stamped),
            "seq": seq,
            "kind": kind,
            "origin": None,
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


def _scopes_of(op: Op) -> set[str]:
    """The scopes in which an op writes: where it was written, and where it moves a family to."""
    target = op.fields.get("scope")
    return {op.scope, str(target)} if is_village(target) else {op.scope}


def _effective(op: Op, clashes: Sequence[Clash], write: Write, home: str) -> Fields:
    """What the op does to the row, which lives in `home`, once its clashes are settled."""
    effective = dict(op.fields)
    if effective.get("scope") == home:
        del effective["scope"]
    for clash in clashes:
        if clash.standing is not write:
            for name in RESOLUTION if clash.field in RESOLUTION else {clash.field}:
                effective.pop(name, None)  # who decided, when and why goes with what they decided
        elif clash.field == "deleted_at":
            effective["deleted_at"] = None
        if clash.field == "state":
            effective["from_state"] = VOID
    return effective
