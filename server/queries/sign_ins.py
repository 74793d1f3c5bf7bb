"""How guessing passwords is slowed down: failures of one login from one address, and of one address.

They wait 1, 2, 4 ... at most 60 seconds; an address only after many, since a whole office may have
one. Another address is not held up, so nobody can lock a facilitator out; nor does anyone wait for
more than a minute. The count lies in the database,
because each worker of a server has to know of what failed at the others.
"""

import hashlib
import math
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from server.tables import SIGN_IN_FAILURE

_FREE_ATTEMPTS = 5
_FREE_OF_ADDRESS = 50
_LONGEST_WAIT = 60
_FORGOTTEN_AFTER = timedelta(minutes=15)


def admit(connection: Connection, login: str, address: str, now: datetime) -> int:
    """Counts an attempt as failed until `forgive`; returns the seconds to wait, 0 to go on.

    Counting first means that many attempts at the same moment are no way around it.
    """
    long_ago = SIGN_IN_FAILURE.c.blocked_until < now - _FORGOTTEN_AFTER
    connection.execute(delete(SIGN_IN_FAILURE).where(long_ago))
    of_address = _count(connection, _who("", address), _FREE_OF_ADDRESS, now)
    return of_address or _count(connection, _who(login, address), _FREE_ATTEMPTS, now)


def _count(connection: Connection, who: bytes, free: int, now: datetime) -> int:
    kept = SIGN_IN_FAILURE.c
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    counted = dialect.insert(SIGN_IN_FAILURE).values(who=who, failures=0, blocked_until=now)
    locked = counted.on_conflict_do_update(index_elements=["who"], set_={"failures": kept.failures})
    found: Any = connection.execute(locked.returning(kept.failures, kept.blocked_until)).one()
    if _wait_after(found.failures, free) and now < found.blocked_until:
        wait: timedelta = found.blocked_until - now
        return math.ceil(wait.total_seconds())
    failures = found.failures + 1
    until = now + timedelta(seconds=_wait_after(failures, free))
    connection.execute(
        update(SIGN_IN_FAILURE)
        .where(kept.who == who)
        .values(failures=failures, blocked_until=until)
    )
    return 0


def forgive(connection: Connection, login: str, address: str) -> None:
    """The attempt succeeded: all of this login are forgotten; of the address, this one."""
    kept = SIGN_IN_FAILURE.c
    connection.execute(  # in the order of `admit`: nobody waits for each other
        update(SIGN_IN_FAILURE)
        .where(kept.who == _who("", address), kept.failures > 0)
        .values(failures=kept.failures - 1)
    )
    connection.execute(delete(SIGN_IN_FAILURE).where(kept.who == _who(login, address)))


def _who(login: str, address: str) -> bytes:
    return hashlib.sha256(f"{login}\n{address}".encode()).digest()


def _wait_after(failures: int, free: int) -> int:
    if failures < free:
        return 0
    return int(min(_LONGEST_WAIT, 2 ** min(failures - free, 6)))
