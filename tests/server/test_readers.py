"""Readers never stand in the way of writers: a report may take an hour, and laptops go on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, select

from server.database import Database
from server.tables import LOG
from tests.conftest import MakeServer
from tests.scenarios.laptops import Laptop
from tests.servers import Place, add_user

_ROUNDS = 4
_LONGEST = 60
"""Seconds; who waits for a reader waits for ever, for it ends only when the writers have."""


@contextmanager
def _reading(database: Database) -> Iterator[Connection]:
    """A reader in the middle of the log, and of its transaction."""
    with database.reading() as connection:
        connection.execute(select(LOG)).fetchone()
        yield connection


def _count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(LOG)).scalar_one())


def test_writers_go_on_while_others_read(
    database_place: Place, database: Database, make_server: MakeServer, tmp_path: Path
) -> None:
    """Reports hold one moment of the database, laptops pull from the start, laptops push."""
    logins = [f"user{number}" for number in range(4)]
    for login in logins:
        add_user(database, login)
    address = make_server(database)
    laptops = [Laptop(tmp_path / login, address, login).enrol() for login in logins]
    for laptop in laptops:
        laptop.register("Keluarga pertama")
        laptop.sync()
    reports = database_place.open()
    with ThreadPoolExecutor(len(laptops)) as pool, ExitStack() as open_reports:
        held = [open_reports.enter_context(_reading(reports)) for _ in range(3)]
        before = [_count(connection) for connection in held]

        def work(laptop: Laptop) -> None:
            for number in range(_ROUNDS):
                laptop.register(f"Keluarga {number}")
                laptop.sync()

        for done in [pool.submit(work, laptop) for laptop in laptops]:
            done.result(_LONGEST)
        with database.reading() as connection:
            after = _count(connection)
        assert [_count(connection) for connection in held] == before, "one moment, to the end"
    assert after == before[0] + 2 * _ROUNDS * len(laptops)
    for laptop in laptops:
        laptop.close()
    reports.close()
