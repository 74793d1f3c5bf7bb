"""Monday morning: every facilitator of the programme comes back with 50 ops, within one minute.

Each comes at a moment of their own, over a connection of their own. The floor of the minute is the
minute; that of a sync is the same sync while the province has nothing else to do; that of memory
is what the server held when the first of them knocked.
"""

import asyncio
from collections.abc import Iterator, Sequence
from random import Random
from time import perf_counter
from typing import Final

from tests.benchmarks.harness import Result, Target, median, p95, say
from tests.benchmarks.sync.devices import Device, Line, assert_applied, enrolled
from tests.benchmarks.sync.options import Options
from tests.benchmarks.sync.province import Province, province_on

OPS: Final = 50
MINUTE: Final = 60.0
_ALONE: Final = 20
_SEED: Final = 52


def measure(options: Options) -> Iterator[Result]:
    """The minute on each kind of database."""
    for kind in options.kinds:
        with province_on(kind) as province:
            yield from _minute(province, options.facilitators)


def _minute(province: Province, count: int) -> Iterator[Result]:
    say(f"{count:,} laptops are prepared ...")
    everybody = _prepared(province, _ALONE + count)
    alone, many = everybody[:_ALONE], everybody[_ALONE:]
    idle = [asyncio.run(_come(province.address, [device], [0.0]))[0] for device in alone]
    before = province.megabytes()
    chance = Random(_SEED)  # noqa: S311 moments, not secrets
    moments = sorted(chance.uniform(0, MINUTE) for _ in many)
    begun = perf_counter()
    syncs = asyncio.run(_come(province.address, many, moments))
    last = perf_counter() - begun
    assert_applied(province, many, OPS * count)
    kind = province.kind
    details = {"facilitators": count, "ops": OPS * count}
    yield Result(f"monday {kind}: the last is done", last, MINUTE, "s", Target(), details)
    spread = {"median ms": median(syncs) * 1000, "longest ms": max(syncs) * 1000}
    yield Result(
        f"monday {kind}: p95 of a sync", p95(syncs) * 1000, p95(idle) * 1000, "ms", Target(), spread
    )
    yield Result(f"monday {kind}: memory", province.megabytes(), before, "MB", Target())


def _prepared(province: Province, count: int) -> list[Device]:
    made = enrolled(province, count)
    for device in made:
        device.prepare(1, OPS)
    return made


async def _come(address: str, devices: Sequence[Device], moments: Sequence[float]) -> list[float]:
    """Each connects and syncs at its moment; the seconds that each took, the connection with it."""
    begun = perf_counter()

    async def come(device: Device, moment: float) -> float:
        await asyncio.sleep(moment - (perf_counter() - begun))
        came = perf_counter()
        line = await Line.to(address)
        for request in device.requests:
            await line.ask(request)
        line.close()
        return perf_counter() - came

    return await asyncio.gather(*map(come, devices, moments))
