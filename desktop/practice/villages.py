"""All that some villages have recorded in a year: families, visits, businesses; drawn from a seed."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from desktop.models.questionnaires.form import Questionnaire
from desktop.models.records.visits import Visit, VisitMember, visit_member_id
from desktop.models.reference import Reference
from desktop.practice import names
from desktop.practice.answers import Answered, answer_visit, draw_life
from desktop.practice.livelihoods import draw_livelihood, draw_programmes
from desktop.practice.people import Draw, Family, draw_family
from desktop.practice.year import NOBODY, Year, at_work, moved

SEED: Final = 36
FAMILIES: Final = 300
_VISITS: Final = (35, 35, 20, 10)
"""How often a family had one, two, three and four visits."""
_LAST_VISIT: Final = ((86, (1, 22)), (8, (24, 30)), (6, (32, 60)))
"""How often the last visit lies between so many days ago: recent, due soon, overdue."""


def draw_year(
    villages: Sequence[str],
    form: Questionnaire,
    reference: Reference,
    today: date,
    *,
    families: int = FAMILIES,
    seed: int = SEED,
) -> Year:
    """A year in some villages (their codes); the same for the same arguments."""
    draw = Draw(Random(seed), today)  # noqa: S311 families, not secrets
    year = Year(programmes=draw_programmes(draw))
    for number in range(families):
        family = draw_family(draw, villages[number % len(villages)])
        year.recorded += [family.household, *family.members]
        if family.card is not None:
            year.recorded.append(family.card)
        _add_visits(draw, year, family, form)
        draw_livelihood(draw, year, family, reference)
    return year


def _add_visits(draw: Draw, year: Year, family: Family, form: Questionnaire) -> None:
    life = draw_life(draw, family)
    count = draw.chance.choices((1, 2, 3, 4), _VISITS)[0]
    spans = draw.chance.choices([span for _, span in _LAST_VISIT], [w for w, _ in _LAST_VISIT])
    least, most = spans[0]
    days = [draw.days_ago(most, least)]
    while len(days) < count:
        days.insert(0, days[0] - timedelta(days=draw.chance.randint(26, 34)))
    previous: Answered | None = None
    for place, day in enumerate(days):
        answered = answer_visit(draw, form, life, day, previous)
        year.problems += bool(answered.problems)
        _add_visit(draw, year, family, (day, answered, form), is_last=place == count - 1)
        if answered.household.get("outcome") == "met":
            previous = answered.after(previous)


def _add_visit(
    draw: Draw,
    year: Year,
    family: Family,
    said: tuple[date, Answered, Questionnaire],
    *,
    is_last: bool,
) -> None:
    day, answered, form = said
    begun = at_work(draw, day)
    visit = Visit(
        id=draw.id_of(day),
        scope=family.household.scope,
        household_id=family.household.id,
        facilitator_id=NOBODY,
        visited_on=day,
        outcome=answered.outcome,
        questionnaire=form.id,
        questionnaire_version=form.version,
        purpose=answered.purpose.value,
        started_at=begun,
        finished_at=begun + timedelta(minutes=draw.chance.randint(18, 45)),
        answers=answered.household,
    )
    year.recorded.append(visit)
    year.recorded += [
        VisitMember(
            id=visit_member_id(visit.id, member_id),
            scope=visit.scope,
            visit_id=visit.id,
            member_id=member_id,
            answers=answers,
        )
        for member_id, answers in answered.members.items()
        if answers
    ]
    year.recorded.append(moved(draw, visit, "draft > submitted", day))
    seen = min(day + timedelta(days=draw.chance.randint(1, 6)), draw.yesterday)
    if is_last and draw.is_so(0.05):
        reason = draw.chance.choice(names.RETURNED_VISIT)
        move = moved(draw, visit, "submitted > returned", seen, reason)
        year.verified.append(move)
    elif not is_last or draw.is_so(0.5):
        year.verified.append(moved(draw, visit, "submitted > verified", seen))
