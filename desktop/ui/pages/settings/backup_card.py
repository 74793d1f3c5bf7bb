"""The card of the backup: saving one, restoring one, and checking the data on this laptop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.models.rules.dates import to_wib
from desktop.models.rules.money import format_number
from desktop.models.store.backup import write_backup
from desktop.models.store.backup_file import BackupInfo
from desktop.ui.backup_work import SUFFIX, BackupWork, documents
from desktop.ui.passphrase import NewPassphraseDialog
from desktop.ui.widgets.button import Button

if TYPE_CHECKING:
    from desktop.ui.desk import Desk


class BackupCard(BackupWork):
    """Saves, restores and checks; the store is open.

    Args:
        desk: the collaborators of all pages.
        parent: the parent widget.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, desk.store.folder, parent)
        self.set_title(self.tr("Backup"))
        self._save = Button(desk.theme, self.tr("Save a backup"), icon="download")
        self._check = Button(desk.theme, self.tr("Check the data"), icon="shield-check")
        self._save.clicked.connect(self._ask_save)
        self._check.clicked.connect(self.check)
        words = self.tr(
            "A backup is one encrypted file with everything on this laptop. Keep it on a USB "
            "stick, away from the laptop."
        )
        self._lay_out(words, self._save, self._restore, self._check)

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
        proposed = documents() / f"Berdaya {day.isoformat()}{SUFFIX}"
        name, _kind = QFileDialog.getSaveFileName(
            self.window(), self.tr("Save a backup"), str(proposed), self._kinds()
        )
        if name:
            path = Path(name)
            self.save_to(path if path.suffix else path.with_suffix(SUFFIX), dialog.passphrase())

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
