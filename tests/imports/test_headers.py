"""The header of a list is found wherever and however it stands."""

from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from desktop.imports.columns import TITLES, Field, recognise, title_key
from desktop.imports.failures import FailureCode, ImportFailure
from desktop.imports.sheets import RowKind
from tests.imports.lists import HEADER, KK, NIK, ROW, SUMBERJAYA, only_accepted, plan, write


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("NIK", Field.NATIONAL_ID),
        ("n i k", Field.NATIONAL_ID),
        ("No. KK", Field.FAMILY_CARD_NUMBER),
        ("Nama Kepala\nKeluarga", Field.HEAD_NAME),
        ("L/P", Field.SEX),
        ("Tanggal Lahir (HH/BB/TTTT)", Field.BIRTH_DATE),
        ("Nominal (Rp)", Field.AMOUNT),
        ("DESA/KEL", Field.VILLAGE),
        ("No.HP/WA", Field.PHONE),
        ("RT / RW", Field.RT_RW),
        ("Ket.", Field.NOTE),
        ("ALASAN DITOLAK", Field.REJECTION),
        ("LUAS LANTAI", None),
    ],
)
def test_titles_are_recognised_in_their_spellings(title: str, field: Field | None) -> None:
    found = recognise(title)
    assert (found[1] if found else None) == field


def test_no_title_stands_for_two_fields() -> None:
    owners: dict[str, set[Field]] = {}
    for field, titles in TITLES.items():
        for title in titles:
            owners.setdefault(title_key(title), set()).add(field)
    assert {title: fields for title, fields in owners.items() if len(fields) > 1} == {}


def test_title_rows_above_and_a_row_of_numbers_below_are_passed_over(tmp_path: Path) -> None:
    found = plan(
        write(
            tmp_path / "list.xlsx",
            [
                ("DAFTAR CALON PENERIMA BANTUAN UEP",),
                ("TAHUN 2026",),
                (),
                HEADER,
                (1, 2, 3, 4, 5),
                ROW,
            ],
        )
    )
    candidate = only_accepted(found)
    assert (candidate.row_number, candidate.national_id) == (6, NIK)
    assert found.skipped == {RowKind.NUMBERING: 1}
    assert found.layouts[0].title_rows[0] == ("DAFTAR CALON PENERIMA BANTUAN UEP",)


def test_a_header_of_two_lines_with_merged_titles_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.merge_range(0, 0, 0, 6, "DAFTAR KELUARGA")
        for column, title in enumerate(("NO", "NIK", "NAMA")):
            sheet.merge_range(2, column, 3, column, title)
        sheet.merge_range(2, 3, 2, 4, "ALAMAT")
        sheet.write_row(3, 3, ("KAMPUNG", "RT/RW"))
        sheet.merge_range(2, 5, 2, 6, "REKENING")
        sheet.write_row(3, 5, ("BANK", "NO"))
        sheet.write_row(4, 0, ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"))
        sheet.write_row(5, 0, ("1", NIK, "Sarman", "Cibaliung", "02/05", "BJB", "0012345678"))
    found = plan(path)
    candidate = only_accepted(found)
    assert (candidate.hamlet, candidate.rt, candidate.rw) == ("Cibaliung", "002", "005")
    assert (candidate.bank_name, candidate.bank_account) == ("BJB", "0012345678")
    assert "ALAMAT RT/RW" in [column.title for column in found.columns]
    assert candidate.raw["ALAMAT RT/RW"] == "02/05"


def test_two_lines_without_merged_cells_are_joined(tmp_path: Path) -> None:
    rows = [("NO", "NAMA", "TANGGAL", "JUMLAH"), (None, "KEPALA KELUARGA", "LAHIR", "ANGGOTA")]
    candidate = only_accepted(
        plan(write(tmp_path / "list.xlsx", [*rows, (1, "Sarman", "12/05/1985", 4)]))
    )
    assert (candidate.head_name, candidate.birth_date, candidate.member_count) == (
        "Sarman",
        date(1985, 5, 12),
        4,
    )


def test_the_header_repeated_on_each_page_is_passed_over(tmp_path: Path) -> None:
    other = (2, "3601014107900002", "Aminah", "01/07/1990", "3601010102100002")
    found = plan(write(tmp_path / "list.xlsx", [HEADER, ROW, HEADER, other]))
    assert [candidate.row_number for candidate in found.accepted] == [2, 4]
    assert found.skipped == {RowKind.HEADER: 1}


def test_the_surest_of_two_titles_wins_and_the_other_is_reported(tmp_path: Path) -> None:
    header = ("NAMA", "NIK", "NAMA KEPALA KELUARGA", "LUAS LANTAI")
    found = plan(write(tmp_path / "list.xlsx", [header, ("Enumerator", NIK, "Sarman", "30")]))
    candidate = only_accepted(found)
    assert candidate.head_name == "Sarman"
    assert found.unknown_columns == ["NAMA", "LUAS LANTAI"]
    assert candidate.raw["LUAS LANTAI"] == "30"


def test_a_form_above_the_table_is_no_header(tmp_path: Path) -> None:
    rows = [("KECAMATAN", ":", "SUMUR"), ("DESA", ":", "SUMBERJAYA"), (None, *HEADER[1:])]
    found = plan(
        write(tmp_path / "list.xlsx", [*rows, (None, NIK, "Sarman", None, KK)]), village_code=None
    )
    assert only_accepted(found).village_code == SUMBERJAYA


def test_a_sheet_without_header_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportFailure) as failure:
        plan(write(tmp_path / "list.xlsx", [("Rekapitulasi", 2026), ("Sumur", 14)]))
    assert failure.value.code is FailureCode.NO_HEADER
