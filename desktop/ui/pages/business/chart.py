"""The charts of a business. This module imports pyqtgraph, so it is imported with the first chart.

The view is fixed: nothing to drag, no menu. What is drawn differs in shape as well as in colour.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.queries.businesses import LedgerMonth
from desktop.models.rules.money import format_rupiah
from desktop.ui.pages.business.words import short_month, short_rupiah
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S2, Role
from desktop.ui.widgets.flow_row import FlowRow

Shape = Literal["bars", "line", "dashes"]
_HEIGHT: Final = 208
_BAR: Final = 0.56
_AXIS: Final = 60
_KEY: Final = 22
_FOOT: Final = 28


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
        self._axis = _MoneyAxis(orientation="left")
        self._plot = pg.PlotWidget(axisItems={"left": self._axis})
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
        self._plot.addItem(pg.InfiniteLine(0, angle=0, pen=self._pen("field_line", 1)))
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
        self._fit(rows, series)
        self._describe(rows, series)

    def _add(self, one: Series, points: list[tuple[int, int]]) -> None:
        places, amounts = [place for place, _ in points], [amount for _, amount in points]
        color = self._theme.color(one.role)
        if one.shape == "bars":
            bars = pg.BarGraphItem(x=places, height=amounts, width=_BAR, brush=color, pen=None)
            self._plot.addItem(bars)
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

    def _fit(self, rows: Sequence[LedgerMonth], series: Sequence[Series]) -> None:
        amounts = [amount for one in series for row in rows if (amount := one.get(row)) is not None]
        top, bottom = max([*amounts, 0]), min([*amounts, 0])
        room = max(top - bottom, 100_000) * 0.08
        self._plot.setYRange(bottom - (room if bottom else 0), top + room, padding=0)

    def _dress(self) -> None:
        theme = self._theme
        self._plot.setFixedHeight(theme.px(_HEIGHT))
        self._plot.setBackground(theme.color("surface"))
        for name in ("left", "bottom"):
            axis = self._plot.getAxis(name)
            axis.setTickFont(theme.font("small", figures=True))
            axis.setTextPen(theme.color("muted"))
            axis.setPen(self._pen("line", 1) if name == "bottom" else pg.mkPen(None))
            axis.setTickPen(self._pen("line", 1))
            axis.setStyle(tickLength=0, tickTextOffset=S2)
        self._axis.setWidth(theme.px(_AXIS))
        self._plot.getAxis("bottom").setHeight(theme.px(_FOOT))
        self._plot.showGrid(x=False, y=True, alpha=1.0)

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


class _MoneyAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis in rupiah, in the short form that is spoken."""

    def tickStrings(self, values: list[float], scale: float, _spacing: float) -> list[str]:
        """The words at the ticks."""
        return [short_rupiah(round(value * scale)) for value in values]

    def tickSpacing(self, least: float, most: float, size: float) -> Any:
        """Only the large steps: the small ones are noise."""
        return super().tickSpacing(least, most, size)[:1]


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
