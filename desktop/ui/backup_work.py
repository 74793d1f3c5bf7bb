"""What a card does that works with backups: restoring one, and telling how far the work is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from desktop.models.store.backup import Restored, read_info, restore_backup
from desktop.ui.backup_sentences import backup_sentence
from desktop.ui.passphrase import RestoreDialog
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.resting import Resting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.models.store.backup_file import BackupInfo
    from desktop.ui.desk import Desk

SUFFIX = ".berdaya"


class BackupWork(Card):
    """Restores on the store's worker, so nothing is written meanwhile by hand.

    Args:
        desk: the collaborators of all pages.
        folder: where the data of this laptop lies.
        parent: the parent widget.
        resting: what else cannot be pressed while work is under way.
    """

    advanced = Signal(int, int)
    """How far the work is; emitted on the worker's thread, heard on the window's."""

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        parent: QWidget | None = None,
        resting: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(parent=parent)
        self._desk = desk
        self._folder = folder
        self._doing = ""
        self._buttons = FlowRow()
        self._rest = Resting(self, self._buttons, *resting)
        self._restore = Button(desk.theme, self.tr("Restore a backup"), icon="upload")
        self._restore.clicked.connect(self._ask_restore)
        self._progress = Progress(desk.theme)
        self._progress.hide()
        self._result = QLabel()
        self._result.setWordWrap(True)
        self._result.hide()
        self.advanced.connect(self._advance)

    def restore_from(self, path: Path, passphrase: str) -> None:
        """Puts the data of a backup in place of this laptop's; the program is then opened anew."""
        self._begin(self.tr("The backup is being checked and restored."))
        province = self._desk.connection
        if province is None:
            self._put_back(path, passphrase)
        else:
            province.rest(lambda: self._put_back(path, passphrase))

    def _lay_out(self, words: str, *buttons: Button) -> None:
        label = QLabel(words)
        label.setWordWrap(True)
        label.setProperty("role", "muted")
        for button in buttons:
            self._buttons.add(button)
        for widget in (label, self._buttons, self._progress, self._result):
            self.add(widget)

    def _put_back(self, path: Path, passphrase: str) -> None:
        folder = self._folder
        close = self._desk.store.close if self._desk.has_store else lambda: None
        self._desk.database.run(
            self,
            lambda: restore_backup(path, passphrase, folder, close, self.advanced.emit),
            self._restored,
            self._not_restored,
        )

    def _ask_restore(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self.window(), self.tr("Restore a backup"), str(documents()), self._kinds()
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

    def _not_restored(self, error: Exception) -> None:
        self._failed(error)
        if self._desk.connection is not None:
            self._desk.connection.begin()

    def _failed(self, error: Exception) -> None:
        self._end("")
        self._desk.notices.error(backup_sentence(error))


def documents() -> Path:
    """Where this user's documents lie."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
