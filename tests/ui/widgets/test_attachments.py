"""Fields for photos, signatures and files take what is dropped, pasted or chosen, and say what they refuse."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.records.attachments import AttachmentKind
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL
from desktop.ui.widgets.attachments.drop_area import DropArea
from desktop.ui.widgets.attachments.file_field import FileField
from desktop.ui.widgets.attachments.photo_field import PhotoField
from desktop.ui.widgets.attachments.photo_grid import PhotoGrid, Tile
from desktop.ui.widgets.attachments.signature_pad import SignaturePad
from desktop.ui.widgets.attachments.viewer import Seen, Viewer
from desktop.ui.widgets.attachments.words import place_words, size_words
from desktop.ui.widgets.button import Button
from tests.ui.conftest import focused
from tests.ui.widgets.keepers import MemoryKeeper, picture

HEIC = AttachmentFailure(AttachmentFault.HEIC)


class Heard:
    """Counts what a field tells."""

    def __init__(self, field: Any) -> None:
        self.changed = self.entered = 0
        field.changed.connect(self._changed)
        field.entered.connect(self._entered)

    def _changed(self) -> None:
        self.changed += 1

    def _entered(self) -> None:
        self.entered += 1


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


@pytest.fixture
def photo(theme: Theme, keeper: MemoryKeeper, shown: Any) -> PhotoField:
    field = shown(PhotoField(theme, "en", keeper))
    assert isinstance(field, PhotoField)
    field.setAccessibleName("The kitchen")
    return field


def files(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    return data


def drop(area: DropArea, data: QMimeData) -> bool:
    """Drags something over the area and lets it go; tells whether it was taken."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    QApplication.sendEvent(area, enter)
    if not enter.isAccepted():
        return False
    release = QDropEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(area, release)
    return release.isAccepted()


def choose(monkeypatch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """The next dialogs for files give these; without names they are left. Gives their titles."""
    titles: list[str] = []

    def run(dialog: QFileDialog) -> int:
        titles.append(dialog.windowTitle())
        return int(bool(names))

    monkeypatch.setattr(QFileDialog, "exec", run)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: list(names))
    return titles


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
    keeper.set_caption("id-1", "Dapur")
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


@pytest.fixture
def viewer(theme: Theme, keeper: MemoryKeeper, shown: Any) -> Viewer:
    seen = []
    for number in range(3):
        keeper.offered.append((AttachmentKind.PHOTO, b""))
        added = keeper._add(AttachmentKind.PHOTO, Path(f"{number}.jpg"))
        seen.append(Seen(added.id, added.manifest, "From a visit"))
    made = shown(Viewer(theme, "en", keeper, seen, at=1, may_edit=True))
    assert isinstance(made, Viewer)
    made.picture.setFocus()
    return made


def test_photos_are_gone_through_with_the_arrows(viewer: Viewer) -> None:
    assert viewer.windowTitle() == "Photo 2 of 3"
    for key, place in ((Qt.Key.Key_Right, 3), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2)):
        QTest.keyClick(viewer.picture, key)
        assert viewer.windowTitle() == f"Photo {place} of 3"
    viewer.before.click()
    assert viewer.windowTitle() == "Photo 1 of 3"
    assert not viewer.before.isEnabled()
    QTest.keyClick(viewer.picture, Qt.Key.Key_Escape)
    assert not viewer.isVisible()


def test_a_caption_is_written_below_a_photo(
    app: QApplication, viewer: Viewer, keeper: MemoryKeeper
) -> None:
    viewer.caption.setFocus()
    QTest.keyClicks(viewer.caption, "Dapur")
    QTest.keyClick(viewer.caption, Qt.Key.Key_Left)
    assert viewer.windowTitle() == "Photo 2 of 3", "the arrow moves in the words"
    QTest.keyClick(viewer.caption, Qt.Key.Key_Return)
    assert viewer.isVisible()
    assert focused(app) is viewer.picture
    assert keeper.kept["id-2"].manifest.caption == "Dapur"

    viewer.caption.setFocus()
    QTest.keyClick(viewer.caption, Qt.Key.Key_End)
    QTest.keyClicks(viewer.caption, " lama")
    QTest.keyClick(viewer.caption, Qt.Key.Key_PageDown)
    assert keeper.kept["id-2"].manifest.caption == "Dapur lama"
    assert viewer.caption.value() is None
    viewer.step(-1)
    assert viewer.caption.value() == "Dapur lama"


def test_a_caption_that_is_being_written_is_kept_when_the_viewer_closes(
    viewer: Viewer, keeper: MemoryKeeper
) -> None:
    viewer.caption.setFocus()
    QTest.keyClicks(viewer.caption, "Dapur")
    QTest.keyClick(viewer.caption, Qt.Key.Key_Escape)
    assert keeper.kept["id-2"].manifest.caption == "Dapur"


def test_a_photo_that_cannot_be_seen_is_said(viewer: Viewer, keeper: MemoryKeeper) -> None:
    keeper.lose("id-3")
    viewer.step(1)
    assert "not on this laptop" in viewer.picture._words


def test_after_a_photo_was_deleted_the_next_is_seen(viewer: Viewer) -> None:
    asked: list[str] = []
    viewer.deleted.connect(asked.append)
    viewer.delete.click()
    assert asked == ["id-2"]
    viewer.forget_shown()
    assert viewer.shown.id == "id-3"
    viewer.forget_shown()
    assert viewer.shown.id == "id-1"
    viewer.forget_shown()
    assert not viewer.has_any
    assert not viewer.isVisible()


def test_the_grid_is_gone_through_with_the_arrows(
    app: QApplication, theme: Theme, shown: Any
) -> None:
    grid = PhotoGrid(theme)
    opened: list[str] = []
    grid.opened.connect(opened.append)
    tiles = [Tile(f"{n}", "today" if n < 5 else "yesterday", None) for n in range(7)]
    grid.show_tiles(tiles)
    shown(grid)  # 700 pixels: four in a line
    grid.focus("0")
    keys = Qt.Key
    goes = [
        (keys.Key_Right, "1"),
        (keys.Key_Down, "4"),
        (keys.Key_Down, "5"),
        (keys.Key_Right, "6"),
    ]
    goes += [(keys.Key_Right, "6"), (keys.Key_Up, "4"), (keys.Key_Up, "0"), (keys.Key_Left, "0")]
    for key, goal in goes:
        QTest.keyClick(focused(app), key)
        assert focused(app) is grid._tiles[goal], f"{key} to {goal}"
    QTest.keyClick(focused(app), Qt.Key.Key_Return)
    assert opened == ["0"]
    inside = [tile for tile in grid.tiles if tile.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(inside) == 1, "Tab reaches one of them"

    grid.show_tiles(tiles[:3])
    assert focused(app) is grid._tiles["0"], "the keyboard stays where it was"


def test_sizes_and_places_in_words() -> None:
    assert size_words(250_000) == "244 KB"
    assert size_words(3) == "1 KB"
    assert size_words(5_000_000) == "4.883 KB"
    assert place_words("-6.3086111 106.1058611 21.0 4.5") == "-6.30861, 106.10586"
    assert place_words("di kampung") == "di kampung"
