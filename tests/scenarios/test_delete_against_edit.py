"""One laptop deletes a family, the other edits it: the edit stands, the question is asked."""

import pytest

from desktop.models.operations import businesses, decisions
from desktop.models.records.businesses import Grant
from desktop.models.records.people import Role
from tests.scenarios.conftest import Province
from tests.servers import VILLAGE


@pytest.mark.parametrize("delete_first", [True, False])
def test_the_edit_stands(province: Province, delete_first: bool) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)

    siti.delete(family)
    budi.edit(family, hamlet="Kulon")
    province.settle(*((siti, budi) if delete_first else (budi, siti)))

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert row["hamlet"] == "Kulon"
        assert "deleted_at" not in row
        (conflict,) = laptop.conflicts()
        assert conflict.field == "deleted_at"
        assert conflict.other["value"] is not None
    assert province.row(family).deleted_at is None
    province.assert_dense()


def test_a_delete_that_knew_everything_deletes(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    province.settle(siti, budi)

    budi.delete(family)
    province.settle(budi, siti)

    row = siti.row(family)
    assert row is not None
    assert "deleted_at" in row
    assert siti.conflicts() == []


@pytest.mark.parametrize("delete_first", [True, False])
def test_a_visit_to_a_deleted_family_lets_it_live(province: Province, delete_first: bool) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    province.settle(siti, budi)

    siti.delete(family)
    budi.visit(family)
    province.settle(*((siti, budi) if delete_first else (budi, siti)))

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert "deleted_at" not in row
        (conflict,) = laptop.conflicts()
        assert (conflict.subject_table, conflict.subject_id) == ("household", family)
        assert conflict.field == "deleted_at"
        assert conflict.other["value"] is not None
    province.assert_dense()


def test_who_knew_of_the_delete_does_not_take_it_back(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    province.settle(siti, budi)
    member = siti.add_member(family, "Dewi")
    siti.delete(family)
    province.settle(siti, budi)

    budi.edit(member, "member", occupation="petani")
    province.settle(budi, siti)

    row = siti.row(family)
    assert row is not None
    assert "deleted_at" in row
    assert siti.conflicts() == []


def test_who_adds_a_member_and_deletes_the_family_deletes_it(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini")
    province.settle(siti, budi)

    siti.delete(family)
    budi.add_member(family, "Dewi")
    budi.delete(family)
    province.settle(siti, budi, siti)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert "deleted_at" in row
        (conflict,) = laptop.conflicts()  # the member came before the delete that both wanted
        assert conflict.field == "deleted_at"


@pytest.mark.parametrize("move_first", [True, False])
def test_who_verifies_a_grant_that_was_deleted_lets_it_live(
    province: Province, move_first: bool
) -> None:
    siti, rina = province.laptop("siti"), province.laptop("rina", role=Role.VERIFIER)
    family = siti.register("Nur Aini")
    with siti.store.recording() as writer:
        grant = Grant(scope=VILLAGE, household_id=family, amount=2_500_000)
        businesses.propose_grant(writer, grant)
    province.settle(siti, rina)

    siti.delete(grant.id, "grant")
    with rina.store.recording() as writer:
        subject = ("grant", grant.id, VILLAGE)
        decisions.move(writer, subject, ("proposed", "verified"), Role.VERIFIER)
    province.settle(*((rina, siti) if move_first else (siti, rina)))

    assert province.row(grant.id, "grant").deleted_at is None
    for laptop in (siti, rina):
        (conflict,) = laptop.conflicts()
        assert (conflict.subject_table, conflict.field) == ("grant", "deleted_at")
    province.assert_dense()
