"""What is on its way to the province, what it set aside, and which conflicts wait for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from desktop.models.store.rows import chunks
from desktop.models.tables import (
    BUSINESS,
    CONFLICT,
    OUTBOX,
    PROGRESS_REPORT,
    SEARCH,
    SYNCED,
    USER,
    VISIT,
    VISIT_MEMBER,
    OpState,
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record with ops that wait or were set aside.

    Attributes:
        table: what it is.
        row_id: which.
        family: the name of the family that it is about.
        since: when the oldest of the ops was written.
        ops: how many they are.
        reason: why the province set it aside; None while it waits.
    """

    table: str
    row_id: UUID
    family: str
    since: datetime
    ops: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """Two values of a field, both kept; the first is the one that stands until somebody decides."""

    id: UUID
    table: str
    row_id: UUID
    field: str
    family: str
    kept: Any
    kept_by: str
    kept_at: datetime
    other: Any
    other_by: str
    other_at: datetime
    before: Any


def outgoing(connection: Connection, limit: int = 200) -> list[Outgoing]:
    """Records that the province does not have yet, the oldest first."""
    query = (
        select(
            OUTBOX.c.table_name,
            OUTBOX.c.row_id,
            OUTBOX.c.reason,
            func.min(OUTBOX.c.at).label("at"),
            func.count().label("ops"),
        )
        .where(OUTBOX.c.state != OpState.CONFIRMED.value)
        .group_by(OUTBOX.c.table_name, OUTBOX.c.row_id, OUTBOX.c.reason)
        .order_by(func.min(OUTBOX.c.epoch), func.min(OUTBOX.c.dseq))
        .limit(limit)
    )
    rows = connection.execute(query).all()
    families = _families(connection, [(row.table_name, row.row_id) for row in rows])
    return [
        Outgoing(
            row.table_name,
            row.row_id,
            families.get(row.row_id, ""),
            datetime.fromtimestamp(row.at / 1000, UTC),
            row.ops,
            row.reason,
        )
        for row in rows
    ]


def open_conflicts(connection: Connection) -> list[OpenConflict]:
    """Conflicts that nobody has decided, the oldest first."""
    rows = connection.execute(
        select(CONFLICT)
        .where(CONFLICT.c.resolved_at.is_(None), CONFLICT.c.deleted_at.is_(None))
        .order_by(CONFLICT.c.opened_at, CONFLICT.c.id)
    ).all()
    families = _families(connection, [(row.subject_table, row.subject_id) for row in rows])
    names = {str(row.id): row.name for row in connection.execute(select(USER.c.id, USER.c.name))}
    return [
        OpenConflict(
            id=row.id,
            table=row.subject_table,
            row_id=row.subject_id,
            field=row.field,
            family=families.get(row.subject_id, ""),
            kept=row.kept.get("value"),
            kept_by=names.get(str(row.kept.get("user")), ""),
            kept_at=datetime.fromisoformat(row.kept["at"]),
            other=row.other.get("value"),
            other_by=names.get(str(row.other.get("user")), ""),
            other_at=datetime.fromisoformat(row.other["at"]),
            before=row.base_value,
        )
        for row in rows
    ]


def _families(connection: Connection, subjects: Iterable[tuple[str, UUID]]) -> dict[UUID, str]:
    """Row -> name of the family that it is about, where it is about one."""
    by_table: dict[str, list[UUID]] = {}
    for table, row_id in subjects:
        by_table.setdefault(table, []).append(row_id)
    found: dict[UUID, str] = {}
    for table, ids in by_table.items():
        for some in chunks(ids):
            query = _family_query(table)
            if query is not None:
                column, joined = query
                found.update(
                    {row[0]: row[1] for row in connection.execute(joined.where(column.in_(some)))}
                )
    return found


def _family_query(table: str) -> tuple[Any, Any] | None:
    """The column of the row's id, and a query of it beside the name of the family."""
    if table == "household":
        return SEARCH.c.household_id, select(SEARCH.c.household_id, SEARCH.c.head_name)
    if table in ("progress_report", "visit_member"):
        child, parent, link = (
            (PROGRESS_REPORT, BUSINESS, PROGRESS_REPORT.c.business_id)
            if table == "progress_report"
            else (VISIT_MEMBER, VISIT, VISIT_MEMBER.c.visit_id)
        )
        joined = child.join(parent, parent.c.id == link)
        joined = joined.join(SEARCH, SEARCH.c.household_id == parent.c.household_id)
        return child.c.id, select(child.c.id, SEARCH.c.head_name).select_from(joined)
    rows = SYNCED.get(table)
    if rows is None or "household_id" not in rows.c:
        return None
    joined = rows.join(SEARCH, SEARCH.c.household_id == rows.c.household_id)
    return rows.c.id, select(rows.c.id, SEARCH.c.head_name).select_from(joined)
