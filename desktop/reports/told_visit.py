"""A visit as far as a family's sheet tells of it: stored, or still on the screen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desktop.models.queries.family_sheet import Promise, SheetBasis
from desktop.models.queries.household import VisitView
from desktop.models.records.visits import VisitOutcome
from desktop.models.rules.cadence import next_due
from desktop.models.rules.carrying import Standing


@dataclass(frozen=True, slots=True)
class ToldVisit:
    """A visit, stored or still on the screen, as far as the sheet tells of it.

    Attributes:
        on: its day.
        outcome: how it ended.
        now: what is known of the eight factors; None if the family was not asked.
        before: the same at the visit before; None if there is none.
        promises: what is to be done, the most important first.
        next_due_on: until when the next visit is due; None if it is due at once.
        facilitator: who visits the family.
        is_own: whether that is the user of this laptop, whose phone may be told.
    """

    on: date
    outcome: str
    now: Standing | None
    before: Standing | None
    promises: tuple[Promise, ...]
    next_due_on: date | None
    facilitator: str
    is_own: bool


def told_of(basis: SheetBasis, visit_id: UUID, user_id: UUID | None, name: str) -> ToldVisit | None:
    """A stored visit; None if it is not there any more.

    Args:
        basis: what is known of the family.
        visit_id: the visit.
        user_id: the user of this laptop.
        name: the same user's name.
    """
    visits = basis.family.visits  # newest first
    place = next((at for at, each in enumerate(visits) if each.id == visit_id), None)
    if place is None:
        return None
    visit, earlier = visits[place], visits[place + 1 :]
    is_own = visit.facilitator_id == user_id
    return ToldVisit(
        on=visit.visited_on,
        outcome=visit.outcome,
        now=_seen(visit),
        before=next(filter(None, map(_seen, earlier)), None),
        promises=promises(basis, visit.visited_on, visit.answers, earlier),
        next_due_on=basis.next_due_on,
        facilitator=name if is_own else visit.facilitator,
        is_own=is_own,
    )


def due_after(basis: SheetBasis, day: date, outcome: str) -> date | None:
    """When the visit after one that is not stored yet is due; None if at once."""
    if outcome == VisitOutcome.NOBODY_HOME:
        return basis.next_due_on
    first, last = basis.first_met or day, basis.last_met or day
    return next_due(min(first, day), max(last, day))


def promises(
    basis: SheetBasis,
    day: date,
    answers: Mapping[str, Any],
    earlier: Sequence[VisitView] | None = None,
) -> tuple[Promise, ...]:
    """What is to be done after a visit: its own promise first, then earlier ones still to come, in time.

    Args:
        basis: what is known of the family.
        day: of the visit.
        answers: the answers of the visit.
        earlier: the visits before it; all that are stored unless told.
    """
    before = basis.family.visits if earlier is None else earlier
    open_ones = [*(promise_of(visit.answers) for visit in before), *basis.business_promises]
    coming = [one for one in open_ones if one and one.due_on and one.due_on >= day]
    coming.sort(key=in_time)
    return tuple(dict.fromkeys(one for one in (promise_of(answers), *coming) if one))


def in_time(promise: Promise) -> date:
    """By what promises are in order: those without a day come last."""
    return promise.due_on or date.max


def promise_of(answers: Mapping[str, Any]) -> Promise | None:
    """What the answers of a visit promise; None if nothing is to follow."""
    what = answers.get("follow_up_what")
    if answers.get("follow_up_needed") != "yes" or not what:
        return None
    due = answers.get("follow_up_due")
    return Promise(
        what=str(what),
        by=str(answers.get("follow_up_who") or ""),
        due_on=date.fromisoformat(str(due)) if due else None,
    )


def _seen(visit: VisitView) -> Standing | None:
    """What a stored visit saw; None if the family was not met, or did not want to be recorded."""
    if visit.outcome != VisitOutcome.MET or visit.answers.get("consent") == "no":
        return None
    return visit.standing
