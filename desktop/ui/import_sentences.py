"""What is said about lists of families: why a file or a row is refused, what is to be looked at.

The same sentences stand on the page, in the terminal and in the file of rejected rows.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.imports.failures import ImportFailure
from desktop.models.rules.dates import Language, format_date
from desktop.models.rules.findings import Finding
from desktop.models.rules.identity import IdentityFinding
from desktop.models.rules.money import format_number

_CONTEXT: Final = "Import"

FAILURES: Final[Mapping[str, object]] = {
    "cannot_open": QT_TRANSLATE_NOOP(
        "Import", "The file cannot be opened. Is it still there, and closed in other programs?"
    ),
    "not_a_spreadsheet": QT_TRANSLATE_NOOP(
        "Import", "This is not a spreadsheet. Please choose an XLSX, XLS, ODS or CSV file."
    ),
    "protected": QT_TRANSLATE_NOOP(
        "Import", "The file has a password. Please save it without one and try again."
    ),
    "file_too_large": QT_TRANSLATE_NOOP(
        "Import", "The file is too large. Please split it and import the parts."
    ),
    "unpacks_too_large": QT_TRANSLATE_NOOP(
        "Import", "The file holds more than this laptop can read. Please split it."
    ),
    "too_many_rows": QT_TRANSLATE_NOOP(
        "Import", "The list has {found} rows; at most {limit} can be read at once. Please split it."
    ),
    "too_scattered": QT_TRANSLATE_NOOP(
        "Import", "The cells of the file are scattered too widely. Please save only the table."
    ),
    "empty": QT_TRANSLATE_NOOP("Import", "There is no family in the file."),
    "no_header": QT_TRANSLATE_NOOP(
        "Import",
        "The row with the titles of the columns was not found. "
        "It needs at least a name and a NIK or the number of the family card.",
    ),
}

FINDINGS: Final[Mapping[str, object]] = {
    "digits_lost": QT_TRANSLATE_NOOP(
        "Import",
        "{field}: the spreadsheet program lost digits of {text}. "
        "Please write the number again as text.",
    ),
    "unreadable": QT_TRANSLATE_NOOP("Import", "{field}: “{text}” cannot be read."),
    "name_missing": QT_TRANSLATE_NOOP("Import", "The name of the head of family is missing."),
    "national_id_missing": QT_TRANSLATE_NOOP("Import", "There is no NIK yet."),
    "family_card_missing": QT_TRANSLATE_NOOP("Import", "There is no number of a family card yet."),
    "day_month_corrected": QT_TRANSLATE_NOOP(
        "Import", "Day and month of birth were put right by the NIK: {corrected}, not {entered}."
    ),
    "leading_zeros_unsure": QT_TRANSLATE_NOOP(
        "Import", "{field}: zeros at the beginning may have been lost."
    ),
    "village_missing": QT_TRANSLATE_NOOP("Import", "The village is not named."),
    "village_unknown": QT_TRANSLATE_NOOP(
        "Import", "There is no village “{name}” there, or it is not one of yours."
    ),
    "village_ambiguous": QT_TRANSLATE_NOOP(
        "Import", "There are {found} villages “{name}”. Please choose the village of the list."
    ),
    "village_differs": QT_TRANSLATE_NOOP(
        "Import", "The row says “{name}”, which is not in the village that was chosen."
    ),
    "district_missing": QT_TRANSLATE_NOOP(
        "Import", "The district of the village “{name}” is not named."
    ),
    "district_unknown": QT_TRANSLATE_NOOP("Import", "There is no district “{name}”."),
    "duplicate_in_file": QT_TRANSLATE_NOOP(
        "Import", "{field}: the same as in row {row} of the sheet “{sheet}”."
    ),
    "already_there_different": QT_TRANSLATE_NOOP(
        "Import", "{field}: this family is recorded already, with “{recorded}”."
    ),
    "already_there_empty": QT_TRANSLATE_NOOP(
        "Import", "{field}: not filled in yet; the list says “{stated}”."
    ),
    "not_sixteen_digits": QT_TRANSLATE_NOOP(
        "Import", "The number must have 16 digits; it has {length}."
    ),
    "day_out_of_range": QT_TRANSLATE_NOOP("Import", "The number says day {day}; there is none."),
    "impossible_date": QT_TRANSLATE_NOOP(
        "Import", "The date in the number, {date}, is not possible."
    ),
    "serial_zero": QT_TRANSLATE_NOOP("Import", "The number ends in 0000, as no real one does."),
    "area_unknown": QT_TRANSLATE_NOOP(
        "Import", "The number begins with {area}, which is no district known today."
    ),
    "birth_date_differs": QT_TRANSLATE_NOOP(
        "Import", "The NIK says {number} as the date of birth, not {entered}."
    ),
    "birth_day_month_swapped": QT_TRANSLATE_NOOP(
        "Import", "Day and month of birth may be swapped: the NIK says {number}."
    ),
    "sex_differs": QT_TRANSLATE_NOOP("Import", "The NIK is that of the other sex."),
    "not_thirteen_digits": QT_TRANSLATE_NOOP(
        "Import", "The number must have 13 digits; it has {length}."
    ),
    "not_a_mobile_phone": QT_TRANSLATE_NOOP(
        "Import", "This is not a mobile number, such as 0812 3456 7890."
    ),
}

FIELDS: Final[Mapping[str, object]] = {
    "national_id": QT_TRANSLATE_NOOP("Import", "NIK"),
    "family_card_number": QT_TRANSLATE_NOOP("Import", "Family card"),
    "head_name": QT_TRANSLATE_NOOP("Import", "Name"),
    "sex": QT_TRANSLATE_NOOP("Import", "Sex"),
    "birth_date": QT_TRANSLATE_NOOP("Import", "Date of birth"),
    "birth_place": QT_TRANSLATE_NOOP("Import", "Place of birth"),
    "birth_place_and_date": QT_TRANSLATE_NOOP("Import", "Place and date of birth"),
    "member_count": QT_TRANSLATE_NOOP("Import", "Members"),
    "address": QT_TRANSLATE_NOOP("Import", "Address"),
    "hamlet": QT_TRANSLATE_NOOP("Import", "Hamlet"),
    "rt": QT_TRANSLATE_NOOP("Import", "RT"),
    "rw": QT_TRANSLATE_NOOP("Import", "RW"),
    "rt_rw": QT_TRANSLATE_NOOP("Import", "RT/RW"),
    "village_code": QT_TRANSLATE_NOOP("Import", "Village"),
    "village": QT_TRANSLATE_NOOP("Import", "Village"),
    "district": QT_TRANSLATE_NOOP("Import", "District"),
    "regency": QT_TRANSLATE_NOOP("Import", "Regency"),
    "occupation": QT_TRANSLATE_NOOP("Import", "Occupation"),
    "criteria": QT_TRANSLATE_NOOP("Import", "Criteria"),
    "phone": QT_TRANSLATE_NOOP("Import", "Phone"),
    "bank_name": QT_TRANSLATE_NOOP("Import", "Bank"),
    "bank_account": QT_TRANSLATE_NOOP("Import", "Bank account"),
    "business_type": QT_TRANSLATE_NOOP("Import", "Business"),
    "amount": QT_TRANSLATE_NOOP("Import", "Amount"),
    "note": QT_TRANSLATE_NOOP("Import", "Note"),
}

_SEXES: Final[Mapping[str, object]] = {
    "male": QT_TRANSLATE_NOOP("Import", "male"),
    "female": QT_TRANSLATE_NOOP("Import", "female"),
}

_DATES: Final = frozenset({"number", "entered", "corrected", "recorded", "stated"})
_VALUES: Final = frozenset({"recorded", "stated"})
"""Details that are a value of the field itself."""

_OF_SOME_NUMBER: Final = frozenset(
    {
        IdentityFinding.NOT_SIXTEEN_DIGITS,
        IdentityFinding.DAY_OUT_OF_RANGE,
        IdentityFinding.IMPOSSIBLE_DATE,
        IdentityFinding.SERIAL_ZERO,
        IdentityFinding.AREA_UNKNOWN,
    }
)
"""Their sentences say "the number": in a row, that has several, its name stands before them."""


def failure_sentence(failure: ImportFailure) -> str:
    """Why a file cannot be read, and what to do."""
    details = {name: _figure(value) for name, value in failure.details.items()}
    return _translated(FAILURES[failure.code]).format_map(details)


def finding_sentence(finding: Finding, language: str) -> str:
    """What was found in a row or a number, in the user's language."""
    field = str(finding.details.get("field", ""))
    details = {
        name: _value(field, value) if name in _VALUES else str(value)
        for name, value in finding.details.items()
    }
    details |= {name: _day(text, language) for name, text in details.items() if name in _DATES}
    details["field"] = _translated(FIELDS[field]) if field in FIELDS else field
    sentence = _translated(FINDINGS[finding.code]).format_map(details)
    return (
        f"{details['field']}: {sentence}" if field and finding.code in _OF_SOME_NUMBER else sentence
    )


def _translated(source: object) -> str:
    return QCoreApplication.translate(_CONTEXT, str(source))


def _figure(value: object) -> str:
    return format_number(value) if isinstance(value, int) else str(value)


def _value(field: str, value: object) -> str:
    """What is recorded in a field, or stated by a row, as people write it."""
    if field == "sex" and str(value) in _SEXES:
        return _translated(_SEXES[str(value)])
    return _figure(value)


def _day(text: str, language: str) -> str:
    """An ISO date as people write it; anything else as it is."""
    written: Language = "en" if language == "en" else "id"
    if len(text) != len("2026-11-21") or text[4] != "-":
        return text
    day = date.fromisoformat(text)
    return format_date(day, written)
