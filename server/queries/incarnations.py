"""Lives of this database. One begins when it is made, another each time a backup is restored.

Laptops may have seen what the restored database never had. Its cursors and bases count in the
incarnation before, and are mapped down to what the two have in common.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from server.tables import INCARNATION, INCARNATION_HEAD, SCOPE_HEAD

_NEWEST = select(INCARNATION).order_by(INCARNATION.c.number.desc()).limit(1)


@dataclass(frozen=True)
class Incarnation:
    """One life: its number in order, and the name under which laptops know it."""

    number: int
    name: str


def begin(connection: Connection, now: datetime) -> Incarnation:
    """Begins a new incarnation from the heads as they are."""
    newest = connection.execute(select(func.max(INCARNATION.c.number))).scalar() or 0
    begun = Incarnation(newest + 1, secrets.token_hex(4))
    connection.execute(
        insert(INCARNATION).values(number=begun.number, name=begun.name, began_at=now)
    )
    heads = [
        {"number": begun.number, "scope": row.scope, "head": row.head}
        for row in connection.execute(select(SCOPE_HEAD))
    ]
    if heads:
        connection.execute(insert(INCARNATION_HEAD), heads)
    return begun


def current(connection: Connection) -> Incarnation | None:
    """The incarnation of today; None in a database that has not begun."""
    row = connection.execute(_NEWEST).first()
    return None if row is None else Incarnation(row.number, row.name)


def birth_name(connection: Connection) -> str:
    """The name of the first life, which every backup of this province knows; "" before it began."""
    query = select(INCARNATION.c.name).order_by(INCARNATION.c.number).limit(1)
    return connection.execute(query).scalar() or ""


def is_known(connection: Connection, name: str) -> bool:
    """Whether this database has lived under that name."""
    query = select(INCARNATION.c.number).where(INCARNATION.c.name == name)
    return connection.execute(query).first() is not None


def map_down(connection: Connection, name: str, scope: str, seq: int) -> int:
    """A seq of an earlier incarnation as the seq up to which today's log is the same.

    A seq of an incarnation never heard of says nothing: 0.
    """
    query = select(INCARNATION.c.number).where(INCARNATION.c.name == name)
    number = connection.execute(query).scalar()
    if number is None:
        return 0
    later = select(INCARNATION.c.number).where(INCARNATION.c.number > number)
    heads = {
        row.number: row.head
        for row in connection.execute(
            select(INCARNATION_HEAD).where(
                INCARNATION_HEAD.c.scope == scope, INCARNATION_HEAD.c.number > number
            )
        )
    }
    common = [heads.get(one, 0) for one in connection.execute(later).scalars()]
    return int(min([seq, *common]))
