"""How far a sync is: bytes gone, bytes left by the size of what went before, and how fast."""

from dataclasses import dataclass, field

from desktop.sync.download import Download
from desktop.sync.history import Traffic
from desktop.sync.messages import Page


@dataclass(frozen=True)
class Progress:
    """How far a sync is.

    Attributes:
        waiting: ops still waiting.
        received: entries received.
        bytes_up: bytes sent.
        bytes_down: bytes received.
        bytes_left: about how many are still to go, both ways; None while that cannot be told.
        seconds: how long the round trips took until now.
        download: how far the first download is, while there is one.
    """

    waiting: int
    received: int
    bytes_up: int
    bytes_down: int
    bytes_left: int | None = None
    seconds: float = 0.0
    download: Download | None = None

    @property
    def bytes_done(self) -> int:
        """Bytes gone, both ways."""
        return self.bytes_up + self.bytes_down

    @property
    def rate(self) -> float | None:
        """Bytes a second; None before the first round trip."""
        return self.bytes_done / self.seconds if self.seconds and self.bytes_done else None

    @property
    def seconds_left(self) -> float | None:
        """About how long it will still take; None while that cannot be told."""
        if self.bytes_left is None or self.rate is None:
            return None
        return self.bytes_left / self.rate


@dataclass
class Meter:
    """Learns from each round trip how large an op and an entry are, as they travel."""

    ops: int = 0
    entries: int = 0
    seconds: float = 0.0
    _ahead: dict[str, int] = field(default_factory=dict)

    def went(self, ops: int, pages: list[Page], seconds: float) -> None:
        """Notes a round trip: the ops that it carried, the pages that came, and how long it took."""
        self.ops += ops
        self.seconds += seconds
        for page in pages:
            self.entries += len(page.entries)
            self._ahead[page.scope] = page.head - page.to_seq

    def told(self, waiting: int, received: int, traffic: Traffic) -> Progress:
        """How far the sync is.

        Args:
            waiting: ops that still wait.
            received: entries that came in this sync.
            traffic: what travelled in this session.
        """
        up = _share(traffic.bytes_up, self.ops, waiting)
        down = _share(traffic.bytes_down, self.entries, sum(self._ahead.values()))
        left = None if up is None or down is None else up + down
        return Progress(waiting, received, traffic.bytes_up, traffic.bytes_down, left, self.seconds)


def _share(size: int, gone: int, left: int) -> int | None:
    """What `left` pieces will weigh if `gone` of them weighed `size`; None if none has gone yet."""
    if not left:
        return 0
    return size * left // gone if gone else None
