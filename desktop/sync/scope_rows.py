"""The rows of one scope on their way from what the province says to what the pages show.

A row that the province does not have here (it was lost there, or moved to another scope) stays as long
as something of ours hangs on it: an op, or a visit that was begun. It is a ghost: its shadow is empty.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Connection,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from desktop.models.changes import Changes
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import BY_NAME, SYNCED_TABLES
from desktop.models.records.fields import missing_fields
from desktop.models.rules.states import LIFECYCLES
from desktop.models.store.derived import forget_households, refresh_derived
from desktop.models.store.drafts import hand_over_drafts
from desktop.models.store.rows import (
    IS_GHOST,
    chunks,
    note_places,
    read_rows,
    remove_rows,
    write_rows,
)
from desktop.models.tables import CURSOR, DRAFT, OUTBOX, SHADOW, STATE_MOVE, SYNCED, OpState
from desktop.sync.messages import MOVED, Entry, times_moved
from desktop.sync.pull import note_taken

# Built once: building a statement costs more than running it, and every page ends here.
_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_ANEW = select(CURSOR.c.scope).where(CURSOR.c.reset)
_SHADOWS = select(SHADOW).where(SHADOW.c.row_id.in_(_SOME))
_OLD_SHADOWS = delete(SHADOW).where(SHADOW.c.row_id.in_(_SOME))
_GHOSTS = select(SHADOW.c.table_name, SHADOW.c.row_id).where(
    SHADOW.c.scope == bindparam("place"), IS_GHOST
)
_ALL_OVER = (
    select(OUTBOX.c.epoch, OUTBOX.c.dseq, OUTBOX.c.table_name, OUTBOX.c.row_id, OUTBOX.c.fields)
    .where(OUTBOX.c.overlay)
    .order_by(OUTBOX.c.epoch, OUTBOX.c.dseq)
)
_OVERLAY = _ALL_OVER.where(OUTBOX.c.row_id.in_(_SOME))
_OVER_SCOPE = select(OUTBOX.c.table_name, OUTBOX.c.row_id).where(
    OUTBOX.c.scope == bindparam("place"), OUTBOX.c.overlay
)
_IS_OPEN = OUTBOX.c.state.in_((OpState.WAITING.value, OpState.QUARANTINED.value))
_UNSEEN = select(OUTBOX.c.row_id).where(_IS_OPEN, ~OUTBOX.c.overlay)
_SHOW = update(OUTBOX).where(OUTBOX.c.row_id == bindparam("row"), _IS_OPEN).values(overlay=True)
_LEAVE = (
    update(OUTBOX)
    .where(OUTBOX.c.epoch == bindparam("log"), OUTBOX.c.dseq == bindparam("op"))
    .values(overlay=False)
)
_COVERED = select(OUTBOX.c.row_id).where(OUTBOX.c.overlay)

_BELONGING = [
    (parent, table.name, select(SYNCED[table.name].c.id).where(column.in_(_SOME)))
    for table in SYNCED_TABLES
    for name, parent in table.parents.items()
    for column in [SYNCED[table.name].c[name]]
] + [
    (subject, "state_move", select(STATE_MOVE.c.id).where(STATE_MOVE.c.subject_id.in_(_SOME)))
    for subject in LIFECYCLES
]
"""A table, another one whose rows belong to rows of it, and how to find those of some."""

_OF_FAMILIES = frozenset(
    table.name for table in SYNCED_TABLES if "household" in table.parents.values()
)


@dataclass
class _Row:
    """A row while it is worked on: the province's fields, or none if it does not have the row.

    `scope` is where the row lives here, which may be another one than that which is applied.
    """

    fields: Fields = field(default_factory=dict)
    known: bool = False
    seq: int | None = None
    scope: str = ""


class ScopeRows:
    """One scope's rows on the way from what was applied to what the pages say.

    It is made before any op leaves the overlay: which rows had ops of ours over them then, tells
    whether a row here is the province's word or has it in its shadow.
    """

    def __init__(self, connection: Connection, scope: str) -> None:
        self._connection = connection
        self._scope = scope
        self._anew = frozenset(connection.execute(_ANEW).scalars())
        self._rows: dict[tuple[str, UUID], _Row] = {}
        self._covered = frozenset(connection.execute(_COVERED).scalars())
        self.altered = Changes()
        """Rows whose values are others now; what is derived from them is too."""
        self.changes = Changes()
        """Rows that pages may want to look at: their values, or what became of their ops."""

    def replay(self, entries: Iterable[Entry]) -> None:
        """Plays entries, in order, over what the province had said before."""
        played = list(entries)
        self.load({(entry.table, entry.row_id) for entry in played})
        taken_from = set()
        for entry in played:
            row = self._rows[entry.table, entry.row_id]
            if self._is_about_another_place(row, entry):
                continue
            if row.known and row.scope != self._scope:
                taken_from.add(row.scope)
            row.known = not entry.remove
            row.seq = entry.seq
            row.scope = self._scope
            if entry.remove or MOVED in entry.fields:
                row.fields = dict(entry.fields)
            else:
                row.fields.update(entry.fields)
        note_taken(self._connection, taken_from)
        self._leave_to_other_scopes()

    def _leave_to_other_scopes(self) -> None:
        """What is not here any more, and shown in another scope until that is fetched anew, stays there."""
        elsewhere = self._anew - {self._scope}
        if not elsewhere:
            return
        gone = _by_table(key for key, row in self._rows.items() if not row.known)
        for name, ids in gone.items():
            for row_id, (scope, _) in read_rows(self._connection, name, ids).items():
                if scope in elsewhere:
                    del self._rows[name, row_id]

    def _is_about_another_place(self, row: _Row, entry: Entry) -> bool:
        """Whether the row has left this scope, as we know from another, and not come back yet."""
        if row.known and row.scope != self._scope:
            return entry.remove or times_moved(entry.fields) <= times_moved(row.fields)
        return (
            not row.known and not entry.remove and bool(missing_fields(entry.table, entry.fields))
        )

    def write(self) -> None:
        """Writes the rows with the remaining overlay over them, and keeps their shadows."""
        is_anew = self._scope in self._anew
        if is_anew:
            self._add_rows_not_told()
        if self._show_arrived() or is_anew:
            self._hide_groundless()
        self._add_ghosts()
        overlay = _overlay(self._ops_over())
        rows: dict[str, dict[UUID, tuple[str, Fields]]] = defaultdict(dict)
        unknown: dict[str, list[UUID]] = defaultdict(list)
        shadows = []
        for (name, row_id), row in self._rows.items():
            self.changes.add(name, row_id)
            over = overlay.get(row_id)
            if not row.known and (over is None or missing_fields(name, over)):
                unknown[name].append(row_id)
                continue
            rows[name][row_id] = (row.scope or self._scope, row.fields | (over or {}))
            if over is not None and row.known:
                shadows.append(_shadow(name, row_id, row.scope, row.fields))
        for name, some in rows.items():
            self._write_altered(name, some)
        shadows += self._keep_or_remove(unknown, overlay)
        self._write_shadows(shadows)
        self._note_places()
        refresh_derived(self._connection, self.altered)
        hand_over_drafts(self._connection, self.altered)
        self.changes.merge(self.altered)

    def forget(self) -> None:
        """Removes the scope's rows, but for those that are needed by rows of other scopes."""
        needed = _by_table(self._needed())
        self._connection.execute(delete(SHADOW).where(SHADOW.c.scope == self._scope))
        for name, table in SYNCED.items():
            here = table.c.scope == self._scope
            kept = [
                row_id
                for row_id, (scope, _) in read_rows(self._connection, name, needed[name]).items()
                if scope == self._scope
            ]
            goes = here & table.c.id.not_in(kept)
            gone = self._connection.execute(select(table.c.id).where(goes)).scalars().all()
            for row_id in gone:
                self.changes.add(name, row_id)
            if name == "household":
                forget_households(self._connection, gone)
            self._connection.execute(delete(table).where(goes))
            ghosts = [_shadow(name, row_id, self._scope, {}) for row_id in kept]
            if ghosts:
                self._connection.execute(insert(SHADOW), ghosts)

    def _write_altered(self, name: str, rows: Mapping[UUID, tuple[str, Fields]]) -> None:
        """Writes the rows that are not so already: what comes is mostly our own, which we have."""
        here = read_rows(self._connection, name, rows)
        told = {row_id: (scope, _without_nulls(flat)) for row_id, (scope, flat) in rows.items()}
        altered = {row_id: row for row_id, row in told.items() if here.get(row_id) != row}
        write_rows(self._connection, name, altered)
        counts_by_place = name == "state_move"
        for row_id in told if counts_by_place else altered:
            self.altered.add(name, row_id)

    def load(self, keys: set[tuple[str, UUID]], *, leaves_anew: bool = False) -> None:
        """Reads what the province had said of these rows before, but in scopes fetched anew.

        Rows there are none of ours then; with `leaves_anew` they are not looked at, and stay as they are.
        """
        for name, wanted in _by_table(keys - self._rows.keys()).items():
            looks = leaves_anew and self._anew
            here = read_rows(self._connection, name, wanted) if looks else {}
            stay = {row_id for row_id, (scope, _) in here.items() if scope in self._anew}
            ids = [row_id for row_id in wanted if row_id not in stay]
            self._rows |= {(name, row_id): _Row() for row_id in ids}
            bare = [one for one in ids if one not in self._covered]
            told = read_rows(self._connection, name, bare) | self._shadows(ids)
            for row_id, (scope, fields) in told.items():
                if scope not in self._anew:
                    self._rows[name, row_id] = _Row(fields, known=bool(fields), scope=scope)

    def _keep_or_remove(
        self, unknown: Mapping[str, Sequence[UUID]], overlay: Mapping[UUID, Fields]
    ) -> list[dict[str, Any]]:
        """Removes rows that the province does not have, but for those on which something hangs.

        Returns:
            The empty shadows of those that stay.
        """
        if not unknown:
            return []
        needed = self._needed()
        shadows = []
        for name, ids in unknown.items():
            here = read_rows(
                self._connection, name, [row_id for row_id in ids if (name, row_id) in needed]
            )
            self._remove(name, [row_id for row_id in ids if row_id not in here])
            kept = {
                row_id: (scope, flat | overlay.get(row_id, {}))
                for row_id, (scope, flat) in here.items()
            }
            self._write_altered(name, kept)
            shadows += [_shadow(name, row_id, scope, {}) for row_id, (scope, _) in kept.items()]
        return shadows

    def _shadows(self, ids: Sequence[UUID]) -> dict[UUID, tuple[str, Fields]]:
        found: dict[UUID, tuple[str, Fields]] = {}
        for some in chunks(ids):
            for row in self._connection.execute(_SHADOWS, {"some": some}):
                found[row.row_id] = (row.scope, dict(row.fields))
        return found

    def _ops_over(self) -> list[Any]:
        """Our ops over the rows, in their order."""
        ids = {row_id for _, row_id in self._rows}
        return [
            op for some in chunks(ids) for op in self._connection.execute(_OVERLAY, {"some": some})
        ]

    def _add_rows_not_told(self) -> None:
        """On a fresh start, a row that the province does not have any more is one without fields.

        One that had left this laptop before the province lost it is made of our ops again.
        """
        for name, table in SYNCED.items():
            ids = self._connection.execute(select(table.c.id).where(table.c.scope == self._scope))
            for row_id in ids.scalars():
                self._rows.setdefault((name, row_id), _Row())
        over = self._connection.execute(_OVER_SCOPE, {"place": self._scope}).all()
        keys = {(name, row_id) for name, row_id in over if name in BY_NAME}
        for key in keys - self._here(keys):
            self._rows.setdefault(key, _Row())

    def _show_arrived(self) -> bool:
        """Lays ops over their row that waited for it unseen, or were set aside; tells whether any did."""
        unseen = set(self._connection.execute(_UNSEEN).scalars())
        told = {key for key, row in self._rows.items() if row.known and key[1] in unseen}
        arrived = told - self._here(told)
        for _, row_id in arrived:
            self._connection.execute(_SHOW, {"row": row_id})
        return bool(arrived)

    def _hide_groundless(self) -> None:
        """Lets ops wait unseen whose row is not here, or belongs to one which is not.

        It was somebody else's, and had left this laptop before the province lost it.
        """
        while missing := self._missing_ground():
            self._connection.execute(
                _LEAVE,
                [
                    {"log": op.epoch, "op": op.dseq}
                    for op in self._ops_over()
                    if missing & _ground(op)
                ],
            )

    def _missing_ground(self) -> set[tuple[str, UUID]]:
        """What our ops are about or name, and is neither here nor told nor made by our ops."""
        ops = self._ops_over()
        overlay = _overlay(ops)
        made = {
            (name, row_id)
            for (name, row_id), row in self._rows.items()
            if row.known or not missing_fields(name, overlay.get(row_id, {}))
        }
        ground = {key for op in ops for key in _ground(op)} - made
        return ground - self._here(ground)

    def _here(self, keys: set[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
        """Those of the rows that are on this laptop."""
        return {
            (name, row_id)
            for name, ids in _by_table(keys).items()
            for row_id in read_rows(self._connection, name, ids)
        }

    def _add_ghosts(self) -> None:
        """Rows that stayed although the province does not have them: perhaps they may go now."""
        for name, row_id in self._connection.execute(_GHOSTS, {"place": self._scope}).all():
            self._rows.setdefault((name, row_id), _Row())

    def _needed(self) -> set[tuple[str, UUID]]:
        """Rows under ops of ours, of families with begun visits, and the rows that those belong to.

        Of each op, not only of the last: that one may be answered before those that it lies over.
        """
        layer = self._visited_families()
        for op in self._connection.execute(_ALL_OVER):
            if op.table_name in BY_NAME:
                layer |= _ground(op)
        needed: set[tuple[str, UUID]] = set()
        while layer:
            needed |= layer
            layer = self._owners(layer) - needed
        return needed

    def _visited_families(self) -> set[tuple[str, UUID]]:
        """All that is known of the families with begun visits: the form asks and compares it."""
        begun = self._connection.execute(select(DRAFT.c.household_id)).scalars()
        layer = {("household", row_id) for row_id in begun}
        found: set[tuple[str, UUID]] = set()
        while layer:
            found |= layer
            layer = self._belongings(layer) - found
        return found

    def _belongings(self, keys: set[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
        """The rows that belong to these."""
        by_table = _by_table(keys)
        return {
            (name, row_id)
            for parent, name, of_some in _BELONGING
            for some in chunks(by_table[parent])
            for row_id in self._connection.execute(of_some, {"some": some}).scalars()
        }

    def _owners(self, keys: set[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
        """The rows that these belong to."""
        return {
            owner
            for name, ids in _by_table(keys).items()
            for _, flat in read_rows(self._connection, name, ids).values()
            for owner in _named(name, flat)
        }

    def _remove(self, name: str, ids: Sequence[UUID]) -> None:
        for row_id in ids:
            self.altered.add(name, row_id)
        if name == "state_move":  # whoever was moved stands elsewhere without it
            for _, move in read_rows(self._connection, name, ids).values():
                self.altered.add(str(move["subject_table"]), UUID(str(move["subject_id"])))
        if name in _OF_FAMILIES:  # nor is the family planned, or found, by what is gone
            for _, row in read_rows(self._connection, name, ids).values():
                self.altered.add("household", UUID(str(row["household_id"])))
        if name == "household":
            forget_households(self._connection, ids)
        remove_rows(self._connection, name, ids)

    def _write_shadows(self, shadows: list[dict[str, Any]]) -> None:
        for some in chunks({row_id for _, row_id in self._rows}):
            self._connection.execute(_OLD_SHADOWS, {"some": some})
        if shadows:
            self._connection.execute(insert(SHADOW), shadows)

    def _note_places(self) -> None:
        note_places(
            self._connection,
            {
                row_id: row.seq
                for (name, row_id), row in self._rows.items()
                if name == "state_move" and row.seq is not None
            },
        )


def _by_table(keys: Iterable[tuple[str, UUID]]) -> dict[str, list[UUID]]:
    by_table: dict[str, list[UUID]] = defaultdict(list)
    for name, row_id in keys:
        by_table[name].append(row_id)
    return by_table


def _overlay(ops: Iterable[Any]) -> dict[UUID, Fields]:
    """Row -> the fields of our ops over it."""
    fields: dict[UUID, Fields] = {}
    for op in ops:
        fields.setdefault(op.row_id, {}).update(op.fields)
    return fields


def _named(name: str, fields: Fields) -> set[tuple[str, UUID]]:
    """The rows that these fields say a row belongs to."""
    return {
        (parent, UUID(str(fields[column])))
        for column, parent in BY_NAME[name].parents.items()
        if fields.get(column)
    }


def _ground(op: Any) -> set[tuple[str, UUID]]:
    """What an op lies on: its row, and the rows that it says that one belongs to."""
    return {(op.table_name, op.row_id)} | _named(op.table_name, op.fields)


def _without_nulls(flat: Fields) -> Fields:
    return {name: value for name, value in flat.items() if value is not None}


def _shadow(name: str, row_id: UUID, scope: str, fields: Fields) -> dict[str, Any]:
    return {"row_id": row_id, "table_name": name, "scope": scope, "fields": fields}
