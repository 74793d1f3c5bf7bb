"""What comes in: pages wait in staging until their scope is whole; cursors, grants, restored servers."""

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.models.records.catalogue import BY_NUMBER, number_of
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.tables import CURSOR, OUTBOX, SCOPE_GRANT, STAGED_PAGE, SYNCED, OpState
from desktop.sync.messages import Grant, Page, covers, grants_digest, is_mailbox
from desktop.sync.wire import page_from_json, page_to_json

# Built once: building a statement costs more than running it, and every round trip asks these.
_CURSORS = select(CURSOR.c.scope, CURSOR.c.seq, CURSOR.c.withdrawn, CURSOR.c.reset)
_REACHED = select(STAGED_PAGE.c.scope, func.max(STAGED_PAGE.c.to_seq)).group_by(STAGED_PAGE.c.scope)
_GRANTS = (
    select(SCOPE_GRANT)
    .where(SCOPE_GRANT.c.user_id == bindparam("user"))
    .order_by(SCOPE_GRANT.c.scope, SCOPE_GRANT.c.valid_from)
)
_WHOLE = select(
    STAGED_PAGE.c.scope, func.max(STAGED_PAGE.c.to_seq), func.max(STAGED_PAGE.c.head)
).group_by(STAGED_PAGE.c.scope)
_BEGUN = union_all(select(STAGED_PAGE.c.scope), select(OUTBOX.c.scope).where(OUTBOX.c.overlay))

_ANEW = select(CURSOR.c.scope).where(CURSOR.c.reset)
_LIVES_ELSEWHERE = or_(
    *(
        and_(
            OUTBOX.c.table_name == name,
            exists().where(table.c.id == OUTBOX.c.row_id, table.c.scope.not_in(_ANEW)),
        )
        for name, table in SYNCED.items()
    )
)
"""Of an op: its row is in a scope that is not fetched anew."""

_SHOW_AGAIN = (
    update(OUTBOX)
    .where(OUTBOX.c.scope.in_(_ANEW), OUTBOX.c.state == OpState.WAITING.value, ~_LIVES_ELSEWHERE)
    .values(overlay=True)
)


def pulled_through(connection: Connection) -> dict[str, int]:
    """Scope -> the last seq that this laptop has, applied or staged."""
    cursors = {
        row.scope: row.seq
        for row in connection.execute(_CURSORS)
        if row.seq and not row.withdrawn and not row.reset
    }
    reached = {row[0]: row[1] for row in connection.execute(_REACHED)}
    return cursors | reached


def stage(connection: Connection, pages: Sequence[Page], incarnation: str) -> None:
    """Puts pages that continue what is here into staging; others were asked for by an older us."""
    reached = pulled_through(connection)
    for page in pages:
        if page.from_seq != reached.get(page.scope, 0):
            continue
        connection.execute(
            insert(STAGED_PAGE).values(
                scope=page.scope,
                from_seq=page.from_seq,
                to_seq=page.to_seq,
                head=page.head,
                incarnation=incarnation,
                body=gzip.compress(json.dumps(page_to_json(page)).encode(), 1),
            )
        )


def whole_scopes(connection: Connection) -> list[str]:
    """Scopes whose staged pages reach the head that was named last.

    The one named first would do for the scope alone; but what came in the same answer for another
    scope may know of families that have left this one since.
    """
    return [scope for scope, reached, head in connection.execute(_WHOLE) if reached >= head]


def take_staged(connection: Connection, scope: str) -> list[Page]:
    """The staged pages of a scope, in order; they leave staging with the transaction."""
    query = select(STAGED_PAGE.c.body).where(STAGED_PAGE.c.scope == scope)
    bodies = connection.execute(query.order_by(STAGED_PAGE.c.from_seq)).scalars().all()
    connection.execute(delete(STAGED_PAGE).where(STAGED_PAGE.c.scope == scope))
    return [page_from_json(json.loads(gzip.decompress(body))) for body in bodies]


def set_cursor(connection: Connection, scope: str, seq: int) -> None:
    """Notes that a scope's log is applied through `seq`."""
    connection.execute(
        upsert(CURSOR)
        .values(scope=scope, seq=seq, withdrawn=False, reset=False)
        .on_conflict_do_update(index_elements=["scope"], set_={"seq": seq, "reset": False})
    )
    taken_from = get_meta(connection, Meta.TAKEN_FROM, [])
    if scope in taken_from:
        set_meta(connection, Meta.TAKEN_FROM, [one for one in taken_from if one != scope])


def note_taken(connection: Connection, scopes: Iterable[str]) -> None:
    """Notes scopes that lost rows to another one before their own pages said so.

    What is here of them is less than their cursor says, until it moves on.
    """
    noted = get_meta(connection, Meta.TAKEN_FROM, [])
    if new := set(scopes).difference(noted):
        set_meta(connection, Meta.TAKEN_FROM, sorted(new.union(noted)))


def note_passed_over(connection: Connection, scope: str, tables: Iterable[str]) -> None:
    """Notes tables of a newer version, of which a scope has rows that this one has no place for."""
    noted = get_meta(connection, Meta.PASSED_OVER, {})
    passed = sorted({number_of(table) for table in tables}.union(noted.get(scope, ())))
    if passed != noted.get(scope, []):
        set_meta(connection, Meta.PASSED_OVER, noted | {scope: passed})


def fetch_passed_over(connection: Connection) -> None:
    """Has a scope told anew once this version knows a table that an older one passed over in it."""
    noted = get_meta(connection, Meta.PASSED_OVER, {})
    unknown = {
        scope: tables for scope, tables in noted.items() if BY_NUMBER.keys().isdisjoint(tables)
    }
    if scopes := noted.keys() - unknown.keys():
        connection.execute(update(CURSOR).where(CURSOR.c.scope.in_(scopes)).values(reset=True))
        connection.execute(delete(STAGED_PAGE).where(STAGED_PAGE.c.scope.in_(scopes)))
        set_meta(connection, Meta.PASSED_OVER, unknown)


def note_grants(connection: Connection, user_id: UUID, grants: Sequence[Grant]) -> None:
    """Replaces what is known of a user's grants by the province's word."""
    connection.execute(delete(SCOPE_GRANT).where(SCOPE_GRANT.c.user_id == user_id))
    if grants:
        connection.execute(
            insert(SCOPE_GRANT),
            [
                {
                    "user_id": user_id,
                    "scope": grant.scope,
                    "role": grant.role,
                    "valid_from": datetime.fromisoformat(grant.valid_from),
                    "valid_to": None
                    if grant.valid_to is None
                    else datetime.fromisoformat(grant.valid_to),
                }
                for grant in grants
            ],
        )


def known_grants(connection: Connection, user_id: UUID) -> list[Grant]:
    """What is known here of a user's grants."""
    return [Grant.of_row(row) for row in connection.execute(_GRANTS, {"user": user_id})]


def known_grants_digest(connection: Connection, user_id: UUID) -> str:
    """A digest of what is known of a user's grants; "" before the province has said anything."""
    grants = known_grants(connection, user_id)
    return grants_digest(grants) if grants else ""


def mark_withdrawn(connection: Connection, granted: frozenset[str]) -> list[str]:
    """Marks the scopes that no grant covers any more, and takes back the mark where one does.

    One that is given back before it was purged is fetched anew: the province tells it from the start;
    what is written meanwhile knows of what is shown. A scope of which something is here without a
    cursor (its first answer was lost) counts too.
    """
    marks = {row.scope: row.withdrawn for row in connection.execute(_CURSORS)}
    scopes = marks.keys() | set(connection.execute(_BEGUN).scalars())
    withdrawn = {scope for scope in scopes if not _is_granted(scope, granted)}
    for scope, was_withdrawn in marks.items():
        if (scope in withdrawn) != was_withdrawn:
            values = {"withdrawn": not was_withdrawn} | ({"reset": True} if was_withdrawn else {})
            connection.execute(update(CURSOR).where(CURSOR.c.scope == scope).values(**values))
            connection.execute(delete(STAGED_PAGE).where(STAGED_PAGE.c.scope == scope))
    return sorted(withdrawn)


def has_ended(connection: Connection, granted: frozenset[str]) -> bool:
    """Whether there is a scope that no grant covers, of which the province has not said so."""
    held = [row.scope for row in connection.execute(_CURSORS) if not row.withdrawn]
    return not all(_is_granted(scope, granted) for scope in held)


def _is_granted(scope: str, granted: frozenset[str]) -> bool:
    return is_mailbox(scope) or any(covers(held, scope) for held in granted)


def comes_anew(connection: Connection) -> bool:
    """Whether a scope has yet to be fetched anew, or the province to say that it has nothing of it."""
    return any(row.reset and not row.withdrawn for row in connection.execute(_CURSORS))


def withdrawn_scopes(connection: Connection, granted: frozenset[str]) -> list[str]:
    """Scopes that are not granted any more, and of which something is still here.

    Those with a cursor are marked by the province's word; the others never got one, or lost it.
    """
    marks = {row.scope: row.withdrawn for row in connection.execute(_CURSORS)}
    begun = set(connection.execute(_BEGUN).scalars()) - marks.keys()
    ended = {scope for scope in begun if not _is_granted(scope, granted)}
    return sorted(ended.union(scope for scope, withdrawn in marks.items() if withdrawn))


def follow_restored_server(connection: Connection, fallen: Mapping[str, int]) -> None:
    """The province was put back to an earlier day: fetch anew what it lost, and send ours again.

    `fallen` is, for each scope, the last seq that both have. A scope that had gone further is
    fetched from the start, and so is one that has less here than its cursor says. Ops that the
    province had taken after that, or set aside, it has lost: they wait again; in the scopes that are
    fetched anew, they are shown over what it has. One whose row has moved on to another scope is
    not: the row stays as it is, and has no shadow.
    """
    connection.execute(delete(STAGED_PAGE))
    cursors = {row.scope: row.seq for row in connection.execute(select(CURSOR))}
    anew = {scope for scope, seq in cursors.items() if fallen.get(scope, 0) < seq}
    for scope in anew.union(get_meta(connection, Meta.TAKEN_FROM, [])):
        connection.execute(update(CURSOR).where(CURSOR.c.scope == scope).values(seq=0, reset=True))
    for scope in connection.execute(select(OUTBOX.c.scope).distinct()).scalars().all():
        common = min(fallen.get(scope, 0), cursors.get(scope, 0))
        lost = OUTBOX.c.seq.is_(None) | (OUTBOX.c.seq > common)
        values = {"state": OpState.WAITING.value, "seq": None, "reason": None}
        connection.execute(update(OUTBOX).where(OUTBOX.c.scope == scope, lost).values(**values))
    connection.execute(_SHOW_AGAIN)
