"""Fields of a visit whose answer is typed and read as the questionnaire says: numbers, times, points, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from desktop.models.questionnaires.form import QuestionType
from desktop.models.questionnaires.values import AnswerError
from desktop.ui.answer_text import number_text, typed_text
from desktop.ui.widgets.choice_field import NUMBER_KEYS, ChoiceField
from desktop.ui.widgets.text_field import LineField, LongTextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.models.questionnaires.form import Question, Value
    from desktop.models.questionnaires.session import AnswerSession
    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.option import Option

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_DIGITS = tuple("0123456789")
_TWO_DIGITS_MS = 600
"""A second digit belongs to the first one if it comes so soon after it."""


class ReadField(LineField):
    """A line that the questionnaire reads: a number, a time, a point.

    Args:
        session: reads it.
        question: what it answers.
        placeholder: an example, shown while it is empty.
    """

    def __init__(self, session: AnswerSession, question: Question, placeholder: str = "") -> None:
        super().__init__(placeholder=placeholder)
        self._session, self._question = session, question
        self.use_figures()
        self.editingFinished.connect(self._write_out)

    def value(self) -> Value:
        """The answer, or None if there is none or it cannot be read."""
        return self._read()[0]

    def set_value(self, value: Value) -> None:
        """Show an answer; None empties."""
        self.setText(typed_text(self._question, value))

    def problem(self) -> str:
        """Why what was typed cannot be read."""
        return self._read()[1]

    def _read(self) -> tuple[Value, str]:
        try:
            return self._session.parse(self._question, self.text()), ""
        except AnswerError:
            return None, self._sentence()

    def _write_out(self) -> None:
        value, problem = self._read()
        if value is not None and not problem:
            self.set_value(value)

    def _sentence(self) -> str:
        question = self._question
        match question.type:
            case QuestionType.INTEGER:
                return self.tr("Write a whole number, for example 4")
            case QuestionType.RANGE if question.range is not None:
                return self.tr("Write a number from {start} to {end} in steps of {step}").format(
                    start=number_text(question.range.start),
                    end=number_text(question.range.end),
                    step=number_text(question.range.step),
                )
            case QuestionType.TIME:
                return self.tr("Write hour and minute, for example 13.05")
            case QuestionType.DATE_TIME:
                return self.tr("Write day and time, for example 24/05/2026 13.05")
            case QuestionType.GEOPOINT:
                return self.tr("Write latitude and longitude, for example -6.1203, 106.1503")
        return self.tr("Write a number, for example 36 or 36,5")


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
