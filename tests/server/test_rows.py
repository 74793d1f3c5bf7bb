"""Looking for one of many values finds the same on both kinds of database, whatever their type."""

from typing import Any

import pytest
from sqlalchemy import Column, insert, select

from desktop.models.records.base import new_id, utc_now
from server.database import Database
from server.queries.rows import among
from server.tables import DEVICE

IDS = [new_id() for _ in range(3)]
WANTED: dict[str, tuple[Column[Any], list[Any]]] = {
    "ids": (DEVICE.c.id, [IDS[0], IDS[2], new_id()]),
    "texts": (DEVICE.c.name, ["laptop 0", "laptop 2", "o'laptop {1}"]),
    "bytes": (DEVICE.c.public_key, [IDS[0].bytes, IDS[2].bytes, b"\x00\\"]),
}


@pytest.mark.parametrize("kind", WANTED)
def test_rows_with_one_of_some_values_are_found(database: Database, kind: str) -> None:
    column, values = WANTED[kind]
    with database.writing() as connection:
        made = [
            {"id": one, "name": f"laptop {number}", "public_key": one.bytes}
            for number, one in enumerate(IDS)
        ]
        connection.execute(insert(DEVICE).values(registered_at=utc_now()), made)
        found = select(DEVICE.c.id).where(among(connection, column, values))
        none = select(DEVICE.c.id).where(among(connection, column, []))
        assert set(connection.execute(found).scalars()) == {IDS[0], IDS[2]}
        assert connection.execute(none).all() == []
