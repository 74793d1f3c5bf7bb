"""Drafts are on the disk answer by answer; finishing turns one into a visit, whole or not at all."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from desktop.models.operations import households, visits
from desktop.models.queries.visits import visit_basis
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member, MemberStatus, Relation
from desktop.models.records.visits import VisitOutcome
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import DRAFT, DRAFT_ANSWER, OUTBOX, STATE_MOVE, VISIT, VISIT_MEMBER

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
VILLAGE = "36.01.01.2001"
USER = UUID(int=7)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path, lambda: NOW)
    with opened.writing() as connection:
        set_meta(connection, Meta.USER_ID, str(USER))
    yield opened
    opened.close()


@pytest.fixture
def household(store: Store) -> Household:
    family = Household(scope=VILLAGE)
    people = [
        ("Rizki Contoh", Relation.CHILD, MemberStatus.PRESENT),
        ("Siti Contoh", Relation.HEAD, MemberStatus.PRESENT),
        ("Pergi Contoh", Relation.CHILD, MemberStatus.MOVED_OUT),
    ]
    members = [
        Member(household_id=family.id, scope=VILLAGE, name=name, relation=relation, status=status)
        for name, relation, status in people
    ]
    with store.recording() as writer:
        households.register(writer, family, members)
    return family


def begun(household: Household) -> visits.DraftHead:
    return visits.DraftHead(new_id(), household.id, VILLAGE, "household_visit", 1, NOW)


def keep(store: Store, draft: visits.DraftHead, **answers: Any) -> None:
    kept = {path: visits.KeptAnswer(value) for path, value in answers.items()}
    with store.writing() as connection:
        visits.save_answers(connection, draft, USER, kept, next(iter(answers)))


def finish(store: Store, draft: visits.DraftHead, **answers: Any) -> UUID:
    with store.recording() as writer:
        return visits.finish(
            writer, draft, visits.FinishedVisit(date(2026, 11, 20), VisitOutcome.MET, answers)
        )


def count(store: Store, table: Any) -> int:
    with store.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_draft_begins_with_its_first_answer(store: Store, household: Household) -> None:
    draft = begun(household)
    ops = count(store, OUTBOX)
    keep(store, draft, outcome="met")
    keep(store, draft, outcome="moved", notes=None)
    with store.reading() as connection:
        kept = visit_basis(connection, household.id).draft
    assert kept is not None
    assert (kept.id, kept.started_at, kept.place) == (draft.id, NOW, "outcome")
    assert kept.answers == {"outcome": "moved", "notes": None}
    assert count(store, OUTBOX) == ops, "a draft never travels"


def test_reasons_are_kept_with_their_answer(store: Store, household: Household) -> None:
    draft = begun(household)
    with store.writing() as connection:
        answer = visits.KeptAnswer(5, {"jump": "Ada hajatan"})
        visits.save_answers(connection, draft, USER, {"spending_food": answer}, "spending_food")
    with store.reading() as connection:
        kept = visit_basis(connection, household.id, draft.id).draft
    assert kept is not None
    assert kept.accepted == {("spending_food", "jump"): "Ada hajatan"}


def test_finishing_makes_the_visit_and_takes_the_draft(store: Store, household: Household) -> None:
    draft = begun(household)
    keep(store, draft, outcome="met")
    made = finish(store, draft, outcome="met", notes=None)
    with store.reading() as connection:
        visit = connection.execute(select(VISIT)).one()
        move = connection.execute(select(STATE_MOVE)).one()
    assert (visit.id, visit.state, visit.facilitator_id) == (made, "submitted", USER)
    assert visit.answers == {"outcome": "met"}, "what was not answered is not recorded"
    assert (move.subject_id, move.from_state, move.to_state) == (made, "draft", "submitted")
    assert (count(store, DRAFT), count(store, DRAFT_ANSWER)) == (0, 0)


def test_finishing_twice_makes_one_visit(store: Store, household: Household) -> None:
    draft = begun(household)
    finish(store, draft, outcome="met", roof="2")
    with pytest.raises(visits.VisitFinishedError):
        finish(store, draft, outcome="met")
    with store.reading() as connection:
        visit = connection.execute(select(VISIT)).one()
    assert visit.answers == {"outcome": "met", "roof": "2"}


def test_what_is_answered_after_it_was_finished_makes_no_draft_again(
    store: Store, household: Household
) -> None:
    draft = begun(household)
    finish(store, draft, outcome="met")
    with pytest.raises(visits.VisitFinishedError):
        keep(store, draft, roof="3")
    assert (count(store, DRAFT), count(store, DRAFT_ANSWER)) == (0, 0)


def test_a_finish_that_fails_leaves_the_draft(store: Store, household: Household) -> None:
    draft = begun(household)
    keep(store, draft, outcome="met")
    with pytest.raises(RuntimeError), store.recording() as writer:  # noqa: PT012 the cut comes last
        visits.finish(writer, draft, visits.FinishedVisit(date(2026, 11, 20), VisitOutcome.MET, {}))
        raise RuntimeError("the power is cut")
    assert (count(store, VISIT), count(store, DRAFT), count(store, DRAFT_ANSWER)) == (0, 1, 1)


def test_the_next_visit_knows_the_last_one(store: Store, household: Household) -> None:
    with store.reading() as connection:
        members = {m.name: m.id for m in visit_basis(connection, household.id).members}
    assert list(members) == ["Siti Contoh", "Rizki Contoh"], "who lives there, the head first"
    about = {members["Siti Contoh"]: {"insurance": "none"}, members["Rizki Contoh"]: {}}
    with store.recording() as writer:
        visits.finish(
            writer,
            begun(household),
            visits.FinishedVisit(
                date(2026, 8, 12), VisitOutcome.MET, {"toilet": "own"}, members=about
            ),
        )
    with store.recording() as writer:
        visits.finish(
            writer,
            begun(household),
            visits.FinishedVisit(date(2026, 9, 12), VisitOutcome.NOBODY_HOME, {}),
        )
    with store.reading() as connection:
        (previous,) = visit_basis(connection, household.id).earlier
    assert (previous.visited_on, previous.answers) == (date(2026, 8, 12), {"toilet": "own"})
    assert previous.members == {members["Siti Contoh"]: {"insurance": "none"}}
    assert count(store, VISIT_MEMBER) == 1
