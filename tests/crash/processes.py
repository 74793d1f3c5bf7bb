"""Processes forked from a warmed-up one: they tell by a pipe what they do, and can be killed any time.

A fork has everything imported and nothing open, so a life costs a few milliseconds and not the start
of an interpreter. What is told goes out unbuffered, line by line; a line that the kill cut is none.
"""

import ctypes
import fcntl
import json
import os
import pickle
import select
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from typing import Any, TypeVar

_PIPE_BYTES = 1 << 20
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG

Line = dict[str, Any]
Result = TypeVar("Result")


class Teller:
    """The end of the pipe on which a child says what it does."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def tell(self, **line: Any) -> None:
        """Says one line; it is out when this returns."""
        content = json.dumps(line).encode() + b"\n"
        while content:
            content = content[os.write(self._descriptor, content) :]


class Child:
    """A process of ours that does one thing and tells of it."""

    def __init__(self, pid: int, descriptor: int) -> None:
        self.pid = pid
        self.descriptor = descriptor
        self.lines: list[Line] = []
        self._rest = b""
        self.is_gone = False
        """Whether it has ended and nothing more will be heard."""

    @classmethod
    def start(cls, work: Callable[[Teller], None], *, tidies_up: bool = False) -> "Child":
        """Forks, and lets the fork do the work; what it raises, it tells as `broke`.

        It dies when we do: at once, or, if it `tidies_up`, after it has closed what it had opened.
        """
        reading, writing = os.pipe()
        fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _end_with_parent(tidies_up=tidies_up)
            _work_and_end(work, Teller(writing))
        os.close(writing)
        os.set_blocking(reading, False)
        return cls(pid, reading)

    def hear(self, seconds: float = 0.0) -> bool:
        """Takes what was told, waiting so long for the first of it; False once nothing more comes."""
        readable, _, _ = select.select([self.descriptor], [], [], seconds)
        while readable:
            try:
                content = os.read(self.descriptor, _PIPE_BYTES)
            except BlockingIOError:
                return True
            if not content:
                return False
            *whole, self._rest = (self._rest + content).split(b"\n")
            self.lines += [json.loads(line) for line in whole]
        return True

    def freeze(self) -> bool:
        """Stops it where it is; False if it had ended by itself."""
        os.kill(self.pid, signal.SIGSTOP)
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        self.is_gone = not os.WIFSTOPPED(status)
        return not self.is_gone

    def thaw(self) -> None:
        """Lets it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """Kills it, frozen or not, and takes what it had told by then."""
        if not self.is_gone:
            os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def end(self) -> None:
        """Tells it to end, and waits until it has."""
        os.kill(self.pid, signal.SIGTERM)
        self.wait()

    def wait(self) -> None:
        """Waits for its end, hearing all that it tells."""
        while self.hear(1.0):
            pass
        os.close(self.descriptor)
        if not self.is_gone:
            os.waitpid(self.pid, 0)
            self.is_gone = True

    @property
    def broke(self) -> str | None:
        """What it raised, if it did."""
        return next((line["broke"] for line in self.lines if "broke" in line), None)


class BrokenChildError(RuntimeError):
    """A child raised; its traceback is the message."""


def result_of(work: Callable[..., Result], *arguments: Any) -> Result:
    """What a function returns in a process of its own, so that nothing stays open in this one.

    Raises:
        BrokenChildError: it raised.
    """
    (result,) = side_by_side([(work, arguments)], 1)
    return result


def side_by_side(
    tasks: Iterable[tuple[Callable[..., Result], tuple[Any, ...]]], at_once: int
) -> Generator[Result, None, None]:
    """The results of tasks as they come, each in a process of its own, so many at a time.

    Raises:
        BrokenChildError: one raised.
    """
    waiting, running = deque(tasks), list[Child]()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                work, arguments = waiting.popleft()
                running.append(Child.start(_telling_result(work, arguments), tidies_up=True))
            ready, _, _ = select.select([child.descriptor for child in running], [], [])
            for child in [one for one in running if one.descriptor in ready]:
                if not child.hear():
                    running.remove(child)
                    yield _result(child)
    finally:
        for child in running:
            child.end()


def _telling_result(
    work: Callable[..., Any], arguments: tuple[Any, ...]
) -> Callable[[Teller], None]:
    def run(teller: Teller) -> None:
        teller.tell(result=pickle.dumps(work(*arguments)).hex())

    return run


def _result(child: Child) -> Any:
    child.wait()
    for line in child.lines:
        if "result" in line:
            return pickle.loads(bytes.fromhex(line["result"]))  # noqa: S301 our own process wrote it
    raise BrokenChildError(child.broke or "it was killed")


def _end_with_parent(*, tidies_up: bool) -> None:
    def unwind(_signal: int, _frame: object) -> None:
        sys.exit(1)

    signal.signal(signal.SIGTERM, unwind if tidies_up else signal.SIG_DFL)
    ending = signal.SIGTERM if tidies_up else signal.SIGKILL
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, ending)


def _work_and_end(work: Callable[[Teller], None], teller: Teller) -> None:
    """What a fork does from its first moment to its last; it never returns to what it was forked in."""
    status = 0
    try:
        work(teller)
    except BaseException:  # noqa: BLE001 whatever it is, the parent must hear of it
        status = 1
        with suppress(OSError):  # the parent hears no more: it has gone
            teller.tell(broke=traceback.format_exc())
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
