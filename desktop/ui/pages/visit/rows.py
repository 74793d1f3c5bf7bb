"""One question on the page: its words, its field, what was said last time, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.questionnaires.form import QuestionType
from desktop.models.questionnaires.states import ProblemKind
from desktop.models.rules.dates import format_date
from desktop.ui.answer_text import answer_text
from desktop.ui.pages.visit.doubts import Doubt
from desktop.ui.pages.visit.fields import (
    is_typed,
    make_field,
    picture_of,
    read_answer,
    show_answer,
)
from desktop.ui.theme.tokens import S1, S2, S3, S4
from desktop.ui.widgets.badge import Tag
from desktop.ui.widgets.choice_field import ChoiceField, MultiChoiceField
from desktop.ui.widgets.field import mark_problem
from desktop.ui.widgets.painting import rounded
from desktop.ui.widgets.rank_field import RankField
from desktop.ui.widgets.search_multi_choice_field import SearchMultiChoiceField
from desktop.ui.widgets.text_field import LineField

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.models.questionnaires.form import Text, Value
    from desktop.models.questionnaires.states import Item, Problem
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.theme.theme import Theme

QWIDGETSIZE_MAX = 16_777_215
"""Qt's own number for a width without a limit."""
SettlingField = ChoiceField | MultiChoiceField | SearchMultiChoiceField | RankField
"""Fields that may wait for another key before they take what was typed."""
PAUSE_MS = 500
"""After such a pause in typing what was typed is kept."""
_PICTURE = 320
"""The widest that a question's picture is shown, at 100%."""
SIDE = 144
"""The width of what was said last time, at 100%."""


class QuestionRow(QWidget):
    """A question that is asked. It stays while its section does; only its parts are changed.

    Args:
        theme: the theme.
        language: the language of the form's words.
        visit: the visit.
        item: the question.
        width: how wide its field may be, in pixels.
    """

    touched = Signal()
    """A letter was typed; it is no answer yet."""
    answered = Signal(str)
    """The answer in the field is to be taken over: the path."""
    entered = Signal(str)
    """Enter was pressed: the path."""
    reasoned = Signal(str, str, str)
    """A warning is to be accepted: the path, the warning's name, the reason."""

    def __init__(self, theme: Theme, language: str, visit: Visit, item: Item, width: int) -> None:
        super().__init__()
        self._theme, self._language, self._visit = theme, language, visit
        self.path, self.question = item.path, item.question
        self._width = width
        self._offered = item.choices
        self._is_hidden = False
        self._error: QLabel | None = None
        self.field = make_field(theme, language, visit, item, width)
        self._doubts: dict[str, Doubt] = {}
        self._is_strict = False
        self._is_pending = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._pause)
        self._build()
        self._show_value(item)
        self._connect()

    def value(self) -> Value:
        """The answer in the field."""
        return read_answer(self.field, self.question)

    def unreadable(self) -> str:
        """Why what was typed cannot be read; empty if it can."""
        return self.field.problem()

    def error(self) -> str:
        """What is said to be wrong; empty if nothing is."""
        return self._error.text() if self._error else ""

    def show_answer(self) -> None:
        """Shows the answer of the visit in the field."""
        self._show_value(self._visit.session.item(self.path))

    def hand_over(self) -> None:
        """Gives what was typed without waiting for the pause."""
        if isinstance(self.field, SettlingField):
            self.field.settle()
        if self._is_pending:
            self._is_pending = False
            self._timer.stop()
            self.answered.emit(self.path)

    def take_focus(self) -> None:
        """Puts the keyboard into the field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if hasattr(self.field, "selectAll"):
            self.field.selectAll()

    def first_doubt(self) -> Doubt | None:
        """The first warning that has no reason yet."""
        return next((doubt for doubt in self._doubts.values() if doubt.is_open), None)

    def be_strict(self) -> None:
        """From now on a missing answer is an error that is shown."""
        self._is_strict = True
        self.update_from(self._visit.session.item(self.path))

    def update_from(self, item: Item) -> None:
        """Shows what became of the question: relevance, errors, warnings, changes."""
        if item.relevant == self._is_hidden:  # a new row is shown with its card: not one by one
            self._is_hidden = not item.relevant
            self.setVisible(item.relevant)
        if item.choices != self._offered:
            self._offer_anew(item)
        if item.said or item.question.calculation is not None:
            self._say(item)
        self.field.setEnabled(not item.read_only)
        self._show_error()
        self._show_doubts(self._visit.session.checks.warnings(self.path))
        self._show_previous(item)
        spoken = [self.error()]
        spoken += [line.text() for line in (self._hint, self.before) if line is not None]
        spoken += [doubt.text() for doubt in self._doubts.values()]
        self.field.setAccessibleDescription(". ".join(filter(None, spoken)))

    def toggle_guidance(self) -> bool:
        """Shows or hides the longer explanation; tells whether there is one."""
        if self._guidance is None:
            return False
        self._guidance.setVisible(self._guidance.isHidden())
        return True

    def set_wide(self, is_wide: bool) -> None:
        """Puts what was said last time beside the field, or below it for lack of room."""
        directions = QBoxLayout.Direction
        direction = directions.LeftToRight if is_wide else directions.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)
        if self.before is not None:
            self.before.be_column(is_wide)

    def _build(self) -> None:
        question = self.question
        words = question.label.in_language(self._language)
        self.field.setAccessibleName(words)
        self._label = label = _line("strong", words)
        label.setBuddy(self.field)
        self._hint = _line_of("small", question.hint, self._language)
        self._guidance = _line_of("muted", question.guidance, self._language)
        if self._guidance is not None:
            self._guidance.hide()
        self._main = QVBoxLayout()
        self._main.setSpacing(S1)
        for line in filter(None, (label, self._hint, self._guidance)):
            self._main.addWidget(line)
        self._show_picture()
        self._main.addWidget(self.field, alignment=_side_of(self.field))
        self.before = Before(self._theme) if self._visit.earlier.days else None
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, S2, 0, S2)
        self._row.setSpacing(S4)
        self._row.addLayout(self._main, 1)
        if self.before is not None:
            self._row.addWidget(self.before)

    def _show_picture(self) -> None:
        """Shows the picture that the questionnaire has for this question, no wider than it needs."""
        picture = picture_of(self._visit.form, self.question.media)
        if picture is None:
            return
        width = min(picture.width(), self._theme.px(_PICTURE), self._width)
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = QLabel()
        shown.setObjectName("picture")
        shown.setPixmap(picture.scaledToWidth(width, smooth))
        shown.setAccessibleName(self._label.text())
        self._main.addWidget(shown)

    def _say(self, item: Item) -> None:
        """Shows texts and values that follow from other answers."""
        words = item.words(item.question.label, self._language)
        self._label.setText(words)
        self.field.setAccessibleName(words)
        for line, text in (
            (self._hint, item.question.hint),
            (self._guidance, item.question.guidance),
        ):
            if line is not None:
                line.setText(item.words(text, self._language))
        if item.question.calculation is not None and self.value() != item.value:
            self._show_value(item)

    def _offer_anew(self, item: Item) -> None:
        """Another answer lets other choices be offered: a field for them takes the place of this one."""
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.isAncestorOf(focused)
        old, self._offered = self.field, item.choices
        self.field = make_field(self._theme, self._language, self._visit, item, self._width)
        self.field.setAccessibleName(self._label.text())
        self._label.setBuddy(self.field)
        self._main.insertWidget(self._main.indexOf(old), self.field, alignment=_side_of(self.field))
        self._main.removeWidget(old)
        old.deleteLater()
        self._show_value(item)
        self._connect()
        if had_keyboard:
            self.take_focus()

    def _show_value(self, item: Item) -> None:
        """Shows the answer; what is not offered any more is told to be wrong, and not shown.

        What is calculated may be anything; it is shown as it is where there are lines for it.
        """
        try:
            show_answer(self.field, item.question, _offered(item))
        except (ValueError, TypeError):
            if isinstance(self.field, LineField):
                self.field.setText(answer_text(item.question, item.value, self._language))

    def _connect(self) -> None:
        self.field.changed.connect(self._field_changed)
        self.field.entered.connect(self._field_entered)
        for name in ("editingFinished", "left"):
            signal = getattr(self.field, name, None)
            if signal is not None:
                signal.connect(self._left)

    def _field_changed(self) -> None:
        if is_typed(self.field):
            self.touched.emit()
            self._is_pending = True
            self._timer.start()
        else:
            self.answered.emit(self.path)

    def _field_entered(self) -> None:
        self.hand_over()
        self.entered.emit(self.path)

    def _pause(self) -> None:
        """A pause in what can be read is an answer; half a date is not one yet."""
        if not self.unreadable():
            self.hand_over()

    def _left(self) -> None:
        self.hand_over()
        self._show_error()

    def _show_error(self) -> None:
        typed = "" if self._is_pending else self.unreadable()
        problems = self._visit.session.checks.errors(self.path)
        text = typed or next(filter(None, map(self._sentence, problems)), "")
        if text and self._error is None:
            self._error = _line("error", text)
            self._main.insertWidget(self._main.indexOf(self.field) + 1, self._error)
        if self._error is not None:
            self._error.setText(text)
            self._error.setVisible(bool(text))
        mark_problem(self.field, bool(text))

    def _sentence(self, problem: Problem) -> str:
        if problem.kind is ProblemKind.REQUIRED and not self._is_strict:
            return ""
        return problem_text(problem, self._language)

    def _show_doubts(self, problems: tuple[Problem, ...]) -> None:
        """One line a warning; those that no longer hold go, the others stay as they are."""
        current = {problem.warning or "": problem for problem in problems}
        for name in self._doubts.keys() - current.keys():
            doubt = self._doubts.pop(name)
            if doubt.has_keyboard():
                self.take_focus()
            self._main.removeWidget(doubt)
            doubt.deleteLater()
        for name, problem in current.items():
            if name not in self._doubts:
                self._doubts[name] = self._new_doubt(name, problem)
            self._doubts[name].set_reason(problem.reason)

    def _new_doubt(self, name: str, problem: Problem) -> Doubt:
        doubt = Doubt(self._theme, problem_text(problem, self._language))
        doubt.reasoned.connect(lambda reason: self.reasoned.emit(self.path, name, reason))
        doubt.entered.connect(lambda: self.entered.emit(self.path))
        doubt.field.changed.connect(self.touched)
        self._main.addWidget(doubt)
        return doubt

    def _show_previous(self, item: Item) -> None:
        day = self._visit.earlier.days.get(item.question.section)
        if day is None or item.previous is None or self.before is None:
            return
        said = self.tr("Last time ({date}): {answer}").format(
            date=format_date(day, "id", "short"),
            answer=answer_text(item.question, item.previous, self._language),
        )
        self.before.tell(said, has_changed=item.changed, is_unread=item.is_unread)


class Before(QWidget):
    """What was said last time, and whether it is another answer now; beside the field or below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._words = _line("small")
        self.changed_mark = Tag(theme, self.tr("Changed"), role="primary", ground="selection")
        self.changed_mark.hide()
        self.unread_mark = Tag(
            theme, self.tr("Please confirm"), role="warning", ground="warning_soft"
        )
        self.unread_mark.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(S1)
        column.addWidget(self._words)
        column.addWidget(self.changed_mark)
        column.addWidget(self.unread_mark)
        column.addStretch(1)

    def text(self) -> str:
        """What was said, with its day."""
        return self._words.text()

    def tell(self, words: str, *, has_changed: bool, is_unread: bool) -> None:
        """Says what was said last time, and how the answer of today compares with it."""
        self._words.setText(words)
        self._words.show()
        self.changed_mark.setVisible(has_changed)
        self.unread_mark.setVisible(is_unread)

    def be_column(self, is_column: bool) -> None:
        """Takes as much room as in the other rows, or all there is."""
        width = self._theme.px(SIDE)
        self.setMinimumWidth(width if is_column else 0)
        self.setMaximumWidth(width if is_column else QWIDGETSIZE_MAX)


def _side_of(field: QWidget) -> Qt.AlignmentFlag:
    is_narrow = field.maximumWidth() < QWIDGETSIZE_MAX
    return Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0)


def _offered(item: Item) -> Value:
    """What was answered, as far as it is among the choices that are offered now."""
    question, value = item.question, item.value
    if not question.type.is_select or value is None:
        return value
    codes = {choice.name for choice in item.choices}
    chosen = value if isinstance(value, list) else [str(value)]
    offered = [code for code in chosen if code in codes]
    if question.type is QuestionType.SELECT_MULTIPLE:
        return offered
    return value if offered == chosen else None


class NoteRow(QWidget):
    """Words that are read aloud, not answered; on a ground of their own."""

    def __init__(self, theme: Theme, language: str, item: Item) -> None:
        super().__init__()
        self._theme, self._language = theme, language
        self.path = item.path
        column = QVBoxLayout(self)
        column.setContentsMargins(S4, S3, S4, S3)
        self._words = _line("", item.words(item.question.label, language))
        column.addWidget(self._words)

    def update_from(self, item: Item) -> None:
        """Shows or hides it, and says what it says now."""
        self.setVisible(item.relevant)
        self._words.setText(item.words(item.question.label, self._language))

    def set_wide(self, is_wide: bool) -> None:
        """Words take all the width there is, wide or not."""

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground."""
        rounded(QPainter(self), self.rect(), fill=self._theme.color("selection"))


def problem_text(problem: Problem, language: str) -> str:
    """What to say of a problem: the form's own words, or ours where it has none."""
    if problem.message is not None:
        return problem.message.in_language(language, problem.said)
    if problem.kind is ProblemKind.REQUIRED:
        return QCoreApplication.translate("Visit", "This has to be answered")
    return QCoreApplication.translate("Visit", "This answer does not fit")


def _line_of(role: str, text: Text | None, language: str) -> QLabel | None:
    words = text.in_language(language) if text is not None else ""
    return _line(role, words) if words else None


def _line(role: str, words: str = "") -> QLabel:
    label = QLabel(words)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if not words:
        label.hide()
    return label
