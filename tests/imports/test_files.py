"""What kinds of file are read, and which are refused before any harm is done."""

import zipfile
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from desktop.imports.containers import Limits
from desktop.imports.failures import FailureCode, ImportFailure
from tests.imports.lists import HEADER, KK, NIK, ROW, only_accepted, plan, write

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
CSV_LINES = [HEADER, ("1", NIK, "Sarman", "12/05/1985", KK)]


def refused(path: Path, limits: Limits | None = None) -> FailureCode:
    with pytest.raises(ImportFailure) as failure:
        plan(path, limits=limits or Limits())
    return failure.value.code


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_delimited_text_is_read(tmp_path: Path, separator: str, encoding: str) -> None:
    path = tmp_path / "list.csv"
    lines = [("DAFTAR KELUARGA – 2026",), *CSV_LINES]
    path.write_text("\r\n".join(map(separator.join, lines)), encoding)
    candidate = only_accepted(plan(path))
    assert (candidate.sheet, candidate.row_number, candidate.national_id) == ("list", 3, NIK)


def test_marks_of_delimited_text_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f'sep=;\nNAMA;NIK;ALAMAT\n"Ma\'mun";="{NIK}";"Kp. Ciseke; RT 2"\n', "utf-8")
    candidate = only_accepted(plan(path))
    assert (candidate.national_id, candidate.address) == (NIK, "Kp. Ciseke; RT 2")


def test_an_open_document_is_read(tmp_path: Path) -> None:
    def line(cells: tuple[object, ...]) -> str:
        texts = (
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in cells
        )
        return f"<table:table-row>{''.join(texts)}</table:table-row>"

    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0">'
        '<office:body><office:spreadsheet><table:table table:name="Daftar">'
        f"{line(HEADER)}{line(ROW)}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "list.ods"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", kind)
        package.writestr("content.xml", content)
        package.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"><manifest:file-entry'
            f' manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    assert only_accepted(plan(path)).national_id == NIK


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nstream",
        b"\x89PNG\r\n\x1a\n\0\0\0",
        b"<html><table><tr><td>NIK</td></tr></table></html>",
        b"PK\x03\x04 broken off",
        COMPOUND_FILE,
    ],
)
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    assert refused(path) is FailureCode.NOT_A_SPREADSHEET


def test_another_packed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert refused(path) is FailureCode.NOT_A_SPREADSHEET


def test_a_protected_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(COMPOUND_FILE + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path) is FailureCode.PROTECTED


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "list.xlsx") is FailureCode.CANNOT_OPEN


@pytest.mark.parametrize("rows", [[], [HEADER]])
def test_a_list_without_rows_is_refused(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    assert refused(write(tmp_path / "list.xlsx", rows)) is FailureCode.EMPTY


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"\r\n")
    assert refused(path) is FailureCode.EMPTY


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=100), FailureCode.FILE_TOO_LARGE),
        (Limits(unpacked_bytes=100), FailureCode.UNPACKS_TOO_LARGE),
        (Limits(rows=1), FailureCode.TOO_MANY_ROWS),
        (Limits(cells=9), FailureCode.TOO_SCATTERED),
    ],
)
def test_limits_hold(tmp_path: Path, limits: Limits, code: FailureCode) -> None:
    assert refused(write(tmp_path / "list.xlsx", [HEADER, ROW]), limits) is code


def test_a_cell_in_the_last_corner_is_refused_before_it_takes_all_memory(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "NIK")
        sheet.write(1_048_575, 16_383, "x")
    assert refused(path) is FailureCode.TOO_SCATTERED


def test_formatted_empty_rows_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROW)
        sheet.write_blank(1_048_575, 16_383, None, workbook.add_format({"bold": True}))
    assert only_accepted(plan(path)).national_id == NIK
