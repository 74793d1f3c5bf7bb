"""The monthly ledger: a table that is written in with the keyboard and counts the profit at once.

Arrow keys move, typing edits, Enter confirms and goes on, Esc cancels. Every confirmed cell is
told by `written`; nothing waits for a button.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.models.queries.businesses import LedgerMonth
from desktop.models.records.businesses import BusinessStatus
from desktop.models.rules.money import format_number
from desktop.ui.pages.business.words import status_text
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import Role
from desktop.ui.widgets.badge import LOOKS, TransportState, state_text
from desktop.ui.widgets.combo_field import ComboField
from desktop.ui.widgets.data_table import DataTable
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.option import Option
from desktop.ui.widgets.rows_model import CellRole, Column
from desktop.ui.widgets.table_painting import CELL_PAD, CellDelegate
from desktop.ui.widgets.text_field import LineField
from desktop.ui.words import short_month

FIGURES: Final = ("revenue", "expenses", "savings", "debt", "instalment")
SALES: Final = frozenset({"revenue", "expenses", "profit", "workers", "status"})
BALANCE: Final = frozenset({"savings", "debt", "instalment"})
"""The two groups of columns; where there is no room for both, one of them is shown."""

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ICON: Final = 18
_MOST_WORKERS: Final = 999
Index = QModelIndex | QPersistentModelIndex
Workers = tuple[int | None, int | None]


class LedgerTable(DataTable):
    """The months of one business, oldest first.

    Args:
        theme: The theme.
        language: Of the names of months.
        parent: The parent widget.
    """

    written = Signal(str, dict, dict)
    """A cell was confirmed: the month, field -> value of its report, and what they were before."""

    closed_touched = Signal(object)
    """Somebody tried to write in a month that was handed in: its row."""

    undone = Signal()
    """A cell was left as it was, with Esc."""

    narrowed = Signal(bool)
    """There is room for one group of columns only, or for both again."""

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, self._columns(language), parent)
        self._transports: Mapping[UUID, TransportState] = {}
        self._is_narrow = False
        self._group = SALES
        self._delegate = LedgerDelegate(theme, self)
        self._delegate.refused.connect(self.refused)
        self._delegate.closeEditor.connect(self._editor_closed)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Monthly ledger"))

    def show_months(
        self, rows: list[LedgerMonth], transports: Mapping[UUID, TransportState]
    ) -> None:
        """Shows months; where they are the same ones, a cell being written in is left alone."""
        self._transports = transports
        if [row.month for row in rows] == [row.month for row in self.rows()]:
            for place, row in enumerate(rows):
                self.rows_model().replace_row(place, row)
        else:
            self.set_rows(rows, keep=False)
        self.fit_rows()
        self.setMinimumWidth(0)
        self._choose_columns()

    def go_to(self, month: str, field: str = "revenue") -> None:
        """Goes to a cell."""
        place = [row.month for row in self.rows()].index(month)
        self.setCurrentIndex(self.rows_model().index(place, self._place_of(field)))

    def show_group(self, group: frozenset[str]) -> None:
        """Shows a group of columns where there is no room for both."""
        self._group = group
        self._choose_columns()

    def transport(self, row: LedgerMonth) -> TransportState | None:
        """How far a month's report has got; None while there is none."""
        return self._transports.get(row.report_id) if row.exists else None

    def edit(self, index: Index, *more: Any) -> Any:
        """Opens a cell, unless its month was handed in."""
        row = index.data(CellRole.ROW)
        is_cell = index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if is_cell and not row.is_open:
            if self._is_meant(*more):
                self.closed_touched.emit(row)
            return False
        return super().edit(index, *more)

    def opened(self) -> tuple[LedgerMonth, str] | None:
        """The cell that was opened last: its row, and the title of its column."""
        cell = self._delegate.opened
        if not cell.isValid():
            return None
        return cell.data(CellRole.ROW), self.rows_model().columns[cell.column()].title

    def take_over(self) -> None:
        """Hands over what is being typed, without leaving the cell."""
        editor = self._editor()
        if editor is not None:
            self.commitData(editor)

    def reopen(self, text: str) -> None:
        """Goes back to the cell that was opened last, with a text in it."""
        cell = self._delegate.opened
        if not cell.isValid():
            return
        if self._editor() is None:
            index = self.rows_model().index(cell.row(), cell.column())
            self.setCurrentIndex(index)
            self.edit(index)
        editor = self._editor()
        if isinstance(editor, LineField):
            editor.setText(text)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            editor.selectAll()

    def undo(self) -> None:
        """Leaves the cell that is open as it was."""
        editor = self._editor()
        if editor is not None:
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier, /
    ) -> QModelIndex:
        """Goes on to the next cell that is seen and can be written in."""
        index = super().moveCursor(action, modifiers)
        onward = (
            QAbstractItemView.CursorAction.MoveNext,
            QAbstractItemView.CursorAction.MovePrevious,
        )
        if action in onward:
            step = 1 if action == onward[0] else -1
            while index.isValid() and not self._is_writable(index):
                index = self._editable_cell(index, step)
        return index

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        """Shows as many columns as there is room for."""
        super().resizeEvent(event)
        self._choose_columns()

    def _columns(self, language: str) -> list[Column]:
        translate = QCoreApplication.translate  # the table itself is not made yet

        def figure(name: str, title: str) -> Column:
            return Column(title, name, kind="number", stretch=True, edit=self._writer_of(name))

        return [
            Column(
                translate("LedgerTable", "Month"),
                lambda row: short_month(row.month, language),
                key="month",
                width=92,
            ),
            figure("revenue", translate("LedgerTable", "Revenue")),
            figure("expenses", translate("LedgerTable", "Expenses")),
            Column(translate("LedgerTable", "Profit"), "profit", kind="number", stretch=True),
            figure("savings", translate("LedgerTable", "Savings")),
            figure("debt", translate("LedgerTable", "Debt")),
            figure("instalment", translate("LedgerTable", "Instalment")),
            Column(
                translate("LedgerTable", "Workers"),
                lambda row: write_workers((row.family_workers, row.hired_workers)),
                key="workers",
                align="right",
                width=48,
                edit=self._put_workers,
            ),
            Column(
                translate("LedgerTable", "Status"),
                lambda row: status_text(row.status) if row.status else "",
                key="status",
                width=88,
                edit=self._writer_of("status"),
            ),
            Column(
                translate("LedgerTable", "State"), _state_of, kind="work", key="state", width=80
            ),
            Column(
                translate("LedgerTable", "Sent"), self._transport_words, key="transport", width=44
            ),
        ]

    def _editor(self) -> QWidget | None:
        """What is typed into just now."""
        cell = self._delegate.opened
        return self.indexWidget(cell) if cell.isValid() else None

    def _editor_closed(self, _editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        if hint == QStyledItemDelegate.EndEditHint.RevertModelCache:
            self.undone.emit()

    def _writer_of(self, name: str) -> Callable[[LedgerMonth, Any], bool]:
        return lambda row, value: self._put(row, {name: value})

    def _put_workers(self, row: LedgerMonth, workers: Workers | None) -> bool:
        family, hired = workers or (None, None)
        return self._put(row, {"family_workers": family, "hired_workers": hired})

    def _put(self, row: LedgerMonth, fields: dict[str, Any]) -> bool:
        """Shows what was written at once, also as the month before of the next one."""
        model = self.rows_model()
        place = self.rows().index(row)
        changed = replace(row, exists=True, **fields)
        before = self._delegate.filled if self._editor() is not None else row
        shown = {name: getattr(before, name) for name in fields}
        self._delegate.filled = changed
        model.replace_row(place, changed)
        if place + 1 < len(self.rows()):
            after = self.rows()[place + 1]
            model.replace_row(place + 1, replace(after, previous=changed.figures))
        self.written.emit(row.month, fields, shown)
        return True

    def _transport_words(self, row: LedgerMonth) -> str:
        state = self.transport(row)
        return state_text(state) if state else ""

    def _is_meant(self, *more: Any) -> bool:
        """Whether a cell was to be opened by hand and not by going from cell to cell."""
        triggers = QAbstractItemView.EditTrigger
        by_hand = triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
        return not more or bool(more[0] & by_hand and more[0] != triggers.AllEditTriggers)

    def _is_writable(self, index: QModelIndex) -> bool:
        return index.data(CellRole.ROW).is_open and not self.isColumnHidden(index.column())

    def _place_of(self, name: str) -> int:
        return [column.name for column in self.rows_model().columns].index(name)

    def _choose_columns(self) -> None:
        needed = sum(self._needed.values())
        narrow = needed > self.viewport().width()
        hidden = (SALES | BALANCE) - self._group if narrow else frozenset()
        for place, column in enumerate(self.rows_model().columns):
            self.setColumnHidden(place, column.name in hidden)
        self._stretch_columns()
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self.narrowed.emit(narrow)


class LedgerDelegate(CellDelegate):
    """Paints a loss with its minus, transport as an icon; opens the right field for a cell."""

    def __init__(self, theme: Theme, table: LedgerTable) -> None:
        super().__init__(theme, table.rows_model(), table)
        self._table = table
        self.opened = QPersistentModelIndex()
        self.filled: LedgerMonth
        """The month as the cell that was opened last shows it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paints one cell."""
        name = self._model.columns[index.column()].name
        row = index.data(CellRole.ROW)
        if name == "transport":
            self._paint_ground(painter, option, index)
            state = self._table.transport(row)
            if state is not None:
                self._paint_icon(painter, option.rect, LOOKS[state].icon, LOOKS[state].role)
        elif name == "profit" and (row.profit or 0) < 0:
            self._paint_ground(painter, option, index)
            painter.setFont(self._theme.font("body", 600, figures=True))
            painter.setPen(self._theme.color("danger"))
            words = option.rect.adjusted(CELL_PAD, 0, -CELL_PAD, 0)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(words, align, f"\u2212{format_number(-row.profit)}")
        else:
            super().paint(painter, option, index)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index, /
    ) -> QWidget:
        """The field for a cell."""
        self.opened = QPersistentModelIndex(index)
        column = self._model.columns[index.column()]
        if column.name == "status":
            options = [Option(status.value, status_text(status)) for status in BusinessStatus]
            chooser = ComboField(self._theme, options, parent=parent)
            chooser.setAccessibleName(column.title)
            return chooser
        editor = MoneyField(parent=parent) if column.name in FIGURES else WorkersField(parent)
        editor.setProperty("cell", True)
        editor.setAlignment(column.alignment)
        editor.setAccessibleName(column.title)
        return editor

    def setEditorData(self, editor: QWidget, index: Index, /) -> None:
        """Shows what is in the cell, once: a refresh must not overwrite what is being typed."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        row = self.filled = index.data(CellRole.ROW)
        if isinstance(editor, ComboField):
            editor.set_value(row.status)
        elif isinstance(editor, LineField):
            editor.setText(str(index.data() or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index, /) -> None:
        """Hands over what was typed, if it can be read and is something else than was shown."""
        row = self.filled
        if isinstance(editor, ComboField):
            value: Any = editor.value()
            before: Any = row.status
        elif isinstance(editor, WorkersField):
            value, before = editor.value(), (row.family_workers, row.hired_workers)
            value = value or (None, None)
        elif isinstance(editor, MoneyField):
            value, before = editor.value(), getattr(row, self._model.columns[index.column()].name)
        if isinstance(editor, LineField) and editor.problem():
            self.refused.emit(editor.text(), editor.problem())
        elif value != before:
            model.setData(index, value, Qt.ItemDataRole.EditRole)

    def eventFilter(self, editor: QObject, event: QEvent, /) -> bool:
        """Enter takes a choice and goes on, as it does with what was typed."""
        pressed = event.type() == QEvent.Type.KeyPress
        if isinstance(editor, ComboField) and pressed and _is_enter(event):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.EditNextItem)
            return True
        return super().eventFilter(editor, event)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground: Role = "selection" if selected else "zebra" if index.row() % 2 else "surface"
        painter.fillRect(rect, self._theme.color(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._theme.color("line"))

    def _paint_icon(self, painter: QPainter, rect: QRect, icon: str, role: Role) -> None:
        side = self._theme.px(_ICON)
        top = rect.top() + (rect.height() - side) // 2
        place = QRect(rect.left() + CELL_PAD, top, side, side)
        self._theme.icons.paint(painter, place, icon, role)


class WorkersField(LineField):
    """How many people work: `2` of the family, or `2+1` with one who is hired."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.use_figures()

    def value(self) -> Workers | None:
        """Of the family and hired; None if nothing is written or it cannot be read."""
        family, plus, hired = self.text().replace(" ", "").partition("+")
        parts = [family, hired] if plus else [family]
        if not all(part.isdecimal() and int(part) <= _MOST_WORKERS for part in parts):
            return None
        return int(family), int(hired) if plus else None

    def problem(self) -> str:
        """Says how it is written."""
        if not self.text().strip() or self.value() is not None:
            return ""
        return self.tr("Write 2, or 2+1 for two of the family and one hired")


def write_workers(workers: Workers) -> str:
    """Workers as they are typed: `2`, `2+1`."""
    family, hired = workers
    if family is None and hired is None:
        return ""
    return str(family or 0) if hired is None else f"{family or 0}+{hired}"


def _is_enter(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in _ENTER


def _state_of(row: LedgerMonth) -> str | None:
    return row.state if row.exists else None
