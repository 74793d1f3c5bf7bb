"""Small photos below each other by day; the arrows go from one to the next, Enter opens one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme.tokens import RADIUS, S1, S2, S3
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.painting import focus_ring, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.theme.theme import Theme

_PICTURE = QSize(160, 120)
_ICON = 32
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """A photo in the grid: its id, the heading that it stands below, and its caption."""

    id: str
    heading: str
    caption: str | None


class PhotoGrid(QWidget):
    """The photos, each a button.

    Args:
        theme: the theme.
        parent: the parent widget.
    """

    opened = Signal(str)
    """A photo is to be seen large: its id."""
    moved = Signal(QWidget)
    """The keyboard went to a photo, which should be in view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(S2)
        self._tiles: dict[str, PhotoTile] = {}

    @property
    def tiles(self) -> list[PhotoTile]:
        """The photos, in their order."""
        return list(self._tiles.values())

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Shows these; one that had the keyboard has it again."""
        focus = self.window().focusWidget()  # also while another window is in front
        held = next((key for key, tile in self._tiles.items() if tile is focus), None)
        self._clear()
        for heading, some in groupby(tiles, key=lambda tile: tile.heading):
            label = QLabel(heading)
            label.setProperty("role", "strong")
            row = FlowRow(S3)
            for tile in some:
                row.add(self._make(tile))
            self._column.addWidget(label)
            self._column.addWidget(row)
        self._column.addStretch(1)
        self._rove(self._tiles.get(held or "") or next(iter(self._tiles.values()), None))
        if held in self._tiles:
            self._tiles[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_picture(self, photo_id: str, picture: QImage | None) -> None:
        """Shows the small picture of a photo; None if it cannot be shown."""
        if photo_id in self._tiles:
            self._tiles[photo_id].show_picture(picture)

    def focus(self, photo_id: str) -> None:
        """Puts the keyboard on a photo, if it is there."""
        if photo_id in self._tiles:
            self._tiles[photo_id].setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self, tile: PhotoTile, right: int, down: int) -> None:
        """Moves the keyboard to a neighbour."""
        if right:
            place = self.tiles.index(tile) + right
            goal = self.tiles[place] if 0 <= place < len(self._tiles) else None
        else:
            goal = self._beyond(tile, down)
        if goal is not None:
            self._rove(goal)
            goal.setFocus(Qt.FocusReason.TabFocusReason)
            self.moved.emit(goal)

    def _beyond(self, tile: PhotoTile, down: int) -> PhotoTile | None:
        """The tile of the next line that is nearest; `down` is -1 for the line above."""
        here = self._place(tile)
        beyond = [
            (abs(place.y() - here.y()), abs(place.x() - here.x()), number)
            for number, place in enumerate(map(self._place, self.tiles))
            if (place.y() - here.y()) * down > 0
        ]
        return self.tiles[min(beyond)[2]] if beyond else None

    def _place(self, tile: PhotoTile) -> QRect:
        return QRect(tile.mapTo(self, tile.rect().topLeft()), tile.size())

    def _make(self, tile: Tile) -> PhotoTile:
        made = PhotoTile(self._theme, tile, self)
        made.clicked.connect(lambda _on=False, photo_id=tile.id: self.opened.emit(photo_id))
        self._tiles[tile.id] = made
        return made

    def _rove(self, current: PhotoTile | None) -> None:
        """Lets Tab reach only one of them: the arrows do the rest."""
        for tile in self._tiles.values():
            is_current = tile is current
            policies = Qt.FocusPolicy
            tile.setFocusPolicy(policies.StrongFocus if is_current else policies.ClickFocus)

    def _clear(self) -> None:
        self._tiles.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class PhotoTile(QAbstractButton):
    """A small photo with its caption."""

    def __init__(self, theme: Theme, tile: Tile, grid: PhotoGrid) -> None:
        super().__init__()
        self._theme, self._tile, self._grid = theme, tile, grid
        self._picture: QPixmap | None = None
        self._is_missing = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = tile.caption or self.tr("Photo without a caption")
        self.setAccessibleName(f"{name}. {tile.heading}")
        self.setToolTip(tile.caption or "")
        theme.changed.connect(self.updateGeometry)

    @property
    def has_picture(self) -> bool:
        """Whether the photo is seen."""
        return self._picture is not None

    def show_picture(self, picture: QImage | None) -> None:
        """Shows the photo; None if it cannot be shown."""
        self._is_missing = picture is None
        self._picture = None if picture is None else QPixmap.fromImage(picture)
        self.update()

    def sizeHint(self) -> QSize:
        """The picture, and two lines of words."""
        words = 2 * QFontMetrics(self._theme.font("small")).lineSpacing()
        width, height = (self._theme.px(each) for each in _PICTURE.toTuple())
        return QSize(width, height + words + 3 * S1)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter opens, as Space does; the arrows go to a neighbour."""
        if event.key() in _ENTER:
            self.click()
        elif event.key() in _ARROWS:
            self._grid.go(self, *_ARROWS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the picture, cut to its frame, and the words below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.underMouse():
            rounded(painter, self.rect(), fill=self._theme.color("selection"))
        height = self._theme.px(_PICTURE.height())
        frame = QRect(0, 0, self.width(), height)
        rounded(painter, frame, fill=self._theme.color("background"))
        if self._picture is not None:
            shape = QPainterPath()
            shape.addRoundedRect(frame, RADIUS, RADIUS)
            painter.setClipPath(shape)
            painter.drawPixmap(frame, self._picture, _cut(self._picture.size(), frame.size()))
            painter.setClipping(False)
        else:
            self._paint_missing(painter, frame)
        self._paint_words(painter, height + S1)
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme.color("focus"))

    def _paint_missing(self, painter: QPainter, frame: QRect) -> None:
        side = self._theme.px(_ICON)
        icon = QRect(0, 0, side, side)
        icon.moveCenter(frame.center())
        name = "photo-off" if self._is_missing else "photo"
        self._theme.icons.paint(painter, icon, name, "muted")

    def _paint_words(self, painter: QPainter, top: int) -> None:
        font = self._theme.font("small")
        height = QFontMetrics(font).lineSpacing()
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        width = self.width() - 2 * S1
        for place, words in enumerate(_lines(self._tile.caption or "", font, width)):
            line = QRect(S1, top + place * height, width, height)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)


def _lines(words: str, font: QFont, width: int) -> list[str]:
    """Words over two lines at most; what does not fit into the second is left out."""
    layout = QTextLayout(words, font)
    layout.beginLayout()
    first = layout.createLine()
    if first.isValid():
        first.setLineWidth(width)
    layout.endLayout()
    length = first.textLength() if first.isValid() else 0
    rest = words[length:].strip()
    elide = Qt.TextElideMode.ElideRight
    return [words[:length].strip(), QFontMetrics(font).elidedText(rest, elide, width)]


def _cut(picture: QSize, frame: QSize) -> QRect:
    """The middle of a picture that has the shape of a frame."""
    size = frame.scaled(picture, Qt.AspectRatioMode.KeepAspectRatio)
    middle = QRect(0, 0, size.width(), size.height())
    middle.moveCenter(QRect(0, 0, picture.width(), picture.height()).center())
    return middle
