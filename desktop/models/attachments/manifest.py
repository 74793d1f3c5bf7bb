"""What is said of a file before there is a record of it: as drafts keep it, and as it becomes one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from desktop.models.records.attachments import Attachment, AttachmentKind
from desktop.models.records.base import Moment


class Manifest(BaseModel):
    """The fields of an `Attachment` that speak of the file itself; see there."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    kind: AttachmentKind
    media_type: str
    sha256: str
    size: int
    width: int | None = None
    height: int | None = None
    taken_at: Moment | None = None
    location: str | None = None
    caption: str | None = None
    name: str | None = None

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Manifest":
        """What `as_json` gave."""
        return cls.model_validate(content)

    def as_json(self) -> dict[str, Any]:
        """The fields that are known, as JSON values."""
        return self.model_dump(mode="json", exclude_none=True)

    def with_caption(self, caption: str | None) -> "Manifest":
        """The same with other words below it."""
        return self.model_copy(update={"caption": caption})

    def record(self, row_id: UUID, scope: str, household_id: UUID, **where: Any) -> Attachment:
        """The record of the file.

        Args:
            row_id: its id.
            scope: the village of the family.
            household_id: the family.
            where: `visit_id` and `question`, if it answers one.
        """
        return Attachment(
            id=row_id, scope=scope, household_id=household_id, **where, **self.model_dump()
        )
