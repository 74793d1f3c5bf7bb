"""A place on the map: typed, pasted, or taken from a photo that says where it was taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)

from desktop.ui.pages.visit.typed_fields import ReadField
from desktop.ui.sentences import sentence_for
from desktop.ui.widgets.attachments.drop_area import choose_files
from desktop.ui.widgets.attachments.words import photo_kinds

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from desktop.models.attachments.faults import AttachmentFailure
    from desktop.models.questionnaires.form import Question
    from desktop.models.questionnaires.session import AnswerSession
    from desktop.ui.attachments import DraftAttachments
    from desktop.ui.theme.theme import Theme

EXAMPLE = "-6.1203, 106.1503"
_FROM_PHOTO = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_O)


class PointField(ReadField):
    """A line for latitude and longitude; of a photo dropped, pasted or chosen it takes the place.

    The photo itself is not kept: there are questions for photos.

    Args:
        theme: the theme.
        session: reads it.
        question: what it answers.
        attachments: read photos, off the window's thread.
    """

    def __init__(
        self,
        theme: Theme,
        session: AnswerSession,
        question: Question,
        attachments: DraftAttachments,
    ) -> None:
        super().__init__(session, question, EXAMPLE)
        self._attachments = attachments
        self._refusal = ""
        self.from_photo = QAction(theme.icons.icon("camera", "muted"), "", self)
        self.from_photo.setToolTip(self.tr("Take the place from a photo (Ctrl+O)"))
        self.from_photo.triggered.connect(self._choose)
        self.addAction(self.from_photo, ReadField.ActionPosition.TrailingPosition)

    def problem(self) -> str:
        """Why what was typed cannot be read, or why a photo gave no place."""
        return self._refusal or super().problem()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Ctrl+O chooses a photo, Ctrl+V takes one that was copied; all else types."""
        if event.keyCombination() == _FROM_PHOTO:
            self._choose()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._take_first(
            QGuiApplication.clipboard().mimeData()
        ):
            event.accept()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        """Take files, and words as ever."""
        if _files(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent, /) -> None:
        """Take the place of a photo, and words as ever."""
        if self._take_first(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dropEvent(event)

    def take(self, photo: Path) -> None:
        """Takes over where a photo was taken."""
        self._attachments.read_place(self, photo, self._taken, self._failed)

    def _choose(self) -> None:
        for photo in choose_files(self, self.tr("Choose a photo"), photo_kinds(), several=False):
            self.take(photo)

    def _take_first(self, data: QMimeData) -> bool:
        files = _files(data)
        for photo in files[:1]:
            self.take(photo)
        return bool(files)

    def _taken(self, place: str | None) -> None:
        if place is None:
            self._refuse(self.tr("This photo does not say where it was taken"))
            return
        self.set_value(place)
        self.changed.emit()
        self.editingFinished.emit()

    def _failed(self, error: AttachmentFailure) -> None:
        self._refuse(sentence_for(error))

    def _refuse(self, why: str) -> None:
        """Says once why there is no place; what was typed before stands, and holds nobody up."""
        self._refusal = why
        self.editingFinished.emit()
        self._refusal = ""


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
