"""Answers by the type of their question: checked, read from what was typed, shown to expressions.

An answer is kept as JSON holds it best: whole numbers and rupiah as int, decimals and dates as
text, several choices as a list in the order of the form, anything unanswered as `None`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from desktop.models.questionnaires.form import Question, QuestionType, Value
from desktop.models.rules.dates import DateError, parse_date
from desktop.models.rules.money import LARGEST_AMOUNT, MoneyError, parse_rupiah

ACKNOWLEDGED = "OK"
"""The answer to an `acknowledge` question, as XForms writes it."""

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
    NOT_A_CHOICE = "not_a_choice"
    NOT_TEXT = "not_text"
    NOT_ASKED = "not_asked"


class AnswerError(ValueError):
    """A text or value cannot be the answer to a question.

    `code` is an `AnswerProblem`, or the `MoneyProblem` or `DateProblem` of the rule that read it.
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
    value: Value = plain
    try:
        match question.type:
            case QuestionType.RUPIAH:
                value = parse_rupiah(plain)
            case QuestionType.DATE:
                value = parse_date(plain, today=today).isoformat()
            case QuestionType.INTEGER:
                value = _whole_number(plain)
            case QuestionType.DECIMAL:
                value = _decimal_text(plain)
            case QuestionType.SELECT_MULTIPLE:
                value = plain.replace(",", " ").split()
    except (MoneyError, DateError) as error:
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
        case QuestionType.SELECT_MULTIPLE:
            return normalised(question, as_text(value).split())
        case QuestionType.SELECT_ONE | QuestionType.TEXT | QuestionType.DATE:
            return normalised(question, as_text(value))
    return normalised(question, value)


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


def _text(_question: Question, value: Value) -> Value:
    if not isinstance(value, str):
        raise AnswerError(AnswerProblem.NOT_TEXT)
    return value


def _acknowledge(_question: Question, value: Value) -> Value:
    if value != ACKNOWLEDGED:
        raise AnswerError(AnswerProblem.NOT_A_CHOICE)
    return value


_CHECKS: Mapping[QuestionType, Callable[[Question, Value], Value]] = {
    QuestionType.SELECT_ONE: _select_one,
    QuestionType.SELECT_MULTIPLE: _select_multiple,
    QuestionType.INTEGER: _whole,
    QuestionType.RUPIAH: _whole,
    QuestionType.DECIMAL: _decimal,
    QuestionType.DATE: _date,
    QuestionType.TEXT: _text,
    QuestionType.ACKNOWLEDGE: _acknowledge,
}
