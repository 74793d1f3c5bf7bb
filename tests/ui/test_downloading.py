"""A first download as it is shown: how much of how much, how long yet, and stopping it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.sync.download import Download
from desktop.ui.downloading import Downloading
from desktop.ui.theme.theme import Theme

_HALF = Download(number=1, of=2, done=512_000, total=1_024_000, rate=10_240.0)


def _words(shown: Downloading) -> str:
    return " ".join(label.text() for label in shown.findChildren(QLabel))


def test_it_says_how_much_is_here_how_fast_and_how_long_yet(
    app: QApplication, theme: Theme
) -> None:
    del app
    shown = Downloading(theme)
    shown.show()
    shown.set_download(_HALF)

    for words in ("500", "1.000 KB", "10 KB"):
        assert words in _words(shown)
    assert shown.stop_button.isVisible()
    shown.set_busy("Asking")
    assert not shown.stop_button.isVisible()


def test_it_is_stopped_once(app: QApplication, theme: Theme) -> None:
    del app
    shown, stopped = Downloading(theme), []
    shown.stopped.connect(lambda: stopped.append(True))
    shown.show()
    shown.set_download(_HALF)
    shown.stop_button.setFocus()
    QTest.keyClick(shown.stop_button, Qt.Key.Key_Space)
    words = _words(shown)
    QTest.keyClick(shown.stop_button, Qt.Key.Key_Space)
    shown.set_download(_HALF)

    assert stopped == [True]
    assert _words(shown) == words, "what is still on its way does not take the answer back"
