"""How far rows have got on their way to the province."""

from collections.abc import Iterable
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.store.rows import chunks
from desktop.models.tables import OUTBOX, OpState


class Transport(StrEnum):
    """Where a row is: partly unsent, set aside by the province, or whole there."""

    WAITING = "waiting"
    SET_ASIDE = "set_aside"
    CONFIRMED = "confirmed"


def transport_of(connection: Connection, row_ids: Iterable[UUID]) -> dict[UUID, Transport]:
    """Tells it of each row: one op that waits or was set aside decides for the whole row."""
    found = dict.fromkeys(row_ids, Transport.CONFIRMED)
    unsent = select(OUTBOX.c.row_id).where(OUTBOX.c.state == OpState.WAITING.value)
    for some in chunks(found):
        # What waits lies in the overlay, which is indexed by row.
        waiting = unsent.where(OUTBOX.c.overlay, OUTBOX.c.row_id.in_(some))
        for row_id in connection.execute(waiting).scalars():
            found[row_id] = Transport.WAITING
    aside = select(OUTBOX.c.row_id).where(OUTBOX.c.state == OpState.QUARANTINED.value)
    for row_id in connection.execute(aside).scalars():
        if found.get(row_id) is Transport.CONFIRMED:
            found[row_id] = Transport.SET_ASIDE
    return found
