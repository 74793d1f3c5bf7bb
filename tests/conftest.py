"""Fixtures for tests that need a server: databases of both kinds, and servers on them.

Whatever all databases of a run have in common is done once, see `engines`.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from desktop.models.records.base import utc_now
from server.database import Database
from tests.engines import compiled_once, migrated_once
from tests.servers import (
    Place,
    PostgresCluster,
    cheap_app,
    prepared_folder,
    prepared_postgres,
    running,
)

_NO_POSTGRES = (
    "PostgreSQL is not installed: its programs "
    f"{', '.join(PostgresCluster.PROGRAMS)} are neither in PATH nor in /usr/lib/postgresql"
)


class MakeServer(Protocol):
    """Starts a server on a database and returns its address; it stops when the test ends."""

    def __call__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> str: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest come first: at the end one core would play their stories while the others wait."""
    items.sort(key=lambda item: "simulation/test_seeds" not in item.nodeid)


@pytest.fixture(scope="session", autouse=True)
def done_once() -> Iterator[None]:
    with compiled_once(), migrated_once():
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    programs = PostgresCluster.find_programs()
    if programs is None:
        pytest.skip(_NO_POSTGRES)
    cluster = PostgresCluster(programs)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def ready_postgres(postgres: PostgresCluster) -> str:
    return prepared_postgres(postgres)


@pytest.fixture(scope="session")
def ready_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared_folder(tmp_path_factory.mktemp("ready") / "data")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A database that is ready and empty, for this test only."""
    if request.param == "sqlite":
        folder = tmp_path / "server"
        shutil.copytree(request.getfixturevalue("ready_folder"), folder)
        yield Place(("--data", str(folder)), lambda: Database.in_folder(folder))
        return
    cluster: PostgresCluster = request.getfixturevalue("postgres")
    name = cluster.create(template=request.getfixturevalue("ready_postgres"))
    url = cluster.url(name)
    yield Place(("--database", url), lambda: Database.at(url))
    cluster.drop(name)


@pytest.fixture
def database(database_place: Place) -> Iterator[Database]:
    """The same, open; on both kinds of database."""
    opened = database_place.open()
    yield opened
    opened.close()


@pytest.fixture
def make_server(database: Database) -> Iterator[MakeServer]:
    """Servers by real HTTP on loopback. They stop before the database closes."""
    del database
    with ExitStack() as servers:

        def make(database: Database, clock: Callable[[], datetime] = utc_now) -> str:
            return servers.enter_context(running(cheap_app(database, clock)))

        yield make
