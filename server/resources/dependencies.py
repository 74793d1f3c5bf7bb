"""What a resource is handed: the database, the clock, and who is asking."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Annotated, TypeAlias

from fastapi import Depends, Request
from fastapi.security.utils import get_authorization_scheme_param

from server.database import Database
from server.passwords import Passwords
from server.problems import NotSignedIn
from server.queries import tokens
from server.queries.tokens import Caller


@dataclass(frozen=True)
class Services:
    """The collaborators of one running server, built by `create_app`."""

    database: Database
    clock: Callable[[], datetime]
    passwords: Passwords
    making: Lock = field(default_factory=Lock)
    """Held while a snapshot is made: one at a time is what the others bear."""


def services(request: Request) -> Services:
    """The collaborators of the server that this request came to."""
    found = request.app.state.services
    assert isinstance(found, Services)  # noqa: S101 the framework's state is untyped
    return found


Server: TypeAlias = Annotated[Services, Depends(services)]
"""A parameter of a resource: its collaborators."""


def signed_in(request: Request, server: Server) -> Caller:
    """Who is asking, by `Authorization: Bearer <token>`.

    Raises:
        NotSignedIn: there is no token, or it is not, or no longer, good.
    """
    scheme, token = get_authorization_scheme_param(request.headers.get("Authorization"))
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    with server.database.reading() as connection:
        caller = tokens.holder(connection, token)
    if caller is None:
        raise NotSignedIn
    return caller


SignedIn: TypeAlias = Annotated[Caller, Depends(signed_in)]
"""A parameter of a resource: the caller; without one the answer is the problem `not-signed-in`."""
