"""How many ops a second a province takes, from 1, 8 and 32 laptops at once.

The floor is what the same database takes when the same log rows are only inserted: over as many
connections (up to eight), with a commit where the province makes one.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter
from typing import Any, Final

from sqlalchemy import MetaData, Table, quoted_name

from server.tables import LOG
from tests.benchmarks.harness import Result, Target
from tests.benchmarks.sync.devices import Device, Line, assert_applied, enrolled
from tests.benchmarks.sync.options import Options
from tests.benchmarks.sync.province import Province, province_on

AT_ONCE: Final = (1, 8, 32)
OPS: Final = 16_000
"""Of all laptops together, in each run."""

BATCH: Final = 500
"""Ops in a request."""

_TIMES: Final = 3
_MOST_CONNECTIONS: Final = 8
_TARGETS: Final = {"postgresql": Target(least=5_000), "sqlite": Target()}


def measure(options: Options) -> Iterator[Result]:
    """The best of several runs for each number of laptops."""
    for kind in options.kinds:
        with province_on(kind) as province:
            _run(province, 1)  # what is imported and prepared once
            for count in AT_ONCE:
                best = max(_run(province, count) for _ in range(_TIMES))
                floor = _bare_rate(province, count)
                name = f"rate, {count} at once {kind}"
                yield Result(name, best, floor, "ops/s", _TARGETS[kind])


def _run(province: Province, count: int) -> float:
    """Ops a second of so many laptops, new ones."""
    asked = enrolled(province, count)
    for device in asked:
        device.prepare(OPS // count // BATCH, BATCH)
    seconds = asyncio.run(_ask_all(province.address, asked))
    assert_applied(province, asked, OPS)
    return OPS / seconds


async def _ask_all(address: str, asked: Sequence[Device]) -> float:
    """All at once, each its requests one after the other; the seconds until the last is answered."""
    lines = [await Line.to(address) for _ in asked]

    async def ask(line: Line, device: Device) -> None:
        for request in device.requests:
            await line.ask(request)

    begun = perf_counter()
    await asyncio.gather(*map(ask, lines, asked))
    seconds = perf_counter() - begun
    for line in lines:
        line.close()
    return seconds


def _bare_rate(province: Province, count: int) -> float:
    """Rows a second, when as many log rows are only inserted, over as many connections."""
    bare = _bare_log()
    with province.database.writing() as connection:
        query = f"SELECT * FROM log WHERE dseq IS NOT NULL ORDER BY device_id, dseq LIMIT {OPS}"  # noqa: S608
        rows = [tuple(map(_as_sent, row)) for row in connection.exec_driver_sql(query)]
        bare.create(connection)
    lines = min(count, _MOST_CONNECTIONS)
    sign = "?" if province.database.is_file else "%s"
    statement = f"INSERT INTO {bare.name} VALUES ({', '.join([sign] * len(rows[0]))})"  # noqa: S608

    def write(part: int) -> None:
        mine = rows[part * OPS // lines : (part + 1) * OPS // lines]
        for start in range(0, len(mine), BATCH):
            with province.database.writing() as connection:
                connection.exec_driver_sql(statement, mine[start : start + BATCH])

    with ThreadPoolExecutor(lines) as threads:
        begun = perf_counter()
        list(threads.map(write, range(lines)))
        seconds = perf_counter() - begun
    with province.database.writing() as connection:
        bare.drop(connection)
    return OPS / seconds


def _bare_log() -> Table:
    """A table as the log is, without what guards the log."""
    bare = LOG.to_metadata(MetaData(), name="bare_log")
    for index in bare.indexes:
        index.name = quoted_name(f"bare_{index.name}", quote=None)
    return bare


def _as_sent(value: Any) -> Any:
    """A value as the driver sends it: JSON is text."""
    return json.dumps(value) if isinstance(value, dict) else value
