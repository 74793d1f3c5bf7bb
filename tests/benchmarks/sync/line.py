"""A line between laptop and province: as slow as it is told to be, and it counts what passes.

It is a TCP proxy on loopback. Every byte is counted as it is read from a socket, and HTTP is read
along only to tell heads from bodies. A line is modelled as a pipe each way that all connections
share: a stretch of bytes enters when those before it have, takes its length over the bandwidth to
enter, and comes out half a round trip later.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Final
from urllib.parse import urlsplit

_SEGMENT: Final = 1460
"""Bytes that enter a pipe as one; what a TCP segment holds."""

_HEAD_END: Final = b"\r\n\r\n"
_LONGEST_HEAD: Final = 64 << 10


@dataclass(frozen=True)
class Link:
    """What a line is like.

    Attributes:
        round_trip: seconds there and back.
        rate: bytes a second, each way.
        openings: round trips that a new connection takes before it carries anything.
    """

    round_trip: float = 0
    rate: float = inf
    openings: int = 0

    def seconds(self, size: int, trips: int) -> float:
        """The least time in which so many bytes pass one after the other, in so many round trips."""
        return size / self.rate + trips * self.round_trip


AT_ONCE: Final = Link()


@dataclass(frozen=True)
class Traffic:
    """What passed: requests, and the bytes each way, of heads (request lines, headers) and bodies."""

    requests: int = 0
    heads_up: int = 0
    bodies_up: int = 0
    heads_down: int = 0
    bodies_down: int = 0

    @property
    def bodies(self) -> int:
        """Bytes of bodies both ways."""
        return self.bodies_up + self.bodies_down

    @property
    def size(self) -> int:
        """All bytes both ways."""
        return self.bodies + self.heads_up + self.heads_down

    def since(self, before: "Traffic") -> "Traffic":
        """What passed after that."""
        return Traffic(
            self.requests - before.requests,
            self.heads_up - before.heads_up,
            self.bodies_up - before.bodies_up,
            self.heads_down - before.heads_down,
            self.bodies_down - before.bodies_down,
        )


@dataclass
class Pipe:
    """One way of a link."""

    link: Link
    _entered: float = -inf

    def out_at(self, now: float, size: int) -> float:
        """When the last of so many bytes, handed over now, comes out at the other end."""
        self._entered = max(self._entered, now) + size / self.link.rate
        return self._entered + self.link.round_trip / 2


@dataclass
class Count:
    """Messages that began, and the bytes of their heads and bodies."""

    messages: int = 0
    heads: int = 0
    bodies: int = 0


class Reader:
    """Reads one way of one HTTP/1.1 connection along, and counts.

    Raises:
        ValueError: from `read`: the head of a message does not tell its length, or never ends.
    """

    def __init__(self, count: Count) -> None:
        self._count = count
        self._head = bytearray()
        self._body_left = 0

    def read(self, content: bytes) -> None:
        """Takes the next bytes, cut anywhere."""
        while content:
            if self._body_left:
                part = content[: self._body_left]
                self._body_left -= len(part)
                self._count.bodies += len(part)
                content = content[len(part) :]
            else:
                content = self._read_head(content)

    def _read_head(self, content: bytes) -> bytes:
        """Takes bytes of a head; gives back those after it."""
        if not self._head:
            self._count.messages += 1
        before = len(self._head)
        self._head += content
        end = self._head.find(_HEAD_END)
        if end < 0:
            if len(self._head) > _LONGEST_HEAD:
                raise ValueError("this is not HTTP")
            self._count.heads += len(content)
            return b""
        size = end + len(_HEAD_END)
        self._body_left = _body_size(bytes(self._head[:size]))
        self._head.clear()
        self._count.heads += size - before
        return content[size - before :]


def _body_size(head: bytes) -> int:
    fields = {}
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        fields[name.strip().lower()] = value.strip()
    if b"transfer-encoding" in fields:
        raise ValueError("the length of a body is not told")
    return int(fields.get(b"content-length", 0))


@dataclass
class Line:
    """A line that is open.

    Attributes:
        address: where it begins, for the laptop.
        link: what it is like.
    """

    address: str
    link: Link
    _up: Count = field(default_factory=Count)
    _down: Count = field(default_factory=Count)

    def traffic(self) -> Traffic:
        """What has passed so far. Whole when the laptop has read its answers."""
        up, down = self._up, self._down
        return Traffic(up.messages, up.heads, up.bodies, down.heads, down.bodies)


@contextmanager
def line_to(address: str, link: Link = AT_ONCE) -> Iterator[Line]:
    """A line to a server (its http address), served by a thread of its own."""
    target = urlsplit(address)
    assert target.hostname is not None
    line = Line("", link)
    proxy = _Proxy(line, target.hostname, target.port or 80)
    thread = threading.Thread(target=lambda: asyncio.run(proxy.serve()))
    thread.start()
    proxy.ready.wait()
    try:
        yield line
    finally:
        proxy.stop()
        thread.join()


class _Proxy:
    def __init__(self, line: Line, host: str, port: int) -> None:
        self._line = line
        self._target = (host, port)
        self._ways = (Pipe(line.link), Pipe(line.link))
        self._connections: set[asyncio.Task[None]] = set()
        self.ready = threading.Event()

    async def serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        self._line.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self.ready.set()
        await self._stopped.wait()
        server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stopped.set)

    def _take(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry_both(source, sink))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _carry_both(self, near: asyncio.StreamReader, near_end: asyncio.StreamWriter) -> None:
        link = self._line.link
        opened = self._loop.time() + link.openings * link.round_trip
        far, far_end = await asyncio.open_connection(*self._target)
        up, down = self._ways
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(near, far_end, up, self._line._up, opened))
                both.create_task(self._carry(far, near_end, down, self._line._down, opened))
        except* ConnectionError:
            pass  # one end broke off; the other learns it below
        finally:
            near_end.close()
            far_end.close()

    async def _carry(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        pipe: Pipe,
        count: Count,
        opened: float,
    ) -> None:
        """Carries one way until its source ends; what is on the way arrives all the same."""
        reader = Reader(count)
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        async with asyncio.TaskGroup() as ends:
            ends.create_task(self._deliver(under_way, sink))
            size = _SEGMENT if self._line.link != AT_ONCE else 1 << 16
            while content := await source.read(size):
                reader.read(content)
                entered = max(self._loop.time(), opened)
                under_way.put_nowait((pipe.out_at(entered, len(content)), content))
            under_way.put_nowait((self._loop.time(), b""))

    async def _deliver(
        self, under_way: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter
    ) -> None:
        while True:
            due, content = await under_way.get()
            await asyncio.sleep(due - self._loop.time())
            if not content:
                sink.write_eof()
                return
            sink.write(content)
            await sink.drain()
