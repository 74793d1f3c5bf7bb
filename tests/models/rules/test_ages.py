"""Ages from dates of birth: in years for the rules, to the day for who was just born."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.ages import Age, age_on, years_on

DAYS = st.dates(date(1916, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2026, 11, 21), date(2026, 11, 21), Age(0, 0, 0)),
        (date(2026, 11, 20), date(2026, 11, 21), Age(0, 0, 1)),
        (date(2026, 11, 22), date(2026, 11, 21), None),
        (date(2026, 10, 22), date(2026, 11, 21), Age(0, 0, 30)),
        (date(2026, 10, 21), date(2026, 11, 21), Age(0, 1, 0)),
        (date(2025, 11, 22), date(2026, 11, 21), Age(0, 11, 30)),
        (date(2025, 11, 21), date(2026, 11, 21), Age(1, 0, 0)),
        (date(1960, 8, 21), date(2026, 11, 21), Age(66, 3, 0)),
        # Months that are too short are complete on the first day of the next one.
        (date(2027, 1, 31), date(2027, 2, 28), Age(0, 0, 28)),
        (date(2027, 1, 31), date(2027, 3, 1), Age(0, 1, 0)),
        (date(2028, 2, 29), date(2029, 2, 28), Age(0, 11, 30)),
        (date(2028, 2, 29), date(2029, 3, 1), Age(1, 0, 0)),
    ],
)
def test_how_old_somebody_is(born: date, day: date, age: Age | None) -> None:
    assert age_on(born, day) == age


@given(born=DAYS, lived=st.integers(0, 40_000))
def test_both_agree_and_nobody_grows_younger(born: date, lived: int) -> None:
    day = born + timedelta(days=lived)
    age, older = age_on(born, day), age_on(born, day + timedelta(days=1))
    assert age is not None
    assert older is not None
    assert age.years == years_on(born, day)
    assert 0 <= age.months < 12
    assert 0 <= age.days <= 31
    assert (age.years, age.months, age.days) < (older.years, older.months, older.days)
