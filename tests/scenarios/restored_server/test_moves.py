"""What was handed in, verified or set aside, and what the office makes of it, after a restore."""

from pathlib import Path
from uuid import UUID

import pytest

from desktop.models.records.people import Role
from server import decisions
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.restored_server.restoring import backup_of, served
from tests.scenarios.test_unseen_and_endless import move, state, visit


def _visited(province: Province, folder: Path) -> tuple[Laptop, Laptop, UUID, Path]:
    """A visit of before a backup: by whom, who verifies, the visit, the backup."""
    with served(province, folder):
        siti, rina = province.laptop("siti"), province.laptop("rina", role=Role.VERIFIER)
        seen = visit(siti, siti.register("Nur Aini"), income=1)
        province.settle(siti, rina)
    return siti, rina, seen, backup_of(folder)


def _handed_in_and_verified(province: Province, folder: Path) -> tuple[Laptop, Laptop, UUID, Path]:
    """A visit that was handed in and verified after a backup: by whom, the visit, the backup."""
    siti, rina, seen, backup = _visited(province, folder)
    with served(province, folder):
        move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
        province.settle(siti, rina)
        move(province, rina, seen, "submitted > verified", Role.VERIFIER)
        province.settle(rina, siti)
    return siti, rina, seen, backup


@pytest.mark.parametrize("first", ["the verifier", "the facilitator"])
def test_what_was_verified_is_asked_again_and_never_forgotten(
    province: Province, folder: Path, first: str
) -> None:
    siti, rina, seen, backup = _handed_in_and_verified(province, folder)
    with served(province, backup, restored=True):
        if first == "the verifier":
            rina.sync()
            (waiting,) = province.aside()
            assert (waiting.table_name, waiting.reason) == ("state_move", "depends")
        province.settle(siti, rina)
        assert province.aside() == []
        for laptop in (siti, rina):
            assert state(laptop, seen) == "submitted"
            (conflict,) = laptop.conflicts()
            assert (conflict.kept["value"], conflict.other["value"]) == ("submitted", "verified")


def test_two_who_handed_the_same_in_agree_after_a_restore_that_lost_nothing(
    province: Province, folder: Path
) -> None:
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        seen = visit(siti, siti.register("Nur Aini"), income=1)
        province.settle(siti, budi)
        move(province, budi, seen, "draft > submitted", Role.FACILITATOR)
        move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
        siti.sync()
    backup = backup_of(folder)
    with served(province, backup, restored=True):
        province.settle(siti, budi)
        assert province.aside() == []
        assert budi.conflicts() == []
        assert state(budi, seen) == "submitted"


def test_an_answer_to_one_op_does_not_answer_what_waits_for_something_else(
    province: Province, folder: Path
) -> None:
    siti, rina, seen, backup = _visited(province, folder)
    with served(province, folder):
        move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
        province.settle(siti, rina)
        rina.edit(seen, "visit", **{"answers.income": 7})  # which the district may not
        move(province, rina, seen, "submitted > verified", Role.VERIFIER)
        rina.sync()
    with served(province, backup, restored=True):
        rina.sync()
        wrong = next(one for one in province.aside() if one.table_name == "visit")
        digest = wrong.digest.hex()
        decisions.answer(province.database, province.clock(), digest, "Jangan ubah jawaban")
        assert [one.table_name for one in province.aside() if one.outcome == "quarantined"] == [
            "state_move"
        ]
        province.settle(siti, rina)
        assert [one.outcome for one in province.aside()] == ["answered"]


def test_an_answer_is_for_the_op_alone_if_others_wait_for_what_it_would_not_make(
    province: Province, folder: Path
) -> None:
    with served(province, folder):
        siti, budi, rina = (province.laptop(one) for one in ("siti", "budi", "rina"))
        siti.register("Nur Aini")
        province.settle(siti, budi, rina)
    backup = backup_of(folder)
    with served(province, folder):
        family = siti.register("Rahmawati")
        province.settle(siti, budi, rina)
        budi.edit(family, hamlet="Salah")
        budi.sync()
        rina.edit(family, rt="001")
        rina.add_member(family, "Dewi")
        rina.sync()

    with served(province, backup, restored=True):
        budi.sync()
        rina.sync()
        wrong = next(one for one in province.aside() if one.fields.get("hamlet"))
        decisions.answer(province.database, province.clock(), wrong.digest.hex(), "Salah")
        province.settle(siti, budi, rina)

        assert province.row(family).rt == "001"
        assert len(siti.members_of(family)) == 2


def test_a_move_that_is_let_in_still_waits_for_the_one_before_it(
    province: Province, folder: Path
) -> None:
    siti, rina, _, backup = _handed_in_and_verified(province, folder)

    with served(province, backup, restored=True):
        rina.sync()
        (waiting,) = province.aside()
        name = waiting.digest.hex()
        (told,) = decisions.let_in(province.database, province.clock(), name)
        assert "still waits: depends" in told
        province.settle(siti, rina)
        assert province.aside() == []
        assert [one.field for one in rina.conflicts()] == ["state"], "what was lost is asked about"
