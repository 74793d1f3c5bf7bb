"""The list of families, by keyboard."""

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.households.page import HouseholdsPage
from tests.ui.conftest import focused
from tests.ui.pages.conftest import Went, wait_idle
from tests.ui.pages.families import register

Show = Callable[..., Page]


@pytest.fixture
def page(store: Store, show: Show) -> HouseholdsPage:
    for name in ("Sarman", "Nur Aini", "Udin"):
        register(store, name, hamlet="Kampung Baru")
    return cast(HouseholdsPage, show(HouseholdsPage))


def heads(page: HouseholdsPage) -> list[str]:
    return [row.head_name for row in page.table.rows()]


def test_it_opens_with_the_keyboard_in_the_search(app: QApplication, page: HouseholdsPage) -> None:
    assert focused(app) is page.field
    assert heads(page) == ["Nur Aini", "Sarman", "Udin"]


def test_typing_searches_at_once(desk: Desk, page: HouseholdsPage) -> None:
    QTest.keyClicks(page.field, "nurai")
    wait_idle(desk)

    assert heads(page) == ["Nur Aini"]


def test_only_the_newest_search_is_shown(desk: Desk, page: HouseholdsPage) -> None:
    for typed in ("u", "ud", "sarm"):
        page.field.setText(typed)
    wait_idle(desk)

    assert heads(page) == ["Sarman"]


def test_down_and_enter_open_a_family(page: HouseholdsPage, went: Went) -> None:
    QTest.keyClick(page.field, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)

    row = page.table.rows()[1]
    assert went.last == ("household", {"household_id": row.household_id})


def test_enter_in_the_search_opens_the_first(desk: Desk, page: HouseholdsPage, went: Went) -> None:
    QTest.keyClicks(page.field, "udin")
    wait_idle(desk)
    QTest.keyClick(page.field, Qt.Key.Key_Return)

    assert went.last[1] == {"household_id": page.table.rows()[0].household_id}


def test_ctrl_n_begins_a_new_family(page: HouseholdsPage, went: Went) -> None:
    QTest.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    assert went.last == ("household_form", {})


def test_finding_again_selects_what_was_typed(desk: Desk, page: HouseholdsPage) -> None:
    QTest.keyClicks(page.field, "udin")
    page.open_with(find=True)
    page.refresh()
    wait_idle(desk)

    assert page.field.selectedText() == "udin"


def test_without_families_the_first_step_is_offered(show: Show, went: Went) -> None:
    page = cast(HouseholdsPage, show(HouseholdsPage))

    assert page.stack.currentWidget() is page.nothing
    page.nothing.pressed.emit()
    assert went.last == ("household_form", {})


def test_a_search_that_finds_nobody_says_so(desk: Desk, page: HouseholdsPage) -> None:
    QTest.keyClicks(page.field, "xyzzy")
    wait_idle(desk)

    assert page.stack.currentWidget() is page.not_found


def test_a_family_written_elsewhere_appears(desk: Desk, store: Store, page: HouseholdsPage) -> None:
    register(store, "Zubaedah")
    page.refresh()
    wait_idle(desk)

    assert heads(page)[-1] == "Zubaedah"


def test_the_header_sorts_by_last_visit(desk: Desk, page: HouseholdsPage) -> None:
    page.table.sort_requested.emit("last_visit_on", True)
    wait_idle(desk)

    assert len(heads(page)) == 3
