"""Families that come from one another: whom a family's members founded, and whom it was founded from.

Neither is written anywhere: it follows from the ids of families that were split, see `operations/splitting`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.records.households import MemberStatus, founded_household_id
from desktop.models.tables import MEMBER, SEARCH


@dataclass(frozen=True, slots=True)
class Kin:
    """Another family, and the name of who founded one of the two."""

    household_id: UUID
    head_name: str
    founder: str


def founded_by(
    connection: Connection, household_id: UUID, members: Iterable[tuple[UUID, str]]
) -> list[Kin]:
    """The families that members of a family (id, name) have founded, as far as they are here."""
    founders = {founded_household_id(household_id, member_id): name for member_id, name in members}
    query = select(SEARCH.c.household_id, SEARCH.c.head_name).where(
        SEARCH.c.household_id.in_(founders)
    )
    rows = connection.execute(query.order_by(SEARCH.c.head_name)) if founders else ()
    return [Kin(row.household_id, row.head_name, founders[row.household_id]) for row in rows]


def founded_from(
    connection: Connection, household_id: UUID, scope: str, names: Iterable[str]
) -> Kin | None:
    """The family in the same village that one was founded from.

    Args:
        connection: the store.
        household_id: the family that was founded.
        scope: its village.
        names: of its members; whoever founded it has one of them.
    """
    query = select(MEMBER.c.id, MEMBER.c.household_id, MEMBER.c.name, SEARCH.c.head_name).join(
        SEARCH, SEARCH.c.household_id == MEMBER.c.household_id
    )
    left = query.where(
        MEMBER.c.scope == scope,
        MEMBER.c.status == MemberStatus.MOVED_OUT.value,
        MEMBER.c.name.in_(list(names)),
    )
    for row in connection.execute(left):
        if founded_household_id(row.household_id, row.id) == household_id:
            return Kin(row.household_id, row.head_name, row.name)
    return None
