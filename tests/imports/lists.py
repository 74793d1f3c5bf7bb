"""Family lists as districts send them, written for the tests; all people are invented."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from desktop.imports.candidates import Candidate
from desktop.imports.matching import COMPARED, ExistingHousehold
from desktop.imports.plan import ImportPlan, Rejected, read_list
from desktop.models.reference import Kind, Level, Region, Regions

TODAY = date(2026, 11, 21)
SUMBERJAYA = "36.01.01.2001"
HEADER = ("NO", "NIK", "NAMA KEPALA KELUARGA", "TANGGAL LAHIR", "NO KK")
NIK = "3601011205850001"  # a man born on 12 May 1985
KK = "3601010102100001"
ROW = (1, NIK, "Sarman", "12/05/1985", KK)

REGIONS = Regions(
    [
        Region("36", "Banten", Level.PROVINCE, Kind.PROVINSI),
        Region("36.01", "Kabupaten Pandeglang", Level.REGENCY, Kind.KABUPATEN),
        Region("36.01.01", "Sumur", Level.DISTRICT, Kind.KECAMATAN),
        Region(SUMBERJAYA, "Sumberjaya", Level.VILLAGE, Kind.DESA),
        Region("36.01.01.2002", "Sukamaju", Level.VILLAGE, Kind.DESA),
        Region("36.01.34", "Sobang", Level.DISTRICT, Kind.KECAMATAN),
        Region("36.01.34.2001", "Sukamaju", Level.VILLAGE, Kind.DESA),
        Region("36.02", "Kabupaten Lebak", Level.REGENCY, Kind.KABUPATEN),
        Region("36.02.26", "Sobang", Level.DISTRICT, Kind.KECAMATAN),
        Region("36.02.26.2001", "Sukamaju", Level.VILLAGE, Kind.DESA),
        Region("36.02.26.2002", "Ciparay", Level.VILLAGE, Kind.DESA),
    ],
    retired=[],
    provinces=["32", "36"],
)


@dataclass
class Store:
    """The store as an import sees it."""

    households: list[tuple[Candidate, ExistingHousehold]] = field(default_factory=list)

    def add(self, candidate: Candidate, **changed: Any) -> None:
        values = {name: getattr(candidate, name) for name in COMPARED} | changed
        household = ExistingHousehold(f"household-{len(self.households)}", values)
        self.households.append((candidate, household))

    def by_national_id(self, numbers: Collection[str]) -> Mapping[str, ExistingHousehold]:
        return self._by("national_id", numbers)

    def by_family_card(self, numbers: Collection[str]) -> Mapping[str, ExistingHousehold]:
        return self._by("family_card_number", numbers)

    def by_fingerprint(self, fingerprints: Collection[str]) -> Mapping[str, ExistingHousehold]:
        return self._by("fingerprint", fingerprints)

    def _by(self, name: str, keys: Collection[str]) -> dict[str, ExistingHousehold]:
        assert len(keys) <= 500
        return {
            key: household
            for candidate, household in self.households
            if (key := getattr(candidate, name)) in keys
        }


def write(path: Path, rows: Sequence[Sequence[object]], sheet: str = "Lembar 1") -> Path:
    """Write rows as one sheet; dates become real date cells, numbers number cells."""
    write_sheets(path, {sheet: rows})
    return path


def write_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write several sheets."""
    with Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as workbook:
        for name, rows in sheets.items():
            worksheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        worksheet.write_string(number, column, cell)
                    elif cell is not None:
                        worksheet.write(number, column, cell)
    return path


def plan(
    path: Path, store: Store | None = None, *, village_code: str | None = SUMBERJAYA, **more: Any
) -> ImportPlan:
    """Plan the import of a list for the village of Sumberjaya, into an empty store if not given."""
    return read_list(
        path,
        today=TODAY,
        village_code=village_code,
        regions=REGIONS,
        existing=store or Store(),
        **more,
    )


def plan_rows(
    folder: Path, rows: Sequence[Sequence[object]], header: Sequence[str] = HEADER, **more: Any
) -> ImportPlan:
    """Plan the import of these rows under a header of one line."""
    return plan(write(folder / "list.xlsx", [header, *rows]), **more)


def only_accepted(plan: ImportPlan) -> Candidate:
    """The one accepted row of a plan that rejects nothing."""
    assert [codes(row) for row in plan.rejected] == []
    (candidate,) = plan.accepted
    return candidate


def codes(row: Rejected) -> list[tuple[str, str]]:
    """The reasons against a row, as code and field."""
    return [(reason.code.value, str(reason.details["field"])) for reason in row.reasons]


def warnings(candidate: Candidate) -> list[tuple[str, str]]:
    """The warnings of a row, as code and field."""
    return [(each.code.value, str(each.details["field"])) for each in candidate.warnings]
