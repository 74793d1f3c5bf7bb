"""`/records`: a record as the office sees it, and its edits; an edit of what is old news is refused."""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, Field
from sqlalchemy import Connection

from desktop.models.records.base import format_time
from desktop.models.records.fields import is_storable
from desktop.models.records.people import Role
from desktop.sync.messages import Outcome, covers
from server.problems import (
    EditRefused,
    InvalidRequest,
    NotFound,
    NotSignedIn,
    WrittenMeanwhile,
    documented,
)
from server.queries import duplicates, records
from server.queries.authority import grants_of, open_scopes
from server.queries.judgement import MAX_OP_BYTES
from server.queries.merge import release_waiting
from server.queries.tokens import Caller
from server.resources.dependencies import Server, Services, SignedIn

router = APIRouter(prefix="/records", tags=["records"])


class Shown(BaseModel):
    """A record, and what an edit of it has to say was seen."""

    scope: str
    incarnation: str
    """The life of the server's database that `seq` counts in."""

    seq: int
    """How far the log of the scope had come."""

    fields: dict[str, Any]
    """Its values by name; what is not there is empty."""


def _keepable(fields: dict[str, Any]) -> dict[str, Any]:
    """Values that can be kept: no half characters, no number that is none, not without end."""
    try:
        content = json.dumps(fields, ensure_ascii=False, allow_nan=False).encode()
        if len(content) <= MAX_OP_BYTES and is_storable(fields):
            return fields
    except RecursionError:
        pass
    raise ValueError("cannot be kept")


class Edit(BaseModel):
    """New values for some fields of a record, which was seen as `Shown` said."""

    scope: Annotated[str, Field(pattern=r"^(ref|\d\d\.\d\d\.\d\d(\.\d{4})?)$")]
    incarnation: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")]
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    fields: Annotated[dict[str, Any], Field(min_length=1), AfterValidator(_keepable)]


@router.get("/{table}/{record_id}", responses=documented(NotSignedIn, NotFound))
def show(table: str, record_id: UUID, caller: SignedIn, server: Server) -> Shown:
    """Gives a record of a scope that is granted to the caller now."""
    return _shown(_granted(table, record_id, caller, server))


@router.patch(
    "/{table}/{record_id}",
    responses=documented(NotSignedIn, NotFound, InvalidRequest, WrittenMeanwhile, EditRefused),
)
def edit(table: str, record_id: UUID, body: Edit, caller: SignedIn, server: Server) -> Shown:
    """Writes some fields of a record, unless others were written to them since it was seen."""
    _granted(table, record_id, caller, server)
    now = server.clock()
    seen = records.Record(
        table, record_id, body.scope, body.incarnation, body.seq, body.fields
    )

    def work(connection: Connection) -> None:  # undone where a problem leaves it
        outcome = records.edit(connection, caller.user_id, seen, now)
        if outcome.outcome is Outcome.QUARANTINED:
            raise EditRefused(outcome.reason or "")
        if outcome.outcome is Outcome.CONFLICT:
            raise WrittenMeanwhile

    server.database.write(work)
    at = int(now.timestamp() * 1000)
    server.database.write(lambda connection: duplicates.settle(connection, at, release_waiting))
    return _shown(_granted(table, record_id, caller, server))


def _granted(table: str, record_id: UUID, caller: Caller, server: Services) -> records.Record:
    """A record that the caller may see.

    Raises:
        NotFound: there is none, or its scope is not the caller's now.
    """
    with server.database.reading() as connection:
        found = records.find(connection, table, record_id)
        grants = grants_of(connection, caller.user_id)
    held = open_scopes(grants, format_time(server.clock()))
    is_theirs = found is not None and any(covers(scope, found.scope) for scope in held)
    if found is None or not is_theirs:
        raise NotFound
    return found


def _shown(record: records.Record) -> Shown:
    return Shown(
        scope=record.scope,
        incarnation=record.incarnation,
        seq=record.seq,
        fields=record.fields,
    )
