"""Users of the programme and the scopes they were granted."""

from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, SQLModel, String

from desktop.models.records.base import Moment, Record, moment_field


class Role(StrEnum):
    """What a user is to the programme."""

    FACILITATOR = "facilitator"
    VERIFIER = "verifier"
    PROVINCE = "province"
    PARTNER = "partner"


class User(Record):
    """A person who writes, as everybody may know them: the name that stands beside a value."""

    name: str = Field(min_length=1)
    role: Role = Field(sa_type=String)


class ScopeGrant(SQLModel):
    """A scope granted to a user for a time. The server's word, never an op."""

    user_id: UUID = Field(primary_key=True)
    scope: str = Field(primary_key=True, max_length=13)
    role: Role = Field(sa_type=String)
    valid_from: Moment = moment_field(primary_key=True)
    valid_to: Moment | None = moment_field(default=None)
