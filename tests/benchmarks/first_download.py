"""The first download of a district officer: 60,000 families with visits, while the window lives.

The province is the real server in a process of its own; its rows are put in directly, twenty villages
of 3,000 families. The laptop is the whole program, which also saves something every so often.
"""

import hashlib
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, Final

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from sqlalchemy import Connection, func, select

from desktop.models.records.base import new_id, utc_now
from desktop.models.records.fields import flatten, record_columns
from desktop.models.records.people import Role
from desktop.models.store.local import Store
from desktop.models.store.meta import Meta, set_meta
from desktop.models.tables import SEARCH
from desktop.practice.province import Province
from desktop.sync.client import Client
from desktop.sync.enrolment import enrol
from desktop.sync.history import Run
from server import tables
from server.database import Database
from server.queries.merge import write_server_rows
from server.queries.schema import prepare
from tests.benchmarks import families
from tests.benchmarks.families import Drawn, patterns
from tests.benchmarks.harness import Result, Target, copy_of, say, undisturbed
from tests.benchmarks.program import Program, running

DISTRICT: Final = "36.01.01"
VILLAGES: Final = 20
FAMILIES: Final = 3_000
"""Of each village."""

_LOGIN, _PASSWORD = "petugas", "kata sandi contoh"
_BEAT_MS: Final = 5
_EVERY_SECONDS: Final = 0.2
_REST_SECONDS: Final = 5
_PREFIX: Final = "berdaya-district-"


def measure(_home: Path) -> Result:
    """The longest time in which the window could not answer, next to that at rest; in milliseconds."""
    with copy_of(_made()) as folder:
        province, home = Province(folder), folder / "laptop"
        province.start()
        try:
            _enrol(home / "data", province.address)
            return _download(home, province)
        finally:
            province.stop()


def _download(home: Path, province: Province) -> Result:
    with running(home) as program, undisturbed():
        resting = Heart()
        _wait(_REST_SECONDS * 1000)
        at_rest = resting.stop()
        store, server = program.app.desk.store, psutil.Process(_pid_of(province))
        saves, here, there = [0.0], [0], [0]

        def save() -> None:
            begun = perf_counter()
            with store.writing() as connection:
                set_meta(connection, Meta.CLOCK_OFFSET, 0)
            saves.append(perf_counter() - begun)

        def look() -> None:
            here.append(psutil.Process().memory_info().rss)
            there.append(server.memory_info().rss)

        beating, begun = Heart(), perf_counter()
        with repeatedly(save), repeatedly(look):
            run = _synced(program)
        seconds, longest = perf_counter() - begun, beating.stop()
        _refuse_less(store, run)
    say(
        f"{run.received:,} rows, {run.traffic.bytes_down / 1e6:.1f} MB in "
        f"{run.traffic.requests} requests, {seconds:.0f} s; "
        f"of {len(saves) - 1} saves the longest took {max(saves) * 1000:.0f} ms; "
        f"memory at most {max(here) / 1e6:.0f} MB here, {max(there) / 1e6:.0f} MB in the province"
    )
    return Result("first_download", longest, at_rest, "ms", Target("value", 100))


def _refuse_less(store: Store, run: Run) -> None:
    with store.reading() as connection:
        arrived = connection.execute(select(func.count()).select_from(SEARCH)).scalar_one()
    if arrived != VILLAGES * FAMILIES:
        raise RuntimeError(f"{arrived} families arrived: {run.fault} {run.detail}")


def _pid_of(province: Province) -> int:
    process = province._process
    assert process is not None
    return process.pid


def _synced(program: Program) -> Run:
    connection = program.app.connection
    assert connection is not None
    ended: list[Run] = []
    loop = QEventLoop()

    def end(run: Run | None) -> None:
        assert run is not None
        ended.append(run)
        loop.quit()

    connection.ended.connect(end)
    connection.begin()
    connection.sync()
    loop.exec()
    return ended[0]


class Heart:
    """A timer of the window's thread: how late its longest beat came."""

    def __init__(self) -> None:
        self._longest = 0.0
        self._last = perf_counter()
        self._timer = QTimer(interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> float:
        """Milliseconds between the two beats that were furthest apart."""
        self._timer.stop()
        return self._longest * 1000

    def _beat(self) -> None:
        now = perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now


@contextmanager
def repeatedly(act: Callable[[], object]) -> Iterator[None]:
    """Does something again and again on a thread of its own."""
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(_EVERY_SECONDS):
            act()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _enrol(folder: Path, address: str) -> None:
    store, client = Store.open(folder), Client(address)
    enrol(store, client, _LOGIN, _PASSWORD)
    client.close()
    store.close()


def _made() -> Path:
    """The folder of the province's data, made if it is not there; it is never written again."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    digest.update(Path(tables.__file__).read_bytes())
    folder = Path(tempfile.gettempdir()) / f"{_PREFIX}{digest.hexdigest()[:12]}"
    if not folder.exists():
        say(f"making a province of {VILLAGES * FAMILIES:,} families in {folder} ...")
        for old in folder.parent.glob(f"{_PREFIX}*"):
            shutil.rmtree(old)
        draft = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}new-"))
        _make(draft / "data")
        Province(draft).add_user(_LOGIN, "Rina Contoh", Role.VERIFIER, [DISTRICT], _PASSWORD)
        draft.rename(folder)
    return folder


def _make(data: Path) -> None:
    database = Database.in_folder(data)
    prepare(database, utc_now())
    chance = Random(DISTRICT)  # noqa: S311 families, not secrets
    for place in range(VILLAGES):
        with database.writing() as connection:
            _fill(connection, f"{DISTRICT}.{2001 + place}", place * FAMILIES, chance)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def _fill(connection: Connection, village: str, first: int, chance: Random) -> None:
    """Families with their members and one visit each, as the server writes rows of its own."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in tables.SYNCED}
    today = utc_now().date()
    for number in range(first, first + FAMILIES):
        drawn = Drawn(new_id(), number, chance.choice(patterns()), village, chance)
        members = [families._member(drawn, one) for one in drawn.pattern.family.members[:3]]
        rows["household"].append(families._household(drawn))
        rows["member"] += members
        families._add_visit(rows, drawn, members, today)
    for name, some in rows.items():
        blank = dict.fromkeys(record_columns(name))
        made = {row["id"]: flatten(name, blank | row) for row in some}
        write_server_rows(connection, utc_now(), name, village, made)
