"""An XLSForm workbook as its rows, each with the number that the spreadsheet gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

from server.questionnaires.findings import CHOICES, SETTINGS, SURVEY, WARNINGS, Finding
from server.questionnaires.findings import RefusedWorkbook as Refused
from server.questionnaires.vocabulary import SHEETS_REFUSED


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, and the cells that are not empty, by their column's heading."""

    number: int
    cells: Mapping[str, str]

    def get(self, *headings: str) -> str:
        """The first cell that is there under one of these headings; empty without one."""
        return next((self.cells[one] for one in headings if one in self.cells), "")

    @property
    def type(self) -> Sequence[str]:
        """The words of its type: `select_one`, `yes_no`."""
        words = self.get("type").replace("begin ", "begin_").replace("end ", "end_")
        return words.replace("select one", "select_one").split()

    @property
    def name(self) -> str:
        """What it is called."""
        return self.get("name", "value")


@dataclass(frozen=True)
class Workbook:
    """The sheets that matter, row by row, and the headings of each."""

    path: Path
    rows: Mapping[str, Sequence[Row]]
    headings: Mapping[str, Sequence[str]]
    passed_over: Sequence[str] = ()
    """Sheets that XLSForm knows, and this program does not."""
    _by_name: dict[str, Row] = field(default_factory=dict)

    def survey(self) -> Sequence[Row]:
        """Questions, groups and repeats, with the rows that end these."""
        return self.rows.get(SURVEY, ())

    def named(self, name: str) -> Row | None:
        """The row of the survey with a name; None if there is none."""
        if not self._by_name:
            self._by_name.update({row.name: row for row in self.survey() if row.name})
        return self._by_name.get(name)

    def settings(self) -> Row:
        """The one row of settings; an empty one if there is none."""
        return next(iter(self.rows.get(SETTINGS, ())), Row(0, {}))


def read(path: Path) -> Workbook:
    """Reads a workbook.

    Raises:
        RefusedWorkbook: it is no XLSX file, or has no sheet `survey`.
        OSError: it cannot be read.
    """
    import openpyxl  # noqa: PLC0415 only who writes questionnaires needs it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 (see above)

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, InvalidFileException) as e:
        raise Refused([Finding("This is no Excel workbook (.xlsx).")]) from e
    sheets = {name.strip().lower(): book[name] for name in book.sheetnames}
    if SURVEY not in sheets:
        raise Refused([Finding("The sheet is missing; without it nothing is asked.", SURVEY)])
    rows: dict[str, list[Row]] = {}
    headings: dict[str, list[str]] = {}
    for name in (SURVEY, CHOICES, SETTINGS, WARNINGS):
        if name in sheets:
            lines = sheets[name].iter_rows(values_only=True)
            headings[name] = [_heading(cell) for cell in next(lines, ())]
            rows[name] = list(_rows(headings[name], lines))
    book.close()
    return Workbook(path, rows, headings, [name for name in sheets if name in SHEETS_REFUSED])


def _rows(headings: Sequence[str], lines: Iterator[Sequence[object]]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=2):
        cells = {
            heading: text
            for heading, value in zip(headings, line, strict=False)
            if heading and (text := _text(value))
        }
        if cells:
            yield Row(number, cells)


def _heading(cell: object) -> str:
    """A column's heading: `label::English (en)`, whatever the spaces around the colons."""
    kind, colons, language = _text(cell).partition("::")
    if not colons:
        kind, colons, language = kind.partition(":")
    kind = kind.strip().lower().replace(" ", "_")
    return f"{kind}::{language.strip()}" if colons else kind


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value).strip()
