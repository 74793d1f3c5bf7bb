"""Composition root of the server: what it is made of, and its addresses."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI

from desktop.models.records.base import utc_now
from server import problems
from server.bodies import SmallBodies
from server.database import Database
from server.passwords import Passwords
from server.resources.dependencies import Services
from server.resources.health import router as health
from server.resources.records import router as records
from server.resources.session import router as session
from server.resources.snapshots import router as snapshots
from server.resources.sync import router as sync

_DESCRIPTION = """
The provincial server of Berdaya. Laptops work without it; when they reach it, they sign in once
(`/session`) and exchange everything in one request (`/sync`).

Every failure is a numbered problem of type `application/problem+json`: `type`, `title`, `status`,
`number`, and `details` where it has any. Times are UTC, money is integer rupiah.
"""


def create_app(
    database: Database,
    clock: Callable[[], datetime] = utc_now,
    passwords: Passwords | None = None,
) -> FastAPI:
    """The server on a database that is ready (see `queries.schema.prepare`).

    Args:
        database: where everything is kept.
        clock: tells the time, in UTC.
        passwords: how passwords are hashed; by default with argon2's recommended parameters.
    """
    app = FastAPI(
        title="Berdaya",
        version="1",
        description=_DESCRIPTION,
        docs_url=None,  # these pages load their scripts from elsewhere
        redoc_url=None,
        openapi_tags=[
            {"name": "health", "description": "Whether the province can be reached."},
            {"name": "session", "description": "Signing in on a laptop, and out."},
            {"name": "sync", "description": "Sending changes and receiving them."},
            {"name": "snapshots", "description": "The first download of a scope."},
            {"name": "records", "description": "Records as the office sees and edits them."},
        ],
    )
    app.state.services = Services(database, clock, passwords or Passwords())
    problems.install(app)
    app.add_middleware(SmallBodies, but_for=frozenset({"/sync"}))
    for router in (health, session, sync, snapshots, records):
        app.include_router(router)
    return app
