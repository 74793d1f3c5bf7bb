"""What is safe even if this machine is lost: how much of each device log lies in a verified backup.

Laptops may let go of ops that are, so it is said only of what the backup was seen to hold.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, update

from server.database import Database
from server.queries import incarnations
from server.queries.rows import chunks
from server.queries.verification import DeviceLog
from server.tables import ASIDE, DEVICE_EPOCH, LOG


def note_durable(database: Database, life: str, logs: Iterable[DeviceLog]) -> int:
    """Notes that a verified backup of one life holds these logs; returns how many it holds as here.

    None of an earlier life is noted: the newest backup, by which the next loss is met, may lack what
    laptops had not sent again when it was made. A log that is another one here is left out. A few at
    a time, so that no laptop waits for long.
    """
    noted = 0
    for some in chunks(logs):
        with database.writing() as connection:
            today = incarnations.current(connection)
            if today is None or today.name != life:
                break
            noted += sum(_note(connection, log) for log in some)
    return noted


def _note(connection: Connection, log: DeviceLog) -> bool:
    if _hash_at(connection, log) != log.hash:
        return False
    here = DEVICE_EPOCH.c
    connection.execute(
        update(DEVICE_EPOCH)
        .where(here.device_id == log.device_id, here.epoch == log.epoch)
        .where(here.durable_dseq < log.dseq)
        .values(durable_dseq=log.dseq)
    )
    return True


def promised_beyond(connection: Connection, logs: Sequence[DeviceLog]) -> bool:
    """Whether laptops were told that ops are safe which these logs do not hold."""
    held = {(log.device_id, log.epoch): log.dseq for log in logs}
    promised = select(DEVICE_EPOCH).where(DEVICE_EPOCH.c.durable_dseq > 0)
    return any(
        row.durable_dseq > held.get((row.device_id, row.epoch), 0)
        for row in connection.execute(promised)
    )


def _hash_at(connection: Connection, log: DeviceLog) -> bytes | None:
    """The hash of a log as it is here, at the place that a backup has reached."""
    for table in (LOG, ASIDE):
        query = select(table.c.hash).where(
            table.c.device_id == log.device_id,
            table.c.epoch == log.epoch,
            table.c.dseq == log.dseq,
        )
        found = connection.execute(query).scalar()
        if found is not None:
            return bytes(found)
    return None
