"""What synthetic families answer at a visit: a wish for every question, made valid by the form.

A family's house, water and schooling stay what they are from visit to visit; food, spending and
income get better or worse. The record is whatever the session of answers makes of the wish.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import Path, Questionnaire, Value
from desktop.models.questionnaires.session import AnswerSession
from desktop.models.questionnaires.states import Instance, Problem
from desktop.models.records.households import Member, Relation
from desktop.models.records.visits import Purpose, VisitOutcome
from desktop.models.rules.deprivations import Factor
from desktop.practice import names
from desktop.practice.people import Draw, Family

MEMBERS: Final = "members"
_GRANT: Final = 2_000_000
"""What most families were given."""
_FOOD: Final = (
    *("fies_worried", "fies_unhealthy", "fies_few_kinds", "fies_skipped_meal"),
    *("fies_ate_less", "fies_ran_out", "fies_hungry", "fies_whole_day"),
)
_HEALTHY: Final = (
    (0.62, "pbi_central"),
    (0.2, "pbi_local"),
    (0.08, "self_paid"),
    (1.0, "inactive"),
)
_WATER: Final = (("8", 5), ("7", 5), ("11", 3), ("9", 2), ("12", 2), ("1", 2), ("14", 1))
_ROOFS: Final = (("tile", 6), ("zinc", 2), ("asbestos", 3), ("thatch", 1))
_WALLS: Final = (("brick", 6), ("plastered_weave", 2), ("bamboo_weave", 3), ("wood", 1))
_FLOORS: Final = (("cement", 5), ("tile", 4), ("earth", 3), ("bamboo", 1))
_SCHOOLINGS: Final = (
    *(("none", 1), ("some_primary", 4), ("primary", 6)),
    *(("lower_secondary", 3), ("upper_secondary", 2)),
)
_INCOME: Final = (
    ("income_wages", 0.7, 900_000),
    ("income_business", 0.6, 1_000_000),
    ("income_farming", 0.4, 300_000),
    ("income_remittances", 0.1, 250_000),
    ("income_aid", 0.45, 200_000),
)
"""Sources of income: how many families have each, and how much a month in rupiah."""


@dataclass
class Life:
    """How a family lives: what stays the same, and how far it is from want (0 to 1)."""

    family: Family
    lasting: dict[Path, Value]
    income: dict[str, int]
    means: float
    drift: float


@dataclass
class Answered:
    """A visit's answers as they are recorded, and what would stop it from being finished."""

    outcome: VisitOutcome
    household: dict[str, Value]
    members: dict[UUID, dict[str, Value]]
    problems: list[Problem]
    purpose: Purpose

    def after(self, before: "Answered | None") -> "Answered":
        """The same, with what was said before and not asked again."""
        if before is None:
            return self
        members = {
            one: before.members.get(one, {}) | self.members.get(one, {})
            for one in before.members | self.members
        }
        return replace(self, household=before.household | self.household, members=members)


def draw_life(draw: Draw, family: Family) -> Life:
    """How a family lives."""
    means = min(1.0, max(0.0, draw.chance.gauss(0.5, 0.24)))
    lasting = _house(draw, means)
    for member in family.members:
        for name, value in _about(draw, member, means).items():
            lasting[paths.join(name, MEMBERS, member.id)] = value
    income = {name: usual for name, share, usual in _INCOME if draw.is_so(share)}
    return Life(family, lasting, income, means, draw.chance.uniform(-0.03, 0.11))


def answer_visit(
    draw: Draw, form: Questionnaire, life: Life, day: date, previous: Answered | None
) -> Answered:
    """What is recorded of a visit on a day: the first asks all, those after it what changes by month.

    `previous` is all that was said before.
    """
    purpose = Purpose.BASELINE if previous is None else Purpose.MONTHLY
    outcome = VisitOutcome.MET if draw.is_so(0.95) else VisitOutcome.NOBODY_HOME
    wish = {**life.lasting, **_this_time(draw, life, day), "outcome": outcome.value}
    if outcome is not VisitOutcome.MET:
        wish["outcome_note"] = "Menurut tetangga sedang ke ladang."
    life.means = min(1.0, max(0.0, life.means + life.drift))
    session = AnswerSession(
        form,
        facts={
            "member_count": len(life.family.members),
            "village_kind": None,
            "purpose": purpose.value,
            "factors_asked": 0 if previous is None else len(Factor),
            "grant_amount": _GRANT,
            "grant_disbursed_on": day.isoformat(),
        },
        instances={MEMBERS: [_instance(member) for member in life.family.members]},
        today=day,
        now=datetime.combine(day, time(3), UTC),
        answers=wish,
        previous=_as_previous(previous),
    )
    members = session.instance_answers(MEMBERS)
    return Answered(
        outcome, session.household_answers(), members, session.checks.problems(), purpose
    )


def _instance(member: Member) -> Instance:
    facts: dict[str, str | int | None] = {
        "name": member.name,
        "sex": None if member.sex is None else member.sex.value,
        "birth_date": None if member.birth_date is None else member.birth_date.isoformat(),
        "age": None,
        "relation": member.relation.value,
    }
    return Instance(member.id, facts)


def _as_previous(previous: Answered | None) -> dict[Path, Value]:
    if previous is None:
        return {}
    about = {
        paths.join(name, MEMBERS, member_id): value
        for member_id, answers in previous.members.items()
        for name, value in answers.items()
    }
    return {**previous.household, **about}


def _house(draw: Draw, means: float) -> dict[Path, Value]:
    drinking = _pick(draw, _WATER)
    own = draw.is_so(0.35 + 0.5 * means)
    toilet = "own" if own else _pick(draw, (("shared", 2), ("communal", 2), ("none", 2)))
    yes = _yes(draw)
    return {
        "water_drinking": drinking,
        "water_cooking": drinking if drinking != "11" else _pick(draw, (("7", 2), ("8", 3))),
        "water_minutes": draw.chance.choice((2, 5, 5, 10, 15, 40)),
        "toilet": toilet,
        "bowl": "swan_neck" if draw.is_so(0.4 + 0.5 * means) else "cemplung",
        "pit": _pick(draw, (("septic", 4), ("pit", 4), ("other", 1))),
        "has_dwelling": "yes",
        "floor_area": str(draw.chance.randint(16, 32) + round(30 * means)),
        "roof": _pick(draw, _ROOFS),
        "wall": _pick(draw, _WALLS),
        "floor": _pick(draw, _FLOORS),
        "electricity": _pick(draw, (("450", 6), ("900", 4), ("no_meter", 2))),
        "owns_phone": yes(0.8),
        "owns_tv": yes(0.55),
        "owns_radio": yes(0.15),
        "knows_where_to_ask": yes(0.7),
        "got_service_information": yes(0.6),
        "knows_aid_status": yes(0.65),
    }


def _about(draw: Draw, member: Member, means: float) -> dict[str, Value]:
    """What is so of a member at any age; the form keeps what fits the age."""
    chance = draw.chance.random()
    insured = next(kind for limit, kind in _HEALTHY if chance < limit or limit == 1.0)
    at_school = draw.is_so(0.88 + 0.1 * means)
    is_worker = member.relation is Relation.HEAD or draw.is_so(0.4)
    return {
        "insurance": insured if draw.is_so(0.75 + 0.2 * means) else "none",
        "ill_last_month": "yes" if draw.is_so(0.15) else "no",
        "treatment": "treated" if draw.is_so(0.7) else "untreated_cost",
        "school": "attending" if at_school else "no_longer",
        "school_obstacle": ["cost"] if draw.is_so(0.6) else ["work", "distance"],
        "schooling": _pick(draw, _SCHOOLINGS),
        "works": "yes" if is_worker else "no",
    }


def _this_time(draw: Draw, life: Life, day: date) -> dict[Path, Value]:
    """What differs from visit to visit."""
    people = len(life.family.members)
    per_person = round(330_000 + 480_000 * life.means)
    food = _near(draw, round(per_person * people * 0.55))
    wish: dict[Path, Value] = {
        "visited_on": day.isoformat(),
        "respondent": "head" if draw.is_so(0.55) else "spouse" if people > 2 else "adult",
        "consent": "yes",
        "consent_name": life.family.members[0].name,
        "consent_proof": _pick(draw, (("thumbprint", 6), ("spoken", 3))),
        "consent_witness": draw.chance.choice(names.WITNESSES),
        "photo_consent": "no",
        "household_size": people,
        "spending_food": food,
        "spending_other": _near(draw, round(food * 0.75)),
        "new_clothing": _yes(draw)(0.5 + 0.4 * life.means),
        **{
            name: _near(draw, life.income[name]) if name in life.income else 0
            for name, _share, _usual in _INCOME
        },
    }
    wish |= _hunger(draw, life.means) | _findings(draw, day)
    return wish | _receipts(draw)


def _hunger(draw: Draw, means: float) -> dict[Path, Value]:
    """The worse it stands, the further down the list of eight the answers are yes."""
    worst = round((0.55 - means) * 12 + draw.chance.gauss(0, 1))
    return {name: "yes" if place < worst else "no" for place, name in enumerate(_FOOD)}


def _receipts(draw: Draw) -> dict[Path, Value]:
    """What else is asked at a short visit; now and then the receipts of the grant."""
    shown = _pick(draw, (("all", 6), ("some", 3), ("none", 1)))
    also = draw.chance.choices(([], ["receipts"], ["housing"]), (7, 2, 1))[0]
    return {
        "also_asked": also or None,
        "receipts_shown": shown,
        "receipts_total": _GRANT + 25_000 * draw.chance.randrange(12),
        "goods_seen": "yes" if shown == "all" else "partly",
        "receipts_missing": draw.chance.choice(names.MISSING_RECEIPTS),
    }


def _findings(draw: Draw, day: date) -> dict[Path, Value]:
    wish: dict[Path, Value] = {"follow_up_needed": "no"}
    if draw.is_so(0.55):
        wish["needs"] = [draw.chance.choice(("health", "housing", "business", "documents"))]
        wish["findings_text"] = draw.chance.choice(names.FINDINGS)
    if draw.is_so(0.3):
        wish |= {
            "follow_up_needed": "yes",
            "follow_up_what": draw.chance.choice(names.FOLLOW_UPS),
            "follow_up_who": _pick(draw, (("facilitator", 4), ("village", 2), ("family", 2))),
            "follow_up_due": (day + timedelta(days=draw.chance.randint(7, 40))).isoformat(),
        }
    return wish


def _near(draw: Draw, amount: int) -> int:
    return max(50_000, round(amount * draw.chance.uniform(0.8, 1.2) / 10_000) * 10_000)


def _yes(draw: Draw) -> Any:
    return lambda probability: "yes" if draw.is_so(probability) else "no"


def _pick(draw: Draw, weighted: tuple[tuple[str, int], ...]) -> str:
    return draw.chance.choices([one for one, _ in weighted], [weight for _, weight in weighted])[0]
