"""The merge once more, from the rules alone: what each entry of the log should have done.

It reads the log as it lies in the database and the true history, recomputes every row, every value
that stands and every conflict that must have been opened, and compares. It shares no code with the
server's merge, only the declarations of tables and lifecycles.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from desktop.models.records.catalogue import BY_NAME
from desktop.models.rules.states import LIFECYCLES
from tests.simulation.history import History

VOID = ""
Conflict = tuple[UUID, str, frozenset[int]]
"""Subject, field, and the seqs of the two writes."""


@dataclass
class Cell:
    """A field's value, and the entry whose write stands."""

    value: Any
    entry: Any


@dataclass
class ModelRow:
    """A row as the rules make it."""

    scope: str
    cells: dict[str, Cell] = field(default_factory=dict)

    def values(self) -> dict[str, Any]:
        """Field -> value, nulls left out."""
        return {name: cell.value for name, cell in self.cells.items() if cell.value is not None}

    def value(self, name: str) -> Any:
        """A field's value."""
        return self.cells[name].value if name in self.cells else None


@dataclass
class Subject:
    """The moves of a record: where it stands, and the last move that was let stand."""

    state: str
    last: Any = None


@dataclass
class Model:
    """Plays a log by the rules."""

    history: History
    rows: dict[tuple[str, UUID], ModelRow] = field(default_factory=dict)
    conflicts: set[Conflict] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    _subjects: dict[UUID, Subject] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History, entries: Iterable[Any]) -> "Model":
        """Plays entries, which come by scope and seq."""
        model = cls(history)
        for entry in entries:
            model.play(entry)
        return model

    def states(self) -> dict[UUID, str]:
        """Where each record that was ever moved stands."""
        return {subject: found.state for subject, found in self._subjects.items()}

    def play(self, entry: Any) -> None:
        """One entry of the log."""
        row = self.rows.setdefault((entry.table_name, entry.row_id), ModelRow(entry.scope))
        done = dict(entry.fields)
        standing: set[str] = set()
        if entry.digest is not None:
            base = self.history.common(entry.incarnation, entry.scope, entry.base)
            for name, value in entry.fields.items():
                self._meet(row, entry, base, (name, value), done, standing)
            self._delete(row, entry, base, done)
            self._move(entry, base, done)
        written = entry.fields if entry.effective is None else entry.effective
        if written != done:
            self.problems.append(f"{entry.scope}/{entry.seq} did {written}, should {done}")
        if entry.digest is not None and entry.corrected_at > entry.received_at:
            self.problems.append(f"{entry.scope}/{entry.seq} was written after it came")
        for name, value in done.items():
            if name in standing:
                row.cells[name].value = value
            else:
                row.cells[name] = Cell(value, entry)

    def _unseen(self, cell: Cell | None, entry: Any, base: int) -> bool:
        if cell is None or cell.entry.seq <= base:
            return False
        return not self.history.knew(bytes(entry.digest), _digest(cell.entry))

    def _meet(
        self,
        row: ModelRow,
        entry: Any,
        base: int,
        written: tuple[str, Any],
        done: dict[str, Any],
        standing: set[str],
    ) -> None:
        """A write meets the one that stands in its field."""
        name, value = written
        table, cell = BY_NAME[entry.table_name], row.cells.get(name)
        if cell is None or not self._unseen(cell, entry, base):
            return
        if cell.value == value:
            standing.add(name)
        elif table.may_clash(name):
            self._open(entry.row_id, name, cell.entry, entry)
            if name in table.guarded or _order(entry) < _order(cell.entry):
                done.pop(name)

    def _delete(self, row: ModelRow, entry: Any, base: int, done: dict[str, Any]) -> None:
        """Between a delete and an edit that did not know of each other, the edit stands."""
        deletes = entry.fields.get("deleted_at") is not None
        deleted = row.value("deleted_at") is not None
        if deletes and not deleted:
            unseen = [cell.entry for cell in row.cells.values() if self._unseen(cell, entry, base)]
            if unseen:
                newest = max(unseen, key=lambda one: one.seq)
                self._open(entry.row_id, "deleted_at", newest, entry)
                del done["deleted_at"]
        if deleted and not deletes and self._unseen(row.cells["deleted_at"], entry, base):
            self._open(entry.row_id, "deleted_at", row.cells["deleted_at"].entry, entry)
            done["deleted_at"] = None

    def _move(self, entry: Any, base: int, done: dict[str, Any]) -> None:
        if entry.table_name != "state_move":
            return
        kind, subject = entry.fields["subject_table"], UUID(entry.fields["subject_id"])
        source, target = entry.fields["from_state"], entry.fields["to_state"]
        stands = self._subjects.setdefault(subject, Subject(LIFECYCLES[kind].initial))
        last = stands.last
        unseen = last is not None and self._unseen(Cell(None, last), entry, base)
        is_stale = last is not None and (unseen or stands.state != source)
        if is_stale and not (unseen and last.fields["to_state"] == target):
            self._open(subject, "state", last, entry)
            done["from_state"] = VOID
            return
        stands.last = entry
        stands.state = target if stands.state == source else stands.state

    def _open(self, subject: UUID, name: str, one: Any, other: Any) -> None:
        self.conflicts.add((subject, name, frozenset((one.seq, other.seq))))


def replay(entries: Iterable[Any]) -> dict[tuple[str, UUID], dict[str, Any]]:
    """Rows as the log says they became, trusting its word on what each entry did."""
    rows: dict[tuple[str, UUID], dict[str, Any]] = defaultdict(dict)
    for entry in entries:
        done = entry.fields if entry.effective is None else entry.effective
        rows[entry.table_name, entry.row_id].update(done)
    return {
        key: {name: value for name, value in row.items() if value is not None}
        for key, row in rows.items()
    }


def _order(entry: Any) -> tuple[int, bytes, int, int]:
    return (entry.corrected_at, entry.device_id.bytes, entry.epoch or 0, entry.dseq or 0)


def _digest(entry: Any) -> bytes | None:
    return None if entry.digest is None else bytes(entry.digest)
