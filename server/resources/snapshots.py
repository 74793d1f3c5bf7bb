"""`/snapshots`: how a scope stood at one seq, as a file; for the first download of a long log."""

import re

from fastapi import APIRouter, Request, status
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from desktop.models.records.base import format_time
from desktop.sync.messages import covers
from desktop.sync.snapshot import Snapshot
from server.problems import NotFound, NotSignedIn, RangeNotSatisfiable, documented
from server.queries import snapshots
from server.queries.authority import grants_of, open_scopes
from server.queries.tokens import Caller
from server.resources.dependencies import Server, Services, SignedIn

router = APIRouter(prefix="/snapshots", tags=["snapshots"])

MEDIA_TYPE = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")


class SnapshotFile(BaseModel):
    """A snapshot that can be fetched by its name, which is the SHA-256 of its bytes."""

    name: str
    incarnation: str
    """The life of the server's database that `seq` counts in."""

    scope: str
    seq: int
    """How far in the scope's log it goes."""

    size: int
    """Its bytes."""


@router.get("", responses=documented(NotSignedIn, NotFound))
def newest(scope: str, caller: SignedIn, server: Server) -> SnapshotFile:
    """Tells of the newest snapshot of a scope; it is made now if there is none that will do."""
    _refuse_others(server, caller, scope)
    snapshot = _recent(server, scope)
    if snapshot is None:
        with server.making:
            snapshot = _recent(server, scope) or snapshots.make(
                server.database, scope, server.clock()
            )
    if snapshot is None:
        raise NotFound
    return SnapshotFile(**vars(snapshot))


@router.get(
    "/{name}",
    response_class=StreamingResponse,
    responses=documented(NotSignedIn, NotFound, RangeNotSatisfiable),
)
def fetch(name: str, request: Request, caller: SignedIn, server: Server) -> StreamingResponse:
    """Gives a snapshot's bytes, or one range of them (`Range: bytes=1000-`)."""
    snapshot_id, snapshot = granted(name, caller, server)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    first, end = (0, snapshot.size) if asked is None else _stretch(asked, snapshot.size)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Length": str(end - first),
        "ETag": f'"{name}"',
    }
    if asked is not None:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{snapshot.size}"
    return StreamingResponse(
        snapshots.read(server.database, snapshot_id, first, end),
        status.HTTP_200_OK if asked is None else status.HTTP_206_PARTIAL_CONTENT,
        headers,
        MEDIA_TYPE,
    )


def granted(name: str, caller: Caller, server: Services) -> tuple[str, Snapshot]:
    """The id and the snapshot of a name.

    Raises:
        NotFound: there is none of that name, or its scope is not the caller's now.
    """
    with server.database.reading() as connection:
        found = snapshots.find(connection, name)
    if found is None:
        raise NotFound
    _refuse_others(server, caller, found[1].scope)
    return found


def _recent(server: Services, scope: str) -> Snapshot | None:
    with server.database.reading() as connection:
        return snapshots.recent(connection, scope)


def _refuse_others(server: Services, caller: Caller, scope: str) -> None:
    """A scope that is not granted now is as if it were not there."""
    with server.database.reading() as connection:
        held = open_scopes(grants_of(connection, caller.user_id), format_time(server.clock()))
    if not any(covers(one, scope) for one in held):
        raise NotFound


def _stretch(asked: re.Match[str], size: int) -> tuple[int, int]:
    """Where a range begins and ends, the end not counted in.

    Raises:
        RangeNotSatisfiable: it begins after the end of the file.
    """
    first, last = asked.groups()
    begin = int(first)
    end = min(int(last) + 1, size) if last else size
    if begin >= end:
        raise RangeNotSatisfiable(size)
    return begin, end
