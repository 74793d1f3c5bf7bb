"""Work off the window's thread: one queue for the store, one for photos and files, one for the network.

A task is a plain function. Its result, or what it raised, comes back on the window's thread, and
only if whoever asked is still there.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class _Return(QObject):
    """Carries a call from the worker's thread to the thread that it was made on."""

    came = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.came.connect(lambda call: call(), Qt.ConnectionType.QueuedConnection)


class Worker:
    """One thread that does one task after the other."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._return = _Return()
        self._open = 0

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 after the first window

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked has been answered."""
        return self._open == 0

    def run(
        self,
        owner: QObject,
        task: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> Future[T]:
        """Runs a task; then `done` or `failed`, on this thread, unless `owner` is gone by then."""
        self._open += 1

        def answer(future: Future[T]) -> None:
            self._open -= 1
            if future.cancelled() or not shiboken6.isValid(owner):
                return
            error = future.exception()
            if error is None:
                done(future.result())
            elif isinstance(error, Exception):
                failed(error)
            else:
                raise error

        came: SignalInstance = self._return.came
        running = self._pool.submit(task)
        running.add_done_callback(lambda future: came.emit(lambda: answer(future)))
        return running

    def stop(self) -> None:
        """Waits for the task under way, and takes no other."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def finish(self) -> None:
        """Does everything that was asked, and takes nothing more."""
        self._pool.shutdown(wait=True)
