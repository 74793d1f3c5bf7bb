"""The places of a form's data and of its look-up tables, as the paths of its expressions see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.models.questionnaires.form import (
    FACTS_GROUP,
    INSTANCE_ID,
    KNOWN_REPEAT,
    Fact,
    Group,
    Question,
    Section,
)

Tables = Mapping[str, Sequence[Mapping[str, str]]]
"""Look-up tables: name -> rows by column."""


@dataclass(eq=False)
class Node:
    """A place in the form's data, as paths see it."""

    name: str
    parent: Node | None = None
    tracked: bool = False
    repeats: bool = False
    question: Question | None = None
    children: dict[str, Node] = field(default_factory=dict)

    def add(self, name: str, **attributes: Any) -> Node:
        """A new place in this one."""
        child = self.children[name] = Node(name, self, **attributes)
        return child

    def line(self) -> Iterator[Node]:
        """The node itself, its parent, and so on."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent


@dataclass(frozen=True, slots=True)
class Spot:
    """A node a path may lead to; `own` within the instance asked, `live` in the present data."""

    node: Node
    own: bool
    live: bool = True


Spots = frozenset[Spot]


class Structure:
    """The places of a form's data and of its look-up tables, as paths see them."""

    def __init__(self, facts: Sequence[Fact], sections: Sequence[Section], tables: Tables) -> None:
        self.document = Node("")
        self.by_name: dict[str, Node] = {}
        data = self.document.add("data")
        household = data.add(FACTS_GROUP)
        for fact in facts:
            household.add(fact.name)
        for section in sections:
            self._add(data, section.items if section.group is None else (section.group,))
        known = {
            **known_columns(facts, sections),
            **{name: _columns(tables[name]) for name in tables},
        }
        self.tables = {name: _table_node(columns) for name, columns in known.items()}

    def _add(self, parent: Node, items: Iterable[Question | Group]) -> None:
        for item in items:
            if isinstance(item, Question):
                self.by_name[item.name] = parent.add(item.name, tracked=True, question=item)
                continue
            group = parent.add(item.name, tracked=True, repeats=item.repeat is not None)
            self.by_name[item.name] = group
            if item.repeat is not None:
                group.add(INSTANCE_ID)
            for fact in item.facts:
                group.add(fact.name)
            self._add(group, item.items)


def known_columns(
    facts: Sequence[Fact], sections: Sequence[Section]
) -> Mapping[str, tuple[str, ...]]:
    """The tables of what is known before the visit: `household`, and `members` with their ids."""
    groups = [s.group for s in sections if s.group and s.group.repeat and s.group.repeat.is_known]
    known = {KNOWN_REPEAT: (INSTANCE_ID, *(f.name for g in groups for f in g.facts))}
    return {FACTS_GROUP: (INSTANCE_ID, *(fact.name for fact in facts)), **known}


def _columns(rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for row in rows for column in row))


def _table_node(columns: Iterable[str]) -> Node:
    document = Node("")
    item = document.add("root").add("item")
    for column in columns:
        item.add(column)
    return document
