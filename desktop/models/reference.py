"""Reference data: regions, poverty lines, minimum wages and business types.

Read from the CSV files of one folder, each when first asked for. Figures are found by code and by
time; where none is known for that time, None is answered, never the nearest guess.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, NamedTuple

from desktop.models.rules.dates import month_key

PROVINCE: Final = "36"


class Level(StrEnum):
    """The four levels of administration."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


class Kind(StrEnum):
    """What a region is called by law; the word stands on letters and forms."""

    PROVINSI = "provinsi"
    KABUPATEN = "kabupaten"
    KOTA = "kota"
    KECAMATAN = "kecamatan"
    KELURAHAN = "kelurahan"
    DESA = "desa"


class Region(NamedTuple):
    """One region.

    Attributes:
        code: Kemendagri code, dotted: "36.01.01.2001".
        name: as in the official list; a regency's begins with "Kabupaten" or "Kota".
        level: one of the four levels.
        kind: what it is called by law.
    """

    code: str
    name: str
    level: Level
    kind: Kind


class Measure(NamedTuple):
    """An official figure.

    Attributes:
        amount: whole rupiah a month.
        period: the month ("2025-09") or year ("2026") it is of.
        area: code of the region it holds for.
        source: who published it, and when.
    """

    amount: int
    period: str
    area: str
    source: str


class BusinessType(NamedTuple):
    """A typical small business and its official classification.

    Attributes:
        kbli_code: five digits.
        kbli_version: year of the classification the code is from.
        name_id: everyday Indonesian name.
        name_en: English name.
    """

    kbli_code: str
    kbli_version: str
    name_id: str
    name_en: str


class Regions:
    """The regions of Banten, found by code and never by name: village names repeat."""

    def __init__(
        self, regions: Iterable[Region], retired: Iterable[str], provinces: Iterable[str]
    ) -> None:
        self._by_code = {region.code: region for region in regions}
        self._children: defaultdict[str, list[Region]] = defaultdict(list)
        for region in self._by_code.values():
            self._children[parent_code(region.code)].append(region)
        self._retired = frozenset(retired)
        self._provinces = frozenset(provinces)

    def __iter__(self) -> Iterator[Region]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Region:
        """Return the region of a code; KeyError if there is none."""
        return self._by_code[code]

    def get(self, code: str) -> Region | None:
        """Return the region of a code, or None."""
        return self._by_code.get(code)

    def at_level(self, level: Level) -> list[Region]:
        """Return all regions of a level, by code."""
        return [region for region in self if region.level is level]

    def children(self, code: str) -> tuple[Region, ...]:
        """Return the regions directly within this one, by code."""
        return tuple(self._children.get(code, ()))

    def path(self, code: str) -> tuple[Region, ...]:
        """Return the regions from the province down to this one; KeyError if unknown."""
        region = self._by_code[code]
        parent = parent_code(code)
        return (*self.path(parent), region) if parent else (region,)

    def full_name(self, code: str) -> str:
        """Return the names from this region up: "Sumberjaya, Sumur, Kabupaten Pandeglang, Banten".

        Raises:
            KeyError: if the code is unknown.
        """
        return ", ".join(region.name for region in reversed(self.path(code)))

    def village_kind(self, code: str) -> Kind:
        """Return whether a village is a desa or a kelurahan.

        Raises:
            KeyError: if the code is unknown.
            ValueError: if it is not a village.
        """
        region = self._by_code[code]
        if region.level is not Level.VILLAGE:
            raise ValueError(f"not a village: {code}")
        return region.kind

    def is_urban(self, code: str) -> bool:
        """Return whether a village counts as urban until an office says otherwise: a kelurahan."""
        return self.village_kind(code) is Kind.KELURAHAN

    def known_area(self, prefix: str) -> bool:
        """Judge the first six digits of an identity number.

        Within Banten the district must exist today. Of other provinces only the province is known,
        and people move: any of their districts counts as known. A retired code does not; see
        `is_retired`.
        """
        district = f"{prefix[:2]}.{prefix[2:4]}.{prefix[4:6]}"
        if prefix[:2] != PROVINCE:
            return prefix[:2] in self._provinces
        return district in self._by_code

    def is_retired(self, prefix: str) -> bool:
        """Return whether six digits were a district's code once, as older numbers still hold."""
        return f"{prefix[:2]}.{prefix[2:4]}.{prefix[4:6]}" in self._retired


class Reference:
    """All reference data of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def regions(self) -> Regions:
        """Return the regions."""
        return self._regions

    def poverty_line(self, on: date) -> Measure | None:
        """Return the poverty line of the province on a day, per person and month."""
        return self._line("poverty_line", on)

    def extreme_line(self, on: date) -> Measure | None:
        """Return the extreme poverty line of the province on a day, per person and month."""
        return self._line("extreme_poverty_line", on)

    def minimum_wage(self, regency: str, year: int) -> Measure | None:
        """Return the minimum wage of a regency ("36.02") in a year, per month."""
        return self._minimum_wages.get((regency, str(year)))

    def business_types(self) -> tuple[BusinessType, ...]:
        """Return the typical businesses, by code."""
        return self._business_types

    def _line(
        self, measure: Literal["poverty_line", "extreme_poverty_line"], on: date
    ) -> Measure | None:
        begun = [line for line in self._lines.get(measure, ()) if line.period <= month_key(on)]
        return max(begun, key=lambda line: line.period, default=None)

    @cached_property
    def _regions(self) -> Regions:
        levels = {level.value: level for level in Level}
        kinds = {kind.value: kind for kind in Kind}
        return Regions(
            (
                Region(code, name, levels[level], kinds[kind])
                for code, name, level, kind in self._rows("regions.csv")
            ),
            retired=(code for (code,) in self._rows("retired_codes.csv")),
            provinces=(code for code, _ in self._rows("provinces.csv")),
        )

    @cached_property
    def _lines(self) -> dict[str, list[Measure]]:
        lines: defaultdict[str, list[Measure]] = defaultdict(list)
        for measure, area, period, amount, source in self._rows("poverty_lines.csv"):
            lines[measure].append(Measure(int(amount), period, area, source))
        return lines

    @cached_property
    def _minimum_wages(self) -> dict[tuple[str, str], Measure]:
        return {
            (area, year): Measure(int(amount), year, area, source)
            for area, year, amount, source in self._rows("minimum_wages.csv")
        }

    @cached_property
    def _business_types(self) -> tuple[BusinessType, ...]:
        return tuple(BusinessType(*row) for row in self._rows("business_types.csv"))

    def _rows(self, name: str) -> Iterator[list[str]]:
        """Yield the rows of a file below its header."""
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            yield from rows


def parent_code(code: str) -> str:
    """Return the code of the region around this one; empty for a province."""
    return code.rpartition(".")[0]
