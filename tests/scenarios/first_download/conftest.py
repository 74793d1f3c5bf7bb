"""Short logs that count as long ones, and sessions that are watched."""

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.models.store.meta import Meta, get_meta
from desktop.sync import client as client_
from server.queries import snapshots
from tests.scenarios.first_download.downloading import Watch, Watched
from tests.scenarios.laptops import Laptop


@pytest.fixture(autouse=True)
def _short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few entries are a long log here, and a few rows a block."""
    monkeypatch.setattr(snapshots, "OFFER_FROM", 10)  # of users there are fewer
    monkeypatch.setattr(snapshots, "BLOCK_ROWS", 3)
    monkeypatch.setattr(snapshots, "PIECE_BYTES", 200)
    monkeypatch.setattr(client_, "_READ_BYTES", 64)


@pytest.fixture
def watched() -> Iterator[Watch]:
    """Makes watched sessions of laptops."""
    made: list[Watched] = []

    def make(laptop: Laptop, **given: Any) -> Watched:
        with laptop.store.reading() as connection:
            made.append(Watched(laptop.server, get_meta(connection, Meta.TOKEN), **given))
        return made[-1]

    yield make
    for client in made:
        client.close()
