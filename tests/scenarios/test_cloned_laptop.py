"""A disk is copied, or put back to an earlier day: two logs under one name are told apart."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.models.operations.households import relocate
from desktop.models.operations.visits import (
    DraftHead,
    KeptAnswer,
    VisitFinishedError,
    save_answers,
)
from desktop.models.queries.visits import drafts, visit_basis
from desktop.models.records.base import new_id
from desktop.models.records.people import Role
from desktop.models.tables import DRAFT_ATTACHMENT
from desktop.sync.engine import Pace
from server import decisions
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_scopes import cut_after, withdraw
from tests.servers import VILLAGE


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


def _copied_with_unsent(
    province: Province, folder: Path, edits: int
) -> tuple[Laptop, Laptop, UUID]:
    """A laptop, its copy, and a family that both know, with so many edits that neither has sent."""
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    for number in range(edits):
        siti.edit(family, rt=f"00{number}")
    return siti, province.keep(siti.copied_to(folder / "clone")), family


@pytest.mark.parametrize("round_trips", [2, 3, 4])
def test_a_clone_is_not_the_child_of_what_it_has_not(
    province: Province, tmp_path: Path, round_trips: int
) -> None:
    """It has as many ops as the other, which is all that the province knows before it is sent them."""
    siti, clone, family = _copied_with_unsent(province, tmp_path, 3)
    siti.edit(family, hamlet="Kulon")
    siti.edit(family, rw="002")
    siti.sync()
    clone.edit(family, note="one")

    cut_after(clone, round_trips)
    province.clock.advance(60)
    clone.edit(family, hamlet="Wetan")
    province.settle(clone, siti)
    assert [one.field for one in clone.conflicts()] == ["hamlet"]


@pytest.mark.parametrize("round_trips", [2, 3, 4])
def test_a_copy_that_has_less_goes_on_from_the_log_that_it_lacks_of(
    province: Province, tmp_path: Path, round_trips: int
) -> None:
    """It has yet to send of the log before that one, in which the other has more than it, too."""
    siti, clone, family = _copied_with_unsent(province, tmp_path, 6)
    siti.edit(family, note="satu")
    siti.sync()
    cut_after(clone, 2)
    for number in range(10):
        clone.edit(family, rw=f"00{number}")
    assert len({row.epoch for row in clone.outbox() if row.state == "waiting"}) == 2
    third = province.keep(clone.copied_to(tmp_path / "third"))
    third.edit(family, rw="010")
    third.sync()

    cut_after(clone, round_trips)
    province.clock.advance(60)
    clone.edit(family, note="tiga")
    province.settle(clone, siti)
    assert [one.field for one in clone.conflicts()] == ["note"]


def test_an_answer_to_one_copy_is_none_to_what_another_wrote(
    province: Province, tmp_path: Path
) -> None:
    """It is read before the other copy has sent what stands in the same place of its own log."""
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    siti.register("Rahmawati")
    clone = province.keep(siti.copied_to(tmp_path / "clone"))
    siti.register("Di luar wilayah", "36.01.01.2002")
    clone.edit(family, note="dari yang lain")
    siti.sync()
    for line in decisions.listing(province.database):
        decisions.answer(province.database, province.clock(), line.split("\t")[0], "Bukan di sini.")
    clone.pace = Pace(ops=1, room=2_000, fast_seconds=-1)
    province.settle(clone)
    assert province.row(family).note == "dari yang lain"


def test_the_office_answers_every_copy_of_an_op(province: Province, tmp_path: Path) -> None:
    """Two copies of a disk each left the log that it came from, with the same op."""
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    copy = province.keep(siti.copied_to(tmp_path / "copy"))
    siti.edit(family, rw="002")
    siti.sync()
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    copy.edit(family, hamlet="Wetan")
    again = province.keep(copy.copied_to(tmp_path / "again"))
    for laptop in (copy, again):
        laptop.sync()
        assert "quarantined" in laptop.states()

    first, second = province.aside()
    assert first.digest == second.digest
    decisions.answer(province.database, province.clock(), first.digest.hex(), "Bukan desa Anda")
    assert {one.outcome for one in province.aside()} == {"answered"}
    for laptop in (copy, again):
        laptop.sync()
        assert "answered" in laptop.states()


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


@dataclass
class Begun:
    """A visit that was begun before the disk was copied: where, to whom, and the copy."""

    siti: Laptop
    copy: Laptop
    family: UUID
    draft: DraftHead

    def answer_the_copy(self) -> None:
        with self.copy.store.writing() as connection:
            answer = {"roof": KeptAnswer("3")}
            save_answers(connection, self.draft, new_id(), answer, None)

    def open_on_the_copy(self) -> list[UUID]:
        with self.copy.store.reading() as connection:
            return [draft.id for draft in drafts(connection)]


@pytest.fixture
def begun(province: Province, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begun:
    monkeypatch.setattr("desktop.models.operations.visits.utc_now", province.clock)
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    siti.sync()
    draft = siti.begin_visit(family)
    return Begun(siti, province.keep(siti.copied_to(tmp_path / "copy")), family, draft)


def test_a_draft_that_was_finished_before_the_disk_was_put_back_is_none_any_more(
    province: Province, begun: Begun
) -> None:
    visit = begun.siti.finish_visit(begun.draft, water="1")
    begun.siti.sync()
    begun.copy.sync()
    assert begun.copy.row(visit, "visit") is not None
    assert begun.open_on_the_copy() == []
    with pytest.raises(VisitFinishedError):
        begun.answer_the_copy()

    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    begun.copy.sync()
    assert begun.copy.row(begun.family) is None, "it keeps no village here"


def test_a_draft_that_was_gone_on_with_becomes_a_visit_of_its_own(
    province: Province, begun: Begun
) -> None:
    photo, row = new_id(), new_id()
    with begun.copy.store.writing() as connection:
        path = f"rooms[{row}]/photo"
        file = {"id": photo, "draft_id": begun.draft.id, "path": path}
        connection.execute(DRAFT_ATTACHMENT.insert(), {**file, "manifest": {}})
        answers = {f"rooms[{row}]": KeptAnswer(""), path: KeptAnswer(str(photo))}
        save_answers(connection, begun.draft, new_id(), answers, None)
    begun.siti.finish_visit(begun.draft, water="1")
    begun.siti.sync()
    province.clock.advance(60)
    begun.answer_the_copy()
    begun.copy.sync()

    (anew,) = begun.open_on_the_copy()
    assert anew != begun.draft.id
    with begun.copy.store.reading() as connection:
        kept = visit_basis(connection, begun.family).draft
        taken = connection.execute(select(DRAFT_ATTACHMENT)).one()
    assert kept is not None
    assert {name: kept.answers[name] for name in ("water", "roof")} == {"water": "1", "roof": "3"}
    assert taken.draft_id == anew
    assert kept.answers[taken.path] == str(taken.id)
    assert taken.path.partition("/")[0] in kept.answers
    assert not any(str(one) in str(kept.answers) for one in (photo, row)), "the visit has those"


@pytest.mark.parametrize("how", ["not_synced", "family_moved"])
def test_a_draft_that_two_copies_finish_becomes_two_visits(
    province: Province, begun: Begun, how: str
) -> None:
    office = province.laptop("office", ["36.01.01"], Role.VERIFIER)
    first = begun.siti.finish_visit(begun.draft, water="1")
    begun.siti.sync()
    if how == "family_moved":
        office.sync()
        with office.store.recording() as writer:
            relocate(writer, begun.family, "36.01.01.2002")
        office.sync()
        province.clock.advance(30 * 86400)
        begun.copy.sync()
    second = begun.copy.finish_visit(begun.draft, water="2")
    province.settle(begun.copy, office)

    assert first != second
    for visit, water in ((first, "1"), (second, "2")):
        row = office.row(visit, "visit")
        assert row is not None
        assert row["answers.water"] == water
    assert office.conflicts() == []


def test_a_draft_that_says_more_than_the_visit_stays_whatever_the_clocks_say(
    province: Province, begun: Begun
) -> None:
    province.clock.advance(60)
    begun.answer_the_copy()
    province.clock.advance(60)
    begun.siti.finish_visit(begun.draft, water="1")
    province.settle(begun.siti, begun.copy)

    (anew,) = begun.open_on_the_copy()
    with begun.copy.store.reading() as connection:
        kept = visit_basis(connection, begun.family, anew).draft
    assert kept is not None
    assert kept.answers["roof"] == "3"
