"""Who signs is kept stroke by stroke; who does not goes on."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.models.records.attachments import AttachmentKind
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.attachments.signature_pad import SignaturePad
from tests.ui.widgets.attachments.keepers import MemoryKeeper
from tests.ui.widgets.attachments.offering import Heard


def stroke(pad: QWidget, *points: tuple[int, int]) -> None:
    """Draws with the mouse, as a finger or a pen does."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    first, *others = (QPointF(*point) for point in points)
    QTest.mousePress(pad, left, none, first.toPoint())
    for point in others:
        place = pad.mapToGlobal(point)
        kind = QEvent.Type.MouseMove
        event = QMouseEvent(kind, point, place, Qt.MouseButton.NoButton, left, none)
        QApplication.sendEvent(pad, event)
    QTest.mouseRelease(pad, left, none, (others or [first])[-1].toPoint())


@pytest.fixture
def signature(theme: Theme, keeper: MemoryKeeper, shown: Any) -> SignaturePad:
    field = shown(SignaturePad(theme, keeper))
    assert isinstance(field, SignaturePad)
    return field


def drawn(keeper: MemoryKeeper, place: int = -1) -> QImage:
    kind, source = keeper.offered[place]
    assert kind is AttachmentKind.SIGNATURE
    assert isinstance(source, bytes)
    assert len(source) < 20_000
    return QImage.fromData(source)


def test_a_signature_is_kept_a_moment_after_the_pen_was_lifted(
    signature: SignaturePad, keeper: MemoryKeeper
) -> None:
    heard = Heard(signature)
    signature._pause.setInterval(0)
    stroke(signature.pad, (100, 80), (380, 80))
    assert signature.problem(), "it is not kept yet"
    QTest.qWait(1)

    assert (signature.value(), signature.problem(), heard.changed) == ("id-1", "", 1)
    image = drawn(keeper)
    assert image.pixelColor(image.width() // 2, image.height() // 2) == QColor("black")
    assert image.pixelColor(5, 5) == QColor("white")


def test_a_dot_is_a_stroke(signature: SignaturePad, keeper: MemoryKeeper) -> None:
    stroke(signature.pad, (240, 80))
    signature.keep()
    image = drawn(keeper)
    assert image.pixelColor(image.width() // 2, image.height() // 2).lightness() < 128


def test_leaving_the_field_keeps_the_signature_at_once(
    signature: SignaturePad, keeper: MemoryKeeper
) -> None:
    stroke(signature.pad, (100, 80), (380, 80))
    heard = Heard(signature)
    QTest.keyClick(signature.pad, Qt.Key.Key_Return)
    assert len(keeper.offered) == 1
    assert heard.entered == 1

    stroke(signature.pad, (100, 100), (380, 100))
    signature.hide()
    assert len(keeper.offered) == 2


def test_a_stroke_drawn_while_the_others_are_kept_is_not_lost(
    signature: SignaturePad, keeper: MemoryKeeper
) -> None:
    keeper.waits = True
    signature._pause.setInterval(0)
    stroke(signature.pad, (100, 80), (380, 80))
    signature.keep()
    stroke(signature.pad, (100, 120), (380, 120))
    keeper.work()
    assert signature.problem(), "the second stroke is not kept yet"
    QTest.qWait(1)
    keeper.work()

    assert signature.problem() == ""
    assert not signature.undo.isVisible(), "it is the same signature"
    assert drawn(keeper, 0) != drawn(keeper, 1)


def test_who_does_not_sign_goes_on(signature: SignaturePad, keeper: MemoryKeeper) -> None:
    heard = Heard(signature)
    QTest.keyClick(signature.pad, Qt.Key.Key_Return)
    assert (signature.value(), signature.problem()) == (None, "")
    assert (heard.entered, heard.changed, keeper.offered) == (1, 0, [])


def test_a_signature_that_is_cleared_can_be_taken_back(
    signature: SignaturePad, keeper: MemoryKeeper
) -> None:
    assert not signature.clear.isEnabled()
    stroke(signature.pad, (100, 80), (380, 80))
    signature.keep()
    signature.clear.click()
    assert (signature.value(), keeper.kept) == (None, {})
    assert not signature.clear.isEnabled()
    signature.undo.button.click()
    assert signature.value() == "id-1"
    assert signature.pad.is_settled, "it is seen again"


def test_a_signature_that_was_kept_is_not_drawn_over(
    signature: SignaturePad, keeper: MemoryKeeper, theme: Theme, shown: Any
) -> None:
    stroke(signature.pad, (100, 80), (380, 80))
    signature.keep()
    another = shown(SignaturePad(theme, keeper))
    another.set_value("id-1")
    stroke(another.pad, (100, 20), (380, 20))
    another.keep()
    assert len(keeper.offered) == 1
    assert another.value() == "id-1"
