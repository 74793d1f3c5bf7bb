"""A whole list: rows around families, several sheets, villages, and families met before."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from desktop.imports.failures import ImportCancelled
from desktop.imports.sheets import RowKind
from tests.imports.lists import (
    HEADER,
    KK,
    NIK,
    ROW,
    SUMBERJAYA,
    Store,
    codes,
    only_accepted,
    plan,
    plan_rows,
    write,
    write_sheets,
)

OTHER = (2, "3601014107900002", "Aminah", "01/07/1990", "3601010102100002")
PLACED = ("NO", "NIK", "NAMA", "KECAMATAN", "DESA/KEL")


def test_totals_blanks_and_signatures_are_counted_not_rejected(tmp_path: Path) -> None:
    found = plan_rows(
        tmp_path,
        [
            ROW,
            (None, None, None, None, None),
            OTHER,
            (3, None, None, None, None),
            ("JUMLAH", None, "2 KK", None, None),
            (),
            (None, None, None, "Sumur, 12 Mei 2026", None),
            (None, None, "Kepala Desa", "Pendamping", None),
        ],
    )
    assert len(found.accepted) == 2
    assert found.rejected == []
    assert found.skipped == {RowKind.BLANK: 2, RowKind.TOTAL: 1, RowKind.FOOTER: 3}


def test_a_value_merged_over_families_belongs_to_each(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, PLACED)
        sheet.write_row(1, 0, ("1", NIK, "Sarman"))
        sheet.write_row(2, 0, ("2", OTHER[1], "Aminah"))
        sheet.merge_range(1, 3, 2, 3, "Sumur")
        sheet.merge_range(1, 4, 2, 4, "SUMBERJAYA")
        sheet.merge_range(10, 20, 12, 22, "")
    found = plan(path, village_code=None)
    assert [candidate.village_code for candidate in found.accepted] == [SUMBERJAYA] * 2


def test_all_visible_sheets_are_read(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_sheets(
        path,
        {
            "Sumur": [HEADER, ROW],
            "Rekap": [("Kecamatan", "Jumlah"), ("Sumur", 2)],
            "B": [HEADER, OTHER],
        },
    )
    found = plan(path)
    assert [candidate.sheet for candidate in found.accepted] == ["Sumur", "B"]
    assert found.sheets_without_header == ["Rekap"]
    assert [column.title for column in found.columns] == list(HEADER)


def test_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as workbook:
        for name, row in (("Daftar", ROW), ("Lama", OTHER)):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, row)
        sheet.hide()
    assert only_accepted(plan(path)).head_name == "Sarman"


@pytest.mark.parametrize(
    ("district", "village", "code"),
    [
        ("Sumur", "Sumberjaya", SUMBERJAYA),
        ("KEC. SUMUR", "DESA SUMBER JAYA", SUMBERJAYA),
        ("Sobang", "Ciparay", "36.02.26.2002"),
    ],
)
def test_a_village_is_found_inside_its_district(
    tmp_path: Path, district: str, village: str, code: str
) -> None:
    row = (1, NIK, "Sarman", district, village)
    assert only_accepted(plan_rows(tmp_path, [row], PLACED, village_code=None)).village_code == code


@pytest.mark.parametrize(
    ("district", "village", "code"),
    [
        ("Sobang", "Sukamaju", "village_ambiguous"),
        ("Sumur", "Ciparay", "village_unknown"),
        ("Cibeber", "Sukamaju", "district_unknown"),
        (None, "Sumberjaya", "district_missing"),
        ("Sumur", None, "village_missing"),
    ],
)
def test_an_uncertain_village_is_rejected(
    tmp_path: Path, district: str | None, village: str | None, code: str
) -> None:
    found = plan_rows(tmp_path, [(1, NIK, "Sarman", district, village)], PLACED, village_code=None)
    assert [codes(row) for row in found.rejected] == [[(code, "village")]]


def test_the_regency_tells_districts_of_one_name_apart(tmp_path: Path) -> None:
    row = (1, NIK, "Sarman", "Sobang", "Sukamaju", "KAB. LEBAK")
    header = (*PLACED, "KABUPATEN/KOTA")
    found = plan_rows(tmp_path, [row], header, village_code=None)
    assert only_accepted(found).village_code == "36.02.26.2001"


def test_a_village_code_needs_no_names(tmp_path: Path) -> None:
    header = ("NO", "NIK", "NAMA", "KODE DESA")
    found = plan_rows(tmp_path, [(1, NIK, "Sarman", "3601012001")], header, village_code=None)
    assert only_accepted(found).village_code == SUMBERJAYA


def test_the_title_names_the_village(tmp_path: Path) -> None:
    title = "DAFTAR KPM DESA SUMBERJAYA KECAMATAN SUMUR KABUPATEN PANDEGLANG TAHUN 2026"
    path = write(tmp_path / "list.xlsx", [(title,), HEADER, ROW])
    assert only_accepted(plan(path, village_code=None)).village_code == SUMBERJAYA


def test_a_chosen_village_makes_a_bare_name_enough(tmp_path: Path) -> None:
    header = ("NO", "NIK", "NAMA", "DESA")
    rows = [(1, NIK, "Sarman", "Sumberjaya"), (2, OTHER[1], "Aminah", "Sukamaju")]
    found = plan_rows(tmp_path, rows, header)
    assert [candidate.head_name for candidate in found.accepted] == ["Sarman"]
    assert [codes(row) for row in found.rejected] == [[("village_differs", "village")]]


@pytest.mark.parametrize(
    ("second", "field"),
    [
        ((2, NIK, "Sarman", None, "3601010102100009"), "national_id"),
        ((2, "3601014107900002", "Aminah", None, KK), "family_card_number"),
    ],
)
def test_a_number_twice_in_the_file_is_rejected_the_second_time(
    tmp_path: Path, second: tuple[object, ...], field: str
) -> None:
    found = plan_rows(tmp_path, [ROW, second])
    assert [candidate.row_number for candidate in found.accepted] == [2]
    (rejected,) = found.rejected
    assert codes(rejected) == [("duplicate_in_file", field)]
    assert rejected.reasons[0].details["row"] == 2


def test_a_provisional_family_twice_is_rejected_the_second_time(tmp_path: Path) -> None:
    rows = [(1, None, "Sarman", "12/05/1985", None), (2, None, "SARMAN", "12 Mei 1985", None)]
    found = plan_rows(tmp_path, rows)
    assert [codes(row) for row in found.rejected] == [[("duplicate_in_file", "head_name")]]


def test_a_family_in_the_store_is_never_overwritten(tmp_path: Path) -> None:
    store = Store()
    store.add(only_accepted(plan_rows(tmp_path, [ROW])), head_name="Suparman", birth_date=None)
    (rejected,) = plan_rows(tmp_path, [ROW], store=store).rejected
    assert codes(rejected) == [
        ("already_there_different", "head_name"),
    ]
    assert rejected.reasons[0].details["recorded"] == "Suparman"


def test_a_number_of_another_village_in_the_store_is_told(tmp_path: Path) -> None:
    store = Store()
    store.add(only_accepted(plan_rows(tmp_path, [ROW])), village_code="36.01.01.2002")
    (rejected,) = plan_rows(tmp_path, [ROW], store=store).rejected
    assert codes(rejected) == [("already_there_different", "village_code")]


def test_a_family_recorded_without_numbers_is_met_again_with_them(tmp_path: Path) -> None:
    store = Store()
    provisional = (1, None, "Sarman", "12/05/1985", None)
    store.add(only_accepted(plan_rows(tmp_path, [provisional])))
    (met,) = plan_rows(tmp_path, [ROW], store=store).unchanged
    assert [(each.code.value, each.details["field"]) for each in met.remarks] == [
        ("already_there_empty", "national_id"),
        ("already_there_empty", "family_card_number"),
    ]


def test_what_the_list_leaves_out_is_no_difference(tmp_path: Path) -> None:
    store = Store()
    store.add(only_accepted(plan_rows(tmp_path, [ROW])), address="Kp. Cibaliung", rt="002")
    found = plan_rows(tmp_path, [(1, NIK, "SARMAN ", None, None)], store=store)
    assert [row.household_id for row in found.unchanged] == ["household-0"]


NUMBERS = st.sampled_from([None, *(f"{serial:04}" for serial in range(1, 6))])
ROWS = st.lists(
    st.tuples(
        NUMBERS.map(lambda serial: serial and f"360101120585{serial}"),
        st.sampled_from(["Sarman", "Aminah", "H. Ma'mun", "SITI  aminah"]),
        st.sampled_from([None, "12/05/1985", "05/12/1985", "01/07/1990"]),
        NUMBERS.map(lambda serial: serial and f"360101010210{serial}"),
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_importing_twice_changes_nothing(
    tmp_path: Path,
    rows: list[tuple[str | None, str, str | None, str | None]],
) -> None:
    numbered = [(number, *row) for number, row in enumerate(rows, start=1)]
    first = plan_rows(tmp_path, numbered)
    store = Store()
    for candidate in first.accepted:
        store.add(candidate)
    second = plan_rows(tmp_path, numbered, store=store)
    assert second.accepted == []
    assert [row.candidate for row in second.unchanged] == first.accepted
    assert second.rejected == first.rejected


def test_progress_is_told_and_reading_can_be_stopped(tmp_path: Path) -> None:
    path = write(tmp_path / "list.xlsx", [HEADER, ROW, OTHER])
    told: list[tuple[int, int]] = []
    plan(path, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (2, 2)]
    with pytest.raises(ImportCancelled):
        plan(path, is_cancelled=lambda: True)
