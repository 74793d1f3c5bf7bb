"""Several worker processes on one PostgreSQL: they share the work, and none of them matters."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
import requests
from sqlalchemy import func, select

from desktop.sync.faults import SyncFault
from server.database import Database
from server.sentences import SENTENCES
from server.settings import SettingsFault
from server.tables import LOG, SCOPE_HEAD
from tests.scenarios.laptops import Laptop
from tests.servers import VILLAGE, Place, PostgresCluster, add_user, prepared_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the office's server is no Windows")

_COMMAND = (sys.executable, "-m", "server", "serve", "--port", "0", "--workers", "2")
_PATIENCE = 60


@pytest.fixture
def place(postgres: PostgresCluster, ready_postgres: str) -> Iterator[Place]:
    name = postgres.create(template=ready_postgres)
    url = postgres.url(name)
    yield Place(("--database", url), lambda: Database.at(url))
    postgres.drop(name)


@dataclass
class Serving:
    """A server of two workers, and what it has said."""

    process: "subprocess.Popen[str]"
    address: str = ""
    said: list[str] = field(default_factory=list)

    def workers(self) -> list[psutil.Process]:
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]

    def listen(self) -> None:
        assert self.process.stderr is not None
        self.said.extend(self.process.stderr)


@contextmanager
def serving(place: Place, folder: Path, *arguments: str) -> Iterator[Serving]:
    port_file = folder / "port"
    with subprocess.Popen(  # noqa: S603 our own program
        [*_COMMAND, "--port-file", str(port_file), *place.arguments, *arguments],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        server = Serving(process)
        assert process.stderr is not None
        begun = process.stderr.readline()
        assert begun.startswith("Listening on "), begun + process.stderr.read()
        server.address = f"http://127.0.0.1:{int(port_file.read_text())}"
        listener = threading.Thread(target=server.listen)
        listener.start()
        workers = server.workers()
        try:
            yield server
        finally:
            process.kill()
            listener.join(_PATIENCE)
    psutil.wait_procs(workers, _PATIENCE)
    assert not listener.is_alive(), "a worker outlives the server"


def _assert_all_end(server: Serving, workers: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(workers, _PATIENCE)
    assert not alive
    assert server.process.wait(_PATIENCE) in (0, -signal.SIGKILL)


@pytest.mark.parametrize("how", ["stdin", "SIGKILL"])
def test_all_end_together(place: Place, tmp_path: Path, how: str) -> None:
    """Also if the process that watches over them is killed: nobody answers behind its back."""
    with serving(place, tmp_path, "--until-stdin-closes") as server:
        workers = server.workers()
        assert len(workers) == 2
        assert requests.get(f"{server.address}/healthz", timeout=_PATIENCE).ok
        if how == "stdin":
            assert server.process.stdin is not None
            server.process.stdin.close()
        else:
            server.process.send_signal(signal.Signals[how])
        _assert_all_end(server, workers)


def test_laptops_go_on_when_a_worker_is_killed(place: Place, tmp_path: Path) -> None:
    database = place.open()
    logins = [f"user{number}" for number in range(5)]
    for login in logins:
        add_user(database, login)
    killed, busy = threading.Event(), threading.Barrier(len(logins) + 1)
    with serving(place, tmp_path) as server:
        laptops = [Laptop(tmp_path / login, server.address, login).enrol() for login in logins]

        def work(laptop: Laptop) -> int:
            made = 0
            for number in range(12):
                if number == 3:
                    busy.wait(_PATIENCE)
                if number == 9:
                    assert killed.wait(_PATIENCE)
                laptop.register(f"Keluarga {number}")
                made += 2  # a household and its head
                _sync_until_answered(laptop)
            return made

        with ThreadPoolExecutor(len(laptops)) as pool:
            working = [pool.submit(work, laptop) for laptop in laptops]
            busy.wait(_PATIENCE)
            os.kill(server.workers()[0].pid, signal.SIGKILL)
            killed.set()
            made = sum(one.result() for one in working)
        for laptop in laptops:
            _sync_until_answered(laptop)
            laptop.assert_whole()
        assert len(server.workers()) == 2
        server.process.terminate()
        assert server.process.wait(_PATIENCE) == 0
    _assert_each_op_once(database, made)
    families = {len(laptop.everything()) for laptop in laptops}
    assert families == {made + len(logins)}, "families, their heads, and the users"
    for laptop in laptops:
        laptop.close()
    database.close()
    log = "".join(server.said)
    assert log.count("ended with -9; another is started") == 1
    for worker in ("worker 1", "worker 2"):
        assert f"INFO {worker}: POST /sync 200" in log


def _sync_until_answered(laptop: Laptop) -> None:
    """A worker that was killed takes the requests with it that it was answering."""
    for _ in range(10):
        run = laptop.try_sync()
        if run.fault is None:
            return
        assert run.fault in (SyncFault.OFFLINE, SyncFault.CUT_OFF), run
    raise AssertionError(f"{laptop.login} is not answered: {run}")


def _assert_each_op_once(database: Database, made: int) -> None:
    with database.reading() as connection:
        here = LOG.c.scope == VILLAGE
        entries = select(func.count(), func.min(LOG.c.seq), func.max(LOG.c.seq)).where(here)
        assert connection.execute(entries).one() == (made, 1, made)
        different = select(func.count(LOG.c.digest.distinct())).where(here)
        assert connection.execute(different).scalar_one() == made
        head = select(SCOPE_HEAD.c.head).where(SCOPE_HEAD.c.scope == VILLAGE)
        assert connection.execute(head).scalar_one() == made


@pytest.mark.parametrize(
    ("number", "fault"),
    [("2", SettingsFault.WORKERS_ON_A_FILE), ("0", SettingsFault.BAD_WORKERS)],
)
def test_what_is_refused(tmp_path: Path, number: str, fault: SettingsFault) -> None:
    data = ("--data", str(prepared_folder(tmp_path / "data")))
    refused = subprocess.run(  # noqa: S603 our own program
        [*_COMMAND[:-1], number, *data],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr.strip() == SENTENCES[fault].format(number)
