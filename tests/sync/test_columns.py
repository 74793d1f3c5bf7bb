"""What is packed comes out exactly as it went in; what was never packed is refused, and quickly."""

import gzip
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.records.base import new_id
from desktop.sync.columns import ColumnsError, pack, unpack
from tests.sync.values import CAPTURED_IDS, FLOATS, INTEGERS, RANDOM_IDS, RECORDS, VALUES


def as_text(records: Any) -> str:
    """JSON text: tells 1 from true and from 1.0, which Python holds for equal."""
    return json.dumps(records, sort_keys=True)


def travelled(records: list[dict[str, Any]]) -> Any:
    return unpack(json.loads(json.dumps(pack(records))))


@given(RECORDS)
def test_any_records_come_back_exactly(records: list[dict[str, Any]]) -> None:
    assert as_text(travelled(records)) == as_text(records)


@pytest.mark.parametrize("kind", [INTEGERS, FLOATS, CAPTURED_IDS, RANDOM_IDS, st.booleans()])
@given(data=st.data())
def test_a_column_of_one_kind_comes_back_exactly(
    data: st.DataObject, kind: st.SearchStrategy[Any]
) -> None:
    values = data.draw(st.lists(kind, min_size=1, max_size=20))
    records = [{"a": value} for value in values]
    assert as_text(travelled(records)) == as_text(records)


ALIKE_IN_PYTHON: dict[str, list[Any]] = {
    "true and one": [True, 1],
    "one and one point nought": [1, 1.0],
    "nought and minus nought": [0.0, -0.0],
    "lists": [[1], [True]],
    "maps": [{"a": 0}, {"a": False}],
    "an id in capitals": [str(new_id()), str(new_id()).upper()],
    "an id with a line end": [str(new_id()), f"{new_id()}\n"],
}


@pytest.mark.parametrize("name", ALIKE_IN_PYTHON)
def test_values_that_python_takes_for_equal_are_not_folded(name: str) -> None:
    records = [{"a": value} for value in ALIKE_IN_PYTHON[name]]
    assert as_text(travelled(records)) == as_text(records)


WIDE_TEXTS = st.integers(1, 6).flatmap(
    lambda width: st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=width, max_size=width),
        min_size=1,
        max_size=20,
    )
)


@given(WIDE_TEXTS)
def test_texts_of_one_width_come_back_exactly(texts: list[str]) -> None:
    assert travelled([{"a": text} for text in texts]) == [{"a": text} for text in texts]


@given(st.lists(st.fixed_dictionaries({"b": VALUES, "a": VALUES}), min_size=4, max_size=12))
def test_maps_come_back_exactly_with_their_keys_in_order(maps: list[dict[str, Any]]) -> None:
    found = [row["x"] for row in travelled([{"x": one} for one in maps])]
    assert [json.dumps(one) for one in found] == [json.dumps(one) for one in maps]


def test_numbers_of_identity_and_alike_maps_take_little_more_than_what_differs() -> None:
    def size(value: Any) -> int:
        packed = pack([value(number) for number in range(1000)])
        return len(gzip.compress(json.dumps(packed, separators=(",", ":")).encode()))

    assert size(lambda number: {"nik": f"3601010101{number:06}"}) < 500
    assert size(lambda number: {"raw": {"PKH": "Ya", "No": f"{number:04}"}}) < 500


def test_a_thousand_alike_rows_take_no_more_than_ten() -> None:
    def size(count: int) -> int:
        return len(json.dumps(pack([{"t": 3, "=village": "36.01"} for _ in range(count)])))

    assert size(1000) - size(10) <= 10


@given(VALUES)
def test_anything_else_is_refused_as_no_packed_list(packed: Any) -> None:
    try:
        unpack(packed)
    except ColumnsError:
        return
    assert packed in ([[], {"c": None, "n": 0}], {}) or unpack(packed) == []


@given(RECORDS, st.data())
def test_a_packed_list_that_was_altered_is_refused_or_read(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    packed = json.loads(json.dumps(pack(records)))
    alter(packed, data)
    try:
        found = unpack(packed)
    except ColumnsError:
        return
    assert all(isinstance(one, dict) for one in found)


def alter(packed: Any, data: st.DataObject) -> None:
    """Puts something else in one place of nested lists and maps."""
    place = packed
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], dict | list) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(VALUES | st.just(float("inf")))
        return


MILLION = {"c": None, "n": 1_000_000}
BOMBS = {
    "rows": [[[["a"], [{"c": 0, "n": 10**9}]]], {"c": 0, "n": 10**9}],
    "empty rows": [[[[], []]], {"c": 0, "n": 10**10}],
    "columns": [[[[f"a{n}" for n in range(1000)], [MILLION] * 1000]], MILLION],
    "shapes": [[[["a"], [MILLION]]] * 1000, MILLION],
    "less than none": [[[["a", "b"], [{"c": 0, "n": -(10**9)}, {"c": 0, "n": 10**9}]]], MILLION],
    "maps in a map": [
        [[["a"], [{"m": [[[["b"], [{"c": 0, "n": 10**9}]]], {"c": 0, "n": 10**9}]}]]],
        {"c": 0, "n": 1},
    ],
    "texts without a width": [[[["a"], [{"w": 0, "t": "abc"}]]], {"c": 0, "n": 3}],
    "an endless number": [[[["a"], [{"c": 0, "n": float("inf")}]]], MILLION],
    "texts to be added up": [[[["a"], [{"d": ["x"] * 20_000}]]], {"c": 0, "n": 20_000}],
    "lists to be added up": [[[["a"], [{"d": [[0]] * 5_000}]]], {"c": 0, "n": 5_000}],
    "times to be added up": [
        [[["a"], [{"u": "A" * 40 * 1000, "t": [["x"]] * 3000}]]],
        {"c": 0, "n": 3000},
    ],
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_few_bytes_that_unfold_to_gigabytes_are_refused_at_once(name: str) -> None:
    begun = time.monotonic()
    with pytest.raises(ColumnsError):
        unpack(BOMBS[name])
    assert time.monotonic() - begun < 2
