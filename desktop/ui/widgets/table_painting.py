"""How the cells and headers of a table are painted, and how a cell is edited."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S1, S2
from desktop.ui.widgets.badge import LOOKS, TransportState, WorkState, paint_mark
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.field import mark_problem
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.rows_model import CellRole, RowsModel
from desktop.ui.widgets.text_field import LineField, NumberField, TextField

CELL_PAD: Final = S2
_SORT_MARK: Final = 14
_EDITOR_TYPES: Final[dict[str, type[MoneyField] | type[NumberField] | type[DateField]]] = {
    "money": MoneyField,
    "number": NumberField,
    "date": DateField,
}
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints cells: zebra, selection, line below, marks; numbers with tabular figures."""

    def __init__(self, theme: Theme, model: RowsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """What the text needs."""
        font = self._theme.font(figures=True)
        words = QFontMetrics(font).horizontalAdvance(str(index.data() or ""))
        return QSize(words + 2 * CELL_PAD, self._theme.px(CONTROL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint one cell."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        theme = self._theme
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "selection" if selected else "zebra" if index.row() % 2 else "surface"
        painter.fillRect(rect, theme.color(ground))  # type: ignore[arg-type]
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        column = self._model.columns[index.column()]
        value = index.data(CellRole.VALUE)
        words = rect.adjusted(CELL_PAD, 0, -CELL_PAD, 0)
        if column.kind in ("work", "transport") and value is not None:
            kind = WorkState if column.kind == "work" else TransportState
            paint_mark(painter, theme, words, LOOKS[kind(str(value))], str(index.data()))
        else:
            figures = column.kind != "text" or bool(column.alignment & Qt.AlignmentFlag.AlignRight)
            painter.setFont(theme.font(figures=figures))
            painter.setPen(theme.color("text"))
            text = str(index.data() or "")
            fitted = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, words.width()
            )
            painter.drawText(words, column.alignment | Qt.TextFlag.TextSingleLine, fitted)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index, /) -> QWidget:
        """The field for the kind of the column."""
        column = self._model.columns[index.column()]
        editor = _EDITOR_TYPES.get(column.kind, TextField)(parent=parent)
        editor.setProperty("cell", True)
        editor.setAlignment(column.alignment)
        editor.setAccessibleName(column.title)
        return editor

    def setEditorData(self, editor: QWidget, index: Index, /) -> None:
        """Show what is in the cell, selected, so that typing replaces it."""
        if isinstance(editor, (TextField, NumberField, MoneyField, DateField)):
            editor.set_value(index.data(CellRole.VALUE))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index, /) -> None:
        """Hand over what was typed, unless it cannot be read: then the cell stays as it was."""
        if isinstance(editor, LineField) and not editor.problem():
            value = editor.value()  # type: ignore[attr-defined]
            if value != index.data(CellRole.VALUE):
                model.setData(QModelIndex(index), value, Qt.ItemDataRole.EditRole)  # type: ignore[call-overload]

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index, /
    ) -> None:
        """The editor fills the cell."""
        editor.setGeometry(option.rect)  # type: ignore[attr-defined]


class TableHeader(QHeaderView):
    """Paints the titles exactly above their values: same side, same distance from the edge."""

    def __init__(self, theme: Theme, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._model = model
        self._sorted: tuple[int, bool] | None = None
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """As high as a row."""
        return QSize(super().sizeHint().width(), self._theme.px(CONTROL))

    def set_sorted(self, section: int, *, descending: bool) -> None:
        """Show by which column the rows are in order."""
        self._sorted = (section, descending)
        self.viewport().update()

    def title_width(self, section: int) -> int:
        """What the title needs, with its padding and the mark of the order."""
        column = self._model.columns[section]
        words = QFontMetrics(self._theme.font("body", 600)).horizontalAdvance(column.title)
        mark = self._theme.px(_SORT_MARK) + S1 if column.sortable else 0
        return words + mark + 2 * CELL_PAD

    def paintSection(self, painter: QPainter, rect: QRect, section: int, /) -> None:
        """Paint one title."""
        theme, column = self._theme, self._model.columns[section]
        painter.fillRect(rect, theme.color("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("field_line"))
        words = rect.adjusted(CELL_PAD, 0, -CELL_PAD, 0)
        if self._sorted and self._sorted[0] == section:
            words = self._paint_order(painter, words, column.alignment)
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color("muted"))
        text = painter.fontMetrics().elidedText(
            column.title, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, column.alignment | Qt.TextFlag.TextSingleLine, text)

    def _paint_order(self, painter: QPainter, words: QRect, align: Qt.AlignmentFlag) -> QRect:
        """Paint the mark of the order on the inner side of the title; return what is left."""
        assert self._sorted is not None  # noqa: S101 - only called while sorted
        section, descending = self._sorted
        side = self._theme.px(_SORT_MARK)
        icon = "chevron-down" if descending else "chevron-up"
        title = self.title_width(section) - 2 * CELL_PAD - side - S1
        if align & Qt.AlignmentFlag.AlignRight:
            left = max(words.right() + 1 - title - S1 - side, words.left())
        else:
            left = min(words.left() + title + S1, words.right() + 1 - side)
            words = words.adjusted(0, 0, 0, 0)
        place = QRect(left, words.top() + (words.height() - side) // 2, side, side)
        self._theme.icons.paint(painter, place, icon, "muted")
        return words


def refuse(editor: LineField) -> bool:
    """Mark an editor whose text cannot be read. True if it cannot."""
    problem = editor.problem()
    mark_problem(editor, bool(problem))
    editor.setToolTip(problem)
    return bool(problem)
