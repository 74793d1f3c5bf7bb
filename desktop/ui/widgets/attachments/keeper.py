"""What fields for photos and files ask of whoever keeps them: the draft of a visit, or a family."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from desktop.models.attachments.manifest import Manifest
    from desktop.models.records.attachments import AttachmentKind

Source: TypeAlias = Path | bytes | QImage
"""What is offered: a file, its content, or a picture from the clipboard."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A photo or file that is kept.

    Attributes:
        id: by which it is known; the answer to its question.
        manifest: what is said of it.
        thumbnail: the small picture; None if it has none, or if it cannot be shown.
        problem: why the file itself cannot be had, for `sentence_for`.
    """

    id: str
    manifest: Manifest
    thumbnail: QImage | None = None
    problem: Exception | None = None

    def with_caption(self, caption: str | None) -> Kept:
        """The same with other words below it."""
        return replace(self, manifest=self.manifest.with_caption(caption))


class Keeper(Protocol):
    """Keeps photos and files, off the window's thread.

    What it finds comes back on the window's thread, and only if `owner` is still there; what was
    asked is done all the same.
    """

    def keep(
        self,
        owner: QObject,
        kind: AttachmentKind,
        source: Source,
        done: Callable[[Kept], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Prepares what is offered and keeps it."""

    def look_up(
        self,
        owner: QObject,
        attachment_id: str,
        show: Callable[[Kept], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Finds what is kept by its id."""

    def picture(
        self,
        owner: QObject,
        attachment_id: str,
        show: Callable[[QImage], object],
        failed: Callable[[Exception], object],
    ) -> None:
        """Loads a photo in its full size."""

    def set_caption(self, attachment_id: str, caption: str | None, shown: str | None) -> None:
        """Puts other words below a photo than were shown there."""

    def remove(self, attachment_id: str) -> None:
        """Removes a photo or file."""

    def put_back(self, attachment_id: str) -> None:
        """Takes a removal back."""
