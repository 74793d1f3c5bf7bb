"""A visit goes on when members came or left meanwhile: what was answered of the others is there."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import households, visits
from desktop.models.operations.visits import KeptAnswer
from desktop.models.queries.visits import visit_basis
from desktop.models.questionnaires import paths
from desktop.models.questionnaires.form import KNOWN_REPEAT
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member, MemberStatus, Relation
from desktop.models.rules.dates import to_wib
from desktop.models.store.local import Store
from desktop.models.tables import VISIT_MEMBER
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.pages.visit.members import MemberChanges
from desktop.ui.pages.visit.page import VisitPage
from desktop.ui.pages.visit.visit import Visit
from tests.ui.pages.conftest import NOW, SUMBERJAYA, wait_idle
from tests.ui.pages.visit.acting import type_keys


@pytest.fixture
def people(store: Store) -> dict[str, UUID]:
    household = Household(scope=SUMBERJAYA)
    members = [
        Member(scope=SUMBERJAYA, household_id=household.id, name=name, relation=relation)
        for name, relation in (("Sarman", Relation.HEAD), ("Rizki", Relation.CHILD))
    ]
    with store.recording() as writer:
        households.register(writer, household, members)
    return {"": household.id} | {one.name: one.id for one in members}


def opened(desk: Desk, people: dict[str, UUID]) -> Visit:
    with desk.store.reading() as connection:
        basis = visit_basis(connection, people[""])
        form = desk.forms.current(connection, "household_visit")
    return Visit(basis, form, desk.reference, NOW, to_wib(NOW).date())


def test_answers_stay_with_whoever_stays(desk: Desk, store: Store, people: dict[str, UUID]) -> None:
    visit = opened(desk, people)
    kept = {
        "visited_on": KeptAnswer("2026-11-21"),
        "outcome": KeptAnswer("met"),
        **{
            paths.join("insurance", KNOWN_REPEAT, people[name]): KeptAnswer(code)
            for name, code in (("Sarman", "pbi_central"), ("Rizki", "none"))
        },
    }
    with store.writing() as connection:
        visits.save_answers(connection, visit.head, new_id(), kept, "outcome")
    newborn = Member(
        scope=SUMBERJAYA, household_id=people[""], name="Bayi", relation=Relation.CHILD,
        birth_date=date(2026, 11, 20),
    )  # fmt: skip
    with store.recording() as writer:
        households.member_left(writer, people["Rizki"], MemberStatus.MOVED_OUT, date(2026, 11, 1))
        households.add_member(writer, newborn)

    again = opened(desk, people)

    assert set(again.members) == {people["Sarman"], newborn.id}
    assert again.head.id == visit.head.id
    answers = again.session.draft()
    assert answers[paths.join("insurance", KNOWN_REPEAT, people["Sarman"])] == "pbi_central"
    assert not again.session.has(paths.join("insurance", KNOWN_REPEAT, people["Rizki"]))
    assert again.session.has(paths.join("insurance", KNOWN_REPEAT, newborn.id))
    with store.recording() as writer:
        visits.finish(writer, again.head, again.finished())
    with store.reading() as connection:
        told = set(connection.execute(select(VISIT_MEMBER.c.member_id)).scalars())
    assert people["Sarman"] in told
    assert people["Rizki"] not in told


def test_a_child_that_is_born_meanwhile_is_asked_about_in_the_same_visit(
    store: Store, desk: Desk, show: Callable[..., Page], people: dict[str, UUID]
) -> None:
    page = show(VisitPage, household_id=people[""])
    assert isinstance(page, VisitPage)
    assert page.visit is not None
    type_keys("1")  # the family was met
    wait_idle(desk)
    page._show_section(KNOWN_REPEAT)
    (changes,) = page.findChildren(MemberChanges)
    newborn = Member(
        scope=SUMBERJAYA, household_id=people[""], name="Bayi", relation=Relation.CHILD
    )
    with store.recording() as writer:
        households.add_member(writer, newborn)
    changes.changed.emit()
    wait_idle(desk)
    assert page.shown == KNOWN_REPEAT
    assert newborn.id in page.visit.members
    assert page.visit.session.item("outcome").value == "met"
    assert page.recovered.isHidden(), "nothing was interrupted"
    assert page.stack.row(paths.join("insurance", KNOWN_REPEAT, newborn.id)) is not None
