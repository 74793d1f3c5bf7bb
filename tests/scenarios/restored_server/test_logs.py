"""Logs of one device, and of its copies, in a province that has forgotten a part of them."""

from pathlib import Path

from server import decisions
from tests.scenarios.conftest import Province
from tests.scenarios.restored_server.restoring import backup_of, served


def test_a_number_given_to_a_forgotten_log_is_not_given_again(
    province: Province, folder: Path, tmp_path: Path
) -> None:
    """The province called for a log of its own, forgot it, and calls the same laptop for another."""
    with served(province, folder):
        siti = province.laptop("siti")
        clone = province.keep(siti.copied_to(tmp_path / "clone"))
        siti.sync()
    backup = backup_of(folder)
    with served(province, folder):
        siti.register("Nur Aini")
        siti.sync()
        lost = province.keep(siti.copied_to(tmp_path / "lost"))
        lost.register("Rahmawati")
        lost.sync()
        siti.register("Budiman")
        province.settle(siti)
        assert len({op.epoch for op in siti.outbox()}) == 2, "it left the log that it had"
    with served(province, backup, restored=True):
        clone.register("Suharti")
        clone.sync()
        province.settle(siti, lost, clone)
        assert {row.outcome for row in province.aside()} <= {"duplicate"}
        province.assert_dense()


def test_a_log_is_not_begun_where_another_one_took_its_past(
    province: Province, folder: Path, tmp_path: Path
) -> None:
    """What a clone wrote where our past was is somebody else's, and is not overwritten unseen."""
    with served(province, folder):
        budi = province.laptop("budi")
        family = budi.register("Nur Aini")
        province.settle(budi)
        siti = province.laptop("siti")
        siti.sync()
        clone = province.keep(siti.copied_to(tmp_path / "clone"))
    backup = backup_of(folder)
    with served(province, folder):
        siti.edit(family, note="one")
        siti.sync()
        lost = province.keep(siti.copied_to(tmp_path / "lost"))
        lost.edit(family, rt="001")
        lost.sync()
        siti.edit(family, rw="002")
        siti.sync()
        province.laptops.remove(lost)
        lost.close()
        province.clock.advance(60)
        siti.edit(family, hamlet="Wetan")
    with served(province, backup, restored=True):
        clone.edit(family, hamlet="Kulon")
        clone.sync()
        province.settle(siti, clone, siti)
        assert [one.field for one in siti.conflicts()] == ["hamlet"]


def test_an_answered_op_does_not_cover_its_row_again(
    province: Province, folder: Path, tmp_path: Path
) -> None:
    """It waits once more when a restore has lost the answer; and a clone took its place meanwhile."""
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = budi.register("Nur Aini", hamlet="Krajan")
        province.settle(budi, siti)
        clone = province.keep(siti.copied_to(tmp_path / "clone"))
    backup = backup_of(folder)
    with served(province, folder):
        siti.edit(family, welfare_decile=99)  # what no office takes
        siti.sync()
        (held,) = decisions.listing(province.database)
        decisions.answer(province.database, province.clock(), held.split("\t")[0], "Periksa lagi.")
        siti.sync()
        assert siti.states() == {"answered"}
    with served(province, backup, restored=True):
        clone.register("Budiman")
        clone.sync()
        siti.sync()
        assert len({op.epoch for op in clone.outbox()} | {op.epoch for op in siti.outbox()}) == 2
        budi.edit(family, hamlet="Wetan")
        province.settle(budi, siti, clone)
        row = siti.row(family)
        assert row is not None
        assert row["hamlet"] == "Wetan"
