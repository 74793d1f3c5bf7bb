"""A snapshot gives the same store as pages would have given, whatever is recorded beside it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from desktop.models.records.people import Role
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.writer import Writer
from desktop.models.tables import CONFLICT, REGION, SYNCED
from desktop.sync.faults import SyncFault
from server.queries import accounts
from tests.models.store.families import begin_visit, finish_visit, record_family
from tests.scenarios.conftest import Province
from tests.scenarios.first_download.downloading import (
    DISTRICT,
    OTHER,
    Watch,
    assert_same,
    contents,
    families,
    fetch_by_pages,
    is_clean,
    newcomer,
    snapshots_of,
)
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE
from tests.simulation.people import Person


@dataclass
class Hands:
    """A laptop as the people of the simulation use one."""

    laptop: Laptop
    role: Role

    @property
    def login(self) -> str:
        return self.laptop.login

    @property
    def user_id(self) -> UUID:
        with self.laptop.store.reading() as connection:
            return UUID(get_meta(connection, Meta.USER_ID))

    def now(self) -> Any:
        return self.laptop.clock()

    def at_work(self) -> AbstractContextManager[None]:
        return nullcontext()

    def record(self, work: Callable[[Writer], object]) -> None:
        with self.laptop.store.recording() as writer:
            work(writer)

    def ids(self, table: str, scopes: frozenset[str]) -> list[UUID]:
        rows = SYNCED[table]
        living = select(rows.c.id).where(rows.c.deleted_at.is_(None), rows.c.scope.in_(scopes))
        return [row.id for row in self._rows(living.order_by(rows.c.id))]

    def one(self, table: str, row_id: UUID) -> Any:
        return self._rows(select(SYNCED[table]).where(SYNCED[table].c.id == row_id))[0]

    def open_conflicts(self) -> list[Any]:
        return self._rows(select(CONFLICT).where(CONFLICT.c.resolved_at.is_(None)))

    def _rows(self, query: Any) -> list[Any]:
        with self.laptop.store.reading() as connection:
            return list(connection.execute(query).all())


def _work(province: Province, seed: int, doings: int = 60) -> None:
    """Three people record, edit, delete, decide and clash in two villages, by a seed."""
    chance = Random(seed)  # noqa: S311 a story, not a secret
    scopes = frozenset({VILLAGE, OTHER})
    laptops = [
        (province.laptop(f"{login}-{seed}", [DISTRICT], role), role)
        for login, role in (
            ("siti", Role.FACILITATOR),
            ("budi", Role.FACILITATOR),
            ("dewi", Role.VERIFIER),
        )
    ]
    store = laptops[0][0].store
    family = record_family(
        store, "Nur Aini", "Budi", national_id="3601010101010001", card="3601010101010009"
    )
    finish_visit(store, family, begin_visit(store, family, rooms=2))
    laptops[0][0].edit(family.id, welfare_decile=1, solar_panel="of a newer version")
    for laptop, _ in laptops[:2]:
        laptop.sync()
    for decile, (laptop, _) in enumerate(laptops[:2]):
        laptop.edit(family.id, welfare_decile=2 + decile)
    people = [Person(Hands(one, role), scopes, chance) for one, role in laptops]  # type: ignore[arg-type]
    for doing in range(doings):
        province.clock.advance(30)
        person = chance.choice(people)
        person.act()
        if doing % 12 == 0:
            person.laptop.laptop.sync()  # type: ignore[attr-defined]
    province.settle(*(one for one, _ in laptops))
    laptops[0][0].delete(family.members[1], "member")
    province.settle(laptops[0][0])


@pytest.mark.parametrize("seed", range(3))
def test_a_snapshot_gives_what_pages_give(
    province: Province, seed: int, watched: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    _work(province, seed)
    by_pages, by_snapshot = newcomer(province, "asep"), newcomer(province, "rina")
    fetch_by_pages(by_pages, monkeypatch)
    client = watched(by_snapshot)
    assert by_snapshot.try_sync(client).fault is None

    assert client.asked, "something came as a snapshot"
    assert_same(by_snapshot, by_pages)
    found = contents(by_snapshot)
    for name in ("family_card", "member", "visit", "visit_member", "state_move", "conflict"):
        assert found[name], f"nothing was compared in {name}"
    assert [one for one in found["household"].values() if one["extra"]]
    assert [
        one for name in ("household", "member") for one in found[name].values() if one["deleted_at"]
    ]
    province.settle(by_snapshot, by_pages)
    assert is_clean(by_snapshot)


def test_work_goes_on_after_a_snapshot(province: Province, watched: Watch) -> None:
    families(province)
    rina, asep = newcomer(province, "rina"), province.laptop("asep", [DISTRICT])
    for laptop in (rina, asep):
        laptop.try_sync(watched(laptop))
    family = asep.register("Nur Aini")
    old = next(iter(contents(asep)["household"]))
    asep.edit(old, hamlet="Tengah")
    province.settle(asep, rina)

    assert rina.row(family) is not None
    row = rina.row(old)
    assert row is not None
    assert row["hamlet"] == "Tengah"


def test_whoever_recorded_there_before_gets_pages(province: Province, watched: Watch) -> None:
    families(province)
    rina = province.laptop("rina", [DISTRICT])
    family = rina.register("Nur Aini")
    client = watched(rina)
    assert rina.try_sync(client).fault is None

    names = {made.scope: made.name for made in snapshots_of(province)}
    assert client.asked == [names[OTHER]]
    assert rina.row(family) is not None
    province.settle(rina)


def test_what_is_recorded_while_it_comes_stays(province: Province, watched: Watch) -> None:
    """Recorded, sent and confirmed in a village whose download goes on only afterwards."""
    families(province)
    rina = province.laptop("rina")
    assert rina.try_sync(watched(rina, cut_after=100)).fault is SyncFault.CUT_OFF
    family = rina.register("Nur Aini", hamlet="Krajan")
    client = watched(rina, cut_after=100)
    assert rina.try_sync(client).fault is SyncFault.CUT_OFF
    rina.edit(family, hamlet="Wetan")
    client.cut_after = None
    assert rina.try_sync(client).fault is None

    assert client.asked == [], "the one that was begun was gone on with"
    row = rina.row(family)
    assert row is not None
    assert row["hamlet"] == "Wetan"
    province.settle(rina)
    assert contents(rina)["indexed"]


def test_what_has_no_place_here_is_fetched_once(province: Province, watched: Watch) -> None:
    """The family of a begun visit moved to a village that is given to us now."""
    siti = province.laptop("siti")
    office = families(province, "office")
    family = siti.register("Nur Aini")
    province.settle(siti, office)
    siti.begin_visit(family)
    office.relocate(family, OTHER)
    office.sync()
    siti.sync()
    province.clock.advance(60)
    with province.database.writing() as connection:
        accounts.grant(connection, accounts.named(connection, "siti"), OTHER, province.clock())

    client = watched(siti)
    assert siti.try_sync(client).fault is None
    assert len(client.asked) == 1
    province.settle(siti)
    assert siti.everything()[family][1] == OTHER


def test_the_village_is_found_by_its_name(province: Province, watched: Watch) -> None:
    families(province)
    rina = newcomer(province, "rina")
    with rina.store.writing() as connection:
        connection.execute(
            REGION.insert().values(code=VILLAGE, name="Sukamaju", level="village", kind="desa")
        )
    rina.sync()
    with rina.store.reading() as connection:
        found = text("SELECT count(*) FROM search_index WHERE search_index MATCH 'sukamaju'")
        assert connection.execute(found).scalar() == 5
