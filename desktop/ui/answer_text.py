"""Answers in words: as they are read, and as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.questionnaires.form import QuestionType
from desktop.models.rules.dates import format_date
from desktop.models.rules.money import format_number, format_rupiah

if TYPE_CHECKING:
    from desktop.models.questionnaires.form import Question, Value


def answer_text(question: Question, value: Value, language: str) -> str:
    """An answer in words: `Rp 1.200.000`, `Refill water`, `12/08/2026`."""
    if value is None:
        return QCoreApplication.translate("Visit", "No answer")
    if question.type.is_select:
        return _chosen_text(question, value, language)
    write = _WRITTEN.get(question.type)
    try:
        return typed_text(question, value) if write is None else write(value)
    except ValueError:  # calculated, or of a version in which it was another question
        return str(value)


def typed_text(question: Question, value: Value) -> str:
    """An answer as it is typed: `1.200`, `36,5`, `13.05`, `24/05/2026 13.05`, `-6.12, 106.15`."""
    if value is None:
        return ""
    words = str(value)
    match question.type:
        case QuestionType.TIME:
            return words[:5].replace(":", ".")
        case QuestionType.DATE_TIME:
            day, _, hour = words.partition("T")
            year, month, date = day.split("-")
            return f"{date}/{month}/{year} {hour[:5].replace(':', '.')}"
        case QuestionType.GEOPOINT:
            return ", ".join(words.split()[:2])
    return number_text(value)


def number_text(value: Value) -> str:
    """A number as it is written: dots between thousands, a comma before decimals."""
    if value is None:
        return ""
    return format_number(value) if isinstance(value, int) else str(value).replace(".", ",")


def _chosen_text(question: Question, value: Value, language: str) -> str:
    """The words of what was chosen; a code that is not offered any more stands for itself."""
    words = {choice.name: choice.label.in_language(language) for choice in question.choices}
    codes = value if isinstance(value, list) else [str(value)]
    between = " > " if question.type is QuestionType.RANK else ", "
    return between.join(words.get(code, code) for code in codes)


def _file_text(_value: Value) -> str:
    return QCoreApplication.translate("Visit", "Kept on this laptop")


_WRITTEN: Mapping[QuestionType, Callable[[Value], str]] = {
    QuestionType.RUPIAH: lambda value: (
        format_rupiah(value) if isinstance(value, int) else str(value)
    ),
    QuestionType.DATE: lambda value: format_date(date.fromisoformat(str(value)), "id", "short"),
    QuestionType.ACKNOWLEDGE: lambda _value: QCoreApplication.translate(
        "Visit", "Read and understood"
    ),
    QuestionType.TEXT: str,
    QuestionType.BARCODE: str,
    QuestionType.IMAGE: _file_text,
    QuestionType.SIGNATURE: _file_text,
    QuestionType.AUDIO: _file_text,
    QuestionType.FILE: _file_text,
}
"""How answers of a type are written that are not written as they are typed."""
