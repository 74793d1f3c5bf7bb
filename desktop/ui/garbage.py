"""Python's cycle collector, on the window's thread only.

It may otherwise run on a worker's thread, find widgets in a cycle, and destroy them there; Qt
crashes on that. Objects without cycles are freed at once, as always.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 1_000


class Garbage(QObject):
    """Collects cycles now and then, when as many objects have gathered as Python itself waits for.

    Args:
        parent: lives as long as this does.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_INTERVAL_MS)

    def stop(self) -> None:
        """Lets Python collect by itself again: no other thread is left."""
        self._timer.stop()
        gc.enable()

    @staticmethod
    def collect() -> None:
        """Collects the oldest generation that is due, and the younger ones with it."""
        counts, limits = gc.get_count(), gc.get_threshold()
        ages = enumerate(zip(counts, limits, strict=True))
        due = max((age for age, (count, limit) in ages if count > limit), default=None)
        if due is not None:
            gc.collect(due)
