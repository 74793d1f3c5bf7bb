"""Splitting a family: some of its members found a family of their own in the same village.

What was asked about them at earlier visits stays with the visits, and so with the family that was
visited: there they are noted as moved out. In the new family each has a record of their own, whose id
follows from the old one, so that two laptops that hear of it at once record one family.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from desktop.models.operations.households import choose_head, member_left, register
from desktop.models.records.base import new_id
from desktop.models.records.households import (
    Household,
    Member,
    MemberStatus,
    Relation,
    founded_household_id,
    founding_member_id,
)
from desktop.models.rules.dates import to_wib
from desktop.models.rules.members import SplitProblem, split_problem
from desktop.models.store.rows import read_row
from desktop.models.store.writer import Writer
from desktop.models.tables import MEMBER

_GO_ALONG: Final = ("name", "national_id", "sex", "birth_date", "birth_place", "occupation")
"""What is known of a person, in whatever family."""


class SplitError(ValueError):
    """A family cannot be split like that; `problem` says why."""

    def __init__(self, problem: SplitProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Split:
    """Who founds a family of their own, and where it lives.

    Attributes:
        going: those who go, and what each is in the new family; one of them its head.
        new_head: of those who stay, if their head goes.
        family_card_number: of the new family, if it has one already.
        place: where it lives, as fields of a household: hamlet, address and the like.
    """

    going: Mapping[UUID, Relation]
    new_head: UUID | None = None
    family_card_number: str | None = None
    place: Mapping[str, Any] = field(default_factory=dict)


def split_family(writer: Writer, household_id: UUID, split: Split) -> UUID:
    """Lets some members of a family found their own; returns the new family.

    Raises:
        SplitError: it cannot be split like that.
        LookupError: there is no such family.
    """
    found = read_row(writer.connection, "household", household_id)
    if found is None:
        raise LookupError(f"household {household_id}")
    living = (MEMBER.c.household_id == household_id, MEMBER.c.deleted_at.is_(None))
    rows = writer.connection.execute(select(MEMBER).where(*living).order_by(MEMBER.c.id)).all()
    people = {row.id: row for row in rows}
    problem = split_problem(rows, split.going, split.new_head)
    if problem is not None:
        raise SplitError(problem)
    today = to_wib(writer.now).date()
    for member_id in split.going:  # they leave first: nobody ever lives in two families
        member_left(writer, member_id, MemberStatus.MOVED_OUT, today)
    if split.new_head is not None:
        choose_head(writer, split.new_head)
    founder = next(one for one, relation in split.going.items() if relation is Relation.HEAD)
    household = Household(
        id=_new_household_id(writer, people[founder]),
        scope=found[0],
        registered_on=today,
        **split.place,
    )
    members = [
        Member(
            id=founding_member_id(member_id, household.id),
            scope=found[0],
            household_id=household.id,
            relation=relation,
            **{name: getattr(people[member_id], name) for name in _GO_ALONG},
        )
        for member_id, relation in split.going.items()
    ]
    register(writer, household, members, split.family_card_number)
    return household.id


def _new_household_id(writer: Writer, founder: Any) -> UUID:
    """Follows from who founds it, and from when they had left before.

    Of whoever came back by an older version, that day is not known any more.
    """
    founded = founded_household_id(founder.household_id, founder.id, founder.left_on)
    return founded if read_row(writer.connection, "household", founded) is None else new_id()
