"""One section as a page of questions; a section about the members has a block for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QLabel

from desktop.models.questionnaires.form import QuestionType
from desktop.ui.pages.visit.rows import SIDE, NoteRow, QuestionRow, is_shown
from desktop.ui.theme.tokens import S4, S6
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from desktop.models.questionnaires.form import Path, Section
    from desktop.models.questionnaires.states import Item
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.theme.theme import Theme

_WIDE = 600
"""From this width on, at 100%, what was said last time stands beside the fields."""


class SectionSheet(ScrollPage):
    """The questions of a section, made row by row; relevance only shows and hides them.

    Args:
        theme: the theme.
        language: the language of the form's words.
        visit: the visit.
        section: the section.
        width: how wide the sheet will be, in pixels.
    """

    answered = Signal(str)
    entered = Signal(str)
    reasoned = Signal(str, str, str)

    def __init__(
        self, theme: Theme, language: str, visit: Visit, section: Section, width: int
    ) -> None:
        super().__init__()
        self._theme, self._language, self._visit = theme, language, visit
        self.section = section
        self.rows: dict[Path, QuestionRow | NoteRow] = {}
        self._field_width = width - 2 * S4 - (theme.px(SIDE) + S4 if self._is_wide(width) else 0)
        self._width = width
        self.is_strict = False
        self._making = self._make()

    def question(self, path: Path) -> QuestionRow | None:
        """The row of a question, if it stands here."""
        row = self.rows.get(path)
        return row if isinstance(row, QuestionRow) else None

    def questions(self) -> Iterable[QuestionRow]:
        """All rows that take an answer, seen or not."""
        return (row for row in self.rows.values() if isinstance(row, QuestionRow))

    def update_rows(self, paths: Iterable[Path]) -> None:
        """Shows what became of these questions."""
        for path in paths:
            row = self.rows.get(path)
            if row is not None:
                row.update_from(self._visit.session.item(path))

    def bring(self, row: QWidget) -> None:
        """Scrolls so that a row is seen whole, also if rows above it come or go just now."""
        self.ensureWidgetVisible(row, 0, S6)
        QTimer.singleShot(0, row, lambda: self.ensureWidgetVisible(row, 0, S6))

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Put what was said last time beside the fields or below them."""
        super().resizeEvent(event)
        self._width = self.viewport().width()
        is_wide = self._is_wide(self._width)
        for row in self.rows.values():
            row.set_wide(is_wide)

    def _is_wide(self, width: int) -> bool:
        return width >= self._theme.px(_WIDE)

    def make_row(self) -> bool:
        """Makes one row more; tells whether there was one to make."""
        return next(self._making, False)

    def _make(self) -> Iterator[bool]:
        title = self.section.title.in_language(self._language)
        if self.section.repeat is None:
            yield from self._make_block(title, self._items(None))
        elif not self._visit.members:
            self._add_nobody(title)
        for member in self._visit.members.values() if self.section.repeat else ():
            title = member_title(self._visit, member.id)
            yield from self._make_block(title, self._items(member.id))
        self.body.addStretch(1)

    def _items(self, instance: UUID | None) -> list[Item]:
        session = self._visit.session
        return [
            item
            for item in session.all_items(self.section.name)
            if is_shown(item) and (item.instance.id if item.instance else None) == instance
        ]

    def _make_block(self, title: str, items: Iterable[Item]) -> Iterator[bool]:
        card = Card(title)
        self.add(card)
        for item in items:
            row = self._make_row(item)
            row.set_wide(self._is_wide(self._width))
            self.rows[item.path] = row
            card.add(row)
            row.update_from(self._visit.session.item(item.path))
            if self.is_strict and isinstance(row, QuestionRow):
                row.be_strict()
            yield True

    def _make_row(self, item: Item) -> QuestionRow | NoteRow:
        if item.question.type is QuestionType.NOTE:
            return NoteRow(self._theme, self._language, item)
        row = QuestionRow(self._theme, self._language, self._visit, item, self._field_width)
        row.answered.connect(self.answered)
        row.entered.connect(self.entered)
        row.reasoned.connect(self.reasoned)
        return row

    def _add_nobody(self, title: str) -> None:
        card = Card(title)
        words = QLabel(
            self.tr("No members are recorded yet. They can be added on the family's page.")
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        card.add(words)
        self.add(card)


def member_title(visit: Visit, member_id: UUID) -> str:
    """A member's name with the age on the day of the visit, if it is known."""
    member = visit.members[member_id]
    age = visit.age(member)
    if age is None:
        return member.name
    words = QCoreApplication.translate("Visit", "{name}, %n years", None, age)
    return words.format(name=member.name)
