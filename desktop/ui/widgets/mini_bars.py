"""A small bar chart, painted: a title close above it, a target line, values on the bars."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.models.rules.money import format_number
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S2, S6

_TICKS = 4
WIDEST_BAR = 56
"""In pixels at 100%, however few bars there are."""
_CORNER = 4


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: the words below it, and its height, which is not negative."""

    label: str
    value: int


def nice_top(highest: int, ticks: int = _TICKS) -> int:
    """The least round number that is `ticks` equal, round steps high and not below `highest`."""
    step = max(highest, 1) / ticks
    magnitude = 10 ** math.floor(math.log10(step)) if step >= 1 else 1
    for factor in (1, 2, 2.5, 4, 5, 10):
        rounded_step = factor * magnitude
        if rounded_step >= step and rounded_step == int(rounded_step):
            return int(rounded_step) * ticks
    return 10 * magnitude * ticks


class MiniBars(QWidget):
    """Bars for a dozen values.

    Args:
        theme: The theme.
        title: What is shown.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._bars: tuple[Bar, ...] = ()
        self._target: int | None = None
        self._target_text = ""
        self._write: Callable[[int], str] = format_number
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(title)
        theme.changed.connect(self.update)

    def set_data(
        self,
        bars: Sequence[Bar],
        target: int | None = None,
        target_text: str = "",
        *,
        write: Callable[[int], str] = format_number,
    ) -> None:
        """Show other values.

        Args:
            bars: The bars, left to right.
            target: Where the dashed line stands.
            target_text: The words for it, such as `Target 120`.
            write: How a value is written.
        """
        self._bars, self._target = tuple(bars), target
        self._target_text, self._write = target_text, write
        words = [f"{bar.label} {write(bar.value)}" for bar in bars]
        self.setAccessibleDescription("; ".join([target_text, *words] if target_text else words))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and not high."""
        return QSize(self._theme.px(480), self._theme.px(200))

    def minimumSizeHint(self) -> QSize:
        """Below this the words would touch."""
        return QSize(self._theme.px(240), self._theme.px(140))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint title, scale, bars and target."""
        painter = QPainter(self)
        small = QFontMetrics(self._theme.font("small", figures=True))
        title_height = self._paint_head(painter)
        if not self._bars:
            return
        top = nice_top(max(self._target or 0, *(bar.value for bar in self._bars)))
        scale_width = small.horizontalAdvance(self._write(top)) + S2
        upper = title_height + S2 + small.height()
        lower = self.height() - small.height() - S2
        plot = QRect(scale_width, upper, self.width() - scale_width, lower - upper)
        self._paint_scale(painter, plot, top)
        shapes = self._bar_shapes(plot, top)
        self._paint_bars(painter, shapes)
        self._paint_target(painter, plot, top)
        self._paint_words(painter, plot, shapes)

    def _paint_head(self, painter: QPainter) -> int:
        """Paint the title, and at its right what the dashed line means; return their height."""
        theme = self._theme
        painter.setFont(theme.font("heading", 600))
        painter.setPen(theme.color("text"))
        height = painter.fontMetrics().height()
        line = QRect(0, 0, self.width(), height)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, self._title)
        if self._target is None or not self._target_text:
            return height
        painter.setFont(theme.font("small", 500))
        painter.setPen(theme.color("warning"))
        painter.drawText(
            line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._target_text
        )
        words = painter.fontMetrics().horizontalAdvance(self._target_text)
        right = self.width() - words - S2
        painter.setPen(self._dashes())
        painter.drawLine(right - S6, height // 2, right, height // 2)
        return height

    def _paint_scale(self, painter: QPainter, plot: QRect, top: int) -> None:
        theme = self._theme
        painter.setFont(theme.font("small", figures=True))
        height = painter.fontMetrics().height()
        for tick in range(_TICKS + 1):
            y = plot.bottom() - round(plot.height() * tick / _TICKS)
            painter.setPen(theme.color("field_line" if tick == 0 else "line"))
            painter.drawLine(plot.left(), y, plot.right(), y)
            painter.setPen(theme.color("muted"))
            place = QRect(0, y - height // 2, plot.left() - S2, height)
            words = self._write(top * tick // _TICKS)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, words)

    def _bar_shapes(self, plot: QRect, top: int) -> list[QRectF]:
        slot = plot.width() / len(self._bars)
        width = min(slot * 0.6, self._theme.px(WIDEST_BAR))
        shapes = []
        for place, bar in enumerate(self._bars):
            left = plot.left() + slot * (place + 0.5) - width / 2
            tall = plot.height() * bar.value / top
            shapes.append(QRectF(left, plot.bottom() - tall, width, tall))
        return shapes

    def _paint_bars(self, painter: QPainter, shapes: Sequence[QRectF]) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in shapes:
            painter.fillPath(bar_path(shape), self._theme.color("primary"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_words(self, painter: QPainter, plot: QRect, shapes: Sequence[QRectF]) -> None:
        """Paint the values above the bars, clear of any line, and the labels below."""
        theme = self._theme
        slot = plot.width() / len(shapes)
        for bar, shape in zip(self._bars, shapes, strict=True):
            painter.setFont(theme.font("small", 500, figures=True))
            metrics = painter.fontMetrics()
            words = self._write(bar.value)
            column = QRectF(0, 0, slot, metrics.height())
            column.moveCenter(shape.center())
            column.moveBottom(shape.top() - 1)
            clear = QRectF(0, 0, metrics.horizontalAdvance(words) + S1, metrics.height())
            clear.moveCenter(column.center())
            painter.fillRect(clear, theme.color("surface"))
            painter.setPen(theme.color("text"))
            painter.drawText(column, Qt.AlignmentFlag.AlignCenter, words)
            column.moveTop(plot.bottom() + S1 + 2)
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("muted"))
            painter.drawText(column, Qt.AlignmentFlag.AlignCenter, bar.label)

    def _paint_target(self, painter: QPainter, plot: QRect, top: int) -> None:
        if self._target is not None:
            y = plot.bottom() - round(plot.height() * self._target / top)
            painter.setPen(self._dashes())
            painter.drawLine(plot.left(), y, plot.right(), y)

    def _dashes(self) -> QPen:
        pen = QPen(self._theme.color("accent"), 2)
        pen.setDashPattern([3, 2])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen


def bar_path(shape: QRectF) -> QPainterPath:
    """A bar whose upper corners are round, as every bar of the application is."""
    corner = min(_CORNER, shape.height())
    path = QPainterPath()
    path.moveTo(shape.bottomLeft())
    path.lineTo(shape.left(), shape.top() + corner)
    path.quadTo(shape.topLeft(), shape.topLeft() + type(shape.topLeft())(corner, 0))
    path.lineTo(shape.right() - corner, shape.top())
    path.quadTo(shape.topRight(), shape.topRight() + type(shape.topRight())(0, corner))
    path.lineTo(shape.bottomRight())
    path.closeSubpath()
    return path
