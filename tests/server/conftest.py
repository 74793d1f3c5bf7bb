"""What tests of the server share: the office's console on the database of the test, and its backups."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.database import Database
from tests.conftest import MakeServer
from tests.scenarios.laptops import Laptop
from tests.server.console import Console
from tests.server.office import PASSPHRASE, Office
from tests.servers import Clock, Place, add_user


@pytest.fixture
def console(
    database_place: Place, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Console:
    def type_in(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return Console(database_place, capsys, type_in)


@pytest.fixture
def office(
    database_place: Place,
    database: Database,
    make_server: MakeServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Office]:
    add_user(database)
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\nthe second line says nothing\n")
    clock = Clock()
    clock.advance(1)
    laptop = Laptop(tmp_path / "laptop", make_server(database, clock), "siti", clock).enrol()
    made = Office(database_place, database, laptop, tmp_path, capsys)
    made.work("Nur Aini")
    laptop.register("Di luar wilayah", scope="36.02.01.2001")  # is set aside
    laptop.sync()
    yield made
    laptop.close()
