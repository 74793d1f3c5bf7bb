"""From what was offered to a file that is kept and its manifest. Nothing names it yet."""

from datetime import datetime
from pathlib import Path

from desktop.models.attachments import files
from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.attachments.manifest import Manifest
from desktop.models.attachments.photos import (
    JPEG,
    Photo,
    looks_like_picture,
    prepare_drawing,
    prepare_photo,
    thumbnail_of_photo,
)
from desktop.models.attachments.photos import MOST_BYTES as MOST_BYTES_OF_PHOTO
from desktop.models.records.attachments import AttachmentKind
from desktop.models.store.blobs import BlobFailure, BlobFault, Blobs

_PNG = "image/png"


def keep_file_of(
    blobs: Blobs, kind: AttachmentKind, source: Path | bytes, now: datetime
) -> Manifest:
    """Prepares what was offered as its kind wants it, and keeps it.

    Args:
        blobs: where it is kept.
        kind: what it is to be.
        source: a file, or its content.
        now: a photo that says to be from later has a wrong clock.

    Raises:
        AttachmentFailure: it is not taken.
        StoreFailure: it cannot be kept.
    """
    if kind is AttachmentKind.PHOTO:
        content = files.read_source(source, MOST_BYTES_OF_PHOTO)
        return _kept_picture(blobs, kind, prepare_photo(content, now), JPEG)
    content = files.read_source(source, files.MOST_BYTES)
    if kind is AttachmentKind.SIGNATURE:
        return _kept_picture(blobs, kind, prepare_drawing(content), _PNG)
    name = source.name if isinstance(source, Path) else ""
    if looks_like_picture(content) and kind is AttachmentKind.FILE:
        photo = prepare_photo(content, now)  # a picture gives away as much in any slot
        return _kept_picture(blobs, kind, photo, JPEG, files.short_name(name, ".jpg"))
    media_type = files.file_type(content, name)
    if kind is AttachmentKind.AUDIO and files.sound_type(content, name) is None:
        raise AttachmentFailure(AttachmentFault.NO_SOUND)
    return Manifest(
        kind=kind,
        media_type=media_type,
        sha256=blobs.put(content),
        size=len(content),
        name=files.short_name(name) or None,
    )


def small_picture(blobs: Blobs, digest: str) -> bytes:
    """The thumbnail of a photo that is kept; made anew where it was lost, or never was here.

    Raises:
        BlobFailure: the photo is not here, or is damaged.
    """
    found = blobs.thumbnail(digest)
    if found is not None:
        return found
    try:
        made = thumbnail_of_photo(blobs.get(digest))
    except AttachmentFailure as failure:
        raise BlobFailure(BlobFault.DAMAGED, digest) from failure
    blobs.keep_thumbnail(digest, made)
    return made


def _kept_picture(
    blobs: Blobs, kind: AttachmentKind, photo: Photo, media_type: str, name: str | None = None
) -> Manifest:
    return Manifest(
        kind=kind,
        media_type=media_type,
        sha256=blobs.put(photo.body, photo.thumbnail),
        size=len(photo.body),
        width=photo.width,
        height=photo.height,
        taken_at=photo.taken_at,
        location=photo.location,
        name=name,
    )
