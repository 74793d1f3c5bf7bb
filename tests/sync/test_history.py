"""The history of syncs: every failure is in it, and those that are alike take no more than a line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.sync.faults import SyncFault
from desktop.sync.history import Run, Traffic, note_run, recent_runs
from desktop.sync.session import Session
from tests.models.store.families import new_store
from tests.scenarios.conftest import Province
from tests.sync.impostors import impostor, problem

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path / "data")
    yield opened
    opened.close()


def history(store: Store) -> list[Run]:
    with store.reading() as connection:
        return recent_runs(connection)


def note(store: Store, *runs: Run) -> None:
    with store.writing() as connection:
        for run in runs:
            note_run(connection, run)


def failed(begun: datetime, fault: SyncFault | None = SyncFault.OFFLINE, sent: int = 0) -> Run:
    """A sync of ten seconds."""
    traffic = Traffic(1, bytes_up=100, bytes_down=20)
    return Run(begun, begun + timedelta(seconds=10), sent, traffic=traffic, fault=fault)


def test_what_is_in_the_way_by_now_is_told(province: Province) -> None:
    siti = province.laptop("siti")
    session = Session(siti.store, "0.1.0")

    def try_at(server: str) -> None:
        with siti.store.writing() as connection:
            set_meta(connection, Meta.SERVER, server)
        run = session.sync(ask_first=True)
        assert run is not None
        province.clock.advance(60)

    begun = province.clock()
    for _ in range(3):
        try_at(NOBODY)
    with impostor(problem("503 Service Unavailable", "database-away")) as somebody:
        try_at(somebody.address)
        try_at(somebody.address)
    busy, offline = history(siti.store)
    assert (offline.fault, offline.started_at) == (SyncFault.OFFLINE, begun)
    assert offline.ended_at == begun + timedelta(minutes=2)
    assert (busy.fault, busy.traffic.requests) == (SyncFault.SERVER_BUSY, 2)
    assert busy.traffic.bytes_down > 0


def test_failures_that_are_alike_are_one(store: Store) -> None:
    moments = [NOON + timedelta(minutes=15 * number) for number in range(40)]
    note(store, *map(failed, moments))
    (run,) = history(store)
    assert (run.started_at, run.ended_at) == (NOON, moments[-1] + timedelta(seconds=10))
    assert run.traffic == Traffic(40, bytes_up=4000, bytes_down=800)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (failed(NOON), failed(NOON, SyncFault.TIMEOUT)),
        (failed(NOON), failed(NOON, sent=1)),
        (failed(NOON, sent=1), failed(NOON)),
        (failed(NOON, None), failed(NOON, None)),
        (failed(NOON), failed(NOON + timedelta(days=1))),
        (failed(NOON), failed(NOON - timedelta(hours=1))),
    ],
    ids=["another fault", "did more", "did more before", "no fault", "another day", "clock set"],
)
def test_what_differs_has_a_line_of_its_own(store: Store, first: Run, second: Run) -> None:
    note(store, first, second)
    assert history(store) == [second, first]
