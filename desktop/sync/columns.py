"""Records as columns: the same keys once, constants once, integers as differences, ids as bytes.

Works on any list of flat JSON objects and gives back exactly what went in; gzip does the rest.

A packed list is `[shapes, order]`. A shape is `[keys, columns]`, one for each set of keys that
occurs; `order` is a column that tells for each record which shape its next row comes from. A column
is one of

    {"c": value, "n": count}        the same value everywhere
    {"d": [first, difference, ...]} integers
    {"u": text, "t": [...]}         UUIDv7: times as differences, the ten other bytes in base64
    {"i": text}                     other UUIDs, in base64
    {"w": width, "t": text}         texts of one width: the first letter of each, the second, ...
    {"m": [shapes, order]}          maps, packed like records; their keys keep their order
    {"l": [value, ...]}             anything

Dates and numbers of identity are texts of one width: read letter by letter, what they have in common
stands together, and each place holds few different digits.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any
from uuid import UUID

from desktop.models.records.base import Json

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


_MOST_CONSTANTS = 4_000_000
"""Ten times what a full page has; a folded column takes no bytes, so it needs a limit of its own."""

_FEWEST = 4
"""Of fewer values a list is as short."""


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
    return _pack(records, [tuple(sorted(record)) for record in records])


def _pack(records: Sequence[Mapping[str, Json]], keys: Sequence[tuple[str, ...]]) -> list[Any]:
    """Packs records by the keys of each."""
    shapes: dict[tuple[str, ...], int] = {}
    rows: list[list[Mapping[str, Json]]] = []
    order: list[Json] = []
    for record, names in zip(records, keys, strict=True):
        shape = shapes.setdefault(names, len(shapes))
        if shape == len(rows):
            rows.append([])
        rows[shape].append(record)
        order.append(shape)
    packed = [
        [list(names), [_pack_column([row[name] for row in rows[shape]]) for name in names]]
        for names, shape in shapes.items()
    ]
    return [packed, _pack_column(order)]


def unpack(packed: Any) -> list[dict[str, Json]]:
    """What `pack` packed.

    Raises:
        ColumnsError: it was not packed by `pack`.
    """
    try:
        if sum(map(_refuse_negative, _folded(packed))) > _MOST_CONSTANTS:
            raise ColumnsError("unfolds to too much")
        return _unpack(packed)
    except MALFORMED as error:
        raise ColumnsError("not a packed list") from error


def _unpack(packed: Any) -> list[dict[str, Json]]:
    shapes, order = packed
    rows = [_rows(keys, columns) for keys, columns in shapes]
    return [next(rows[shape]) for shape in _unpack_column(order)]


def _folded(packed: Any) -> Iterator[Any]:
    """How many values each folded column has, at any depth."""
    shapes, order = packed
    for column in (*(column for _, columns in shapes for column in columns), order):
        if "c" in column:
            yield column["n"]
        elif "m" in column:
            yield from _folded(column["m"])


def _refuse_negative(count: int) -> int:
    if count < 0:
        raise ColumnsError("less than none")
    return count


def _rows(keys: Sequence[str], columns: Sequence[Any]) -> Any:
    if not keys:  # rows without a key would cost the sender nothing, and the receiver memory
        raise ColumnsError("a shape without keys")
    cells = [_unpack_column(column) for column in columns]
    return (dict(zip(keys, row, strict=True)) for row in zip(*cells, strict=True))


def _pack_column(values: list[Json]) -> dict[str, Any]:
    kinds = {type(value) for value in values}
    if _all_alike(values, kinds):
        return {"c": values[0] if values else None, "n": len(values)}
    packer = _PACKERS.get(kinds.pop()) if len(kinds) == 1 else None
    return packer(values) if packer else {"l": values}


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


def _pack_texts(values: list[Any]) -> dict[str, Any]:
    if all(map(_UUID.fullmatch, values)):
        return _pack_ids([UUID(value).bytes for value in values])
    widths = {len(value) for value in values}
    if len(widths) > 1 or len(values) < _FEWEST:
        return {"l": values}
    letters = zip(*values, strict=True)
    return {"w": widths.pop(), "t": "".join(letter for place in letters for letter in place)}


def _pack_maps(values: list[Any]) -> dict[str, Any]:
    """Maps as records of their own, where they are alike and none is empty."""
    keys = [tuple(value) for value in values]
    shapes = set(keys)
    if () in shapes or len(shapes) * _FEWEST > len(values):
        return {"l": values}
    return {"m": _pack(values, keys)}


_PACKERS: Mapping[type, Callable[[list[Any]], dict[str, Any]]] = {
    int: _pack_integers,
    str: _pack_texts,
    dict: _pack_maps,
}


def _pack_ids(ids: list[bytes]) -> dict[str, Any]:
    if all(one[6] >> 4 == 7 for one in ids):
        times = [int.from_bytes(one[:6]) for one in ids]
        return {"u": _text(b"".join(one[6:] for one in ids)), "t": _differences(times)}
    return {"i": _text(b"".join(ids))}


def _unpack_column(column: Mapping[str, Any]) -> list[Any]:
    kind = next(kind for kind in _READERS if kind in column)
    return _READERS[kind](column)


def _unpack_captured_ids(column: Mapping[str, Any]) -> list[str]:
    tails = _split(_bytes(column["u"]), 10)
    pairs = zip(_sums(column["t"]), tails, strict=True)
    return [str(UUID(bytes=time.to_bytes(6) + tail)) for time, tail in pairs]


def _unpack_texts(column: Mapping[str, Any]) -> list[str]:
    width, text = column["w"], column["t"]
    count = len(text) // width
    if count * width != len(text):
        raise ColumnsError("a text of another width")
    return [text[place::count] for place in range(count)]


_READERS: Mapping[str, Callable[[Mapping[str, Any]], list[Any]]] = {
    "c": lambda column: [column["c"]] * column["n"],
    "d": lambda column: _sums(column["d"]),
    "u": _unpack_captured_ids,
    "i": lambda column: [str(UUID(bytes=one)) for one in _split(_bytes(column["i"]), 16)],
    "w": _unpack_texts,
    "m": lambda column: list(_unpack(column["m"])),
    "l": lambda column: list(column["l"]),
}
"""By the key that tells a column's kind."""


def _differences(values: Sequence[int]) -> list[int]:
    return [values[0], *(after - before for before, after in pairwise(values))]


def _sums(differences: Sequence[Any]) -> list[int]:
    """The integers whose differences these are; texts, too, could be put one after the other."""
    if any(type(one) is not int for one in differences):
        raise ColumnsError("a difference that is no integer")
    return list(accumulate(differences))


def _split(content: bytes, width: int) -> list[bytes]:
    return [content[start : start + width] for start in range(0, len(content), width)]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
