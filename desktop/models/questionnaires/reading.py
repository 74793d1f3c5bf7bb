"""Reading the expressions of one cell: parsing them, and following their paths through the form.

A misspelt name is refused here. What the paths lead to tells which answers an expression depends on.
"""

from __future__ import annotations

import re

from elementpath.exceptions import ElementPathError
from elementpath.xpath_tokens import XPathToken

from desktop.models.questionnaires.form import FormError, FormProblem
from desktop.models.questionnaires.program import Aspect, Cell, Expression
from desktop.models.questionnaires.structure import Node, Spot, Spots, Structure
from desktop.models.questionnaires.xpath import LAST_SAVED, OdkParser, pin_to_instance


class ExpressionReader:
    """Parses the expressions of one cell and follows their paths through the form."""

    def __init__(self, parser: OdkParser, structure: Structure, cell: Cell, place: str) -> None:
        self.references: set[tuple[str, bool]] = set()
        self._parser = parser
        self._structure = structure
        self._document = structure.document
        self._place = place
        self._home = structure.by_name[cell.name]
        self._filters_choices = cell.aspect is Aspect.CHOICES
        self._own_repeats = {node for node in self._home.line() if node.repeats}

    def read(self, source: str) -> Expression:
        """Parse an expression; `references` then also has what it reads.

        Raises:
            FormError: it cannot be parsed, or names what is not there.
        """
        try:
            token = self._parser.parse(source)
        except ElementPathError as error:
            raise self._error(FormProblem.BAD_EXPRESSION, f"{source!r}: {error}") from error
        here = Spot(self._choice() if self._filters_choices else self._home, own=True)
        self._use(token, frozenset([here]))
        return Expression(source, token)

    def _choice(self) -> Node:
        """What a choice filter stands on: one choice, with its name and attributes."""
        item = Node("item")
        item.add("name")
        for choice in self._home.question.choices if self._home.question else ():
            for attribute in choice.attributes:
                item.add(attribute)
        return item

    def _use(self, token: XPathToken, here: Spots) -> None:
        """Follow an expression and note every node whose value it reads."""
        for spot in self._follow(token, here):
            if spot.live and spot.node.tracked:
                self.references.add((spot.node.name, spot.own))

    def _follow(self, token: XPathToken, here: Spots) -> Spots:
        found: Spots
        match token.symbol:
            case "(name)":
                found = self._child(str(token.value), here)
            case ".":
                found = here
            case "..":
                found = self._parent(here)
            case "*" if not token:
                found = frozenset(
                    Spot(child, s.own, s.live) for s in here for child in s.node.children.values()
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

    def _call(self, token: XPathToken, here: Spots) -> Spots:
        """Operators and functions: their arguments are read; only a few yield nodes."""
        if token.symbol == "instance":
            name = token[0].value
            if name != LAST_SAVED and name not in self._structure.tables:
                raise self._error(FormProblem.UNKNOWN_PATH, token.source)
            start = self._document if name == LAST_SAVED else self._structure.tables[str(name)]
            return frozenset([Spot(start, own=False, live=False)])
        if token.symbol == "current":
            return frozenset([Spot(self._home, own=True)])
        self._check_literals(token)
        if token.symbol == "indexed-repeat":
            self._check_indexes(token)
            for path in (token[0], *token[1::2]):
                found = self._path(path, here, any_instance=True)
                self.references |= {(s.node.name, False) for s in found if s.node.tracked}
            for index in token[2::2]:
                self._use(index, here)
            return frozenset()
        for argument in token:
            self._use(argument, here)
        return frozenset()

    def _check_indexes(self, token: XPathToken) -> None:
        if len(token) % 2 == 0:
            raise self._error(FormProblem.BAD_EXPRESSION, f"{token.source}: a repeat without index")

    def _check_literals(self, token: XPathToken) -> None:
        """Refuse what would only fail when it is evaluated."""
        if token.symbol == "pulldata":
            self._check_table(token)
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
            node = self._structure.by_name.get(literal.strip().rpartition("/")[2])
            if node is None or node.question is None or not node.question.choices:
                raise self._error(FormProblem.UNKNOWN_PATH, literal)

    def _check_table(self, token: XPathToken) -> None:
        """A table and two of its columns, all of them named outright."""
        if any(part.symbol != "(string)" for part in token[:3]):
            raise self._error(FormProblem.BAD_EXPRESSION, f"{token.source}: not a literal")
        name, column, key = (str(part.value) for part in token[:3])
        table = self._structure.tables.get(name)
        if table is None:
            raise self._error(FormProblem.UNKNOWN_PATH, name)
        columns = table.children["root"].children["item"].children
        for one in (column, key):
            if one not in columns:
                raise self._error(FormProblem.UNKNOWN_PATH, f"{name}.{one}")

    def _path(self, token: XPathToken, here: Spots, *, any_instance: bool = False) -> Spots:
        if not token or token.symbol != "/":
            return self._follow(token, here)
        if len(token) == 1:
            return self._follow(token[0], frozenset([Spot(self._document, own=False)]))
        start = token[0]
        left = self._path(start, here, any_instance=any_instance)
        own = self._own_repeats & {s.node for s in left}
        if own and not any_instance and _is_plain(start):
            # As in every XForms client: /data/members/age asked of a member is that member's.
            pin_to_instance(start, min(node.name for node in own))
            left = frozenset(Spot(s.node, own=True) for s in left)
        return self._follow(token[1], left)

    def _child(self, name: str, here: Spots) -> Spots:
        found = frozenset(
            Spot(s.node.children[name], s.own and not s.node.children[name].repeats, s.live)
            for s in here
            if name in s.node.children
        )
        if not found:
            raise self._error(FormProblem.UNKNOWN_PATH, name)
        return found

    def _parent(self, here: Spots) -> Spots:
        found = frozenset(Spot(s.node.parent, s.own, s.live) for s in here if s.node.parent)
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
