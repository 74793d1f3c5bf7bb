"""What single cells of a row become, and what is said about them."""

from datetime import date
from pathlib import Path

import pytest

from desktop.models.rules.identity import Sex
from tests.imports.lists import KK, NIK, ROW, codes, only_accepted, plan_rows, warnings


def test_a_plain_row_is_accepted_without_a_word(tmp_path: Path) -> None:
    candidate = only_accepted(plan_rows(tmp_path, [ROW]))
    assert (candidate.national_id, candidate.family_card_number) == (NIK, KK)
    assert (candidate.head_name, candidate.birth_date) == ("Sarman", date(1985, 5, 12))
    assert not candidate.provisional
    assert candidate.warnings == ()


@pytest.mark.parametrize("text", [f"'{NIK}", f"’{NIK}", f" {NIK}\u00a0", "3601 0112 0585 0001"])
def test_marks_around_a_national_id_are_dropped(tmp_path: Path, text: str) -> None:
    assert only_accepted(plan_rows(tmp_path, [(1, text, *ROW[2:])])).national_id == NIK


@pytest.mark.parametrize(
    ("national_id", "code"),
    [
        (3601011205850001, "digits_lost"),
        ("3,60101E+15", "digits_lost"),
        ("360101120585000?", "digits_lost"),
        ("360101120585001", "not_sixteen_digits"),
        (360101120585001, "not_sixteen_digits"),
        ("3601013205850001", "day_out_of_range"),
        ("3601013102850001", "impossible_date"),
        ("3601011205850000", "serial_zero"),
    ],
)
def test_a_damaged_national_id_is_rejected(tmp_path: Path, national_id: object, code: str) -> None:
    found = plan_rows(tmp_path, [(1, national_id, *ROW[2:])])
    assert found.accepted == []
    assert [codes(row) for row in found.rejected] == [[(code, "national_id")]]


def test_a_numeric_family_card_is_rejected_too(tmp_path: Path) -> None:
    found = plan_rows(tmp_path, [(*ROW[:4], int(KK))])
    assert [codes(row) for row in found.rejected] == [[("digits_lost", "family_card_number")]]


def test_a_family_without_numbers_is_provisional(tmp_path: Path) -> None:
    candidate = only_accepted(plan_rows(tmp_path, [(1, "-", "Sarman", "12/05/1985", "belum ada")]))
    assert candidate.provisional
    assert warnings(candidate) == [
        ("national_id_missing", "national_id"),
        ("family_card_missing", "family_card_number"),
    ]


def test_a_family_without_card_is_marked_only(tmp_path: Path) -> None:
    candidate = only_accepted(plan_rows(tmp_path, [(*ROW[:4], None)]))
    assert not candidate.provisional
    assert warnings(candidate) == [("family_card_missing", "family_card_number")]


@pytest.mark.parametrize("written", ["05/12/1985", date(1985, 12, 5)])
def test_day_and_month_are_put_right_if_the_national_id_proves_it(
    tmp_path: Path, written: object
) -> None:
    candidate = only_accepted(plan_rows(tmp_path, [(*ROW[:3], written, KK)]))
    assert candidate.birth_date == date(1985, 5, 12)
    assert warnings(candidate) == [("day_month_corrected", "birth_date")]
    assert candidate.warnings[0].details == {
        "field": "birth_date",
        "entered": "1985-12-05",
        "corrected": "1985-05-12",
    }


def test_a_month_first_date_is_read_if_the_national_id_proves_it(tmp_path: Path) -> None:
    row = (1, "3601012405850001", "Sarman", "05/24/1985", KK)
    assert only_accepted(plan_rows(tmp_path, [row])).birth_date == date(1985, 5, 24)


def test_without_proof_a_date_stays_as_written(tmp_path: Path) -> None:
    candidate = only_accepted(plan_rows(tmp_path, [(1, None, "Sarman", "05/12/1985", KK)]))
    assert candidate.birth_date == date(1985, 12, 5)


@pytest.mark.parametrize("written", ["05/24/1985", "1985", "besok", "12/05/2031", 85])
def test_an_unreadable_birth_date_is_rejected(tmp_path: Path, written: object) -> None:
    found = plan_rows(tmp_path, [(1, None, "Sarman", written, KK)])
    assert [codes(row) for row in found.rejected] == [[("unreadable", "birth_date")]]


def test_another_birth_date_than_the_national_id_names_is_a_warning(tmp_path: Path) -> None:
    candidate = only_accepted(plan_rows(tmp_path, [(*ROW[:3], "13/05/1985", KK)]))
    assert candidate.birth_date == date(1985, 5, 13)
    assert warnings(candidate) == [("birth_date_differs", "national_id")]


def test_an_unknown_area_is_a_warning(tmp_path: Path) -> None:
    candidate = only_accepted(plan_rows(tmp_path, [(1, "3601991205850001", *ROW[2:])]))
    assert warnings(candidate) == [("area_unknown", "national_id")]


DETAILS: list[tuple[str, object, str, object]] = [
    ("JENIS KELAMIN", "LAKI-LAKI", "sex", Sex.MALE),
    ("JENIS KELAMIN", "l", "sex", Sex.MALE),
    ("L/P", "Perempuan", "sex", Sex.FEMALE),
    ("JK", 2, "sex", Sex.FEMALE),
    ("TANGGAL LAHIR", "12 Mei 1985", "birth_date", date(1985, 5, 12)),
    ("TANGGAL LAHIR", date(1985, 5, 12), "birth_date", date(1985, 5, 12)),
    ("TANGGAL LAHIR", 31179, "birth_date", date(1985, 5, 12)),
    ("TTL", "Pandeglang, 12-05-1985", "birth_place", "Pandeglang"),
    ("TTL", "Pandeglang, 12-05-1985", "birth_date", date(1985, 5, 12)),
    ("TTL", "Kab. Lebak", "birth_place", "Kab. Lebak"),
    ("TANGGAL LAHIR", "Minggu, 12 Mei 1985", "birth_place", None),
    ("TANGGAL LAHIR", "Minggu, 12 Mei 1985", "birth_date", date(1985, 5, 12)),
    ("JUMLAH ANGGOTA KELUARGA", "4 orang", "member_count", 4),
    ("JUMLAH ANGGOTA KELUARGA", 4, "member_count", 4),
    ("RT/RW", "02/05", "rw", "005"),
    ("RT/RW", "RT. 2 RW. 5", "rt", "002"),
    ("RT", 2, "rt", "002"),
    ("RW", "RW 05", "rw", "005"),
    ("ALAMAT", "  Kp.   Cibaliung ", "address", "Kp. Cibaliung"),
    ("NO HP", 81234567890, "phone", "+6281234567890"),
    ("NO HP", 6281234567890, "phone", "+6281234567890"),
    ("NO HP", "0812-3456-7890 / 0857 1111 2222", "phone", "+6281234567890"),
    ("NO REKENING", "0012-345-678", "bank_account", "0012345678"),
    ("NOMINAL", "Rp. 2.500.000,-", "amount", 2_500_000),
    ("NOMINAL", "2,5 juta", "amount", 2_500_000),
    ("NOMINAL", 2_500_000, "amount", 2_500_000),
    ("KRITERIA", "tidak ada", "criteria", None),
    ("JENIS USAHA", "Warung", "business_type", "Warung"),
]


@pytest.mark.parametrize(("title", "cell", "name", "value"), DETAILS)
def test_a_cell_becomes_a_value(
    tmp_path: Path, title: str, cell: object, name: str, value: object
) -> None:
    header = ("NO", "NAMA", "NO KK", title)
    candidate = only_accepted(plan_rows(tmp_path, [(1, "Sarman", KK, cell)], header))
    assert getattr(candidate, name) == value


@pytest.mark.parametrize(
    ("title", "cell", "field"),
    [
        ("JENIS KELAMIN", "X", "sex"),
        ("NOMINAL", "2,500", "amount"),
        ("NOMINAL", 2500000.5, "amount"),
        ("NOMINAL", -5, "amount"),
        ("NO REKENING", "menyusul", "bank_account"),
    ],
)
def test_who_and_how_much_must_be_readable(
    tmp_path: Path, title: str, cell: object, field: str
) -> None:
    found = plan_rows(tmp_path, [(1, "Sarman", KK, cell)], ("NO", "NAMA", "NO KK", title))
    assert [codes(row) for row in found.rejected] == [[("unreadable", field)]]


@pytest.mark.parametrize(
    ("title", "cell", "warning"),
    [
        ("NO HP", "12345", ("unreadable", "phone")),
        ("JUMLAH ANGGOTA KELUARGA", "banyak", ("unreadable", "member_count")),
        ("RT/RW", date(2026, 5, 2), ("unreadable", "rt_rw")),
        ("NO REKENING", 12345678, ("leading_zeros_unsure", "bank_account")),
    ],
)
def test_lesser_cells_are_left_out_with_a_warning(
    tmp_path: Path, title: str, cell: object, warning: tuple[str, str]
) -> None:
    found = plan_rows(tmp_path, [(1, "Sarman", KK, cell)], ("NO", "NAMA", "NO KK", title))
    assert warning in warnings(only_accepted(found))


def test_all_reasons_of_a_row_are_given_at_once(tmp_path: Path) -> None:
    found = plan_rows(tmp_path, [(1, "123", None, "besok", KK)])
    assert [codes(row) for row in found.rejected] == [
        [
            ("unreadable", "birth_date"),
            ("not_sixteen_digits", "national_id"),
            ("name_missing", "head_name"),
        ]
    ]
