"""The values of a field as people read and write them: in words, and the field to write another one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, get_args
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from desktop.models.questionnaires.form import Question, QuestionType
from desktop.models.questionnaires.values import ACKNOWLEDGED, AnswerError, parse
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.fields import split
from desktop.models.rules.dates import format_date, format_month, to_wib
from desktop.models.rules.identity import (
    check_business_id_number,
    check_family_card_number,
    check_national_id,
    check_phone,
    group_digits,
    group_phone,
    mask_number,
    normalise_phone,
)
from desktop.models.rules.money import format_number, format_rupiah
from desktop.models.rules.resolution import DELETED, DUPLICATE, STATE
from desktop.ui import words
from desktop.ui.answer_text import answer_text
from desktop.ui.pages.business.words import grant_state_text, kind_names
from desktop.ui.pages.household_form.person import NameText, NumberText, PhoneText, PlainNumberText
from desktop.ui.receipts import moment_words
from desktop.ui.widgets.badge import WorkState, state_text
from desktop.ui.widgets.choice_field import ChoiceField, MultiChoiceField
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.number_keys import ONE_DIGIT
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import LongTextField, NumberField, TextField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from sqlalchemy import Connection

    from desktop.models.queries.conflicts import OpenConflict
    from desktop.models.queries.questionnaires import Forms
    from desktop.models.records.base import Json
    from desktop.models.rules.findings import Finding
    from desktop.ui.desk import Desk

KEEP, DELETE = "keep", "delete"
_YES, _NO = "yes", "no"

_MONEY: Final = frozenset(
    {
        *("grant.amount", "programme_year.amount", "progress_report.revenue"),
        *("progress_report.expenses", "progress_report.stock", "progress_report.savings"),
        *("progress_report.debt", "progress_report.instalment"),
    }
)
_LONG: Final = frozenset({"note", "address", "constraint", "follow_up", "reason"})
_FIXED: Final = frozenset(
    {"visit.questionnaire", "visit.questionnaire_version", "business.kbli_version"}
)
"""What follows from something else: one of both can be chosen, nothing else written."""
_RANGES: Final = {
    "household.welfare_decile": (1, 10),
    "programme_year.year": (2000, 2100),
    "programme_year.tranches": (1, 12),
}
_CODES: Final[Mapping[str, Mapping[str, object]]] = {
    "household.status": words.HOUSEHOLD_STATES,
    "member.relation": words.RELATIONS,
    "member.sex": words.SEXES,
    "member.status": words.MEMBER_STATES,
    "visit.outcome": words.OUTCOMES,
    "business.status": words.BUSINESS_STATES,
    "progress_report.status": words.BUSINESS_STATES,
    "grant.form": words.AID_FORMS,
    "programme_year.form": words.AID_FORMS,
}
"""Field -> the words of its codes."""


@dataclass(frozen=True)
class Kind:
    """How the values of a field are read, and how another one is written.

    Attributes:
        say: a value in words.
        make: a field to write one; None where none can be written.
        read: what stands in that field, as an op holds it.
        check: what is wrong with, or remarkable about, a value.
        mask: the value in words with its middle hidden; None where nothing need be hidden.
    """

    say: Callable[[Any], str]
    make: Callable[[], QWidget] | None = None
    read: Callable[[Any], Json] = lambda field: field.value()
    check: Callable[[Any], Sequence[Finding]] = lambda _value: ()
    mask: Callable[[Any], str] | None = None

    def text(self, value: Json, *, hidden: bool = False) -> str:
        """A value in words, whatever it is; nothing is said to be nothing."""
        if value is None:
            return QCoreApplication.translate("Values", "(empty)")
        if hidden and self.mask is not None:
            return self.mask(value)
        try:
            return self.say(value)
        except (TypeError, ValueError, KeyError):
            return str(value)  # of a newer version, or set aside for what it is


def field_words(conflict: OpenConflict, forms: Forms, language: str) -> str:
    """What the field is called; an answer goes by its question."""
    question = _question(conflict, forms)
    if question is not None:
        return question.label.in_language(language)
    return words.field_word(conflict.table, conflict.field)


def kind_of(conflict: OpenConflict, desk: Desk) -> Kind:
    """How the values of a conflict are read and written."""
    if conflict.field == STATE:
        grant = conflict.table == "grant"
        return Kind(grant_state_text if grant else lambda state: state_text(WorkState(state)))
    if conflict.field == DELETED:
        return Kind(lambda _moment: QCoreApplication.translate("Values", "Delete"))
    if conflict.field == DUPLICATE:
        return Kind(group_digits, mask=mask_number)
    question = _question(conflict, desk.forms)
    if question is not None:
        return _answer(question, desk)
    name = f"{conflict.table}.{conflict.field}"
    made = _numbers(desk).get(name) or _of_code(name, desk)
    return made or _of_type(conflict, name, desk)


def read_forms(connection: Connection, conflicts: Iterable[OpenConflict], forms: Forms) -> None:
    """Reads the questionnaires that conflicts are about; to be done where nobody waits for it."""
    for conflict in conflicts:
        if conflict.form is not None:
            forms.version(connection, *conflict.form)


def _question(conflict: OpenConflict, forms: Forms) -> Question | None:
    """The question that a field of a visit answers; None if it is no answer, or of another form."""
    column, key = split(BY_NAME[conflict.table], conflict.field)
    form = forms.known(*conflict.form) if conflict.form else None
    if key is None or column != "answers" or form is None:
        return None
    return form.questions.get(key)


def _numbers(desk: Desk) -> dict[str, Kind]:
    """The numbers that have rules of their own."""
    today = _today(desk)
    known = desk.reference.regions().known_area

    def number(check: Callable[[str], Sequence[Finding]]) -> Kind:
        return Kind(group_digits, NumberText, check=check, mask=mask_number)

    return {
        "member.national_id": number(
            lambda one: check_national_id(one, today=today(), is_known_area=known)
        ),
        "family_card.number": number(
            lambda one: check_family_card_number(one, today=today(), is_known_area=known)
        ),
        "grant.account_number": Kind(str, lambda: TextField(max_length=40), mask=mask_number),
        "business.business_id_number": Kind(
            group_digits, NumberText, check=check_business_id_number
        ),
        "household.phone": Kind(
            group_phone,
            lambda: PhoneText(max_length=24),
            read=lambda field: normalise_phone(field.value() or "") or field.value(),
            check=check_phone,
        ),
    }


def _of_code(name: str, desk: Desk) -> Kind | None:
    """A field that holds one of a few codes, or of a list of them."""
    theme = desk.theme
    if name in _CODES:
        codes = _CODES[name]
        return Kind(
            lambda code: words.word(codes, code),
            lambda: ChoiceField(theme, words.options(codes), columns=2),
        )
    if name == "household.scope":
        regions = desk.reference.regions()
        return Kind(lambda code: " · ".join(one.name for one in regions.path(code)[-2:]))
    if name == "business.kbli_code":
        kinds = kind_names(desk.reference, desk.language)
        offered = [Option(code, text) for code, text in kinds.items()]
        return Kind(lambda code: kinds.get(code, code), lambda: ComboField(theme, offered))
    return None


def _of_type(conflict: OpenConflict, name: str, desk: Desk) -> Kind:
    """Any other field, by the type that its record declares."""
    if name in _MONEY:
        return Kind(format_rupiah, MoneyField)
    if name in _FIXED:
        return Kind(str)
    if name == "progress_report.month":
        return Kind(lambda month: format_month(month, desk.language))
    kind = _type_of(conflict.table, conflict.field)
    least, most = _RANGES.get(name, (0, 1_000_000_000))
    yes = QCoreApplication.translate("Values", "Yes")
    no = QCoreApplication.translate("Values", "No")
    by_type: dict[type, Kind] = {
        bool: Kind(
            lambda value: yes if value else no,
            lambda: ChoiceField(desk.theme, [Option(_YES, yes), Option(_NO, no)], columns=2),
            read=lambda field: None if field.value() is None else field.value() == _YES,
        ),
        int: Kind(format_number, lambda: NumberField(minimum=least, maximum=most)),
        date: _day(desk),
        datetime: Kind(lambda at: moment_words(datetime.fromisoformat(at), desk.language)),
        UUID: Kind(
            lambda identity: (
                conflict.names.get(
                    identity, QCoreApplication.translate("Values", "not on this laptop")
                )
                or QCoreApplication.translate("Values", "a family without members")
            )
        ),
        str: Kind(str, _words_field(conflict)),
    }
    return by_type.get(kind, Kind(str))


def _type_of(table: str, field: str) -> type:
    """The type of a record's field, without the null; `str` for what this version does not know."""
    info = BY_NAME[table].record.model_fields.get(field)
    annotation: Any = str if info is None else info.annotation
    if isinstance(annotation, UnionType):
        annotation = next(one for one in get_args(annotation) if one is not type(None))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return str
    return annotation if isinstance(annotation, type) else str


def _words_field(conflict: OpenConflict) -> Callable[[], QWidget]:
    """One line, no longer than the record allows; or several for what is written at length."""
    if conflict.field in _LONG:
        return lambda: LongTextField(lines=2)
    if conflict.field in ("rt", "rw"):
        return lambda: PlainNumberText(max_length=3)
    if (conflict.table, conflict.field) == ("member", "name"):
        return lambda: NameText(max_length=120)
    info = BY_NAME[conflict.table].record.model_fields.get(conflict.field)
    limits = [getattr(one, "max_length", None) for one in info.metadata] if info else []
    return lambda: TextField(max_length=next(filter(None, limits), 200))


def _day(desk: Desk) -> Kind:
    return Kind(
        lambda day: format_date(date.fromisoformat(day), desk.language),
        lambda: DateField(_today(desk)),
        read=_iso,
    )


def _iso(field: DateField) -> Json:
    day = field.value()
    return None if day is None else day.isoformat()


def _today(desk: Desk) -> Callable[[], date]:
    return lambda: to_wib(desk.store.clock()).date()


# Answers of a visit.


class ParsedField(TextField):
    """A number as the questionnaire reads it, with decimals."""

    def __init__(self, question: Question, today: Callable[[], date]) -> None:
        super().__init__(max_length=24)
        self._question, self._today = question, today
        self.use_figures()

    def problem(self) -> str:
        """Why the number cannot be read."""
        try:
            parse(self._question, self.text(), today=self._today())
        except AnswerError:
            return self.tr("Write a number, for example 36 or 36,5")
        return ""

    def answer(self) -> Json:
        """The number as it is kept; None if there is none or it cannot be read."""
        if self.problem():
            return None
        return parse(self._question, self.text(), today=self._today())  # type: ignore[return-value]


def _answer(question: Question, desk: Desk) -> Kind:
    """The kind of an answer, by the type of its question."""
    theme, language, today = desk.theme, desk.language, _today(desk)
    options = [Option(one.name, one.label.in_language(language)) for one in question.choices]
    is_long = len(options) > ONE_DIGIT
    fields: dict[QuestionType, Callable[[], QWidget]] = {
        QuestionType.SELECT_ONE: lambda: (
            ComboField(theme, options) if is_long else ChoiceField(theme, options, columns=2)
        ),
        QuestionType.SELECT_MULTIPLE: lambda: MultiChoiceField(theme, options, columns=2),
        QuestionType.RUPIAH: MoneyField,
        QuestionType.DATE: lambda: DateField(today),
        QuestionType.INTEGER: NumberField,
        QuestionType.DECIMAL: lambda: ParsedField(question, today),
        QuestionType.TEXT: lambda: LongTextField(lines=2),
    }
    readers: dict[QuestionType, Callable[[Any], Json]] = {
        QuestionType.SELECT_MULTIPLE: lambda field: [
            one.name for one in question.choices if one.name in field.value()
        ],
        QuestionType.DATE: _iso,
        QuestionType.DECIMAL: lambda field: field.answer(),
    }
    if question.type is QuestionType.ACKNOWLEDGE:
        read = QCoreApplication.translate("Values", "Read and understood")
        return Kind(lambda value: read if value == ACKNOWLEDGED else str(value))
    return Kind(
        lambda value: answer_text(question, value, language),
        fields.get(question.type),
        readers.get(question.type, lambda field: field.value()),
    )
