"""One row to one candidate, with everything remarkable about it, or the reasons against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from desktop.imports import cells as read
from desktop.imports.candidates import Candidate, RowFinding
from desktop.imports.columns import Field
from desktop.imports.grids import Cell
from desktop.imports.villages import StatedPlace, VillageFinder
from desktop.models.rules.findings import Finding, Severity
from desktop.models.rules.identity import (
    AreaCheck,
    IdentityFinding,
    Sex,
    check_family_card_number,
    check_national_id,
    national_id_facts,
)

T = TypeVar("T")

REJECTED_IF_UNREADABLE: Final = frozenset(
    {
        Field.NATIONAL_ID,
        Field.FAMILY_CARD_NUMBER,
        Field.SEX,
        Field.BIRTH_DATE,
        Field.BANK_ACCOUNT,
        Field.AMOUNT,
    }
)
"""Who the family is and what money goes where must be right; the rest may be left out."""

PASSED_OVER: Final = frozenset({Field.ROW_NUMBER, Field.REJECTION})
"""Columns that say nothing about a family."""


class RowReader:
    """Reads the rows of one list."""

    def __init__(self, *, today: date, villages: VillageFinder, is_known_area: AreaCheck) -> None:
        self._today = today
        self._villages = villages
        self._is_known_area = is_known_area

    def read(
        self, blank: Candidate, row: Mapping[Field, Cell], titled: StatedPlace
    ) -> Candidate | tuple[Finding, ...]:
        """Read a row.

        Args:
            blank: the candidate to fill; it knows where the row stood and holds it raw.
            row: the cells of the recognised columns.
            titled: the place named above the table, for rows that name none.

        Returns:
            The candidate, or all reasons why the row cannot become one.
        """
        reading = _Reading(row)
        national_id = reading.take(Field.NATIONAL_ID, read.read_identity_number)
        sex = reading.take(Field.SEX, read.read_sex)
        birth_place, born = self._birth(reading, national_id)
        if national_id:
            born = self._against_national_id(reading, national_id, born, sex)
        elif Field.NATIONAL_ID not in row:
            reading.warn(RowFinding.NATIONAL_ID_MISSING, Field.NATIONAL_ID)
        rt, rw = _neighbourhoods(reading)
        candidate = replace(
            blank,
            village_code=self._village(reading, titled),
            head_name=_name(reading),
            national_id=national_id,
            sex=sex,
            birth_date=born,
            birth_place=birth_place,
            family_card_number=self._family_card(reading),
            member_count=reading.take(Field.MEMBER_COUNT, read.read_member_count),
            address=reading.text(Field.ADDRESS),
            hamlet=reading.text(Field.HAMLET),
            rt=rt,
            rw=rw,
            occupation=reading.text(Field.OCCUPATION),
            phone=reading.take(Field.PHONE, read.read_phone),
            bank_name=reading.text(Field.BANK_NAME),
            bank_account=_account(reading),
            business_type=reading.text(Field.BUSINESS_TYPE),
            amount=reading.take(Field.AMOUNT, read.read_amount),
            criteria=reading.text(Field.CRITERIA),
            note=reading.text(Field.NOTE),
            warnings=tuple(reading.findings),  # behind all that may add to them
            provisional=national_id is None,
        )
        return reading.errors or candidate

    def _family_card(self, reading: _Reading) -> str | None:
        number = reading.take(Field.FAMILY_CARD_NUMBER, read.read_identity_number)
        if number is None:
            reading.warn(RowFinding.FAMILY_CARD_MISSING, Field.FAMILY_CARD_NUMBER)
            return None
        found = check_family_card_number(
            number, today=self._today, is_known_area=self._is_known_area
        )
        reading.add(Field.FAMILY_CARD_NUMBER, *found)
        return number

    def _birth(self, reading: _Reading, national_id: str | None) -> tuple[str | None, date | None]:
        """Read place and date of birth from their own columns, or from one that holds both."""
        field = Field.BIRTH_DATE if Field.BIRTH_DATE in reading.row else Field.BIRTH_PLACE_AND_DATE
        place, cell = read.split_birth_place(reading.row.get(field))
        if field is Field.BIRTH_PLACE_AND_DATE and not any(map(str.isdigit, read.text_of(cell))):
            place, cell = read.read_text(cell), None

        def is_proved(day: date) -> bool:
            if national_id is None or check_national_id(national_id, today=self._today):
                return False
            facts = national_id_facts(national_id, today=self._today, birth_date=day)
            return facts.birth_date == day

        def read_date(_: Cell) -> date | None:
            return read.read_birth_date(cell, today=self._today, is_proved=is_proved)

        born = reading.take(Field.BIRTH_DATE, read_date)
        return reading.text(Field.BIRTH_PLACE) or place, born

    def _village(self, reading: _Reading, titled: StatedPlace) -> str:
        stated = StatedPlace(
            village=reading.text(Field.VILLAGE) or titled.village,
            district=reading.text(Field.DISTRICT) or titled.district,
            regency=reading.text(Field.REGENCY) or titled.regency,
            code=reading.text(Field.VILLAGE_CODE) or "",
        )
        found = self._villages.find(stated)
        if isinstance(found, str):
            return found
        reading.findings.append(found)
        return ""

    def _against_national_id(
        self, reading: _Reading, national_id: str, born: date | None, sex: Sex | None
    ) -> date | None:
        """Check the number, and the row against it; it proves which of two numbers is the month.

        Returns:
            The date of birth, put right if day and month were swapped.
        """
        found = check_national_id(
            national_id,
            today=self._today,
            birth_date=born,
            sex=sex,
            is_known_area=self._is_known_area,
        )
        for finding in found:
            if finding.code is IdentityFinding.BIRTH_DAY_MONTH_SWAPPED and born is not None:
                entered, born = born, born.replace(month=born.day, day=born.month)
                reading.warn(
                    RowFinding.DAY_MONTH_CORRECTED,
                    Field.BIRTH_DATE,
                    entered=entered.isoformat(),
                    corrected=born.isoformat(),
                )
            else:
                reading.add(Field.NATIONAL_ID, finding)
        return born


class _Reading:
    """The cells of a row being read, and what was found meanwhile."""

    def __init__(self, row: Mapping[Field, Cell]) -> None:
        self.row = row
        self.findings: list[Finding] = []

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.severity is Severity.ERROR)

    def take(self, field: Field, reader: Callable[[Cell], T | None]) -> T | None:
        try:
            return reader(self.row.get(field))
        except read.UnreadableCell as unreadable:
            fatal = field in REJECTED_IF_UNREADABLE
            severity = Severity.ERROR if fatal else Severity.WARNING
            self.add(field, Finding(unreadable.code, severity, {"text": unreadable.text}))
            return None

    def text(self, field: Field) -> str | None:
        return read.text_of(self.row.get(field)) or None

    def warn(self, code: RowFinding, field: Field, **details: str | int) -> None:
        self.add(field, Finding(code, Severity.WARNING, details))

    def add(self, field: Field, *findings: Finding) -> None:
        self.findings += (
            replace(found, details={"field": field.value, **found.details}) for found in findings
        )


def _name(reading: _Reading) -> str:
    name = reading.text(Field.HEAD_NAME)
    if name is None:
        reading.add(Field.HEAD_NAME, Finding(RowFinding.NAME_MISSING, Severity.ERROR))
    return name or ""


def _neighbourhoods(reading: _Reading) -> tuple[str | None, str | None]:
    pair = reading.take(Field.RT_RW, read.read_neighbourhood_pair) or (None, None)
    rt = reading.take(Field.RT, read.read_neighbourhood)
    rw = reading.take(Field.RW, read.read_neighbourhood)
    return rt or pair[0], rw or pair[1]


def _account(reading: _Reading) -> str | None:
    account = reading.take(Field.BANK_ACCOUNT, read.read_account_number)
    if account and not isinstance(reading.row.get(Field.BANK_ACCOUNT), str):
        reading.warn(RowFinding.LEADING_ZEROS_UNSURE, Field.BANK_ACCOUNT)
    return account
