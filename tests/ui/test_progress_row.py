"""A first download as it is shown: how much of how much, how long yet, and stopping it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.sync.download import Download
from desktop.sync.progress import Progress
from desktop.ui.progress_row import ProgressRow
from desktop.ui.theme.theme import Theme

_DOWNLOAD = Download(number=1, of=2, done=512_000, total=1_024_000, rate=10_240.0)
_HALF = Progress(0, 0, 0, 512_000, download=_DOWNLOAD)


def _words(shown: ProgressRow) -> str:
    return " ".join(label.text() for label in shown.findChildren(QLabel))


def test_it_says_how_much_is_here_how_fast_and_how_long_yet(
    app: QApplication, theme: Theme
) -> None:
    del app
    shown = ProgressRow(theme)
    shown.show()
    shown.tell(_HALF)

    for words in ("500", "1.000 KB", "10 KB"):
        assert words in _words(shown)
    assert shown.button.isVisible()
    shown.wait("Asking")
    assert not shown.button.isVisible()


def test_it_is_stopped_once(app: QApplication, theme: Theme) -> None:
    del app
    shown = ProgressRow(theme)
    stopped: list[bool] = []
    shown.stopped.connect(lambda: stopped.append(True))
    shown.show()
    shown.tell(_HALF)
    shown.button.setFocus()
    QTest.keyClick(shown.button, Qt.Key.Key_Space)
    words = _words(shown)
    QTest.keyClick(shown.button, Qt.Key.Key_Space)
    shown.tell(_HALF)

    assert stopped == [True]
    assert _words(shown) == words, "what is still on its way does not take the answer back"
