"""Who records on this laptop, and where."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select

from desktop.models.records.base import utc_now
from desktop.models.store.meta import Meta, get_meta
from desktop.models.tables import REGION, SCOPE_GRANT


@dataclass(frozen=True)
class Account:
    """The user of this laptop; `role` is one of `records.people.Role`."""

    user_id: UUID
    name: str
    role: str


def account(connection: Connection) -> Account | None:
    """The user of this laptop; None before the first connection."""
    user_id = get_meta(connection, Meta.USER_ID)
    if user_id is None:
        return None
    name = str(get_meta(connection, Meta.USER_NAME, ""))
    return Account(UUID(user_id), name, str(get_meta(connection, Meta.USER_ROLE, "")))


def granted_villages(connection: Connection) -> list[tuple[str, str]]:
    """Code and name of the villages granted today, by name."""
    now = utc_now()
    granted = select(SCOPE_GRANT.c.scope).where(
        SCOPE_GRANT.c.valid_from <= now,
        SCOPE_GRANT.c.valid_to.is_(None) | (SCOPE_GRANT.c.valid_to > now),
    )
    scopes = set(connection.execute(granted).scalars())
    query = select(REGION.c.code, REGION.c.name).where(REGION.c.level == "village")
    return [
        (code, name)
        for code, name in connection.execute(query.order_by(REGION.c.name, REGION.c.code))
        if any(code == scope or code.startswith(f"{scope}.") for scope in scopes)
    ]
