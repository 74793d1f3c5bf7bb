"""Where this laptop stands with the province, in figures: what waits, what was confirmed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from desktop.models.queries.conflicts import open_conflicts
from desktop.models.records.base import utc_now
from desktop.models.store.meta import Meta, get_meta
from desktop.models.tables import ATTACHMENT, CURSOR, OUTBOX, SYNC_RUN, UNSENT_FILE, OpState

_CLOCK_TOLERANCE_MS = 10 * 60_000


def is_clock_wrong(offset: int) -> bool:
    """Whether a clock that is so many milliseconds off is one that somebody should look at."""
    return abs(offset) > _CLOCK_TOLERANCE_MS


@dataclass(frozen=True)
class Status:
    """What the foot of the side bar and the page of syncing say.

    Attributes:
        waiting: ops that the province is not known to have.
        waiting_records: the records that they are about.
        quarantined: ops that the office has to look at.
        conflicts: fields about which somebody has to decide.
        files_here: photos and files of records that are nowhere but here.
        confirmed_at: when the province last had every record; None if never.
        bytes_this_month: bytes sent and received since the first of the month.
        server: the province's address; None before the first connection.
        scopes: the scopes that are kept here.
        clock_offset: how far this laptop's clock lay behind the province's, in milliseconds.
    """

    waiting: int
    waiting_records: int
    quarantined: int
    conflicts: int
    files_here: int
    confirmed_at: datetime | None
    bytes_this_month: int
    server: str | None
    scopes: int
    clock_offset: int = 0

    @property
    def is_clock_wrong(self) -> bool:
        """Whether somebody should look at the clock."""
        return is_clock_wrong(self.clock_offset)


def status(connection: Connection) -> Status:
    """Where this laptop stands."""
    by_state = select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state)
    counts: dict[str, int] = {row[0]: row[1] for row in connection.execute(by_state)}
    records = select(func.count(OUTBOX.c.row_id.distinct())).where(
        OUTBOX.c.state == OpState.WAITING.value
    )
    is_living = exists().where(
        ATTACHMENT.c.id == UNSENT_FILE.c.attachment_id, ATTACHMENT.c.deleted_at.is_(None)
    )
    files = select(func.count()).select_from(UNSENT_FILE).where(is_living)
    month = utc_now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    used = select(func.coalesce(func.sum(SYNC_RUN.c.bytes_up + SYNC_RUN.c.bytes_down), 0)).where(
        SYNC_RUN.c.started_at >= month
    )
    confirmed = get_meta(connection, Meta.LAST_CONFIRMED)
    held = select(func.count()).where(~CURSOR.c.withdrawn, ~CURSOR.c.scope.startswith("@"))
    return Status(
        waiting=counts.get(OpState.WAITING.value, 0),
        waiting_records=connection.execute(records).scalar_one(),
        quarantined=counts.get(OpState.QUARANTINED.value, 0),
        conflicts=len(open_conflicts(connection)),
        files_here=connection.execute(files).scalar_one(),
        confirmed_at=None if confirmed is None else datetime.fromisoformat(confirmed),
        bytes_this_month=connection.execute(used).scalar_one(),
        server=get_meta(connection, Meta.SERVER),
        scopes=connection.execute(held).scalar_one(),
        clock_offset=get_meta(connection, Meta.CLOCK_OFFSET, 0),
    )
