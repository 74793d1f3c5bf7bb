"""Shows notices above the page, one at a time, the gravest and newest first."""

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.notices import Notice, NoticeLevel, Notices
from desktop.ui.theme.theme import Theme
from desktop.ui.theme.tokens import S1, S2, S3, Role
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.painting import rounded

INFO_MS: Final = 6000
"""How long good news stays."""

_LOOKS: Final[dict[NoticeLevel, tuple[str, Role, Role]]] = {
    NoticeLevel.INFO: ("circle-check", "primary", "selection"),
    NoticeLevel.WARNING: ("alert-triangle", "warning", "warning_soft"),
    NoticeLevel.ERROR: ("alert-circle", "danger", "danger_soft"),
}


class NoticeBar(QWidget):
    """A coloured bar with an icon, the words, a button if something can be done, and a cross.

    Args:
        theme: The theme.
        notices: Where the notices come from.
        parent: The parent widget.
    """

    def __init__(self, theme: Theme, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._open: list[Notice] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._build()
        self.hide()
        notices.posted.connect(self._take)
        notices.cleared.connect(self._clear)
        notices.left.connect(self._leave)
        theme.changed.connect(self._refresh)

    def shown(self) -> Notice | None:
        """The notice that is to be seen now."""
        return max(reversed(self._open), key=lambda notice: notice.level, default=None)

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        """Paint the ground in the colour of the level."""
        notice = self.shown()
        if notice:
            _icon, role, ground = _LOOKS[notice.level]
            fill, border = self._theme.color(ground), self._theme.color(role)
            rounded(QPainter(self), self.rect(), fill=fill, border=border)

    def changeEvent(self, event: QEvent, /) -> None:
        """Follows a language switch."""
        if event.type() == QEvent.Type.LanguageChange:
            self._name_cross()
        super().changeEvent(event)

    def _name_cross(self) -> None:
        name = self.tr("Close this message")
        self._cross.setToolTip(name)
        self._cross.setAccessibleName(name)

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(S3, S1, S1, S1)
        row.setSpacing(S2)
        top = Qt.AlignmentFlag.AlignVCenter
        self._icon = QLabel()
        self._text, self._detail = QLabel(), QLabel()
        self._text.setProperty("role", "strong")
        self._detail.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setContentsMargins(0, S2, 0, S2)
        words.setSpacing(0)
        for label in (self._text, self._detail):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            words.addWidget(label)
        self._button = Button(self._theme, "")
        self._button.clicked.connect(self._run)
        self._cross = IconButton(self._theme, "x", "")
        self._name_cross()
        self._cross.clicked.connect(self._close)
        row.addWidget(self._icon, alignment=top)
        row.addLayout(words, 1)
        row.addWidget(self._button, alignment=top)
        row.addWidget(self._cross, alignment=top)

    def _take(self, notice: Notice) -> None:
        """Show a notice; the same words said again do not pile up, good news gives way."""
        self._open = [
            old
            for old in self._open
            if old.level is not NoticeLevel.INFO and (old.level, old.text) != _same(notice)
        ]
        self._open.append(notice)
        self._refresh()
        event = QAccessibleAnnouncementEvent(self, notice.text)
        if notice.level is NoticeLevel.ERROR:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _run(self) -> None:
        notice = self.shown()
        self._close()
        if notice and notice.action:
            notice.action.run()

    def _close(self) -> None:
        notice = self.shown()
        if notice:
            self._open.remove(notice)
        self._refresh()

    def _clear(self) -> None:
        self._open.clear()
        self._refresh()

    def _leave(self) -> None:
        self._open = [notice for notice in self._open if not notice.is_of_page]
        self._refresh()

    def _refresh(self) -> None:
        notice = self.shown()
        self._timer.stop()
        self.setVisible(notice is not None)
        if notice is None:
            return
        icon, role, _ground = _LOOKS[notice.level]
        side = self._theme.px(20)
        self._icon.setFixedSize(QSize(side, side))
        self._icon.setPixmap(self._theme.icons.pixmap(icon, role, side))
        self._text.setText(notice.text)
        self._detail.setText(notice.detail)
        self._detail.setVisible(bool(notice.detail))
        self._button.setText(notice.action.label if notice.action else "")
        self._button.setVisible(notice.action is not None)
        self.setAccessibleName(notice.text)
        if notice.level is NoticeLevel.INFO and not notice.stays:
            self._timer.start(INFO_MS)
        self.update()


def _same(notice: Notice) -> tuple[NoticeLevel, str]:
    return notice.level, notice.text
