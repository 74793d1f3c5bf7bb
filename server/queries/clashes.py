"""What an op meets in the log: writes that its author did not know of, and what stands against them.

An author had seen the scope's log up to the op's base, and the ops of their own log. What was written
after that, by somebody else, with another value, is a clash. A row that moved to another scope took
its values with it: who wrote them, and when, is looked up where they were written first.
"""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.ops import Op
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import ALIAS, BY_NAME
from desktop.models.rules.states import LIFECYCLES
from server.queries.chain import Ancestry
from server.queries.conflicts import (
    DELETE_RULE,
    GUARDED_RULE,
    STATE_RULE,
    Clash,
    Seen,
    Write,
    clash_of_values,
)
from server.queries.families import ancestors, descendants
from server.queries.judgement import Judge
from server.queries.rows import MergedRow, Rows
from server.tables import CONFLICT, LOG, STATE_MOVE

VOID = ""
"""The state that a move which does not count goes out from: no record is ever in it."""


class Clashes:
    """Finds the clashes of one batch's ops, in their order; knows what was already merged of it."""

    def __init__(
        self, connection: Connection, rows: Rows, judge: Judge, ancestry: Ancestry
    ) -> None:
        self._connection = connection
        self._rows = rows
        self._judge = judge
        self._ancestry = ancestry
        self._written: dict[tuple[str, int], Write] = {}
        self._moved: dict[UUID, tuple[str, int]] = {}

    def note(self, scope: str, write: Write) -> None:
        """Notes an entry that is not in the database yet."""
        self._written[scope, write.seq] = write

    def note_move(self, subject: UUID, scope: str, seq: int) -> None:
        """Notes the last move that brought a record to its state."""
        self._moved[subject] = (scope, seq)

    def forget_moves(self) -> None:
        """All is in the database: the last moves can be read from there."""
        self._moved.clear()

    def of(self, row: MergedRow, op: Op, write: Write, seen: Seen) -> list[Clash]:
        """Where the op meets, in its own row, a write that its author did not know of."""
        clashes = []
        table = BY_NAME[op.table]
        subject = (op.table, op.row_id)
        moved = self._unseen_move(row, op, seen)
        for name, value in op.fields.items():
            if not table.may_clash(name) or row.fields.get(name) == value:
                continue
            held = self._foreign_write(row, name, seen)
            if held is None and moved is not None and self._is_vouched_for(row, name, seen):
                held = self._standing_write(row, name) or moved
            if held is not None:
                clashes.append(clash_of_values(table, subject, name, held, write))
        clashes += self._of_delete(row, op, write, seen)
        clashes += self._of_stale_move(op, write, seen)
        clashes += self._of_relocation(row, op, write, seen)
        return clashes

    def agreed(self, row: MergedRow, op: Op, seen: Seen) -> frozenset[str]:
        """Fields in which the op says what somebody else's write says already: that one stands."""
        return frozenset(
            name
            for name, value in op.fields.items()
            if row.fields.get(name) == value and self._foreign_write(row, name, seen) is not None
        )

    def of_deleted_parents(self, row: MergedRow, op: Op, write: Write, seen: Seen) -> list[Clash]:
        """Rows that this one belongs to and that were deleted without its author's knowing."""
        if _deletes(op) and not op.fields.get(ALIAS):
            return []
        clashes = []
        for parent in ancestors(self._rows, row):
            if parent.fields.get("deleted_at") is None:
                continue
            held = self._foreign_write(parent, "deleted_at", seen)
            if held is not None:
                subject = (parent.table, parent.row_id)
                clashes.append(Clash(subject, "deleted_at", write, held, DELETE_RULE))
        return clashes

    def _of_delete(self, row: MergedRow, op: Op, write: Write, seen: Seen) -> list[Clash]:
        """Between a delete and an edit that did not know of each other, the edit stands."""
        subject = (op.table, op.row_id)
        was_deleted = row.fields.get("deleted_at") is not None
        if _deletes(op) and not was_deleted:
            edits = [
                self._foreign_write(one, name, seen)
                for one in (row, *self._left_behind(row, op))
                for name in one.versions
            ]
            edits.append(self._unseen_relocation(row, seen))
            newest = max(filter(None, edits), key=Write.order, default=None)
            return [Clash(subject, "deleted_at", newest, write, DELETE_RULE)] if newest else []
        if was_deleted and not _deletes(op):
            held = self._foreign_write(row, "deleted_at", seen)
            return [Clash(subject, "deleted_at", write, held, DELETE_RULE)] if held else []
        return []

    def _left_behind(self, row: MergedRow, op: Op) -> list[MergedRow]:
        """What is there for somebody below a row that is deleted; nothing if another takes its place."""
        if (row.fields | op.fields).get(ALIAS):
            return []
        below = descendants(self._connection, self._rows, row)
        return [one for one in below if not one.fields.get("deleted_at") or one.fields.get(ALIAS)]

    def _of_stale_move(self, op: Op, write: Write, seen: Seen) -> list[Clash]:
        """A move by somebody who had not seen the last one does not count, but is shown."""
        if op.table != "state_move":
            return []
        kind, subject = str(op.fields["subject_table"]), UUID(str(op.fields["subject_id"]))
        place = self._last_move(kind, subject)
        if place is None:
            return []
        held = self._written_at(*place, "from_state")
        unseen = self._foreign(*place, "from_state", seen) is not None
        if not unseen and self._judge.state(kind, subject) == op.fields["from_state"]:
            return []
        if unseen and held.fields.get("to_state") == op.fields["to_state"]:
            return []
        return [Clash((kind, subject), "state", held, write, STATE_RULE)]

    def _of_relocation(self, row: MergedRow, op: Op, write: Write, seen: Seen) -> list[Clash]:
        """Two people moved a family to different villages: where it is, it stays."""
        if op.fields.get("scope") in (None, row.scope):
            return []
        held = self._unseen_relocation(row, seen)
        return [Clash((op.table, op.row_id), "scope", held, write, GUARDED_RULE)] if held else []

    def _unseen_relocation(self, row: MergedRow, seen: Seen) -> Write | None:
        """The move of a family out of the scope where an author saw it, by somebody else.

        Though it may be before their base: what a visit was begun to stays on a laptop that it has left.
        """
        if row.scope == seen.scope:
            return None
        moves = select(LOG).where(LOG.c.row_id == row.row_id, LOG.c.scope == seen.scope)
        left = moves.where(LOG.c.kind == "remove").order_by(LOG.c.seq.desc())
        for entry in self._connection.execute(left).mappings():
            if entry["origin"] is not None:  # by an op of another scope
                held = self._entry(entry["origin"]["scope"], entry["origin"]["seq"])
                return None if self._is_own(held) else held
            moved = entry["fields"] if entry["effective"] is None else entry["effective"]
            if "scope" in moved:  # the last time it left: those before are over
                held = Write.of_entry(dict(entry))
                return None if self._is_own(held) else held
        return None

    def _unseen_move(self, row: MergedRow, op: Op, seen: Seen) -> Write | None:
        """The last move of a record, if its author and the op's did not know each other's.

        Who hands a record in, or verifies it, does so with what stands in its guarded fields.
        """
        is_about = BY_NAME[op.table].guarded & op.fields.keys() and row.table in LIFECYCLES
        place = self._last_move(row.table, row.row_id) if is_about and row.versions else None
        return None if place is None else self._foreign(*place, "from_state", seen)

    def _is_vouched_for(self, row: MergedRow, name: str, seen: Seen) -> bool:
        """Whether a move of the record says of a field that it is right.

        Not to whoever decides a question about it that they had seen.
        """
        if name not in BY_NAME[row.table].guarded:
            return False
        query = select(CONFLICT.c.id).where(
            CONFLICT.c.subject_id == row.row_id, CONFLICT.c.field == name
        )
        asked = [
            self._rows.get("conflict", one) for one in self._connection.execute(query).scalars()
        ]
        return not any(
            one is not None
            and one.fields.get("resolved_at") is None
            and one.scope == seen.scope
            and one.versions["field"] <= seen.base
            for one in asked
        )

    def _standing_write(self, row: MergedRow, name: str) -> Write | None:
        """The write that stands in a field, whoever's it is."""
        seq = row.versions.get(name)
        return None if seq is None else self._written_at(row.scope, seq, name)

    def is_unseen(self, row: MergedRow, name: str, seen: Seen) -> bool:
        """Whether the write that stands in a field is by somebody else, unknown to an op's author."""
        return self._foreign_write(row, name, seen) is not None

    def _foreign_write(self, row: MergedRow, name: str, seen: Seen) -> Write | None:
        """The write that stands in a field, if its author and the op's did not know each other's."""
        seq = row.versions.get(name)
        return None if seq is None else self._foreign(row.scope, seq, name, seen)

    def _foreign(self, scope: str, seq: int, name: str, seen: Seen) -> Write | None:
        """The write of a field at a place in a log, unless it had been seen or was one's own."""
        carried: Fields = {}
        while scope != seen.scope or seq > seen.base:
            write = self._entry(scope, seq)
            if write.origin is None:
                if self._is_own(write):
                    return None
                # what an op did to another row than its own, it does not say itself
                return write if name in write.fields else replace(write, fields=carried)
            carried = dict(write.fields)
            scope, seq = write.origin["scope"], write.origin["versions"][name]
        return None

    def _written_at(self, scope: str, seq: int, name: str) -> Write:
        """The write of a field at a place in a log, wherever it was written first."""
        write = self._entry(scope, seq)
        while write.origin is not None:
            write = self._entry(write.origin["scope"], write.origin["versions"][name])
        return write

    def _is_own(self, write: Write) -> bool:
        return self._ancestry.has(write.device_id, write.epoch, write.dseq, write.digest)

    def _entry(self, scope: str, seq: int) -> Write:
        if (scope, seq) not in self._written:
            query = select(LOG).where(LOG.c.scope == scope, LOG.c.seq == seq)
            entry = dict(self._connection.execute(query).mappings().one())
            self._written[scope, seq] = Write.of_entry(entry)
        return self._written[scope, seq]

    def _last_move(self, kind: str, subject: UUID) -> tuple[str, int] | None:
        """Where the last move is that brought a record to its state, this batch counted in."""
        if subject in self._moved:
            return self._moved[subject]
        moves = select(STATE_MOVE).where(STATE_MOVE.c.subject_id == subject)
        state, last = LIFECYCLES[kind].initial, None
        for one in self._connection.execute(moves.order_by(STATE_MOVE.c.seq)):
            if one.from_state == state:
                state, last = one.to_state, (one.scope, one.seq)
        return last


def _deletes(op: Op) -> bool:
    return op.fields.get("deleted_at") is not None
