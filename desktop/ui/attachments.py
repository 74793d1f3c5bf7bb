"""Keeping photos and files for the widgets: those of a visit under way, and those of a family.

A photo is prepared, kept and named in one task of the worker for files, so that what was dropped on
the window is whole on the disk even if the page is left meanwhile.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.attachments.files import read_source
from desktop.models.attachments.keeping import keep_file_of, small_picture
from desktop.models.attachments.photos import MOST_BYTES, place_of_photo
from desktop.models.changes import Changes
from desktop.models.operations import attachments
from desktop.models.operations.visits import KeptAnswer, VisitFinishedError, save_answers
from desktop.models.queries.attachments import one, one_of_draft
from desktop.models.records.base import new_id
from desktop.models.store.blobs import BlobFailure, BlobFault
from desktop.models.store.engine import StoreFailure
from desktop.ui.widgets.attachments.keeper import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from sqlalchemy import Connection

    from desktop.models.attachments.manifest import Manifest
    from desktop.models.operations.visits import DraftHead
    from desktop.models.records.attachments import AttachmentKind
    from desktop.models.store.local import Store
    from desktop.ui.desk import Desk
    from desktop.ui.widgets.attachments.keeper import Source

T = TypeVar("T")
_PICTURES = "image/"


class _Keeper(ABC):
    """What both have in common: how files are prepared, kept and found."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen: dict[str, Manifest] = {}

    def keep(
        self,
        owner: QObject,
        kind: AttachmentKind,
        source: Source,
        done: Callable[[Kept], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Prepares what is offered, keeps it and names it."""
        desk, store, row_id = self._desk, self._desk.store, new_id()

        def task() -> tuple[Kept, Changes]:
            manifest = keep_file_of(store.blobs, kind, _content(source), store.clock())
            changes = self._name(store, row_id, manifest)
            return _kept(store, str(row_id), manifest), changes

        def finish(outcome: tuple[Kept, Changes]) -> None:
            kept, changes = outcome
            self._seen[kept.id] = kept.manifest
            if shiboken6.isValid(owner):
                done(kept)
            if changes:
                desk.changed.emit(changes)

        desk.files.run(desk, task, finish, lambda error: self._fail(owner, failed, error))

    def look_up(
        self,
        owner: QObject,
        attachment_id: str,
        show: Callable[[Kept], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Finds what is kept by its id."""

        def found(kept: Kept) -> None:
            self._seen[kept.id] = kept.manifest
            show(kept)

        def task(store: Store, manifest: Manifest) -> Kept:
            return _kept(store, attachment_id, manifest)

        self._read(owner, attachment_id, task, found, failed)

    def picture(
        self,
        owner: QObject,
        attachment_id: str,
        show: Callable[[QImage], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Loads a photo in its full size."""

        def task(store: Store, manifest: Manifest) -> QImage:
            return QImage.fromData(store.blobs.get(manifest.sha256))

        self._read(owner, attachment_id, task, show, failed)

    def _read(
        self,
        owner: QObject,
        attachment_id: str,
        look: Callable[[Store, Manifest], T],
        show: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        store = self._desk.store

        def task() -> T:
            row_id = _uuid(attachment_id)
            with store.reading() as connection:
                manifest = self._manifest(connection, row_id) if row_id else None
            if manifest is None:
                raise BlobFailure(BlobFault.MISSING, attachment_id)
            return look(store, manifest)

        self._desk.files.run(owner, task, show, lambda error: self._fail(owner, failed, error))

    def _fail(
        self, owner: QObject, failed: Callable[[Exception], object], error: Exception
    ) -> None:
        """Tells the field; what nobody reads any more, or is a bug of ours, is said to everybody."""
        is_there = shiboken6.isValid(owner)
        if is_there:
            failed(error)
        if not is_there or not hasattr(error, "fault"):
            self._desk.explain(error)

    @abstractmethod
    def _name(self, store: Store, row_id: UUID, manifest: Manifest) -> Changes:
        """On the worker: names a file that is kept; gives the records that changed."""

    @abstractmethod
    def _manifest(self, connection: Connection, row_id: UUID) -> Manifest | None:
        """On the worker: what is said of a file."""


class DraftAttachments:
    """The photos and files of a visit under way.

    Args:
        desk: the collaborators of all pages.
        head: of the draft; it begins with its first answer, which a photo may be.
    """

    def __init__(self, desk: Desk, head: DraftHead) -> None:
        self._desk = desk
        self._head = head
        self._is_over = Event()

    def at(self, path: str) -> DraftKeeper:
        """What keeps the photo or file of one question."""
        return DraftKeeper(self._desk, self._head, path, self._is_over)

    def read_place(
        self,
        owner: QObject,
        photo: Path,
        show: Callable[[str | None], object],
        failed: Callable[[AttachmentFailure], object],
    ) -> None:
        """Where a photo says that it was taken, as ODK writes a point; the photo is not kept."""
        now = self._desk.store.clock()

        def task() -> str | None:
            return place_of_photo(read_source(photo, MOST_BYTES), now)

        def explain(error: Exception) -> None:
            if isinstance(error, AttachmentFailure):
                failed(error)
            else:
                self._desk.explain(error)

        self._desk.files.run(owner, task, show, explain)

    def stop(self) -> None:
        """Keeps nothing any more: the draft was finished or thrown away."""
        self._is_over.set()


class DraftKeeper(_Keeper):
    """Keeps the photo or file that answers one question of a draft, and the answer with it.

    Args:
        desk: the collaborators of all pages.
        head: of the draft.
        path: of the question.
        is_over: set once the draft is none any more.
    """

    def __init__(self, desk: Desk, head: DraftHead, path: str, is_over: Event) -> None:
        super().__init__(desk)
        self._head, self._path, self._is_over = head, path, is_over

    def set_caption(self, attachment_id: str, caption: str | None, shown: str | None) -> None:
        """Puts words below a photo; a draft is written by nobody else."""
        del shown
        row_id = UUID(attachment_id)
        self._desk.keep(
            self._desk,
            lambda connection: attachments.caption_draft_attachment(connection, row_id, caption),
        )
        if attachment_id in self._seen:
            self._seen[attachment_id] = self._seen[attachment_id].with_caption(caption)

    def remove(self, attachment_id: str) -> None:
        """Removes a photo or file, and the answer with it."""
        row_id = UUID(attachment_id)

        def write(connection: Connection) -> None:
            attachments.remove_draft_attachment(connection, row_id)
            self._answer(connection, None)

        self._desk.keep(self._desk, write)

    def put_back(self, attachment_id: str) -> None:
        """Takes a removal back."""
        row_id, manifest = UUID(attachment_id), self._seen[attachment_id]
        self._desk.keep(self._desk, lambda connection: self._name_in(connection, row_id, manifest))

    def _name(self, store: Store, row_id: UUID, manifest: Manifest) -> Changes:
        with store.writing() as connection:
            self._name_in(connection, row_id, manifest)
        return Changes()

    def _name_in(self, connection: Connection, row_id: UUID, manifest: Manifest) -> None:
        if self._is_over.is_set():
            raise AttachmentFailure(AttachmentFault.NO_VISIT)
        self._answer(connection, str(row_id))
        draft_id, path = self._head.id, self._path
        attachments.keep_draft_attachment(connection, draft_id, path, manifest, row_id)

    def _answer(self, connection: Connection, value: str | None) -> None:
        account = self._desk.account
        assert account is not None  # noqa: S101 a visit is recorded by somebody
        answers = {self._path: KeptAnswer(value)}
        try:
            save_answers(connection, self._head, account.user_id, answers, self._path)
        except VisitFinishedError as error:
            raise AttachmentFailure(AttachmentFault.NO_VISIT) from error

    def _manifest(self, connection: Connection, row_id: UUID) -> Manifest | None:
        return one_of_draft(connection, row_id)


class FamilyAttachments(_Keeper):
    """Keeps the photos and files of a family, with or without a visit.

    Args:
        desk: the collaborators of all pages.
        household_id: the family.
        scope: its village.
    """

    def __init__(self, desk: Desk, household_id: UUID, scope: str) -> None:
        super().__init__(desk)
        self._household_id, self._scope = household_id, scope

    def set_caption(self, attachment_id: str, caption: str | None, shown: str | None) -> None:
        """Puts other words below a photo than were shown there."""
        row_id = UUID(attachment_id)
        self._desk.write(
            self._desk, lambda writer: attachments.set_caption(writer, row_id, caption, shown)
        )

    def remove(self, attachment_id: str) -> None:
        """Deletes a photo or file."""
        row_id = UUID(attachment_id)
        self._desk.write(self._desk, lambda writer: attachments.remove(writer, row_id))

    def put_back(self, attachment_id: str) -> None:
        """Takes a deletion back."""
        row_id, store = UUID(attachment_id), self._desk.store
        self._desk.write(self._desk, lambda writer: attachments.put_back(writer, row_id, store))

    def _name(self, store: Store, row_id: UUID, manifest: Manifest) -> Changes:
        with store.recording() as writer:
            attachments.attach(writer, self._household_id, self._scope, manifest, row_id)
        return writer.changes

    def _manifest(self, connection: Connection, row_id: UUID) -> Manifest | None:
        return one(connection, row_id)


def _content(source: Source) -> Path | bytes:
    """On the worker: a picture from the clipboard as a file; the quickest that keeps its holes."""
    if not isinstance(source, QImage):
        return source
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    source.save(buffer, "PNG" if source.hasAlphaChannel() else "BMP")  # type: ignore[call-overload]
    return bytes(content.data())


def _kept(store: Store, attachment_id: str, manifest: Manifest) -> Kept:
    """On the worker: what is kept, with its small picture if it is one."""
    try:
        if manifest.media_type.startswith(_PICTURES):
            picture = QImage.fromData(small_picture(store.blobs, manifest.sha256))
            return Kept(attachment_id, manifest, picture)
        is_here = store.blobs.has(manifest.sha256)
    except (BlobFailure, StoreFailure) as failure:
        return Kept(attachment_id, manifest, problem=failure)
    missing = None if is_here else BlobFailure(BlobFault.MISSING, manifest.sha256)
    return Kept(attachment_id, manifest, problem=missing)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
