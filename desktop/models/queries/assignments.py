"""Visits that the office asks for and that were not made yet: of whom, by when, by whom, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from desktop.models.store.plan import IS_OPEN
from desktop.models.store.rows import chunks
from desktop.models.tables import SEARCH, USER, VISIT_ASSIGNMENT


@dataclass(frozen=True, slots=True)
class AssignedVisit:
    """A visit that is asked for.

    Attributes:
        purpose: what it is for, a code of `Purpose`; None if nothing was said of that.
        questionnaire: the name of the questionnaire to ask; None for the usual one.
        assigner: the name of who asks; "" if it was the office itself.
    """

    id: UUID
    household_id: UUID
    due_on: date
    purpose: str | None
    questionnaire: str | None
    reason: str | None
    assigned_at: datetime
    assigner: str


_OPEN = (
    select(
        *(
            VISIT_ASSIGNMENT.c[name]
            for name in (
                *("id", "household_id", "due_on", "purpose"),
                *("questionnaire", "reason", "assigned_at"),
            )
        ),
        USER.c.name.label("assigner"),
    )
    .join(USER, USER.c.id == VISIT_ASSIGNMENT.c.assigned_by, isouter=True)
    .where(IS_OPEN)
    .order_by(VISIT_ASSIGNMENT.c.due_on, VISIT_ASSIGNMENT.c.assigned_at, VISIT_ASSIGNMENT.c.id)
)


def open_assignments(
    connection: Connection, households: Iterable[UUID]
) -> dict[UUID, list[AssignedVisit]]:
    """Family -> the visits that are asked for, the one due first first; only families with any."""
    found: dict[UUID, list[AssignedVisit]] = defaultdict(list)
    for some in chunks(households):
        query = _OPEN.where(VISIT_ASSIGNMENT.c.household_id.in_(some))
        for row in connection.execute(query):
            assigned = AssignedVisit(**{**row._asdict(), "assigner": row.assigner or ""})
            found[row.household_id].append(assigned)
    return found


def asked_of() -> Select[Any]:
    """Ids of the accompanied families of which a visit is asked, as a query for others to use."""
    return (
        select(VISIT_ASSIGNMENT.c.household_id)
        .join(SEARCH, SEARCH.c.household_id == VISIT_ASSIGNMENT.c.household_id)
        .where(IS_OPEN, SEARCH.c.next_due_on.is_not(None))
    )
