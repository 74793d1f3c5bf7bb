"""The last page of a visit: what is still to be done, what it says, what changed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from desktop.models.questionnaires.states import ProblemKind
from desktop.models.rules.dates import format_date
from desktop.models.rules.deprivations import VERSION
from desktop.ui.answer_text import answer_text
from desktop.ui.pages.visit.rows import problem_text
from desktop.ui.pages.visit.sheet import member_title
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.heat_strip import HeatColumn, HeatStrip
from desktop.ui.widgets.rows_model import Column
from desktop.ui.widgets.scroll_page import Columns, ScrollPage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from desktop.models.questionnaires.form import Path
    from desktop.models.questionnaires.states import Item, Problem
    from desktop.models.rules.carrying import Standing
    from desktop.ui.pages.visit.visit import Visit
    from desktop.ui.theme.theme import Theme

_SIDE_BY_SIDE = 720
_ANSWER = 128
"""The width of an answer in the table of changes, at 100%."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something that stops the visit from being finished, and the question to go to."""

    where: str
    what: str
    path: Path


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that is another one than last time."""

    question: str
    before: str
    now: str
    path: Path


class FinishSheet(ScrollPage):
    """Built anew each time it is shown.

    Args:
        theme: the theme.
        language: the language of the form's words.
        visit: the visit.
        unreadable: by path, why what was typed cannot be read.
    """

    asked = Signal(str)
    """A question is to be gone to: its path."""

    def __init__(
        self, theme: Theme, language: str, visit: Visit, unreadable: Mapping[Path, str]
    ) -> None:
        super().__init__()
        self._theme, self._language, self._visit = theme, language, visit
        self.to_do = [*self._typing_errors(unreadable), *self._problems(unreadable)]
        self.table: DataTable | None = None
        self.print_button = Button(
            theme, self.tr("Print for the family"), kind="quiet", icon="printer"
        )
        self.print_button.setToolTip(self.tr("Ctrl+P"))
        self.print_button.setEnabled(not self.to_do)
        card = self._to_do_card()
        card.add_action(self.print_button)
        self.add(card)
        below = Columns(theme, _SIDE_BY_SIDE)
        factors = visit.factors()
        if factors is not None:
            below.add(self._factors_card(factors), 2)
        if visit.earlier.days:
            below.add(self._changes_card(), 3)
        self.add(below)
        self.body.addStretch(1)

    def _to_do_card(self) -> Card:
        if not self.to_do:
            card = Card(self.tr("Everything is answered"))
            card.add(_words(self.tr("The visit can be finished."), "muted"))
            return card
        card = Card(self.tr("Still to be done"))
        columns = [
            Column(self.tr("Question"), "where", stretch=True),
            Column(self.tr("What is missing"), "what", stretch=True),
        ]
        self.table = self._make_table(columns, self.to_do)
        card.add(self.table)
        return card

    def _factors_card(self, factors: Standing) -> Card:
        card = Card(self.tr("The eight factors"))
        strip = HeatStrip(self._theme)
        results = [past for past in (self._visit.previous_factors(), factors) if past is not None]
        strip.set_visits(
            [
                HeatColumn(format_date(past.on, "id", "short"), past.results, past.since)
                for past in results
            ]
        )
        card.add(strip)
        rule = self.tr("Computed by the rules of the eight factors, version {version}.")
        card.add(_words(rule.format(version=VERSION), "small"))
        card.body.addStretch(1)
        return card

    def _changes_card(self) -> Card:
        card = Card(self._changed_since())
        changes = list(self._changes())
        if changes:
            columns = [
                Column(self.tr("Question"), "question", stretch=True),
                Column(self.tr("Last time"), "before", width=_ANSWER),
                Column(self.tr("Now"), "now", width=_ANSWER),
            ]
            card.add(self._make_table(columns, changes))
        else:
            card.add(_words(self.tr("All answers are the same as last time."), "muted"))
        card.body.addStretch(1)
        return card

    def _changed_since(self) -> str:
        """Since when, if everything that is asked now was asked on one day."""
        known = self._visit.earlier.days
        asked = (state.name for state in self._visit.session.sections() if state.relevant)
        days = {known[name] for name in asked if name in known}
        if len(days) != 1:
            return self.tr("Changed since it was asked last")
        (day,) = days
        return self.tr("Changed since {date}").format(date=format_date(day, "id", "short"))

    def _make_table(self, columns: list[Column], rows: list[ToDo] | list[Change]) -> DataTable:
        table = DataTable(self._theme, columns)
        table.set_rows(rows)
        table.wrap_words()
        table.fit_rows()
        table.activated_row.connect(lambda row: self.asked.emit(row.path))
        return table

    def _typing_errors(self, unreadable: Mapping[Path, str]) -> Iterator[ToDo]:
        for path, why in unreadable.items():
            yield ToDo(self._title(self._visit.session.item(path)), why, path)

    def _problems(self, unreadable: Mapping[Path, str]) -> Iterator[ToDo]:
        """One line a problem; several missing answers of one block are one line."""
        blocks: dict[tuple[str, ProblemKind], list[Problem]] = defaultdict(list)
        for problem in self._visit.session.checks.problems():
            if problem.path not in unreadable:
                blocks[self._block(problem)].append(problem)
        for (block, kind), group in blocks.items():
            if kind is ProblemKind.UNREAD:
                unread = self.tr("%n answer(s) of last time to read and confirm", "", len(group))
                yield ToDo(block, unread, group[0].path)
            elif kind is ProblemKind.REQUIRED and len(group) > 1:
                missing = self.tr("%n question(s) not answered", "", len(group))
                yield ToDo(block, missing, group[0].path)
            else:
                yield from (self._one(problem) for problem in group)

    def _one(self, problem: Problem) -> ToDo:
        item = self._visit.session.item(problem.path)
        return ToDo(self._title(item), problem_text(problem, self._language), problem.path)

    def _block(self, problem: Problem) -> tuple[str, ProblemKind]:
        """The section or member a problem stands in, and its kind."""
        item = self._visit.session.item(problem.path)
        if item.instance is not None and item.instance.id in self._visit.members:
            return member_title(self._visit, item.instance.id), problem.kind
        section = self._visit.form.section(item.question.section)
        return section.title.in_language(self._language), problem.kind

    def _title(self, item: Item) -> str:
        words = item.question.label.in_language(self._language)
        if item.instance is None or item.instance.id not in self._visit.members:
            return words
        name = self._visit.members[item.instance.id].name
        return self.tr("{name}: {question}").format(name=name, question=words)

    def _changes(self) -> Iterator[Change]:
        for section in self._visit.form.sections:
            for item in self._visit.session.items(section.name):
                if item.changed:
                    yield Change(
                        self._title(item),
                        answer_text(item.question, item.previous, self._language),
                        answer_text(item.question, item.value, self._language),
                        item.path,
                    )


def _words(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
