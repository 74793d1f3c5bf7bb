"""Photos seen large, one after the other: left and right, Esc closes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.ui.sentences import sentence_for
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.attachments.words import taken_words
from desktop.ui.widgets.button import Button, IconButton
from desktop.ui.widgets.dialog import Dialog
from desktop.ui.widgets.painting import focus_ring, rounded
from desktop.ui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.models.attachments.manifest import Manifest
    from desktop.models.rules.dates import Language
    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.attachments.keeper import Keeper

LONGEST_CAPTION = 200
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PART_OF_WINDOW = 0.9
_LEAST = QSize(320, 200)
_ALONE = QSize(900, 640)
"""The size where there is no window to go by."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A photo to look at; `where` says in a few words where it comes from."""

    id: str
    manifest: Manifest
    where: str = ""


class Viewer(Dialog):
    """Shows photos large. With `may_edit` their captions can be written, and they can be deleted.

    Args:
        theme: the theme.
        language: the language of dates.
        keeper: loads them.
        photos: in the order in which they are gone through.
        at: which one is shown first.
        may_edit: whether captions can be written and photos deleted.
        parent: the widget that asks.
    """

    deleted = Signal(str)
    """A photo is to be deleted: its id."""

    def __init__(
        self,
        theme: Theme,
        language: Language,
        keeper: Keeper,
        photos: Sequence[Seen],
        *,
        at: int = 0,
        may_edit: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "", parent.window() if parent else None)
        self._language: Language = language
        self._keeper = keeper
        self._photos = list(photos)
        self._at = at
        self._may_edit = may_edit
        self.picture = _Picture(theme)
        self.picture.setAccessibleName(self.tr("Photo"))
        self.taken, self.caption_words = QLabel(), QLabel()
        self.caption = TextField(
            placeholder=self.tr("What can be seen on it?"), max_length=LONGEST_CAPTION
        )
        self.before = IconButton(theme, "chevron-left", self.tr("Photo before"), role="text")
        self.after = IconButton(theme, "chevron-right", self.tr("Next photo"), role="text")
        for button in (self.before, self.after):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows do the same on the photo
        self.delete = Button(theme, self.tr("Delete"), icon="trash")
        self._build()
        self._connect()
        self._fit(parent)
        self._show()
        self.picture.setFocus()

    @property
    def has_any(self) -> bool:
        """Whether any photo is left."""
        return bool(self._photos)

    @property
    def shown(self) -> Seen:
        """The photo that is seen."""
        return self._photos[self._at]

    def step(self, by: int) -> None:
        """To the next photo, or the one before."""
        self._describe()
        if 0 <= self._at + by < len(self._photos):
            self._at += by
            self._show()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Left and Right go through the photos; Enter ends the caption, and closes elsewhere."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in _ENTER and self.caption.hasFocus():
            self.picture.setFocus()
        elif event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def done(self, result: int, /) -> None:
        """Keeps the caption that was typed last."""
        self._describe()
        super().done(result)

    def forget_shown(self) -> None:
        """Goes on without the photo that is seen, which was deleted; closes after the last."""
        del self._photos[self._at]
        if not self._photos:
            self.reject()
            return
        self._at = min(self._at, len(self._photos) - 1)
        self._show()
        self.picture.setFocus()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(S3)
        row.addWidget(self.before)
        row.addWidget(self.picture, 1)
        row.addWidget(self.after)
        self.body.addLayout(row, 1)
        for label, role in ((self.caption_words, "strong"), (self.taken, "small")):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setAccessibleName(self.tr("Caption"))
        for widget in (self.caption if self._may_edit else self.caption_words, self.taken):
            self.body.addWidget(widget)
        if self._may_edit:
            self.add_action(self.delete)
        self.add_buttons(self.tr("Close"))

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.delete.clicked.connect(lambda: self.deleted.emit(self.shown.id))
        self.caption.editingFinished.connect(self._describe)
        for key, by in (("PgUp", -1), ("PgDown", 1)):  # also while the caption is written
            QShortcut(QKeySequence(key), self, lambda by=by: self.step(by))

    def _fit(self, parent: QWidget | None) -> None:
        self.resize(parent.window().size() * _PART_OF_WINDOW if parent else _ALONE)

    def _show(self) -> None:
        shown, count = self.shown, len(self._photos)
        title = self.tr("Photo {place} of {count}").format(place=self._at + 1, count=count)
        self.set_title(title if count > 1 else self.tr("Photo"))
        for button, is_there in ((self.before, self._at > 0), (self.after, self._at + 1 < count)):
            button.setVisible(count > 1)
            button.setEnabled(is_there)
        caption = shown.manifest.caption
        self.caption.set_value(caption)
        self.caption_words.setText(caption or "")
        self.caption_words.setVisible(bool(caption) and not self._may_edit)
        words = (shown.where, taken_words(shown.manifest, self._language))
        self.taken.setText(". ".join(filter(None, words)))
        self.picture.setAccessibleDescription(". ".join(filter(None, (caption, *words))))
        self.picture.wait()

        def show(picture: QImage) -> None:
            if self.shown.id == shown.id:
                self.picture.show_picture(picture)

        def fail(error: Exception) -> None:
            if self.shown.id == shown.id:
                self.picture.say(sentence_for(error))

        self._keeper.picture(self, shown.id, show, fail)

    def _describe(self) -> None:
        """Keeps the caption, if it is another one."""
        if not (self._may_edit and self._photos):
            return
        shown, words = self.shown, self.caption.value()
        if words != shown.manifest.caption:
            self._keeper.set_caption(shown.id, words, shown.manifest.caption)
            self._photos[self._at] = replace(shown, manifest=shown.manifest.with_caption(words))


class _Picture(QWidget):
    """A picture as large as fits, or the words that stand in its place."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._picture: QImage | None = None
        self._words = ""
        self.setMinimumSize(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        both = QSizePolicy.Policy.Expanding
        self.setSizePolicy(both, both)

    def wait(self) -> None:
        """Shows that it comes."""
        self.say(self.tr("Loading…"))

    def say(self, words: str) -> None:
        """Shows words in the place of the picture."""
        self._picture, self._words = None, words
        self.update()

    def show_picture(self, picture: QImage) -> None:
        """Shows a picture."""
        self._picture, self._words = picture, ""
        self.update()

    def paintEvent(self, _event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rounded(painter, self.rect(), fill=self._theme.color("background"))
        if self._picture is not None:
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            size = size.boundedTo(self._picture.size())
            place = self.rect()
            place.setSize(size)
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self._picture)
        else:
            painter.setFont(self._theme.font())
            painter.setPen(self._theme.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(S3, S3, -S3, -S3), flags, self._words)
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme.color("focus"))
