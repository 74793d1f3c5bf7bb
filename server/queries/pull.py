"""What others wrote: stretches of the scope logs after a laptop's cursors, as pages."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, func, or_, select

from desktop.models.records.base import Fields
from desktop.sync.messages import Entry, Page, covers
from desktop.sync.wire import ENTRY_BYTES, OWN_BYTES
from server.queries.rows import among, chunks
from server.tables import LOG, SCOPE_HEAD

RELEASED = "released"
"""How an entry came that had been set aside first: its own laptop needs to be told as well."""

_READ_AHEAD = 500


@dataclass(frozen=True)
class OwnLog:
    """The log of the asking laptop: entries that it has as its own ops need not travel back.

    It has those from `kept_from` on, and knows the outcomes of those up to `told`, and of those in
    its `batch`: first and last.
    """

    device_id: UUID
    epoch: int
    kept_from: int
    told: int
    batch: tuple[int, int] = (0, -1)

    def known(self) -> ColumnElement[bool]:
        """The entries that the laptop has as its own ops, and knows what became of."""
        told = LOG.c.dseq.between(self.kept_from, self.told) | LOG.c.dseq.between(*self.batch)
        as_written = func.coalesce(cast(LOG.c.effective, Text), "null") == "null"
        return and_(
            LOG.c.device_id == self.device_id,
            LOG.c.epoch == self.epoch,
            told,
            LOG.c.kind == "put",
            LOG.c.transport != RELEASED,
            as_written,
        )


def heads_of(connection: Connection, granted: Iterable[str]) -> dict[str, int]:
    """Scope -> head of every scope with entries that these grants cover."""
    scopes = sorted(granted)
    if not scopes:
        return {}
    inside = [SCOPE_HEAD.c.scope.like(f"{scope}.%") for scope in scopes]
    query = select(SCOPE_HEAD).where(or_(SCOPE_HEAD.c.scope.in_(scopes), *inside))
    return {
        row.scope: row.head
        for row in connection.execute(query.order_by(SCOPE_HEAD.c.scope))
        if row.head and any(covers(scope, row.scope) for scope in scopes)
    }


def pages_after(
    connection: Connection,
    cursors: Mapping[str, int],
    heads: Mapping[str, int],
    own: OwnLog,
    room: int,
) -> tuple[list[Page], bool]:
    """Pages of about `room` bytes before compression, and whether more is left."""
    pages: list[Page] = []
    for scope, head in heads.items():
        cursor = cursors.get(scope, 0)
        if cursor >= head:
            continue
        if room <= 0:
            return pages, True
        page, used = _page(connection, scope, cursor, head, own, room)
        pages.append(page)
        room -= used
        if page.to_seq < head:
            return pages, True
    return pages, False


def _page(
    connection: Connection, scope: str, cursor: int, head: int, own: OwnLog, room: int
) -> tuple[Page, int]:
    """At least one entry, and as many as there is room for."""
    news = (
        select(LOG)
        .where(LOG.c.scope == scope, LOG.c.seq <= head, ~own.known())
        .order_by(LOG.c.seq)
        .limit(_READ_AHEAD)
    )
    entries: list[Entry] = []
    reached, used = cursor, 0
    while reached < head and used < room:
        rows = connection.execute(news.where(LOG.c.seq > reached)).all()
        left = _departures(connection, scope, head, {row.row_id for row in rows})
        for row in rows:
            if used >= room:
                break
            reached = row.seq
            entry = _entry(row, own)
            if entry.own is None and reached < left.get(row.row_id, 0):
                continue  # its row is not here any more: it is not for everybody who is
            entries.append(entry)
            used += ENTRY_BYTES + len(json.dumps(entry.fields))
        else:
            reached = reached if len(rows) == _READ_AHEAD else head
    return Page(scope, cursor, reached, head, entries), used


def _departures(
    connection: Connection, scope: str, head: int, rows: Collection[UUID]
) -> dict[UUID, int]:
    """Where in a scope's log, up to `head`, rows left it last: id -> seq."""
    query = (
        select(LOG.c.row_id, func.max(LOG.c.seq))
        .where(LOG.c.scope == scope, LOG.c.seq <= head, LOG.c.kind == "remove")
        .group_by(LOG.c.row_id)
    )
    found: dict[UUID, int] = {}
    for some in chunks(rows):
        left = connection.execute(query.where(among(connection, LOG.c.row_id, some)))
        found.update((row_id, seq) for row_id, seq in left)
    return found


def _entry(row: Any, own: OwnLog) -> Entry:
    """An entry as the laptop needs it."""
    written_here = row.device_id == own.device_id and row.digest is not None
    removed = row.kind == "remove"
    written: Fields = row.fields if row.effective is None else row.effective
    return Entry(
        seq=row.seq,
        table=row.table_name,
        row_id=row.row_id,
        fields={} if removed else written,
        remove=removed,
        own=bytes(row.digest[:OWN_BYTES]) if written_here else None,
    )
