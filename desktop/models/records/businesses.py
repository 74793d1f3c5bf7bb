"""The small business grown from a UEP grant: the grant, the business, its monthly reports."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, String

from desktop.models.records.base import Record, natural_id, whole_number


class AidForm(StrEnum):
    """What a programme-year hands out."""

    CASH = "cash"
    GOODS = "goods"
    MATERIALS = "materials"


class BusinessStatus(StrEnum):
    """How a business is doing."""

    ACTIVE = "active"
    DECLINING = "declining"
    PAUSED = "paused"
    CLOSED = "closed"


class ProgrammeYear(Record):
    """One year of a grant programme. Form and amount change every year, so they are data."""

    name: str
    year: int = whole_number()
    amount: int = whole_number(ge=0)
    form: AidForm = Field(default=AidForm.CASH, sa_type=String)
    tranches: int = whole_number(default=1, ge=1)
    bank: str | None = None
    funder: str | None = None
    receipts_required: bool = True
    report_due_on: date | None = None


class Business(Record):
    """A family's business."""

    household_id: UUID = Field(index=True)
    name: str = Field(min_length=1)
    kbli_code: str | None = Field(default=None, max_length=5)
    kbli_version: str | None = None
    business_id_number: str | None = Field(default=None, max_length=13)
    started_on: date | None = None
    status: BusinessStatus = Field(default=BusinessStatus.ACTIVE, sa_type=String)
    note: str | None = None


class Grant(Record):
    """A UEP grant to a family; amounts in rupiah. Where it stands is told by its state moves."""

    household_id: UUID = Field(index=True)
    business_id: UUID | None = Field(default=None, index=True)
    programme_year_id: UUID | None = None
    amount: int = whole_number(ge=0)
    form: AidForm = Field(default=AidForm.CASH, sa_type=String)
    proposed_on: date | None = None
    disbursed_on: date | None = None
    bank: str | None = None
    account_number: str | None = None
    note: str | None = None


class ProgressReport(Record):
    """A business's month; amounts in rupiah. Profit is computed, never stored."""

    business_id: UUID = Field(index=True)
    month: str = Field(schema_extra={"pattern": r"^\d{4}-(0[1-9]|1[0-2])$"})
    revenue: int | None = whole_number(default=None, ge=0)
    expenses: int | None = whole_number(default=None, ge=0)
    stock: int | None = whole_number(default=None, ge=0)
    savings: int | None = whole_number(default=None, ge=0)
    debt: int | None = whole_number(default=None, ge=0)
    instalment: int | None = whole_number(default=None, ge=0)
    family_workers: int | None = whole_number(default=None, ge=0)
    hired_workers: int | None = whole_number(default=None, ge=0)
    status: BusinessStatus | None = Field(default=None, sa_type=String)
    constraint: str | None = None
    follow_up: str | None = None
    follow_up_by: str | None = None
    follow_up_due_on: date | None = None


def progress_report_id(business_id: UUID, month: str) -> UUID:
    """The id of a business's month, from its natural key."""
    return natural_id("progress_report", business_id, month)
