"""How a function is added to the parser, and how its body reads its arguments."""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy

from elementpath.xpath_context import XPathContext
from elementpath.xpath_nodes import ElementNode, XPathNode
from elementpath.xpath_tokens import XPathFunction

from desktop.models.questionnaires.xpath import (
    Atom,
    Environment,
    FormContext,
    OdkParser,
    atom,
    atoms,
    number,
    text,
    truth,
)


class Call:
    """One call of a function: its arguments, read on demand and as the type asked for."""

    def __init__(self, token: XPathFunction, context: FormContext) -> None:
        self._token = token
        self.context = context

    def __len__(self) -> int:
        return len(self._token)

    @property
    def environment(self) -> Environment:
        """Today, the previous answers, the labels."""
        return self.context.environment

    def nodes(self, index: int) -> list[XPathNode]:
        """The nodes of an argument that is a path."""
        found = self._token[index].select(copy(self.context))
        return [item for item in found if isinstance(item, XPathNode)]

    def values(self, start: int = 0) -> list[Atom]:
        """Every value of the arguments from `start`; an empty node set has none."""
        return [
            atom(item)
            for argument in self._token[start:]
            for item in argument.select(copy(self.context))
        ]

    def value(self, index: int) -> Atom:
        """One argument; an argument left out is the node the expression stands on."""
        if index >= len(self._token):
            return atom(self.context.item)
        return atoms(self._token[index], self.context)[0]

    def text(self, index: int) -> str:
        """One argument as text."""
        return text(self.value(index))

    def number(self, index: int) -> float:
        """One argument as a number."""
        return number(self.value(index))

    def index(self, index: int) -> int:
        """One argument as a place in a text or a number of digits; 0 if it is no number."""
        value = self.number(index)
        return int(value) if math.isfinite(value) else 0

    def truth(self, index: int) -> bool:
        """One argument as a condition: several nodes, or one that is a group, are something."""
        nodes = self.nodes(index)
        return len(nodes) > 1 or any(map(_is_group, nodes)) or truth(self.value(index))


def _is_group(node: XPathNode) -> bool:
    return isinstance(node, ElementNode) and any(
        isinstance(child, ElementNode) for child in node.children
    )


Body = Callable[[Call], object]


def function(
    name: str, nargs: int | tuple[int, int | None], prefix: str | None = None
) -> Callable[[Body], Body]:
    """Add a function to the parser: `nargs` is how many arguments it takes, or from and to."""

    def add(body: Body) -> Body:
        def evaluate(self: XPathFunction, context: XPathContext | None = None) -> object:
            if not isinstance(context, FormContext):
                raise self.missing_context()
            return body(Call(self, context))

        token_class = OdkParser.function(name, prefix=prefix, nargs=nargs)
        token_class.evaluate = evaluate  # type: ignore[assignment, method-assign]
        return body

    return add
