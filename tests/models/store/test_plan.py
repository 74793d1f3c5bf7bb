"""The plan of visits follows whatever is written: visits, grants, what is asked for, and the rhythm."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import assignments, visits
from desktop.models.operations.assignments import Assignment, ForbiddenAssignmentError
from desktop.models.queries.visits import visit_basis
from desktop.models.records.base import REF_SCOPE, new_id
from desktop.models.records.businesses import AidForm, Business, Grant
from desktop.models.records.people import Role
from desktop.models.records.questionnaires import Cadence
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.store.plan import follow_rhythm
from desktop.models.tables import SEARCH, VISIT, VISIT_ASSIGNMENT
from tests.models.queries.families import NOW, SUMBERJAYA, TODAY, opened, register

EVENING = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""In Banten it is the 21st already."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def family(store: Store) -> UUID:
    """Met on the first of October, for the first time."""
    household_id = register(store, "Nur Aini")
    visit(store, household_id, date(2026, 10, 1))
    return household_id


def visit(
    store: Store,
    household_id: UUID,
    day: date,
    outcome: VisitOutcome = VisitOutcome.MET,
    purpose: str | None = None,
    **answers: str,
) -> UUID:
    draft = visits.DraftHead(new_id(), household_id, SUMBERJAYA, "household_visit", 1, NOW, purpose)
    with store.recording() as writer:
        return visits.finish(writer, draft, visits.FinishedVisit(day, outcome, answers))


def due(store: Store, household_id: UUID) -> str | None:
    query = select(SEARCH.c.next_due_on).where(SEARCH.c.household_id == household_id)
    with store.reading() as connection:
        found: str | None = connection.execute(query).scalar_one()
    return found


def purpose(store: Store, household_id: UUID) -> str:
    with store.reading() as connection:
        return visit_basis(connection, household_id).purpose


def assign(
    store: Store, household_id: UUID, due_on: date, role: Role = Role.VERIFIER, **said: Any
) -> list[UUID]:
    with store.recording() as writer:
        return assignments.assign(writer, role, [household_id], Assignment(due_on, **said))


def paid(store: Store, household_id: UUID, day: date | None) -> UUID:
    business = Business(scope=SUMBERJAYA, household_id=household_id, name="Warung")
    grant = Grant(
        scope=SUMBERJAYA,
        household_id=household_id,
        business_id=business.id,
        amount=2_500_000,
        form=AidForm.CASH,
        disbursed_on=day,
    )
    with store.recording() as writer:
        writer.insert(business)
        writer.insert(grant)
    return grant.id


def publish(store: Store, holds_from: date, **fields: Any) -> Cadence:
    values = {"receipts_days": 5, "close_months": 6, "close_step": 2, "later_step": 6, **fields}
    cadence = Cadence(scope=REF_SCOPE, holds_from=holds_from, **values)
    with store.recording() as writer:
        writer.insert(cadence)
    return cadence


def test_a_grant_that_is_paid_is_looked_at(store: Store, family: UUID) -> None:
    grant = paid(store, family, None)
    assert (due(store, family), purpose(store, family)) == ("2026-11-01", "monthly")

    with store.recording() as writer:
        writer.update("grant", grant, {"disbursed_on": "2026-10-05"})
    assert (due(store, family), purpose(store, family)) == ("2026-10-26", "receipts")

    visit(store, family, date(2026, 10, 24), purpose="monthly", receipts_shown="some")
    assert (due(store, family), purpose(store, family)) == ("2026-11-24", "monthly")


@pytest.mark.parametrize(
    ("outcome", "purpose_said", "answers", "are_owed"),
    [
        (VisitOutcome.MET, "receipts", {"receipts_shown": "none"}, False),
        (VisitOutcome.MET, "receipts", {"of_another_questionnaire": "yes"}, True),
        (VisitOutcome.MET, "monthly", {}, True),
        (VisitOutcome.REFUSED, "receipts", {}, False),
        (VisitOutcome.REFUSED, "monthly", {}, True),
        (VisitOutcome.NOBODY_HOME, "receipts", {}, True),
    ],
)
def test_receipts_are_owed_until_they_were_asked_for(
    store: Store,
    family: UUID,
    outcome: VisitOutcome,
    purpose_said: str,
    answers: dict[str, str],
    are_owed: bool,
) -> None:
    paid(store, family, date(2026, 10, 5))
    visit(store, family, date(2026, 10, 24), outcome, purpose_said, **answers)

    assert (due(store, family) == "2026-10-26") is are_owed
    assert (purpose(store, family) == "receipts") is are_owed


def test_a_visit_that_is_asked_for(store: Store, family: UUID) -> None:
    assert assign(store, family, date(2026, 10, 28), purpose="quarterly") == [family]
    assert (due(store, family), purpose(store, family)) == ("2026-10-28", "quarterly")

    with store.reading() as connection:
        asked = visit_basis(connection, family).assignment
    assert asked is not None
    assert (asked.due_on, asked.purpose) == (date(2026, 10, 28), "quarterly")

    with store.recording() as writer:
        assignments.withdraw(writer, Role.PROVINCE, [asked.id])
    assert (due(store, family), purpose(store, family)) == ("2026-11-01", "monthly")


@pytest.mark.parametrize(
    ("day", "outcome", "is_done"),
    [
        (TODAY, VisitOutcome.MET, True),
        (TODAY + timedelta(days=9), VisitOutcome.REFUSED, True),
        (TODAY, VisitOutcome.MOVED, True),
        (TODAY, VisitOutcome.NOBODY_HOME, False),
        (TODAY - timedelta(days=1), VisitOutcome.MET, False),
    ],
)
def test_when_what_was_asked_for_is_done(
    store: Store, family: UUID, day: date, outcome: VisitOutcome, is_done: bool
) -> None:
    store.clock = lambda: EVENING
    assign(store, family, date(2026, 10, 2))
    visit(store, family, day, outcome)

    with store.reading() as connection:
        assert (visit_basis(connection, family).assignment is None) is is_done
    assert (due(store, family) == "2026-10-02") is not is_done


def test_a_visit_that_was_deleted_does_nothing(store: Store, family: UUID) -> None:
    assign(store, family, date(2026, 10, 2))
    made = visit(store, family, TODAY)
    with store.recording() as writer:
        writer.delete("visit", made)

    assert due(store, family) == "2026-10-02"


def test_the_same_is_asked_once(store: Store, family: UUID) -> None:
    day = date(2026, 12, 1)
    assert assign(store, family, day) == [family]
    assert assign(store, family, day, reason="lagi") == []
    assert assign(store, family, day, purpose="receipts") == [family]
    assert assign(store, family, date(2026, 12, 2)) == [family]


def test_of_whom_no_visit_is_asked(store: Store, family: UUID) -> None:
    with pytest.raises(ForbiddenAssignmentError):
        assign(store, family, TODAY, Role.FACILITATOR)
    with store.recording() as writer:
        writer.update("household", family, {"status": "ended"})
    assert assign(store, family, TODAY) == []
    assert due(store, family) is None
    with store.reading() as connection:
        assert connection.execute(select(VISIT_ASSIGNMENT)).all() == []


def test_a_new_rhythm_plans_all_families_anew(store: Store, family: UUID) -> None:
    never, ended = register(store, "Sarman"), register(store, "Udin")
    visit(store, ended, date(2026, 10, 1))
    with store.recording() as writer:
        writer.update("household", ended, {"status": "ended"})

    cadence = publish(store, TODAY)
    assert due(store, family) == "2026-12-01"
    assert (due(store, never), due(store, ended)) == ("", None)

    visit(store, never, date(2026, 11, 20))
    assert due(store, never) == "2027-01-20", "what is written from now on follows it too"

    with store.recording() as writer:
        writer.delete("cadence", cadence.id)
    assert (due(store, family), due(store, never)) == ("2026-11-01", "2026-12-20")


def test_a_rhythm_of_later_waits_for_its_day(store: Store, family: UUID) -> None:
    cadence = publish(store, TODAY + timedelta(days=1))
    assert due(store, family) == "2026-11-01"
    assert not store.follow_rhythm()

    store.clock = lambda: NOW + timedelta(days=1)
    assert store.follow_rhythm().of("cadence") == {cadence.id}
    assert due(store, family) == "2026-12-01"
    assert not store.follow_rhythm(), "once"


def test_another_version_of_the_rule_plans_all_anew(store: Store, family: UUID) -> None:
    with store.writing() as connection:
        connection.execute(SEARCH.update().values(next_due_on="2020-01-01"))
        set_meta(connection, Meta.RHYTHM, None)
        assert follow_rhythm(connection, TODAY)

    assert due(store, family) == "2026-11-01"


def test_a_draft_keeps_what_it_was_begun_for(store: Store, family: UUID) -> None:
    begun = visits.DraftHead(
        new_id(), family, SUMBERJAYA, "household_visit", 1, NOW, purpose="receipts"
    )
    with store.writing() as connection:
        kept = {"outcome": visits.KeptAnswer("met")}
        visits.save_answers(connection, begun, new_id(), kept, "outcome")
    assert purpose(store, family) == "receipts"

    with store.recording() as writer:
        done = visits.FinishedVisit(TODAY, VisitOutcome.MET, {})
        visit_id = visits.finish(writer, begun, done)
    with store.reading() as connection:
        query = select(VISIT.c.purpose).where(VISIT.c.id == visit_id)
        assert connection.execute(query).scalar_one() == "receipts"
