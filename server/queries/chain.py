"""Device logs: is this batch the next stretch of a log we know, a replay, or a fork of it?

Every op of a log is either in a scope log or set aside, with its hash; so a replay is recognised op
by op, and a laptop whose disk was copied or put back is found out at its first different op.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, insert, select, update

from desktop.models.ops import LogHead, StampedOp, genesis, stamp
from desktop.sync.messages import Batch, Fork, OpOutcome, Origin, Outcome
from server.queries.rows import among, chunks
from server.tables import ASIDE, DEVICE, DEVICE_EPOCH, LOG

_RECEIVED = select(DEVICE_EPOCH.c.dseq, DEVICE_EPOCH.c.durable_dseq).where(
    DEVICE_EPOCH.c.device_id == bindparam("device"), DEVICE_EPOCH.c.epoch == bindparam("log")
)


@dataclass(frozen=True)
class Received:
    """What a batch turned out to be.

    Attributes:
        fresh: ops not received before, in order.
        head: where the log stands once they are taken.
        replayed: outcomes of the ops that had been received before.
        expected: the op wanted next, if there is a gap or another past; then nothing is taken.
        fork: where the log left ours, if it did; then nothing fresh is taken.
    """

    fresh: list[StampedOp] = field(default_factory=list)
    head: LogHead | None = None
    replayed: list[OpOutcome] = field(default_factory=list)
    expected: int | None = None
    fork: Fork | None = None


def receive(connection: Connection, device_id: UUID, batch: Batch) -> Received:
    """Compares a batch with the log that it claims to continue. The device must be locked."""
    head = _head(connection, device_id, batch)
    if head is None or batch.first > head.dseq + 1:
        return Received(expected=1 if head is None else head.dseq + 1)
    known = _received_ops(connection, device_id, batch)
    if batch.prev != _hash_before(head, known, device_id, batch):
        return Received(expected=1)  # it left ours somewhere before: let us see where
    replayed, split = _replayed(batch, known)
    if split is not None:
        common = batch.first + split - 1
        return Received(
            replayed=replayed, fork=begin_fork(connection, device_id, batch.epoch, common)
        )
    if batch.ops[len(replayed) :] and batch.first + len(replayed) != head.dseq + 1:
        return Received(expected=head.dseq + 1)
    fresh: list[StampedOp] = []
    for stamped, after in stamp(head, batch.ops[len(replayed) :]):
        fresh.append(stamped)
        head = after
    return Received(fresh=fresh, head=head, replayed=replayed)


def advance(connection: Connection, device_id: UUID, head: LogHead) -> None:
    """Notes where a log stands now."""
    connection.execute(
        update(DEVICE_EPOCH)
        .where(DEVICE_EPOCH.c.device_id == device_id, DEVICE_EPOCH.c.epoch == head.epoch)
        .values(dseq=head.dseq, hash=head.hash, key=head.key)
    )


def received_through(connection: Connection, device_id: UUID, epoch: int) -> tuple[int, int]:
    """The last op received of a log, and the last that is in a verified backup."""
    row = connection.execute(_RECEIVED, {"device": device_id, "log": epoch}).first()
    return (0, 0) if row is None else (row.dseq, row.durable_dseq)


def is_known(connection: Connection, device_id: UUID, epoch: int) -> bool:
    """Whether an epoch was begun here, or called for by us."""
    given = {"device": device_id, "log": epoch}
    return connection.execute(_RECEIVED, given).first() is not None


def begin_fork(connection: Connection, device_id: UUID, parent: int, common: int) -> Fork:
    """A new epoch for a log that left its parent after op `common`.

    Its number is drawn, so that it is none that we gave before a restore made us forget it.
    """
    newest = select(func.max(DEVICE_EPOCH.c.epoch)).where(DEVICE_EPOCH.c.device_id == device_id)
    after = max(connection.execute(newest).scalar() or 0, parent)
    epoch = after + 1 + int.from_bytes(secrets.token_bytes(2))
    _add_epoch(connection, device_id, epoch, b"", (parent, common))
    return Fork(common, epoch)


class Ancestry:
    """Which ops lie in a log's own past: its epoch, and its parents up to where it left them.

    Two copies of a disk may have one op in common that each of them stamped again: it is in the past of
    both, though it stands in the log of the one that came first.
    """

    def __init__(
        self, connection: Connection, device_id: UUID, epoch: int, through: int | None = None
    ) -> None:
        rows = connection.execute(select(DEVICE_EPOCH).where(DEVICE_EPOCH.c.device_id == device_id))
        parents = {row.epoch: (row.parent_epoch, row.parent_dseq) for row in rows}
        self.has_others = len(parents) > 1
        """Whether the device has other logs, too: only then an op of this one may be known from there."""

        self._connection = connection
        self._again: set[bytes] = set()
        self._device_id = device_id
        self._through: dict[int, int | None] = {epoch: through}
        while parents.get(epoch, (None,))[0] not in (None, *self._through):
            epoch, through = parents[epoch]
            self._through[epoch] = through

    def note_again(self, digest: bytes) -> None:
        """Notes an op of this log that stands in another one."""
        self._again.add(digest)

    def has(
        self, device_id: UUID, epoch: int | None, dseq: int | None, digest: bytes | None
    ) -> bool:
        """Whether the op at this place, or the same one stamped elsewhere, is in the log's own past."""
        if device_id != self._device_id or dseq is None or digest is None:
            return False
        return self._is_past(epoch, dseq) or digest in self._again or self._came_again(digest)

    def _is_past(self, epoch: int | None, dseq: int) -> bool:
        if epoch not in self._through:
            return False
        through = self._through[epoch]
        return through is None or dseq <= through

    def _came_again(self, digest: bytes) -> bool:
        query = select(ASIDE.c.epoch, ASIDE.c.dseq).where(
            ASIDE.c.digest == digest,
            ASIDE.c.device_id == self._device_id,
            ASIDE.c.outcome == Outcome.DUPLICATE.value,
        )
        return any(self._is_past(row.epoch, row.dseq) for row in self._connection.execute(query))


def _head(connection: Connection, device_id: UUID, batch: Batch) -> LogHead | None:
    """Where the batch's log stands here; None if it cannot be begun with this batch."""
    query = select(DEVICE_EPOCH).where(
        DEVICE_EPOCH.c.device_id == device_id, DEVICE_EPOCH.c.epoch == batch.epoch
    )
    row = connection.execute(query).first()
    if row is not None and row.key:
        return LogHead(row.epoch, row.dseq, row.hash, row.key)
    if batch.origin is None or batch.first != 1:
        return None
    _note_lineage(connection, device_id, batch.epoch, batch.origin)
    return LogHead.fresh(device_id, batch.epoch, batch.origin.seed)


def _note_lineage(connection: Connection, device_id: UUID, epoch: int, origin: Origin) -> None:
    """Begins an epoch as its laptop tells of it, and those between it and the ones we know.

    If we called for it, that was by how many ops the laptop had, seen or not: it may have left its
    parent before.
    """
    of_device = DEVICE_EPOCH.c.device_id == device_id
    query = select(DEVICE_EPOCH.c.epoch, DEVICE_EPOCH.c.key).where(of_device)
    known = {row.epoch: row.key for row in connection.execute(query)}
    epochs = (epoch, *(parent for parent, _ in origin.parents))
    if len(set(epochs)) < len(epochs):  # nobody is their own parent
        origin = Origin(origin.seed)
    key = origin.seed
    for one, parent in zip(epochs, (*origin.parents, None), strict=False):
        if one not in known:
            _add_epoch(connection, device_id, one, key, parent)
        elif not known[one] and parent is not None:
            left = {"parent_epoch": parent[0], "parent_dseq": parent[1]}
            place = (of_device, DEVICE_EPOCH.c.epoch == one)
            connection.execute(update(DEVICE_EPOCH).where(*place).values(**left))
        key = b""


def _add_epoch(
    connection: Connection,
    device_id: UUID,
    epoch: int,
    key: bytes,
    parent: tuple[int, int] | None,
) -> None:
    parent_epoch, parent_dseq = parent or (None, None)
    connection.execute(
        insert(DEVICE_EPOCH).values(
            device_id=device_id,
            epoch=epoch,
            dseq=0,
            durable_dseq=0,
            hash=genesis(device_id, epoch),
            key=key,
            parent_epoch=parent_epoch,
            parent_dseq=parent_dseq,
        )
    )
    connection.execute(
        update(DEVICE).where(DEVICE.c.id == device_id, DEVICE.c.epoch < epoch).values(epoch=epoch)
    )


def _received_ops(connection: Connection, device_id: UUID, batch: Batch) -> Mapping[int, Any]:
    """Place in the log -> row, of what was received from one before the batch to its end."""
    found: dict[int, Any] = {}
    for table in (ASIDE, LOG):  # in this order: an op that is released moves from one to the other
        rows = connection.execute(
            select(table).where(
                table.c.device_id == device_id,
                table.c.epoch == batch.epoch,
                table.c.dseq.between(batch.first - 1, batch.first + len(batch.ops) - 1),
            )
        )
        found.update({row.dseq: row for row in rows})
    return found


def _hash_before(
    head: LogHead, known: Mapping[int, Any], device_id: UUID, batch: Batch
) -> bytes | None:
    if batch.first == 1:
        return genesis(device_id, batch.epoch)
    if batch.first == head.dseq + 1:
        return head.hash
    row = known.get(batch.first - 1)
    return None if row is None else bytes(row.hash)


def _replayed(batch: Batch, known: Mapping[int, Any]) -> tuple[list[OpOutcome], int | None]:
    """Outcomes of the ops that we have, and the index of the first that is not the one we have."""
    outcomes: list[OpOutcome] = []
    chained = batch.prev
    for index, (op, _) in enumerate(batch.ops):
        row = known.get(batch.first + index)
        if row is None:
            break
        chained = hashlib.sha256(chained + op.digest(bytes(row.salt))).digest()
        if chained != bytes(row.hash):
            return outcomes, index
        outcomes.append(_outcome_again(row))
    return outcomes, None


def _outcome_again(row: Any) -> OpOutcome:
    columns = row._mapping  # noqa: SLF001 the documented way to a row's names
    if "seq" in columns:
        return OpOutcome(row.dseq, Outcome.APPLIED, row.seq)
    if row.outcome == Outcome.DUPLICATE:
        return OpOutcome(row.dseq, Outcome.DUPLICATE, int(row.detail))
    if row.outcome == Outcome.ANSWERED:
        return OpOutcome(row.dseq, Outcome.ANSWERED, None, row.note)
    return OpOutcome(row.dseq, Outcome.QUARANTINED, None, row.reason)


def digests_in_log(connection: Connection, ops: Iterable[StampedOp]) -> dict[bytes, int]:
    """Digest -> seq of the ops that a log holds already, stamped in another epoch."""
    found: dict[bytes, int] = {}
    for some in chunks(stamped.digest for stamped in ops):
        held = among(connection, LOG.c.digest, some)
        query = select(LOG.c.digest, LOG.c.seq).where(held)
        found.update({bytes(row.digest): row.seq for row in connection.execute(query)})
    return found
