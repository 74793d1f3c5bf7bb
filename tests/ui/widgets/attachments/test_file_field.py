"""A sound or a document shows its name and size."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
)
from PySide6.QtTest import QTest

from desktop.models.records.attachments import AttachmentKind
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.attachments.file_field import FileField
from tests.ui.widgets.attachments.keepers import MemoryKeeper, picture
from tests.ui.widgets.attachments.offering import Heard, drop, files


def test_a_file_shows_its_name_and_size(theme: Theme, keeper: MemoryKeeper, shown: Any) -> None:
    field = shown(FileField(theme, keeper))
    field.setAccessibleName("Receipt")
    heard = Heard(field)
    drop(field.area, files("/tmp/nota.pdf"))  # noqa: S108
    assert field.value() == "id-1"
    assert field.line.accessibleName() == "Receipt. nota.pdf, 239 KB"
    field.setFocus()
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert heard.entered == 1

    field.discard.click()
    assert field.value() is None
    assert field.area.isVisible()
    field.undo.button.click()
    assert field.value() == "id-1"


def test_a_picture_is_no_sound(theme: Theme, keeper: MemoryKeeper, shown: Any) -> None:
    field = shown(FileField(theme, keeper, AttachmentKind.AUDIO))
    QGuiApplication.clipboard().setImage(picture())
    QTest.keyClick(field.area, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert keeper.offered == []
