"""Families: the household, its family cards over time, its members."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlmodel import JSON, Field, String

from desktop.models.records.base import Record, natural_id, whole_number
from desktop.models.rules.identity import Sex


class HouseholdStatus(StrEnum):
    """Whether a household is still accompanied here."""

    ACTIVE = "active"
    MOVED = "moved"
    ENDED = "ended"


class Relation(StrEnum):
    """A member's place in the household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


class MemberStatus(StrEnum):
    """Whether a member still lives here."""

    PRESENT = "present"
    MOVED_OUT = "moved_out"
    DIED = "died"


class Household(Record):
    """A beneficiary family (KPM). Its name is that of the member who is its head."""

    hamlet: str | None = None
    rt: str | None = Field(default=None, max_length=3)
    rw: str | None = Field(default=None, max_length=3)
    address: str | None = None
    phone: str | None = None
    status: HouseholdStatus = Field(default=HouseholdStatus.ACTIVE, sa_type=String)
    registered_on: date | None = None
    welfare_decile: int | None = whole_number(default=None, ge=1, le=10)
    welfare_decile_on: date | None = None
    note: str | None = None
    source: dict[str, str] | None = Field(default=None, sa_type=JSON)
    """The raw row of the list it was imported from, kept as it was."""

    same_as: UUID | None = Field(default=None, index=True)
    """The record of the same family that took this one's place; counts once this one is deleted."""


class FamilyCard(Record):
    """A family card (KK) the household holds or held; the newest `valid_from` is the current."""

    household_id: UUID = Field(index=True)
    number: str = Field(min_length=16, max_length=16)
    valid_from: date | None = None
    reason: str | None = None


def founded_household_id(
    household_id: UUID, founder_id: UUID, left_before: date | None = None
) -> UUID:
    """The id of the family that a member founds who leaves another one, from its natural key.

    So two laptops that hear of it at once record one family, and not two. Whoever left before and
    came back founds another one than that time, wherever that one is now.
    """
    again = () if left_before is None else (left_before,)
    return natural_id("household", household_id, founder_id, *again)


def founding_member_id(member_id: UUID, household_id: UUID) -> UUID:
    """The id that a member has in the family that they went over to."""
    return natural_id("member", member_id, household_id)


class Member(Record):
    """A person of a household. Without a NIK the person is provisional, but recordable."""

    household_id: UUID = Field(index=True)
    name: str = Field(min_length=1)
    relation: Relation = Field(default=Relation.OTHER, sa_type=String)
    national_id: str | None = Field(default=None, max_length=16, index=True)
    sex: Sex | None = Field(default=None, sa_type=String)
    birth_date: date | None = None
    birth_place: str | None = None
    occupation: str | None = None
    status: MemberStatus = Field(default=MemberStatus.PRESENT, sa_type=String)
    left_on: date | None = None
    """When they last left; it stays when they come back."""

    same_as: UUID | None = Field(default=None, index=True)
    """The record of the same person that took this one's place; counts once this one is deleted."""
