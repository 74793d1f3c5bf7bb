"""Reference data: the regions are complete, and figures are found by code and time."""

import re
import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from desktop.models.reference import Kind, Level, Reference, Regions
from desktop.models.rules.identity import check_national_id

FOLDER = Path(__file__).parents[2] / "resources" / "reference"
RETIRED = ["360321", "360324", "360325", "360326"] + [
    f"3604{district}" for district in ("01", "02", "03", "04", "10", "21")
]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(FOLDER)


@pytest.fixture(scope="module")
def regions(reference: Reference) -> Regions:
    return reference.regions()


@pytest.mark.parametrize(
    ("code", "name", "counts"),
    [
        ("36.01", "Kabupaten Pandeglang", (35, 13, 326)),
        ("36.02", "Kabupaten Lebak", (28, 5, 340)),
        ("36.03", "Kabupaten Tangerang", (29, 28, 246)),
        ("36.04", "Kabupaten Serang", (29, 0, 326)),
        ("36.71", "Kota Tangerang", (13, 104, 0)),
        ("36.72", "Kota Cilegon", (8, 43, 0)),
        ("36.73", "Kota Serang", (6, 67, 0)),
        ("36.74", "Kota Tangerang Selatan", (7, 54, 0)),
    ],
)
def test_districts_kelurahan_and_desa_of_a_regency(
    regions: Regions, code: str, name: str, counts: tuple[int, int, int]
) -> None:
    assert regions[code].name == name
    within = regions.children(code)
    kinds = Counter(
        village.kind for district in within for village in regions.children(district.code)
    )
    assert (len(within), kinds[Kind.KELURAHAN], kinds[Kind.DESA]) == counts


def test_counts_of_the_province(regions: Regions) -> None:
    assert len(regions) == 1 + 8 + 155 + 314 + 1238
    assert Counter(region.kind for region in regions) == {
        Kind.PROVINSI: 1,
        Kind.KABUPATEN: 4,
        Kind.KOTA: 4,
        Kind.KECAMATAN: 155,
        Kind.KELURAHAN: 314,
        Kind.DESA: 1238,
    }
    assert len(regions.at_level(Level.VILLAGE)) == 1552


def test_codes_are_dotted_sorted_and_have_their_parents(regions: Regions) -> None:
    codes = [region.code for region in regions]
    assert codes == sorted(codes)
    shape = re.compile(r"36(\.\d\d(\.\d\d(\.[12]\d{3})?)?)?")
    assert all(shape.fullmatch(code) for code in codes)
    assert all(regions.path(code)[0].code == "36" for code in codes)


def test_names_repeat_so_codes_must_be_used(regions: Regions) -> None:
    districts = Counter(region.name for region in regions.at_level(Level.DISTRICT))
    assert {name for name, count in districts.items() if count > 1} == {
        "Sobang",
        "Cibeber",
        "Curug",
    }
    villages = Counter(region.name for region in regions.at_level(Level.VILLAGE))
    assert sum(count > 1 for count in villages.values()) == 151


def test_a_village(regions: Regions) -> None:
    assert regions.full_name("36.01.01.2001") == "Sumberjaya, Sumur, Kabupaten Pandeglang, Banten"
    assert [region.level for region in regions.path("36.01.01.2001")] == list(Level)
    assert regions.village_kind("36.01.01.2001") is Kind.DESA
    assert not regions.is_urban("36.01.01.2001")
    kelurahan = regions.children("36.73.01")[0].code
    assert regions.village_kind(kelurahan) is Kind.KELURAHAN
    assert regions.is_urban(kelurahan)
    assert regions.children("36.01.01.2001") == ()


def test_what_is_no_village_or_no_region(regions: Regions) -> None:
    with pytest.raises(ValueError, match=r"36\.01"):
        regions.village_kind("36.01")
    with pytest.raises(KeyError):
        regions.path("36.99")
    assert regions.get("36.99") is None
    assert "36.99" not in regions
    assert "36.01" in regions


@pytest.mark.parametrize(
    ("prefix", "known"),
    [
        ("360412", True),
        ("367301", True),
        ("360436", False),
        ("367501", False),
        ("320101", True),
        ("317401", True),
        ("990101", False),
        ("", False),
        ("36", False),
    ],
)
def test_known_area(regions: Regions, prefix: str, known: bool) -> None:
    assert regions.known_area(prefix) is known
    assert not regions.is_retired(prefix)


@pytest.mark.parametrize("prefix", RETIRED)
def test_a_retired_code_only_warns(regions: Regions, prefix: str) -> None:
    assert regions.is_retired(prefix)
    findings = check_national_id(
        f"{prefix}1204800003", today=date(2026, 11, 2), is_known_area=regions.known_area
    )
    assert [(finding.code.value, finding.severity.value) for finding in findings] == [
        ("area_unknown", "warning")
    ]


def test_regions_load_fast() -> None:
    def seconds() -> float:
        start = time.perf_counter()
        Reference(FOLDER).regions()
        return time.perf_counter() - start

    assert min(seconds() for _ in range(5)) < 0.015


def test_regions_are_read_once(reference: Reference) -> None:
    assert reference.regions() is reference.regions()


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (date(2025, 2, 28), None),
        (date(2025, 3, 1), 684_232),
        (date(2025, 8, 31), 684_232),
        (date(2025, 9, 1), 715_288),
        (date(2026, 11, 2), 715_288),
    ],
)
def test_poverty_line(reference: Reference, on: date, amount: int | None) -> None:
    line = reference.poverty_line(on)
    assert (line and line.amount) == amount


def test_extreme_line(reference: Reference) -> None:
    line = reference.extreme_line(date(2026, 11, 2))
    assert line is not None
    assert (line.amount, line.period, line.area) == (391_000, "2025-01", "36")
    assert line.source
    assert reference.extreme_line(date(2024, 12, 31)) is None


@pytest.mark.parametrize(
    ("regency", "amount"),
    [
        ("36.01", 3_360_078),
        ("36.02", 3_330_010),
        ("36.03", 5_210_377),
        ("36.04", 5_178_521),
        ("36.71", 5_399_405),
        ("36.72", 5_469_922),
        ("36.73", 4_665_927),
        ("36.74", 5_247_870),
    ],
)
def test_minimum_wage(reference: Reference, regency: str, amount: int) -> None:
    wage = reference.minimum_wage(regency, 2026)
    assert wage is not None
    assert (wage.amount, wage.period, wage.area) == (amount, "2026", regency)
    assert reference.minimum_wage(regency, 2020) is None


def test_business_types(reference: Reference) -> None:
    types = reference.business_types()
    assert len(types) == len({kind.kbli_code for kind in types}) == 25
    assert [kind.kbli_code for kind in types] == sorted(kind.kbli_code for kind in types)
    assert all(re.fullmatch(r"\d{5}", kind.kbli_code) for kind in types)
    assert {kind.kbli_version for kind in types} == {"2020"}
    assert all(kind.name_id and kind.name_en for kind in types)
