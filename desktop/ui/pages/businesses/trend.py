"""The small picture of six months' profit in a cell of a table."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from desktop.ui.theme.theme import Theme
from desktop.ui.widgets.rows_model import CellRole
from desktop.ui.widgets.table_painting import CELL_PAD, CellDelegate

TREND: Final = "trend"
"""The name of the column."""

_GAP: Final = 3
_LEAST: Final = 2
_MARGIN: Final = 7


class TrendDelegate(CellDelegate):
    """Paints profits as bars up and losses as hollow bars down; a dot where nothing is known."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        /,
    ) -> None:
        """Paints one cell: what every cell has, and the picture."""
        super().paint(painter, option, index)
        if self._model.columns[index.column()].name == TREND:
            place = QRectF(option.rect).adjusted(CELL_PAD, _MARGIN, -CELL_PAD, -_MARGIN)
            paint_trend(painter, self._theme, place, index.data(CellRole.ROW).trend)


def paint_trend(
    painter: QPainter, theme: Theme, place: QRectF, profits: Sequence[int | None]
) -> None:
    """Paints profits, oldest first, into `place`; the line of zero is where it has to be."""
    known = [profit for profit in profits if profit is not None]
    top, bottom = max([*known, 0]), min([*known, 0])
    span = max(top - bottom, 1)
    zero = place.top() + place.height() * top / span if known else place.center().y()
    width = (place.width() - _GAP * (len(profits) - 1)) / len(profits)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, profit in enumerate(profits):
        left = place.left() + number * (width + _GAP)
        painter.setPen(Qt.PenStyle.NoPen)
        if profit is None:
            painter.setBrush(theme.color("muted"))
            painter.drawEllipse(QRectF(left + width / 2 - 1, zero - 1, 2, 2))
            continue
        height = max(place.height() * abs(profit) / span, _LEAST)
        bar = QRectF(left, zero - height if profit >= 0 else zero, width, height)
        if profit < 0:
            painter.setPen(QPen(theme.color("danger"), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(1, 0, -1, -1))
        else:
            painter.setBrush(theme.color("primary"))
            painter.drawRect(bar)
    painter.setPen(QPen(theme.color("field_line"), 1))
    painter.drawLine(QPointF(place.left(), zero), QPointF(place.right(), zero))
    painter.restore()
