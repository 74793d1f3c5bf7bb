"""Dates: every way of writing one, refused ones, months, and the time of day in Banten."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.rules.dates import (
    DateError,
    DateProblem,
    DateStyle,
    Language,
    format_date,
    format_month,
    format_time,
    month_end,
    month_key,
    month_start,
    months_until,
    next_month,
    parse_date,
    previous_month,
    shift_month,
    to_wib,
)

TODAY = date(2026, 11, 2)
THE_DAY = date(2022, 5, 24)


@pytest.mark.parametrize(
    "text",
    [
        "24/05/2022",
        "24/5/2022",
        "24-05-2022",
        "24.05.2022",
        "24 05 2022",
        "24/05/22",
        "24-5-22",
        "2022-05-24",
        "2022-05-24 00:00:00",
        "2022-05-24T00:00:00.000",
        "24 Mei 2022",
        "24 mei 22",
        "24-MEI-22",
        "24 May 2022",
        "24May2022",
        "May 24, 2022",
        "Selasa, 24 Mei 2022",
        "selasa 24 mei 2022",
        "Tuesday, 24 May 2022",
        "  24\u00a0Mei  2022 ",
    ],
)
def test_read(text: str) -> None:
    assert parse_date(text, today=TODAY) == THE_DAY


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("Jan", 1),
        ("Pebruari", 2),
        ("Feb.", 2),
        ("Maret", 3),
        ("March", 3),
        ("Agustus", 8),
        ("Agt", 8),
        ("Ags", 8),
        ("August", 8),
        ("Sept", 9),
        ("Okt", 10),
        ("Oct", 10),
        ("Nopember", 11),
        ("Des", 12),
        ("December", 12),
    ],
)
def test_month_words(word: str, month: int) -> None:
    assert parse_date(f"7 {word} 2021", today=TODAY) == date(2021, month, 7)


@pytest.mark.parametrize(
    ("text", "latest", "expected"),
    [
        ("02/11/26", None, date(2026, 11, 2)),
        ("31/12/36", None, date(2036, 12, 31)),
        ("01/01/37", None, date(1937, 1, 1)),
        ("02/11/26", TODAY, date(2026, 11, 2)),
        ("03/11/26", TODAY, date(1926, 11, 3)),
        ("24/05/31", TODAY, date(1931, 5, 24)),
        ("29/02/00", None, date(2000, 2, 29)),
        ("29/02/24", None, date(2024, 2, 29)),
    ],
)
def test_two_digit_year(text: str, latest: date | None, expected: date) -> None:
    assert parse_date(text, today=TODAY, latest=latest) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", DateProblem.EMPTY),
        (" ", DateProblem.EMPTY),
        ("kemarin", DateProblem.NOT_A_DATE),
        ("24 Mai 2022", DateProblem.NOT_A_DATE),
        ("24/05", DateProblem.NOT_A_DATE),
        ("24/05-2022", DateProblem.NOT_A_DATE),
        ("24/05/222", DateProblem.NOT_A_DATE),
        ("24052022", DateProblem.NOT_A_DATE),
        ("44705", DateProblem.NOT_A_DATE),
        ("2022-05-24 13:05", DateProblem.NOT_A_DATE),
        ("\u0662\u0664/05/2022", DateProblem.NOT_A_DATE),
        ("05/24/2022", DateProblem.IMPOSSIBLE),
        ("31/04/2022", DateProblem.IMPOSSIBLE),
        ("00/04/2022", DateProblem.IMPOSSIBLE),
        ("29/02/2023", DateProblem.IMPOSSIBLE),
        ("29/02/1900", DateProblem.IMPOSSIBLE),
        ("24/05/1822", DateProblem.IMPOSSIBLE),
        ("24/05/2922", DateProblem.IMPOSSIBLE),
        ("Rabu, 24 Mei 2022", DateProblem.WEEKDAY_DIFFERS),
    ],
)
def test_refused(text: str, problem: DateProblem) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text, today=TODAY)
    assert caught.value.code is problem


@pytest.mark.parametrize(
    ("language", "style", "written"),
    [
        ("id", "short", "24/05/2022"),
        ("id", "medium", "24 Mei 2022"),
        ("id", "long", "Selasa, 24 Mei 2022"),
        ("en", "short", "24/05/2022"),
        ("en", "medium", "24 May 2022"),
        ("en", "long", "Tuesday, 24 May 2022"),
    ],
)
def test_write(language: Language, style: DateStyle, written: str) -> None:
    assert format_date(THE_DAY, language, style) == written


@given(
    day=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    language=st.sampled_from(get_args(Language)),
    style=st.sampled_from(get_args(DateStyle)),
)
def test_what_is_written_is_read_back(day: date, language: Language, style: DateStyle) -> None:
    assert parse_date(format_date(day, language, style), today=TODAY) == day
    assert parse_date(day.isoformat(), today=TODAY) == day


@given(st.text(max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(DateError):
        assert isinstance(parse_date(text, today=TODAY), date)


@pytest.mark.parametrize(
    ("month", "language", "written"),
    [
        ("2026-07", "id", "Juli 2026"),
        ("2026-07", "en", "July 2026"),
        (date(2026, 7, 31), "id", "Juli 2026"),
    ],
)
def test_write_month(month: str | date, language: Language, written: str) -> None:
    assert format_month(month, language) == written


def test_months() -> None:
    assert month_key(date(2026, 7, 31)) == "2026-07"
    assert month_start("2026-07") == date(2026, 7, 1)
    assert month_end("2026-07") == date(2026, 7, 31)
    assert month_end("2024-02") == date(2024, 2, 29)
    assert next_month("2026-12") == "2027-01"
    assert previous_month("2026-01") == "2025-12"
    assert months_until("2026-02", 3) == ["2025-12", "2026-01", "2026-02"]
    assert months_until("2026-02", 0) == []


@pytest.mark.parametrize("key", ["2026-13", "2026-00", "2026-7", "26-07", "2026-07-01", ""])
def test_not_a_month(key: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        month_start(key)


@given(day=st.dates(date(1950, 1, 1), date(2100, 1, 1)), months=st.integers(-500, 500))
def test_shifting_back_returns(day: date, months: int) -> None:
    key = month_key(day)
    assert shift_month(shift_month(key, months), -months) == key


@pytest.mark.parametrize(
    ("moment", "written", "day"),
    [
        (datetime(2022, 5, 24, 6, 5, tzinfo=UTC), "13.05", THE_DAY),
        (datetime(2022, 5, 23, 17, 0, tzinfo=UTC), "00.00", THE_DAY),
        (datetime(2022, 5, 24, 14, 5, tzinfo=timezone(timedelta(hours=8))), "13.05", THE_DAY),
    ],
)
def test_time_in_banten(moment: datetime, written: str, day: date) -> None:
    assert format_time(moment) == written
    assert format_time(moment, "en") == written.replace(".", ":")
    assert to_wib(moment).date() == day
    assert to_wib(moment) == moment


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        to_wib(datetime(2022, 5, 24, 13, 5))  # noqa: DTZ001 (the case under test)
