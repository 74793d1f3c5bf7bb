"""A keeper for tests of fields: it keeps in memory, at once or when it is told to."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QImage

from desktop.models.attachments.manifest import Manifest
from desktop.models.records.attachments import AttachmentKind
from desktop.models.store.blobs import BlobFailure, BlobFault
from desktop.ui.widgets.attachments.keeper import Kept, Source


def picture(width: int = 80, height: int = 60) -> QImage:
    """Some picture."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#b04020"))
    return image


@dataclass
class MemoryKeeper:
    """Keeps what is offered; `refuses` is raised instead, `waits` lets it lie until `work`."""

    kept: dict[str, Kept] = field(default_factory=dict)
    removed: dict[str, Kept] = field(default_factory=dict)
    offered: list[tuple[AttachmentKind, Source]] = field(default_factory=list)
    refuses: Exception | None = None
    waits: bool = False
    waiting: list[Callable[[], object]] = field(default_factory=list)

    def keep(
        self,
        owner: QObject,
        kind: AttachmentKind,
        source: Source,
        done: Callable[[Kept], object],
        failed: Callable[[Exception], object],
    ) -> None:
        del owner
        self.offered.append((kind, source))

        def work() -> None:
            if self.refuses is not None:
                failed(self.refuses)
            else:
                done(self._add(kind, source))

        if self.waits:
            self.waiting.append(work)
        else:
            work()

    def work(self) -> None:
        """Does what lies."""
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            each()

    def look_up(
        self,
        owner: QObject,
        attachment_id: str,
        show: Callable[[Kept], object],
        failed: Callable[[Exception], object],
    ) -> None:
        del owner
        if attachment_id in self.kept:
            show(self.kept[attachment_id])
        else:
            failed(BlobFailure(BlobFault.MISSING, attachment_id))

    def picture(
        self,
        owner: QObject,
        attachment_id: str,
        show: Callable[[QImage], object],
        failed: Callable[[Exception], object],
    ) -> None:
        del owner
        found = self.kept.get(attachment_id)
        if found is None or found.problem is not None:
            failed(BlobFailure(BlobFault.MISSING, attachment_id))
        else:
            show(picture(320, 240))

    def set_caption(self, attachment_id: str, caption: str | None, shown: str | None) -> None:
        assert self.kept[attachment_id].manifest.caption == shown
        self.kept[attachment_id] = self.kept[attachment_id].with_caption(caption)

    def remove(self, attachment_id: str) -> None:
        self.removed[attachment_id] = self.kept.pop(attachment_id)

    def put_back(self, attachment_id: str) -> None:
        found = self.removed.pop(attachment_id, None) or self.kept[attachment_id]
        self.kept[attachment_id] = found

    def lose(self, attachment_id: str) -> None:
        """Only what is said of it is left."""
        problem = BlobFailure(BlobFault.MISSING, attachment_id)
        found = self.kept[attachment_id]
        self.kept[attachment_id] = replace(found, thumbnail=None, problem=problem)

    def _add(self, kind: AttachmentKind, source: Source) -> Kept:
        name = source.name if isinstance(source, Path) else None
        manifest = Manifest(
            kind=kind,
            media_type="image/jpeg",
            sha256=f"{len(self.offered):064}",
            size=245_000,
            taken_at=datetime(2026, 5, 24, 6, 5, tzinfo=UTC),
            location="-6.308333 106.110000 21.0 4.0",
            name=name,
        )
        added = Kept(f"id-{len(self.offered)}", manifest, picture())
        self.kept[added.id] = added
        return added
