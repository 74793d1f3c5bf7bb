"""What a helper needs to know of a laptop that has trouble: versions, counts, codes; nobody's data.

Only what is named here goes into the file: numbers, codes of this program, moments of syncs. No name,
number, address, amount or word that anybody typed is read for it, nor any path of this machine.
"""

from __future__ import annotations

import json
import platform
import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import Column, Connection, Table, func, select, text

from desktop.models.records.base import format_time
from desktop.models.store.engine import StoreFailure, check_integrity, schema_of
from desktop.models.store.local import DATABASE_NAME, SCHEMA, Store
from desktop.models.store.meta import Meta, get_meta
from desktop.models.tables import (
    CONFLICT,
    CURSOR,
    DEVICE_LOG,
    DRAFT,
    OUTBOX,
    SCOPE_GRANT,
    SEARCH,
    STAGED_PAGE,
    SYNCED,
)
from desktop.sync.history import recent_runs
from desktop.sync.messages import QuarantineReason
from desktop.sync.status import status

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from desktop.sync.history import Run

_RUNS = 50
_LETTERS = 8
"""So many of an id tell laptops apart; its end, because its beginning is a time."""


def diagnose(folder: Path, app: str, clock: Callable[[], datetime]) -> dict[str, Any]:
    """The same for a store that is not open, or cannot be opened: then it says why."""
    if not (folder / DATABASE_NAME).exists():
        return {**_about_program(app), "store": {"fault": "missing"}}
    try:
        store = Store.open(folder, clock)
    except StoreFailure as failure:
        return {**_about_program(app), "store": {"fault": failure.fault.value}}
    try:
        return diagnostics(store, app)
    finally:
        store.close()


def diagnostics(store: Store, app: str) -> dict[str, Any]:
    """What there is to know of an open store, as JSON values; of a damaged one, what can be read."""
    return {
        "made_at": format_time(store.clock()),
        **_about_program(app),
        "store": _told(store, partial(_about_store, folder=store.folder)),
        "rows": _told(store, _counts),
        "states": _told(store, _states),
        "outbox": _told(store, _outbox),
        "conflicts": _told(store, _conflicts),
        "sync": _told(store, _sync),
        "syncs": _told(store, _syncs),
    }


def as_text(found: dict[str, Any]) -> str:
    """The content of the file."""
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _told(store: Store, tell: Callable[[Connection], Any]) -> Any:
    """What one part tells, or why it cannot: a page that is bad there takes no other part away."""
    try:
        with store.reading() as connection:
            return tell(connection)
    except StoreFailure as failure:
        return {"fault": failure.fault.value}


def _about_program(app: str) -> dict[str, Any]:
    return {
        "berdaya": app,
        "schema_of_program": SCHEMA,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "is_bundle": bool(getattr(sys, "frozen", False)),
    }


def _about_store(connection: Connection, folder: Path) -> dict[str, Any]:
    pages, size = (
        int(connection.execute(text(f"PRAGMA {name}")).scalar_one())  # SQLCipher gives it as text
        for name in ("page_count", "page_size")
    )
    return {
        "schema": schema_of(connection),
        "sqlite": connection.execute(select(func.sqlite_version())).scalar_one(),
        "is_whole": check_integrity(connection),
        "kilobytes": pages * size // 1024,
        "free_megabytes_on_disk": shutil.disk_usage(folder).free >> 20,
    }


def _counts(connection: Connection) -> dict[str, dict[str, int]]:
    """Table -> rows that are there, and rows of which only the tombstone is."""
    found = {}
    for name, table in SYNCED.items():
        deleted = func.count(table.c.deleted_at)
        row = connection.execute(select(func.count(), deleted).select_from(table)).one()
        found[name] = {"rows": row[0] - row[1], "deleted": row[1]}
    for table in (SEARCH, DRAFT, STAGED_PAGE):
        found[table.name] = {"rows": _count(connection, table)}
    return found


def _states(connection: Connection) -> dict[str, dict[str, int]]:
    """Table -> state -> how many, of what moves from state to state."""
    return {
        name: _by_value(connection, table.c.state)
        for name, table in SYNCED.items()
        if "state" in table.c
    }


def _by_value(connection: Connection, column: Column[str]) -> dict[str, int]:
    """Value -> how many rows have it."""
    rows = connection.execute(select(column, func.count()).group_by(column))
    return {row[0]: row[1] for row in rows}


def _outbox(connection: Connection) -> dict[str, Any]:
    by_reason = select(OUTBOX.c.table_name, OUTBOX.c.reason, func.count()).where(
        OUTBOX.c.reason.is_not(None)
    )
    grouped = by_reason.group_by(OUTBOX.c.table_name, OUTBOX.c.reason)
    over = select(func.count()).where(OUTBOX.c.overlay)
    return {
        "by_state": _by_value(connection, OUTBOX.c.state),
        "set_aside": [
            {"table": name if name in SYNCED else "newer", "reason": _known(reason), "ops": count}
            for name, reason, count in connection.execute(grouped)
        ],
        "in_overlay": connection.execute(over).scalar_one(),
    }


def _conflicts(connection: Connection) -> dict[str, int]:
    opened = select(func.count(), func.count(CONFLICT.c.resolved_at)).select_from(CONFLICT)
    row = connection.execute(opened).one()
    return {"all": row[0], "decided": row[1]}


def _sync(connection: Connection) -> dict[str, Any]:
    now = status(connection)
    logs = connection.execute(select(DEVICE_LOG).order_by(DEVICE_LOG.c.epoch))
    cursors = connection.execute(select(CURSOR).order_by(CURSOR.c.scope))
    grants = connection.execute(select(SCOPE_GRANT).order_by(SCOPE_GRANT.c.scope))
    return {
        "server": _address(now.server),
        "device": _short(get_meta(connection, Meta.DEVICE_ID)),
        "role": get_meta(connection, Meta.USER_ROLE),
        "incarnation": _short(get_meta(connection, Meta.INCARNATION)),
        "forgotten": {
            epoch: place[0] for epoch, place in get_meta(connection, Meta.FORGOTTEN, {}).items()
        },
        "last_confirmed": None if now.confirmed_at is None else format_time(now.confirmed_at),
        "clock_offset_ms": now.clock_offset,
        "bytes_this_month": now.bytes_this_month,
        "logs": [
            {"epoch": row.epoch, "dseq": row.dseq, "head": row.hash.hex()[:_LETTERS]}
            for row in logs
        ],
        "cursors": [
            {
                "scope": row.scope,
                "seq": row.seq,
                "withdrawn": row.withdrawn,
                "reset": row.reset,
            }
            for row in cursors
        ],
        "grants": [
            {
                "scope": row.scope,
                "role": row.role,
                "from": format_time(row.valid_from),
                "to": None if row.valid_to is None else format_time(row.valid_to),
            }
            for row in grants
        ],
    }


def _syncs(connection: Connection) -> list[dict[str, Any]]:
    return [_run(run) for run in recent_runs(connection, _RUNS)]


def _run(run: Run) -> dict[str, Any]:
    ended = run.ended_at or run.started_at
    return {
        "at": format_time(run.started_at),
        "seconds": round((ended - run.started_at).total_seconds(), 1),
        "sent": run.sent,
        "received": run.received,
        "bytes_up": run.traffic.bytes_up,
        "bytes_down": run.traffic.bytes_down,
        "requests": run.traffic.requests,
        "fault": None if run.fault is None else run.fault.value,
    }


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _short(identity: str | None) -> str | None:
    return identity[-_LETTERS:] if identity else None


def _known(reason: str) -> str:
    """A reason of this version by its code; what a newer server says is not repeated."""
    return reason if reason in set(QuarantineReason) else "newer"


def _address(server: str | None) -> str | None:
    """The province's address without anything that somebody may have put before or behind it."""
    if not server:
        return None
    parts = urlsplit(server)
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{parts.hostname}{port}"
