"""`/session`: signing in on a laptop, and out again."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, status
from pydantic import AfterValidator, Base64Bytes, BaseModel, Field

from desktop.models.records.people import Role
from server.passwords import PasswordsBusyError, Verdict
from server.problems import (
    AccountClosed,
    DeviceKeyDiffers,
    InvalidRequest,
    NotSignedIn,
    TooManyAttempts,
    WrongLogin,
    documented,
)
from server.queries import accounts, devices, incarnations, sign_ins, tokens
from server.queries.accounts import Account
from server.resources.dependencies import Server, Services, SignedIn

router = APIRouter(prefix="/session", tags=["session"])

_NAMED = 5
"""The version of a UUID that is made of a name."""


def _drawn(device_id: UUID) -> UUID:
    """An id that a laptop may have: those that follow from names are the server's own devices."""
    if device_id.version == _NAMED:
        raise ValueError("the server's own")
    return device_id


class Device(BaseModel):
    """The laptop that signs in."""

    id: Annotated[UUID, AfterValidator(_drawn)]
    name: Annotated[str, Field(min_length=1, max_length=100)]
    public_key: Annotated[Base64Bytes, Field(min_length=32, max_length=32)]
    """Its Ed25519 public key, 32 bytes as base64. The first one stays."""


class SignIn(BaseModel):
    """Login, password and the laptop."""

    login: Annotated[str, Field(min_length=1, max_length=200)]
    password: Annotated[str, Field(min_length=1, max_length=1000)]
    device: Device


class SignedInUser(BaseModel):
    """The user, as everybody may know them."""

    id: UUID
    name: str
    role: Role


class Session(BaseModel):
    """A session: send its token as `Authorization: Bearer <token>`."""

    token: str
    user: SignedInUser
    incarnation: str
    """The life of the server's database; cursors count within it."""

    scopes: list[str]
    """The scopes granted to the user now."""


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=documented(
        WrongLogin, AccountClosed, DeviceKeyDiffers, InvalidRequest, TooManyAttempts
    ),
)
def sign_in(body: SignIn, request: Request, server: Server) -> Session:
    """Signs a user in on a laptop, registers the laptop and enrols the user on it."""
    for _ in range(_TRIES):
        session = _signed_in(body, request.client.host if request.client else "", server)
        if session is not None:
            return session
    raise WrongLogin


def _signed_in(body: SignIn, address: str, server: Services) -> Session | None:
    """The session; None if the account was changed while its password was checked."""
    account, renewed = _authenticated(body, address, server)
    now = server.clock()
    device = devices.NewDevice(body.device.id, body.device.name, body.device.public_key)
    with server.database.writing() as connection:
        if not accounts.is_as_it_was(connection, account):
            return None
        if renewed is not None:
            accounts.set_password(connection, account.user_id, renewed)
        try:
            devices.enrol(connection, device, account.user_id, now)
        except devices.DeviceKeyDiffers:
            raise DeviceKeyDiffers from None
        incarnation = incarnations.current(connection) or incarnations.begin(connection, now)
        return Session(
            token=tokens.issue(connection, account.user_id, device.id, now),
            user=SignedInUser(id=account.user_id, name=account.name, role=account.role),
            incarnation=incarnation.name,
            scopes=accounts.granted_scopes(connection, account.user_id, now),
        )


@router.delete("", status_code=status.HTTP_204_NO_CONTENT, responses=documented(NotSignedIn))
def sign_out(caller: SignedIn, server: Server) -> None:
    """Revokes the token that this request carries."""
    with server.database.writing() as connection:
        tokens.revoke(connection, caller.token_hash, server.clock())


_TRIES = 3
_BUSY_SECONDS = 5
"""After which to try again where too many passwords are being checked."""


def _authenticated(
    body: SignIn, address: str, server: Services
) -> tuple[Account, str | None]:
    """The account, if the password is its own, and another hash of that if it needs one.

    Checked outside a transaction: it takes long.
    """
    login = accounts.normal_login(body.login)
    with server.database.reading() as connection:
        account = accounts.find(connection, login)
    with server.database.writing() as connection:
        wait = sign_ins.admit(connection, login, address, server.clock())
    if wait:
        raise TooManyAttempts(retry_after=wait)
    try:
        verdict = server.passwords.check(account.password_hash if account else None, body.password)
    except PasswordsBusyError:
        with server.database.writing() as connection:
            sign_ins.take_back(connection, login, address, server.clock())
        raise TooManyAttempts(retry_after=_BUSY_SECONDS) from None
    if account is None or verdict is Verdict.WRONG:
        raise WrongLogin
    with server.database.writing() as connection:
        sign_ins.forgive(connection, login, address, server.clock())
    if account.closed_at is not None:
        raise AccountClosed
    is_old = verdict is Verdict.RIGHT_BUT_OLD
    return account, server.passwords.hash(body.password) if is_old else None
