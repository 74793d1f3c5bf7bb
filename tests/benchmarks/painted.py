"""Waiting for paint: what counts is what stands on the screen, not what was computed."""

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer

_PATIENCE_MS = 60_000


class Painted(QObject):
    """Calls `then` when a widget was painted while `when` held; once.

    Args:
        widget: what is watched.
        kind: `Paint` of the widget itself, or `UpdateRequest` of a window: all that was asked to
            be painted is, in one go.
        when: asked when painting begins.
        then: called when it has ended.
    """

    def __init__(
        self,
        widget: QObject,
        kind: QEvent.Type,
        when: Callable[[], bool],
        then: Callable[[], object],
    ) -> None:
        super().__init__(widget)
        self._kind, self._when, self._then = kind, when, then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:  # noqa: N802 Qt's name
        """Looks on, and lets everything pass."""
        if event.type() == self._kind and self._when():
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


def milliseconds_until_painted(
    window: QObject, act: Callable[[], object], is_answered: Callable[[], bool]
) -> float:
    """Does something and waits until the window was painted with the answer to it.

    Raises:
        TimeoutError: nothing was painted.
    """
    loop = QEventLoop()
    ended: list[float] = []

    def end() -> None:
        ended.append(perf_counter())
        loop.quit()

    watcher = Painted(window, QEvent.Type.UpdateRequest, is_answered, end)
    timer = QTimer(singleShot=True, interval=_PATIENCE_MS)
    timer.timeout.connect(loop.quit)
    timer.start()
    begun = perf_counter()
    act()
    loop.exec()
    watcher.deleteLater()
    if not ended:
        raise TimeoutError("nothing was painted")
    return (ended[0] - begun) * 1000
