"""Many rows at once read back as they were given, on both kinds of database."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, select

from desktop.models.records.base import natural_id, utc_now
from server.database import Database
from server.queries.bulk import write_many
from server.tables import CONFLICT, LOG, MEMBER, SCOPE_HEAD

ODD = 'o\'Brien "{:x}" %s \\ \t ☕ ✓'


def _id(number: int) -> UUID:
    return natural_id("row", number)


def _member(number: int, **fields: Any) -> dict[str, Any]:
    born = date(1985, 11, 11) if number % 2 else None
    row = dict.fromkeys((column.name for column in MEMBER.columns), None)
    row |= {"id": _id(number), "scope": "36.01.01.2001", "household_id": _id(0), "name": ODD}
    row |= {"relation": "head", "status": "present", "birth_date": born, "extra": {"a": [1, None]}}
    return {**row, "versions": {"name": number}, **fields}


def _read(database: Database, table: Table) -> list[dict[str, Any]]:
    with database.reading() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def test_rows_are_written_and_replaced(database: Database) -> None:
    rows = [_member(number) for number in range(1, 5)]
    with database.writing() as connection:
        write_many(connection, MEMBER, rows, replace=True)
    assert sorted(_read(database, MEMBER), key=lambda row: row["versions"]["name"]) == rows

    later = [_member(2, name="Siti", deleted_at=utc_now()), _member(9)]
    with database.writing() as connection:
        write_many(connection, MEMBER, later, replace=True)
    found = {row["id"]: row for row in _read(database, MEMBER)}
    assert found == {row["id"]: row for row in [*rows, *later]}


def test_nothing_in_json_is_nothing(database: Database) -> None:
    """Whether a null is the database's or the document's, both read back as None."""
    row = dict.fromkeys((column.name for column in CONFLICT.columns), None)
    row |= {"id": _id(1), "scope": "ref", "subject_table": "member", "subject_id": _id(2)}
    row |= {"field": "name", "kept": {"value": None}, "other": {}, "rule": "r", "rule_version": 1}
    row |= {"opened_at": utc_now(), "extra": {}, "versions": {}}
    with database.writing() as connection:
        write_many(connection, CONFLICT, [row], replace=True)
    assert _read(database, CONFLICT) == [row]


def test_entries_of_a_log_keep_their_bytes(database: Database) -> None:
    common = {"scope": "ref", "kind": "put", "table_name": "user", "device_id": _id(1), "epoch": 1}
    common |= {"user_id": _id(2), "base": 0, "incarnation": "", "app": "", "transport": ""}
    common |= dict.fromkeys(("at", "corrected_at", "received_at"), 1 << 40)
    entries = [
        {
            **common,
            "seq": seq,
            "dseq": seq,
            "row_id": _id(seq),
            "fields": {"name": ODD, "amount": 2**53 + 1, "share": 0.1},
            "effective": None if seq % 2 else {},
            "origin": {"scope": "36", "versions": {"name": 3}} if seq % 2 else None,
            "salt": None if seq % 2 else bytes(range(16)),
            "digest": bytes([seq, 0, 255, 92]),
            "hash": b"\x00",
        }
        for seq in range(1, 6)
    ]
    with database.writing() as connection:
        connection.execute(SCOPE_HEAD.insert().values(scope="ref", head=0))
        write_many(connection, LOG, entries)
        connection.execute(SCOPE_HEAD.update().values(head=5))
    assert sorted(_read(database, LOG), key=lambda row: row["seq"]) == entries


@pytest.mark.parametrize("replace", [True, False])
def test_no_rows_are_nothing_to_do(database: Database, replace: bool) -> None:
    with database.writing() as connection:
        write_many(connection, MEMBER, [], replace=replace)
    assert _read(database, MEMBER) == []
