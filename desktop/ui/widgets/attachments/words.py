"""Photos and files in words: how large, taken when and where; and which kinds a dialog offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.rules.dates import format_date, format_time, to_wib
from desktop.models.rules.money import format_number

if TYPE_CHECKING:
    from desktop.models.attachments.manifest import Manifest
    from desktop.models.rules.dates import Language

_KILOBYTE = 1024
_DIGITS_OF_PLACE = 5
"""A step of about a metre."""


def size_words(size: int) -> str:
    """How large a file is: "245 KB"."""
    kilobytes = max(round(size / _KILOBYTE), 1)
    unit = QCoreApplication.translate("Attachments", "KB")
    return f"{format_number(kilobytes)} {unit}"


def taken_words(manifest: Manifest, language: Language) -> str:
    """When and where a photo was taken, as far as it says so."""
    parts = []
    if manifest.taken_at is not None:
        moment = to_wib(manifest.taken_at)
        words = QCoreApplication.translate("Attachments", "Taken on {day}, {time}")
        day = format_date(moment.date(), language, "medium")
        parts.append(words.format(day=day, time=format_time(moment, language)))
    if manifest.location is not None:
        words = QCoreApplication.translate("Attachments", "Place: {place}")
        parts.append(words.format(place=place_words(manifest.location)))
    return ". ".join(parts) or QCoreApplication.translate(
        "Attachments", "The photo does not say when and where it was taken"
    )


def place_words(location: str) -> str:
    """Latitude and longitude of a point as ODK writes it, as maps read them."""
    try:
        latitude, longitude = map(float, location.split()[:2])
    except ValueError:  # another program wrote it
        return location
    return f"{latitude:.{_DIGITS_OF_PLACE}f}, {longitude:.{_DIGITS_OF_PLACE}f}"


def photo_kinds() -> str:
    """What a dialog offers where a photo is wanted."""
    words = QCoreApplication.translate("Attachments", "Photos ({kinds})")
    return words.format(kinds="*.jpg *.jpeg *.png *.bmp *.heic")


def sound_kinds() -> str:
    """What a dialog offers where a sound is wanted."""
    words = QCoreApplication.translate("Attachments", "Sound recordings ({kinds})")
    return words.format(kinds="*.m4a *.mp3 *.ogg *.opus *.wav *.amr *.aac *.3gp *.3ga *.flac")


def file_kinds() -> str:
    """What a dialog offers where any file is wanted."""
    return QCoreApplication.translate("Attachments", "All files ({kinds})").format(kinds="*")
