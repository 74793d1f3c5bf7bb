"""Pictures that are made for tests: coloured quarters, noise, and what a camera writes beside them."""

from collections.abc import Mapping
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image

RED, GREEN, BLUE, YELLOW = (200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 200, 30)
QUARTERS = (RED, GREEN, BLUE, YELLOW)
"""Top left, top right, bottom left, bottom right."""

MAKE, SOFTWARE, ORIENTATION, EXIF, GPS = 0x010F, 0x0131, 0x0112, 0x8769, 0x8825
TAKEN, OFFSET = 0x9003, 0x9011
SECRET = "Kamera Rahasia"  # what must be gone from what is kept


def quarters(width: int = 400, height: int = 300) -> Image.Image:
    """A picture of which one sees which way is up."""
    image = Image.new("RGB", (width, height))
    left, top = width // 2, height // 2
    for place, colour in enumerate(QUARTERS):
        box = (place % 2 * left, place // 2 * top, width, height)
        image.paste(colour, box)
    return image


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture that no compression makes small."""
    size = width * height * (3 if mode == "RGB" else 1)
    return Image.frombytes(mode, (width, height), Random(1).randbytes(size))  # noqa: S311


def corners(image: Image.Image) -> tuple[tuple[int, int, int], ...]:
    """Which colour each quarter has: the nearest of `QUARTERS`."""
    plain = image.convert("RGB")
    places = ((1, 1), (3, 1), (1, 3), (3, 3))
    found = [plain.getpixel((x * plain.width // 4, y * plain.height // 4)) for x, y in places]
    return tuple(min(QUARTERS, key=lambda colour: _distance(colour, pixel)) for pixel in found)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The picture as a file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def camera(
    *,
    orientation: int | None = None,
    taken: Mapping[int, Any] | None = None,
    place: Mapping[int, Any] | None = None,
) -> Image.Exif:
    """What a camera writes, with words that give it away."""
    exif = Image.Exif()
    exif[MAKE] = exif[SOFTWARE] = SECRET
    if orientation is not None:
        exif[ORIENTATION] = orientation
    exif.get_ifd(EXIF).update({TAKEN: "2026:05:24 13:05:09", **(taken or {})})
    if place is not None:
        exif.get_ifd(GPS).update(place)
    return exif


def opened(content: bytes) -> Image.Image:
    """A file as a picture."""
    return Image.open(BytesIO(content))


def _distance(one: tuple[int, int, int], other: Any) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
