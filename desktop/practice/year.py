"""A year's records by who writes them, and the moves from state to state among them."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from desktop.models.records.base import Record
from desktop.models.records.businesses import ProgrammeYear
from desktop.models.records.catalogue import table_of
from desktop.models.records.decisions import StateMove
from desktop.practice.people import Draw

NOBODY: Final = UUID(int=0)
"""Stands for whoever will write a record, until they do."""


@dataclass
class Year:
    """A year's records: each list is written and sent by one of them before the next.

    Attributes:
        programmes: by the province.
        recorded: by the facilitator.
        verified: by the district's verifier.
        approved: by the province.
        accounted: by the facilitator again.
        problems: how many visits the form would not have let finish; none, or this is wrong.
    """

    programmes: list[ProgrammeYear] = field(default_factory=list)
    recorded: list[Record] = field(default_factory=list)
    verified: list[Record] = field(default_factory=list)
    approved: list[Record] = field(default_factory=list)
    accounted: list[Record] = field(default_factory=list)
    problems: int = 0


def moved(
    draw: Draw, subject: Record, states: str, day: date, reason: str | None = None
) -> StateMove:
    """A move of a visit, report or grant, written `from > to`, on a day."""
    from_state, _, to_state = states.partition(" > ")
    return StateMove(
        id=draw.id_of(day),
        scope=subject.scope,
        subject_table=table_of(subject).name,
        subject_id=subject.id,
        from_state=from_state,
        to_state=to_state,
        user_id=NOBODY,
        moved_at=at_work(draw, day),
        reason=reason,
    )


def at_work(draw: Draw, day: date) -> datetime:
    """A moment of a working day in Banten, 08.00 to 16.00."""
    start = datetime.combine(day, time(1), UTC)
    return start + timedelta(seconds=draw.chance.randrange(8 * 3600))
