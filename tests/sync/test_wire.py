"""Messages come back as they were sent; what is no message is refused; saying nothing is cheap."""

import gzip
import json
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ops import Op
from desktop.models.records.base import format_time, new_id
from desktop.models.records.catalogue import BY_NAME
from desktop.sync import wire
from desktop.sync.messages import (
    Answer,
    Batch,
    Entry,
    Fork,
    Grant,
    Offer,
    OpOutcome,
    Origin,
    Outcome,
    Page,
    QuarantineReason,
    Request,
    Standing,
)
from desktop.sync.wire import WireError
from tests.sync.test_columns import alter
from tests.sync.values import FIELDS, IDS, VALUES

VILLAGE = "36.01.01.2001"
SCOPES = st.sampled_from(["ref", "36.01.01", VILLAGE, "36.01.01.2002"])
TABLES = st.sampled_from([*BY_NAME, "99"])
NUMBERS = st.integers(0, 2**53)
INCARNATIONS = st.sampled_from(["", "a1", "b2"])
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(format_time)

OPS = st.builds(
    Op,
    table=TABLES,
    row_id=IDS.map(UUID),
    scope=SCOPES,
    base=NUMBERS,
    incarnation=INCARNATIONS,
    at=st.integers(-(10**12), 10**13),
    user_id=st.sampled_from([UUID(int=1), UUID(int=2)]),
    fields=FIELDS,
)
HASHES = st.binary(min_size=32, max_size=32)
SALTS = st.binary(min_size=16, max_size=16)
BATCHES = st.builds(
    Batch,
    epoch=st.integers(1, 9),
    first=st.integers(1, 10**6),
    prev=HASHES,
    ops=st.lists(st.tuples(OPS, st.none() | SALTS), max_size=6),
    origin=st.none()
    | st.builds(
        Origin, HASHES, st.lists(st.tuples(st.integers(1, 9), st.integers(0, 99))).map(tuple)
    ),
)
STANDINGS = st.builds(
    Standing,
    incarnation=INCARNATIONS,
    epoch=st.integers(1, 9),
    captured=NUMBERS,
    cursors=st.dictionaries(SCOPES, NUMBERS),
    grants=st.sampled_from(["", "q83v"]),
)
ENTRIES = st.builds(
    Entry,
    seq=NUMBERS,
    table=TABLES,
    row_id=IDS.map(UUID),
    fields=FIELDS,
    remove=st.booleans(),
    own=st.none() | st.binary(min_size=wire.OWN_BYTES, max_size=wire.OWN_BYTES),
)
PAGES = st.builds(Page, SCOPES, NUMBERS, NUMBERS, NUMBERS, st.lists(ENTRIES, max_size=5))
GRANTS = st.builds(Grant, SCOPES, st.just("facilitator"), MOMENTS, st.none() | MOMENTS)
OUTCOMES = st.builds(
    OpOutcome,
    dseq=NUMBERS,
    outcome=st.sampled_from(Outcome),
    seq=st.none() | NUMBERS,
    reason=st.none() | st.sampled_from(QuarantineReason).map(str),
)
ANSWERS = st.builds(
    Answer,
    incarnation=st.sampled_from(["a1", "b2"]),
    now=st.integers(0, 253_402_300_799_999),
    received=st.none() | NUMBERS,
    durable=st.just(0),
    expected=st.none() | NUMBERS,
    fork=st.none() | st.builds(Fork, NUMBERS, NUMBERS),
    standing_wanted=st.booleans(),
    outcomes=st.lists(OUTCOMES, max_size=5),
    pages=st.lists(PAGES, max_size=3),
    offers=st.lists(st.builds(Offer, SCOPES, NUMBERS, NUMBERS), max_size=3),
    grants=st.none() | st.lists(GRANTS, max_size=3),
    fallen=st.none() | st.dictionaries(SCOPES, NUMBERS),
    more=st.booleans(),
)


def travelled(message: dict[str, Any]) -> dict[str, Any]:
    body, gzipped = wire.encode(message)
    return wire.decode(body, gzipped=gzipped)


def canonical(batch: Batch) -> list[bytes]:
    return [op.canonical for op, _ in batch.ops]


@given(BATCHES)
def test_ops_arrive_with_the_bytes_that_were_digested(batch: Batch) -> None:
    request = Request(app="0.1.0", now=1, room=4096, batch=batch)
    arrived = wire.request_from_json(travelled(wire.request_to_json(request))).batch
    assert arrived is not None
    assert arrived == batch
    assert canonical(arrived) == canonical(batch)


@given(STANDINGS, NUMBERS, NUMBERS, st.integers(1, 99), st.none() | st.frozensets(SCOPES))
def test_a_standing_arrives(
    standing: Standing, now: int, room: int, kept_from: int, paged: frozenset[str] | None
) -> None:
    request = Request("0.1.0", now, room, kept_from, standing=standing, paged=paged)
    arrived = wire.request_from_json(travelled(wire.request_to_json(request)))
    assert arrived == request
    assert arrived.standing is not None
    assert arrived.standing.digest() == standing.digest()


@given(ANSWERS)
def test_an_answer_arrives(answer: Answer) -> None:
    arrived = wire.answer_from_json(travelled(wire.answer_to_json(answer)))
    if answer.received is None:  # then nothing is said of what is durable either
        assert arrived.durable == 0
    assert arrived == answer


def test_nothing_new_takes_a_hundred_bytes_both_ways() -> None:
    standing = Standing("a1", 1, 0, {f"36.01.01.{n}": n for n in range(2000, 2100)}, "q83v")
    request = Request("0.1.0", 1, wire.DEFAULT_ROOM, kept_from=123_456, digest=standing.digest())
    asked, _ = wire.encode(wire.request_to_json(request))
    answered, _ = wire.encode(wire.answer_to_json(Answer()))
    assert len(asked) + len(answered) <= 100


def test_a_short_message_is_not_made_longer_by_folding_it() -> None:
    body, gzipped = wire.encode({"v": 1})
    assert (body, gzipped) == (b'{"v":1}', False)


def test_two_fields_of_a_thousand_families_take_twenty_kilobytes() -> None:
    user, now = new_id(), 1_795_237_500_000
    ops: list[tuple[Op, bytes | None]] = [
        (
            Op(
                "household",
                new_id(),
                VILLAGE,
                1000 + n,
                "a1",
                now + 700 * n,
                user,
                {"phone": f"+62812{n:07}", "welfare_decile": n % 4 + 1},
            ),
            None,
        )
        for n in range(1000)
    ]
    request = Request("0.1.0", now, wire.DEFAULT_ROOM, batch=Batch(1, 1, bytes(32), ops))
    assert len(wire.encode(wire.request_to_json(request))[0]) <= 20_000


NOT_MESSAGES: dict[str, bytes] = {
    "nothing": b"",
    "a page": b"<!DOCTYPE html><title>Selamat datang</title>",
    "a list": b"[]",
    "a number": b"1",
    "cut off": b'{"v":1,"d":"abc',
    "not UTF-8": b'{"v":"\xff"}',
    "half a character": b'{"v":"\\ud83d"}',
    "deep": b'{"a":' + b"[" * 200_000,
    "an endless number": b'{"a":' + b"9" * 5000 + b"}",
}


@pytest.mark.parametrize("name", NOT_MESSAGES)
@pytest.mark.parametrize("gzipped", [True, False])
def test_what_is_no_message_is_refused(name: str, gzipped: bool) -> None:
    body = gzip.compress(NOT_MESSAGES[name]) if gzipped else NOT_MESSAGES[name]
    with pytest.raises(WireError):
        wire.decode(body, gzipped=gzipped)


def test_a_whole_character_that_is_written_in_halves_is_a_character() -> None:
    assert wire.decode(b'{"a":"\\ud83d\\ude42"}', gzipped=False) == {"a": "\U0001f642"}


@given(st.binary(max_size=40))
def test_noise_is_refused(noise: bytes) -> None:
    for gzipped in (True, False):
        try:
            message = wire.decode(noise, gzipped=gzipped)
        except WireError:
            continue
        assert isinstance(message, dict)


READERS: dict[str, Callable[[Any], Any]] = {
    "request": wire.request_from_json,
    "answer": wire.answer_from_json,
    "page": wire.page_from_json,
}
KINDS = {"request": Request, "answer": Answer, "page": Page}
MESSAGES = st.dictionaries(st.sampled_from("vdknsrabipoxfwcgml"), VALUES, max_size=6)


@pytest.mark.parametrize("name", READERS)
@given(message=MESSAGES | VALUES)
def test_a_message_of_anything_is_refused_or_read(name: str, message: Any) -> None:
    try:
        found = READERS[name](message)
    except WireError:
        return
    assert isinstance(found, KINDS[name])


@given(BATCHES, st.data())
def test_an_altered_request_is_refused_or_read(batch: Batch, data: st.DataObject) -> None:
    request = Request("0.1.0", 1, 4096, standing=Standing(), batch=batch)
    message = travelled(wire.request_to_json(request))
    alter(message, data)
    try:
        found = wire.request_from_json(message)
    except WireError:
        return
    assert isinstance(found, Request)
    assert all(isinstance(op, Op) for op, _ in (found.batch.ops if found.batch else ()))


@given(ANSWERS, st.data())
def test_an_altered_answer_is_refused_or_of_the_right_types(
    answer: Answer, data: st.DataObject
) -> None:
    message = travelled(wire.answer_to_json(answer))
    alter(message, data)
    try:
        arrived = wire.answer_from_json(message)
    except WireError:
        return
    assert isinstance(arrived.durable, int)
    assert arrived.received is None or isinstance(arrived.received, int)
    assert all(isinstance(one.dseq, int) for one in arrived.outcomes)
    json.dumps(arrived.fallen)


def test_a_gzip_bomb_is_refused_without_unfolding_it() -> None:
    bomb = gzip.compress(bytes(wire.MAX_DECOMPRESSED * 8))
    assert len(bomb) < 300_000
    tracemalloc.start()
    begun = time.monotonic()
    with pytest.raises(WireError):
        wire.unfold(bomb)
    seconds = time.monotonic() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 5
    assert peak < 3 * wire.MAX_DECOMPRESSED


@pytest.mark.parametrize("cut", [1, 10, 30])
def test_a_folded_message_that_is_cut_off_is_refused(cut: int) -> None:
    body, gzipped = wire.encode({f"a{n}": n for n in range(200)})
    assert gzipped
    with pytest.raises(WireError):
        wire.decode(body[:-cut], gzipped=True)


def test_what_follows_a_folded_message_is_not_read() -> None:
    body, _ = wire.encode({f"a{n}": n for n in range(200)})
    assert wire.decode(body + b"<html>", gzipped=True)["a7"] == 7
