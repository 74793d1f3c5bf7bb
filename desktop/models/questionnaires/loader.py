"""Reads a questionnaire from its JSON text and refuses, by name, whatever is wrong in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from desktop.models.questionnaires.form import (
    FACTS_GROUP,
    INSTANCE_ID,
    Choice,
    Constraint,
    Fact,
    FormError,
    FormProblem,
    Question,
    Questionnaire,
    QuestionType,
    Section,
    Text,
    Warning,
)
from desktop.models.questionnaires.program import compile_form

_T = TypeVar("_T")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Za-z0-9_]+")
_RESERVED = frozenset({"data", FACTS_GROUP, INSTANCE_ID})

_FORM_KEYS = ("id", "version", "title", "facts", "sections")
_SECTION_KEYS = ("name", "title", "relevant", "repeat", "facts", "questions")
_SHARED_KEYS = ("name", "type", "label", "hint", "guidance", "relevant")
_ASKED_KEYS = (
    *_SHARED_KEYS,
    "required",
    "required_message",
    "read_only",
    "default",
    "constraint",
    "warnings",
)
_SELECT_KEYS = (*_ASKED_KEYS, "choices", "choice_filter")


@dataclass(frozen=True, slots=True)
class _Part:
    """A JSON object of the file and its place, read key by key."""

    place: str
    data: Mapping[str, Any]

    @classmethod
    def of(cls, place: str, data: object, keys: Iterable[str]) -> _Part:
        """Take an object that has no keys but the named ones."""
        if not isinstance(data, dict):
            raise FormError(FormProblem.WRONG_TYPE, place, type(data).__name__)
        for key in data.keys() - set(keys):
            raise FormError(FormProblem.UNKNOWN_KEY, place, str(key))
        return cls(place, data)

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def get(self, key: str, kind: type[_T]) -> _T:
        if key not in self.data:
            raise FormError(FormProblem.MISSING, self.place or "questionnaire", key)
        return self.wrong_unless(key, kind)

    def find(self, key: str, kind: type[_T]) -> _T | None:
        return self.wrong_unless(key, kind) if key in self.data else None

    def wrong_unless(self, key: str, kind: type[_T]) -> _T:
        value = self.data[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise FormError(FormProblem.WRONG_TYPE, self.at(key), type(value).__name__)
        return value

    def name(self, pattern: re.Pattern[str] = _NAME) -> str:
        name = self.get("name", str)
        if not pattern.fullmatch(name) or (pattern is _NAME and name in _RESERVED):
            raise FormError(FormProblem.BAD_NAME, self.place, name)
        return name

    def text(self, key: str) -> Text:
        part = _Part.of(self.at(key), self.get(key, dict), ("id", "en"))
        return Text(part.get("id", str), part.get("en", str))

    def find_text(self, key: str) -> Text | None:
        return self.text(key) if key in self.data else None

    def condition(self, key: str) -> str | None:
        """An expression, or `true` for one that always holds."""
        if isinstance(self.data.get(key), bool):
            return "true()" if self.data[key] else None
        return self.find(key, str)

    def parts(self, key: str, read: Callable[[str, object], _T]) -> tuple[_T, ...]:
        """The objects of a list; each is placed by its name, or by its number without one."""
        rows = self.find(key, list) or []
        return tuple(read(f"{self.at(key)}.{_label(row, i)}", row) for i, row in enumerate(rows))


def read(text: str) -> Questionnaire:
    """Read, check and compile a questionnaire.

    Raises:
        FormError: the text is no questionnaire, or uses something that is not supported.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise FormError(FormProblem.NOT_JSON, f"line {error.lineno}", error.msg) from error
    part = _Part.of("", data, _FORM_KEYS)
    facts = part.parts("facts", _fact)
    part.get("sections", list)
    sections = part.parts("sections", _section)
    _check_names(facts, sections)
    return Questionnaire(
        id=part.get("id", str),
        version=part.get("version", int),
        title=part.text("title"),
        facts=facts,
        sections=sections,
        program=compile_form(facts, sections),
    )


def _label(row: object, index: int) -> str:
    name = row.get("name") if isinstance(row, dict) else None
    return name if isinstance(name, str) else str(index)


def _fact(place: str, data: object) -> Fact:
    part = _Part.of(place, data, ("name", "type"))
    return Fact(part.name(), _type(part))


def _type(part: _Part) -> QuestionType:
    written = part.get("type", str)
    try:
        return QuestionType(written)
    except ValueError as error:
        raise FormError(FormProblem.WRONG_TYPE, part.at("type"), written) from error


def _section(place: str, data: object) -> Section:
    part = _Part.of(place, data, _SECTION_KEYS)
    name = part.name()
    repeat = part.find("repeat", str)
    if repeat is None and "facts" in part.data:
        raise FormError(FormProblem.UNKNOWN_KEY, place, "facts")
    rows = part.get("questions", list)
    return Section(
        name=name,
        title=part.text("title"),
        questions=tuple(_question(f"{place}.{_label(r, i)}", r, name) for i, r in enumerate(rows)),
        relevant=part.condition("relevant"),
        repeat=repeat,
        facts=part.parts("facts", _fact),
    )


def _question(place: str, data: object, section: str) -> Question:
    kind = _type(_Part.of(place, data, data if isinstance(data, dict) else ()))
    part = _Part.of(place, data, _keys_of(kind))
    choices = part.parts("choices", _choice)
    if kind.is_select and not choices:
        raise FormError(FormProblem.NO_CHOICES, place, part.name())
    _refuse_repeated(f"{place}.choices", (choice.name for choice in choices))
    warnings = part.parts("warnings", _warning)
    _refuse_repeated(f"{place}.warnings", (warning.name for warning in warnings))
    return Question(
        name=part.name(),
        type=kind,
        section=section,
        label=part.text("label"),
        hint=part.find_text("hint"),
        guidance=part.find_text("guidance"),
        choices=choices,
        relevant=part.condition("relevant"),
        required=part.condition("required"),
        required_message=part.find_text("required_message"),
        read_only=part.condition("read_only"),
        default=part.find("default", str),
        calculation=part.get("calculation", str) if kind is QuestionType.CALCULATE else None,
        constraint=_constraint(part),
        warnings=warnings,
        choice_filter=part.find("choice_filter", str),
    )


def _keys_of(kind: QuestionType) -> tuple[str, ...]:
    if kind.is_select:
        return _SELECT_KEYS
    if kind.is_asked:
        return _ASKED_KEYS
    return (*_SHARED_KEYS, "calculation") if kind is QuestionType.CALCULATE else _SHARED_KEYS


def _choice(place: str, data: object) -> Choice:
    part = _Part.of(place, data, ("name", "label", "attributes"))
    attributes = _Part.of(
        place, part.find("attributes", dict) or {}, part.data.get("attributes", ())
    )
    return Choice(
        name=part.name(_CODE),
        label=part.text("label"),
        attributes={name: attributes.get(name, str) for name in attributes.data},
    )


def _constraint(part: _Part) -> Constraint | None:
    if "constraint" not in part.data:
        return None
    inner = _Part.of(part.at("constraint"), part.data["constraint"], ("expression", "message"))
    return Constraint(inner.get("expression", str), inner.text("message"))


def _warning(place: str, data: object) -> Warning:
    part = _Part.of(place, data, ("name", "expression", "message"))
    return Warning(part.name(), part.get("expression", str), part.text("message"))


def _check_names(facts: Iterable[Fact], sections: Iterable[Section]) -> None:
    """Questions and sections share one space of names; facts share their group's."""
    taken = [name for s in sections for name in (s.name, *(q.name for q in s.questions))]
    _refuse_repeated("sections", taken)
    _refuse_repeated("facts", (fact.name for fact in facts))
    for section in sections:
        inside = (*(f.name for f in section.facts), *(q.name for q in section.questions))
        _refuse_repeated(f"sections.{section.name}", inside)


def _refuse_repeated(place: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise FormError(FormProblem.NAME_TAKEN, place, name)
