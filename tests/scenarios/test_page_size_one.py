"""News come one entry at a time: no child without its parent, nothing half applied."""

from desktop.models.store.meta import Meta, get_meta
from desktop.sync import messages
from desktop.sync.client import Client
from desktop.sync.engine import Pace
from desktop.sync.faults import SyncFailure, SyncFault
from tests.scenarios.conftest import Province

_ONE = Pace(ops=1, room=1, fast_seconds=-1)


def test_parents_and_children_one_at_a_time(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    siti.pace = budi.pace = _ONE
    families = [siti.register(f"Keluarga {number}") for number in range(5)]
    province.settle(siti, budi)

    for family in families:
        assert budi.row(family) is not None
    budi.edit(families[0], hamlet="Krajan")
    province.settle(budi, siti)
    row = siti.row(families[0])
    assert row is not None
    assert row["hamlet"] == "Krajan"


class _CutAfter(Client):
    """A session that breaks off after some answers."""

    left = 3

    def exchange(self, request: messages.Request) -> tuple[messages.Answer, float]:
        if self.left == 0:
            raise SyncFailure(SyncFault.OFFLINE)
        self.left -= 1
        return super().exchange(request)


def test_a_scope_is_seen_whole_or_not_at_all(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    province.settle(budi)
    family = siti.register("Nur Aini")
    siti.register("Rahmawati")
    province.settle(siti)
    budi.pace = _ONE

    with budi.store.reading() as connection:
        client = _CutAfter(budi.server, get_meta(connection, Meta.TOKEN))
    assert budi.try_sync(client).fault is SyncFault.OFFLINE
    client.close()

    assert budi.row(family) is None, "the scope is not whole yet"
    run = budi.sync()
    assert budi.row(family) is not None
    assert run.received < 4, "what had come before was not fetched again"
