"""From the names a list states to a village's code.

Names of villages repeat, and names of districts do too. So a village's name alone is never enough:
it counts only inside the district stated beside it, or to confirm the village chosen for the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.imports.candidates import RowFinding
from desktop.imports.columns import Field
from desktop.models.reference import PROVINCE, Level, Region, Regions
from desktop.models.rules.findings import Finding, Severity

_KIND = re.compile(
    r"^(PROVINSI|PROV|KABUPATEN|KAB|KECAMATAN|KEC|KELURAHAN|KEL|DESA|DS)\b[\s.:/]*", re.IGNORECASE
)
_CITY = re.compile(r"^(KOTA|KODYA)\b", re.IGNORECASE)
_LABEL = r"KABUPATEN/KOTA|KABUPATEN|KAB|KECAMATAN|KEC|DESA/KELURAHAN|DESA/KEL|KELURAHAN|KEL|DESA"
_TITLE_PART = re.compile(
    rf"\b(?P<label>{_LABEL})\b[\s.:]+(?P<name>[^,;:()\d]+?)\s*"
    rf"(?=$|[,;()\d]|\s-\s|\b(?:{_LABEL}|KOTA|PROVINSI|TAHUN|BULAN|PERIODE)\b)",
    re.IGNORECASE,
)
_LABEL_FIELDS = {"KAB": Field.REGENCY, "KEC": Field.DISTRICT}


@dataclass(frozen=True, slots=True)
class StatedPlace:
    """What a row, or the title above its table, says on where the family lives."""

    village: str = ""
    district: str = ""
    regency: str = ""
    code: str = ""


class VillageFinder:
    """Finds the villages of one list; the same names are looked up once."""

    def __init__(self, regions: Regions, chosen: str | None) -> None:
        """Prepare.

        Args:
            regions: the tree of regions.
            chosen: code of the village the whole list is for, or None if its rows say.
        """
        self._regions = regions
        self._chosen = chosen
        self._found: dict[StatedPlace, str | Finding] = {}

    def find(self, stated: StatedPlace) -> str | Finding:
        """Return the code of the village, or the reason why it is not certain."""
        if stated not in self._found:
            self._found[stated] = self._find(stated)
        return self._found[stated]

    def in_titles(self, titles: Sequence[str]) -> StatedPlace:
        """Read "DESA ... KECAMATAN ... KABUPATEN ..." out of the rows above a table.

        A regency or district that is none ("KABUPATEN TERTINGGAL") is taken for prose.
        """
        found: dict[Field, str] = {}
        for part in (part for title in titles for part in _TITLE_PART.finditer(title)):
            field = _LABEL_FIELDS.get(part["label"][:3].upper(), Field.VILLAGE)
            found.setdefault(field, part["name"].strip())
        regency = found.get(Field.REGENCY, "")
        district = found.get(Field.DISTRICT, "")
        regencies = self._regions.at_level(Level.REGENCY)
        districts = self._regions.at_level(Level.DISTRICT)
        return StatedPlace(
            village=found.get(Field.VILLAGE, ""),
            district=district
            if any(_key(each.name) == _key(district) for each in districts)
            else "",
            regency=regency if any(_is_regency(regency, each.name) for each in regencies) else "",
        )

    def _find(self, stated: StatedPlace) -> str | Finding:
        if self._chosen is not None:
            return self._confirm(self._chosen, stated)
        if stated.code:
            code = _dotted(stated.code)
            place = self._regions.get(code)
            known = place is not None and place.level is Level.VILLAGE
            return code if known else _error(RowFinding.VILLAGE_UNKNOWN, name=stated.code)
        if not stated.village:
            return _error(RowFinding.VILLAGE_MISSING)
        if not stated.district:
            return _error(RowFinding.DISTRICT_MISSING, name=stated.village)
        return self._inside_district(stated)

    def _inside_district(self, stated: StatedPlace) -> str | Finding:
        districts = [
            district
            for regency in self._regions.children(PROVINCE)
            if not stated.regency or _is_regency(stated.regency, regency.name)
            for district in self._regions.children(regency.code)
            if _key(district.name) == _key(stated.district)
        ]
        if not districts:
            return _error(RowFinding.DISTRICT_UNKNOWN, name=stated.district)
        villages = list(self._named(stated.village, districts))
        if len(villages) == 1:
            return villages[0].code
        code = RowFinding.VILLAGE_AMBIGUOUS if villages else RowFinding.VILLAGE_UNKNOWN
        return _error(code, name=stated.village, district=stated.district, found=len(villages))

    def _named(self, name: str, districts: Sequence[Region]) -> Iterator[Region]:
        for district in districts:
            for village in self._regions.children(district.code):
                if _key(village.name) == _key(name):
                    yield village

    def _confirm(self, chosen: str, stated: StatedPlace) -> str | Finding:
        """Everything the row states must agree with the village chosen for the list."""
        levels = chosen.split(".")
        checks = (
            (stated.code, _dotted(stated.code) == chosen),
            (stated.village, self._is_called(chosen, stated.village)),
            (stated.district, self._is_called(".".join(levels[:3]), stated.district)),
            (stated.regency, _is_regency(stated.regency, self._name(".".join(levels[:2])))),
        )
        for text, agrees in checks:
            if text and not agrees:
                return _error(RowFinding.VILLAGE_DIFFERS, name=text, chosen=chosen)
        return chosen

    def _is_called(self, code: str, name: str) -> bool:
        return _key(self._name(code)) == _key(name)

    def _name(self, code: str) -> str:
        place = self._regions.get(code)
        return place.name if place else ""


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return "".join(filter(str.isalnum, _KIND.sub("", name.strip()).casefold()))


def _is_regency(stated: str, name: str) -> bool:
    """Compare with the kind if it is stated: "Kab. Serang" is not "Kota Serang"."""
    bare = _CITY.sub("", name)
    if _CITY.match(stated.strip()):
        return _key(stated) == _key(name)
    if _KIND.match(stated.strip()):
        return _key(stated) == _key(name) and not _CITY.match(name)
    return _key(stated) == _key(bare)


def _dotted(code: str) -> str:
    digits = "".join(filter(str.isdigit, code))
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))


def _error(code: RowFinding, **details: str | int) -> Finding:
    return Finding(code, Severity.ERROR, {"field": Field.VILLAGE.value, **details})
