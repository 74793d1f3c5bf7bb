"""The merge once more, from the rules alone: what each entry of the log should have done.

It reads the log as it lies in the database and the true history, recomputes every row, every value
that stands and every conflict that must have been opened, and compares. It shares no code with the
server's merge, only the declarations of tables and lifecycles.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from desktop.models.records.catalogue import ALIAS, BY_NAME
from desktop.models.rules.authority import RESOLUTION
from desktop.models.rules.states import LIFECYCLES
from tests.simulation.history import History

VOID = ""
Key = tuple[str, UUID]
"""Table and id of a row."""

Place = tuple[str, int]
"""Scope and seq of an entry."""

Conflict = tuple[UUID, str, frozenset[int]]
"""Subject, field, and the seqs of the two writes."""


@dataclass
class Cell:
    """A field's value, the entry whose write stands, and where it can be read: scope -> seq."""

    value: Any
    entry: Any
    places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places.setdefault(self.entry.scope, self.entry.seq)


@dataclass
class ModelRow:
    """A row as the rules make it. It has no scope between leaving one and entering another."""

    scope: str | None
    cells: dict[str, Cell] = field(default_factory=dict)
    moved: int = 0
    movers: list[tuple[str | None, Any]] = field(default_factory=list)
    """The ops that moved it, in their order, each with the scope that it left."""

    def values(self) -> dict[str, Any]:
        """Field -> value, nulls left out."""
        found = {name: cell.value for name, cell in self.cells.items() if cell.value is not None}
        return found | ({"moved": self.moved} if self.moved else {})

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
    """Plays the logs by the rules."""

    history: History
    rows: dict[Key, ModelRow] = field(default_factory=dict)
    conflicts: set[Conflict] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    _subjects: dict[UUID, Subject] = field(default_factory=dict)
    _logs: dict[str, list[Any]] = field(default_factory=dict)
    _played: dict[str, int] = field(default_factory=dict)
    _carried: dict[Place, Any] = field(default_factory=dict)
    """An op's place -> the entry that carries what it did to where its row lives."""
    _done: dict[Place, dict[str, Any]] = field(default_factory=dict)
    _adopting: dict[Place, Key] = field(default_factory=dict)
    """A merge of two families of two villages -> the one that goes to where the other lives."""
    _beside: dict[tuple[Place, UUID], dict[str, Any]] = field(default_factory=dict)
    """What an op did to other rows than its own, of which the province tells in entries of its own."""

    @classmethod
    def of(cls, history: History, entries: Iterable[Any]) -> "Model":
        """Plays entries, which come by scope and seq; across scopes, each after what sent it."""
        model = cls(history)
        for entry in entries:
            model._logs.setdefault(entry.scope, []).append(entry)
        for log in model._logs.values():
            for entry in log:
                if entry.origin is not None and model._source(entry).row_id == entry.row_id:
                    model._carried.setdefault(_origin(entry), entry)
        for scope, log in model._logs.items():
            model._play_through(scope, len(log))
        model.problems += [
            f"{place} did {done} to {one}" for (place, one), done in model._beside.items()
        ]
        model._check_scopes()
        return model

    def states(self, scopes: Set[str]) -> dict[UUID, str]:
        """Where each record of these scopes stands that was ever moved."""
        return {
            row_id: self._subjects[row_id].state
            for (_table, row_id), row in self.rows.items()
            if row_id in self._subjects and row.scope in scopes
        }

    def state(self, kind: str, record: UUID) -> str:
        """Where a record stands, moved or not."""
        subject = self._subjects.get(record)
        return LIFECYCLES[kind].initial if subject is None else subject.state

    def _play_through(self, scope: str, seq: int) -> None:
        while self._played.get(scope, 0) < seq:
            place = self._played[scope] = self._played.get(scope, 0) + 1
            self._play(self._logs[scope][place - 1])

    def _play(self, entry: Any) -> None:
        """One entry, once all is played that was there before it."""
        if entry.origin is not None:
            self._play_through(*_origin(entry))
        home = self._home(entry)
        row = self.rows.setdefault((entry.table_name, entry.row_id), ModelRow(None))
        if entry.digest is not None:
            self._play_op(row, entry, home)
        elif entry.kind == "remove":
            self._leave(row, entry)
        elif entry.origin is None:
            row.scope = entry.scope
            self._put(row, entry, entry.fields, ())
        elif "moved" in entry.fields:
            self._enter(row, entry)
        else:
            self._carry(row, entry)

    def _home(self, entry: Any) -> str:
        """Where an op counts: where its row lives, once all is played that was there before it."""
        carried = self._carried.get((entry.scope, entry.seq))
        if carried is None or "moved" in carried.fields:
            return str(entry.scope)
        self._play_through(carried.scope, carried.seq - 1)
        return str(carried.scope)

    def _play_op(self, row: ModelRow, entry: Any, home: str) -> None:
        fields = self._redirected(entry)
        lived = self._scope_of(entry.table_name, row, entry.fields)
        if lived is not None and lived != home:
            self._say(entry, f"counts in {home}, its row lives in {lived}")
        row.scope = home
        base = self.history.common(entry.incarnation, entry.scope, entry.base)
        done = dict(fields)
        standing: set[str] = set()
        for name, value in fields.items():
            self._meet(row, entry, base, (name, value), done, standing)
        self._delete(row, entry, base, fields, done)
        self._move(entry, base, done)
        self._relocate(row, entry, done)
        self._follow_heir(row, entry, home, done)
        written = entry.fields if entry.effective is None else entry.effective
        if written != done:
            self._say(entry, f"did {written}, should {done}")
        if entry.corrected_at > entry.received_at:
            self._say(entry, "was written after it came")
        if (entry.kind == "put") != (home == entry.scope and "scope" not in done):
            self._say(entry, f"is a {entry.kind}")
        self._done[entry.scope, entry.seq] = done
        self._put(row, entry, done, standing)
        if done.keys() & {ALIAS, "deleted_at"}:
            key = (entry.table_name, entry.row_id)
            if "scope" in done:  # what belongs to it has to be there first
                self._adopting[entry.scope, entry.seq] = key
            else:
                self._adopt(key, entry)
        self._revive(entry, base, fields)

    def _put(
        self, row: ModelRow, entry: Any, done: dict[str, Any], standing: Collection[str]
    ) -> None:
        for name, value in done.items():
            if name in standing:
                row.cells[name].value = value
            elif name != "scope":
                row.cells[name] = Cell(value, entry)

    def _leave(self, row: ModelRow, entry: Any) -> None:
        if row.scope != entry.scope:
            self._say(entry, f"leaves, and lived in {row.scope}")
        row.scope = None

    def _enter(self, row: ModelRow, entry: Any) -> None:
        """A row enters a scope as it left another."""
        if row.scope is not None:
            self._say(entry, f"enters, and lives in {row.scope}")
        row.scope = entry.scope
        row.moved += 1
        fields = {name: value for name, value in entry.fields.items() if value is not None}
        if fields != row.values():
            self._say(entry, f"enters as {fields}, not {row.values()}")
        for cell in row.cells.values():
            cell.places.setdefault(entry.scope, entry.seq)

    def _carry(self, row: ModelRow, entry: Any) -> None:
        """What an op did, told where it counts: in its row's scope, or about a row it let live."""
        place, source = _origin(entry), self._source(entry)
        if source.row_id != entry.row_id:
            if place in self._adopting:
                self._adopt(self._adopting.pop(place), source)
            done = self._beside.pop((place, entry.row_id), None)
            if entry.fields != done:
                self._say(entry, f"does {entry.fields} beside its op, not {done}")
        elif entry.fields != {key: one for key, one in self._done[place].items() if key != "scope"}:
            self._say(entry, f"carries {entry.fields}, not {self._done[place]}")
        for name in entry.fields:
            if row.cells[name].entry is source:
                row.cells[name].places.setdefault(entry.scope, entry.seq)

    def _source(self, entry: Any) -> Any:
        scope, seq = _origin(entry)
        return self._logs[scope][seq - 1]

    def _unseen(self, cell: Cell | None, entry: Any, base: int) -> bool:
        if cell is None or cell.places.get(entry.scope, base + 1) <= base:
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
        if cell is not None and not self._unseen(cell, entry, base):
            self._check_shown(cell, entry, name)
        if cell is None or not self._unseen(cell, entry, base):
            move = name in table.guarded and self._unseen_move(row, entry, base)
            is_other = cell is None or cell.value != value
            if move and is_other and not self._was_asked(entry, name, base):
                self._open(entry.row_id, name, cell.entry if cell else move, entry)
                done.pop(name)
            return
        if cell.value == value:
            standing.add(name)
        elif table.may_clash(name):
            self._open(entry.row_id, name, cell.entry, entry)
            if table.is_guarded(name) or _order(entry) < _order(cell.entry):
                for one in RESOLUTION if name in RESOLUTION else {name}:
                    done.pop(one, None)

    def _check_shown(self, cell: Cell, entry: Any, name: str) -> None:
        """Who writes in a form knows of no other value than the one that it shows, or their own."""
        op = self.history.captured.get(bytes(entry.digest))
        is_of_today = entry.incarnation == self.history.lives[-1][0]
        if op is None or op.shown is None or not is_of_today:
            return
        is_own = self.history.knew(op.digest, _digest(cell.entry))
        shown = op.shown.get(name)
        if cell.value != shown and not is_own and not self.history.had_written(op, name, shown):
            self._say(entry, f"knows of {name} {cell.value}, and was shown {shown}")

    def _was_asked(self, entry: Any, name: str, base: int) -> bool:
        """Whether the writer had seen an open question about the field."""
        return any(
            (row.value("subject_id"), row.value("field")) == (str(entry.row_id), name)
            and row.value("resolved_at") is None
            and row.scope == entry.scope
            and row.cells["field"].places.get(entry.scope, base + 1) <= base
            for (table, _), row in self.rows.items()
            if table == "conflict"
        )

    def _unseen_move(self, row: ModelRow, entry: Any, base: int) -> Any:
        """The last move of the record that is written, if its writer did not know of it."""
        subject = self._subjects.get(entry.row_id)
        if not row.cells or subject is None or subject.last is None:
            return None
        cell = self.rows["state_move", subject.last.row_id].cells["from_state"]
        return subject.last if self._unseen(cell, entry, base) else None

    def _delete(
        self, row: ModelRow, entry: Any, base: int, fields: dict[str, Any], done: dict[str, Any]
    ) -> None:
        """Between a delete and an edit that did not know of each other, the edit stands."""
        deletes = fields.get("deleted_at") is not None
        deleted = row.value("deleted_at") is not None
        if deletes and not deleted:
            has_heir = fields.get(ALIAS, row.value(ALIAS)) is not None
            keys = () if has_heir else self.rows
            below = [self.rows[key] for key in keys if entry.row_id in self._above(key)]
            counted = [one for one in below if one.value("deleted_at") is None or one.value(ALIAS)]
            living = [row, *counted]
            cells = [cell for one in living for cell in one.cells.values()]
            unseen = [cell.entry for cell in cells if self._unseen(cell, entry, base)]
            unseen += self._strangers(row, entry)
            if unseen:
                self._open(entry.row_id, "deleted_at", max(unseen, key=_order), entry)
                del done["deleted_at"]
        if deleted and not deletes and self._unseen(row.cells["deleted_at"], entry, base):
            self._open(entry.row_id, "deleted_at", row.cells["deleted_at"].entry, entry)
            done["deleted_at"] = None

    def _redirected(self, entry: Any) -> dict[str, Any]:
        """What an op says, of the rows that stand for those that it names."""
        fields = dict(entry.fields)
        for column, owner in _owners(entry.table_name, bool(fields.get("deleted_at"))).items():
            if fields.get(column):
                heir = self._heir((owner, UUID(str(fields[column]))))
                fields[column] = None if heir == entry.row_id else str(heir)
        return fields

    def _heir(self, key: Key) -> UUID:
        """The row that stands for this one, if it was deleted for another."""
        passed, now = {key}, key
        while now in self.rows and self.rows[now].value("deleted_at"):
            value = self.rows[now].value(ALIAS)
            if value is None:
                break
            heir = (now[0], UUID(value))
            is_there = heir in self.rows and self.rows[heir].scope == self.rows[now].scope
            if heir in passed or not is_there:
                return key[1]
            passed.add(heir)
            now = heir
        return now[1]

    def _adopt(self, key: Key, entry: Any) -> None:
        """What belongs to a row that another stands for, belongs to that one."""
        heir = self._heir(key)
        if heir == key[1]:
            return
        given = [
            (row_id, row, column)
            for (name, row_id), row in self.rows.items()
            for column, owner in _parents(name).items()
            if (owner, row.value(column)) == (key[0], str(key[1]))
            and row.scope == self.rows[key].scope
            and (column != "member_id" or not self._asked_about(row.value("visit_id"), heir))
        ]
        for row_id, row, column in given:
            row.cells[column] = Cell(str(heir), entry)
            self._beside[(entry.scope, entry.seq), row_id] = {column: str(heir)}

    def _asked_about(self, visit: Any, member: UUID) -> bool:
        """Whether a visit has answers about a member."""
        return any(
            name == "visit_member"
            and (row.value("visit_id"), row.value("member_id")) == (visit, str(member))
            for (name, _), row in self.rows.items()
        )

    def _revive(self, entry: Any, base: int, fields: dict[str, Any]) -> None:
        """Who writes a row lets those live that it belongs to, if they did not know of the delete."""
        if fields.get("deleted_at") is not None and not fields.get(ALIAS):
            return
        for owner_id, row in self._above((entry.table_name, entry.row_id)).items():
            cell = row.cells.get("deleted_at")
            if cell is not None and cell.value is not None and self._unseen(cell, entry, base):
                self._open(owner_id, "deleted_at", cell.entry, entry)
                row.cells["deleted_at"] = Cell(None, entry)
                self._beside[(entry.scope, entry.seq), owner_id] = {"deleted_at": None}

    def _move(self, entry: Any, base: int, done: dict[str, Any]) -> None:
        if entry.table_name != "state_move":
            return
        kind, subject = entry.fields["subject_table"], UUID(entry.fields["subject_id"])
        source, target = entry.fields["from_state"], entry.fields["to_state"]
        stands = self._subjects.setdefault(subject, Subject(LIFECYCLES[kind].initial))
        last = stands.last
        cell = last and self.rows["state_move", last.row_id].cells["from_state"]
        unseen = last is not None and self._unseen(cell, entry, base)
        is_stale = last is not None and (unseen or stands.state != source)
        if is_stale and not (unseen and last.fields["to_state"] == target):
            self._open(subject, "state", last, entry)
            done["from_state"] = VOID
        elif stands.state == source:
            stands.last, stands.state = entry, target

    def _strangers(self, row: ModelRow, entry: Any) -> list[Any]:
        """The op that last moved a row out of the scope where a writer saw it, if unknown to them.

        Whoever moves it twice before they are told of the first is in that scope still.
        """
        left = [one for scope, one in row.movers if entry.scope in (scope, one.scope)][-1:]
        return [
            one
            for one in left
            if row.scope != entry.scope and not self.history.knew(bytes(entry.digest), _digest(one))
        ]

    def _relocate(self, row: ModelRow, entry: Any, done: dict[str, Any]) -> None:
        """A family moves, unless somebody else moved it elsewhere before."""
        target = done.get("scope")
        if target is None:
            return
        strangers = self._strangers(row, entry)
        if row.scope != target and strangers:
            self._open(entry.row_id, "scope", strangers[-1], entry)
            del done["scope"]
        elif target == row.scope:
            del done["scope"]
        else:
            row.movers.append((row.scope, entry))
            if row.scope == entry.scope:
                row.scope = None

    def _follow_heir(self, row: ModelRow, entry: Any, home: str, done: dict[str, Any]) -> None:
        """A family goes to where the one lives that takes its place."""
        heir = done.get(ALIAS, row.value(ALIAS)) if done.get("deleted_at") else None
        there = self.rows.get(("household", UUID(str(heir)))) if heir else None
        if there is not None and entry.table_name == "household" and there.scope != home:
            done["scope"] = (entry.effective or {}).get("scope")  # it must have come there by then
            row.movers.append((row.scope, entry))
            if row.scope == entry.scope:
                row.scope = None

    def _above(self, key: Key) -> dict[UUID, ModelRow]:
        """The rows of its scope that a row belongs to."""
        found: dict[UUID, ModelRow] = {}
        layer = [key]
        while layer:
            named = [
                (owner, UUID(str(self.rows[one].value(column))))
                for one in layer
                for column, owner in self._owners_of(one).items()
                if self.rows[one].value(column)
            ]
            named += [self._moved_by(one) for one in layer if one[0] == "state_move"]
            here = [one for one in named if self.rows[one].scope == self.rows[key].scope]
            layer = [one for one in here if one[1] not in found]
            found |= {row_id: self.rows[name, row_id] for name, row_id in layer}
        return found

    def _moved_by(self, key: Key) -> Key:
        """The record that a move is about."""
        move = self.rows[key]
        return str(move.value("subject_table")), UUID(str(move.value("subject_id")))

    def _owners_of(self, key: Key) -> Mapping[str, str]:
        return _owners(key[0], self.rows[key].value("deleted_at") is not None)

    def _scope_of(self, name: str, row: ModelRow, fields: dict[str, Any]) -> str | None:
        """Where a row lives, or the one that it belongs to or is about; None if that is unknown."""
        if row.cells:
            return row.scope or "no scope"
        owners = [(owner, fields.get(column)) for column, owner in _parents(name).items()]
        if name in ("state_move", "conflict"):
            owners = [(fields["subject_table"], fields["subject_id"])]
        for owner, row_id in owners:
            if row_id and (owner, UUID(str(row_id))) in self.rows:
                return self.rows[owner, UUID(str(row_id))].scope
        return None

    def _check_scopes(self) -> None:
        """Every row lives where the row lives that it belongs to or is about."""
        for (name, row_id), row in self.rows.items():
            where = self._scope_of(name, ModelRow(None), row.values())
            if row.scope is None or where not in (None, row.scope):
                self.problems.append(f"{name} {row_id} lives in {row.scope}, not in {where}")

    def _open(self, subject: UUID, name: str, one: Any, other: Any) -> None:
        self.conflicts.add((subject, name, frozenset((one.seq, other.seq))))

    def _say(self, entry: Any, what: str) -> None:
        self.problems.append(f"{entry.scope}/{entry.seq} {what}")


def _parents(name: str) -> Mapping[str, str]:
    return BY_NAME[name].parents if name in BY_NAME else {}


def _owners(name: str, is_deleted: bool) -> Mapping[str, str]:
    """The parents, and the row that stands for this one once it is deleted."""
    owners = BY_NAME[name].owners if name in BY_NAME else {}
    return owners if is_deleted else _parents(name)


def _origin(entry: Any) -> Place:
    """The place of the entry that sent this one here."""
    return entry.origin["scope"], entry.origin["seq"]


def replay(entries: Iterable[Any]) -> dict[Key, tuple[str, dict[str, Any]]]:
    """Rows as the logs say they became, with their scopes, trusting their word on each entry."""
    rows: dict[tuple[str, Key], dict[str, Any]] = defaultdict(dict)
    for entry in entries:
        key = (entry.table_name, entry.row_id)
        if entry.kind == "remove":
            rows.pop((entry.scope, key), None)
        else:
            done = entry.fields if entry.effective is None else entry.effective
            rows[entry.scope, key].update(done)
    return {
        key: (scope, {name: value for name, value in row.items() if value is not None})
        for (scope, key), row in rows.items()
    }


def _order(entry: Any) -> tuple[int, bytes, int, int]:
    return (entry.corrected_at, entry.device_id.bytes, entry.epoch or 0, entry.dseq or 0)


def _digest(entry: Any) -> bytes | None:
    return None if entry.digest is None else bytes(entry.digest)
