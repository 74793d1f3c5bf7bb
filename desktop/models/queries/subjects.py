"""What a row is about, for whoever reads of it elsewhere: whose family, which member, business, month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from desktop.models.store.rows import chunks
from desktop.models.tables import (
    BUSINESS,
    CONFLICT,
    FAMILY_CARD,
    GRANT,
    HOUSEHOLD,
    MEMBER,
    PROGRESS_REPORT,
    SEARCH,
    STATE_MOVE,
    VISIT,
    VISIT_ASSIGNMENT,
    VISIT_MEMBER,
)

Subject = tuple[str, UUID]
"""A row: its table and its id."""


@dataclass(frozen=True, slots=True)
class About:
    """What a row is about.

    Attributes:
        household_id: the family; None for what is about no family.
        family: the name of its head.
        name: of the member or the business, where it is about one.
        business_id: the business, where it is about one.
        month: of a business ("2026-08").
        on: the day of the visit, or by which it is asked for.
    """

    household_id: UUID | None = None
    family: str = ""
    name: str = ""
    business_id: UUID | None = None
    month: str = ""
    on: date | None = None


def about(connection: Connection, subjects: Iterable[Subject]) -> dict[UUID, About]:
    """Row -> what it is about, of those that are on this laptop."""
    by_table: dict[str, list[UUID]] = defaultdict(list)
    for table, row_id in subjects:
        by_table[table].append(row_id)
    found: dict[UUID, About] = {}
    for table in by_table.keys() & _POINTING.keys():
        found |= _about_what_they_point_at(connection, table, by_table[table])
    for table in by_table.keys() & _ABOUT.keys():
        for some in chunks(by_table[table]):
            query, row_id = _ABOUT[table]
            for row in connection.execute(query.where(row_id.in_(some))).mappings():
                facts = {str(name): value for name, value in row.items() if value is not None}
                one = facts.pop("id")
                found[one] = About(**facts)
    return found


def subject_of(connection: Connection, table: str, row_id: UUID) -> Subject:
    """The record itself that a move or a decision is about; any other row is one."""
    pointing = _POINTING.get(table)
    if pointing is None:
        return table, row_id
    query = select(pointing.c.subject_table, pointing.c.subject_id).where(pointing.c.id == row_id)
    row = connection.execute(query).first()
    return (table, row_id) if row is None else subject_of(connection, *row)


def _about_what_they_point_at(
    connection: Connection, table: str, ids: Iterable[UUID]
) -> dict[UUID, About]:
    """The same for moves and decisions: they are about what their subjects are about."""
    subjects = {row_id: subject_of(connection, table, row_id) for row_id in ids}
    records = [subject for subject in subjects.values() if subject[0] not in _POINTING]
    found = about(connection, records)
    return {row_id: found[one[1]] for row_id, one in subjects.items() if one[1] in found}


def _query(row_id: Any, household: Any, joined: Any, **facts: Any) -> tuple[Select[Any], Any]:
    columns = {"id": row_id, "household_id": household, "family": SEARCH.c.head_name, **facts}
    named = [column.label(name) for name, column in columns.items()]
    family = joined.join(SEARCH, SEARCH.c.household_id == household, isouter=True)
    return select(*named).select_from(family), row_id


_POINTING: Mapping[str, Any] = {"state_move": STATE_MOVE, "conflict": CONFLICT}

_ABOUT: Mapping[str, tuple[Select[Any], Any]] = {
    "household": _query(HOUSEHOLD.c.id, HOUSEHOLD.c.id, HOUSEHOLD),
    "family_card": _query(FAMILY_CARD.c.id, FAMILY_CARD.c.household_id, FAMILY_CARD),
    "member": _query(MEMBER.c.id, MEMBER.c.household_id, MEMBER, name=MEMBER.c.name),
    "visit": _query(VISIT.c.id, VISIT.c.household_id, VISIT, on=VISIT.c.visited_on),
    "visit_member": _query(
        VISIT_MEMBER.c.id,
        VISIT.c.household_id,
        VISIT_MEMBER.join(VISIT, VISIT.c.id == VISIT_MEMBER.c.visit_id).join(
            MEMBER, MEMBER.c.id == VISIT_MEMBER.c.member_id, isouter=True
        ),
        name=MEMBER.c.name,
        on=VISIT.c.visited_on,
    ),
    "visit_assignment": _query(
        VISIT_ASSIGNMENT.c.id,
        VISIT_ASSIGNMENT.c.household_id,
        VISIT_ASSIGNMENT,
        on=VISIT_ASSIGNMENT.c.due_on,
    ),
    "business": _query(
        BUSINESS.c.id,
        BUSINESS.c.household_id,
        BUSINESS,
        name=BUSINESS.c.name,
        business_id=BUSINESS.c.id,
    ),
    "grant": _query(
        GRANT.c.id,
        GRANT.c.household_id,
        GRANT.join(BUSINESS, BUSINESS.c.id == GRANT.c.business_id, isouter=True),
        name=BUSINESS.c.name,
        business_id=GRANT.c.business_id,
    ),
    "progress_report": _query(
        PROGRESS_REPORT.c.id,
        BUSINESS.c.household_id,
        PROGRESS_REPORT.join(BUSINESS, BUSINESS.c.id == PROGRESS_REPORT.c.business_id),
        name=BUSINESS.c.name,
        business_id=PROGRESS_REPORT.c.business_id,
        month=PROGRESS_REPORT.c.month,
    ),
}
"""Table -> its rows with what they are about, and the column of their ids."""
