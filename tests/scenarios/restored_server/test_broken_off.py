"""The line breaks off after a restored province's first words; they are true of its own life alone."""

import shutil
from pathlib import Path

from tests.scenarios.conftest import Province
from tests.scenarios.restored_server.restoring import backup_of, served
from tests.scenarios.test_scopes import cut_after, grant, withdraw
from tests.servers import VILLAGE


def test_a_place_in_another_life_is_no_place_in_this_one(province: Province, folder: Path) -> None:
    """The backup that was put back first was the wrong one."""
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = siti.register("Nur Aini", hamlet="Krajan")
        province.settle(siti, budi)
    older = Path(shutil.copytree(folder, folder.with_name("older")))
    with served(province, folder):
        for _ in range(5):
            budi.register("Rahmawati")
        province.settle(budi, siti)
    newer = backup_of(folder)
    siti.edit(family, hamlet="Wetan")
    with served(province, older, restored=True):
        cut_after(siti, 1)
        assert siti.states() == {"confirmed"}
    with served(province, newer, restored=True):
        province.settle(siti, budi)
        assert province.row(family).hamlet == "Wetan"


def test_a_scope_that_was_lost_goes(province: Province, folder: Path) -> None:
    """The last that came was that the province fell back, and then it has nothing to say."""
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        province.settle(siti, budi)
    backup = backup_of(folder)
    with served(province, folder):
        family = budi.register("Nur Aini")
        province.settle(budi, siti)
    with served(province, backup, restored=True):  # budi does not come again
        cut_after(siti, 2)
        assert siti.row(family) is not None
        province.settle(siti)
        assert siti.row(family) is None


def test_who_has_no_grant_keeps_what_everybody_has(province: Province, folder: Path) -> None:
    """To such a laptop the province says nothing of it, which does not mean that it is lost."""
    with served(province, folder):
        siti = province.laptop("siti")
        siti.begin_visit(siti.register("Nur Aini"))
        siti.sync()
        province.clock.advance(60)
        withdraw(province, "siti", VILLAGE)
        province.clock.advance(60)
        siti.sync()
    backup = backup_of(folder)
    with served(province, folder):
        province.user("dewi")
        grant(province, "siti", VILLAGE)
        province.clock.advance(60)
        siti.sync()
    with served(province, backup, restored=True):
        siti.sync()
        assert "user" in {name for name, _, _ in siti.everything().values()}
        province.clock.advance(60)
        grant(province, "siti", VILLAGE)
        province.clock.advance(60)
        province.settle(siti)
