"""The list of businesses: what it shows, and how it is filtered and opened with the keyboard."""

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.models.queries.businesses import businesses
from desktop.models.records.businesses import BusinessStatus
from desktop.models.store.local import Store
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.businesses.page import BusinessesPage
from desktop.ui.theme.theme import Theme
from tests.ui.pages import businesses as made
from tests.ui.pages.conftest import Went, wait_idle

Show = Callable[..., Page]
TODAY = date(2026, 11, 21)


def shown(show: Show) -> BusinessesPage:
    return cast("BusinessesPage", show(BusinessesPage))


def names(page: BusinessesPage) -> list[str]:
    return [row.name for row in page.table.rows()]


def words_on(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_row_says_how_it_went(store: Store) -> None:
    owner = made.business(store, started_on=date(2026, 7, 1))
    made.month(store, owner, "2026-08", revenue=900_000, expenses=1_000_000)
    made.month(store, owner, "2026-10", revenue=1_500_000, expenses=500_000)
    made.month(store, owner, "2026-09", constraint="Hujan")
    with store.reading() as connection:
        (row,) = businesses(connection, TODAY)
    assert (row.family, row.village) == ("Siti Contoh", "Sumberjaya")
    assert (row.last_month, row.last_profit) == ("2026-10", 1_000_000)
    assert row.trend == (None, None, None, -100_000, None, 1_000_000)
    assert row.missing == 2, "July and September; May and June came before its start"


def test_the_page_counts_in_a_few_words(store: Store, show: Show) -> None:
    made.business(store, "Warung Siti", started_on=date(2026, 11, 1))
    page = shown(show)
    assert page._header._subtitle.text() == "1 businesses, no month is missing"
    made.business(store, "Lele Asep", "Asep Contoh")
    page.refresh()
    wait_idle(page.desk)
    assert page._header._subtitle.text() == "2 businesses, 1 incomplete"


def test_a_long_name_of_a_village_is_seen_whole(store: Store, show: Show) -> None:
    made.business(store)
    page = shown(show)
    QApplication.processEvents()
    table = page.table
    place = [column.name for column in table.rows_model().columns].index("village")
    assert not table.isColumnHidden(place)
    words = table.fontMetrics().horizontalAdvance("Muara Ciujung Timur")
    assert table.columnWidth(place) >= words + 16
    assert table.horizontalScrollBar().maximum() == 0
    page.resize(500, 560)
    QApplication.processEvents()
    assert table.horizontalScrollBar().maximum() == 0, "what there is no room for is left out"
    assert table.isColumnHidden(place)


def test_a_closed_business_misses_nothing(store: Store) -> None:
    made.business(store, status=BusinessStatus.CLOSED, started_on=date(2025, 1, 1))
    with store.reading() as connection:
        (row,) = businesses(connection, TODAY)
    assert row.missing == 0


def test_enter_opens_a_business(desk: Desk, store: Store, show: Show, went: Went) -> None:
    owner = made.business(store)
    page = shown(show)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert went.last == ("business", {"business_id": owner.id})
    del desk


def test_filters_narrow_the_list(app: QApplication, desk: Desk, store: Store, show: Show) -> None:
    made.business(store, "Warung Siti")
    made.business(store, "Lele Asep", "Asep Contoh", made.OTHER_VILLAGE)
    made.business(store, "Ojek Jaja", "Jaja Contoh", status=BusinessStatus.PAUSED)
    page = shown(show)
    assert names(page) == ["Lele Asep", "Ojek Jaja", "Warung Siti"]

    page._status.setFocus()
    for _ in range(3):
        QTest.keyClick(page._status, Qt.Key.Key_Down)
    assert names(page) == ["Ojek Jaja"]
    page._village.set_value(made.OTHER_VILLAGE)
    page._filter()
    assert names(page) == []
    assert "No business is like that." in words_on(page)
    page._none.pressed.emit()
    assert len(names(page)) == 3
    assert app.focusWidget() is page.table
    wait_idle(desk)


def test_an_empty_page_offers_the_first_step(
    desk: Desk, store: Store, show: Show, went: Went
) -> None:
    del desk, store
    page = shown(show)
    assert "Open a family to begin its business." in words_on(page)
    page._empty.pressed.emit()
    assert went.last == ("households", {})


def test_a_new_business_appears_by_itself(desk: Desk, store: Store, show: Show) -> None:
    page = shown(show)
    made.business(store)
    page.refresh()
    wait_idle(desk)
    assert names(page) == ["Warung Siti"]


def test_profit_and_loss_differ_in_shape(
    theme: Theme, desk: Desk, store: Store, show: Show
) -> None:
    owner = made.business(store, started_on=date(2026, 9, 1))
    made.month(store, owner, "2026-09", revenue=0, expenses=1_000_000)
    made.month(store, owner, "2026-10", revenue=1_000_000, expenses=0)
    page = shown(show)
    column = next(
        place
        for place, column in enumerate(page.table.rows_model().columns)
        if column.name == "trend"
    )
    page.table.clearSelection()
    page.table.clearFocus()
    page._village.setFocus()
    wait_idle(desk)
    picture: QImage = page.table.viewport().grab().toImage()
    cell = page.table.visualRect(page.table.rows_model().index(0, column))
    colours = [
        picture.pixelColor(x, y).name()
        for x in range(cell.left(), cell.right())
        for y in range(cell.top(), cell.bottom())
    ]
    gain, loss = colours.count(theme.tokens.primary), colours.count(theme.tokens.danger)
    assert gain > 2 * loss, "a gain is filled, a loss is an outline"
