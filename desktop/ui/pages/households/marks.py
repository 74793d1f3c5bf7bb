"""The mark of a family about which something has to be decided, beside its name."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter

from desktop.ui.theme.tokens import S2
from desktop.ui.widgets.badge import Look, mark_width, paint_mark
from desktop.ui.widgets.rows_model import CellRole
from desktop.ui.widgets.table_painting import CellDelegate

NAME: Final = "head_name"
"""The name of the column."""

_LOOK: Final = Look("alert-triangle", "warning", "warning_soft")


class NameDelegate(CellDelegate):
    """Paints a name, and beside it what has to be decided; the text of the cell says both.

    `says` gives the words of the mark for a row; "" for none.
    """

    says: Callable[[Any], str] = staticmethod(lambda _row: "")

    def _paint_words(
        self,
        painter: QPainter,
        place: QRect,
        index: QModelIndex | QPersistentModelIndex,
        *,
        wraps: bool,
    ) -> None:
        is_name = self._model.columns[index.column()].name == NAME
        words = self.says(index.data(CellRole.ROW)) if is_name else ""
        if not words:
            super()._paint_words(painter, place, index, wraps=wraps)
            return
        width = min(mark_width(self._theme, _LOOK, words), place.width() // 2)
        name = str(index.data(CellRole.VALUE))
        metrics = painter.fontMetrics()
        room = place.adjusted(0, 0, -width - S2, 0)
        fitted = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitted)
        left = place.left() + metrics.horizontalAdvance(fitted) + S2
        paint_mark(
            painter, self._theme, QRect(left, place.top(), width, place.height()), _LOOK, words
        )
