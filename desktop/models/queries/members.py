"""The members of a family as they are recorded, and all that is needed to change who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.records.households import MemberStatus, Relation
from desktop.models.tables import HOUSEHOLD, MEMBER


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member as recorded; `relation`, `status` and `sex` are codes of the records."""

    id: UUID
    name: str
    relation: str
    status: str
    national_id: str | None
    sex: str | None
    birth_date: date | None
    birth_place: str | None
    occupation: str | None
    left_on: date | None

    @property
    def is_present(self) -> bool:
        """Whether the member lives here."""
        return self.status == MemberStatus.PRESENT


@dataclass(frozen=True, slots=True)
class People:
    """A family as far as its members can be changed: where it lives, and who belongs to it."""

    household_id: UUID
    scope: str
    hamlet: str | None
    rt: str | None
    rw: str | None
    address: str | None
    members: Sequence[MemberView]


def people_of(connection: Connection, household_id: UUID) -> People | None:
    """The people of a family; None if it is not on this laptop."""
    row = connection.execute(
        select(HOUSEHOLD).where(HOUSEHOLD.c.id == household_id, HOUSEHOLD.c.deleted_at.is_(None))
    ).first()
    if row is None:
        return None
    place = (row.scope, row.hamlet, row.rt, row.rw, row.address)
    return People(household_id, *place, members_of(connection, household_id))


def members_of(connection: Connection, household_id: UUID) -> list[MemberView]:
    """The members of a family: those who live there first, the head before the others."""
    living = (MEMBER.c.household_id == household_id, MEMBER.c.deleted_at.is_(None))
    rows = connection.execute(select(MEMBER).where(*living).order_by(MEMBER.c.id)).all()
    names = tuple(MemberView.__dataclass_fields__)
    members = [MemberView(**{name: getattr(row, name) for name in names}) for row in rows]
    order = list(Relation)
    return sorted(members, key=lambda each: (not each.is_present, order.index(each.relation)))  # type: ignore[arg-type]  # a code of it
