"""Preparing a photo: the right way up, small enough for a slow line, and without what it gives away.

A picture is decoded no larger than it is needed, so that twelve megapixels cost an old laptop
little. Nothing of its metadata stays; when and where it was taken is read first.
"""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.models.attachments.exif import read_taken
from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose
    from PIL.ImageFile import ImageFile

MOST_BYTES = 60 << 20
"""What a photo may have on its way in."""

LONG_SIDE = 1600
MOST_KEPT = 250 << 10
THUMBNAIL_SIDE = 256
JPEG = "image/jpeg"

_FORMATS = ("JPEG", "PNG", "BMP")
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_BMP_HEADS = (12, 40, 52, 56, 64, 108, 124)
"""Sizes of the head of a bitmap; words may begin with its two letters as well."""

_OTHER_STARTS = (b"GIF8", b"II*\x00", b"MM\x00*", b"8BPS", b"\xff\x0a", b"\x00\x00\x01\x00")
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_QUALITIES = (85, 78, 70, 62, 54, 46)
_SMALLER = 0.8
_THUMBNAIL_QUALITY = 80
_LEAST_SIDE = 32
_MOST_NARROW = 12
"""How many times as long as wide a picture may be; from then on nothing can be seen on it."""

_MEGA = 1_000_000
_MOST_PIXELS = 200 * _MEGA
_MOST_PIXELS_AT_ONCE = 25 * _MEGA
"""Where all pixels are decoded before any can be left out."""

_MOST_PIXELS_PROGRESSIVE = 50 * _MEGA
_REDUCIBLE_MODES = ("L", "LA", "RGB", "RGBA", "CMYK")
_DEEP_MODES = ("I", "I;16", "I;16B", "I;16L")
_BROKEN = (OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError)
"""What Pillow raises on the way through content that is not what it should be."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept: JPEG, and what was known of it. `location` is as ODK writes a point."""

    body: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: datetime | None
    location: str | None


def looks_like_picture(content: bytes) -> bool:
    """Whether content begins as a picture does that can be prepared."""
    is_bitmap = content[:2] == b"BM" and int.from_bytes(content[14:18], "little") in _BMP_HEADS
    return is_bitmap or content.startswith(_STARTS)


def prepare_photo(content: bytes, now: datetime) -> Photo:
    """A picture as a photo is kept. The content decides what it is, never the name.

    Args:
        content: the file, as it was offered.
        now: a time that is later was written by a wrong clock.

    Raises:
        AttachmentFailure: it is no picture, or none that can be taken.
    """
    with _failures(content), _opened(content) as opened:
        _check_size(opened)
        image = _decoded(opened)
        taken = read_taken(opened, now)
        body, image = _as_small_jpeg(_turned(image, taken.orientation))
        return Photo(body, thumbnail_of(image), *image.size, taken.at, taken.location)


def place_of_photo(content: bytes, now: datetime) -> str | None:
    """Where a picture says that it was taken, as ODK writes a point; None if it does not say.

    Raises:
        AttachmentFailure: it is no picture.
    """
    with _failures(content), _opened(content) as opened:
        return read_taken(opened, now).location


def prepare_drawing(content: bytes) -> Photo:
    """A drawing in shades of grey, without loss and without metadata; its thumbnail is a JPEG.

    Raises:
        AttachmentFailure: it is no picture.
    """
    with _failures(content), _opened(content) as opened:
        _check_size(opened)
        image = _bare(opened.convert("L"))
        file = BytesIO()
        image.save(file, "PNG", optimize=True)
        return Photo(file.getvalue(), thumbnail_of(image), *image.size, None, None)


def thumbnail_of_photo(body: bytes) -> bytes:
    """The small picture of a photo that is kept.

    Raises:
        AttachmentFailure: it is no picture.
    """
    with _failures(body), _opened(body) as opened:
        _check_size(opened)
        return thumbnail_of(_decoded(opened))


def thumbnail_of(image: "Image") -> bytes:
    """The small picture of a picture."""
    small = _fitted(image.convert("RGB"), THUMBNAIL_SIDE)
    return _as_jpeg(small, _THUMBNAIL_QUALITY)


@contextmanager
def _failures(content: bytes) -> Iterator[None]:
    """Turns what is raised on the way through a picture into a fault."""
    try:
        yield
    except AttachmentFailure:
        raise
    except MemoryError as error:
        raise AttachmentFailure(AttachmentFault.NO_MEMORY) from error
    except (*_BROKEN, struct.error, zlib.error) as error:
        raise AttachmentFailure(_fault_of(content)) from error


def _fault_of(content: bytes) -> AttachmentFault:
    """What is wrong with content that Pillow does not take."""
    if not content:
        return AttachmentFault.EMPTY
    if looks_like_picture(content):
        return AttachmentFault.DAMAGED
    brands = content[8:12] if content[4:8] == b"ftyp" else b""
    if brands in _HEIC_BRANDS:
        return AttachmentFault.HEIC
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if brands in (b"avif", b"avis") or is_webp or content.startswith(_OTHER_STARTS):
        return AttachmentFault.UNSUPPORTED
    return AttachmentFault.NOT_A_PICTURE


@contextmanager
def _opened(content: bytes) -> "Iterator[ImageFile]":
    from PIL import Image  # noqa: PLC0415 only where a photo is taken

    Image.MAX_IMAGE_PIXELS = None  # it only warns; `_check_size` refuses, by what is decoded
    with Image.open(BytesIO(content), formats=_FORMATS) as opened:
        yield opened


def _check_size(image: "ImageFile") -> None:
    """Looks at what the head of the file says, before anything is decoded.

    Raises:
        AttachmentFailure: it is a bomb, or nothing could be seen on it.
    """
    long, short = max(image.size), min(image.size)
    most = _MOST_PIXELS_AT_ONCE
    if image.format in ("JPEG", "MPO"):
        is_progressive = bool(image.info.get("progressive"))
        most = _MOST_PIXELS_PROGRESSIVE if is_progressive else _MOST_PIXELS
    if long * short > most:
        raise AttachmentFailure(AttachmentFault.TOO_LARGE)
    if short < _LEAST_SIDE or long > short * _MOST_NARROW:
        raise AttachmentFailure(AttachmentFault.TOO_SMALL)


def _decoded(image: "ImageFile") -> "Image":
    """The pixels in red, green and blue on white, not many more than are needed."""
    if image.draft("RGB", _fitting(image.size, LONG_SIDE)) is None:
        image.load()
    step = max(image.size) // LONG_SIDE
    if step > 1 and image.mode in _REDUCIBLE_MODES:
        return _on_white(image.reduce(step))
    return _on_white(image)


def _on_white(image: "Image") -> "Image":
    from PIL import Image  # noqa: PLC0415 only where a photo is taken

    if image.mode in _DEEP_MODES:  # the upper eight of sixteen bits
        image = image.point(lambda value: value * (1 / 256))
        return image.convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _turned(image: "Image", orientation: int) -> "Image":
    """The picture the right way up: what EXIF says is done to the pixels, and then forgotten."""
    how = _turns().get(orientation)
    small = _fitted(image, LONG_SIDE)
    return small if how is None else small.transpose(how)


def _turns() -> "dict[int, Transpose]":
    from PIL.Image import Transpose  # noqa: PLC0415 only where a photo is taken

    return {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }


def _as_small_jpeg(image: "Image") -> "tuple[bytes, Image]":
    """The best quality that is small enough; where none is, fewer pixels."""
    while True:
        for quality in _QUALITIES:
            body = _as_jpeg(image, quality)
            if len(body) <= MOST_KEPT:
                return body, image
        image = _fitted(image, round(max(image.size) * _SMALLER))


def _as_jpeg(image: "Image", quality: int) -> bytes:
    file = BytesIO()
    _bare(image).save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def _bare(image: "Image") -> "Image":
    """The pixels without what Pillow would write beside them (comments, profiles, resolution)."""
    image.info.clear()
    return image


def _fitted(image: "Image", side: int) -> "Image":
    from PIL.Image import Resampling  # noqa: PLC0415 only where a photo is taken

    size = _fitting(image.size, side)
    return image if size == image.size else image.resize(size, Resampling.LANCZOS)


def _fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    """A size of the same shape whose longer side is at most so long."""
    scale = min(side / max(size), 1.0)
    width, height = (max(round(length * scale), 1) for length in size)
    return width, height
