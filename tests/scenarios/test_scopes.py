"""Scopes are granted and withdrawn: what is not ours to see goes, what we wrote while it was, stays."""

from server.queries import accounts
from tests.scenarios.conftest import Province
from tests.servers import VILLAGE

_OTHER = "36.02.01.2001"


def _grant(province: Province, login: str, scope: str) -> None:
    with province.database.writing() as connection:
        accounts.grant(connection, accounts.named(connection, login), scope, province.clock())


def _withdraw(province: Province, login: str, scope: str) -> None:
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
    _grant(province, "siti", _OTHER)
    province.settle(siti)

    assert siti.row(there) is not None


def test_a_withdrawn_scope_is_purged_once_all_of_it_is_confirmed(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    province.clock.advance(60)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    _withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    province.settle(siti, budi)

    assert siti.row(family) is None
    row = budi.row(family)
    assert row is not None
    assert row["hamlet"] == "Wetan", "it was written while it was granted"
    assert province.aside() == []


def test_what_was_written_after_the_grant_ended_is_set_aside(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti)
    province.clock.advance(60)
    _withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    siti.edit(family, hamlet="Wetan")
    siti.sync()

    assert [row.reason for row in province.aside()] == ["scope_not_granted"]
    assert province.row(family).hamlet == "Krajan"


def test_a_scope_granted_again_comes_back(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    _withdraw(province, "siti", VILLAGE)
    province.clock.advance(60)
    province.settle(siti)
    assert siti.row(family) is None
    _grant(province, "siti", VILLAGE)
    province.clock.advance(60)
    province.settle(siti)

    assert siti.row(family) is not None
