"""Makes the workbooks and the compiled forms of the questionnaires that ship with the program.

    python -m resources.questionnaires.build

Each has a folder of CSV files, one a sheet: that is what is edited, and what a difference is seen in.
The workbook (XLSX) beside it is for the office, to begin its own from; the JSON is what laptops ask.
"""

import csv
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop.models.queries.questionnaires import earlier_name
from desktop.models.questionnaires.form import load
from server.questionnaires.compiler import compile_workbook
from server.questionnaires.findings import CHOICES, SETTINGS, SURVEY, WARNINGS

FOLDER = Path(__file__).parent
_MADE_AT = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Always the same, so that the same sheets make the same file."""
_WIDEST = 60


def names() -> list[str]:
    """The questionnaires that ship."""
    return sorted(path.name for path in FOLDER.iterdir() if (path / f"{SURVEY}.csv").is_file())


def write_workbook(source: Path, target: Path) -> None:
    """Makes a workbook of a folder's sheets."""
    import xlsxwriter  # noqa: PLC0415 as heavy as everything else here

    with xlsxwriter.Workbook(target) as book:
        book.set_properties({"created": _MADE_AT})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        for name in (SURVEY, CHOICES, WARNINGS, SETTINGS):
            with (source / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 2)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell, wrapped if number else bold)
            for column in range(len(rows[0])):
                widest = max(len(row[column]) for row in rows)
                sheet.set_column(column, column, min(max(widest, 8), _WIDEST))


def keep_earlier(path: Path, number: int) -> None:
    """Keeps the version that shipped so far beside the new one: visits begun with it go on with it."""
    if path.is_file() and (shipped := load(path).version) != number:
        path.rename(path.with_name(f"{earlier_name(path.stem, shipped)}.json"))


def main() -> None:
    """Makes all of them anew."""
    for name in names():
        workbook = FOLDER / f"{name}.xlsx"
        write_workbook(FOLDER / name, workbook)
        compiled = compile_workbook(workbook)
        target = FOLDER / f"{name}.json"
        keep_earlier(target, compiled.form.version)
        target.write_text(f"{compiled.text}\n", encoding="utf-8")
        for note in compiled.notes:
            sys.stderr.write(f"{note}\n")


if __name__ == "__main__":
    main()
