"""What people decided: moves from state to state, and conflicts that wait for a decision."""

from typing import Any
from uuid import UUID

from sqlmodel import JSON, Field

from desktop.models.records.base import Moment, Record, moment_field, whole_number


class StateMove(Record):
    """One move of a visit, a report or a grant to another state: appended, never changed."""

    subject_table: str
    subject_id: UUID = Field(index=True)
    from_state: str
    to_state: str
    user_id: UUID
    moved_at: Moment = moment_field()
    reason: str | None = None


class Conflict(Record):
    """Two values written to one field without knowing of each other, both kept whole.

    `kept` and `other` are the two writes: value, user, device, client and arrival time, seq, app
    version, way of transport. `kept` is the one that stands until a person decides.
    """

    subject_table: str
    subject_id: UUID = Field(index=True)
    field: str
    base_value: Any = Field(default=None, sa_type=JSON)
    kept: dict[str, Any] = Field(sa_type=JSON)
    other: dict[str, Any] = Field(sa_type=JSON)
    rule: str
    rule_version: int = whole_number()
    opened_at: Moment = moment_field()
    resolved_value: Any = Field(default=None, sa_type=JSON)
    resolved_by: UUID | None = None
    resolved_at: Moment | None = moment_field(default=None)
    reason: str | None = None
