"""Dates, months and times of day as Indonesians write them.

Instants are stored in UTC and shown in WIB, the one time zone of Banten. A month is a key such as
"2026-07", which sorts as it reads.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Final, Literal

Language = Literal["id", "en"]
DateStyle = Literal["short", "medium", "long"]

WIB: Final = timezone(timedelta(hours=7), "WIB")
EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2199
YEARS_AHEAD: Final = 10
"""How far a two-digit year may lie in the future when the caller names no last date."""

MONTH_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
DAY_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTH_WORDS: Final = {
    spelling: number
    for names in MONTH_NAMES.values()
    for number, name in enumerate(names, start=1)
    for spelling in (name.casefold(), name.casefold()[:3])
} | {
    "pebruari": 2,
    "peb": 2,
    "agt": 8,
    "ags": 8,
    "sept": 9,
    "nopember": 11,
    "nop": 11,
}
_DAY_WORDS: Final = {
    name.casefold(): number for names in DAY_NAMES.values() for number, name in enumerate(names)
} | {"jum'at": 4, "ahad": 6}

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})([t ][0:.]+)?")
_NUMERIC = re.compile(
    r"(?P<day>[0-9]{1,2})(?P<sep>[/.\- ])(?P<month>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4}|[0-9]{2})"
)
_DAY_FIRST = re.compile(
    r"(?P<day>[0-9]{1,2})[ /.\-]*(?P<month>[a-z]+)\.?[ /.\-]*(?P<year>[0-9]{4}|[0-9]{2})"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]+)\.? (?P<day>[0-9]{1,2})(?:,\s*| )(?P<year>[0-9]{4}|[0-9]{2})"
)
_WEEKDAY = re.compile(r"(?P<weekday>[a-z']+),? (?=[0-9a-z])")
_MONTH_KEY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])")


class DateProblem(StrEnum):
    """Why a text was not read as a date."""

    EMPTY = "empty"
    NOT_A_DATE = "not_a_date"
    IMPOSSIBLE = "impossible"
    WEEKDAY_DIFFERS = "weekday_differs"


class DateError(ValueError):
    """A text is not a date; `code` says why."""

    def __init__(self, code: DateProblem) -> None:
        super().__init__(code.value)
        self.code = code


def parse_date(text: str, *, today: date, latest: date | None = None) -> date:
    """Read a date: "24/05/2022", "24-5-22", "24 Mei 2022", "Selasa, 24 May 22" or "2022-05-24".

    The day comes before the month, always: a date the other way round is refused if it can be
    seen, and left to the checks against the national id if it cannot.

    Args:
        text: as typed or imported.
        today: places a two-digit year when `latest` is not given: at most ten years ahead.
        latest: the last day that makes sense (today, for a birth date); a two-digit year falls in
            the hundred years up to it.

    Raises:
        DateError: if the text is no date, or a date that never was.
    """
    plain = " ".join(text.casefold().split())
    if not plain:
        raise DateError(DateProblem.EMPTY)
    weekday, plain = _split_weekday(plain)
    match = next(
        filter(
            None, (form.fullmatch(plain) for form in (_ISO, _NUMERIC, _DAY_FIRST, _MONTH_FIRST))
        ),
        None,
    )
    if match is None:
        raise DateError(DateProblem.NOT_A_DATE)
    month = match["month"]
    month_number = int(month) if month.isdigit() else _MONTH_WORDS.get(month)
    if month_number is None:
        raise DateError(DateProblem.NOT_A_DATE)
    last = latest or date(today.year + YEARS_AHEAD, 12, 31)
    found = _place(match["year"], month_number, int(match["day"]), last)
    if weekday is not None and weekday != found.weekday():
        raise DateError(DateProblem.WEEKDAY_DIFFERS)
    return found


def format_date(day: date, language: Language, style: DateStyle = "medium") -> str:
    """Write a date: short "24/05/2022", medium "24 Mei 2022", long "Selasa, 24 Mei 2022"."""
    if style == "short":
        return f"{day:%d/%m/%Y}"
    medium = f"{day.day} {MONTH_NAMES[language][day.month - 1]} {day.year}"
    return medium if style == "medium" else f"{DAY_NAMES[language][day.weekday()]}, {medium}"


def format_month(month: str | date, language: Language = "id") -> str:
    """Write a month, given by its key or by any day in it: "Juli 2026"."""
    first = month_start(month) if isinstance(month, str) else month
    return f"{MONTH_NAMES[language][first.month - 1]} {first.year}"


def to_wib(moment: datetime) -> datetime:
    """Return the same instant on the clocks of Banten.

    Raises:
        ValueError: if the moment has no offset, since then nobody knows when it was.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without an offset cannot be shown")
    return moment.astimezone(WIB)


def format_time(moment: datetime, language: Language = "id") -> str:
    """Write the time of day in WIB: "13.05", in English "13:05"."""
    return f"{to_wib(moment):%H.%M}" if language == "id" else f"{to_wib(moment):%H:%M}"


def month_key(day: date) -> str:
    """Return the key of the month a day lies in: "2026-07"."""
    return f"{day.year:04}-{day.month:02}"


def month_start(key: str) -> date:
    """Return the first day of a month.

    Raises:
        ValueError: if the key is not of the form "2026-07".
    """
    match = _MONTH_KEY.fullmatch(key)
    if not match:
        raise ValueError(f"not a month: {key!r}")
    return date(int(match["year"]), int(match["month"]), 1)


def month_end(key: str) -> date:
    """Return the last day of a month."""
    first = month_start(key)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def shift_month(key: str, months: int) -> str:
    """Return the month so many months later, or earlier if negative."""
    first = month_start(key)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return month_key(date(year, month + 1, 1))


def next_month(key: str) -> str:
    """Return the month after this one."""
    return shift_month(key, 1)


def previous_month(key: str) -> str:
    """Return the month before this one."""
    return shift_month(key, -1)


def months_until(key: str, count: int) -> list[str]:
    """Return `count` consecutive months, oldest first, ending with this one."""
    return [shift_month(key, back) for back in range(1 - count, 1)]


def _split_weekday(plain: str) -> tuple[int | None, str]:
    match = _WEEKDAY.match(plain)
    if match and match["weekday"] in _DAY_WORDS:
        return _DAY_WORDS[match["weekday"]], plain[match.end() :]
    return None, plain


def _place(year_text: str, month: int, day: int, latest: date) -> date:
    """Make the date, choosing for a two-digit year the last one not after `latest`."""
    year = int(year_text)
    if len(year_text) == 2:
        year += latest.year - latest.year % 100
        if (year, month, day) > (latest.year, latest.month, latest.day):
            year -= 100
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateError(DateProblem.IMPOSSIBLE)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateError(DateProblem.IMPOSSIBLE) from error
