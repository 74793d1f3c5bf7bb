"""What a camera wrote beside a picture: which way is up, when it was taken, and where.

All of it is doubted: cameras write clocks that were never set and places that they do not know.
"""

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.models.rules.dates import WIB

if TYPE_CHECKING:
    from PIL.Image import Image

T = TypeVar("T")

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""A camera that says less was never told the time."""

_AHEAD = timedelta(days=1)
_ORIENTATION = 0x0112
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET = 0x9003, 0x9011
_LATITUDE, _LONGITUDE = (1, 2), (3, 4)
"""Tags of the hemisphere, and of degrees, minutes and seconds."""

_BELOW_SEA, _ALTITUDE, _ACCURACY = 5, 6, 31
_SOUTH_OR_WEST = ("S", "W")
_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_HOURS = re.compile(r"([+-])(\d\d):?(\d\d)")
_UTC = "Z"
_BROKEN = (
    *(ValueError, TypeError, KeyError, IndexError, ArithmeticError, OSError, SyntaxError),
    struct.error,
)
"""What is raised on the way through tags that are not what they should be."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How, when and where a picture was taken; what is not known is 1 or None.

    Attributes:
        orientation: 1 to 8, as EXIF counts them.
        at: the moment.
        location: as ODK writes a point: latitude, longitude, altitude, accuracy.
    """

    orientation: int = 1
    at: datetime | None = None
    location: str | None = None


def read_taken(image: "Image", now: datetime) -> Taken:
    """What a picture says of itself; tags that cannot be read say nothing.

    Args:
        image: the picture, as it was opened.
        now: a picture from later than that has a wrong clock.
    """
    exif = _if_sound(image.getexif)
    if exif is None:
        return Taken()
    return Taken(
        orientation=_if_sound(lambda: _orientation(exif)) or 1,
        at=_if_sound(lambda: _moment(exif.get_ifd(_EXIF), now)),
        location=_if_sound(lambda: _point(exif.get_ifd(_GPS))),
    )


def _if_sound(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except _BROKEN:  # the picture is as good without
        return None


def _orientation(exif: Mapping[int, Any]) -> int:
    number = int(exif.get(_ORIENTATION, 1))
    return number if number in range(1, 9) else 1


def _moment(tags: Mapping[int, Any], now: datetime) -> datetime | None:
    found = _TIME.match(str(tags.get(_TAKEN, "")))
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    taken = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=_zone(tags))
    moment = taken.astimezone(UTC)
    return moment if EARLIEST <= moment <= now + _AHEAD else None


def _zone(tags: Mapping[int, Any]) -> timezone:
    """The camera's offset; without one it went by the clock of Banten."""
    said = str(tags.get(_OFFSET, "")).strip("\0 ")
    found = _HOURS.fullmatch(said)
    if found is None:
        return UTC if said == _UTC else WIB
    offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-offset if found[1] == "-" else offset)


def _point(tags: Mapping[int, Any]) -> str | None:
    latitude = _degrees(tags, _LATITUDE, 90)
    longitude = _degrees(tags, _LONGITUDE, 180)
    if latitude is None or longitude is None or latitude == longitude == 0:
        return None  # what a phone writes that does not know where it is
    altitude, accuracy = _number(tags.get(_ALTITUDE)), _number(tags.get(_ACCURACY))
    if tags.get(_BELOW_SEA) in (1, b"\x01"):
        altitude = -altitude
    return f"{latitude:.6f} {longitude:.6f} {altitude:.1f} {accuracy:.1f}"


def _degrees(tags: Mapping[int, Any], names: tuple[int, int], most: int) -> float | None:
    hemisphere, parts = tags[names[0]], tags[names[1]]
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not isfinite(value) or not 0 <= value <= most:
        return None
    return -value if str(hemisphere).strip("\0 ").upper() in _SOUTH_OR_WEST else value


def _number(value: Any) -> float:
    """A number that may be missing; ODK writes 0 for one that is not known."""
    number = 0.0 if value is None else float(value)
    return number if isfinite(number) else 0.0
