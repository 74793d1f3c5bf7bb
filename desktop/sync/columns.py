"""Records as columns: the same keys once, constants once, integers as differences, ids as bytes.

Works on any list of flat JSON objects and gives back exactly what went in; gzip does the rest.

A packed list is `[shapes, order]`. A shape is `[keys, columns]`, one for each set of keys that
occurs; `order` is a column that tells for each record which shape its next row comes from. A column
is one of

    {"c": value, "n": count}        the same value everywhere
    {"d": [first, difference, ...]} integers
    {"u": text, "t": [...]}         UUIDv7: times as differences, the ten other bytes in base64
    {"i": text}                     other UUIDs, in base64
    {"l": [value, ...]}             anything
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any
from uuid import UUID

from desktop.models.records.base import Json

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


_MOST_CONSTANTS = 4_000_000
"""Ten times what a full page has; a folded column takes no bytes, so it needs a limit of its own."""


class ColumnsError(ValueError):
    """What came is no packed list."""


MALFORMED = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What taking apart anything but the message that was expected may raise."""


def pack(records: Sequence[Mapping[str, Json]]) -> list[Any]:
    """Packs records, each with a key at least; their order is kept, that of keys within one is not."""
    shapes: dict[tuple[str, ...], int] = {}
    rows: list[list[Mapping[str, Json]]] = []
    order: list[Json] = []
    for record in records:
        keys = tuple(sorted(record))
        shape = shapes.setdefault(keys, len(shapes))
        if shape == len(rows):
            rows.append([])
        rows[shape].append(record)
        order.append(shape)
    packed = [
        [list(keys), [_pack_column([row[key] for row in rows[shape]]) for key in keys]]
        for keys, shape in shapes.items()
    ]
    return [packed, _pack_column(order)]


def unpack(packed: Any) -> list[dict[str, Json]]:
    """What `pack` packed.

    Raises:
        ColumnsError: it was not packed by `pack`.
    """
    try:
        shapes, order = packed
        _refuse_swollen([*(column for _, columns in shapes for column in columns), order])
        rows = [_rows(keys, columns) for keys, columns in shapes]
        return [next(rows[shape]) for shape in _unpack_column(order)]
    except MALFORMED as error:
        raise ColumnsError("not a packed list") from error


def _refuse_swollen(columns: Sequence[Any]) -> None:
    counts = [column["n"] for column in columns if "c" in column]
    if min(counts, default=0) < 0 or sum(counts) > _MOST_CONSTANTS:
        raise ColumnsError("unfolds to too much")


def _rows(keys: Sequence[str], columns: Sequence[Any]) -> Any:
    if not keys:  # rows without a key would cost the sender nothing, and the receiver memory
        raise ColumnsError("a shape without keys")
    cells = [_unpack_column(column) for column in columns]
    return (dict(zip(keys, row, strict=True)) for row in zip(*cells, strict=True))


def _pack_column(values: list[Json]) -> dict[str, Any]:
    kinds = {type(value) for value in values}
    if _all_alike(values, kinds):
        return {"c": values[0] if values else None, "n": len(values)}
    if kinds == {int}:
        return _pack_integers(values)
    if kinds == {str} and all(_UUID.fullmatch(str(value)) for value in values):
        return _pack_ids([UUID(str(value)).bytes for value in values])
    return {"l": values}


def _all_alike(values: list[Json], kinds: set[type]) -> bool:
    """Whether all are one value, written alike: `[1]` equals `[true]`, and 0.0 equals -0.0."""
    if kinds & {list, dict, float}:
        return len({json.dumps(value) for value in values}) == 1
    return len(kinds) <= 1 and all(value == values[0] for value in values)


def _pack_integers(values: list[Any]) -> dict[str, Any]:
    """Differences, where they are shorter to write than the numbers themselves."""
    differences = _differences(values)
    if len(str(differences)) < len(str(values)):
        return {"d": differences}
    return {"l": values}


def _pack_ids(ids: list[bytes]) -> dict[str, Any]:
    if all(one[6] >> 4 == 7 for one in ids):
        times = [int.from_bytes(one[:6]) for one in ids]
        return {"u": _text(b"".join(one[6:] for one in ids)), "t": _differences(times)}
    return {"i": _text(b"".join(ids))}


def _unpack_column(column: Mapping[str, Any]) -> list[Any]:
    if "c" in column:
        return [column["c"]] * column["n"]
    if "d" in column:
        return list(accumulate(column["d"]))
    if "u" in column:
        tails = _split(_bytes(column["u"]), 10)
        times = accumulate(column["t"])
        pairs = zip(times, tails, strict=True)
        return [str(UUID(bytes=time.to_bytes(6) + tail)) for time, tail in pairs]
    if "i" in column:
        return [str(UUID(bytes=one)) for one in _split(_bytes(column["i"]), 16)]
    return list(column["l"])


def _differences(values: Sequence[int]) -> list[int]:
    return [values[0], *(after - before for before, after in pairwise(values))]


def _split(content: bytes, width: int) -> list[bytes]:
    return [content[start : start + width] for start in range(0, len(content), width)]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
