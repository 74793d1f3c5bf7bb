"""The photos of a family by day: from visits, and added here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.models.queries.attachments import made_at, of_household, photo_consent
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.people import Role
from desktop.models.rules.authority import forbidden_fields
from desktop.models.rules.dates import format_date, to_wib
from desktop.ui.attachments import FamilyAttachments
from desktop.ui.sentences import sentence_for
from desktop.ui.theme.tokens import S3
from desktop.ui.widgets.attachments.drop_area import DropArea
from desktop.ui.widgets.attachments.photo_grid import PhotoGrid, Tile
from desktop.ui.widgets.attachments.viewer import Seen, Viewer
from desktop.ui.widgets.attachments.words import photo_kinds
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.dialog import Dialog, ask
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.progress import Progress
from desktop.ui.widgets.scroll_page import ScrollPage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from PySide6.QtGui import QShowEvent
    from sqlalchemy import Connection

    from desktop.models.queries.attachments import AttachmentView
    from desktop.models.queries.household import FamilyView
    from desktop.models.rules.dates import Language
    from desktop.ui.desk import Desk
    from desktop.ui.theme.theme import Theme
    from desktop.ui.widgets.attachments.keeper import Kept, Source

_WRITTEN = ("attachment", ("kind", "caption"))
"""What is written of a photo here."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What the tab shows: the photos, and whether the family agreed to photos at a visit."""

    household_id: UUID
    photos: Sequence[AttachmentView]
    has_consent: bool


class PhotosTab(QWidget):
    """Shows photos, and takes new ones that are dropped, pasted or chosen.

    Args:
        desk: the collaborators of all pages.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._family: FamilyView | None = None
        self._loaded: _Loaded | None = None
        self._keeper: FamilyAttachments | None = None
        self._pictures: dict[str, QImage | None] = {}
        self._agreed: set[UUID] = set()
        self._count = self._done = 0
        self._refused: list[str] = []
        role = desk.account.role if desk.account is not None else ""
        self._may_edit = role in set(Role) and not forbidden_fields(Role(role), *_WRITTEN)
        self._build()

    def show_family(self, family: FamilyView) -> None:
        """Shows the photos of a family; they are loaded when the tab is seen."""
        if self._family is None or self._family.id != family.id:
            self._loaded = None
            self._pictures.clear()
            self.grid.show_tiles([])
            self._tell_refused([])
        self._family = family
        self._keeper = FamilyAttachments(self._desk, family.id, family.scope)
        if self.isVisible():
            self._load()

    def showEvent(self, event: QShowEvent, /) -> None:
        """Loads the photos once they are seen."""
        super().showEvent(event)
        self._load()

    def add(self, sources: Sequence[Source]) -> None:
        """Adds photos, if the family agrees."""
        keeper, family = self._keeper, self._family
        if keeper is None or family is None or not self._may_keep(family.id):
            return
        if self._done == self._count:
            self._count = self._done = 0
            self._tell_refused([])
        self._count += len(sources)
        self._tell_progress()
        for source in sources:
            name = source.name if isinstance(source, Path) else ""
            failed = partial(self._not_added, name)
            keeper.keep(self, AttachmentKind.PHOTO, source, self._added, failed)

    def _build(self) -> None:
        theme = self._desk.theme
        self.area = DropArea(
            theme,
            "camera",
            self.tr("Drop photos here, paste them with Ctrl+V, or press Enter to choose some"),
            title=self.tr("Choose photos"),
            kinds=photo_kinds(),
            several=True,
        )
        # not within the drop itself: a question may have to be asked first
        self.area.offered.connect(self.add, Qt.ConnectionType.QueuedConnection)
        if not self._may_edit:
            self.area.hide()
        self.progress = Progress(theme)
        self.progress.hide()
        self.error = QLabel()
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.error.hide()
        card = Card(self.tr("Photos"))
        for widget in (self.area, self.progress, self.error):
            card.add(widget)
        card.add(self._list(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, S3, 0, 0)
        column.addWidget(card)
        if self._may_edit:
            paste = QShortcut(QKeySequence.StandardKey.Paste, self, self.area.paste)
            paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _list(self) -> QStackedWidget:
        """The photos, or what will be here."""
        theme = self._desk.theme
        self.grid = PhotoGrid(theme)
        self.grid.opened.connect(self._open)
        page = ScrollPage()
        page.add(self.grid, 1)
        self.grid.moved.connect(page.ensureWidgetVisible)
        words = self.tr("The photos of this family will be here, from visits and added by hand.")
        self.empty = EmptyState(
            theme, "photo", words, self.tr("Add the first photo") if self._may_edit else ""
        )
        self.empty.pressed.connect(self.area.choose)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self.empty)
        return self._stack

    def _load(self) -> None:
        family = self._family
        if family is None:
            return

        def look(connection: Connection) -> _Loaded:
            photos = of_household(connection, family.id, AttachmentKind.PHOTO)
            return _Loaded(family.id, photos, photo_consent(connection, family.id))

        self._desk.read(self, look, self._show)

    def _show(self, loaded: _Loaded) -> None:
        if self._family is None or loaded.household_id != self._family.id:
            return
        self._loaded = loaded
        self.grid.show_tiles([self._tile(view) for view in loaded.photos])
        self._stack.setCurrentIndex(0 if loaded.photos else 1)
        for view in loaded.photos:
            photo_id = str(view.id)
            if photo_id in self._pictures:
                self.grid.show_picture(photo_id, self._pictures[photo_id])
            elif self._keeper is not None:
                self._keeper.look_up(self, photo_id, self._show_picture, self._desk.explain)

    def _show_picture(self, kept: Kept) -> None:
        self._pictures[kept.id] = kept.thumbnail
        self.grid.show_picture(kept.id, kept.thumbnail)

    def _tile(self, view: AttachmentView) -> Tile:
        where = self.tr("from a visit") if view.visit_id else self.tr("added here")
        return Tile(str(view.id), f"{self._day(view.day)} · {where}", view.manifest.caption)

    def _where(self, view: AttachmentView) -> str:
        """Where a photo comes from, as a sentence of its own."""
        if view.visited_on is not None:
            return self.tr("From the visit of {day}").format(day=self._day(view.visited_on))
        day = to_wib(made_at(view.id)).date()
        return self.tr("Added on {day}").format(day=self._day(day))

    def _day(self, day: date) -> str:
        return format_date(day, self._language, "medium")

    @property
    def _language(self) -> Language:
        return self._desk.language

    def _may_keep(self, household_id: UUID) -> bool:
        """Whether the family agreed, at a visit or now; it is asked once while the program runs."""
        loaded = self._loaded
        if loaded is None:
            return False
        if loaded.has_consent or household_id in self._agreed:
            return True
        agrees = family_agrees(self._desk.theme, self)
        if agrees:
            self._agreed.add(household_id)
        return agrees

    def _added(self, _kept: Kept) -> None:
        self._done += 1
        self._tell_progress()

    def _not_added(self, name: str, error: Exception) -> None:
        self._done += 1
        words = sentence_for(error)
        self._tell_refused([*self._refused, f"{name}: {words}" if name else words])
        self._tell_progress()

    def _tell_progress(self) -> None:
        self.progress.setVisible(self._done < self._count)
        words = self.tr("Photo {place} of {count} is being prepared")
        place = min(self._done + 1, self._count)
        words = words.format(place=place, count=self._count)
        self.progress.set_progress(self._done, self._count, words)

    def _tell_refused(self, refused: list[str]) -> None:
        self._refused = refused
        self.error.setText("\n".join(refused))
        self.error.setVisible(bool(refused))

    def _open(self, photo_id: str) -> None:
        if self._loaded is None or self._keeper is None:
            return
        seen = [
            Seen(str(view.id), view.manifest, self._where(view)) for view in self._loaded.photos
        ]
        at = next(place for place, each in enumerate(seen) if each.id == photo_id)
        viewer = Viewer(
            self._desk.theme,
            self._language,
            self._keeper,
            seen,
            at=at,
            may_edit=self._may_edit,
            parent=self,
        )
        viewer.deleted.connect(lambda which: self._delete(viewer, which))
        viewer.exec()
        if viewer.has_any:
            self.grid.focus(viewer.shown.id)
        viewer.deleteLater()

    def _delete(self, viewer: Viewer, photo_id: str) -> None:
        is_sure = ask(
            self._desk.theme,
            viewer,
            self.tr("Delete this photo?"),
            self.tr(
                "It is deleted for everybody, also from the visit that it belongs to. This cannot "
                "be taken back."
            ),
            self.tr("Delete"),
            danger=True,
        )
        if is_sure and self._keeper is not None:
            self._keeper.remove(photo_id)
            viewer.forget_shown()


def family_agrees(theme: Theme, parent: QWidget) -> bool:
    """Asks whether the family agrees to photos. Enter alone does not agree for it."""
    title = QCoreApplication.translate("PhotosTab", "Does the family agree to photos?")
    dialog = Dialog(theme, title, parent)
    dialog.add_text(
        QCoreApplication.translate(
            "PhotosTab",
            "Tell the family: the photos are kept locked, the social affairs office uses them "
            "to see how the family is doing, and the family may have them deleted at any time.",
        )
    )
    dialog.add_buttons(
        QCoreApplication.translate("PhotosTab", "The family agrees"),
        QCoreApplication.translate("PhotosTab", "It does not agree"),
        deliberate=True,
    )
    return dialog.exec() == Dialog.DialogCode.Accepted
