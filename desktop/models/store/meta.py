"""Single facts that this laptop keeps about itself, by name."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from desktop.models.tables import META


class Meta(StrEnum):
    """The names of the facts."""

    DEVICE_ID = "device_id"
    DEVICE_KEY = "device_key"
    INCARNATION = "incarnation"
    FORGOTTEN = "forgotten"
    SERVER = "server"
    TOKEN = "token"  # noqa: S105 a name, not a secret
    USER_ID = "user_id"
    USER_NAME = "user_name"
    USER_ROLE = "user_role"
    USER_PHONE = "user_phone"
    LAST_CONFIRMED = "last_confirmed"
    CLOCK_OFFSET = "clock_offset"
    OFFERED = "offered"
    REFERENCE = "reference"
    RHYTHM = "rhythm"
    PASSED_OVER = "passed_over"
    TAKEN_FROM = "taken_from"
    UNSENT_IS_SURE = "unsent_is_sure"


_FACT = select(META.c.value).where(META.c.key == bindparam("key"))
_NEW_FACT = insert(META).values(key=bindparam("key"), value=bindparam("value"))
_NOTE_FACT = _NEW_FACT.on_conflict_do_update(
    index_elements=["key"], set_={"value": _NEW_FACT.excluded.value}
)


def get_meta(connection: Connection, key: Meta, default: Any = None) -> Any:
    """A fact, or `default` if it is not known."""
    found = connection.execute(_FACT, {"key": key.value}).first()
    return default if found is None else found[0]


def set_meta(connection: Connection, key: Meta, value: Any) -> None:
    """Notes a fact."""
    connection.execute(_NOTE_FACT, {"key": key.value, "value": value})
