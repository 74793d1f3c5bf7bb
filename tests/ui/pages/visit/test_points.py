"""A place on the map: typed, or taken from a photo that was pasted, dropped or chosen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.pages.visit import point_field
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.point_field import PointField
from tests.models.attachments.pictures import camera, encoded, quarters
from tests.ui.pages.conftest import wait_idle
from tests.ui.pages.visit.acting import CTRL, Show, asked, press, row, type_keys
from tests.ui.pages.xlsforms.sheets import Story
from tests.ui.pages.xlsforms.test_xlsforms import publish

FORM = Story(
    "peta",
    {
        "survey": [
            ["type", "name", "label"],
            ["geopoint", "tempat", "Tempat"],
            ["text", "nama", "Nama"],
        ],
        "settings": [["form_id", "form_title", "version"], ["peta", "Peta", "1"]],
    },
    {},
    [],
    {},
)
PLACE = {1: "S", 2: (6.0, 7.0, 13.08), 3: "E", 4: (106.0, 9.0, 1.08)}


@pytest.fixture
def page(store: Store, open_visit: Show, tmp_path: Path) -> VisitPage:
    publish(store, FORM, tmp_path)
    page = open_visit(questionnaire="peta")
    assert asked(page) == "tempat"
    return page


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo that says where it was taken."""
    path = tmp_path / "rumah.jpg"
    path.write_bytes(encoded(quarters(), exif=camera(place=PLACE)))
    return path


def field(page: VisitPage) -> PointField:
    found = row(page, "tempat").field
    assert isinstance(found, PointField)
    return found


def answer(page: VisitPage) -> object:
    assert page.visit is not None
    return page.visit.session.item("tempat").value


def carrying(path: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def paste(page: VisitPage, path: Path) -> None:
    QGuiApplication.clipboard().setMimeData(carrying(path))
    press(Qt.Key.Key_V, CTRL)


def drop(page: VisitPage, path: Path) -> None:
    data, buttons, keys = carrying(path), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place, action = QPointF(4, 4), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place.toPoint(), action, data, buttons, keys)
    QApplication.sendEvent(field(page), enter)
    assert enter.isAccepted()
    QApplication.sendEvent(field(page), QDropEvent(place, action, data, buttons, keys))


@pytest.mark.parametrize("give", [paste, drop])
def test_the_place_of_a_photo_is_the_answer(
    desk: Desk, page: VisitPage, photo: Path, give: Callable[[VisitPage, Path], None]
) -> None:
    give(page, photo)
    wait_idle(desk)
    assert answer(page) == "-6.1203 106.1503 0 0"
    assert field(page).text().startswith("-6.1203, 106.1503")
    press(Qt.Key.Key_Return)
    assert asked(page) == "nama"


def test_a_photo_is_chosen_by_key(
    desk: Desk, page: VisitPage, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(point_field, "choose_files", lambda *_, **__: [photo])
    press(Qt.Key.Key_O, CTRL)
    wait_idle(desk)
    assert str(answer(page)).startswith("-6.1203")


def test_a_photo_without_a_place_says_so_and_holds_nobody_up(
    desk: Desk, page: VisitPage, tmp_path: Path
) -> None:
    type_keys("-6.5, 106.5")
    bare = tmp_path / "bare.jpg"
    bare.write_bytes(encoded(quarters()))
    paste(page, bare)
    wait_idle(desk)
    assert row(page, "tempat").error() == "This photo does not say where it was taken"
    assert str(answer(page)).startswith("-6.5 106.5")
    press(Qt.Key.Key_Return)
    assert asked(page) == "nama"


def test_what_is_no_photo_is_said_in_words(desk: Desk, page: VisitPage, tmp_path: Path) -> None:
    words = tmp_path / "words.jpg"
    words.write_text("Bukan foto")
    paste(page, words)
    wait_idle(desk)
    assert row(page, "tempat").error()
    assert answer(page) is None


def test_words_are_pasted_as_ever(desk: Desk, page: VisitPage) -> None:
    QGuiApplication.clipboard().setText("-6,12 106,15")
    press(Qt.Key.Key_V, CTRL)
    press(Qt.Key.Key_Return)
    wait_idle(desk)
    assert str(answer(page)).startswith("-6.12 106.15")
