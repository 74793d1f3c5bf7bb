"""Writing rejected rows as a list of their own: corrected, it can be imported again.

Each sheet keeps its title rows, its header and all its columns, so that it is understood the way
the original was; the reasons stand in a last column that reading passes over. All cells are text:
a number cell would damage the long numbers again.
"""

from __future__ import annotations

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

    workbook = Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bold = workbook.add_format({"num_format": "@", "bold": True, "text_wrap": True, "border": 1})
    for layout in plan.layouts:
        rows = [row for row in plan.rejected if row.sheet == layout.name]
        if rows:
            _write_sheet(workbook, layout, rows, describe, text, bold)
    try:
        workbook.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _write_sheet(
    workbook: Workbook,
    layout: SheetLayout,
    rows: Sequence[Rejected],
    describe: Callable[[Finding], str],
    text: Format,
    bold: Format,
) -> None:
    sheet = workbook.add_worksheet(layout.name)
    reason_column = _reason_column(layout)
    sheet.set_column(0, reason_column - 1, _COLUMN_WIDTH, text)
    sheet.set_column(reason_column, reason_column, _REASON_WIDTH, text)
    for number, titles in enumerate(layout.title_rows):
        sheet.write_string(number, 0, " ".join(titles))
    header_start = len(layout.title_rows)
    for number, line in enumerate(layout.header_lines, start=header_start):
        _write_texts(sheet, number, line, bold)
    data_start = header_start + len(layout.header_lines)
    sheet.write_string(data_start - 1, reason_column, REJECTION_TITLE, bold)
    sheet.freeze_panes(data_start, 0)
    for number, row in enumerate(rows, start=data_start):
        cells = [correctable_text(cell) for cell in row.cells[:reason_column]]
        _write_texts(sheet, number, cells, text)
        sheet.write_string(
            number, reason_column, _REASON_SEPARATOR.join(map(describe, row.reasons)), text
        )


def _write_texts(sheet: Worksheet, row: int, texts: Sequence[str], style: Format) -> None:
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(row, column, text, style)


def _reason_column(layout: SheetLayout) -> int:
    """Behind the last column, or where the reasons of an earlier round stand."""
    earlier = (column.index for column in layout.columns if column.field is Field.REJECTION)
    return next(earlier, len(layout.header_lines[0]))
