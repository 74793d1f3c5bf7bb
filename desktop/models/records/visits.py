"""Visits: when, by which questionnaire, and what was answered, of the family and of each member."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import JSON, Field, String

from desktop.models.records.base import Moment, Record, moment_field, natural_id, whole_number


class VisitOutcome(StrEnum):
    """How a visit ended."""

    MET = "met"
    NOBODY_HOME = "nobody_home"
    MOVED = "moved"
    REFUSED = "refused"


class Purpose(StrEnum):
    """What a visit is for; a questionnaire asks what each needs."""

    BASELINE = "baseline"
    RECEIPTS = "receipts"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Visit(Record):
    """A household visit. `answers` maps question name to value; each entry is a field of its own.

    `accepted` maps `path:warning` to the reason with which a soft warning was accepted. `paradata` tells
    how the answers came about: seconds spent and answers corrected, by section.
    """

    household_id: UUID = Field(index=True)
    facilitator_id: UUID
    visited_on: date
    outcome: VisitOutcome = Field(default=VisitOutcome.MET, sa_type=String)
    questionnaire: str
    questionnaire_version: int = whole_number()
    started_at: Moment = moment_field()
    finished_at: Moment = moment_field()
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    accepted: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    purpose: str | None = None
    paradata: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class VisitMember(Record):
    """What a visit asked about one member. One row a visit and member."""

    visit_id: UUID = Field(index=True)
    member_id: UUID = Field(index=True)
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class VisitRepeat(Record):
    """One row of a repeat that was filled in at a visit. Rows are in the order of `place`."""

    visit_id: UUID = Field(index=True)
    repeat: str
    place: int = whole_number()
    inside: UUID | None = None
    """The row of another repeat, or the member, that it belongs to."""
    answers: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class VisitAssignment(Record):
    """A visit that the office asks for. It is done once the family was visited after it was asked for."""

    household_id: UUID = Field(index=True)
    due_on: date
    purpose: str | None = None
    questionnaire: str | None = None
    reason: str | None = None
    assigned_by: UUID
    assigned_at: Moment = moment_field()
    withdrawn_at: Moment | None = moment_field(default=None)


def visit_member_id(visit_id: UUID, member_id: UUID) -> UUID:
    """The id of a `VisitMember`, from its natural key."""
    return natural_id("visit_member", visit_id, member_id)
