"""The field for each type of question, and answers on their way into it, out of it, and in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontMetrics, QPixmap

from desktop.models.questionnaires.form import MOST_SHOWN, SEARCHED, QuestionType
from desktop.models.questionnaires.values import ACKNOWLEDGED
from desktop.models.records.attachments import AttachmentKind
from desktop.ui.pages.visit.point_field import PointField
from desktop.ui.pages.visit.typed_fields import ReadField, WordsField
from desktop.ui.widgets.attachments.field import AttachmentField
from desktop.ui.widgets.attachments.file_field import FileField
from desktop.ui.widgets.attachments.photo_field import PhotoField
from desktop.ui.widgets.attachments.signature_pad import SignaturePad
from desktop.ui.widgets.choice_field import PICTURE, ChoiceField, MultiChoiceField
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.rank_field import RankField
from desktop.ui.widgets.search_choice_field import SearchChoiceField
from desktop.ui.widgets.search_multi_choice_field import SearchMultiChoiceField
from desktop.ui.widgets.text_field import LineField, LongTextField, TextField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from desktop.models.questionnaires.form import Question, Questionnaire, Value
    from desktop.models.questionnaires.states import Item
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.theme.theme import Theme

Typed = TypeVar("Typed", bound=LineField)

FIRST_DAY = date(2000, 1, 1)
"""Before this day there was no programme: an earlier date is a slip of the keys."""
_MARKS = 86
"""Pixels that an option needs beside its words."""
_LINES = 2
_EXAMPLES = {QuestionType.TIME: "13.05", QuestionType.DATE_TIME: "24/05/2026 13.05"}
_NARROW = 240
"""The width of fields for numbers and dates, so that they look like what they ask for."""


AnswerField = (
    ChoiceField
    | MultiChoiceField
    | SearchChoiceField
    | SearchMultiChoiceField
    | RankField
    | DateField
    | MoneyField
    | ReadField
    | TextField
    | WordsField
    | AttachmentField
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
    if question.type.is_select:
        return _choosing(theme, language, visit, item, width)
    if question.type.is_attachment:
        return _keeping(theme, language, visit, item)
    field: AnswerField
    match question.type:
        case QuestionType.ACKNOWLEDGE:
            words = QCoreApplication.translate("Visit", "Read and understood")
            field = MultiChoiceField(theme, [Option(ACKNOWLEDGED, words)])
        case QuestionType.TEXT if "numbers" in question.appearance:
            field = _narrow(theme, TextField())
            field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        case QuestionType.BARCODE:
            field = _narrow(theme, TextField())
        case QuestionType.TEXT:
            field = WordsField(lines=_LINES)
        case QuestionType.DATE:
            field = _narrow(theme, DateField(lambda: visit.today, earliest=lambda: FIRST_DAY))
        case QuestionType.RUPIAH:
            field = _narrow(theme, MoneyField())
        case QuestionType.GEOPOINT:
            assert visit.attachments is not None  # noqa: S101 a visit that is filled in has them
            field = _narrow(theme, PointField(theme, visit.session, question, visit.attachments))
        case _:
            field = _narrow(
                theme, ReadField(visit.session, question, _EXAMPLES.get(question.type, ""))
            )
    return field


def _keeping(theme: Theme, language: str, visit: Visit, item: Item) -> AttachmentField:
    """A field that keeps a photo, a signature, a sound or a file."""
    assert visit.attachments is not None  # noqa: S101 a visit that is filled in has them
    keeper = visit.attachments.at(item.path)
    match item.question.type:
        case QuestionType.IMAGE:
            return PhotoField(theme, "en" if language == "en" else "id", keeper)
        case QuestionType.SIGNATURE:
            return SignaturePad(theme, keeper)
        case QuestionType.AUDIO:
            return FileField(theme, keeper, AttachmentKind.AUDIO)
    return FileField(theme, keeper)


def _choosing(theme: Theme, language: str, visit: Visit, item: Item, width: int) -> AnswerField:
    """A field to choose in: all options at once, or found by a few letters where they are many."""
    question = item.question
    options = [
        Option(
            choice.name,
            choice.label.in_language(language),
            picture=picture_of(visit.form, choice.media),
        )
        for choice in item.choices
    ]
    columns = _columns(theme, options, width)
    if question.type is QuestionType.RANK:
        return RankField(theme, options)
    is_multiple = question.type is QuestionType.SELECT_MULTIPLE
    if len(options) > MOST_SHOWN or question.appearance & SEARCHED:
        refusal = QCoreApplication.translate("Visit", "Choose one of the list")
        if is_multiple:
            return SearchMultiChoiceField(theme, options, refusal=refusal)
        return SearchChoiceField(theme, {one.code: one.text for one in options}, refusal=refusal)
    return (MultiChoiceField if is_multiple else ChoiceField)(theme, options, columns=columns)


def picture_of(form: Questionnaire, media: Mapping[str, str]) -> QPixmap | None:
    """The picture that a label has; None if it has none, or none that can be shown."""
    content, picture = form.media.get(media.get("image", "")), QPixmap()
    return picture if content is not None and picture.loadFromData(content) else None


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
            return [choice.name for choice in question.choices if choice.name in value] or None
        case QuestionType.ACKNOWLEDGE:
            return ACKNOWLEDGED if value else None
    answer: Value = value
    return answer


def _columns(theme: Theme, options: Sequence[Option], width: int) -> int:
    """As many columns as fit the longest option, filled evenly."""
    metrics = QFontMetrics(theme.font("body", 500))
    longest = max((metrics.horizontalAdvance(option.text) for option in options), default=0)
    pictured = any(option.picture is not None for option in options)
    beside = _MARKS + (PICTURE.width() if pictured else 0)
    fitting = max(width // (longest + theme.px(beside)), 1)
    lines = -(-len(options) // fitting)
    return max(-(-len(options) // max(lines, 1)), 1)


def _narrow(theme: Theme, field: Typed) -> Typed:
    field.setFixedWidth(theme.px(_NARROW))
    return field
