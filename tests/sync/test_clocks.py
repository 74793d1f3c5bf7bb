"""A laptop's clock that is years off: everything is kept and sent, and who wrote last still wins."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from desktop.models.records.base import format_time
from desktop.sync.messages import Request, Standing
from desktop.sync.status import status
from server.tables import SCOPE_GRANT
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop, later
from tests.servers import VILLAGE

YEARS = 3653

wrong_clocks = pytest.mark.parametrize("days", [YEARS, -YEARS])


def laptop_with(province: Province, login: str, days: float) -> Laptop:
    """A new user's laptop whose clock is wrong."""
    province.user(login)
    province.clock.advance(1)
    folder = province.folder / login
    laptop = Laptop(folder, province.address, login, later(province.clock, days=days))
    return province.keep(laptop.enrol())


@wrong_clocks
def test_what_is_recorded_with_a_wrong_clock_is_kept_and_sent(
    province: Province, days: float
) -> None:
    siti, budi = laptop_with(province, "siti", days), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    recorded = siti.outbox()
    assert {op.state for op in recorded} == {"waiting"}
    province.settle(siti, budi)

    assert province.aside() == [], "a wrong clock is no reason to set anything aside"
    assert budi.row(family) == siti.row(family) is not None
    assert [op.at for op in siti.outbox()] == [op.at for op in recorded]
    province.assert_dense()


@wrong_clocks
@pytest.mark.parametrize("wrong_is_last", [True, False])
def test_the_later_write_stands_whatever_the_clock_said(
    province: Province, days: float, wrong_is_last: bool
) -> None:
    wrong, right = laptop_with(province, "siti", days), province.laptop("budi")
    family = right.register("Nur Aini", hamlet="Krajan")
    province.settle(wrong, right)

    first, last = (right, wrong) if wrong_is_last else (wrong, right)
    first.edit(family, hamlet="Wetan")
    province.clock.advance(60)
    last.edit(family, hamlet="Kulon")
    province.clock.advance(60)
    last.sync()  # the earlier write arrives after the later one
    province.settle(first, last)

    for laptop in (wrong, right):
        row = laptop.row(family)
        assert row is not None
        assert row["hamlet"] == "Kulon"
        (conflict,) = laptop.conflicts()
        assert conflict.other["value"] == "Wetan", "the value that gave way is gone"


def test_a_clock_put_right_before_sending_does_not_win_from_the_future(province: Province) -> None:
    siti, budi = province.laptop("siti"), province.laptop("budi")
    family = siti.register("Nur Aini", hamlet="Krajan")
    province.settle(siti, budi)

    siti.store.clock = later(province.clock, days=YEARS)
    siti.edit(family, hamlet="Wetan")
    siti.store.clock = province.clock
    province.clock.advance(60)
    siti.sync()
    province.clock.advance(60)
    budi.edit(family, hamlet="Kulon")
    province.settle(budi, siti)

    for laptop in (siti, budi):
        row = laptop.row(family)
        assert row is not None
        assert row["hamlet"] == "Kulon", "a write counted as later than its arrival"


@wrong_clocks
def test_a_grant_that_ends_next_year_is_not_taken_away_by_a_wrong_clock(
    province: Province, days: float
) -> None:
    siti = province.laptop("siti")
    end_grants(province, province.clock() + timedelta(days=365))
    family = siti.register("Nur Aini")
    siti.sync()
    siti.store.clock = later(province.clock, days=days)
    siti.edit(siti.register("Siti"), hamlet="Wetan")
    province.clock.advance(60)
    siti.sync()
    siti.sync()
    assert siti.row(family) is not None, "the families of a granted village are gone"
    assert VILLAGE in siti.scopes()


def test_a_grant_that_ended_is_ended_for_a_clock_that_is_behind(province: Province) -> None:
    siti = laptop_with(province, "siti", -YEARS)
    family = siti.register("Nur Aini")
    siti.sync()
    province.clock.advance(60)
    end_grants(province, province.clock())
    province.clock.advance(60)
    siti.sync()
    assert siti.row(family) is None
    assert VILLAGE not in siti.scopes()


@wrong_clocks
def test_the_province_tells_its_time(province: Province, days: float) -> None:
    siti = laptop_with(province, "siti", days)
    now = int(siti.clock().timestamp() * 1000)
    with siti.client() as client:
        told, _ = client.exchange(Request("0.1.0", now, 4096, standing=Standing()))
    assert told.now == int(province.clock().timestamp() * 1000)


@wrong_clocks
def test_what_the_screen_says_of_the_last_sync_is_by_the_laptop_s_own_clock(
    province: Province, days: float
) -> None:
    siti = laptop_with(province, "siti", days)
    siti.register("Nur Aini")
    run = siti.sync()
    assert format_time(run.started_at) == format_time(siti.clock())


def end_grants(province: Province, moment: datetime) -> None:
    with province.database.writing() as connection:
        connection.execute(update(SCOPE_GRANT).values(valid_to=moment))


@pytest.mark.parametrize("hours", [24, -24])
def test_once_a_clock_was_put_right_nobody_is_told_that_it_is_wrong(
    province: Province, hours: float
) -> None:
    siti = province.laptop("siti")
    siti.sync()
    siti.store.clock = siti.clock = later(province.clock, days=hours / 24)
    siti.register("Nur Aini")
    siti.sync()
    with siti.store.reading() as connection:
        assert status(connection).is_clock_wrong

    siti.store.clock = siti.clock = province.clock
    province.clock.advance(300)
    siti.sync()
    with siti.store.reading() as connection:
        assert not status(connection).is_clock_wrong
    siti.sync()
    assert siti.try_sync().traffic.bytes_up < 100, "it says no more than it needs to again"
