"""The members of a family: who is its head, and what follows when some of them leave."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, Protocol, TypeVar
from uuid import UUID

from desktop.models.records.households import MemberStatus, Relation
from desktop.models.rules.ages import ADULT, years_on

_SUCCESSORS: Final = (Relation.SPOUSE, Relation.CHILD, Relation.PARENT, Relation.OTHER)
"""Who is the most likely next head, in this order; whoever is of age before whoever is not."""
_PLACES: Final = {one: place for place, one in enumerate((Relation.HEAD, *_SUCCESSORS))}

_UNDER: Final[Mapping[Relation, Mapping[Relation, Relation]]] = {
    Relation.HEAD: {one: one for one in _SUCCESSORS},
    Relation.SPOUSE: {Relation.HEAD: Relation.SPOUSE, Relation.CHILD: Relation.CHILD},
    Relation.CHILD: {Relation.HEAD: Relation.PARENT, Relation.SPOUSE: Relation.PARENT},
    Relation.PARENT: {Relation.HEAD: Relation.CHILD, Relation.PARENT: Relation.SPOUSE},
    Relation.OTHER: {},
}
"""What the new head was -> what another one was -> what that one is to the new head.

Whoever is not named is something else: an in-law, a brother or sister, a grandchild.
"""


class Relative(Protocol):
    """A member, as far as these rules look at one."""

    @property
    def id(self) -> UUID:
        """Theirs."""

    @property
    def relation(self) -> str:
        """A code of `Relation`."""

    @property
    def status(self) -> str:
        """A code of `MemberStatus`."""

    @property
    def birth_date(self) -> date | None:
        """The day, if it is known."""


R = TypeVar("R", bound=Relative)


class SplitProblem(StrEnum):
    """Why a family cannot be split like that."""

    NOBODY_GOES = "nobody_goes"
    NOT_HERE = "not_here"
    NOBODY_STAYS = "nobody_stays"
    NO_HEAD = "no_head"
    SEVERAL_HEADS = "several_heads"
    NO_HEAD_LEFT = "no_head_left"


def present(members: Iterable[R]) -> list[R]:
    """Those who live there."""
    return [one for one in members if one.status == MemberStatus.PRESENT]


def heads(members: Iterable[R]) -> list[R]:
    """Those who live there and are said to be the head: one, if all is well."""
    return [one for one in present(members) if one.relation == Relation.HEAD]


def staying(members: Iterable[R], leaving: Collection[UUID]) -> list[R]:
    """Those who live there once some have left."""
    return [one for one in present(members) if one.id not in leaving]


def needs_head(members: Sequence[R], leaving: Collection[UUID]) -> bool:
    """Whether a new head has to be chosen: somebody stays, and nobody of them is the head."""
    rest = staying(members, leaving)
    return bool(rest) and not heads(rest)


def likely_head(members: Iterable[R], leaving: Collection[UUID], today: date) -> R | None:
    """Who is probably the next head: the spouse, else the eldest child of age, else another adult.

    Whoever is the head already comes before all of them.
    """

    def place(one: R) -> tuple[bool, int, date]:
        born = one.birth_date
        is_minor = born is not None and years_on(born, today) < ADULT
        return is_minor, _PLACES[_relation(one)], born or date.max

    return min(staying(members, leaving), key=place, default=None)


def relations_under(members: Iterable[R], head_id: UUID) -> dict[UUID, Relation]:
    """Member -> relation, of those for whom it is another one once somebody is the head.

    It is the likely relation: people of whom more is known are corrected by hand.
    """
    here = present(members)
    head = next(one for one in here if one.id == head_id)
    under = _UNDER[_relation(head)]
    told = {one.id: under.get(_relation(one), Relation.OTHER) for one in here}
    told[head_id] = Relation.HEAD
    return {one.id: told[one.id] for one in here if told[one.id] != one.relation}


def split_problem(
    members: Sequence[R], going: Mapping[UUID, Relation], new_head: UUID | None
) -> SplitProblem | None:
    """Why some members cannot found a family of their own like that; None if they can.

    Args:
        members: of the family that they leave.
        going: those who go, and what each is in the new family.
        new_head: of those who stay, if their head goes.
    """
    rest = staying(members, going)
    if not going:
        return SplitProblem.NOBODY_GOES
    if not going.keys() <= {one.id for one in present(members)}:
        return SplitProblem.NOT_HERE
    if not rest:
        return SplitProblem.NOBODY_STAYS
    count = list(going.values()).count(Relation.HEAD)
    if count != 1:
        return SplitProblem.SEVERAL_HEADS if count else SplitProblem.NO_HEAD
    if needs_head(members, going) and new_head not in {one.id for one in rest}:
        return SplitProblem.NO_HEAD_LEFT
    return None


def _relation(member: Relative) -> Relation:
    """What somebody is in the family; what a newer version knows is something else."""
    return next((one for one in Relation if one == member.relation), Relation.OTHER)
