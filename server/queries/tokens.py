"""Tokens: 32 random bytes that stand for a user on a laptop. Only their SHA-256 is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from desktop.models.records.people import Role
from server.tables import ACCOUNT, TOKEN, USER


@dataclass(frozen=True)
class Caller:
    """Who is asking, on which laptop."""

    user_id: UUID
    device_id: UUID
    role: Role
    token_hash: bytes


def issue(connection: Connection, user_id: UUID, device_id: UUID, now: datetime) -> str:
    """Makes a token; it is told once, here."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(TOKEN).values(hash=_hash(token), user_id=user_id, device_id=device_id, issued_at=now)
    )
    return token


def holder(connection: Connection, token: str) -> Caller | None:
    """Whom a token stands for; None if it is unknown or revoked, or the account was closed."""
    query = (
        select(TOKEN.c.user_id, TOKEN.c.device_id, USER.c.role)
        .join(ACCOUNT, ACCOUNT.c.user_id == TOKEN.c.user_id)
        .join(USER, USER.c.id == TOKEN.c.user_id)
        .where(
            TOKEN.c.hash == _hash(token),
            TOKEN.c.revoked_at.is_(None),
            ACCOUNT.c.closed_at.is_(None),
        )
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    return Caller(row.user_id, row.device_id, Role(row.role), _hash(token))


def revoke(connection: Connection, token_hash: bytes, now: datetime) -> None:
    """Ends one token."""
    connection.execute(update(TOKEN).where(TOKEN.c.hash == token_hash).values(revoked_at=now))


def revoke_all(connection: Connection, user_id: UUID, now: datetime) -> None:
    """Ends every token of a user."""
    connection.execute(
        update(TOKEN)
        .where(TOKEN.c.user_id == user_id, TOKEN.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
