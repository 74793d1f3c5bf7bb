"""Tabler's outline icons, tinted with a colour of the theme and kept as pixmaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap

from desktop.ui.theme.tokens import Role, Tokens

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

_GROUND: Final = b'<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
"""The square that every icon has and that is not to be seen; in a PDF Qt would draw its border."""


class Icons:
    """Draws the icons of a folder of SVG files in the colours of the current tokens.

    Args:
        folder: Where `<name>.svg` files lie, drawn with `currentColor`.
        tokens: Gives the tokens in force now; asked at each drawing, so icons follow the theme.
    """

    def __init__(self, folder: Path, tokens: Callable[[], Tokens]) -> None:
        self._folder = folder
        self._tokens = tokens
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, role: Role = "text", size: int = 20, ratio: float = 0) -> QPixmap:
        """The icon as a square of `size` device-independent pixels.

        Args:
            name: File name without `.svg`.
            role: The colour.
            size: Side of the square.
            ratio: Device pixels per pixel; 0 takes that of the sharpest screen.

        Raises:
            FileNotFoundError: There is no icon of that name.
        """
        ratio = ratio or QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]
        colour = self._tokens().hex(role)
        key = (name, colour, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, colour, size, ratio)
        return self._pixmaps[key]

    def icon(self, name: str, role: Role = "text", size: int = 20, gap: int = 0) -> QIcon:
        """The icon for a button or an action; greyed when that is disabled.

        Args:
            name: File name without `.svg`.
            role: The colour.
            size: Side of the square.
            gap: Empty pixels at the right, to keep the words of a button away.
        """
        icon = QIcon()
        modes: tuple[tuple[Role, QIcon.Mode], ...] = (
            (role, QIcon.Mode.Normal),
            ("muted", QIcon.Mode.Disabled),
        )
        for colour, mode in modes:
            drawn = self.pixmap(name, colour, size)
            icon.addPixmap(_widened(drawn, gap) if gap else drawn, mode)
        return icon

    def paint(self, painter: QPainter, rect: QRect, name: str, role: Role = "text") -> None:
        """Draw the icon in the middle of `rect`, as large as fits."""
        side = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatio()
        corner = rect.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(corner, self.pixmap(name, role, side, ratio))

    def draw(self, painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
        """Draw the icon as lines, not as pixels: for paper, on any thread.

        Args:
            painter: What paints.
            rect: Where; a square.
            name: File name without `.svg`.
            colour: As `#rrggbb`, whatever the theme is.

        Raises:
            FileNotFoundError: There is no icon of that name.
        """
        self._renderer(name, colour).render(painter, rect)

    def _renderer(self, name: str, colour: str) -> QSvgRenderer:
        from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - not before the first icon

        source = (self._folder / f"{name}.svg").read_bytes().replace(_GROUND, b"")
        return QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))

    def _render(self, name: str, colour: str, size: int, ratio: float) -> QPixmap:
        renderer = self._renderer(name, colour)
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def _widened(pixmap: QPixmap, gap: int) -> QPixmap:
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide
