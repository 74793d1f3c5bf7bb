"""`GET /healthz`: is this the province, and does its database answer?

Laptops take this small answer as the truth about their connection. It names itself, so that the
page of a captive portal is not mistaken for it.
"""

from fastapi import APIRouter
from pydantic import BaseModel

from server.problems import DatabaseAway, documented
from server.queries import incarnations
from server.resources.dependencies import Server

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The server is well."""

    berdaya: int = 1
    """The version of the protocol; its presence tells that this is us."""

    ok: bool = True
    incarnation: str


@router.get("/healthz", responses=documented(DatabaseAway))
def health(server: Server) -> Health:
    """Asks the database, and tells which life of it answered."""
    with server.database.reading() as connection:
        incarnation = incarnations.current(connection)
    if incarnation is None:
        raise DatabaseAway
    return Health(incarnation=incarnation.name)
