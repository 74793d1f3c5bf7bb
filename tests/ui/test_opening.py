"""Opening the program: once for each data folder; a second start brings the first one forward."""

import subprocess
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import App
from desktop.models.records.base import utc_now
from desktop.opening import bring_forward, listen, open_program
from desktop.paths import HOME_VARIABLE, Paths
from desktop.ui.page import Page
from desktop.ui.pages.trouble.page import TroublePage
from desktop.ui.pages.welcome.page import WelcomePage
from tests.ui.pages.conftest import wait_until


def test_a_second_start_brings_the_window_forward(app: QApplication, tmp_path: Path) -> None:
    del app
    paths = Paths.inside(tmp_path)
    first = App(paths)
    first.start()
    wait_until(lambda: first.window.page is not None)
    door = listen(first)
    first.window.showMinimized()

    assert bring_forward(paths)
    wait_until(lambda: not first.window.isMinimized())

    door.close()
    first.window.close()
    first.stop()


def test_a_second_start_ends_at_once(app: QApplication, tmp_path: Path) -> None:
    del app
    paths = Paths.inside(tmp_path)
    lock = QLockFile(str(paths.lock))
    assert lock.tryLock(0)
    assert open_program(paths) == 1, "nobody hears, but nobody writes into the same data either"
    lock.unlock()


def test_other_data_are_another_program(app: QApplication, tmp_path: Path) -> None:
    del app
    assert not bring_forward(Paths.inside(tmp_path / "other"))


def test_it_opens_and_closes_in_a_process_of_its_own(tmp_path: Path) -> None:
    """From the command line to a closed window, with the exit code of a good end."""
    script = (
        "import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from desktop.app import App\n"
        "opened = App._opened\n"
        "def then_close(self, found):\n"
        "    opened(self, found)\n"
        "    QTimer.singleShot(50, self.window.close)\n"
        "App._opened = then_close\n"
        "from desktop.__main__ import main\n"
        "sys.exit(main([]))\n"
    )
    environment = {HOME_VARIABLE: str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603 our own program
        [sys.executable, "-c", script],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "data" / "berdaya.db").exists()


def test_escape_goes_back(app: QApplication, tmp_path: Path) -> None:
    del app
    opened = App(Paths.inside(tmp_path))
    opened.start()
    wait_until(lambda: opened.window.page is not None)
    opened.desk.go("settings")
    shown = opened.window.page
    QTest.keyClick(opened.window, Qt.Key.Key_Escape)

    assert opened.window.page is not shown
    opened.window.close()
    opened.stop()


def test_data_that_cannot_be_opened_are_said_and_left_alone(
    app: QApplication, tmp_path: Path
) -> None:
    del app
    paths = Paths.inside(tmp_path)
    first = App(paths)
    first.start()
    wait_until(lambda: first.window.page is not None)
    first.window.close()
    first.stop()
    database = paths.data / "berdaya.db"
    whole = database.read_bytes()
    database.write_bytes(b"not a database" * 400)

    second = App(paths)
    second.start()
    wait_until(lambda: second.window.page is not None)
    assert isinstance(second.window.page, TroublePage)
    assert database.read_bytes() == b"not a database" * 400

    database.write_bytes(whole)
    second.desk.reopen.emit()
    wait_until(lambda: isinstance(second.window.page, WelcomePage))
    second.window.close()
    second.stop()


def test_without_data_the_keys_lead_nowhere(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del app
    raised: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: raised.append(error))
    opened = App(Paths.inside(tmp_path))
    opened.start()
    press_all(opened)
    assert page_of(opened) is None, "the store is not open yet"

    wait_until(lambda: isinstance(opened.window.page, WelcomePage))
    press_all(opened)
    assert isinstance(page_of(opened), WelcomePage), "there is no account yet"

    opened.desk.store.close()
    (opened.paths.data / "berdaya.db").write_bytes(b"not a database" * 400)
    opened.desk.reopen.emit()
    wait_until(lambda: isinstance(opened.window.page, TroublePage))
    press_all(opened)
    assert isinstance(page_of(opened), TroublePage), "the data cannot be opened"
    assert not raised
    opened.window.close()
    opened.stop()


def page_of(opened: App) -> Page | None:
    return opened.window.page


def press_all(opened: App) -> None:
    """Every key that leads from anywhere to some page."""
    opened.window.activateWindow()
    QTest.keyClick(opened.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(opened.window, Qt.Key.Key_Escape)
    opened.window.side_bar.navigated.emit("visits")


def test_what_was_dropped_on_the_window_is_done_before_the_program_ends(
    app: QApplication, tmp_path: Path
) -> None:
    del app
    opened = App(Paths.inside(tmp_path))
    opened.start()
    wait_until(lambda: opened.window.page is not None)
    done: list[int] = []
    for number in range(3):
        work = partial(done.append, number)
        opened.desk.files.run(opened.desk, work, lambda _none: None, fail)
    opened.window.close()
    opened.stop()
    assert done == [0, 1, 2]


def fail(error: Exception) -> None:
    raise error


def test_files_that_nobody_names_are_removed_when_nobody_waits(
    app: QApplication, tmp_path: Path
) -> None:
    del app
    opened = App(Paths.inside(tmp_path))
    opened.start()
    wait_until(lambda: opened.window.page is not None)
    store = opened.desk.store
    times = [utc_now()]
    store.clock = lambda: times[-1]
    digest = store.blobs.put(b"of nobody")
    for days, is_there in ((0, True), (2, False)):
        times.append(times[-1] + timedelta(days=days))
        opened._tidy()
        wait_until(lambda: opened.desk.files.is_idle)
        assert store.blobs.has(digest) is is_there
    opened.window.close()
    opened.stop()
