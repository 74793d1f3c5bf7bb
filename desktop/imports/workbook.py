"""Reading XLSX, XLS and ODS files, and what the plain reading of cells leaves out.

Hidden sheets hold the choices of drop-down lists and are passed over. A value merged over several
rows is repeated in each. Error values and formulas never computed come as empty cells.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.imports.containers import LIMITS, Kind, Limits, kind_of
from desktop.imports.delimited import read_delimited
from desktop.imports.failures import FailureCode, ImportFailure
from desktop.imports.grids import Cell, Grid, Merge, spread_down

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


def read_grids(path: Path, limits: Limits = LIMITS) -> list[Grid]:
    """Read every visible sheet that holds anything.

    Raises:
        ImportFailure: the file is no spreadsheet, protected, too large, or empty.
    """
    kind = kind_of(path, limits)
    grids = [read_delimited(path)] if kind is Kind.DELIMITED else _read_workbook(path)
    grids = [grid for grid in grids if not all(map(grid.is_blank, range(len(grid.rows))))]
    if not grids:
        raise ImportFailure(FailureCode.EMPTY)
    rows = sum(len(grid.rows) for grid in grids)
    if rows > limits.rows:
        raise ImportFailure(FailureCode.TOO_MANY_ROWS, {"limit": limits.rows, "found": rows})
    return grids


def _read_workbook(path: Path) -> list[Grid]:
    from python_calamine import (  # noqa: PLC0415 - loaded when the first list is opened
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        with CalamineWorkbook.from_path(path) as workbook:
            return [
                _grid(workbook.get_sheet_by_name(sheet.name))
                for sheet in workbook.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible
                and sheet.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise ImportFailure(FailureCode.PROTECTED) from error
    except CalamineError as error:
        raise ImportFailure(FailureCode.NOT_A_SPREADSHEET) from error


def _grid(sheet: CalamineSheet) -> Grid:
    rows = [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
    merges = tuple(
        Merge(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    spread_down(rows, merges)
    return Grid(sheet.name, rows, merges)


def _cell(value: object) -> Cell:
    """Drop empty texts, the clock of dates, and the fraction of whole numbers."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value  # type: ignore[return-value]  # the reader knows no further types
