"""A row and its flat fields are the same, whatever is in them; what a record does not allow is told."""

import math
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.records.base import Fields, format_time
from desktop.models.records.catalogue import BY_NAME
from desktop.models.records.fields import (
    InvalidFieldError,
    flatten,
    missing_fields,
    unflatten,
    validate,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
ANYTHING: st.SearchStrategy[Any] = (
    SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(TEXT, SCALARS, max_size=2)
)
ROW = UUID("019376f0-0000-7000-8000-0000000000c1")


def names_of(table: str) -> st.SearchStrategy[str]:
    """Fields that a table has, entries of its maps, and fields that it does not have."""
    known = [name for name in BY_NAME[table].record.model_fields if name not in {"id", "scope"}]
    entries = [f"{column}.{key}" for column in BY_NAME[table].maps for key in ("a", "a.b", "")]
    return st.sampled_from([*known, *entries, "new_in_2027", "new.with_dot"])


@pytest.mark.parametrize("table", BY_NAME)
@settings(deadline=None)
@given(data=st.data())
def test_whatever_a_newer_version_wrote_is_kept(table: str, data: st.DataObject) -> None:
    flat: Fields = data.draw(st.dictionaries(names_of(table), st.none() | ANYTHING, max_size=6))
    columns = unflatten(table, flat)
    kept = flatten(table, columns)
    assert kept == {name: value for name, value in flat.items() if value is not None}
    assert unflatten(table, kept) == columns


TYPED: list[tuple[str, str, Any]] = [
    ("household", "registered_on", "2026-02-28"),
    ("household", "welfare_decile", 4),
    ("household", "source", {"Nama": "Nur Aini"}),
    ("member", "household_id", str(ROW)),
    ("visit", "started_at", "2026-11-21T03:05:00.000Z"),
    ("visit", "answers.floor", "earth"),
    ("grant", "amount", 2_500_000),
    ("conflict", "base_value", [1, "a", None]),
]


@pytest.mark.parametrize(("table", "name", "value"), TYPED)
def test_a_value_of_its_type_is_allowed_and_stored_as_it(table: str, name: str, value: Any) -> None:
    validate(table, {name: value})
    columns = unflatten(table, {name: value})
    assert columns["extra"] == {}
    assert flatten(table, columns) == {name: value}


def nested(levels: int) -> list[Any]:
    """Lists within a list."""
    return [nested(levels - 1)] if levels else []


REFUSED: list[tuple[str, str, Any]] = [
    ("household", "registered_on", "28/02/2026"),
    ("household", "registered_on", 20_260_228),
    ("household", "welfare_decile", 11),
    ("household", "welfare_decile", "4"),
    ("household", "welfare_decile", True),
    ("household", "welfare_decile", 4.0),
    ("household", "hamlet", 4),
    ("household", "status", "asleep"),
    ("member", "household_id", "me"),
    ("member", "name", ""),
    ("member", "name", None),
    ("family_card", "number", "123"),
    ("visit", "started_at", "2026-11-21T03:05:00"),
    ("visit", "answers", {"floor": "earth"}),
    ("visit", "answers", 5),
    ("grant", "amount", -1),
    ("grant", "amount", 2**63),
]


@pytest.mark.parametrize(("table", "name", "value"), REFUSED)
def test_a_value_that_its_record_does_not_allow_is_told_by_name(
    table: str, name: str, value: Any
) -> None:
    with pytest.raises(InvalidFieldError) as caught:
        validate(table, {name: value})
    assert (caught.value.table, caught.value.field) == (table, name)


def test_what_this_version_does_not_know_is_let_through() -> None:
    unknown: dict[str, dict[str, Any]] = {
        "household": {"new_in_2027": ["anything"]},
        "visit": {"answers.new": {"a": 1}},
    }
    for table, fields in unknown.items():
        validate(table, fields)
        assert flatten(table, unflatten(table, fields)) == fields, "and kept as it came"


@pytest.mark.parametrize(
    "value",
    ["a\x00b", "\ud800", math.nan, math.inf, [["\x00"]], {"\udfff": 1}, {"a": [-math.inf]}]
    + [nested(levels) for levels in (99, 205, 300)],
)
def test_what_no_database_takes_is_told_by_name(value: Any) -> None:
    for fields in ({"note": "NaN", "new_in_2027": value}, {"new_in_2027": value, "a": 1}):
        with pytest.raises(InvalidFieldError) as caught:
            validate("household", fields)
        assert caught.value.field == "new_in_2027"


@pytest.mark.parametrize(
    "value", ["\\u0000", "NaN", "-Infinity", "kepala \U0001f600", nested(98), {"a": "NaN"}]
)
def test_what_only_looks_like_it_is_let_through(value: Any) -> None:
    fields: Fields = {"hamlet": "NaN", "new_in_2027": value}
    validate("household", fields)
    assert flatten("household", unflatten("household", fields)) == fields


@pytest.mark.parametrize("table", BY_NAME)
def test_a_row_without_what_it_needs_is_an_edit(table: str) -> None:
    needed = missing_fields(table, {})
    assert not needed & BY_NAME[table].maps
    assert "deleted_at" not in needed
    assert set(BY_NAME[table].parents) - {"business_id", "visit_id"} <= needed


@given(st.datetimes(timezones=st.timezones()))
def test_a_time_is_written_in_one_way_that_sorts(moment: Any) -> None:
    written = format_time(moment)
    assert written.endswith("Z")
    assert len(written) == len("2026-11-21T03:05:00.000Z")
