"""The file of a snapshot: read as it was written, and refused if it is anything else."""

import gzip
import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.records.base import new_id
from desktop.sync.messages import Entry
from desktop.sync.snapshot import (
    MAGIC,
    Header,
    Snapshot,
    block_bytes,
    header_bytes,
    read_blocks,
)
from desktop.sync.wire import WireError
from tests.sync.values import FIELDS, IDS

VILLAGE = "36.01.01.2001"
ENTRIES = st.builds(
    Entry,
    seq=st.integers(0, 2**53),
    table=st.sampled_from(["household", "member", "state_move", "99"]),
    row_id=IDS.map(UUID),
    fields=FIELDS,
)


def _written(blocks: list[list[Entry]], scope: str = VILLAGE) -> tuple[Snapshot, bytes]:
    counts: dict[str, int] = {}
    for block in blocks:
        for entry in block:
            counts[entry.table] = counts.get(entry.table, 0) + 1
    header = Header("a1", scope, 7, counts)
    content = header_bytes(header) + b"".join(block_bytes(header, one) for one in blocks)
    return Snapshot("", "a1", VILLAGE, 7, len(content)), content


def _in_pieces(content: bytes, size: int) -> Iterator[bytes]:
    return (content[first : first + size] for first in range(0, len(content), size))


@given(st.lists(st.lists(ENTRIES, min_size=1, max_size=4), max_size=3), st.integers(1, 500))
def test_it_is_read_as_it_was_written(blocks: list[list[Entry]], size: int) -> None:
    snapshot, content = _written(blocks)

    assert list(read_blocks(snapshot, _in_pieces(content, size))) == blocks


def test_the_same_rows_give_the_same_bytes() -> None:
    entry = Entry(0, "household", new_id(), {"hamlet": "Krajan"})

    assert _written([[entry]]) == _written([[entry]])


def _two_blocks() -> tuple[Snapshot, bytes]:
    return _written([[Entry(0, "household", new_id(), {"hamlet": "Krajan"})] for _ in range(2)])


def test_one_that_is_cut_off_is_refused_wherever_it_is_cut() -> None:
    snapshot, content = _two_blocks()
    for length in range(len(content)):
        with pytest.raises(WireError):
            list(read_blocks(snapshot, [content[:length]]))


def _framed(message: object) -> bytes:
    body = gzip.compress(json.dumps(message).encode(), mtime=0)
    return len(body).to_bytes(4) + body


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 something else entirely",
        MAGIC.replace(b"\r\n", b"\n") + _framed({}),
        MAGIC + _framed({}),
        MAGIC + _framed([]),
        MAGIC + _framed({"format": 2, "incarnation": "a1", "scope": VILLAGE, "seq": 7}),
        MAGIC + b"\xff\xff\xff\xff" + b"x" * 100,
        MAGIC
        + _framed({"format": 1, "incarnation": "a1", "scope": VILLAGE, "seq": 7, "counts": 1}),
    ],
)
def test_what_is_no_snapshot_is_refused(content: bytes) -> None:
    snapshot, _ = _two_blocks()
    with pytest.raises(WireError):
        list(read_blocks(snapshot, [content]))


def test_another_snapshot_than_was_announced_is_refused() -> None:
    _, content = _two_blocks()
    for other in (
        Snapshot("", "b2", VILLAGE, 7, 0),
        Snapshot("", "a1", "36.01.01.2002", 7, 0),
        Snapshot("", "a1", VILLAGE, 8, 0),
    ):
        with pytest.raises(WireError):
            list(read_blocks(other, [content]))


def test_rows_of_another_scope_are_refused() -> None:
    snapshot, content = _two_blocks()
    other = Header("a1", "36.01.01.2002", 7, {})
    entry = Entry(0, "household", new_id(), {"hamlet": "Krajan"})
    with pytest.raises(WireError):
        list(read_blocks(snapshot, [content, block_bytes(other, [entry])]))


def test_too_many_rows_are_refused() -> None:
    snapshot, content = _two_blocks()
    mine = Header("a1", VILLAGE, 7, {})
    entry = Entry(0, "household", new_id(), {"hamlet": "Krajan"})
    with pytest.raises(WireError):
        list(read_blocks(snapshot, [content, block_bytes(mine, [entry])]))
