"""A keeper in memory, and widgets that are shown with the keyboard in them."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.widgets.attachments.keepers import MemoryKeeper


@pytest.fixture
def keeper() -> MemoryKeeper:
    return MemoryKeeper()


@pytest.fixture
def shown(app: QApplication) -> Iterator[Any]:
    """Shows a widget with the keyboard in it; it goes when the test ends."""
    widgets: list[QWidget] = []

    def show(widget: Any) -> Any:
        widgets.append(widget)
        widget.resize(700, widget.sizeHint().height())
        widget.show()
        widget.activateWindow()
        assert QTest.qWaitForWindowActive(widget)
        widget.setFocus()
        app.processEvents()
        return widget

    yield show
    for widget in widgets:
        widget.close()
        widget.deleteLater()
