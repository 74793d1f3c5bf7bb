"""How the cells and headers of a table are painted, and how a cell is edited."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S1, S2, Role
from desktop.ui.widgets.badge import (
    LOOKS,
    Look,
    TransportState,
    WorkState,
    mark_width,
    paint_mark,
)
from desktop.ui.widgets.date_field import DateField
from desktop.ui.widgets.field import mark_problem
from desktop.ui.widgets.money_field import MoneyField
from desktop.ui.widgets.rows_model import CellRole, RowsModel
from desktop.ui.widgets.text_field import LineField, NumberField, TextField

CELL_PAD: Final = S2
_SORT_MARK: Final = 14
_ENDLESS: Final = 10_000
"""Higher than any cell."""
_EDITOR_TYPES: Final[dict[str, type[MoneyField] | type[NumberField] | type[DateField]]] = {
    "money": MoneyField,
    "number": NumberField,
    "date": DateField,
}
_STATES: Final[dict[str, type[WorkState] | type[TransportState]]] = {
    "work": WorkState,
    "transport": TransportState,
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEAVING: Final = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints cells: zebra, selection, line below, marks; numbers with tabular figures."""

    refused = Signal(str, str)
    """An editor holds, or was left with, what cannot be read: the text, and why."""

    def __init__(self, theme: Theme, model: RowsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """What the text or the mark needs."""
        text = str(index.data() or "")
        look = self._look(index)
        font = self._theme.font(figures=True)
        words = QFontMetrics(font).horizontalAdvance(text)
        wide = mark_width(self._theme, look, text) if look else words
        height = self._theme.px(CONTROL)
        if look is None and self._wraps(option, index):
            place = QRect(0, 0, max(option.rect.width() - 2 * CELL_PAD, 1), _ENDLESS)
            wrapped = QFontMetrics(font).boundingRect(place, Qt.TextFlag.TextWordWrap, text)
            height = max(height, wrapped.height() + 2 * CELL_PAD)
        # Two pixels more: widths are rounded down, and half a figure would cut off three.
        return QSize(wide + 2 * CELL_PAD + 2, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Paint one cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        theme = self._theme
        selected = bool(state & QStyle.StateFlag.State_Selected)
        ground = "selection" if selected else "zebra" if index.row() % 2 else "surface"
        painter.fillRect(rect, theme.color(ground))  # type: ignore[arg-type]
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
        column = self._model.columns[index.column()]
        look = self._look(index)
        words = rect.adjusted(CELL_PAD, 0, -CELL_PAD, 0)
        if look:
            paint_mark(painter, theme, words, look, str(index.data()))
        else:
            figures = column.kind != "text" or bool(column.alignment & Qt.AlignmentFlag.AlignRight)
            painter.setFont(theme.font(figures=figures))
            painter.setPen(theme.color(self.role(index)))
            self._paint_words(painter, words, index, wraps=self._wraps(option, index))

    def role(self, index: Index) -> Role:
        """The colour of the words in a cell; a table may have others."""
        del index
        return "text"

    def _paint_words(self, painter: QPainter, place: QRect, index: Index, *, wraps: bool) -> None:
        text, alignment = str(index.data() or ""), self._model.columns[index.column()].alignment
        if wraps:
            painter.drawText(place, alignment | Qt.TextFlag.TextWordWrap, text)
            return
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, alignment | Qt.TextFlag.TextSingleLine, fitted)

    def _wraps(self, option: QStyleOptionViewItem, index: Index) -> bool:
        """Whether a cell breaks its words over lines."""
        is_wrapped = bool(option.features & QStyleOptionViewItem.ViewItemFeature.WrapText)
        return is_wrapped and self._model.columns[index.column()].kind == "text"

    def _look(self, index: Index) -> Look | None:
        """How the mark in a cell looks; None if the cell holds no mark."""
        state_type = _STATES.get(self._model.columns[index.column()].kind)
        value = index.data(CellRole.VALUE)
        return LOOKS[state_type(value)] if state_type and value is not None else None

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index, /
    ) -> QWidget:
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
        if not isinstance(editor, (TextField, NumberField, MoneyField, DateField)):
            return
        if editor.problem():
            self.refused.emit(editor.text(), editor.problem())
        elif editor.value() != index.data(CellRole.VALUE):
            model.setData(index, editor.value(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, editor: QObject, event: QEvent, /) -> bool:
        """Enter takes what was typed and goes on; what cannot be read stays in the editor."""
        if isinstance(editor, LineField) and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and event.key() in _LEAVING and _refuse(editor):
                editor.selectAll()  # what is typed next replaces it
                self.refused.emit(editor.text(), editor.problem())
                return True
            if pressed and event.key() in _ENTER:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.EditNextItem)
                return True
        return super().eventFilter(editor, event)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index, /
    ) -> None:
        """The editor fills the cell."""
        editor.setGeometry(option.rect)


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
        return words + mark + 2 * CELL_PAD + 2  # widths are rounded down, as above

    def paintSection(self, painter: QPainter, rect: QRect, section: int, /) -> None:
        """Paint one title."""
        theme, column = self._theme, self._model.columns[section]
        painter.fillRect(rect, theme.color("surface"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("field_line"))
        words = rect.adjusted(CELL_PAD, 0, -CELL_PAD, 0)
        if self._sorted and self._sorted[0] == section:
            self._paint_order(painter, words, section, descending=self._sorted[1])
        painter.setFont(theme.font("body", 600))
        painter.setPen(theme.color("muted"))
        text = painter.fontMetrics().elidedText(
            column.title, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, column.alignment | Qt.TextFlag.TextSingleLine, text)

    def _paint_order(
        self, painter: QPainter, words: QRect, section: int, *, descending: bool
    ) -> None:
        """Paint the mark of the order beside the title, on the inner side."""
        align = self._model.columns[section].alignment
        side = self._theme.px(_SORT_MARK)
        icon = "chevron-down" if descending else "chevron-up"
        title = self.title_width(section) - 2 * CELL_PAD - side - S1
        if align & Qt.AlignmentFlag.AlignRight:
            left = max(words.right() + 1 - title - S1 - side, words.left())
        else:
            left = min(words.left() + title + S1, words.right() + 1 - side)
        place = QRect(left, words.top() + (words.height() - side) // 2, side, side)
        self._theme.icons.paint(painter, place, icon, "muted")


def _refuse(editor: LineField) -> bool:
    """Mark an editor whose text cannot be read. True if it cannot."""
    problem = editor.problem()
    mark_problem(editor, bool(problem))
    editor.setToolTip(problem)
    return bool(problem)
