"""Every answer that is not a success: numbered problems as `application/problem+json` (RFC 9457).

A problem is raised as an exception; its fields are the typed `details` of the answer. Its number is
the HTTP status and a count, and never changes its meaning. Nothing that a client sent is repeated
in an answer: it may be a password or a family's data.
"""

import logging
import secrets
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any, ClassVar

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from desktop.models.store.engine import StoreFailure

MEDIA_TYPE = "application/problem+json"
_LOG = logging.getLogger(__name__)


class Problem(Exception):
    """Base of all problems; a subclass is one row of the table below."""

    number: ClassVar[str]
    slug: ClassVar[str]
    title: ClassVar[str]

    @property
    def status(self) -> int:
        """The HTTP status, which is the first part of the number."""
        return int(self.number.partition(".")[0])

    @property
    def headers(self) -> dict[str, str]:
        """Headers that the answer carries besides its media type."""
        return {}

    @property
    def details(self) -> dict[str, Any]:
        """The fields of the subclass."""
        return {}


@dataclass(eq=False)
class _Detailed(Problem):
    """A problem whose dataclass fields are its details."""

    @property
    def details(self) -> dict[str, Any]:
        return asdict(self)


class NotSignedIn(Problem):
    """No token, one that we never issued, one that was revoked, or a closed account."""

    number = "401.1"
    slug = "not-signed-in"
    title = "Sign in first."

    @property
    def headers(self) -> dict[str, str]:
        """What RFC 9110 asks of every 401."""
        return {"WWW-Authenticate": "Bearer"}


class WrongLogin(Problem):
    """Sign-in refused; whether the login exists is not told."""

    number = "401.2"
    slug = "wrong-login"
    title = "The login or the password is wrong."

    @property
    def headers(self) -> dict[str, str]:
        """What RFC 9110 asks of every 401."""
        return {"WWW-Authenticate": "Bearer"}


class AccountClosed(Problem):
    """The password is right, but the account was closed."""

    number = "403.1"
    slug = "account-closed"
    title = "This account was closed."


class UnreadableMessage(Problem):
    """A sync message that is cut off, is not ours, or unfolds to more than is allowed."""

    number = "400.1"
    slug = "unreadable-message"
    title = "The message cannot be read."


@dataclass(eq=False)
class MessageTooLarge(_Detailed):
    """A message larger than this server takes.

    Attributes:
        max_bytes: what it takes.
    """

    number = "413.1"
    slug = "message-too-large"
    title = "The message is too large."
    max_bytes: int


class NotFound(Problem):
    """Nothing is at this address."""

    number = "404.1"
    slug = "not-found"
    title = "There is nothing at this address."


@dataclass(eq=False)
class MethodNotAllowed(_Detailed):
    """The address exists, the method does not.

    Attributes:
        allowed: the methods that do.
    """

    number = "405.1"
    slug = "method-not-allowed"
    title = "This address does not know this method."
    allowed: tuple[str, ...]

    @property
    def headers(self) -> dict[str, str]:
        """What RFC 9110 asks of every 405."""
        return {"Allow": ", ".join(self.allowed)}


@dataclass(eq=False)
class RangeNotSatisfiable(_Detailed):
    """A stretch of a file was asked for that begins after its end.

    Attributes:
        size: bytes of the file.
    """

    number = "416.1"
    slug = "range-not-satisfiable"
    title = "The file is shorter than that."
    size: int

    @property
    def headers(self) -> dict[str, str]:
        """What RFC 9110 asks of every 416."""
        return {"Content-Range": f"bytes */{self.size}"}


class DeviceKeyDiffers(Problem):
    """A device id that is registered with another public key: not the same laptop."""

    number = "409.1"
    slug = "device-key-differs"
    title = "This device is registered with another key."


class WrittenMeanwhile(Problem):
    """Somebody wrote to the same fields since the record was seen: look at it again."""

    number = "409.2"
    slug = "written-meanwhile"
    title = "This was changed by somebody else meanwhile."


@dataclass(eq=False)
class EditRefused(_Detailed):
    """An edit that the rules do not allow.

    Attributes:
        reason: which rule, as it is named where ops are set aside.
    """

    number = "422.2"
    slug = "edit-refused"
    title = "This cannot be changed like that."
    reason: str


@dataclass(eq=False)
class InvalidRequest(_Detailed):
    """The request is not what the address expects.

    Attributes:
        places: where it is wrong and the rule that it breaks, never the value itself.
    """

    number = "422.1"
    slug = "invalid-request"
    title = "The request is not understood."
    places: tuple[dict[str, str], ...]


@dataclass(eq=False)
class TooManyAttempts(_Detailed):
    """Sign-in failed too often.

    Attributes:
        retry_after: seconds to wait.
    """

    number = "429.1"
    slug = "too-many-attempts"
    title = "Too many attempts to sign in."
    retry_after: int

    @property
    def headers(self) -> dict[str, str]:
        """The same, where generic clients look."""
        return {"Retry-After": str(self.retry_after)}


@dataclass(eq=False)
class Unexpected(_Detailed):
    """A bug of ours.

    Attributes:
        reference: finds the entry in the server's log.
    """

    number = "500.1"
    slug = "unexpected"
    title = "The server made a mistake."
    reference: str


class DatabaseAway(Problem):
    """The database does not answer, is locked, or its disk is full: try again later."""

    number = "503.1"
    slug = "database-away"
    title = "The database does not answer."


def response(problem: Problem) -> JSONResponse:
    """A problem as an answer."""
    body: dict[str, Any] = {
        "type": f"/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "number": problem.number,
    }
    if problem.details:
        body["details"] = problem.details
    return JSONResponse(body, problem.status, problem.headers, MEDIA_TYPE)


def documented(*problems: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an endpoint that may raise these, for its OpenAPI description."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for problem in problems:
        status = int(problem.number.partition(".")[0])
        line = f"`{problem.slug}` ({problem.number}): {problem.title}"
        known = by_status.get(status)
        text = f"{known['description']} {line}" if known else line
        by_status[status] = {"description": text, "content": {MEDIA_TYPE: {}}}
    return by_status


def install(app: FastAPI) -> None:
    """Makes every failure of this application a problem."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    for away in (StoreFailure, PoolTimeout, DBAPIError):
        app.add_exception_handler(away, _on_database_error)
    app.add_exception_handler(Exception, _on_unexpected)


def _on_problem(request: Request, error: Exception) -> JSONResponse:
    del request
    assert isinstance(error, Problem)  # noqa: S101 the framework's types know no more
    return response(error)


def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    del request
    assert isinstance(error, RequestValidationError)  # noqa: S101 as above
    places = (
        {"place": ".".join(map(str, fault["loc"])), "rule": str(fault["type"])}
        for fault in error.errors()
    )
    return response(InvalidRequest(tuple(places)))


def _on_http(request: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses; what has no row above is told by its status alone."""
    del request
    assert isinstance(error, HTTPException)  # noqa: S101 as above
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.NOT_FOUND:
        return response(NotFound())
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return response(MethodNotAllowed(tuple(sorted(headers.get("Allow", "").split(", ")))))
    body = {
        "type": "about:blank",
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
    }
    return JSONResponse(body, error.status_code, headers, MEDIA_TYPE)


def is_database_away(error: Exception) -> bool:
    """Whether the database is at fault, and not the statement that we sent it."""
    if isinstance(error, DBAPIError):
        return isinstance(error.orig, psycopg.OperationalError | psycopg.InterfaceError)
    return isinstance(error, StoreFailure | PoolTimeout)


def _on_database_error(request: Request, error: Exception) -> JSONResponse:
    if not is_database_away(error):
        raise error
    place = (request.method, request.url.path)
    _LOG.error("%s %s: the database does not answer", *place, exc_info=error)
    return response(DatabaseAway())


def _on_unexpected(request: Request, error: Exception) -> JSONResponse:
    """The traceback follows in the log: the framework raises the error again for its server."""
    reference = secrets.token_hex(4)
    _LOG.error(
        "%s %s: %s, reference %s",
        request.method,
        request.url.path,
        type(error).__name__,
        reference,
    )
    return response(Unexpected(reference))
