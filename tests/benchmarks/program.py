"""The whole program in this process, without a screen, as a benchmark drives it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from desktop.app import App
from desktop.paths import Paths
from tests.benchmarks.painted import milliseconds_until_painted

_PATIENCE_MS = 120_000


class Program:
    """A running program: acts on it, and waits until it has painted the answer."""

    def __init__(self, app: App) -> None:
        self.app = app

    def do(self, act: Callable[[], object]) -> float:
        """Does something that the store answers; milliseconds until the answer is painted."""
        return milliseconds_until_painted(act, lambda: self.app.desk.database.is_idle)

    def go(self, page: str, **shown: Any) -> float:
        """Goes to a page; milliseconds until it is painted with what it shows."""
        return self.do(lambda: self.app.desk.go(page, **shown))


@contextmanager
def running(home: Path) -> Iterator[Program]:
    """The program, opened on the data in a folder."""
    app = App(Paths.inside(home))
    program = Program(app)
    loop = QEventLoop()
    app.desk.went.connect(loop.quit)
    patience = QTimer(singleShot=True, interval=_PATIENCE_MS)
    patience.timeout.connect(loop.quit)
    patience.start()
    app.start()
    loop.exec()
    if app.connection is None:
        raise TimeoutError("the store was not opened")
    app.connection.stop()  # nothing is synced meanwhile
    try:
        yield program
    finally:
        app.window.close()
        app.stop()
        QApplication.processEvents()


class Statements:
    """The SQL that ran while it listened, in order, with its parameters."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any, bool]] = []

    def of(self, *words: str) -> list[tuple[str, Any, bool]]:
        """Those that begin with one of these words."""
        return [heard for heard in self.heard if heard[0].startswith(words)]

    @contextmanager
    def listening(self, engine: Any) -> Iterator[None]:
        """Hears what the engine's connections execute."""

        def hear(
            _connection: object,
            _cursor: object,
            statement: str,
            parameters: Any,
            _context: object,
            many: bool,
        ) -> None:
            self.heard.append((statement, parameters, many))

        event.listen(engine, "before_cursor_execute", hear)
        try:
            yield
        finally:
            event.remove(engine, "before_cursor_execute", hear)
