"""Requests arrive twice, or in another order: the log has each op once, in its order."""

import random

from desktop.models.store.meta import Meta, get_meta
from desktop.sync import messages, push
from desktop.sync.client import Client
from desktop.sync.wire import DEFAULT_ROOM
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop


def _request(laptop: Laptop, first: int, count: int) -> messages.Request:
    with laptop.store.reading() as connection:
        batch = push.batch_from(connection, 1, first, count, DEFAULT_ROOM)
    now = int(laptop.clock().timestamp() * 1000)
    return messages.Request(app="0.1.0", now=now, room=1 << 20, batch=batch)


def _client(laptop: Laptop) -> Client:
    with laptop.store.reading() as connection:
        return Client(laptop.server, get_meta(connection, Meta.TOKEN))


def test_duplicated_and_reordered_requests(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    families = [siti.register(f"Keluarga {number}") for number in range(10)]
    requests = [_request(siti, first, 4) for first in range(1, 20, 3)]
    order = requests * 3
    random.Random(7).shuffle(order)  # noqa: S311 an order, not a secret
    client = _client(siti)

    answers = [client.exchange(request)[0] for request in [*order, *requests]]

    assert any(answer.expected for answer in answers), "a gap is told, never filled by guessing"
    client.close()
    province.settle(siti, budi)
    assert len(province.log()) == 20
    assert [entry.dseq for entry in province.log()] == list(range(1, 21))
    assert all(budi.row(family) for family in families)
    province.assert_dense()
