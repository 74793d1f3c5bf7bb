"""A field for a sound recording or another file: its name, its size, and a way to remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.models.records.attachments import AttachmentKind
from desktop.ui.theme.tokens import S2, S3
from desktop.ui.widgets.attachments.drop_area import DropArea
from desktop.ui.widgets.attachments.field import AttachmentField
from desktop.ui.widgets.attachments.words import file_kinds, size_words, sound_kinds
from desktop.ui.widgets.button import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.attachments.keeper import Keeper, Kept, Source

_ICON = 20
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FileField(AttachmentField):
    """One file. Its value is the id by which the keeper knows it.

    Args:
        theme: the theme.
        keeper: keeps the file.
        kind: a sound recording, or any file.
        parent: the parent widget.
    """

    def __init__(
        self,
        theme: Theme,
        keeper: Keeper,
        kind: AttachmentKind = AttachmentKind.FILE,
        parent: QWidget | None = None,
    ) -> None:
        main = QWidget()
        super().__init__(theme, keeper, kind, main, parent=parent)
        is_sound = kind is AttachmentKind.AUDIO
        self._icon_name = "microphone" if is_sound else "paperclip"
        self.area = DropArea(
            theme,
            self._icon_name,
            self.tr("Drop a sound recording here, or press Enter to choose one")
            if is_sound
            else self.tr("Drop a file here, or press Enter to choose one"),
            title=self.tr("Choose a recording") if is_sound else self.tr("Choose a file"),
            kinds=sound_kinds() if is_sound else file_kinds(),
        )
        self.area.takes_pictures = not is_sound
        self.line = _Line()
        self.discard = Button(theme, self.tr("Remove"), icon="trash")
        row = QHBoxLayout(main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S3)
        row.addWidget(self.area, 1)
        row.addWidget(self.line, 1)
        row.addWidget(self.discard)
        self.area.offered.connect(self.take)
        self.line.entered.connect(self.entered)
        self.discard.clicked.connect(self._discard)
        theme.changed.connect(self._tint)
        self._tint()
        self._show(None)

    def take(self, sources: Sequence[Source]) -> None:
        """Keeps the first of what is offered."""
        if self.is_busy:
            return
        self.offer(sources[0])
        if len(sources) > 1:
            self._say(self.tr("One file belongs here: the first one was taken."))

    def _show(self, kept: Kept | None) -> None:
        is_empty = kept is None
        self.setFocusProxy(self.area if is_empty else self.line)
        self.area.setVisible(is_empty)
        self.line.setVisible(not is_empty)
        self.discard.setVisible(not is_empty)
        if kept is not None:
            manifest = kept.manifest
            self.line.tell(manifest.name or self.tr("File"), size_words(manifest.size))
        self._speak()

    def _speak(self) -> None:
        self.area.setAccessibleName(self._spoken(self.area.words))
        self.line.setAccessibleName(self._spoken(self.line.words()))
        self.discard.setAccessibleName(self._spoken(self.discard.text()))

    def _discard(self) -> None:
        self.remove()
        self.area.setFocus()

    def _tint(self) -> None:
        side = self._theme.px(_ICON)
        self.line.icon.setPixmap(self._theme.icons.pixmap(self._icon_name, "muted", side))

    def _busy_words(self) -> str:
        return self.tr("The file is being copied.")


class _Line(QWidget):
    """Icon, name and size of a file; Enter goes on to the next question."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.icon, self._name, self._size = QLabel(), QLabel(), QLabel()
        self._name.setProperty("role", "strong")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setWordWrap(True)
        self._size.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(S2, 0, S2, 0)
        row.setSpacing(S2)
        row.addWidget(self.icon)
        row.addWidget(self._name, 1)
        row.addWidget(self._size)

    def tell(self, name: str, size: str) -> None:
        """Shows another file."""
        self._name.setText(name)
        self._size.setText(size)

    def words(self) -> str:
        """What is seen."""
        return f"{self._name.text()}, {self._size.text()}"

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _ENTER:
            self.entered.emit()
        else:
            super().keyPressEvent(event)
