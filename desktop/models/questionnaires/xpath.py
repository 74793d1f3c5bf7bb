"""The ODK dialect of XPath 1.0: elementpath's parser with XForms' rules for values.

elementpath supplies the grammar, paths and predicates. What differs from it is here: an
unanswered or irrelevant question reads as the empty text (never as "no node"), numbers are
doubles, dates compare and count as days, and an absolute path inside a repeat means the same
instance of that repeat. Only the symbols named here exist; anything else is refused by name.
"""

from __future__ import annotations

import math
import operator
import re
from abc import ABCMeta
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, cast

from elementpath.xpath1 import XPath1Parser
from elementpath.xpath_context import XPathContext
from elementpath.xpath_nodes import DocumentNode, ElementNode, XPathNode
from elementpath.xpath_tokens import XPathToken

Atom = str | float | bool
"""What an expression yields once nodes are read as their text."""

LAST_SAVED = "__last-saved"
"""The instance that holds the answers of the previous visit."""

NODE_FUNCTIONS = ("instance", "current")
"""Functions that yield nodes and may begin a path."""

_SPECIAL = ("(start)", "(end)", "(invalid)", "(unknown)", "(name)")
_LITERALS = ("(string)", "(integer)", "(decimal)", "(float)")
_STRUCTURE = (":", ",", ")", "]", "(", "[", "/", ".", "..", "*", "|")
_OPERATORS = ("+", "-", "div", "mod", "=", "!=", "<", "<=", ">", ">=", "and", "or")
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
"""The text of a date, or the beginning of that of a moment."""

_EPOCH = date(1970, 1, 1)
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression can ask for that is not in the data."""

    today: date
    now: datetime
    previous: DocumentNode
    choice_label: Callable[[str, str], str]
    """The label of a choice: of the question with this name, the choice with this code."""
    table: Callable[[str], DocumentNode]
    """The look-up table of that name."""


class FormContext(XPathContext):
    """An evaluation context that also knows the node an expression belongs to."""

    origin: XPathNode
    environment: Environment

    def at(self, origin: XPathNode, item: XPathNode | None = None) -> FormContext:
        """A context for an expression of `origin`, standing on `item` (else on the origin)."""
        context = copy(self)
        context.origin = origin
        context.item = origin if item is None else item
        return context


class OdkParser(XPath1Parser):
    """Parses ODK XPath; `functions` adds what can be called."""

    DEFAULT_NAMESPACES: ClassVar[dict[str, str]] = {"jr": "http://openrosa.org/javarosa"}
    symbol_table = {  # noqa: RUF012  # the base class declares it so
        symbol: XPath1Parser.symbol_table[symbol]
        for symbol in (*_SPECIAL, *_LITERALS, *_STRUCTURE, *_OPERATORS)
    }


def atom(item: object) -> Atom:
    """One item of a result as a value: a node is its text, every number a double."""
    if isinstance(item, XPathNode):
        return item.compat_string_value
    if isinstance(item, (int, Decimal)) and not isinstance(item, bool):
        return float(item)
    return cast(Atom, item)


def atoms(token: XPathToken, context: XPathContext | None) -> list[Atom]:
    """All values of an operand; one empty text where there is nothing."""
    if context is None:
        raise token.missing_context()
    return [atom(item) for item in token.select(copy(context))] or [""]


def number(value: Atom) -> float:
    """A value as a number: dates are days since 1970, what is no number is NaN."""
    if not isinstance(value, str):
        return float(value)
    if _NUMBER.fullmatch(value):
        return float(value)
    if DATE.match(value):
        return _days(value)
    return math.nan


def text(value: Atom) -> str:
    """A value as text: no trailing zeros, `true` and `false`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def truth(value: Atom) -> bool:
    """A value as a condition: not the empty text, not zero, not NaN."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def _days(value: str) -> float:
    try:
        if DATE.fullmatch(value):
            return float((date.fromisoformat(value) - _EPOCH).days)
        moment = datetime.fromisoformat(value)
    except ValueError:
        return math.nan
    midnight = datetime.combine(_EPOCH, datetime.min.time(), tzinfo=moment.tzinfo)
    return (moment - midnight).total_seconds() / _SECONDS_A_DAY


def _mod(left: float, right: float) -> float:
    if math.isnan(left) or math.isnan(right) or math.isinf(left) or right == 0:
        return math.nan
    return math.fmod(left, right)


def _div(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _div,
    "mod": _mod,
}
_COMPARISON: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _compare(symbol: str, left: Atom, right: Atom) -> bool:
    compare = _COMPARISON[symbol]
    if symbol in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            return compare(truth(left), truth(right))
        if isinstance(left, str) and isinstance(right, str):
            return compare(left, right)
    return compare(number(left), number(right))


def _evaluate_arithmetic(self: XPathToken, context: XPathContext | None = None) -> object:
    if self.symbol == "*" and not self:
        return list(self.select(context))
    operands = [number(atoms(operand, context)[0]) for operand in self]
    if len(operands) == 1:
        return -operands[0] if self.symbol == "-" else operands[0]
    return _ARITHMETIC[self.symbol](*operands)


def _evaluate_comparison(self: XPathToken, context: XPathContext | None = None) -> bool:
    left, right = atoms(self[0], context), atoms(self[1], context)
    return any(_compare(self.symbol, a, b) for a in left for b in right)


def _evaluate_logic(self: XPathToken, context: XPathContext | None = None) -> bool:
    join: Callable[[Iterable[bool]], bool] = any if self.symbol == "or" else all
    return join(truth(atoms(operand, context)[0]) for operand in self)


def _refine(symbols: Iterable[str], **methods: object) -> None:
    """Give the parser its own token classes for `symbols`, leaving elementpath's untouched."""
    for symbol in symbols:
        inherited = OdkParser.symbol_table[symbol]
        OdkParser.symbol_table[symbol] = ABCMeta(
            f"Odk{inherited.__name__}", (inherited,), {"__module__": __name__, **methods}
        )


_inherited_path: Any = XPath1Parser.symbol_table["/"]


def pin_to_instance(step: XPathToken, repeat: str) -> None:
    """Let a step that names a repeat mean the instance the expression belongs to."""
    step.__dict__["own_repeat"] = repeat


def _path_led(self: XPathToken, left: XPathToken) -> XPathToken:
    if left.symbol == "/" and not left:
        raise self.wrong_syntax("'//' is not supported")
    if left.symbol not in NODE_FUNCTIONS:
        return cast(XPathToken, _inherited_path.led(self, left))
    self.parser.expected_next(*self.parser.PATH_STEP_SYMBOLS)
    self[:] = left, self.parser.expression(75)
    return self


def _path_select(self: XPathToken, context: XPathContext | None = None) -> Iterator[object]:
    if not isinstance(context, FormContext):
        yield from _inherited_path.select(self, context)
        return
    own_repeat = self.__dict__.get("own_repeat")
    if own_repeat is None:
        is_named_step = len(self) == 2 and self[1].symbol == "(name)"
        select = _select_named_step if is_named_step else _inherited_path.select
        yield from select(self, context)
        return
    node: XPathNode | None = context.origin
    while node is not None and node.name != own_repeat:
        node = node.parent
    if isinstance(node, ElementNode):
        yield node


def _select_named_step(self: XPathToken, context: XPathContext) -> Iterator[XPathNode]:
    """The children with a name, looked up without a focus on each: most of what a form asks for."""
    name = self[1].value
    for parent in self[0].select(context):
        if isinstance(parent, (ElementNode, DocumentNode)):
            for child in parent.children:
                if isinstance(child, ElementNode) and child.name == name:
                    yield child


_refine(["+", "-", "div", "mod"], evaluate=_evaluate_arithmetic)
_refine(
    ["*"],
    evaluate=_evaluate_arithmetic,
    select=lambda self, context=None: (
        iter([_evaluate_arithmetic(self, context)])
        if self
        else XPath1Parser.symbol_table["*"].select(self, context)
    ),
)
_refine(_COMPARISON, evaluate=_evaluate_comparison)
_refine(["and", "or"], evaluate=_evaluate_logic)
_refine(["/"], led=_path_led, select=_path_select)
