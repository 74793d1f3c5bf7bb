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
    return Finding(on, outcomes, factors_asked(answers, members))


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, set()),
        ({"fies_unhealthy": "no"}, {Factor.FOOD}),
        ({"spending_food": 1}, {Factor.NON_FOOD}),
        ({"household_size": 4}, set()),  # of spending and of housing: tells of neither
        ({"roof": "tile", "water_cooking": "1"}, {Factor.HOUSING, Factor.WATER}),
        ({"owns_tv": "unknown"}, {Factor.INFORMATION}),  # asked, and not known
        ({"toilet": None}, set()),
    ],
)
def test_a_factor_was_asked_of_if_a_question_of_its_own_was_answered(
    answers: dict[str, Any], asked: set[Factor]
) -> None:
    assert factors_asked(answers, []) == asked


def test_what_is_asked_of_members_counts() -> None:
    people = [MemberAnswers(40, {"schooling": "primary"}), MemberAnswers(9, {"insurance": "none"})]
    assert factors_asked({}, people) == {Factor.EDUCATION, Factor.HEALTH}


def test_every_factor_has_a_question_of_its_own() -> None:
    everything = {
        "fies_worried": "no",
        "new_clothing": "no",
        "water_drinking": "1",
        "toilet": "own",
    }
    everything |= {"owns_phone": "no", "floor": "earth"}
    people = [MemberAnswers(9, {"insurance": "none", "school": "never"})]
    assert factors_asked(everything, people) == set(Factor)


def test_what_is_not_asked_stands_as_it_was_found_last() -> None:
    findings = [
        found(JUNE, toilet="none", fies_worried="no"),
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
    *_, last = carry([found(JUNE, water_drinking="14"), found(JULY, water_drinking="")])
    assert last.outcomes[Factor.WATER].result is Result.UNKNOWN
    assert last.since == {}
