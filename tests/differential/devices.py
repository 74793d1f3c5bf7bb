"""A laptop as the province knows it: a device log that grows, forks and is sent in any stretch."""

from dataclasses import dataclass, field
from uuid import UUID

from desktop.models.ops import LogHead, Op, StampedOp, genesis, stamp
from desktop.sync.messages import (
    Answer,
    Batch,
    Fork,
    Grant,
    Origin,
    Request,
    Standing,
    grants_digest,
)

_APP = "0.1.0"


@dataclass
class Device:
    """One device log and what its laptop would know, without a store.

    Attributes:
        ops: the newest epoch, whole; each with whether its salt travels.
        heads: where the log stood before the first op, and after each.
        cursors: how far each scope was fetched.
    """

    device_id: UUID
    user_id: UUID
    seed: bytes
    epoch: int = 1
    parents: tuple[tuple[int, int], ...] = ()
    ops: list[tuple[StampedOp, bool]] = field(default_factory=list)
    heads: list[LogHead] = field(default_factory=list)
    incarnation: str = ""
    cursors: dict[str, int] = field(default_factory=dict)
    grants: list[Grant] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.heads = [LogHead.fresh(self.device_id, self.epoch, self.seed)]

    def write(self, op: Op, salt: bytes | None = None) -> None:
        """Appends an op."""
        for stamped, head in stamp(self.heads[-1], [(op, salt)]):
            self.ops.append((stamped, salt is not None))
            self.heads.append(head)

    def put_back(self, count: int) -> None:
        """Forgets its last ops, as a disk does that was put back."""
        kept = max(len(self.ops) - count, 0)
        del self.ops[kept:]
        del self.heads[kept + 1 :]

    def request(self, now: int, room: int, *, stretch: tuple[int, int], in_full: bool) -> Request:
        """What it asks; `stretch` is the first op that it sends, and how many."""
        standing = Standing(
            self.incarnation,
            self.epoch,
            len(self.ops),
            dict(self.cursors),
            grants_digest(self.grants) if self.grants else "",
        )
        return Request(
            app=_APP,
            now=now,
            room=room,
            digest=None if in_full else standing.digest(),
            standing=standing if in_full else None,
            batch=self._batch(*stretch),
        )

    def hear(self, answer: Answer) -> None:
        """Takes what the province answered."""
        if answer.fallen is not None:
            self.cursors = dict.fromkeys(self.cursors, 0)
        if answer.incarnation and not answer.standing_wanted:
            self.incarnation = answer.incarnation
        if answer.grants is not None:
            self.grants = answer.grants
        for page in answer.pages:
            if page.from_seq == self.cursors.get(page.scope, 0):
                self.cursors[page.scope] = page.to_seq
        if answer.fork is not None:
            self._leave(answer.fork)

    def _batch(self, first: int, count: int) -> Batch | None:
        if count == 0:
            return None
        sent = self.ops[first - 1 : first - 1 + count]
        before = self.heads[min(first - 1, len(self.ops))].hash
        return Batch(
            self.epoch,
            first,
            genesis(self.device_id, self.epoch) if first == 1 else before,
            [(one.op, one.salt if travels else None) for one, travels in sent],
            Origin(self.seed, self.parents) if first == 1 else None,
        )

    def _leave(self, fork: Fork) -> None:
        """Goes on in a log of its own, with what came after the last common op."""
        later = [stamped for stamped, _ in self.ops[fork.common :]]
        self.parents = ((self.epoch, fork.common), *self.parents)
        self.epoch, self.seed = fork.epoch, bytes([fork.epoch % 256]) * 32
        self.ops, self.heads = [], [LogHead.fresh(self.device_id, self.epoch, self.seed)]
        for stamped in later:
            self.write(stamped.op, stamped.salt)
