"""A laptop with a newer program and one with an older: what one does not know, it keeps."""

import pytest

from desktop.models.ops import Op
from desktop.models.records import catalogue
from desktop.models.records.base import new_id
from desktop.models.records.visits import VisitRepeat
from desktop.models.store.writer import current_log, write_outbox
from server.queries import schema, snapshots
from tests.scenarios.conftest import Province
from tests.servers import VILLAGE


def test_a_field_of_a_newer_version_survives_the_older_one(province: Province) -> None:
    new, old = province.laptop("siti"), province.laptop("budi")
    family = new.register("Nur Aini", hamlet="Krajan")
    province.settle(new, old)

    new.edit(family, solar_panel="yes")
    province.settle(new, old)
    old.edit(family, hamlet="Wetan")
    province.settle(old, new)

    for laptop in (new, old):
        row = laptop.row(family)
        assert row is not None
        assert (row["hamlet"], row["solar_panel"]) == ("Wetan", "yes")
    assert province.row(family).extra == {"solar_panel": "yes"}


def test_a_table_of_a_newer_version_is_kept_for_the_office(province: Province) -> None:
    siti = province.laptop("siti")
    province.settle(siti)
    with siti.store.recording() as writer:
        user = writer.user_id
    with siti.store.writing() as connection:
        op = Op("99", new_id(), VILLAGE, 0, "", 1_795_000_000_000, user, {"name": "baru"})
        write_outbox(connection, current_log(connection), [(op, None)])
    family = siti.register("Nur Aini")
    siti.sync()

    (aside,) = province.aside()
    assert (aside.reason, aside.table_name, aside.fields) == (
        "unknown_table",
        "99",
        {"name": "baru"},
    )
    assert province.row(family) is not None


def test_what_an_older_province_did_not_know_is_taken_up_by_a_newer_one(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    visit = siti.visit(siti.register("Nur Aini"))
    loans = VisitRepeat(scope=VILLAGE, visit_id=visit, repeat="loans", place=0, answers={"a": 1})
    with siti.store.recording() as writer:
        writer.insert(loans)
    with monkeypatch.context() as older:
        older.delitem(catalogue.BY_NUMBER, catalogue.number_of("visit_repeat"))
        siti.sync()
        assert [one.reason for one in province.aside()] == ["unknown_table"]

    schema.prepare(province.database, province.clock())
    province.settle(siti, budi)

    assert province.aside() == []
    assert budi.row(loans.id, "visit_repeat") is not None
    assert siti.states() == {"confirmed"}


@pytest.mark.parametrize("by", ["pages", "a snapshot"])
def test_rows_of_a_table_that_an_older_version_passed_over_come_after_the_update(
    province: Province, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    new, old = province.laptop("siti"), province.laptop("budi")
    visit = new.visit(new.register("Nur Aini"))
    loans = VisitRepeat(scope=VILLAGE, visit_id=visit, repeat="loans", place=0, answers={"a": 1})
    if by == "pages":
        province.settle(new, old)
    with new.store.recording() as writer:
        writer.insert(loans)
    new.sync()
    monkeypatch.setattr(snapshots, "OFFER_FROM", 5)
    with monkeypatch.context() as older:
        older.delitem(catalogue.BY_NUMBER, catalogue.number_of("visit_repeat"))
        old.sync()
        assert old.sync().received == 0
        assert old.row(visit, "visit") is not None
        assert old.row(loans.id, "visit_repeat") is None

    province.settle(old)
    assert old.row(loans.id, "visit_repeat") is not None
    assert old.sync().received == 0
