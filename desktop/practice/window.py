"""Practice on a screen: it is prepared, opened with a banner over it, and kept or removed."""

from __future__ import annotations

import signal
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLockFile, QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QWidget

from desktop.app import VERSION, App
from desktop.models.store.local import Store
from desktop.opening import bring_forward, listen
from desktop.paths import resources
from desktop.practice.failures import PracticeFailure, PracticeFault
from desktop.practice.province import Province
from desktop.practice.seed import PASSWORD, SITI, fill
from desktop.sync.session import Session
from desktop.ui.theme.tokens import S2, S4
from desktop.ui.widgets.dialog import Dialog, ask
from desktop.ui.widgets.progress import Progress
from desktop.ui.work import Worker

if TYPE_CHECKING:
    from desktop.practice.home import PracticeHome
    from desktop.ui.theme.theme import Theme


class End(StrEnum):
    """What becomes of a practice when its window is closed."""

    ASK = "ask"
    KEEP = "keep"
    DISCARD = "discard"


class Preparation(QObject):
    """Starts the practice province, and fills it the first time. Its `run` may take long.

    Args:
        home: the practice.
    """

    progressed = Signal(int, int)
    """Steps done, and steps there are."""

    def __init__(self, home: PracticeHome) -> None:
        super().__init__()
        self._home = home
        self.province = Province(home.province)

    def run(self) -> None:
        """Afterwards the province runs and the laptop knows it.

        Raises:
            PracticeFailure: it could not be prepared.
        """
        if self._home.is_filled:
            self._start_again()
            return
        self._home.begin()
        self.province = Province(self._home.province)
        self.province.start()
        fill(self.province, resources(), VERSION, self.progressed.emit)
        self._sign_in()
        self._home.note_filled()

    def _start_again(self) -> None:
        """Where it was before, or elsewhere if somebody else took the port meanwhile."""
        try:
            self.province.start()
        except PracticeFailure as failure:
            if failure.fault is not PracticeFault.NO_SERVER:
                raise
            self.province.start(port=0)
            self._sign_in()

    def _sign_in(self) -> None:
        store = Store.open(self._home.paths.data)
        try:
            session = Session(store, VERSION)
            session.sign_in(self.province.address, SITI.login, PASSWORD)
            session.sync()
        finally:
            store.close()


class Banner(QWidget):
    """The line over everything that says that this is practice.

    Args:
        theme: the theme.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon, self._words = QLabel(), QLabel()
        self._words.setProperty("role", "strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(S4, S2, S4, S2)
        row.setSpacing(S2)
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addStretch(1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def paintEvent(self, event: QPaintEvent, /) -> None:  # noqa: N802 Qt's name
        """Paints the ground."""
        QPainter(self).fillRect(event.rect(), self._theme.color("warning_soft"))

    def changeEvent(self, event: QEvent, /) -> None:  # noqa: N802 Qt's name
        """Follows a language switch."""
        if event.type() == QEvent.Type.LanguageChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        side = self._theme.px(18)
        self._icon.setPixmap(self._theme.icons.pixmap("school", "warning", side))
        self._words.setText(
            self.tr("Practice: these families do not exist, and nothing reaches the office.")
        )


def open_practice(home: PracticeHome, end: End) -> int:
    """Opens a practice and stays until its window is closed; returns the exit code.

    Raises:
        PracticeFailure: it could not be prepared.
    """
    home.folder.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(home.folder.with_name(f"{home.folder.name}.lock")))
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return 0 if bring_forward(home.paths) else 1
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the store survives it, the server ends with us
    app = App(home.paths)
    preparation = Preparation(home)
    try:
        if not prepare(app.theme, preparation):
            return 0
        app.window.setMenuWidget(Banner(app.theme))
        app.start()
        door = listen(app)
        code = app.qt.exec()
        door.close()
        app.stop()
    finally:
        preparation.province.stop()
    if end is End.DISCARD or (end is End.ASK and _is_unwanted(app.theme)):
        home.discard()
    lock.unlock()
    return code


def prepare(theme: Theme, preparation: Preparation) -> bool:
    """Shows how far the preparation is; tells whether it came to its end.

    Raises:
        PracticeFailure: it could not be prepared.
    """
    translate = QCoreApplication.translate
    dialog = Dialog(theme, translate("Practice", "Practice is being prepared"))
    dialog.add_text(
        translate(
            "Practice",
            "A small province with 300 families that do not exist is set up on this laptop.",
        )
    )
    progress = Progress(theme)
    progress.set_busy()
    dialog.body.addWidget(progress)
    preparation.progressed.connect(progress.set_progress, Qt.ConnectionType.QueuedConnection)
    failures: list[Exception] = []

    def fail(error: Exception) -> None:
        failures.append(error)
        dialog.reject()

    worker = Worker("practice")
    worker.run(dialog, preparation.run, lambda _none: dialog.accept(), fail)
    is_ready = dialog.exec() == QDialog.DialogCode.Accepted
    if not is_ready:
        preparation.province.stop()  # whoever closes the dialog does not wait for the rest
    worker.stop()
    if failures:
        raise failures[0]
    return is_ready


def _is_unwanted(theme: Theme) -> bool:
    translate = QCoreApplication.translate
    return ask(
        theme,
        None,
        translate("Practice", "Remove this practice?"),
        translate(
            "Practice",
            "What you practised can stay on this laptop for the next time, or be removed whole.",
        ),
        translate("Practice", "Remove"),
        no=translate("Practice", "Keep it"),
        danger=True,
    )
