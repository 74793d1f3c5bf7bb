"""Who is to be visited: whose visit falls due, and of whom the office asks for one, by village."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, case, func, select

from desktop.models.queries.assignments import AssignedVisit, asked_of, open_assignments
from desktop.models.records.visits import Purpose
from desktop.models.store.plan import purposes_of
from desktop.models.tables import DRAFT, REGION, SEARCH

DAYS_AHEAD = 7
"""A visit that falls due within so many days is listed as due."""

MOST_DUE = 500

_HEAD = func.coalesce(SEARCH.c.head_name, "").label("head_name")
_VILLAGE = func.coalesce(REGION.c.name, SEARCH.c.scope, "").label("village")


@dataclass(frozen=True, slots=True)
class DueVisit:
    """A family that is to be visited.

    Attributes:
        last_on: the day of its last visit; None before the first.
        purpose: what the next one is for, a code of `Purpose`.
        asked: the visit that the office asks for, if it does.
    """

    household_id: UUID
    head_name: str
    village_code: str
    village: str
    hamlet: str | None
    last_on: date | None
    due_on: date
    is_overdue: bool
    purpose: str = Purpose.BASELINE.value
    asked: AssignedVisit | None = None


@dataclass(frozen=True, slots=True)
class DueInVillage:
    """How many visits are due in a village by a week from now, and how many of them are overdue."""

    village: str
    due: int
    overdue: int


def due_visits(connection: Connection, today: date, limit: int = MOST_DUE) -> list[DueVisit]:
    """Active families whose visit is due by a week from `today`, by village, the oldest first.

    Those of which the office asks for a visit are among them, whenever it is due. A family whose
    visit was begun already is not; `drafts` has it.

    Args:
        connection: the store.
        today: the day.
        limit: how many: those of which the office asks, then those that are due longest.
    """
    rows = list(connection.execute(_to_visit(_is_asked(), limit)))
    others = _to_visit(_falls_due(today) & ~_is_asked(), limit - len(rows))
    rows += connection.execute(others)
    ids = [row.household_id for row in rows]
    purposes, asked = purposes_of(connection, ids), open_assignments(connection, ids)
    due = [
        _due(row, today, purposes[row.household_id], asked.get(row.household_id, []))
        for row in rows
    ]
    return sorted(due, key=lambda visit: (visit.village, visit.due_on, visit.head_name))


def asked_later_count(connection: Connection, today: date) -> int:
    """How many families are asked for a visit that is not due yet."""
    query = select(func.count()).select_from(SEARCH)
    later = query.where(_is_asked() & ~_falls_due(today), SEARCH.c.household_id.not_in(_begun()))
    return int(connection.execute(later).scalar_one())


def due_count(connection: Connection, today: date) -> int:
    """How many families are due, however many."""
    due = select(func.count()).where(_falls_due(today))  # read from the index alone
    begun = due.where(SEARCH.c.household_id.in_(_begun()))
    return int(
        connection.execute(select(due.scalar_subquery() - begun.scalar_subquery())).scalar_one()
    )


def due_by_village(connection: Connection, today: date) -> list[DueInVillage]:
    """How many visits are due in each village, by its name; villages where any is."""
    overdue = case(((SEARCH.c.next_due_on > "") & (SEARCH.c.next_due_on < today.isoformat()), 1))
    query = (
        select(
            _VILLAGE,
            func.count(SEARCH.c.id).label("due"),
            func.count(overdue).label("overdue"),
        )
        .join(REGION, REGION.c.code == SEARCH.c.scope, isouter=True)
        .where(_falls_due(today), SEARCH.c.household_id.not_in(_begun()))
        .group_by(SEARCH.c.scope)
        .order_by(_VILLAGE.asc(), SEARCH.c.scope)
    )
    return [DueInVillage(**row._asdict()) for row in connection.execute(query)]


def active_count(connection: Connection) -> int:
    """How many families are accompanied: those that are to be visited one day."""
    query = select(func.count()).where(SEARCH.c.next_due_on.is_not(None))
    return int(connection.execute(query).scalar_one())


def _falls_due(today: date) -> Any:
    return SEARCH.c.next_due_on <= (today + timedelta(days=DAYS_AHEAD)).isoformat()


def _is_asked() -> Any:
    return SEARCH.c.household_id.in_(asked_of())


def _to_visit(condition: Any, limit: int) -> Select[Any]:
    columns = (
        SEARCH.c.household_id,
        SEARCH.c.scope,
        SEARCH.c.hamlet,
        SEARCH.c.last_visit_on,
        SEARCH.c.next_due_on,
        _HEAD,
        _VILLAGE,
    )
    return (
        select(*columns)
        .join(REGION, REGION.c.code == SEARCH.c.scope, isouter=True)
        .where(condition, SEARCH.c.household_id.not_in(_begun()))
        .order_by(SEARCH.c.next_due_on, SEARCH.c.head_name)
        .limit(limit)
    )


def _begun() -> Any:
    return select(DRAFT.c.household_id)


def _due(row: Any, today: date, purpose: str, asked: Sequence[AssignedVisit]) -> DueVisit:
    due_on = date.fromisoformat(row.next_due_on) if row.next_due_on else today
    return DueVisit(
        household_id=row.household_id,
        head_name=row.head_name,
        village_code=row.scope,
        village=row.village,
        hamlet=row.hamlet,
        last_on=None if row.last_visit_on is None else date.fromisoformat(row.last_visit_on),
        due_on=due_on,
        is_overdue=due_on < today,
        purpose=purpose,
        asked=next(iter(asked), None),
    )
