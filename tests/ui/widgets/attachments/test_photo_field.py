"""A photo is dropped, pasted or chosen; what is refused is said beside the field."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QGuiApplication,
    QImage,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.records.attachments import AttachmentKind
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL
from desktop.ui.widgets.attachments.photo_field import PhotoField
from desktop.ui.widgets.attachments.signature_pad import SignaturePad
from desktop.ui.widgets.button import Button
from tests.ui.conftest import focused
from tests.ui.widgets.attachments.keepers import MemoryKeeper, picture
from tests.ui.widgets.attachments.offering import Heard, choose, drop, files

HEIC = AttachmentFailure(AttachmentFault.HEIC)


@pytest.fixture
def photo(theme: Theme, keeper: MemoryKeeper, shown: Any) -> PhotoField:
    field = shown(PhotoField(theme, "en", keeper))
    assert isinstance(field, PhotoField)
    field.setAccessibleName("The kitchen")
    return field


def test_a_photo_is_dropped(photo: PhotoField, keeper: MemoryKeeper) -> None:
    heard = Heard(photo)

    assert drop(photo.area, files("/tmp/kitchen.jpg"))  # noqa: S108 it is never read

    assert keeper.offered == [(AttachmentKind.PHOTO, Path("/tmp/kitchen.jpg"))]  # noqa: S108
    assert (photo.value(), photo.problem(), heard.changed) == ("id-1", "", 1)
    assert photo.area.is_filled
    assert photo.taken.text() == "Taken on 24 May 2026, 13:05. Place: -6.30833, 106.11000"


@pytest.mark.parametrize("data", [QMimeData(), files()])
def test_what_is_no_file_is_not_taken(photo: PhotoField, data: QMimeData) -> None:
    data.setText("a sentence")
    assert not drop(photo.area, data)
    assert photo.value() is None


def test_an_address_of_the_net_is_not_a_file(photo: PhotoField) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.jpg")])
    assert not drop(photo.area, data)


def test_a_picture_is_pasted(photo: PhotoField, keeper: MemoryKeeper) -> None:
    QGuiApplication.clipboard().setImage(picture())
    QTest.keyClick(photo.area, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (_kind, source) = keeper.offered[0]
    assert isinstance(source, QImage)
    assert source.size() == picture().size()


def test_a_file_is_pasted(photo: PhotoField, keeper: MemoryKeeper) -> None:
    QGuiApplication.clipboard().setMimeData(files("/tmp/kitchen.jpg"))  # noqa: S108
    QTest.keyClick(photo.area, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert keeper.offered[0][1] == Path("/tmp/kitchen.jpg")  # noqa: S108


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_photo_is_chosen_with_the_keyboard(
    app: QApplication,
    photo: PhotoField,
    keeper: MemoryKeeper,
    monkeypatch: pytest.MonkeyPatch,
    key: Qt.Key,
) -> None:
    titles = choose(monkeypatch, "/tmp/roof.png")  # noqa: S108
    heard = Heard(photo)
    assert focused(app) is photo.area
    QTest.keyClick(photo.area, key)
    assert titles == ["Choose a photo"]
    assert keeper.offered[0][1] == Path("/tmp/roof.png")  # noqa: S108
    assert heard.entered == 0, "a photo was chosen; the next question comes with the next Enter"

    QTest.keyClick(photo.area, Qt.Key.Key_Return)
    assert heard.entered == 1


def test_a_dialog_that_is_left_changes_nothing(
    photo: PhotoField, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Heard(photo)
    choose(monkeypatch)
    QTest.keyClick(photo.area, Qt.Key.Key_Return)
    assert (photo.value(), heard.changed, heard.entered) == (None, 0, 0)


def test_several_at_once_are_told(photo: PhotoField, keeper: MemoryKeeper) -> None:
    others: list[list[object]] = []
    photo.more.connect(others.append)
    drop(photo.area, files("/tmp/a.jpg", "/tmp/b.jpg", "/tmp/c.jpg"))  # noqa: S108
    assert others == [[Path("/tmp/b.jpg"), Path("/tmp/c.jpg")]]  # noqa: S108
    assert len(keeper.offered) == 1


def test_several_where_one_belongs_are_said(photo: PhotoField) -> None:
    drop(photo.area, files("/tmp/a.jpg", "/tmp/b.jpg"))  # noqa: S108
    assert photo.value() == "id-1"
    assert "One photo belongs here" in photo.error.text()


def test_a_refusal_is_said_beside_the_field(photo: PhotoField, keeper: MemoryKeeper) -> None:
    keeper.refuses = HEIC
    heard = Heard(photo)
    drop(photo.area, files("/tmp/a.heic"))  # noqa: S108
    assert photo.value() is None
    assert photo.error.isVisible()
    assert "HEIC" in photo.error.text()
    assert heard.changed == 1, "what is the matter with it is another thing now"

    keeper.refuses = None
    drop(photo.area, files("/tmp/a.jpg"))  # noqa: S108
    assert not photo.error.isVisible()


def test_work_under_way_is_shown_and_no_answer_yet(
    app: QApplication, photo: PhotoField, keeper: MemoryKeeper
) -> None:
    keeper.waits = True
    heard = Heard(photo)
    photo.area.setFocus()
    drop(photo.area, files("/tmp/a.jpg"))  # noqa: S108

    assert photo.progress.isVisible()
    assert (photo.value(), photo.problem()) == (None, "The photo is being prepared.")
    photo.offer(Path("/tmp/b.jpg"))  # noqa: S108
    assert len(keeper.offered) == 1, "one after the other"

    keeper.work()
    assert not photo.progress.isVisible()
    assert (photo.value(), photo.problem(), heard.changed) == ("id-1", "", 1)
    assert focused(app) is photo.area, "the keyboard is where it was"


def test_a_photo_that_is_removed_can_be_taken_back(
    app: QApplication, photo: PhotoField, keeper: MemoryKeeper
) -> None:
    photo.offer(Path("a.jpg"))
    heard = Heard(photo)
    QTest.keyClick(photo.area, Qt.Key.Key_Delete)
    assert (photo.value(), heard.changed, keeper.kept) == (None, 1, {})
    assert photo.undo.isVisible()
    assert focused(app) is photo.area

    photo.undo.button.setFocus()
    QTest.keyClick(photo.undo.button, Qt.Key.Key_Return)
    assert (photo.value(), heard.changed) == ("id-1", 2)
    assert photo.area.is_filled
    assert not photo.undo.isVisible()
    assert focused(app) is photo.area


def test_a_photo_that_gave_way_to_another_can_be_taken_back(
    photo: PhotoField, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo.offer(Path("a.jpg"))
    choose(monkeypatch, "b.jpg")
    photo.replace.click()
    assert photo.value() == "id-2"
    photo.undo.button.click()
    assert photo.value() == "id-1"


def test_a_caption_is_kept_when_it_was_written(photo: PhotoField, keeper: MemoryKeeper) -> None:
    photo.offer(Path("a.jpg"))
    heard = Heard(photo)
    QTest.keyClicks(photo.caption, "Dapur")
    QTest.keyClick(photo.caption, Qt.Key.Key_Return)
    assert keeper.kept["id-1"].manifest.caption == "Dapur"
    assert (heard.changed, heard.entered) == (0, 1)


def test_what_is_kept_is_shown_without_being_told(photo: PhotoField, keeper: MemoryKeeper) -> None:
    photo.offer(Path("a.jpg"))
    keeper.set_caption("id-1", "Dapur", None)
    photo.set_value(None)
    heard = Heard(photo)
    photo.set_value("id-1")
    assert (photo.value(), heard.changed) == ("id-1", 0)
    assert photo.caption.value() == "Dapur"


def test_a_photo_that_is_not_on_this_laptop_is_said(
    photo: PhotoField, keeper: MemoryKeeper
) -> None:
    photo.offer(Path("a.jpg"))
    photo.set_value(None)
    keeper.lose("id-1")
    photo.set_value("id-1")
    assert photo.value() == "id-1", "the answer stays"
    assert photo.area.is_filled
    assert "not on this laptop" in photo.error.text()

    photo.set_value("id-9")
    assert "not on this laptop" in photo.error.text()


def test_everything_has_a_name_that_is_spoken(photo: PhotoField) -> None:
    photo.offer(Path("a.jpg"))
    for part in (photo.area, photo.caption, photo.replace, photo.discard):
        found = QAccessible.queryAccessibleInterface(part)
        assert found is not None
        assert found.text(QAccessible.Text.Name).startswith("The kitchen. ")


def test_nothing_is_smaller_than_a_finger(photo: PhotoField, theme: Theme, shown: Any) -> None:
    photo.offer(Path("a.jpg"))
    pad = shown(SignaturePad(theme, MemoryKeeper()))
    for field in (photo, pad):
        for button in field.findChildren(Button):
            if button.isVisible():
                assert button.height() >= CONTROL
    assert photo.area.height() >= CONTROL
