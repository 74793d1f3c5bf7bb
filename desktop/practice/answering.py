"""Answering a visit at the keyboard, question after question, as the page asks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.models.questionnaires.form import QuestionType
from desktop.practice.shots import StuckError
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.rows import QuestionRow

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.models.questionnaires.form import Path, Value
    from desktop.models.questionnaires.states import Item
    from desktop.practice.hands import Hands

REASON: Final = "Sudah ditanyakan sekali lagi"
_TRIES: Final = 3
_NUMBER_KEYS: Final = 9

TYPED: Final[dict[str, str]] = {
    "outcome": "1",
    "consent": "1",
    "consent_name": "Ibu rumah",
    "consent_proof": "3",
    "consent_witness": "Ketua RT",
    "photo_consent": "2",
    "ill_last_month": "2",
    "fies_worried": "1",
    "fies_unhealthy": "1",
    "fies_few_kinds": "2",
    "fies_skipped_meal": "2",
    "fies_ate_less": "2",
    "fies_ran_out": "2",
    "fies_hungry": "2",
    "fies_whole_day": "2",
    "needs": "3",
    "findings_text": "Warung mulai ramai, stok ditambah minggu lalu.",
    "follow_up_needed": "2",
    "notes": "",
}
"""What is typed whatever was said last time; digits are number keys."""
_FIRST_TIME: Final[Mapping[QuestionType, str]] = {
    QuestionType.RUPIAH: "450 ribu",
    QuestionType.INTEGER: "10",
    QuestionType.DECIMAL: "36",
    QuestionType.TEXT: "Tidak ada",
    QuestionType.SELECT_ONE: "1",
    QuestionType.SELECT_MULTIPLE: "1",
}
_OPTIONAL: Final = frozenset({"school_obstacle", "outcome_note"})


def answer(
    hands: Hands,
    is_enough: Callable[[int], bool] = lambda _count: False,
    typed: Mapping[str, str] = TYPED,
) -> int:
    """Answers from where the keyboard is until the finish, or until it is enough.

    Args:
        hands: that type.
        is_enough: whether so many answers are.
        typed: what is typed whatever was said last time, by the name of the question.

    Returns:
        How many questions were answered.

    Raises:
        StuckError: a question does not let go.
    """
    count, tries = 0, 0
    before: Path | None = None
    while (row := asked()) is not None and not is_enough(count):
        tries = tries + 1 if row.path == before else 0
        if tries > _TRIES:
            raise StuckError(f"stays at {row.path}: {row.error() or row.unreadable()}")
        page = hands.page(VisitPage)
        assert page.visit is not None  # noqa: S101 a question is asked
        item = page.visit.session.item(row.path)
        words = REASON if tries else words_for(item, typed)
        if words:
            hands.type(words)
        count += not tries
        before = row.path
        hands.key(Qt.Key.Key_Return)
    return count


def asked() -> QuestionRow | None:
    """The question that has the keyboard."""
    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, QuestionRow):
        widget = widget.parentWidget()
    return widget


def words_for(item: Item, typed: Mapping[str, str] = TYPED) -> str:
    """What is typed for a question: mostly what was said last time."""
    question = item.question
    if question.name in typed:
        return typed[question.name]
    if question.name in _OPTIONAL or item.value is not None:
        return ""
    if item.previous is not None:
        said = _again(item, item.previous)
        if said:
            return said
    return _FIRST_TIME.get(question.type, "")


def _again(item: Item, previous: Value) -> str:
    """The last answer as it is typed; nothing if it has no number key."""
    if item.question.type in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE):
        names = [choice.name for choice in item.choices]
        codes = previous if isinstance(previous, list) else [str(previous)]
        places = [names.index(code) + 1 for code in codes if code in names]
        return "".join(str(place) for place in places if place <= _NUMBER_KEYS)
    if item.question.type is QuestionType.DECIMAL:
        return str(previous).replace(".", ",")
    return str(previous)
