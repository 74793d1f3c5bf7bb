"""Home: what a task says, in which colour, and that it fits a small screen."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.queries.home import Task, TaskKind, today_view
from desktop.models.rules.dates import to_wib
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.home.page import HomePage
from desktop.ui.theme.theme import Theme
from tests.ui.pages import businesses as made
from tests.ui.pages import families
from tests.ui.pages.conftest import NOW, Went, wait_idle

Show = Callable[..., Page]
TODAY = to_wib(NOW).date()
WHY = "Biaya belum memuat sewa."


@pytest.fixture
def large(app: QApplication, theme: Theme) -> Iterator[None]:
    """Text of 150%."""
    theme.apply(app, "light", 1.5)
    yield
    theme.apply(app, "light", 1.0)


def shown(show: Show) -> HomePage:
    return cast("HomePage", show(HomePage))


def tasks(store: Store, kind: TaskKind) -> list[Task]:
    with store.reading() as connection:
        return [task for task in today_view(connection, TODAY).tasks if task.kind is kind]


def returned_month(store: Store) -> None:
    owner = made.business(store)
    report = made.month(store, owner, "2026-08", revenue=1_000_000, expenses=100_000)
    made.moved(store, report, "draft", "submitted")
    made.moved(store, report, "submitted", "returned", WHY)


def cells(page: HomePage, kind: TaskKind) -> list[str]:
    """What the row of the first task of a kind says."""
    place = [task.kind for task in page.table.rows()].index(kind)
    model = page.table.rows_model()
    return [model.index(place, column).data() for column in range(model.columnCount())]


def test_a_returned_month_is_named_with_its_business(store: Store, show: Show) -> None:
    returned_month(store)
    (task,) = tasks(store, TaskKind.RETURNED)
    assert (task.on, task.month, task.business) == (None, "2026-08", "Warung Siti")
    row = cells(shown(show), TaskKind.RETURNED)
    assert row[1:] == ["Siti Contoh", "Sumberjaya", "Agu 2026", f"Warung Siti: {WHY}"]


def test_a_follow_up_names_its_business(store: Store, show: Show) -> None:
    owner = made.business(store)
    made.month(
        store, owner, "2026-10", follow_up="Beli bersama", follow_up_due_on=date(2026, 11, 25)
    )
    row = cells(shown(show), TaskKind.FOLLOW_UP)
    assert row[3:] == ["25/11/2026", "Warung Siti: Beli bersama"]


def test_a_task_of_a_family_has_its_day(store: Store, show: Show) -> None:
    families.visit(store, families.register(store, "Asep Contoh"), date(2026, 9, 1))
    assert cells(shown(show), TaskKind.OVERDUE)[3:] == ["01/10/2026", "Monthly visit"]


def test_the_oldest_month_comes_first(store: Store) -> None:
    owner = made.business(store)
    for month in ("2026-09", "2026-08"):
        report = made.month(store, owner, month, revenue=1, expenses=1)
        made.moved(store, report, "draft", "submitted")
        made.moved(store, report, "submitted", "returned", WHY)
    assert [task.month for task in tasks(store, TaskKind.RETURNED)] == ["2026-08", "2026-09"]


def test_what_was_returned_stands_out(theme: Theme, store: Store, show: Show) -> None:
    returned_month(store)
    page = shown(show)
    page.table.clearSelection()
    place = [task.kind for task in page.table.rows()].index(TaskKind.RETURNED)
    page.table.clearFocus()
    rect = page.table.visualRect(page.table.rows_model().index(place, 0))
    picture = page.table.viewport().grab(rect).toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert theme.tokens.warning in colours
    assert theme.tokens.text not in colours


def test_a_small_screen_with_large_text_needs_no_scrolling_sideways(
    large: None, desk: Desk, store: Store, show: Show
) -> None:
    del large
    returned_month(store)
    page = shown(show)
    page.resize(716, 560)  # what 1024x600 leaves beside the side bar
    QApplication.processEvents()
    assert page.table.horizontalScrollBar().maximum() == 0
    assert not page.table.isColumnHidden(1), "whom it is about is always seen"
    page.resize(1110, 720)
    QApplication.processEvents()
    assert page.table.horizontalScrollBar().maximum() == 0
    wait_idle(desk)


def test_a_long_name_of_a_village_is_seen_whole(
    app: QApplication, show: Show, theme: Theme
) -> None:
    page = shown(show)
    app.processEvents()
    width = page.table.fontMetrics().horizontalAdvance("Muara Ciujung Timur")
    assert page.table.columnWidth(2) >= width + 16
    assert page.table.columnWidth(4) > page.table.columnWidth(2), "the note has the rest"
    del theme


def test_enter_opens_the_business_of_a_returned_month(store: Store, show: Show, went: Went) -> None:
    returned_month(store)
    page = shown(show)
    page.table.select([task.kind for task in page.table.rows()].index(TaskKind.RETURNED))
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went.last[0] == "business"
