"""What can be said of a workbook's sheets before they are compiled: what is not supported, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from desktop.models.questionnaires.form import FACTS_GROUP, KNOWN_REPEAT, QuestionType
from server.questionnaires.findings import CHOICES, SETTINGS, SURVEY, WARNINGS, Finding
from server.questionnaires.vocabulary import (
    ALWAYS_KEPT,
    APPEARANCES,
    APPEARANCES_ELSEWHERE,
    CHOICES_COLUMNS,
    CHOICES_REFUSED,
    OPENING,
    PARAMETERS,
    PARAMETERS_ELSEWHERE,
    SETTINGS_COLUMNS,
    STRUCTURE,
    SURVEY_COLUMNS,
    TRANSLATED,
    TYPES,
    WARNINGS_COLUMNS,
)
from server.questionnaires.workbook import Row, Workbook

_LIST_COLUMNS = frozenset({"list_name", "name", "value"})
_KNOWN: Mapping[str, frozenset[str]] = {
    FACTS_GROUP: frozenset({"member_count", "village_kind", "village", "hamlet", "purpose"})
    | {"last_visit_on", "factors_asked", "business_count"}
    | {"grant_state", "grant_amount", "grant_disbursed_on", "receipts_owed"},
    KNOWN_REPEAT: frozenset({"name", "sex", "birth_date", "age", "relation"}),
}
"""What is known of a family, and of each member: names of hidden rows in the group or repeat."""

_CODES = {"id", "en"}

PHOTO_CONSENT = "photo_consent"
"""The question by which a family lets itself be photographed."""


def check(book: Workbook) -> list[Finding]:
    """All that is not supported, or odd, in the order of the sheets."""
    return [
        *(Finding("The sheet is not supported.", name) for name in book.passed_over),
        *_headings(book, SURVEY, SURVEY_COLUMNS),
        *_headings(book, SETTINGS, SETTINGS_COLUMNS),
        *_headings(book, WARNINGS, WARNINGS_COLUMNS),
        *_settings(book.settings()),
        *_languages(book),
        *(found for row in book.survey() for found in _row(row)),
        *_names(book.survey()),
        *_known(book.survey()),
        *_choices(book),
        *_warnings(book),
        *_photos(book.survey()),
    ]


def language_code(name: str) -> str | None:
    """`Bahasa Indonesia (id)` -> `id`, `English` -> `en`; None for another language."""
    inside = name.rpartition("(")[2].rstrip(") ").lower()
    if inside in _CODES:
        return inside
    plain = name.partition("(")[0].strip().lower()
    known = {"indonesia": "id", "bahasa indonesia": "id", "indonesian": "id", "english": "en"}
    return known.get(plain)


def _headings(book: Workbook, sheet: str, known: frozenset[str]) -> Iterator[Finding]:
    for heading in filter(None, book.headings.get(sheet, ())):
        kind, _, language = heading.rpartition("::") if heading not in known else (heading, "", "")
        if (kind or heading) not in known or (language and kind not in TRANSLATED):
            yield Finding(f"The column {heading!r} is not supported.", sheet, 1)


def _settings(row: Row) -> Iterator[Finding]:
    if not row.get("form_id", "id_string"):
        yield Finding("form_id is missing: the name by which the questionnaire is known.", SETTINGS)
    version = row.get("version")
    if not version.isdigit() or int(version) < 1:
        yield Finding("version has to be a whole number: 1, and one more each time.", SETTINGS)
    if row.get("style"):
        yield Finding("style changes nothing here.", SETTINGS, row.number, stops=False)


def _languages(book: Workbook) -> Iterator[Finding]:
    named = {h.rpartition("::")[2] for s in book.headings for h in book.headings[s] if "::" in h}
    languages = {one for one in named if one not in ("image", "audio")}
    for one in sorted(languages):
        if language_code(one) is None:
            yield Finding(
                f"The language {one!r} is shown by no screen: use Indonesian and English."
            )
    missing = _CODES - {language_code(one) for one in languages}
    if languages and missing:
        which = {"id": "Bahasa Indonesia (id)", "en": "English (en)"}[missing.pop()]
        yield Finding(f"Nothing is said in {which}; the other language stands in.", stops=False)


def _row(row: Row) -> Iterator[Finding]:
    words = row.type
    if not words:
        if row.name:
            yield Finding("The type is missing.", SURVEY, row.number, row.name)
        return
    kind = words[0]
    if kind in ALWAYS_KEPT:
        yield _of(
            row, f"{kind!r} is not supported: leave the row out. Who, when and how is always kept."
        )
    elif kind not in TYPES and kind not in STRUCTURE and kind not in OPENING:
        yield _of(row, f"The type {kind!r} is not supported.")
    yield from _looks(row, kind)


def _looks(row: Row, kind: str) -> Iterator[Finding]:
    for one in row.get("appearance").split():
        if one in APPEARANCES_ELSEWHERE:
            yield _of(row, f"The appearance {one!r} changes nothing here.", stops=False)
        elif one not in APPEARANCES:
            yield _of(row, f"The appearance {one!r} is not supported.")
    given = (
        part.partition("=")[0].strip() for part in row.get("parameters").replace(",", " ").split()
    )
    allowed = PARAMETERS.get(TYPES[kind], frozenset()) if kind in TYPES else frozenset()
    for one in given:
        if one in PARAMETERS_ELSEWHERE and kind in TYPES:
            yield _of(row, f"The parameter {one!r} changes nothing here.", stops=False)
        elif one not in allowed:
            yield _of(row, f"The parameter {one!r} is not supported.")


def _names(rows: Iterable[Row]) -> Iterator[Finding]:
    """Answers are kept by the name of their question alone, so each name is used once."""
    named = [row for row in rows if row.name and not row.get("type").startswith("end")]
    times = Counter(row.name for row in named)
    for row in named:
        if times[row.name] > 1:
            yield _of(row, "Another row has this name, too: every name is used once.")


def _known(rows: Iterable[Row]) -> Iterator[Finding]:
    """In the group `household` and the repeat `members`, hidden rows are what is known already."""
    inside = ""
    for row in rows:
        kind = next(iter(row.type), "")
        if kind in ("begin_group", "begin_repeat"):
            inside = row.name
        elif kind.startswith("end_"):
            inside = ""
        elif inside in _KNOWN and kind == "hidden" and row.name not in _KNOWN[inside]:
            names = ", ".join(sorted(_KNOWN[inside]))
            yield _of(row, f"This is not known of {inside}. Known are: {names}.")
        elif inside == FACTS_GROUP and kind != "hidden":
            yield _of(row, f"The group {FACTS_GROUP!r} holds hidden rows only: what is known.")


def _choices(book: Workbook) -> Iterator[Finding]:
    attributes = {
        heading
        for heading in filter(None, book.headings.get(CHOICES, ()))
        if heading not in _LIST_COLUMNS | CHOICES_COLUMNS
    }
    for heading in sorted(attributes):
        kind, colons, _ = heading.rpartition("::")
        is_medium = heading in CHOICES_REFUSED or kind in CHOICES_REFUSED | {"media"}
        if is_medium or (colons and kind not in TRANSLATED):
            yield Finding(f"The column {heading!r} is not supported.", CHOICES, 1)
    for row in book.rows.get(CHOICES, ()):
        if row.get("list_name") and not row.name:
            yield Finding("The name of the choice is missing.", CHOICES, row.number)
        if "${" in row.get("label") or any("${" in text for text in row.cells.values()):
            yield Finding("A choice cannot say an answer (${...}).", CHOICES, row.number, row.name)


def _warnings(book: Workbook) -> Iterator[Finding]:
    """A warning says its question by name, and only what a person answers can be doubted."""
    for row in book.rows.get(WARNINGS, ()):
        name = row.get("question")
        asked = book.named(name)
        if asked is None:
            text = f"There is no question {name!r}."
            yield Finding(text, WARNINGS, row.number, name)
        elif not asked.type or asked.type[0] not in TYPES or not TYPES[asked.type[0]].is_asked:
            yield Finding(f"{name!r} is not answered by anybody.", WARNINGS, row.number, name)


def _photos(rows: Iterable[Row]) -> Iterator[Finding]:
    """A family is asked before it is photographed."""
    for row in rows:
        if row.name == PHOTO_CONSENT:
            return
        if row.type and TYPES.get(row.type[0]) is QuestionType.IMAGE:
            text = (
                f"Nobody is asked first: put a question {PHOTO_CONSENT!r} before the first photo."
            )
            yield _of(row, text, stops=False)
            return


def _of(row: Row, text: str, *, stops: bool = True) -> Finding:
    return Finding(text, SURVEY, row.number, row.name, stops)
