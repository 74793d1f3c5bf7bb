"""Scopes are granted and withdrawn: what is not ours to see goes, what we wrote while it was, stays."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from desktop.models.changes import Changes
from desktop.models.operations import visits
from desktop.models.queries.transport import Transport, transport_of
from desktop.models.records.people import Role
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, get_meta
from desktop.models.tables import STAGED_PAGE
from desktop.sync.client import Client
from desktop.sync.engine import Engine, Pace
from desktop.sync.faults import SyncFailure, SyncFault
from desktop.sync.messages import Answer, Entry, Request
from server import decisions
from server.queries import accounts
from server.tables import SCOPE_GRANT
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import AnswerLost, Laptop, later
from tests.servers import VILLAGE

_OTHER = "36.02.01.2001"


def grant(province: Province, login: str, scope: str) -> None:
    with province.database.writing() as connection:
        accounts.grant(connection, accounts.named(connection, login), scope, province.clock())


def withdraw(province: Province, login: str, scope: str) -> None:
    with province.database.writing() as connection:
        accounts.withdraw(connection, accounts.named(connection, login), scope, province.clock())


def test_only_granted_scopes_arrive(province: Province) -> None:
    siti, dewi = province.laptop("siti"), province.laptop("dewi", scopes=[_OTHER])
    here, there = siti.register("Nur Aini"), dewi.register("Dewi Sartika", _OTHER)
    province.settle(siti, dewi)

    assert siti.row(there) is None
    assert dewi.row(here) is None


def test_a_new_scope_comes_whole(province: Province) -> None:
    siti, dewi = province.laptop("siti"), province.laptop("dewi", scopes=[_OTHER])
    there = dewi.register("Dewi Sartika", _OTHER)
    province.settle(siti, dewi)
    grant(province, "siti", _OTHER)
    province.settle(siti)

    assert siti.row(there) is not None


def test_a_withdrawn_scope_is_purged_once_all_of_it_is_confirmed(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    province.clock.advance(60)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    province.settle(siti, budi)

    assert siti.row(family) is None
    row = budi.row(family)
    assert row is not None
    assert row["hamlet"] == "Wetan", "it was written while it was granted"
    assert province.aside() == []


def _edits_too_late(province: Province, siti: Laptop) -> UUID:
    """A family that was edited after its village was withdrawn."""
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.edit(family, hamlet="Wetan")
    siti.sync()
    return family


def test_what_was_written_after_the_grant_ended_is_set_aside(province: Province) -> None:
    siti = province.laptop("siti")
    family = _edits_too_late(province, siti)

    assert [row.reason for row in province.aside()] == ["scope_not_granted"]
    assert province.row(family).hamlet == "Krajan"


def test_a_scope_granted_again_comes_back(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    province.settle(siti)
    assert siti.row(family) is None
    grant(province, "siti", VILLAGE)
    province.clock.advance(60)
    province.settle(siti)

    assert siti.row(family) is not None


@pytest.mark.parametrize("decision", ["let in", "answered"])
def test_what_was_set_aside_stays_with_its_family_until_the_office_decides(
    province: Province, decision: str
) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.edit(family, hamlet="Wetan")
    new = siti.register("Rahmawati")
    siti.sync()
    assert siti.states() == {"confirmed", "quarantined"}
    assert shown(siti, family) == ("Wetan", Transport.SET_ASIDE)
    assert siti.row(new) is not None

    grant(province, "siti", VILLAGE)
    siti.sync()
    assert shown(siti, family) == ("Wetan", Transport.SET_ASIDE), "it was not decided yet"
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    while held := decisions.listing(province.database):
        name = held[0].split("\t")[0]
        if decision == "let in":
            decisions.let_in(province.database, province.clock(), name)
        else:
            decisions.answer(province.database, province.clock(), name, "Bukan desa Anda")
    siti.sync()
    siti.sync()
    assert VILLAGE not in siti.scopes()
    assert {name for name, _, _ in siti.everything().values()} == {"user"}


def test_what_is_answered_leaves_the_one_under_it_with_the_family_that_it_names(
    province: Province,
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    first, second = budi.register("Nur Aini"), budi.register("Rahmawati")
    province.settle(budi, siti)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    member = siti.add_member(first, "Dewi")
    siti.edit(member, "member", household_id=str(second))
    siti.sync()
    assert siti.states() == {"quarantined"}

    last = province.aside()[-1].digest.hex()
    decisions.answer(province.database, province.clock(), last, "Tetap di keluarga yang lama")
    siti.sync()
    assert siti.members_of(first) == [member]


def test_a_scope_that_is_given_back_shows_at_once_what_was_written_meanwhile(
    province: Province,
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family, gone = siti.register("Nur Aini", hamlet="Krajan"), siti.register("Dewi")
    province.settle(siti, budi)
    siti.begin_visit(family)
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    siti.sync()
    assert siti.row(family) is not None, "a visit was begun"
    budi.edit(family, hamlet="Wetan")
    budi.delete(gone)
    budi.sync()
    grant(province, "siti", VILLAGE)
    siti.sync()
    assert shown(siti, family) == ("Wetan", Transport.CONFIRMED)
    province.assert_agrees(siti)


def cut_after(laptop: Laptop, round_trips: int) -> None:
    """A sync of one entry a page, whose line breaks off."""

    class Cut(Client):
        left = round_trips

        def exchange(self, request: Request) -> tuple[Answer, float]:
            if not self.left:
                raise SyncFailure(SyncFault.CUT_OFF)
            self.left -= 1
            return super().exchange(request)

    with laptop.store.reading() as connection:
        client = Cut(laptop.server, get_meta(connection, Meta.TOKEN))
    try:
        Engine(laptop.store, client, "0.1.0", Pace(ops=1, room=1, fast_seconds=0)).run()
    finally:
        client.close()


def _staged(laptop: Laptop) -> list[str]:
    with laptop.store.reading() as connection:
        return list(connection.execute(select(STAGED_PAGE.c.scope).distinct()).scalars())


@pytest.fixture
def kept(province: Province) -> tuple[Laptop, Laptop, UUID]:
    """A facilitator with a begun visit, somebody else who wrote much meanwhile, and the family."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = budi.register("Nur Aini", hamlet="Krajan", welfare_decile=3)
    province.settle(budi, siti)
    siti.begin_visit(family)
    for _ in range(6):
        budi.register("Baru")
    budi.sync()
    return siti, budi, family


def test_a_scope_is_whole_that_was_withdrawn_and_given_back_between_two_pages(
    province: Province, kept: tuple[Laptop, Laptop, UUID]
) -> None:
    siti, budi, _ = kept
    cut_after(siti, 3)
    assert _staged(siti) == [VILLAGE]
    for change in (withdraw, grant):
        change(province, "siti", VILLAGE)
        province.clock.advance(60)
        siti.sync()
    province.settle(siti, budi)
    assert len(siti.everything()) == len(budi.everything())


def test_what_is_written_while_a_scope_comes_anew_knows_of_what_was_shown(
    province: Province, kept: tuple[Laptop, Laptop, UUID]
) -> None:
    siti, budi, family = kept
    siti.sync()
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.sync()
    grant(province, "siti", VILLAGE)
    province.clock.advance(60)
    cut_after(siti, 3)
    assert _staged(siti) == [VILLAGE]
    siti.edit(family, welfare_decile=4)
    province.settle(siti, budi)
    assert budi.conflicts() == []
    assert province.row(family).welfare_decile == 4


def test_a_wrong_clock_takes_no_scope_away(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    until = province.clock() + timedelta(days=300)
    with province.database.writing() as connection:
        connection.execute(update(SCOPE_GRANT).values(valid_to=until))
    siti.sync()
    siti.store.close()
    siti.store = Store.open(siti.folder, later(province.clock, days=400))
    siti.sync()
    assert siti.row(family) is not None


def test_a_grant_that_ran_out_is_noticed_though_nothing_is_new(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    province.settle(siti)
    until = province.clock() + timedelta(hours=1)
    with province.database.writing() as connection:
        connection.execute(update(SCOPE_GRANT).values(valid_to=until))
    siti.sync()
    assert siti.row(family) is not None
    province.clock.advance(7200)
    siti.store.close()
    siti.store = Store.open(siti.folder, later(province.clock, hours=-5))  # its clock is slow
    siti.sync()
    siti.sync()
    assert siti.row(family) is None


def test_a_scope_that_a_visit_held_back_goes_when_the_visit_does(province: Province) -> None:
    siti = province.laptop("siti", [VILLAGE, _OTHER])
    family, other = siti.register("Nur Aini"), siti.register("Dewi", _OTHER)
    province.settle(siti)
    draft = siti.begin_visit(family)
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    siti.sync()
    with siti.store.writing() as connection:
        visits.discard_draft(connection, draft.id)
    told: list[Changes] = []
    with siti.client() as client:
        run = Engine(siti.store, client, "0.1.0", on_changes=told.append).run()
    assert (run.fault, run.traffic.bytes_down) == (None, 2), "the province has nothing to say"
    assert siti.row(family) is None
    assert siti.row(other) is not None
    assert family in told[0].of("household")


def test_so_does_what_the_office_let_in_meanwhile(province: Province) -> None:
    """The scope was purged before: of it there is only what had been set aside."""
    siti = province.laptop("siti", [VILLAGE, _OTHER])
    family = _edits_too_late(province, siti)
    draft = siti.begin_visit(family)
    (held,) = decisions.listing(province.database)
    decisions.let_in(province.database, province.clock(), held.split("\t")[0])
    siti.sync()
    assert siti.row(family) is not None
    with siti.store.writing() as connection:
        visits.discard_draft(connection, draft.id)
    siti.sync()
    assert siti.states() == {"confirmed"}
    assert siti.row(family) is None


def test_so_does_a_scope_whose_first_answer_was_lost(province: Province) -> None:
    siti = province.laptop("siti", [VILLAGE, _OTHER])
    siti.sync()
    family = siti.register("Nur Aini")
    draft = siti.begin_visit(family)
    with siti.client() as own:
        client = AnswerLost(own.server, own.token)
    assert siti.try_sync(client).fault is SyncFault.CUT_OFF
    client.close()
    province.clock.advance(60)
    withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.sync()
    assert siti.row(family) is not None
    with siti.store.writing() as connection:
        visits.discard_draft(connection, draft.id)
    siti.sync()
    assert siti.row(family) is None
    siti.assert_whole()


def shown(laptop: Laptop, family: UUID) -> tuple[str, Transport]:
    with laptop.store.reading() as connection:
        transport = transport_of(connection, [family])[family]
    row = laptop.row(family)
    assert row is not None
    return str(row["hamlet"]), transport


def test_of_who_left_before_the_grant_nothing_is_told(province: Province) -> None:
    siti = province.laptop("siti")
    office = province.laptop("office", ["36.01.01"], Role.VERIFIER)
    family = siti.register("Nur Aini")
    province.settle(siti, office)
    office.relocate(family, "36.01.01.2002")
    office.sync()
    province.clock.advance(60)
    budi = province.laptop("budi")
    told: list[Entry] = []

    class Listening(Client):
        def exchange(self, request: Request) -> tuple[Answer, float]:
            answer, seconds = super().exchange(request)
            told.extend(entry for page in answer.pages for entry in page.entries)
            return answer, seconds

    with budi.client() as own:
        client = Listening(own.server, own.token)
    assert budi.try_sync(client).fault is None
    client.close()

    of_family = [entry for entry in told if entry.row_id == family]
    assert [(entry.remove, entry.fields) for entry in of_family] == [(True, {})]
    assert not [entry for entry in told if entry.fields.get("name") == "Nur Aini"]
