"""The sections of a visit at its left, with how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.models.questionnaires.states import Progress
from desktop.ui.theme.tokens import CONTROL, S1, S2, S3, Role
from desktop.ui.widgets.painting import focus_ring, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.theme.theme import Theme

FINISH: Final = "finish[]"
"""The last entry, which is no section: none can be called so."""
_ICON: Final = 18
_ICONS: Final[dict[Progress, tuple[str, Role]]] = {
    Progress.COMPLETE: ("circle-check", "primary"),
    Progress.HAS_ERRORS: ("alert-circle", "danger"),
}
_ENTRY: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: a section, or the finish.

    `answered` and `total` count the questions that have to be answered.
    """

    name: str
    title: str
    progress: Progress | None
    answered: int = 0
    total: int = 0


class SectionList(QListWidget):
    """The sections that are relevant; Up and Down show another one, Enter goes into it.

    Args:
        theme: the theme.
    """

    chosen = Signal(str)
    """Another section is to be shown: its name."""
    entered_section = Signal()
    """Enter: the keyboard is to go to the questions."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Painter(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Sections of the visit"))
        self.setStyleSheet("background: transparent;")
        self.viewport().setMouseTracking(True)
        self.currentItemChanged.connect(self._tell)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_entries(self, entries: Sequence[Entry], current: str) -> None:
        """Shows the entries; those that are there already are only brought up to date."""
        self.blockSignals(True)
        if [entry.name for entry in entries] != self.names():
            self.clear()
            for entry in entries:
                self.addItem(QListWidgetItem(entry.title))
        for place, entry in enumerate(entries):
            item = self.item(place)
            if item.data(_ENTRY) != entry:
                item.setData(_ENTRY, entry)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(entry))
            if entry.name == current:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def names(self) -> list[str]:
        """The names of the entries, top to bottom."""
        return [self.item(place).data(_ENTRY).name for place in range(self.count())]

    def entry(self, name: str) -> Entry:
        """The entry of that name.

        Raises:
            ValueError: there is none.
        """
        found: Entry = self.item(self.names().index(name)).data(_ENTRY)
        return found

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter and Right go into the section."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_section.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ENTRY).name)

    def _spoken(self, entry: Entry) -> str:
        if not entry.total:
            return entry.title
        return self.tr("{section}: {answered} of {total} answered").format(
            section=entry.title, answered=entry.answered, total=entry.total
        )


class _Painter(QStyledItemDelegate):
    """Paints an entry: a mark of its progress, its title, how much of what is required is done."""

    def __init__(self, theme: Theme, view: SectionList) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex, /
    ) -> QSize:
        return QSize(0, self._theme.px(CONTROL) + S1)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
        /,
    ) -> None:
        theme, entry = self._theme, index.data(_ENTRY)
        place = QRect(option.rect).adjusted(0, 0, 0, -S1)
        state = option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if is_current:
            rounded(painter, place, fill=theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            rounded(painter, place, fill=theme.color("surface"))
        side = theme.px(_ICON)
        mark = QRect(place.left() + S2, place.center().y() - side // 2 + 1, side, side)
        self._paint_mark(painter, mark, entry)
        room = place.adjusted(S2 + side + S2, 0, -S3, 0)
        count = f"{entry.answered}/{entry.total}" if entry.total else ""
        painter.setFont(theme.font("small", figures=True))
        painter.setPen(theme.color("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(count) - S1)
        painter.setFont(theme.font("body", 600 if is_current else 400))
        painter.setPen(theme.color("text"))
        words = painter.fontMetrics().elidedText(
            entry.title, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
        if is_current and self._view.hasFocus():
            focus_ring(painter, place, theme.color("focus"))

    def _paint_mark(self, painter: QPainter, mark: QRect, entry: Entry) -> None:
        """A ring while nothing is answered, part of one filled on the way, else an icon."""
        theme = self._theme
        if entry.progress is None:
            theme.icons.paint(painter, mark, "clipboard-check", "muted")
            return
        if entry.progress in _ICONS:
            theme.icons.paint(painter, mark, *_ICONS[entry.progress])
            return
        ring = QRectF(mark).adjusted(2.5, 2.5, -2.5, -2.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("field_line"), 1.5))
        painter.drawEllipse(ring)
        if entry.total:
            pen = QPen(theme.color("primary"), 2.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            part = round(-360 * 16 * entry.answered / entry.total)
            painter.drawArc(ring, 90 * 16, part)
        painter.restore()
