"""Keeps relevance, calculations and conditions up to date while answers change.

A change is followed through the form's dependency graph in the order of its ranks, so each
expression that could have a new result is evaluated once, and no other.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import count
from uuid import UUID

from elementpath.xpath_nodes import EtreeDocumentNode

from desktop.models.questionnaires.form import (
    FACTS_GROUP,
    INSTANCE_ID,
    KNOWN_REPEAT,
    Choice,
    Group,
    Question,
    Questionnaire,
    Value,
    walk,
)
from desktop.models.questionnaires.program import Aspect, Cell
from desktop.models.questionnaires.rows import Rows
from desktop.models.questionnaires.states import Instance
from desktop.models.questionnaires.structure import known_columns
from desktop.models.questionnaires.tree import DataTree, Facts, Key, choice_node, table
from desktop.models.questionnaires.values import as_text, from_result
from desktop.models.questionnaires.xpath import Atom, Environment, FormContext, number, text

MOST_ROWS = 200
"""However many an expression asks for."""

_Result = Value | bool | tuple[str, ...]
"""What a cell yields; of choices and of broken warnings their names, of outputs what is said."""

_OF_ANSWERS = (Aspect.CONSTRAINT, Aspect.WARNINGS)
"""What is only asked of what was answered: no answer meets every constraint."""

_Step = tuple[Cell, UUID | None]


class Evaluation:
    """The present state of every expression of a form, for one household.

    Args:
        form: the questionnaire.
        facts: what is known of the household.
        rows: the rows of its repeats; those that a number of rows asks for are added to them.
        next_row: the identity of the next row of a repeat (its name) within an outer row.
        answers: what is answered already.
        previous: the answers of the visit before.
        today: the day of the visit.
        now: the moment of opening.
    """

    def __init__(
        self,
        form: Questionnaire,
        *,
        facts: Facts,
        rows: Rows,
        next_row: Callable[[str, UUID | None], Instance],
        answers: Mapping[Key, Value],
        previous: DataTree,
        today: date,
        now: datetime,
    ) -> None:
        self._form = form
        self._program = form.program
        self._rows = rows
        self._next_row = next_row
        self._tree = DataTree(form, facts, rows)
        self._values: dict[Key, Value] = dict(answers)
        self._barren: set[Key] = set()
        """Of which the filter offers nothing: nothing can be the answer."""
        for key, value in answers.items():
            self._tree.write(key, as_text(value))
        self._context = FormContext(root=self._tree.document)
        self._context.environment = Environment(
            today, now, previous.document, self._choice_label, self._tables(facts)
        )
        self._results: dict[_Step, _Result] = {}
        self.added: list[tuple[str, Instance]] = []
        """Rows that an expression asked for, until somebody takes note of them."""
        self._homes = {cell: _home(form, cell) for cell in self._program.expressions}
        self._settle((c, i) for c, home in self._homes.items() for i in rows.places(home))

    def change(self, key: Key, value: Value) -> set[Key]:
        """Write an answer and re-evaluate what depends on it.

        Returns:
            The questions of which something changed: value, relevance, requiredness, choices,
            being read only, errors or warnings.
        """
        if self._values.get(key) == value:
            return set()
        self._values[key] = value
        self._tree.write(key, as_text(self.value(key)))
        return {key} | self._settle(self._readers(key))

    def add_row(self, repeat: str, row: Instance, answers: Mapping[Key, Value]) -> set[Key]:
        """Add a row of a repeat, with what was answered in it already."""
        return self._settle(self._put_row(repeat, row, answers))

    def remove_row(self, repeat: str, row: Instance) -> set[Key]:
        """Take a row out, with the rows within it."""
        return self._settle(self._take_row(repeat, row))

    def value(self, key: Key) -> Value:
        """The answer, or what was calculated; also while irrelevant, but not while nothing is offered."""
        return None if key in self._barren else self._values.get(key)

    def is_relevant(self, key: Key) -> bool:
        """Whether a question or group is asked: by its own condition and those of its groups."""
        name, row = key
        if not self._result(name, Aspect.RELEVANT, row, True):
            return False
        outer = self._outer(name)
        return outer is None or self.is_relevant((outer, self._rows.place_of_outer(outer, row)))

    def is_end_relevant(self, repeat: str, outer: UUID | None) -> bool:
        """Whether a row may be added to a repeat within an outer row, whether it has rows or not."""
        group = self._form.repeats[repeat]
        place = self._place_of(group, outer)
        if place is not None and not self.is_relevant(place):
            return False
        conditions = self._program.expressions.get(Cell(group.name, Aspect.RELEVANT), ())
        here = self._context.at(self._tree.beside(place))
        return all(condition.holds(here) for condition in conditions)

    def is_anywhere_relevant(self, name: str) -> bool:
        """Whether a group is asked, for at least one row if it repeats."""
        return any(self.is_relevant((name, place)) for place in self._rows.places(name))

    def said(self, key: Key) -> Mapping[str, str]:
        """What the outputs in the texts of a question or group yield."""
        cell = Cell(key[0], Aspect.OUTPUTS)
        found = self._results.get((cell, key[1]))
        if not isinstance(found, tuple):
            return {}
        sources = (one.source for one in self._program.expressions[cell])
        return dict(zip(sources, found, strict=True))

    def is_required(self, key: Key) -> bool:
        """Whether the question must be answered; of nothing nobody can choose."""
        if key in self._barren:
            return False
        return bool(self._result(key[0], Aspect.REQUIRED, key[1], False))

    def is_read_only(self, key: Key) -> bool:
        """Whether the answer is shown but not typed: what is computed never is, nor what is not offered."""
        if Cell(key[0], Aspect.VALUE) in self._homes or key in self._barren:
            return True
        return bool(self._result(key[0], Aspect.READ_ONLY, key[1], False))

    def choices(self, key: Key) -> tuple[Choice, ...]:
        """The choices offered, after the filter."""
        choices = self._form.questions[key[0]].choices
        offered = self._results.get((Cell(key[0], Aspect.CHOICES), key[1]))
        return tuple(c for c in choices if not isinstance(offered, tuple) or c.name in offered)

    def is_valid(self, key: Key) -> bool:
        """Whether the answer meets its constraint (no answer meets every constraint)."""
        return bool(self._result(key[0], Aspect.CONSTRAINT, key[1], True))

    def broken_warnings(self, key: Key) -> tuple[str, ...]:
        """The names of the warnings that the answer does not meet."""
        broken = self._results.get((Cell(key[0], Aspect.WARNINGS), key[1]))
        return broken if isinstance(broken, tuple) else ()

    def default(self, key: Key) -> Atom | None:
        """What the question's default expression yields now; `None` without one."""
        expressions = self._program.expressions.get(Cell(key[0], Aspect.DEFAULT))
        return (
            expressions[0].evaluate(self._context.at(self._tree.node(key))) if expressions else None
        )

    def _result(self, name: str, aspect: Aspect, place: UUID | None, otherwise: bool) -> _Result:
        return self._results.get((Cell(name, aspect), place), otherwise)

    def _outer(self, name: str) -> str | None:
        """The group that a question or group stands in."""
        question = self._form.questions.get(name)
        return self._form.groups[name].within if question is None else question.group

    def _readers(self, key: Key) -> Iterator[_Step]:
        """The cells that read a question or group."""
        name, place = key
        for reader in self._program.dependents.get(name, ()):
            within = place if reader.own else None
            for each in self._rows.related(self._homes[reader.cell], within):
                yield reader.cell, each

    # --- rows ----------------------------------------------------------------------------

    def _put_row(
        self, repeat: str, row: Instance, answers: Mapping[Key, Value] | None = None
    ) -> set[_Step]:
        """Adds a row; returns the cells to evaluate: its own, and those that read any row."""
        group = self._form.repeats[repeat]
        outer = self._place_of(group, row.inside)
        self._rows.add(repeat, row)
        self._tree.add_row(group, row, outer and self._tree.node(outer))
        for key, value in (answers or {}).items():
            self._values[key] = value
            self._tree.write(key, as_text(value))
        asked = (c for c, home in self._homes.items() if self._form.repeat_of(home) == repeat)
        return {(cell, row.id) for cell in asked} | self._reading_rows(group)

    def _take_row(self, repeat: str, row: Instance) -> set[_Step]:
        group = self._form.repeats[repeat]
        steps: set[_Step] = set()
        for inner, one in [found for found in self._rows.all() if found[1].inside == row.id]:
            steps |= self._take_row(inner, one)
        self._tree.remove_row((group.name, row.id))
        self._rows.remove(row.id)
        self._results = {step: one for step, one in self._results.items() if step[1] != row.id}
        self._values = {key: one for key, one in self._values.items() if key[1] != row.id}
        return {step for step in steps | self._reading_rows(group) if step[1] != row.id}

    def _place_of(self, group: Group, row: UUID | None) -> Key | None:
        """The group that a repeat stands in, in the row that is asked; None at the root."""
        if group.within is None:
            return None
        return group.within, self._rows.place_of_outer(group.within, row)

    def _reading_rows(self, group: Group) -> set[_Step]:
        """The cells that read anything in any row of a repeat."""
        names = (group.name, *(one.name for one in walk(group.items)))
        return {step for name in names for step in self._readers((name, None))}

    def _keep_count(self, cell: Cell, place: UUID | None, wanted: int) -> set[_Step]:
        """Adds rows, or takes away the last ones, until there are as many as asked for."""
        repeat = cell.name  # only rows that are added at the visit are counted
        steps: set[_Step] = set()
        while len(rows := self._rows.within(repeat, place)) != wanted:
            if len(rows) > wanted:
                steps |= self._take_row(repeat, rows[-1])
                continue
            row = self._next_row(repeat, place)
            steps |= self._put_row(repeat, row)
            self.added.append((repeat, row))
        return steps

    # --- evaluating ----------------------------------------------------------------------

    def _settle(self, steps: Iterable[_Step]) -> set[Key]:
        """Evaluate the given cells and, where a result is new, what depends on them."""
        changed: set[Key] = set()
        waiting: set[_Step] = set()
        queue: list[tuple[int, int, _Step]] = []
        numbers = count()

        def push(found: Iterable[_Step]) -> None:
            for step in found:
                if step[0].aspect is not Aspect.DEFAULT and step not in waiting:
                    waiting.add(step)
                    # The number makes ties comparable; the order among them does not matter.
                    heapq.heappush(queue, (self._program.rank[step[0]], next(numbers), step))

        push(steps)
        while queue:
            step = heapq.heappop(queue)[2]
            waiting.discard(step)
            if step[1] is not None and not self._rows.has(step[1]):
                continue  # its row went while it waited
            result = self._evaluate(*step)
            if step in self._results and self._results[step] == result:
                continue
            self._results[step] = result
            changed |= self._apply(*step, result, push)
        return {key for key in changed if key[0] in self._form.questions}

    def _apply(
        self,
        cell: Cell,
        place: UUID | None,
        result: _Result,
        push: Callable[[Iterable[_Step]], None],
    ) -> set[Key]:
        """Bring the tree up to date; returns the questions concerned."""
        key = (cell.name, place)
        touched = {key}
        match cell.aspect:
            case Aspect.VALUE:
                value = result if isinstance(result, (str, int)) else None
                self._values[key] = value
                self._tree.write(key, as_text(value))
                push(self._readers(key))
            case Aspect.RELEVANT:
                self._tree.show(key, bool(result))
                touched |= self._inside(key)
                for one in touched:
                    push(self._readers(one))
            case Aspect.CHOICES if (key in self._barren) == bool(result):
                self._barren ^= {key}
                self._tree.write(key, as_text(self.value(key)))
                push(self._readers(key))
            case Aspect.COUNT if isinstance(result, int):
                push(self._keep_count(cell, place, result))
        return touched

    def _inside(self, key: Key) -> set[Key]:
        """All that stands in a group, in the rows that are there."""
        group = self._form.groups.get(key[0])
        if group is None:
            return set()
        related = self._rows.related
        return {(one.name, each) for one in walk(group.items) for each in related(one.name, key[1])}

    def _evaluate(self, cell: Cell, place: UUID | None) -> _Result:
        key = (cell.name, place)
        if cell.aspect in _OF_ANSWERS and self.value(key) is None:
            return True if cell.aspect is Aspect.CONSTRAINT else ()
        if cell.aspect is Aspect.COUNT:
            return self._counted(cell, place)
        expressions = self._program.expressions[cell]
        context = self._context.at(self._tree.node(key))
        result: _Result
        match cell.aspect:
            case Aspect.VALUE:
                result = from_result(expressions[0].evaluate(context))
            case Aspect.CHOICES:
                result = self._filtered(self._form.questions[cell.name], key)
            case Aspect.WARNINGS:
                checks = zip(self._form.questions[cell.name].warnings, expressions, strict=True)
                result = tuple(one.name for one, check in checks if not check.holds(context))
            case Aspect.OUTPUTS:
                result = tuple(text(one.evaluate(context)) for one in expressions)
            case _:
                result = expressions[0].holds(context)
        return result

    def _counted(self, cell: Cell, place: UUID | None) -> int:
        outer = self._place_of(self._form.groups[cell.name], place)
        (expression,) = self._program.expressions[cell]
        wanted = number(expression.evaluate(self._context.at(self._tree.beside(outer))))
        return min(max(int(wanted), 0), MOST_ROWS) if math.isfinite(wanted) else 0

    def _filtered(self, question: Question, key: Key) -> tuple[str, ...]:
        origin = self._tree.node(key)
        (keeps,) = self._program.expressions[Cell(question.name, Aspect.CHOICES)]
        return tuple(
            choice.name
            for choice in question.choices
            if keeps.holds(self._context.at(origin, choice_node(choice.name, choice.attributes)))
        )

    def _choice_label(self, question: str, code: str) -> str:
        # Indonesian: what is computed into a record must not depend on the screen's language.
        choices = self._form.questions[question].choices
        return next((choice.label.id for choice in choices if choice.name == code), code)

    def _tables(self, facts: Facts) -> Callable[[str], EtreeDocumentNode]:
        """The look-up tables: those of the form, and what is known of the family and its members."""
        made: dict[str, EtreeDocumentNode] = {}
        columns = known_columns(self._form.facts, self._form.sections)

        def known(name: str, of: Iterable[tuple[str, Facts]]) -> list[dict[str, str]]:
            return [
                {
                    one: row if one == INSTANCE_ID else _plain(found.get(one))
                    for one in columns[name]
                }
                for row, found in of
            ]

        def find(name: str) -> EtreeDocumentNode:
            if name not in made:
                rows: Iterable[Mapping[str, str]] = self._form.tables.get(name, ())
                if name == FACTS_GROUP:
                    rows = known(name, [(FACTS_GROUP, facts)])
                elif name == KNOWN_REPEAT and name in self._form.repeats:
                    people = self._rows.of(KNOWN_REPEAT)
                    rows = known(name, [(str(one.id), one.facts) for one in people])
                made[name] = table(rows)
            return made[name]

        return find


def _home(form: Questionnaire, cell: Cell) -> str | None:
    """Where a cell is asked: where its question stands; of a repeat, its rows are counted outside of it."""
    return form.groups[cell.name].within if cell.aspect is Aspect.COUNT else cell.name


def _plain(value: str | int | None) -> str:
    return "" if value is None else str(value)
