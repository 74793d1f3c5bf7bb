"""POST /sync: one round trip that takes a laptop's ops and gives it what others wrote."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from desktop.sync import wire
from server.database import Database
from server.problems import MessageTooLarge, NotSignedIn, UnreadableMessage, documented
from server.queries.exchange import Asking, exchange, unchanged
from server.resources.dependencies import Server, SignedIn, signed_in

router = APIRouter(tags=["sync"])

MEDIA_TYPE = "application/json"


@router.post(
    "/sync",
    summary="Send ops and receive news",
    response_class=Response,
    responses=documented(UnreadableMessage, NotSignedIn, MessageTooLarge),
)
async def sync(request: Request, server: Server, caller: SignedIn) -> Response:
    """Merges the ops of one device log and answers with their outcomes and a page of news.

    Request and answer are JSON, gzipped when that is shorter (`Content-Encoding: gzip`); their form
    is described in the documentation of the project. An answer `{}` says that nothing has changed.
    """
    began = server.clock()  # when the laptop looked at its own clock: the body may take minutes
    body = await _body(request)
    await run_in_threadpool(signed_in, request, server)  # it may have been closed meanwhile
    gzipped = request.headers.get("Content-Encoding") == "gzip"
    asking = Asking(caller.device_id, caller.user_id, began, server.clock())
    content, folded = await run_in_threadpool(respond, server.database, asking, body, gzipped)
    headers = {"Content-Encoding": "gzip"} if folded else {}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def respond(database: Database, asking: Asking, body: bytes, gzipped: bool) -> tuple[bytes, bool]:  # noqa: FBT001 a header's value
    """The answer to a request's body, and whether it is gzipped.

    Raises:
        UnreadableMessage: it is no request of ours.
        MessageTooLarge: it carries more ops than were advertised.
    """
    try:
        request = wire.request_from_json(wire.decode(body, gzipped=gzipped))
    except wire.WireError as error:
        raise UnreadableMessage from error
    if request.batch is not None and len(request.batch.ops) > wire.MAX_OPS:
        raise MessageTooLarge(wire.MAX_BODY)
    if unchanged(database, asking, request):
        return wire.encode({})
    return wire.encode(wire.answer_to_json(exchange(database, asking, request)))


async def _body(request: Request) -> bytes:
    """The body, read no further than the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > wire.MAX_BODY:
            raise MessageTooLarge(wire.MAX_BODY)
    return bytes(body)
