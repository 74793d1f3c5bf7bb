"""The field for each type of question, and answers on their way into it, out of it, and in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent

from desktop.models.questionnaires.form import QuestionType, Text
from desktop.models.questionnaires.values import ACKNOWLEDGED, AnswerError
from desktop.models.rules.dates import format_date
from desktop.models.rules.money import format_number, format_rupiah
from desktop.ui.widgets.choice_field import NUMBER_KEYS, ChoiceField, MultiChoiceField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.text_field import LineField, LongTextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from desktop.models.questionnaires.form import Question, Value
    from desktop.models.questionnaires.session import AnswerSession
    from desktop.models.questionnaires.states import Item
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.theme.theme import Theme

Typed = TypeVar("Typed", bound=LineField)

FIRST_DAY = date(2000, 1, 1)
"""Before this day there was no programme: an earlier date is a slip of the keys."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DIGITS = tuple("0123456789")
_TWO_DIGITS_MS = 600
"""A second digit belongs to the first one if it comes so soon after it."""
_EN_SPACE = "\u2002"
_MARKS = 78
"""Pixels that an option needs beside its words."""
_LINES = 2
_NARROW = 240
"""The width of fields for numbers and dates, so that they look like what they ask for."""


class NumberAnswerField(LineField):
    """A number as the questionnaire reads it: whole, or with decimals."""

    def __init__(self, session: AnswerSession, question: Question) -> None:
        super().__init__()
        self._session, self._question = session, question
        self.use_figures()

    def value(self) -> Value:
        """The number, or None if there is none or it cannot be read."""
        return self._read()[0]

    def set_value(self, value: Value) -> None:
        """Show a number; None empties."""
        self.setText(number_text(value))

    def problem(self) -> str:
        """Why the number cannot be read."""
        return self._read()[1]

    def _read(self) -> tuple[Value, str]:
        try:
            return self._session.parse(self._question, self.text()), ""
        except AnswerError:
            if self._question.type is QuestionType.INTEGER:
                return None, self.tr("Write a whole number, for example 4")
            return None, self.tr("Write a number, for example 36 or 36,5")


class LongChoiceField(ChoiceField):
    """One answer of more than nine: two digits, typed one right after the other, choose the others.

    The first digit chooses at once, as it does everywhere; the second one corrects it.
    """

    def __init__(self, theme: Theme, options: Sequence[Option], *, columns: int = 1) -> None:
        super().__init__(theme, options, columns=columns)
        self._first_digit = ""
        self.pause = QTimer(self, singleShot=True, interval=_TWO_DIGITS_MS)
        self.pause.timeout.connect(lambda: self._begin_with(""))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Choose by the number of the option, whether it has one digit or two."""
        digit = event.text() if event.text() in _DIGITS else ""
        number = int(self._first_digit + digit) if self._first_digit and digit else 0
        if NUMBER_KEYS < number <= len(self._rows):
            self._begin_with("")
            row = list(self._rows.values())[number - 1]
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)
            row.click()
        else:
            self._begin_with(digit)
            super().keyPressEvent(event)

    def _begin_with(self, digit: str) -> None:
        self._first_digit = digit
        if digit:
            self.pause.start()
        else:
            self.pause.stop()


class WordsField(LongTextField):
    """Words over several lines, where Enter goes on like everywhere in a visit."""

    def event(self, event: QEvent, /) -> bool:
        """Leave Enter with Shift or Ctrl to the page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _ENTER
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Go on with Enter."""
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


AnswerField = (
    ChoiceField | MultiChoiceField | DateField | MoneyField | NumberAnswerField | WordsField
)


def make_field(theme: Theme, language: str, visit: Visit, item: Item, width: int) -> AnswerField:
    """The field for a question.

    Args:
        theme: the theme.
        language: the language of the form's words.
        visit: tells the day, and reads numbers as the questionnaire does.
        item: the question with the choices it offers.
        width: how wide the field may be, in pixels.
    """
    question = item.question
    options = [Option(choice.name, choice.label.in_language(language)) for choice in item.choices]
    columns = _columns(theme, options, width)
    field: AnswerField
    match question.type:
        case QuestionType.SELECT_ONE if len(options) > NUMBER_KEYS:
            field = LongChoiceField(theme, _with_keys(options), columns=columns)
        case QuestionType.SELECT_ONE:
            field = ChoiceField(theme, options, columns=columns)
        case QuestionType.SELECT_MULTIPLE:
            field = MultiChoiceField(theme, options, columns=columns)
        case QuestionType.ACKNOWLEDGE:
            words = QCoreApplication.translate("Visit", "Read and understood")
            field = MultiChoiceField(theme, [Option(ACKNOWLEDGED, words)])
        case QuestionType.TEXT:
            field = WordsField(lines=_LINES)
        case QuestionType.DATE:
            field = _narrow(theme, DateField(lambda: visit.today, earliest=lambda: FIRST_DAY))
        case QuestionType.RUPIAH:
            field = _narrow(theme, MoneyField())
        case _:
            field = _narrow(theme, NumberAnswerField(visit.session, question))
    return field


def is_typed(field: QWidget) -> bool:
    """Whether an answer is typed letter by letter, rather than given at once."""
    return isinstance(field, (LineField, LongTextField))


def show_answer(field: AnswerField, question: Question, value: Value) -> None:
    """Shows an answer in its field."""
    shown: Any = value
    match question.type:
        case QuestionType.DATE:
            shown = date.fromisoformat(str(value)) if value else None
        case QuestionType.SELECT_MULTIPLE | QuestionType.ACKNOWLEDGE:
            codes = value if isinstance(value, list) else [value]
            shown = frozenset(codes) if value else None
    field.set_value(shown)


def read_answer(field: AnswerField, question: Question) -> Value:
    """The answer in a field, as the questionnaire keeps it."""
    value: Any = field.value()
    match question.type:
        case QuestionType.DATE:
            return value.isoformat() if value else None
        case QuestionType.SELECT_MULTIPLE:
            return [choice.name for choice in question.choices if choice.name in value]
        case QuestionType.ACKNOWLEDGE:
            return ACKNOWLEDGED if value else None
    answer: Value = value
    return answer


def answer_text(question: Question, value: Value, language: str) -> str:
    """An answer in words: `Rp 1.200.000`, `Refill water`, `12/08/2026`."""
    if value is None:
        return QCoreApplication.translate("Visit", "No answer")
    labels = {choice.name: choice.label for choice in question.choices}
    match question.type:
        case QuestionType.RUPIAH if isinstance(value, int):
            return format_rupiah(value)
        case QuestionType.DATE:
            return format_date(date.fromisoformat(str(value)), "id", "short")
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return number_text(value)
        case QuestionType.SELECT_ONE | QuestionType.SELECT_MULTIPLE:
            codes = value if isinstance(value, list) else [str(value)]
            return ", ".join(_label(labels.get(code), code, language) for code in codes)
    return str(value)


def number_text(value: Value) -> str:
    """A number as it is written: dots between thousands, a comma before decimals."""
    if value is None:
        return ""
    return format_number(value) if isinstance(value, int) else str(value).replace(".", ",")


def _label(label: Text | None, code: str, language: str) -> str:
    return label.in_language(language) if label else code


def _with_keys(options: Sequence[Option]) -> list[Option]:
    """The options; those after the ninth with their two digits, where the others have a key."""
    return [
        replace(option, text=f"{place}{_EN_SPACE}{option.text}") if place > NUMBER_KEYS else option
        for place, option in enumerate(options, start=1)
    ]


def _columns(theme: Theme, options: Sequence[Option], width: int) -> int:
    """As many columns as fit the longest option, filled evenly."""
    metrics = QFontMetrics(theme.font("body", 500))
    longest = max((metrics.horizontalAdvance(option.text) for option in options), default=0)
    fitting = max(width // (longest + theme.px(_MARKS)), 1)
    lines = -(-len(options) // fitting)
    return max(-(-len(options) // max(lines, 1)), 1)


def _narrow(theme: Theme, field: Typed) -> Typed:
    field.setFixedWidth(theme.px(_NARROW))
    return field
