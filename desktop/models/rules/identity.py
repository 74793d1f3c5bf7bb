"""Identity numbers: national id (NIK), family card (KK), business id (NIB) and phone.

All of them are text. A national id tells where and as whom a person was *first registered*; it is
for life, so it may disagree with today's address or a corrected birth date and still be right.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from desktop.models.rules.ages import years_on
from desktop.models.rules.findings import Finding, Severity

WOMAN_DAY_OFFSET: Final = 40
OLDEST_AGE: Final = 110
NO_SERIAL: Final = "0000"

_NOISE = re.compile(r"[\s.\-\u2010-\u2015\u2212\u200b\u2060\ufeff]")
_APOSTROPHES = "'`\u2018\u2019\u00b4"
_SIXTEEN_DIGITS = re.compile(r"[0-9]{16}")
_THIRTEEN_DIGITS = re.compile(r"[0-9]{13}")
_MOBILE_PHONE = re.compile(r"(?:\+62|62|0)(8[0-9]{8,11})")
_MASK = "\u2022"
_GROUP = 4

AreaCheck = Callable[[str], bool]
"""Says whether six digits (province, regency, district) are an area we know."""


class Sex(StrEnum):
    """The sex written on the identity card."""

    MALE = "male"
    FEMALE = "female"


class IdentityFinding(StrEnum):
    """What can be wrong with, or remarkable about, an identity number."""

    NOT_SIXTEEN_DIGITS = "not_sixteen_digits"
    DAY_OUT_OF_RANGE = "day_out_of_range"
    IMPOSSIBLE_DATE = "impossible_date"
    SERIAL_ZERO = "serial_zero"
    AREA_UNKNOWN = "area_unknown"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    BIRTH_DAY_MONTH_SWAPPED = "birth_day_month_swapped"
    SEX_DIFFERS = "sex_differs"
    NOT_THIRTEEN_DIGITS = "not_thirteen_digits"
    NOT_A_MOBILE_PHONE = "not_a_mobile_phone"


class IdentityError(ValueError):
    """A number was read that the checks refuse; `code` says why."""

    def __init__(self, code: IdentityFinding) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class NationalIdFacts:
    """What a national id says about its holder.

    Attributes:
        area_code: six digits without dots: province, regency, district of first registration.
        birth_date: None when two centuries fit and no entered birth date decides.
        sex: from the day of birth (women have 40 added).
        serial: four digits.
    """

    area_code: str
    birth_date: date | None
    sex: Sex
    serial: str


def normalise_number(text: str) -> str:
    """Drop what people and spreadsheets put around digits: spaces, dots, dashes, apostrophes."""
    return _NOISE.sub("", text).lstrip(_APOSTROPHES)


def check_national_id(
    text: str,
    *,
    today: date,
    birth_date: date | None = None,
    sex: Sex | None = None,
    is_known_area: AreaCheck | None = None,
) -> list[Finding]:
    """Check a national id by itself and against what was entered beside it.

    Args:
        text: as typed or imported; normalised here.
        today: decides the century of the two-digit year.
        birth_date: as entered; differing is a warning, since the number is never corrected.
        sex: as entered; differing is a warning.
        is_known_area: leave out to skip the area; an unknown or retired area is a warning.

    Returns:
        Errors alone if the number cannot be one, else the warnings; empty if all is well.
    """
    number = normalise_number(text)
    errors = _sixteen_digit_errors(number, women_offset=WOMAN_DAY_OFFSET, today=today)
    if errors:
        return errors
    facts = national_id_facts(number, today=today, birth_date=birth_date)
    findings = _area_findings(number, is_known_area)
    if birth_date is not None and facts.birth_date not in (None, birth_date):
        findings.append(_birth_date_finding(facts.birth_date, birth_date))
    if sex is not None and sex is not facts.sex:
        findings.append(
            _warning(IdentityFinding.SEX_DIFFERS, number=facts.sex.value, entered=sex.value)
        )
    return findings


def national_id_facts(text: str, *, today: date, birth_date: date | None = None) -> NationalIdFacts:
    """Read what a national id says.

    The century is the one that gives an age of 0 to 110 and lies not in the future; if both do,
    the entered birth date decides.

    Raises:
        IdentityError: if `check_national_id` has an error for this number.
    """
    number = normalise_number(text)
    errors = _sixteen_digit_errors(number, women_offset=WOMAN_DAY_OFFSET, today=today)
    if errors:
        raise IdentityError(IdentityFinding(errors[0].code))
    day = int(number[6:8])
    is_woman = day > WOMAN_DAY_OFFSET
    candidates = _possible_dates(
        day - WOMAN_DAY_OFFSET if is_woman else day, number[8:10], number[10:12], today
    )
    return NationalIdFacts(
        area_code=number[:6],
        birth_date=_choose_century(candidates, birth_date),
        sex=Sex.FEMALE if is_woman else Sex.MALE,
        serial=number[12:],
    )


def check_family_card_number(
    text: str, *, today: date, is_known_area: AreaCheck | None = None
) -> list[Finding]:
    """Check a family card number: area, recording date (never with 40 added), serial."""
    number = normalise_number(text)
    errors = _sixteen_digit_errors(number, women_offset=0, today=today)
    return errors or _area_findings(number, is_known_area)


def check_business_id_number(text: str) -> list[Finding]:
    """Check a business id number (NIB): thirteen digits."""
    number = normalise_number(text)
    if _THIRTEEN_DIGITS.fullmatch(number):
        return []
    return [_error(IdentityFinding.NOT_THIRTEEN_DIGITS, length=len(number))]


def normalise_phone(text: str) -> str | None:
    """Return a mobile number as "+628...", or None if it is not one."""
    match = _MOBILE_PHONE.fullmatch(re.sub(r"[()/]", "", normalise_number(text)))
    return f"+62{match[1]}" if match else None


def check_phone(text: str) -> list[Finding]:
    """Check a phone number; having none is normal, and so is sharing one."""
    if not normalise_number(text) or normalise_phone(text):
        return []
    return [_error(IdentityFinding.NOT_A_MOBILE_PHONE)]


def mask_number(text: str) -> str:
    """Hide the middle of a number, so that birth date and sex stay unread over a shoulder.

    The first and last four characters stay ("3604 •••• •••• 0003"): enough to tell two members of
    a family apart. A number of fewer than twelve characters keeps its last two only.
    """
    number = normalise_number(text)
    first, last = (_GROUP, _GROUP) if len(number) >= 12 else (0, 2)
    hidden = max(len(number) - first - last, 0)
    return group_digits(number[:first] + _MASK * hidden + number[first + hidden :])


def shown_last(text: str) -> str:
    """The last digits of an identity number, those that a masked one shows."""
    return normalise_number(text)[-_GROUP:]


def group_digits(text: str) -> str:
    """Set a number in groups of four, as printed on the card: "3604 1204 0580 0003"."""
    number = normalise_number(text)
    return " ".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def group_phone(text: str) -> str:
    """Write a mobile number as people do: "0812 3456 7890"; what is none stays as it is."""
    phone = normalise_phone(text)
    if phone is None:
        return text
    number = phone.replace("+62", "0", 1)
    parts = (number[:_GROUP], number[_GROUP : 2 * _GROUP], number[2 * _GROUP :])
    return " ".join(filter(None, parts))


def _sixteen_digit_errors(number: str, *, women_offset: int, today: date) -> list[Finding]:
    if not _SIXTEEN_DIGITS.fullmatch(number):
        return [_error(IdentityFinding.NOT_SIXTEEN_DIGITS, length=len(number))]
    errors = []
    day = int(number[6:8])
    if women_offset and day > women_offset:
        day -= women_offset
    if not 1 <= day <= 31:
        errors.append(_error(IdentityFinding.DAY_OUT_OF_RANGE, day=number[6:8]))
    elif not _possible_dates(day, number[8:10], number[10:12], today):
        errors.append(_error(IdentityFinding.IMPOSSIBLE_DATE, date=number[6:12]))
    if number[12:] == NO_SERIAL:
        errors.append(_error(IdentityFinding.SERIAL_ZERO))
    return errors


def _possible_dates(day: int, month: str, year: str, today: date) -> list[date]:
    """Return the real dates of both centuries that are not future and at most 110 years ago."""
    this_century = today.year - today.year % 100
    found = []
    for century in (this_century - 100, this_century):
        try:
            candidate = date(century + int(year), int(month), day)
        except ValueError:
            continue  # the day does not exist in that year, such as 29 February 1900
        if candidate <= today and years_on(candidate, today) <= OLDEST_AGE:
            found.append(candidate)
    return found


def _choose_century(candidates: list[date], entered: date | None) -> date | None:
    if len(candidates) == 1:
        return candidates[0]
    if entered is None:
        return None
    return min(candidates, key=lambda candidate: abs(candidate - entered))


def _birth_date_finding(in_number: date | None, entered: date) -> Finding:
    swapped = in_number is not None and (in_number.year, in_number.month, in_number.day) == (
        entered.year,
        entered.day,
        entered.month,
    )
    code = (
        IdentityFinding.BIRTH_DAY_MONTH_SWAPPED if swapped else IdentityFinding.BIRTH_DATE_DIFFERS
    )
    return _warning(code, number=str(in_number), entered=entered.isoformat())


def _area_findings(number: str, is_known_area: AreaCheck | None) -> list[Finding]:
    if is_known_area is None or is_known_area(number[:6]):
        return []
    return [_warning(IdentityFinding.AREA_UNKNOWN, area=number[:6])]


def _error(code: IdentityFinding, **details: str | int) -> Finding:
    return Finding(code, Severity.ERROR, details)


def _warning(code: IdentityFinding, **details: str | int) -> Finding:
    return Finding(code, Severity.WARNING, details)
