"""What an op does beside its own entry: to its row elsewhere, to rows it belongs to, to a whole family.

Each is an entry of the server's own, in the scope where the row lives; `origin` leads back to the op.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from desktop.models.ops import Op
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import ALIAS
from desktop.sync.messages import MOVED, times_moved
from server.queries.clashes import Clashes
from server.queries.conflicts import Clash, Seen, Write, conflict_row
from server.queries.families import belonging, family_of, standing_for
from server.queries.journal import Journal, Own
from server.queries.rows import MergedRow, Rows
from server.tables import VISIT_MEMBER


class Effects:
    """Writes what the ops of one batch do beside their own entries; `at` is when they came."""

    def __init__(self, rows: Rows, clashes: Clashes, journal: Journal, at: int) -> None:
        self._rows = rows
        self._clashes = clashes
        self._journal = journal
        self._at = at

    def carry(self, row: MergedRow, fields: Fields, write: Write, scope: str) -> int:
        """Takes what an op did in `scope` to where its row lives now; returns its place there."""
        origin = _origin(scope, write.seq, dict.fromkeys(fields, write.seq))
        return self._add(
            Own(row.table, row.row_id, row.scope, fields, "put", origin, write.user_id)
        )

    def revive(self, row: MergedRow, op: Op, write: Write, seen: Seen) -> list[Clash]:
        """Lets the rows that this one belongs to live, if they were deleted without its knowing."""
        clashes = self._clashes.of_deleted_parents(row, op, write, seen)
        for clash in clashes:
            parent = self._rows.touch(*clash.subject, row.scope)
            living: Fields = {"deleted_at": None}
            parent.put(living, self.carry(parent, living, write, op.scope))
        return clashes

    def adopt(self, row: MergedRow, write: Write, scope: str) -> list[MergedRow]:
        """Gives what belongs to a row to the one that took its place; returns what was given."""
        heir = standing_for(self._rows, row.table, row.row_id)
        if heir == row.row_id:
            return []
        self._rows.flush()
        given = [  # all are looked at before the first is given: they are not in each other's way
            (child, column)
            for child, column in belonging(self._journal.connection, self._rows, row)
            if column != ALIAS and not self._was_asked_of_both(child, column, heir)
        ]
        for child, column in given:
            fields: Fields = {column: str(heir)}
            self._rows.touch(child.table, child.row_id, child.scope)
            child.put(fields, self.carry(child, fields, write, scope))
        return [child for child, _ in given]

    def _was_asked_of_both(self, child: MergedRow, column: str, heir: UUID) -> bool:
        """Whether a visit has answers about the heir, too: then those stay as they were given."""
        if (child.table, column) != ("visit_member", "member_id"):
            return False
        visit = VISIT_MEMBER.c.visit_id == UUID(str(child.fields["visit_id"]))
        query = select(VISIT_MEMBER.c.id).where(visit, VISIT_MEMBER.c.member_id == heir)
        return self._journal.connection.execute(query).first() is not None

    def relocate(self, household: MergedRow, target: str, op: Op, seq: int) -> set[UUID]:
        """Moves a family with all that belongs to it: it leaves one scope and enters another.

        Returns what moved.

        The op's own entry at `seq` says that the household leaves, if it lived in the op's scope.
        """
        self._journal.heads.lock([target])
        self._flush()
        home = household.scope
        family = family_of(self._journal.connection, self._rows, household)
        for row in family:
            left = seq
            if row is not household or home != op.scope:
                by = _origin(op.scope, seq, {}) if row is household else None
                leaving = Own(row.table, row.row_id, home, {}, "remove", by, op.user_id)
                left = self._add(leaving)
            row.fields[MOVED] = times_moved(row.fields) + 1
            fields = {name: row.fields.get(name) for name in (*row.versions, MOVED)}
            origin = _origin(home, left, row.versions)
            entering = Own(row.table, row.row_id, target, fields, "put", origin, op.user_id)
            self._rows.touch(row.table, row.row_id, home).enter(target, self._add(entering))
        self._flush()
        self._clashes.forget_moves()
        return {row.row_id for row in family}

    def open_conflicts(self, scope: str, clashes: Iterable[Clash], seen: Seen) -> set[UUID]:
        """Opens a conflict for each clash, unless it is there.

        Returns:
            The new ones, and the rows that they are about: the decision on one may have come first,
            after a restored backup, and wait for it.
        """
        opened: set[UUID] = set()
        for clash in clashes:
            row_id, fields = conflict_row(self._journal.connection, seen, clash, self._at)
            if self._rows.get("conflict", row_id) is None:
                seq = self._add(Own("conflict", row_id, scope, fields))
                self._rows.touch("conflict", row_id, scope).put(fields, seq)
                opened |= {row_id, clash.subject[1]}
        return opened

    def _add(self, own: Own) -> int:
        entry = self._journal.add_own(own, self._at)
        self._clashes.note(own.scope, Write.of_entry(entry))
        return int(entry["seq"])

    def _flush(self) -> None:
        """So that the family can be read from the database, whatever the batch did to it before."""
        self._rows.flush()
        self._journal.flush()


def _origin(scope: str, seq: int, versions: Mapping[str, int]) -> dict[str, Any]:
    """Where an entry comes from: the one that sent it here, and where its values were written."""
    return {"scope": scope, "seq": seq, "versions": dict(versions)}
