"""Families that had moved when the province was put back."""

from pathlib import Path
from uuid import UUID

import pytest

from desktop.models.records.people import Role
from server.queries import accounts
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.restored_server.restoring import backup_of, served
from tests.scenarios.test_scopes import cut_after
from tests.servers import VILLAGE

OTHER = "36.01.01.2002"
THIRD = "36.01.01.2003"
DISTRICT = "36.01.01"


def test_a_family_that_moved_on_is_left_in_peace_when_the_scope_before_is_lost(
    province: Province, folder: Path
) -> None:
    """Of a scope that was withdrawn nothing is known to be in common, and all of it waits again."""
    with served(province, folder):
        siti, budi = province.laptop("siti", [VILLAGE, OTHER]), province.laptop("budi", [OTHER])
        siti.begin_visit(siti.register("Rahmawati"))  # so that the scope is not purged
        family = siti.register("Nur Aini")
        head = siti.members_of(family)[0]
        siti.relocate(family, OTHER)
        province.settle(siti, budi)
        province.clock.advance(60)
        with province.database.writing() as connection:
            account = accounts.named(connection, "siti")
            accounts.withdraw(connection, account, VILLAGE, province.clock())
        siti.sync()
    backup = backup_of(folder)
    with served(province, backup, restored=True):
        siti.sync()
        budi.edit(head, "member", occupation="Petani")
        budi.sync()
        siti.sync()
        row = siti.row(head, "member")
        assert row is not None
        assert row.get("occupation") == "Petani"


def _move_member(laptop: Laptop, member: UUID, family: UUID, away: UUID) -> None:
    """A member goes over to another family; the one that they were of leaves the village."""
    laptop.edit(member, "member", household_id=str(family))
    laptop.sync()
    laptop.relocate(away, OTHER)


def _grant(province: Province, login: str, scope: str) -> None:
    province.clock.advance(60)
    with province.database.writing() as connection:
        accounts.grant(connection, accounts.named(connection, login), scope, province.clock())
    province.clock.advance(60)


def test_a_family_that_left_this_laptop_is_there_again_if_its_leaving_was_lost(
    province: Province, folder: Path
) -> None:
    """Its members had gone over to another family before, and belong to it again."""
    with served(province, folder):
        siti, office = province.laptop("siti", []), province.laptop("office", [DISTRICT])
        another = office.register("Rahmawati")
        province.settle(siti, office)
    backup = backup_of(folder)
    with served(province, folder):
        _grant(province, "siti", VILLAGE)
        siti.sync()
        family = siti.register("Nur Aini")
        head = siti.members_of(family)[0]
        province.settle(siti, office)
        _move_member(office, head, another, family)
        province.settle(office, siti)
        assert siti.row(family) is None
    with served(province, backup, restored=True):
        _grant(province, "siti", VILLAGE)
        siti.sync()
        assert siti.states() == {"quarantined"}, "the new grant is younger than what was written"
        assert siti.members_of(family) == [head]


def test_what_was_written_about_a_family_that_left_this_laptop_waits_for_it_unseen(
    province: Province, folder: Path
) -> None:
    """The family was somebody else's, who has yet to send it again to a restored province."""
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi", [VILLAGE, OTHER])
        another = siti.register("Rahmawati")
        province.settle(siti, budi)
    backup = backup_of(folder)
    with served(province, folder):
        family = budi.register("Nur Aini")
        province.settle(budi, siti)
        siti.edit(family, hamlet="Wetan")
        member = siti.add_member(family, "Dewi")
        province.settle(siti, budi)
        _move_member(budi, member, another, family)
        province.settle(budi, siti)
        assert siti.row(family) is None
    with served(province, backup, restored=True):
        siti.sync()
        assert siti.row(member, "member") is None
        assert not any(op.overlay for op in siti.outbox()), "there is nothing to lie over"
        province.settle(budi, siti, budi)
        assert province.row(member, "member") is not None


def test_a_visit_to_a_family_that_came_and_left_waits_for_both_moves(
    province: Province, folder: Path
) -> None:
    """It had been begun while the family was here."""
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
        office = province.laptop("office", [DISTRICT], Role.VERIFIER)
        family = budi.register("Nur Aini", OTHER)
        province.settle(budi, siti, office)
    backup = backup_of(folder)
    with served(province, folder):
        office.relocate(family, VILLAGE)
        province.settle(office, budi, siti)
        draft = siti.begin_visit(family)
        office.relocate(family, THIRD)
        office.sync()
        siti.sync()
        visit = siti.finish_visit(draft)
    with served(province, backup, restored=True):
        siti.sync()
        province.settle(office, siti)
        assert province.row(family).scope == THIRD
        assert province.row(visit, "visit") is not None
        assert province.aside() == []


def test_what_was_written_where_a_family_had_moved_waits_for_the_move(
    province: Province, folder: Path
) -> None:
    """The one who moved it comes last."""
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
        office = province.laptop("office", [DISTRICT], Role.VERIFIER)
        family = siti.register("Nur Aini")
        province.settle(siti, budi, office)
    backup = backup_of(folder)
    with served(province, folder):
        office.relocate(family, OTHER)
        province.settle(office, budi, siti)
        budi.edit(family, hamlet="Wetan")
        child = budi.add_member(family, "Rizki", OTHER)
        province.settle(budi, office)
    with served(province, backup, restored=True):
        budi.sync()
        assert {one.reason for one in province.aside()} == {"depends"}
        province.settle(office, budi, siti)
        assert province.aside() == []
        assert (province.row(family).scope, province.row(family).hamlet) == (OTHER, "Wetan")
        assert province.row(child, "member") is not None


@pytest.mark.parametrize("round_trips", [3, 5])
def test_a_family_whose_coming_was_lost_is_where_it_came_from(
    province: Province, folder: Path, round_trips: int
) -> None:
    """The laptop had heard of its coming, but not yet of its leaving: it looked as if nothing was lost there."""
    with served(province, folder):
        office = province.laptop("office", [DISTRICT])
        rina = province.laptop("rina", [DISTRICT], Role.VERIFIER)
        family = office.register("Nur Aini", OTHER)
        province.settle(office, rina)
    backup = backup_of(folder)
    with served(province, folder):
        office.relocate(family, VILLAGE)
        office.register("Rahmawati", OTHER)
        office.sync()
        cut_after(rina, round_trips)
    province.laptops.remove(office)
    with served(province, backup, restored=True):
        rina.sync()
        assert len(rina.members_of(family)) == 1
        province.assert_agrees(rina)
        office.close()


@pytest.mark.parametrize("round_trips", [4, 7, 10])
def test_a_family_is_shown_where_it_came_to_until_that_is_told_anew(
    province: Province, folder: Path, round_trips: int
) -> None:
    """Where it came from is told anew as well, and before."""
    with served(province, folder):
        office = province.laptop("office", [DISTRICT])
        rina = province.laptop("rina", [DISTRICT], Role.VERIFIER)
        family = office.register("Nur Aini")
        office.relocate(family, OTHER)
        province.settle(office, rina)
    backup = backup_of(folder)
    with served(province, folder):
        for village in (VILLAGE, OTHER):
            office.register("Rahmawati", village)
        office.visit(family)
        province.settle(office, rina)
    with served(province, backup, restored=True):
        cut_after(rina, round_trips)
        assert rina.row(family) is not None
        province.settle(office, rina)
