"""Rupiah: reading what people type and writing what Indonesians read.

Money is a whole number of rupiah from end to end; no float is ever made. A text with two readings
("2,500": two and a half, or two thousand five hundred) is refused, never guessed.
"""

import re
from enum import StrEnum
from typing import Final

NO_BREAK_SPACE: Final = "\u00a0"
LARGEST_AMOUNT: Final = 999_999_999_999_999
"""Beyond any programme's budget, and still exact in every spreadsheet."""

LONGEST_TEXT: Final = 40
"""Longer is no amount a person wrote, and reading it would cost time."""

UNITS: Final = {
    "rb": 1_000,
    "ribu": 1_000,
    "jt": 1_000_000,
    "juta": 1_000_000,
    "miliar": 1_000_000_000,
    "milyar": 1_000_000_000,
}

_FRAME = re.compile(
    r"(?P<minus>-?)\s*(?:(?:rp\.?|idr)\s*)?(?P<late_minus>-?)\s*"
    r"(?P<number>[0-9][0-9.,]*?)(?:,-{1,2})?\s*(?P<unit>[a-z]*)\.?"
)
_INDONESIAN = re.compile(
    r"(?P<whole>[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<part>[0-9]{1,2}))?"
)
# One comma group alone ("2,500") may be decimals; two, or a point behind, can only be thousands.
_ENGLISH = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}|[1-9][0-9]{0,2},[0-9]{3}(?=\.))"
    r"(?:\.(?P<part>[0-9]{1,2}))?"
)
_WITH_UNIT = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?")


class MoneyProblem(StrEnum):
    """Why a text was not read as an amount."""

    EMPTY = "empty"
    NOT_AN_AMOUNT = "not_an_amount"
    AMBIGUOUS = "ambiguous"
    FRACTION = "fraction"
    TOO_LARGE = "too_large"


class MoneyError(ValueError):
    """A text is not an amount of rupiah; `code` says why."""

    def __init__(self, code: MoneyProblem) -> None:
        super().__init__(code.value)
        self.code = code


def parse_rupiah(text: str) -> int:
    """Read an amount such as "Rp. 2.500.000,-", "2,5 juta", "750rb" or "-1.250.000,00".

    Returns:
        Whole rupiah; negative with a leading minus.

    Raises:
        MoneyError: if the text is no amount, has two readings, or has a fraction of a rupiah.
    """
    # The minus of typesetters (U+2212) is the same sign; split() also takes no-break spaces.
    plain = " ".join(text.replace("\u2212", "-").casefold().split())
    if not plain:
        raise MoneyError(MoneyProblem.EMPTY)
    if len(plain) > LONGEST_TEXT:
        raise MoneyError(MoneyProblem.NOT_AN_AMOUNT)
    frame = _FRAME.fullmatch(plain)
    if not frame or (frame["minus"] and frame["late_minus"]):
        raise MoneyError(MoneyProblem.NOT_AN_AMOUNT)
    amount = _magnitude(frame["number"], frame["unit"])
    if amount > LARGEST_AMOUNT:
        raise MoneyError(MoneyProblem.TOO_LARGE)
    return -amount if frame["minus"] or frame["late_minus"] else amount


def format_number(number: int) -> str:
    """Write a whole number the Indonesian way: "1.234.567"."""
    return f"{number:,}".replace(",", ".")


def format_rupiah(amount: int, *, symbol: bool = True) -> str:
    """Write an amount: "Rp 2.500.000" (no-break space), "-Rp 50.000", or without the symbol."""
    if not symbol:
        return format_number(amount)
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{NO_BREAK_SPACE}{format_number(abs(amount))}"


def _magnitude(number: str, unit: str) -> int:
    if unit in ("", "rupiah"):
        return _plain_amount(number)
    if unit not in UNITS:
        raise MoneyError(MoneyProblem.NOT_AN_AMOUNT)
    match = _WITH_UNIT.fullmatch(number)
    # "2.500 juta" may be two and a half million or two and a half thousand million.
    if not match or len(match["part"] or "") == 3:
        raise MoneyError(MoneyProblem.AMBIGUOUS)
    part = match["part"] or ""
    scaled, rest = divmod(int(match["whole"] + part) * UNITS[unit], int("1" + "0" * len(part)))
    if rest:
        raise MoneyError(MoneyProblem.FRACTION)
    return scaled


def _plain_amount(number: str) -> int:
    match = _INDONESIAN.fullmatch(number) or _ENGLISH.fullmatch(number)
    if not match:
        raise MoneyError(MoneyProblem.AMBIGUOUS)
    if (match["part"] or "").strip("0"):
        raise MoneyError(MoneyProblem.FRACTION)
    return int(re.sub(r"[.,]", "", match["whole"]))
