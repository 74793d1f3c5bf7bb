"""Where everything stands that is asked: the questions of all rows in their order, and the cards they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import Group, Path, Question, Questionnaire
from desktop.models.questionnaires.rows import Rows
from desktop.models.questionnaires.states import Block, Instance
from desktop.models.questionnaires.tree import Key

Said = Callable[[Key], Mapping[str, str]]
"""What the outputs in a group's heading yield."""


class Place(NamedTuple):
    """One question in one row."""

    path: Path
    question: Question
    instance: Instance | None

    @property
    def key(self) -> Key:
        """By which the evaluation knows it."""
        return self.question.name, self.instance.id if self.instance else None


class Layout:
    """The places of a form's questions for the rows that there are.

    Attributes:
        places: each question in each row, by its path, in the order asked.
        order: their paths, and the ends of repeats where rows may be added (`paths.end`).
        index: path -> its number in that order.
        by_section: section -> its places.
    """

    def __init__(self, form: Questionnaire, rows: Rows) -> None:
        self._form, self._rows = form, rows
        self._said: Said = lambda _key: {}
        self._seen_changes = -1
        self.places: dict[Path, Place] = {}
        self.order: list[Path] = []
        self.index: dict[Path, int] = {}
        self.by_section: dict[str, list[Place]] = {}
        self.refresh()

    def blocks(self, section: str, said: Said) -> list[Block]:
        """A section as stretches of questions, each with its heading, and the ends of its repeats."""
        found = self._form.section(section)
        top = found.items if found.group is None else (found.group,)
        self._said = said
        return list(self._blocks(top, None, None, 0))

    def refresh(self) -> bool:
        """Looks around anew if rows came or went; tells whether they did."""
        if self._seen_changes == self._rows.changes:
            return False
        self._seen_changes = self._rows.changes
        self.places, self.order = {}, []
        for section in self._form.sections:
            top = section.items if section.group is None else (section.group,)
            self._look_at(top, None)
        self.by_section = {one.name: [] for one in self._form.sections}
        for place in self.places.values():
            self.by_section[place.question.section].append(place)
        self.index = {path: number for number, path in enumerate(self.order)}
        return True

    def _look_at(self, items: Iterable[Question | Group], row: Instance | None) -> None:
        for item in items:
            if isinstance(item, Question):
                repeat = self._form.repeat_of(item.name)
                path = paths.join(item.name, repeat, row.id if row else None)
                self.places[path] = Place(path, item, row)
                self.order.append(path)
            elif item.repeat is None:
                self._look_at(item.items, row)
            else:
                outer = row.id if row else None
                for one in self._rows.within(item.repeat.name, outer):
                    self._look_at(item.items, one)
                if is_open(item):
                    self.order.append(paths.end(item.repeat.name, outer))

    def _blocks(
        self,
        items: Iterable[Question | Group],
        group: Group | None,
        row: Instance | None,
        depth: int,
        number: int = 0,
    ) -> Iterator[Block]:
        """Stretches of questions; a group or a row within begins another one, and ends it."""
        stretch: list[Path] = []
        is_first = True
        for item in items:
            if isinstance(item, Question):
                repeat = self._form.repeat_of(item.name)
                stretch.append(paths.join(item.name, repeat, row.id if row else None))
                continue
            if stretch or (is_first and group is not None):
                yield self._block(group, row, number, depth, stretch)
            stretch, is_first = [], False
            yield from self._inner_blocks(item, row, depth + 1)
        if stretch or (is_first and group is not None):
            yield self._block(group, row, number, depth, stretch)

    def _block(
        self, group: Group | None, row: Instance | None, number: int, depth: int, paths_: list[Path]
    ) -> Block:
        key = (group.name, row.id if row else None) if group else None
        said = self._said(key) if key else {}
        return Block(group, row, number, depth, tuple(paths_), said=said)

    def _inner_blocks(self, group: Group, row: Instance | None, depth: int) -> Iterator[Block]:
        if group.repeat is None:
            yield from self._blocks(group.items, group, row, depth)
            return
        outer = row.id if row else None
        for number, one in enumerate(self._rows.within(group.repeat.name, outer), start=1):
            yield from self._blocks(group.items, group, one, depth, number)
        if is_open(group):
            end = paths.end(group.repeat.name, outer)
            yield Block(group, row, 0, depth, (), end)


def is_open(group: Group) -> bool:
    """Whether whoever answers says how many rows a repeat has."""
    repeat = group.repeat
    return repeat is not None and not repeat.is_known and repeat.count is None
