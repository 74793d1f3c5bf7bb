"""What was recorded by one questionnaire: visits, and the rows of their repeats, members among them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.questionnaires.form import KNOWN_REPEAT
from server.tables import SYNCED

_VISIT, _MEMBER, _REPEAT = (SYNCED[name] for name in ("visit", "visit_member", "visit_repeat"))


@dataclass(frozen=True, slots=True)
class RecordedVisit:
    """A visit: who, where, when, and its answers by question."""

    id: UUID
    scope: str
    household_id: UUID
    facilitator_id: UUID
    visited_on: str
    outcome: str
    version: int
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """A row of a repeat; `subject` is the member that it is about, if it is about one."""

    visit_id: UUID
    repeat: str
    number: int
    subject: UUID | None
    answers: dict[str, Any]


def visits_of(connection: Connection, questionnaire: str) -> Iterator[RecordedVisit]:
    """The visits that asked a questionnaire, in the order of their days."""
    query = (
        select(_VISIT)
        .where(_VISIT.c.questionnaire == questionnaire, _VISIT.c.deleted_at.is_(None))
        .order_by(_VISIT.c.visited_on, _VISIT.c.id)
    )
    for row in connection.execute(query):
        yield RecordedVisit(
            row.id,
            row.scope,
            row.household_id,
            row.facilitator_id,
            row.visited_on.isoformat(),
            row.outcome,
            row.questionnaire_version,
            row.answers,
        )


def rows_of(connection: Connection, questionnaire: str) -> Iterator[RecordedRow]:
    """The rows of all repeats of those visits, visit by visit."""
    asked = select(_VISIT.c.id).where(
        _VISIT.c.questionnaire == questionnaire, _VISIT.c.deleted_at.is_(None)
    )
    members = select(_MEMBER).where(_MEMBER.c.visit_id.in_(asked), _MEMBER.c.deleted_at.is_(None))
    number, visit = 0, None
    for row in connection.execute(members.order_by(_MEMBER.c.visit_id, _MEMBER.c.id)):
        number, visit = (number + 1 if row.visit_id == visit else 1), row.visit_id
        yield RecordedRow(row.visit_id, KNOWN_REPEAT, number, row.member_id, row.answers)
    repeats = select(_REPEAT).where(_REPEAT.c.visit_id.in_(asked), _REPEAT.c.deleted_at.is_(None))
    order = (_REPEAT.c.visit_id, _REPEAT.c.repeat, _REPEAT.c.place)
    for row in connection.execute(repeats.order_by(*order)):
        yield RecordedRow(row.visit_id, row.repeat, row.place + 1, row.inside, row.answers)
