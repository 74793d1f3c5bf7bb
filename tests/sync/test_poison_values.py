"""A value that no record allows stops nobody: it is set aside, and everything after it goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop.models.operations import businesses
from desktop.models.ops import Op
from desktop.models.records.businesses import Business
from desktop.models.store.meta import Meta, get_meta
from desktop.models.store.writer import current_log, write_outbox
from server.database import Database
from tests.conftest import MakeServer
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE, Clock

POISON: dict[str, dict[str, Any]] = {
    "text for a number": {"welfare_decile": "5"},
    "a truth for a number": {"welfare_decile": True},
    "a fraction for a number": {"welfare_decile": 2.5},
    "a number that is too large": {"welfare_decile": 10**30},
    "a number for text": {"hamlet": 5},
    "a list for text": {"hamlet": ["Krajan"]},
    "a map for text": {"note": {"a": 1}},
    "no date": {"registered_on": "2026-02-31"},
    "a number for a date": {"registered_on": 20261121},
    "a state that there is not": {"status": "asleep"},
    "a time without its offset": {"deleted_at": "2026-11-21T03:05:00"},
}


def forge(laptop: Laptop, row_id: UUID, fields: dict[str, Any], table: str = "household") -> None:
    """Captures an op that the program itself would not write."""
    with laptop.store.writing() as connection:
        user = UUID(get_meta(connection, Meta.USER_ID))
        at = int(laptop.clock().timestamp() * 1000)
        op = Op(table, row_id, VILLAGE, 0, "", at, user, fields)
        write_outbox(connection, current_log(connection), [(op, None)])


@pytest.fixture
def crowd(database: Database, make_server: MakeServer, tmp_path: Path) -> Iterator[Province]:
    """A province on either kind of database: each refuses other values."""
    clock = Clock()
    province = Province(database, make_server(database, clock), clock, tmp_path)
    yield province
    for laptop in province.laptops:
        laptop.close()


def test_poison_is_set_aside_and_the_rest_goes_on(crowd: Province) -> None:
    siti, budi = crowd.laptop("siti"), crowd.laptop("budi")
    for fields in POISON.values():
        forge(siti, siti.register("Nur Aini"), fields)
    family = siti.register("Siti")
    siti.sync()
    budi.sync()
    aside = [op for op in siti.outbox() if op.state == "quarantined"]
    assert [op.fields for op in aside] == list(POISON.values())
    assert {op.reason for op in aside} == {"invalid"}
    assert budi.row(family) is not None
    crowd.assert_dense()


@pytest.mark.parametrize("revenue", [0, 2_500_000, 2**31, 10**15])
def test_an_amount_of_rupiah_arrives(crowd: Province, revenue: int) -> None:
    siti = crowd.laptop("siti")
    month = report(siti, revenue)
    siti.sync()
    assert siti.states() == {"confirmed"}
    assert crowd.row(month, "progress_report").revenue == revenue


def report(laptop: Laptop, revenue: int) -> UUID:
    """A family with a business and one month of it."""
    business = Business(scope=VILLAGE, household_id=laptop.register("Nur Aini"), name="Warung")
    with laptop.store.recording() as writer:
        businesses.begin(writer, business)
        return businesses.report_month(
            writer, (business.id, VILLAGE), "2026-10", {"revenue": revenue}
        )
