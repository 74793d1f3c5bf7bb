"""Snapshots of scopes: offered where a log is long, made when asked for, kept in the database.

They lie where everything else lies: what encrypts the database encrypts them, and every worker has
them. Another one is made when the log has grown by a good share since; the one before stays for a
day, for whoever is fetching it.
"""

import hashlib
import secrets
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from desktop.models.records.fields import flatten, record_columns
from desktop.sync.messages import Entry, Offer
from desktop.sync.snapshot import BLOCK_ROWS, Header, Snapshot, block_bytes, header_bytes
from server.database import Database
from server.queries import incarnations
from server.tables import LOG, SCOPE_HEAD, SNAPSHOT, SNAPSHOT_PIECE, SYNCED

OFFER_FROM = 4_000
"""Entries of a log that is not worth sending page by page any more."""

PIECE_BYTES = 256 << 10

_GROWN = 4
"""A snapshot is old when what came since is more than this part of it, a fourth."""

_ENTRY_BYTES = 25
"""What an entry takes in a snapshot, roughly: announced until one was made."""

_KEPT = timedelta(days=1)
"""How long a snapshot can still be fetched when there is a newer one."""

_LONGEST_MAKING = timedelta(hours=1)


def offers(
    connection: Connection,
    cursors: Mapping[str, int],
    heads: Mapping[str, int],
    paged: Collection[str] | None,
) -> list[Offer]:
    """The scopes of which a laptop has nothing, and better fetches a snapshot; none unless it takes them."""
    if paged is None:
        return []
    long = {
        scope: head
        for scope, head in heads.items()
        if head >= OFFER_FROM and not cursors.get(scope) and scope not in paged
    }
    query = select(SNAPSHOT.c.scope, func.max(SNAPSHOT.c.size)).group_by(SNAPSHOT.c.scope)
    sizes = {row[0]: row[1] for row in connection.execute(query)} if long else {}
    return [
        Offer(scope, head, sizes.get(scope) or head * _ENTRY_BYTES) for scope, head in long.items()
    ]


def recent(connection: Connection, scope: str) -> Snapshot | None:
    """The newest snapshot of a scope, unless its log has grown too much since."""
    head = _head(connection, scope)
    query = _whole(connection).where(SNAPSHOT.c.scope == scope).order_by(SNAPSHOT.c.seq.desc())
    row = connection.execute(query.limit(1)).first()
    if row is None or (head - row.seq) * _GROWN > row.seq or _has_lost_rows(connection, row):
        return None
    return _snapshot(row)


def find(connection: Connection, name: str) -> tuple[str, Snapshot] | None:
    """The id and the snapshot that goes by a name, in this life of the database."""
    row = connection.execute(_whole(connection).where(SNAPSHOT.c.name == name).limit(1)).first()
    return None if row is None else (row.id, _snapshot(row))


def make(database: Database, scope: str, now: datetime) -> Snapshot | None:
    """Makes a snapshot of a scope as it stands, and removes those that are long superseded.

    Returns:
        The snapshot; None if nothing was ever written in the scope.
    """
    with database.reading() as connection:
        header = _header_now(connection, scope)
        if not header.seq:
            return None
        draft = _Draft(database, header, now)
        for content in _content(connection, header):
            draft.write(content)
    return draft.finish()


def read(database: Database, snapshot_id: str, first: int, end: int) -> Iterator[bytes]:
    """The bytes of a snapshot from `first` up to `end`, piece by piece.

    Raises:
        LookupError: it was removed meanwhile.
    """
    for number in range(first // PIECE_BYTES, -(-end // PIECE_BYTES)):
        query = select(SNAPSHOT_PIECE.c.body).where(
            SNAPSHOT_PIECE.c.snapshot_id == snapshot_id, SNAPSHOT_PIECE.c.number == number
        )
        with database.reading() as connection:
            body = connection.execute(query).scalar()
        if body is None:
            raise LookupError(snapshot_id)
        begins = number * PIECE_BYTES
        yield bytes(body[max(first - begins, 0) : end - begins])


class _Draft:
    """A snapshot while it is made: written in transactions so short that nobody waits for them."""

    def __init__(self, database: Database, header: Header, now: datetime) -> None:
        self._database = database
        self._header = header
        self._now = now
        self._id = secrets.token_hex(16)
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._pieces = 0
        self._size = 0
        with database.writing() as connection:
            connection.execute(
                insert(SNAPSHOT).values(
                    id=self._id,
                    incarnation=header.incarnation,
                    scope=header.scope,
                    seq=header.seq,
                    size=0,
                    made_at=now,
                )
            )

    def write(self, content: bytes) -> None:
        """Appends to the file."""
        self._digest.update(content)
        self._size += len(content)
        self._buffer += content
        while len(self._buffer) >= PIECE_BYTES:
            with self._database.writing() as connection:
                self._write_piece(connection)

    def finish(self) -> Snapshot:
        """Gives the file its name; from now on it can be fetched."""
        header, name = self._header, self._digest.hexdigest()
        others = (SNAPSHOT.c.scope == header.scope, SNAPSHOT.c.id != self._id)
        with self._database.writing() as connection:
            self._write_piece(connection)
            connection.execute(
                update(SNAPSHOT).where(SNAPSHOT.c.id == self._id).values(name=name, size=self._size)
            )
            connection.execute(
                update(SNAPSHOT)
                .where(*others, SNAPSHOT.c.name.is_not(None), SNAPSHOT.c.superseded_at.is_(None))
                .values(superseded_at=self._now)
            )
            _remove_old(connection, header.incarnation, self._now)
        return Snapshot(name, header.incarnation, header.scope, header.seq, self._size)

    def _write_piece(self, connection: Connection) -> None:
        body = bytes(self._buffer[:PIECE_BYTES])
        if body:
            connection.execute(
                insert(SNAPSHOT_PIECE).values(snapshot_id=self._id, number=self._pieces, body=body)
            )
        del self._buffer[:PIECE_BYTES]
        self._pieces += 1


def _content(connection: Connection, header: Header) -> Iterator[bytes]:
    """The file of a scope: parents before their children, so that it can be read in one go."""
    yield header_bytes(header)
    for name in header.counts:
        table = SYNCED[name]
        columns = [table.c[column] for column in ("id", "extra", *record_columns(name))]
        if name == "state_move":
            columns.append(table.c.seq)
        rows = select(*columns).where(table.c.scope == header.scope)
        streamed = connection.execute(rows.execution_options(yield_per=BLOCK_ROWS))
        for block in streamed.partitions():
            yield block_bytes(header, [_entry(name, row) for row in block])


def _entry(name: str, row: Any) -> Entry:
    seq = row.seq if name == "state_move" else 0
    return Entry(seq, name, row.id, flatten(name, row._asdict()))


def _header_now(connection: Connection, scope: str) -> Header:
    counts = {}
    for name, table in SYNCED.items():
        query = select(func.count()).select_from(table).where(table.c.scope == scope)
        count = connection.execute(query).scalar_one()
        if count:
            counts[name] = count
    return Header(_incarnation(connection), scope, _head(connection, scope), counts)


def _has_lost_rows(connection: Connection, snapshot: Any) -> bool:
    """Whether somebody has left the scope since: what is in it of them is not for who comes later."""
    left = select(LOG.c.seq).where(
        LOG.c.scope == snapshot.scope, LOG.c.seq > snapshot.seq, LOG.c.kind == "remove"
    )
    return connection.execute(left.limit(1)).first() is not None


def _head(connection: Connection, scope: str) -> int:
    query = select(SCOPE_HEAD.c.head).where(SCOPE_HEAD.c.scope == scope)
    return int(connection.execute(query).scalar() or 0)


def _incarnation(connection: Connection) -> str:
    current = incarnations.current(connection)
    return "" if current is None else current.name


def _whole(connection: Connection) -> Any:
    """The snapshots that can be fetched."""
    now = _incarnation(connection)
    return select(SNAPSHOT).where(SNAPSHOT.c.name.is_not(None), SNAPSHOT.c.incarnation == now)


def _snapshot(row: Any) -> Snapshot:
    return Snapshot(row.name, row.incarnation, row.scope, row.seq, row.size)


def _remove_old(connection: Connection, incarnation: str, now: datetime) -> None:
    """Removes what nobody fetches any more: superseded for long, of another life, never finished."""
    unfinished = SNAPSHOT.c.name.is_(None) & (SNAPSHOT.c.made_at < now - _LONGEST_MAKING)
    useless = (
        (SNAPSHOT.c.superseded_at < now - _KEPT)
        | (SNAPSHOT.c.incarnation != incarnation)
        | unfinished
    )
    gone = select(SNAPSHOT.c.id).where(useless)
    connection.execute(delete(SNAPSHOT_PIECE).where(SNAPSHOT_PIECE.c.snapshot_id.in_(gone)))
    connection.execute(delete(SNAPSHOT).where(useless))
