"""A family moves to another village: it leaves one scope with all that is its own, and enters another."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations import decisions
from desktop.models.records.people import Role
from desktop.models.tables import VISIT
from desktop.sync.engine import Pace
from server import decisions as answers
from server.queries import accounts
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

OTHER = "36.01.01.2002"
THIRD = "36.01.01.2003"
FOURTH = "36.01.01.2004"
DISTRICT = "36.01.01"


def test_it_leaves_one_laptop_and_enters_another(province: Province) -> None:
    siti = province.laptop("siti")
    budi = province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini", hamlet="Krajan")
    visit = siti.visit(family)
    province.settle(siti, office)
    before = {row_id: row for row_id, row in siti.everything().items() if row[1] == VILLAGE}

    office.relocate(family, OTHER)
    province.settle(office, siti, budi)

    assert siti.scope_of(family) is None
    assert not [row for row in siti.everything().values() if row[1] == VILLAGE]
    assert office.scope_of(family) == OTHER
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
    office.relocate(family, OTHER)
    province.settle(office, siti, budi)

    assert siti.conflicts() == []
    assert siti.scope_of(family) is None
    assert siti.scope_of(visit) is None
    row = budi.row(family)
    assert row is not None
    assert row["hamlet"] == "Kulon"
    assert budi.scope_of(visit) == OTHER
    assert siti.states() == {"confirmed"}
    province.assert_dense()


def test_an_edit_that_follows_meets_what_was_written_there(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, office)

    siti.edit(family, hamlet="Kulon")
    office.relocate(family, OTHER)
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


def test_it_moves_and_comes_back(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, office)
    office.relocate(family, OTHER)
    province.settle(office)
    budi.sync()
    office.relocate(family, VILLAGE)
    province.settle(office)
    budi.edit(family, hamlet="Lor")  # it has not heard
    province.settle(budi, siti, office)

    assert budi.scope_of(family) is None
    for laptop in (siti, office):
        assert laptop.scope_of(family) == VILLAGE
        row = laptop.row(family)
        assert row is not None
        assert (row["hamlet"], row["moved"]) == ("Lor", 2)


def _seen_by_two_officers(province: Province) -> tuple[Laptop, Laptop, UUID]:
    one = province.laptop("one", [DISTRICT], Role.VERIFIER)
    two = province.laptop("two", [DISTRICT], Role.VERIFIER)
    family = province.laptop("siti").register("Nur Aini")
    province.settle(*province.laptops)
    return one, two, family


def test_two_move_it_to_different_villages(province: Province) -> None:
    one, two, family = _seen_by_two_officers(province)

    one.relocate(family, OTHER)
    two.relocate(family, THIRD)
    province.settle(one, two, one)

    for laptop in (one, two):
        assert laptop.scope_of(family) == OTHER
        (conflict,) = laptop.conflicts()
        assert conflict.field == "scope"
        assert (conflict.kept["value"], conflict.other["value"]) == (OTHER, THIRD)
    with two.store.recording() as writer:
        decisions.resolve(writer, conflict.id, ("household", family), "scope", THIRD)
    province.settle(two, one)
    assert one.scope_of(family) == THIRD


def test_of_two_moves_by_one_person_another_s_meets_the_last(province: Province) -> None:
    one, two, family = _seen_by_two_officers(province)

    one.relocate(family, OTHER)
    one.relocate(family, THIRD)
    two.relocate(family, FOURTH)
    province.settle(one, two, one)

    for laptop in (one, two):
        assert laptop.scope_of(family) == THIRD
        (conflict,) = laptop.conflicts()
        assert (conflict.kept["value"], conflict.other["value"]) == (THIRD, FOURTH)


@pytest.mark.parametrize("what", ["delete", "move"])
def test_a_move_that_was_let_in_from_the_village_before_is_met(
    province: Province, what: str
) -> None:
    """The family had left that village by an earlier move of the same person, unheard yet."""
    siti, budi = province.laptop("siti", [VILLAGE, OTHER]), province.laptop("budi", [OTHER, FOURTH])
    family = siti.register("Nur Aini")
    province.settle(siti, budi)
    siti.relocate(family, OTHER)
    siti.relocate(family, THIRD)  # where siti may not write
    siti.sync()
    budi.sync()
    (held,) = answers.listing(province.database)
    answers.let_in(province.database, province.clock(), held.split("\t")[0])
    province.clock.advance(60)
    if what == "delete":
        budi.delete(family)
    else:
        budi.relocate(family, FOURTH)
    province.settle(budi)
    assert (province.row(family).scope, province.row(family).deleted_at) == (THIRD, None)
    asked = [fields for name, _, fields in province.everything().values() if name == "conflict"]
    assert [one["field"] for one in asked] == ["deleted_at" if what == "delete" else "scope"]


def test_nobody_moves_it_to_where_they_may_not_write(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    province.settle(siti)

    siti.relocate(family, OTHER)
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
    office.relocate(family, OTHER)
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
                here = office.scope_of(family)
                office.edit(family, hamlet=str(turn))
                office.relocate(family, OTHER if here == VILLAGE else VILLAGE)
        with ThreadPoolExecutor(len(offices)) as pool:
            faults = {run.fault for run in pool.map(Laptop.try_sync, offices)}
        assert faults == {None}
    province.settle(*offices)
    province.assert_dense()
