"""What a neighbour may read of words that somebody wrote down freely, and what not.

A sheet of paper lies on the table. Numbers that belong to a person and amounts of money are struck
out; words about illness, debt, income or violence are not shown at all, but named in general. No
table knows every word: whoever prints sees the sheet first.
"""

import re
from typing import Final

COVERED: Final = "Hal yang sudah dibicarakan dengan keluarga"
"""What stands in place of words that are nobody else's business."""

STRUCK: Final = "…"

PRIVATE: Final = (
    # illness, treatment, what the body can and cannot
    *("sakit", "obat", "kanker", "tumor", "hamil", "kandungan", "keguguran", "melahirkan"),
    *("gizi", "stunting", "lumpuh", "stroke", "strok", "diabet", "gula darah", "darah tinggi"),
    *("hipertensi", "jantung", "ginjal", "kusta", "katarak", "cuci darah", "puskesmas", "rsud"),
    *("klinik", "dokter", "psikolog", "gangguan jiwa", "disabilitas", "difabel"),
    *("cacat", "dirawat", "rawat inap", "rawat jalan", "kontrasepsi"),
    # debt and income
    *("utang", "pinjol", "rentenir", "penghasilan", "pendapatan"),
    # what happens within four walls
    *("kekerasan", "pelecehan", "perkosa", "perceraian", "bercerai", "narkoba"),
)
"""Pieces of words."""

PRIVATE_WORDS: Final = (
    *(
        "tb",
        "tbc",
        "hiv",
        "aids",
        "kb",
        "odgj",
        "kdrt",
        "operasi",
        "bidan",
        "gaji",
        "upah",
        "cerai",
    ),
)
"""Whole words: within others they mean something else."""

_IS_PRIVATE: Final = re.compile(rf"{'|'.join(PRIVATE)}|\b(?:{'|'.join(PRIVATE_WORDS)})\b")
_AMOUNT: Final = re.compile(
    r"\brp\.?\s*\d[\d.,]*(?:\s*(?:ribu|rb|juta|jt)\b)?"
    r"|\b\d[\d.,]*\s*(?:ribu|rb|juta|jt|rupiah)\b"
    r"|\b\d{1,3}(?:\.\d{3})+(?![\d.])",
    re.IGNORECASE,
)
_LONG_NUMBER: Final = re.compile(r"\+?\d(?:[ .\-]?\d){8,}|\d{5,}")
"""Nine digits or more, however they are grouped, or five in a row; a date is neither."""


def for_every_eye(words: str) -> str:
    """The words, as far as a neighbour may read them; never empty unless they were.

    Args:
        words: what somebody wrote.
    """
    plain = " ".join(words.split())
    if _IS_PRIVATE.search(plain.casefold()):
        return COVERED
    return _LONG_NUMBER.sub(STRUCK, _AMOUNT.sub(STRUCK, plain))
