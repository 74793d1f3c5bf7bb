"""The same work as other programs were measured with: 10,000 rows, 1,000 edits, a bad line.

What a row and an edit are is told in `families`. Bytes are those of bodies, both ways; heads stand
beside them. Every sync begins as after a start of the program, with the first, small batch. Times
are the best of several.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from desktop.models.tables import OUTBOX
from tests.benchmarks.harness import Result, Target
from tests.benchmarks.sync import families
from tests.benchmarks.sync.line import Link
from tests.benchmarks.sync.options import Options
from tests.benchmarks.sync.province import Province, province_on
from tests.benchmarks.sync.trips import KILO, Trip, laptops, line, trip
from tests.scenarios.laptops import Laptop

ROWS: Final = 10_000
EDITS: Final = 1_000
BAD: Final = Link(round_trip=0.6, rate=30_000, openings=2)
"""600 ms and 30 KB/s; TCP and TLS 1.3 take a round trip each before a new connection carries."""

_TIMES: Final = 3


@dataclass(frozen=True)
class Reach:
    """What is to be reached at most."""

    requests: int
    kilobytes: float


_MANY = Reach(12, 700)
_FEW = Reach(2, 20)


def measure(options: Options) -> Iterator[Result]:
    """All of it on each kind of database."""
    for kind in options.kinds:
        with (
            province_on(kind) as province,
            laptops(province, "siti", "budi", scope=families.DISTRICT) as (siti, budi),
        ):
            yield from _rows(province, siti, budi)
            yield from _edits(province, siti, budi)
            yield from _edits_on_a_bad_line(province, siti, budi)
            yield from _one_edit(province, siti)
            yield from _no_change(province, siti)


def _rows(province: Province, siti: Laptop, budi: Laptop) -> Iterator[Result]:
    families.register(siti.store, ROWS)
    floor = families.block_size(_written(siti))
    with line(province) as opened:
        yield from _counts(f"push 10k {province.kind}", trip(siti, opened), floor, _MANY)
        yield from _counts(f"pull 10k {province.kind}", trip(budi, opened), floor, _MANY)


def _edits(province: Province, siti: Laptop, budi: Laptop) -> Iterator[Result]:
    floor = families.block_size(families.edit(siti.store, EDITS, seed=0))
    with line(province) as opened:
        yield from _counts(f"push edits {province.kind}", trip(siti, opened), floor, _FEW)
        yield from _counts(f"pull edits {province.kind}", trip(budi, opened), floor, _FEW)


def _edits_on_a_bad_line(province: Province, siti: Laptop, budi: Laptop) -> Iterator[Result]:
    pushed, pulled = [], []
    with line(province, BAD) as opened:
        for seed in range(1, _TIMES + 1):
            families.edit(siti.store, EDITS, seed)
            pushed.append(trip(siti, opened, connected=True))
            pulled.append(trip(budi, opened, connected=True))
        families.edit(siti.store, EDITS, seed=_TIMES + 1)
        anew = trip(siti, opened)
    yield _seconds(f"push edits, bad {province.kind}", _best(pushed), Target(most=2.5))
    yield _seconds(f"pull edits, bad {province.kind}", _best(pulled), Target(most=2.5))
    yield _seconds(f"push edits, anew {province.kind}", anew, Target(), BAD.openings)


def _one_edit(province: Province, siti: Laptop) -> Iterator[Result]:
    connected, anew = [], []
    with line(province, BAD) as opened:
        for seed in range(_TIMES):
            families.edit(siti.store, 1, seed)
            connected.append(trip(siti, opened, connected=True))
            families.edit(siti.store, 1, seed + _TIMES)
            anew.append(trip(siti, opened))
    yield _seconds(f"1 edit, bad {province.kind}", _best(connected), Target(most=0.7))
    yield _seconds(f"1 edit, anew {province.kind}", _best(anew), Target(), BAD.openings)


def _no_change(province: Province, siti: Laptop) -> Iterator[Result]:
    """The floor is an empty JSON object each way."""
    with line(province) as opened:
        found = trip(siti, opened)
    name = f"no change {province.kind}"
    yield _requests(name, found, 1)
    bodies = found.traffic.bodies
    yield Result(f"{name}: bodies", bodies, 4, "bytes", Target(most=100), found.details())


def _written(laptop: Laptop) -> list[dict[str, object]]:
    """Everything that waits on a laptop, as rows of plain fields."""
    with laptop.store.reading() as connection:
        ops = connection.execute(select(OUTBOX.c.table_name, OUTBOX.c.row_id, OUTBOX.c.fields))
        return [{"table": op.table_name, "id": op.row_id, **op.fields} for op in ops]


def _best(trips: list[Trip]) -> Trip:
    return min(trips, key=lambda one: one.seconds)


def _counts(name: str, found: Trip, floor: int, reach: Reach) -> Iterator[Result]:
    yield _requests(name, found, reach.requests)
    size = found.traffic.bodies / KILO
    target = Target(most=reach.kilobytes)
    yield Result(f"{name}: bodies", size, floor / KILO, "kB", target, found.details())


def _requests(name: str, found: Trip, most: int) -> Result:
    return Result(f"{name}: requests", found.traffic.requests, 1, "", Target(most=most))


def _seconds(name: str, found: Trip, target: Target, openings: int = 0) -> Result:
    """The floor is the time on the line of what passed."""
    floor = BAD.seconds(found.traffic.size, found.traffic.requests + openings)
    return Result(f"{name}: time", found.seconds, floor, "s", target, found.details())
