"""A family moves to another village: it leaves one scope with all that is its own, and enters another."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import businesses, decisions, duplicates, households, visits
from desktop.models.records.base import new_id
from desktop.models.records.businesses import Business
from desktop.models.records.people import Role
from desktop.models.tables import DRAFT, VISIT
from desktop.sync.engine import Pace
from server import decisions as answers
from server.queries import accounts
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_scopes import withdraw
from tests.servers import VILLAGE

OTHER = "36.01.01.2002"
THIRD = "36.01.01.2003"
FOURTH = "36.01.01.2004"
DISTRICT = "36.01.01"


def _relocate(laptop: Laptop, family: UUID, village: str = OTHER) -> None:
    with laptop.store.recording() as writer:
        households.relocate(writer, family, village)


def _scope_of(laptop: Laptop, row_id: UUID) -> str | None:
    found = laptop.everything().get(row_id)
    return None if found is None else found[1]


def test_it_leaves_one_laptop_and_enters_another(province: Province) -> None:
    siti = province.laptop("siti")
    budi = province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini", hamlet="Krajan")
    visit = siti.visit(family)
    province.settle(siti, office)
    before = {row_id: row for row_id, row in siti.everything().items() if row[1] == VILLAGE}

    _relocate(office, family)
    province.settle(office, siti, budi)

    assert _scope_of(siti, family) is None
    assert not [row for row in siti.everything().values() if row[1] == VILLAGE]
    assert _scope_of(office, family) == OTHER
    after = {row_id: row for row_id, row in budi.everything().items() if row[1] == OTHER}
    assert after == {
        row_id: (name, OTHER, fields | {"moved": 1}) for row_id, (name, _, fields) in before.items()
    }
    with budi.store.reading() as connection:
        state = select(VISIT.c.state).where(VISIT.c.id == visit)
        assert connection.execute(state).scalar() == "submitted"
    province.assert_dense()


def test_an_edit_on_its_way_follows(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, office)

    siti.edit(family, hamlet="Kulon")
    visit = siti.visit(family)
    _relocate(office, family)
    province.settle(office, siti, budi)

    assert siti.conflicts() == []
    assert _scope_of(siti, family) is None
    assert _scope_of(siti, visit) is None
    row = budi.row(family)
    assert row is not None
    assert row["hamlet"] == "Kulon"
    assert _scope_of(budi, visit) == OTHER
    assert siti.states() == {"confirmed"}
    province.assert_dense()


def test_an_edit_that_follows_meets_what_was_written_there(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, office)

    siti.edit(family, hamlet="Kulon")
    _relocate(office, family)
    province.settle(office, budi)
    province.clock.advance(60)
    budi.edit(family, hamlet="Wetan")
    province.settle(budi, siti, budi)

    row = budi.row(family)
    assert row is not None
    assert row["hamlet"] == "Wetan"
    (conflict,) = budi.conflicts()
    assert (conflict.kept["value"], conflict.other["value"]) == ("Wetan", "Kulon")
    assert conflict.scope == OTHER
    assert siti.conflicts() == []


def test_a_visit_that_was_begun_keeps_the_family_here(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    province.settle(siti, office)

    draft = siti.begin_visit(family)
    _relocate(office, family)
    office.sync()
    siti.sync()
    assert _scope_of(siti, family) == VILLAGE

    visit = siti.finish_visit(draft)
    province.settle(siti, budi, siti)
    assert _scope_of(siti, family) is None
    assert _scope_of(budi, visit) == OTHER


def test_a_visit_that_was_begun_keeps_all_that_it_asks_about(province: Province) -> None:
    siti = province.laptop("siti")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    siti.add_member(family, "Rizki")
    earlier = siti.visit(family)
    province.settle(siti, office)
    known = {row: found for row, found in siti.everything().items() if row != family}

    draft = siti.begin_visit(family)
    _relocate(office, family)
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
        _relocate(office, one)
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
        _relocate(office, family)
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
    _relocate(office, family)
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
    _relocate(office, family)
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
        _relocate(office, family)
        office.sync()
        siti.sync()
    move(siti, "returned", "submitted")
    office.sync()
    assert [conflict.field for conflict in office.conflicts()] == ["state"]


def test_it_moves_and_comes_back(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, office)
    _relocate(office, family)
    province.settle(office)
    budi.sync()
    _relocate(office, family, VILLAGE)
    province.settle(office)
    budi.edit(family, hamlet="Lor")  # it has not heard
    province.settle(budi, siti, office)

    assert _scope_of(budi, family) is None
    for laptop in (siti, office):
        assert _scope_of(laptop, family) == VILLAGE
        row = laptop.row(family)
        assert row is not None
        assert (row["hamlet"], row["moved"]) == ("Lor", 2)


def test_two_move_it_to_different_villages(province: Province) -> None:
    third = "36.01.01.2003"
    one = province.laptop("one", [DISTRICT], Role.VERIFIER)
    two = province.laptop("two", [DISTRICT], Role.VERIFIER)
    family = province.laptop("siti").register("Nur Aini")
    province.settle(*province.laptops)

    _relocate(one, family, OTHER)
    _relocate(two, family, third)
    province.settle(one, two, one)

    for laptop in (one, two):
        assert _scope_of(laptop, family) == OTHER
        (conflict,) = laptop.conflicts()
        assert conflict.field == "scope"
        assert (conflict.kept["value"], conflict.other["value"]) == (OTHER, third)
    with two.store.recording() as writer:
        decisions.resolve(writer, conflict.id, ("household", family), "scope", third)
    province.settle(two, one)
    assert _scope_of(one, family) == third


@pytest.mark.parametrize("what", ["delete", "move"])
def test_a_move_that_was_let_in_from_the_village_before_is_met(
    province: Province, what: str
) -> None:
    """The family had left that village by an earlier move of the same person, unheard yet."""
    siti, budi = province.laptop("siti", [VILLAGE, OTHER]), province.laptop("budi", [OTHER, FOURTH])
    family = siti.register("Nur Aini")
    province.settle(siti, budi)
    _relocate(siti, family)
    _relocate(siti, family, THIRD)  # where siti may not write
    siti.sync()
    budi.sync()
    (held,) = answers.listing(province.database)
    answers.let_in(province.database, province.clock(), held.split("\t")[0])
    province.clock.advance(60)
    if what == "delete":
        budi.delete(family)
    else:
        _relocate(budi, family, FOURTH)
    province.settle(budi)
    assert (province.row(family).scope, province.row(family).deleted_at) == (THIRD, None)
    asked = [fields for name, _, fields in province.everything().values() if name == "conflict"]
    assert [one["field"] for one in asked] == ["deleted_at" if what == "delete" else "scope"]


def test_nobody_moves_it_to_where_they_may_not_write(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    province.settle(siti)

    _relocate(siti, family)
    siti.sync()

    assert siti.states() == {"confirmed", "quarantined"}
    (aside,) = province.aside()
    assert (aside.reason, aside.detail) == ("scope_not_granted", OTHER)
    assert province.row(family).scope == VILLAGE


def test_what_lay_over_it_goes_with_the_scope_that_it_left(province: Province) -> None:
    """An edit made in a village that is withdrawn does not stay over what the new village says."""
    siti = province.laptop("siti", [VILLAGE, OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family, neighbour = siti.register("Nur Aini", hamlet="Krajan"), siti.register("Dewi")
    province.settle(siti, office)

    siti.edit(family, hamlet="Kulon")
    for hamlet in ("Kulon", "Lor", "Wetan", "Krajan"):
        siti.edit(neighbour, hamlet=hamlet)
    # One by one: the village is withdrawn, and the other one is there, before the last is sent.
    siti.pace = Pace(ops=1, fast_seconds=0)
    province.clock.advance(60)
    _relocate(office, family)
    office.sync()
    province.clock.advance(60)
    office.edit(family, hamlet="Wetan")
    office.sync()
    with province.database.writing() as connection:
        account = accounts.named(connection, "siti")
        accounts.withdraw(connection, account, VILLAGE, province.clock())
    province.settle(siti, office)

    row = siti.row(family)
    assert row is not None
    assert row["hamlet"] == "Wetan"


def test_offices_that_move_families_both_ways_do_not_stand_in_each_other_s_way(
    province: Province,
) -> None:
    villages = (VILLAGE, OTHER)
    offices = [province.laptop(f"office-{number}", [DISTRICT]) for number in range(4)]
    families = [offices[0].register("Nur Aini", villages[number % 2]) for number in range(8)]
    province.settle(*offices)
    for turn in range(5):
        for number, office in enumerate(offices):
            for family in families[number % 2 :: 2]:
                here = _scope_of(office, family)
                office.edit(family, hamlet=str(turn))
                _relocate(office, family, OTHER if here == VILLAGE else VILLAGE)
        with ThreadPoolExecutor(len(offices)) as pool:
            faults = {run.fault for run in pool.map(Laptop.try_sync, offices)}
        assert faults == {None}
    province.settle(*offices)
    province.assert_dense()
