"""Answers by the type of their question: checked, read from what was typed, shown to expressions.

An answer is kept as JSON holds it best: whole numbers and rupiah as int, decimals, dates, times and
points as text, several choices as a list in the order of the form (a ranking in its own), a file as
its id, anything unanswered as `None`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from uuid import UUID

from desktop.models.questionnaires.form import Question, QuestionType, Value
from desktop.models.rules.dates import DateError, parse_date
from desktop.models.rules.money import LARGEST_AMOUNT, MoneyError, parse_rupiah
from desktop.models.rules.points import PointError, parse_point

ACKNOWLEDGED = "OK"
"""The answer to an `acknowledge` question, as XForms writes it."""

_WIB = timezone(timedelta(hours=7))
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?:[.:]?(?P<minute>[0-9]{2}))?")
_WHOLE = re.compile(r"-?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)")
_DECIMAL = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
_THOUSANDS_OR_DECIMAL = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")


class AnswerProblem(StrEnum):
    """Why a text or value cannot be the answer to a question."""

    NOT_A_WHOLE_NUMBER = "not_a_whole_number"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS_NUMBER = "ambiguous_number"
    TOO_LARGE = "too_large"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_POINT = "not_a_point"
    NOT_IN_RANGE = "not_in_range"
    NOT_A_RANKING = "not_a_ranking"
    NOT_A_FILE = "not_a_file"
    NOT_A_CHOICE = "not_a_choice"
    NOT_TEXT = "not_text"
    NOT_ASKED = "not_asked"


class AnswerError(ValueError):
    """A text or value cannot be the answer to a question.

    `code` is an `AnswerProblem`, or the problem that the rule for money, dates or points told.
    """

    def __init__(self, code: StrEnum) -> None:
        super().__init__(code.value)
        self.code = code


def parse(question: Question, typed: str, *, today: date) -> Value:
    """Read what was typed as an answer; nothing typed is `None`.

    Raises:
        AnswerError: it is no answer to a question of this type.
    """
    plain = typed.strip()
    if not plain:
        return None
    read = _READERS.get(question.type)
    try:
        value: Value = plain if read is None else read(plain, today)
    except (MoneyError, DateError, PointError) as error:
        raise AnswerError(error.code) from error
    return normalised(question, value)


def normalised(question: Question, value: Value) -> Value:
    """An answer in the one form in which it is kept.

    Raises:
        AnswerError: the value is no answer to a question of this type.
    """
    if value is None or value in ("", []) or (isinstance(value, str) and value.isspace()):
        return None
    check = _CHECKS.get(question.type)
    if check is None:
        raise AnswerError(AnswerProblem.NOT_ASKED)
    return check(question, value)


def time_text(at: time) -> str:
    """A time of day as it is kept: `13:05:00.000+07:00`, as ODK writes it."""
    return at.replace(tzinfo=_WIB).isoformat(timespec="milliseconds")


def date_time_text(day: date, at: time) -> str:
    """A day and a time in Banten, as they are kept."""
    return datetime.combine(day, at, _WIB).isoformat(timespec="milliseconds")


def as_text(value: Value) -> str:
    """An answer as expressions read it."""
    if value is None:
        return ""
    return " ".join(value) if isinstance(value, list) else str(value)


def from_result(result: str | float | bool) -> Value:
    """What a calculation yields, as an answer: whole numbers as int, other numbers as text."""
    if isinstance(result, bool):
        return "true" if result else "false"
    if isinstance(result, str):
        return result or None
    if not math.isfinite(result):
        return None
    return int(result) if result == int(result) else format(Decimal(repr(result)), "f")


def from_default(question: Question, result: str | float | bool) -> Value:
    """What a default yields, as an answer of the question's type.

    Raises:
        AnswerError: it is no answer to a question of this type.
    """
    value = from_result(result)
    match question.type:
        case QuestionType.INTEGER | QuestionType.RUPIAH if isinstance(value, str):
            if not re.fullmatch("-?[0-9]+", value):
                raise AnswerError(AnswerProblem.NOT_A_WHOLE_NUMBER)
            return normalised(question, int(value))
        case QuestionType.SELECT_MULTIPLE | QuestionType.RANK:
            return normalised(question, as_text(value).split())
        case QuestionType.INTEGER | QuestionType.RUPIAH | QuestionType.DECIMAL:
            return normalised(question, value)
    return normalised(question, as_text(value))


def _time(typed: str) -> time:
    match = _TIME.fullmatch(typed)
    if match is None or int(match["hour"]) > 23 or int(match["minute"] or 0) > 59:
        raise AnswerError(AnswerProblem.NOT_A_TIME)
    return time(int(match["hour"]), int(match["minute"] or 0))


def _whole_number(typed: str) -> int:
    if not _WHOLE.fullmatch(typed):
        raise AnswerError(AnswerProblem.NOT_A_WHOLE_NUMBER)
    return int(typed.replace(".", ""))


def _decimal_text(typed: str) -> str:
    if not _DECIMAL.fullmatch(typed):
        raise AnswerError(AnswerProblem.NOT_A_NUMBER)
    if _THOUSANDS_OR_DECIMAL.fullmatch(typed):
        raise AnswerError(AnswerProblem.AMBIGUOUS_NUMBER)
    return typed.replace(",", ".")


def _select_one(question: Question, value: Value) -> Value:
    if value not in {choice.name for choice in question.choices}:
        raise AnswerError(AnswerProblem.NOT_A_CHOICE)
    return value


def _select_multiple(question: Question, value: Value) -> Value:
    if not isinstance(value, list):
        raise AnswerError(AnswerProblem.NOT_A_CHOICE)
    chosen = [choice.name for choice in question.choices if choice.name in value]
    if set(chosen) != set(value):
        raise AnswerError(AnswerProblem.NOT_A_CHOICE)
    return chosen


def _rank(question: Question, value: Value) -> Value:
    """All choices, in the order in which they were put."""
    if not isinstance(value, list) or len(value) != len(question.choices):
        raise AnswerError(AnswerProblem.NOT_A_RANKING)
    if set(value) != {choice.name for choice in question.choices}:
        raise AnswerError(AnswerProblem.NOT_A_RANKING)
    return value


def _range(question: Question, value: Value) -> Value:
    """A number that the range offers; whole where its ends and its step are."""
    written = Decimal(str(_decimal(question, value)))
    offered = question.range
    if offered is None:
        raise AnswerError(AnswerProblem.NOT_IN_RANGE)
    start, end, step = (Decimal(one) for one in (offered.start, offered.end, offered.step))
    if not min(start, end) <= written <= max(start, end) or (written - start) % step:
        raise AnswerError(AnswerProblem.NOT_IN_RANGE)
    is_whole = all(one == one.to_integral_value() for one in (start, step))
    return int(written) if is_whole else _decimal(question, str(written))


def _whole(_question: Question, value: Value) -> Value:
    if isinstance(value, bool) or not isinstance(value, int):
        raise AnswerError(AnswerProblem.NOT_A_WHOLE_NUMBER)
    if abs(value) > LARGEST_AMOUNT:
        raise AnswerError(AnswerProblem.TOO_LARGE)
    return value


def _decimal(_question: Question, value: Value) -> Value:
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise AnswerError(AnswerProblem.NOT_A_NUMBER)
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise AnswerError(AnswerProblem.NOT_A_NUMBER) from error
    if not number.is_finite():
        raise AnswerError(AnswerProblem.NOT_A_NUMBER)
    if abs(number) > LARGEST_AMOUNT:
        raise AnswerError(AnswerProblem.TOO_LARGE)
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _date(_question: Question, value: Value) -> Value:
    if not isinstance(value, str):
        raise AnswerError(AnswerProblem.NOT_A_DATE)
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise AnswerError(AnswerProblem.NOT_A_DATE) from error


def _time_of_day(_question: Question, value: Value) -> Value:
    try:
        return time_text(time.fromisoformat(str(value)))
    except ValueError as error:
        raise AnswerError(AnswerProblem.NOT_A_TIME) from error


def _date_time(_question: Question, value: Value) -> Value:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise AnswerError(AnswerProblem.NOT_A_TIME) from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=_WIB)
    return aware.isoformat(timespec="milliseconds")


def _point(_question: Question, value: Value) -> Value:
    try:
        return parse_point(str(value))
    except PointError as error:
        raise AnswerError(AnswerProblem.NOT_A_POINT) from error


def _file(_question: Question, value: Value) -> Value:
    try:
        return str(UUID(str(value)))
    except ValueError as error:
        raise AnswerError(AnswerProblem.NOT_A_FILE) from error


def _text(_question: Question, value: Value) -> Value:
    if not isinstance(value, str):
        raise AnswerError(AnswerProblem.NOT_TEXT)
    return value


def _acknowledge(_question: Question, value: Value) -> Value:
    if value != ACKNOWLEDGED:
        raise AnswerError(AnswerProblem.NOT_A_CHOICE)
    return value


def _day_and_time(typed: str, today: date) -> str:
    day, _, hour = typed.rpartition(" ")
    return date_time_text(parse_date(day, today=today), _time(hour))


def _codes(typed: str, _today: date) -> Value:
    return typed.replace(",", " ").split()


_READERS: Mapping[QuestionType, Callable[[str, date], Value]] = {
    QuestionType.RUPIAH: lambda typed, _today: parse_rupiah(typed),
    QuestionType.DATE: lambda typed, today: parse_date(typed, today=today).isoformat(),
    QuestionType.TIME: lambda typed, _today: time_text(_time(typed)),
    QuestionType.DATE_TIME: _day_and_time,
    QuestionType.INTEGER: lambda typed, _today: _whole_number(typed),
    QuestionType.DECIMAL: lambda typed, _today: _decimal_text(typed),
    QuestionType.RANGE: lambda typed, _today: _decimal_text(typed),
    QuestionType.GEOPOINT: lambda typed, _today: parse_point(typed),
    QuestionType.SELECT_MULTIPLE: _codes,
    QuestionType.RANK: _codes,
}
"""How what was typed is read, on a day; of other types as it stands."""

_CHECKS: Mapping[QuestionType, Callable[[Question, Value], Value]] = {
    QuestionType.SELECT_ONE: _select_one,
    QuestionType.SELECT_MULTIPLE: _select_multiple,
    QuestionType.INTEGER: _whole,
    QuestionType.RUPIAH: _whole,
    QuestionType.DECIMAL: _decimal,
    QuestionType.DATE: _date,
    QuestionType.RANK: _rank,
    QuestionType.RANGE: _range,
    QuestionType.TIME: _time_of_day,
    QuestionType.DATE_TIME: _date_time,
    QuestionType.GEOPOINT: _point,
    QuestionType.IMAGE: _file,
    QuestionType.SIGNATURE: _file,
    QuestionType.AUDIO: _file,
    QuestionType.FILE: _file,
    QuestionType.TEXT: _text,
    QuestionType.BARCODE: _text,
    QuestionType.HIDDEN: _text,
    QuestionType.ACKNOWLEDGE: _acknowledge,
}
