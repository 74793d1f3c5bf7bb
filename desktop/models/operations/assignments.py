"""Asking for visits: the office assigns one to one or many families, or withdraws what it asked for.

That an assigned visit was made is not written: it follows from the visits, see `store/plan`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from desktop.models.records.base import format_time
from desktop.models.records.households import HouseholdStatus
from desktop.models.records.people import Role
from desktop.models.records.visits import VisitAssignment
from desktop.models.rules.authority import may_add
from desktop.models.store.plan import IS_OPEN
from desktop.models.store.rows import chunks
from desktop.models.store.writer import Writer
from desktop.models.tables import HOUSEHOLD, VISIT_ASSIGNMENT


class ForbiddenAssignmentError(ValueError):
    """A role may not assign visits; the ui should not have offered it."""


@dataclass(frozen=True)
class Assignment:
    """The visit that is asked for, the same for each family; `purpose` None: as it falls due."""

    due_on: date
    purpose: str | None = None
    reason: str | None = None
    questionnaire: str | None = None


def assign(writer: Writer, role: Role, households: Iterable[UUID], asked: Assignment) -> list[UUID]:
    """Asks for a visit to each of some families; returns those of which it was asked.

    A family that is not accompanied any more, or of which the same is asked already, is left out.

    Raises:
        ForbiddenAssignmentError: the role may not assign visits.
    """
    _check(role)
    assigned = []
    for some in chunks(dict.fromkeys(households)):
        query = select(HOUSEHOLD.c.id, HOUSEHOLD.c.scope).where(
            HOUSEHOLD.c.id.in_(some),
            HOUSEHOLD.c.deleted_at.is_(None),
            HOUSEHOLD.c.status == HouseholdStatus.ACTIVE.value,
            HOUSEHOLD.c.id.not_in(_asked_already(asked)),
        )
        places = {row.id: row.scope for row in writer.connection.execute(query)}
        for household_id in filter(places.__contains__, some):
            writer.insert(
                VisitAssignment(
                    scope=places[household_id],
                    household_id=household_id,
                    due_on=asked.due_on,
                    purpose=asked.purpose,
                    questionnaire=asked.questionnaire,
                    reason=asked.reason,
                    assigned_by=writer.user_id,
                    assigned_at=writer.now,
                )
            )
            assigned.append(household_id)
    return assigned


def withdraw(writer: Writer, role: Role, assignments: Iterable[UUID]) -> None:
    """Takes back what was asked for, whoever asked for it.

    Raises:
        ForbiddenAssignmentError: the role may not assign visits.
        LookupError: there is no such assignment.
    """
    _check(role)
    for assignment_id in assignments:
        writer.update("visit_assignment", assignment_id, {"withdrawn_at": format_time(writer.now)})


def _check(role: Role) -> None:
    if not may_add(role, "visit_assignment"):
        raise ForbiddenAssignmentError(role)


def _asked_already(asked: Assignment) -> Select[Any]:
    """The families with an open assignment for the same day and purpose."""
    return select(VISIT_ASSIGNMENT.c.household_id).where(
        IS_OPEN,
        VISIT_ASSIGNMENT.c.due_on == asked.due_on,
        VISIT_ASSIGNMENT.c.purpose.is_not_distinct_from(asked.purpose),
    )
