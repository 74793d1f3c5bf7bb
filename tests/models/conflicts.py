"""Conflicts as the province opens them, put into a store by hand."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from desktop.models.records.base import Json, format_time, new_id
from desktop.models.rules.resolution import DUPLICATE, DUPLICATE_RULE
from desktop.models.store.local import Store
from desktop.models.tables import CONFLICT, USER


def person(store: Store, name: str) -> UUID:
    """Somebody who writes."""
    user_id = new_id()
    with store.writing() as connection:
        row = {"id": user_id, "scope": "ref", "name": name, "role": "facilitator", "extra": {}}
        connection.execute(insert(USER).values(**row))
    return user_id


def write(value: Json, user: UUID, at: datetime, came: datetime | None = None) -> dict[str, Any]:
    """One write as a conflict record keeps it."""
    return {
        "value": value,
        "user": str(user),
        "at": format_time(at),
        "corrected_at": format_time(at),
        "received_at": format_time(came or at + timedelta(minutes=1)),
        "seq": 1,
    }


def conflict(
    store: Store,
    subject: tuple[str, UUID, str],
    field: str,
    writes: tuple[dict[str, Any], dict[str, Any]],
    before: Json = None,
) -> UUID:
    """A conflict about a field of a row (table, id, scope): the write that stands, and the other."""
    conflict_id = new_id()
    table, row_id, scope = subject
    with store.writing() as connection:
        connection.execute(
            insert(CONFLICT).values(
                id=conflict_id,
                scope=scope,
                subject_table=table,
                subject_id=row_id,
                field=field,
                base_value=before,
                kept=writes[0],
                other=writes[1],
                rule=DUPLICATE_RULE if field == DUPLICATE else "latest-write",
                rule_version=1,
                opened_at=store.clock(),
                resolved_value=None,
                extra={},
            )
        )
    return conflict_id


def duplicate(store: Store, member_id: UUID, number: str, scope: str) -> UUID:
    """A record that somebody else has a member's number, too."""
    return conflict(store, ("member", member_id, scope), DUPLICATE, ({"value": number}, {}))
