"""When a family is to be visited next; version 1.

A first visit (the baseline), then every month for six months, then every quarter. The rhythm is a
proposal of ours: the office changes it here and nowhere else.
"""

from datetime import date
from typing import Final

from desktop.models.rules.dates import month_end, month_key, shift_month

RULE: Final = "cadence"
VERSION: Final = 1

CLOSE_MONTHS: Final = 6
"""How many months after the baseline a family is visited often."""
CLOSE_STEP: Final = 1
LATER_STEP: Final = 3
"""Months from one visit to the next, within that time and after it."""


def next_due(first: date | None, last: date | None) -> date | None:
    """The day by which the next visit is due; None for a family that was never visited: at once.

    Args:
        first: the day of the first visit, the baseline.
        last: the day of the last one.
    """
    if first is None or last is None:
        return None
    is_close = last < months_later(first, CLOSE_MONTHS)
    return months_later(last, CLOSE_STEP if is_close else LATER_STEP)


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last one of a month that is too short for it."""
    last = month_end(shift_month(month_key(day), months))
    return last.replace(day=min(day.day, last.day))
