"""The two marks of a record, never to be mixed: the state of the work and that of its transport.

The state of the work is a filled pill; the state of transport is a bare icon with words. Each
state has its own icon too, so nothing depends on telling colours apart.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S2, Role
from desktop.ui.widgets.painting import rounded


class WorkState(StrEnum):
    """How far people have got with a record."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"


class TransportState(StrEnum):
    """How far a record has got on its way to the province."""

    LOCAL = "local"
    WAITING = "waiting"
    SET_ASIDE = "set_aside"
    FILES_HERE = "files_here"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Look:
    """How a mark looks.

    Attributes:
        icon: Name of its icon.
        role: Colour of the icon and, in a pill, of the words.
        ground: Colour of the pill; None for a bare mark, whose words are plain text.
    """

    icon: str
    role: Role
    ground: Role | None = None


LOOKS: Final[dict[WorkState | TransportState, Look]] = {
    WorkState.DRAFT: Look("pencil", "muted", "background"),
    WorkState.SUBMITTED: Look("send", "text", "background"),
    WorkState.RETURNED: Look("arrow-back-up", "warning", "warning_soft"),
    WorkState.VERIFIED: Look("circle-check", "primary", "selection"),
    TransportState.LOCAL: Look("device-laptop", "muted"),
    TransportState.WAITING: Look("cloud-up", "warning"),
    TransportState.SET_ASIDE: Look("alert-triangle", "warning"),
    TransportState.FILES_HERE: Look("paperclip", "muted"),
    TransportState.CONFIRMED: Look("cloud-check", "primary"),
}
_OUTLINES: Final[dict[Role, Role]] = {"background": "line", "warning_soft": "warning"}
_ICON: Final = 14
_HEIGHT: Final = 24


def state_text(state: WorkState | TransportState) -> str:
    """The words for a state, in the language of the application."""
    translate = QCoreApplication.translate
    texts: dict[WorkState | TransportState, str] = {
        WorkState.DRAFT: translate("State", "Draft"),
        WorkState.SUBMITTED: translate("State", "Submitted"),
        WorkState.RETURNED: translate("State", "Returned"),
        WorkState.VERIFIED: translate("State", "Verified"),
        TransportState.LOCAL: translate("State", "On this laptop"),
        TransportState.WAITING: translate("State", "Waiting to be sent"),
        TransportState.SET_ASIDE: translate("State", "With the office"),
        TransportState.FILES_HERE: translate("State", "Sent, files not yet"),
        TransportState.CONFIRMED: translate("State", "Confirmed by the province"),
    }
    return texts[state]


def mark_width(theme: Theme, look: Look, text: str) -> int:
    """How wide a mark is."""
    words = QFontMetrics(theme.font("small", 500)).horizontalAdvance(text)
    icon = theme.px(_ICON) + S1 if look.icon else 0
    return words + icon + (2 * theme.px(S2) if look.ground else 0) + 2


def paint_mark(painter: QPainter, theme: Theme, rect: QRect, look: Look, text: str) -> None:
    """Paint a mark at the left of `rect`, in the middle of its height; elided if too long."""
    height = theme.px(_HEIGHT)
    width = min(mark_width(theme, look, text), rect.width())
    place = QRect(rect.left(), rect.top() + (rect.height() - height) // 2, width, height)
    if look.ground:
        border = theme.color(_OUTLINES.get(look.ground, look.ground))
        ground = theme.color(look.ground)
        rounded(painter, place, fill=ground, border=border, radius=height / 2)
        place.adjust(theme.px(S2), 0, -theme.px(S2), 0)
    if look.icon:
        side = theme.px(_ICON)
        theme.icons.paint(
            painter, QRect(place.left(), place.top(), side, height), look.icon, look.role
        )
        place.setLeft(place.left() + side + S1)
    painter.save()
    painter.setFont(theme.font("small", 500))
    painter.setPen(theme.color(look.role if look.ground else "text"))
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
    painter.restore()


class _Mark(QWidget):
    """A mark on a page; reads out as its words."""

    def __init__(self, theme: Theme, look: Look, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._show(look, text)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(mark_width(self._theme, self._look, self._text), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        paint_mark(QPainter(self), self._theme, self.rect(), self._look, self._text)

    def _show(self, look: Look, text: str) -> None:
        self._look, self._text = look, text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()


class Badge(_Mark):
    """The state of the work, as a pill.

    Args:
        theme: The theme.
        state: The state, or its value.
        text: Other words than the usual ones.
        parent: The parent widget.
    """

    def __init__(
        self, theme: Theme, state: WorkState | str, *, text: str = "", parent: QWidget | None = None
    ) -> None:
        known = WorkState(state)
        super().__init__(theme, LOOKS[known], text or state_text(known), parent)

    def set_state(self, state: WorkState | str, text: str = "") -> None:
        """Show another state."""
        known = WorkState(state)
        self._show(LOOKS[known], text or state_text(known))


class TransportMark(_Mark):
    """The state of transport, as an icon with words.

    Args:
        theme: The theme.
        state: The state, or its value.
        text: Other words than the usual ones.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        state: TransportState | str,
        *,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        known = TransportState(state)
        super().__init__(theme, LOOKS[known], text or state_text(known), parent)

    def set_state(self, state: TransportState | str, text: str = "") -> None:
        """Show another state."""
        known = TransportState(state)
        self._show(LOOKS[known], text or state_text(known))


class Tag(_Mark):
    """A pill that is neither of the two: a phase, a kind, a count.

    Args:
        theme: The theme.
        text: Its words.
        role: Their colour.
        ground: The colour of the pill.
        icon: Name of an icon.
        parent: The parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        role: Role = "text",
        ground: Role = "background",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, Look(icon, role, ground), text, parent)

    def set_text(self, text: str) -> None:
        """Show other words."""
        self._show(self._look, text)
