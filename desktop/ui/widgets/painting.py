"""Shapes that several widgets paint alike: rounded surfaces and the focus ring."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.ui.theme.tokens import RADIUS


def rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    fill: QColor | None = None,
    border: QColor | None = None,
    radius: float = RADIUS,
    width: float = 1,
) -> None:
    """Paint a rounded rectangle whose border lies inside `rect`."""
    inset = width / 2 if border else 0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    shape = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(shape, radius - inset, radius - inset)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRect, color: QColor) -> None:
    """Paint the ring that shows where the keyboard is."""
    rounded(painter, rect, border=color, width=2)
