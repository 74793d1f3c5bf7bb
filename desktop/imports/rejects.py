"""Writing rejected rows as a list of their own: corrected, it can be imported again.

Each sheet keeps its title rows, its header and all its columns, so that it is understood the way
the original was; the reasons stand in a last column that reading passes over. All cells are text:
a number cell would damage the long numbers again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.imports.cells import correctable_text
from desktop.imports.columns import REJECTION_TITLE, Field
from desktop.imports.plan import ImportPlan, Rejected, SheetLayout
from desktop.models.rules.findings import Finding

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_COLUMN_WIDTH = 20
_REASON_WIDTH = 60
_REASON_SEPARATOR = "; "
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31


def write_rejected(path: Path, plan: ImportPlan, describe: Callable[[Finding], str]) -> None:
    """Write the rejected rows of a plan.

    Args:
        path: the XLSX file to write.
        plan: what reading the list gave.
        describe: words a reason in the language of the person who corrects.

    Raises:
        OSError: the file cannot be written.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - loaded when the first file is written
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    workbook = Workbook(path)
    writer = _Writer(workbook, describe)
    for layout in plan.layouts:
        rows = [row for row in plan.rejected if row.sheet == layout.name]
        if rows:
            writer.write_sheet(layout, rows)
    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


class _Writer:
    """Writes the sheets of one file."""

    def __init__(self, workbook: Workbook, describe: Callable[[Finding], str]) -> None:
        self._workbook = workbook
        self._describe = describe
        as_text = {"num_format": "@", "text_wrap": True, "valign": "top"}
        self._text = workbook.add_format(as_text)
        self._title = workbook.add_format({**as_text, "bold": True, "border": 1})

    def write_sheet(self, layout: SheetLayout, rows: Sequence[Rejected]) -> None:
        sheet = self._workbook.add_worksheet(self._sheet_name(layout.name))
        reasons = _reason_column(layout)
        sheet.set_column(0, reasons - 1, _COLUMN_WIDTH, self._text)
        sheet.set_column(reasons, reasons, _REASON_WIDTH, self._text)
        header_start = len(layout.title_rows)
        start = header_start + len(layout.header_lines)
        for number, titles in enumerate(layout.title_rows):
            sheet.write_string(number, 0, " ".join(titles))
        for number, line in enumerate(layout.header_lines, start=header_start):
            self._write_texts(sheet, number, line[:reasons], self._title)
        sheet.write_string(start - 1, reasons, REJECTION_TITLE, self._title)
        sheet.freeze_panes(start, 0)
        for number, row in enumerate(rows, start=start):
            cells = [correctable_text(cell) for cell in row.cells[:reasons]]
            why = _REASON_SEPARATOR.join(map(self._describe, row.reasons))
            self._write_texts(sheet, number, [*cells, why], self._text)

    def _sheet_name(self, name: str) -> str | None:
        """Make a name the format allows; None, for one of its own, if it is taken."""
        allowed = _NOT_IN_SHEET_NAME.sub(" ", name)[:_LONGEST_SHEET_NAME].strip("' ")
        taken = {sheet.get_name().casefold() for sheet in self._workbook.worksheets()}
        return None if allowed.casefold() in taken else allowed or None

    @staticmethod
    def _write_texts(sheet: Worksheet, row: int, texts: Sequence[str], style: Format) -> None:
        for column, text in enumerate(texts):
            if text:
                sheet.write_string(row, column, text, style)


def _reason_column(layout: SheetLayout) -> int:
    """Behind the last column, or where the reasons of an earlier round stand."""
    earlier = (column.index for column in layout.columns if column.field is Field.REJECTION)
    return next(earlier, len(layout.header_lines[0]))
