"""Opening the program: once for each data folder; a second start brings the first one forward."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.app import App
from desktop.models.records.base import utc_now
from desktop.models.store.backup import write_backup
from desktop.models.store.engine import StoreFailure, StoreFault
from desktop.opening import bring_forward, listen, open_program
from desktop.paths import HOME_VARIABLE, Paths
from desktop.settings import Settings
from desktop.ui.page import Page
from desktop.ui.pages.home.page import HomePage
from desktop.ui.pages.trouble.page import RestoreCard, TroublePage
from desktop.ui.pages.welcome.page import WelcomePage
from desktop.ui.passphrase import RestoreDialog
from desktop.ui.sentences import LOST, STORE
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.empty_state import EmptyState
from tests.models.store.backups import PASSPHRASE, make_passphrases_cheap, store_of_five
from tests.ui.conftest import focused
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


@pytest.fixture
def in_trouble(app: QApplication, tmp_path: Path) -> Iterator[App]:
    """The program on damaged data, of which there is a backup."""
    del app
    paths = Paths.inside(tmp_path)
    with store_of_five(paths.data) as store:
        write_backup(store, tmp_path / "monday.berdaya", PASSPHRASE)
        store.blobs.put(b"of tuesday")
    (paths.data / "berdaya.db").write_bytes(b"not a database" * 400)
    Settings(paths.settings).set("language", "en")
    opened = App(paths)
    opened.start()
    wait_until(lambda: isinstance(opened.window.page, TroublePage))
    opened.window.activateWindow()
    yield opened
    opened.window.close()
    opened.stop()


@pytest.fixture
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passphrases_cheap(monkeypatch)


@pytest.mark.usefixtures("cheap_passphrases")
def test_a_backup_is_restored_with_the_keyboard_where_data_cannot_be_opened(
    app: QApplication, in_trouble: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = str(tmp_path / "monday.berdaya")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (backup, ""))
    monkeypatch.setattr(RestoreDialog, "exec", lambda _dialog: True)
    typed = ["teh manis 17", PASSPHRASE]
    monkeypatch.setattr(RestoreDialog, "passphrase", lambda _dialog: typed.pop(0))
    assert in_trouble.window.page is not None
    wait_until(lambda: app.focusWidget() is not None)
    QTest.keyClick(focused(app), Qt.Key.Key_Tab)
    button = focused(app)
    assert isinstance(button, Button)
    assert button.text() == "Restore a backup"

    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not in_trouble.window.page.findChildren(EmptyState)[0].isEnabled(), "it waits meanwhile"
    wait_until(lambda: bool(in_trouble.desk.notices.history))
    assert "The passphrase is another one" in in_trouble.desk.notices.history[-1].text
    assert focused(app) is button
    assert isinstance(in_trouble.window.page, TroublePage)

    QTest.keyClick(button, Qt.Key.Key_Space)
    wait_until(lambda: isinstance(in_trouble.window.page, HomePage))
    said = in_trouble.desk.notices.history[-1]
    assert "What was here before lies in data.before-1" in said.text
    with in_trouble.desk.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM household").scalar_one() == 5
    assert in_trouble.desk.store.blobs.stock()[0] == 1, "the photo of tuesday is there"


@pytest.mark.parametrize(
    ("fault", "is_offered"),
    [(fault, fault.value in LOST) for fault in StoreFault],
)
def test_a_backup_is_offered_where_only_a_backup_helps(
    app: QApplication, tmp_path: Path, fault: StoreFault, is_offered: bool
) -> None:
    del app
    opened = App(Paths.inside(tmp_path))
    opened._refused(StoreFailure(fault))
    page = opened.window.page
    assert page is not None
    assert bool(page.findChildren(RestoreCard)) is is_offered
    assert ("restore a backup" in str(STORE[fault.value])) is is_offered
    opened.stop()


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
