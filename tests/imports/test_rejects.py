"""The file of rejected rows can be corrected and imported again."""

from pathlib import Path

from python_calamine import load_workbook
from xlsxwriter import Workbook

from desktop.imports.columns import REJECTION_TITLE
from desktop.imports.plan import ImportPlan
from desktop.imports.rejects import write_rejected
from desktop.models.rules.findings import Finding
from tests.imports.lists import HEADER, KK, NIK, ROW, SUMBERJAYA, codes, only_accepted, plan, write

TITLE = "DESA SUMBERJAYA KECAMATAN SUMUR"
DAMAGED = (2, 3601014107900010, "Aminah", "01/07/1990", "3601010102100002")


def described(finding: Finding) -> str:
    return f"{finding.code}: {finding.details['field']}"


def written(path: Path, found: ImportPlan) -> list[list[object]]:
    write_rejected(path, found, described)
    return [list(row) for row in load_workbook(path).get_sheet_by_index(0).to_python()]


def test_rows_keep_their_titles_and_columns_as_text(tmp_path: Path) -> None:
    found = plan(write(tmp_path / "list.xlsx", [(TITLE,), HEADER, ROW, DAMAGED]))
    title, header, row = written(tmp_path / "rejected.xlsx", found)
    assert title[0] == TITLE
    assert header == [*HEADER, REJECTION_TITLE]
    assert row == [
        "2",
        "360101410790001?",
        "Aminah",
        "01/07/1990",
        "3601010102100002",
        "digits_lost: national_id",
    ]


def test_uncorrected_the_rows_are_rejected_again(tmp_path: Path) -> None:
    found = plan(write(tmp_path / "list.xlsx", [HEADER, DAMAGED]))
    written(tmp_path / "rejected.xlsx", found)
    again = plan(tmp_path / "rejected.xlsx")
    assert [codes(row) for row in again.rejected] == [[("digits_lost", "national_id")]]
    rows = written(tmp_path / "rejected twice.xlsx", again)
    assert rows[0] == [*HEADER, REJECTION_TITLE], "the reasons stay one column"


def test_corrected_the_rows_are_accepted(tmp_path: Path) -> None:
    found = plan(write(tmp_path / "list.xlsx", [(TITLE,), HEADER, DAMAGED]), village_code=None)
    rows = written(tmp_path / "rejected.xlsx", found)
    rows[-1][1] = "3601014107900012"
    candidate = only_accepted(plan(write(tmp_path / "corrected.xlsx", rows), village_code=None))
    assert (candidate.national_id, candidate.village_code) == ("3601014107900012", SUMBERJAYA)
    assert candidate.note is None


def test_a_header_of_two_lines_is_understood_again(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for column, title in enumerate(("NO", "NIK", "NAMA")):
            sheet.merge_range(0, column, 1, column, title)
        sheet.merge_range(0, 3, 0, 4, "REKENING")
        sheet.write_row(1, 3, ("BANK", "NO"))
        sheet.write_row(2, 0, ("1", NIK[:-1], "Sarman", "BJB", "0012345678"))
    found = plan(path)
    rows = written(tmp_path / "rejected.xlsx", found)
    rows[-1][1] = NIK
    candidate = only_accepted(plan(write(tmp_path / "corrected.xlsx", rows)))
    assert (candidate.national_id, candidate.bank_account) == (NIK, "0012345678")


def test_a_long_file_name_makes_a_sheet_name(tmp_path: Path) -> None:
    path = tmp_path / "daftar keluarga [desa] sumberjaya tahun 2026.csv"
    path.write_text(f"{';'.join(HEADER)}\n1;{NIK[:-1]};Sarman;;{KK}\n", "utf-8")
    write_rejected(tmp_path / "rejected.xlsx", plan(path), described)
    names = load_workbook(tmp_path / "rejected.xlsx").sheet_names
    assert names == ["daftar keluarga  desa  sumberja"]
