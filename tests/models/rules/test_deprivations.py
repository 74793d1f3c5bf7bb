"""The eight factors at their boundaries, as tables, and the ministry's signs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop.models.questionnaires.form import load
from desktop.models.rules.deprivations import (
    RULE,
    VERSION,
    Context,
    Factor,
    Flag,
    MemberAnswers,
    Outcome,
    Result,
    Severity,
    Sign,
    all_of,
    any_of,
    deprivations,
    ministerial_signs,
    negated,
    questions_read,
)

YES, NO, OPEN = Result.DEPRIVED, Result.NOT_DEPRIVED, Result.UNKNOWN
CONTEXT = Context(poverty_line=700_000, extreme_line=400_000, is_urban=False, household_size=4)
FIES = ("worried", "unhealthy", "few_kinds", "skipped_meal", "ate_less", "ran_out", "hungry")
FORM = load(Path(__file__).parents[3] / "resources" / "questionnaires" / "household_visit.json")


def outcome(
    factor: Factor,
    answers: Mapping[str, Any] | None = None,
    *members: MemberAnswers,
    context: Context = CONTEXT,
) -> Outcome:
    return deprivations(answers or {}, members, context)[factor]


def fies(*yes: str, **others: str) -> dict[str, str]:
    """All eight items: `yes` for the named ones, `others` as given, the rest no."""
    names = (*FIES, "whole_day")
    return {f"fies_{n}": others.get(n, "yes" if n in yes else "no") for n in names}


def test_the_rule_is_named_and_versioned() -> None:
    assert (RULE, VERSION) == ("deprivations", 1)


@pytest.mark.parametrize("factor", Factor)
def test_nothing_answered_is_unknown(factor: Factor) -> None:
    assert outcome(factor, context=Context()).result is OPEN


@pytest.mark.parametrize(
    ("verdicts", "anything", "everything"),
    [
        ([True, None, False], True, False),
        ([True, None], True, None),
        ([False, None], None, False),
        ([True, True], True, True),
        ([False, False], False, False),
        ([None], None, None),
        ([], False, True),
    ],
)
def test_three_valued_logic(
    verdicts: list[bool | None], anything: bool | None, everything: bool | None
) -> None:
    assert any_of(verdicts) is anything
    assert all_of(verdicts) is everything
    assert [negated(v) for v in (True, False, None)] == [False, True, None]


@pytest.mark.parametrize(
    ("answers", "result", "severity"),
    [
        (fies(), NO, None),
        (fies("worried"), YES, Severity.LIGHT),
        (fies("unhealthy", "few_kinds"), NO, None),
        (fies("skipped_meal", "ate_less"), NO, None),
        (fies("worried", "few_kinds"), YES, Severity.LIGHT),
        (fies("worried", "skipped_meal"), YES, Severity.MODERATE),
        (fies("worried", "ate_less"), YES, Severity.MODERATE),
        (fies("ran_out"), YES, Severity.MODERATE),
        (fies("hungry"), YES, Severity.SEVERE),
        (fies("whole_day"), YES, Severity.SEVERE),
        (fies("worried", whole_day="refused"), YES, Severity.LIGHT),
        (fies(hungry="unknown"), OPEN, None),
        (fies(whole_day="refused"), OPEN, None),
        (fies(unhealthy="unknown"), NO, None),
        ({"fies_worried": "no"}, OPEN, None),
    ],
)
def test_food(answers: dict[str, str], result: Result, severity: Severity | None) -> None:
    found = outcome(Factor.FOOD, answers)
    assert (found.result, found.severity) == (result, severity)


def spending(food: Any, other: Any, size: Any = 4, clothing: str | None = "yes") -> dict[str, Any]:
    answers = {
        "spending_food": food,
        "spending_other": other,
        "household_size": size,
        "new_clothing": clothing,
    }
    return {name: value for name, value in answers.items() if value is not None}


@pytest.mark.parametrize(
    ("answers", "result", "severity", "flagged"),
    [
        (spending(1_400_000, 1_400_000), NO, None, False),
        (spending(1_400_000, 1_399_999), YES, None, True),
        (spending(1_399_999, 1_400_000), YES, None, False),
        (spending(800_000, 800_000), YES, None, False),
        (spending(800_000, 799_999), YES, Severity.EXTREME, True),
        (spending(2_000_000, 2_000_000, clothing="no"), YES, None, False),
        (spending(2_000_000, 2_000_000, clothing="unknown"), OPEN, None, False),
        (spending(2_000_000, None), OPEN, None, False),
        (spending(None, 100, clothing="no"), YES, None, False),
        (spending(1_400_000, 1_400_000, size=None), NO, None, False),
        (spending(1_400_000, 1_400_000, size=5), YES, None, False),
        (spending(0, 0), YES, Severity.EXTREME, False),
        (spending("sejuta", 0), OPEN, None, False),
    ],
)
def test_non_food(
    answers: dict[str, Any], result: Result, severity: Severity | None, flagged: bool
) -> None:
    found = outcome(Factor.NON_FOOD, answers)
    assert (found.result, found.severity) == (result, severity)
    assert (Flag.FOOD_ABOVE_HALF in found.flags) is flagged


def test_non_food_needs_the_line_of_the_period() -> None:
    answers = spending(2_000_000, 2_000_000)
    found = outcome(Factor.NON_FOOD, answers, context=Context(household_size=4))
    assert (found.result, found.reasons) == (OPEN, ("below_poverty_line",))


@pytest.mark.parametrize(
    ("drinking", "cooking", "result"),
    [
        *((str(source), "14", NO) for source in range(1, 10)),
        *((str(source), "1", YES) for source in range(12, 16)),
        ("10", "9", NO),
        ("11", "1", NO),
        ("10", "10", YES),
        ("11", "12", YES),
        ("10", "15", YES),
        ("10", None, OPEN),
        (None, "1", OPEN),
        ("9", None, NO),
        ("12", None, YES),
    ],
)
def test_water(drinking: str | None, cooking: str | None, result: Result) -> None:
    found = outcome(Factor.WATER, {"water_drinking": drinking, "water_cooking": cooking})
    assert found.result is result


@pytest.mark.parametrize(("minutes", "far"), [(29, False), (30, True), (0, False), (None, False)])
def test_far_water_is_only_flagged(minutes: int | None, far: bool) -> None:
    found = outcome(Factor.WATER, {"water_drinking": "1", "water_minutes": minutes})
    assert found.result is NO
    assert (Flag.WATER_FAR in found.flags) is far


@pytest.mark.parametrize(
    ("toilet", "bowl", "pit", "urban", "result"),
    [
        ("own", "swan_neck", "septic", True, NO),
        ("shared", "swan_neck", "treatment_plant", True, NO),
        ("communal", "swan_neck", "septic", None, NO),
        ("own", "swan_neck", "pit", False, NO),
        ("own", "swan_neck", "pit", True, YES),
        ("own", "swan_neck", "pit", None, OPEN),
        ("own", "swan_neck", "other", False, YES),
        ("own", "swan_neck", "unknown", False, OPEN),
        ("own", "plengsengan", "septic", False, YES),
        ("own", "cemplung", "unknown", False, YES),
        ("own", "none", "septic", False, YES),
        ("public", "swan_neck", "septic", False, YES),
        ("none", None, None, False, YES),
        ("own", None, "septic", False, OPEN),
        (None, None, None, False, OPEN),
    ],
)
def test_sanitation(
    toilet: str | None, bowl: str | None, pit: str | None, urban: bool | None, result: Result
) -> None:
    answers = {"toilet": toilet, "bowl": bowl, "pit": pit}
    found = outcome(Factor.SANITATION, answers, context=Context(is_urban=urban))
    assert found.result is result


def member(age: int | None = 30, *, is_head: bool = False, **answers: str) -> MemberAnswers:
    return MemberAnswers(age, answers, is_head)


def insured(**answers: str) -> MemberAnswers:
    return MemberAnswers(30, {"insurance": "pbi_central", **answers})


@pytest.mark.parametrize(
    ("members", "result"),
    [
        ([], OPEN),
        ([insured(ill_last_month="no")], NO),
        ([insured(ill_last_month="yes", treatment="treated")], NO),
        ([insured(ill_last_month="yes", treatment="untreated_other")], NO),
        ([insured(ill_last_month="yes", treatment="untreated_cost")], YES),
        ([insured(ill_last_month="yes", treatment="untreated_distance")], YES),
        ([insured(ill_last_month="yes")], OPEN),
        ([insured(ill_last_month="yes", treatment="unknown")], OPEN),
        ([insured(ill_last_month="unknown")], OPEN),
        ([insured()], OPEN),
        ([insured(ill_last_month="no"), member(ill_last_month="no")], OPEN),
        ([insured(ill_last_month="no"), member(insurance="none")], YES),
        ([insured(ill_last_month="no"), member(insurance="inactive")], YES),
        *(
            ([member(insurance=kind, ill_last_month="no")], NO)
            for kind in ("pbi_local", "wage_earner", "self_paid")
        ),
        ([member(insurance="unknown", ill_last_month="no")], OPEN),
    ],
)
def test_health(members: list[MemberAnswers], result: Result) -> None:
    assert outcome(Factor.HEALTH, {}, *members).result is result


GRADUATE = member(35, schooling="primary")


@pytest.mark.parametrize(
    ("members", "result"),
    [
        ([], OPEN),
        ([GRADUATE], NO),
        ([member(35, schooling="some_primary")], YES),
        ([member(35, schooling="none"), member(60, schooling="higher")], NO),
        ([member(35, schooling="none"), member(60, schooling="unknown")], OPEN),
        ([member(35)], OPEN),
        ([member(17, schooling="upper_secondary")], YES),
        ([member(18, schooling="lower_secondary")], NO),
        ([GRADUATE, member(6)], NO),
        ([GRADUATE, member(7, school="attending")], NO),
        ([GRADUATE, member(7, school="never")], YES),
        ([GRADUATE, member(15, school="no_longer")], YES),
        ([GRADUATE, member(16, school="no_longer")], NO),
        ([GRADUATE, member(10)], OPEN),
        ([GRADUATE, member(10, school="unknown")], OPEN),
        ([GRADUATE, member(None)], OPEN),
        ([GRADUATE, member(None), member(12, school="never")], YES),
        ([member(None, schooling="primary")], OPEN),
    ],
)
def test_education(members: list[MemberAnswers], result: Result) -> None:
    assert outcome(Factor.EDUCATION, {}, *members).result is result


@pytest.mark.parametrize(
    ("phone", "tv", "radio", "channel", "result"),
    [
        ("yes", "no", "no", "yes", NO),
        ("no", "no", "yes", "yes", NO),
        ("no", "no", "no", "yes", YES),
        ("yes", "yes", "yes", "no", YES),
        ("no", "no", None, "yes", OPEN),
        ("no", "no", "unknown", "no", YES),
        ("yes", None, None, "yes", NO),
        ("yes", "no", "no", None, OPEN),
        ("yes", "no", "no", "unknown", OPEN),
    ],
)
def test_information(
    phone: str | None, tv: str | None, radio: str | None, channel: str | None, result: Result
) -> None:
    answers = {
        "owns_phone": phone,
        "owns_tv": tv,
        "owns_radio": radio,
        "knows_where_to_ask": channel,
    }
    assert outcome(Factor.INFORMATION, answers).result is result


SOUND = {
    "has_dwelling": "yes",
    "household_size": 5,
    "floor_area": "36",
    "roof": "tile",
    "wall": "brick",
    "floor": "cement",
}


@pytest.mark.parametrize(
    ("changes", "result", "reasons"),
    [
        ({}, NO, ()),
        ({"floor_area": "35.99"}, YES, ("crowded",)),
        ({"floor_area": 36}, NO, ()),
        ({"household_size": None}, NO, ()),
        ({"floor_area": None}, OPEN, ("crowded",)),
        *(({"roof": roof}, NO, ()) for roof in ("concrete", "shingle", "zinc")),
        *(({"roof": roof}, YES, ("roof",)) for roof in ("asbestos", "bamboo", "thatch", "other")),
        *(({"wall": wall}, NO, ()) for wall in ("plastered_weave", "wood")),
        *(({"wall": wall}, YES, ("wall",)) for wall in ("bamboo_weave", "bamboo", "other")),
        *(({"floor": floor}, NO, ()) for floor in ("tile", "marble", "vinyl", "wood")),
        *(({"floor": floor}, YES, ("floor",)) for floor in ("bamboo", "earth", "other")),
        ({"roof": None}, OPEN, ("roof",)),
        ({"roof": None, "floor": "earth"}, YES, ("floor",)),
        ({"has_dwelling": "no"}, YES, ("no_dwelling",)),
    ],
)
def test_housing(changes: dict[str, Any], result: Result, reasons: tuple[str, ...]) -> None:
    found = outcome(Factor.HOUSING, SOUND | changes)
    assert (found.result, found.reasons) == (result, reasons)


@pytest.mark.parametrize(
    ("sign", "there", "absent"),
    [
        (Sign.NO_DWELLING, {"has_dwelling": "no"}, {"has_dwelling": "yes"}),
        (Sign.WORRIED_ABOUT_FOOD, {"fies_worried": "yes"}, {"fies_worried": "no"}),
        (Sign.FOOD_ABOVE_HALF, spending(501, 500), spending(500, 500)),
        (Sign.NO_NEW_CLOTHING, {"new_clothing": "no"}, {"new_clothing": "yes"}),
        (Sign.EARTH_FLOOR, {"floor": "earth"}, {"floor": "cement"}),
        (Sign.POOR_WALLS, {"wall": "bamboo"}, {"wall": "brick"}),
        (Sign.NO_OWN_TOILET, {"toilet": "shared"}, {"toilet": "own"}),
        (Sign.LOW_POWER, {"electricity": "450"}, {"electricity": "900"}),
        (Sign.LOW_POWER, {"electricity": "none"}, {"electricity": "off_grid"}),
    ],
)
def test_ministerial_signs(sign: Sign, there: dict[str, Any], absent: dict[str, Any]) -> None:
    assert ministerial_signs(there)[sign] is True
    assert ministerial_signs(absent)[sign] is False
    assert ministerial_signs({})[sign] is None


def test_the_head_works_or_not() -> None:
    idle = member(40, works="no")
    for works, expected in (("yes", False), ("no", True), ("unknown", None)):
        signs = ministerial_signs({}, [idle, member(50, is_head=True, works=works)])
        assert signs[Sign.HEAD_NOT_WORKING] is expected
    assert ministerial_signs({}, [idle])[Sign.HEAD_NOT_WORKING] is None


def test_the_shipped_form_asks_all_that_the_rule_reads() -> None:
    for name, codes in questions_read().items():
        assert name in FORM.questions, name
        offered = {choice.name for choice in FORM.questions[name].choices}
        assert codes <= offered, name


def test_every_option_of_the_shipped_form_is_decided_or_unsaid() -> None:
    """A new code in the form must be known to the rule, or be one that says nothing."""
    undecided = {
        "water_drinking": {str(n) for n in range(1, 16)},
        "water_cooking": {str(n) for n in range(1, 16)},
        "toilet": {"own", "shared", "communal", "public", "none"},
        "bowl": {"swan_neck", "plengsengan", "cemplung", "none"},
        "pit": {"septic", "treatment_plant", "pit", "other", "unknown"},
        "school": {"never", "attending", "no_longer", "unknown"},
        "roof": {"concrete", "tile", "shingle", "zinc", "asbestos", "bamboo", "thatch", "other"},
        "wall": {"brick", "plastered_weave", "wood", "bamboo_weave", "bamboo", "other"},
        "floor": {"tile", "marble", "vinyl", "wood", "cement", "bamboo", "earth", "other"},
    }
    for name, codes in undecided.items():
        assert {choice.name for choice in FORM.questions[name].choices} == codes, name
