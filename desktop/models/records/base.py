"""What every synced record has: an id, a scope, a tombstone; and the ids and times all of them use."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID, uuid5

import uuid_utils
from pydantic import AfterValidator, ConfigDict, PlainSerializer
from sqlalchemy import BigInteger, Dialect, String
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""What an op's field may hold."""

Fields: TypeAlias = dict[str, Json]
"""Fields and their values, as an op carries them."""

REF_SCOPE = "ref"
"""The scope of what everybody receives: programmes, users, questionnaires."""

_NATURAL_KEYS = UUID("6f1d4a52-8c0b-5f3e-9d27-3b6a90f1c2e4")


def new_id() -> UUID:
    """A UUIDv7: unique without asking anybody, and in the order of capture."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def natural_id(kind: str, *parts: object) -> UUID:
    """The UUIDv5 of a natural key, so that two laptops never make two Januaries of one business."""
    return uuid5(_NATURAL_KEYS, "\x1f".join((kind, *map(str, parts))))


def utc_now() -> datetime:
    """Now, in UTC, to the millisecond: the precision that travels."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def format_time(moment: datetime) -> str:
    """ISO 8601 with milliseconds and Z, for example `2026-11-21T03:05:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def in_utc(moment: datetime) -> datetime:
    """The same time in UTC, as which it is kept.

    Raises:
        ValueError: it has no offset, or there is no such time in UTC.
    """
    if moment.tzinfo is None:
        raise ValueError("a time needs its offset")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("before the first year, or after the last") from error


class UtcText(TypeDecorator[datetime]):
    """A time as ISO text in UTC, the same in SQLite and PostgreSQL, sortable as text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Datetime to text."""
        del dialect
        return None if value is None else format_time(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Text to datetime."""
        del dialect
        return None if value is None else datetime.fromisoformat(value)


Moment = Annotated[datetime, AfterValidator(in_utc), PlainSerializer(format_time, when_used="json")]
"""A point in time: always aware, always UTC."""


def moment_field(**options: Any) -> Any:
    """A field of type `Moment`."""
    return Field(sa_type=UtcText, **options)


def whole_number(**options: Any) -> Any:
    """A field of an integer of 64 bits, on both sides: rupiah do not fit into 32."""
    return Field(sa_type=BigInteger, **options)


class Record(SQLModel):
    """The fields that every synced record has.

    `scope` is the unit of distribution the row belongs to: `ref`, a district code or a village
    code. A village's families say where they live by it alone.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment] # a start uses few

    id: UUID = Field(default_factory=new_id, primary_key=True)
    scope: str = Field(index=True, min_length=1, max_length=13)
    deleted_at: Moment | None = moment_field(default=None)


def as_json(record: Record, names: Sequence[str] | None = None) -> dict[str, Json]:
    """A record's domain fields as JSON values, without its id and scope (an op carries those)."""
    chosen = set(names) if names is not None else None
    values = record.model_dump(mode="json", include=chosen, exclude={"id", "scope"})
    return {name: value for name, value in values.items() if value is not None}
