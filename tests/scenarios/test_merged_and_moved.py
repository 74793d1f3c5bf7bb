"""Families are merged, deleted and moved by people who have not heard of each other."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest

from desktop.models.operations import decisions
from desktop.models.operations.duplicates import DuplicateAnswer
from desktop.models.records.people import Role
from server.queries.heads import Heads
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.restored_server.conftest import folder
from tests.scenarios.restored_server.conftest import province as restorable
from tests.scenarios.restored_server.restoring import backup_of, served
from tests.scenarios.test_decisions import question
from tests.scenarios.test_duplicates import ANOTHER_NIK, NIK, _family, _settle
from tests.servers import VILLAGE

__all__ = ["folder", "restorable"]

OTHER, THIRD, DISTRICT = "36.01.01.2002", "36.01.01.2003", "36.01.01"


@pytest.mark.parametrize("first", ["deleted", "moved"])
def test_a_family_that_was_moved_unseen_is_not_deleted(province: Province, first: str) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    province.settle(siti, office, budi)
    office.relocate(family, OTHER)
    siti.delete(family)

    for one in (siti, office) if first == "deleted" else (office, siti):
        one.sync()
    province.settle(siti, office, budi)

    assert province.row(family).deleted_at is None
    assert [one.field for one in budi.conflicts()] == ["deleted_at"]


@pytest.mark.parametrize("first", ["merged", "moved"])
def test_a_family_follows_the_one_that_takes_its_place(province: Province, first: str) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    one, two = _family(siti, NIK), _family(siti, NIK, ANOTHER_NIK)
    seen = siti.visit(two[0])
    province.settle(siti, budi, office)
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    office.relocate(one[0], OTHER)

    for laptop in (siti, office) if first == "merged" else (office, siti):
        laptop.sync()
    province.settle(siti, office, budi)

    assert province.aside() == []
    assert province.row(two[0]).deleted_at is not None
    assert province.row(two[0]).scope == OTHER
    assert province.row(seen, "visit").household_id == one[0]
    assert budi.row(seen, "visit") is not None
    assert siti.row(two[0]) is None
    assert set(budi.members_of(one[0])) >= {two[2]}
    province.assert_dense()


def test_what_a_restore_forgot_is_merged_again(restorable: Province, folder: Path) -> None:
    province = restorable
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        office = province.laptop("office", [DISTRICT], Role.VERIFIER)
        one, two = _family(siti, NIK), _family(budi, NIK)
        seen = budi.visit(two[0])
        province.settle(siti, budi, office, siti)
    backup = backup_of(folder)
    with served(province, folder):
        _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
        province.settle(siti, budi, office)
        office.relocate(one[0], OTHER)
        province.settle(office, siti, budi)

    with served(province, backup, restored=True):
        province.settle(office, siti, budi)

        assert province.row(seen, "visit").household_id == one[0]
        assert province.aside() == []


def test_what_lived_on_unseen_goes_to_the_heir_wherever_that_one_is(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    one, two = _family(siti, NIK), _family(budi, NIK, ANOTHER_NIK)
    province.settle(siti, budi, office, siti)
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    budi.edit(two[0], hamlet="Kulon")
    seen = budi.visit(two[0])
    province.settle(siti, budi, office)
    office.relocate(one[0], OTHER)
    province.settle(office, siti, budi)

    asked = question(siti)
    with siti.store.recording() as writer:
        subject = (asked.table, asked.row_id, asked.scope)
        gone = "2026-11-21T05:00:00.000Z"
        decisions.decide(writer, asked.ids, subject, asked.field, gone, reason="satu keluarga")
    province.settle(siti, budi, office)

    assert province.row(seen, "visit").household_id == one[0]
    assert province.row(seen, "visit").scope == OTHER


def test_ops_that_follow_families_both_ways_are_let_in_at_the_first_try(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    if province.database.is_file:
        pytest.skip("a file has one writer")
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    here, there = siti.register("Nur Aini"), budi.register("Dewi", OTHER)
    province.settle(siti, budi, office)
    office.relocate(here, OTHER)
    office.relocate(there, VILLAGE)
    office.sync()
    siti.edit(here, note="follows")
    budi.edit(there, note="follows")
    both, lock = Barrier(2), Heads.lock

    def together(heads: Heads, scopes: Any) -> bool:
        if heads._heads and set(scopes) - heads._heads.keys():
            with suppress(BrokenBarrierError):
                both.wait(3)
        return lock(heads, scopes)

    monkeypatch.setattr(Heads, "lock", together)
    with ThreadPoolExecutor(2) as threads:
        runs = list(threads.map(Laptop.try_sync, (siti, budi)))

    assert [run.fault for run in runs] == [None, None]
    assert [province.row(one).note for one in (here, there)] == ["follows", "follows"]


def test_whoever_moved_a_family_that_is_merged_is_asked(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    one, two = _family(siti, NIK), _family(siti, NIK, ANOTHER_NIK)
    province.settle(siti, budi, office)
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    office.relocate(two[0], OTHER)

    for laptop in (office, siti, office, budi):
        laptop.sync()

    assert (province.row(two[0]).scope, province.row(two[0]).deleted_at) == (OTHER, None)
    assert "deleted_at" in {one.field for one in budi.conflicts()}
    assert {(op.table_name, op.reason) for op in province.aside()} == {("member", "wrong_scope")}


def test_families_of_two_villages_follow_the_one_that_moves_to_a_third(province: Province) -> None:
    office, head = (
        province.laptop(login, [DISTRICT], Role.VERIFIER) for login in ("office", "head")
    )
    siti, joko = province.laptop("siti"), province.laptop("joko", [THIRD])
    one, two = _family(siti, NIK), _family(joko, NIK, ANOTHER_NIK, scope=THIRD)
    province.settle(siti, joko, office, head)
    _settle(office, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    head.relocate(one[0], OTHER)

    province.settle(head, office, siti, joko)

    assert province.aside() == []
    assert {province.row(family).scope for family in (one[0], two[0])} == {OTHER}
    assert province.row(two[2], "member").household_id == one[0]


def test_a_family_that_was_merged_unseen_lives_on_and_the_office_is_asked(
    province: Province,
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    one, two = _family(siti, NIK), _family(siti, NIK, ANOTHER_NIK)
    province.settle(siti, budi, office)
    office.relocate(one[0], OTHER)
    office.sync()
    _settle(siti, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    budi.edit(two[0], hamlet="Kulon")

    province.settle(siti, budi, office)

    assert (province.row(two[0]).hamlet, province.row(two[0]).deleted_at) == ("Kulon", None)
    assert "deleted_at" in {one.field for one in office.conflicts()}
    province.assert_dense()


def test_a_family_that_was_moved_and_brought_back_is_merged(province: Province) -> None:
    siti, joko = province.laptop("siti"), province.laptop("joko", [THIRD])
    office, head = (
        province.laptop(login, [DISTRICT], Role.VERIFIER) for login in ("office", "head")
    )
    one, two = _family(siti, NIK), _family(joko, NIK, ANOTHER_NIK, scope=THIRD)
    province.settle(siti, joko, office, head)
    for target in (OTHER, THIRD):  # by mistake, and back; everybody has seen it
        office.relocate(two[0], target)
        province.settle(office, head, siti, joko)

    _settle(head, DuplicateAnswer.WRITTEN_TWICE, one[1], [one[1], two[1]])
    province.settle(head, office, siti, joko)

    assert province.row(two[0]).deleted_at is not None


def test_nobody_is_sent_to_a_village_by_the_name_of_a_family_there(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
    mine, theirs = siti.register("Nur Aini"), budi.register("Dewi", OTHER)
    province.settle(siti, budi)

    siti.edit(mine, same_as=str(theirs), deleted_at="2026-11-21T05:00:00.000Z")
    siti.sync()

    assert province.row(mine).scope == VILLAGE
    assert [one.reason for one in province.aside()] == ["wrong_scope"]


@pytest.mark.parametrize("what", ["deleted", "moved on"])
def test_a_family_that_stays_for_a_visit_is_where_it_was_moved(
    province: Province, what: str
) -> None:
    siti = province.laptop("siti", [VILLAGE, THIRD])
    office = province.laptop("office", [DISTRICT], Role.VERIFIER)
    family = siti.register("Nur Aini")
    province.settle(siti, office)
    siti.begin_visit(family)
    office.relocate(family, OTHER)
    office.sync()
    siti.sync()

    if what == "deleted":
        siti.delete(family)
    else:
        siti.relocate(family, THIRD)
    siti.sync()
    office.sync()

    assert (province.row(family).scope, province.row(family).deleted_at) == (OTHER, None)
    assert len(office.conflicts()) == 1
