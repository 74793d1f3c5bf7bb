"""From an XLSForm workbook to the compiled form that laptops ask: JSON, as `models/questionnaires` reads it.

Expressions are taken as pyxform wrote them, so they mean what they mean in every XForms client. What
XLSForm has no place for stands in a sheet of its own: `warnings`, see docs/questionnaires.md.
"""

from __future__ import annotations

import base64
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from desktop.models.questionnaires.form import (
    FACTS_GROUP,
    KNOWN_REPEAT,
    MOST_SHOWN,
    SEARCHED,
    FormError,
    Questionnaire,
    QuestionType,
)
from desktop.models.questionnaires.loader import read as read_form
from desktop.models.questionnaires.xpath import LAST_SAVED
from server.questionnaires import sheets, workbook, xform
from server.questionnaires.findings import CHOICES, SURVEY, WARNINGS, Finding, RefusedWorkbook
from server.questionnaires.problems import finding_of
from server.questionnaires.vocabulary import OPENING, TYPES
from server.questionnaires.workbook import Row, Workbook
from server.questionnaires.xform import OUTPUT, Control, Words, XForm, is_template, plain_name

MOST_MEDIA = 200_000
"""Bytes of pictures and sounds that one questionnaire may carry."""

_REFERENCE = re.compile(r"\$\{\s*([^}]+?)\s*\}")
_OUTPUT = re.compile(f"{OUTPUT}([0-9]+){OUTPUT}")
_LANGUAGES = ("id", "en")
_META = "meta"


@dataclass(frozen=True)
class Compiled:
    """A compiled questionnaire: its text, what it is, and what is to be known of the workbook."""

    text: str
    form: Questionnaire
    notes: tuple[Finding, ...] = ()


def compile_workbook(path: Path) -> Compiled:
    """Compiles a workbook; look-up tables (CSV) and media lie beside it.

    Raises:
        RefusedWorkbook: it has something that is wrong, or not supported.
        OSError: it cannot be read.
    """
    book = workbook.read(path)
    found = sheets.check(book)
    if any(one.stops for one in found):
        raise RefusedWorkbook(found)
    try:
        form, remarks = xform.convert(path)
        compiler = _Compiler(book, form)
        text = compiler.text()
    except RefusedWorkbook as refused:
        named = (_with_name(one, book) for one in refused.findings)
        raise RefusedWorkbook([*named, *found]) from refused
    try:
        read = read_form(text)
    except FormError as error:
        raise RefusedWorkbook([finding_of(error, book), *found]) from error
    return Compiled(text, read, (*found, *_worth_saying(remarks)))


def _with_name(finding: Finding, book: Workbook) -> Finding:
    """A finding about a row, with the name that stands in it."""
    rows = (row for row in book.rows.get(finding.sheet, ()) if row.number == finding.row)
    row = next(rows, None)
    return finding if row is None or finding.name else replace(finding, name=row.name)


def _worth_saying(remarks: Iterable[Finding]) -> Iterator[Finding]:
    """What pyxform remarks, but for what other programs might do with the form."""
    elsewhere = ("missing the survey columns", "max-pixels")
    return (one for one in remarks if not any(words in one.text for words in elsewhere))


@dataclass
class _Compiler:
    """One workbook on its way; `lists` and `media` collect what its questions use."""

    book: Workbook
    form: XForm
    lists: dict[str, Any] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        """Every name and its path in the data."""
        return dict(_all_paths("/data", self.form.data))

    def text(self) -> str:
        """The compiled form, as compact JSON."""
        settings = self.book.settings()
        title = self._title(settings)
        facts, sections = self._sections(title)
        whole = {
            "id": settings.get("form_id", "id_string"),
            "version": int(settings.get("version")),
            "title": title,
            "facts": facts,
            "lists": self.lists,
            "tables": dict(self._tables()),
            "media": self.media,
            "sections": sections,
        }
        self._refuse_heavy_media()
        kept = {key: value for key, value in whole.items() if value or key == "sections"}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    def _title(self, settings: Row) -> dict[str, str]:
        """The title; XLSForm has one for all languages, so English has a column of its own."""
        title = settings.get("form_title", "title", "form_id", "id_string")
        return {"id": title, "en": settings.get("form_title_english") or title}

    # --- structure -----------------------------------------------------------------------

    def _sections(self, title: dict[str, str]) -> tuple[list[Any], list[Any]]:
        """What is known of the family, and the sections: groups at the root, and what is between."""
        facts: list[Any] = []
        sections: list[Any] = []
        loose: list[Any] = []
        for path, element in self._children("/data", self.form.data):
            name = plain_name(element.tag)
            if not self._is_group(path, element):
                loose += self._question(path, name)
                continue
            if name == FACTS_GROUP:
                facts += [_fact(plain_name(child.tag)) for child in element]
                continue
            sections += self._loose_section(loose, len(sections), title)
            loose = []
            label = self._label(path) or {"id": name, "en": name}
            sections.append({"name": name, "title": label, **self._group(path, element)})
        return facts, [*sections, *self._loose_section(loose, len(sections), title)]

    def _loose_section(self, questions: list[Any], number: int, title: dict[str, str]) -> list[Any]:
        if not questions:
            return []
        return [
            {"name": f"page_{number + 1}", "title": title, "loose": True, "questions": questions}
        ]

    def _group(self, path: str, element: ET.Element) -> dict[str, Any]:
        """What a section and a block have in common."""
        bind, control = self.form.binds.get(path, {}), self.form.controls.get(path, Control())
        name = plain_name(element.tag)
        is_known = path in self.form.repeats and name == KNOWN_REPEAT
        facts: list[Any] = []
        items: list[Any] = []
        for inner, child in self._children(path, element):
            if is_known and self._kind(plain_name(child.tag)) is QuestionType.HIDDEN:
                facts.append(_fact(plain_name(child.tag)))
            elif self._is_group(inner, child):
                items.append(self._block(inner, child))
            else:
                items += self._question(inner, plain_name(child.tag))
        repeat: str | bool | None = None
        if path in self.form.repeats:
            repeat = KNOWN_REPEAT if is_known else True
        return _kept(
            {
                "relevant": bind.get("relevant"),
                "repeat": repeat,
                "count": self.form.repeats.get(path),
                "facts": facts,
                "appearance": control.appearance,
            }
        ) | {"questions": items}

    def _block(self, path: str, element: ET.Element) -> dict[str, Any]:
        name, label = plain_name(element.tag), self._label(path)
        head = {"name": name, "block": True} | ({"label": label} if label else {})
        return head | self._group(path, element)

    def _children(self, path: str, element: ET.Element) -> Iterator[tuple[str, ET.Element]]:
        """The elements in one, with their paths; of a repeat its pattern, and nothing of the form's own."""
        for child in element:
            name = plain_name(child.tag)
            inner = f"{path}/{name}"
            if name == _META or (inner in self.form.repeats and not is_template(child)):
                continue
            yield inner, child

    def _is_group(self, path: str, element: ET.Element) -> bool:
        return len(element) > 0 or path in self.form.repeats

    # --- questions -----------------------------------------------------------------------

    def _kind(self, name: str) -> QuestionType | None:
        """What kind of question a row makes; None for what pyxform added of its own."""
        row = self.book.named(name)
        return TYPES.get(row.type[0]) if row and row.type else None

    def _question(self, path: str, name: str) -> list[dict[str, Any]]:
        row, bind = self.book.named(name), self.form.binds.get(path, {})
        if row is None:
            return [self._added(path, name, bind)]
        if row.type[0] in OPENING:
            return [{"name": name, "type": "hidden", "default": OPENING[row.type[0]]}]
        with _at(row):
            return [self._asked(row, path, bind)]

    def _asked(self, row: Row, path: str, bind: Mapping[str, str]) -> dict[str, Any]:
        """A question that a row asks."""
        name, control = row.name, self.form.controls.get(path, Control())
        kind = _exact(TYPES[row.type[0]], control)
        asked = {
            "name": name,
            "type": kind.value,
            "label": self._label(path),
            "hint": self._text(control.hint),
            "guidance": self._text(control.guidance),
            "relevant": bind.get("relevant"),
            "appearance": control.appearance,
            "media": self._media(control.label),
        }
        if kind is not QuestionType.NOTE:
            asked["calculation"] = bind.get("calculate")
            asked["default"] = self._default(path, row)
        if kind.is_asked:
            asked |= self._rules(name, bind)
        if kind is QuestionType.RANGE:
            asked["range"] = {"start": "1", "end": "10", "step": "1"} | dict(control.range)
        if kind.is_select:
            asked |= self._offered(row, control)
            if kind is QuestionType.RANK and asked["choice_filter"]:
                raise RefusedWorkbook([Finding("A ranking cannot have a choice_filter.")])
            self._refuse_unseen_pictures(row, kind, asked)
        return _kept(asked)

    def _added(self, path: str, name: str, bind: Mapping[str, str]) -> dict[str, Any]:
        """A question that pyxform made: the text of another answer, the number of rows."""
        if "calculate" in bind:
            return {"name": name, "type": "calculate", "calculation": bind["calculate"].strip()}
        other = {"id": "Sebutkan yang lain", "en": "Which other?"}
        return _kept(
            {"name": name, "type": "text", "label": other, "relevant": bind.get("relevant")}
        )

    def _rules(self, name: str, bind: Mapping[str, str]) -> dict[str, Any]:
        """What an answer has to be."""
        message = self._text(self.form.message(bind.get(f"{xform.JR}requiredMsg")))
        told = self._text(self.form.message(bind.get(f"{xform.JR}constraintMsg")))
        constraint = bind.get("constraint")
        unfit = {"id": "Jawaban ini tidak sesuai.", "en": "This answer does not fit."}
        return {
            "required": _condition(bind.get("required")),
            "required_message": message,
            "read_only": _condition(bind.get("readonly")),
            "constraint": {"expression": constraint.strip(), "message": told or unfit}
            if constraint
            else None,
            "warnings": self._warnings(name),
        }

    def _default(self, path: str, row: Row) -> str | None:
        computed = self.form.defaults.get(path)
        if computed:
            return computed
        given = row.get("default")
        return _literal(given) if given else None

    def _offered(self, row: Row, control: Control) -> dict[str, Any]:
        """The choices of a question: a list, which questions share, and its filter."""
        offer = control.offer
        if offer is None:
            raise RefusedWorkbook([_of(row, "The list of choices is missing.")])
        if offer.list not in self.lists:
            made = self._list(offer)
            if not made:
                raise RefusedWorkbook([_of(row, f"The list {offer.list!r} has no choices.")])
            self.lists[offer.list] = made
        return {"choices": offer.list, "choice_filter": offer.filter}

    def _list(self, offer: xform.Offer) -> list[dict[str, Any]]:
        items = self.form.lists.get(offer.list)
        if items is None:
            items = self._file_rows(offer.list)
        return [self._choice(item, offer) for item in items]

    def _choice(self, item: Mapping[str, str], offer: xform.Offer) -> dict[str, Any]:
        words = self.form.itext.get(item.get("itextId", ""))
        label = self._text(words) or _both(item.get(offer.label, "")) or _both(item[offer.value])
        if self._is_added(offer.list, item[offer.value]):
            label = {"id": "Lainnya", "en": "Other"}
        rest = {k: v for k, v in item.items() if k not in ("itextId", offer.value, "label")}
        return _kept(
            {
                "name": item[offer.value],
                "label": label,
                "attributes": rest,
                "media": self._media(words),
            }
        )

    def _is_added(self, listed: str, choice: str) -> bool:
        """Whether pyxform added a choice, for `or_other`, with an English label in every language."""
        written = self.book.rows.get(CHOICES, ())
        names = {row.name for row in written if row.get("list_name", "list name") == listed}
        return choice == "other" and bool(names) and choice not in names

    # --- tables, media, words ------------------------------------------------------------

    def _tables(self) -> Iterator[tuple[str, list[Mapping[str, str]]]]:
        """The look-up tables that expressions read: lists by their name, and files."""
        for name, items in self.form.lists.items():
            if name in self.lists and self._is_read(name):
                yield name, [self._as_row(item) for item in items]
        for name in self.form.files:
            if name not in (FACTS_GROUP, KNOWN_REPEAT):
                yield name, self._file_rows(name)

    def _is_read(self, name: str) -> bool:
        """Whether an expression looks into a list, apart from asking it."""
        expressions = (v for bind in self.form.binds.values() for v in bind.values())
        return any(f"instance('{name}')" in one for one in expressions)

    def _as_row(self, item: Mapping[str, str]) -> dict[str, str]:
        words = self.form.itext.get(item.get("itextId", ""))
        label = (self._text(words) or {}).get("id")
        row = {key: value for key, value in item.items() if key != "itextId"}
        return {**row, "label": label} if label is not None else row

    def _file_rows(self, name: str) -> list[Mapping[str, str]]:
        file = self.book.path.parent / self.form.files[name]
        if file.suffix != ".csv" or not file.is_file():
            text = f"The table {file.name} has to lie beside the workbook."
            reading = (row for row in self.book.survey() if name in " ".join(row.cells.values()))
            with _at(next(reading, None)):
                raise RefusedWorkbook([Finding(text)])
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return [
                {key: value or "" for key, value in row.items()} for row in csv.DictReader(lines)
            ]

    def _media(self, words: Words | None) -> dict[str, str]:
        """The pictures and sounds of a label; their files are taken along."""
        for name in (words.media if words else {}).values():
            file = self.book.path.parent / name
            if not file.is_file():
                raise RefusedWorkbook([Finding(f"The file {name} has to lie beside the workbook.")])
            self.media[name] = base64.b64encode(file.read_bytes()).decode()
        return dict(words.media) if words else {}

    def _refuse_unseen_pictures(
        self, row: Row, kind: QuestionType, asked: Mapping[str, Any]
    ) -> None:
        """Pictures of choices are seen where all choices are."""
        choices = self.lists[asked["choices"]]
        is_searched = len(choices) > MOST_SHOWN or SEARCHED.intersection(
            (asked["appearance"] or "").split()
        )
        is_unseen = kind is QuestionType.RANK or (kind.is_select and is_searched)
        if is_unseen and any(choice.get("media") for choice in choices):
            text = "Choices that are ranked, or found by searching, cannot have pictures."
            raise RefusedWorkbook([Finding(text)])

    def _refuse_heavy_media(self) -> None:
        size = sum(len(one) * 3 // 4 for one in self.media.values())
        if size > MOST_MEDIA:
            text = f"Pictures and sounds are {size // 1000} KB; at most {MOST_MEDIA // 1000} fit."
            raise RefusedWorkbook([Finding(text)])

    def _label(self, path: str) -> dict[str, Any] | None:
        control = self.form.controls.get(path)
        return self._text(control.label) if control else None

    def _text(self, words: Words | None) -> dict[str, Any] | None:
        """A text in both languages; one stands in for the other."""
        said = {code: text for code, text in (words.by_language if words else {}).items() if text}
        if words is None or not said:
            return None
        stand_in = said.get("") or said.get("id") or said.get("en") or ""
        texts = {code: said.get(code, stand_in) for code in _LANGUAGES}
        if not words.outputs:
            return texts
        return {code: _template(text) for code, text in texts.items()} | {
            "outputs": list(words.outputs)
        }

    def _warnings(self, name: str) -> list[dict[str, Any]]:
        """The soft checks of a question, from the sheet of their own."""
        found = [row for row in self.book.rows.get(WARNINGS, ()) if row.get("question") == name]
        return [
            {
                "name": row.name or f"warning_{number}",
                "expression": self._resolved(row),
                "message": self._row_text(row, "message"),
            }
            for number, row in enumerate(found, start=1)
        ]

    def _resolved(self, row: Row) -> str:
        """An expression with `${name}` replaced by the path, as pyxform does elsewhere."""

        def path(match: re.Match[str]) -> str:
            before, mark, name = match[1].rpartition("#")
            if name not in self._paths or before not in ("", "last-saved"):
                text = f"There is no question {match[1]!r}."
                raise RefusedWorkbook([Finding(text, WARNINGS, row.number, row.get("question"))])
            return f"instance('{LAST_SAVED}'){self._paths[name]}" if mark else self._paths[name]

        return _REFERENCE.sub(path, row.get("expression"))

    def _row_text(self, row: Row, column: str) -> dict[str, str]:
        said = {
            sheets.language_code(heading.partition("::")[2]) or "": text
            for heading, text in row.cells.items()
            if heading.partition("::")[0] == column
        }
        return self._text(Words(said)) or _both(row.get("expression")) or {}


def _all_paths(path: str, element: ET.Element) -> Iterator[tuple[str, str]]:
    for child in element:
        name = plain_name(child.tag)
        yield name, f"{path}/{name}"
        yield from _all_paths(f"{path}/{name}", child)


def _exact(kind: QuestionType, control: Control) -> QuestionType:
    """A type with what its appearance makes of it."""
    looks = frozenset(control.appearance.split())
    if kind is QuestionType.INTEGER and "rupiah" in looks:
        return QuestionType.RUPIAH
    if kind is QuestionType.IMAGE and looks & {"signature", "draw"}:
        return QuestionType.SIGNATURE
    return kind


def _condition(written: str | None) -> str | bool | None:
    if written is None or written.strip() == "false()":
        return None
    return True if written.strip() == "true()" else written.strip()


def _literal(given: str) -> str:
    """A text as an expression: XPath has no way to write both kinds of quotes in one."""
    if "'" not in given:
        return f"'{given}'"
    if '"' not in given:
        return f'"{given}"'
    parts = given.split("'")
    return "concat(" + ', "\'", '.join(f"'{part}'" for part in parts) + ")"


def _template(words: str) -> str:
    """Words with outputs as a format string."""
    return _OUTPUT.sub(r"{\1}", words.replace("{", "{{").replace("}", "}}"))


def _both(words: str) -> dict[str, str] | None:
    return dict.fromkeys(_LANGUAGES, words) if words else None


def _fact(name: str) -> dict[str, str]:
    return {"name": name, "type": "text"}


def _kept(given: Mapping[str, Any]) -> dict[str, Any]:
    """What is not empty."""
    return {
        key: _stripped(value) for key, value in given.items() if value not in (None, "", [], {})
    }


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


@contextmanager
def _at(row: Row | None) -> Iterator[None]:
    """Says of what is refused within, and has no place yet, that it is about this row."""
    try:
        yield
    except RefusedWorkbook as refused:
        if row is None:
            raise
        raise RefusedWorkbook(
            found if found.sheet else _of(row, found.text) for found in refused.findings
        ) from refused


def _of(row: Row, text: str) -> Finding:
    return Finding(text, SURVEY, row.number, row.name)
