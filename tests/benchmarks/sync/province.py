"""A province to be measured: the real server in a process of its own, on either kind of database."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from desktop.models.records.base import utc_now
from server.database import Database
from server.queries.schema import prepare
from tests.benchmarks.harness import say
from tests.servers import Place, PostgresCluster

KINDS: Final = ("sqlite", "postgresql")
_WORKERS: Final = {"sqlite": (), "postgresql": ("--workers", "2")}
"""As many as this machine has cores; a file has one."""

_TOLD: Final = 4_000
"""Letters of the server's log that are told when something went wrong."""

_ROOT: Final = Path(__file__).parents[3]


@dataclass(frozen=True)
class Province:
    """A server that listens, and its database, which may be filled from here.

    Attributes:
        kind: of `KINDS`.
        address: where it listens, plain http.
        process: the server itself.
    """

    kind: str
    database: Database
    address: str
    process: psutil.Process

    def megabytes(self) -> float:
        """What the server's processes hold in memory."""
        all_of_them = (self.process, *self.process.children(recursive=True))
        return sum(float(one.memory_info().rss) for one in all_of_them) / 1_000_000


@contextmanager
def province_on(kind: str) -> Iterator[Province]:
    """A province on an empty database that waits for the disk, as one in earnest does."""
    with _place(kind) as place:
        database = place.open()
        prepare(database, utc_now())
        try:
            with serving([*place.arguments, *_WORKERS[kind]]) as (process, address):
                yield Province(kind, database, address, psutil.Process(process.pid))
        finally:
            database.close()


def found_kinds(wanted: Sequence[str]) -> list[str]:
    """Those of the kinds that this machine has the programs for; says which it lacks."""
    lacking = {"postgresql"} if PostgresCluster.find_programs() is None else set()
    for kind in lacking.intersection(wanted):
        say(f"{kind} is left out: its programs are not here")
    return [kind for kind in wanted if kind not in lacking]


@contextmanager
def _place(kind: str) -> Iterator[Place]:
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="berdaya-province-") as folder:
            home = Path(folder)
            yield Place(("--data", folder), lambda: Database.in_folder(home))
        return
    programs = PostgresCluster.find_programs()
    assert programs is not None, "PostgreSQL is not installed"
    cluster = PostgresCluster(programs)
    cluster.start(durable=True)
    try:
        url = cluster.url(cluster.create())
        yield Place(("--database", url), lambda: Database.at(url))
    finally:
        cluster.stop()


@contextmanager
def serving(arguments: Sequence[str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`berdaya-server serve` on a ready database: the process, and its address."""
    with tempfile.TemporaryDirectory(prefix="berdaya-serving-") as folder:
        port_file, log = Path(folder) / "port", Path(folder) / "log"
        command = ["serve", "--port", "0", "--port-file", str(port_file), *arguments]
        with (
            log.open("wb") as said,
            subprocess.Popen(  # noqa: S603 our own program
                [sys.executable, "-m", "server", *command], cwd=_ROOT, stderr=said
            ) as process,
        ):
            try:
                yield process, f"http://127.0.0.1:{_port(process, port_file, log)}"
            except RuntimeError as error:
                error.add_note(log.read_text()[-_TOLD:])
                raise
            finally:
                process.terminate()


def _port(process: subprocess.Popen[bytes], port_file: Path, log: Path) -> int:
    """The port of a server, once it listens."""
    while not port_file.exists():
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"the server did not start: {log.read_text()}")
    return int(port_file.read_text())
