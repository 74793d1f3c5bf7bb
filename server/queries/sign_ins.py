"""How guessing passwords is slowed down: failures of one login from one address, counted.

They wait 1, 2, 4 ... at most 60 seconds. Another address is not held up, so nobody can lock a
facilitator out; nor does anyone wait for more than a minute. The count lies in the database,
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
_LONGEST_WAIT = 60
_FORGOTTEN_AFTER = timedelta(minutes=15)


def admit(connection: Connection, login: str, address: str, now: datetime) -> int:
    """Counts an attempt as failed until `forgive`; returns the seconds to wait, 0 to go on.

    Counting first means that many attempts at the same moment are no way around it.
    """
    kept = SIGN_IN_FAILURE.c
    long_ago = kept.blocked_until < now - _FORGOTTEN_AFTER
    connection.execute(delete(SIGN_IN_FAILURE).where(long_ago))
    who = _who(login, address)
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    counted = dialect.insert(SIGN_IN_FAILURE).values(who=who, failures=0, blocked_until=now)
    locked = counted.on_conflict_do_update(index_elements=["who"], set_={"failures": kept.failures})
    found: Any = connection.execute(locked.returning(kept.failures, kept.blocked_until)).one()
    if _wait_after(found.failures) and now < found.blocked_until:
        wait: timedelta = found.blocked_until - now
        return math.ceil(wait.total_seconds())
    failures = found.failures + 1
    until = now + timedelta(seconds=_wait_after(failures))
    connection.execute(
        update(SIGN_IN_FAILURE)
        .where(kept.who == who)
        .values(failures=failures, blocked_until=until)
    )
    return 0


def forgive(connection: Connection, login: str, address: str) -> None:
    """The attempt succeeded: all before it are forgotten."""
    who = _who(login, address)
    connection.execute(delete(SIGN_IN_FAILURE).where(SIGN_IN_FAILURE.c.who == who))


def _who(login: str, address: str) -> bytes:
    return hashlib.sha256(f"{login}\n{address}".encode()).digest()


def _wait_after(failures: int) -> int:
    if failures < _FREE_ATTEMPTS:
        return 0
    return int(min(_LONGEST_WAIT, 2 ** min(failures - _FREE_ATTEMPTS, 6)))
