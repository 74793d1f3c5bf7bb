"""Accounts: who may sign in, and which scopes they were granted.

An account stands beside a synced `user` row, which everybody may know; that row is written through
the merge, like every synced row.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, update

from desktop.models.records.base import REF_SCOPE, as_json, natural_id
from desktop.models.records.people import Role, User
from server.faults import Failure
from server.queries import incarnations, tokens
from server.queries.merge import write_server_row
from server.tables import ACCOUNT, SCOPE_GRANT, USER


class AccountFault(StrEnum):
    """Why an account cannot be made or changed."""

    LOGIN_TAKEN = "login_taken"
    NO_SUCH_LOGIN = "no_such_login"
    NOT_GRANTED = "not_granted"


class AccountFailure(Failure[AccountFault]):
    """The account cannot be made or changed; `subject` is the login or the scope at fault."""


@dataclass(frozen=True)
class Account:
    """An account as sign-in and the office see it."""

    user_id: UUID
    login: str
    password_hash: str
    closed_at: datetime | None
    name: str
    role: Role


@dataclass(frozen=True)
class NewAccount:
    """An account to be made, its password hashed already."""

    login: str
    name: str
    role: Role
    password_hash: str


def normal_login(login: str) -> str:
    """A login as it is kept: capitals and spaces around it do not count."""
    return login.strip().casefold()


def add(connection: Connection, new: NewAccount, now: datetime) -> Account:
    """Makes a user and the account.

    The user's id follows from the province and the login, which nobody else ever gets: where a backup
    was restored that did not know them yet, their laptop finds them again once they are added anew.

    Raises:
        AccountFailure: the login is taken, by a closed account too.
    """
    login = normal_login(new.login)
    if find(connection, login) is not None:
        raise AccountFailure(AccountFault.LOGIN_TAKEN, login)
    user_id = natural_id("user", incarnations.birth_name(connection), login)
    user = User(id=user_id, scope=REF_SCOPE, name=new.name, role=new.role)
    write_server_row(connection, now, "user", user.id, user.scope, as_json(user))
    connection.execute(
        insert(ACCOUNT).values(user_id=user.id, login=login, password_hash=new.password_hash)
    )
    return named(connection, login)


def find(connection: Connection, login: str) -> Account | None:
    """The account of a login, closed or not."""
    query = _ACCOUNTS.where(ACCOUNT.c.login == normal_login(login))
    row = connection.execute(query).mappings().first()
    return None if row is None else _account(row)


def is_as_it_was(connection: Connection, account: Account) -> bool:
    """Whether an account still has its password and is open; no one changes it until the commit."""
    query = select(ACCOUNT.c.password_hash, ACCOUNT.c.closed_at).with_for_update()
    row = connection.execute(query.where(ACCOUNT.c.user_id == account.user_id)).one()
    return row.password_hash == account.password_hash and row.closed_at is None


def named(connection: Connection, login: str) -> Account:
    """The account of a login that has to be there.

    Raises:
        AccountFailure: it is not.
    """
    account = find(connection, login)
    if account is None:
        raise AccountFailure(AccountFault.NO_SUCH_LOGIN, normal_login(login))
    return account


def listing(connection: Connection) -> list[Account]:
    """Every account, by login."""
    rows = connection.execute(_ACCOUNTS.order_by(ACCOUNT.c.login)).mappings()
    return [_account(row) for row in rows]


def close(connection: Connection, account: Account, now: datetime) -> None:
    """Ends an account: it signs in no more, its tokens and its grants end."""
    connection.execute(
        update(ACCOUNT)
        .where(ACCOUNT.c.user_id == account.user_id, ACCOUNT.c.closed_at.is_(None))
        .values(closed_at=now)
    )
    tokens.revoke_all(connection, account.user_id, now)
    _end_grants(connection, _open_grants(account.user_id), now)


def set_password(connection: Connection, user_id: UUID, password_hash: str) -> None:
    """Keeps another hash."""
    connection.execute(
        update(ACCOUNT).where(ACCOUNT.c.user_id == user_id).values(password_hash=password_hash)
    )


def grant(connection: Connection, account: Account, scope: str, since: datetime) -> None:
    """Grants a scope from a moment on; does nothing if it was granted by then and still is.

    One that was given and withdrawn in this very millisecond goes on: they are told apart by when
    they begin. One that began later goes on as it is, beside the new one.
    """
    goes_on = and_(SCOPE_GRANT.c.valid_to.is_(None), SCOPE_GRANT.c.valid_from < since)
    kept = and_(
        SCOPE_GRANT.c.user_id == account.user_id,
        SCOPE_GRANT.c.scope == scope,
        or_(goes_on, SCOPE_GRANT.c.valid_from == since),
    )
    if not connection.execute(update(SCOPE_GRANT).where(kept).values(valid_to=None)).rowcount:
        connection.execute(
            insert(SCOPE_GRANT).values(
                user_id=account.user_id, scope=scope, role=account.role, valid_from=since
            )
        )


def withdraw(connection: Connection, account: Account, scope: str, now: datetime) -> None:
    """Ends a grant.

    Raises:
        AccountFailure: the scope is not granted.
    """
    open_grant = and_(_open_grants(account.user_id), SCOPE_GRANT.c.scope == scope)
    if not _end_grants(connection, open_grant, now):
        raise AccountFailure(AccountFault.NOT_GRANTED, scope)


def granted_scopes(connection: Connection, user_id: UUID, now: datetime) -> list[str]:
    """The scopes that a user holds at a moment, sorted."""
    query = (
        select(SCOPE_GRANT.c.scope)
        .where(
            SCOPE_GRANT.c.user_id == user_id,
            SCOPE_GRANT.c.valid_from <= now,
            or_(SCOPE_GRANT.c.valid_to.is_(None), SCOPE_GRANT.c.valid_to > now),
        )
        .order_by(SCOPE_GRANT.c.scope)
        .distinct()
    )
    return list(connection.execute(query).scalars())


_ACCOUNTS = select(
    ACCOUNT.c.user_id,
    ACCOUNT.c.login,
    ACCOUNT.c.password_hash,
    ACCOUNT.c.closed_at,
    USER.c.name,
    USER.c.role,
).join(USER, USER.c.id == ACCOUNT.c.user_id)


def _account(row: RowMapping) -> Account:
    return Account(**{**row, "role": Role(row["role"])})


def _open_grants(user_id: UUID) -> ColumnElement[bool]:
    return and_(SCOPE_GRANT.c.user_id == user_id, SCOPE_GRANT.c.valid_to.is_(None))


def _end_grants(connection: Connection, which: ColumnElement[bool], now: datetime) -> int:
    return connection.execute(update(SCOPE_GRANT).where(which).values(valid_to=now)).rowcount
