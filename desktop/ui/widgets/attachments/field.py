"""What fields for photos, signatures and files share: keeping, refusing, removing with a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.sentences import sentence_for
from desktop.ui.theme.tokens import S1, S2
from desktop.ui.widgets.button import Button
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.resting import Resting

if TYPE_CHECKING:
    from desktop.models.records.attachments import AttachmentKind
    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.attachments.keeper import Keeper, Kept, Source


class AttachmentField(QWidget):
    """The base of fields whose answer is the id of a photo or file.

    `changed` tells that the answer is another one, or that what is the matter with it changed.

    Args:
        theme: the theme.
        keeper: keeps what is offered.
        kind: what is kept.
        main: the part that takes it.
        resting: what rests while work is under way; all of `main` unless told.
        parent: the parent widget.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        keeper: Keeper,
        kind: AttachmentKind,
        main: QWidget,
        *,
        resting: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._keeper, self._kind = theme, keeper, kind
        self._value: str | None = None
        self._removed: str | None = None
        self._is_busy = False
        self._name = ""
        self.error = QLabel()
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.progress = Progress(theme)
        self.undo = UndoRow(theme)
        self.undo.pressed.connect(self._put_back)
        self._rest = Resting(self, resting or main)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(S1)
        self.body.addWidget(main)
        for part in (self.progress, self.error, self.undo):
            part.hide()
            self.body.addWidget(part)

    @property
    def is_busy(self) -> bool:
        """Whether something is being prepared."""
        return self._is_busy

    def value(self) -> str | None:
        """The id of what is kept, or None."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Shows what is kept; None empties."""
        if value == self._value:
            return
        self._value, self._removed = value, None
        self.undo.hide()
        self._say("")
        if value is None:
            self._show(None)
        else:
            self._look_up(value)

    def problem(self) -> str:
        """That it is still being prepared; a refusal is said beside it and leaves no answer."""
        return self._busy_words() if self.is_busy else ""

    def offer(self, source: Source) -> None:
        """Keeps what is offered, in the place of what was there."""
        if self.is_busy:
            return
        self._say("")
        self.undo.hide()
        self.progress.set_busy(self._busy_words())
        self.progress.show()
        self._is_busy = True
        self._rest.begin()
        self._keeper.keep(self, self._kind, source, self._take, self._refuse)

    def remove(self) -> None:
        """Removes what is kept; it can be taken back."""
        if self._value is None or self.is_busy:
            return
        self._keeper.remove(self._value)
        self._offer_undo(self._value, is_replaced=False)
        self._value = None
        self._say("")
        self._show(None)
        self.changed.emit()

    def setAccessibleName(self, name: str, /) -> None:
        """The question, which is spoken before what the field itself says."""
        super().setAccessibleName(name)
        self._name = name
        self._speak()

    def _spoken(self, words: str) -> str:
        """What a part of the field says, after the question."""
        return ". ".join(filter(None, (self._name, words)))

    # Each field says these two itself; a widget of Qt cannot be an ABC (its metaclass is another).

    def _show(self, kept: Kept | None) -> None:
        """Shows what is kept, or that nothing is."""
        raise NotImplementedError

    def _speak(self) -> None:
        """Names the parts anew."""
        raise NotImplementedError

    def _busy_words(self) -> str:
        return QCoreApplication.translate("Attachments", "This is still being prepared.")

    def _look_up(self, attachment_id: str) -> None:
        def found(kept: Kept) -> None:
            if self._value == kept.id:
                self._show(kept)
                self._say(sentence_for(kept.problem) if kept.problem else "")

        def missing(error: Exception) -> None:
            if self._value == attachment_id:
                self._say(sentence_for(error))

        self._keeper.look_up(self, attachment_id, found, missing)

    def _take(self, kept: Kept) -> None:
        before, self._value = self._value, kept.id
        self._end_work()
        self._show(kept)
        if before is not None:
            self._replaced(before)
        self.changed.emit()

    def _replaced(self, attachment_id: str) -> None:
        """What was there before gave way; it can be taken back."""
        self._offer_undo(attachment_id, is_replaced=True)

    def _refuse(self, error: Exception) -> None:
        self._end_work()
        self._say(sentence_for(error))
        self.changed.emit()

    def _end_work(self) -> None:
        self._is_busy = False
        self.progress.hide()
        self._rest.end()

    def _offer_undo(self, attachment_id: str, *, is_replaced: bool) -> None:
        self._removed = attachment_id
        self.undo.offer(is_replaced=is_replaced)

    def _put_back(self) -> None:
        if self._removed is None:
            return
        had_keyboard = self.undo.button.hasFocus()
        self._keeper.put_back(self._removed)
        self._value, self._removed = self._removed, None
        self.undo.hide()
        if had_keyboard:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look_up(self._value)
        self.changed.emit()

    def _say(self, problem: str) -> None:
        self.error.setText(problem)
        self.error.setVisible(bool(problem))
        if problem:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, problem))


class UndoRow(QWidget):
    """Says that something was removed or replaced, and takes it back.

    Args:
        theme: the theme.
    """

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._words = QLabel()
        self._words.setProperty("role", "muted")
        self.button = Button(theme, self.tr("Undo"), kind="quiet", icon="arrow-back-up")
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(S2)
        row.addWidget(self._words)
        row.addWidget(self.button)
        row.addStretch(1)

    def offer(self, *, is_replaced: bool) -> None:
        """Shows it."""
        self._words.setText(self.tr("Replaced.") if is_replaced else self.tr("Removed."))
        self.button.setAccessibleName(f"{self._words.text()} {self.button.text()}")
        self.show()
