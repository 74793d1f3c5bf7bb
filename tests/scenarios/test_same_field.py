"""Two laptops change the same field: the later stands, the other is kept, everybody sees both."""

import pytest
from fastapi import Request

from desktop.models.operations import decisions
from server.resources import sync as resource
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop


def _conflict(laptop: Laptop) -> tuple[object, ...]:
    (conflict,) = laptop.conflicts()
    return conflict.field, conflict.base_value, conflict.kept["value"], conflict.other["value"]


def test_the_later_write_stands_whoever_syncs_first(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)

    province.clock.advance(60)
    siti.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    province.clock.advance(60)
    budi.sync()
    province.settle(siti, budi)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert row["hamlet"] == "Kulon"
        assert _conflict(laptop) == ("hamlet", "Krajan", "Kulon", "Wetan")
    province.assert_dense()


def test_in_a_guarded_field_the_incumbent_stays(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", welfare_decile=3)
    province.settle(siti, budi)

    siti.edit(family, welfare_decile=2)
    siti.sync()
    province.clock.advance(60)
    budi.edit(family, welfare_decile=1)
    province.settle(budi, siti)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert row["welfare_decile"] == 2
        assert _conflict(laptop) == ("welfare_decile", 3, 2, 1)


def test_a_decision_travels(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.edit(family, hamlet="Wetan")
    budi.edit(family, hamlet="Kulon")
    province.settle(siti, budi)

    (conflict,) = siti.conflicts()
    with siti.store.recording() as writer:
        decisions.resolve(
            writer, conflict.id, ("household", family), "hamlet", "Wetan", reason="asked them"
        )
    province.settle(siti, budi)

    (decided,) = budi.conflicts()
    row = budi.row(family)
    assert row is not None
    assert row["hamlet"] == decided.resolved_value == "Wetan"
    assert decided.reason == "asked them"


def test_a_line_on_which_sending_takes_minutes_is_no_wrong_clock(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    siti.edit(family, hamlet="Kulon")
    province.clock.advance(60)
    budi.edit(family, hamlet="Wetan")
    budi.sync()
    whole = resource._body

    async def slow(request: Request) -> bytes:
        body = await whole(request)
        province.clock.advance(120)
        return body

    monkeypatch.setattr(resource, "_body", slow)
    siti.sync()

    assert province.row(family).hamlet == "Wetan", "it was written last"
