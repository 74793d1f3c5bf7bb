"""One section as a page of questions: a card for each group, each member, each row of a repeat."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtWidgets import QLabel

from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import Group, QuestionType, walk
from desktop.models.rules.dates import format_date
from desktop.ui.pages.visit.repeats import RepeatEnd
from desktop.ui.pages.visit.rows import SIDE, NoteRow, QuestionRow
from desktop.ui.theme.tokens import S4, S6
from desktop.ui.widgets.attachments.photo_field import PhotoField
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from desktop.models.questionnaires.form import Path, Section
    from desktop.models.questionnaires.states import Block, Item
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.theme.theme import Theme

    BlockKey = tuple[str, UUID | None, Path | None]

_WIDE = 600
"""From this width on, at 100%, what was said last time stands beside the fields."""


@dataclass(frozen=True, slots=True)
class Same:
    """The line about the answers of the last visit: to take them over, and to confirm them."""

    line: FlowRow
    take_over: Button
    confirm: Button


class SectionSheet(ScrollPage):
    """The questions of a section, made row by row; relevance only shows and hides them.

    Args:
        theme: the theme.
        language: the language of the form's words.
        visit: the visit.
        section: the section.
        width: how wide the sheet will be, in pixels.
    """

    touched = Signal()
    answered = Signal(str)
    entered = Signal(str)
    reasoned = Signal(str, str, str)
    row_wanted = Signal(str)
    """A row is to be added at an end: its path."""
    row_unwanted = Signal(object)
    """A row is to be taken away: its id."""
    more_offered = Signal(str, list)
    """More photos were dropped on one of a list than it takes: its path, and the others."""
    same_wanted = Signal()
    """What is not answered here is as it was last time."""
    confirm_wanted = Signal()
    """What was taken over here was read to the family, and is right."""

    def __init__(
        self, theme: Theme, language: str, visit: Visit, section: Section, width: int
    ) -> None:
        super().__init__()
        self._theme, self._language, self._visit = theme, language, visit
        self.section = section
        self.rows: dict[Path, QuestionRow | NoteRow] = {}
        self.ends: dict[Path, RepeatEnd] = {}
        self._cards: dict[BlockKey, Card | RepeatEnd] = {}
        self._paths: dict[BlockKey, list[Path]] = defaultdict(list)
        self._field_width = width - 2 * S4 - (theme.px(SIDE) + S4 if self._is_wide(width) else 0)
        self._width = width
        self.is_strict = False
        self._above = 0
        self.same = self._make_same()
        self._making = self._make()

    def put_above(self, widget: QWidget) -> None:
        """Puts something above all questions, below what is there already."""
        self.body.insertWidget(self._above, widget)
        self._above += 1

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
        self._show_cards()

    def arrange(self) -> None:
        """Shows the rows that there are now: those that came, without those that went.

        All of the sheet has to be made before they change.
        """
        blocks = self._visit.session.blocks(self.section.name)
        keys = [block.key for block in blocks]
        for key in [key for key in self._cards if key not in keys]:
            self._drop(self._cards.pop(key))
            self._paths.pop(key, None)
        for place, block in enumerate(blocks, start=self._above):
            if block.key not in self._cards:
                for _ in self._make_block(block, place):
                    pass
            card = self._cards[block.key]
            if isinstance(card, Card):
                card.set_title(self._title(block))
        self._show_cards()

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

    def _make_same(self) -> Same | None:
        """The line about the answers of the last visit, where there was one."""
        day = self._visit.earlier.days.get(self.section.name)
        if day is None:
            return None
        words = self.tr("The rest is as it was on {date}")
        words = words.format(date=format_date(day, "id", "short"))
        same = Button(self._theme, words, kind="quiet", icon="history")
        same.setToolTip(self.tr("Ctrl+L. Only here, and only what is not answered yet."))
        same.clicked.connect(self.same_wanted)
        confirm = Button(self._theme, "", icon="check")
        confirm.setToolTip(self.tr("Ctrl+Shift+L. Enter confirms a single answer."))
        confirm.clicked.connect(self.confirm_wanted)
        line = FlowRow()
        line.add(same)
        line.add(confirm)
        self.put_above(line)
        return Same(line, same, confirm)

    def _make(self) -> Iterator[bool]:
        repeat = self.section.repeat
        if repeat is not None and repeat.is_known and not self._visit.members:
            self._add_nobody(self.section.title.in_language(self._language))
        for block in self._visit.session.blocks(self.section.name):
            yield from self._make_block(block, self.body.count())
        self._show_cards()
        self.body.addStretch(1)

    def _make_block(self, block: Block, place: int) -> Iterator[bool]:
        if block.end is not None:
            self._cards[block.key] = self._make_end(block, place)
            yield True
            return
        card = Card(self._title(block))
        self._cards[block.key] = card
        self.body.insertWidget(place, card)
        if self._may_be_removed(block) and block.row is not None:
            card.add_action(self._remover(block.row.id))
        for path in block.paths:
            item = self._visit.session.item(path)
            if not item.question.type.is_shown:
                continue
            row = self._make_row(item)
            row.set_wide(self._is_wide(self._width))
            self.rows[item.path] = row
            self._paths[block.key].append(item.path)
            card.add(row)
            row.update_from(item)
            if self.is_strict and isinstance(row, QuestionRow):
                row.be_strict()
            yield True

    def _make_end(self, block: Block, place: int) -> RepeatEnd:
        assert block.end is not None  # noqa: S101 the caller asked
        end = RepeatEnd(self._theme, block.end, self._group_words(block))
        end.wanted.connect(self.row_wanted)
        end.entered.connect(self.entered)
        self.ends[block.end] = end
        self.body.insertWidget(place, end)
        return end

    def _remover(self, row: UUID) -> Button:
        button = Button(self._theme, self.tr("Take away"), kind="quiet", icon="trash")
        button.clicked.connect(lambda: self.row_unwanted.emit(row))
        return button

    def _may_be_removed(self, block: Block) -> bool:
        """Whether a card is the first one of a row that was added here."""
        repeat = block.group.repeat if block.group else None
        if repeat is None or repeat.is_known or repeat.count is not None or block.row is None:
            return False
        first = self._visit.session.paths_in(block.row.id)[:1]
        return list(block.paths[:1]) == first

    def _title(self, block: Block) -> str:
        """The heading of a card."""
        group, row = block.group, block.row
        if group is None or (group is self.section.group and group.repeat is None):
            return self.section.title.in_language(self._language)
        if group.repeat is None:
            return self._group_words(block)
        if group.repeat.is_known and row is not None:
            return member_title(self._visit, row.id)
        return f"{self._group_words(block)} {block.number}"

    def _group_words(self, block: Block) -> str:
        group = block.group
        if group is None or group is self.section.group or group.label is None:
            return self.section.title.in_language(self._language)
        return group.label.in_language(self._language, block.said)

    def _show_cards(self) -> None:
        """A card in which nothing is asked is not shown; nor is the end of a repeat that is not asked."""
        self._show_same()
        for block_key, card in self._cards.items():
            if isinstance(card, RepeatEnd):
                card.setVisible(self._visit.session.is_end_open(card.path))
            else:
                rows = (self.rows[path] for path in self._paths.get(block_key, ()))
                card.setVisible(any(not row.isHidden() for row in rows))

    def _show_same(self) -> None:
        if self.same is None:
            return
        session, section = self._visit.session, self.section.name
        unread = len(session.checks.unread(section))
        self.same.take_over.setVisible(session.can_repeat_previous(section))
        self.same.confirm.setText(self.tr("%n answer(s) read and right", "", unread))
        self.same.confirm.setVisible(unread > 0)
        self.same.line.setVisible(unread > 0 or not self.same.take_over.isHidden())

    def _drop(self, card: Card | RepeatEnd) -> None:
        self.body.removeWidget(card)
        card.deleteLater()
        self.rows = {path: row for path, row in self.rows.items() if not card.isAncestorOf(row)}
        self.ends = {path: end for path, end in self.ends.items() if end is not card}

    def _make_row(self, item: Item) -> QuestionRow | NoteRow:
        if item.question.type is QuestionType.NOTE:
            return NoteRow(self._theme, self._language, item)
        row = QuestionRow(self._theme, self._language, self._visit, item, self._field_width)
        row.touched.connect(self.touched)
        row.answered.connect(self.answered)
        row.entered.connect(self.entered)
        row.reasoned.connect(self.reasoned)
        if isinstance(row.field, PhotoField) and self._may_have_more(item):
            row.field.more.connect(lambda more: self.more_offered.emit(item.path, more))
        return row

    def _may_have_more(self, item: Item) -> bool:
        """Whether another row can be added beside that of a question."""
        repeat = self._visit.form.repeat_of(item.question.name)
        if repeat is None or item.instance is None:
            return False
        return self._visit.session.is_end_open(paths.end(repeat, item.instance.inside))

    def _add_nobody(self, title: str) -> None:
        card = Card(title)
        words = QLabel(
            self.tr("No members are recorded yet. They can be added on the family's page.")
        )
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        card.add(words)
        self.add(card)


def has_open_repeat(section: Section) -> bool:
    """Whether rows may be added in a section."""
    groups = (section.group, *walk(section.items))
    repeats = (group.repeat for group in groups if isinstance(group, Group) and group.repeat)
    return any(not repeat.is_known for repeat in repeats)


def member_title(visit: Visit, member_id: UUID) -> str:
    """A member's name with the age on the day of the visit, if it is known."""
    member = visit.members[member_id]
    age = visit.age(member)
    if age is None:
        return member.name
    words = QCoreApplication.translate("Visit", "{name}, %n years", None, age)
    return words.format(name=member.name)
