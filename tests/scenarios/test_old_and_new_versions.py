"""A laptop with a newer program and one with an older: what one does not know, it keeps."""

from desktop.models.ops import Op
from desktop.models.records.base import new_id
from desktop.models.store.writer import current_log, write_outbox
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
