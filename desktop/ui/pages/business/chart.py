"""The charts of a business. This module imports pyqtgraph, so it is imported with the first chart.

The view is fixed: nothing to drag, no menu. What is drawn differs in shape as well as in colour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.queries.businesses import LedgerMonth
from desktop.models.rules.money import format_rupiah
from desktop.ui.pages.business.words import short_rupiah
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S2, Role
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.mini_bars import WIDEST_BAR, bar_path, nice_top
from desktop.ui.words import short_month

Shape = Literal["bars", "line", "dashes"]
_HEIGHT: Final = 208
_BAR: Final = 0.56
_AXIS: Final = 60
_KEY: Final = 22
_FOOT: Final = 28
_STEPS: Final = 4
_LEAST: Final = 100_000
"""The least that the scale goes up to, so that a few rupiah do not look like much."""
_ROOM: Final = 0.05
"""Above the last line, so that a dot on it is whole."""


@dataclass(frozen=True)
class Series:
    """One thing that is drawn month by month."""

    name: str
    get: Callable[[LedgerMonth], int | None]
    role: Role
    shape: Shape


class LedgerChart(QWidget):
    """A few amounts by month, with a legend right above them.

    Args:
        theme: The theme.
        language: Of the months.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._shown: tuple[Sequence[LedgerMonth], Sequence[Series]] = ((), ())
        self._legend = FlowRow(S2 * 2)
        self._plot = pg.PlotWidget()
        self._plot.setFrameShape(QFrame.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.enableMouse(False)
        self._plot.hideButtons()
        self._plot.setAntialiasing(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S1)
        self._column.addWidget(self._legend)
        self._column.addWidget(self._plot)
        theme.changed.connect(self._draw)

    def show_months(self, rows: Sequence[LedgerMonth], series: Sequence[Series]) -> None:
        """Draws months, oldest first."""
        self._shown = (rows, series)
        self._draw()

    def _draw(self) -> None:
        rows, series = self._shown
        self._dress()
        self._show_legend(series)
        self._plot.clear()
        scale = self._scale(rows, series)
        for tick in scale:
            self._plot.addItem(_line(tick, self._pen("line" if tick else "field_line", 1)))
        for one in series:
            points = [
                (place, amount)
                for place, row in enumerate(rows)
                if (amount := one.get(row)) is not None
            ]
            if points:
                self._add(one, points)
        months = [(place, self._month(rows, place)) for place in range(len(rows))]
        self._plot.getAxis("bottom").setTicks([months])
        self._plot.setXRange(-0.6, len(rows) - 0.4, padding=0)
        self._fit(scale)
        self._describe(rows, series)

    def _add(self, one: Series, points: list[tuple[int, int]]) -> None:
        places, amounts = [place for place, _ in points], [amount for _, amount in points]
        color = self._theme.color(one.role)
        if one.shape == "bars":
            self._plot.addItem(_Bars(points, color, self._theme.px(WIDEST_BAR)))
            return
        self._plot.plot(
            places,
            amounts,
            pen=self._pen(one.role, 2, dashed=one.shape == "dashes"),
            symbol="s" if one.shape == "dashes" else "o",
            symbolSize=self._theme.px(7),
            symbolBrush=color,
            symbolPen=self._pen("surface", 1),
            antialias=True,
        )

    def _scale(self, rows: Sequence[LedgerMonth], series: Sequence[Series]) -> list[int]:
        """The amounts at the axis: from zero or below the lowest to above the highest."""
        amounts = [amount for one in series for row in rows if (amount := one.get(row)) is not None]
        return round_scale(min([*amounts, 0]), max([*amounts, 0]))

    def _fit(self, scale: Sequence[int]) -> None:
        ticks = [(tick, short_rupiah(tick, self._language)) for tick in scale]
        self._plot.getAxis("left").setTicks([ticks])
        room = (scale[-1] - scale[0]) * _ROOM
        self._plot.setYRange(scale[0] - (room if scale[0] else 0), scale[-1] + room, padding=0)

    def _dress(self) -> None:
        theme = self._theme
        self._plot.setFixedHeight(theme.px(_HEIGHT))
        self._plot.setBackground(theme.color("surface"))
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setTickFont(theme.font("small", figures=True))
            axis.setTextPen(theme.color("muted"))
            axis.setPen(pg.mkPen(None))
            axis.setStyle(tickLength=0, tickTextOffset=S2)
        self._plot.getAxis("left").setWidth(theme.px(_AXIS))
        self._plot.getAxis("bottom").setHeight(theme.px(_FOOT))

    def _show_legend(self, series: Sequence[Series]) -> None:
        legend = FlowRow(S2 * 2)
        for one in series:
            legend.add(_Key(self._theme, one))
        self._column.replaceWidget(self._legend, legend)
        self._legend.hide()
        self._legend.deleteLater()
        self._legend = legend

    def _month(self, rows: Sequence[LedgerMonth], place: int) -> str:
        """The month's short name; its year where it begins or changes."""
        name, year = short_month(rows[place].month, self._language).split()
        is_first = place == 0 or name == short_month("2000-01", self._language).split()[0]
        return f"{name} {year}" if is_first else name

    def _describe(self, rows: Sequence[LedgerMonth], series: Sequence[Series]) -> None:
        """The same for those who do not see it."""
        self.setAccessibleName(", ".join(one.name for one in series))
        lines = (
            f"{short_month(row.month, self._language)}: {one.name} {format_rupiah(amount)}"
            for row in rows
            for one in series
            if (amount := one.get(row)) is not None
        )
        self.setAccessibleDescription(". ".join(lines))

    def _pen(self, role: Role, width: float, *, dashed: bool = False) -> QPen:
        pen = QPen(self._theme.color(role), width)
        pen.setCosmetic(True)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        return pen


def round_scale(lowest: int, highest: int) -> list[int]:
    """Round amounts at equal steps, from `lowest` (zero or below) to `highest` or just above."""
    step = nice_top(max(highest, -lowest, _LEAST), _STEPS) // _STEPS
    return list(range(lowest // step * step, -(-max(highest, 1) // step) * step + 1, step))


class _Bars(pg.GraphicsObject):  # type: ignore[misc]
    """Bars that stand on zero, their upper corners round."""

    def __init__(self, points: Sequence[tuple[int, int]], color: QColor, widest: int) -> None:
        super().__init__()
        self._points, self._color, self._widest = points, color, widest

    def boundingRect(self) -> QRectF:
        """The room that the bars take, in months and rupiah."""
        places = [place for place, _amount in self._points]
        left, wide = min(places) - _BAR / 2, max(places) - min(places) + _BAR
        return QRectF(left, 0, wide, max(amount for _place, amount in self._points))

    def paint(self, painter: QPainter, _option: object, _widget: object = None) -> None:
        """Paints them in pixels: a corner is as round at any scale."""
        to_pixels = painter.transform()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, amount in self._points:
            bar = to_pixels.mapRect(QRectF(place - _BAR / 2, 0, _BAR, amount))
            too_wide = max(bar.width() - self._widest, 0)
            bar.adjust(too_wide / 2, 0, -too_wide / 2, 0)
            painter.fillPath(bar_path(bar), self._color)


def _line(amount: int, pen: QPen) -> Any:
    line = pg.InfiniteLine(amount, angle=0, pen=pen)
    line.setZValue(-1)  # below the bars
    return line


class _Key(QWidget):
    """One entry of the legend: how it is drawn, and its name."""

    def __init__(self, theme: Theme, series: Series) -> None:
        super().__init__()
        self._theme = theme
        self._series = series
        self.setAccessibleName(series.name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self._series.name)
        return QSize(self._theme.px(_KEY) + S2 + words + 2, self._theme.px(_KEY))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, one = self._theme, self._series
        color, side, middle = theme.color(one.role), theme.px(_KEY), self.height() / 2
        if one.shape == "bars":
            square = theme.px(12)
            painter.fillRect(
                QRectF((side - square) / 2, middle - square / 2, square, square), color
            )
        else:
            style = Qt.PenStyle.DashLine if one.shape == "dashes" else Qt.PenStyle.SolidLine
            painter.setPen(QPen(color, 2, style))
            painter.drawLine(QPointF(0, middle), QPointF(side, middle))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            dot = theme.px(4)
            mark = QRectF(side / 2 - dot, middle - dot, 2 * dot, 2 * dot)
            painter.drawRect(mark) if one.shape == "dashes" else painter.drawEllipse(mark)
        painter.setPen(theme.color("text"))
        words = self.rect().adjusted(side + S2, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, one.name)
