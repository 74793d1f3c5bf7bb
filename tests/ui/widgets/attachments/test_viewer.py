"""Photos seen large, and small ones by day, are gone through with the arrows."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.records.attachments import AttachmentKind
from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.attachments.photo_grid import PhotoGrid, Tile
from desktop.ui.widgets.attachments.viewer import Seen, Viewer
from desktop.ui.widgets.attachments.words import place_words, size_words
from tests.ui.conftest import focused
from tests.ui.widgets.attachments.keepers import MemoryKeeper


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
