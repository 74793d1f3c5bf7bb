"""What importing a list would do, row by row, before anything is done.

Nothing is written here. Rows already in the store are found again by their numbers or their
fingerprint: equal ones are left alone, different ones are rejected, since an import never
overwrites what a person recorded. Nor does it fill in what a person left empty: such a row is left
alone too, and remarks say what it would add.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop.imports.candidates import Candidate
from desktop.imports.cells import text_of
from desktop.imports.containers import LIMITS, Limits
from desktop.imports.failures import FailureCode, ImportCancelled, ImportFailure
from desktop.imports.grids import Cell, Grid
from desktop.imports.headers import Header, RecognisedColumn, find_header
from desktop.imports.matching import Existing, Unchanged, match
from desktop.imports.rows import RowReader
from desktop.imports.sheets import RowKind, TableRow, table_rows
from desktop.imports.villages import StatedPlace, VillageFinder
from desktop.imports.workbook import read_grids
from desktop.models.reference import Regions
from desktop.models.rules.findings import Finding

Progress = Callable[[int, int], None]
"""Called with the rows done and the rows of the whole list."""

_REPORTED_ROWS = 500


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be imported.

    Attributes:
        sheet: name of the sheet.
        row_number: as the spreadsheet program shows it.
        cells: all cells of the row, as read.
        reasons: what is wrong, at least one.
    """

    sheet: str
    row_number: int
    cells: tuple[Cell, ...]
    reasons: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """What stands above the families of a sheet; a file of rejected rows repeats it.

    Attributes:
        name: the sheet's name.
        title_rows: texts of the rows above the header.
        header_lines: the header's lines, one text for each column.
        columns: the recognised columns.
    """

    name: str
    title_rows: tuple[tuple[str, ...], ...]
    header_lines: tuple[tuple[str, ...], ...]
    columns: tuple[RecognisedColumn, ...]


@dataclass(slots=True)
class ImportPlan:
    """What importing a list would do.

    Attributes:
        columns: the recognised columns of all sheets, each title once.
        unknown_columns: titles nothing is taken from; their cells are kept in the raw row.
        accepted: new families.
        rejected: rows that cannot be imported as they are.
        unchanged: rows that are in the store already, with nothing that contradicts them.
        skipped: how many rows were no families, by what they are.
        sheets_without_header: names of sheets passed over.
        layouts: the sheets that were read.
    """

    columns: list[RecognisedColumn] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    accepted: list[Candidate] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unchanged: list[Unchanged] = field(default_factory=list)
    skipped: Counter[RowKind] = field(default_factory=Counter)
    sheets_without_header: list[str] = field(default_factory=list)
    layouts: list[SheetLayout] = field(default_factory=list)


def read_list(
    path: Path,
    *,
    today: date,
    village_code: str | None,
    regions: Regions,
    existing: Existing,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
    limits: Limits = LIMITS,
) -> ImportPlan:
    """Plan the import of a district's family list.

    Args:
        path: an XLSX, XLS, ODS or CSV file.
        today: decides centuries, and which dates lie in the future.
        village_code: the village the whole list is for; without it each row has to name its
            village and district, or the rows above the table do.
        regions: the tree of regions.
        existing: the households in the store.
        progress: told now and then how far the work is.
        is_cancelled: asked as often whether to stop.
        limits: how much a list may weigh.

    Raises:
        ImportFailure: no plan can be made of the file.
        ImportCancelled: `is_cancelled` said so.
    """
    tables = _Tables(read_grids(path, limits))
    reader = _ListReader(today, village_code, regions)
    pace = _Pace(tables.row_count, progress, is_cancelled)
    plan = ImportPlan(sheets_without_header=tables.without_header)
    candidates: list[tuple[Candidate, TableRow]] = []
    for grid, header in tables.found:
        _describe(plan, grid, header)
        candidates += _read_table(plan, reader, grid, header, pace)
    if not candidates and not plan.rejected:
        raise ImportFailure(FailureCode.EMPTY)
    _sort_out(plan, candidates, existing)
    pace.finish()
    return plan


class _Tables:
    """The sheets that hold a table of families."""

    def __init__(self, grids: Sequence[Grid]) -> None:
        headers = [(grid, find_header(grid)) for grid in grids]
        self.found = [(grid, header) for grid, header in headers if header is not None]
        self.without_header = [grid.name for grid, header in headers if header is None]
        self.row_count = sum(len(grid.rows) - header.data_start for grid, header in self.found)
        if not self.found:
            raise ImportFailure(FailureCode.NO_HEADER)


class _Pace:
    """Reports how far the work is, and stops it when asked."""

    def __init__(
        self, total: int, progress: Progress | None, is_cancelled: Callable[[], bool] | None
    ) -> None:
        self._total = total
        self._progress = progress
        self._is_cancelled = is_cancelled
        self._done = 0

    def step(self) -> None:
        if self._done % _REPORTED_ROWS == 0:
            self._report()
        self._done += 1

    def finish(self) -> None:
        self._report()

    def _report(self) -> None:
        if self._is_cancelled is not None and self._is_cancelled():
            raise ImportCancelled
        if self._progress is not None:
            self._progress(self._done, self._total)


class _ListReader:
    """Reads the rows of all sheets of one list."""

    def __init__(self, today: date, village_code: str | None, regions: Regions) -> None:
        self._is_village_chosen = village_code is not None
        self._villages = VillageFinder(regions, village_code)
        self._rows = RowReader(
            today=today, villages=self._villages, is_known_area=regions.known_area
        )

    def titled_place(self, layout: SheetLayout) -> StatedPlace:
        if self._is_village_chosen:
            return StatedPlace()
        return self._villages.in_titles([" ".join(row) for row in layout.title_rows])

    def read(
        self, sheet: str, titles: Mapping[int, str], row: TableRow, titled: StatedPlace
    ) -> Candidate | tuple[Finding, ...]:
        raw = {
            title: text
            for index, title in titles.items()
            if index < len(row.cells) and (text := text_of(row.cells[index]))
        }
        return self._rows.read(Candidate(sheet, row.number, "", "", raw=raw), row.values, titled)


def _describe(plan: ImportPlan, grid: Grid, header: Header) -> None:
    title_rows = tuple(tuple(filter(None, map(text_of, row))) for row in grid.rows[: header.first])
    plan.layouts.append(SheetLayout(grid.name, title_rows, header.lines, header.columns))
    known = {(column.title, column.field) for column in plan.columns}
    plan.columns += (
        column for column in header.columns if (column.title, column.field) not in known
    )
    plan.unknown_columns += (
        title for title in header.unknown_titles if title not in plan.unknown_columns
    )


def _read_table(
    plan: ImportPlan, reader: _ListReader, grid: Grid, header: Header, pace: _Pace
) -> list[tuple[Candidate, TableRow]]:
    titled = reader.titled_place(plan.layouts[-1])
    candidates = []
    for row in table_rows(grid, header):
        pace.step()
        if row.kind is not RowKind.FAMILY:
            plan.skipped[row.kind] += 1
            continue
        outcome = reader.read(grid.name, header.titles, row, titled)
        if isinstance(outcome, Candidate):
            candidates.append((outcome, row))
        else:
            plan.rejected.append(Rejected(grid.name, row.number, tuple(row.cells), outcome))
    return candidates


def _sort_out(
    plan: ImportPlan, candidates: Collection[tuple[Candidate, TableRow]], existing: Existing
) -> None:
    """Part the sound rows into new, unchanged and rejected ones."""
    matches = match([candidate for candidate, _ in candidates], existing)
    for (candidate, row), matched in zip(candidates, matches, strict=True):
        if matched is None:
            plan.accepted.append(candidate)
        elif isinstance(matched, Unchanged):
            plan.unchanged.append(matched)
        else:
            plan.rejected.append(
                Rejected(candidate.sheet, candidate.row_number, tuple(row.cells), matched)
            )
    order = {layout.name: place for place, layout in enumerate(plan.layouts)}
    plan.rejected.sort(key=lambda row: (order[row.sheet], row.row_number))
