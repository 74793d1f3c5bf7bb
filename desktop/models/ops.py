"""An op (one change of one row), its canonical bytes, and the chain that a device's ops form.

Laptop and server both compute these digests, so this module decides what an op *is*:

* `digest = SHA256(salt || canonical bytes)` is the op's immutable capture id. It does not depend
  on the op's place in a chain, so an op that is stamped again after a fork keeps it.
* `hash[n] = SHA256(hash[n-1] || digest[n])` chains the ops of one (device, epoch).
* Salts come from a one-way ratchet that is seeded once an epoch, so they cost nothing on the wire;
  because a salt can be forgotten with its op's value, a value can be erased by law and the chain
  still be checked.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from desktop.models.records.base import Fields
from desktop.models.records.catalogue import number_of


@dataclass(frozen=True)
class Op:
    """One change of one row.

    Attributes:
        table: name of a synced table.
        row_id: the row.
        scope: the scope that the row was in when it was written.
        base: the scope's seq that the writer had pulled; 0 if nothing.
        incarnation: the server incarnation that `base` counts in; "" if nothing was pulled.
        at: client clock, milliseconds since 1970 UTC.
        user_id: who wrote.
        fields: field -> new value; map entries as `column.key`; a delete sets `deleted_at`.
    """

    table: str
    row_id: UUID
    scope: str
    base: int
    incarnation: str
    at: int
    user_id: UUID
    fields: Fields = field(hash=False)

    @cached_property
    def canonical(self) -> bytes:
        """The bytes that are digested: JSON with sorted keys and no spaces."""
        content = [
            number_of(self.table),
            self.row_id.hex,
            self.scope,
            self.base,
            self.incarnation,
            self.at,
            self.user_id.hex,
            self.fields,
        ]
        return json.dumps(
            content, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        ).encode()

    def digest(self, salt: bytes) -> bytes:
        """The capture id: 32 bytes that name this op and nothing else."""
        return hashlib.sha256(salt + self.canonical).digest()


@dataclass(frozen=True, slots=True)
class StampedOp:
    """An op with its place in a device log.

    `salt` is None where the epoch's ratchet gives it, and bytes where the op was stamped before.
    """

    dseq: int
    op: Op
    salt: bytes
    digest: bytes
    hash: bytes


def new_seed() -> bytes:
    """A fresh ratchet for an epoch."""
    return secrets.token_bytes(32)


def genesis(device_id: UUID, epoch: int) -> bytes:
    """The hash before the first op of an epoch."""
    return hashlib.sha256(b"berdaya log" + device_id.bytes + epoch.to_bytes(4)).digest()


def ratchet(key: bytes) -> tuple[bytes, bytes]:
    """A salt of 16 bytes and the next key; neither tells the key it came from."""
    salt = hashlib.sha256(b"salt" + key).digest()[:16]
    return salt, hashlib.sha256(b"next" + key).digest()


@dataclass(frozen=True, slots=True)
class LogHead:
    """Where a device log stands: its last op, and the key of the next salt."""

    epoch: int
    dseq: int
    hash: bytes
    key: bytes

    @classmethod
    def fresh(cls, device_id: UUID, epoch: int, seed: bytes) -> "LogHead":
        """An empty log."""
        return cls(epoch, 0, genesis(device_id, epoch), seed)


def stamp(
    head: LogHead, ops: Iterable[tuple[Op, bytes | None]]
) -> Iterator[tuple[StampedOp, LogHead]]:
    """Gives each op its place after `head`; a given salt is kept, else the ratchet makes one.

    The ratchet turns for every op, kept salt or not, so that both sides stay in step.
    """
    for op, kept_salt in ops:
        fresh_salt, key = ratchet(head.key)
        salt = kept_salt or fresh_salt
        digest = op.digest(salt)
        chained = hashlib.sha256(head.hash + digest).digest()
        head = LogHead(head.epoch, head.dseq + 1, chained, key)
        yield StampedOp(head.dseq, op, salt, digest, chained), head
