"""A table of rows: keyboard first, numbers aligned, editable where a column says so."""

from collections.abc import Mapping, Sequence
from heapq import nlargest
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL
from desktop.ui.widgets.painting import focus_ring
from desktop.ui.widgets.rows_model import CellRole, Column, RowsModel
from desktop.ui.widgets.table_painting import CELL_PAD, CellDelegate, TableHeader

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAST = 96
_MEASURED = 8
_SAMPLE_WIDTHS = {"number": 72, "money": 112, "date": 104, "work": 136, "transport": 200}


class DataTable(QTableView):
    """A table whose rows are the page's own objects.

    A table without editable columns selects whole rows, and Enter or a double click activates
    one. In a table with editable columns Enter, F2 or typing edits the cell, and Enter or Tab
    goes on to the next editable one.

    Args:
        theme: The theme.
        columns: The columns, left to right.
        parent: The parent widget.
    """

    activated_row = Signal(object)
    """Enter or a double click: the row."""
    selected_row = Signal(object)
    """The keyboard or the mouse is on another row: the row, or None."""
    edited = Signal(object, str)
    """A cell was changed by hand: the row and the column's name."""
    refused = Signal(str, str)
    """What was typed into a cell cannot be read: the text, and why. The cell is as it was."""
    sort_requested = Signal(str, bool)
    """A header was pressed: the column's name, and whether descending."""

    def __init__(
        self, theme: Theme, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sorted: tuple[int, bool] = (-1, False)
        self._needed: dict[int, int] = {}
        self._expendable: tuple[int, ...] = ()
        self._is_fitted = False
        self._rows_model = RowsModel(columns, self)
        self._rows_model.edited.connect(self.edited)
        self._editable = any(column.edit for column in columns)
        self.setModel(self._rows_model)
        delegate = CellDelegate(theme, self._rows_model, self)
        delegate.refused.connect(self.refused)
        self.setItemDelegate(delegate)
        self._header = TableHeader(theme, self._rows_model, self)
        self.setHorizontalHeader(self._header)
        self._header.setSectionsClickable(any(column.sortable for column in columns))
        self._header.sectionClicked.connect(self._sort_pressed)
        self._set_up_view()
        self._restyle()
        theme.changed.connect(self._restyle)
        self.doubleClicked.connect(self._activate)
        self.selectionModel().currentRowChanged.connect(self._tell_selected)

    def set_rows(self, rows: Sequence[Any], *, keep: bool = True) -> None:
        """Show other rows, all at once.

        Args:
            rows: The rows, top to bottom.
            keep: Stay on the same place if the table has that many rows.
        """
        place = self.currentIndex().row()
        self._rows_model.set_rows(rows)
        self._fit_columns()
        if keep and 0 <= place < len(rows):
            self.select(place)

    def rows(self) -> list[Any]:
        """The rows, top to bottom."""
        return self._rows_model.rows

    def rows_model(self) -> RowsModel:
        """The model, to replace a single row."""
        return self._rows_model

    def current_row(self) -> Any:
        """The row the keyboard is on, or None."""
        return self.currentIndex().data(CellRole.ROW)

    def selected_rows(self) -> list[Any]:
        """All selected rows, top to bottom."""
        places = sorted({index.row() for index in self.selectedIndexes()})
        return [self._rows_model.rows[place] for place in places]

    def select(self, place: int) -> None:
        """Go to a row."""
        column = max(self.currentIndex().column(), 0)
        self.setCurrentIndex(self._rows_model.index(place, column))

    def allow_many(self) -> None:
        """Let several rows be selected, with Shift, Ctrl or Ctrl+A."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def leave_out(self, *names: str) -> None:
        """Name the columns to leave out, in this order, where there is no room for all."""
        places = [column.name for column in self._rows_model.columns]
        self._expendable = tuple(places.index(name) for name in names)
        self._stretch_columns()

    def wrap_words(self) -> None:
        """Break words over lines instead of cutting them off; rows are as high as they need."""
        self.setWordWrap(True)
        self._fit_heights()

    def fit_rows(self) -> None:
        """Be exactly as high as the rows that are there, for a short table on a long page."""
        self._is_fitted = True
        self._fit_heights()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        kept = (width for place, width in self._needed.items() if place not in self._expendable)
        self.setMinimumWidth(sum(kept))

    def set_sorted(self, name: str, *, descending: bool = False) -> None:
        """Show by which column the rows are in order."""
        names = [column.name for column in self._rows_model.columns]
        self._sorted = (names.index(name), descending)
        self._header.set_sorted(self._sorted[0], descending=descending)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter activates the row, or edits the cell."""
        index = self.currentIndex()
        if event.key() not in _ENTER or not index.isValid():
            super().keyPressEvent(event)
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self._activate(index)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier, /
    ) -> QModelIndex:
        """Next and previous, as after an edit, go to cells that can be edited."""
        steps = {
            QAbstractItemView.CursorAction.MoveNext: 1,
            QAbstractItemView.CursorAction.MovePrevious: -1,
        }
        if not self._editable or action not in steps:
            return super().moveCursor(action, modifiers)
        return self._editable_cell(self.currentIndex(), steps[action])

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        """Coming in with the keyboard goes to the first row if there was none."""
        had_row = self.currentIndex().isValid()
        super().focusInEvent(event)  # may go to the first row, without selecting it
        is_click = event.reason() == Qt.FocusReason.MouseFocusReason
        if not had_row and not is_click and self._rows_model.rowCount():
            self.select(0)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Give the width that is left to the columns that stretch."""
        super().resizeEvent(event)
        self._stretch_columns()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
        /,
    ) -> None:
        """Where whole rows are selected, going to one does not move the columns."""
        sideways = self.horizontalScrollBar().value()
        super().scrollTo(index, hint)
        if not self._editable:
            self.horizontalScrollBar().setValue(sideways)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the cells, and the ring around where the keyboard is."""
        super().paintEvent(event)
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid():
            return
        rect = self.visualRect(index)
        if not self._editable:
            rect.setLeft(0)
            rect.setRight(min(self._header.length(), self.viewport().width()) - 1)
        focus_ring(QPainter(self.viewport()), rect, self._theme.color("focus"))

    def _set_up_view(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        if self._editable:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
            triggers = QAbstractItemView.EditTrigger
            self.setEditTriggers(
                triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
            )
        else:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
            self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _restyle(self) -> None:
        height = self._theme.px(CONTROL)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self._header.setMinimumSectionSize(2 * CELL_PAD)
        self._header.setFixedHeight(height)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column its width; a number is never cut, since half a number misleads."""
        for place, column in enumerate(self._rows_model.columns):
            wanted = self._theme.px(column.width or _SAMPLE_WIDTHS.get(column.kind, _LEAST))
            needed = [wanted, self._header.title_width(place)]
            if column.kind != "text":
                needed += self._widths(place, column)
            self.setColumnWidth(place, max(needed))
            self._needed[place] = max(needed)
        self._stretch_columns()

    def _widths(self, place: int, column: Column) -> list[int]:
        """What the cells of a column of numbers, dates or marks need; few of them are measured.

        Figures are all of one width, so that the widest numbers are among the longest.
        """
        rows = {column.text(row): number for number, row in enumerate(self._rows_model.rows)}
        longest = nlargest(
            _MEASURED, rows, key=lambda text: (len(text), sum(map(str.isdigit, text)))
        )
        option, delegate = QStyleOptionViewItem(), self.itemDelegate()
        self.initViewItemOption(option)
        return [
            delegate.sizeHint(option, self._rows_model.index(rows[text], place)).width()
            for text in longest
        ]

    def _stretch_columns(self) -> None:
        """Share the width that is left among the columns that stretch, or among the words."""
        self._hide_expendable()
        columns = self._rows_model.columns
        seen = [place for place in range(len(columns)) if not self.isColumnHidden(place)]
        stretches = [place for place in seen if columns[place].stretch]
        words = [place for place in seen if columns[place].kind == "text"]
        stretching = {place: self._needed[place] for place in stretches or words}
        fixed = sum(self.columnWidth(place) for place in range(len(columns)))
        fixed -= sum(self.columnWidth(place) for place in stretching)
        for place, width in _shares(stretching, self.viewport().width() - fixed).items():
            self.setColumnWidth(place, width)
        self._fit_heights()

    def _hide_expendable(self) -> None:
        needed, room = sum(self._needed.values()), self.viewport().width()
        for place in self._expendable:
            is_too_much = needed > room
            self.setColumnHidden(place, is_too_much)
            if is_too_much:
                needed -= self._needed[place]

    def _fit_heights(self) -> None:
        """Give rows the height their words need, and a fitted table the height of its rows."""
        rows = range(self._rows_model.rowCount())
        if self.wordWrap():
            self.resizeRowsToContents()
        if self._is_fitted:
            height = sum(self.rowHeight(place) for place in rows)
            self.setFixedHeight(self._theme.px(CONTROL) + height)

    def _activate(self, index: QModelIndex) -> None:
        if index.isValid() and not index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.activated_row.emit(index.data(CellRole.ROW))

    def _tell_selected(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.selected_row.emit(current.data(CellRole.ROW) if current.isValid() else None)

    def _sort_pressed(self, section: int) -> None:
        column = self._rows_model.columns[section]
        if column.sortable:
            descending = self._sorted == (section, False)
            self.set_sorted(column.name, descending=descending)
            self.sort_requested.emit(column.name, descending)

    def _editable_cell(self, start: QModelIndex, step: int) -> QModelIndex:
        """The next editable cell in reading order, or none."""
        width = self._rows_model.columnCount()
        place = start.row() * width + start.column() + step
        while 0 <= place < width * self._rows_model.rowCount():
            index = self._rows_model.index(place // width, place % width)
            if index.flags() & Qt.ItemFlag.ItemIsEditable:
                return index
            place += step
        return QModelIndex()


def _shares(needed: Mapping[int, int], room: int) -> dict[int, int]:
    """Equal shares of the room, but to none less than it needs."""
    shares: dict[int, int] = {}
    rest = dict(needed)
    while rest:
        greedy = {place: width for place, width in rest.items() if width > room // len(rest)}
        if not greedy:
            break
        shares |= greedy
        room -= sum(greedy.values())
        rest = {place: width for place, width in rest.items() if place not in greedy}
    for number, place in enumerate(rest):
        shares[place] = room // len(rest) + (number < room % len(rest))
    return shares
