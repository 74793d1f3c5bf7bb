"""Laptops: each registered once, with the public key it signs with and the users enrolled on it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Insert, insert, select
from sqlalchemy.exc import IntegrityError

from server.tables import DEVICE, DEVICE_USER


class DeviceKeyDiffers(Exception):
    """The device id is registered with another public key."""


@dataclass(frozen=True)
class NewDevice:
    """A laptop as it introduces itself. The key is the 32 bytes of an Ed25519 public key."""

    id: UUID
    name: str
    public_key: bytes


def enrol(connection: Connection, device: NewDevice, user_id: UUID, now: datetime) -> None:
    """Registers a laptop, unless it is, and enrols a user on it.

    Raises:
        DeviceKeyDiffers: another laptop has this id.
    """
    _insert_once(
        connection,
        insert(DEVICE).values(
            id=device.id, name=device.name, public_key=device.public_key, registered_at=now
        ),
    )
    query = select(DEVICE.c.public_key).where(DEVICE.c.id == device.id)
    if connection.execute(query).scalar_one() != device.public_key:
        raise DeviceKeyDiffers
    _insert_once(
        connection,
        insert(DEVICE_USER).values(device_id=device.id, user_id=user_id, enrolled_at=now),
    )


def _insert_once(connection: Connection, statement: Insert) -> None:
    """Inserts, unless the row is there: an impatient laptop sends the same twice at once."""
    try:
        with connection.begin_nested():
            connection.execute(statement)
    except IntegrityError:
        return
