"""The server as several processes: they share one socket, and know nothing that is not in PostgreSQL.

This process only watches: a worker that dies is started again. Each worker holds one end of a pipe;
when ours closes, because we end or died, it finishes the requests under way and ends as well.
"""

import logging
import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType

from server import logs, serving
from server.app import create_app
from server.settings import DatabasePlace, Listening

_LOG = logging.getLogger(__name__)
_BACKLOG = 2048
_SHORT_LIFE = 1.0
"""Seconds; a worker that lived shorter is followed after as long, not at once."""

_LAST_PATIENCE = 5
"""Seconds beyond those that requests under way are given."""


def serve(
    place: DatabasePlace,
    listening: Listening,
    on_listening: Callable[[int], None],
    until_stdin_closes: bool = False,
) -> None:
    """Serves with `listening.workers` processes until told to stop, as `serving.serve` is.

    Args:
        place: the database, which must be ready, and of PostgreSQL.
        listening: where and how.
        on_listening: called with the port once every worker accepts connections.
        until_stdin_closes: whether to watch standard input.

    Raises:
        SettingsFailure: the address cannot be had or the certificate cannot be used.
    """
    serving.refuse_unusable_certificate(listening)
    with serving.bind(listening) as bound:
        bound.listen(_BACKLOG)
        crew = _Crew(place, listening, bound, lambda: on_listening(int(bound.getsockname()[1])))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, crew.stop)
        if until_stdin_closes:
            threading.Thread(target=serving.watch_stdin, args=(crew.stop,), daemon=True).start()
        crew.run()


class _Worker:
    """One process, and our end of the pipe to it."""

    def __init__(
        self, number: int, place: DatabasePlace, listening: Listening, bound: socket.socket
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self.number = number
        self.is_ready = False
        self.started_at = time.monotonic()
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_work, args=(number, place, listening, bound, theirs)
        )
        self.process.start()
        theirs.close()

    def heard(self) -> None:
        """It said that it accepts connections; or it ended, which its process tells."""
        with suppress(EOFError, ConnectionError):
            self.pipe.recv()
        self.is_ready = True

    def end(self) -> None:
        """Waits for its end, which closing the pipe has begun."""
        self.process.join(serving.PATIENCE + _LAST_PATIENCE)
        if self.process.is_alive():
            _LOG.error("worker %d does not end and is killed", self.number)
            self.process.kill()
            self.process.join()


class _Crew:
    """All workers, watched over."""

    def __init__(
        self,
        place: DatabasePlace,
        listening: Listening,
        bound: socket.socket,
        on_listening: Callable[[], None],
    ) -> None:
        self._what = (place, listening, bound)
        self._count = listening.workers
        self._on_listening: Callable[[], None] | None = on_listening
        self._is_stopping = False
        self._woken, self._wake = multiprocessing.Pipe(duplex=False)

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Lets all end; may be called from anywhere, and more than once."""
        self._is_stopping = True
        self._wake.send_bytes(b"stop")

    def run(self) -> None:
        """Starts all, watches over them, and ends them when told to stop."""
        workers = [_Worker(number, *self._what) for number in range(1, self._count + 1)]
        try:
            while not self._is_stopping:
                self._watch(workers)
        finally:
            for worker in workers:
                worker.pipe.close()
            for worker in workers:
                worker.end()

    def _watch(self, workers: list[_Worker]) -> None:
        """Waits until something happens, and answers it."""
        unheard = [worker.pipe for worker in workers if not worker.is_ready]
        happened = wait([*_sentinels(workers), *unheard, self._woken])
        for worker in workers:
            if worker.pipe in happened:
                worker.heard()
        if self._on_listening and all(worker.is_ready for worker in workers):
            self._on_listening()
            self._on_listening = None
        for index, worker in enumerate(workers):
            if worker.process.sentinel in happened and not self._is_stopping:
                workers[index] = self._follow(worker)

    def _follow(self, dead: _Worker) -> _Worker:
        dead.process.join()
        dead.pipe.close()
        code = dead.process.exitcode
        _LOG.error("worker %d ended with %s; another is started", dead.number, code)
        if time.monotonic() - dead.started_at < _SHORT_LIFE:
            wait([self._woken], _SHORT_LIFE)
        return _Worker(dead.number, *self._what)


def _sentinels(workers: Iterable[_Worker]) -> list[int]:
    return [worker.process.sentinel for worker in workers]


def _work(
    number: int,
    place: DatabasePlace,
    listening: Listening,
    bound: socket.socket,
    pipe: "Connection[str, str]",
) -> None:
    """A worker's life, in its own process."""
    logs.configure(who=f"worker {number}: ")
    database = place.open()
    try:
        serving.run(
            create_app(database),
            listening,
            bound,
            on_listening=lambda: pipe.send("ready"),
            until=lambda: _until_closed(pipe),
        )
    finally:
        database.close()


def _until_closed(pipe: "Connection[str, str]") -> None:
    with suppress(EOFError, OSError):
        pipe.recv()
