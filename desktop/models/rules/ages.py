"""Ages: they come from dates of birth, and are told in days, months or years."""

from dataclasses import dataclass
from datetime import date

ADULT = 17
"""From this age on a person has an identity card of their own."""


@dataclass(frozen=True, slots=True)
class Age:
    """How old somebody is: whole years, and what is beyond them in months and days."""

    years: int
    months: int
    days: int


def years_on(born: date, day: date) -> int:
    """The age in completed years on a day; negative before the birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_on(born: date, day: date) -> Age | None:
    """How old somebody is on a day; None before the birth. On the day itself: 0 days."""
    if day < born:
        return None
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    years, rest = divmod(months, 12)
    return Age(years, rest, (day - _months_after(born, months)).days)


def _months_after(born: date, months: int) -> date:
    """The same day of the month some months later; of a shorter month, the first day after it."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    try:
        return date(year, month + 1, born.day)
    except ValueError:  # then the month is complete on the first day of the next one
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
