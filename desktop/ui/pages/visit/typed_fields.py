"""Fields of a visit whose answer is typed and read as the questionnaire says: numbers, times, points, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from desktop.models.questionnaires.form import QuestionType
from desktop.models.questionnaires.values import AnswerError
from desktop.ui.answer_text import number_text, typed_text
from desktop.ui.widgets.text_field import LineField, LongTextField

if TYPE_CHECKING:
    from desktop.models.questionnaires.form import Question, Value
    from desktop.models.questionnaires.session import AnswerSession

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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
