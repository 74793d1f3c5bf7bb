"""A line that breaks after so many bytes is got through with less at a time; all of it is counted."""

from math import inf

import pytest

from desktop.sync.faults import SyncFault
from desktop.sync.history import Traffic
from tests.scenarios.conftest import Province
from tests.scenarios.laptops import Laptop
from tests.sync.breaking import breaking_line

_SOON = 6_000


def _with_families(laptop: Laptop) -> Laptop:
    for number in range(400):
        laptop.register(f"Keluarga {number * 7919 % 1009}", hamlet=f"Kampung {number}")
    return laptop


@pytest.mark.parametrize(("up", "down"), [(_SOON, inf), (inf, _SOON)], ids=["up", "down"])
def test_it_is_got_through(province: Province, up: float, down: float) -> None:
    siti = _with_families(province.laptop("siti"))
    far = siti if up < down else province.laptop("budi")
    if far is not siti:
        siti.sync()
    with breaking_line(province.address, up=up, down=down) as line:
        far.server = line.address
        faults = [far.try_sync().fault]
        while faults[-1] is not None and len(faults) < 20:
            faults.append(far.try_sync().fault)
    assert faults[0] is not None, "the line broke"
    assert faults[-1] is None
    assert len([one for one in far.everything().values() if one[0] == "household"]) == 400


def test_what_was_paid_for_is_counted_though_it_broke_off(province: Province) -> None:
    _with_families(province.laptop("siti")).sync()
    budi = province.laptop("budi")
    with breaking_line(province.address, up=inf, down=_SOON) as line:
        budi.server = line.address
        run = budi.try_sync()
    assert run.fault is not None
    assert run.traffic.bytes_down > _SOON / 2
    assert run.traffic.bytes_up + run.traffic.bytes_down <= line.carried


def test_what_never_went_is_not_counted(province: Province) -> None:
    siti = province.laptop("siti")
    siti.register("Nur Aini")
    siti.server = "http://127.0.0.1:9"
    run = siti.try_sync()
    assert (run.fault, run.traffic) == (SyncFault.OFFLINE, Traffic())
