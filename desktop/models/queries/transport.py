"""How far records have got on their way to the province: their receipts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exists, func, select

from desktop.models.store.rows import chunks
from desktop.models.tables import (
    ATTACHMENT,
    FAMILY_CARD,
    MEMBER,
    OUTBOX,
    STATE_MOVE,
    UNSENT_FILE,
    VISIT_MEMBER,
    VISIT_REPEAT,
    OpState,
)


class Transport(StrEnum):
    """Where a record is: partly unsent, set aside, there but for its files, or whole there."""

    WAITING = "waiting"
    SET_ASIDE = "set_aside"
    FILES_HERE = "files_here"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of a record at the province.

    Attributes:
        state: where it is.
        at: when the province answered the last of what was written here; None if nothing was, or
            it was answered by an older version, which did not note it.
        reason: why the office has to look at it, where it has to.
    """

    state: Transport = Transport.CONFIRMED
    at: datetime | None = None
    reason: str | None = None


_OWN = (OUTBOX.c.row_id, OUTBOX.c.row_id)
_OWN_FILE = (
    select(ATTACHMENT.c.household_id, ATTACHMENT.c.id, ATTACHMENT.c.deleted_at)
    .where(func.likely(ATTACHMENT.c.visit_id.is_(None)))
    .subquery()
)
"""The files of families that were added without a visit: others belong to their visit.

They are looked for by family: there may be many without a visit.
"""

_OF_FAMILY, _OF_RECORD = _OWN_FILE.c.household_id, ATTACHMENT.c.visit_id
"""The columns that name whose file it is."""

_FAMILY = (
    _OWN,
    (MEMBER.c.household_id, MEMBER.c.id),
    (FAMILY_CARD.c.household_id, FAMILY_CARD.c.id),
    (_OF_FAMILY, _OWN_FILE.c.id),
)
_RECORD = (
    _OWN,
    (VISIT_MEMBER.c.visit_id, VISIT_MEMBER.c.id),
    (VISIT_REPEAT.c.visit_id, VISIT_REPEAT.c.id),
    (_OF_RECORD, ATTACHMENT.c.id),
    (STATE_MOVE.c.subject_id, STATE_MOVE.c.id),
)
"""The rows that make up a record: the column that names it, and the column of their ids."""

_Parts = tuple[tuple[Any, Any], ...]


def transport_of(connection: Connection, families: Iterable[UUID]) -> dict[UUID, Transport]:
    """Where each family is, with its members, its cards and its own files."""
    found = _with_files(connection, _unsent(connection, families, _FAMILY), _OF_FAMILY)
    return {family: receipt.state for family, receipt in found.items()}


def family_receipts(connection: Connection, families: Iterable[UUID]) -> dict[UUID, Receipt]:
    """The receipt of each family, with its members, its cards and its own files."""
    sent = _dated(connection, _unsent(connection, families, _FAMILY), _FAMILY)
    return _with_files(connection, sent, _OF_FAMILY)


def record_receipts(connection: Connection, records: Iterable[UUID]) -> dict[UUID, Receipt]:
    """The receipt of each visit, month or business, with its members, lists and files, and moves."""
    sent = _dated(connection, _unsent(connection, records, _RECORD), _RECORD)
    return _with_files(connection, sent, _OF_RECORD)


def _unsent(connection: Connection, records: Iterable[UUID], parts: _Parts) -> dict[UUID, Receipt]:
    """Record -> its receipt, yet without a time: one op that is unsent decides for the whole."""
    found = dict.fromkeys(records, Receipt())
    unsent = OUTBOX.c.state.in_((OpState.WAITING.value, OpState.QUARANTINED.value))
    if not connection.execute(select(exists().where(unsent))).scalar():
        return found
    for some in chunks(found):
        for record, row in parts:
            # After a restore nearly all may be unsent: they are looked for by row, not by state.
            ops = select(record, OUTBOX.c.state, OUTBOX.c.reason).where(
                record.in_(some), OUTBOX.c.row_id == row, func.likely(unsent)
            )
            for one, state, reason in connection.execute(ops):
                if state == OpState.QUARANTINED.value:
                    found[one] = Receipt(Transport.SET_ASIDE, reason=reason)
                elif found[one].state is Transport.CONFIRMED:
                    found[one] = Receipt(Transport.WAITING)
    return found


def _dated(
    connection: Connection, receipts: Mapping[UUID, Receipt], parts: _Parts
) -> dict[UUID, Receipt]:
    """The same, with the time of the last answer where everything was answered."""
    found = dict(receipts)
    whole = [one for one, receipt in found.items() if receipt.state is Transport.CONFIRMED]
    for some in chunks(whole):
        for record, row in parts:
            last = select(record, func.max(OUTBOX.c.answered_at)).where(
                record.in_(some), OUTBOX.c.row_id == row
            )
            for one, at in connection.execute(last.group_by(record)):
                known = found[one].at
                if at is not None and (known is None or at > known):
                    found[one] = Receipt(at=at)
    return found


def _with_files(
    connection: Connection, receipts: Mapping[UUID, Receipt], record: Any
) -> dict[UUID, Receipt]:
    """The same, where everything else was answered and a file is nowhere but here."""
    found = dict(receipts)
    files = record.table.c
    whole = [one for one, receipt in found.items() if receipt.state is Transport.CONFIRMED]
    for some in chunks(whole):
        here = select(record).where(
            record.in_(some),
            files.deleted_at.is_(None),
            exists().where(UNSENT_FILE.c.attachment_id == files.id),
        )
        for one in connection.execute(here.distinct()).scalars():
            found[one] = replace(found[one], state=Transport.FILES_HERE)
    return found
