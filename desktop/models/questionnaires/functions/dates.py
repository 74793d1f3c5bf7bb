"""Dates and times: `today`, `format-date`, decimal dates."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from desktop.models.questionnaires.calls import Call, function
from desktop.models.questionnaires.xpath import DATE, Atom, number
from desktop.models.rules.dates import DAY_NAMES, MONTH_NAMES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LANGUAGE = "id"
"""Values computed into the record must not depend on the language of the screen."""


@function("today", 0)
def _today(call: Call) -> str:
    return call.environment.today.isoformat()


@function("now", 0)
def _now(call: Call) -> str:
    return call.environment.now.isoformat(timespec="milliseconds")


@function("date", 1)
def _date(call: Call) -> str:
    """A date from its text or from days since 1970; empty where there is none."""
    moment = _moment(call.value(0))
    return "" if moment is None else moment.date().isoformat()


@function("date-time", 1)
def _date_time(call: Call) -> str:
    moment = _moment(call.value(0))
    return "" if moment is None else moment.isoformat(timespec="milliseconds")


@function("decimal-date-time", 1)
def _decimal_date_time(call: Call) -> float:
    return call.number(0)


@function("decimal-time", 1)
def _decimal_time(call: Call) -> float:
    moment = _moment(call.value(0))
    if moment is None:
        return math.nan
    return (moment - moment.replace(hour=0, minute=0, second=0, microsecond=0)) / timedelta(days=1)


@function("format-date", 2)
@function("format-date-time", 2)
def _format_date(call: Call) -> str:
    moment = _moment(call.value(0))
    if moment is None:
        return ""
    return re.sub("%(.)", lambda mark: _written(moment, mark[1]), call.text(1))


def _moment(value: Atom) -> datetime | None:
    """A moment from its text or from days since 1970 (which a question holds as text, too)."""
    try:
        if isinstance(value, str) and DATE.fullmatch(value):
            return datetime.combine(date.fromisoformat(value), datetime.min.time(), tzinfo=UTC)
        if isinstance(value, str) and DATE.match(value):
            return datetime.fromisoformat(value)
        return _EPOCH + timedelta(days=number(value))
    except (ValueError, OverflowError):
        return None


_MARKS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04}",
    "y": lambda at: f"{at.year % 100:02}",
    "m": lambda at: f"{at.month:02}",
    "n": lambda at: str(at.month),
    "b": lambda at: MONTH_NAMES[_LANGUAGE][at.month - 1][:3],
    "d": lambda at: f"{at.day:02}",
    "e": lambda at: str(at.day),
    "a": lambda at: DAY_NAMES[_LANGUAGE][at.weekday()][:3],
    "H": lambda at: f"{at.hour:02}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02}",
    "S": lambda at: f"{at.second:02}",
    "3": lambda at: f"{at.microsecond // 1000:03}",
    "%": lambda _at: "%",
}


def _written(moment: datetime, mark: str) -> str:
    write = _MARKS.get(mark)
    return "%" + mark if write is None else write(moment)
