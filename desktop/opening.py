"""Opening the program: once for each data folder; a second start brings the first one forward."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QProcess, Qt, QTimer

from desktop.app import App
from desktop.paths import Paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_CONNECT_MS = 1_000
_AWAKE_MS = 500


def open_program(paths: Paths | None = None) -> int:
    """Opens the window and stays until it is closed; returns the exit code."""
    paths = paths or Paths.of_user()
    paths.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(paths.lock))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return 0 if bring_forward(paths) else 1
    app = App(paths)
    app.desk.practice_wanted.connect(lambda: _practise_instead(app))
    doors: list[QLocalServer] = []
    app.window.painted.connect(lambda: doors.append(_settle_in(app)))
    app.start()
    code = app.qt.exec()
    app.stop()
    lock.unlock()
    return code


def bring_forward(paths: Paths) -> bool:
    """Asks the program that is running on this data to show itself; tells whether it heard."""
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 not needed for a first window

    socket = QLocalSocket()
    socket.connectToServer(door_name(paths))
    heard = socket.waitForConnected(_CONNECT_MS)
    socket.disconnectFromServer()
    return heard


def listen(app: App) -> QLocalServer:
    """Waits for second starts, and shows the window when one comes."""
    from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 after the first window

    door = QLocalServer(app.window)
    door.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    name = door_name(app.paths)
    if not door.listen(name):
        QLocalServer.removeServer(name)  # left behind by a crash: we hold the lock
        door.listen(name)

    def come() -> None:
        door.nextPendingConnection().deleteLater()
        window = app.window
        window.setWindowState(
            (window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        window.show()
        window.raise_()
        window.activateWindow()

    door.newConnection.connect(come)
    return door


def door_name(paths: Paths) -> str:
    """A name for this user's data folder, short enough for every system."""
    import hashlib  # noqa: PLC0415 after the first window

    digest = hashlib.sha256(str(paths.data.resolve()).encode()).hexdigest()
    return f"berdaya-{digest[:24]}"


def _settle_in(app: App) -> QLocalServer:
    """What can wait until the window is seen."""
    from desktop.logs import start_log  # noqa: PLC0415 after the first window

    start_log(app.paths.logs)
    _end_on_interrupt(app)
    return listen(app)


def _practise_instead(app: App) -> None:
    """Practice has a folder of its own, so it is a program of its own."""
    from desktop.programs import own_command  # noqa: PLC0415 only then

    program, *arguments = own_command()
    if QProcess.startDetached(program, [*arguments, "practice"])[0]:
        app.window.close()


def _end_on_interrupt(app: App) -> None:
    """Ctrl+C ends the program as closing its window does; Python needs a moment to notice it."""
    signal.signal(signal.SIGINT, lambda *_: app.window.close())
    awake = QTimer(app.window)
    awake.timeout.connect(lambda: None)
    awake.start(_AWAKE_MS)
