"""A questionnaire as data: its sections, groups, questions, choices and texts.

It is read from the compact compiled form of an XForm, which is JSON. Groups are elements of the data,
questions are binds with their controls, and every condition is an ODK XPath expression over
`/data/...`. A group may be asked once for each of some rows (a repeat): of rows that exist already,
like the members of a family, or of rows that are added at the visit. What is known before the
visit are the hidden fields of the group `household` and, for each row, of the repeat itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from desktop.models.questionnaires import paths

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

KNOWN_REPEAT = "members"
"""The repeat whose rows exist already: the members of the family."""


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
    BAD_RANGE = "bad_range"
    NESTED = "nested"
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
    RANK = "rank"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RUPIAH = "rupiah"
    RANGE = "range"
    TEXT = "text"
    BARCODE = "barcode"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "dateTime"
    GEOPOINT = "geopoint"
    IMAGE = "image"
    SIGNATURE = "signature"
    AUDIO = "audio"
    FILE = "file"
    NOTE = "note"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    ACKNOWLEDGE = "acknowledge"

    @property
    def is_select(self) -> bool:
        """Whether the answer is taken from choices."""
        return self in _SELECTS

    @property
    def is_asked(self) -> bool:
        """Whether a person answers it (notes are read, the rest is computed)."""
        return self not in _NOT_ASKED

    @property
    def is_shown(self) -> bool:
        """Whether it has a place on the page."""
        return self not in (QuestionType.CALCULATE, QuestionType.HIDDEN)

    @property
    def is_attachment(self) -> bool:
        """Whether the answer is the id of a file."""
        return self in _ATTACHMENTS


_SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK})
_NOT_ASKED = frozenset({QuestionType.NOTE, QuestionType.CALCULATE, QuestionType.HIDDEN})
_ATTACHMENTS = frozenset(
    {QuestionType.IMAGE, QuestionType.SIGNATURE, QuestionType.AUDIO, QuestionType.FILE}
)


MOST_SHOWN = 30
"""Of more choices than that one is found by a few letters, not seen among all."""
SEARCHED = frozenset({"minimal", "autocomplete"})
"""Appearances with which it is so however few they are."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages.

    With `outputs`, expressions whose values are said in it, it is a format string: `{0}` is the first.
    """

    id: str
    en: str
    outputs: tuple[str, ...] = ()

    def in_language(self, language: str, said: Mapping[str, str] | None = None) -> str:
        """The sentence in `language`; anything but English reads Indonesian.

        Args:
            language: its code.
            said: what the outputs yield; nothing is said where that is not known.
        """
        words = self.en if language.startswith("en") else self.id
        if not self.outputs:
            return words
        return words.format(*((said or {}).get(one, "") for one in self.outputs))


@dataclass(frozen=True, slots=True)
class Choice:
    """One offered answer; `attributes` are what a `choice_filter` can compare."""

    name: str
    label: Text
    attributes: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)


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
class Range:
    """The numbers that a range offers, as decimal text."""

    start: str
    end: str
    step: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. The expressions are kept as written; the program holds them parsed.

    `group` is the innermost group that it stands in; None at the root of the data.
    """

    name: str
    type: QuestionType
    section: str
    label: Text
    group: str | None = None
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
    appearance: frozenset[str] = frozenset()
    range: Range | None = None
    media: Mapping[str, str] = field(default_factory=dict)
    """Kind of medium on the label (`image`, `audio`) -> name of a file of the questionnaire."""

    @property
    def texts(self) -> tuple[Text, ...]:
        """All that is said about it."""
        found = (self.label, self.hint, self.guidance, self.required_message)
        told = (self.constraint.message,) if self.constraint else ()
        return (*filter(None, found), *told, *(one.message for one in self.warnings))


@dataclass(frozen=True, slots=True)
class Repeat:
    """That a group is asked once for each of some rows.

    Attributes:
        name: by which the paths of answers name its rows.
        is_known: its rows exist already; else they are added at the visit.
        count: how many rows there are, as an expression; None if whoever answers says so.
    """

    name: str
    is_known: bool
    count: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions, an element of the data. `within` is the group that it stands in."""

    name: str
    label: Text | None
    items: tuple[Question | Group, ...]
    within: str | None = None
    relevant: str | None = None
    repeat: Repeat | None = None
    facts: tuple[Fact, ...] = ()
    appearance: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """What is shown together: a group at the root, or questions that stand at the root themselves."""

    name: str
    title: Text
    items: tuple[Question | Group, ...]
    group: Group | None = None

    @property
    def questions(self) -> tuple[Question, ...]:
        """All its questions, in the order asked."""
        return tuple(one for one in walk(self.items) if isinstance(one, Question))

    @property
    def repeat(self) -> Repeat | None:
        """Its rows, if all of it is asked of each."""
        return self.group.repeat if self.group else None


def walk(items: tuple[Question | Group, ...]) -> Iterator[Question | Group]:
    """Every question and group among some items, each group before what stands in it."""
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from walk(item.items)


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire, checked and with its expressions parsed."""

    id: str
    version: int
    title: Text
    facts: tuple[Fact, ...]
    sections: tuple[Section, ...]
    program: Program = field(repr=False, compare=False)
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    """Look-up tables that came with it: name -> rows by column."""
    media: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Pictures and sounds that labels show, by their names."""

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its name, in the order asked."""
        return {q.name: q for section in self.sections for q in section.questions}

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Every group by its name, an outer one before those in it."""
        tops = (section.group for section in self.sections if section.group)
        inner = (one for section in self.sections for one in walk(section.items))
        return {one.name: one for one in (*tops, *inner) if isinstance(one, Group)}

    @cached_property
    def repeats(self) -> Mapping[str, Group]:
        """The groups that repeat, by the name that paths give their rows."""
        return {one.repeat.name: one for one in self.groups.values() if one.repeat}

    @cached_property
    def _repeats_of(self) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for name, group in self.groups.items():
            outer = found[group.within] if group.within else None
            found[name] = group.repeat.name if group.repeat else outer
        for question in self.questions.values():
            found[question.name] = found[question.group] if question.group else None
        return found

    def repeat_of(self, name: str | None) -> str | None:
        """The innermost repeat that a question or group stands in, or is; None outside of all."""
        return None if name is None else self._repeats_of[name]

    @cached_property
    def _repeat_sections(self) -> Mapping[str, str]:
        inside = {one.name: (one.group, *walk(one.items)) for one in self.sections}
        return {
            group.repeat.name: section
            for section, groups in inside.items()
            for group in groups
            if isinstance(group, Group) and group.repeat
        }

    def section_of(self, path: Path) -> str:
        """The section of a question, a row, or the end of a repeat; empty if it is not of this form."""
        place = paths.as_row(path) or paths.as_end(path)
        if place is not None:
            return self._repeat_sections.get(place[0], "")
        question = self.questions.get(paths.split(path)[0])
        return question.section if question else ""

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
