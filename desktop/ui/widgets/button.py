"""Buttons: one primary a page, the rest secondary or quiet; danger only where data is lost."""

from typing import Final, Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, Role

Kind = Literal["primary", "secondary", "quiet", "danger"]

_ICON_ROLES: Final[dict[Kind, Role]] = {
    "primary": "on_primary",
    "secondary": "text",
    "quiet": "primary",
    "danger": "on_danger",
}
_ICON_SIZE: Final = 18


class Button(QPushButton):
    """A push button of one of four kinds, with an icon if wanted.

    Args:
        theme: The theme.
        text: What pressing it does, as a verb.
        kind: How loud it is.
        icon: Name of an icon.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: Kind = "secondary",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon_name = icon
        self._kind: Kind = kind
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if icon:
            self._tint()
            theme.changed.connect(self._tint)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses the button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _tint(self) -> None:
        side = self._theme.px(_ICON_SIZE)
        gap = S1 if self.text() else 0
        self.setIconSize(QSize(side + gap, side))
        self.setIcon(self._theme.icons.icon(self._icon_name, _ICON_ROLES[self._kind], side, gap))


class IconButton(QToolButton):
    """A square button that shows only an icon.

    Args:
        theme: The theme.
        icon: Name of an icon.
        name: What pressing it does; its tooltip and its accessible name.
        role: The colour of the icon.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        *,
        role: Role = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon
        self._role: Role = role
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint()
        theme.changed.connect(self._tint)

    def _tint(self) -> None:
        side = self._theme.px(_ICON_SIZE)
        self.setIconSize(QSize(side, side))
        self.setIcon(self._theme.icons.icon(self._icon_name, self._role, side))
