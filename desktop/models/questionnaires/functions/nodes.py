"""Nodes and look-up tables: `count`, `sum`, `position`, `indexed-repeat`, `pulldata`."""

from __future__ import annotations

import math
from collections.abc import Callable

from elementpath.xpath_nodes import DocumentNode, ElementNode, XPathNode

from desktop.models.questionnaires.calls import Call, function
from desktop.models.questionnaires.xpath import LAST_SAVED, atom, number, text


@function("current", 0)
def _current(call: Call) -> object:
    return [call.context.origin]


@function("instance", 1)
def _instance(call: Call) -> object:
    name = call.text(0)
    environment = call.environment
    return [environment.previous if name == LAST_SAVED else environment.table(name)]


@function("position", (0, 1))
def _position(call: Call) -> float:
    if not len(call):
        return float(call.context.position)
    for node in call.nodes(0):
        siblings = node.parent.children if isinstance(node.parent, ElementNode) else [node]
        return 1.0 + [s for s in siblings if s.name == node.name].index(node)
    return math.nan


@function("last", 0)
def _last(call: Call) -> float:
    return float(call.context.size or 0)


@function("indexed-repeat", (3, None))
def _indexed_repeat(call: Call) -> object:
    found = call.nodes(0)
    outer: XPathNode | None = None
    for place in range(1, len(call) - 1, 2):
        rows, index = call.nodes(place), call.number(place + 1)
        inside = [row for row in rows if outer is None or _is_within(row, outer)]
        if not 1 <= index <= len(inside):
            return []
        outer = inside[int(index) - 1]
        found = [node for node in found if _is_within(node, outer)]
    return found


def _is_within(node: XPathNode | None, outer: XPathNode) -> bool:
    while node is not None and node is not outer:
        node = node.parent
    return node is outer


@function("pulldata", 4)
def _pulldata(call: Call) -> str:
    column, key, wanted = call.text(1), call.text(2), call.text(3)
    for item in _items(call.environment.table(call.text(0))):
        row = {child.name: child.compat_string_value for child in item.children}
        if row.get(key) == wanted:
            return row.get(column, "")
    return ""


def _items(table: DocumentNode) -> list[ElementNode]:
    """The rows of a look-up table."""
    tops = (top for top in table.children if isinstance(top, ElementNode))
    return [item for top in tops for item in top.children if isinstance(item, ElementNode)]


@function("count", 1)
def _count(call: Call) -> float:
    return float(len(call.nodes(0)))


@function("count-non-empty", 1)
def _count_non_empty(call: Call) -> float:
    return float(sum(atom(node) != "" for node in call.nodes(0)))


@function("sum", (1, None))
def _sum(call: Call) -> float:
    return float(sum(map(number, call.values())))


@function("min", (1, None))
def _min(call: Call) -> float:
    return _extreme(min, call)


@function("max", (1, None))
def _max(call: Call) -> float:
    return _extreme(max, call)


def _extreme(choose: Callable[[list[float]], float], call: Call) -> float:
    numbers = [number(value) for value in call.values()]
    return math.nan if not numbers or any(map(math.isnan, numbers)) else choose(numbers)


@function("join", (2, None))
def _join(call: Call) -> str:
    return call.text(0).join(text(value) for value in call.values(1))


@function("concat", (1, None))
def _concat(call: Call) -> str:
    return "".join(text(value) for value in call.values())
