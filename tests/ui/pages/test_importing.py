"""Importing a list on its page: looked at first, written, stopped, and the rejected rows kept."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import func, select

from desktop.imports import applying
from desktop.imports.plan import ImportPlan, read_list
from desktop.models.store.local import Store
from desktop.models.tables import HOUSEHOLD
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.importing.page import ImportPage
from desktop.ui.pages.importing.reading import ListReading, ListWriting
from tests.imports.lists import HEADER, KK, NIK, write
from tests.ui.conftest import focused
from tests.ui.pages.conftest import SUMBERJAYA, wait_idle

Show = Callable[..., Page]
GOOD = (1, NIK, "Sarman", "12/05/1985", KK)
BARE = (2, None, "Nur Aini", None, None)
BAD = (3, "12", "Udin", None, None)
_PATIENCE = 60
"""Seconds."""


@pytest.fixture
def page(show: Show) -> ImportPage:
    return cast(ImportPage, show(ImportPage))


def choose(desk: Desk, page: ImportPage, folder: Path, *rows: object) -> Path:
    path = write(folder / "list.xlsx", [HEADER, *rows])  # type: ignore[list-item]
    page.village.set_value(SUMBERJAYA)
    page.choose(path)
    wait_idle(desk)
    return path


def count(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(HOUSEHOLD)).scalar_one())


def test_a_list_is_looked_at_before_anything_is_written(
    desk: Desk, store: Store, page: ImportPage, tmp_path: Path
) -> None:
    choose(desk, page, tmp_path, GOOD, BARE, BAD)

    assert page.preview.tabText(0) == "New (2)"
    assert page.preview.tabText(1) == "Rejected (1)"
    assert page.import_button.isEnabled()
    assert page.import_button.hasFocus()
    assert count(store) == 0


def test_importing_writes_the_families_and_then_finds_them_there(
    desk: Desk, store: Store, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "BATCH", 1)
    choose(desk, page, tmp_path, GOOD, BARE)
    page.bring_in()
    wait_idle(desk)

    assert count(store) == 2
    assert page.preview.tabText(2) == "Already there (2)"
    assert not page.import_button.isEnabled()


def test_writing_stops_between_batches(
    desk: Desk, store: Store, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "BATCH", 1)
    choose(desk, page, tmp_path, GOOD, BARE)
    page.bring_in()
    assert not page.may_leave()
    page.stop_button.click()
    wait_idle(desk)

    assert count(store) == 1
    assert page.may_leave()


def test_rejected_rows_are_saved_and_can_be_read_again(
    desk: Desk, page: ImportPage, tmp_path: Path
) -> None:
    choose(desk, page, tmp_path, GOOD, BAD)
    page.save_rejected(tmp_path / "rejected.xlsx")
    page.choose(tmp_path / "rejected.xlsx")
    wait_idle(desk)

    assert page.preview.tabText(1) == "Rejected (1)"


def test_a_row_explains_itself(desk: Desk, page: ImportPage, tmp_path: Path) -> None:
    choose(desk, page, tmp_path, BAD)
    page.preview.rejected.select(0)

    assert page.preview.rejected.isVisible()
    assert page.why.text() == "NIK: The number must have 16 digits; it has 2."


def test_what_was_said_of_a_row_goes_with_its_tab(
    app: QApplication, desk: Desk, page: ImportPage, tmp_path: Path
) -> None:
    choose(desk, page, tmp_path, GOOD, BAD)
    page.preview.setCurrentIndex(1)
    page.preview.rejected.select(0)
    assert page.why.isVisible()

    page.preview.tabBar().setFocus()
    QTest.keyClick(focused(app), Qt.Key.Key_Right)
    assert page.preview.currentIndex() == 2
    assert not page.why.isVisible()
    QTest.keyClick(focused(app), Qt.Key.Key_Left)
    assert "16 digits" in page.why.text()


def test_a_tab_without_rows_says_so(desk: Desk, page: ImportPage, tmp_path: Path) -> None:
    choose(desk, page, tmp_path, BAD)
    page.preview.setCurrentIndex(0)
    words = [label.text() for label in page.preview.findChildren(QLabel) if label.isVisible()]

    assert "There is no new family in the list." in words
    assert not page.preview.accepted.isVisible()


@pytest.mark.parametrize(
    "number", ["'3602142002879639", "360214050480910?", "3602 1420 0287 9639", "36021420028796399"]
)
def test_no_long_number_is_shown_whole(
    desk: Desk, page: ImportPage, tmp_path: Path, number: str
) -> None:
    choose(desk, page, tmp_path, (1, number, "Udin", None, "36021405048091"))
    page.preview.setCurrentIndex(1)
    page.preview.rejected.select(0)
    model = page.preview.rejected.model()
    shown = [str(model.index(0, column).data()) for column in range(model.columnCount())]

    assert shown
    for text in (*shown, page.why.text()):
        assert not re.search(r"[0-9?]{9}", re.sub(r"[ .-]", "", text)), text


def test_a_family_recorded_with_less_is_already_there(
    desk: Desk, store: Store, page: ImportPage, tmp_path: Path
) -> None:
    choose(desk, page, tmp_path, (1, None, "Sarman", "12/05/1985", None))
    page.bring_in()
    wait_idle(desk)
    choose(desk, page, tmp_path, GOOD)
    page.preview.setCurrentIndex(2)
    page.preview.unchanged.select(0)

    assert page.preview.tabText(2) == "Already there (1)"
    assert "NIK: not filled in yet; the list says “3601 •••• •••• 0001”." in page.why.text()
    assert "the list knows more than is recorded: 1." in page.summary.text()
    assert count(store) == 1


def test_a_file_that_is_no_list_says_so(desk: Desk, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"no spreadsheet at all")
    page.choose(path)
    wait_idle(desk)

    assert page.stack.currentWidget() is page.empty
    assert desk.notices.history


def test_reading_can_be_stopped(
    desk: Desk, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path, **given: object) -> ImportPlan:
        work = page._work
        assert isinstance(work, ListReading)
        page.stop_button.clicked.emit()
        assert work._stopped.wait(_PATIENCE), "the window's thread takes the press of the button"
        return read_list(path, **given)  # type: ignore[arg-type]

    monkeypatch.setattr("desktop.ui.pages.importing.reading.read_list", read)
    choose(desk, page, tmp_path, GOOD)

    assert not isinstance(page._work, ListWriting)
    assert page.stack.currentWidget() is page.empty
    assert desk.notices.history == []
