"""What belongs to a record and is no text: photos, signatures, sound, files. Here is what is said of them."""

from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, String

from desktop.models.records.base import Moment, Record, moment_field, whole_number


class AttachmentKind(StrEnum):
    """What an attachment is."""

    PHOTO = "photo"
    SIGNATURE = "signature"
    AUDIO = "audio"
    FILE = "file"


class Attachment(Record):
    """The manifest of a file: what it is, and the digest by which it is known everywhere.

    The row is usable while the file itself is still on its way. `question` is the path of the question
    that it answers. `location` is where it was taken, as ODK writes a point: latitude, longitude,
    altitude, accuracy, with spaces between.
    """

    household_id: UUID = Field(index=True)
    visit_id: UUID | None = Field(default=None, index=True)
    question: str | None = None
    kind: AttachmentKind = Field(sa_type=String)
    media_type: str
    sha256: str = Field(min_length=64, max_length=64, index=True)
    size: int = whole_number()
    """Bytes."""
    width: int | None = whole_number(default=None)
    height: int | None = whole_number(default=None)
    taken_at: Moment | None = moment_field(default=None)
    location: str | None = None
    caption: str | None = None
    name: str | None = None
    """The name that the file had, where that says something."""
