"""What has to be decided, as people meet it; and what each record's way to the province is told as."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from desktop.models.attachments.manifest import Manifest
from desktop.models.operations import attachments, businesses
from desktop.models.operations.decisions import decide
from desktop.models.operations.visits import FinishedVisit, finish
from desktop.models.queries.conflicts import OpenConflict, conflict_counts, open_conflicts
from desktop.models.queries.home import TaskKind, today_view
from desktop.models.queries.household import family
from desktop.models.queries.sending import outgoing
from desktop.models.queries.subjects import about
from desktop.models.queries.transport import (
    Transport,
    family_receipts,
    record_receipts,
    transport_of,
)
from desktop.models.records.attachments import AttachmentKind
from desktop.models.records.base import REF_SCOPE, new_id
from desktop.models.records.businesses import Business, ProgrammeYear
from desktop.models.records.visits import VisitOutcome, VisitRepeat
from desktop.models.reference import Reference
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.tables import MEMBER, OUTBOX, UNSENT_FILE, VISIT_MEMBER
from tests.models.conflicts import conflict, person, write
from tests.models.queries.families import NOW, SUMBERJAYA, TODAY, opened, register
from tests.ui.conftest import RESOURCES

EARLY = NOW - timedelta(days=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def budi(store: Store) -> UUID:
    return person(store, "Budi Contoh")


def own(store: Store) -> UUID:
    with store.reading() as connection:
        return UUID(get_meta(connection, Meta.USER_ID))


def asked(store: Store, household_id: UUID | None = None) -> list[OpenConflict]:
    with store.reading() as connection:
        return open_conflicts(connection, household_id)


def about_hamlet(store: Store, household_id: UUID, budi: UUID) -> UUID:
    writes = (write("Wetan", budi, EARLY), write("Kulon", own(store), EARLY, NOW))
    return conflict(store, ("household", household_id, SUMBERJAYA), "hamlet", writes, "Krajan")


def visit(store: Store, household_id: UUID) -> UUID:
    """A finished visit that asked about each member."""
    draft = SimpleNamespace(
        id=new_id(),
        scope=SUMBERJAYA,
        household_id=household_id,
        questionnaire="household_visit",
        questionnaire_version=1,
        purpose=None,
        started_at=NOW,
    )
    with store.reading() as connection:
        query = MEMBER.select().where(MEMBER.c.household_id == household_id)
        members = {row.id: {"school": "1"} for row in connection.execute(query)}
    done = FinishedVisit(date(2026, 11, 8), VisitOutcome.MET, {"rooms": 2}, members=members)
    with store.recording() as writer:
        return finish(writer, draft, done)


def test_who_wrote_what_and_what_it_was_before(store: Store, budi: UUID) -> None:
    household_id = register(store, "Nur Aini", hamlet="Wetan")
    about_hamlet(store, household_id, budi)
    (one,) = asked(store)

    assert (one.before, one.now, one.about.family) == ("Krajan", "Wetan", "Nur Aini")
    theirs, mine = one.writings
    assert (theirs.value, theirs.author, theirs.is_own) == ("Wetan", "Budi Contoh", False)
    assert (mine.value, mine.is_own, mine.at, mine.received_at) == ("Kulon", True, EARLY, NOW)


def test_what_stands_comes_first_whatever_it_was_before(store: Store, budi: UUID) -> None:
    household_id = register(store, "Nur Aini", hamlet="Kulon")
    about_hamlet(store, household_id, budi)
    assert [one.value for one in asked(store)[0].writings] == ["Kulon", "Wetan"]


def test_a_write_is_never_later_than_it_came(store: Store, budi: UUID) -> None:
    """Records of an older server have no corrected time, and its clock may have been years ahead."""
    household_id = register(store, "Nur Aini", hamlet="Wetan")
    ahead = write("Wetan", budi, NOW + timedelta(days=700), NOW)
    del ahead["corrected_at"]
    writes = (ahead, write("Kulon", budi, EARLY))
    conflict(store, ("household", household_id, SUMBERJAYA), "hamlet", writes)
    assert asked(store)[0].writings[0].at == NOW


def test_two_records_of_one_field_are_one_question(store: Store, budi: UUID) -> None:
    household_id = register(store, "Nur Aini", hamlet="Wetan")
    about_hamlet(store, household_id, budi)
    writes = (write("Wetan", budi, EARLY), write("Lor", budi, EARLY))
    conflict(store, ("household", household_id, SUMBERJAYA), "hamlet", writes)

    (one,) = asked(store)
    assert [writing.value for writing in one.writings] == ["Wetan", "Kulon", "Lor"]
    with store.recording() as writer:
        decide(writer, one.ids, ("household", household_id, SUMBERJAYA), "hamlet", "Lor")
    assert asked(store) == []


def test_of_whom_it_is(store: Store, budi: UUID) -> None:
    mine, theirs = register(store, "Nur Aini", "Dedi"), register(store, "Rahmawati")
    with store.reading() as connection:
        query = MEMBER.select().where(MEMBER.c.name == "Dedi")
        dedi = connection.execute(query).one().id
    writes = (write("present", budi, EARLY), write("moved_out", budi, EARLY))
    conflict(store, ("member", dedi, SUMBERJAYA), "status", writes)
    about_hamlet(store, theirs, budi)

    assert [one.about.name for one in asked(store, mine)] == ["Dedi"]
    with store.reading() as connection:
        assert conflict_counts(connection) == {mine: 1, theirs: 1}
        shown = family(connection, mine, Reference(RESOURCES / "reference"))
        tasks = today_view(connection, TODAY).tasks
    assert shown is not None
    assert [one.field for one in shown.conflicts] == ["status"]
    told = {
        (task.head_name, task.village, task.field)
        for task in tasks
        if task.kind is TaskKind.CONFLICT
    }
    assert told == {
        ("Nur Aini", "Sumberjaya", ("member", "status")),
        ("Rahmawati", "Sumberjaya", ("household", "hamlet")),
    }


def test_nobody_is_asked_about_what_was_deleted_meanwhile(store: Store, budi: UUID) -> None:
    household_id = register(store, "Nur Aini", hamlet="Wetan")
    about_hamlet(store, household_id, budi)
    with store.recording() as writer:
        writer.delete("household", household_id)
    assert asked(store) == []


def test_what_is_the_province_s_business_is_asked_there(store: Store, budi: UUID) -> None:
    year = ProgrammeYear(scope=REF_SCOPE, name="UEP", year=2026, amount=1)
    with store.recording() as writer:
        writer.insert(year)
    writes = (write(1, budi, EARLY), write(2, budi, EARLY))
    conflict(store, ("programme_year", year.id, REF_SCOPE), "amount", writes)

    assert asked(store) == []
    with store.writing() as connection:
        set_meta(connection, Meta.USER_ROLE, "province")
    assert [one.field for one in asked(store)] == ["amount"]


def test_what_waits_is_told_with_whose_it_is_and_the_office_first(store: Store) -> None:
    household_id = register(store, "Nur Aini")
    business = Business(scope=SUMBERJAYA, household_id=household_id, name="Warung Aini")
    with store.recording() as writer:
        businesses.begin(writer, business)
        report = businesses.report_month(
            writer, (business.id, SUMBERJAYA), "2026-09", {"revenue": 5, "expenses": 1}
        )
    with store.recording() as writer:
        businesses.submit_month(writer, report, SUMBERJAYA, "draft")
    with store.writing() as connection:
        held = update(OUTBOX).where(OUTBOX.c.row_id == business.id)
        connection.execute(held.values(state="quarantined", reason="forbidden"))

    with store.reading() as connection:
        rows = outgoing(connection)
    assert (rows[0].table, rows[0].reason) == ("business", "forbidden")
    assert [row.table for row in rows[1:]] == [
        "household",
        "member",
        "progress_report",
        "state_move",
    ]
    assert {row.about.family for row in rows} == {"Nur Aini"}
    handed_in = rows[-1]
    assert (handed_in.record, handed_in.about.month) == ("progress_report", "2026-09")
    assert handed_in.about.business_id == business.id


def test_what_is_not_here_is_about_nobody(store: Store) -> None:
    with store.reading() as connection:
        assert about(connection, [("household", new_id()), ("conflict", new_id())]) == {}


def _outbox(store: Store) -> list[Any]:
    with store.reading() as connection:
        return list(connection.execute(OUTBOX.select()).all())


def _answered(store: Store, row_ids: list[UUID], at: datetime) -> None:
    change = update(OUTBOX).where(OUTBOX.c.row_id.in_(row_ids))
    with store.writing() as connection:
        connection.execute(change.values(state="confirmed", overlay=False, answered_at=at))


def test_sent_is_said_when_the_whole_record_is_there(store: Store) -> None:
    household_id = register(store, "Nur Aini")
    visit_id = visit(store, household_id)
    _answered(store, [visit_id], NOW)
    with store.reading() as connection:
        assert record_receipts(connection, [visit_id])[visit_id].state is Transport.WAITING
        query = VISIT_MEMBER.select().where(VISIT_MEMBER.c.visit_id == visit_id)
        parts = [row.id for row in connection.execute(query)]
        moves = [row.row_id for row in connection.execute(OUTBOX.select())]
    later = NOW + timedelta(minutes=5)
    _answered(store, [*parts, *moves], later)

    with store.reading() as connection:
        receipt = record_receipts(connection, [visit_id])[visit_id]
        whole = family_receipts(connection, [household_id])[household_id]
    assert (receipt.state, receipt.at) == (Transport.CONFIRMED, later)
    assert (whole.state, whole.at) == (Transport.CONFIRMED, later)


@pytest.mark.parametrize("part", ["visit_repeat", "attachment"])
def test_a_visit_is_sent_when_its_lists_and_files_are(store: Store, part: str) -> None:
    household_id = register(store, "Nur Aini")
    visit_id = visit(store, household_id)
    with store.recording() as writer:
        if part == "attachment":
            digest = Manifest(kind=AttachmentKind.FILE, media_type="a/b", sha256="0" * 64, size=1)
            writer.insert(digest.record(new_id(), SUMBERJAYA, household_id, visit_id=visit_id))
        else:
            plot = {"visit_id": visit_id, "repeat": "plots", "place": 0}
            writer.insert(VisitRepeat.model_validate({"scope": SUMBERJAYA, **plot}))
    with store.writing() as connection:
        others = update(OUTBOX).where(OUTBOX.c.table_name != part)
        connection.execute(others.values(state="confirmed", overlay=False))
    with store.reading() as connection:
        assert record_receipts(connection, [visit_id])[visit_id].state is Transport.WAITING
    with store.writing() as connection:
        connection.execute(update(OUTBOX).values(state="confirmed", overlay=False))
    with store.reading() as connection:
        assert record_receipts(connection, [visit_id])[visit_id].state is Transport.CONFIRMED


def test_a_family_is_sent_when_its_own_photos_are(store: Store) -> None:
    household_id = register(store, "Nur Aini")
    visit_id = visit(store, household_id)
    photo = Manifest(kind=AttachmentKind.PHOTO, media_type="a/b", sha256="0" * 64, size=1)
    own = photo.record(new_id(), SUMBERJAYA, household_id)
    of_visit = photo.record(new_id(), SUMBERJAYA, household_id, visit_id=visit_id)
    with store.recording() as writer:
        writer.insert(own)
        writer.insert(of_visit)
    _answered(store, [row.row_id for row in _outbox(store) if row.row_id != own.id], NOW)
    with store.reading() as connection:
        assert family_receipts(connection, [household_id])[household_id].state is Transport.WAITING
        assert transport_of(connection, [household_id]) == {household_id: Transport.WAITING}

    later = NOW + timedelta(minutes=5)
    _answered(store, [own.id], later)
    with store.reading() as connection:
        receipt = family_receipts(connection, [household_id])[household_id]
    assert (receipt.state, receipt.at) == (Transport.CONFIRMED, later)


@pytest.mark.parametrize("of_visit", [True, False])
def test_a_file_that_is_only_here_is_said_with_what_was_sent(store: Store, of_visit: bool) -> None:
    household_id = register(store, "Nur Aini")
    visit_id = visit(store, household_id)
    photo = Manifest(kind=AttachmentKind.PHOTO, media_type="a/b", sha256="0" * 64, size=1)
    record = photo.record(new_id(), SUMBERJAYA, household_id)
    record.visit_id = visit_id if of_visit else None
    with store.recording() as writer:
        writer.insert(record)
        note = {"attachment_id": record.id, "sha256": record.sha256}
        writer.connection.execute(UNSENT_FILE.insert().values(note))
    states = partial(_states, store, household_id, visit_id)
    assert states() == (Transport.WAITING, Transport.WAITING)
    _answered(store, [row.row_id for row in _outbox(store)], NOW)
    sent, here = Transport.CONFIRMED, Transport.FILES_HERE
    assert states() == ((sent, here) if of_visit else (here, sent))

    with store.recording() as writer:
        attachments.remove(writer, record.id)
    _answered(store, [record.id], NOW)
    assert states() == (sent, sent), "it is not to be sent any more"


def _states(store: Store, household_id: UUID, visit_id: UUID) -> tuple[Transport, Transport]:
    """How far a family and a visit are; both places where a family's is read agree."""
    with store.reading() as connection:
        family_receipt = family_receipts(connection, [household_id])[household_id]
        assert transport_of(connection, [household_id]) == {household_id: family_receipt.state}
        return family_receipt.state, record_receipts(connection, [visit_id])[visit_id].state


def test_what_came_from_others_has_no_time_of_ours(store: Store) -> None:
    with store.reading() as connection:
        receipt = record_receipts(connection, [new_id()]).popitem()[1]
    assert (receipt.state, receipt.at, receipt.reason) == (Transport.CONFIRMED, None, None)


def test_what_the_office_looks_at_says_why(store: Store) -> None:
    household_id = register(store, "Nur Aini")
    with store.writing() as connection:
        held = update(OUTBOX).where(OUTBOX.c.table_name == "member")
        connection.execute(held.values(state="quarantined", reason="invalid"))
    with store.reading() as connection:
        receipt = family_receipts(connection, [household_id])[household_id]
    assert (receipt.state, receipt.reason) == (Transport.SET_ASIDE, "invalid")
