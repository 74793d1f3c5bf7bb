"""Qt for tests: one application without a screen, and no warning of Qt's unheard."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.theme.theme import Theme

RESOURCES = Path(__file__).parents[2] / "resources"
HARMLESS = (
    "This plugin does not support propagateSizeHints",
    "This plugin does not support raise",
    "This plugin does not support grabbing",
    "QFontDatabase: Cannot find font directory",
)
"""What the platform without a screen says about itself."""


@pytest.fixture(scope="session")
def app() -> Iterator[QApplication]:
    """The one application of the test run."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication([])
    application.setQuitOnLastWindowClosed(False)
    yield application
    application.clipboard().clear()  # Qt would do so when there is no Python any more


@pytest.fixture(autouse=True)
def garbage_on_this_thread() -> Iterator[None]:
    """As in the program: no worker may find widgets in a cycle and destroy them on its thread.

    Nor may the server of a later test: what this one leaves is collected here, and what somebody
    still has by then (a traceback, with all the frames of a test) is never looked for again.
    """
    gc.disable()
    yield
    gc.collect(1)
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def session_theme(app: QApplication) -> Theme:
    """The theme, whose fonts are loaded once."""
    return Theme(RESOURCES, app)


@pytest.fixture
def theme(app: QApplication, session_theme: Theme) -> Theme:
    """The theme as it is by default: light, at 100%."""
    session_theme.apply(app, "light", 1.0)
    return session_theme


class Listener:
    """Hears what Qt logs. Installed once: taking a handler out again miscounts references."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        qInstallMessageHandler(self._listen)

    def _listen(self, kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        words = message or ""
        is_warning = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if is_warning and not words.startswith(HARMLESS):
            self.heard.append(words)


@pytest.fixture(scope="session")
def qt_listener() -> Listener:
    """The one listener of the test run."""
    return Listener()


@pytest.fixture(autouse=True)
def fail_on_qt_warnings(qt_listener: Listener) -> Iterator[None]:
    """Fail a test during which Qt warned of something."""
    qt_listener.heard.clear()
    yield
    assert not qt_listener.heard, "Qt warned:\n" + "\n".join(qt_listener.heard)


def focused(app: QApplication) -> QWidget:
    """Whatever has the keyboard.

    Raises:
        AssertionError: Nothing has it.
    """
    widget = app.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget
