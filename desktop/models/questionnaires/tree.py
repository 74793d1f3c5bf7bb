"""The data of one session as the tree that expressions read, changed in place.

Every section, question and fact is an element, every instance of a repeat an element of its own.
What is irrelevant is taken out of its parent's children, so that no path finds it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID
from xml.etree import ElementTree as ET

from elementpath.xpath_nodes import EtreeDocumentNode, EtreeElementNode

from desktop.models.questionnaires.form import FACTS_GROUP, INSTANCE_ID, Questionnaire, Section
from desktop.models.questionnaires.states import Instance

Facts = Mapping[str, str | int | None]
Key = tuple[str, UUID | None]
"""A section or question by name, and the instance it stands in."""


class DataTree:
    """The elements of one session."""

    def __init__(
        self, form: Questionnaire, facts: Facts, instances: Mapping[str, Sequence[Instance]]
    ) -> None:
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
            if section.repeat is None:
                self._add_section(section, None)
            for instance in instances.get(section.repeat or "", ()):
                self._add_section(section, instance)

    def node(self, key: Key) -> EtreeElementNode:
        """The element of a section or question."""
        return self._nodes[key]

    def write(self, key: Key, text: str) -> None:
        """Set what a question's element says."""
        self._elements[self._nodes[key]].text = text

    def show(self, key: Key, relevant: bool) -> None:
        """Let paths find an element, or not."""
        node = self._nodes[key]
        if relevant is (node not in self._irrelevant):
            return
        (self._irrelevant.discard if relevant else self._irrelevant.add)(node)
        parent = node.parent
        if isinstance(parent, EtreeElementNode):
            kept = (c for c in self._all_children[parent] if c not in self._irrelevant)
            parent.children[:] = kept

    def _add_section(self, section: Section, instance: Instance | None) -> None:
        group = self._add(self._data, section.name)
        uuid = instance.id if instance else None
        self._nodes[section.name, uuid] = group
        if instance:
            self._add(group, INSTANCE_ID, str(instance.id))
            for fact in section.facts:
                self._add(group, fact.name, instance.facts.get(fact.name))
        for question in section.questions:
            self._nodes[question.name, uuid] = self._add(group, question.name)

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
    for position, (tag, text) in enumerate({"name": name, **attributes}.items(), start=2):
        element = ET.Element(tag)
        element.text = text
        EtreeElementNode(element, item, position)
    return item
