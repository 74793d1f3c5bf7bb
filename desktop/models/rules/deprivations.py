"""The eight lacks of an extremely poor household, from its raw answers; version 1.

Each factor is a table of conditions that answer yes, no or "cannot be said". It is DEPRIVED if
any holds, NOT_DEPRIVED if none does, else UNKNOWN: what was not answered, not known or refused is
never taken for "no". The signs of the ministry's own list (Kepmensos 262/2022) stand beside it.

Sources: FIES (FAO) for food; BPS and ministry definitions for water, sanitation and housing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

RULE: Final = "deprivations"
VERSION: Final = 1

ADULT_AGE: Final = 18
SCHOOL_AGES: Final = range(7, 16)
FLOOR_AREA_PER_PERSON: Final = Decimal("7.2")
"""Square metres below which a person's share of the floor is too small."""
LONG_WATER_TRIP: Final = 30
"""Minutes for a round trip from which fetching water is flagged."""

Verdict = bool | None
"""Yes, no, or cannot be said."""


class Factor(StrEnum):
    """What a household can lack."""

    FOOD = "food"
    NON_FOOD = "non_food"
    WATER = "water"
    SANITATION = "sanitation"
    HEALTH = "health"
    EDUCATION = "education"
    INFORMATION = "information"
    HOUSING = "housing"


class Result(StrEnum):
    """Whether the household lacks it."""

    DEPRIVED = "deprived"
    NOT_DEPRIVED = "not_deprived"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How badly, where a factor tells: of food light to severe, of spending extreme."""

    LIGHT = "light"
    MODERATE = "moderate"
    SEVERE = "severe"
    EXTREME = "extreme"


class Flag(StrEnum):
    """Worth seeing beside a result, without deciding it."""

    FOOD_ABOVE_HALF = "food_above_half"
    WATER_FAR = "water_far"


class Sign(StrEnum):
    """The ministry's signs of poverty."""

    NO_DWELLING = "no_dwelling"
    HEAD_NOT_WORKING = "head_not_working"
    WORRIED_ABOUT_FOOD = "worried_about_food"
    FOOD_ABOVE_HALF = "food_above_half"
    NO_NEW_CLOTHING = "no_new_clothing"
    EARTH_FLOOR = "earth_floor"
    POOR_WALLS = "poor_walls"
    NO_OWN_TOILET = "no_own_toilet"
    LOW_POWER = "low_power"


@dataclass(frozen=True, slots=True)
class MemberAnswers:
    """One member: age in completed years on the day of the visit, and the answers about them."""

    age: int | None
    answers: Mapping[str, Any]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What does not come from the visit: lines in rupiah per person and month, place, size."""

    poverty_line: int | None = None
    extreme_line: int | None = None
    is_urban: bool | None = None
    household_size: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One factor's result. `reasons` name the conditions that hold, or that cannot be said."""

    result: Result
    severity: Severity | None = None
    flags: frozenset[Flag] = frozenset()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a condition can look at."""

    answers: Mapping[str, Any]
    members: Sequence[MemberAnswers] = ()
    context: Context = field(default_factory=Context)

    def number(self, question: str) -> Decimal | None:
        """A numeric answer: whole, or a decimal kept as text."""
        value = self.answers.get(question)
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            return None
        try:
            return Decimal(value)
        except InvalidOperation:
            return None

    @property
    def size(self) -> Decimal | None:
        """People in the household: as answered, else as known."""
        size = self.number("household_size") or self.context.household_size
        return Decimal(size) if size else None

    @property
    def spending(self) -> Decimal | None:
        """All spending in a month, in rupiah."""
        food, other = self.number("spending_food"), self.number("spending_other")
        return None if food is None or other is None else food + other


Condition = Callable[[Evidence], Verdict]


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Yes if one is yes, no if all are no, else it cannot be said."""
    seen = set(verdicts)
    return True if True in seen else None if None in seen else False


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """No if one is no, yes if all are yes, else it cannot be said."""
    seen = set(verdicts)
    return False if False in seen else None if None in seen else True


def negated(verdict: Verdict) -> Verdict:
    """The opposite, where there is one."""
    return None if verdict is None else not verdict


UNANSWERED: Final = frozenset({"", "unknown", "refused"})


@dataclass(frozen=True, slots=True)
class Is:
    """The answer is one of these codes."""

    question: str
    codes: frozenset[str]

    def __call__(self, evidence: Evidence) -> Verdict:
        """Look at the household's answer."""
        answer = evidence.answers.get(self.question)
        unsaid = not isinstance(answer, str) or answer in UNANSWERED
        return None if unsaid else answer in self.codes


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    condition: "Rule"

    def __call__(self, evidence: Evidence) -> Verdict:
        """Turn the condition round."""
        return negated(self.condition(evidence))


@dataclass(frozen=True, slots=True)
class Both:
    """All of the conditions."""

    conditions: tuple["Rule", ...]

    def __call__(self, evidence: Evidence) -> Verdict:
        """Ask them all."""
        return all_of(condition(evidence) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Member:
    """The condition holds for any member; without members it cannot be said."""

    condition: "Rule"
    ages: range | None = None

    def __call__(self, evidence: Evidence) -> Verdict:
        """Ask it of each member of these ages."""
        if not evidence.members:
            return None
        return any_of(
            all_of([_is_aged(member, self.ages), self.condition(Evidence(member.answers))])
            for member in evidence.members
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """A comparison of numbers, which it names."""

    questions: tuple[str, ...]
    compare: Condition

    def __call__(self, evidence: Evidence) -> Verdict:
        """Compare them."""
        return self.compare(evidence)


Rule = Is | Not | Both | Member | Measured


def _is_aged(member: MemberAnswers, ages: range | None) -> Verdict:
    if ages is None:
        return True
    return None if member.age is None else member.age in ages


def _is(question: str, *codes: str) -> Is:
    return Is(question, frozenset(codes))


def _outside(question: str, *codes: str) -> Not:
    return Not(_is(question, *codes))


def _is_below(amount: Decimal | None, line: Decimal | int | None, size: Decimal | None) -> Verdict:
    """Whether an amount shared by `size` people is below a line per person."""
    return None if amount is None or line is None or size is None else amount < line * size


def _food_is_above_half(evidence: Evidence) -> Verdict:
    food, total = evidence.number("spending_food"), evidence.spending
    return None if food is None or total is None else 2 * food > total


def _water_is_far(evidence: Evidence) -> Verdict:
    minutes = evidence.number("water_minutes")
    return None if minutes is None else minutes >= LONG_WATER_TRIP


_SPENDING = ("spending_food", "spending_other")
_SAFE_OUTSIDE = tuple(str(number) for number in range(1, 10))
_ADULTS = range(ADULT_AGE, 200)
_POOR_WALLS = _outside("wall", "brick", "plastered_weave", "wood")
_FOOD_ABOVE_HALF = Measured(_SPENDING, _food_is_above_half)

FIES: Final = (
    ("fies_worried", Severity.LIGHT),
    ("fies_unhealthy", Severity.LIGHT),
    ("fies_few_kinds", Severity.LIGHT),
    ("fies_skipped_meal", Severity.MODERATE),
    ("fies_ate_less", Severity.MODERATE),
    ("fies_ran_out", Severity.MODERATE),
    ("fies_hungry", Severity.SEVERE),
    ("fies_whole_day", Severity.SEVERE),
)
"""The eight items in their order, and how severe the lack is if this is the highest yes."""

CONDITIONS: Final[Mapping[Factor, Mapping[str, Rule]]] = {
    Factor.FOOD: {
        "worried": _is("fies_worried", "yes"),
        "ran_out": _is("fies_ran_out", "yes"),
        "hungry": _is("fies_hungry", "yes"),
        "whole_day": _is("fies_whole_day", "yes"),
    },
    Factor.NON_FOOD: {
        "below_poverty_line": Measured(
            (*_SPENDING, "household_size"),
            lambda e: _is_below(e.spending, e.context.poverty_line, e.size),
        ),
        "no_new_clothing": _is("new_clothing", "no"),
    },
    Factor.WATER: {
        "unsafe_drinking_water": _is("water_drinking", "12", "13", "14", "15"),
        "unsafe_cooking_water": Both(
            (_is("water_drinking", "10", "11"), _outside("water_cooking", *_SAFE_OUTSIDE))
        ),
    },
    Factor.SANITATION: {
        "toilet": _outside("toilet", "own", "shared", "communal"),
        "bowl": _outside("bowl", "swan_neck"),
        "pit": Both(
            (
                _outside("pit", "septic", "treatment_plant"),
                Not(Both((_is("pit", "pit"), Measured((), lambda e: negated(e.context.is_urban))))),
            )
        ),
    },
    Factor.HEALTH: {
        "uninsured": Member(_is("insurance", "none", "inactive")),
        "untreated": Member(
            Both(
                (
                    _is("ill_last_month", "yes"),
                    _is("treatment", "untreated_cost", "untreated_distance"),
                )
            )
        ),
    },
    Factor.EDUCATION: {
        "child_not_at_school": Member(_is("school", "never", "no_longer"), SCHOOL_AGES),
        "no_schooled_adult": Not(
            Member(
                _is("schooling", "primary", "lower_secondary", "upper_secondary", "higher"),
                _ADULTS,
            )
        ),
    },
    Factor.INFORMATION: {
        "no_device": Both(tuple(_is(f"owns_{name}", "no") for name in ("phone", "tv", "radio"))),
        "no_channel": _is("knows_where_to_ask", "no"),
    },
    Factor.HOUSING: {
        "no_dwelling": _is("has_dwelling", "no"),
        "crowded": Measured(
            ("floor_area", "household_size"),
            lambda e: _is_below(e.number("floor_area"), FLOOR_AREA_PER_PERSON, e.size),
        ),
        "roof": _outside("roof", "concrete", "tile", "shingle", "zinc"),
        "wall": _POOR_WALLS,
        "floor": _outside("floor", "tile", "marble", "vinyl", "wood", "cement"),
    },
}
"""By factor, what makes it a lack, each condition under the code of its reason."""

FLAGS: Final[Mapping[Factor, Mapping[Flag, Rule]]] = {
    Factor.NON_FOOD: {Flag.FOOD_ABOVE_HALF: _FOOD_ABOVE_HALF},
    Factor.WATER: {Flag.WATER_FAR: Measured(("water_minutes",), _water_is_far)},
}

SIGNS: Final[Mapping[Sign, Rule]] = {
    Sign.NO_DWELLING: _is("has_dwelling", "no"),
    Sign.WORRIED_ABOUT_FOOD: _is("fies_worried", "yes"),
    Sign.FOOD_ABOVE_HALF: _FOOD_ABOVE_HALF,
    Sign.NO_NEW_CLOTHING: _is("new_clothing", "no"),
    Sign.EARTH_FLOOR: _is("floor", "earth"),
    Sign.POOR_WALLS: _POOR_WALLS,
    Sign.NO_OWN_TOILET: _outside("toilet", "own"),
    Sign.LOW_POWER: _is("electricity", "none", "450"),
}
_HEAD_WORKS: Final = _is("works", "yes")


def deprivations(
    answers: Mapping[str, Any], members: Sequence[MemberAnswers], context: Context
) -> dict[Factor, Outcome]:
    """The eight results of one visit.

    Args:
        answers: the household's answers by question name, as the visit keeps them.
        members: the members asked about; none means that nothing is known of them.
        context: the lines in force on the day of the visit, urban or rural, household size.
    """
    evidence = Evidence(answers, members, context)
    return {factor: _outcome(factor, evidence) for factor in Factor}


def ministerial_signs(
    answers: Mapping[str, Any], members: Sequence[MemberAnswers] = ()
) -> dict[Sign, Verdict]:
    """The signs of Kepmensos 262/2022: there, not there, or cannot be said."""
    evidence = Evidence(answers, members)
    heads = [Evidence(member.answers) for member in members if member.is_head]
    head_works = any_of(_HEAD_WORKS(head) for head in heads) if heads else None
    signs = {sign: rule(evidence) for sign, rule in SIGNS.items()}
    return {**signs, Sign.HEAD_NOT_WORKING: negated(head_works)}


def questions_read() -> dict[str, frozenset[str]]:
    """Every question these rules read, and the codes they compare its answer with."""
    rules = [rule for conditions in CONDITIONS.values() for rule in conditions.values()]
    rules += [rule for flags in FLAGS.values() for rule in flags.values()]
    found: dict[str, frozenset[str]] = {name: frozenset({"yes"}) for name, _severity in FIES}
    for question, codes in _reads([*rules, *SIGNS.values(), _HEAD_WORKS]):
        found[question] = found.get(question, frozenset()) | codes
    return found


def questions_of(factor: Factor) -> frozenset[str]:
    """The questions that decide one factor."""
    named = {name for name, _codes in _reads(CONDITIONS[factor].values())}
    fies = {name for name, _severity in FIES} if factor is Factor.FOOD else set()
    return frozenset(named | fies)


def _outcome(factor: Factor, evidence: Evidence) -> Outcome:
    verdicts = {reason: rule(evidence) for reason, rule in CONDITIONS[factor].items()}
    verdict = any_of(verdicts.values())
    flags = FLAGS.get(factor, {})
    return Outcome(
        result={True: Result.DEPRIVED, False: Result.NOT_DEPRIVED, None: Result.UNKNOWN}[verdict],
        severity=_severity(factor, evidence) if verdict else None,
        flags=frozenset(flag for flag, rule in flags.items() if rule(evidence)),
        reasons=tuple(r for r, v in verdicts.items() if v is verdict and verdict is not False),
    )


def _severity(factor: Factor, evidence: Evidence) -> Severity | None:
    if factor is Factor.FOOD:
        levels = [level for name, level in FIES if evidence.answers.get(name) == "yes"]
        return levels[-1]
    if factor is Factor.NON_FOOD:
        line = evidence.context.extreme_line
        return Severity.EXTREME if _is_below(evidence.spending, line, evidence.size) else None
    return None


def _reads(rules: Iterable[Rule]) -> Iterator[tuple[str, frozenset[str]]]:
    for rule in rules:
        match rule:
            case Is(question, codes):
                yield question, codes
            case Measured(questions):
                yield from ((question, frozenset()) for question in questions)
            case Both(conditions):
                yield from _reads(conditions)
            case Not(condition) | Member(condition):
                yield from _reads([condition])
