"""A field for a photo: dropped, pasted or chosen; with its caption, and when and where it was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMetaMethod, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.records.attachments import AttachmentKind
from desktop.ui.theme.tokens import S2, S3
from desktop.ui.widgets.attachments.drop_area import DropArea
from desktop.ui.widgets.attachments.field import AttachmentField
from desktop.ui.widgets.attachments.viewer import Seen, Viewer
from desktop.ui.widgets.attachments.words import photo_kinds, taken_words
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.models.rules.dates import Language
    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.attachments.keeper import Keeper, Kept, Source

LONGEST_CAPTION = 200


class PhotoField(AttachmentField):
    """One photo. Its value is the id by which the keeper knows it.

    Args:
        theme: the theme.
        language: the language of dates.
        keeper: keeps the photo.
        parent: the parent widget.
    """

    more = Signal(list)
    """Several were dropped or chosen at once: all but the first, each a `Source`."""

    def __init__(
        self, theme: Theme, language: Language, keeper: Keeper, parent: QWidget | None = None
    ) -> None:
        self._language: Language = language
        main = QWidget()
        super().__init__(theme, keeper, AttachmentKind.PHOTO, main, parent=parent)
        self.area = DropArea(
            theme,
            "camera",
            self.tr("Drop a photo here, paste it with Ctrl+V, or press Enter to choose one"),
            title=self.tr("Choose a photo"),
            kinds=photo_kinds(),
            several=True,
        )
        self.caption = TextField(
            placeholder=self.tr("What can be seen on it?"), max_length=LONGEST_CAPTION
        )
        self.taken = QLabel()
        self.taken.setProperty("role", "small")
        self.taken.setWordWrap(True)
        self.replace = Button(theme, self.tr("Take another"), icon="camera")
        self.discard = Button(theme, self.tr("Remove"), icon="trash")
        self._lay_out(main)
        self._connect()
        self.setFocusProxy(self.area)
        self._show(None)

    def take(self, sources: Sequence[Source]) -> None:
        """Keeps the first of what is offered; the others are for whoever listens to `more`."""
        if self.is_busy:
            return
        self.offer(sources[0])
        others = list(sources[1:])
        if not others:
            return
        if self.isSignalConnected(QMetaMethod.fromSignal(self.more)):
            self.more.emit(others)
        else:
            self._say(self.tr("One photo belongs here: the first one was taken."))

    def _lay_out(self, main: QWidget) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(S2)
        for button in (self.replace, self.discard):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._beside = QWidget()
        beside = QVBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(S2)
        beside.addWidget(self.caption)
        beside.addWidget(self.taken)
        beside.addStretch(1)
        beside.addLayout(buttons)
        row = QHBoxLayout(main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S3)
        row.addWidget(self.area)
        row.addWidget(self._beside, 1)

    def _connect(self) -> None:
        self.area.offered.connect(self.take)
        self.area.entered.connect(self.entered)
        self.area.removed.connect(self.remove)
        self.area.opened.connect(self._open)
        self.caption.entered.connect(self.entered)
        self.caption.editingFinished.connect(self._describe)
        self.replace.clicked.connect(self.area.choose)
        self.discard.clicked.connect(self._discard)

    def _show(self, kept: Kept | None) -> None:
        self._kept = kept
        self._beside.setVisible(kept is not None)
        if kept is None:
            self.area.empty()
        else:
            self.area.fill(kept.thumbnail)
            self.caption.set_value(kept.manifest.caption)
            self.taken.setText(taken_words(kept.manifest, self._language))
        self._speak()

    def _speak(self) -> None:
        words = self.area.words if self._kept is None else self.tr("Photo. Space shows it large")
        self.area.setAccessibleName(self._spoken(words))
        self.area.setAccessibleDescription("" if self._kept is None else self.taken.text())
        self.caption.setAccessibleName(self._spoken(self.tr("Caption")))
        self.replace.setAccessibleName(self._spoken(self.replace.text()))
        self.discard.setAccessibleName(self._spoken(self.discard.text()))

    def _describe(self) -> None:
        """Keeps the caption, if it is another one."""
        kept, words = self._kept, self.caption.value()
        if kept is not None and words != kept.manifest.caption:
            self._keeper.set_caption(kept.id, words, kept.manifest.caption)
            self._kept = kept.with_caption(words)

    def _discard(self) -> None:
        self.remove()
        self.area.setFocus()

    def _open(self) -> None:
        if self._kept is not None:
            seen = Seen(self._kept.id, self._kept.manifest)
            Viewer(self._theme, self._language, self._keeper, [seen], parent=self).exec()

    def _busy_words(self) -> str:
        return self.tr("The photo is being prepared.")
