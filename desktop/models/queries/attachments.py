"""Reading what is said of photos, signatures and files: of a draft, of a visit, of a family."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, exists, func, select

from desktop.models.attachments.manifest import Manifest
from desktop.models.records.attachments import AttachmentKind
from desktop.models.rules.dates import to_wib
from desktop.models.tables import (
    ATTACHMENT,
    CONFLICT,
    DRAFT_ATTACHMENT,
    OUTBOX,
    UNSENT_FILE,
    VISIT,
)

PHOTO_CONSENT = "photo_consent"
"""The name of the question whether photos of the family may be kept."""

_YES = "yes"
_KINDS = frozenset(kind.value for kind in AttachmentKind)
_MILLISECONDS_OF_ID = 80
"""A UUIDv7 begins with the moment of its making, before so many other bits."""

IS_GONE = (
    ATTACHMENT.c.deleted_at.is_not(None)
    & ~exists().where(OUTBOX.c.row_id == ATTACHMENT.c.id, OUTBOX.c.overlay)
    & ~exists().where(CONFLICT.c.subject_id == ATTACHMENT.c.id, CONFLICT.c.resolved_at.is_(None))
)
"""Of a file: it was deleted, the province has confirmed that, and nobody has to decide about it."""


@dataclass(frozen=True, slots=True)
class DraftAttachment:
    """A file that answers a question of a draft."""

    id: UUID
    path: str
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class AttachmentView:
    """A file of a family. `visited_on` is the day of the visit that it belongs to, if it does."""

    id: UUID
    manifest: Manifest
    question: str | None
    visit_id: UUID | None
    visited_on: date | None

    @property
    def day(self) -> date:
        """The day it is of: when it was taken, else of its visit, else when it was added."""
        if self.manifest.taken_at is not None:
            return to_wib(self.manifest.taken_at).date()
        return self.visited_on or to_wib(made_at(self.id)).date()


def made_at(row_id: UUID) -> datetime:
    """When an id was made."""
    return datetime.fromtimestamp((row_id.int >> _MILLISECONDS_OF_ID) / 1000, UTC)


def of_draft(connection: Connection, draft_id: UUID) -> list[DraftAttachment]:
    """The files of a draft, in the order in which they were added."""
    query = select(DRAFT_ATTACHMENT).where(DRAFT_ATTACHMENT.c.draft_id == draft_id)
    rows = connection.execute(query.order_by(DRAFT_ATTACHMENT.c.id))
    return [DraftAttachment(row.id, row.path, Manifest.from_json(row.manifest)) for row in rows]


def of_visit(connection: Connection, visit_id: UUID) -> list[AttachmentView]:
    """The files of a visit, in the order in which they were added."""
    return _views(connection, ATTACHMENT.c.visit_id == visit_id)


def of_household(
    connection: Connection, household_id: UUID, kind: AttachmentKind | None = None
) -> list[AttachmentView]:
    """The files of a family, from visits and added without one; the newest day first.

    Args:
        connection: the store.
        household_id: the family.
        kind: only these; all unless told.
    """
    found = _views(connection, ATTACHMENT.c.household_id == household_id)
    wanted = [view for view in found if kind in (None, view.manifest.kind)]
    return sorted(wanted, key=lambda view: view.day, reverse=True)


def one_of_draft(connection: Connection, attachment_id: UUID) -> Manifest | None:
    """What is said of a file of a draft; None if there is none of that id."""
    query = select(DRAFT_ATTACHMENT.c.manifest).where(DRAFT_ATTACHMENT.c.id == attachment_id)
    found = connection.execute(query).scalar()
    return None if found is None else Manifest.from_json(found)


def one(connection: Connection, attachment_id: UUID) -> Manifest | None:
    """What is said of a file; None if there is no record of that id, or it was deleted."""
    found = _views(connection, ATTACHMENT.c.id == attachment_id)
    return found[0].manifest if found else None


def photo_consent(connection: Connection, household_id: UUID) -> bool:
    """Whether the family agreed to photos when it was last asked at a visit."""
    answer = VISIT.c.answers[PHOTO_CONSENT].as_string()
    query = select(answer).where(
        VISIT.c.household_id == household_id, VISIT.c.deleted_at.is_(None), answer.is_not(None)
    )
    newest = query.order_by(VISIT.c.visited_on.desc(), VISIT.c.id.desc()).limit(1)
    return connection.execute(newest).scalar() == _YES


def named_digests(connection: Connection) -> set[str]:
    """The digests of all files that are needed: of drafts, of records, and of some that are gone.

    A record that was deleted may come back as long as the province has not confirmed it, or while
    somebody has to decide about it. One whose family left this laptop is elsewhere; its file is not.
    """
    of_records = select(ATTACHMENT.c.sha256).where(~IS_GONE)
    of_drafts = select(func.json_extract(DRAFT_ATTACHMENT.c.manifest, "$.sha256"))
    is_here = exists().where(ATTACHMENT.c.id == UNSENT_FILE.c.attachment_id)
    of_others = select(UNSENT_FILE.c.sha256).where(~is_here)
    found = (connection.execute(one).scalars() for one in (of_records, of_drafts, of_others))
    return set(chain.from_iterable(found))


def _views(connection: Connection, where: Any) -> list[AttachmentView]:
    query = select(ATTACHMENT, VISIT.c.visited_on).join(
        VISIT, VISIT.c.id == ATTACHMENT.c.visit_id, isouter=True
    )
    living = query.where(where, ATTACHMENT.c.deleted_at.is_(None)).order_by(ATTACHMENT.c.id)
    return [
        AttachmentView(row.id, _manifest(row), row.question, row.visit_id, row.visited_on)
        for row in connection.execute(living)
    ]


def _manifest(row: Row[Any]) -> Manifest:
    """What a row says of its file; of a kind that only a newer version knows, it is a file."""
    said = {name: getattr(row, name) for name in Manifest.model_fields}
    kind = row.kind if row.kind in _KINDS else AttachmentKind.FILE
    return Manifest.model_validate({**said, "kind": kind})
