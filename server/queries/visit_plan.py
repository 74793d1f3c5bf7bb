"""Visits that the office asks for, and how often families are visited: rows of the server's own making."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.records.base import REF_SCOPE, Fields, as_json, format_time
from desktop.models.records.households import HouseholdStatus
from desktop.models.records.questionnaires import Cadence
from desktop.models.records.visits import VisitAssignment
from server.faults import Failure
from server.queries.heads import Heads
from server.queries.merge import write_server_rows
from server.tables import CADENCE, HOUSEHOLD, VISIT_ASSIGNMENT


class PlanFault(StrEnum):
    """Why no visit can be asked for."""

    NO_FAMILIES = "no_families"
    NOT_ACCOMPANIED = "not_accompanied"


class PlanFailure(Failure[PlanFault]):
    """No visit can be asked for; `subject` is the village or the family at fault."""


@dataclass(frozen=True)
class Asked:
    """A visit that the office asks for; `by` is who does."""

    due_on: date
    purpose: str | None
    reason: str | None
    by: UUID


def assign(
    connection: Connection,
    village: str,
    asked: Asked,
    now: datetime,
    households: Collection[UUID] = (),
) -> int:
    """Asks for a visit to families of a village, or to all of them; returns to how many.

    A family of which the same is asked already is left out, so that this may be done twice.

    Raises:
        PlanFailure: the village has no families, or one of those named is not accompanied there.
    """
    Heads(connection, [village])  # no family may move away meanwhile
    chosen = _accompanied(connection, village, households)
    same = {
        row.household_id
        for row in _not_withdrawn(connection, village)
        if (row.due_on, row.purpose) == (asked.due_on, asked.purpose)
    }
    assignments = [
        VisitAssignment(
            scope=village,
            household_id=household_id,
            due_on=asked.due_on,
            purpose=asked.purpose,
            reason=asked.reason,
            assigned_by=asked.by,
            assigned_at=now,
        )
        for household_id in chosen
        if household_id not in same
    ]
    rows = {one.id: as_json(one) for one in assignments}
    _write(connection, now, "visit_assignment", village, rows)
    return len(rows)


def withdraw(
    connection: Connection,
    village: str,
    due_on: date,
    now: datetime,
    households: Collection[UUID] = (),
) -> int:
    """Takes back what was asked for by a day, of families of a village or all; returns how many."""
    Heads(connection, [village])
    rows: dict[UUID, Fields] = {
        row.id: {"withdrawn_at": format_time(now)}
        for row in _not_withdrawn(connection, village)
        if row.due_on == due_on and (not households or row.household_id in households)
    }
    _write(connection, now, "visit_assignment", village, rows)
    return len(rows)


def cadences(connection: Connection) -> list[Cadence]:
    """How often families are visited, whenever it holds from; in the order of those days."""
    query = select(CADENCE).where(CADENCE.c.deleted_at.is_(None))
    names = Cadence.model_fields
    return [
        Cadence(**{name: value for name, value in row._asdict().items() if name in names})
        for row in connection.execute(query.order_by(CADENCE.c.holds_from, CADENCE.c.id))
    ]


def publish(connection: Connection, cadence: Cadence, now: datetime) -> None:
    """Lets everybody know how often families are visited."""
    _write(connection, now, "cadence", REF_SCOPE, {cadence.id: as_json(cadence)})


def _write(
    connection: Connection, now: datetime, table: str, scope: str, rows: Mapping[UUID, Fields]
) -> None:
    if rows:
        write_server_rows(connection, now, table, scope, rows)


def _accompanied(connection: Connection, village: str, households: Collection[UUID]) -> list[UUID]:
    query = select(HOUSEHOLD.c.id).where(
        HOUSEHOLD.c.scope == village,
        HOUSEHOLD.c.deleted_at.is_(None),
        HOUSEHOLD.c.status == HouseholdStatus.ACTIVE.value,
    )
    found = list(connection.execute(query.order_by(HOUSEHOLD.c.id)).scalars())
    if not found:
        raise PlanFailure(PlanFault.NO_FAMILIES, village)
    for household_id in households:
        if household_id not in found:
            raise PlanFailure(PlanFault.NOT_ACCOMPANIED, str(household_id))
    return [one for one in found if not households or one in households]


def _not_withdrawn(connection: Connection, village: str) -> list[Any]:
    query = select(VISIT_ASSIGNMENT).where(
        VISIT_ASSIGNMENT.c.scope == village,
        VISIT_ASSIGNMENT.c.deleted_at.is_(None),
        VISIT_ASSIGNMENT.c.withdrawn_at.is_(None),
    )
    return list(connection.execute(query.order_by(VISIT_ASSIGNMENT.c.id)))
