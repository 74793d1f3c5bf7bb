"""How far a first download has come, in words, and the button that stops it for now."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.rules.money import format_number
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from desktop.sync.download import Download
    from desktop.ui.theme.theme import Theme


class Downloading(QWidget):
    """The progress of a sync; while it is a first download, it can be stopped.

    Args:
        theme: the theme.
        parent: the parent widget.
    """

    stopped = Signal()
    """Somebody wants it to end for now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = Progress(theme)
        self.stop_button = Button(theme, self.tr("Stop for now"))
        self.stop_button.clicked.connect(self._stop)
        self.stop_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S3)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_busy(self, words: str) -> None:
        """Shows that work goes on whose size is not known."""
        self.stop_button.hide()
        self.progress.set_busy(words)

    def set_download(self, download: Download) -> None:
        """Shows how far a first download is."""
        if not self.stop_button.isVisible():
            self.stop_button.setEnabled(True)
            self.stop_button.show()
        if self.stop_button.isEnabled():
            self.progress.set_progress(download.done, download.total, self._words(download))

    def _words(self, download: Download) -> str:
        words = [
            self.tr("{done} of {total} KB").format(
                done=_kilobytes(download.done), total=_kilobytes(download.total)
            )
        ]
        if download.is_complete:
            place = self.tr("area {number} of {of} is being put in its place")
            words.append(place.format(number=download.number, of=download.of))
        elif download.rate:
            words.append(self.tr("{rate} KB a second").format(rate=_kilobytes(download.rate)))
        if download.seconds_left is not None:
            minutes = math.ceil(download.seconds_left / 60)
            words.append(self.tr("about %n minute(s) left", "", minutes))
        return ", ".join(words)

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.progress.set_busy(self.tr("Stopping. What came so far is kept, and it goes on later."))
        self.stopped.emit()


def _kilobytes(size: float) -> str:
    return format_number(math.ceil(size / 1024))
