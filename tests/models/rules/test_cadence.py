"""When the next visit is due: at once, every month for half a year, then every quarter."""

from datetime import date

import pytest

from desktop.models.rules.cadence import months_later, next_due


@pytest.mark.parametrize(
    ("first", "last", "due"),
    [
        (None, None, None),
        (date(2026, 11, 3), date(2026, 11, 3), date(2026, 12, 3)),
        (date(2026, 6, 10), date(2026, 7, 12), date(2026, 8, 12)),
        (date(2026, 1, 10), date(2026, 7, 9), date(2026, 8, 9)),
        (date(2026, 1, 10), date(2026, 7, 10), date(2026, 10, 10)),
        (date(2025, 1, 10), date(2026, 11, 30), date(2027, 2, 28)),
    ],
)
def test_the_next_visit(first: date | None, last: date | None, due: date | None) -> None:
    assert next_due(first, last) == due


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 22), 3, date(2027, 2, 22)),
    ],
)
def test_short_months_end_earlier(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later
