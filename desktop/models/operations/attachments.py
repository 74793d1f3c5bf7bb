"""Writing what is said of photos, signatures and files: of a draft, of a visit, of a family.

The file itself is kept first (`attachments.keeping`); what is written here names it. The id that a
file has in a draft is the answer to its question, and stays its id when the visit is finished.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.attachments.manifest import Manifest
from desktop.models.queries.attachments import IS_GONE, named_digests, one_of_draft
from desktop.models.records.attachments import Attachment
from desktop.models.records.base import new_id
from desktop.models.records.visits import Visit
from desktop.models.store.blobs import BlobFailure
from desktop.models.store.drafts import file_path, heir_paths, visit_of
from desktop.models.store.local import Store
from desktop.models.store.only_here import make_sure
from desktop.models.store.writer import Writer
from desktop.models.tables import ATTACHMENT, DRAFT_ATTACHMENT, UNSENT_FILE

_OF_DRAFT = select(DRAFT_ATTACHMENT).where(DRAFT_ATTACHMENT.c.draft_id == bindparam("draft"))
_ONE = DRAFT_ATTACHMENT.c.id == bindparam("sought")
_NOTE_UNSENT = (
    insert(UNSENT_FILE)
    .prefix_with("OR IGNORE")
    .from_select(
        ["attachment_id", "sha256"],
        select(ATTACHMENT.c.id, ATTACHMENT.c.sha256).where(ATTACHMENT.c.id == bindparam("sought")),
    )
)
_DIGEST = select(ATTACHMENT.c.sha256).where(ATTACHMENT.c.id == bindparam("sought"))
_NOT_NOTED = select(ATTACHMENT.c.id, ATTACHMENT.c.sha256).where(
    ~IS_GONE, ~exists().where(UNSENT_FILE.c.attachment_id == ATTACHMENT.c.id)
)
_FORGET_DELETED = delete(UNSENT_FILE).where(
    exists().where(ATTACHMENT.c.id == UNSENT_FILE.c.attachment_id, IS_GONE)
)


def keep_draft_attachment(
    connection: Connection,
    draft_id: UUID,
    path: str,
    manifest: Manifest,
    attachment_id: UUID | None = None,
) -> UUID:
    """Notes that a file answers a question of a draft; one that did so before goes.

    Args:
        connection: a transaction.
        draft_id: a draft that was begun.
        path: of the question.
        manifest: of a file that is kept.
        attachment_id: the id that it had, if it was removed and is wanted again.

    Raises:
        AttachmentFailure: the visit was finished meanwhile.
    """
    if visit_of(connection, draft_id) is not None:
        raise AttachmentFailure(AttachmentFault.NO_VISIT)
    row_id = attachment_id or new_id()
    path = file_path(connection, draft_id, path)
    of_question = (DRAFT_ATTACHMENT.c.draft_id == draft_id) & (DRAFT_ATTACHMENT.c.path == path)
    connection.execute(delete(DRAFT_ATTACHMENT).where(of_question))
    connection.execute(
        upsert(DRAFT_ATTACHMENT).values(
            id=row_id, draft_id=draft_id, path=path, manifest=manifest.as_json()
        )
    )
    return row_id


def caption_draft_attachment(
    connection: Connection, attachment_id: UUID, caption: str | None
) -> None:
    """Puts words below a photo of a draft, if it was not removed meanwhile."""
    found = one_of_draft(connection, attachment_id)
    if found is None:
        return
    manifest = found.with_caption(caption)
    connection.execute(
        update(DRAFT_ATTACHMENT).where(_ONE).values(manifest=manifest.as_json()),
        {"sought": attachment_id},
    )


def remove_draft_attachment(connection: Connection, attachment_id: UUID) -> None:
    """Takes a file from a draft; the file itself goes after a day in which nobody named it."""
    connection.execute(delete(DRAFT_ATTACHMENT).where(_ONE), {"sought": attachment_id})


def attach_draft(writer: Writer, draft_id: UUID, visit: Visit, finished: object) -> None:
    """Writes the records of a draft's files, in the transaction that finishes its visit.

    A file stays behind if no answer of the visit names it: what was taken for a question that does
    not apply any more is nobody's business. But of two files of one person who had two records, an
    answer names only one.

    Args:
        writer: of the visit.
        draft_id: the draft.
        visit: what it became.
        finished: the finished form, whose answers name the files.
    """
    files = writer.connection.execute(_OF_DRAFT, {"draft": draft_id}).all()
    named = frozenset(_texts(finished))
    of_both = heir_paths(writer.connection, [row.path for row in files])
    for row in files:
        if str(row.id) in named or row.path in of_both:
            manifest = Manifest.from_json(row.manifest)
            where = {"visit_id": visit.id, "question": row.path}
            _record(writer, manifest.record(row.id, visit.scope, visit.household_id, **where))


def attach(
    writer: Writer,
    household_id: UUID,
    scope: str,
    manifest: Manifest,
    attachment_id: UUID | None = None,
) -> UUID:
    """Adds a file to a family, without a visit; gives its id, a new one unless told."""
    record = manifest.record(attachment_id or new_id(), scope, household_id)
    _record(writer, record)
    return record.id


def set_caption(
    writer: Writer, attachment_id: UUID, caption: str | None, shown: str | None
) -> bool:
    """Puts other words below a photo than were `shown` there; tells whether anything changed."""
    return writer.update(
        "attachment", attachment_id, {"caption": caption}, shown={"caption": shown}
    )


def remove(writer: Writer, attachment_id: UUID) -> bool:
    """Deletes the record of a file; the file goes once the province has confirmed that."""
    return writer.delete("attachment", attachment_id)


def put_back(writer: Writer, attachment_id: UUID, store: Store) -> bool:
    """Takes the deletion of a file back; tells whether it was deleted."""
    digest = writer.connection.execute(_DIGEST, {"sought": attachment_id}).scalar()
    if digest is not None and _is_here(store, digest):  # it may be of another laptop
        writer.connection.execute(_NOTE_UNSENT, {"sought": attachment_id})
    return writer.update("attachment", attachment_id, {"deleted_at": None})


def forget_unnamed(store: Store) -> int:
    """Removes files that no draft and no record has named for a day; gives how many."""
    if not store.has_blobs:
        return 0
    with store.writing() as connection:
        make_sure(connection, set(store.blobs.digests()))
        for row in connection.execute(_NOT_NOTED).all():  # somebody put its record back
            if store.blobs.has(row.sha256):
                connection.execute(_NOTE_UNSENT, {"sought": row.id})
        connection.execute(_FORGET_DELETED)
        named = named_digests(connection)
    return store.blobs.remove_unnamed(named)


def _is_here(store: Store, digest: str) -> bool:
    """Whether a file is on this laptop, be it damaged."""
    try:
        return store.has_blobs and store.blobs.has(digest)
    except BlobFailure:
        return True


def _record(writer: Writer, record: Attachment) -> None:
    """Writes the record of a file that is nowhere else."""
    writer.insert(record)
    writer.connection.execute(_NOTE_UNSENT, {"sought": record.id})


def _texts(value: object) -> Iterator[str]:
    """All words in a value, however deep: an answer may stand in a list, a row, a member."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
