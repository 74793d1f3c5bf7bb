"""A sheet as rows of cells, the same whether it came from a workbook or from delimited text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

Cell = str | int | float | bool | date | time | timedelta | None
"""A value as the file holds it; None for an empty cell. Times of day never carry data here."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A rectangle shown as one cell; both ends are included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet.

    Attributes:
        name: the sheet's name, or the file's for delimited text.
        rows: cells from the sheet's first row and column on, so ``rows[i]`` is the row that the
            spreadsheet program shows as number ``i + 1``.
        merges: the merged rectangles; only their top left cell holds the value.
    """

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...] = ()

    def is_blank(self, index: int) -> bool:
        """Whether a row holds nothing at all."""
        return all(cell is None for cell in self.rows[index])


def value_of(rows: list[list[Cell]], merge: Merge) -> Cell:
    """Return what a merged rectangle shows; it may lie beyond all cells that hold anything."""
    inside = merge.top < len(rows) and merge.left < len(rows[merge.top])
    return rows[merge.top][merge.left] if inside else None


def spread_down(rows: list[list[Cell]], merges: Iterable[Merge]) -> None:
    """Repeat a value merged over several rows in each of them, in place.

    A village named once beside twenty families belongs to all twenty. A row holding nothing of its
    own stays empty: it is the second line of a tall row. Values are not repeated to the right:
    there they are titles, and those are spread by the header.
    """
    for merge in merges:
        value = value_of(rows, merge)
        if value is None:
            continue
        for row in rows[merge.top + 1 : merge.bottom + 1]:
            if row[merge.left] is None and any(cell is not None for cell in row):
                row[merge.left] = value
