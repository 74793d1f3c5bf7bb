"""A row of a list as plain typed values, its identity, and the findings a row can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import blake2b

from desktop.models.rules.findings import Finding
from desktop.models.rules.identity import Sex
from desktop.models.rules.names import normalise_name


class RowFinding(StrEnum):
    """What can be wrong with, or remarkable about, a row; details name the ``field``.

    The checks of numbers add findings of their own.
    """

    DIGITS_LOST = "digits_lost"
    UNREADABLE = "unreadable"
    NAME_MISSING = "name_missing"
    NATIONAL_ID_MISSING = "national_id_missing"
    FAMILY_CARD_MISSING = "family_card_missing"
    DAY_MONTH_CORRECTED = "day_month_corrected"
    LEADING_ZEROS_UNSURE = "leading_zeros_unsure"
    VILLAGE_MISSING = "village_missing"
    VILLAGE_UNKNOWN = "village_unknown"
    VILLAGE_AMBIGUOUS = "village_ambiguous"
    VILLAGE_DIFFERS = "village_differs"
    DISTRICT_MISSING = "district_missing"
    DISTRICT_UNKNOWN = "district_unknown"
    DUPLICATE_IN_FILE = "duplicate_in_file"
    ALREADY_THERE_DIFFERENT = "already_there_different"
    ALREADY_THERE_EMPTY = "already_there_empty"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family as one row of a list states it, checked, ready to be recorded.

    Attributes:
        sheet: name of the sheet.
        row_number: the row's number as the spreadsheet program shows it.
        village_code: as in the reference data, "36.01.01.2001".
        sex: as stated; never taken from the national id.
        birth_date: as stated, or with day and month put right if the national id proves it.
        rt: three digits, and so is ``rw``.
        phone: "+628...".
        amount: whole rupiah.
        raw: the row as it stood: text by column title, empty cells left out.
        warnings: what a person should look at; corrections are among them.
        provisional: no national id is known.
    """

    sheet: str
    row_number: int
    village_code: str
    head_name: str
    national_id: str | None = None
    sex: Sex | None = None
    birth_date: date | None = None
    birth_place: str | None = None
    family_card_number: str | None = None
    member_count: int | None = None
    address: str | None = None
    hamlet: str | None = None
    rt: str | None = None
    rw: str | None = None
    occupation: str | None = None
    phone: str | None = None
    bank_name: str | None = None
    bank_account: str | None = None
    business_type: str | None = None
    amount: int | None = None
    criteria: str | None = None
    note: str | None = None
    raw: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Finding, ...] = ()
    provisional: bool = False

    @property
    def fingerprint(self) -> str:
        """What makes this row the same family when the list is read again.

        The village with the national id, else with the family card, else with name, birth date
        and address. It is kept with the household, so that a later reading finds it.
        """
        if number := self.national_id or self.family_card_number:
            return _digest(self.village_code, number)
        return self.numberless_fingerprint

    @property
    def numberless_fingerprint(self) -> str:
        """The fingerprint this family had, or would have, in a list without its numbers."""
        born = self.birth_date.isoformat() if self.birth_date else ""
        address = "".join(filter(str.isalnum, (self.address or "").casefold()))
        return _digest(self.village_code, normalise_name(self.head_name), born, address)


def _digest(*parts: str) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
