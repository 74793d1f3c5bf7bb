"""Cost grows with the change, not with the data: ten edits among 1,000 families and among 100,000.

Laptop and province both hold them all: the laptop's store is that of the other benchmarks, the
province has each household with its entry in a log. Both have the same 300 villages.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from desktop.models.records.base import new_id, utc_now
from desktop.models.records.fields import flatten, record_columns
from desktop.models.store.local import Store, begin_epoch
from desktop.models.store.meta import Meta, get_meta, set_meta
from desktop.models.tables import CURSOR, DEVICE_LOG, HOUSEHOLD, META, OUTBOX, SCOPE_GRANT, SHADOW
from desktop.sync.pull import note_grants
from server.queries import incarnations
from server.queries.authority import grants_of
from server.queries.bulk import write_many
from server.queries.journal import Journal, Own
from server.tables import DEVICE, SCOPE_HEAD, SYNCED
from tests.benchmarks import families as stores
from tests.benchmarks.harness import Result, Target, copy_of, say
from tests.benchmarks.sync import families
from tests.benchmarks.sync.options import Options
from tests.benchmarks.sync.province import Province, province_on
from tests.benchmarks.sync.trips import Trip, line, trip
from tests.scenarios.laptops import Laptop
from tests.servers import add_user

FEW: Final = 1_000
EDITS: Final = 10
_TIMES: Final = 8
_BATCH: Final = 5_000


def measure(options: Options) -> Iterator[Result]:
    """The best of several syncs of ten edits; the floor is what they cost among the few."""
    for kind in options.kinds:
        with TemporaryDirectory(prefix="berdaya-few-") as folder:
            small = Path(folder) / "few"
            stores.make(small / "data", FEW)
            with (
                _sync_of_edits(kind, stores.home_of_families()) as many,
                _sync_of_edits(kind, small) as few,
            ):
                trips = [(many(seed), few(seed)) for seed in range(_TIMES)]
        yield from _results(f"10 edits of 100,000 {kind}", trips)


def _results(name: str, trips: list[tuple[Trip, Trip]]) -> Iterator[Result]:
    many, few = (min(found, key=lambda one: one.seconds) for found in zip(*trips, strict=True))
    size = Target("ratio", 1.2)
    yield Result(
        f"{name}: size", many.traffic.size, few.traffic.size, "bytes", size, many.details()
    )
    time, times = Target("ratio", 1.5), (many.seconds * 1000, few.seconds * 1000)
    yield Result(f"{name}: time", *times, "ms", time, few.details())


@contextmanager
def _sync_of_edits(kind: str, home: Path) -> Iterator[Callable[[int], Trip]]:
    """A sync of ten edits, drawn by a number, of a laptop with the families of a store."""
    with (
        province_on(kind) as province,
        _laptop(province, home) as laptop,
        line(province) as opened,
    ):
        trip(laptop, opened)

        def sync(seed: int) -> Trip:
            families.edit(laptop.store, EDITS, seed)
            return trip(laptop, opened)

        yield sync


@contextmanager
def _laptop(province: Province, home: Path) -> Iterator[Laptop]:
    """A new laptop on a copy of a store, and a province that has all of it."""
    with copy_of(home) as copy:
        add_user(province.database, name="Siti", scopes=(stores.REGENCY,), now=utc_now())
        laptop = Laptop(copy / "data", province.address, "siti")
        _begin_anew(laptop.store)
        laptop.enrol()
        say("the province is filled ...")
        heads = _fill(province, laptop.store)
        _note_received(province, laptop.store, heads)
        yield laptop
        laptop.close()


def _begin_anew(store: Store) -> None:
    """The store of a laptop that has written nothing yet and belongs to nobody."""
    with store.writing() as connection:
        for table in (OUTBOX, SHADOW, DEVICE_LOG, SCOPE_GRANT):
            connection.execute(delete(table))
        connection.execute(delete(META).where(META.c.key == Meta.USER_ID.value))
        device_id = new_id()
        set_meta(connection, Meta.DEVICE_ID, str(device_id))
        begin_epoch(connection, device_id, 1)


def _fill(province: Province, store: Store) -> dict[str, int]:
    """Writes the store's households into the province, each with its entry; gives the heads."""
    with store.reading() as source, province.database.writing() as target:
        scopes = source.execute(select(HOUSEHOLD.c.scope).distinct()).scalars().all()
        journal = Journal.of_scopes(target, scopes)
        rows = source.execute(select(HOUSEHOLD)).mappings()
        while some := rows.fetchmany(_BATCH):
            write_many(target, SYNCED["household"], [_row(row, journal) for row in some])
            journal.flush()
        return {row.scope: row.head for row in target.execute(select(SCOPE_HEAD)) if row.head}


def _row(row: Any, journal: Journal) -> dict[str, Any]:
    """A household's row in the province, once its log entry is written."""
    fields = flatten("household", row)
    entry = journal.add_own(Own("household", row["id"], row["scope"], fields), at=0)
    columns = {name: row[name] for name in ("id", "scope", *record_columns("household"))}
    return {**columns, "extra": {}, "versions": dict.fromkeys(fields, entry["seq"])}


def _note_received(province: Province, store: Store, heads: dict[str, int]) -> None:
    """Both sides know that the laptop has it all, and what its user was granted."""
    with store.writing() as connection:
        cursors = [{"scope": scope, "seq": head} for scope, head in heads.items()]
        connection.execute(insert(CURSOR), cursors)
        device_id = UUID(get_meta(connection, Meta.DEVICE_ID))
        user_id = UUID(get_meta(connection, Meta.USER_ID))
        with province.database.writing() as other:
            note_grants(connection, user_id, grants_of(other, user_id))
            incarnation = incarnations.current(other)
            assert incarnation is not None
            set_meta(connection, Meta.INCARNATION, incarnation.name)
            known = update(DEVICE).where(DEVICE.c.id == device_id)
            other.execute(known.values(cursors=heads))
