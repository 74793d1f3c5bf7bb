"""A questionnaire's expressions, parsed once, and what each of them depends on.

Every expression belongs to one aspect of one question or section. Paths are resolved against the
structure of the form when it is loaded, so a misspelt name is refused there, and give the graph
by which an answer re-evaluates only what depends on it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Any

from elementpath.exceptions import ElementPathError
from elementpath.xpath_tokens import XPathToken

from desktop.models.questionnaires.form import (
    FACTS_GROUP,
    INSTANCE_ID,
    Fact,
    FormError,
    FormProblem,
    Question,
    Section,
)
from desktop.models.questionnaires.functions import parser_with_functions
from desktop.models.questionnaires.xpath import (
    LAST_SAVED,
    Atom,
    FormContext,
    OdkParser,
    atoms,
    pin_to_instance,
    truth,
)


class Aspect(StrEnum):
    """What an expression decides about its question or section."""

    RELEVANT = "relevant"
    VALUE = "calculation"
    DEFAULT = "default"
    REQUIRED = "required"
    READ_ONLY = "read_only"
    CHOICES = "choice_filter"
    CONSTRAINT = "constraint"
    WARNINGS = "warnings"


@dataclass(frozen=True, slots=True)
class Cell:
    """One aspect of one question or section, by name."""

    name: str
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class Dependent:
    """A cell to re-evaluate when a node changes; `own` if only in the same instance."""

    cell: Cell
    own: bool


class Expression:
    """One parsed expression."""

    __slots__ = ("_token", "source")

    def __init__(self, source: str, token: XPathToken) -> None:
        self.source = source
        self._token = token

    def evaluate(self, context: FormContext) -> Atom:
        """Its value where the context stands."""
        return atoms(self._token, context)[0]

    def holds(self, context: FormContext) -> bool:
        """Its value as a condition."""
        return truth(self.evaluate(context))


@dataclass(frozen=True)
class Program:
    """All expressions of a form, in an order in which they can be evaluated."""

    expressions: Mapping[Cell, tuple[Expression, ...]]
    dependents: Mapping[str, tuple[Dependent, ...]]
    """By the name of a question or section, what reads its value or its relevance."""
    rank: Mapping[Cell, int]
    """A cell never depends on one of higher rank."""


@dataclass(eq=False)
class _Node:
    """A place in the form's data, as paths see it."""

    name: str
    parent: _Node | None = None
    tracked: bool = False
    repeats: bool = False
    question: Question | None = None
    children: dict[str, _Node] = field(default_factory=dict)

    def add(self, name: str, **attributes: Any) -> _Node:
        child = self.children[name] = _Node(name, self, **attributes)
        return child


@dataclass(frozen=True, slots=True)
class _Spot:
    """A node a path may lead to; `own` within the instance asked, `live` in the present data."""

    node: _Node
    own: bool
    live: bool = True


_Spots = frozenset[_Spot]


def compile_form(facts: Sequence[Fact], sections: Sequence[Section]) -> Program:
    """Parse and check every expression of a form.

    Raises:
        FormError: an expression cannot be parsed, calls an unknown function, names an unknown
            path, or depends on itself.
    """
    document = _structure(facts, sections)
    expressions: dict[Cell, tuple[Expression, ...]] = {}
    dependents: dict[str, list[Dependent]] = defaultdict(list)
    parser = parser_with_functions()
    for cell, place, sources in _written(sections):
        parsed = []
        for source in sources:
            reader = _Reader(parser, document, cell, place)
            parsed.append(reader.read(source))
            for name, own in reader.references:
                if cell.aspect is not Aspect.DEFAULT:
                    dependents[name].append(Dependent(cell, own))
        expressions[cell] = tuple(parsed)
    return Program(
        expressions=expressions,
        dependents={name: tuple(dict.fromkeys(found)) for name, found in dependents.items()},
        rank=_rank(expressions, dependents, sections),
    )


def _structure(facts: Sequence[Fact], sections: Sequence[Section]) -> _Node:
    document = _Node("")
    data = document.add("data")
    household = data.add(FACTS_GROUP)
    for fact in facts:
        household.add(fact.name)
    for section in sections:
        group = data.add(section.name, tracked=True, repeats=section.repeat is not None)
        if section.repeat is not None:
            group.add(INSTANCE_ID)
        for fact in section.facts:
            group.add(fact.name)
        for question in section.questions:
            group.add(question.name, tracked=True, question=question)
    return document


def _written(sections: Sequence[Section]) -> Iterator[tuple[Cell, str, tuple[str, ...]]]:
    """Every cell that has expressions: the cell, its place in the file, the expressions."""
    for section in sections:
        if section.relevant is not None:
            cell = Cell(section.name, Aspect.RELEVANT)
            yield cell, f"sections.{section.name}.relevant", (section.relevant,)
        for question in section.questions:
            place = f"sections.{section.name}.{question.name}"
            single = {
                Aspect.RELEVANT: question.relevant,
                Aspect.VALUE: question.calculation,
                Aspect.DEFAULT: question.default,
                Aspect.REQUIRED: question.required,
                Aspect.READ_ONLY: question.read_only,
                Aspect.CHOICES: question.choice_filter,
                Aspect.CONSTRAINT: question.constraint.expression if question.constraint else None,
            }
            for aspect, source in single.items():
                if source is not None:
                    yield Cell(question.name, aspect), f"{place}.{aspect}", (source,)
            if question.warnings:
                cell = Cell(question.name, Aspect.WARNINGS)
                yield cell, f"{place}.{cell.aspect}", tuple(w.expression for w in question.warnings)


def _rank(
    expressions: Mapping[Cell, object],
    dependents: Mapping[str, Sequence[Dependent]],
    sections: Sequence[Section],
) -> dict[Cell, int]:
    """Number the cells so that each comes after all it reads.

    Relevance and value of a question together make the node others read; a question's node also
    waits for its section's relevance.
    """
    graph: TopologicalSorter[Cell | str] = TopologicalSorter()
    for section in sections:
        graph.add(section.name, Cell(section.name, Aspect.RELEVANT))
        for question in section.questions:
            made_of = [Cell(question.name, a) for a in (Aspect.RELEVANT, Aspect.VALUE)]
            graph.add(question.name, section.name, *made_of)
    for name, readers in dependents.items():
        for reader in readers:
            graph.add(reader.cell, name)
    try:
        order = list(graph.static_order())
    except CycleError as error:
        names = [step.name if isinstance(step, Cell) else step for step in error.args[1]]
        loop = " -> ".join(dict.fromkeys(names))
        raise FormError(FormProblem.CYCLE, f"sections.{names[0]}", loop) from error
    ranks = {step: place for place, step in enumerate(order)}
    return {cell: ranks.get(cell, 0) for cell in expressions}


class _Reader:
    """Parses the expressions of one cell and follows their paths through the form."""

    def __init__(self, parser: OdkParser, document: _Node, cell: Cell, place: str) -> None:
        self.references: set[tuple[str, bool]] = set()
        self._parser = parser
        self._document = document
        self._place = place
        self._home = self._find(cell.name)
        self._filters_choices = cell.aspect is Aspect.CHOICES
        group = self._home if self._home.question is None else self._home.parent
        self._own_repeat = group if group is not None and group.repeats else None

    def read(self, source: str) -> Expression:
        try:
            token = self._parser.parse(source)
        except ElementPathError as error:
            raise self._error(FormProblem.BAD_EXPRESSION, f"{source!r}: {error}") from error
        here = _Spot(self._choice() if self._filters_choices else self._home, own=True)
        self._use(token, frozenset([here]))
        return Expression(source, token)

    def _find(self, name: str) -> _Node:
        data = self._document.children["data"]
        if name in data.children:
            return data.children[name]
        return next(s.children[name] for s in data.children.values() if name in s.children)

    def _choice(self) -> _Node:
        """What a choice filter stands on: one choice, with its name and attributes."""
        item = _Node("item")
        item.add("name")
        for choice in self._home.question.choices if self._home.question else ():
            for attribute in choice.attributes:
                item.add(attribute)
        return item

    def _use(self, token: XPathToken, here: _Spots) -> None:
        """Follow an expression and note every node whose value it reads."""
        for spot in self._follow(token, here):
            if spot.live and spot.node.tracked:
                self.references.add((spot.node.name, spot.own))

    def _follow(self, token: XPathToken, here: _Spots) -> _Spots:
        found: _Spots
        match token.symbol:
            case "(name)":
                found = self._child(str(token.value), here)
            case ".":
                found = here
            case "..":
                found = self._parent(here)
            case "*" if not token:
                found = frozenset(
                    _Spot(child, s.own, s.live) for s in here for child in s.node.children.values()
                )
            case "/":
                found = self._path(token, here)
            case "[":
                found = self._follow(token[0], here)
                self._use(token[1], found)
            case "(" | ":":
                found = self._follow(token[-1], here)
            case "|":
                found = self._follow(token[0], here) | self._follow(token[1], here)
            case _:
                found = self._call(token, here)
        return found

    def _call(self, token: XPathToken, here: _Spots) -> _Spots:
        """Operators and functions: their arguments are read; only a few yield nodes."""
        if token.symbol == "instance":
            if token[0].value != LAST_SAVED:
                raise self._error(FormProblem.UNKNOWN_PATH, token.source)
            return frozenset([_Spot(self._document, own=False, live=False)])
        if token.symbol == "current":
            return frozenset([_Spot(self._home, own=True)])
        self._check_literals(token)
        if token.symbol == "indexed-repeat":
            for path in token[:2]:
                found = self._path(path, here, any_instance=True)
                self.references |= {(s.node.name, False) for s in found if s.node.tracked}
            self._use(token[2], here)
            return frozenset()
        for argument in token:
            self._use(argument, here)
        return frozenset()

    def _check_literals(self, token: XPathToken) -> None:
        """Refuse what would only fail when it is evaluated."""
        if token.symbol not in ("regex", "choice-name"):
            return
        if token[1].symbol != "(string)":
            raise self._error(FormProblem.BAD_EXPRESSION, f"{token.source}: not a literal")
        literal = str(token[1].value)
        if token.symbol == "regex":
            try:
                re.compile(literal)
            except re.error as error:
                raise self._error(FormProblem.BAD_EXPRESSION, f"{literal}: {error}") from error
        else:
            name = literal.strip().rpartition("/")[2]
            sections = self._document.children["data"].children.values()
            nodes = [s.children[name] for s in sections if name in s.children]
            if not any(node.question and node.question.choices for node in nodes):
                raise self._error(FormProblem.UNKNOWN_PATH, literal)

    def _path(self, token: XPathToken, here: _Spots, *, any_instance: bool = False) -> _Spots:
        if not token or token.symbol != "/":
            return self._follow(token, here)
        if len(token) == 1:
            return self._follow(token[0], frozenset([_Spot(self._document, own=False)]))
        start = token[0]
        left = self._path(start, here, any_instance=any_instance)
        own = self._own_repeat
        if own and not any_instance and own in {s.node for s in left} and _is_plain(start):
            # As in every XForms client: /data/members/age asked of a member is that member's.
            pin_to_instance(start, own.name)
            left = frozenset(_Spot(s.node, own=True) for s in left)
        return self._follow(token[1], left)

    def _child(self, name: str, here: _Spots) -> _Spots:
        found = frozenset(
            _Spot(s.node.children[name], s.own and not s.node.children[name].repeats, s.live)
            for s in here
            if name in s.node.children
        )
        if not found:
            raise self._error(FormProblem.UNKNOWN_PATH, name)
        return found

    def _parent(self, here: _Spots) -> _Spots:
        found = frozenset(_Spot(s.node.parent, s.own, s.live) for s in here if s.node.parent)
        if not found:
            raise self._error(FormProblem.UNKNOWN_PATH, "..")
        return found

    def _error(self, problem: FormProblem, detail: str) -> FormError:
        return FormError(problem, self._place, detail)


def _is_plain(token: XPathToken) -> bool:
    """Whether a path starts at the root and goes by names alone, without a predicate."""
    while token.symbol == "/" and len(token) == 2 and token[1].symbol == "(name)":
        token = token[0]
    return token.symbol == "/" and len(token) < 2
