"""What a visit found of the eight factors, from its answers and what is known of the family."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from desktop.models.records.households import Relation
from desktop.models.reference import Reference
from desktop.models.rules.ages import years_on
from desktop.models.rules.carrying import Finding, factors_asked
from desktop.models.rules.deprivations import Context, MemberAnswers, deprivations


class Person(Protocol):
    """A member of a family, also one who does not live there any more."""

    @property
    def id(self) -> UUID:
        """The member."""

    @property
    def relation(self) -> str:
        """To the head of the family."""

    @property
    def birth_date(self) -> date | None:
        """None if it is not known."""

    @property
    def is_present(self) -> bool:
        """Whether they live there now."""


def found_at_visit(
    on: date,
    answers: Mapping[str, Any],
    said: Mapping[UUID, Mapping[str, Any]],
    people: Iterable[Person],
    reference: Reference,
    *,
    is_urban: bool | None,
) -> Finding:
    """What a visit found, by the poverty lines in force on its day.

    Args:
        on: its day.
        answers: of the household, by the name of the question.
        said: the same of each member who was asked about.
        people: all members, those who left since among them.
        reference: the poverty lines.
        is_urban: the village; None if it is not known.
    """
    poverty, extreme = reference.poverty_line(on), reference.extreme_line(on)
    everybody = list(people)
    context = Context(
        poverty_line=poverty.amount if poverty else None,
        extreme_line=extreme.amount if extreme else None,
        is_urban=is_urban,
        household_size=sum(one.is_present for one in everybody) or None,
    )
    members = [
        MemberAnswers(
            age=years_on(one.birth_date, on) if one.birth_date else None,
            answers=said[one.id],
            is_head=one.relation == Relation.HEAD,
        )
        for one in everybody
        if one.id in said
    ]
    outcomes = deprivations(answers, members, context)
    return Finding(on, outcomes, factors_asked(answers, members, outcomes))
