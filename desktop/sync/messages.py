"""What laptop and province say to each other: where one stands, ops, outcomes, news. No bytes yet."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from desktop.models.ops import Op
from desktop.models.records.base import Fields, format_time
from desktop.models.records.people import Role

MOVED = "moved"
"""A field that the province writes when a row enters another scope: how often it has moved."""

SETTLEMENT = "0"
"""The table of a letter: what the office made of an op that had been set aside. No row is kept."""


class Outcome(StrEnum):
    """What became of an op."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"
    ANSWERED = "answered"


class Settled(StrEnum):
    """What the office made of an op that had been set aside."""

    RELEASED = "released"
    ANSWERED = "answered"


class QuarantineReason(StrEnum):
    """Why an op was set aside, to be looked at by the office."""

    USER_NOT_ENROLLED = "user_not_enrolled"
    SCOPE_NOT_GRANTED = "scope_not_granted"
    FORBIDDEN = "forbidden"
    FORBIDDEN_TRANSITION = "forbidden_transition"
    FORGED = "forged"
    INVALID = "invalid"
    INCOMPLETE = "incomplete"
    DEPENDS = "depends"
    UNKNOWN_TABLE = "unknown_table"
    WRONG_SCOPE = "wrong_scope"
    APPEND_ONLY = "append_only"


@dataclass(frozen=True)
class Standing:
    """Where a laptop stands: what its cursors are, and how far its log is known to be received.

    `captured` is the last op the laptop has made in this epoch; less than what the server has
    received means that its disk was put back to an earlier day. In a digest it is the last op that
    the server has once it has read the request: a clone that made none has another one.
    """

    incarnation: str = ""
    epoch: int = 1
    captured: int = 0
    cursors: Mapping[str, int] = field(default_factory=dict)
    grants: str = ""

    def digest(self) -> str:
        """Sixteen characters that stand for all of it."""
        content = [
            self.incarnation,
            self.epoch,
            self.captured,
            sorted(self.cursors.items()),
            self.grants,
        ]
        text = json.dumps(content, separators=(",", ":"))
        return base64.b64encode(hashlib.sha256(text.encode()).digest()[:12]).decode()


@dataclass(frozen=True)
class Origin:
    """How an epoch began: the seed of its ratchet, and where it left others, the nearest first.

    `parents` holds the epoch and last common op of its parent, of that one's parent, and so on: a
    province that was restored from a backup may not know any more that it told us to leave them.
    """

    seed: bytes
    parents: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Batch:
    """Consecutive ops of one device log. `prev` is the hash before the first.

    `origin` comes with the first op of an epoch. Each op comes with a salt where the ratchet does
    not give it.
    """

    epoch: int
    first: int
    prev: bytes
    ops: list[tuple[Op, bytes | None]]
    origin: Origin | None = None


@dataclass(frozen=True)
class Request:
    """What a laptop asks: either `digest` alone says where it stands, or `standing` in full.

    `now` is its clock in milliseconds; `room` the bytes of news that it wants in one answer;
    `kept_from` the first op of its log that it still has, and need not be told of; `told` the last
    one whose outcome it knows, where that is not the one before the batch. `paged` are scopes that it
    wants as pages, however long their logs are; None, if it wants no snapshots at all.
    """

    app: str
    now: int
    room: int
    kept_from: int = 1
    told: int | None = None
    digest: str | None = None
    standing: Standing | None = None
    batch: Batch | None = None
    paged: frozenset[str] | None = None


@dataclass(frozen=True)
class OpOutcome:
    """What became of one op; `seq` is its place in its scope's log."""

    dseq: int
    outcome: Outcome
    seq: int | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Fork:
    """The log left another one of the same device after `common`; go on in `epoch`."""

    common: int
    epoch: int


@dataclass(frozen=True)
class Entry:
    """One entry of a scope's log: what it did to a row.

    `own` begins the digest of an op that was written on the asking laptop, maybe in another epoch.
    """

    seq: int
    table: str
    row_id: UUID
    fields: Fields
    remove: bool = False
    own: bytes | None = None


@dataclass(frozen=True)
class Page:
    """A stretch of a scope's log, after `from_seq` up to `to_seq`; `head` is where it ends today.

    Entries that the asking log wrote itself, and that were applied as they were, are left out.
    """

    scope: str
    from_seq: int
    to_seq: int
    head: int
    entries: list[Entry]


@dataclass(frozen=True)
class Offer:
    """A scope to be fetched as a snapshot, instead of page by page: its head, and about how many bytes."""

    scope: str
    head: int
    size: int


@dataclass(frozen=True)
class Grant:
    """A scope granted; it covers every scope whose code begins with it."""

    scope: str
    role: str
    valid_from: str
    valid_to: str | None = None

    @classmethod
    def of_row(cls, row: Any) -> "Grant":
        """The grant in a row of either side's table."""
        until = None if row.valid_to is None else format_time(row.valid_to)
        return cls(row.scope, row.role, format_time(row.valid_from), until)

    def is_open(self, now: str) -> bool:
        """Whether a laptop is told of its scope at a time.

        None of a partner's is: they see what was referred to them, never a village.
        """
        is_partners = self.role == Role.PARTNER.value
        ended = self.valid_to is not None and self.valid_to <= now
        return self.valid_from <= now and not ended and not is_partners


@dataclass(frozen=True)
class Answer:
    """What the province answers. An answer without `incarnation` says: nothing has changed.

    `received` is the last op of the log that the province has; `durable` the last that is in a
    verified backup; `expected` the op it wants next, where the batch left a gap. `standing_wanted`:
    the digest did not tell it where the laptop stands. `fallen` gives, after a restored backup, each
    scope's last seq that the laptop and the province have in common. Of a scope in `offers` there are
    no pages.
    """

    incarnation: str = ""
    now: int = 0
    received: int | None = None
    durable: int = 0
    expected: int | None = None
    fork: Fork | None = None
    standing_wanted: bool = False
    outcomes: list[OpOutcome] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    grants: list[Grant] | None = None
    fallen: dict[str, int] | None = None
    more: bool = False


def mailbox(device_id: UUID) -> str:
    """The scope of a laptop's own letters: nobody else reads it."""
    return f"@{device_id}"


def is_mailbox(scope: str) -> bool:
    """Whether a scope holds letters, and no rows."""
    return scope.startswith("@")


def times_moved(fields: Fields) -> int:
    """How often a row has moved from one scope to another."""
    moved = fields.get(MOVED)
    return moved if isinstance(moved, int) else 0


def grants_digest(grants: list[Grant]) -> str:
    """Twelve characters that stand for a list of grants."""
    rows = sorted(
        [grant.scope, grant.role, grant.valid_from, grant.valid_to or ""] for grant in grants
    )
    content = json.dumps(rows, separators=(",", ":")).encode()
    return base64.b64encode(hashlib.sha256(content).digest()[:9]).decode()


def covers(granted: str, scope: str) -> bool:
    """Whether a grant of one scope covers another: itself, or what lies inside it."""
    return scope == granted or scope.startswith(f"{granted}.")
