"""The place where a photo or file goes in: dropped on it, pasted into it, or chosen with a key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QRect, QSize, QStandardPaths, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QSizePolicy, QWidget

from desktop.ui.theme.tokens import CONTROL, RADIUS, S2, S3, S4
from desktop.ui.widgets.painting import focus_ring, rounded

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from desktop.ui.theme.theme import Theme
    from desktop.ui.theme.tokens import Role
    from desktop.ui.widgets.attachments.keeper import Source

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ICON = 24
_WIDTH = 320
_PICTURE = QSize(176, 132)
_DASHES = [4.0, 3.0]
_WRAP = Qt.TextFlag.TextWordWrap


class DropArea(QAbstractButton):
    """A dashed surface that takes files; with a picture in it, a button that shows the picture.

    Args:
        theme: the theme.
        icon: name of an icon, shown while it is empty.
        words: how to get something in; the text and the accessible name while it is empty.
        title: of the dialog in which files are chosen.
        kinds: which files that dialog offers, as Qt writes it.
        several: whether several can be chosen at once.
    """

    offered = Signal(list)
    """Something was dropped, pasted or chosen: a list of `Source`, never empty."""
    entered = Signal()
    """Enter was pressed on what is in it."""
    opened = Signal()
    """What is in it is to be seen in full."""
    removed = Signal()
    """What is in it is to be removed."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: str,
        *,
        title: str,
        kinds: str,
        several: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon_name, self._words = theme, icon, words
        self._title, self._kinds, self._several = title, kinds, several
        self._picture: QPixmap | None = None
        self._is_over = False
        self.takes_pictures = True
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        self.clicked.connect(self._clicked)
        theme.changed.connect(self.updateGeometry)

    @property
    def words(self) -> str:
        """How to get something in."""
        return self._words

    @property
    def is_filled(self) -> bool:
        """Whether something is in it."""
        return self._picture is not None

    def fill(self, picture: QImage | None, *, fallback: str = "photo-off") -> None:
        """Shows a picture, or an icon in the place of one that cannot be shown."""
        if picture is None or picture.isNull():
            side = self._theme.px(2 * _ICON)
            self._picture = self._theme.icons.pixmap(fallback, "muted", side)
        else:
            self._picture = QPixmap.fromImage(picture)
        self._changed_shape()

    def empty(self) -> None:
        """Shows the words again."""
        self._picture = None
        self._changed_shape()

    def choose(self) -> None:
        """Asks for files in a dialog."""
        chosen = choose_files(self, self._title, self._kinds, several=self._several)
        if chosen:
            self.offered.emit(list(chosen))

    def paste(self) -> bool:
        """Takes what is in the clipboard; tells whether that is a file or a picture."""
        return self._offer(QGuiApplication.clipboard().mimeData())

    def sizeHint(self) -> QSize:
        """As high as its words, or as its picture."""
        if self.is_filled:
            return QSize(self._theme.px(_PICTURE.width()), self._theme.px(_PICTURE.height()))
        width = self._theme.px(_WIDTH)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as is readable."""
        return self.sizeHint() if self.is_filled else QSize(self._theme.px(_WIDTH // 2), CONTROL)

    def hasHeightForWidth(self) -> bool:
        """Words wrap; a picture keeps its size."""
        return not self.is_filled

    def heightForWidth(self, width: int, /) -> int:
        """The height that the words need."""
        if self.is_filled:
            return self._theme.px(_PICTURE.height())
        words = self._words_rect(QRect(0, 0, width, 1 << 15)).height()
        return max(words + 2 * S3, self._theme.px(CONTROL))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and Space choose, or open what is there; Ctrl+V pastes; Delete removes."""
        if event.key() in _ENTER and self.is_filled:
            self.entered.emit()
        elif event.key() in _ENTER:
            self.click()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() in _REMOVE and self.is_filled:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Takes files, and pictures from other programs."""
        if self._sources(event.mimeData()):
            self._is_over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent, /) -> None:
        """Looks as before."""
        super().dragLeaveEvent(event)
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Takes what was dropped."""
        self._is_over = False
        self.update()
        if self._offer(event.mimeData()):
            event.acceptProposedAction()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the surface, and the words or the picture on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        is_lit = self._is_over or (self.underMouse() and self.isEnabled())
        fill: Role = "selection" if is_lit else "surface"
        rounded(painter, self.rect(), fill=self._theme.color(fill))
        if self._picture is not None:
            self._paint_picture(painter, self._picture)
        else:
            self._paint_words(painter)
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme.color("focus"))

    def _paint_picture(self, painter: QPainter, picture: QPixmap) -> None:
        inside = self.rect().adjusted(S2 // 2, S2 // 2, -S2 // 2, -S2 // 2)
        size = picture.size().scaled(inside.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > picture.width():
            size = picture.size()
        place = QRect(inside.topLeft(), size)
        place.moveCenter(inside.center())
        painter.drawPixmap(place, picture)
        rounded(painter, self.rect(), border=self._theme.color("line"))

    def _paint_words(self, painter: QPainter) -> None:
        role: Role = "primary" if self._is_over else "field_line"
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color(role), 1)
        pen.setDashPattern(_DASHES)
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), RADIUS, RADIUS)
        painter.restore()
        side = self._theme.px(_ICON)
        words = self._words_rect(self.rect())
        icon = QRect(S4, (self.height() - side) // 2, side, side)
        self._theme.icons.paint(painter, icon, self._icon_name, "muted")
        painter.setFont(self._theme.font())
        painter.setPen(self._theme.color("text" if self.isEnabled() else "muted"))
        flags = _WRAP | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(words.x(), 0, words.width(), self.height()), flags, self._words)

    def _words_rect(self, within: QRect) -> QRect:
        """Where the words stand, right of the icon."""
        left = S4 + self._theme.px(_ICON) + S3
        room = QRect(left, 0, max(within.width() - left - S4, 1), within.height())
        metrics = QFontMetrics(self._theme.font())
        needed = metrics.boundingRect(room, _WRAP, self._words)
        return QRect(room.x(), room.y(), room.width(), needed.height())

    def _changed_shape(self) -> None:
        fixed, preferred = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred
        self.setSizePolicy(fixed if self.is_filled else preferred, fixed)
        self.updateGeometry()
        self.update()

    def _clicked(self) -> None:
        if self.is_filled:
            self.opened.emit()
        else:
            self.choose()

    def _offer(self, data: QMimeData) -> bool:
        sources = self._sources(data)
        if sources:
            self.offered.emit(sources)
        return bool(sources)

    def _sources(self, data: QMimeData) -> list[Source]:
        """The files in it; else the picture, if pictures are taken."""
        files: list[Source] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files or not (self.takes_pictures and data.hasImage()):
            return files
        picture = data.imageData()
        return [picture] if isinstance(picture, QImage) and not picture.isNull() else []


def choose_files(parent: QWidget, title: str, kinds: str, *, several: bool) -> list[Path]:
    """Asks for files; where the system has a dialog of its own, with its own folders and phones.

    Args:
        parent: the widget that asks.
        title: of the dialog.
        kinds: which files are offered, as Qt writes it.
        several: whether several can be chosen.
    """
    dialog = QFileDialog(parent.window(), title, "", kinds)
    if dialog.directory() == QDir.current():  # nothing was chosen yet since the start
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        dialog.setDirectory(QStandardPaths.writableLocation(pictures))
    modes = QFileDialog.FileMode
    dialog.setFileMode(modes.ExistingFiles if several else modes.ExistingFile)
    try:
        return [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
    finally:
        dialog.deleteLater()
