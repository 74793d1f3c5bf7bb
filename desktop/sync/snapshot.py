"""The file of a snapshot: how a scope stood at one seq, in blocks that are read one after the other.

    MAGIC | header | block | block | ...

The header and every block are a length (four bytes, the highest first) and a body, which is gzipped
JSON: of the header an object, of a block a page (see `wire`) whose entries are whole rows. The seq of
an entry is told where it counts, which is for state moves; it is 0 elsewhere. A snapshot goes by the
SHA-256 of the whole file, so it never changes.
"""

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.models.records.catalogue import name_of, number_of
from desktop.sync.columns import MALFORMED
from desktop.sync.messages import Entry, Page
from desktop.sync.wire import WireError, decode, page_from_json, page_to_json

FORMAT = 1
MAGIC = b"BERDAYA SNAPSHOT\r\n"
"""A program that takes the file for text changes the line end, and shows."""

BLOCK_ROWS = 1_000
"""Rows of one block, at most: what either side holds in memory at once."""

_LENGTH_BYTES = 4
_LONGEST_BODY = 8 << 20


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that can be fetched: what it goes by, of what it is, and how many bytes it has."""

    name: str
    incarnation: str
    scope: str
    seq: int
    size: int


@dataclass(frozen=True)
class Header:
    """What a file says of itself; `counts` are its rows by table."""

    incarnation: str
    scope: str
    seq: int
    counts: Mapping[str, int]


def header_bytes(header: Header) -> bytes:
    """How a file begins."""
    counts = {number_of(name): count for name, count in header.counts.items()}
    return MAGIC + _framed(
        {
            "format": FORMAT,
            "incarnation": header.incarnation,
            "scope": header.scope,
            "seq": header.seq,
            "counts": counts,
        }
    )


def block_bytes(header: Header, rows: Sequence[Entry]) -> bytes:
    """A block of rows."""
    page = Page(header.scope, 0, header.seq, header.seq, list(rows))
    return _framed({"rows": page_to_json(page)})


def read_blocks(snapshot: Snapshot, content: Iterable[bytes]) -> Iterator[list[Entry]]:
    """The blocks of a file that comes in pieces.

    Raises:
        WireError: it is no snapshot, not the one that was announced, or not whole.
    """
    bodies = _bodies(content)
    header = _header(next(bodies, {}))
    if (header.incarnation, header.scope, header.seq) != (
        snapshot.incarnation,
        snapshot.scope,
        snapshot.seq,
    ):
        raise WireError("another snapshot")
    counted: Counter[str] = Counter()
    for body in bodies:
        page = page_from_json(body.get("rows"))
        if page.scope != header.scope:
            raise WireError("rows of another scope")
        counted.update(entry.table for entry in page.entries)
        yield page.entries
    if counted != Counter(header.counts):
        raise WireError("not whole")


def _framed(message: Mapping[str, Any]) -> bytes:
    text = json.dumps(message, separators=(",", ":"), ensure_ascii=False)
    body = gzip.compress(text.encode(), 6, mtime=0)
    return len(body).to_bytes(_LENGTH_BYTES) + body


def _header(message: Mapping[str, Any]) -> Header:
    try:
        if message["format"] > FORMAT:
            raise WireError("a newer format")
        counts = {name_of(int(one)): int(count) for one, count in message["counts"].items()}
        return Header(
            str(message["incarnation"]), str(message["scope"]), int(message["seq"]), counts
        )
    except MALFORMED as error:
        raise WireError("not a snapshot") from error


def _bodies(content: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The messages in a file, once its magic was found."""
    buffer = bytearray()
    pieces = iter(content)

    def fill(count: int) -> bool:
        while len(buffer) < count:
            piece = next(pieces, None)
            if piece is None:
                return False
            buffer.extend(piece)
        return True

    if not fill(len(MAGIC)) or not buffer.startswith(MAGIC):
        raise WireError("not a snapshot")
    del buffer[: len(MAGIC)]
    while fill(_LENGTH_BYTES):
        length = int.from_bytes(buffer[:_LENGTH_BYTES])
        if length > _LONGEST_BODY or not fill(_LENGTH_BYTES + length):
            raise WireError("cut off, or too large")
        body = bytes(buffer[_LENGTH_BYTES : _LENGTH_BYTES + length])
        del buffer[: _LENGTH_BYTES + length]
        yield decode(body, gzipped=True)
    if buffer:
        raise WireError("cut off")
