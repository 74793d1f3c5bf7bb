"""A questionnaire as data: its sections, questions, choices and texts, read from a JSON file.

The file is the compact compiled form of an XForm: sections are groups (one with `repeat` is a
repeat over rows that already exist), questions are binds with their controls, every condition is
an ODK XPath expression over `/data/<section>/<question>`. Facts known before the visit are the
hidden fields of the group `household` and, per instance, of the repeat itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.models.questionnaires.program import Program

Value = str | int | list[str] | None
"""An answer: text, whole number, ISO date, decimal as text, chosen codes; `None` is unanswered."""

Path = str
"""Where an answer stands: `question`, or `repeat[uuid]/question`."""

FACTS_GROUP = "household"
"""The group under `/data` that holds what is known of the household before the visit."""

INSTANCE_ID = "id"
"""The field that every instance of a repeat has: the identity of its row."""


class FormProblem(StrEnum):
    """Why a questionnaire is refused."""

    NOT_JSON = "not_json"
    MISSING = "missing"
    UNKNOWN_KEY = "unknown_key"
    WRONG_TYPE = "wrong_type"
    BAD_NAME = "bad_name"
    NAME_TAKEN = "name_taken"
    NO_CHOICES = "no_choices"
    BAD_EXPRESSION = "bad_expression"
    UNKNOWN_PATH = "unknown_path"
    CYCLE = "cycle"


class FormError(ValueError):
    """A questionnaire file is refused.

    Attributes:
        problem: what is wrong.
        place: where, as keys and names from the top: `sections.food.worried.relevant`.
        detail: the offending word, name, or what the expression parser said.
    """

    def __init__(self, problem: FormProblem, place: str, detail: str) -> None:
        super().__init__(f"{place}: {problem.value}: {detail}")
        self.problem = problem
        self.place = place
        self.detail = detail


class QuestionType(StrEnum):
    """What kind of answer a question takes."""

    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RUPIAH = "rupiah"
    TEXT = "text"
    DATE = "date"
    NOTE = "note"
    CALCULATE = "calculate"
    ACKNOWLEDGE = "acknowledge"

    @property
    def is_select(self) -> bool:
        """Whether the answer is taken from choices."""
        return self in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE)

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it (notes are read, calculations are computed)."""
        return self not in (QuestionType.NOTE, QuestionType.CALCULATE)


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language`; anything but English reads Indonesian."""
        return self.en if language.startswith("en") else self.id


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered answer; `attributes` are what a `choice_filter` can compare."""

    name: str
    label: Text
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition an answer must meet, and what to say when it does not."""

    expression: str
    message: Text


@dataclass(frozen=True, slots=True)
class Warning:
    """A condition an answer should meet; not meeting it can be accepted with a reason."""

    name: str
    expression: str
    message: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """Something known before the visit, which expressions can read."""

    name: str
    type: QuestionType


@dataclass(frozen=True, slots=True)
class Question:
    """One question. The expressions are kept as written; the program holds them parsed."""

    name: str
    type: QuestionType
    section: str
    label: Text
    hint: Text | None = None
    guidance: Text | None = None
    choices: tuple[Choice, ...] = ()
    relevant: str | None = None
    required: str | None = None
    required_message: Text | None = None
    read_only: str | None = None
    default: str | None = None
    calculation: str | None = None
    """A number stays a number only if it is one: `../age` reads as text, `number(../age)` not."""
    constraint: Constraint | None = None
    warnings: tuple[Warning, ...] = ()
    choice_filter: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions; with `repeat`, asked once for every row of that kind."""

    name: str
    title: Text
    questions: tuple[Question, ...]
    relevant: str | None = None
    repeat: str | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire, checked and with its expressions parsed."""

    id: str
    version: int
    title: Text
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    program: Program = field(repr=False, compare=False)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its name, in the order asked."""
        return {q.name: q for section in self.sections for q in section.questions}

    def section(self, name: str) -> Section:
        """The section of that name.

        Raises:
            KeyError: the questionnaire has no such section.
        """
        for section in self.sections:
            if section.name == name:
                return section
        raise KeyError(name)


def load(path: FilePath) -> Questionnaire:
    """Read, check and compile the questionnaire in a JSON file.

    Raises:
        FormError: the file is no questionnaire, or uses something that is not supported.
        OSError: the file cannot be read.
    """
    # The expression engine takes a while to import; only opening a form pays for it.
    from desktop.models.questionnaires.loader import read  # noqa: PLC0415

    return read(path.read_text(encoding="utf-8"))
