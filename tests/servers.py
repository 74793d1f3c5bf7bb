"""Databases and real servers for tests: an encrypted file or PostgreSQL, over HTTP on loopback."""

import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from psycopg import sql

from desktop.models.records.base import utc_now
from desktop.models.records.people import Role
from server.app import create_app
from server.database import Database
from server.passwords import Passwords
from server.queries import accounts
from server.queries.schema import prepare

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
PASSWORD = "kata sandi uji"
VILLAGE = "36.01.01.2001"
FAST_PASSWORDS = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Argon2 with the least it may cost; what it costs in earnest is not what tests are about."""


class Clock:
    """A clock that goes on only when it is told to."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Place:
    """A database of one test, as the command line names it and as an object."""

    arguments: Sequence[str]
    open: Callable[[], Database]


class PostgresCluster:
    """A private PostgreSQL server for the test run: reached by a socket file."""

    PROGRAMS = ("initdb", "pg_ctl", "postgres")

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="berdaya-postgresql-"))
        self._numbers = itertools.count(1)
        self._user: dict[str, Any] = {}
        if sys.platform != "win32" and os.geteuid() == 0:  # it refuses to run as root
            self._user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self._folder, "postgres", "postgres")

    @classmethod
    def find_programs(cls) -> Path | None:
        """The folder that holds its programs, in PATH or where Debian keeps them."""
        homes = [Path(entry) for entry in os.get_exec_path()]
        homes += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
        complete = (
            home
            for home in homes
            if all(shutil.which(program, path=str(home)) for program in cls.PROGRAMS)
        )
        return next(complete, None)

    def start(self, *, durable: bool = False) -> None:
        """Makes and starts the server; unless it is to be durable, it does not wait for the disk."""
        data = str(self._folder / "data")
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "fsync": "on" if durable else "off",
            "max_connections": "200",
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        self._run(
            "pg_ctl", "-D", data, "-w", "-l", str(self._folder / "log"), "-o", options, "start"
        )

    def stop(self) -> None:
        """Stops it and removes its files."""
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://postgres@/{name}?host={quote(str(self._folder), safe='')}"

    def create(self, template: str = "template1") -> str:
        """Makes a database and returns its name."""
        name = f"test_{next(self._numbers)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._administer(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop(self, name: str) -> None:
        """Removes a database, whoever is connected to it."""
        statement = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        self._administer(statement.format(sql.Identifier(name)))

    def _administer(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603 found by us, arguments are ours
            [str(self._programs / program), *arguments],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **self._user,
        )
        assert done.returncode == 0, f"{program} failed: {done.stderr}"


def add_user(
    database: Database,
    login: str = "siti",
    *,
    name: str = "Siti Pendamping",
    role: Role = Role.FACILITATOR,
    scopes: Sequence[str] = (VILLAGE,),
    now: datetime = NOON,
) -> UUID:
    """Makes an account whose password is `PASSWORD`; returns the user's id."""
    new = accounts.NewAccount(login, name, role, FAST_PASSWORDS.hash(PASSWORD))
    with database.writing() as connection:
        account = accounts.add(connection, new, now)
        for scope in scopes:
            accounts.grant(connection, account, scope, now)
    return account.user_id


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serves an application in a thread, by real HTTP; gives its address."""
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def cheap_app(database: Database, clock: Callable[[], datetime] = utc_now) -> FastAPI:
    """The server's application with cheap passwords."""
    return create_app(database, clock, FAST_PASSWORDS)


def prepared_folder(folder: Path) -> Path:
    """A data folder whose database is ready, closed, and may be copied."""
    database = Database.in_folder(folder)
    prepare(database, NOON)
    database.close()
    return folder


def prepared_postgres(cluster: PostgresCluster) -> str:
    """The name of a database that is ready, closed, and may be a template."""
    name = cluster.create()
    database = Database.at(cluster.url(name))
    prepare(database, NOON)
    database.close()
    return name
