"""Applying a scope's log: what the province says, with our own unconfirmed ops over it.

A row with ops that the cursor has not passed shows them over the province's values, which are kept
beside it (its shadow). An op leaves this overlay when the cursor passes its place in the log, not
when it is acknowledged: otherwise a write by somebody else in between would never be seen.

A row that the province does not have here (it was lost there, or moved to another scope) stays as long
as something of ours hangs on it: an op, or a visit that was begun. Its shadow is empty then.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Connection,
    String,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    type_coerce,
    update,
)

from desktop.models.changes import Changes
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.fields import missing_fields
from desktop.models.store.derived import forget_households, refresh_derived
from desktop.models.store.rows import chunks, note_places, read_rows, remove_rows, write_rows
from desktop.models.tables import (
    CURSOR,
    DRAFT,
    OUTBOX,
    SHADOW,
    STAGED_PAGE,
    SYNCED,
    OpState,
)
from desktop.sync.messages import MOVED, Entry, is_mailbox, times_moved
from desktop.sync.pull import set_cursor, take_staged, whole_scopes
from desktop.sync.push import note_settled
from desktop.sync.wire import OWN_BYTES

_IS_ANSWERED = OUTBOX.c.state == OpState.ANSWERED.value
_IS_EMPTY = type_coerce(SHADOW.c.fields, String) == "{}"

# Built once: building a statement costs more than running it, and every page ends here.
_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_CURSOR = select(CURSOR).where(CURSOR.c.scope == bindparam("place"))
_LOST = select(CURSOR.c.scope).where(CURSOR.c.reset, ~CURSOR.c.withdrawn)
_ANEW = select(CURSOR.c.scope).where(CURSOR.c.reset)
_SHADOWS = select(SHADOW).where(SHADOW.c.row_id.in_(_SOME))
_OLD_SHADOWS = delete(SHADOW).where(SHADOW.c.row_id.in_(_SOME))
_GHOSTS = select(SHADOW.c.table_name, SHADOW.c.row_id).where(
    SHADOW.c.scope == bindparam("place"), _IS_EMPTY
)
_PLACES_OF_GHOSTS = select(SHADOW.c.scope).where(_IS_EMPTY).distinct()
_OVERLAY = (
    select(OUTBOX.c.row_id, OUTBOX.c.fields)
    .where(OUTBOX.c.row_id.in_(_SOME), OUTBOX.c.overlay)
    .order_by(OUTBOX.c.epoch, OUTBOX.c.dseq)
)
_COVERED = select(OUTBOX.c.row_id).where(OUTBOX.c.overlay)
_LEAVING = (
    select(OUTBOX.c.scope, OUTBOX.c.table_name, OUTBOX.c.row_id, CURSOR.c.seq)
    .outerjoin(CURSOR, CURSOR.c.scope == OUTBOX.c.scope)
    .where(OUTBOX.c.overlay, (OUTBOX.c.seq <= CURSOR.c.seq) | _IS_ANSWERED)
)
_PASSED = select(OUTBOX).where(
    OUTBOX.c.scope == bindparam("place"),
    OUTBOX.c.seq > bindparam("cursor"),
    OUTBOX.c.seq <= bindparam("reached"),
)
_LEAVE_OVERLAY = (
    update(OUTBOX)
    .where(
        OUTBOX.c.scope == bindparam("place"),
        OUTBOX.c.overlay,
        (OUTBOX.c.seq <= bindparam("reached")) | _IS_ANSWERED,
    )
    .values(overlay=False)
)


def apply_whole_scopes(connection: Connection) -> Changes:
    """Applies every scope whose pages are all here; the caller's transaction makes each atomic."""
    changes = Changes()
    for scope in whole_scopes(connection):
        read = read_letters if is_mailbox(scope) else apply_scope
        changes.merge(read(connection, scope))
    return changes


def read_letters(connection: Connection, mailbox: str) -> Changes:
    """Reads what the office made of ops that had been set aside."""
    pages = take_staged(connection, mailbox)
    for page in pages:
        for entry in page.entries:
            note_settled(connection, entry.fields)
    set_cursor(connection, mailbox, pages[-1].to_seq)
    return leave_passed(connection)


def apply_scope(connection: Connection, scope: str) -> Changes:
    """Applies the staged pages of a scope and moves its cursor to their end."""
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    cursor = connection.execute(_CURSOR, {"place": scope}).first()
    pages = take_staged(connection, scope)
    reached = pages[-1].to_seq
    entries = [entry for page in pages for entry in page.entries]
    told = {entry.seq for entry in entries}
    passed = _passed_ops(connection, scope, 0 if cursor is None else cursor.seq, reached)
    entries += [
        Entry(op.seq, op.table_name, op.row_id, op.fields) for op in passed if op.seq not in told
    ]
    entries.sort(key=lambda entry: entry.seq)
    _note_arrived(connection, entries)
    work = _Scope(connection, scope)
    _leave_overlay(connection, scope, reached)
    work.replay(entry for entry in entries if entry.table in BY_NAME)
    work.write()
    set_cursor(connection, scope, reached)
    refresh_derived(connection, work.changes)
    return work.changes


def empty_lost_scopes(connection: Connection) -> Changes:
    """Empties the scopes that were to be fetched anew and of which a restored province has nothing.

    To be called once it has sent all that it has.
    """
    changes = Changes()
    for scope in connection.execute(_LOST).scalars().all():
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        work = _Scope(connection, scope)
        work.write()
        set_cursor(connection, scope, 0)
        refresh_derived(connection, work.changes)
        changes.merge(work.changes)
    return changes


def leave_passed(connection: Connection) -> Changes:
    """Takes out of the overlay the ops that the cursor had passed already, and those answered.

    The place of an op may be told only after its scope was applied beyond it.
    """
    changes = Changes()
    leaving = connection.execute(_LEAVING).all()
    by_scope: dict[str, set[tuple[str, UUID]]] = defaultdict(set)
    for row in leaving:
        if row.table_name in BY_NAME:
            by_scope[row.scope].add((row.table_name, row.row_id))
    cursors = {row.scope: row.seq or 0 for row in leaving}
    for scope, reached in cursors.items():
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        work = _Scope(connection, scope)
        _leave_overlay(connection, scope, reached)
        work.load(by_scope[scope])
        work.write()
        changes.merge(work.changes)
    refresh_derived(connection, changes)
    return changes


def drop_ghosts(connection: Connection) -> Changes:
    """Removes rows that the province does not have and on which nothing of ours hangs any more."""
    changes = Changes()
    for scope in connection.execute(_PLACES_OF_GHOSTS).scalars().all():
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        work = _Scope(connection, scope)
        work.write()
        changes.merge(work.changes)
    refresh_derived(connection, changes)
    return changes


def purge_scope(connection: Connection, scope: str) -> bool:
    """Removes a withdrawn scope from this laptop, unless something in it is not yet safe.

    Nothing is removed while an op waits, or a draft is unfinished.
    """
    waiting = select(OUTBOX.c.dseq).where(
        OUTBOX.c.scope == scope, OUTBOX.c.state == OpState.WAITING.value
    )
    drafts = select(DRAFT.c.id).where(DRAFT.c.scope == scope)
    if connection.execute(waiting).first() or connection.execute(drafts).first():
        return False
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    household = SYNCED["household"]
    ids = connection.execute(select(household.c.id).where(household.c.scope == scope))
    forget_households(connection, ids.scalars().all())
    for table in (*SYNCED.values(), CURSOR, SHADOW, STAGED_PAGE):
        connection.execute(delete(table).where(table.c.scope == scope))
    connection.execute(update(OUTBOX).where(OUTBOX.c.scope == scope).values(overlay=False))
    return True


@dataclass
class _Row:
    """A row while it is worked on: the province's fields, or none if it does not have the row.

    `scope` is where the row lives here, which may be another one than that which is applied.
    """

    fields: Fields = field(default_factory=dict)
    known: bool = False
    seq: int | None = None
    scope: str = ""


class _Scope:
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
        self.changes = Changes()

    def replay(self, entries: Iterable[Entry]) -> None:
        """Plays entries, in order, over what the province had said before."""
        played = list(entries)
        self.load({(entry.table, entry.row_id) for entry in played})
        for entry in played:
            row = self._rows[entry.table, entry.row_id]
            if self._is_about_another_place(row, entry):
                continue
            row.known = not entry.remove
            row.seq = entry.seq
            row.scope = self._scope
            if entry.remove or MOVED in entry.fields:
                row.fields = dict(entry.fields)
            else:
                row.fields.update(entry.fields)

    def _is_about_another_place(self, row: _Row, entry: Entry) -> bool:
        """Whether the row has left this scope, as we know from another, and not come back yet."""
        if row.known and row.scope != self._scope:
            return entry.remove or times_moved(entry.fields) <= times_moved(row.fields)
        return (
            not row.known and not entry.remove and bool(missing_fields(entry.table, entry.fields))
        )

    def write(self) -> None:
        """Writes the rows with the remaining overlay over them, and keeps their shadows."""
        if self._scope in self._anew:
            self._add_rows_not_told()
        self._add_ghosts()
        overlay = self._overlay()
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
            write_rows(self._connection, name, some)
        shadows += self._keep_or_remove(unknown, overlay)
        self._write_shadows(shadows)
        self._note_places()

    def load(self, keys: set[tuple[str, UUID]]) -> None:
        """Reads what the province had said of these rows before, but in scopes fetched anew."""
        by_table: dict[str, list[UUID]] = defaultdict(list)
        for name, row_id in keys:
            by_table[name].append(row_id)
            self._rows[name, row_id] = _Row()
        for name, ids in by_table.items():
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
            write_rows(self._connection, name, kept)
            shadows += [_shadow(name, row_id, scope, {}) for row_id, (scope, _) in kept.items()]
        return shadows

    def _shadows(self, ids: Sequence[UUID]) -> dict[UUID, tuple[str, Fields]]:
        found: dict[UUID, tuple[str, Fields]] = {}
        for some in chunks(ids):
            for row in self._connection.execute(_SHADOWS, {"some": some}):
                found[row.row_id] = (row.scope, dict(row.fields))
        return found

    def _overlay(self) -> dict[UUID, Fields]:
        """Row -> the fields of our ops over it, in their order."""
        fields: dict[UUID, Fields] = {}
        for some in chunks({row_id for _, row_id in self._rows}):
            for row in self._connection.execute(_OVERLAY, {"some": some}):
                fields.setdefault(row.row_id, {}).update(row.fields)
        return fields

    def _add_rows_not_told(self) -> None:
        """On a fresh start, a row that the province does not have any more is one without fields."""
        for name, table in SYNCED.items():
            ids = self._connection.execute(select(table.c.id).where(table.c.scope == self._scope))
            for row_id in ids.scalars():
                self._rows.setdefault((name, row_id), _Row())

    def _add_ghosts(self) -> None:
        """Rows that stayed although the province does not have them: perhaps they may go now."""
        for name, row_id in self._connection.execute(_GHOSTS, {"place": self._scope}).all():
            self._rows.setdefault((name, row_id), _Row())

    def _needed(self) -> set[tuple[str, UUID]]:
        """Rows under ops of ours or begun visits, and the rows that those belong to."""
        begun = self._connection.execute(select(DRAFT.c.household_id)).scalars()
        layer: set[tuple[str, UUID]] = {("household", row_id) for row_id in begun}
        over = select(OUTBOX.c.table_name, OUTBOX.c.row_id).where(OUTBOX.c.overlay).distinct()
        layer |= {(name, one) for name, one in self._connection.execute(over) if name in BY_NAME}
        needed: set[tuple[str, UUID]] = set()
        while layer:
            needed |= layer
            layer = self._owners(layer) - needed
        return needed

    def _owners(self, keys: set[tuple[str, UUID]]) -> set[tuple[str, UUID]]:
        """The rows that these belong to."""
        by_table: dict[str, list[UUID]] = defaultdict(list)
        for name, row_id in keys:
            by_table[name].append(row_id)
        return {
            (parent, UUID(str(flat[column])))
            for name, ids in by_table.items()
            for _, flat in read_rows(self._connection, name, ids).values()
            for column, parent in BY_NAME[name].parents.items()
            if flat.get(column)
        }

    def _remove(self, name: str, ids: Sequence[UUID]) -> None:
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


def _shadow(name: str, row_id: UUID, scope: str, fields: Fields) -> dict[str, Any]:
    return {"row_id": row_id, "table_name": name, "scope": scope, "fields": fields}


def _passed_ops(connection: Connection, scope: str, cursor: int, reached: int) -> Sequence[Any]:
    """Our ops in a scope that the cursor passes when it moves to `reached`.

    The province leaves them out of its pages; a scope that was given back to us has old ones too.
    """
    places = {"place": scope, "cursor": cursor, "reached": reached}
    return connection.execute(_PASSED, places).all()


def _note_arrived(connection: Connection, entries: Sequence[Entry]) -> None:
    """Ops of ours that are in the log although no outcome said so.

    The answer was lost, or the op had been set aside and was let in after all.
    """
    for entry in entries:
        if entry.own is not None:
            connection.execute(
                update(OUTBOX)
                .where(
                    OUTBOX.c.row_id == entry.row_id,
                    func.substr(OUTBOX.c.digest, 1, OWN_BYTES) == entry.own,
                )
                .values(state=OpState.CONFIRMED.value, seq=entry.seq, reason=None)
            )


def _leave_overlay(connection: Connection, scope: str, reached: int) -> None:
    connection.execute(_LEAVE_OVERLAY, {"place": scope, "reached": reached})
