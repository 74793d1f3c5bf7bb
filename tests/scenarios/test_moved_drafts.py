"""A family moves while a visit to it is begun: it stays here, and who writes about it knows what was told."""

import pytest
from sqlalchemy import select

from desktop.models.operations import businesses, decisions, duplicates, visits
from desktop.models.records.base import new_id
from desktop.models.records.businesses import Business
from desktop.models.records.people import Role
from desktop.models.records.visits import VisitOutcome
from desktop.models.tables import DRAFT
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_scopes import withdraw
from tests.servers import VILLAGE

OTHER = "36.01.01.2002"
DISTRICT = "36.01.01"


def test_a_visit_that_was_begun_keeps_the_family_here(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    province.settle(siti, office)

    draft = siti.begin_visit(family)
    office.relocate(family, OTHER)
    office.sync()
    siti.sync()
    assert siti.scope_of(family) == VILLAGE

    visit = siti.finish_visit(draft)
    province.settle(siti, budi, siti)
    assert siti.scope_of(family) is None
    assert budi.scope_of(visit) == OTHER


def test_a_visit_that_was_begun_keeps_all_that_it_asks_about(province: Province) -> None:
    siti = province.laptop("siti")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    siti.add_member(family, "Rizki")
    earlier = siti.visit(family)
    province.settle(siti, office)
    known = {row: found for row, found in siti.everything().items() if row != family}

    draft = siti.begin_visit(family)
    office.relocate(family, OTHER)
    office.sync()
    siti.sync()
    assert len(siti.members_of(family)) == 2
    assert siti.row(earlier, "visit") is not None
    assert {row: siti.everything().get(row) for row in known} == known

    with siti.store.writing() as connection:
        visits.discard_draft(connection, draft.id)
    siti.sync()
    assert siti.row(family) is None, "nothing is new, and yet it may go now"
    assert siti.members_of(family) == []


def test_what_was_answered_of_somebody_stays_with_the_visit_that_it_is_of(
    province: Province,
) -> None:
    """They live with another family now, to which a visit is begun; the one of then has moved away."""
    siti = province.laptop("siti")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    then, now = siti.register("Nur Aini"), siti.register("Dewi")
    rizki = siti.add_member(then, "Rizki")
    draft = siti.begin_visit(then)
    asked = visits.FinishedVisit(
        siti.clock().date(), VisitOutcome.MET, {}, members={rizki: {"school": True}}
    )
    with siti.store.recording() as writer:
        earlier = visits.finish(writer, draft, asked)
    siti.edit(rizki, "member", household_id=str(now))
    province.settle(siti, office)

    draft = siti.begin_visit(now)
    office.relocate(then, OTHER)
    office.sync()
    siti.sync()
    assert siti.row(earlier, "visit") is not None
    assert siti.row(then) is not None

    siti.finish_visit(draft)
    province.settle(siti, office, siti)
    assert siti.row(earlier, "visit") is None
    assert siti.row(then) is None
    assert siti.row(rizki, "member") is not None


@pytest.mark.parametrize("is_merged", [True, False])
def test_a_form_that_has_not_heard_finishes_where_its_family_lives(
    province: Province, *, is_merged: bool
) -> None:
    siti = province.laptop("siti", [VILLAGE] if is_merged else [VILLAGE, OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family, lives = (siti.register("Nur Aini") for _ in range(2))
    province.settle(siti, office)
    draft = siti.begin_visit(family)
    if is_merged:
        with office.store.recording() as writer:
            duplicates.merge_families(writer, lives, family)
        province.settle(office, siti)
    else:
        lives = family
    for one in {family, lives}:
        office.relocate(one, OTHER)
    office.sync()
    siti.sync()
    province.clock.advance(60)
    if not is_merged:
        withdraw(province, "siti", VILLAGE)
        province.clock.advance(60)
    siti.sync()

    visit = siti.finish_visit(draft)
    siti.sync()
    assert siti.states() == {"confirmed"}
    assert (province.row(visit, "visit").household_id, province.aside()) == (lives, [])


@pytest.mark.parametrize("how", ["moved", "withdrawn"])
def test_no_visit_begins_to_a_family_that_has_left(province: Province, how: str) -> None:
    """The form was opened before."""
    siti = province.laptop("siti")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    province.settle(siti, office)
    head = visits.DraftHead(new_id(), family, VILLAGE, "household_visit", 1, siti.clock())
    if how == "moved":
        office.relocate(family, OTHER)
        office.sync()
    else:
        withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.sync()
    assert siti.row(family) is None

    answer = {"water": visits.KeptAnswer("1")}
    with pytest.raises(visits.FamilyNotHereError), siti.store.writing() as connection:
        visits.save_answers(connection, head, new_id(), answer, None)
    with pytest.raises(visits.FamilyNotHereError):
        siti.finish_visit(head)
    with siti.store.reading() as connection:
        assert connection.execute(select(DRAFT)).all() == []


def test_a_visit_that_was_begun_follows_its_family(province: Province) -> None:
    siti = province.laptop("siti", [VILLAGE, OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    province.settle(siti, office)
    siti.begin_visit(family)
    office.relocate(family, OTHER)
    office.sync()
    siti.sync()
    with siti.store.reading() as connection:
        assert connection.execute(select(DRAFT.c.scope)).scalars().all() == [OTHER]

    province.clock.advance(60)
    withdraw(province, "siti", OTHER)
    siti.sync()
    assert len(siti.members_of(family)) == 1, "the visit is not finished"


@pytest.mark.parametrize("what", ["hamlet", "national_id", "revenue"])
def test_what_was_written_just_before_it_left_is_not_overwritten_unseen(
    province: Province, what: str
) -> None:
    """A begun visit keeps the family here, where the last words of before are not told."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = budi.register("Nur Aini", hamlet="Krajan")
    (head,) = budi.members_of(family)
    with budi.store.recording() as writer:
        business = Business(scope=VILLAGE, household_id=family, name="Warung")
        businesses.begin(writer, business)
    province.settle(budi, siti, office)

    def write(laptop: Laptop, number: int) -> None:
        province.clock.advance(60)
        with laptop.store.recording() as writer:
            if what == "hamlet":
                writer.update("household", family, {"hamlet": f"RT {number}"})
            elif what == "national_id":
                writer.update("member", head, {"national_id": f"360101010101000{number}"})
            else:
                place = (business.id, VILLAGE)
                businesses.report_month(writer, place, "2026-10", {"revenue": number})

    siti.begin_visit(family)
    write(budi, 1)
    budi.sync()
    office.sync()
    office.relocate(family, OTHER)
    office.sync()
    siti.sync()
    write(siti, 2)
    siti.sync()
    office.sync()
    assert [conflict.field for conflict in office.conflicts()] == [what]


@pytest.mark.parametrize("leaves", [True, False])
def test_a_month_that_was_returned_just_before_is_not_handed_in_unseen(
    province: Province, leaves: bool
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = budi.register("Nur Aini")
    with budi.store.recording() as writer:
        business = Business(scope=VILLAGE, household_id=family, name="Warung")
        businesses.begin(writer, business)
        place = (business.id, VILLAGE)
        report = businesses.report_month(writer, place, "2026-10", {"revenue": 1})
        businesses.submit_month(writer, report, VILLAGE, "draft")
    province.settle(budi, office, siti)

    def move(laptop: Laptop, source: str, target: str) -> None:
        province.clock.advance(60)
        with laptop.store.recording() as writer:
            if target == "submitted":
                businesses.submit_month(writer, report, VILLAGE, source)
            else:
                subject = ("progress_report", report, VILLAGE)
                decisions.move(writer, subject, (source, target), Role.VERIFIER, "Periksa")
        laptop.sync()

    move(office, "submitted", "returned")
    province.settle(budi, siti, office)
    siti.begin_visit(family)
    move(budi, "returned", "submitted")
    office.sync()
    move(office, "submitted", "returned")  # a second time, of which siti hears nothing
    if leaves:
        office.relocate(family, OTHER)
        office.sync()
        siti.sync()
    move(siti, "returned", "submitted")
    office.sync()
    assert [conflict.field for conflict in office.conflicts()] == ["state"]
