"""Pages are made in silence: nothing of a page that is being built flashes up as a window of its own."""

from importlib import import_module

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.desk import Desk
from desktop.ui.window import PAGES


class _Windows(QObject):
    """Notes every widget that is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:  # noqa: N802 Qt's name
        if isinstance(watched, QWidget) and event.type() == QEvent.Type.Show and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_made_without_a_window_of_its_own(
    name: str, app: QApplication, desk: Desk
) -> None:
    windows = _Windows()
    app.installEventFilter(windows)
    module, _, kind = PAGES[name].partition(":")
    page = getattr(import_module(module), kind)(desk)
    app.processEvents()
    app.removeEventFilter(windows)
    assert windows.shown == []
    page.deleteLater()
