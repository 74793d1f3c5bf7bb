"""How much of a request is read before anybody knows who sends it."""

from collections.abc import Set

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import MessageTooLarge, response

MAX_BYTES = 256 << 10
"""Many times what any form of ours takes."""


class SmallBodies:
    """Refuses large bodies: the framework reads them whole, into memory, before a token is looked at.

    Args:
        app: what is behind it.
        but_for: paths that read, and limit, their bodies themselves.
    """

    def __init__(self, app: ASGIApp, but_for: Set[str]) -> None:
        self._app = app
        self._but_for = but_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads a body of a few bytes, and hands it on whole."""
        if scope["type"] != "http" or scope["path"] in self._but_for:
            await self._app(scope, receive, send)
            return
        messages: list[Message] = []
        size, more = 0, True
        while more:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
            if size > MAX_BYTES:
                await response(MessageTooLarge(MAX_BYTES))(scope, receive, send)
                return
        coming = iter(messages)

        async def read() -> Message:
            return next(coming, None) or await receive()

        await self._app(scope, read, send)
