"""The only place that speaks HTTP: one session with the province, and what can go wrong with it."""

import json
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError

from desktop.sync import messages, wire
from desktop.sync.download import SnapshotGone
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.history import Traffic
from desktop.sync.snapshot import Snapshot

CONNECT_SECONDS = 10
READ_SECONDS = 60
CHECK_SECONDS = 5
_READ_BYTES = 16 << 10
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class _Session(requests.Session):
    """Is sent nowhere else: to find out where to, the library would read a page of any size."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere."""
        del resp


@dataclass(frozen=True)
class SignedIn:
    """What the province answers to a good login."""

    token: str
    user_id: str
    name: str
    role: str


@dataclass
class Client:
    """One HTTP session with one server.

    Attributes:
        server: its address, https only; plain http is taken on this machine alone.
        token: who is asking, once signed in.
        authority: the certificate file of an office that signs its own, or None.
        read_seconds: how long an answer may leave us waiting.
    """

    server: str
    token: str | None = None
    authority: Path | None = None
    traffic: Traffic = field(default_factory=Traffic)
    read_seconds: float = READ_SECONDS

    def __post_init__(self) -> None:
        if not _is_secure(self.server):
            raise SyncFailure(SyncFault.INSECURE_ADDRESS, self.server)
        if self.authority is not None and not self.authority.is_file():
            raise SyncFailure(SyncFault.CERTIFICATE, str(self.authority))
        self._session = _Session()
        self._session.trust_env = False  # no proxy or password file of somebody else's
        self._session.headers.clear()
        self._session.mount("https://", HTTPAdapter(pool_maxsize=1))
        self._session.mount("http://", HTTPAdapter(pool_maxsize=1))
        if self.authority is not None:
            self._session.verify = str(self.authority)

    def close(self) -> None:
        """Closes the connection."""
        self._session.close()

    def check(self) -> None:
        """Asks the server itself, in a few bytes: the only proof that there is a connection.

        Raises:
            SyncFailure: there is none, or to somebody else.
        """
        answer = self._send("GET", "/healthz", None, timeout=CHECK_SECONDS)
        if _json(answer).get("berdaya") is None:
            raise SyncFailure(SyncFault.NOT_THE_PROVINCE)

    def is_reachable(self) -> bool:
        """Whether the province answers."""
        try:
            self.check()
        except SyncFailure:
            return False
        return True

    def sign_in(self, login: str, password: str, device: dict[str, str]) -> SignedIn:
        """Trades a login for a token, and makes the device known with its public key.

        Raises:
            SyncFailure: see `SyncFault`.
        """
        body = json.dumps({"login": login, "password": password, "device": device}).encode()
        answer = _json(self._send("POST", "/session", body))
        try:
            user = answer["user"]
            self.token = str(answer["token"])
            return SignedIn(self.token, str(user["id"]), str(user["name"]), str(user["role"]))
        except (KeyError, TypeError) as error:
            raise SyncFailure(SyncFault.NOT_THE_PROVINCE) from error

    def exchange(self, request: messages.Request) -> tuple[messages.Answer, float]:
        """One sync round trip: the answer, and the seconds that it took.

        Raises:
            SyncFailure: see `SyncFault`.
        """
        body, folded = wire.encode(wire.request_to_json(request))
        begun = time.monotonic()
        answer = self._send("POST", "/sync", body, gzipped=folded)
        seconds = time.monotonic() - begun
        try:
            # requests has unfolded the body already; wire only reads it
            message = wire.decode(answer, gzipped=False)
            return wire.answer_from_json(message), seconds
        except wire.WireError as error:
            raise SyncFailure(SyncFault.NOT_THE_PROVINCE) from error

    def snapshot_of(self, scope: str) -> Snapshot:
        """The newest snapshot of a scope; the province may have to make it first.

        Raises:
            SyncFailure: see `SyncFault`.
            SnapshotGone: there is none, or not for us.
        """
        try:
            found = _json(self._send("GET", f"/snapshots?scope={quote(scope)}", None))
            return Snapshot(
                name=str(found["name"]),
                incarnation=str(found["incarnation"]),
                scope=str(found["scope"]),
                seq=int(found["seq"]),
                size=int(found["size"]),
            )
        except SyncFailure as failure:
            _refuse_gone(failure)
            raise
        except (KeyError, TypeError, ValueError) as error:
            raise SyncFailure(SyncFault.NOT_THE_PROVINCE) from error

    def fetch(self, name: str, begins: int) -> Generator[bytes, None, None]:
        """The bytes of a snapshot from `begins` on, as they come; as many as the province has.

        Raises:
            SyncFailure: the connection failed, or broke off.
            SnapshotGone: it is not there any more, not for us, or has no such bytes.
        """
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={begins}-"}
        with _faults(), closing(self._open("GET", f"/snapshots/{quote(name)}", headers)) as reply:
            if reply.status_code != HTTPStatus.PARTIAL_CONTENT:
                self._refuse_fetch(reply)
            if not reply.headers.get("Content-Range", "").startswith(f"bytes {begins}-"):
                raise SyncFailure(SyncFault.NOT_THE_PROVINCE)
            yield from self._pieces(reply)

    def _refuse_fetch(self, reply: requests.Response) -> None:
        """A success without a range is somebody's who knows none: not the province."""
        try:
            _refuse_failure(reply, self._read(reply))
        except SyncFailure as failure:
            _refuse_gone(failure)
            raise
        raise SyncFailure(SyncFault.NOT_THE_PROVINCE)

    def _open(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: bytes | None = None,
        timeout: float | None = None,
    ) -> requests.Response:
        timeout = timeout or self.read_seconds
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            reply = self._session.request(
                method,
                self.server.rstrip("/") + path,
                data=body,
                headers=headers,
                timeout=(min(CONNECT_SECONDS, timeout), timeout),
                allow_redirects=False,
                stream=True,
            )
        except requests.exceptions.RequestException as error:
            if _had_begun(error):
                self._note_sent(body)
            raise
        self._note_sent(body)
        return reply

    def _note_sent(self, body: bytes | None) -> None:
        """Counts a request; of one that broke off nobody tells how much went, so all of it."""
        self.traffic.requests += 1
        self.traffic.bytes_up += len(body or b"")

    def _send(
        self,
        method: str,
        path: str,
        body: bytes | None,
        *,
        gzipped: bool = False,
        timeout: float | None = None,
    ) -> bytes:
        headers = {"Accept-Encoding": "gzip"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if gzipped:
            headers["Content-Encoding"] = "gzip"
        with _faults(), closing(self._open(method, path, headers, body, timeout)) as reply:
            content = self._read(reply)
        _refuse_failure(reply, content)
        return content

    def _read(self, reply: requests.Response) -> bytes:
        """The body, read by ourselves so that it may unfold to no more than is allowed."""
        raw = bytearray()
        for piece in self._pieces(reply):
            raw += piece
            if len(raw) > wire.MAX_DECOMPRESSED:
                raise SyncFailure(SyncFault.NOT_THE_PROVINCE)
        declared = reply.headers.get("Content-Length")
        if declared is not None and declared.isdigit() and len(raw) < int(declared):
            raise SyncFailure(SyncFault.CUT_OFF)
        if reply.headers.get("Content-Encoding") != "gzip":
            return bytes(raw)
        try:
            return wire.unfold(bytes(raw))
        except wire.WireError as error:
            raise SyncFailure(SyncFault.CUT_OFF) from error

    def _pieces(self, reply: requests.Response) -> Iterator[bytes]:
        """A body as it comes; what came of one that breaks off was paid for, too."""
        while piece := reply.raw.read1(_READ_BYTES, decode_content=False):
            self.traffic.bytes_down += len(piece)
            yield piece


def _had_begun(error: requests.exceptions.RequestException) -> bool:
    """Whether a request failed only after there was a connection."""
    if isinstance(error, requests.exceptions.ConnectionError):
        return isinstance(next(iter(error.args), None), ProtocolError)
    return isinstance(error, requests.exceptions.Timeout)


def _is_secure(server: str) -> bool:
    """Whether an address is https, or does not leave this machine."""
    try:
        address = urlsplit(server)
    except ValueError:
        return False
    if address.scheme == "https":
        return bool(address.hostname)
    return address.scheme == "http" and address.hostname in LOOPBACK


def _refuse_failure(reply: requests.Response, content: bytes) -> None:
    """A success is ours; a problem is the province's; anything else is somebody else's page."""
    kind = reply.headers.get("Content-Type", "").partition(";")[0]
    if reply.ok and not reply.is_redirect and kind == "application/json":
        return
    if kind == "application/problem+json":
        slug = str(_json(content).get("type", "")).rpartition("/")[2]
        raise SyncFailure(_PROBLEMS.get(slug, SyncFault.REFUSED), slug)
    fault = _STATUSES.get(reply.status_code, SyncFault.NOT_THE_PROVINCE)
    if fault is SyncFault.NOT_THE_PROVINCE and reply.status_code >= 500:
        fault = SyncFault.SERVER_FAILED
    raise SyncFailure(fault, str(reply.status_code))


def _refuse_gone(failure: SyncFailure) -> None:
    if failure.fault is SyncFault.REFUSED and failure.detail in _GONE:
        raise SnapshotGone from failure


_GONE = frozenset({"not-found", "range-not-satisfiable"})

_STATUSES = {
    413: SyncFault.TOO_LARGE,
    429: SyncFault.SERVER_BUSY,
    503: SyncFault.SERVER_BUSY,
}
"""What a proxy before the province may say with a page of its own."""


_PROBLEMS = {
    "not-signed-in": SyncFault.NOT_SIGNED_IN,
    "wrong-login": SyncFault.WRONG_LOGIN,
    "account-closed": SyncFault.ACCOUNT_CLOSED,
    "device-key-differs": SyncFault.DEVICE_UNKNOWN,
    "too-many-attempts": SyncFault.SERVER_BUSY,
    "message-too-large": SyncFault.TOO_LARGE,
    "database-away": SyncFault.SERVER_BUSY,
    "unexpected": SyncFault.SERVER_FAILED,
}


def _json(content: bytes) -> dict[str, Any]:
    try:
        return wire.decode(content, gzipped=False)
    except wire.WireError as error:
        raise SyncFailure(SyncFault.NOT_THE_PROVINCE) from error


@contextmanager
def _faults() -> Iterator[None]:
    """Turns what requests and urllib3 raise into a `SyncFailure`."""
    try:
        yield
    except requests.exceptions.SSLError as error:
        # a handshake that breaks off says nothing about who is there
        doubted = "CERTIFICATE" in str(error)
        raise SyncFailure(SyncFault.CERTIFICATE if doubted else SyncFault.OFFLINE) from error
    except (requests.exceptions.Timeout, ReadTimeoutError) as error:
        raise SyncFailure(SyncFault.TIMEOUT) from error
    except requests.exceptions.ConnectionError as error:
        raise SyncFailure(SyncFault.OFFLINE) from error
    except (requests.exceptions.RequestException, HTTPError) as error:
        raise SyncFailure(SyncFault.CUT_OFF) from error
