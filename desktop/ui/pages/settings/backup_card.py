"""The card of the backup: saving one, restoring one, and checking the data on this laptop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from desktop.models.rules.dates import to_wib
from desktop.models.rules.money import format_number
from desktop.models.store.backup import Restored, read_info, restore_backup, write_backup
from desktop.models.store.backup_file import BackupInfo
from desktop.ui.backup_sentences import backup_sentence
from desktop.ui.pages.settings.passphrase import NewPassphraseDialog, RestoreDialog
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.resting import Resting

if TYPE_CHECKING:
    from desktop.ui.desk import Desk

SUFFIX = ".berdaya"


class BackupCard(Card):
    """Saves, restores and checks on the store's worker, so nothing is written meanwhile by hand.

    Args:
        desk: the collaborators of all pages.
        parent: the parent widget.
    """

    advanced = Signal(int, int)
    """How far the work is; emitted on the worker's thread, heard on the window's."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_title(self.tr("Backup"))
        self._desk = desk
        self._doing = ""
        self._buttons = FlowRow()
        self._rest = Resting(self, self._buttons)
        words = QLabel(
            self.tr(
                "A backup is one encrypted file with everything on this laptop. Keep it on a USB "
                "stick, away from the laptop."
            )
        )
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        self.add(words)
        self._save = Button(desk.theme, self.tr("Save a backup"), icon="download")
        self._restore = Button(desk.theme, self.tr("Restore a backup"), icon="upload")
        self._check = Button(desk.theme, self.tr("Check the data"), icon="shield-check")
        self._save.clicked.connect(self._ask_save)
        self._restore.clicked.connect(self._ask_restore)
        self._check.clicked.connect(self.check)
        for button in (self._save, self._restore, self._check):
            self._buttons.add(button)
        self.add(self._buttons)
        self._progress = Progress(desk.theme)
        self._progress.hide()
        self.add(self._progress)
        self._result = QLabel()
        self._result.setWordWrap(True)
        self._result.hide()
        self.add(self._result)
        self.advanced.connect(self._advance)

    def save_to(self, path: Path, passphrase: str) -> None:
        """Writes a backup to a file."""
        store, version = self._desk.store, QCoreApplication.applicationVersion()
        self._begin(self.tr("The backup is being written and read back."))
        self._desk.database.run(
            self,
            lambda: write_backup(store, path, passphrase, self.advanced.emit, version),
            lambda info: self._saved(path, info),
            self._failed,
        )

    def restore_from(self, path: Path, passphrase: str) -> None:
        """Puts the data of a backup in place of this laptop's; the program is then opened anew."""
        self._begin(self.tr("The backup is being checked and restored."))
        province = self._desk.connection
        if province is None:
            self._put_back(path, passphrase)
        else:
            province.rest(lambda: self._put_back(path, passphrase))

    def _put_back(self, path: Path, passphrase: str) -> None:
        store = self._desk.store
        self._desk.database.run(
            self,
            lambda: restore_backup(path, passphrase, store.folder, store.close, self.advanced.emit),
            self._restored,
            self._not_restored,
        )

    def check(self) -> None:
        """Reads everything that is kept and says whether it is there and sound."""
        self._begin(self.tr("The data is being checked."))
        store = self._desk.store
        self._desk.database.run(
            self,
            lambda: (store.is_sound(), store.has_its_files()),
            lambda found: self._checked(*found),
            self._failed,
        )

    def _ask_save(self) -> None:
        dialog = NewPassphraseDialog(self._desk.theme, self.window())
        if not dialog.exec():
            return
        day = to_wib(self._desk.store.clock()).date()
        proposed = _documents() / f"Berdaya {day.isoformat()}{SUFFIX}"
        name, _kind = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save a backup"), str(proposed), self._kinds()
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix else path.with_suffix(SUFFIX), dialog.passphrase())

    def _ask_restore(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), self.tr("Restore a backup"), str(_documents()), self._kinds()
        )
        if name:
            path = Path(name)
            self._begin(self.tr("The backup is being looked at."))
            self._desk.database.run(
                self, lambda: read_info(path), lambda info: self._explain(path, info), self._failed
            )

    def _explain(self, path: Path, info: BackupInfo) -> None:
        self._end("")
        dialog = RestoreDialog(self._desk.theme, info, self.window())
        if dialog.exec():
            self.restore_from(path, dialog.passphrase())

    def _kinds(self) -> str:
        return self.tr("Backups of Berdaya ({pattern})").format(pattern=f"*{SUFFIX}")

    def _begin(self, words: str) -> None:
        self._desk.notices.clear()
        self._rest.begin()
        self._result.hide()
        self._doing = words
        self._progress.set_busy(words)
        self._progress.show()

    def _advance(self, done: int, total: int) -> None:
        self._progress.set_progress(done, total, self._doing)

    def _end(self, words: str, role: str = "muted") -> None:
        self._rest.end()
        self._progress.hide()
        self._result.setProperty("role", role)
        self._result.style().polish(self._result)
        self._result.setText(words)
        self._result.setVisible(bool(words))

    def _saved(self, path: Path, info: BackupInfo) -> None:
        words = self.tr("Saved and read back: {name}. Families in it: {count}.").format(
            name=path.name, count=format_number(info.counts["household"])
        )
        if info.files is None or info.files.is_whole:
            self._end(words)
            return
        left_out = self.tr(
            "Some photos are not in it, because they are damaged or missing on this laptop. "
            "Please tell the office."
        )
        self._end(f"{words} {left_out}", "error")

    def _restored(self, restored: Restored) -> None:
        """Says it above the pages: this one goes when everything is opened anew."""
        notices, words, detail = self._desk.notices, self.tr("The backup is restored."), ""
        if restored.aside is not None:
            words = self.tr("The backup is restored. What was here before lies in {folder}.")
            words, detail = words.format(folder=restored.aside.name), str(restored.aside)
        left_out = self.tr(
            "Not every photo and file that was here could be read: some that came after the backup "
            "are missing now. Please keep that folder, and tell the office."
        )
        self._desk.reopen.emit()
        if restored.has_all:
            notices.info(words, detail, stays=True)
        else:
            notices.warning(f"{words} {left_out}", detail)

    def _checked(self, is_sound: bool, has_files: bool) -> None:
        if not is_sound:
            words = self.tr(
                "Something in the data file is damaged, so no new backup of it can be saved. "
                "Older backups are as they were. Please ask the office for help."
            )
        elif not has_files:
            words = self.tr(
                "Some photos or files are damaged or missing on this laptop. Everything else is "
                "whole. Please save a backup now, and tell the office."
            )
        else:
            self._end(self.tr("The data on this laptop is whole: every page and every row."))
            return
        self._end(words, "error")

    def _not_restored(self, error: Exception) -> None:
        self._failed(error)
        if self._desk.connection is not None:
            self._desk.connection.begin()

    def _failed(self, error: Exception) -> None:
        self._end("")
        self._desk.notices.error(backup_sentence(error))


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
