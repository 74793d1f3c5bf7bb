"""How messages between laptop and province are framed. Both sides build and read them here.

One round trip does both directions: a request carries ops and cursors, an answer their outcomes and
what others wrote. Bodies are JSON, gzipped when that pays. When nothing is known to have moved, a
request is a digest of where the laptop stands, and an answer is empty.
"""

import base64
import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn
from uuid import UUID

from desktop.models.ops import Op
from desktop.models.records.base import Fields
from desktop.models.records.catalogue import name_of, number_of
from desktop.sync.columns import MALFORMED, pack, unpack
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
    Request,
    Standing,
)

VERSION = 1
GZIP_FROM = 150
"""Bodies shorter than this grow when they are compressed."""

_GZIP = 31
"""zlib's name for gzip's form."""

_MEMORY_LEVEL = 4
"""Of zlib's 1 to 9: short blocks, each with a code of its own, suit columns that have little in
common. A message is a fifteenth shorter than with the usual 8."""

MAX_BODY = 4 << 20
"""Bytes of a compressed request that the server takes; advertised in `Limits`."""

MAX_DECOMPRESSED = 32 << 20
"""Bytes that a body may unfold to, on either side."""

DEFAULT_ROOM = 256 << 10
"""Bytes of news, before compression, for a laptop that does not say how much it wants."""

ENTRY_BYTES = 40
"""What an op or an entry takes beside its values, roughly, before compression."""

MAX_ROOM = 8 << 20
"""Bytes of news, before compression, that one answer holds at most."""

OWN_BYTES = 12
"""How much of a digest names an op of one's own in a page."""

MAX_OPS = 5_000
"""Ops that one request may carry; advertised in `Limits`."""

MAX_CURSORS = 10_000
"""Scopes that a laptop may say how far it is in; a province has some 1,500 villages."""


_NUMBER_BITS = 64
_LAST_MOMENT = 253_402_300_800_000
"""The year 10000, in milliseconds since 1970."""

_LONGEST_WORD = 200
"""Characters in the name of a scope, an incarnation, a version."""


class WireError(ValueError):
    """A message is not one of ours, or is cut off, or unfolds to more than is allowed."""


def encode(message: Mapping[str, Any]) -> tuple[bytes, bool]:
    """A message's body, and whether it is gzipped."""
    body = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
    if len(body) < GZIP_FROM:
        return body, False
    folder = zlib.compressobj(6, zlib.DEFLATED, _GZIP, _MEMORY_LEVEL)
    return folder.compress(body) + folder.flush(), True


def decode(body: bytes, *, gzipped: bool) -> dict[str, Any]:
    """The message in a body.

    Raises:
        WireError: it is not JSON, is cut off, or unfolds to more than `MAX_DECOMPRESSED`.
    """
    if gzipped:
        body = unfold(body)
    try:
        message = json.loads(body, parse_constant=_refuse_constant)
        if b"\\u" in body:  # half a character would be JSON, but could not be kept anywhere
            json.dumps(message, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise WireError("not JSON") from error
    if not isinstance(message, dict):
        raise WireError("not a message")
    return message


def request_to_json(request: Request) -> dict[str, Any]:
    """A request as JSON; the shortest is `{"v":1,"d":"..."}`."""
    message: dict[str, Any] = {"v": VERSION}
    if request.digest is not None:
        message["d"] = request.digest
    if request.kept_from > 1:
        message["k"] = request.kept_from
    if request.told is not None:
        message["t"] = request.told
    if request.standing is not None:
        where = request.standing
        message["s"] = [
            where.incarnation,
            where.epoch,
            where.captured,
            dict(where.cursors),
            where.grants,
        ]
    if request.room != DEFAULT_ROOM:
        message["r"] = request.room
    if request.batch is not None or request.standing is not None:
        message |= {"a": request.app, "n": request.now}
    if request.batch is not None:
        message["b"] = _batch_to_json(request.batch)
    if request.paged is not None:
        message["y"] = sorted(request.paged)
    return message


def request_from_json(message: Mapping[str, Any]) -> Request:
    """The request in a message.

    Raises:
        WireError: it is none.
    """
    try:
        where = message.get("s")
        if where is not None and len(where[3]) > MAX_CURSORS:
            raise ValueError("more scopes than any laptop has")
        return Request(
            app=_word(message.get("a", "")),
            now=_whole(message.get("n", 0)),
            room=_whole(message.get("r", DEFAULT_ROOM)),
            kept_from=_whole(message.get("k", 1)),
            told=_whole(message["t"]) if "t" in message else None,
            digest=message.get("d"),
            standing=None
            if where is None
            else Standing(
                _word(where[0]),
                _whole(where[1]),
                _whole(where[2]),
                {_word(scope): _whole(seq) for scope, seq in where[3].items()},
                _word(where[4]),
            ),
            batch=_batch_from_json(message["b"]) if "b" in message else None,
            paged=frozenset(map(_word, message["y"])) if "y" in message else None,
        )
    except MALFORMED as error:
        raise WireError("not a sync request") from error


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """An answer as JSON; `{}` when nothing has changed."""
    if not answer.incarnation:
        return {}
    outcomes = [
        _without_none({"d": one.dseq, "o": one.outcome.value, "s": one.seq, "r": one.reason})
        for one in answer.outcomes
    ]
    grants = answer.grants
    return _without_none(
        {
            "i": answer.incarnation,
            "n": answer.now,
            "l": None if answer.received is None else [answer.received, answer.durable],
            "x": answer.expected,
            "f": answer.fork and [answer.fork.common, answer.fork.epoch],
            "w": answer.standing_wanted or None,
            "o": pack(outcomes) if outcomes else None,
            "p": [page_to_json(page) for page in answer.pages] or None,
            "y": [[one.scope, one.head, one.size] for one in answer.offers] or None,
            "g": None
            if grants is None
            else [[one.scope, one.role, one.valid_from, one.valid_to] for one in grants],
            "c": answer.fallen,
            "m": answer.more or None,
        }
    )


def answer_from_json(message: Mapping[str, Any]) -> Answer:
    """The answer in a message.

    Raises:
        WireError: it is none.
    """
    if not message:
        return Answer()
    try:
        received, durable = message.get("l", (None, 0))
        return Answer(
            incarnation=str(message["i"]),
            now=_moment(message["n"]),
            received=_number(received),
            durable=int(durable),
            expected=_number(message.get("x")),
            fork=Fork(*map(int, message["f"])) if "f" in message else None,
            standing_wanted="w" in message,
            outcomes=[_outcome(one) for one in unpack(message["o"])] if "o" in message else [],
            pages=[page_from_json(page) for page in message.get("p", ())],
            offers=[
                Offer(str(scope), int(head), int(size))
                for scope, head, size in message.get("y", ())
            ],
            grants=[_grant(*one) for one in message["g"]] if "g" in message else None,
            fallen={str(scope): int(seq) for scope, seq in message["c"].items()}
            if "c" in message
            else None,
            more="m" in message,
        )
    except MALFORMED as error:
        raise WireError("not a sync answer") from error


def page_to_json(page: Page) -> list[Any]:
    """A page as JSON."""
    entries = [
        _without_none(
            {
                "t": number_of(entry.table),
                "r": str(entry.row_id),
                "q": entry.seq,
                "k": 1 if entry.remove else None,
                "o": None if entry.own is None else _text(entry.own),
            }
        )
        | {f"={name}": value for name, value in entry.fields.items()}
        for entry in page.entries
    ]
    return [page.scope, page.from_seq, page.to_seq, page.head, pack(entries)]


def page_from_json(message: Any) -> Page:
    """The page in a message.

    Raises:
        WireError: it is none.
    """
    try:
        scope, from_seq, to_seq, head, packed = message
        entries = [
            Entry(
                seq=int(one["q"]),  # type: ignore[arg-type]
                table=name_of(one["t"]),
                row_id=UUID(str(one["r"])),
                fields=_fields(one),
                remove="k" in one,
                own=base64.b64decode(str(one["o"])) if "o" in one else None,
            )
            for one in unpack(packed)
        ]
        return Page(str(scope), int(from_seq), int(to_seq), int(head), entries)
    except MALFORMED as error:
        raise WireError("not a page") from error


def _batch_to_json(batch: Batch) -> dict[str, Any]:
    scopes = sorted({op.scope for op, _ in batch.ops})
    users = sorted({str(op.user_id) for op, _ in batch.ops})
    incarnations = sorted({op.incarnation for op, _ in batch.ops})
    records = [
        _without_none(
            {
                "t": number_of(op.table),
                "r": str(op.row_id),
                "s": scopes.index(op.scope),
                "u": users.index(str(op.user_id)),
                "i": incarnations.index(op.incarnation),
                "b": op.base,
                "a": op.at,
                "z": None if salt is None else _text(salt),
            }
        )
        | {f"={name}": value for name, value in op.fields.items()}
        for op, salt in batch.ops
    ]
    message: dict[str, Any] = {
        "e": batch.epoch,
        "f": batch.first,
        "p": _text(batch.prev),
        "s": scopes,
        "u": users,
        "i": incarnations,
        "o": pack(records),
    }
    if batch.origin is not None:
        message["k"] = _text(batch.origin.seed)
        if batch.origin.parents:
            message["l"] = [list(parent) for parent in batch.origin.parents]
    return message


def _batch_from_json(message: Mapping[str, Any]) -> Batch:
    scopes, incarnations = ([_word(one) for one in message[key]] for key in "si")
    users = [UUID(user) for user in message["u"]]
    ops = [
        (
            Op(
                table=name_of(_whole(one["t"])),
                row_id=UUID(str(one["r"])),
                scope=scopes[_whole(one["s"])],
                base=_whole(one["b"]),
                incarnation=incarnations[_whole(one["i"])],
                at=_whole(one["a"]),
                user_id=users[int(one["u"])],  # type: ignore[arg-type]
                fields=_fields(one),
            ),
            base64.b64decode(str(one["z"])) if "z" in one else None,
        )
        for one in unpack(message["o"])
    ]
    origin = None
    if "k" in message:
        parents = tuple((_whole(epoch), _whole(common)) for epoch, common in message.get("l", ()))
        origin = Origin(base64.b64decode(message["k"]), parents)
    epoch, first = _whole(message["e"]), _whole(message["f"])
    return Batch(epoch, first, base64.b64decode(message["p"]), ops, origin)


def _outcome(record: Mapping[str, Any]) -> OpOutcome:
    reason = record.get("r")
    return OpOutcome(
        int(record["d"]),
        Outcome(record["o"]),
        _number(record.get("s")),
        None if reason is None else str(reason),
    )


def _grant(scope: Any, role: Any, valid_from: str, valid_to: str | None) -> Grant:
    for moment in filter(None, (valid_from, valid_to)):
        if datetime.fromisoformat(moment).tzinfo is None:
            raise WireError("a time without its offset")
    return Grant(str(scope), str(role), valid_from, valid_to)


def _whole(value: Any) -> int:
    """A whole number that every database takes."""
    number = int(value)
    if number.bit_length() >= _NUMBER_BITS:
        raise WireError("too large a number")
    return number


def _moment(value: Any) -> int:
    """Milliseconds since 1970, of a time that there is."""
    moment = int(value)
    if not 0 <= moment < _LAST_MOMENT:
        raise WireError("no time")
    return moment


def _word(value: Any) -> str:
    """A name that every database takes, and can find."""
    word = str(value)
    if len(word) > _LONGEST_WORD or "\0" in word:
        raise WireError("no name")
    return word


def _refuse_constant(name: str) -> NoReturn:
    """Not a number, or endlessly many."""
    raise ValueError(name)


def _number(value: Any) -> int | None:
    return None if value is None else int(value)


def _fields(record: Mapping[str, Any]) -> Fields:
    return {name[1:]: value for name, value in record.items() if name.startswith("=")}


def _without_none(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def unfold(body: bytes) -> bytes:
    """A gzipped body unfolded.

    Raises:
        WireError: it is not gzip, is cut off, or unfolds to more than `MAX_DECOMPRESSED`.
    """
    reader = zlib.decompressobj(_GZIP)
    try:
        content = reader.decompress(body, MAX_DECOMPRESSED)
    except zlib.error as error:
        raise WireError("not gzip") from error
    if not reader.eof:
        raise WireError("cut off, or too large")
    return content
