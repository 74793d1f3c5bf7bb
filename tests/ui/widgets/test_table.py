"""Tables: what they show, how it is aligned, what the keyboard does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.rows_model import Column, ColumnKind, RowsModel, cell_text


@dataclass
class Month:
    name: str
    revenue: int | None
    expenses: int | None

    @property
    def profit(self) -> int:
        return (self.revenue or 0) - (self.expenses or 0)


def set_revenue(row: Month, value: int | None) -> bool:
    row.revenue = value
    return True


def set_expenses(row: Month, value: int | None) -> bool:
    if value == 13:
        return False
    row.expenses = value
    return True


PLAIN = [Column("Name", "name", stretch=True), Column("Revenue", "revenue", kind="money")]
LEDGER = [
    Column("Month", "name", stretch=True),
    Column("Revenue", "revenue", kind="money", edit=set_revenue),
    Column("Expenses", "expenses", kind="money", edit=set_expenses),
    Column("Profit", "profit", kind="money"),
]


def months() -> list[Month]:
    return [Month("July", 1_000_000, 400_000), Month("August", None, None)]


def shown(app: QApplication, theme: Theme, columns: list[Column]) -> DataTable:
    table = DataTable(theme, columns)
    table.set_rows(months())
    table.resize(640, 240)
    table.show()
    table.activateWindow()
    table.setFocus()
    app.processEvents()
    return table


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("text", "Siti", "Siti"),
        ("number", 1234, "1.234"),
        ("money", 2_500_000, "Rp\u00a02.500.000"),
        ("money", None, ""),
        ("date", date(2026, 11, 21), "21/11/2026"),
        ("date", datetime(2026, 11, 21, 6, 5, tzinfo=UTC), "21/11/2026 13.05"),
        ("work", "draft", "Draft"),
        ("transport", "confirmed", "Confirmed by the province"),
    ],
)
def test_cells_read_as_people_write(kind: ColumnKind, value: object, text: str) -> None:
    assert cell_text(kind, value) == text


@pytest.mark.parametrize("kind", ["text", "number", "money", "date", "work", "transport"])
def test_a_header_is_aligned_as_its_values(kind: ColumnKind) -> None:
    model = RowsModel([Column("Title", "name", kind=kind)])
    model.set_rows([Month("", None, None)])
    role = Qt.ItemDataRole.TextAlignmentRole
    header = model.headerData(0, Qt.Orientation.Horizontal, role)
    assert header == model.index(0, 0).data(role)
    is_right = bool(header & Qt.AlignmentFlag.AlignRight)
    assert is_right == (kind in {"number", "money"})


def right_edge(image: QImage, left: int, right: int, top: int, bottom: int) -> int:
    """The rightmost column of pixels that belong to words."""
    return max(
        x
        for x in range(left, right)
        for y in range(top, bottom)
        if image.pixelColor(x, y).lightness() < 150
    )


def test_header_and_numbers_end_at_the_same_edge(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, [Column("Name", "name"), Column("HHHH", "revenue", kind="money")])
    table.clearFocus()
    image = table.grab().toImage()
    left, width = table.columnViewportPosition(1), table.columnWidth(1)
    head = right_edge(image, left, left + width, 6, 30)
    cell = right_edge(image, left, left + width, 42, 66)
    assert abs(head - cell) <= 1


def test_numbers_are_never_cut(app: QApplication, theme: Theme) -> None:
    table = DataTable(theme, [Column("Name", "name"), Column("R", "revenue", "money", width=20)])
    table.set_rows([Month("July", 999_999_999_999, 0)])
    table.show()
    app.processEvents()
    words = QFontMetrics(theme.font(figures=True)).horizontalAdvance("Rp\u00a0999.999.999.999")
    assert table.columnWidth(1) > words + 16


def test_rows_are_a_touch_target_high(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, PLAIN)
    assert table.rowHeight(0) == 36
    theme.apply(app, "light", 1.5)
    assert table.rowHeight(0) == 54


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_activates_the_row(app: QApplication, theme: Theme, key: Qt.Key) -> None:
    table = shown(app, theme, PLAIN)
    activated: list[Month] = []
    selected: list[Month] = []
    table.activated_row.connect(activated.append)
    table.selected_row.connect(selected.append)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, key)
    assert [row.name for row in activated] == ["August"]
    assert [row.name for row in selected] == ["August"]


def test_a_double_click_activates_the_row(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, PLAIN)
    activated: list[Month] = []
    table.activated_row.connect(activated.append)
    place = table.visualRect(table.model().index(1, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [row.name for row in activated] == ["August"]


def test_other_rows_keep_the_place(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, PLAIN)
    table.select(1)
    table.set_rows(months())
    assert table.current_row().name == "August"
    table.set_rows([])
    assert table.current_row() is None


def test_pressing_a_header_asks_for_another_order(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, [Column("Name", "name", sortable=True), Column("R", "revenue")])
    asked: list[tuple[str, bool]] = []
    table.sort_requested.connect(lambda name, descending: asked.append((name, descending)))
    header = table.horizontalHeader().viewport()
    for section in (0, 0, 1, 0):
        middle = table.columnViewportPosition(section) + table.columnWidth(section) // 2
        QTest.mouseClick(header, Qt.MouseButton.LeftButton, pos=QPoint(middle, 18))
    assert asked == [("name", False), ("name", True), ("name", False)]


def editor_of(table: DataTable) -> QLineEdit:
    editors = [e for e in table.viewport().findChildren(QLineEdit) if e.isVisible()]
    assert len(editors) == 1
    return editors[0]


def test_a_ledger_is_filled_by_keyboard_alone(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, LEDGER)
    edited: list[tuple[str, str]] = []
    table.edited.connect(lambda row, name: edited.append((row.name, name)))
    table.setCurrentIndex(table.model().index(1, 1))
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClicks(editor_of(table), "1,5 juta")
    QTest.keyClick(editor_of(table), Qt.Key.Key_Return)
    app.processEvents()
    assert table.currentIndex().column() == 2, "Enter goes on to the next cell"
    QTest.keyClicks(editor_of(table), "600rb")
    QTest.keyClick(editor_of(table), Qt.Key.Key_Return)
    app.processEvents()
    assert edited == [("August", "revenue"), ("August", "expenses")]
    assert table.model().index(1, 3).data() == "Rp\u00a0900.000"


def test_what_cannot_be_read_stays_in_the_editor(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, LEDGER)
    table.setCurrentIndex(table.model().index(0, 1))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = editor_of(table)
    editor.setText("banyak")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    app.processEvents()
    assert editor_of(table) is editor
    assert editor.property("problem") is True
    assert table.rows()[0].revenue == 1_000_000


def test_what_cannot_be_read_is_told_and_replaced_by_what_is_typed_next(
    app: QApplication, theme: Theme
) -> None:
    table = shown(app, theme, LEDGER)
    refused: list[tuple[str, str]] = []
    table.refused.connect(lambda text, why: refused.append((text, why)))
    table.setCurrentIndex(table.model().index(0, 1))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = editor_of(table)
    QTest.keyClicks(editor, "banyak")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert [text for text, _why in refused] == ["banyak"]
    assert refused[0][1] == editor.toolTip() != ""
    QTest.keyClicks(editor, "2 juta")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    app.processEvents()
    assert table.rows()[0].revenue == 2_000_000


def test_the_keyboard_fills_the_row_it_comes_to(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, PLAIN)
    assert [row.name for row in table.selected_rows()] == ["July"]


LONG = "Dalam 12 bulan terakhir, apakah keluarga pernah khawatir tidak punya cukup makanan?"


def test_long_words_are_wrapped_where_a_table_asks_for_it(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, [Column("Name", "name", stretch=True)])
    table.set_rows([Month(LONG, None, None), Month("July", None, None)])
    assert table.rowHeight(0) == table.rowHeight(1) == 36
    table.wrap_words()
    table.fit_rows()
    table.resize(240, 400)
    app.processEvents()
    assert table.rowHeight(0) > 3 * table.fontMetrics().lineSpacing()
    assert table.rowHeight(1) == 36
    assert table.height() == 36 + table.rowHeight(0) + table.rowHeight(1)
    table.resize(900, table.height())
    app.processEvents()
    assert table.height() == 3 * 36, "with more room it is one line again"


def test_columns_are_left_out_where_there_is_no_room(app: QApplication, theme: Theme) -> None:
    columns = [Column("Name", "name", width=200, stretch=True)]
    columns += [Column(name, name, width=120) for name in ("revenue", "expenses")]
    table = shown(app, theme, columns)
    table.leave_out("expenses", "revenue")
    hidden = {
        width: [table.isColumnHidden(place) for place in (1, 2) if not table.resize(width, 240)]
        for width in (640, 400, 260, 700)
    }
    assert hidden == {
        640: [False, False],
        400: [False, True],
        260: [True, True],
        700: [False, False],
    }
    assert table.horizontalScrollBar().maximum() == 0


def test_words_take_the_room_of_a_stretching_column_that_was_left_out(
    app: QApplication, theme: Theme
) -> None:
    columns = [Column("Name", "name", width=100), Column("Day", "revenue", kind="money", width=100)]
    columns += [Column("Note", "expenses", width=300, stretch=True)]
    table = shown(app, theme, columns)
    table.leave_out("expenses")
    table.resize(420, 240)
    app.processEvents()
    assert table.isColumnHidden(2)
    assert table.columnWidth(0) + table.columnWidth(1) == table.viewport().width()


def test_columns_share_the_room_but_none_has_less_than_it_needs(
    app: QApplication, theme: Theme
) -> None:
    columns = [
        Column("A", "name", width=300, stretch=True),
        Column("B", "revenue", width=100, stretch=True),
        Column("C", "expenses", width=100, stretch=True),
    ]
    table = shown(app, theme, columns)
    table.resize(640, 240)
    app.processEvents()
    widths = [table.columnWidth(place) for place in range(3)]
    assert widths[0] == 300
    assert sum(widths) == table.viewport().width()
    assert abs(widths[1] - widths[2]) <= 1


def test_leaving_an_unreadable_cell_is_said(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, LEDGER)
    refused: list[tuple[str, str]] = []
    table.refused.connect(lambda text, why: refused.append((text, why)))
    table.setCurrentIndex(table.model().index(0, 1))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor_of(table).setText("banyak")
    table.commitData(editor_of(table))
    assert [text for text, _why in refused] == ["banyak"]
    assert table.rows()[0].revenue == 1_000_000


def test_a_column_may_refuse(app: QApplication, theme: Theme) -> None:
    table = shown(app, theme, LEDGER)
    index = table.model().index(0, 2)
    assert not table.model().setData(index, 13, Qt.ItemDataRole.EditRole)
    assert table.rows()[0].expenses == 400_000
