"""A sync or a first download under way: kilobytes gone and left, how fast, how long still; stopping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.rules.money import format_number
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.progress import Progress

if TYPE_CHECKING:
    from desktop.sync.download import Download
    from desktop.sync.progress import Progress as SyncProgress
    from desktop.ui.theme.theme import Theme

_KILOBYTE = 1024
_MINUTE = 60
_UNSURE_SECONDS = 90 * _MINUTE
"""A guess of more than this says only that it takes long."""


class ProgressRow(QWidget):
    """The line of a sync under way, and a button that stops it.

    Args:
        theme: the theme.
    """

    stopped = Signal()
    """The sync is to be stopped."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.progress = Progress(theme)
        self.button = Button(theme, self.tr("Stop"), icon="x")
        self.button.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S3)
        row.addWidget(self.progress, 1)
        row.addWidget(self.button)

    def begin(self) -> None:
        """Shows a sync that has just begun."""
        self.button.setEnabled(True)
        self.progress.set_busy(self.tr("Asking the province…"))
        self.show()

    def wait(self, words: str) -> None:
        """Shows work that cannot be stopped, and whose size is not known."""
        self.button.hide()
        self.progress.set_busy(words)
        self.show()

    def tell(self, far: SyncProgress) -> None:
        """Shows how far it is."""
        self.show()
        self.button.show()
        if not self.button.isEnabled():
            return  # it is stopping, and says so
        words = self.words(far)
        if far.download is not None:
            self.progress.set_progress(far.download.done, far.download.total, words)
        elif far.bytes_left is None or not far.bytes_done:
            self.progress.set_busy(words)
        else:
            self.progress.set_progress(far.bytes_done, far.bytes_done + far.bytes_left, words)

    def words(self, far: SyncProgress) -> str:
        """How far it is, in words: sizes, speed, time left."""
        if far.download is not None:
            return self._words_of_download(far.download)
        if not far.bytes_done:
            return self.tr("%n change(s) wait to be sent", "", far.waiting)
        done = _kilobytes(far.bytes_done)
        if not far.bytes_left:
            parts = [self.tr("{done} KB so far").format(done=done)]
        else:
            left = _kilobytes(far.bytes_left)
            parts = [self.tr("{done} KB gone, about {left} KB left").format(done=done, left=left)]
        if far.rate is not None:
            parts.append(self.tr("{rate} KB a second").format(rate=_rate(far.rate)))
        if far.seconds_left is not None and far.bytes_left:
            parts.append(self._time(far.seconds_left))
        return " · ".join(parts)

    def _words_of_download(self, download: Download) -> str:
        done, total = _kilobytes(download.done), _kilobytes(download.total)
        parts = [self.tr("{done} of {total} KB").format(done=done, total=total)]
        if download.is_complete:
            place = self.tr("area {number} of {of} is being put in its place")
            parts.append(place.format(number=download.number, of=download.of))
        elif download.rate:
            parts.append(self.tr("{rate} KB a second").format(rate=_rate(download.rate)))
        if download.seconds_left is not None:
            parts.append(self._time(download.seconds_left))
        return " · ".join(parts)

    def _time(self, seconds: float) -> str:
        if seconds > _UNSURE_SECONDS:
            return self.tr("more than an hour left")
        if seconds >= _MINUTE:
            return self.tr("about %n minute(s) left", "", round(seconds / _MINUTE))
        return self.tr("about %n second(s) left", "", max(round(seconds), 1))

    def _stop(self) -> None:
        self.button.setEnabled(False)
        self.progress.set_busy(self.tr("Stopping after this part. Nothing is lost."))
        self.stopped.emit()


def _kilobytes(size: int) -> str:
    return format_number(-(-size // _KILOBYTE))


def _rate(bytes_a_second: float) -> str:
    """Kilobytes a second, with a decimal while they are few."""
    rate = bytes_a_second / _KILOBYTE
    return format_number(round(rate)) if rate >= 10 else f"{rate:.1f}".replace(".", ",")
