"""The list of families, by keyboard."""

from collections.abc import Callable
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.households.page import HouseholdsPage
from tests.ui.conftest import focused
from tests.ui.pages.conftest import Went, wait_idle
from tests.ui.pages.families import NIK, register, visit

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


def family_of(page: HouseholdsPage, name: str) -> tuple[str, dict[str, object]]:
    row = next(row for row in page.table.rows() if row.head_name == name)
    return ("household", {"household_id": row.household_id})


def test_enter_in_the_search_opens_the_only_one(
    desk: Desk, page: HouseholdsPage, went: Went
) -> None:
    QTest.keyClicks(page.field, "udin")
    wait_idle(desk)
    QTest.keyClick(page.field, Qt.Key.Key_Return)

    assert went.last == family_of(page, "Udin")


def test_enter_opens_the_one_whose_head_is_named_so(
    desk: Desk, store: Store, page: HouseholdsPage, went: Went
) -> None:
    register(store, "Baehaki Permana", "Sanusi Wijaya")
    register(store, "Sanusi Permana")
    QTest.keyClicks(page.field, "sanusi permana")
    wait_idle(desk)
    QTest.keyClick(page.field, Qt.Key.Key_Return)

    assert heads(page) == ["Sanusi Permana", "Baehaki Permana"]
    assert went.last == family_of(page, "Sanusi Permana")
    assert page.table.model().index(1, 0).data() == "Baehaki Permana – found: Sanusi Wijaya"


def test_enter_in_doubt_goes_to_those_that_were_found(
    app: QApplication, desk: Desk, store: Store, page: HouseholdsPage, went: Went
) -> None:
    register(store, "Udin Contoh")
    QTest.keyClicks(page.field, "udin")
    wait_idle(desk)
    QTest.keyClick(page.field, Qt.Key.Key_Return)

    assert went.places == []
    assert focused(app) is page.table
    assert page.table.current_row() == page.table.rows()[0]


def test_enter_where_nobody_was_found_stays(
    app: QApplication, desk: Desk, page: HouseholdsPage, went: Went
) -> None:
    QTest.keyClicks(page.field, "xyzzy")
    wait_idle(desk)
    QTest.keyClick(page.field, Qt.Key.Key_Return)

    assert went.places == []
    assert focused(app) is page.field


def test_enter_waits_for_what_was_typed_before_it(
    desk: Desk, page: HouseholdsPage, went: Went
) -> None:
    QTest.keyClicks(page.field, "udin")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert went.places == [], "the list is still that of all families"
    wait_idle(desk)

    assert went.places == [family_of(page, "Udin")]


def test_typing_on_takes_enter_back(desk: Desk, page: HouseholdsPage, went: Went) -> None:
    QTest.keyClicks(page.field, "udi")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    QTest.keyClicks(page.field, "n")
    wait_idle(desk)

    assert went.places == []
    assert heads(page) == ["Udin"]


def test_overdue_are_the_same_as_among_the_visits(
    desk: Desk, store: Store, page: HouseholdsPage
) -> None:
    visit(store, register(store, "Asih"), date(2026, 10, 8))
    visit(store, register(store, "Warsih"), date(2026, 11, 8))
    page.open_with(state="overdue")
    page.refresh()
    wait_idle(desk)

    assert heads(page) == ["Asih"]


@pytest.mark.parametrize(
    ("typed", "found", "is_told"),
    [("0001", ["Asih"], True), ("3601", [], True), ("36010121", ["Asih"], False)],
)
def test_how_numbers_are_found_is_told(
    desk: Desk, store: Store, page: HouseholdsPage, typed: str, found: list[str], is_told: bool
) -> None:
    register(store, "Asih", national_id=NIK)
    QTest.keyClicks(page.field, typed)
    wait_idle(desk)

    assert heads(page) == found
    told = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert any("last 4 digits" in words for words in told) is is_told


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
