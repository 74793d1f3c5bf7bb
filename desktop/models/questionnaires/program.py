"""A questionnaire's expressions, parsed once, and what each of them depends on.

Every expression belongs to one aspect of one question or group.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.models.questionnaires.xpath import Atom, FormContext, atoms, truth

if TYPE_CHECKING:
    from elementpath.xpath_tokens import XPathToken


class Aspect(StrEnum):
    """What an expression decides about its question or group."""

    RELEVANT = "relevant"
    VALUE = "calculation"
    DEFAULT = "default"
    REQUIRED = "required"
    READ_ONLY = "read_only"
    CHOICES = "choice_filter"
    CONSTRAINT = "constraint"
    WARNINGS = "warnings"
    COUNT = "count"
    OUTPUTS = "outputs"


@dataclass(frozen=True, slots=True)
class Cell:
    """One aspect of one question or group, by name."""

    name: str
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class Dependent:
    """A cell to re-evaluate when a node changes; `own` if only in the same row, and those within it."""

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
    """By the name of a question or group, what reads its value or its relevance."""
    rank: Mapping[Cell, int]
    """A cell never depends on one of higher rank."""
