"""The columns of a family list: what they are for and how districts title them.

Titles are compared without case, spaces and punctuation. Within a field the titles stand from the
surest to the vaguest: where two columns would do, the surer one is taken and the other is kept as
an unknown column.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What a column holds. Where a candidate has the same field, the names are the same."""

    ROW_NUMBER = "row_number"
    NATIONAL_ID = "national_id"
    FAMILY_CARD_NUMBER = "family_card_number"
    HEAD_NAME = "head_name"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    BIRTH_PLACE = "birth_place"
    BIRTH_PLACE_AND_DATE = "birth_place_and_date"
    MEMBER_COUNT = "member_count"
    ADDRESS = "address"
    HAMLET = "hamlet"
    RT = "rt"
    RW = "rw"
    RT_RW = "rt_rw"
    VILLAGE_CODE = "village_code"
    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    OCCUPATION = "occupation"
    CRITERIA = "criteria"
    PHONE = "phone"
    BANK_NAME = "bank_name"
    BANK_ACCOUNT = "bank_account"
    BUSINESS_TYPE = "business_type"
    AMOUNT = "amount"
    NOTE = "note"
    REJECTION = "rejection"


REJECTION_TITLE: Final = "ALASAN DITOLAK"
"""Heads the column of reasons in a file of rejected rows; reading it back, the column is passed
over. Fixed in the language of the lists, since it is part of the format."""

TITLES: Final[dict[Field, tuple[str, ...]]] = {
    Field.ROW_NUMBER: ("NO", "NOMOR", "NO URUT", "NOMOR URUT", "NO."),
    Field.NATIONAL_ID: (
        "NIK",
        "NO NIK",
        "NOMOR NIK",
        "NIK KEPALA KELUARGA",
        "NIK KPM",
        "NIK KTP",
        "NIK/NO KTP",
        "NO KTP/NIK",
        "NOMOR INDUK KEPENDUDUKAN",
        "NIK SESUAI KTP",
        "NIK PENERIMA",
        "NIK CALON PENERIMA",
        "NO KTP",
        "NOMOR KTP",
        "KTP",
    ),
    Field.FAMILY_CARD_NUMBER: (
        "NO KK",
        "NOMOR KK",
        "NO KARTU KELUARGA",
        "NOMOR KARTU KELUARGA",
        "NKK",
        "KARTU KELUARGA",
        "KK",
    ),
    Field.HEAD_NAME: (
        "NAMA KEPALA KELUARGA",
        "KEPALA KELUARGA",
        "NAMA KK",
        "NAMA KPM",
        "NAMA LENGKAP KEPALA KELUARGA",
        "NAMA KEPALA RUMAH TANGGA",
        "NAMA KELUARGA PENERIMA MANFAAT",
        "NAMA PENERIMA",
        "NAMA PENERIMA MANFAAT",
        "NAMA PENERIMA BANTUAN",
        "NAMA CALON PENERIMA",
        "NAMA LENGKAP",
        "NAMA SESUAI KTP",
        "NAMA",
    ),
    Field.SEX: ("JENIS KELAMIN", "JNS KELAMIN", "JK", "L/P", "JENIS KELAMIN L/P", "KELAMIN", "SEX"),
    Field.BIRTH_DATE: (
        "TANGGAL LAHIR",
        "TGL LAHIR",
        "TGL LHR",
        "TANGGAL KELAHIRAN",
        "TANGGAL/BULAN/TAHUN LAHIR",
    ),
    Field.BIRTH_PLACE: ("TEMPAT LAHIR", "TMPT LAHIR", "TMP LAHIR", "KOTA LAHIR"),
    Field.BIRTH_PLACE_AND_DATE: (
        "TEMPAT TANGGAL LAHIR",
        "TEMPAT/TGL LAHIR",
        "TEMPAT DAN TANGGAL LAHIR",
        "TEMPAT & TGL LAHIR",
        "TTL",
    ),
    Field.MEMBER_COUNT: (
        "JUMLAH ANGGOTA KELUARGA",
        "JML ANGGOTA KELUARGA",
        "JUMLAH ANGGOTA",
        "JML ANGGOTA",
        "JML ANGG KELUARGA",
        "JUMLAH JIWA",
        "JML JIWA",
        "JUMLAH TANGGUNGAN",
        "ANGGOTA KELUARGA",
        "JIWA",
    ),
    Field.ADDRESS: (
        "ALAMAT LENGKAP",
        "ALAMAT",
        "ALAMAT RUMAH",
        "ALAMAT TEMPAT TINGGAL",
        "ALAMAT DOMISILI",
        "ALAMAT JALAN",
        "JALAN",
    ),
    Field.HAMLET: (
        "DUSUN",
        "KAMPUNG",
        "KP",
        "NAMA KAMPUNG",
        "DUSUN/KAMPUNG",
        "KAMPUNG/DUSUN",
        "LINGKUNGAN",
        "KAMPUNG/LINGKUNGAN",
    ),
    Field.RT: ("RT", "NO RT", "ALAMAT RT"),
    Field.RW: ("RW", "NO RW", "ALAMAT RW"),
    Field.RT_RW: ("RT/RW", "RT & RW", "RT DAN RW", "ALAMAT RT/RW"),
    Field.VILLAGE_CODE: ("KODE DESA", "KODE DESA/KELURAHAN", "KODE DESA/KEL", "KODE WILAYAH"),
    Field.VILLAGE: (
        "DESA/KEL",
        "DESA/KELURAHAN",
        "KELURAHAN/DESA",
        "KEL/DESA",
        "NAMA DESA/KELURAHAN",
        "NAMA DESA",
        "DESA",
        "KELURAHAN",
        "KEL",
    ),
    Field.DISTRICT: ("KECAMATAN", "NAMA KECAMATAN", "KEC"),
    Field.REGENCY: (
        "KABUPATEN/KOTA",
        "KAB/KOTA",
        "NAMA KABUPATEN/KOTA",
        "KOTA/KABUPATEN",
        "KABUPATEN",
        "KAB",
        "KOTA",
    ),
    Field.OCCUPATION: (
        "JENIS PEKERJAAN",
        "PEKERJAAN",
        "PEKERJAAN KEPALA KELUARGA",
        "MATA PENCAHARIAN",
    ),
    Field.CRITERIA: ("KRITERIA", "KRITERIA KEMISKINAN", "KATEGORI", "KATAGORI"),
    Field.PHONE: (
        "NO HP",
        "NO HP/WA",
        "NO WA",
        "NO HANDPHONE",
        "NOMOR HP",
        "NOMOR HANDPHONE",
        "NO TELP/HP",
        "NO HP/TELP",
        "NO TELEPON",
        "NOMOR TELEPON",
        "NO TELP",
        "NO TLP",
        "NO KONTAK",
        "TELEPON",
        "HP",
    ),
    Field.BANK_NAME: ("NAMA BANK", "BANK", "BANK PENYALUR", "REKENING BANK"),
    Field.BANK_ACCOUNT: (
        "NO REKENING",
        "NOMOR REKENING",
        "NO REKENING BANK",
        "NOMOR REKENING BANK",
        "NO REK",
        "NOREK",
        "REKENING NOMOR",
        "REKENING NO",
        "REKENING",
    ),
    Field.BUSINESS_TYPE: ("JENIS USAHA", "USAHA", "RENCANA USAHA", "JENIS USAHA UEP", "NAMA USAHA"),
    Field.AMOUNT: (
        "NOMINAL",
        "NOMINAL BANTUAN",
        "NILAI BANTUAN",
        "BESAR BANTUAN",
        "BESARAN BANTUAN",
        "JUMLAH BANTUAN",
        "JUMLAH UANG",
        "JUMLAH RP",
        "NOMINAL RP",
        "NILAI RP",
    ),
    Field.NOTE: ("KET", "KETERANGAN", "CATATAN"),
    Field.REJECTION: (REJECTION_TITLE,),
}

_NOT_TITLE = re.compile(r"[^A-Z0-9]+")
_BRACKETED = re.compile(r"[(\[].*?[)\]]")


def title_key(title: str) -> str:
    """Reduce a title to what its spellings share: "No. K K" -> "NOKK"."""
    return _NOT_TITLE.sub("", title.upper())


_FIELDS: Final = {
    title_key(title): (rank, field)
    for field, titles in TITLES.items()
    for rank, title in reversed(list(enumerate(titles)))
}


def recognise(title: str) -> tuple[int, Field] | None:
    """Return the field of a column title and how vague the title is; 0 is the surest.

    What stands in brackets ("TANGGAL LAHIR (HH/BB/TTTT)") is left out if it hinders.
    """
    return _FIELDS.get(title_key(title)) or _FIELDS.get(title_key(_BRACKETED.sub("", title)))
