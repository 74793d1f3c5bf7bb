"""A process that starts, says that it has painted, and ends: `python -m tests.benchmarks.start`.

It writes two lines: the moment at which it had painted, by the clock that all processes share,
and its resident memory in bytes. With `rest` it first comes to rest: syncing has begun, too.
"""

import sys
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


_REST_MS = 5_000

# ruff: noqa: PLC0415 - what is imported when is what is measured here


def main() -> None:
    """Starts what the first argument names."""
    STARTS[sys.argv[1]]()


def bare_window() -> None:
    """The least that Qt can do: one empty window."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from tests.benchmarks.painted import Painted

    app = QApplication([])
    window = QMainWindow()
    window.resize(1366, 768)
    Painted(window, lambda: True, lambda: _painted(window))
    window.show()
    app.exec()


def bare_window_and_sqlmodel() -> None:
    """The same, with the library of the records imported before it is shown."""
    import sqlmodel  # noqa: F401 its import is what is measured

    bare_window()


def first_window() -> None:
    """The program, until the side bar is painted."""
    from desktop.app import App
    from tests.benchmarks.painted import Painted

    class Watched(App):
        def start(self) -> None:
            super().start()
            Painted(self.window.side_bar, lambda: True, lambda: _painted(self.window))

    _open(Watched)


def home_page() -> None:
    """The program, until the home page is painted with what is to do."""
    from desktop.app import App
    from tests.benchmarks.painted import Painted

    class Watched(App):
        def start(self) -> None:
            super().start()
            self.window.stack.currentChanged.connect(self._watch_page)

        def _watch_page(self) -> None:
            from desktop.ui.pages.home.page import HomePage

            page = self.window.page or self.window.stack.currentWidget()
            if isinstance(page, HomePage):
                Painted(
                    page.table.viewport(),
                    lambda: bool(page.table.rows()),
                    lambda: _painted(self.window),
                )

    _open(Watched)


def _open(kind: type) -> None:
    """Runs the program by its own command, with an application that is watched."""
    from desktop import __main__, opening

    vars(opening)["App"] = kind
    __main__.main([])


def _painted(window: "QWidget") -> None:
    from PySide6.QtCore import QTimer

    print(perf_counter())
    QTimer.singleShot(_REST_MS if "rest" in sys.argv else 0, lambda: _end(window))


def _end(window: "QWidget") -> None:
    import psutil

    print(psutil.Process().memory_info().rss)
    window.close()


STARTS: dict[str, Callable[[], None]] = {
    "bare_window": bare_window,
    "bare_window_and_sqlmodel": bare_window_and_sqlmodel,
    "first_window": first_window,
    "home_page": home_page,
}

if __name__ == "__main__":
    main()
