"""Keeps relevance, calculations and conditions up to date while answers change.

A change is followed through the form's dependency graph in the order of its ranks, so each
expression that could have a new result is evaluated once, and no other.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from desktop.models.questionnaires.form import Choice, Question, Questionnaire, Value
from desktop.models.questionnaires.program import Aspect, Cell
from desktop.models.questionnaires.states import Instance
from desktop.models.questionnaires.tree import DataTree, Facts, Key, choice_node
from desktop.models.questionnaires.values import as_text, from_result
from desktop.models.questionnaires.xpath import Atom, Environment, FormContext

_Result = Value | bool | tuple[str, ...]
"""What a cell yields; of choices and of broken warnings their names."""

_Step = tuple[Cell, UUID | None]


class Evaluation:
    """The present state of every expression of a form, for one household."""

    def __init__(
        self,
        form: Questionnaire,
        *,
        facts: Facts,
        instances: Mapping[str, Sequence[Instance]],
        answers: Mapping[Key, Value],
        previous: DataTree,
        today: date,
        now: datetime,
    ) -> None:
        self._form = form
        self._program = form.program
        self._tree = DataTree(form, facts, instances)
        self._section_of = {q.name: s for s in form.sections for q in s.questions}
        self._instances: dict[str, tuple[UUID | None, ...]] = {
            s.name: (None,)
            if s.repeat is None
            else tuple(i.id for i in instances.get(s.repeat, ()))
            for s in form.sections
        }
        self._values: dict[Key, Value] = dict(answers)
        for key, value in answers.items():
            self._tree.write(key, as_text(value))
        self._context = FormContext(root=self._tree.document)
        self._context.environment = Environment(today, now, previous.document, self._choice_label)
        self._results: dict[_Step, _Result] = {}
        self._settle((c, i) for c in self._program.expressions for i in self._places(c.name))

    def change(self, key: Key, value: Value) -> set[Key]:
        """Write an answer and re-evaluate what depends on it.

        Returns:
            The questions of which something changed: value, relevance, requiredness, choices,
            being read only, errors or warnings.
        """
        if self._values.get(key) == value:
            return set()
        self._values[key] = value
        self._tree.write(key, as_text(value))
        return {key} | self._settle(self._readers(key))

    def value(self, key: Key) -> Value:
        """The answer, or what was calculated; also while irrelevant."""
        return self._values.get(key)

    def is_relevant(self, key: Key) -> bool:
        """Whether the question is to be asked: by its own condition and its section's."""
        name, instance = key
        section = self._section_of[name].name
        return bool(
            self._result(section, Aspect.RELEVANT, instance, True)
            and self._result(name, Aspect.RELEVANT, instance, True)
        )

    def is_section_relevant(self, name: str) -> bool:
        """Whether the section is to be asked, for at least one row if it repeats."""
        places = self._instances[name]
        return any(self._result(name, Aspect.RELEVANT, place, True) for place in places)

    def is_required(self, key: Key) -> bool:
        """Whether the question must be answered."""
        return bool(self._result(key[0], Aspect.REQUIRED, key[1], False))

    def is_read_only(self, key: Key) -> bool:
        """Whether the answer is shown but not typed."""
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

    def _places(self, name: str) -> tuple[UUID | None, ...]:
        section = self._section_of.get(name)
        return self._instances[name if section is None else section.name]

    def _readers(self, key: Key) -> Iterator[_Step]:
        """The cells that read a question or section."""
        name, place = key
        for reader in self._program.dependents.get(name, ()):
            if reader.own and place is not None:
                yield reader.cell, place
            else:
                for each in self._places(reader.cell.name):
                    yield reader.cell, each

    def _settle(self, steps: Iterable[_Step]) -> set[Key]:
        """Evaluate the given cells and, where a result is new, what depends on them."""
        changed: set[Key] = set()
        waiting: set[_Step] = set()
        queue: list[tuple[int, str, _Step]] = []

        def push(found: Iterable[_Step]) -> None:
            for step in found:
                if step[0].aspect is not Aspect.DEFAULT and step not in waiting:
                    waiting.add(step)
                    # The text makes ties comparable; the order among them does not matter.
                    heapq.heappush(queue, (self._program.rank[step[0]], str(step), step))

        push(steps)
        while queue:
            step = heapq.heappop(queue)[2]
            waiting.discard(step)
            result = self._evaluate(*step)
            if step in self._results and self._results[step] == result:
                continue
            self._results[step] = result
            touched = self._apply(*step, result)
            changed.update(key for key in touched if key[0] in self._section_of)
            if step[0].aspect in (Aspect.RELEVANT, Aspect.VALUE):
                for key in touched:
                    push(self._readers(key))
        return changed

    def _apply(self, cell: Cell, place: UUID | None, result: _Result) -> list[Key]:
        """Bring the tree up to date; returns the questions (and section) concerned."""
        key = (cell.name, place)
        if cell.aspect is Aspect.VALUE:
            value = result if isinstance(result, (str, int)) else None
            self._values[key] = value
            self._tree.write(key, as_text(value))
        if cell.aspect is not Aspect.RELEVANT:
            return [key]
        self._tree.show(key, bool(result))
        if cell.name in self._section_of:
            return [key]
        return [key, *((q.name, place) for q in self._form.section(cell.name).questions)]

    def _evaluate(self, cell: Cell, place: UUID | None) -> _Result:
        key = (cell.name, place)
        context = self._context.at(self._tree.node(key))
        expressions = self._program.expressions[cell]
        match cell.aspect:
            case Aspect.VALUE:
                return from_result(expressions[0].evaluate(context))
            case Aspect.CHOICES:
                return self._filtered(self._form.questions[cell.name], key)
            case Aspect.CONSTRAINT:
                return self._values.get(key) is None or expressions[0].holds(context)
            case Aspect.WARNINGS:
                if self._values.get(key) is None:
                    return ()
                checks = zip(self._form.questions[cell.name].warnings, expressions, strict=True)
                return tuple(warning.name for warning, check in checks if not check.holds(context))
            case _:
                return expressions[0].holds(context)

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
