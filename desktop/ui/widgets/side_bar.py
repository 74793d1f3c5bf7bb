"""The side bar: where one can go, and at its foot what is saved and what has been sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import CONTROL, S1, S2, S3, S4, SIDE_WIDTH, Role
from desktop.ui.widgets.painting import focus_ring, rounded

Level = Literal["plain", "good", "warning", "error"]

_LEVEL_ROLES: Final[dict[Level, Role]] = {
    "plain": "side_muted",
    "good": "side_text",
    "warning": "side_text",
    "error": "side_text",
}
_LEVEL_ICONS: Final[dict[Level, str]] = {
    "plain": "",
    "good": "check",
    "warning": "alert-triangle",
    "error": "alert-circle",
}
STATUS_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A line at the foot of the side bar.

    Attributes:
        text: What is so, in words.
        icon: Name of an icon; without it the level chooses one.
        level: How much it matters.
    """

    text: str
    icon: str = ""
    level: Level = "plain"


class SideBar(QWidget):
    """The application's pages, one below the other, and the state of saving and sending.

    Args:
        theme: The theme.
        title: The name of the application.
        parent: The parent widget.
    """

    navigated = Signal(str)
    """The key of the page that was chosen."""
    status_pressed = Signal()
    """The one button below the status lines was pressed."""

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: dict[str, _NavItem] = {}
        self.setAccessibleName(self.tr("Pages"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._title = QLabel(title)
        self._title.setContentsMargins(0, 0, 0, S2)
        column = QVBoxLayout(self)
        column.setContentsMargins(S3, S4, S3, S3)
        column.setSpacing(S1)
        column.addWidget(self._title)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(S1)
        column.addLayout(self._pages)
        column.addStretch(1)
        column.addSpacing(S2)
        self._status = [_StatusLabel(theme) for _ in range(STATUS_LINES)]
        for label in self._status:
            column.addWidget(label)
        self._button = _FootButton(theme)
        self._button.clicked.connect(self.status_pressed)
        self._button.hide()
        column.addSpacing(S1)
        column.addWidget(self._button)
        self._restyle()
        theme.changed.connect(self._restyle)

    def add_item(self, key: str, text: str, icon: str) -> None:
        """Add a page at the end."""
        item = _NavItem(self._theme, text, icon)
        item.setObjectName(key)
        item.clicked.connect(lambda: self.navigated.emit(key))
        self._items[key] = item
        self._pages.addWidget(item)

    def set_current(self, key: str) -> None:
        """Mark the page that is shown; an unknown key marks none."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_count(self, key: str, count: int) -> None:
        """Show how many things wait on a page; 0 shows nothing.

        Raises:
            KeyError: There is no such page.
        """
        self._items[key].set_count(count)

    def set_texts(self, texts: dict[str, str]) -> None:
        """Show the pages' names in another language.

        Raises:
            KeyError: There is no such page.
        """
        for key, text in texts.items():
            self._items[key].set_text(text)

    def set_title(self, title: str) -> None:
        """Show another name of the application."""
        self._title.setText(title)

    def set_status(self, lines: Sequence[StatusLine], button: str = "") -> None:
        """Show up to three lines at the foot, and one button if its text is given.

        Raises:
            ValueError: There are more than three lines.
        """
        if len(lines) > STATUS_LINES:
            raise ValueError("the foot of the side bar has three lines")
        for index, label in enumerate(self._status):
            label.show_line(lines[index] if index < len(lines) else None)
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Up and down walk through the pages."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        items = list(self._items.values())
        focused = [index for index, item in enumerate(items) if item.hasFocus()]
        if event.key() not in steps or not focused:
            super().keyPressEvent(event)
            return
        goal = (focused[0] + steps[Qt.Key(event.key())]) % len(items)
        items[goal].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the ground."""
        QPainter(self).fillRect(event.rect(), self._theme.color("side"))

    def _restyle(self) -> None:
        self.setFixedWidth(_side_width(self._theme))
        self._title.setStyleSheet(f"color: {self._theme.tokens.side_text};")
        self._title.setFont(self._theme.font("heading", 600))


class _NavItem(QAbstractButton):
    """One page: icon, name, and how many things wait there."""

    def __init__(self, theme: Theme, text: str, icon: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self._count = 0
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self._describe()

    def set_count(self, count: int) -> None:
        self._count = count
        self._describe()
        self.update()

    def nextCheckState(self) -> None:
        """The window says which page is shown, not the click."""

    def sizeHint(self) -> QSize:
        return QSize(_side_width(self._theme) - 2 * S3, self._theme.px(CONTROL))

    def minimumSizeHint(self) -> QSize:
        """On a low screen with large text the items move together, down to a touch target."""
        return QSize(self._theme.px(CONTROL), CONTROL)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        theme, rect = self._theme, self.rect()
        if self.isChecked():
            rounded(painter, rect, fill=theme.color("side_selected"))
        elif self.underMouse():
            hover = QColor(theme.color("side_selected"))
            hover.setAlpha(110)
            rounded(painter, rect, fill=hover)
        side = theme.px(18)
        icon_rect = QRect(S3, (rect.height() - side) // 2, side, side)
        theme.icons.paint(painter, icon_rect, self._icon_name, "side_text")
        painter.setPen(theme.color("side_text"))
        painter.setFont(theme.font("body", 600 if self.isChecked() else 400))
        right = self._paint_count(painter) if self._count else rect.right() - S2
        words = QRect(icon_rect.right() + S3, 0, right - icon_rect.right() - S3, rect.height())
        text = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        if self.hasFocus():
            focus_ring(painter, rect, theme.color("focus"))

    def _paint_count(self, painter: QPainter) -> int:
        """Paint the pill at the right; return where it begins."""
        theme = self._theme
        font = theme.font("small", 600, figures=True)
        text = str(self._count) if self._count < 1000 else "999+"
        height = theme.px(20)
        width = max(height, QFontMetrics(font).horizontalAdvance(text) + S3)
        pill = QRect(self.width() - S2 - width, (self.height() - height) // 2, width, height)
        painter.save()
        rounded(painter, pill, fill=theme.color("side_text"), radius=height / 2)
        painter.setPen(theme.color("side"))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
        return pill.left() - S1

    def _describe(self) -> None:
        waiting = self.tr("%n waiting", "", self._count) if self._count else ""
        self.setAccessibleName(f"{self.text()}, {waiting}" if waiting else self.text())


class _StatusLabel(QWidget):
    """An icon and a few words at the foot; the words wrap."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line = StatusLine("")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_line(self, line: StatusLine | None) -> None:
        self._line = line or StatusLine("")
        self.setVisible(line is not None)
        self.setAccessibleName(self._line.text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        room = QRect(0, 0, max(width - self._indent(), 1), 1000)
        words = QFontMetrics(self._theme.font("small")).boundingRect(
            room, int(Qt.TextFlag.TextWordWrap), self._line.text
        )
        return words.height() + S1

    def sizeHint(self) -> QSize:
        width = _side_width(self._theme) - 2 * S3
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        theme, line = self._theme, self._line
        role = _LEVEL_ROLES[line.level]
        icon = line.icon or _LEVEL_ICONS[line.level]
        if icon:
            tint: Role = "side_muted" if line.level == "plain" else "side_text"
            side = theme.px(14)
            top = S1 // 2 + (painter.fontMetrics().height() - side) // 2 - 1
            theme.icons.paint(painter, QRect(0, top, side, side), icon, tint)
        painter.setFont(theme.font("small", 400 if line.level == "plain" else 500))
        painter.setPen(theme.color(role))
        words = self.rect().adjusted(self._indent(), S1 // 2, 0, 0)
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap), line.text)

    def _indent(self) -> int:
        has_icon = self._line.icon or _LEVEL_ICONS[self._line.level]
        return self._theme.px(14) + S2 if has_icon else 0


class _FootButton(QAbstractButton):
    """The one button of the foot: small words, full width, a full touch target."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_side_width(self._theme) - 2 * S3, self._theme.px(CONTROL))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        theme = self._theme
        fill = theme.color("side_selected") if self.underMouse() or self.isDown() else None
        rounded(painter, self.rect(), fill=fill, border=theme.color("side_muted"))
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.color("side_text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme.color("focus"))


def _side_width(theme: Theme) -> int:
    """The side bar grows half as fast as the text, to leave the width to the page."""
    return round(SIDE_WIDTH * (1 + (theme.scale - 1) / 2))
