"""Members with one national id, as people tell them apart: whose family, where, how often visited."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, and_, exists, func, select

from desktop.models.records.households import HouseholdStatus, MemberStatus, Relation
from desktop.models.store.rows import chunks
from desktop.models.tables import HOUSEHOLD, MEMBER, REGION, SEARCH, VISIT

_OTHER = MEMBER.alias("other")
_IS_ONLY_HEAD = and_(
    MEMBER.c.relation == Relation.HEAD.value,
    ~exists().where(
        _OTHER.c.household_id == MEMBER.c.household_id,
        _OTHER.c.id != MEMBER.c.id,
        _OTHER.c.relation == Relation.HEAD.value,
        _OTHER.c.status == MemberStatus.PRESENT.value,
        _OTHER.c.deleted_at.is_(None),
    ),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A member who has a number that somebody else has, too.

    Attributes:
        member_id: the member.
        household_id: their family.
        name: theirs.
        family: the name of the family's head.
        is_only_head: they are the family's head, and nobody else in it is.
        village: where the family lives.
        hamlet: where in the village.
        born: the day, if it is known.
        visits: how often the family was visited.
        last_visit: when it was visited last.
    """

    member_id: UUID
    household_id: UUID
    name: str
    family: str
    is_only_head: bool
    village: str
    hamlet: str
    born: date | None
    visits: int
    last_visit: date | None


def people_with(connection: Connection, numbers: Collection[str]) -> dict[str, list[Person]]:
    """Number -> who has it, of those who are on this laptop and still accompanied."""
    # of these families alone: a laptop has visits of thousands
    visits = (
        select(func.count())
        .where(VISIT.c.household_id == HOUSEHOLD.c.id, VISIT.c.deleted_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            MEMBER,
            HOUSEHOLD.c.hamlet,
            SEARCH.c.head_name,
            SEARCH.c.last_visit_on,
            _IS_ONLY_HEAD.label("is_only_head"),
            func.coalesce(REGION.c.name, HOUSEHOLD.c.scope).label("village"),
            visits.label("visits"),
        )
        .join(HOUSEHOLD, HOUSEHOLD.c.id == MEMBER.c.household_id)
        .join(SEARCH, SEARCH.c.household_id == HOUSEHOLD.c.id, isouter=True)
        .join(REGION, REGION.c.code == HOUSEHOLD.c.scope, isouter=True)
        .where(
            MEMBER.c.deleted_at.is_(None),
            MEMBER.c.status == MemberStatus.PRESENT.value,
            HOUSEHOLD.c.deleted_at.is_(None),
            HOUSEHOLD.c.status == HouseholdStatus.ACTIVE.value,
        )
        .order_by(MEMBER.c.id)
    )
    found: dict[str, list[Person]] = defaultdict(list)
    for some in chunks(numbers):
        for row in connection.execute(query.where(MEMBER.c.national_id.in_(some))):
            last = row.last_visit_on
            found[row.national_id].append(
                Person(
                    member_id=row.id,
                    household_id=row.household_id,
                    name=row.name,
                    family=row.head_name or "",
                    is_only_head=row.is_only_head,
                    village=row.village,
                    hamlet=row.hamlet or "",
                    born=row.birth_date,
                    visits=row.visits,
                    last_visit=date.fromisoformat(last) if last else None,
                )
            )
    return found
