"""Laptops send again what a restored province has lost, show it meanwhile, and call nothing sent that is not."""

from collections.abc import Generator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.models.queries.transport import Transport
from desktop.models.store.meta import Meta, get_meta
from desktop.sync import messages
from desktop.sync.client import Client
from desktop.sync.engine import Engine, Pace
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.status import status
from server import decisions
from server.queries import snapshots
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.scenarios.restored_server.restoring import backup_of, served
from tests.scenarios.test_scopes import cut_after, shown, withdraw
from tests.servers import VILLAGE


def test_nothing_is_lost(province: Province, folder: Path) -> None:
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = siti.register("Nur Aini", hamlet="Krajan")
        province.settle(siti, budi)
    backup = backup_of(folder)
    with served(province, folder):
        province.clock.advance(60)
        lost_by_siti = siti.register("Rahmawati")
        province.settle(siti, budi)
        province.clock.advance(60)
        budi.edit(family, hamlet="Wetan")
        head = budi.members_of(lost_by_siti)[0]
        budi.edit(head, "member", occupation="Petani")
        lost_by_budi = budi.register("Budiman")
        province.settle(budi, siti)
    with served(province, backup, restored=True):
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
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        siti.register("Nur Aini")
        province.settle(siti, budi)
    backup = backup_of(folder)
    with served(province, folder):
        family = siti.register("Rahmawati")
        province.settle(siti, budi)
        member = budi.add_member(family, "Anak")
        province.settle(budi)
    with served(province, backup, restored=True):
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
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
        family = siti.register("Nur Aini")
        province.settle(siti, budi)
    backup = backup_of(folder)
    with served(province, folder):
        province.clock.advance(60)
        siti.register("Rahmawati")
        province.settle(siti, budi)
        budi.edit(family, hamlet="Wetan")
    with served(province, backup, restored=True):
        with budi.store.reading() as connection:
            client = _AsksForThePast(budi.server, get_meta(connection, Meta.TOKEN))
        assert budi.try_sync(client).fault is SyncFault.OFFLINE
        client.close()
        assert client.has_asked
        assert len(budi.members_of(family)) == 1, "the province has it, and has yet to tell"
        province.settle(siti, budi, siti)


def test_what_was_answered_goes_with_the_scope_that_was_lost(
    province: Province, folder: Path
) -> None:
    """The answer comes with the word that the province has nothing of the scope any more."""
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
    backup = backup_of(folder)
    with served(province, folder):
        family = budi.register("Nur Aini")
        province.settle(budi, siti)
        visit = siti.visit(family)
    with served(province, backup, restored=True):
        with siti.client() as client:
            engine = Engine(siti.store, client, "0.1.0")
            engine.is_cancelled = lambda: siti.states() == {"quarantined"}
            assert engine.run().fault is SyncFault.STOPPED
        held = decisions.listing(province.database)[0].split("\t")[0]
        decisions.answer(province.database, province.clock(), held, "Sudah dicatat.")
        siti.sync()
        assert siti.states() == {"answered"}
        assert siti.row(visit, "visit") is None
        province.settle(budi, siti)


def test_a_first_download_is_begun_anew_in_another_life(
    province: Province, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came of a snapshot of the life before is thrown away, however near it was to its end."""
    monkeypatch.setattr(snapshots, "OFFER_FROM", 10)
    with served(province, folder):
        siti, rina = province.laptop("siti"), province.laptop("rina")
        kept = [siti.register("Nur Aini") for _ in range(6)]
        siti.sync()
    backup = backup_of(folder)
    with served(province, folder):
        lost = [siti.register("Rahmawati") for _ in range(6)]
        siti.sync()
        with rina.store.reading() as connection:
            client = _CutInTheMiddle(rina.server, get_meta(connection, Meta.TOKEN))
        assert rina.try_sync(client).fault is SyncFault.CUT_OFF
        client.close()
    with served(province, backup, restored=True):
        rina.sync()
        assert rina.row(kept[0]) is not None
        assert rina.row(lost[0]) is None, "the province has lost it, until it is sent again"
        province.settle(siti, rina)
        assert rina.row(lost[0]) is not None


class _CutInTheMiddle(Client):
    """A session that breaks off with the first bytes of a snapshot."""

    def fetch(self, name: str, begins: int) -> Generator[bytes, None, None]:
        yield next(super().fetch(name, begins))[:100]
        raise SyncFailure(SyncFault.CUT_OFF)


def test_the_first_op_after_a_restore_does_not_take_its_row_away(
    province: Province, folder: Path
) -> None:
    with served(province, folder):
        siti, budi = province.laptop("siti"), province.laptop("budi")
    backup = backup_of(folder)
    with served(province, folder):
        budi.register("Nur Aini")
        province.settle(budi, siti)
        family = siti.register("Rahmawati")
    with served(province, backup, restored=True):
        siti.pace = Pace(ops=1, fast_seconds=-1)
        siti.sync()  # its cursor counts in the log that was lost, not in this one
        assert len(siti.members_of(family)) == 1
        province.settle(siti, budi, siti)


@pytest.mark.parametrize("round_trips", [3, 4])
def test_what_waits_lies_over_its_row_when_that_comes_again_and_is_not_called_sent(
    province: Province, folder: Path, round_trips: int
) -> None:
    """The village had been taken away, and with it the rows that lay under what was sent."""
    with served(province, folder):
        siti = province.laptop("siti")
        family = siti.register("Nur Aini", hamlet="Krajan")
        siti.sync()
    province.clock.advance(60)
    backup = backup_of(folder)
    with served(province, folder):
        siti.edit(family, hamlet="Kulon")
        siti.edit(family, hamlet="Wetan")
        siti.sync()
        province.clock.advance(60)
        withdraw(province, "siti", VILLAGE)
        province.clock.advance(60)
        siti.sync()
        assert siti.row(family) is None
    with served(province, backup, restored=True):
        cut_after(siti, round_trips)
        assert shown(siti, family) == ("Wetan", Transport.WAITING)
        siti.sync()
        assert shown(siti, family) == ("Wetan", Transport.CONFIRMED)
        province.assert_agrees(siti)


def test_an_answer_that_says_nothing_of_our_log_does_not_say_that_all_of_it_is_there(
    province: Province, folder: Path
) -> None:
    with served(province, folder):
        siti = province.laptop("siti")
        family = siti.register("Nur Aini", hamlet="Krajan")
        siti.sync()
    backup = backup_of(folder)
    with served(province, folder):
        siti.edit(family, hamlet="Kulon")
        siti.sync()
    said = _confirmed_at(siti)
    with served(province, backup, restored=True):
        province.clock.advance(3600)
        cut_after(siti, 1)
        assert province.row(family).hamlet == "Krajan"
        assert _confirmed_at(siti) == said
        siti.sync()
        assert _confirmed_at(siti) == province.clock()


def _confirmed_at(laptop: Laptop) -> datetime | None:
    with laptop.store.reading() as connection:
        return status(connection).confirmed_at
