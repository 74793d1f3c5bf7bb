"""What each row of a table is: a family, or one of the rows around families."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.imports.cells import cleaned, text_of
from desktop.imports.columns import Field
from desktop.imports.grids import Cell, Grid
from desktop.imports.headers import Header
from desktop.imports.rows import PASSED_OVER

_TOTAL = re.compile(r"((sub|grand)[ -]?)?(total|jumlah|jml)\b", re.IGNORECASE)
_IDENTIFYING = (Field.NATIONAL_ID, Field.FAMILY_CARD_NUMBER)
_FOOTER_CELLS = 2
_SHORTEST_NUMBERING = 3


class RowKind(StrEnum):
    """What a row below the header is."""

    FAMILY = "family"
    BLANK = "blank"
    TOTAL = "total"
    NUMBERING = "numbering"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the header.

    Attributes:
        number: as the spreadsheet program shows it.
        kind: what it is.
        cells: all its cells, by column.
        values: the cells of the recognised columns that say something, cleaned.
    """

    number: int
    kind: RowKind
    cells: Sequence[Cell]
    values: dict[Field, Cell]


def table_rows(grid: Grid, header: Header) -> Iterator[TableRow]:
    """Yield the rows below the header, each with what it is.

    Signatures stand below a table, after a total or an empty row; so a row with little in it is
    taken for a footer there, and for a family above.
    """
    is_behind = False
    for index in range(header.data_start, len(grid.rows)):
        cells = grid.rows[index]
        values: dict[Field, Cell] = {
            column.field: cell
            for column in header.columns
            if (cell := cleaned(cells[column.index])) is not None
        }
        kind = _kind(cells, values, header, is_behind=is_behind)
        is_behind = kind in {RowKind.BLANK, RowKind.TOTAL, RowKind.FOOTER}
        yield TableRow(index + 1, kind, cells, values)


def _kind(
    cells: Sequence[Cell], values: dict[Field, Cell], header: Header, *, is_behind: bool
) -> RowKind:
    if all(cell is None for cell in cells):
        return RowKind.BLANK
    if _is_numbering(cells):
        return RowKind.NUMBERING
    if header.repeats(cells):
        return RowKind.HEADER
    if _TOTAL.match(text_of(next(cell for cell in cells if cell is not None))):
        return RowKind.TOTAL
    if any(field in values for field in _IDENTIFYING):
        return RowKind.FAMILY
    return RowKind.FOOTER if _is_footer(values, header, is_behind=is_behind) else RowKind.FAMILY


def _is_footer(values: dict[Field, Cell], header: Header, *, is_behind: bool) -> bool:
    """Tell a signature, or the number of an empty line, from a family known by little."""
    said = values.keys() - PASSED_OVER
    could_say = {column.field for column in header.columns} - PASSED_OVER
    if not said:
        return True
    if Field.ROW_NUMBER in values and Field.HEAD_NAME in values:
        return False
    return len(said) <= (_FOOTER_CELLS if is_behind else 1) < len(could_say)


def _is_numbering(cells: Sequence[Cell]) -> bool:
    """Recognise 1, 2, 3 ... or (1), (2), (3) ... under the titles."""
    wanted = 0
    for cell in cells:
        if cell is not None:
            wanted += 1
            if text_of(cell).strip("() ") != str(wanted):
                return False
    return wanted >= _SHORTEST_NUMBERING
