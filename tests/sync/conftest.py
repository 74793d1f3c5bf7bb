"""A province for tests of the client: the real server on an encrypted file, by real HTTP."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from server.database import Database
from tests.scenarios.conftest import Province
from tests.servers import Clock, cheap_app, running

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")  # a busy machine is no failure


def _province(ready_folder: Path, folder: Path) -> Iterator[Province]:
    shutil.copytree(ready_folder, folder / "server")
    database = Database.in_folder(folder / "server")
    clock = Clock()
    with running(cheap_app(database, clock)) as address:
        province = Province(database, address, clock, folder / "laptops")
        yield province
        for laptop in province.laptops:
            laptop.close()
    database.close()


@pytest.fixture
def province(ready_folder: Path, tmp_path: Path) -> Iterator[Province]:
    yield from _province(ready_folder, tmp_path)


@pytest.fixture(scope="module")
def shared_province(
    ready_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Province]:
    """One for a whole module, whose tests leave it as good as they found it."""
    yield from _province(ready_folder, tmp_path_factory.mktemp("shared"))
