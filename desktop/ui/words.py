"""The words for codes of families, members, visits and businesses, and for months in narrow places."""

from collections.abc import Mapping
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.models.rules.dates import MONTH_NAMES, Language, month_start
from desktop.ui.widgets.option import Option

RELATIONS: Final[Mapping[str, object]] = {
    "head": QT_TRANSLATE_NOOP("Household", "Head of family"),
    "spouse": QT_TRANSLATE_NOOP("Household", "Wife or husband"),
    "child": QT_TRANSLATE_NOOP("Household", "Child"),
    "parent": QT_TRANSLATE_NOOP("Household", "Parent"),
    "other": QT_TRANSLATE_NOOP("Household", "Other"),
}
SEXES: Final[Mapping[str, object]] = {
    "female": QT_TRANSLATE_NOOP("Household", "Female"),
    "male": QT_TRANSLATE_NOOP("Household", "Male"),
}
LEAVING: Final[Mapping[str, object]] = {
    "moved_out": QT_TRANSLATE_NOOP("Household", "Moved out"),
    "died": QT_TRANSLATE_NOOP("Household", "Died"),
}
MEMBER_STATES: Final[Mapping[str, object]] = {
    "present": QT_TRANSLATE_NOOP("Household", "Lives here"),
    **LEAVING,
}
OUTCOMES: Final[Mapping[str, object]] = {
    "met": QT_TRANSLATE_NOOP("Household", "Met the family"),
    "nobody_home": QT_TRANSLATE_NOOP("Household", "Nobody home"),
    "moved": QT_TRANSLATE_NOOP("Household", "Moved away"),
    "refused": QT_TRANSLATE_NOOP("Household", "Refused the visit"),
}
BUSINESS_STATES: Final[Mapping[str, object]] = {
    "active": QT_TRANSLATE_NOOP("Household", "Active"),
    "declining": QT_TRANSLATE_NOOP("Household", "Declining"),
    "paused": QT_TRANSLATE_NOOP("Household", "Paused"),
    "closed": QT_TRANSLATE_NOOP("Household", "Closed"),
}
FIELDS: Final[Mapping[str, object]] = {
    "household.status": QT_TRANSLATE_NOOP("Household", "Status of the family"),
    "household.welfare_decile": QT_TRANSLATE_NOOP("Household", "Welfare decile"),
    "household.address": QT_TRANSLATE_NOOP("Household", "Address"),
    "household.hamlet": QT_TRANSLATE_NOOP("Household", "Hamlet"),
    "household.phone": QT_TRANSLATE_NOOP("Household", "Phone"),
    "household.note": QT_TRANSLATE_NOOP("Household", "Note"),
    "family_card.number": QT_TRANSLATE_NOOP("Household", "Number of the family card"),
    "member.name": QT_TRANSLATE_NOOP("Household", "Name"),
    "member.national_id": QT_TRANSLATE_NOOP("Household", "NIK"),
    "member.status": QT_TRANSLATE_NOOP("Household", "Status of the member"),
    "member.birth_date": QT_TRANSLATE_NOOP("Household", "Date of birth"),
    "business.status": QT_TRANSLATE_NOOP("Household", "Status of the business"),
    "business.name": QT_TRANSLATE_NOOP("Household", "Name of the business"),
}
"""Fields by table and name, where two people may have written different values."""


def word(table: Mapping[str, object], code: str | None) -> str:
    """The word for a code; a code of a newer version is shown as it is."""
    if code is None:
        return ""
    source = table.get(code)
    return code if source is None else QCoreApplication.translate("Household", str(source))


def options(table: Mapping[str, object]) -> list[Option]:
    """All codes of a table, to choose from."""
    return [Option(code, word(table, code)) for code in table]


def short_month(month: str, language: str) -> str:
    """A month as it stands in a narrow column: "Agu 2026"."""
    day = month_start(month)
    return f"{MONTH_NAMES[cast('Language', language)][day.month - 1][:3]} {day.year}"
