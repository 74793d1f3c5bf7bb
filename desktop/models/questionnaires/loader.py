"""Reads a questionnaire from its JSON text and refuses, by name, whatever is wrong in it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from desktop.models.questionnaires.compiling import compile_form
from desktop.models.questionnaires.form import (
    FACTS_GROUP,
    INSTANCE_ID,
    KNOWN_REPEAT,
    Choice,
    Constraint,
    Fact,
    FormError,
    FormProblem,
    Group,
    Question,
    Questionnaire,
    QuestionType,
    Range,
    Repeat,
    Section,
    Text,
    Warning,
    walk,
)

_T = TypeVar("_T")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_CODE = re.compile(r"\S+")
_RESERVED = frozenset({"data", FACTS_GROUP, INSTANCE_ID})

_FORM_KEYS = ("id", "version", "title", "facts", "lists", "tables", "media", "sections")
_GROUP_KEYS = ("relevant", "repeat", "count", "facts", "appearance", "questions")
_SECTION_KEYS = ("name", "title", "loose", *_GROUP_KEYS)
_BLOCK_KEYS = ("name", "block", "label", *_GROUP_KEYS)
_SHARED_KEYS = ("name", "type", "label", "hint", "guidance", "relevant", "appearance", "media")
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
_UNLABELLED = Text("", "")


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
        part = _Part.of(self.at(key), self.get(key, dict), ("id", "en", "outputs"))
        return Text(part.get("id", str), part.get("en", str), tuple(part.strings("outputs")))

    def find_text(self, key: str) -> Text | None:
        return self.text(key) if key in self.data else None

    def strings(self, key: str) -> list[str]:
        """A list of texts; none if it is left out."""
        found = self.find(key, list) or []
        for one in found:
            if not isinstance(one, str):
                raise FormError(FormProblem.WRONG_TYPE, self.at(key), type(one).__name__)
        return found

    def words(self, key: str) -> frozenset[str]:
        """The words of a text with spaces between them."""
        return frozenset((self.find(key, str) or "").split())

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
    reader = _Reader(_lists(part))
    sections = part.parts("sections", reader.section)
    _check_names(facts, sections)
    tables = _tables(part)
    return Questionnaire(
        id=part.get("id", str),
        version=part.get("version", int),
        title=part.text("title"),
        facts=facts,
        sections=sections,
        program=compile_form(facts, sections, tables),
        tables=tables,
        media=_media(part),
    )


def _label(row: object, index: int) -> str:
    name = row.get("name") if isinstance(row, dict) else None
    return name if isinstance(name, str) else str(index)


def _lists(form: _Part) -> Mapping[str, tuple[Choice, ...]]:
    """The choices that several questions share, by the name of their list."""
    given = form.find("lists", dict) or {}
    part = _Part.of("lists", given, given)
    return {name: _choices(part, name) for name in given}


def _tables(form: _Part) -> Mapping[str, tuple[Mapping[str, str], ...]]:
    given = form.find("tables", dict) or {}
    part = _Part.of("tables", given, given)
    return {name: part.parts(name, _row) for name in given}


def _row(place: str, data: object) -> Mapping[str, str]:
    part = _Part.of(place, data, data if isinstance(data, dict) else ())
    return {name: part.get(name, str) for name in part.data}


def _media(form: _Part) -> Mapping[str, bytes]:
    given = form.find("media", dict) or {}
    part = _Part.of("media", given, given)
    try:
        return {name: base64.b64decode(part.get(name, str), validate=True) for name in given}
    except binascii.Error as error:
        raise FormError(FormProblem.WRONG_TYPE, "media", str(error)) from error


def _fact(place: str, data: object) -> Fact:
    part = _Part.of(place, data, ("name", "type"))
    return Fact(part.name(), _type(part))


def _type(part: _Part) -> QuestionType:
    written = part.get("type", str)
    try:
        return QuestionType(written)
    except ValueError as error:
        raise FormError(FormProblem.WRONG_TYPE, part.at("type"), written) from error


@dataclass
class _Reader:
    """Reads sections and what stands in them; knows the lists of choices, and where it is."""

    lists: Mapping[str, tuple[Choice, ...]]
    _section: str = ""
    _repeats: list[str] = field(default_factory=list)

    def section(self, place: str, data: object) -> Section:
        part = _Part.of(place, data, _SECTION_KEYS)
        self._section = part.name()
        title = part.text("title")
        if part.find("loose", bool):
            _refuse_keys(part, _GROUP_KEYS[:-1])
            items = self._items(part, None)
            return Section(self._section, title, items)
        group = self._group(part, title, None)
        return Section(self._section, title, group.items, group)

    def _block(self, part: _Part, within: str | None) -> Group:
        return self._group(part, part.find_text("label"), within)

    def _group(self, part: _Part, label: Text | None, within: str | None) -> Group:
        name = part.name()
        repeat = self._repeat(part, name)
        if repeat is None and "facts" in part.data:
            raise FormError(FormProblem.UNKNOWN_KEY, part.place, "facts")
        self._repeats += [repeat.name] if repeat else []
        items = self._items(part, name)
        if repeat:
            self._repeats.pop()
        return Group(
            name=name,
            label=label,
            items=items,
            within=within,
            relevant=part.condition("relevant"),
            repeat=repeat,
            facts=part.parts("facts", _fact),
            appearance=part.words("appearance"),
        )

    def _repeat(self, part: _Part, name: str) -> Repeat | None:
        """Rows of the family's members, or rows of one's own."""
        given = part.data.get("repeat")
        if given is None or given is False:
            _refuse_keys(part, ("count",))
            return None
        if given is True:
            return Repeat(name, is_known=False, count=part.find("count", str))
        if given != KNOWN_REPEAT:
            raise FormError(FormProblem.WRONG_TYPE, part.at("repeat"), str(given))
        _refuse_keys(part, ("count",))
        if self._repeats:
            raise FormError(FormProblem.NESTED, part.place, name)
        return Repeat(KNOWN_REPEAT, is_known=True)

    def _items(self, part: _Part, group: str | None) -> tuple[Question | Group, ...]:
        rows = part.get("questions", list)
        return tuple(
            self._item(f"{part.place}.{_label(row, i)}", row, group) for i, row in enumerate(rows)
        )

    def _item(self, place: str, data: object, group: str | None) -> Question | Group:
        if isinstance(data, dict) and data.get("block"):
            return self._block(_Part.of(place, data, _BLOCK_KEYS), group)
        return self._question(place, data, group)

    def _question(self, place: str, data: object, group: str | None) -> Question:
        kind = _type(_Part.of(place, data, data if isinstance(data, dict) else ()))
        part = _Part.of(place, data, _keys_of(kind))
        choices = self._offered(part) if kind.is_select else ()
        if kind.is_select and not choices:
            raise FormError(FormProblem.NO_CHOICES, place, part.name())
        warnings = part.parts("warnings", _warning)
        _refuse_repeated(f"{place}.warnings", (warning.name for warning in warnings))
        return Question(
            name=part.name(),
            type=kind,
            section=self._section,
            group=group,
            label=part.text("label") if kind.is_shown else part.find_text("label") or _UNLABELLED,
            hint=part.find_text("hint"),
            guidance=part.find_text("guidance"),
            choices=choices,
            relevant=part.condition("relevant"),
            required=part.condition("required"),
            required_message=part.find_text("required_message"),
            read_only=part.condition("read_only"),
            default=part.find("default", str),
            calculation=_calculation(part, kind),
            constraint=_constraint(part),
            warnings=warnings,
            choice_filter=part.find("choice_filter", str),
            appearance=part.words("appearance"),
            range=_range(part) if kind is QuestionType.RANGE else None,
            media=_row(part.at("media"), part.data.get("media", {})),
        )

    def _offered(self, part: _Part) -> tuple[Choice, ...]:
        if not isinstance(part.data.get("choices"), str):
            return _choices(part, "choices")
        name = part.get("choices", str)
        if name not in self.lists:
            raise FormError(FormProblem.MISSING, "lists", name)
        return self.lists[name]


def _keys_of(kind: QuestionType) -> tuple[str, ...]:
    if kind.is_select:
        return (*_SELECT_KEYS, "calculation")
    if kind is QuestionType.RANGE:
        return (*_ASKED_KEYS, "range", "calculation")
    if kind.is_asked:
        return (*_ASKED_KEYS, "calculation")
    if kind is QuestionType.NOTE:
        return _SHARED_KEYS
    return (*_SHARED_KEYS, "calculation", "default")


def _calculation(part: _Part, kind: QuestionType) -> str | None:
    if kind is QuestionType.CALCULATE:
        return part.get("calculation", str)
    return part.find("calculation", str)


def _choices(part: _Part, key: str) -> tuple[Choice, ...]:
    choices = part.parts(key, _choice)
    _refuse_repeated(part.at(key), (choice.name for choice in choices))
    return choices


def _choice(place: str, data: object) -> Choice:
    part = _Part.of(place, data, ("name", "label", "attributes", "media"))
    return Choice(
        name=part.name(_CODE),
        label=part.text("label"),
        attributes=_row(part.at("attributes"), part.data.get("attributes", {})),
        media=_row(part.at("media"), part.data.get("media", {})),
    )


def _range(part: _Part) -> Range:
    inner = _Part.of(part.at("range"), part.get("range", dict), ("start", "end", "step"))
    found = Range(inner.get("start", str), inner.get("end", str), inner.get("step", str))
    try:
        start, end, step = (Decimal(one) for one in (found.start, found.end, found.step))
    except InvalidOperation as error:
        raise FormError(FormProblem.BAD_RANGE, part.place, part.name()) from error
    if step == 0 or (end - start) / step < 0 or (end - start) % step:
        raise FormError(FormProblem.BAD_RANGE, part.place, part.name())
    return found


def _constraint(part: _Part) -> Constraint | None:
    if "constraint" not in part.data:
        return None
    inner = _Part.of(part.at("constraint"), part.data["constraint"], ("expression", "message"))
    return Constraint(inner.get("expression", str), inner.text("message"))


def _warning(place: str, data: object) -> Warning:
    part = _Part.of(place, data, ("name", "expression", "message"))
    return Warning(part.name(), part.get("expression", str), part.text("message"))


def _check_names(facts: Iterable[Fact], sections: Iterable[Section]) -> None:
    """Questions, groups and sections share one space of names; facts share their group's."""
    taken = [name for s in sections for name in (s.name, *(item.name for item in walk(s.items)))]
    _refuse_repeated("sections", taken)
    _refuse_repeated("facts", (fact.name for fact in facts))
    for section in sections:
        groups = (section.group, *walk(section.items))
        for group in (one for one in groups if isinstance(one, Group)):
            inside = (*(f.name for f in group.facts), *(item.name for item in group.items))
            _refuse_repeated(f"sections.{section.name}", inside)


def _refuse_keys(part: _Part, keys: Iterable[str]) -> None:
    for key in keys:
        if key in part.data:
            raise FormError(FormProblem.UNKNOWN_KEY, part.place, key)


def _refuse_repeated(place: str, names: Iterable[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise FormError(FormProblem.NAME_TAKEN, place, name)
