"""The data of one session as the tree that expressions read, changed in place.

Every group, question and fact is an element, every row of a repeat an element of its own. What is
irrelevant is taken out of its parent's children, so that no path finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID
from xml.etree import ElementTree as ET

from elementpath.xpath_nodes import EtreeDocumentNode, EtreeElementNode

from desktop.models.questionnaires.form import (
    FACTS_GROUP,
    INSTANCE_ID,
    Group,
    Question,
    Questionnaire,
)
from desktop.models.questionnaires.rows import Rows
from desktop.models.questionnaires.states import Instance

Facts = Mapping[str, str | int | None]
Key = tuple[str, UUID | None]
"""A group or question by name, and the row of its innermost repeat."""


class DataTree:
    """The elements of one session."""

    def __init__(self, form: Questionnaire, facts: Facts, rows: Rows) -> None:
        self._count = 1
        self._nodes: dict[Key, EtreeElementNode] = {}
        self._elements: dict[EtreeElementNode, ET.Element] = {}
        self._all_children: dict[EtreeElementNode, list[EtreeElementNode]] = {}
        self._irrelevant: set[EtreeElementNode] = set()
        root = ET.Element("data")
        self.document = EtreeDocumentNode(ET.ElementTree(root))
        self._data = EtreeElementNode(root, self.document, 2)
        self._all_children[self._data] = []
        household = self._add(self._data, FACTS_GROUP)
        for fact in form.facts:
            self._add(household, fact.name, facts.get(fact.name))
        for section in form.sections:
            top = section.items if section.group is None else (section.group,)
            self._add_items(self._data, top, None, rows)

    def node(self, key: Key) -> EtreeElementNode:
        """The element of a group or question."""
        return self._nodes[key]

    def has(self, key: Key) -> bool:
        """Whether there is such an element."""
        return key in self._nodes

    def beside(self, outer: Key | None) -> EtreeElementNode:
        """Where a repeat stands in a group, whether it has rows or not: what counts them stands here."""
        spot = EtreeElementNode(ET.Element("row"))
        spot.parent = self._data if outer is None else self._nodes[outer]
        return spot

    def write(self, key: Key, text: str) -> None:
        """Set what a question's element says."""
        self._elements[self._nodes[key]].text = text

    def show(self, key: Key, relevant: bool) -> None:
        """Let paths find an element, or not."""
        node = self._nodes[key]
        if relevant is (node not in self._irrelevant):
            return
        (self._irrelevant.discard if relevant else self._irrelevant.add)(node)
        self._arrange(node.parent)

    def add_row(self, group: Group, row: Instance, outer: EtreeElementNode | None) -> None:
        """Adds a row of a repeat, behind the others of its kind; those within it are added after it.

        Args:
            group: the repeat.
            row: its identity, and what is known of it.
            outer: the element of the group that the repeat stands in; None at the root.
        """
        parent = self._data if outer is None else outer
        before = [child for child in self._all_children[parent] if child.name == group.name]
        made = self._add_row(parent, group, row)
        if before:
            siblings = self._all_children[parent]
            siblings.remove(made)
            siblings.insert(siblings.index(before[-1]) + 1, made)
            self._arrange(parent)

    def remove_row(self, key: Key) -> None:
        """Takes the element of a row out."""
        node = self._nodes[key]
        self._all_children[node.parent].remove(node)  # type: ignore[index] # a row has a parent
        self._arrange(node.parent)

    def _arrange(self, parent: object) -> None:
        if isinstance(parent, EtreeElementNode):
            kept = (c for c in self._all_children[parent] if c not in self._irrelevant)
            parent.children[:] = kept

    def _add_items(
        self,
        parent: EtreeElementNode,
        items: Iterable[Question | Group],
        row: UUID | None,
        rows: Rows | None,
    ) -> None:
        for item in items:
            if isinstance(item, Question):
                self._nodes[item.name, row] = self._add(parent, item.name)
            elif item.repeat is None:
                self._nodes[item.name, row] = group = self._add(parent, item.name)
                self._add_items(group, item.items, row, rows)
            else:
                for one in rows.within(item.repeat.name, row) if rows else ():
                    self._add_row(parent, item, one, rows)

    def _add_row(
        self, parent: EtreeElementNode, group: Group, row: Instance, rows: Rows | None = None
    ) -> EtreeElementNode:
        self._nodes[group.name, row.id] = element = self._add(parent, group.name)
        self._add(element, INSTANCE_ID, str(row.id))
        for fact in group.facts:
            self._add(element, fact.name, row.facts.get(fact.name))
        self._add_items(element, group.items, row.id, rows)
        return element

    def _add(
        self, parent: EtreeElementNode, name: str, text: str | int | None = None
    ) -> EtreeElementNode:
        self._count += 1
        element = ET.Element(name)
        element.text = "" if text is None else str(text)
        node = EtreeElementNode(element, parent, self._count + 1)
        self._all_children[parent].append(node)
        self._elements[node] = element
        self._all_children[node] = []
        return node


def choice_node(name: str, attributes: Mapping[str, str]) -> EtreeElementNode:
    """One choice as the element that a choice filter stands on."""
    item = EtreeElementNode(ET.Element("item"))
    _add_columns(item, {"name": name, **attributes})
    return item


def table(rows: Iterable[Mapping[str, str]]) -> EtreeDocumentNode:
    """A look-up table as a document of its own, as `instance(...)` yields it: `/root/item/column`."""
    root = ET.Element("root")
    document = EtreeDocumentNode(ET.ElementTree(root))
    top = EtreeElementNode(root, document, 2)
    for row in rows:
        _add_columns(EtreeElementNode(ET.Element("item"), top, 3), row)
    return document


def _add_columns(item: EtreeElementNode, columns: Mapping[str, str]) -> None:
    for position, (tag, text) in enumerate(columns.items(), start=item.position + 1):
        element = ET.Element(tag)
        element.text = text
        EtreeElementNode(element, item, position)
