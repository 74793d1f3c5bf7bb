"""The province is put back to an older backup: laptops send again what it lost, and agree anew."""

import shutil
from pathlib import Path

import pytest

from server.database import Database
from server.queries import incarnations
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import Clock, cheap_app, prepared_folder, running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared_folder(tmp_path / "province")


def _serve(folder: Path, clock: Clock, tmp_path: Path) -> Province:
    return Province(Database.in_folder(folder), "", clock, tmp_path / "laptops")


def test_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    clock = Clock()
    province = _serve(folder, clock, tmp_path)
    with running(cheap_app(province.database, clock)) as province.address:
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = siti.register("Nur Aini", hamlet="Krajan")
        province.settle(siti, budi)
    province.database.close()
    shutil.copytree(folder, tmp_path / "backup")

    province.database = Database.in_folder(folder)
    with running(cheap_app(province.database, clock)) as address:
        _move_to(address, siti, budi)
        clock.advance(60)
        lost_by_siti = siti.register("Rahmawati")
        province.settle(siti, budi)
        clock.advance(60)
        budi.edit(family, hamlet="Wetan")
        head = budi.members_of(lost_by_siti)[0]
        budi.edit(head, "member", occupation="Petani")
        lost_by_budi = budi.register("Budiman")
        province.settle(budi, siti)
    province.database.close()

    province.database = Database.in_folder(tmp_path / "backup")
    with province.database.writing() as connection:
        incarnations.begin(connection, clock())
    with running(cheap_app(province.database, clock)) as address:
        _move_to(address, siti, budi)
        budi.sync()
        assert [row.reason for row in province.aside()] == ["incomplete"], (
            "its row is not there yet"
        )
        province.settle(siti, budi, siti)
        for laptop in (siti, budi):
            assert laptop.row(lost_by_budi) is not None
            row = laptop.row(family)
            assert row is not None
            assert row["hamlet"] == "Wetan"
            again = laptop.row(head, "member")
            assert again is not None
            assert again.get("occupation") == "Petani"
        assert province.aside() == []
        province.assert_dense()
    for laptop in (siti, budi):
        laptop.close()
    province.database.close()


def test_a_child_of_a_family_that_the_province_lost(folder: Path, tmp_path: Path) -> None:
    """It is kept with its family, and goes up again once the family has."""
    clock = Clock()
    province = _serve(folder, clock, tmp_path)
    with running(cheap_app(province.database, clock)) as province.address:
        siti, budi = province.laptop("siti"), province.laptop("budi")
        siti.register("Nur Aini")
        province.settle(siti, budi)
    province.database.close()
    shutil.copytree(folder, tmp_path / "backup")

    province.database = Database.in_folder(folder)
    with running(cheap_app(province.database, clock)) as address:
        _move_to(address, siti, budi)
        family = siti.register("Rahmawati")
        province.settle(siti, budi)
        member = budi.add_member(family, "Anak")
        province.settle(budi)
    province.database.close()

    province.database = Database.in_folder(tmp_path / "backup")
    with province.database.writing() as connection:
        incarnations.begin(connection, clock())
    with running(cheap_app(province.database, clock)) as address:
        _move_to(address, siti, budi)
        budi.sync()
        assert budi.row(member, "member") is not None
        province.settle(siti, budi, siti)
        assert province.row(member, "member") is not None
        assert province.aside() == []
    for laptop in (siti, budi):
        laptop.close()
    province.database.close()


def _move_to(address: str, *laptops: Laptop) -> None:
    for laptop in laptops:
        laptop.server = address
