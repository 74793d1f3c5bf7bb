"""How far a sync is: what is left is told by the size of what went before; and a sync that is stopped."""

import pytest

from desktop.sync.engine import Engine, Pace
from desktop.sync.faults import SyncFault
from desktop.sync.history import Traffic, recent_runs
from desktop.sync.messages import Page
from desktop.sync.progress import Meter, Progress
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop


@pytest.fixture
def laptop(province: Province) -> Laptop:
    return province.laptop("siti")


def page(scope: str, to_seq: int, head: int, entries: int = 0) -> Page:
    return Page(scope, 0, to_seq, head, [None] * entries)  # type: ignore[list-item] # only counted


def test_what_waits_weighs_as_much_as_what_went() -> None:
    meter = Meter()
    meter.went(200, [], 4.0)
    far = meter.told(300, 0, Traffic(1, 20_000, 100))

    assert far.bytes_left == 30_000
    assert far.rate == pytest.approx(5025)
    assert far.seconds_left == pytest.approx(30_000 / 5025)


def test_what_is_still_to_be_fetched_is_told_by_the_heads_of_its_scopes() -> None:
    meter = Meter()
    meter.went(0, [page("36.01.01.2001", 50, 150, entries=50), page("ref", 5, 5, entries=0)], 1.0)
    assert meter.told(0, 50, Traffic(1, 80, 10_000)).bytes_left == 20_000
    meter.went(0, [page("36.01.01.2001", 150, 150, entries=100)], 1.0)
    assert meter.told(0, 150, Traffic(2, 160, 30_000)).bytes_left == 0


def test_nothing_is_guessed_before_anything_went() -> None:
    far = Meter().told(40, 0, Traffic())
    assert (far.bytes_left, far.rate, far.seconds_left) == (None, None, None)


def test_a_sync_tells_how_far_it_is(laptop: Laptop) -> None:
    for number in range(30):
        laptop.register(f"Keluarga {number}")
    told: list[Progress] = []
    laptop.pace = Pace(ops=10)
    with laptop.client() as client:
        run = Engine(laptop.store, client, "0.1.0", laptop.pace, on_progress=told.append).run()

    assert run.fault is None
    assert told[0].bytes_done == 0, "that it begins is told before the first answer"
    assert told[0].waiting == 60
    assert told[1].bytes_left, "after the first answer there is a guess"
    sizes = [far.bytes_up for far in told]
    assert sizes == sorted(sizes)
    assert (told[-1].waiting, told[-1].bytes_left) == (0, 0)
    assert told[-1].bytes_up == run.traffic.bytes_up


def test_a_sync_that_is_stopped_says_so_and_loses_nothing(laptop: Laptop) -> None:
    for number in range(10):
        laptop.register(f"Keluarga {number}")
    stops = iter([False, True])
    with laptop.client() as client:
        run = Engine(
            laptop.store, client, "0.1.0", Pace(ops=4), is_cancelled=lambda: next(stops)
        ).run()

    assert run.fault is SyncFault.STOPPED
    assert laptop.states() == {"confirmed", "waiting"}
    with laptop.store.reading() as connection:
        (noted,) = recent_runs(connection)
    assert (noted.fault, noted.sent) == (SyncFault.STOPPED, 4)
    laptop.sync()
    assert laptop.states() == {"confirmed"}


def test_every_op_that_was_answered_has_its_receipt(laptop: Laptop) -> None:
    laptop.register("Nur Aini")
    assert {op.answered_at for op in laptop.outbox()} == {None}
    laptop.sync()
    assert {op.answered_at for op in laptop.outbox()} == {laptop.clock()}
