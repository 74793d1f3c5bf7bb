"""A row as flat fields, the form in which ops, shadows and the server's log speak of it.

Flat fields are JSON values by name. An entry of a map column is `column.key`; a field that this
version does not know keeps its name and lives in the row's `extra`. A missing field is null.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from functools import cache
from math import isfinite
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

import pydantic_core
from pydantic import ValidationError

from desktop.models.records.base import Fields, Json, format_time, in_utc
from desktop.models.records.catalogue import BY_NAME, SyncedTable, fields_model

Columns = dict[str, Any]

_NOT_FIELDS = frozenset({"id", "scope"})
_COLUMN_BITS = 64
"""What an integer column of the province's PostgreSQL holds; SQLite's hold 64."""

_MISFITS = (ValueError, TypeError, AttributeError)
"""What a converter says to a value that its column does not take."""

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_DOUBTFUL = re.compile(rb"\\u0000|NaN|Infinity")
"""What JSON looks like that may hold something no database takes."""

_LEVELS = 100
"""Of lists and maps within each other; readers of JSON give up somewhere above 200."""


class InvalidFieldError(ValueError):
    """A field's value is not what its record allows."""

    def __init__(self, table: str, field: str) -> None:
        super().__init__(f"{table}.{field}")
        self.table = table
        self.field = field


def flatten(name: str, row: Mapping[str, Any]) -> Fields:
    """A row's columns as flat fields, nulls left out."""
    table = BY_NAME[name]
    flat: Fields = dict(row["extra"]) if row.get("extra") else {}
    for column in record_columns(name):
        value = row[column]
        if value is None:
            continue
        if column in table.maps:
            flat.update({f"{column}.{key}": entry for key, entry in value.items()})
        else:
            flat[column] = to_json(value)
    return flat


def unflatten(name: str, flat: Mapping[str, Json]) -> Columns:
    """Flat fields as a whole row's columns, trusting their values.

    A value that cannot even be stored in its column (a newer version's) is kept in `extra`.
    """
    table = BY_NAME[name]
    converters = _converters(name)
    columns: Columns = dict.fromkeys(record_columns(name))
    columns.update({column: {} for column in table.maps}, extra={})
    for field, value in flat.items():
        if value is None:
            continue
        convert = converters.get(field)
        if convert is not None:
            try:
                columns[field] = convert(value)
            except _MISFITS:
                columns["extra"][field] = value
            continue
        column, key = split(table, field)
        if key is not None:
            columns[column][key] = value
        else:
            columns["extra"][field] = value
    return columns


def validate(name: str, fields: Mapping[str, Json]) -> None:
    """Checks the fields of one op; fields that this version does not know are let through.

    Raises:
        InvalidFieldError: a value is not what its record allows.
    """
    text = _storable(name, fields)
    if maps := BY_NAME[name].maps & fields.keys():  # only their entries are fields
        raise InvalidFieldError(name, min(maps))
    try:
        fields_model(name).model_validate_json(text)
    except ValidationError as error:
        raise InvalidFieldError(name, str(error.errors()[0]["loc"][0])) from error
    for field, value in fields.items():
        if not _fits(name, field, value):
            raise InvalidFieldError(name, field)


def _fits(name: str, field: str, value: Json) -> bool:
    """Whether a value can stand in the column of its field, if it has one: else it would be in `extra`."""
    convert = _converters(name).get(field)
    if convert is None or value is None:
        return True
    try:
        convert(value)
    except _MISFITS:
        return False
    return True


def _storable(name: str, fields: Mapping[str, Json]) -> bytes:
    """The fields as JSON, whose look tells of nearly all of them that every database takes them."""
    with suppress(pydantic_core.PydanticSerializationError):  # half a letter, or endlessly deep
        text = pydantic_core.to_json(fields, inf_nan_mode="constants")
        is_shallow = text.count(b"[") + text.count(b"{") <= _LEVELS
        if (is_shallow and not _DOUBTFUL.search(text)) or is_storable(dict(fields)):
            return text
    bad = next(field for field, value in fields.items() if not is_storable({field: value}))
    raise InvalidFieldError(name, split(BY_NAME[name], bad)[0])


def is_storable(value: Json, levels: int = _LEVELS) -> bool:
    """Whether every database takes a value, and every program reads it.

    No NUL and no half a letter in a text, no number that is none, no more levels of lists and maps.
    """
    if isinstance(value, str):
        return _NO_TEXT.search(value) is None
    if isinstance(value, float):
        return isfinite(value)
    if isinstance(value, list):
        return levels > 0 and all(is_storable(one, levels - 1) for one in value)
    if isinstance(value, dict):
        return levels > 0 and all(
            is_storable(key) and is_storable(one, levels - 1) for key, one in value.items()
        )
    return True


def missing_fields(name: str, flat: Mapping[str, Json]) -> frozenset[str]:
    """Fields that may not be null and that a new row lacks: with any, an op is an edit, no create.

    So a field added later must be one that may be null: older programs create rows without it.
    """
    return frozenset(key for key in _never_null(name) if flat.get(key) is None)


def split(table: SyncedTable, field: str) -> tuple[str, str | None]:
    """A field's column, and its key if the column is a map."""
    column, dot, key = field.partition(".")
    return (column, key) if dot and column in table.maps else (field, None)


def to_json(value: Any) -> Json:
    """A column's value as it stands in an op."""
    if isinstance(value, datetime):
        return format_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Enum):
        return to_json(value.value)
    return value  # type: ignore[no-any-return]


@cache
def record_columns(name: str) -> tuple[str, ...]:
    """The columns of a record's own fields."""
    return tuple(key for key in BY_NAME[name].record.model_fields if key not in _NOT_FIELDS)


@cache
def _never_null(name: str) -> tuple[str, ...]:
    table = BY_NAME[name]
    return tuple(
        key
        for key, info in table.record.model_fields.items()
        if key not in _NOT_FIELDS | table.maps and not _may_be_null(info.annotation)
    )


def _may_be_null(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _may_be_null(get_args(annotation)[0])
    return annotation is Any or type(None) in get_args(annotation)


@cache
def _converters(name: str) -> Mapping[str, Callable[[Any], Any]]:
    """How each column is made of a field, but for the maps."""
    fields, maps = BY_NAME[name].record.model_fields, BY_NAME[name].maps
    columns = (column for column in record_columns(name) if column not in maps)
    return {column: _converter(fields[column].annotation) for column in columns}


def _converter(annotation: Any) -> Callable[[Any], Any]:
    if get_origin(annotation) is Annotated:
        return _converter(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return _converter(next(kind for kind in get_args(annotation) if kind is not type(None)))
    return _CONVERTERS.get(annotation, _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    if value.bit_length() >= _COLUMN_BITS:
        raise ValueError(value)
    return value


def _moment(value: Any) -> datetime:
    return in_utc(datetime.fromisoformat(value))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


_CONVERTERS: Mapping[Any, Callable[[Any], Any]] = {
    int: _integer,
    str: _text,
    UUID: UUID,
    date: date.fromisoformat,
    datetime: _moment,
}
