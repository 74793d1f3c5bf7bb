"""The province is put back to an older backup: laptops send again what it lost, and agree anew."""

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from desktop.models.operations import households
from desktop.models.queries.transport import Transport
from desktop.models.records.people import Role
from desktop.models.store.meta import Meta, get_meta
from desktop.sync import messages
from desktop.sync.client import Client
from desktop.sync.engine import Pace
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.status import status
from server import decisions
from server.database import Database
from server.queries import accounts, incarnations, snapshots
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.test_scopes import cut_after, shown, withdraw
from tests.scenarios.test_unseen_and_endless import move, state, visit
from tests.servers import VILLAGE, Clock, cheap_app, prepared_folder, running

OTHER = "36.01.01.2002"
DISTRICT = "36.01.01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared_folder(tmp_path / "province")


@pytest.fixture
def province(folder: Path, tmp_path: Path) -> Iterator[Province]:
    made = Province(Database.in_folder(folder), "", Clock(), tmp_path / "laptops")
    yield made
    for laptop in made.laptops:
        laptop.close()
    made.database.close()


@contextmanager
def _running(province: Province, folder: Path, *, restored: bool = False) -> Iterator[None]:
    """Serves the database of a folder to the laptops there are, and closes it."""
    province.database.close()
    province.database = Database.in_folder(folder)
    if restored:
        with province.database.writing() as connection:
            incarnations.begin(connection, province.clock())
    with running(cheap_app(province.database, province.clock)) as province.address:
        for laptop in province.laptops:
            laptop.server = province.address
        yield
    province.database.close()


def _backup(folder: Path) -> Path:
    return Path(shutil.copytree(folder, folder.with_name("backup")))


def test_nothing_is_lost(province: Province, folder: Path) -> None:
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = siti.register("Nur Aini", hamlet="Krajan")
        province.settle(siti, budi)
    backup = _backup(folder)
    with _running(province, folder):
        province.clock.advance(60)
        lost_by_siti = siti.register("Rahmawati")
        province.settle(siti, budi)
        province.clock.advance(60)
        budi.edit(family, hamlet="Wetan")
        head = budi.members_of(lost_by_siti)[0]
        budi.edit(head, "member", occupation="Petani")
        lost_by_budi = budi.register("Budiman")
        province.settle(budi, siti)
    with _running(province, backup, restored=True):
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


def test_a_child_of_a_family_that_the_province_lost(province: Province, folder: Path) -> None:
    """It is kept with its family, and goes up again once the family has."""
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        siti.register("Nur Aini")
        province.settle(siti, budi)
    backup = _backup(folder)
    with _running(province, folder):
        family = siti.register("Rahmawati")
        province.settle(siti, budi)
        member = budi.add_member(family, "Anak")
        province.settle(budi)
    with _running(province, backup, restored=True):
        budi.sync()
        assert budi.row(member, "member") is not None
        province.settle(siti, budi, siti)
        assert province.row(member, "member") is not None
        assert province.aside() == []


class _AsksForThePast(Client):
    """The province's first answer in its new life asks for earlier ops, and brings no news yet."""

    has_asked = False

    def exchange(self, request: messages.Request) -> tuple[messages.Answer, float]:
        if self.has_asked:
            raise SyncFailure(SyncFault.OFFLINE)
        answer, seconds = super().exchange(request)
        if answer.standing_wanted or answer.fallen is not None:
            return answer, seconds
        self.has_asked = True
        return replace(answer, expected=1, outcomes=[], pages=[], more=False), seconds


def test_a_scope_is_shown_until_it_is_fetched_anew(province: Province, folder: Path) -> None:
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = siti.register("Nur Aini")
        province.settle(siti, budi)
    backup = _backup(folder)
    with _running(province, folder):
        province.clock.advance(60)
        siti.register("Rahmawati")
        province.settle(siti, budi)
        budi.edit(family, hamlet="Wetan")
    with _running(province, backup, restored=True):
        with budi.store.reading() as connection:
            client = _AsksForThePast(budi.server, get_meta(connection, Meta.TOKEN))
        assert budi.try_sync(client).fault is SyncFault.OFFLINE
        client.close()
        assert client.has_asked
        assert len(budi.members_of(family)) == 1, "the province has it, and has yet to tell"
        province.settle(siti, budi, siti)


def test_a_first_download_is_begun_anew_in_another_life(
    province: Province, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came of a snapshot of the life before is thrown away, however near it was to its end."""
    monkeypatch.setattr(snapshots, "OFFER_FROM", 10)
    with _running(province, folder):
        siti, rina = province.laptop("siti"), province.laptop("rina")
        kept = [siti.register("Nur Aini") for _ in range(6)]
        siti.sync()
    backup = _backup(folder)
    with _running(province, folder):
        lost = [siti.register("Rahmawati") for _ in range(6)]
        siti.sync()
        with rina.store.reading() as connection:
            client = _CutInTheMiddle(rina.server, get_meta(connection, Meta.TOKEN))
        assert rina.try_sync(client).fault is SyncFault.CUT_OFF
        client.close()
    with _running(province, backup, restored=True):
        rina.sync()
        assert rina.row(kept[0]) is not None
        assert rina.row(lost[0]) is None, "the province has lost it, until it is sent again"
        province.settle(siti, rina)
        assert rina.row(lost[0]) is not None


def test_the_first_op_after_a_restore_does_not_take_its_row_away(
    province: Province, folder: Path
) -> None:
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
    backup = _backup(folder)
    with _running(province, folder):
        budi.register("Nur Aini")
        province.settle(budi, siti)
        family = siti.register("Rahmawati")
    with _running(province, backup, restored=True):
        siti.pace = Pace(ops=1, fast_seconds=-1)
        siti.sync()  # its cursor counts in the log that was lost, not in this one
        assert len(siti.members_of(family)) == 1
        province.settle(siti, budi, siti)


def test_a_number_given_to_a_forgotten_log_is_not_given_again(
    province: Province, folder: Path, tmp_path: Path
) -> None:
    """The province called for a log of its own, forgot it, and calls the same laptop for another."""
    with _running(province, folder):
        siti = province.laptop("siti")
        clone = province.keep(siti.copied_to(tmp_path / "clone"))
        siti.sync()
    backup = _backup(folder)
    with _running(province, folder):
        siti.register("Nur Aini")
        siti.sync()
        lost = province.keep(siti.copied_to(tmp_path / "lost"))
        lost.register("Rahmawati")
        lost.sync()
        siti.register("Budiman")
        province.settle(siti)
        assert len({op.epoch for op in siti.outbox()}) == 2, "it left the log that it had"
    with _running(province, backup, restored=True):
        clone.register("Suharti")
        clone.sync()
        province.settle(siti, lost, clone)
        assert {row.outcome for row in province.aside()} <= {"duplicate"}
        province.assert_dense()


def test_a_log_is_not_begun_where_another_one_took_its_past(
    province: Province, folder: Path, tmp_path: Path
) -> None:
    """What a clone wrote where our past was is somebody else's, and is not overwritten unseen."""
    with _running(province, folder):
        budi = province.laptop("budi")
        family = budi.register("Nur Aini")
        province.settle(budi)
        siti = province.laptop("siti")
        siti.sync()
        clone = province.keep(siti.copied_to(tmp_path / "clone"))
    backup = _backup(folder)
    with _running(province, folder):
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
    with _running(province, backup, restored=True):
        clone.edit(family, hamlet="Kulon")
        clone.sync()
        province.settle(siti, clone, siti)
        assert [one.field for one in siti.conflicts()] == ["hamlet"]


def test_an_answered_op_does_not_cover_its_row_again(
    province: Province, folder: Path, tmp_path: Path
) -> None:
    """It waits once more when a restore has lost the answer; and a clone took its place meanwhile."""
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = budi.register("Nur Aini", hamlet="Krajan")
        province.settle(budi, siti)
        clone = province.keep(siti.copied_to(tmp_path / "clone"))
    backup = _backup(folder)
    with _running(province, folder):
        siti.edit(family, welfare_decile=99)  # what no office takes
        siti.sync()
        (held,) = decisions.listing(province.database)
        decisions.answer(province.database, province.clock(), held.split("\t")[0], "Periksa lagi.")
        siti.sync()
        assert siti.states() == {"answered"}
    with _running(province, backup, restored=True):
        clone.register("Budiman")
        clone.sync()
        siti.sync()
        assert len({op.epoch for op in clone.outbox()} | {op.epoch for op in siti.outbox()}) == 2
        budi.edit(family, hamlet="Wetan")
        province.settle(budi, siti, clone)
        row = siti.row(family)
        assert row is not None
        assert row["hamlet"] == "Wetan"


def test_a_family_that_moved_on_is_left_in_peace_when_the_scope_before_is_lost(
    province: Province, folder: Path
) -> None:
    """Of a scope that was withdrawn nothing is known to be in common, and all of it waits again."""
    with _running(province, folder):
        siti, budi = province.laptop("siti", [VILLAGE, OTHER]), province.laptop("budi", [OTHER])
        siti.begin_visit(siti.register("Rahmawati"))  # so that the scope is not purged
        family = siti.register("Nur Aini")
        head = siti.members_of(family)[0]
        with siti.store.recording() as writer:
            households.relocate(writer, family, OTHER)
        province.settle(siti, budi)
        province.clock.advance(60)
        with province.database.writing() as connection:
            account = accounts.named(connection, "siti")
            accounts.withdraw(connection, account, VILLAGE, province.clock())
        siti.sync()
    backup = _backup(folder)
    with _running(province, backup, restored=True):
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
    with laptop.store.recording() as writer:
        households.relocate(writer, away, OTHER)


def _grant(province: Province, login: str, scope: str) -> None:
    province.clock.advance(60)
    with province.database.writing() as connection:
        accounts.grant(connection, accounts.named(connection, login), scope, province.clock())
    province.clock.advance(60)


def test_a_family_that_left_this_laptop_is_there_again_if_its_leaving_was_lost(
    province: Province, folder: Path
) -> None:
    """Its members had gone over to another family before, and belong to it again."""
    with _running(province, folder):
        siti, office = province.laptop("siti", []), province.laptop("office", [DISTRICT])
        another = office.register("Rahmawati")
        province.settle(siti, office)
    backup = _backup(folder)
    with _running(province, folder):
        _grant(province, "siti", VILLAGE)
        siti.sync()
        family = siti.register("Nur Aini")
        head = siti.members_of(family)[0]
        province.settle(siti, office)
        _move_member(office, head, another, family)
        province.settle(office, siti)
        assert siti.row(family) is None
    with _running(province, backup, restored=True):
        _grant(province, "siti", VILLAGE)
        siti.sync()
        assert siti.states() == {"quarantined"}, "the new grant is younger than what was written"
        assert siti.members_of(family) == [head]


def test_what_was_written_about_a_family_that_left_this_laptop_waits_for_it_unseen(
    province: Province, folder: Path
) -> None:
    """The family was somebody else's, who has yet to send it again to a restored province."""
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi", [VILLAGE, OTHER])
        another = siti.register("Rahmawati")
        province.settle(siti, budi)
    backup = _backup(folder)
    with _running(province, folder):
        family = budi.register("Nur Aini")
        province.settle(budi, siti)
        siti.edit(family, hamlet="Wetan")
        member = siti.add_member(family, "Dewi")
        province.settle(siti, budi)
        _move_member(budi, member, another, family)
        province.settle(budi, siti)
        assert siti.row(family) is None
    with _running(province, backup, restored=True):
        siti.sync()
        assert siti.row(member, "member") is None
        assert not any(op.overlay for op in siti.outbox()), "there is nothing to lie over"
        province.settle(budi, siti, budi)
        assert province.row(member, "member") is not None


@pytest.mark.parametrize("round_trips", [3, 4])
def test_what_waits_lies_over_its_row_when_that_comes_again_and_is_not_called_sent(
    province: Province, folder: Path, round_trips: int
) -> None:
    """The village had been taken away, and with it the rows that lay under what was sent."""
    with _running(province, folder):
        siti = province.laptop("siti")
        family = siti.register("Nur Aini", hamlet="Krajan")
        siti.sync()
    province.clock.advance(60)
    backup = _backup(folder)
    with _running(province, folder):
        siti.edit(family, hamlet="Kulon")
        siti.edit(family, hamlet="Wetan")
        siti.sync()
        province.clock.advance(60)
        withdraw(province, "siti", VILLAGE)
        province.clock.advance(60)
        siti.sync()
        assert siti.row(family) is None
    with _running(province, backup, restored=True):
        cut_after(siti, round_trips)
        assert shown(siti, family) == ("Wetan", Transport.WAITING)
        siti.sync()
        assert shown(siti, family) == ("Wetan", Transport.CONFIRMED)
        province.assert_agrees(siti)


def test_an_answer_that_says_nothing_of_our_log_does_not_say_that_all_of_it_is_there(
    province: Province, folder: Path
) -> None:
    with _running(province, folder):
        siti = province.laptop("siti")
        family = siti.register("Nur Aini", hamlet="Krajan")
        siti.sync()
    backup = _backup(folder)
    with _running(province, folder):
        siti.edit(family, hamlet="Kulon")
        siti.sync()
    said = _confirmed_at(siti)
    with _running(province, backup, restored=True):
        province.clock.advance(3600)
        cut_after(siti, 1)
        assert province.row(family).hamlet == "Krajan"
        assert _confirmed_at(siti) == said
        siti.sync()
        assert _confirmed_at(siti) == province.clock()


def _confirmed_at(laptop: Laptop) -> datetime | None:
    with laptop.store.reading() as connection:
        return status(connection).confirmed_at


class _CutInTheMiddle(Client):
    """A session that breaks off with the first bytes of a snapshot."""

    def fetch(self, name: str, begins: int) -> Generator[bytes, None, None]:
        yield next(super().fetch(name, begins))[:100]
        raise SyncFailure(SyncFault.CUT_OFF)


def test_what_was_written_where_a_family_had_moved_waits_for_the_move(
    province: Province, folder: Path
) -> None:
    """The one who moved it comes last."""
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi", [OTHER])
        office = province.laptop("office", [DISTRICT], Role.VERIFIER)
        family = siti.register("Nur Aini")
        province.settle(siti, budi, office)
    backup = _backup(folder)
    with _running(province, folder):
        with office.store.recording() as writer:
            households.relocate(writer, family, OTHER)
        province.settle(office, budi, siti)
        budi.edit(family, hamlet="Wetan")
        child = budi.add_member(family, "Rizki", OTHER)
        province.settle(budi, office)
    with _running(province, backup, restored=True):
        budi.sync()
        assert {one.reason for one in province.aside()} == {"depends"}
        province.settle(office, budi, siti)
        assert province.aside() == []
        assert (province.row(family).scope, province.row(family).hamlet) == (OTHER, "Wetan")
        assert province.row(child, "member") is not None


def _handed_in_and_verified(province: Province, folder: Path) -> tuple[Laptop, Laptop, UUID, Path]:
    """A visit that was handed in and verified after a backup: by whom, the visit, the backup."""
    with _running(province, folder):
        siti, rina = province.laptop("siti"), province.laptop("rina", role=Role.VERIFIER)
        seen = visit(siti, siti.register("Nur Aini"), income=1)
        province.settle(siti, rina)
    backup = _backup(folder)
    with _running(province, folder):
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
    with _running(province, backup, restored=True):
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
    with _running(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        seen = visit(siti, siti.register("Nur Aini"), income=1)
        province.settle(siti, budi)
        move(province, budi, seen, "draft > submitted", Role.FACILITATOR)
        move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
        siti.sync()
    backup = _backup(folder)
    with _running(province, backup, restored=True):
        province.settle(siti, budi)
        assert province.aside() == []
        assert budi.conflicts() == []
        assert state(budi, seen) == "submitted"


def test_an_answer_to_one_op_does_not_answer_what_waits_for_something_else(
    province: Province, folder: Path
) -> None:
    with _running(province, folder):
        siti, rina = province.laptop("siti"), province.laptop("rina", role=Role.VERIFIER)
        seen = visit(siti, siti.register("Nur Aini"), income=1)
        province.settle(siti, rina)
    backup = _backup(folder)
    with _running(province, folder):
        move(province, siti, seen, "draft > submitted", Role.FACILITATOR)
        province.settle(siti, rina)
        rina.edit(seen, "visit", **{"answers.income": 7})  # which the district may not
        move(province, rina, seen, "submitted > verified", Role.VERIFIER)
        rina.sync()
    with _running(province, backup, restored=True):
        rina.sync()
        wrong = next(one for one in province.aside() if one.reason == "forbidden")
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
    with _running(province, folder):
        siti, budi, rina = (province.laptop(one) for one in ("siti", "budi", "rina"))
        siti.register("Nur Aini")
        province.settle(siti, budi, rina)
    backup = _backup(folder)
    with _running(province, folder):
        family = siti.register("Rahmawati")
        province.settle(siti, budi, rina)
        budi.edit(family, hamlet="Salah")
        budi.sync()
        rina.edit(family, rt="001")
        rina.add_member(family, "Dewi")
        rina.sync()

    with _running(province, backup, restored=True):
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

    with _running(province, backup, restored=True):
        rina.sync()
        (waiting,) = province.aside()
        name = waiting.digest.hex()
        (told,) = decisions.let_in(province.database, province.clock(), name)
        assert "still waits: depends" in told
        province.settle(siti, rina)
        assert province.aside() == []
        assert [one.field for one in rina.conflicts()] == ["state"], "what was lost is asked about"
