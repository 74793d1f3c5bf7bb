"""What truly happened, noted by the simulation itself and never by the code under test.

Each physical disk has a past: the ops captured on it, in order. A copy of the disk has the same
past up to the copy. Whether two writes knew of each other is decided from this, not from epochs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Captured:
    """An op as it was captured: by whom, when (true milliseconds), how wrong the clock was."""

    digest: bytes
    user_id: UUID
    table: str
    row_id: UUID
    scope: str
    fields: dict[str, object]
    at: int
    skew: int
    past: "Past"
    place: int
    shown: Mapping[str, object] | None
    """What the form said in which it was written; None where none was left open."""


class Past:
    """The ops captured on one disk, in order."""

    def __init__(self, before: "Past | None" = None) -> None:
        self._places: dict[bytes, int] = {} if before is None else dict(before._places)

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._places

    def __len__(self) -> int:
        return len(self._places)

    def add(self, digest: bytes) -> int:
        """Notes an op; returns its place."""
        return self._places.setdefault(digest, len(self._places))

    def has_before(self, digest: bytes, place: int) -> bool:
        """Whether an op was captured on this disk before the one at `place`."""
        return self._places.get(digest, place) < place


@dataclass
class History:
    """All ops ever captured, and the lives of the province's database."""

    captured: dict[bytes, Captured] = field(default_factory=dict)
    lost: set[bytes] = field(default_factory=set)
    """Captured on a disk that was put back to an earlier day: they may be nowhere."""

    lives: list[tuple[str, dict[str, int]]] = field(default_factory=list)
    """Name of each incarnation that the database remembers, with the heads it began with.

    One that began after the backup which was restored is forgotten, and what counts in it with it.
    """

    ends: dict[str, set[int]] = field(default_factory=dict)
    """Scope -> where its log ended after each commit, in what the province knows of its past."""

    was_restored: bool = False
    """Whether the province ever lost what it had."""

    def note_ends(self, heads: Mapping[str, int]) -> None:
        """The province committed: its logs end here now; what came after, it never had."""
        for scope, head in heads.items():
            self.ends.setdefault(scope, {0}).add(head)
        for scope, ends in self.ends.items():
            ends -= {end for end in ends if end > heads.get(scope, 0)}

    def knew(self, later: bytes, earlier: bytes | None) -> bool:
        """Whether the author's disk held the earlier op when the later one was captured."""
        one = self.captured.get(later)
        return one is not None and earlier is not None and one.past.has_before(earlier, one.place)

    def had_written(self, op: Captured, name: str, value: object) -> bool:
        """Whether this value of its field was captured before the op, on its author's disk."""
        return any(
            (one.row_id, one.fields.get(name, self)) == (op.row_id, value)
            and op.past.has_before(one.digest, op.place)
            for one in self.captured.values()
        )

    def common(self, incarnation: str, scope: str, seq: int) -> int:
        """A seq of an incarnation as one of today's log: what came after a restore is unknown."""
        names = [name for name, _ in self.lives]
        if incarnation not in names:
            return 0
        later = self.lives[names.index(incarnation) + 1 :]
        return min([seq, *(heads.get(scope, 0) for _, heads in later)])
