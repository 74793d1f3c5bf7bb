"""A line that breaks: each connection is reset once it has carried so many bytes one way."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

_RESET = struct.pack("ii", 1, 0)


@dataclass
class BreakingLine:
    """Where it begins, and the bytes that it has carried both ways, those before a break too."""

    address: str = ""
    carried: int = 0


@contextmanager
def breaking_line(address: str, *, up: float, down: float) -> Iterator[BreakingLine]:
    """A line to a server (its http address) that carries `up` and `down` bytes a connection at most."""
    target = urlsplit(address)
    line = BreakingLine()

    class Connection(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            near: socket.socket = self.request
            with socket.create_connection((target.hostname, target.port)) as far:
                back = threading.Thread(target=_carry, args=(far, near, down, line))
                back.start()
                _carry(near, far, up, line)
                back.join()

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection) as server:
        line.address = f"http://127.0.0.1:{server.server_address[1]}"
        serving = threading.Thread(target=server.serve_forever, args=(0.01,))
        serving.start()
        try:
            yield line
        finally:
            server.shutdown()
            serving.join()


def _carry(source: socket.socket, sink: socket.socket, room: float, line: BreakingLine) -> None:
    with suppress(OSError):  # the other way broke
        while piece := source.recv(1024):
            line.carried += len(piece)
            room -= len(piece)
            if room < 0:
                _break(source)
                _break(sink)
                return
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)


def _break(end: socket.socket) -> None:
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    end.shutdown(socket.SHUT_RDWR)
