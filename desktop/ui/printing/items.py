"""What a printed page is made of: words, icons, frames, rules, each with its place on the page.

Places are in units of 1/600 inch, whatever it is painted on, so a page is laid out once and looks the
same on the screen, in a PDF and on paper. Everything that says something is black: a cheap printer,
or one with an empty cartridge of colour, prints it all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPolygonF,
    QTextLayout,
    QTextOption,
)

from desktop.models.rules.deprivations import Result
from desktop.ui.theme.fonts import Weight, make_font
from desktop.ui.theme.icons import Icons

DPI: Final = 600
BLACK: Final = "#000000"
WHITE: Final = "#ffffff"
_POINTS: Final = 72
_INCH: Final = 25.4


def mm(length: float) -> float:
    """Millimetres in units of the page."""
    return length * DPI / _INCH


@dataclass(frozen=True, slots=True)
class Type:
    """A size of letters, in points, and their weight."""

    points: float
    weight: Weight = 400

    def font(self) -> QFont:
        """The font on the page; letters stand where they stand at any size of the picture."""
        font = make_font(round(self.points * DPI / _POINTS), self.weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def times(self, scale: float) -> "Type":
        """The same, larger or smaller."""
        return Type(self.points * scale, self.weight)


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of words below each other; `is_whole` tells whether nothing had to be left out."""

    rect: QRectF
    lines: tuple[str, ...]
    type: Type
    is_whole: bool = True

    def paint(self, painter: QPainter, _icons: Icons) -> None:
        """Paint them."""
        font = self.type.font()
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(BLACK))
        for number, line in enumerate(self.lines):
            base = self.rect.top() + metrics.ascent() + number * metrics.lineSpacing()
            painter.drawText(QPointF(self.rect.left(), base), line)


@dataclass(frozen=True, slots=True)
class Icon:
    """An icon of the program, black on white or white on black."""

    rect: QRectF
    name: str
    colour: str = BLACK

    def paint(self, painter: QPainter, icons: Icons) -> None:
        """Paint it."""
        icons.draw(painter, self.rect, self.name, self.colour)


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a factor. Full: there is enough. Empty: it is lacking. Hatched: nobody knows."""

    rect: QRectF
    result: Result

    def paint(self, painter: QPainter, _icons: Icons) -> None:
        """Paint it; the border lies inside."""
        width, radius = mm(0.7), mm(2)
        border = self.rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.setPen(QPen(QColor(BLACK), width))
        painter.setBrush(QColor(BLACK if self.result is Result.NOT_DEPRIVED else WHITE))
        if self.result is Result.UNKNOWN:
            painter.setPen(QPen(QColor(BLACK), width / 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(border, radius, radius)
        if self.result is Result.UNKNOWN:
            self._hatch(painter, border)

    def _hatch(self, painter: QPainter, border: QRectF) -> None:
        """Slanting lines all around, and room for the icon in the middle."""
        painter.save()
        painter.setClipRect(border)
        painter.setPen(QPen(QColor(BLACK), mm(0.25)))
        step, left = mm(1.3), border.left() - border.height()
        while left < border.right():
            painter.drawLine(
                QPointF(left, border.bottom()), QPointF(left + border.height(), border.top())
            )
            left += step
        painter.restore()
        room = border.width() * 0.16
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(WHITE))
        painter.drawRoundedRect(border.adjusted(room, room, -room, -room), mm(1.2), mm(1.2))


@dataclass(frozen=True, slots=True)
class Arrow:
    """A full triangle, up or down."""

    rect: QRectF
    is_up: bool

    def paint(self, painter: QPainter, _icons: Icons) -> None:
        """Paint it."""
        left, right, middle = self.rect.left(), self.rect.right(), self.rect.center().x()
        tip, foot = self.rect.top(), self.rect.bottom()
        if not self.is_up:
            tip, foot = foot, tip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(QColor(BLACK)))
        painter.drawPolygon(
            QPolygonF([QPointF(middle, tip), QPointF(right, foot), QPointF(left, foot)])
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across, or one to write on."""

    rect: QRectF

    def paint(self, painter: QPainter, _icons: Icons) -> None:
        """Paint it."""
        painter.fillRect(self.rect, QColor(BLACK))


Item = Words | Icon | Frame | Arrow | Rule


def paint(items: Iterable[Item], painter: QPainter, icons: Icons) -> None:
    """Paint items where they are; the painter is set up for units of the page."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for item in items:
        painter.save()
        item.paint(painter, icons)
        painter.restore()


def set_words(
    text: str, left: float, top: float, width: float, type_: Type, most: int = 99
) -> Words:
    """Breaks words into lines.

    Args:
        text: the words.
        left: where they begin.
        top: above the first line.
        width: of the lines.
        type_: the letters.
        most: lines; what does not fit into them is left out, and three dots say so.
    """
    font = type_.font()
    metrics = QFontMetricsF(font)
    lines, begins = [], []
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        begins.append(line.textStart())
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    is_whole = len(lines) <= most
    if not is_whole:
        rest = text[begins[most - 1] :]
        lines = lines[: most - 1]
        lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    height = metrics.lineSpacing() * max(len(lines), 1)
    taken = max((metrics.horizontalAdvance(line) for line in lines), default=0.0)
    return Words(QRectF(left, top, taken, height), tuple(lines), type_, is_whole)
