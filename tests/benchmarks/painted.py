"""Waiting for paint: what counts is what stands on the screen, not what was computed."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer

_PATIENCE_MS = 60_000


class Painted(QObject):
    """Calls `then` when a widget was painted while `when` held; once.

    Args:
        widget: what is watched.
        when: asked when painting begins.
        then: called when it has ended.
    """

    def __init__(
        self, widget: QObject, when: Callable[[], bool], then: Callable[[], object]
    ) -> None:
        super().__init__(widget)
        self._when, self._then = when, then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:  # noqa: N802 Qt's name
        """Looks on, and lets everything pass."""
        if event.type() == QEvent.Type.Paint and self._when():
            watched.removeEventFilter(self)
            first = Qt.EventPriority.HighEventPriority.value
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), first)
        return False

    def event(self, event: QEvent, /) -> bool:
        """Comes when the painting has ended, before anything else that waits."""
        if event.type() != QEvent.Type.User:
            return super().event(event)
        self._then()
        return True


class Settled(QObject):
    """Calls `then` when something was answered and whatever that changed is painted; once.

    Args:
        is_answered: asked every millisecond.
        then: called when nothing is left to be painted.
    """

    def __init__(self, is_answered: Callable[[], bool], then: Callable[[], object]) -> None:
        super().__init__()
        self._is_answered, self._then = is_answered, then
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def event(self, event: QEvent, /) -> bool:
        """Comes behind all layouts and paintings, whose events have a higher priority."""
        if event.type() != QEvent.Type.User:
            return super().event(event)
        self._then()
        return True

    def _look(self) -> None:
        if self._is_answered():
            self._timer.stop()
            last = Qt.EventPriority.LowEventPriority.value - 1
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), last)


def milliseconds_until_painted(act: Callable[[], object], is_answered: Callable[[], bool]) -> float:
    """Does something and waits until the answer to it is painted.

    Raises:
        TimeoutError: no answer came.
    """
    loop = QEventLoop()
    ended: list[float] = []

    def end() -> None:
        ended.append(perf_counter())
        loop.quit()

    patience = QTimer(singleShot=True, interval=_PATIENCE_MS)
    patience.timeout.connect(loop.quit)
    patience.start()
    begun = perf_counter()
    act()
    waiting = Settled(is_answered, end)
    loop.exec()
    waiting.deleteLater()
    if not ended:
        raise TimeoutError("no answer came")
    return (ended[0] - begun) * 1000
