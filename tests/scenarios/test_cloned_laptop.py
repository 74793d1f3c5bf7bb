"""A disk is copied, or put back to an earlier day: two logs under one name are told apart."""

import shutil
from pathlib import Path

from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop


def test_a_clone_becomes_another_log(province: Province, tmp_path: Path) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan", phone="+628111111111")
    province.settle(siti)
    clone = province.keep(siti.copied_to(tmp_path / "clone"))

    province.clock.advance(60)
    siti.edit(family, hamlet="Wetan")
    mine = siti.register("Rahmawati")
    province.clock.advance(60)
    clone.edit(family, hamlet="Kulon")
    theirs = clone.register("Budiman")
    province.settle(siti, clone)

    for laptop in (siti, clone):
        assert laptop.row(mine) is not None
        assert laptop.row(theirs) is not None
        row = laptop.row(family)
        assert row is not None
        assert row["hamlet"] == "Kulon"
        (conflict,) = laptop.conflicts()
        assert (conflict.kept["value"], conflict.other["value"]) == ("Kulon", "Wetan")
    assert {row.epoch for row in siti.outbox()} == {1}
    assert len({row.epoch for row in clone.outbox()}) == 2
    province.assert_dense()


def test_a_disk_put_back_finds_its_lost_work_again(province: Province, tmp_path: Path) -> None:
    siti = province.laptop("siti")
    before = siti.register("Nur Aini")
    province.settle(siti)
    siti.store.close()
    shutil.copytree(siti.folder, tmp_path / "image")
    today = Laptop(siti.folder, siti.server, "siti", province.clock)
    lost = today.register("Rahmawati")
    today.sync()
    today.close()

    back = province.keep(Laptop(tmp_path / "image", siti.server, "siti", province.clock))
    new = back.register("Budiman")
    province.settle(back)

    assert all(back.row(family) for family in (before, lost, new))
    assert all(province.row(family) for family in (before, lost, new))
    province.assert_dense()


def test_a_disk_put_back_that_only_asks(province: Province, tmp_path: Path) -> None:
    siti = province.laptop("siti")
    province.settle(siti)
    siti.store.close()
    shutil.copytree(siti.folder, tmp_path / "image")
    today = Laptop(siti.folder, siti.server, "siti", province.clock)
    lost = today.register("Rahmawati")
    today.sync()
    today.close()

    back = province.keep(Laptop(tmp_path / "image", siti.server, "siti", province.clock))
    province.settle(back)

    assert back.row(lost) is not None
