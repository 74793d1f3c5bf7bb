"""The province's answer is lost, and somebody else writes in between: nobody shows a stale value."""

from desktop.models.store.meta import Meta, get_meta
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import AnswerLost, Laptop


def _sync_without_answer(laptop: Laptop) -> None:
    with laptop.store.reading() as connection:
        token = get_meta(connection, Meta.TOKEN)
    client = AnswerLost(laptop.server, token)
    assert laptop.try_sync(client).fault is not None
    client.close()


def test_lost_acknowledgement_then_overwritten_by_the_other(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)

    siti.edit(family, hamlet="Wetan")
    _sync_without_answer(siti)
    assert siti.states() == {"confirmed", "waiting"}, "what was not answered still waits"
    budi.sync()
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    budi.sync()
    province.settle(siti, budi)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert row["hamlet"] == "Kulon"
        assert laptop.conflicts() == []
    assert [entry.fields.get("hamlet") for entry in province.log() if entry.row_id == family] == [
        "Krajan",
        "Wetan",
        "Kulon",
    ]


def test_lost_first_answer_of_all(province: Province) -> None:
    siti = province.laptop("siti")
    family = siti.register("Nur Aini")
    _sync_without_answer(siti)
    _sync_without_answer(siti)
    province.settle(siti)

    assert province.row(family) is not None
    assert len(province.log()) == 2
    province.assert_dense()
