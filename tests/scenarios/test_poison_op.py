"""One op in the middle of a batch cannot be applied: it is set aside, the rest goes on."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest

from desktop.models.ops import Op
from desktop.models.records.base import new_id
from desktop.models.records.households import Household, Member
from desktop.models.store import writer as writer_module
from server.queries import verification
from server.queries.families import load_with_owners
from server.queries.rows import Rows
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

ENDLESS: Any = []
for _ in range(250):
    ENDLESS = [ENDLESS]


def _write_past_the_rules(laptop: Laptop, row_id: UUID, **fields: object) -> None:
    """As a broken program would: an op with a value that no rule allows."""
    with patch.object(writer_module, "is_storable", bool), laptop.store.recording() as writer:
        writer.update("household", row_id, dict(fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(("field", "value"), [("welfare_decile", 99), ("new_in_2027", ENDLESS)])
def test_a_poison_op_is_quarantined_and_the_rest_goes_on(
    province: Province, field: str, value: Any
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    first, poisoned, last = (siti.register(name) for name in ("Nur", "Aini", "Rahma"))
    province.settle(siti, budi)

    siti.edit(first, hamlet="Krajan")
    _write_past_the_rules(siti, poisoned, **{field: value})
    siti.edit(last, hamlet="Wetan")
    province.settle(siti, budi)

    assert siti.states() == {"confirmed", "quarantined"}
    (aside,) = province.aside()
    assert (aside.reason, aside.detail) == ("invalid", field)
    assert aside.fields == {field: value}, "kept verbatim"
    mine = siti.row(poisoned)
    assert mine is not None
    assert mine[field] == value, "the laptop shows its own value until the office answers"
    for family, hamlet in ((first, "Krajan"), (last, "Wetan")):
        row = budi.row(family)
        assert row is not None
        assert row["hamlet"] == hamlet
    theirs = budi.row(poisoned)
    assert theirs is not None
    assert field not in theirs


def test_what_depends_on_a_quarantined_op_goes_with_it(province: Province) -> None:
    siti = province.laptop("siti")
    stranger = "36.02.01.2001"
    siti.sync()
    with siti.store.recording() as writer:
        household = Household(scope=stranger)
        writer.insert(household)
        writer.insert(Member(scope=stranger, household_id=household.id, name="Orang Lain"))
    here = siti.register("Nur Aini", VILLAGE)
    siti.sync()

    assert {row.reason for row in province.aside()} == {"scope_not_granted"}
    assert len(province.aside()) == 2
    assert province.row(here) is not None
    assert province.row(household.id) is None


def test_of_two_rows_with_one_id_that_come_at_one_moment_one_is_set_aside(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They lie in two villages, so neither waits for the other; no backup that has both is whole."""
    if province.database.is_file:
        pytest.skip("a file has one writer")
    siti, budi = province.laptop("siti"), province.laptop("budi", ["36.01.01.2002"])
    made = new_id()
    siti.register("Nur Aini", id=made)
    budi.register("Dewi", "36.01.01.2002", id=made)
    both, met = Barrier(2), Event()

    def together(rows: Rows, ops: Iterable[Op]) -> None:
        load_with_owners(rows, ops)
        if not met.is_set():
            both.wait(10)
            met.set()

    monkeypatch.setattr("server.queries.merge.load_with_owners", together)
    with ThreadPoolExecutor(2) as threads:
        runs = list(threads.map(Laptop.try_sync, (siti, budi)))

    assert [run.fault for run in runs] == [None, None]
    assert [op.table_name for op in province.aside()] == ["household", "member"]
    with province.database.reading() as connection:
        verification.check(
            connection, verification.heads(connection), verification.counts(connection)
        )
    province.assert_dense()
