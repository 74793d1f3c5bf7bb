"""What is computed from synced rows and kept beside them: states, and the list of families.

Operations and sync both end here, so a row looks the same whoever wrote it.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    select,
    text,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from desktop.models.changes import Changes
from desktop.models.records.households import MemberStatus, Relation
from desktop.models.rules.identity import shown_last
from desktop.models.rules.names import GAP, HEAD_MARK, normalise_name, search_tokens
from desktop.models.rules.states import LIFECYCLES, current_state
from desktop.models.store.plan import plan_visits
from desktop.models.store.rows import chunks
from desktop.models.tables import (
    FAMILY_CARD,
    GRANT,
    HOUSEHOLD,
    MEMBER,
    OUTBOX,
    REGION,
    SEARCH,
    STATE_MOVE,
    SYNCED,
    VISIT,
    VISIT_ASSIGNMENT,
    OpState,
)

_SOME: BindParameter[Any] = bindparam("some", expanding=True)

# Built once: building a statement costs more than running it, and every write ends here.
_MOVED = select(STATE_MOVE.c.subject_table, STATE_MOVE.c.subject_id).where(
    STATE_MOVE.c.id.in_(_SOME)
)
_IS_ON_THE_WAY = STATE_MOVE.c.seq.is_(None)
_MOVES = (  # an id says when one was made by the clock here, which may have been set back
    select(STATE_MOVE.c.subject_id, STATE_MOVE.c.from_state, STATE_MOVE.c.to_state)
    .join(OUTBOX, _IS_ON_THE_WAY & (OUTBOX.c.row_id == STATE_MOVE.c.id), isouter=True)
    .where(STATE_MOVE.c.subject_id.in_(_SOME))
    .order_by(_IS_ON_THE_WAY, STATE_MOVE.c.seq, OUTBOX.c.epoch, OUTBOX.c.dseq, STATE_MOVE.c.id)
)
_MOVES_NOT_ASIDE = _MOVES.where(
    STATE_MOVE.c.id.not_in(
        select(OUTBOX.c.row_id).where(OUTBOX.c.state == OpState.QUARANTINED.value)
    )
)
_LIVING = (
    select(HOUSEHOLD, REGION.c.name.label("village"))
    .join(REGION, REGION.c.code == HOUSEHOLD.c.scope, isouter=True)
    .where(HOUSEHOLD.c.id.in_(_SOME), HOUSEHOLD.c.deleted_at.is_(None))
)
_NUMBERS = select(SEARCH.c.household_id, SEARCH.c.id).where(SEARCH.c.household_id.in_(_SOME))
_LISTED = ("scope", "head_name", "hamlet", "member_count")
_NEW_LINE = insert(SEARCH).values({name: bindparam(name) for name in ("household_id", *_LISTED)})
_LIST = _NEW_LINE.on_conflict_do_update(
    index_elements=["household_id"], set_={name: _NEW_LINE.excluded[name] for name in _LISTED}
)


@cache
def _household_ids(table: Table) -> Select[Any]:
    return select(table.c.household_id).where(table.c.id.in_(_SOME))


@cache
def _living_of(table: Table) -> Select[Any]:
    living = select(table).where(table.c.household_id.in_(_SOME), table.c.deleted_at.is_(None))
    return living.order_by(table.c.id)


@cache
def _set_state(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("row")).values(state=bindparam("now"))


def refresh_derived(connection: Connection, changes: Changes) -> None:
    """Brings derived columns and tables up to date; adds what moved state to `changes`."""
    _refresh_states(connection, changes)
    households = set(changes.of("household"))
    for table in (FAMILY_CARD, MEMBER):
        households |= _households_of(connection, table, changes.of(table.name))
    _index_households(connection, households)
    for table in (VISIT, GRANT, VISIT_ASSIGNMENT):
        households |= _households_of(connection, table, changes.of(table.name))
    plan_visits(connection, households)


def foreseen_state(connection: Connection, name: str, subject: UUID) -> str:
    """Where a record will stand at the province: without our moves that it set aside."""
    moves = connection.execute(_MOVES_NOT_ASIDE, {"some": [subject]})
    return current_state(name, [(source, target) for _, source, target in moves])


def forget_households(connection: Connection, households: Iterable[UUID]) -> None:
    """Takes households out of the list and its index."""
    for some in chunks(households):
        numbers = connection.execute(select(SEARCH.c.id).where(SEARCH.c.household_id.in_(some)))
        rows = [{"id": number} for number in numbers.scalars()]
        if rows:
            connection.execute(text("DELETE FROM search_index WHERE rowid = :id"), rows)
        connection.execute(delete(SEARCH).where(SEARCH.c.household_id.in_(some)))


def _refresh_states(connection: Connection, changes: Changes) -> None:
    subjects: dict[str, set[UUID]] = defaultdict(set)
    for some in chunks(changes.of("state_move")):
        for name, subject in connection.execute(_MOVED, {"some": some}):
            if name in LIFECYCLES:
                subjects[name].add(subject)
    for name in LIFECYCLES:
        subjects[name] |= changes.of(name) - subjects[name]
        _write_states(connection, name, subjects[name])
        for subject in subjects[name]:
            changes.add(name, subject)


def _write_states(connection: Connection, name: str, subjects: set[UUID]) -> None:
    moves: dict[UUID, list[tuple[str, str]]] = {subject: [] for subject in subjects}
    for some in chunks(subjects):
        for subject, source, target in connection.execute(_MOVES, {"some": some}):
            moves[subject].append((source, target))
    if moves:
        connection.execute(
            _set_state(SYNCED[name]),
            [{"row": subject, "now": current_state(name, made)} for subject, made in moves.items()],
        )


def _households_of(connection: Connection, table: Table, ids: set[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for some in chunks(ids):
        found.update(connection.execute(_household_ids(table), {"some": some}).scalars())
    return found


def _index_households(connection: Connection, households: set[UUID]) -> None:
    for some in chunks(households):
        _index_some(connection, list(some))


def _index_some(connection: Connection, ids: list[UUID]) -> None:
    living = connection.execute(_LIVING, {"some": ids}).all()
    forget_households(connection, set(ids) - {row.id for row in living})
    members, cards = (
        _by_household(connection, MEMBER, ids),
        _by_household(connection, FAMILY_CARD, ids),
    )
    documents = [_document(row, members[row.id], cards[row.id]) for row in living]
    if not documents:
        return
    connection.execute(
        _LIST,
        [{name: document[name] for name in ("household_id", *_LISTED)} for document in documents],
    )
    numbers = {row.household_id: row.id for row in connection.execute(_NUMBERS, {"some": ids})}
    rows = [{**document, "id": numbers[document["household_id"]]} for document in documents]
    connection.execute(text("DELETE FROM search_index WHERE rowid = :id"), rows)
    connection.execute(
        text(
            "INSERT INTO search_index(rowid, words, joined, numbers, place)"
            " VALUES (:id, :words, :joined, :numbers, :place)"
        ),
        rows,
    )


def _by_household(connection: Connection, table: Any, ids: list[UUID]) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in connection.execute(_living_of(table), {"some": ids}):
        grouped[row.household_id].append(row)
    return grouped


def _document(household: Any, members: list[Any], cards: list[Any]) -> dict[str, Any]:
    """A household as the list shows it, and the words and numbers by which it is found."""
    present = [member for member in members if member.status == MemberStatus.PRESENT]
    heads = [member for member in present if member.relation == Relation.HEAD]
    head = next(iter(heads or present or members), None)
    names = [normalise_name(member.name) for member in members]
    joined = [a + b for name in names for a, b in pairwise(name.split())]
    heads_words = [f"{HEAD_MARK}{word}" for word in search_tokens(head.name)] if head else []
    long = [member.national_id for member in members] + [card.number for card in cards]
    numbers = [part for number in filter(None, long) for part in (number, shown_last(number))]
    place = (household.hamlet, household.address, household.village)
    return {
        "household_id": household.id,
        "scope": household.scope,
        "head_name": head.name if head else "",
        "hamlet": household.hamlet,
        "member_count": len(present),
        "words": f" {GAP} ".join(names),
        "joined": " ".join([*joined, *heads_words]),
        "numbers": " ".join(filter(None, [*numbers, (household.phone or "").lstrip("+")])),
        "place": " ".join(normalise_name(part) for part in place if part),
    }
