"""Applying a scope's log: what the province says, with our own unconfirmed ops over it.

A row with ops that the cursor has not passed shows them over the province's values, which are kept
beside it (its shadow). An op leaves this overlay when the cursor passes its place in the log, not
when it is acknowledged: otherwise a write by somebody else in between would never be seen.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)

from desktop.models.changes import Changes
from desktop.models.records.catalogue import BY_NAME
from desktop.models.store.rows import IS_GHOST
from desktop.models.tables import (
    CURSOR,
    DRAFT,
    OUTBOX,
    SHADOW,
    STAGED_PAGE,
    OpState,
)
from desktop.sync.messages import Entry, is_mailbox
from desktop.sync.pull import note_passed_over, set_cursor, take_staged, whole_scopes
from desktop.sync.push import note_settled
from desktop.sync.scope_rows import ScopeRows
from desktop.sync.wire import OWN_BYTES

_IS_ANSWERED = OUTBOX.c.state == OpState.ANSWERED.value

# Built once: building a statement costs more than running it, and every page ends here.
_CURSOR = select(CURSOR).where(CURSOR.c.scope == bindparam("place"))
_LOST = select(CURSOR.c.scope).where(CURSOR.c.reset, ~CURSOR.c.withdrawn)
_ANEW = select(CURSOR.c.scope).where(CURSOR.c.reset)
_PLACES_OF_GHOSTS = select(SHADOW.c.scope).where(IS_GHOST, SHADOW.c.scope.not_in(_ANEW)).distinct()
# A row for each op: told apart there, SQLite would walk the whole outbox, not the overlay alone.
_LEAVING = (
    select(OUTBOX.c.scope, func.coalesce(CURSOR.c.seq, 0).label("reached"))
    .outerjoin(CURSOR, CURSOR.c.scope == OUTBOX.c.scope)
    .where(
        OUTBOX.c.overlay,
        OUTBOX.c.scope.not_in(_ANEW),
        (OUTBOX.c.seq <= CURSOR.c.seq) | _IS_ANSWERED,
    )
)
_PASSED = select(OUTBOX).where(
    OUTBOX.c.scope == bindparam("place"),
    OUTBOX.c.seq > bindparam("cursor"),
    OUTBOX.c.seq <= bindparam("reached"),
)
_WAITING = select(OUTBOX.c.dseq).where(
    OUTBOX.c.scope == bindparam("place"), OUTBOX.c.state == OpState.WAITING.value
)
_DRAFTS = select(DRAFT.c.id).where(DRAFT.c.scope == bindparam("place"))
_HELD = select(CURSOR.c.seq).where(CURSOR.c.scope == bindparam("place"))
_STAGED = select(STAGED_PAGE.c.to_seq).where(STAGED_PAGE.c.scope == bindparam("place"))
_IS_DECIDED = OUTBOX.c.overlay & (OUTBOX.c.state != OpState.QUARANTINED.value)
_UNDER = select(OUTBOX.c.table_name, OUTBOX.c.row_id).where(
    OUTBOX.c.scope == bindparam("place"), _IS_DECIDED
)
_UNCOVER = (
    update(OUTBOX).where(OUTBOX.c.scope == bindparam("place"), _IS_DECIDED).values(overlay=False)
)
_LEAVE_OVERLAY = (
    update(OUTBOX)
    .where(
        OUTBOX.c.scope == bindparam("place"),
        OUTBOX.c.overlay,
        (OUTBOX.c.seq <= bindparam("reached")) | _IS_ANSWERED,
    )
    .values(overlay=False)
    .returning(OUTBOX.c.table_name, OUTBOX.c.row_id)
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
    cursor = connection.execute(_CURSOR, {"place": scope}).first()
    pages = take_staged(connection, scope)
    reached = pages[-1].to_seq
    entries = [entry for page in pages for entry in page.entries]
    told = {entry.seq for entry in entries}
    begins = 0 if cursor is None or cursor.reset else cursor.seq
    passed = _passed_ops(connection, scope, begins, reached)
    entries += [
        Entry(op.seq, op.table_name, op.row_id, op.fields) for op in passed if op.seq not in told
    ]
    entries.sort(key=lambda entry: entry.seq)
    _note_arrived(connection, entries)
    note_passed_over(connection, scope, {entry.table for entry in entries} - BY_NAME.keys())
    work = _uncovered(connection, scope, reached)
    work.replay(entry for entry in entries if entry.table in BY_NAME)
    work.write()
    set_cursor(connection, scope, reached)
    return work.changes


def empty_lost_scopes(connection: Connection) -> Changes:
    """Empties the scopes that were to be fetched anew and of which a restored province has nothing.

    To be called once it has sent all that it has.
    """
    changes = Changes()
    for scope in connection.execute(_LOST).scalars().all():
        work = _uncovered(connection, scope, 0)
        work.write()
        set_cursor(connection, scope, 0)
        changes.merge(work.changes)
    return changes


def leave_passed(connection: Connection) -> Changes:
    """Takes out of the overlay the ops that the cursor had passed already, and those answered.

    The place of an op may be told only after its scope was applied beyond it. A scope that is to be
    fetched anew stays as it is until then.
    """
    changes = Changes()
    for scope, reached in sorted(set(connection.execute(_LEAVING))):
        work = _uncovered(connection, scope, reached)
        work.write()
        changes.merge(work.changes)
    return changes


def drop_ghosts(connection: Connection) -> Changes:
    """Removes rows that the province does not have and on which nothing of ours hangs any more."""
    changes = Changes()
    for scope in connection.execute(_PLACES_OF_GHOSTS).scalars().all():
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        work = ScopeRows(connection, scope)
        work.write()
        changes.merge(work.altered)  # most of them stay as they are
    return changes


def purge_scopes(connection: Connection, scopes: Iterable[str]) -> Changes:
    """Removes withdrawn scopes, as far as what is in them is safe."""
    changes = Changes()
    for scope in scopes:
        changes.merge(purge_scope(connection, scope))
    return changes


def purge_scope(connection: Connection, scope: str) -> Changes:
    """Removes a withdrawn scope from this laptop, unless something in it is not yet safe.

    Nothing is removed while an op waits, or a draft is unfinished. What is under an op that was set
    aside stays until the office decides; and so does a row to which one of another scope, with an op
    of ours over it, belongs. They are ghosts.
    """
    place = {"place": scope}
    if any(connection.execute(query, place).first() for query in (_WAITING, _DRAFTS)):
        return Changes()
    if not any(connection.execute(query, place).first() for query in (_HELD, _STAGED, _UNDER)):
        return Changes()
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    work = ScopeRows(connection, scope)
    over = connection.execute(_UNDER, place).all()
    connection.execute(_UNCOVER, place)
    for table in (CURSOR, STAGED_PAGE):
        connection.execute(delete(table).where(table.c.scope == scope))
    work.forget()
    work.load({(name, row_id) for name, row_id in over if name in BY_NAME}, leaves_anew=True)
    work.write()  # rows that moved to a scope of ours lived under ops of this one
    return work.changes


def _passed_ops(connection: Connection, scope: str, cursor: int, reached: int) -> Sequence[Any]:
    """Our ops in a scope that the cursor passes when it moves to `reached`.

    The province leaves them out of its pages; a scope that was given back to us has old ones too.
    """
    places = {"place": scope, "cursor": cursor, "reached": reached}
    return connection.execute(_PASSED, places).all()


def _note_arrived(connection: Connection, entries: Sequence[Entry]) -> None:
    """Ops of ours that had been set aside, and are in the log after all.

    Not those that wait: a copy of this disk may have brought them in another place of the log, and
    only their own outcome tells that the province has them in ours.
    """
    for entry in entries:
        if entry.own is not None:
            connection.execute(
                update(OUTBOX)
                .where(
                    OUTBOX.c.row_id == entry.row_id,
                    func.substr(OUTBOX.c.digest, 1, OWN_BYTES) == entry.own,
                    OUTBOX.c.state != OpState.WAITING.value,
                )
                .values(state=OpState.CONFIRMED.value, seq=entry.seq, reason=None)
            )


def _uncovered(connection: Connection, scope: str, reached: int) -> ScopeRows:
    """A scope's rows, with those over which ops of ours do not lie any more once it is at `reached`."""
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    work = ScopeRows(connection, scope)
    work.load(_leave_overlay(connection, scope, reached), leaves_anew=True)
    return work


def _leave_overlay(connection: Connection, scope: str, reached: int) -> set[tuple[str, UUID]]:
    """Takes ops out of the overlay; returns the rows over which they lay."""
    left = connection.execute(_LEAVE_OVERLAY, {"place": scope, "reached": reached}).all()
    return {(name, row_id) for name, row_id in left if name in BY_NAME}
