"""What was recorded by a questionnaire, as tables for other programs: CSV, XLSX and GeoJSON.

Columns have the names of the workbook, or its words. A table has a line a visit; each repeat is a table of
its own, whose lines name their visit. Answers of all versions stand in one table: a question that
another version did not ask is empty there.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.models.questionnaires.form import Question, Questionnaire, QuestionType
from server.queries.recorded import RecordedRow, RecordedVisit

VISITS = "visits"
"""The name of the table of visits."""

_OF_VISIT = (
    "visit_id",
    "scope",
    "household_id",
    "facilitator_id",
    "visited_on",
    "outcome",
    "version",
)
_OF_ROW = ("visit_id", "number", "subject")


@dataclass(frozen=True)
class Style:
    """How answers are written.

    Attributes:
        language: `id` or `en` for words in place of names and codes; None for these themselves.
        split: a column a choice, 1 or 0, where several can be chosen.
    """

    language: str | None = None
    split: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table: its name, its headings, and its lines."""

    name: str
    headings: Sequence[str]
    lines: Sequence[Sequence[Any]]


def sheets(
    forms: Sequence[Questionnaire],
    visits: Iterable[RecordedVisit],
    rows: Iterable[RecordedRow],
    style: Style,
) -> list[Sheet]:
    """The tables of what was recorded; `forms` are the versions that were asked, the newest first."""
    questions = _by_repeat(forms)
    columns = {repeat: list(_columns(asked, style)) for repeat, asked in questions.items()}
    found = [
        Sheet(
            VISITS,
            (*_OF_VISIT, *(column.heading for column in columns[None])),
            [(*_facts(visit), *_values(columns[None], visit.answers)) for visit in visits],
        )
    ]
    by_repeat: dict[str, list[RecordedRow]] = {}
    for row in rows:
        by_repeat.setdefault(row.repeat, []).append(row)
    for repeat, filled in by_repeat.items():
        asked = columns.get(repeat, [])
        lines = [
            (str(row.visit_id), row.number, _text(row.subject), *_values(asked, row.answers))
            for row in filled
        ]
        found.append(Sheet(repeat, (*_OF_ROW, *(column.heading for column in asked)), lines))
    return found


def write_csv(folder: Path, made: Iterable[Sheet]) -> list[Path]:
    """Writes a file a table into a folder; with a mark by which spreadsheets know UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for sheet in made:
        path = folder / f"{sheet.name}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(sheet.headings)
            writer.writerows(map(_guarded, line) for line in sheet.lines)
        written.append(path)
    return written


def write_xlsx(path: Path, made: Iterable[Sheet]) -> None:
    """Writes one workbook with a sheet a table; texts stay texts, whatever they look like."""
    import xlsxwriter  # noqa: PLC0415 only exports need it

    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True})
        for sheet in made:
            page = book.add_worksheet(sheet.name[:31])
            page.freeze_panes(1, 0)
            page.write_row(0, 0, sheet.headings, bold)
            for number, line in enumerate(sheet.lines, start=1):
                page.write_row(number, 0, line)


def write_geojson(path: Path, forms: Sequence[Questionnaire], made: Sheet) -> None:
    """Writes the visits as points, where one was asked for: the first point that was answered."""
    points = [
        name
        for form in forms
        for name, question in form.questions.items()
        if question.type is QuestionType.GEOPOINT
    ]
    features = []
    for line in made.lines:
        properties = dict(zip(made.headings, line, strict=True))
        answered = (properties.get(name) for name in points)
        features.append(
            {
                "type": "Feature",
                "geometry": _geometry(next(filter(None, answered), None)),
                "properties": properties,
            }
        )
    content = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


@dataclass(frozen=True)
class _Column:
    """A column: its heading, its question, and the choice that it is about if it is about one."""

    heading: str
    question: Question
    choice: str | None
    language: str | None

    def value(self, answers: Mapping[str, Any]) -> Any:
        answer = answers.get(self.question.name)
        if answer is None:
            return ""
        if self.choice is not None:
            return int(self.choice in answer)
        codes = answer if isinstance(answer, list) else [answer]
        if self.language is not None and self.question.type.is_select:
            labels = {
                one.name: one.label.in_language(self.language) for one in self.question.choices
            }
            return ", ".join(labels.get(str(code), str(code)) for code in codes)
        return " ".join(map(str, codes)) if isinstance(answer, list) else answer


def _by_repeat(forms: Sequence[Questionnaire]) -> dict[str | None, list[Question]]:
    """The questions of all versions that have answers, by the repeat that they stand in."""
    found: dict[str | None, dict[str, Question]] = {None: {}}
    for form in forms:
        for question in form.questions.values():
            if question.type is not QuestionType.NOTE:
                of_repeat = found.setdefault(form.repeat_of(question.name), {})
                newer = of_repeat.get(question.name, question)
                of_repeat[question.name] = _with_choices_of(newer, question)
    return {repeat: list(questions.values()) for repeat, questions in found.items()}


def _with_choices_of(newer: Question, older: Question) -> Question:
    """A question with the choices, too, that an earlier version offered."""
    names = {choice.name for choice in newer.choices}
    gone = [choice for choice in older.choices if choice.name not in names]
    return replace(newer, choices=(*newer.choices, *gone)) if gone else newer


def _columns(questions: Iterable[Question], style: Style) -> Iterator[_Column]:
    for question in questions:
        words = question.label.in_language(style.language) if style.language else ""
        heading = words or question.name
        is_split = style.split and question.type is QuestionType.SELECT_MULTIPLE
        if not is_split:
            yield _Column(heading, question, None, style.language)
            continue
        for choice in question.choices:
            label = choice.label.in_language(style.language) if style.language else choice.name
            yield _Column(f"{heading}/{label}", question, choice.name, style.language)


def _facts(visit: RecordedVisit) -> tuple[Any, ...]:
    ids = (str(visit.id), visit.scope, str(visit.household_id), str(visit.facilitator_id))
    return (*ids, visit.visited_on, visit.outcome, visit.version)


def _values(columns: Iterable[_Column], answers: Mapping[str, Any]) -> list[Any]:
    return [column.value(answers) for column in columns]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _guarded(value: Any) -> Any:
    """A text that a spreadsheet would take for a formula is marked as a text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "@", "\t") else value


def _geometry(point: Any) -> dict[str, Any] | None:
    if point is None:
        return None
    latitude, longitude, *_ = (float(part) for part in str(point).split())
    return {"type": "Point", "coordinates": [longitude, latitude]}
