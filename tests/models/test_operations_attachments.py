"""Files of a draft become records with the visit, whole or not at all; what nobody names goes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from desktop.models.attachments.faults import AttachmentFailure, AttachmentFault
from desktop.models.attachments.manifest import Manifest
from desktop.models.operations import attachments, visits
from desktop.models.queries.attachments import (
    PHOTO_CONSENT,
    named_digests,
    of_draft,
    of_household,
    of_visit,
    photo_consent,
)
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import natural_id, new_id
from desktop.models.records.decisions import Conflict
from desktop.models.records.households import Household
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import CONFLICT, DRAFT, OUTBOX, VISIT
from tests.models.store.families import USER, assert_consistent

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
VILLAGE = "36.01.01.2001"
DAY = date(2026, 11, 20)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = Store.open(tmp_path, clock)
    with opened.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(USER))
    yield opened
    opened.close()


@pytest.fixture
def household(store: Store) -> UUID:
    family = Household(scope=VILLAGE)
    with store.recording() as writer:
        writer.insert(family)
    return family.id


def photo(store: Store, content: bytes = b"a photo", **said: Any) -> Manifest:
    return Manifest(
        kind=said.pop("kind", AttachmentKind.PHOTO),
        media_type="image/jpeg",
        sha256=store.blobs.put(content),
        size=len(content),
        **said,
    )


def begun(store: Store, household: UUID) -> visits.DraftHead:
    draft = visits.DraftHead(new_id(), household, VILLAGE, "household_visit", 1, NOW)
    with store.writing() as connection:
        visits.save_answers(
            connection, draft, USER, {"outcome": visits.KeptAnswer("met")}, "outcome"
        )
    return draft


def keep(store: Store, draft: visits.DraftHead, path: str, manifest: Manifest) -> UUID:
    with store.writing() as connection:
        return attachments.keep_draft_attachment(connection, draft.id, path, manifest)


def finish(store: Store, draft: visits.DraftHead, **finished: Any) -> UUID:
    with store.recording() as writer:
        row = writer.connection.execute(select(DRAFT).where(DRAFT.c.id == draft.id)).one()
        return visits.finish(writer, row, visits.FinishedVisit(DAY, VisitOutcome.MET, **finished))


def test_a_draft_keeps_its_files_and_says_nothing_to_the_province(
    store: Store, household: UUID
) -> None:
    draft = begun(store, household)
    manifest = photo(store, taken_at=NOW, location="-6.3 106.1 0.0 0.0")
    with store.reading() as connection:
        ops = len(connection.execute(select(OUTBOX)).all())

    row_id = keep(store, draft, "kitchen", manifest)
    with store.writing() as connection:
        attachments.caption_draft_attachment(connection, row_id, "Dapur")

    with store.reading() as connection:
        (kept,) = of_draft(connection, draft.id)
        assert len(connection.execute(select(OUTBOX)).all()) == ops
    assert (kept.id, kept.path) == (row_id, "kitchen")
    assert kept.manifest == manifest.with_caption("Dapur")


def test_a_question_has_one_file(store: Store, household: UUID) -> None:
    draft = begun(store, household)
    keep(store, draft, "kitchen", photo(store))
    keep(store, draft, "roof", photo(store, b"a roof"))
    second = keep(store, draft, "kitchen", photo(store, b"another"))
    with store.reading() as connection:
        kept = of_draft(connection, draft.id)
    assert sorted(each.path for each in kept) == ["kitchen", "roof"]
    assert second in {each.id for each in kept}


def test_a_file_that_was_removed_comes_back_as_it_was(store: Store, household: UUID) -> None:
    draft = begun(store, household)
    manifest = photo(store)
    row_id = keep(store, draft, "kitchen", manifest)
    with store.writing() as connection:
        attachments.remove_draft_attachment(connection, row_id)
        assert of_draft(connection, draft.id) == []
        attachments.keep_draft_attachment(connection, draft.id, "kitchen", manifest, row_id)
        assert [each.id for each in of_draft(connection, draft.id)] == [row_id]


def test_finishing_writes_the_records_with_the_visit(store: Store, household: UUID) -> None:
    draft = begun(store, household)
    member = new_id()
    manifest = photo(store, taken_at=NOW, location="-6.3 106.1 0.0 0.0", caption="Dapur")
    kitchen = keep(store, draft, "kitchen", manifest)
    portrait = keep(store, draft, f"members[{member}]/portrait", photo(store, b"somebody"))
    with store.reading() as connection:
        ops = len(connection.execute(select(OUTBOX)).all())

    said = {"kitchen": str(kitchen), "portrait": [{"a": str(portrait)}]}
    visit = finish(store, draft, answers=said)

    with store.reading() as connection:
        found = {view.id: view for view in of_visit(connection, visit)}
        assert len(connection.execute(select(OUTBOX)).all()) == ops + 4, "visit, move, two files"
        assert of_draft(connection, draft.id) == []
    assert found.keys() == {kitchen, portrait}
    assert found[kitchen].manifest == manifest
    assert (found[kitchen].question, found[kitchen].visited_on) == ("kitchen", DAY)
    assert found[portrait].question == f"members[{member}]/portrait"
    assert_consistent(store)


def test_a_file_whose_question_no_longer_applies_stays_behind(
    store: Store, household: UUID
) -> None:
    draft = begun(store, household)
    keep(store, draft, "kitchen", photo(store))
    visit = finish(store, draft, answers={"outcome": "nobody_home"})
    with store.reading() as connection:
        assert of_visit(connection, visit) == []
        assert named_digests(connection) == set()


def test_a_visit_that_fails_to_be_written_leaves_the_draft_with_its_files(
    store: Store, household: UUID
) -> None:
    draft = begun(store, household)
    row_id = keep(store, draft, "kitchen", photo(store))

    def finish_without_end() -> None:
        finished = visits.FinishedVisit(DAY, VisitOutcome.MET, {"kitchen": str(row_id)})
        with store.recording() as writer:
            visits.finish(writer, draft, finished)
            raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError):
        finish_without_end()
    with store.reading() as connection:
        assert [each.id for each in of_draft(connection, draft.id)] == [row_id]
        assert connection.execute(select(VISIT)).all() == []


def test_a_photo_that_comes_after_the_visit_is_a_plain_fault(store: Store, household: UUID) -> None:
    draft = begun(store, household)
    finish(store, draft, answers={})
    with pytest.raises(AttachmentFailure) as caught:
        keep(store, draft, "kitchen", photo(store))
    assert caught.value.fault is AttachmentFault.NO_VISIT


def test_a_draft_that_is_thrown_away_takes_its_files_with_it(store: Store, household: UUID) -> None:
    draft = begun(store, household)
    keep(store, draft, "kitchen", photo(store))
    with store.writing() as connection:
        visits.discard_draft(connection, draft.id)
        assert of_draft(connection, draft.id) == []
        assert named_digests(connection) == set()


def test_a_family_gets_a_photo_without_a_visit(store: Store, household: UUID) -> None:
    with store.recording() as writer:
        row_id = attachments.attach(writer, household, VILLAGE, photo(store))
    with store.recording() as writer:
        assert attachments.set_caption(writer, row_id, "Warung baru", None)
        assert not attachments.set_caption(writer, row_id, "Warung baru", "Warung baru")
    with store.reading() as connection:
        (view,) = of_household(connection, household)
    assert (view.id, view.visit_id, view.manifest.caption) == (row_id, None, "Warung baru")

    with store.recording() as writer:
        assert attachments.remove(writer, row_id)
    with store.reading() as connection:
        assert of_household(connection, household) == []
    assert_consistent(store)


def test_photos_of_a_family_are_listed_by_their_day(store: Store, household: UUID) -> None:
    draft = begun(store, household)
    at_visit = keep(store, draft, "kitchen", photo(store))
    finish(store, draft, answers={"kitchen": str(at_visit)})
    with store.recording() as writer:
        old = attachments.attach(
            writer, household, VILLAGE, photo(store, taken_at=NOW - timedelta(days=400))
        )
        late = attachments.attach(
            writer,
            household,
            VILLAGE,
            photo(store, taken_at=datetime(2026, 11, 20, 18, tzinfo=UTC)),
        )
        sound = attachments.attach(
            writer, household, VILLAGE, photo(store, b"OggS", kind=AttachmentKind.AUDIO)
        )
    with store.reading() as connection:
        photos = of_household(connection, household, AttachmentKind.PHOTO)
        everything = of_household(connection, household)
    assert [view.id for view in photos] == [late, at_visit, old]
    assert [view.day.isoformat() for view in photos] == ["2026-11-21", "2026-11-20", "2025-10-17"]
    assert sound in {view.id for view in everything}


def test_a_kind_of_a_newer_version_is_shown_as_a_file(store: Store, household: UUID) -> None:
    with store.recording() as writer:
        row_id = attachments.attach(writer, household, VILLAGE, photo(store))
        writer.update("attachment", row_id, {"kind": "hologram"})
    with store.reading() as connection:
        (view,) = of_household(connection, household)
    assert view.manifest.kind is AttachmentKind.FILE


def test_the_newest_answer_about_photos_counts(store: Store, household: UUID) -> None:
    with store.reading() as connection:
        assert not photo_consent(connection, household)
    for day, answers in ((18, {PHOTO_CONSENT: "no"}), (19, {PHOTO_CONSENT: "yes"}), (20, {})):
        draft = begun(store, household)
        with store.recording() as writer:
            visits.finish(
                writer,
                draft,
                visits.FinishedVisit(date(2026, 11, day), VisitOutcome.MET, answers),
            )
    with store.reading() as connection:
        assert photo_consent(connection, household)


def test_what_nobody_names_goes_and_what_is_named_stays(
    store: Store, household: UUID, clock: Clock
) -> None:
    draft = begun(store, household)
    keep(store, draft, "kitchen", photo(store, b"of a draft"))
    with store.recording() as writer:
        attachments.attach(writer, household, VILLAGE, photo(store, b"of a family"))
        gone = attachments.attach(writer, household, VILLAGE, photo(store, b"deleted"))
        attachments.remove(writer, gone)
    forgotten = store.blobs.put(b"of nobody")

    attachments.forget_unnamed(store)
    clock.now += timedelta(days=2)
    assert attachments.forget_unnamed(store) == 1
    assert not store.blobs.has(forgotten)
    assert store.blobs.stock()[0] == 3, "the province has not confirmed yet that one is deleted"

    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET overlay = 0")
    attachments.forget_unnamed(store)
    clock.now += timedelta(days=2)
    assert attachments.forget_unnamed(store) == 1
    assert store.blobs.stock()[0] == 2


def test_a_photo_that_is_disputed_stays(store: Store, household: UUID) -> None:
    manifest = photo(store)
    with store.recording() as writer:
        row_id = attachments.attach(writer, household, VILLAGE, manifest)
        attachments.remove(writer, row_id)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE outbox SET overlay = 0")
        assert named_digests(connection) == set()
        question = Conflict(
            id=natural_id("conflict", row_id),
            scope=VILLAGE,
            subject_table="attachment",
            subject_id=row_id,
            field="deleted_at",
            kept={},
            other={},
            rule="delete",
            rule_version=1,
            opened_at=NOW,
        )
        connection.execute(insert(CONFLICT).values(**question.model_dump(), extra={}))
        assert named_digests(connection) == {manifest.sha256}


def test_without_any_file_there_is_nothing_to_forget(store: Store) -> None:
    assert attachments.forget_unnamed(store) == 0
    assert not store.has_blobs
