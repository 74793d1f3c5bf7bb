"""The real server as a process that can be killed, on an encrypted file or on a PostgreSQL of its own."""

import os
import random
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import psycopg

from desktop.models.records.people import Role
from server.__main__ import main as berdaya_server
from server.database import DATABASE_NAME, Database
from tests.crash.laptops import Owner
from tests.crash.processes import Child, Teller, result_of
from tests.crash.transactions import Lock, locks_held
from tests.servers import PostgresCluster, add_user, prepared_folder, prepared_postgres
from tests.simulation.province import FileHome, Home, PostgresHome

_PORTS = range(15_000, 30_000)
"""Below those that the system gives to whoever connects: nobody else may take ours while we are dead."""

_PATIENCE = 300.0
"""Seconds; a machine may be very busy, and that is nobody's fault here."""


class Death(StrEnum):
    """Who is killed."""

    SERVER = "server"
    BACKEND = "backend"
    CLUSTER = "cluster"


class Site(Protocol):
    """Where the server's data lies, who can be killed there, and how that is looked at."""

    home: Home
    arguments: Sequence[str]
    neighbours: Mapping[Death, Callable[[], None]]
    """What can be killed beside the server process itself; each comes back by the end of the call."""
    file: Path | None
    """The database, if it is a file."""

    def locks(self) -> frozenset[Lock]:
        """What the server, frozen or not, is in the middle of."""

    def leave(self) -> None:
        """Takes everything down."""


class FileSite:
    """An encrypted file in a folder."""

    def __init__(self, folder: Path) -> None:
        self.home: Home = FileHome(folder)
        self.arguments: Sequence[str] = ("--data", str(folder))
        self._database = folder / DATABASE_NAME
        self.file: Path | None = self._database
        self.neighbours: Mapping[Death, Callable[[], None]] = {}
        result_of(prepared_folder, folder)

    def locks(self) -> frozenset[Lock]:
        return locks_held(self._database)

    def leave(self) -> None:
        """The folder goes with the one that it lies in."""


class MortalCluster(PostgresCluster):
    """A private PostgreSQL server that is killed and comes back with its options."""

    def restart_at_once(self) -> None:
        """`pg_ctl -m immediate`: every process is gone without a word; then it recovers."""
        before = self.life()
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "-w", "restart")
        self.await_recovery(before)

    def life(self) -> int:
        """Another number after every recovery: the process that writes checkpoints."""
        statement = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
        with psycopg.connect(self.url("postgres")) as connection:
            return int(connection.execute(statement).fetchall()[0][0])

    def await_recovery(self, before: int) -> None:
        """Waits until it takes connections in another life than the one `before`.

        For a moment after a backend was killed nobody has noticed, and it still takes them.
        """
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with suppress(psycopg.OperationalError, IndexError):
                if self.life() != before:
                    return
            time.sleep(0.01)
        raise TimeoutError("PostgreSQL does not come back")


class PostgresSite:
    """A PostgreSQL server of its own.

    A backend is inside a transaction if it has a transaction id and is not just committing; while
    the server process, which alone could tell it to commit, is frozen, that stays so.
    """

    file: Path | None = None

    def __init__(self, programs: Path) -> None:
        self._cluster = MortalCluster(programs)
        self._cluster.start()
        self._name = result_of(prepared_postgres, self._cluster)
        self.home: Home = PostgresHome(self._cluster, self._name)
        self.arguments: Sequence[str] = ("--database", self._cluster.url(self._name))
        self.neighbours: Mapping[Death, Callable[[], None]] = {
            Death.BACKEND: self._kill_backend,
            Death.CLUSTER: self._cluster.restart_at_once,
        }

    def locks(self) -> frozenset[Lock]:
        return frozenset({Lock.WRITE} if self._writing() else ())

    def leave(self) -> None:
        self._cluster.stop()

    def _kill_backend(self) -> None:
        backends = self._writing() or self._backends("backend_type = 'client backend'")
        life = self._cluster.life()
        for pid in backends[:1]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self._cluster.await_recovery(life)

    def _writing(self) -> list[int]:
        return self._backends("backend_xid IS NOT NULL AND query <> 'COMMIT'")

    def _backends(self, condition: Any) -> list[int]:
        statement = f"SELECT pid FROM pg_stat_activity WHERE datname = %s AND {condition}"  # noqa: S608
        with psycopg.connect(self._cluster.url("postgres"), autocommit=True) as connection:
            return [pid for (pid,) in connection.execute(statement, (self._name,))]


class Server:
    """The process of `berdaya-server serve`, always at the same address."""

    def __init__(self, site: Site, log: Path) -> None:
        self.site = site
        self._port = _free_port()
        self._log = log
        self._child: Child | None = None

    @property
    def address(self) -> str:
        """Where laptops reach it, dead or alive."""
        return f"http://127.0.0.1:{self._port}"

    def start(self, *, as_command: bool = False) -> None:
        """Starts it on the data that is there: forked from us, or as the command with its interpreter."""
        arguments = ["serve", *self.site.arguments, "--port", str(self._port)]

        def run(_teller: Teller) -> None:
            log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(log, 1)
            os.dup2(log, 2)
            if as_command:
                os.execv(sys.executable, [sys.executable, "-m", "server", *arguments])  # noqa: S606
            berdaya_server(arguments)

        self._child = Child.start(run)

    def await_listening(self) -> None:
        """Waits until it takes connections."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
                return
            time.sleep(0.005)
        raise TimeoutError(f"the server does not start: {self._log.read_text()[-2000:]}")

    def freeze(self) -> None:
        """Stops it in the middle of whatever it does."""
        if not self._process.freeze():
            raise RuntimeError(f"the server ended by itself: {self._log.read_text()[-2000:]}")

    def thaw(self) -> None:
        """Lets it go on."""
        self._process.thaw()

    def kill(self) -> None:
        """Kills it."""
        self._process.kill()

    @property
    def _process(self) -> Child:
        assert self._child is not None
        return self._child


def add_users(home: Home, logins: dict[str, Role], now: Any) -> dict[str, Any]:
    """Makes accounts; login -> user id."""
    database: Database = home.open()
    try:
        return {
            login: add_user(
                database,
                login,
                role=role,
                scopes=["36.01.01"] if role is Role.VERIFIER else ["36.01.01.2001"],
                now=now,
            )
            for login, role in logins.items()
        }
    finally:
        database.close()


def _free_port() -> int:
    while True:
        port = random.choice(_PORTS)  # noqa: S311 any will do
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def owner_of(server: Server, folder: Path, login: str, user_id: Any, role: Role) -> Owner:
    """A user with a laptop's folder."""
    return Owner(login, user_id, role, folder / login, server.address)
