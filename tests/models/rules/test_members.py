"""The members of a family: who is its head once some leave, and what the others are then."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from desktop.models.records.households import Relation
from desktop.models.rules.members import (
    SplitProblem,
    heads,
    likely_head,
    needs_head,
    present,
    relations_under,
    split_problem,
)

TODAY = date(2026, 11, 21)
HEAD, SPOUSE, CHILD, PARENT, OTHER = Relation


@dataclass(frozen=True)
class Somebody:
    id: UUID
    relation: str
    status: str
    birth_date: date | None


def family(*people: str) -> list[Somebody]:
    """Members by relation, year of birth, and whether they are gone: "child 2001", "head 1960 died"."""
    made = []
    for number, words in enumerate(people):
        relation, year, *status = words.split()
        born = None if year == "?" else date(int(year), 6, 1)
        made.append(Somebody(UUID(int=number), relation, "".join(status) or "present", born))
    return made


def ids(*numbers: int) -> set[UUID]:
    return {UUID(int=number) for number in numbers}


@pytest.mark.parametrize(
    ("people", "leaving", "needs", "likely"),
    [
        (["head 1960", "spouse 1962", "child 1990"], [0], True, 1),
        (["head 1960", "spouse 1962", "child 1990"], [2], False, 0),
        (["head 1960", "child 1995", "child 1990", "child 2015"], [0], True, 2),
        # Of age before whoever is not, whatever their relation.
        (["head 1960", "child 2015", "parent 1938"], [0], True, 2),
        (["head 1960", "child 2015", "child 2013"], [0], True, 2),
        (["head 1960", "child ?", "child 2015"], [0], True, 1),
        (["head 1960", "spouse 1962 died", "other 1980", "child 2001"], [0], True, 3),
        # Nobody is left, or nobody was the head before.
        (["head 1960"], [0], False, None),
        (["head 1960 died", "spouse 1962"], [], True, 1),
        (["head 1960", "head 1962"], [0], False, 1),
    ],
)
def test_who_is_the_head_then(
    people: list[str], leaving: list[int], needs: bool, likely: int | None
) -> None:
    members = family(*people)
    found = likely_head(members, ids(*leaving), TODAY)

    assert needs_head(members, ids(*leaving)) is needs
    assert (found and found.id) == (None if likely is None else UUID(int=likely))


@pytest.mark.parametrize(
    ("people", "head", "changed"),
    [
        # The husband died: the wife is the head, the children stay children.
        (["head 1960 died", "spouse 1962", "child 1990"], 1, {1: HEAD}),
        # The head is another one, and lives there still.
        (["head 1960", "spouse 1962", "child 1990"], 1, {0: SPOUSE, 1: HEAD}),
        (
            ["head 1960", "spouse 1962", "child 1990", "child 1993", "other 2019"],
            2,
            {0: PARENT, 1: PARENT, 2: HEAD, 3: OTHER},
        ),
        (["head 1990", "spouse 1992", "parent 1960", "parent 1962"], 2, {0: CHILD, 1: OTHER, 2: HEAD, 3: SPOUSE}),
        (["head 1960 died", "spouse 1962", "other 1990"], 2, {1: OTHER, 2: HEAD}),
        # Two laptops chose two heads: one of them stays.
        (["head 1960", "head 1962", "child 1990"], 1, {0: OTHER}),
        (["head 1960", "spouse 1962"], 0, {}),
        # What a newer version knows is something else to a new head, and stays what it is to the old.
        (["head 1960", "ward 2010"], 1, {0: OTHER, 1: HEAD}),
    ],
)  # fmt: skip
def test_what_the_others_are_to_a_new_head(
    people: list[str], head: int, changed: dict[int, Relation]
) -> None:
    told = relations_under(family(*people), UUID(int=head))
    assert {one.int: relation for one, relation in told.items()} == changed


def test_whoever_is_gone_is_no_head() -> None:
    members = family("head 1960 died", "spouse 1962", "head 1990")
    assert [one.id.int for one in present(members)] == [1, 2]
    assert [one.id.int for one in heads(members)] == [2]


@pytest.mark.parametrize(
    ("going", "new_head", "problem"),
    [
        ({2: HEAD}, None, None),
        ({2: HEAD, 3: CHILD}, None, None),
        ({0: HEAD, 3: CHILD}, 1, None),
        ({}, None, SplitProblem.NOBODY_GOES),
        ({0: HEAD, 1: SPOUSE, 2: CHILD, 3: CHILD}, None, SplitProblem.NOBODY_STAYS),
        ({2: SPOUSE, 3: CHILD}, None, SplitProblem.NO_HEAD),
        ({2: HEAD, 3: HEAD}, None, SplitProblem.SEVERAL_HEADS),
        ({0: HEAD}, None, SplitProblem.NO_HEAD_LEFT),
        ({0: HEAD, 3: CHILD}, 3, SplitProblem.NO_HEAD_LEFT),
        ({0: HEAD}, 4, SplitProblem.NO_HEAD_LEFT),
        ({4: HEAD}, None, SplitProblem.NOT_HERE),
        ({9: HEAD}, None, SplitProblem.NOT_HERE),
    ],
)
def test_who_may_found_a_family(
    going: dict[int, Relation], new_head: int | None, problem: SplitProblem | None
) -> None:
    members = family("head 1960", "spouse 1962", "child 1990", "other 2019", "child 1985 moved_out")
    found = split_problem(
        members,
        {UUID(int=number): relation for number, relation in going.items()},
        None if new_head is None else UUID(int=new_head),
    )
    assert found == problem
