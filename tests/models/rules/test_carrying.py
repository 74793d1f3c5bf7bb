"""What a visit did not ask of stands as it was found last, and says since when."""

from datetime import date
from typing import Any

import pytest

from desktop.models.rules.carrying import Finding, carry, factors_asked
from desktop.models.rules.deprivations import (
    Context,
    Factor,
    MemberAnswers,
    Result,
    deprivations,
)

JUNE, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)


def found(on: date, members: tuple[MemberAnswers, ...] = (), **answers: Any) -> Finding:
    outcomes = deprivations(answers, members, Context())
    return Finding(on, outcomes, factors_asked(answers, members, outcomes))


def asked_of(answers: dict[str, Any], *members: MemberAnswers) -> frozenset[Factor]:
    return found(JUNE, members, **answers).asked


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, set()),
        ({"fies_worried": "yes"}, {Factor.FOOD}),
        ({"fies_worried": "no"}, set()),  # one of eight tells nothing
        ({"new_clothing": "no"}, {Factor.NON_FOOD}),
        ({"spending_food": 1}, set()),
        ({"household_size": 4}, set()),  # of spending and of housing: tells of neither
        ({"roof": "thatch", "water_drinking": "1"}, {Factor.HOUSING, Factor.WATER}),
        ({"owns_phone": "yes"}, set()),
        ({"owns_tv": "unknown"}, {Factor.INFORMATION}),  # asked, and not known
        ({"toilet": None}, set()),
    ],
)
def test_a_factor_was_asked_of_if_a_question_of_its_own_was_answered(
    answers: dict[str, Any], asked: set[Factor]
) -> None:
    assert asked_of(answers) == asked


def test_what_is_asked_of_members_counts() -> None:
    adult, child = MemberAnswers(40, {"schooling": "none"}), MemberAnswers(9, {"insurance": "none"})
    assert asked_of({}, adult, child) == {Factor.EDUCATION, Factor.HEALTH}


def test_every_factor_has_a_question_of_its_own() -> None:
    lacking = {"fies_worried": "yes", "new_clothing": "no", "water_drinking": "14"}
    lacking |= {"toilet": "none", "knows_where_to_ask": "no", "floor": "earth"}
    child = MemberAnswers(9, {"insurance": "none", "school": "never"})
    assert asked_of(lacking, child) == set(Factor)


def test_what_is_not_asked_stands_as_it_was_found_last() -> None:
    findings = [
        found(JUNE, toilet="none", fies_worried="unknown"),
        found(JULY, fies_worried="yes"),
        found(AUGUST, toilet="own", bowl="swan_neck", pit="septic"),
    ]
    june, july, august = carry(findings)
    assert june.since == {}
    assert july.outcomes[Factor.FOOD].result is Result.DEPRIVED
    assert july.outcomes[Factor.SANITATION].result is Result.DEPRIVED
    assert july.since == {Factor.SANITATION: JUNE}
    assert august.outcomes[Factor.FOOD].result is Result.DEPRIVED
    assert august.outcomes[Factor.SANITATION].result is Result.NOT_DEPRIVED
    assert august.since == {Factor.FOOD: JULY}
    assert august.on == AUGUST


def test_what_was_never_asked_is_unknown() -> None:
    (standing,) = carry([found(JUNE, fies_worried="yes")])
    unknown = {factor for factor, one in standing.outcomes.items() if one.result is Result.UNKNOWN}
    assert unknown == set(Factor) - {Factor.FOOD}
    assert standing.since == {}


def test_asked_again_and_not_known_is_unknown_now() -> None:
    *_, last = carry([found(JUNE, water_drinking="14"), found(JULY, water_drinking="unknown")])
    assert last.outcomes[Factor.WATER].result is Result.UNKNOWN
    assert last.since == {}


def test_a_question_asked_by_the_way_hides_nothing() -> None:
    """As by a questionnaire of the office that asks of telephones."""
    *_, last = carry([found(JUNE, knows_where_to_ask="no"), found(JULY, owns_phone="yes")])
    assert last.outcomes[Factor.INFORMATION].result is Result.DEPRIVED
    assert last.since == {Factor.INFORMATION: JUNE}
