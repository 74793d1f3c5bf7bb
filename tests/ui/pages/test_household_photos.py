"""The photos on a family's page: seen by day, added with the family's consent, described, deleted."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from desktop.models.attachments.keeping import keep_file_of
from desktop.models.operations import attachments
from desktop.models.queries.account import Account
from desktop.models.queries.attachments import PHOTO_CONSENT, AttachmentView, of_household
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import new_id
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.household import photos
from desktop.ui.pages.household.page import HouseholdPage
from desktop.ui.widgets.attachments.viewer import Viewer
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.dialog import Dialog
from tests.models.attachments.pictures import camera, encoded, quarters
from tests.ui.conftest import focused
from tests.ui.pages.conftest import NOW, SUMBERJAYA, wait_idle, wait_until
from tests.ui.pages.families import register, visit
from tests.ui.widgets.attachments.keepers import picture

Show = Callable[..., Page]


class Asked:
    """Answers questions instead of a dialog."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.answer = True

    def agree(self, _theme: object, _parent: object) -> bool:
        self.titles.append("consent")
        return self.answer

    def __call__(
        self, _theme: object, _parent: object, title: str, *_more: object, **_: object
    ) -> bool:
        self.titles.append(title)
        return self.answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    made = Asked()
    monkeypatch.setattr(photos, "ask", made)
    monkeypatch.setattr(photos, "family_agrees", made.agree)
    return made


@pytest.fixture
def household_id(store: Store) -> UUID:
    made = register(store, "Sarman Contoh")
    visit(store, made, date(2026, 11, 8))
    return made


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"IMG_{number}.jpg" for number in range(3)]
    for number, path in enumerate(made):
        path.write_bytes(encoded(quarters(300 + number, 200)))
    return made


def keep(store: Store, household_id: UUID, day: int, caption: str | None = None) -> UUID:
    exif = camera(orientation=1, taken={0x9003: f"2026:11:{day:02} 10:00:00"})
    content = encoded(quarters(300 + day, 200), exif=exif)
    manifest = keep_file_of(store.blobs, AttachmentKind.PHOTO, content, NOW)
    with store.recording() as writer:
        described = manifest.with_caption(caption)
        return attachments.attach(writer, household_id, SUMBERJAYA, described)


def shown(show: Show, household_id: UUID) -> HouseholdPage:
    return cast(HouseholdPage, show(HouseholdPage, household_id=household_id, tab="photos"))


def kept(store: Store, household_id: UUID) -> list[AttachmentView]:
    with store.reading() as connection:
        return of_household(connection, household_id)


def headings(page: HouseholdPage) -> list[str]:
    labels = page.photos.grid.findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


@pytest.fixture
def refreshed(desk: Desk) -> Iterator[Callable[[HouseholdPage], None]]:
    """Loads a page anew when rows of its tables change, as the window does."""
    pages: list[HouseholdPage] = []

    def follow(page: HouseholdPage) -> None:
        pages.append(page)

    def refresh(changes: object) -> None:
        for page in pages:
            if changes.touches(page.tables):  # type: ignore[attr-defined]
                page.refresh()

    desk.changed.connect(refresh)
    yield follow
    wait_idle(desk)
    desk.changed.disconnect(refresh)


def test_photos_are_seen_by_day(store: Store, show: Show, household_id: UUID) -> None:
    for day, caption in ((3, "Dapur"), (15, "Atap"), (15, None)):
        keep(store, household_id, day, caption)
    page = shown(show, household_id)

    assert headings(page) == ["15 November 2026 · added here", "3 November 2026 · added here"]
    names = [tile.accessibleName() for tile in page.photos.grid.tiles]
    assert names[0].startswith("Atap. 15 November 2026")
    assert names[1].startswith("Photo without a caption")
    assert all(tile.has_picture for tile in page.photos.grid.tiles)


def test_nothing_is_loaded_before_the_tab_is_seen(
    store: Store, show: Show, household_id: UUID
) -> None:
    keep(store, household_id, 3)
    store.close()
    page = cast(HouseholdPage, show(HouseholdPage, household_id=household_id))
    assert page.photos.grid.tiles == []
    assert store._blobs is None, "a family's page opens as fast as before"


def test_a_family_without_photos_says_what_will_be_here(
    desk: Desk,
    store: Store,
    show: Show,
    household_id: UUID,
    files: list[Path],
    asked: Asked,
    refreshed: Callable[[HouseholdPage], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = shown(show, household_id)
    refreshed(page)
    assert page.photos.empty.isVisible()
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(files[0])])
    page.photos.empty.setFocus()
    QTest.keyClick(focused(cast(QApplication, QApplication.instance())), Qt.Key.Key_Return)
    wait_until(lambda: bool(kept(store, household_id)))
    wait_idle(desk)
    assert len(page.photos.grid.tiles) == 1
    assert asked.titles == ["consent"]


def test_the_family_is_asked_once(
    desk: Desk, store: Store, show: Show, household_id: UUID, files: list[Path], asked: Asked
) -> None:
    page = shown(show, household_id)
    page.photos.add(files[:1])
    page.photos.add(files[1:])
    wait_idle(desk)
    assert len(asked.titles) == 1
    assert len(kept(store, household_id)) == 3


def test_without_consent_nothing_is_kept(
    desk: Desk, store: Store, show: Show, household_id: UUID, files: list[Path], asked: Asked
) -> None:
    asked.answer = False
    page = shown(show, household_id)
    page.photos.add(files)
    wait_idle(desk)
    assert kept(store, household_id) == []
    assert not store.has_blobs
    page.photos.add(files)
    assert len(asked.titles) == 2, "the family may think again"


@pytest.mark.parametrize(("key", "agrees"), [("Return", False), ("Escape", False), ("Space", True)])
def test_enter_alone_does_not_agree_for_the_family(
    app: QApplication, desk: Desk, monkeypatch: pytest.MonkeyPatch, key: str, agrees: bool
) -> None:
    def answer(dialog: Dialog) -> int:
        dialog.show()
        dialog.activateWindow()
        app.processEvents()
        if agrees:
            dialog.findChildren(Button)[-1].setFocus()
        QTest.keyClick(focused(app), getattr(Qt.Key, f"Key_{key}"))
        return dialog.result()

    monkeypatch.setattr(Dialog, "exec", answer)
    page = QWidget()
    assert photos.family_agrees(desk.theme, page) is agrees
    page.deleteLater()


def test_a_family_that_agreed_at_a_visit_is_not_asked(
    desk: Desk, store: Store, show: Show, household_id: UUID, files: list[Path], asked: Asked
) -> None:
    visit(store, household_id, date(2026, 11, 9), **{PHOTO_CONSENT: "yes"})
    page = shown(show, household_id)
    page.photos.add(files)
    wait_idle(desk)
    assert asked.titles == []
    assert len(kept(store, household_id)) == 3


def test_what_is_refused_is_named_and_the_others_are_taken(
    desk: Desk, store: Store, show: Show, household_id: UUID, files: list[Path], asked: Asked
) -> None:
    files[1].write_bytes(b"bukan foto")
    page = shown(show, household_id)
    page.photos.add(files)
    assert page.photos.progress.isVisible()
    wait_idle(desk)
    assert asked.answer
    assert len(kept(store, household_id)) == 2
    assert not page.photos.progress.isVisible()
    assert page.photos.error.text().startswith("IMG_1.jpg: This file is not a photo.")

    page.photos.add(files[:1])
    assert not page.photos.error.isVisible(), "what was said before is over"


def test_a_picture_is_pasted_anywhere_on_the_tab(
    desk: Desk, store: Store, show: Show, household_id: UUID, asked: Asked
) -> None:
    keep(store, household_id, 3)
    page = shown(show, household_id)
    QGuiApplication.clipboard().setImage(picture())
    page.photos.grid.tiles[0].setFocus()
    QTest.keyClick(page.photos.grid.tiles[0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_until(lambda: len(kept(store, household_id)) == 2)
    wait_idle(desk)
    assert asked.titles


def test_a_photo_is_opened_described_and_deleted_with_the_keyboard(
    desk: Desk,
    store: Store,
    show: Show,
    household_id: UUID,
    asked: Asked,
    refreshed: Callable[[HouseholdPage], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep(store, household_id, 3, "Dapur")
    keep(store, household_id, 15, "Atap")
    page = shown(show, household_id)
    refreshed(page)

    def look(viewer: Viewer) -> int:
        viewer.show()
        wait_idle(desk)
        assert viewer.windowTitle() == "Photo 1 of 2"
        assert "Added on" in viewer.taken.text()
        QTest.keyClick(viewer.picture, Qt.Key.Key_Right)
        viewer.caption.setFocus()
        viewer.caption.selectAll()
        QTest.keyClicks(viewer.caption, "Dapur baru")
        QTest.keyClick(viewer.caption, Qt.Key.Key_Return)
        viewer.step(-1)
        viewer.delete.setFocus()
        QTest.keyClick(viewer.delete, Qt.Key.Key_Return)
        assert viewer.windowTitle() == "Photo"
        QTest.keyClick(viewer.picture, Qt.Key.Key_Escape)
        return viewer.result()

    monkeypatch.setattr(Viewer, "exec", look)
    tile = page.photos.grid.tiles[0]
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Return)
    wait_idle(desk)

    assert asked.titles == ["Delete this photo?"]
    assert [view.manifest.caption for view in kept(store, household_id)] == ["Dapur baru"]
    assert len(page.photos.grid.tiles) == 1
    assert page.window().focusWidget() is page.photos.grid.tiles[0], "on what was seen last"


def test_who_may_not_write_only_looks(
    desk: Desk, store: Store, show: Show, household_id: UUID
) -> None:
    keep(store, household_id, 3)
    desk.account = Account(new_id(), "Dewi Contoh", "verifier")
    page = shown(show, household_id)
    assert not page.photos.area.isVisible()
    assert len(page.photos.grid.tiles) == 1


def test_another_family_shows_its_own_photos(
    desk: Desk, store: Store, show: Show, household_id: UUID
) -> None:
    keep(store, household_id, 3)
    other = register(store, "Udin Contoh")
    page = shown(show, household_id)
    page.open_with(household_id=other, tab="photos")
    page.refresh()
    wait_idle(desk)
    assert page.photos.grid.tiles == []
    assert page.photos.empty.isVisible()
