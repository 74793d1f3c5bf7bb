"""Who may answer instead of the province, or between it and us: raw bytes, with or without TLS."""

import datetime as dt
import gzip
import ipaddress
import json
import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Reply = bytes | Callable[[socket.socket, threading.Event], object]
"""What is sent back before the connection closes, or who does the sending until the event."""

HTML = "text/html"
JSON = "application/json"
PROBLEM = "application/problem+json"
TLS_HANDSHAKE = b"\x16\x03"
PAGE = b"<!DOCTYPE html><title>Selamat datang di WiFi Warkop</title>"


@dataclass
class Impostor:
    """Somebody at an address, and how many requests reached them."""

    port: int
    secure: bool
    requests: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{'https' if self.secure else 'http'}://127.0.0.1:{self.port}"


@contextmanager
def impostor(reply: Reply, tls: ssl.SSLContext | None = None) -> Iterator[Impostor]:
    """Answers every request alike, one a connection."""
    leaving = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                with _wrapped(self.request, tls) as connection:
                    somebody.requests.append(_read_request(connection))
                    if callable(reply):
                        reply(connection, leaving)
                    else:
                        connection.sendall(reply)
            except OSError:
                return  # the client went away: what that does to it is what the test is about

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        somebody = Impostor(server.server_address[1], secure=tls is not None)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield somebody
        finally:
            leaving.set()
            server.shutdown()
            thread.join()


def answer(
    status: str,
    kind: str = HTML,
    body: bytes = PAGE,
    *headers: str,
    length: int | None = None,
) -> bytes:
    """An HTTP answer; `length` is what it says of its body where that is not the truth."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def json_answer(message: Any) -> bytes:
    """A good answer with some JSON."""
    return answer("200 OK", JSON, json.dumps(message).encode())


def problem(status: str, slug: str) -> bytes:
    """A refusal as the province words it."""
    content = {"type": f"/problems/{slug}", "title": "x", "status": int(status[:3])}
    return answer(status, PROBLEM, json.dumps(content).encode())


def cut_gzip() -> bytes:
    """A folded body whose end is missing, of the length that it says."""
    body = gzip.compress(json.dumps({f"a{n}": n for n in range(500)}).encode())
    return answer("200 OK", JSON, body[:-20], "Content-Encoding: gzip")


def bomb(size: int) -> bytes:
    """A folded body that unfolds to some bytes."""
    return answer("200 OK", JSON, gzip.compress(bytes(size)), "Content-Encoding: gzip")


def hang(connection: socket.socket, leaving: threading.Event) -> None:
    """Takes the request and says nothing."""
    del connection
    leaving.wait()


def hang_half_way(connection: socket.socket, leaving: threading.Event) -> None:
    """Begins an answer and stops in the middle of it."""
    connection.sendall(json_answer({"i": "a1", "n": 1})[:-5])
    leaving.wait()


def self_signed(folder: Path, name: str = "127.0.0.1") -> tuple[Path, ssl.SSLContext]:
    """A certificate of an office's own for an address, and a server's side of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dinas Sosial")])
    begun = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begun)
        .not_valid_after(begun + dt.timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    public, secret = folder / "office.pem", folder / "office.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, secret)
    return public, context


def _wrapped(connection: socket.socket, tls: ssl.SSLContext | None) -> socket.socket:
    return connection if tls is None else tls.wrap_socket(connection, server_side=True)


def _read_request(connection: socket.socket) -> bytes:
    """Reads to the end of the body, so that closing does not look like a broken line."""
    content = b""
    while b"\r\n\r\n" not in content:
        chunk = connection.recv(65536)
        if not chunk or chunk.startswith(TLS_HANDSHAKE):
            return content
        content += chunk
    head, _, body = content.partition(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.lower().split(b"\r\n")
            if line.startswith(b"content-length:")
        ),
        0,
    )
    while len(body) < length and (chunk := connection.recv(65536)):
        body += chunk
    return head + b"\r\n\r\n" + body
