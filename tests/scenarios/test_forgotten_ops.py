"""Ops that a verified backup holds are let go of by their laptop, when nothing there needs them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from desktop.models.store.meta import Meta, get_meta
from desktop.models.tables import DEVICE_LOG
from desktop.sync.engine import Engine, Pace
from server.queries import durability, incarnations, verification
from server.tables import DEVICE_EPOCH
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE

OTHER = "36.01.01.2002"


def _verify(province: Province) -> None:
    """A backup of this moment is verified."""
    with province.database.reading() as connection:
        logs = verification.device_logs(connection)
        today = incarnations.current(connection)
    assert today is not None
    durability.note_durable(province.database, today.name, logs)


def _dseqs(laptop: Laptop) -> list[int]:
    return [op.dseq for op in laptop.outbox()]


def _let_go(province: Province, laptop: Laptop) -> None:
    """The laptop hears of a verified backup, which takes an op of its own: a quiet one hears nothing."""
    _verify(province)
    family = laptop.register("Keluarga terakhir")
    laptop.sync()
    laptop.edit(family, hamlet="Kulon")
    laptop.sync()


def test_what_is_durable_is_let_go_of_and_work_goes_on(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)
    before = len(siti.outbox())
    _let_go(province, siti)
    assert _dseqs(siti) == list(range(before + 1, before + 4))
    budi.edit(family, hamlet="Wetan")
    province.settle(budi, siti)
    siti.edit(family, note="lagi")
    province.settle(siti, budi)
    row = budi.row(family)
    assert row is not None
    assert (row["hamlet"], row["note"]) == ("Wetan", "lagi")
    assert province.aside() == []
    province.assert_dense()


def test_the_next_batch_goes_on_where_the_forgotten_ones_ended(province: Province) -> None:
    """All is forgotten, and the hash of the last of them is what the province compares."""
    siti = province.laptop("siti")
    siti.register("Nur Aini")
    siti.sync()
    _let_go(province, siti)
    _verify(province)
    siti.register("Rahmawati")
    siti.register("Budiman")
    siti.sync()
    siti.sync()
    with siti.store.reading() as connection:
        forgotten = get_meta(connection, Meta.FORGOTTEN)
        assert len(connection.execute(select(DEVICE_LOG)).all()) == 1, "no fork was needed"
    assert forgotten["1"][0] == 5
    province.settle(siti)
    assert province.aside() == []


def test_an_op_is_kept_while_its_place_is_not_applied(province: Province) -> None:
    """The province leaves out of its pages what the laptop has: it must still have it then."""
    siti, budi = province.laptop("siti"), province.laptop("budi")
    for name in ("Rahmawati", "Budiman", "Aisyah"):
        budi.register(name)
    province.settle(budi)
    family = siti.register("Nur Aini", hamlet="Krajan")
    siti.pace = Pace(ops=10, room=1, fast_seconds=-1)
    with siti.client() as client:
        engine = Engine(siti.store, client, "0.1.0", siti.pace)
        engine.is_cancelled = lambda: bool(siti.outbox()[0].seq)  # its place is told, no more
        engine.run()
        assert siti.outbox()[0].overlay
        _verify(province)
        engine.is_cancelled = lambda: False
        engine.on_progress = lambda _: kept.append(len(siti.outbox()))
        kept: list[int] = []
        siti.edit(family, hamlet="Wetan")
        engine.run()
    assert kept[0] == 3, "pages are still on their way"
    assert kept[-1] < 3, "and now they are not"
    province.settle(siti, budi)


@pytest.mark.parametrize("set_aside", [True, False])
def test_what_follows_an_op_that_was_set_aside_is_kept(province: Province, set_aside: bool) -> None:
    siti = province.laptop("siti")
    siti.register("Nur Aini")
    if set_aside:
        siti.register("Di luar wilayah", OTHER)
    siti.register("Rahmawati")
    siti.sync()
    _let_go(province, siti)
    assert _dseqs(siti)[0] == (3 if set_aside else 5)


def test_a_clone_parts_after_what_was_forgotten(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    siti.sync()
    _let_go(province, siti)
    clone = province.keep(siti.copied_to(siti.folder.with_name("clone")))
    siti.edit(family, hamlet="Wetan")
    clone.edit(family, note="dari yang lain")
    province.settle(siti, clone)
    province.settle(clone, siti)
    row = province.row(family)
    assert (row.hamlet, row.note) == ("Wetan", "dari yang lain")
    province.assert_dense()


def test_what_is_safe_of_another_copy_is_not_ours(province: Province) -> None:
    """What a copy has in the places that are called safe may be the other's, or come from a third."""
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    clone = province.keep(siti.copied_to(siti.folder.with_name("clone")))
    siti.edit(family, note="satu")
    siti.sync()
    clone.edit(family, address="dua")
    third = province.keep(clone.copied_to(clone.folder.with_name("third")))
    clone.sync()
    _verify(province)
    province.clock.advance(60)
    third.edit(family, note="tiga")
    third.pace = Pace(ops=1, room=2_000, fast_seconds=-1)
    province.settle(third, siti)
    (conflict,) = siti.conflicts()
    assert (conflict.kept["value"], conflict.other["value"]) == ("tiga", "satu")


def _loses_the_log(province: Province) -> None:
    """As if a backup from before the first op had been put back: no entry, no log of a device."""
    with province.database.writing() as connection:
        connection.execute(DEVICE_EPOCH.delete())
        incarnations.begin(connection, province.clock())


def _loses_the_promise(province: Province) -> None:
    """As if a backup had been put back in which the same places of the log hold other ops."""
    with province.database.writing() as connection:
        connection.execute(DEVICE_EPOCH.update().values(hash=bytes(32), dseq=1))
        incarnations.begin(connection, province.clock())


@pytest.mark.parametrize("lose", [_loses_the_log, _loses_the_promise])
def test_a_province_that_lost_what_it_called_safe(
    province: Province, lose: Callable[[Province], None]
) -> None:
    """What is left goes up in a log of its own; the laptop does not ask for ever."""
    siti = province.laptop("siti")
    siti.register("Nur Aini")
    siti.sync()
    _let_go(province, siti)
    assert _dseqs(siti)[0] > 1
    lose(province)
    later = siti.register("Rahmawati")
    siti.sync()
    siti.sync()
    assert province.row(later) is not None
    assert siti.states() == {"confirmed"}
    with siti.store.reading() as connection:
        logs = connection.execute(select(DEVICE_LOG).order_by(DEVICE_LOG.c.epoch)).all()
    assert len(logs) >= 2
    assert VILLAGE in siti.scopes()
    province.assert_dense()
