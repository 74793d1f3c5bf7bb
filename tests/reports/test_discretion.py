"""What is left of freely written words on a sheet that neighbours may read."""

import pytest

from desktop.reports.discretion import COVERED, for_every_eye


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Pinjam Rp 500.000 dari bank", "Pinjam … dari bank"),
        ("Pinjam Rp2,5 juta", "Pinjam …"),
        ("Modal 300 ribu dan 2 jt", "Modal … dan …"),
        ("Setor 1.250.000 tiap bulan", "Setor … tiap bulan"),
        ("Setor 500000", "Setor …"),
        ("Cek NIK 3601 0121 0860 0001", "Cek NIK …"),
        ("KK 3601010102010001 keliru", "KK … keliru"),
        ("Telepon 0812-3456-7890", "Telepon …"),
    ],
)
def test_numbers_of_persons_and_amounts_are_struck_out(written: str, shown: str) -> None:
    assert for_every_eye(written) == shown


@pytest.mark.parametrize(
    "written",
    [
        *("Antar ke puskesmas", "Ambil OBAT TBC", "Istri hamil 7 bulan", "Cek HIV"),
        *("Bayar utang ke warung", "Tanya gaji suami", "Lapor KDRT", "Anak disabilitas"),
    ],
)
def test_what_is_nobody_elses_business_is_not_shown(written: str) -> None:
    assert for_every_eye(written) == COVERED


@pytest.mark.parametrize(
    "written",
    [
        *("Antar ke kantor desa tanggal 05-12-2026", "Selesai 5/12/2026 pukul 13.05"),
        *("Daftar bidang usaha di OSS", "Beli 12 ekor ayam", "RT 003 RW 012", "PKH tahun 2026"),
        "Operasional warung dicatat",
    ],
)
def test_what_everybody_may_know_stays_as_it_was_written(written: str) -> None:
    assert for_every_eye(written) == written


def test_blanks_and_lines_become_one_line() -> None:
    assert for_every_eye("  Urus\n\n akta  ") == "Urus akta"
