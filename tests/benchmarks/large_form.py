"""A questionnaire as large as the office may write: 500 questions, 300 expressions, a repeat of 20 members."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import openpyxl

SECTION: Final = 40
"""Questions in a section."""

ASKED_OF_MEMBERS: Final = 18
TOTALS: Final = 60
"""Calculations over all members, of a form that is large enough."""

_HEAD = (
    *(
        "type",
        "name",
        "label::Bahasa Indonesia (id)",
        "label::English (en)",
        "relevant",
        "required",
    ),
    *("constraint", "calculation", "appearance"),
)
_TYPES = ("integer", "select_one ya", "text", "date", "integer")
"""One after the other."""


def write_workbook(path: Path, name: str, questions: int) -> None:
    """Writes the workbook of a form with so many questions."""
    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    survey.append(_HEAD)
    for row in _survey(questions):
        survey.append([row.get(heading, "") for heading in _HEAD])
    choices = book.create_sheet("choices")
    for line in (
        ("list_name", "name", *_HEAD[2:4]),
        ("ya", "yes", "Ya", "Yes"),
        ("ya", "no", "Tidak", "No"),
    ):
        choices.append(line)
    settings = book.create_sheet("settings")
    settings.append(("form_id", "form_title", "version"))
    settings.append((name, name, "1"))
    book.save(path)


def _survey(questions: int) -> Iterator[dict[str, str]]:
    totals = min(TOTALS, questions // 8)
    alone = questions - ASKED_OF_MEMBERS - totals
    for number in range(alone):
        if number % SECTION == 0:
            yield _row("begin_group", f"bagian_{number // SECTION}", "Bagian")
        yield _question(number)
        if number % SECTION == SECTION - 1 or number == alone - 1:
            yield {"type": "end_group"}
    yield _row("begin_repeat", "members", "Anggota")
    for number in range(ASKED_OF_MEMBERS):
        relevant = f"${{m{number - 1}}} != 99" if number else ""
        yield _row("integer", f"m{number}", f"Anggota, pertanyaan {number}", relevant=relevant)
    yield {"type": "end_repeat"}
    for number in range(totals):
        sum_of_all = f"sum(${{m{number % ASKED_OF_MEMBERS}}}) + coalesce(${{q{5 * number}}}, 0)"
        yield _row("calculate", f"jumlah_{number}", "", calculation=sum_of_all)


def _question(number: int) -> dict[str, str]:
    rules: dict[str, str] = {}
    before = f"${{q{number - 5}}}"
    if number % 5 == 0 and number >= 5:
        rules = {
            "relevant": f"{before} = '' or {before} < 1000",
            "constraint": ". >= 0 and . < 1000000",
        }
    elif number % 5 == 4:
        rules = {"required": f"${{q{number - 4}}} > 5", "appearance": "rupiah"}
    label = f"Pertanyaan nomor {number} tentang keadaan keluarga"
    return _row(_TYPES[number % 5], f"q{number}", label, **rules)


def _row(kind: str, name: str, label: str, **more: str) -> dict[str, str]:
    words = dict.fromkeys(_HEAD[2:4], label)
    return {"type": kind, "name": name, **words, **more}
