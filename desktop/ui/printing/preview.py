"""The page as it will be printed, as large as there is room on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.printing.devices import picture
from desktop.ui.printing.family_sheet import HEIGHT_MM, WIDTH_MM
from desktop.ui.widgets.painting import focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from desktop.ui.printing.family_sheet import Sheet
    from desktop.ui.theme.theme import Theme

_SMALLEST, _USUAL = QSize(240, 340), QSize(372, 528)


class PagePreview(QWidget):
    """Shows a page. It takes the keyboard, so that a screen reader reads what the page says.

    Args:
        theme: the theme.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sheet: Sheet | None = None
        self._image: QImage | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The sheet as it is printed"))

    def show_sheet(self, sheet: Sheet, words: str) -> None:
        """Shows another page; `words` are all that it says."""
        self._sheet, self._image = sheet, None
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """So large that it can be read."""
        return _USUAL

    def minimumSizeHint(self) -> QSize:
        """So large that it can be told what is where."""
        return _SMALLEST

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the page, white in every theme."""
        if self._sheet is None:
            return
        place = self._place()
        ratio = self.devicePixelRatioF()
        width = round(place.width() * ratio)
        if self._image is None or self._image.width() != width:
            self._image = picture(self._sheet, self._theme.icons, width)
        painter = QPainter(self)
        painter.drawImage(place, self._image)
        painter.setPen(self._theme.color("field_line"))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            focus_ring(painter, place, self._theme.color("focus"))

    def _place(self) -> QRect:
        """The page, in the middle of the widget."""
        width = min(self.width(), round(self.height() * WIDTH_MM / HEIGHT_MM))
        place = QRect(0, 0, width, round(width * HEIGHT_MM / WIDTH_MM))
        place.moveCenter(self.rect().center())
        return place
