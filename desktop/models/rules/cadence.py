"""When a family is to be visited next, and what for; version 3.

A first visit (the baseline), then often for some months, then more rarely; one that looks at the
receipts after a grant was paid; and whatever the office asks for. How often is data: the office
publishes it as a `Cadence`. Without one the proposal that ships with the program holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from desktop.models.records.questionnaires import Cadence
from desktop.models.records.visits import Purpose
from desktop.models.rules.dates import month_end, month_key, shift_month

RULE: Final = "cadence"
VERSION: Final = 3


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a family is to be visited; the fields are those of a `Cadence`."""

    receipts_days: int = 21
    close_months: int = 6
    close_step: int = 1
    later_step: int = 3


SHIPPED: Final = Rhythm()
"""What holds where the office has published nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What happened with a family, as far as its next visit follows from it.

    A visit at which nobody was at home is none.

    Attributes:
        first_on: the day of the first visit.
        last_on: the day of the last one.
        met_on: the day on which the family was met last.
        receipts_on: the day on which its receipts were asked for last.
        disbursed: the days on which it was paid a grant.
    """

    first_on: date | None = None
    last_on: date | None = None
    met_on: date | None = None
    receipts_on: date | None = None
    disbursed: Sequence[date] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A visit that the office asks for and that was not made yet."""

    due_on: date
    purpose: str | None = None


def newest_holding(cadences: Iterable[Cadence], day: date) -> Cadence | None:
    """The cadence that holds on a day: of those that hold by then, the newest; None if none does."""
    holding = [one for one in cadences if one.deleted_at is None and one.holds_from <= day]
    return max(holding, key=lambda one: (one.holds_from, one.id), default=None)


def rhythm_of(cadence: Cadence | None) -> Rhythm:
    """How often families are visited by a cadence, or without one."""
    if cadence is None:
        return SHIPPED
    return Rhythm(
        cadence.receipts_days, cadence.close_months, cadence.close_step, cadence.later_step
    )


def next_due(first: date | None, last: date | None, rhythm: Rhythm = SHIPPED) -> date | None:
    """The day by which the rhythm wants the next visit; None for a family never visited: at once.

    Args:
        first: the day of the first visit, the baseline.
        last: the day of the last one.
        rhythm: how often.
    """
    if first is None or last is None:
        return None
    return months_later(
        last, rhythm.close_step if _is_close(first, last, rhythm) else rhythm.later_step
    )


def receipts_due(standing: Standing, rhythm: Rhythm = SHIPPED) -> date | None:
    """The day by which the receipts of a grant have to be looked at; None if none are owed.

    Whoever owes receipts is asked for them at the next visit, whatever that is for, if its questionnaire
    asks for receipts at all.
    """
    asked = standing.receipts_on
    owed = [paid for paid in standing.disbursed if asked is None or asked < paid]
    return min(owed) + timedelta(days=rhythm.receipts_days) if owed else None


def due_on(
    standing: Standing, asked: Iterable[Asked] = (), rhythm: Rhythm = SHIPPED
) -> date | None:
    """The day by which the next visit is due, whatever wants it first; None: at once."""
    by_rhythm = next_due(standing.first_on, standing.last_on, rhythm)
    if by_rhythm is None:
        return None
    receipts = receipts_due(standing, rhythm)
    return min(by_rhythm, receipts or by_rhythm, *(one.due_on for one in asked))


def purpose_of_next(
    standing: Standing, asked: Iterable[Asked] = (), rhythm: Rhythm = SHIPPED
) -> str:
    """What the next visit is for; a code of `Purpose`.

    The office's word comes first: the next visit is the one that it asked for, whenever it is made.
    """
    said = [one for one in asked if one.purpose]
    if said:
        return str(min(said, key=lambda one: one.due_on).purpose)
    by_rhythm = next_due(standing.first_on, standing.last_on, rhythm)
    if standing.met_on is None or by_rhythm is None:
        return Purpose.BASELINE.value
    receipts = receipts_due(standing, rhythm)
    if receipts is not None and receipts <= by_rhythm:
        return Purpose.RECEIPTS.value
    is_close = _is_close(standing.first_on, standing.last_on, rhythm)
    return (Purpose.MONTHLY if is_close else Purpose.QUARTERLY).value


@lru_cache(8_192)  # when all families are planned anew, the same days come again and again
def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a month that is too short for it."""
    last = month_end(shift_month(month_key(day), months))
    return last.replace(day=min(day.day, last.day))


def _is_close(first: date | None, last: date | None, rhythm: Rhythm) -> bool:
    """Whether the last visit was in the time in which a family is visited often."""
    return first is None or last is None or last < months_later(first, rhythm.close_months)
