"""What a session of answers shows: the state of a section, of a question, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from desktop.models.questionnaires.form import Choice, Group, Path, Question, Text, Value


@dataclass(frozen=True, slots=True)
class Instance:
    """One row a repeat is asked about: its identity, what is known of it, the row it stands within."""

    id: UUID
    facts: Mapping[str, str | int | None] = field(default_factory=dict)
    inside: UUID | None = None


class Progress(StrEnum):
    """How far a section has come."""

    UNTOUCHED = "untouched"
    PARTIAL = "partial"
    COMPLETE = "complete"
    HAS_ERRORS = "has_errors"


@dataclass(frozen=True, slots=True)
class SectionState:
    """One section: `answered` of `total` visible questions that take an answer.

    `needed` of them have to be answered; `met` of these are.
    """

    name: str
    title: Text
    relevant: bool
    answered: int
    total: int
    met: int
    needed: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class Item:
    """One visible question, with everything needed to draw it."""

    path: Path
    question: Question
    instance: Instance | None
    relevant: bool
    required: bool
    read_only: bool
    choices: tuple[Choice, ...]
    value: Value
    previous: Value
    changed: bool
    """Whether both a previous and a present answer exist and they differ."""
    is_unread: bool = False
    """Whether the answer was taken over from the last visit and not read to the family yet."""
    said: Mapping[str, str] = field(default_factory=dict)
    """What the outputs in its texts yield."""

    def words(self, text: Text | None, language: str) -> str:
        """One of its texts in a language; empty without one."""
        return "" if text is None else text.in_language(language, self.said)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a section under one heading: what stands in a group, or in one row of a repeat.

    Attributes:
        group: the group; None for questions that stand at the root of the data.
        row: the row, of a repeat or within one.
        number: of the row among the others of its repeat, from 1; 0 where there is none.
        depth: how many groups it stands in within the section.
        paths: its questions, those that are seen or not.
        end: where rows may be added, the path that stands for it (`repeat[]`); then there are no questions.
    """

    group: Group | None
    row: Instance | None
    number: int
    depth: int
    paths: tuple[Path, ...]
    end: Path | None = None
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, UUID | None, Path | None]:
        """What tells it from all others of the section."""
        first = self.end or next(iter(self.paths), None)
        return self.group.name if self.group else "", self.row.id if self.row else None, first


class ProblemKind(StrEnum):
    """Why an answer cannot stand, or should be looked at."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"
    CHOICE_NOT_OFFERED = "choice_not_offered"
    UNREAD = "unread"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to say about one answer.

    `message` is the form's own sentence, if it has one for this case. `warning` names a warning;
    `reason` is why it was accepted, if it was.
    """

    path: Path
    kind: ProblemKind
    message: Text | None = None
    warning: str | None = None
    reason: str | None = None
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether a visit cannot be finished with it (a hard error or an unaccepted warning)."""
        return self.reason is None
