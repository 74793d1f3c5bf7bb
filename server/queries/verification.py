"""Whether a copy of the database is whole: what it says of itself is computed again from its ops."""

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, Table, func, select

from desktop.models.ops import Op, genesis
from desktop.models.records.base import Fields
from desktop.models.records.fields import flatten, unflatten
from desktop.models.store.engine import check_integrity
from server.faults import Failure
from server.tables import ACCOUNT, ASIDE, DEVICE, DEVICE_EPOCH, LOG, SCOPE_HEAD, SYNCED

_AT_ONCE = 500
_COUNTED = (*SYNCED.values(), LOG, ASIDE, DEVICE, DEVICE_EPOCH, ACCOUNT)


class CopyFault(StrEnum):
    """What is wrong with a copy."""

    FILE_DAMAGED = "file_damaged"
    COUNT_DIFFERS = "count_differs"
    HEAD_DIFFERS = "head_differs"
    LOG_NOT_DENSE = "log_not_dense"
    CHAIN_BROKEN = "chain_broken"
    ROW_DIFFERS = "row_differs"


class CopyFailure(Failure[CopyFault]):
    """The copy is not whole; `subject` is the table, scope, device log or row where it shows."""


@dataclass(frozen=True)
class DeviceLog:
    """How far a device's log reaches in a copy, and the hash of everything up to there."""

    device_id: UUID
    epoch: int
    dseq: int
    hash: bytes


def heads(connection: Connection) -> dict[str, int]:
    """Scope -> last entry."""
    return {row.scope: row.head for row in connection.execute(select(SCOPE_HEAD))}


def counts(connection: Connection) -> dict[str, int]:
    """Table -> rows, of the tables that hold what people wrote."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in _COUNTED
    }


def device_logs(connection: Connection) -> list[DeviceLog]:
    """Every device log that anything was received of."""
    received = select(DEVICE_EPOCH).where(DEVICE_EPOCH.c.dseq > 0)
    order = (DEVICE_EPOCH.c.device_id, DEVICE_EPOCH.c.epoch)
    return [
        DeviceLog(row.device_id, row.epoch, row.dseq, bytes(row.hash))
        for row in connection.execute(received.order_by(*order))
    ]


def check(
    connection: Connection, said_heads: Mapping[str, int], said_counts: Mapping[str, int]
) -> None:
    """Compares a copy with what was noted when it was made, and with itself.

    Everything is read once and nothing is kept, however large it is.

    Raises:
        CopyFailure: at the first thing that is not as it must be.
    """
    if connection.dialect.name == "sqlite" and not check_integrity(connection):
        raise CopyFailure(CopyFault.FILE_DAMAGED)
    _check_same(CopyFault.HEAD_DIFFERS, heads(connection), said_heads)
    _check_same(CopyFault.COUNT_DIFFERS, counts(connection), said_counts)
    _check_dense(connection)
    for compare in (_check_chains, _check_rows):
        with ExitStack() as cursors:
            compare(_Streams(connection, cursors))


def _check_same(fault: CopyFault, found: Mapping[str, int], said: Mapping[str, int]) -> None:
    for name in sorted(found.keys() | said.keys()):
        if found.get(name, 0) != said.get(name, 0):
            raise CopyFailure(fault, name)


def _check_dense(connection: Connection) -> None:
    """Each scope's log is 1, 2, 3 ... to its head."""
    places = select(LOG.c.scope, func.count(), func.min(LOG.c.seq), func.max(LOG.c.seq))
    found = {
        scope: (count, first, last)
        for scope, count, first, last in connection.execute(places.group_by(LOG.c.scope))
    }
    expected = {scope: (head, 1, head) for scope, head in heads(connection).items() if head}
    for scope in sorted(found.keys() | expected.keys()):
        if found.get(scope) != expected.get(scope):
            raise CopyFailure(CopyFault.LOG_NOT_DENSE, scope)


@dataclass(frozen=True)
class _Streams:
    """Results that are read a little at a time, and closed in any case."""

    connection: Connection
    cursors: ExitStack

    def of(self, query: Select[Any]) -> Iterator[Any]:
        streamed = self.connection.execute(query.execution_options(yield_per=_AT_ONCE))
        return iter(self.cursors.enter_context(closing(streamed)))


def _check_chains(streams: _Streams) -> None:
    """Each device log's hashes, computed again from its ops, end where the log stands."""
    logs = device_logs(streams.connection)
    ends = {(one.device_id, one.epoch): (one.dseq, one.hash) for one in logs}
    ops = heapq.merge(*(streams.of(_ops_of(table)) for table in (LOG, ASIDE)), key=_place)
    for log, entries in groupby(ops, attrgetter("device_id", "epoch")):
        dseq, chained = 0, genesis(*log)
        for entry in entries:
            dseq += 1
            chained = hashlib.sha256(chained + _digest(entry)).digest()
            if (entry.dseq, bytes(entry.hash)) != (dseq, chained):
                raise CopyFailure(CopyFault.CHAIN_BROKEN, f"{log[0]}/{log[1]}/{dseq}")
        if ends.pop(log, None) != (dseq, chained):
            raise CopyFailure(CopyFault.CHAIN_BROKEN, f"{log[0]}/{log[1]}")
    for device_id, epoch in ends:
        raise CopyFailure(CopyFault.CHAIN_BROKEN, f"{device_id}/{epoch}")


def _ops_of(table: Table) -> Select[Any]:
    here = table.c
    columns = (here.table_name, here.row_id, here.scope, here.base, here.incarnation, here.at)
    more = (here.user_id, here.fields, here.salt, here.device_id, here.epoch, here.dseq, here.hash)
    query = select(*columns, *more).where(here.dseq.is_not(None))
    return query.order_by(here.device_id, here.epoch, here.dseq)


def _place(row: Any) -> tuple[UUID, int, int]:
    return row.device_id, row.epoch, row.dseq


def _digest(row: Any) -> bytes:
    op = Op(
        table=row.table_name,
        row_id=row.row_id,
        scope=row.scope,
        base=row.base,
        incarnation=row.incarnation,
        at=row.at,
        user_id=row.user_id,
        fields=row.fields,
    )
    return op.digest(bytes(row.salt))


def _check_rows(streams: _Streams) -> None:
    """Each row is what the entries about it make of it, and there are no others."""
    log, here = LOG.c, (LOG.c.row_id, LOG.c.scope, LOG.c.kind, LOG.c.table_name)
    query = select(*here, log.fields, log.effective).order_by(log.row_id, log.seq)
    replayed = (
        (row_id, _replay(entries))
        for row_id, entries in groupby(streams.of(query), attrgetter("row_id"))
    )
    kept = heapq.merge(*(_rows_of(streams, name) for name in SYNCED), key=_first)
    grouped = ((row_id, _gather(rows)) for row_id, rows in groupby(kept, _first))
    wanted = (one for one in replayed if one[1])
    for found, expected in _side_by_side(grouped, wanted):
        if found != expected:
            raise CopyFailure(CopyFault.ROW_DIFFERS, (found or expected or ("",))[0])


_Rows = dict[tuple[str, str], Fields]
"""(Table, scope) -> fields, of the rows with one id: it is one row, unless somebody is malicious."""


def _replay(entries: Iterable[Any]) -> _Rows:
    rows: _Rows = {}
    for entry in entries:
        key = (entry.table_name, entry.scope)
        if entry.kind == "remove":
            rows.pop(key, None)
        elif entry.table_name in SYNCED:
            done = entry.fields if entry.effective is None else entry.effective
            rows.setdefault(key, {}).update(done)
    return {key: flatten(key[0], unflatten(key[0], fields)) for key, fields in rows.items()}


def _rows_of(streams: _Streams, name: str) -> Iterator[tuple[UUID, str, str, Fields]]:
    table = SYNCED[name]
    for row in streams.of(select(table).order_by(table.c.id)):
        yield row.id, name, row.scope, flatten(name, row._asdict())


def _gather(rows: Iterable[tuple[UUID, str, str, Fields]]) -> _Rows:
    return {(name, scope): fields for _, name, scope, fields in rows}


def _first(row: tuple[UUID, Any, Any, Any]) -> UUID:
    return row[0]


_Told = tuple[UUID, _Rows] | None


def _side_by_side(
    found: Iterator[tuple[UUID, _Rows]], expected: Iterator[tuple[UUID, _Rows]]
) -> Iterator[tuple[_Told, _Told]]:
    """Both in step. Where one has an id that the other lacks, they differ, and nobody reads on."""
    while True:
        pair = (next(found, None), next(expected, None))
        if pair == (None, None):
            return
        yield pair
