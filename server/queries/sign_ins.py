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

from sqlalchemy import Connection, delete, select, update
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
    address_, login_ = _who("", address), _who(login, address)
    query = select(SIGN_IN_FAILURE).where(SIGN_IN_FAILURE.c.who == address_)
    found = connection.execute(query).first()
    if found is not None and (wait := _left(found, _FREE_OF_ADDRESS, now)):
        return wait
    if wait := _count(connection, login_, _FREE_ATTEMPTS, now):
        return wait
    _count(connection, address_, _FREE_OF_ADDRESS, now)
    return 0


def _count(connection: Connection, who: bytes, free: int, now: datetime) -> int:
    kept = SIGN_IN_FAILURE.c
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    counted = dialect.insert(SIGN_IN_FAILURE).values(who=who, failures=0, blocked_until=now)
    locked = counted.on_conflict_do_update(index_elements=["who"], set_={"failures": kept.failures})
    found: Any = connection.execute(locked.returning(kept.failures, kept.blocked_until)).one()
    if wait := _left(found, free, now):
        return wait
    failures = found.failures + 1
    until = now + timedelta(seconds=_wait_after(failures, free))
    connection.execute(
        update(SIGN_IN_FAILURE)
        .where(kept.who == who)
        .values(failures=failures, blocked_until=until)
    )
    return 0


def forgive(connection: Connection, login: str, address: str, now: datetime) -> None:
    """The attempt succeeded: all of this login are forgotten; of the address, this one."""
    who = _who(login, address)
    connection.execute(delete(SIGN_IN_FAILURE).where(SIGN_IN_FAILURE.c.who == who))
    _take_back(connection, _who("", address), now)


def take_back(connection: Connection, login: str, address: str, now: datetime) -> None:
    """The password was not looked at: the attempt does not count."""
    for who in (_who(login, address), _who("", address)):
        _take_back(connection, who, now)


def _take_back(connection: Connection, who: bytes, now: datetime) -> None:
    kept = SIGN_IN_FAILURE.c
    connection.execute(
        update(SIGN_IN_FAILURE)
        .where(kept.who == who, kept.failures > 0)
        .values(failures=kept.failures - 1, blocked_until=now)
    )


def _left(found: Any, free: int, now: datetime) -> int:
    """The seconds that are left of a wait."""
    if not _wait_after(found.failures, free) or now >= found.blocked_until:
        return 0
    wait: timedelta = found.blocked_until - now
    return math.ceil(wait.total_seconds())


def _who(login: str, address: str) -> bytes:
    return hashlib.sha256(f"{login}\n{address}".encode()).digest()


def _wait_after(failures: int, free: int) -> int:
    if failures < free:
        return 0
    return int(min(_LONGEST_WAIT, 2 ** min(failures - free, 6)))
