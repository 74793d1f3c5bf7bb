"""When families are to be visited next: computed from what was recorded, kept in the list of families.

What a family's next visit follows from is read in one statement; the rule is `rules/cadence`. The
rhythm by which the whole list was computed is kept as well: when another one holds, because the office
published it or its day has come, all of it is computed anew.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    case,
    exists,
    func,
    select,
    update,
)

from desktop.models.changes import Changes
from desktop.models.records.base import natural_id
from desktop.models.records.households import HouseholdStatus
from desktop.models.records.questionnaires import Cadence
from desktop.models.records.visits import Purpose, VisitOutcome
from desktop.models.rules.cadence import (
    VERSION,
    Asked,
    Rhythm,
    Standing,
    due_on,
    newest_holding,
    purpose_of_next,
    receipts_due,
    rhythm_of,
)
from desktop.models.rules.dates import WIB
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.store.rows import chunks
from desktop.models.tables import CADENCE, GRANT, HOUSEHOLD, SEARCH, VISIT, VISIT_ASSIGNMENT

_SOME: BindParameter[Any] = bindparam("some", expanding=True)
_MADE = VISIT.alias("made")
_WIB_HOURS = int(WIB.utcoffset(None).total_seconds()) // 3600

IS_OPEN: ColumnElement[bool] = (
    VISIT_ASSIGNMENT.c.deleted_at.is_(None)
    & VISIT_ASSIGNMENT.c.withdrawn_at.is_(None)
    & ~exists().where(
        _MADE.c.household_id == VISIT_ASSIGNMENT.c.household_id,
        _MADE.c.deleted_at.is_(None),
        _MADE.c.outcome != VisitOutcome.NOBODY_HOME.value,
        _MADE.c.visited_on >= func.date(VISIT_ASSIGNMENT.c.assigned_at, f"+{_WIB_HOURS} hours"),
    )
)
"""Of an assignment: it was not withdrawn, and no visit was made since the day it was assigned."""

# Built once: building a statement costs more than running it, and every write ends here.
_HAPPENED = case((VISIT.c.outcome != VisitOutcome.NOBODY_HOME.value, VISIT.c.visited_on))
_WAS_MET = VISIT.c.outcome == VisitOutcome.MET.value
_MET = case((_WAS_MET, VISIT.c.visited_on))
_ASKED_FOR_RECEIPTS = case(
    (
        _WAS_MET & func.json_extract(VISIT.c.answers, "$.receipts_shown").is_not(None),
        VISIT.c.visited_on,
    ),
    (~_WAS_MET & (VISIT.c.purpose == Purpose.RECEIPTS.value), _HAPPENED),
)
"""A visit with a questionnaire that has no such question leaves the receipts owed; who refuses a visit
for them, or has moved, is not asked at once again."""
_PAID = (
    select(func.json_group_array(GRANT.c.disbursed_on))
    .where(
        GRANT.c.household_id == HOUSEHOLD.c.id,
        GRANT.c.disbursed_on.is_not(None),
        GRANT.c.deleted_at.is_(None),
    )
    .scalar_subquery()
)
_ASKED = (
    select(
        func.json_group_array(
            func.json_array(VISIT_ASSIGNMENT.c.due_on, VISIT_ASSIGNMENT.c.purpose)
        )
    )
    .where(VISIT_ASSIGNMENT.c.household_id == HOUSEHOLD.c.id, IS_OPEN)
    .correlate(HOUSEHOLD)
    .scalar_subquery()
)
_PRESENT = (
    select(SEARCH.c.member_count)
    .where(SEARCH.c.household_id == HOUSEHOLD.c.id)
    .correlate(HOUSEHOLD)
    .scalar_subquery()
)
_FACTS = (
    select(
        HOUSEHOLD.c.id.label("family"),
        HOUSEHOLD.c.status,
        _PRESENT.label("people"),
        func.max(VISIT.c.visited_on).label("last"),
        func.min(_HAPPENED).label("first_on"),
        func.max(_HAPPENED).label("last_on"),
        func.max(_MET).label("met_on"),
        func.max(_ASKED_FOR_RECEIPTS).label("receipts_on"),
        _PAID.label("paid"),
        _ASKED.label("asked"),
    )
    .join(
        VISIT,
        (VISIT.c.household_id == HOUSEHOLD.c.id) & VISIT.c.deleted_at.is_(None),
        isouter=True,
    )
    .group_by(HOUSEHOLD.c.id)
)
_FACTS_OF_SOME = _FACTS.where(HOUSEHOLD.c.id.in_(_SOME))
_FACTS_OF_ALL = _FACTS.add_columns(SEARCH.c.next_due_on).join(
    SEARCH, SEARCH.c.household_id == HOUSEHOLD.c.id
)
_FACTS_OF_VISITED = _FACTS_OF_ALL.where(SEARCH.c.next_due_on > "")
_NOTE = (
    update(SEARCH)
    .where(SEARCH.c.household_id == bindparam("family"))
    .values(last_visit_on=bindparam("last"), next_due_on=bindparam("due"))
)
_NOTE_DUE = (
    update(SEARCH)
    .where(SEARCH.c.household_id == bindparam("family"))
    .values(next_due_on=bindparam("due"))
)


def plan_visits(connection: Connection, households: Iterable[UUID]) -> None:
    """Notes when families were visited last, and when they are to be visited next."""
    rhythm: Rhythm | None = None
    for some in chunks(households):
        rhythm = rhythm or rhythm_in_force(connection)
        rows = connection.execute(_FACTS_OF_SOME, {"some": some}).all()
        if rows:
            connection.execute(
                _NOTE,
                [
                    {"family": row.family, "last": _iso(row.last), "due": _due(row, rhythm)}
                    for row in rows
                ],
            )


def purposes_of(connection: Connection, households: Iterable[UUID]) -> dict[UUID, str]:
    """Family -> what its next visit is for, a code of `Purpose`."""
    rhythm = rhythm_in_force(connection)
    return {
        row.family: purpose_of_next(_standing(row), _asked(row), rhythm)
        for some in chunks(households)
        for row in connection.execute(_FACTS_OF_SOME, {"some": some})
    }


def owes_receipts(connection: Connection, household_id: UUID) -> bool:
    """Whether the receipts of a grant are still to be looked at, whenever that is due."""
    rows = connection.execute(_FACTS_OF_SOME, {"some": [household_id]})
    return any(receipts_due(_standing(row)) is not None for row in rows)


def rhythm_in_force(connection: Connection) -> Rhythm:
    """The rhythm by which the list of families was computed."""
    kept = get_meta(connection, Meta.RHYTHM)
    return Rhythm() if kept is None else Rhythm(**kept["rhythm"])


def is_planned_for(connection: Connection, today: date) -> bool:
    """Whether the list was computed by this version's rule and the rhythm that holds today."""
    return bool(get_meta(connection, Meta.RHYTHM) == _mark(rhythm_of(_cadence(connection, today))))


def follow_rhythm(connection: Connection, today: date) -> Changes:
    """Plans all visits anew if another rhythm holds today; the change is that of the rhythm."""
    changes = Changes()
    if is_planned_for(connection, today):
        return changes
    cadence = _cadence(connection, today)
    rhythm = rhythm_of(cadence)
    kept = get_meta(connection, Meta.RHYTHM)
    set_meta(connection, Meta.RHYTHM, _mark(rhythm))
    is_same_rule = kept is not None and kept["version"] == VERSION
    moved = []  # by another rhythm, whoever was never visited is due at once as before
    for row in connection.execute(_FACTS_OF_VISITED if is_same_rule else _FACTS_OF_ALL):
        due = _due(row, rhythm)
        if due != row.next_due_on:
            moved.append({"family": row.family, "due": due})
    if moved:
        connection.execute(_NOTE_DUE, moved)
    changes.add("cadence", natural_id("cadence") if cadence is None else cadence.id)
    return changes


def _cadence(connection: Connection, today: date) -> Cadence | None:
    rows: Any = connection.execute(select(CADENCE)).all()
    return newest_holding(rows, today)


def _mark(rhythm: Rhythm) -> dict[str, Any]:
    return {"version": VERSION, "rhythm": asdict(rhythm)}


def _standing(row: Any) -> Standing:
    paid = [date.fromisoformat(day) for day in json.loads(row.paid)]
    return Standing(row.first_on, row.last_on, row.met_on, row.receipts_on, paid)


def _asked(row: Any) -> list[Asked]:
    return [Asked(date.fromisoformat(day), purpose) for day, purpose in json.loads(row.asked)]


def _due(row: Any, rhythm: Rhythm) -> str | None:
    """None if the family is not to be visited: not accompanied any more, or nobody lives there."""
    if row.status != HouseholdStatus.ACTIVE or not row.people:
        return None
    return _iso(due_on(_standing(row), _asked(row), rhythm)) or ""


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
