"""One cell to one value: what people and spreadsheet programs make of numbers, dates and words.

Every reader takes a cleaned cell and returns its value, None for an empty one, or raises
`UnreadableCell`. Nothing is guessed: a number that lost digits is refused, not completed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from desktop.imports.candidates import RowFinding
from desktop.imports.grids import Cell
from desktop.models.rules.dates import DAY_NAMES, MONTH_NAMES, DateError, format_date, parse_date
from desktop.models.rules.identity import Sex, normalise_number, normalise_phone
from desktop.models.rules.money import MoneyError, parse_rupiah

EXACT_DIGITS: Final = 15
"""Spreadsheet programs keep this many digits of a number and turn the rest into zeros."""

LOST_DIGIT: Final = "?"
"""Stands for the digit a program lost, where a damaged number is written for correction."""

LARGEST_FAMILY: Final = 40

_SAYS_NOTHING: Final = frozenset(
    (
        *("", "-", "--", "---", "–", "—", ".", "..", "n/a", "#n/a", "na", "null", "none"),
        *("nihil", "kosong", "tidak ada", "tdk ada", "tidak punya", "belum ada", "belum punya"),
    )
)
_LONGEST_NOTHING: Final = max(map(len, _SAYS_NOTHING))
_SEXES: Final = {
    **dict.fromkeys(("l", "lk", "laki", "lakilaki", "lelaki", "pria", "male", "1"), Sex.MALE),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "female", "2"), Sex.FEMALE),
}
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_APOSTROPHES = "'`\u2018\u2019\u00b4"
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_TWO_NUMBERS = re.compile(r"[^0-9]*([0-9]{1,3})[^0-9]+([0-9]{1,3})[^0-9]*")
_PLACE_AND_DATE = re.compile(r"(?P<place>[^0-9]*[^0-9\s,/\-])[\s,/\-]+(?P<date>[0-9].*)")
_MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})(?P<sep>[/.\-])(?P<day>[0-9]{1,2})(?P=sep)")
_WORDS_OF_DATES: Final = frozenset(
    name.casefold()
    for table in (DAY_NAMES, MONTH_NAMES)
    for names in table.values()
    for name in names
)
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_SERIAL_DAYS = range(3_000, 100_000)


class UnreadableCell(ValueError):
    """A cell holds something, but not what its column is for."""

    def __init__(self, text: str, code: RowFinding = RowFinding.UNREADABLE) -> None:
        self.text = text
        self.code = code
        super().__init__(code.value)


def cleaned(cell: Cell) -> Cell:
    """Take a text's words without the marks of text cells; None for "-", "tidak ada" and such."""
    if not isinstance(cell, str):
        return cell
    text = (cell if cell.isascii() else _INVISIBLE.sub("", cell)).replace("\0", " ")
    text = " ".join(text.split()).lstrip(_APOSTROPHES).strip()
    return None if len(text) <= _LONGEST_NOTHING and text.casefold() in _SAYS_NOTHING else text


def text_of(cell: Cell) -> str:
    """Write a cell as text: nothing for an empty one, dates day first."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return format_date(cell, "id", "short")
    return "" if cell is None else str(cell)


def has_lost_digits(cell: Cell) -> bool:
    """Whether a long number went through a number cell, which keeps 15 digits only."""
    if isinstance(cell, str):
        return LOST_DIGIT in cell or bool(_SCIENTIFIC.fullmatch(cell))
    return isinstance(cell, int | float) and abs(cell) >= 10**EXACT_DIGITS


def correctable_text(cell: Cell) -> str:
    """Write a cell as text for a person to correct: a lost digit shows as a question mark.

    Written in full, a damaged number would look like a sound one when the file is read again.
    """
    if isinstance(cell, int | float) and has_lost_digits(cell):
        digits = str(int(cell))
        return digits[:EXACT_DIGITS] + LOST_DIGIT * (len(digits) - EXACT_DIGITS)
    return text_of(cell)


def read_text(cell: Cell) -> str | None:
    """Read words as written."""
    return text_of(cell) or None


def read_identity_number(cell: Cell) -> str | None:
    """Read a national id or family card number; its digits are checked elsewhere."""
    text = read_text(cell)
    if text is None or not text.strip("0"):
        return None
    if has_lost_digits(cell):
        raise UnreadableCell(correctable_text(cell), RowFinding.DIGITS_LOST)
    return normalise_number(text) or None


def read_account_number(cell: Cell) -> str | None:
    """Read a bank account: digits without what is set between them."""
    number = read_identity_number(cell)
    if number is not None and not number.isdecimal():
        raise UnreadableCell(number)
    return number


def read_sex(cell: Cell) -> Sex | None:
    """Read "L", "P", "Laki-laki", "PEREMPUAN", or the codes 1 and 2 of the statistics office."""
    text = read_text(cell)
    if text is None:
        return None
    word = "".join(filter(str.isalnum, text.casefold()))
    if word not in _SEXES:
        raise UnreadableCell(text)
    return _SEXES[word]


def read_member_count(cell: Cell) -> int | None:
    """Read the size of a family: "4" or "4 orang"."""
    text = read_text(cell)
    if text is None:
        return None
    found = _DIGITS.match(text)
    if not found or not 1 <= int(found[0]) <= LARGEST_FAMILY or isinstance(cell, float):
        raise UnreadableCell(text)
    return int(found[0])


def read_neighbourhood(cell: Cell) -> str | None:
    """Read an RT or RW as three digits: "2", "RT. 02" and "002" are the same."""
    text = read_text(cell)
    if text is None:
        return None
    found = _DIGITS.findall(text)
    if len(found) != 1 or len(found[0]) > 3 or isinstance(cell, date):
        raise UnreadableCell(text)
    return str(found[0]).zfill(3) if found[0].strip("0") else None


def read_neighbourhood_pair(cell: Cell) -> tuple[str | None, str | None]:
    """Read RT and RW out of one cell: "02/05". A date made of it by Excel is refused."""
    text = read_text(cell)
    if text is None:
        return None, None
    found = _TWO_NUMBERS.fullmatch(text)
    if not found or isinstance(cell, date):
        raise UnreadableCell(text)
    return read_neighbourhood(found[1]), read_neighbourhood(found[2])


def read_phone(cell: Cell) -> str | None:
    """Read a mobile phone, the first if there are several; a lost leading zero is put back."""
    text = read_text(cell)
    if text is None or not text.strip("0"):
        return None
    for number in (text, *re.split(r"[/,;]", text)):
        digits = number.strip()
        if phone := normalise_phone(f"0{digits}" if digits.startswith("8") else digits):
            return phone
    raise UnreadableCell(text)


def read_amount(cell: Cell) -> int | None:
    """Read whole rupiah out of a number or a text such as "Rp. 2.500.000,-"."""
    text = read_text(cell)
    if text is None:
        return None
    if isinstance(cell, str):
        try:
            amount = parse_rupiah(text)
        except MoneyError as error:
            raise UnreadableCell(text) from error
    elif isinstance(cell, int) and not isinstance(cell, bool):
        amount = cell
    else:
        raise UnreadableCell(text)
    if amount < 0:
        raise UnreadableCell(text)
    return amount


def split_birth_place(cell: Cell) -> tuple[str | None, Cell]:
    """Part "Pandeglang, 12-05-1985" into place and date; other cells are a date alone."""
    found = _PLACE_AND_DATE.fullmatch(cell) if isinstance(cell, str) else None
    if found is None or found["place"].casefold() in _WORDS_OF_DATES:
        return None, cell
    return found["place"].strip(), found["date"]


def read_birth_date(cell: Cell, *, today: date, is_proved: Callable[[date], bool]) -> date | None:
    """Read a date of birth from a date, its number of days, or a text with the day first.

    Args:
        cell: the cell.
        today: the last day that makes sense.
        is_proved: whether the national id names this day; only then a text is read month first.
    """
    text = read_text(cell)
    if text is None:
        return None
    if isinstance(cell, date):
        born = cell
    elif isinstance(cell, int) and cell in _SERIAL_DAYS:
        born = _SERIAL_DAY_ZERO + timedelta(days=cell)
    else:
        born = _parse_either_way(text, today, is_proved)
    if born > today:
        raise UnreadableCell(text)
    return born


def _parse_either_way(text: str, today: date, is_proved: Callable[[date], bool]) -> date:
    try:
        return parse_date(text, today=today, latest=today)
    except DateError as error:
        turned = _MONTH_FIRST.sub(r"\g<day>\g<sep>\g<month>\g<sep>", text, count=1)
        try:
            born = parse_date(turned, today=today, latest=today)
        except DateError:
            raise UnreadableCell(text) from error
        if turned == text or not is_proved(born):
            raise UnreadableCell(text) from error
        return born
