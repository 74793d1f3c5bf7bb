"""The one way to write synced rows: a row and its outbox op, in one transaction.

A `Writer` lives as long as one transaction. It gathers new rows until somebody looks, and keeps
the ops; at the end it stamps them into the device log and brings derived tables up to date.
"""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from desktop.models.changes import Changes
from desktop.models.ops import LogHead, Op, stamp
from desktop.models.records.base import Fields, Record, format_time
from desktop.models.records.catalogue import BY_NAME, table_of
from desktop.models.records.fields import flatten, is_storable
from desktop.models.rules.dates import to_wib
from desktop.models.store.derived import refresh_derived
from desktop.models.store.drafts import hand_over_drafts
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.plan import follow_rhythm
from desktop.models.store.rows import IS_GHOST, read_row, write_rows
from desktop.models.tables import CURSOR, DEVICE_LOG, OUTBOX, SHADOW, OpState

# Built once: building a statement costs more than running it, and a visit runs a dozen.
_SCOPE_CURSOR = select(CURSOR.c.seq).where(CURSOR.c.scope == bindparam("scope"))
_OVER = (
    select(OUTBOX.c.state, OUTBOX.c.fields)
    .where(OUTBOX.c.row_id == bindparam("row"), OUTBOX.c.overlay)
    .order_by(OUTBOX.c.epoch, OUTBOX.c.dseq)
)
_GHOSTS = select(SHADOW.c.row_id).where(IS_GHOST)
_SHADOW = select(SHADOW.c.fields).where(SHADOW.c.row_id == bindparam("row"))
_NEWEST_LOG = select(DEVICE_LOG).order_by(DEVICE_LOG.c.epoch.desc()).limit(1)
_NEW_HEAD = update(DEVICE_LOG).where(DEVICE_LOG.c.epoch == bindparam("log"))


class Writer:
    """Writes rows and their ops as one user, within one transaction."""

    def __init__(self, connection: Connection, user_id: UUID, now: datetime) -> None:
        self._connection = connection
        self.user_id = user_id
        self.now = now
        self.changes = Changes()
        self._ops: list[Op] = []
        self._incarnation: str = get_meta(connection, Meta.INCARNATION, "")
        self._cursors: dict[str, int] = {}
        self._gathered: dict[str, dict[UUID, tuple[str, Fields]]] = {}

    @cached_property
    def _ghosts(self) -> frozenset[UUID]:
        return frozenset(self._connection.execute(_GHOSTS).scalars())

    @property
    def connection(self) -> Connection:
        """The transaction, with all rows in it that were given so far."""
        for name, rows in self._gathered.items():
            write_rows(self._connection, name, rows)
        self._gathered.clear()
        return self._connection

    def insert(self, record: Record) -> None:
        """Writes a new row. The record is validated again, so that nothing invalid is ever kept.

        Raises:
            pydantic.ValidationError: the record was filled with what it does not allow.
        """
        name = table_of(record).name
        columns = BY_NAME[name].record.model_validate(record.model_dump()).model_dump()
        flat = flatten(name, columns)
        self._gathered.setdefault(name, {})[record.id] = (record.scope, flat)
        self._capture(name, record.id, record.scope, flat)

    def update(
        self,
        name: str,
        row_id: UUID,
        fields: Fields,
        *,
        shown: Fields | None = None,
        stated: Collection[str] = (),
    ) -> bool:
        """Writes what differs from the row as it is; tells whether anything did.

        What only an op shows that was set aside differs, too: the province does not have it.

        Args:
            name: the row's table.
            row_id: its id.
            fields: what it is to say.
            shown: what it said to whoever writes. Where somebody has written since, what they left
                as it was stays as it is now, and of what they changed the op knows nobody's write.
            stated: fields that go into the op even if they say what was there.

        Raises:
            LookupError: there is no such row.
        """
        found = read_row(self.connection, name, row_id)
        if found is None:
            raise LookupError(f"{name} {row_id}")
        scope, flat = found
        foreseen = self.foreseen(row_id, flat)
        before = shown or {}
        unseen = {key for key, value in before.items() if flat.get(key) != value}
        changed = {
            key: value
            for key, value in fields.items()
            if key in stated or not flat.get(key) == value == foreseen.get(key)
            if not (key in unseen and value == before[key])
        }
        if not changed:
            return False
        self._keep_shadow(name, row_id, scope, flat)
        write_rows(self.connection, name, {row_id: (scope, flat | changed)})
        for is_seen in (True, False):
            part = {key: value for key, value in changed.items() if (key not in unseen) is is_seen}
            if part:
                self._capture(name, row_id, scope, part, is_seen=is_seen)
        return True

    def foreseen(self, row_id: UUID, flat: Fields) -> Fields:
        """A row, shown as `flat`, as the province will have it: with what waits, not what is set aside.

        One that the province does not have at all is what it is here.
        """
        over = self._ops_over(row_id)
        if all(state != OpState.QUARANTINED.value for state, _ in over):
            return flat
        told = self.connection.execute(_SHADOW, {"row": row_id}).scalar()
        if not told:
            return flat
        for state, fields in over:
            if state != OpState.QUARANTINED.value:
                told = told | fields
        return dict(told)

    def delete(self, name: str, row_id: UUID) -> bool:
        """Marks a row as deleted; its tombstone stays."""
        return self.update(name, row_id, {"deleted_at": format_time(self.now)})

    def finish(self) -> Changes:
        """Stamps the ops into the device log and refreshes what is derived from the rows."""
        if self._ops:
            head = current_log(self.connection)
            write_outbox(self.connection, head, [(op, None) for op in self._ops])
            refresh_derived(self.connection, self.changes)
            if self.changes.touches(["cadence"]):
                follow_rhythm(self.connection, to_wib(self.now).date())
            hand_over_drafts(self.connection, self.changes)
        return self.changes

    def _capture(
        self, name: str, row_id: UUID, scope: str, fields: Fields, *, is_seen: bool = True
    ) -> None:
        if not is_storable(fields):
            raise ValueError(f"{name}: a value that no database takes")
        at = int(self.now.timestamp() * 1000)
        is_seen = is_seen and not self._is_about_a_ghost(name, row_id, fields)
        base = self._cursor(scope) if is_seen else 0
        self._ops.append(Op(name, row_id, scope, base, self._incarnation, at, self.user_id, fields))
        self.changes.add(name, row_id)

    def _is_about_a_ghost(self, name: str, row_id: UUID, fields: Fields) -> bool:
        """Whether the province does not have the row here, or one that it belongs to or moves.

        Of a row that left, pages do not tell what was written last before it did: who writes about
        it knows nothing of that, however far the scope was read.
        """
        columns = ("subject_id",) if name == "state_move" else BY_NAME[name].parents
        owners = {UUID(str(fields[column])) for column in columns if fields.get(column)}
        return not self._ghosts.isdisjoint(owners | {row_id})

    def _cursor(self, scope: str) -> int:
        if scope not in self._cursors:
            found = self._connection.execute(_SCOPE_CURSOR, {"scope": scope}).scalar()
            self._cursors[scope] = found or 0
        return self._cursors[scope]

    def _ops_over(self, row_id: UUID) -> list[tuple[str, Fields]]:
        """What became of our ops over a row, and their fields, in their order."""
        written = self.connection.execute(_OVER, {"row": row_id})
        new = [(OpState.WAITING.value, op.fields) for op in self._ops if op.row_id == row_id]
        return [(op.state, op.fields) for op in written] + new

    def _keep_shadow(self, name: str, row_id: UUID, scope: str, flat: Fields) -> None:
        """Keeps the server's word on a row before the first op goes over it."""
        if self._ops_over(row_id):
            return
        shadow = insert(SHADOW).prefix_with("OR IGNORE")  # one that stays for us has an empty one
        self.connection.execute(
            shadow.values(row_id=row_id, table_name=name, scope=scope, fields=flat)
        )


def current_log(connection: Connection) -> LogHead:
    """Where this device's log stands."""
    row = connection.execute(_NEWEST_LOG).one()
    return LogHead(row.epoch, row.dseq, row.hash, row.key)


def write_outbox(
    connection: Connection,
    head: LogHead,
    ops: list[tuple[Op, bytes | None]],
) -> None:
    """Stamps ops after `head` and writes them to the outbox, and the log's new head with them.

    An op that was stamped before brings its salt, which keeps its digest.
    """
    rows = []
    last = head
    for (stamped, after), (_, kept) in zip(stamp(head, ops), ops, strict=True):
        op, last = stamped.op, after
        rows.append(
            {
                "epoch": head.epoch,
                "dseq": stamped.dseq,
                "table_name": op.table,
                "row_id": op.row_id,
                "scope": op.scope,
                "base": op.base,
                "incarnation": op.incarnation,
                "at": op.at,
                "user_id": op.user_id,
                "fields": op.fields,
                "salt": stamped.salt,
                "salt_kept": kept is not None,
                "digest": stamped.digest,
                "hash": stamped.hash,
                "state": OpState.WAITING.value,
                "overlay": True,
            }
        )
    connection.execute(insert(OUTBOX), rows)
    connection.execute(
        _NEW_HEAD,
        {"log": head.epoch, "dseq": last.dseq, "hash": last.hash, "key": last.key},
    )
