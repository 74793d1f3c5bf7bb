"""Composition root: the only place that builds things and hands them down.

The window is painted first; the store is opened on its worker while the user already sees it.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.paths import Paths, resources
from desktop.settings import Settings
from desktop.ui.desk import Desk
from desktop.ui.garbage import Garbage
from desktop.ui.notices import Notices
from desktop.ui.sentences import LOST, sentence_for
from desktop.ui.theme.theme import Theme
from desktop.ui.window import Window
from desktop.ui.work import Worker

if TYPE_CHECKING:
    from desktop.models.queries.account import Account
    from desktop.models.store.local import Store
    from desktop.ui.connection import Connection

VERSION = "0.1.0"
_CATALOGUES = {"id": ("qt_id", "berdaya_id"), "en": ("berdaya_en",)}
"""The translations of each language: Qt's own words, and ours."""

_TIDY_AFTER_MS = 60_000
"""When nobody waits for anything any more."""

_LOG = logging.getLogger(__name__)


class App:
    """One running Berdaya: its window, its store, its connection with the province.

    Args:
        paths: where this user's things lie.
    """

    def __init__(self, paths: Paths) -> None:
        running = QApplication.instance()
        self.qt = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
        self.qt.setApplicationName("Berdaya")
        self.qt.setApplicationVersion(VERSION)
        self.paths = paths
        self.settings = Settings(paths.settings)
        self._translators: list[QTranslator] = []
        self.theme = Theme(resources())
        self.desk = Desk(
            self.theme,
            Notices(),
            self.settings,
            resources(),
            Worker("store"),
            Worker("files"),
            Worker("network"),
        )
        self.connection: Connection | None = None
        self._garbage = Garbage(self.desk)
        self._tidying = QTimer(self.desk, singleShot=True, interval=_TIDY_AFTER_MS)
        self._tidying.timeout.connect(self._tidy)
        self.dress()
        self.window = Window(self.desk)
        self.desk.restyled.connect(self.restyle)
        self.desk.signed_in.connect(self._signed_in)
        self.desk.reopen.connect(self.reopen)

    def start(self) -> None:
        """Shows the window; once it is painted, the store is opened."""
        self.window.painted.connect(self.open_store)
        self.window.show()

    def dress(self) -> None:
        """Puts on the language, the text size and the colours of the settings."""
        self._speak_english()
        language = self.desk.language
        QLocale.setDefault(QLocale("id_ID" if language == "id" else "en_GB"))
        for name in _CATALOGUES[language]:
            translator = QTranslator(self.desk)
            if translator.load(name, str(resources() / "translations")):
                self.qt.installTranslator(translator)
                self._translators.append(translator)
        self.theme.apply(self.qt, self.settings["appearance"], self.settings["text_size"] / 100)

    def _speak_english(self) -> None:
        """As the code does, without any translator."""
        for translator in self._translators:
            self.qt.removeTranslator(translator)
            translator.deleteLater()
        self._translators.clear()

    def restyle(self) -> None:
        """The same again after a change, and everything that is shown is built anew.

        What was said before was said in the old language, so it goes.
        """
        self.desk.notices.clear()
        self.dress()
        self.window.rebuild()
        if self.connection is not None:
            self.connection.tell()

    def open_store(self) -> None:
        """Opens the store on its worker; the first page follows."""
        folder = self.paths.data

        def task() -> tuple[Store, Account | None]:
            from desktop.models.operations.reference import load_regions  # noqa: PLC0415 after
            from desktop.models.queries.account import account  # noqa: PLC0415 the window
            from desktop.models.store.backup import finish_restore  # noqa: PLC0415
            from desktop.models.store.local import Store  # noqa: PLC0415

            finish_restore(folder)
            store = Store.open(folder)
            try:
                load_regions(store, resources() / "reference")
                with store.reading() as connection:
                    return store, account(connection)
            except BaseException:
                store.close()  # nobody else will, and a backup may have to take its place
                raise

        self.desk.database.run(self.desk, task, self._opened, self._refused)

    def reopen(self) -> None:
        """Opens the store again: another one lies in its place, or what was in the way is gone."""
        self.desk.notices.clear()
        self._tidying.stop()
        self._disconnect()
        self.window.forget()
        self.desk.close_store()
        self.open_store()

    def stop(self) -> None:
        """Ends the work under way and closes the store."""
        self._tidying.stop()
        if self.connection is not None:
            self.connection.stop()
        self.desk.network.stop()
        self.desk.files.finish()  # what was dropped on the window is not lost when it is closed
        self.desk.database.stop()
        self.desk.close_store()
        self._garbage.stop()
        self._speak_english()

    def _opened(self, found: tuple[Store, Account | None]) -> None:
        from desktop.ui.connection import Connection  # noqa: PLC0415 after the window

        self.desk.store, self.desk.account = found
        self.connection = Connection(self.desk, self.window, VERSION)
        self.desk.connection = self.connection
        if self.desk.account is None:
            self.window.open_sections(is_open=False)
            self.desk.go("welcome")
        else:
            self._enter()

    def _signed_in(self) -> None:
        """What went wrong on the way does not matter any more."""
        self.desk.notices.clear()
        self._enter()

    def _enter(self) -> None:
        """There is an account: the pages open, and syncing begins."""
        self.window.open_sections(is_open=True)
        self.desk.go("home")
        if self.connection is not None:
            self.connection.begin()
        self._tidying.start()

    def _tidy(self) -> None:
        """Removes photos and files that nobody names any more."""
        from desktop.models.operations.attachments import forget_unnamed  # noqa: PLC0415 later

        store = self.desk.store
        self.desk.files.run(
            self.desk,
            lambda: forget_unnamed(store),
            lambda count: _LOG.info("%d files that nobody names were removed", count),
            lambda error: _LOG.error("files cannot be tidied", exc_info=error),
        )

    def _disconnect(self) -> None:
        if self.connection is not None:
            self.connection.stop()
            self.connection.deleteLater()
            self.connection = self.desk.connection = None

    def _refused(self, error: Exception) -> None:
        """The environment is in the way: say why, and offer to try again or to restore a backup."""
        _LOG.error("the store cannot be opened", exc_info=error)
        self.window.open_sections(is_open=False)
        is_lost = getattr(error, "fault", None) in LOST
        folder = self.paths.data if is_lost else None
        self.desk.go("trouble", sentence=sentence_for(error), restore_to=folder)
