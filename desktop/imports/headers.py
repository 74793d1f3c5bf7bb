"""Finding the header of a sheet: under title rows, in one to three lines, above 1, 2, 3...

The lines that name the most columns are the header; of those that name equally many, the fewest
and uppermost lines. So neither a title above nor a row of data below is taken into it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.imports.columns import Field, recognise
from desktop.imports.grids import Cell, Grid, value_of

_SEARCHED_ROWS = 40
_DEEPEST = 3
_FEWEST_COLUMNS = 2
_NAMING = frozenset({Field.HEAD_NAME, Field.NATIONAL_ID})
"""One of these must be there: without them, rows of a sheet are not families."""


@dataclass(frozen=True, slots=True)
class RecognisedColumn:
    """A column whose meaning was recognised.

    Attributes:
        title: its title as written, the lines of the header joined.
        field: what it holds.
        index: its place in the sheet, counted from 0.
    """

    title: str
    field: Field
    index: int


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's table begins and what its columns mean.

    Attributes:
        first: index of the first line of the header; above it are title rows.
        lines: the header's lines, titles merged over several columns repeated in each.
        titles: one unique title for each column that has one, by index.
        columns: the recognised columns.
        capitals: the texts of each column's lines in capitals.
    """

    first: int
    lines: tuple[tuple[str, ...], ...]
    titles: dict[int, str]
    columns: tuple[RecognisedColumn, ...]
    capitals: tuple[frozenset[str], ...]

    @property
    def data_start(self) -> int:
        """Index of the first row below the header."""
        return self.first + len(self.lines)

    @property
    def unknown_titles(self) -> tuple[str, ...]:
        """Titles of columns that nothing is taken from; they are kept in the raw row."""
        known = {column.index for column in self.columns}
        return tuple(title for index, title in self.titles.items() if index not in known)

    def repeats(self, row: Sequence[Cell]) -> bool:
        """Whether a row shows titles where names or numbers belong, as on each printed page."""
        return any(
            isinstance(cell := row[column.index], str)
            and " ".join(cell.upper().split()) in self.capitals[column.index]
            for column in self.columns
            if column.field in _NAMING
        )


def find_header(grid: Grid) -> Header | None:
    """Find the header of a sheet, or None if nothing in it looks like one."""
    best: Header | None = None
    for first in range(min(len(grid.rows), _SEARCHED_ROWS)):
        for depth in range(1, min(_DEEPEST, len(grid.rows) - first) + 1):
            header = _read_header(grid, first, depth)
            if (
                best is None
                or len(header.columns) > len(best.columns)
                or (len(header.columns) == len(best.columns) and depth < len(best.lines))
            ):
                best = header
    return best if best and _is_enough(best) else None


def _is_enough(header: Header) -> bool:
    fields = {column.field for column in header.columns}
    return len(fields) >= _FEWEST_COLUMNS and not fields.isdisjoint(_NAMING)


def _read_header(grid: Grid, first: int, depth: int) -> Header:
    lines = tuple(_line(grid, index) for index in range(first, first + depth))
    columns = tuple(zip(*lines, strict=True))
    titles = _unique_titles(columns)
    recognised = () if any(map(_is_form, lines)) else _recognised(columns, titles)
    capitals = tuple(frozenset(text.upper() for text in column if text) for column in columns)
    return Header(first, lines, titles, recognised, capitals)


def _is_form(line: Sequence[str]) -> bool:
    """Tell "KECAMATAN | : | SUMUR" above a table from titles."""
    return any(text.startswith(":") or text.endswith(":") for text in line)


def _line(grid: Grid, index: int) -> tuple[str, ...]:
    """One row's texts, with a title merged to the right repeated over what it covers."""
    texts = [" ".join(str(cell).split()) if cell is not None else "" for cell in grid.rows[index]]
    for merge in grid.merges:
        if merge.top <= index <= merge.bottom and merge.right > merge.left:
            title = " ".join(str(value_of(grid.rows, merge) or "").split())
            width = max(min(merge.right + 1, len(texts)) - merge.left, 0)
            texts[merge.left : merge.left + width] = [title] * width
    return tuple(texts)


def _unique_titles(columns: Sequence[Sequence[str]]) -> dict[int, str]:
    titles: dict[int, str] = {}
    for index, lines in enumerate(columns):
        title = " ".join(dict.fromkeys(filter(None, lines)))
        if title:
            again = sum(given == title for given in titles.values())
            titles[index] = f"{title} ({index + 1})" if again else title
    return titles


def _recognised(
    columns: Sequence[Sequence[str]], titles: dict[int, str]
) -> tuple[RecognisedColumn, ...]:
    """Give each field to its surest column: all lines read together, else the lowest line."""
    claims: list[tuple[int, int, int, Field]] = []
    for index, lines in enumerate(columns):
        texts = list(dict.fromkeys(filter(None, lines)))
        for vagueness, title in enumerate((" ".join(texts), texts[-1]) if texts else ()):
            if found := recognise(title):
                claims.append((vagueness, found[0], index, found[1]))
                break
    taken: dict[Field, RecognisedColumn] = {}
    for _, _, index, field in sorted(claims):
        taken.setdefault(field, RecognisedColumn(titles[index], field, index))
    return tuple(sorted(taken.values(), key=lambda column: column.index))
